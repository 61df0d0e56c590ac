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
    made = LiveSite(
        template,
        LIVE_GOEDWERK='{"NEWCOMER_UNTIL": 0, "WRITES_PER_HOUR": 1000}',
        LIVE_CHECK_SECONDS="60",
    )
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
        self.page = told["page"]

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

    def vote(self, votes: str, voter, sessions: list[dict]) -> None:
        """All who take part, and the others: for each a letter of ``votes``, e(ens) or o(neens)."""
        for page, choice in zip(self.people, votes, strict=False):
            self.cast(page, choice)
        for cookies, choice in zip(sessions, votes[len(self.people) :], strict=True):
            become(voter, cookies)
            self.cast(voter, choice)

    def cast(self, page, choice: str) -> None:
        page.goto(self.page)
        page.get_by_role("link", name="Geef je stem op deze stelling").click()
        words = {"e": "Eens", "o": "Oneens"}[choice]
        page.get_by_role("radio", name=words, exact=True).check()
        page.get_by_role("button", name="Breng mijn stem uit").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Je stem telt mee")

    def say_why(self, number: int, name: str) -> None:
        """From the page that thanks for her vote: one of them says why, in the step of the vote."""
        page = self.people[number % 3]
        page.get_by_role("link", name="Schrijf je reden").click()
        expect(page.get_by_role("radio", name=re.compile("Afweging"))).to_be_checked()
        self.send(page, number, name)

    def speak(self, page, number: int, name: str) -> None:
        page.goto(f"/gesprek/{self.uuid}/schrijf/")
        page.locator("input[name=kind]").first.check()
        self.send(page, number, name)

    def send(self, page, number: int, name: str) -> None:
        text = f"{SAID[len(self.said)]} Dat was bij {name.lower()}."
        expect(page.locator("#gw-vraag-kop")).to_contain_text(f"stap {number} van")
        expect(page.locator("#gw-vraag-kop")).to_contain_text(name.lower())
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


#: How ten people vote, the three who take part first: before the dialogue, and after it.
VOTES = {1: "eoo" + "eeeoooo", 3: "eee" + "eeeeooo"}


def become(page, cookies: dict[str, str]) -> None:
    """Somebody else from now on, in the same window, which shows a page of the site."""
    page.context.clear_cookies()
    for name, value in cookies.items():
        page.context.add_cookies([{"name": name, "value": value, "url": page.url}])


FORMATS = ["Goed Werk-dialoog", "Dilemmasessie", "Moreel beraad", "Intervisie", "Stelling"]


@pytest.mark.parametrize("name", FORMATS)
def test_format_is_gone_through_to_its_harvest(site, visit, people, guide, editor, name):
    told = site.seeded["formats"][name]
    run = Run(told, people, guide)
    run.begin(name)
    for number, (step, is_round, task) in enumerate(run.steps, start=1):
        if number > 1:
            run.go(number)
        if task:
            vote_and_say_why(site, run, visit(site), number, step)
        else:
            run.in_step(number, step, is_round)
    wait_until(
        lambda: shown(site, run.uuid) == len(run.said), seconds=180, why="shown" + site.said()
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
    if task:
        shows_the_shift(reader)
    reader.get_by_role("navigation", name="Stappen van de dialoog").get_by_role(
        "link"
    ).first.click()
    expect(reader).to_have_url(re.compile(r"\?stap=1#dialoog$"))
    harvest(run, editor, reader, told["page"], f"Opbrengst: {name}")


def vote_and_say_why(site, run: Run, voter, number: int, step: str) -> None:
    voter.goto("/")
    run.vote(VOTES[number], voter, site.seeded["voters"])
    which = 1 if number == 1 else 2
    assert rounds(site, run.uuid) == [(one, 10, one == which) for one in range(1, which + 1)]
    run.say_why(number, step)


def shows_the_shift(reader) -> None:
    """Both totals, in the picture and in its table: nobody can tell who changed."""
    figure = reader.get_by_role("figure", name="Voor en na de dialoog")
    expect(figure.get_by_role("img", name=re.compile("Eens: 4, 7. Oneens: 6, 3."))).to_be_visible()
    figure.get_by_text("Dezelfde cijfers in een tabel").click()
    for words, before, after in (("Eens", "4", "7"), ("Oneens", "6", "3")):
        row = figure.get_by_role("row", name=f"{words} {before} {after}", exact=True)
        expect(row).to_be_visible()


def rounds(site: LiveSite, uuid: str) -> list[tuple[int, int, bool]]:
    """(number, answers that are counted, whether it is open) of each round of its page."""
    found = site.rows(
        "SELECT r.number, r.counted, r.is_open FROM goedwerk_casestudies_round r "
        "JOIN goedwerk_forum_discussion d ON d.page_id = r.page_id "
        f"WHERE replace(CAST(d.uuid AS text), '-', '') = '{uuid}' ORDER BY r.number"
    )
    return [(number, counted, bool(is_open)) for number, counted, is_open in found]


def test_assignment_is_filled_in_looked_at_and_added_by_keyboard(site, visit):
    """Two axes, without a mouse or script: placed, read back, and counted for who is signed in."""
    page = visit(site)
    page.goto("/")
    become(page, site.seeded["voters"][0])
    page.goto(site.seeded["assignment"])
    walk_to(page, page.get_by_role("link", name=re.compile("Doe de opgave")))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wie telt hier mee?")
    for label, mark in (("Belang", "4"), ("Invloed", "2")):
        walk_to(page, page.get_by_role("group", name="Burgers").get_by_label(label))
        page.keyboard.type(mark)
    walk_to(page, page.get_by_role("button", name="Bekijk mijn antwoord"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Jouw antwoord")
    expect(page.get_by_text(re.compile("Burgers.*4.*2"))).to_be_visible()
    walk_to(page, page.get_by_role("button", name="Voeg toe aan het beeld van de groep"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Je antwoord telt mee")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Je antwoord telt mee"))


def walk_to(page, target) -> None:
    """Presses Tab until ``target`` has the focus."""
    expect(target).to_be_visible()
    for _press in range(80):
        if target.evaluate("it => it === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("not reached by Tab")


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
