"""The main job, from the editor's first word to the reader who has no cookie."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from live import LiveSite, wait_until
from live.people import (
    TEXT,
    decide,
    join,
    sign_in,
    sign_in_to_admin,
    story_of,
    write,
    written,
)

pytestmark = pytest.mark.browser

TITLE = "De stille vergadering"
QUESTION = "Wanneer zeg je iets, en wanneer wacht je nog even?"
BETTER = (
    "Ik belde eerst zelf. Daarna schreef ik op wat ik had gezien, zonder te zeggen wie het was."
)


@pytest.fixture(params=["embedded", "celery"])
def site(request, open_site) -> LiveSite:
    """The demonstration on SQLite with the runner, and on PostgreSQL with Redis and Celery."""
    if request.param == "embedded":
        return open_site(request.getfixturevalue("demo_on_sqlite"))
    template = request.getfixturevalue("demo_on_postgres")
    return open_site(template, redis=request.getfixturevalue("redis"))


def write_story(page, site: LiveSite) -> None:
    """An editor writes a story with a dialogue, answers the questions, and hands it in."""
    [(index,)] = site.rows("SELECT id FROM wagtailcore_page WHERE slug = 'verhalen'")
    page.goto(f"/beheer/pages/add/goedwerk_casestudies/storypage/{index}/")
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_lead").fill("Iedereen zag het. Niemand zei iets.")
    for part, words in (
        ("what_happened", "In de vergadering ging het over een cijfer dat niet klopte."),
        ("tension", "Ik wist het, en ik was de jongste aan tafel."),
    ):
        page.locator(f"[data-contentpath={part}] [contenteditable=true]").click()
        page.keyboard.type(words)
    page.get_by_role("tab", name="Dialoog").click()
    page.locator("#id_has_discussion").check()
    page.locator("#id_discussion_question").fill(QUESTION)
    page.locator("#id_discussion_group").select_option(label="Ambassadeurs")
    page.get_by_role("tab", name="Vrijgave").click()
    for check in ("singling_out", "linking", "inference"):
        page.locator(f"#id_check_{check}").fill("Zulke vergaderingen zijn er overal, elke week.")
    page.locator("footer [data-w-dropdown-target=toggle]").last.click()
    expect(page.locator("button[name=action-publish]")).to_have_count(0)
    page.locator("button[name=action-submit]").click()
    expect(page.locator(".messages")).to_contain_text(TITLE)


def sign_story(page, site: LiveSite) -> None:
    """A second editor reads it, signs, and with that it is on the site."""
    page.goto("/beheer/")
    page.get_by_role("link", name=TITLE).first.click()
    page.get_by_role("tab", name="Vrijgave").click()
    expect(page.get_by_text("Kies onderaan ‘Lees na en teken’.").last).to_be_visible()
    page.locator("footer [data-w-dropdown-target=toggle]").last.click()
    page.get_by_role("button", name="Lees na en teken").click()
    page.get_by_label("Ik las alles wat een lezer ziet").check()
    expect(page.locator(".messages li")).to_have_count(0)
    page.get_by_role("button", name="Teken", exact=True).click()
    expect(page.locator(".messages li")).to_have_class(["success"])
    expect(page.locator(".messages")).to_contain_text(TITLE)
    assert site.rows(f"SELECT live FROM wagtailcore_page WHERE title = '{TITLE}'") == [(True,)]


def contribute(author, password: str) -> str:
    """From the story to a text that is looked at; returns the pseudonym."""
    author.get_by_role("link", name="Schrijf een bijdrage").click()
    sign_in(author, "deelnemer", password)
    pseudonym = join(author)
    author.get_by_role("radio", name="Ervaring").check()
    author.get_by_label("Je tekst").fill(TEXT)
    author.get_by_role("button", name="Bekijk eerst").click()
    expect(author.get_by_role("heading", name="Zo ziet je bijdrage eruit")).to_be_visible()
    author.get_by_role("button", name=f"Verstuur als {pseudonym}").click()
    expect(author.get_by_text("Wordt nagekeken").first).to_be_visible()
    expect(author.get_by_text(re.compile("zichtbaar vanaf")).first).to_be_visible()
    return pseudonym


def improve(author, pseudonym: str, words: str) -> None:
    """She reads why she got her text back, and sends a better one."""
    author.goto("/berichten/")
    expect(author.get_by_text("Je krijgt je bijdrage terug").first).to_be_visible()
    author.get_by_text("Waarom?").first.click()
    expect(author.get_by_text(words).first).to_be_visible()
    author.get_by_role("link", name=re.compile("Bekijk je tekst en pas hem aan")).first.click()
    author.get_by_role("link", name=re.compile("Pas je tekst aan")).click()
    expect(author.get_by_text(words).first).to_be_visible()
    assert author.get_by_label("Je tekst").input_value().strip() == TEXT
    author.get_by_label("Je tekst").fill(BETTER)
    author.get_by_role("button", name=f"Verstuur als {pseudonym}").click()


def publish(site: LiveSite, visit, author) -> None:
    """One editor writes it, another signs it; in between it is nowhere, and then ``author`` is
    at the story."""
    editor, second = visit(site, script=True), visit(site, script=True)
    sign_in_to_admin(editor, "redacteur", site.seeded["password"])
    write_story(editor, site)
    author.goto("/verhalen/")
    expect(author.get_by_role("link", name=re.compile(TITLE))).to_have_count(0)
    sign_in_to_admin(second, "redacteur2", site.seeded["password"])
    sign_story(second, site)
    author.goto("/verhalen/")
    author.get_by_role("link", name=re.compile(TITLE)).first.click()
    expect(author.get_by_text("Hier heeft nog niemand iets gezegd.")).to_be_visible()


def becomes(site: LiveSite, public_id: str, state: str) -> None:
    """The contribution gets that far, with what the processes said where it does not."""
    wait_until(lambda: site.state(public_id) == state, seconds=90, why=state + site.said())


def is_read(reader, story: str, pseudonym: str) -> None:
    """Whoever comes by reads the better text under its pseudonym, and gets no cookie."""
    reader.goto(story)
    expect(reader.get_by_text(BETTER)).to_be_visible()
    expect(reader.get_by_role("heading", name=re.compile(pseudonym))).to_be_visible()
    expect(reader.get_by_text("deelnemer", exact=True)).to_have_count(0)
    assert reader.context.cookies() == []


def test_from_editor_to_reader(site, visit):
    site.web(workers=1)
    author, reader = visit(site), visit(site)
    publish(site, visit, author)
    story = author.url
    pseudonym = contribute(author, site.seeded["password"])
    own = author.url
    public_id = own.rstrip("/").rsplit("/", 1)[-1]
    reader.goto(story)
    expect(reader.get_by_text(TEXT)).to_have_count(0)

    site.drivers()
    becomes(site, public_id, "held")
    author.goto(own)
    expect(author.get_by_text("Een ambassadeur leest mee").first).to_be_visible()

    ambassador = visit(site, script=True)
    sign_in_to_admin(ambassador, "ambassadeur", site.seeded["password"])
    words = "Mooi verteld. Maak het laatste stuk wat algemener."
    decide(ambassador, public_id, "Geef terug", reason="Iemand is te herkennen", words=words)
    becomes(site, public_id, "returned")
    improve(author, pseudonym, words)
    becomes(site, public_id, "held")
    decide(ambassador, public_id, r"^Plaats (?!niet)")
    becomes(site, public_id, "published")

    is_read(reader, story, pseudonym)
    author.goto(own)
    expect(author.get_by_text("Te lezen voor iedereen").first).to_be_visible()


def ready_to_write(page, site: LiveSite, username: str) -> None:
    """Signed in, joined, the form in front."""
    page.goto(f"/gesprek/{story_of(site)[1]}/schrijf/")
    sign_in(page, username, site.seeded["password"])
    if "meedoen" in page.url:
        join(page)


def test_form_sent_twice_makes_one_contribution(demo, visit):
    page = visit(demo)
    ready_to_write(page, demo, "deelnemer2")
    text = "Twee keer gedrukt, en toch maar een keer gezegd."
    page.get_by_role("radio", name="Ervaring").check()
    page.get_by_label("Je tekst").fill(text)
    page.get_by_role("button", name=re.compile("Verstuur als")).dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Je bijdrage")
    page.reload()
    assert written(demo, text) == 1


def test_session_that_ends_while_writing_costs_no_word(demo, visit):
    page = visit(demo)
    ready_to_write(page, demo, "deelnemer2")
    text = "Deze zin was er nog toen ik opnieuw had ingelogd."
    page.context.clear_cookies(name="sessionid")
    write(page, text)
    sign_in(page, "deelnemer2", demo.seeded["password"])
    assert page.get_by_label("Je tekst").input_value().strip() == text
    expect(page.get_by_role("radio", name="Ervaring")).to_be_checked()
    page.get_by_role("button", name=re.compile("Verstuur als")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Je bijdrage")
    assert written(demo, text) == 1


def test_reply_opens_in_place_with_script(demo, visit):
    page = visit(demo, script=True)
    ready_to_write(page, demo, "deelnemer2")
    story, _uuid = story_of(demo)
    page.goto(story)
    reply = page.locator("[data-gw-inline]").first
    reply.click()
    form = page.locator(".gw-inline form")
    expect(form).to_be_visible()
    assert page.url.split("#")[0].endswith(story)
    text = "Dit antwoord schreef ik onder de bijdrage zelf."
    form.get_by_role("radio", name="Vraag").check()
    form.get_by_label("Je tekst").fill(text)
    form.get_by_role("button", name=re.compile("Verstuur als")).click()
    wait_until(lambda: written(demo, text) == 1, why="the reply arrives")
