"""Web feeds: released texts that anybody may read, days only, gone at the request after."""

from __future__ import annotations

import datetime
import re
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from goedwerk_casestudies.models import Theme
from goedwerk_forum.actions.contributions import withdraw
from goedwerk_forum.models import Contribution, Discussion
from goedwerk_forum.transitions import Action

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "/feed/"


def url_of(discussion):
    return reverse("goedwerk_forum:feed_discussion", args=[discussion.uuid.hex])


def entries(client, url) -> list[ElementTree.Element]:
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")


def texts(client, url) -> str:
    return " ".join(entry.findtext(f"{ATOM}summary") or "" for entry in entries(client, url))


@pytest.fixture
def theme(discussion):
    made = Theme.objects.create(name="Openheid", slug="openheid")
    story = discussion.page.specific
    story.themes.add(made)
    story.save()
    return made


def addresses(discussion):
    return [SITE, url_of(discussion), "/feed/thema/openheid/"]


def test_texts_stand_in_all_three_feeds(client, make, discussion, theme):
    said = make.published(discussion, text=f"{make.CALM} <b>Met</b> een punt.")
    for url in addresses(discussion):
        [entry] = [
            one for one in entries(client, url) if said.public_id in one.findtext(f"{ATOM}id")
        ]
        assert "&lt;b&gt;Met" in entry.findtext(f"{ATOM}summary")
        assert entry.find(f"{ATOM}author/{ATOM}name").text == said.participant.pseudonym
        assert entry.find(f"{ATOM}link").get("href").endswith(said.get_absolute_url())
        assert entry.findtext(f"{ATOM}updated") == f"{said.day}T00:00:00+00:00"


def test_new_stories_stand_in_the_feeds_of_the_site_and_the_theme(client, discussion, theme):
    for url in (SITE, "/feed/thema/openheid/"):
        [entry] = entries(client, url)
        assert discussion.page.title in entry.findtext(f"{ATOM}title")
        assert discussion.page.translation_key.hex in entry.findtext(f"{ATOM}id")
    assert entries(client, url_of(discussion)) == []


def test_nothing_that_was_not_released(client, secrets_in_every_state):
    for url in (SITE, url_of(secrets_in_every_state)):
        found = texts(client, url)
        assert "geheim" not in found
        assert "openbaarantwoord" in found
        assert "openbaareerste" in found


def test_no_moment_no_primary_key_no_account(client, make, discussion):
    who = make.user("schrijfster-met-naam")
    said = make.published(discussion, who)
    for url in (SITE, url_of(discussion)):
        answer = client.get(url)
        body = answer.text
        for moment in re.findall(r"T\d\d:\d\d:\d\d", body):
            assert moment == "T00:00:00"
        assert who.username not in body
        numbers = set(re.findall(r"(?<![0-9a-f])\d+(?![0-9a-f])", body))
        assert not {str(said.pk), str(discussion.pk), str(who.pk)} & (numbers - {"1", "2"})
        assert "Last-Modified" not in answer
        assert not answer.cookies


def test_order_within_a_day_says_nothing_of_who_came_first(client, make, discussion):
    for number in range(6):
        make.published(discussion, text=f"{make.CALM} Dat was keer {number}.")
    marks = [entry.findtext(f"{ATOM}id") for entry in entries(client, SITE)]
    assert marks == sorted(marks)


def test_ids_stay_and_the_feed_is_the_same_for_everybody(client, make, discussion):
    make.published(discussion)
    known = Client()
    known.force_login(make.user())
    for url in (SITE, url_of(discussion)):
        first, second = client.get(url), known.get(url)
        assert first.content == second.content
        assert first["ETag"] == second["ETag"]
        assert first["Cache-Control"] == "public, no-cache"


