"""Each shipped format from its first step to its harvest: three who take part, and their guide."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from live import LiveSite, Template, wait_until
from live.people import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: So many different sentences as somebody says here; none is like another.
SAID = [
    "Wij legden het eerst voor aan de balie, en pas daarna aan de buren van het gebouw.",
    "Bij ons duurde het drie weken voordat iemand hardop zei wat iedereen al dacht.",
    "Ik heb gewacht tot er rust was, en toen belde ik de ander om het te vragen.",
    "Een nieuwe collega vroeg waarom wij dit zo doen, en dat bracht ons op gang.",
    "Het papier klopte, maar de mens aan de andere kant van het loket had er niets aan.",
    "Mijn leidinggevende wilde het anders, en zei dat ook, met een reden die ik begreep.",
    "Ik vond het spannend om te zeggen dat ik het niet wist, en toch hielp dat.",
    "Samen hebben we de vraag kleiner gemaakt, tot er iets overbleef om te doen.",
    "Wie de regel schreef, was allang vertrokken; wij moesten er wel mee werken.",
    "De volgende keer zou ik eerst koffie halen en pas daarna het gesprek beginnen.",
    "Er zat iemand aan tafel die nog niets gezegd had, en juist zij wist het antwoord.",
    "Achteraf was het besluit minder belangrijk dan de manier waarop we het namen.",
]


@pytest.fixture(scope="module")
def site(servers_folder):
    """A discussion per format; who writes is no newcomer here, so that texts are read at once."""
    template = Template.shared(servers_folder, "formats")
    made = LiveSite(template, LIVE_GOEDWERK='{"NEWCOMER_UNTIL": 0, "WRITES_PER_HOUR": 1000}')
    made.web(workers=1, threads=4)
    made.kept_runner()
    yield made
    made.close()


def signed_in(stay, site: LiveSite, username: str, **options):
    page = stay(site, **options)
    page.goto("/mijn-bijdragen/")
    sign_in(page, username, site.seeded["password"])
    return page


@pytest.fixture(scope="module")
def people(stay, site):
    return [signed_in(stay, site, username) for username in site.seeded["people"]]


@pytest.fixture(scope="module")
def guide(stay, site):
    return signed_in(stay, site, "begeleider")


@pytest.fixture(scope="module")
def editor(stay, site):
    """Wagtail's editor needs script."""
    return signed_in(stay, site, "redacteur", script=True)


class Run:
    """One dialogue, gone through as its people do."""

    def __init__(self, told: dict, people: list, guide) -> None:
        self.uuid, self.steps = told["discussion"], told["steps"]
        self.people, self.guide = people, guide
        self.said: list[str] = []

    def begin(self, name: str) -> None:
        self.guide.goto(f"/gesprek/{self.uuid}/begeleiden/stappen/")
        self.guide.get_by_role("radio", name=re.compile(name)).check()
        self.guide.get_by_role("button", name="Begin met deze werkvorm").click()
        expect(self.guide.get_by_role("status")).to_contain_text("heeft nu stappen")

    def go(self, number: int) -> None:
        page = self.guide
        page.get_by_role("form", name="Ga nu naar een andere stap").get_by_role(
            "radio", name=f"Stap {number}:"
        ).check()
        page.get_by_role("button", name="Ga naar deze stap").click()
        expect(page.get_by_role("status")).to_contain_text("in een andere stap")

    def in_step(self, number: int, name: str, is_round: bool) -> None:
        if not is_round:
            self.speak(self.people[number % 3], number, name)
            return
        for who in self.people[:2]:
            self.speak(who, number, name)
        self.people[0].goto(f"/gesprek/{self.uuid}/schrijf/")
        expect(self.people[0].locator("#gw-errors")).to_contain_text("jij sprak al")
        self.people[2].goto(f"/gesprek/{self.uuid}/ik-luister/")
        self.people[2].get_by_role("button", name="Ik luister").click()
        expect(self.people[2].get_by_role("status")).to_contain_text("Je luistert")

    def speak(self, page, number: int, name: str) -> None:
        text = f"{SAID[len(self.said)]} Dat was bij {name.lower()}."
        page.goto(f"/gesprek/{self.uuid}/schrijf/")
        expect(page.locator("#gw-vraag-kop")).to_contain_text(f"stap {number} van")
        expect(page.locator("#gw-vraag-kop")).to_contain_text(name.lower())
        page.locator("input[name=kind]").first.check()
        page.get_by_label("Je tekst").fill(text)
        page.get_by_role("button", name=re.compile("Verstuur als")).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Je bijdrage")
        self.said.append(text)

    def pick(self) -> tuple[str, str]:
        """The guide picks somebody's words for a harvest: (its page in the admin, the words)."""
        page = self.guide
        page.goto(f"/beheer/opbrengst/van/{self.uuid}/")
        page.get_by_role("button", name="Begin een opbrengst").click()
        compose = page.url
        page.get_by_role("link", name=re.compile("Neem woorden op")).first.click()
        words = page.locator("textarea[name=text]").input_value()
        assert words in self.said
        page.get_by_role("button", name="Neem op", exact=True).click()
        page.get_by_role("button", name=re.compile("Vraag 1 schrijver")).click()
        return compose, words

    def say_yes(self) -> None:
        """Whoever of the three wrote it is asked, the others are not."""
        asked = 0
        for writer in self.people:
            writer.goto("/mijn-toestemmingen/")
            question = writer.get_by_role("link", name=re.compile("Zeg ja of nee"))
            if question.count():
                asked += 1
                question.click()
                writer.get_by_role("button", name="Ja, dat mag").click()
        assert asked == 1

    def agreed(self, compose: str) -> str:
        """The guide sees the yes, and the pseudonym of who gave it."""
        self.guide.goto(compose)
        picked = self.guide.get_by_role("region", name="Wat je opnam")
        expect(picked).to_contain_text("Toestemming: akkoord")
        return picked.locator("strong").first.inner_text()

    def publish(self, editor, title: str) -> None:
        """The editor opens the guide's draft, and puts it on the site."""
        edit = self.guide.get_by_role("link", name="Schrijf aan de opbrengst")
        editor.goto(edit.get_attribute("href"))
        editor.locator("#id_title").fill(title)
        editor.locator("footer [data-w-dropdown-target=toggle]").last.click()
        editor.locator("button[name=action-publish]").click()
        editor.wait_for_url(lambda url: not url.endswith("/edit/"))


