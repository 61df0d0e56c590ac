"""One's messages: what waits stands on top, all else by day; and one's texts by what they ask."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from goedwerk_forum.actions.contributions import Words, send_again, withdraw
from goedwerk_forum.following import COOKIE_OF_MESSAGES
from goedwerk_forum.identity import follows
from goedwerk_forum.models import Contribution, Notice
from goedwerk_forum.transitions import Action, State

pytestmark = pytest.mark.django_db

INBOX, MINE = reverse("goedwerk_forum:inbox"), reverse("goedwerk_forum:mine")
AGAIN = "Wij vroegen het eerst aan de balie en daarna aan elkaar, want dat helpt vaak."


@pytest.fixture
def returned(make, discussion, author):
    """A text that went back to its author, who was told."""
    text = make.held(discussion, author)
    make.judged(text, Action.RETURN, "traceable")
    text.refresh_from_db()
    return text


@pytest.fixture
def browser(client, author):
    client.force_login(author)
    return client


def soup(browser, url=INBOX):
    return BeautifulSoup(browser.get(url).content, "html.parser")


def test_what_was_shown_is_kept_under_names_that_only_the_key_makes(browser, author, returned):
    [notice] = Notice.objects.all()
    first = browser.get(INBOX)
    cookie = first.cookies[COOKIE_OF_MESSAGES]
    assert notice.public_id[:8] not in cookie.value
    assert cookie.value == follows.device_mark(author, ("bericht", notice.public_id))
    assert [one.is_new for one in first.context["asking"]] == [True]
    assert [one.is_new for one in browser.get(INBOX).context["asking"]] == [False]


def asking(page):
    """The titles of what waits for her."""
    section = page.select_one("[aria-labelledby=gw-vraagt-kop]")
    return [title.get_text(" ", strip=True) for title in section.select("h3")] if section else []


def listed(page):
    return [title.get_text(" ", strip=True) for title in page.select(".gw-msgs__day h4")]


class TestWhatWaits:
    def test_a_returned_text_stands_on_top_once(self, browser, returned):
        page = soup(browser)
        assert asking(page) == ["Je krijgt je bijdrage terug nieuw"]
        assert listed(page) == []
        way = page.select_one("[aria-labelledby=gw-vraagt-kop] .gw-btn")
        assert way["href"] == reverse("goedwerk_forum:own", args=[returned.public_id])

    def test_only_its_last_message_waits(self, browser, returned):
        first = Notice.objects.get()
        earlier = first.day - datetime.timedelta(days=1)
        Notice.objects.create(
            participant=first.participant,
            contribution=returned,
            event=first.event,
            statement=first.statement,
            day=earlier,
        )
        page = soup(browser)
        assert len(asking(page)) == 1
        assert listed(page) == ["Je krijgt je bijdrage terug nieuw"]
        assert "Gisteren" in page.get_text()

    @pytest.mark.parametrize("answer", ["send", "withdraw"])
    def test_it_waits_no_more_when_she_did_something(self, browser, returned, author, answer):
        assert len(asking(soup(browser))) == 1
        if answer == "send":
            send_again(
                user=author,
                contribution=returned,
                version=returned.version,
                words=Words(AGAIN, "ervaring"),
            )
        else:
            withdraw(contribution=returned)
        assert asking(soup(browser)) == []

    def test_nobody_else_sees_it(self, client, make, returned):
        client.force_login(make.user())
        page = soup(client)
        assert asking(page) == listed(page) == []
        assert "Er zijn nog geen berichten." in page.get_text()

    def test_it_is_on_the_first_page_only(self, browser, returned):
        told = Notice.objects.get()
        fields = {"participant": told.participant, "contribution": returned, "day": told.day}
        for _number in range(21):
            Notice.objects.create(event=Notice.Event.REPLY, **fields)
        second = soup(browser, f"{INBOX}?pagina=2")
        assert asking(second) == []
        assert len(listed(second)) == 1

    def test_it_costs_no_query_more_than_any_message(self, browser, returned):
        def queries():
            browser.get(INBOX)
            with CaptureQueriesContext(connection) as asked:
                browser.get(INBOX)
            return len(asked)

        waiting = queries()
        Contribution.objects.filter(pk=returned.pk).update(state=State.HELD)
        assert waiting == queries()


class TestMessages:
    def test_they_stand_under_their_day(self, browser, returned):
        Contribution.objects.filter(pk=returned.pk).update(state=State.HELD)
        today = timezone.localdate()
        told = Notice.objects.get()
        for days, event in ((0, "reply"), (1, "reply"), (400, "published")):
            Notice.objects.create(
                participant=told.participant,
                contribution=returned,
                event=event,
                day=today - datetime.timedelta(days=days),
            )
        days = [day.get_text(strip=True) for day in soup(browser).select(".gw-msgs__h")]
        assert days[:2] == ["Vandaag", "Gisteren"]
        assert str((today - datetime.timedelta(days=400)).year) in days[2]

    def test_the_reason_unfolds(self, browser, returned):
        folded = soup(browser).select_one("details.gw-msg__why")
        assert folded.summary.get_text(strip=True).startswith("Waarom? Iemand is te herkennen")
        assert folded.select_one(".gw-reason")
        assert not folded.has_attr("open")


class TestOnesTexts:
    def test_what_asks_stands_first_and_each_under_what_it_is(
        self, browser, make, discussion, author, returned
    ):
        make.published(discussion, author)
        make.held(discussion, author)
        gone = make.published(discussion, author)
        withdraw(contribution=gone)
        page = soup(browser, MINE)
        groups = [
            (section.h2.get_text(strip=True), len(section.select("article")))
            for section in page.select("section[aria-labelledby^=gw-groep-]")
        ]
        assert groups == [
            ("Vraagt iets van je", 1),
            ("Wordt nagekeken", 1),
            ("Geplaatst", 1),
            ("Niet te lezen", 1),
        ]


class TestTheWays:
    def test_each_page_of_ones_own_leads_to_all_others(self, browser):
        ways = [link["href"] for link in soup(browser).select(".gw-yours--wide a")]
        for way in ways:
            page = soup(browser, way)
            here = page.select(".gw-yours--wide a[aria-current=page]")
            assert [link["href"] for link in here] == [way]
            assert [link["href"] for link in page.select(".gw-yours--wide a")] == ways
        assert len(ways) >= 8
        assert reverse("account") in ways

    def test_the_head_of_a_page_has_one_way_there(self, client):
        page = soup(client, reverse("goedwerk_forum:search"))
        own = [link["href"] for link in page.select(".gw-head a") if "bericht" in link["href"]]
        assert own == [INBOX]
        assert not page.select(".gw-head a[href*='mijn-'], .gw-head a[href*='account']")
