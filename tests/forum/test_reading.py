"""What readers see: windows, threads, tombstones, and never a word that was not released."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from goedwerk_forum.actions.contributions import withdraw
from goedwerk_forum.actions.release import release
from goedwerk_forum.models import LEVELS, Contribution
from goedwerk_forum.reading import Cursor, voices_of, window
from goedwerk_forum.transitions import Action

pytestmark = pytest.mark.django_db


@pytest.fixture
def windows_of_seven(settings):
    settings.GOEDWERK = settings.GOEDWERK | {"WINDOW": 7}


def flat(nodes):
    for node in nodes:
        yield node
        yield from flat(node.children)


def ids(seen):
    return [node.contribution.public_id for node in flat(seen.nodes)]


def forwards(discussion):
    seen = window(discussion)
    yield seen
    while seen.has_later:
        seen = window(discussion, Cursor(after=seen.last))
        yield seen


def backwards(discussion):
    seen = window(discussion, Cursor(at_end=True))
    yield seen
    while seen.has_earlier:
        seen = window(discussion, Cursor(before=seen.first))
        yield seen


# --- windows ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("windows_of_seven")
@pytest.mark.parametrize("size", [1, 6, 7, 8, 14, 33])
def test_windows_forwards_hold_every_contribution_once_in_order(make, size):
    discussion = make.discussion()
    expected = [row.public_id for row in make.crowd(discussion, size)]
    seen = list(forwards(discussion))
    assert [public_id for one in seen for public_id in ids(one)] == expected
    assert all(one.size == 7 for one in seen[:-1])
    assert not seen[0].has_earlier
    assert all(one.has_earlier for one in seen[1:])


@pytest.mark.usefixtures("windows_of_seven")
@pytest.mark.parametrize("size", [1, 6, 7, 8, 14, 33])
def test_windows_backwards_hold_every_contribution_once_in_order(make, size):
    discussion = make.discussion()
    expected = [row.public_id for row in make.crowd(discussion, size)]
    seen = list(backwards(discussion))
    assert [public_id for one in reversed(seen) for public_id in ids(one)] == expected
    assert all(one.size == 7 for one in seen[:-1])
    assert not seen[0].has_later
    assert all(one.has_later for one in seen[1:])


@pytest.mark.usefixtures("windows_of_seven")
def test_window_at_any_contribution_starts_with_it(make):
    discussion = make.discussion()
    rows = make.crowd(discussion, 20)
    for number, row in enumerate(rows):
        seen = window(discussion, Cursor(start=row.public_id))
        assert ids(seen) == [later.public_id for later in rows[number : number + 7]]
        assert seen.has_earlier == (number > 0)
        assert seen.has_later == (number + 7 < len(rows))


@pytest.mark.usefixtures("windows_of_seven")
def test_cursor_at_an_end_shows_the_window_there(make):
    discussion = make.discussion()
    rows = make.crowd(discussion, 20)
    first, last = window(discussion), window(discussion, Cursor(at_end=True))
    assert ids(window(discussion, Cursor(before=rows[0].public_id))) == ids(first)
    assert ids(window(discussion, Cursor(after=rows[-1].public_id))) == ids(last)


@pytest.mark.usefixtures("windows_of_seven")
def test_cursor_that_points_nowhere_shows_the_first_window(make):
    discussion = make.discussion()
    make.crowd(discussion, 20)
    elsewhere = make.crowd(make.discussion(), 3)[1]
    unreleased = make.contribution(discussion)
    first = ids(window(discussion))
    for nowhere in ("x", "0" * 20, "\x00", "é" * 20, elsewhere.public_id, unreleased.public_id):
        for cursor in (Cursor(start=nowhere), Cursor(after=nowhere), Cursor(before=nowhere)):
            assert ids(window(discussion, cursor)) == first


@pytest.mark.usefixtures("windows_of_seven")
@pytest.mark.parametrize(
    "query",
    [
        "vanaf={id}&tot={id}",
        "na={id}&tot={id}&einde",
        "vanaf={id}&vanaf=x",
        "na=%00",
        "tot=" + "9" * 5000,
        "einde=1&einde=2",
        "vanaf[]=1",
    ],
)
def test_page_bears_any_cursor(client, make, query):
    discussion = make.discussion()
    row = make.crowd(discussion, 20)[9]
    response = client.get(f"{discussion.page.url}?{query.format(id=row.public_id)}")
    assert response.status_code == 200
    assert b'id="b-' in response.content


def test_empty_discussion_has_an_empty_window(make):
    for cursor in (None, Cursor(at_end=True), Cursor(before="0" * 20)):
        seen = window(make.discussion(), cursor)
        assert (seen.nodes, seen.size) == ([], 0)
        assert not seen.has_earlier
        assert not seen.has_later


@pytest.mark.usefixtures("windows_of_seven")
def test_links_on_the_page_lead_through_all_windows(client, make):
    discussion = make.discussion()
    rows = make.crowd(discussion, 20)
    url, seen = discussion.page.url, []
    for _window in range(3):
        response = client.get(url)
        shown = response.context["window"]
        seen += ids(shown)
        assert all(f'id="b-{public_id}"' in response.text for public_id in ids(shown))
        url = f"{discussion.page.url}?na={shown.last}"
        assert (f'href="{url}#dialoog"' in response.text) == shown.has_later
    assert seen == [row.public_id for row in rows]


@pytest.mark.usefixtures("windows_of_seven")
def test_permalink_lands_in_the_window_that_holds_it(client, make):
    discussion = make.discussion()
    for row in make.crowd(discussion, 20):
        response = client.get(reverse("goedwerk_forum:permalink", args=[row.public_id]))
        url, _hash, anchor = response.headers["Location"].partition("#")
        assert anchor == f"b-{row.public_id}"
        assert f'id="{anchor}"' in client.get(url).text


# --- the thread ------------------------------------------------------------------------------


def test_replies_nest_three_levels_and_go_on_flat(make):
    discussion = make.discussion(discussion_policy="all_first")
    chain = [make.published(discussion)]
    for _reply in range(4):
        chain.append(make.published(discussion, in_reply_to=chain[-1]))
    nodes = list(flat(window(discussion).nodes))
    assert [node.contribution.pk for node in nodes] == [row.pk for row in chain]
    assert [node.depth for node in nodes] == [0, 1, 2, 2, 2]
    assert [node.answers_elsewhere for node in nodes] == [False, False, False, True, True]
    assert max(node.depth for node in nodes) == LEVELS - 1


def test_flat_reply_says_whom_it_answers(client, make):
    discussion = make.discussion(discussion_policy="all_first")
    parent = make.published(discussion)
    for _level in range(3):
        parent, before = make.published(discussion, in_reply_to=parent), parent
    page = client.get(discussion.page.url).text
    deepest = page.split(f'id="b-{parent.public_id}"')[1]
    assert "In antwoord op" in deepest
    assert before.participant.pseudonym in deepest
    assert "In antwoord op" not in page.split(f'id="b-{before.public_id}"')[0]


def test_replies_stand_below_what_they_answer_in_order_of_arrival(make):
    discussion = make.discussion(discussion_policy="all_first")
    first, second = make.published(discussion), make.published(discussion)
    late = make.published(discussion, in_reply_to=first)
    later = make.published(discussion, in_reply_to=first)
    assert ids(window(discussion)) == [row.public_id for row in (first, late, later, second)]


@pytest.mark.parametrize("how", ["hidden", "rejected", "withdrawn"])
def test_tombstone_keeps_the_replies_readable(client, make, how):
    discussion = make.discussion(discussion_policy="all_first")
    parent = make.published(discussion, text="De oude tekst van de ouder.")
    reply = make.published(discussion, in_reply_to=parent, text="Het antwoord blijft staan.")
    if how == "withdrawn":
        withdraw(contribution=Contribution.objects.get(pk=parent.pk))
    else:
        parent = make.judged(parent, Action.HIDE, "conduct")
        if how == "rejected":
            make.judged(parent, Action.REJECT, "conduct")
    page = client.get(discussion.page.url).text
    assert "De oude tekst" not in page
    assert f'id="b-{parent.public_id}"' in page
    assert parent.participant.pseudonym not in page
    assert "Het antwoord blijft staan." in page
    assert [node.depth for node in flat(window(discussion).nodes)] == [0, 1]
    assert reply.participant.pseudonym in page


def test_put_back_text_keeps_its_place_until_its_release(client, make):
    discussion = make.discussion(discussion_policy="all_first")
    parent = make.published(discussion, text="Terug op zijn plek.")
    reply = make.published(discussion, in_reply_to=parent)
    make.judged(make.judged(parent, Action.HIDE, "conduct"), Action.PUBLISH)
    assert ids(window(discussion)) == [parent.public_id, reply.public_id]
    assert "Terug op zijn plek." not in client.get(discussion.page.url).text
    release([discussion.pk])
    assert "Terug op zijn plek." in client.get(discussion.page.url).text
    discussion.refresh_from_db()
    assert discussion.shown_count == 2


def test_rejecting_a_hidden_text_changes_the_page_and_so_its_version(make):
    discussion = make.discussion(discussion_policy="all_first")
    hidden = make.judged(make.published(discussion), Action.HIDE, "conduct")
    discussion.refresh_from_db()
    make.judged(hidden, Action.REJECT, "conduct")
    before = discussion.version
    discussion.refresh_from_db()
    assert (discussion.version, discussion.shown_count) == (before + 1, 0)


def test_voices_counts_only_what_can_be_read(make):
    discussion = make.discussion(discussion_policy="all_first")
    make.published(discussion, kind="vraag")
    make.held(discussion, kind="afweging")
    discussion.refresh_from_db()
    voices = voices_of([discussion])[discussion.pk]
    assert [kind for kind, _label, heard in voices.heard if heard] == ["vraag"]
    assert (voices.count, str(voices.missing)) == (1, "Ervaring")


# --- the same bytes for everybody ------------------------------------------------------------


def test_nothing_unreleased_is_ever_in_a_response(client, secrets_in_every_state):
    page = secrets_in_every_state.page
    assert "openbaareerste" in client.get(page.url).text
    assert "openbaarantwoord" in client.get(page.url).text
    for contribution in Contribution.objects.all():
        public_id = contribution.public_id
        urls = [
            *(f"{page.url}?{name}={public_id}" for name in ("vanaf", "na", "tot")),
            reverse("goedwerk_forum:permalink", args=[public_id]),
            reverse("goedwerk_forum:reply", args=[public_id]),
        ]
        for url in urls:
            response = client.get(url, follow=True)
            assert "geheim" not in response.text, url


def test_unreleased_contribution_has_no_permalink(client, secrets_in_every_state):
    for contribution in Contribution.objects.filter(display="nothing"):
        url = reverse("goedwerk_forum:permalink", args=[contribution.public_id])
        assert client.get(url).status_code == 404


def test_page_has_the_same_bytes_for_everybody(make, secrets_in_every_state):
    discussion = secrets_in_every_state
    author = make.user()
    make.participant(discussion, author)
    readers = [None, author, make.ambassador(discussion), make.user(is_superuser=True)]
    seen = set()
    for reader in readers:
        client = Client()
        if reader is not None:
            client.force_login(reader)
        response = client.get(discussion.page.url)
        seen.add(response.content)
        assert not response.cookies
        assert "cookie" not in response.headers.get("Vary", "").lower()
        assert response.headers.get("Cache-Control", "") != "no-store"
    assert len(seen) == 1


def test_page_holds_no_form_and_nothing_of_a_third_party(client, make):
    discussion = make.discussion()
    make.crowd(discussion, 5)
    page = client.get(discussion.page.url).text
    assert "csrf" not in page
    assert "gravatar" not in page
    assert not re.findall(r"""(?:src|href|action|srcset)=["']?(?:https?:)?//""", page)


def test_page_shows_no_key_no_moment_and_no_account(client, make):
    discussion = make.discussion(discussion_policy="all_first")
    author = make.user("wie-schreef-dit", email="wie@schreef.example", last_name="Verhulst")
    contribution = make.published(discussion, author, text="Wij schreven het samen op.")
    page = client.get(discussion.page.url).text
    account = author.goedwerk_account.uuid
    participant = contribution.participant
    for shows in (
        "wie-schreef-dit",
        "wie@schreef.example",
        "Verhulst",
        account.hex,
        str(account),
        participant.token,
        participant.sealed_account,
    ):
        assert shows not in page
    assert not re.search(rf'(b-|="){contribution.pk}"', page)
    assert participant.pseudonym in page