FORMATS = ["Goed Werk-dialoog", "Dilemmasessie", "Moreel beraad", "Intervisie", "Stelling"]


@pytest.mark.parametrize("name", FORMATS)
def test_format_is_gone_through_to_its_harvest(site, visit, people, guide, editor, name):
    told = site.seeded["formats"][name]
    run = Run(told, people, guide)
    run.begin(name)
    for number, (step, is_round, _task) in enumerate(run.steps, start=1):
        if number > 1:
            run.go(number)
        run.in_step(number, step, is_round)
    wait_until(
        lambda: shown(site, run.uuid) == len(run.said), seconds=60, why="shown" + site.said()
    )

    reader = visit(site)
    reader.goto(told["page"])
    for text in run.said:
        expect(reader.get_by_text(text)).to_be_visible()
    last, _round, task = run.steps[-1]
    all_ = len(run.steps)
    heading = reader.locator("#dialoog-kop")
    expect(heading).to_have_text(f"De dialoog, stap {all_} van {all_}: {last.lower()}")
    for number, (step, _round, _task) in enumerate(run.steps, start=1):
        expect(reader.get_by_role("heading", name=f"Stap {number}: {step}")).to_be_visible()
    vote = reader.get_by_role("link", name="Geef je stem op deze stelling")
    expect(vote).to_have_count(1 if task else 0)
    reader.get_by_role("navigation", name="Stappen van de dialoog").get_by_role(
        "link"
    ).first.click()
    expect(reader).to_have_url(re.compile(r"\?stap=1#dialoog$"))
    harvest(run, editor, reader, told["page"], f"Opbrengst: {name}")


def harvest(run: Run, editor, reader, page: str, title: str) -> None:
    """From the guide's choice to what readers find, with the writer's yes in between."""
    compose, words = run.pick()
    run.say_yes()
    pseudonym = run.agreed(compose)
    run.publish(editor, title)
    reader.goto(page)
    reader.get_by_role("region", name="Opbrengst").get_by_role("link", name=title).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(title)
    voice = reader.locator("figure.gw-harvest__voice")
    expect(voice.locator("blockquote")).to_contain_text(words)
    expect(voice.locator("figcaption")).to_contain_text(pseudonym)
    assert reader.context.cookies() == []


def shown(site: LiveSite, uuid: str) -> int:
    return site.rows(
        "SELECT shown_count FROM goedwerk_forum_discussion "
        f"WHERE replace(CAST(uuid AS text), '-', '') = '{uuid}'"
    )[0][0]