def test_unchanged_feed_is_not_sent_twice(client, make, discussion):
    make.published(discussion)
    etag = client.get(url_of(discussion))["ETag"]
    again = client.get(url_of(discussion), headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    make.held(discussion, text=f"{make.CALM} Dit ziet nog niemand.")
    assert client.get(url_of(discussion), headers={"if-none-match": etag}).status_code == 304
    make.published(discussion, text=f"{make.CALM} Dit wel.")
    assert client.get(url_of(discussion), headers={"if-none-match": etag}).status_code == 200


def hidden(make, said):
    make.judged(said, Action.HIDE, "conduct")


def withdrawn(make, said):
    withdraw(contribution=said)


@pytest.mark.parametrize("way", [hidden, withdrawn], ids=lambda way: way.__name__)
def test_text_that_goes_is_gone_at_the_next_request(client, make, discussion, theme, way):
    said = make.published(discussion, text=f"{make.CALM} Over de otter.")
    tags = {url: client.get(url)["ETag"] for url in addresses(discussion)}
    way(make, Contribution.objects.get(pk=said.pk))
    for url, tag in tags.items():
        answer = client.get(url, headers={"if-none-match": tag})
        assert answer.status_code == 200
        assert "otter" not in answer.text


def restricted(page):
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def restricted_above(page):
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="password")


def unpublished(page):
    page.specific.unpublish()


@pytest.mark.parametrize(
    "way", [restricted, restricted_above, unpublished], ids=lambda way: way.__name__
)
def test_page_that_not_everybody_may_read_has_no_feed(client, make, discussion, theme, way):
    make.published(discussion, text=f"{make.CALM} Over de otter.")
    assert "otter" in texts(client, url_of(discussion))
    way(discussion.page)
    known = Client()
    known.force_login(make.user())
    assert client.get(url_of(discussion)).status_code == 404
    assert known.get(url_of(discussion)).status_code == 404
    for url in (SITE, "/feed/thema/openheid/"):
        answer = client.get(url)
        assert "otter" not in answer.text
        assert discussion.page.title not in answer.text


def test_words_changed_past_the_gate_stand_in_no_feed(client, make, discussion, theme):
    make.published(discussion, text=f"{make.CALM} Over de otter.")
    type(discussion.page.specific).objects.filter(pk=discussion.page_id).update(lead="Ongetekend.")
    assert client.get(url_of(discussion)).status_code == 404
    for url in (SITE, "/feed/thema/openheid/"):
        answer = client.get(url).text
        assert "otter" not in answer
        assert "Ongetekend" not in answer


@pytest.mark.parametrize("url", ["/feed/dialoog/x/", "/feed/thema/x/", "/feed/verzonnen/x/"])
def test_feed_of_nothing_is_not_there(client, url):
    assert client.get(url).status_code == 404


def test_empty_site_has_an_empty_feed(client):
    assert entries(client, SITE) == []
    assert client.post(SITE).status_code == 405


def test_number_of_queries_does_not_grow(client, make, discussion, django_assert_num_queries):
    for place in (discussion, make.discussion()):
        make.published(place)
    client.get(SITE)
    with django_assert_num_queries(QUERIES):
        client.get(SITE)
    for _number in range(3):
        make.published(make.discussion())
    with django_assert_num_queries(QUERIES):
        client.get(SITE)


QUERIES = 9


def test_page_tells_where_its_feeds_are(client, make, discussion):
    head = client.get(discussion.page.url).text.partition("</head>")[0]
    assert (
        f'type="application/atom+xml" title="De dialoog op deze pagina" href="{url_of(discussion)}"'
        in head
    )
    assert f'href="{SITE}"' in head
    restricted(discussion.page)
    known = Client()
    known.force_login(make.user())
    shown = known.get(discussion.page.url).text
    assert discussion.page.title in shown
    assert url_of(discussion) not in shown


def test_branch_has_a_feed_of_its_own(client, make, discussion):
    head = make.published(discussion)
    branch = Discussion.objects.create(
        page=discussion.page,
        branch_of=discussion,
        branched_path=head.path,
        question="En wat als het uitkomt?",
        group=discussion.group,
    )
    Contribution.objects.filter(pk=head.pk).update(discussion=branch)
    assert "En wat als het uitkomt?" in client.get(url_of(branch)).text
    assert entries(client, url_of(discussion)) == []
    assert len(entries(client, url_of(branch))) == 1


def test_day_is_that_of_writing(client, make, discussion):
    said = make.published(discussion)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Contribution.objects.filter(pk=said.pk).update(day=yesterday)
    [entry] = entries(client, url_of(discussion))
    assert entry.findtext(f"{ATOM}updated").startswith(str(yesterday))
