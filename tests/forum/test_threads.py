"""A thread one can follow: newest first, what is new, who answers whom, long branches folded."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from wagtail.models import Site

from counting import counted
from goedwerk_forum.actions.contributions import Words, send_again, withdraw
from goedwerk_forum.actions.release import release
from goedwerk_forum.folding import OPEN
from goedwerk_forum.identity import drafts
from goedwerk_forum.models import Contribution, Discussion, ForumSettings
from goedwerk_forum.narrowing import Narrowing
from goedwerk_forum.newest_first import window
from goedwerk_forum.reading import Cursor
from goedwerk_forum.transitions import Action
from goedwerk_forum.views import arriving

pytestmark = pytest.mark.django_db

NEWEST = Narrowing(newest=True)
FOLDED = re.compile(r'<details class="gw-more".*?</details>', re.DOTALL)


@pytest.fixture
def discussion(make):
    return make.discussion(discussion_policy="all_first")


@pytest.fixture
def windows_of_three(settings):
    settings.GOEDWERK = settings.GOEDWERK | {"WINDOW": 3}


def release_in_turn(rows) -> None:
    """As if each had been released by itself, in the order of ``rows``."""
    for number, row in enumerate(rows, start=10):
        Contribution.objects.filter(pk=row.pk).update(shown_since=number)


def ids(found) -> list[str]:
    return [node.contribution.public_id for node in found.nodes]


def edit(contribution, text: str) -> None:
    """Its author sends another text."""
    contribution.refresh_from_db()
    words = Words(text, contribution.kind)
    send_again(contribution=contribution, version=contribution.version, words=words)


def let_pass(make, contribution) -> None:
    """A person accepts the other text, and readers see it."""
    contribution.refresh_from_db()
    make.judged(contribution)
    release([contribution.discussion_id])


def read(client, discussion, query: str = "") -> str:
    return client.get(f"{discussion.page.url}{query}").text


def part_of(page: str, contribution: Contribution) -> str:
    """The article of one contribution."""
    return page.split(f'id="b-{contribution.public_id}"')[1].split("</article>")[0]


# --- newest first ------------------------------------------------------------------------------


@pytest.mark.usefixtures("windows_of_three")
def test_newest_first_shows_each_once_by_when_readers_saw_it(make, discussion):
    rows = make.crowd(discussion, 10)
    in_turn = rows[::2] + rows[1::2]
    release_in_turn(in_turn)
    wanted = [row.public_id for row in reversed(in_turn)]
    found = window(discussion, Cursor(), NEWEST)
    seen, starts = ids(found), []
    while found.has_later:
        found = window(discussion, Cursor(after=found.last), NEWEST)
        assert found.has_earlier
        starts.append(found.first)
        seen += ids(found)
    assert seen == wanted
    back = window(discussion, Cursor(before=starts[-1]), NEWEST)
    assert ids(back) == wanted[wanted.index(starts[-1]) - 3 : wanted.index(starts[-1])]
    end = window(discussion, Cursor(at_end=True), NEWEST)
    assert ids(end) == wanted[-3:]
    assert end.has_earlier
    assert not end.has_later
    assert ids(window(discussion, Cursor(start=wanted[4]), NEWEST)) == wanted[4:7]


@pytest.mark.usefixtures("windows_of_three")
def test_released_together_they_stand_in_one_order_and_none_is_lost(make, discussion):
    rows = make.crowd(discussion, 10)
    Contribution.objects.update(shown_since=5)
    found = window(discussion, Cursor(), NEWEST)
    seen = ids(found)
    while found.has_later:
        found = window(discussion, Cursor(after=found.last), NEWEST)
        seen += ids(found)
    assert seen == [row.public_id for row in reversed(rows)]


@pytest.mark.usefixtures("windows_of_three")
def test_window_stays_where_it_was_when_something_comes(make, discussion):
    rows = make.crowd(discussion, 8)
    release_in_turn(rows)
    first = window(discussion, Cursor(), NEWEST)
    second = ids(window(discussion, Cursor(after=first.last), NEWEST))
    make.published(discussion)
    assert ids(window(discussion, Cursor(after=first.last), NEWEST)) == second


@pytest.mark.usefixtures("windows_of_three")
def test_newest_first_asks_as_much_wherever_it_begins(make, discussion, django_assert_num_queries):
    rows = make.crowd(discussion, 12)
    release_in_turn(rows)
    middle = rows[6].public_id
    with django_assert_num_queries(1):
        window(discussion, Cursor(), NEWEST)
    with django_assert_num_queries(1):
        window(discussion, Cursor(at_end=True), NEWEST)
    for cursor in (Cursor(start=middle), Cursor(after=middle)):
        with django_assert_num_queries(3):
            window(discussion, cursor, NEWEST)
    with django_assert_num_queries(2):
        window(discussion, Cursor(before=middle), NEWEST)


def test_newest_first_shows_texts_only_and_what_was_chosen(make, discussion):
    question = make.published(discussion, kind="vraag")
    make.published(discussion, kind="ervaring")
    gone = make.published(discussion, kind="vraag")
    make.published(discussion, in_reply_to=gone)
    withdraw(contribution=gone)
    make.judged(make.published(discussion, kind="vraag"), Action.HIDE, "conduct")
    make.held(discussion, kind="vraag")
    found = window(discussion, Cursor(), Narrowing(kind="vraag", newest=True))
    assert ids(found) == [question.public_id]


def test_page_newest_first_asks_no_more_and_leaves_no_cookie(client, make, discussion):
    make.crowd(discussion, 8)

    def queries(query):
        client.get(f"{discussion.page.url}{query}")
        with counted() as work:
            answer = client.get(f"{discussion.page.url}{query}")
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")
        return work.queries, work.rows

    assert queries("?volgorde=nieuwste") == queries("?sinds=3") == queries("")
    assert queries("?volgorde=nieuwste&soort=ervaring") == queries("")


@pytest.mark.usefixtures("windows_of_three")
def test_links_keep_the_order_and_lead_back(client, make, discussion):
    make.crowd(discussion, 8)
    page = read(client, discussion, "?volgorde=nieuwste&soort=ervaring")
    assert "?soort=ervaring&amp;volgorde=nieuwste&amp;na=" in page
    assert f'href="{discussion.page.url}?soort=ervaring#dialoog">Lees zoals de dialoog ging' in page
    plain = read(client, discussion)
    assert "Wat het laatst kwam" not in plain
    assert f'href="{discussion.page.url}?volgorde=nieuwste#dialoog"' in plain


@pytest.mark.parametrize("query", ["volgorde=onzin", "volgorde=", "volgorde[]=nieuwste"])
def test_order_that_is_not_known_is_that_of_the_conversation(client, make, discussion, query):
    rows = make.crowd(discussion, 4)
    page = read(client, discussion, f"?{query}")
    places = [page.index(f'id="b-{row.public_id}"') for row in rows]
    assert places == sorted(places)


# --- what is new for whoever asks --------------------------------------------------------------


def test_what_came_since_is_marked(client, make, discussion):
    old = make.published(discussion)
    discussion.refresh_from_db()
    since = discussion.version
    new = make.published(discussion)
    page = read(client, discussion, f"?sinds={since}")
    assert "data-gw-new" in part_of(page, new)
    assert "data-gw-new" not in part_of(page, old)
    assert "data-gw-new" not in read(client, discussion)


@pytest.mark.parametrize("since", ["-1", "0", "x", "9" * 30, "%00"])
def test_a_mark_that_makes_no_sense_marks_nothing(client, make, discussion, since):
    make.published(discussion)
    assert "data-gw-new" not in read(client, discussion, f"?sinds={since}")


def test_link_to_what_is_new_leads_to_the_first_as_one_reads(client, make, discussion):
    root, other = make.published(discussion), make.published(discussion)
    client.force_login(make.user())
    to_new = reverse("goedwerk_forum:follow_new", args=["dialoog", discussion.uuid.hex])
    nothing = client.get(to_new)
    assert nothing["Location"] == f"{discussion.page.url}#niets-nieuws"
    assert 'id="niets-nieuws"' in client.get(nothing["Location"]).text
    discussion.refresh_from_db()
    since = discussion.version
    make.published(discussion, in_reply_to=other)
    above = make.published(discussion, in_reply_to=root)
    answer = client.get(to_new)
    assert answer["Location"] == f"{above.get_absolute_url()}?sinds={since}"
    onward = client.get(answer["Location"])["Location"]
    assert onward == (
        f"{discussion.page.url}?vanaf={above.public_id}&sinds={since}#b-{above.public_id}"
    )
    assert client.get(onward).text.count("data-gw-new") == 2
    assert client.get(to_new)["Location"] == nothing["Location"]


def test_nobody_in_particular_is_asked_who_she_is(client, discussion):
    to_new = reverse("goedwerk_forum:follow_new", args=["dialoog", discussion.uuid.hex])
    assert "/inloggen/" in client.get(to_new)["Location"]
    assert not client.cookies


# --- who answers whom --------------------------------------------------------------------------


def test_second_answer_says_whom_it_answers_and_leads_there(client, make, discussion):
    root = make.published(discussion)
    first = make.published(discussion, in_reply_to=root)
    second = make.published(discussion, in_reply_to=root)
    page = read(client, discussion)
    assert "In antwoord op" not in part_of(page, first)
    assert f"in antwoord op {root.participant.pseudonym}" in part_of(page, first)
    assert "In antwoord op" in part_of(page, second)
    assert f'href="#b-{root.public_id}"' in part_of(page, second)
    alone = read(client, discussion, f"?vanaf={second.public_id}")
    permalink = reverse("goedwerk_forum:permalink", args=[root.public_id])
    assert f'href="{permalink}"' in part_of(alone, second)


def test_answer_to_what_is_gone_names_nobody(client, make, discussion):
    root = make.published(discussion)
    make.published(discussion, in_reply_to=root)
    second = make.published(discussion, in_reply_to=root)
    withdraw(contribution=root)
    page = read(client, discussion)
    assert "een bijdrage die weg is" in part_of(page, second)
    assert root.participant.pseudonym not in page
    assert root.participant.pseudonym not in read(client, discussion, "?volgorde=nieuwste")


def test_what_a_link_asks_for_stands_out(client, make, discussion):
    one, other = make.published(discussion), make.published(discussion)
    page = read(client, discussion, f"?vanaf={other.public_id}")
    assert "aria-current" in part_of(page, other)
    assert "aria-current" not in part_of(read(client, discussion), one)


def test_text_that_readers_saw_before_says_that_it_was_changed(client, make, discussion, drive):
    same = make.published(discussion)
    changed = make.published(discussion)
    edit(changed, f"{make.CALM} Dat zag ik later pas.")
    drive()
    assert "gewijzigd" not in part_of(read(client, discussion), changed)
    let_pass(make, changed)
    page = read(client, discussion)
    assert "Dat zag ik later pas." in part_of(page, changed)
    assert "<span>gewijzigd</span>" in part_of(page, changed)
    assert "gewijzigd" not in part_of(page, same)


# --- long branches -----------------------------------------------------------------------------


def test_more_answers_than_stay_open_fold_up_and_stay_in_the_page(client, make, discussion):
    root = make.published(discussion)
    answers = [make.published(discussion, in_reply_to=root) for _n in range(OPEN + 1)]
    assert not FOLDED.search(read(client, discussion))
    answers.append(make.published(discussion, kind="vraag", in_reply_to=root))
    page = read(client, discussion)
    folded = FOLDED.search(page).group()
    assert "Toon nog 2 antwoorden" in folded
    assert "1 wacht op een antwoord" in folded
    for answer in answers:
        assert (f'id="b-{answer.public_id}"' in folded) == (answer in answers[OPEN:])
        assert page.count(f'id="b-{answer.public_id}"') == 1


def test_what_is_new_is_never_folded_up(client, make, discussion):
    root = make.published(discussion)
    for _n in range(OPEN + 2):
        make.published(discussion, in_reply_to=root)
    discussion.refresh_from_db()
    since = discussion.version
    make.published(discussion, in_reply_to=root)
    assert '<details class="gw-more" open>' in read(client, discussion, f"?sinds={since}")
    assert '<details class="gw-more">' in read(client, discussion, f"?sinds={since + 5}")
    assert '<details class="gw-more">' in read(client, discussion)


def test_part_of_a_thread_stays_open(client, make, discussion):
    root = make.published(discussion, kind="ervaring")
    for _n in range(OPEN + 3):
        make.published(discussion, kind="ervaring", in_reply_to=root)
    assert FOLDED.search(read(client, discussion))
    assert not FOLDED.search(read(client, discussion, "?soort=ervaring"))


# --- lenses with their numbers -----------------------------------------------------------------


def test_lenses_stand_with_their_numbers_where_those_are_true(client, make, discussion):
    make.published(discussion, kind="ervaring")
    assert "Kijk door een lens" not in read(client, discussion)
    for lens in ("bekwaam", "bekwaam", "betrokken"):
        make.published(discussion, kind="ervaring", lens=lens)
    page = read(client, discussion)
    assert "Bekwaam 2" in page
    assert "Betrouwbaar 0" in page
    assert "Bekwaam 2" in read(client, discussion, "?lens=betrokken")
    assert "Bekwaam 2" not in read(client, discussion, "?soort=vraag")


# --- who decides, and what is kept on the device -----------------------------------------------


def test_readers_read_what_the_site_calls_the_role(client, make, discussion):
    hidden = make.published(discussion)
    make.published(discussion, in_reply_to=hidden)
    make.judged(hidden, Action.HIDE, "conduct")
    assert "Een ambassadeur kijkt er opnieuw naar" in read(client, discussion)
    settings = ForumSettings.for_site(Site.objects.get(is_default_site=True))
    settings.role_name = "moderator"
    settings.save()
    page = read(client, discussion)
    assert "Een moderator kijkt er opnieuw naar" in page
    assert "Een moderator leest alles vooraf." in page
    assert "ambassadeur" not in page.split('id="dialoog"')[1].split("</section>")[0]


def test_draft_is_another_one_for_each_writer_and_form(client, make, discussion):
    one, other = make.user(), make.user()
    write = reverse("goedwerk_forum:write", args=[discussion.uuid.hex])
    marks = {drafts.mark(who, path) for who in (one, other) for path in (write, f"{write}x")}
    assert len(marks) == 4
    make.participant(discussion, one)
    client.force_login(one)
    assert f'data-gw-draft="{drafts.mark(one, write)}"' in client.get(write).text


def test_page_after_sending_says_that_it_arrived(client, make, discussion):
    author = make.user()
    said = make.published(discussion, author)
    client.force_login(author)
    own = reverse("goedwerk_forum:own", args=[said.public_id])
    assert "data-gw-arrived" not in client.get(own).text
    write = reverse("goedwerk_forum:write", args=[discussion.uuid.hex])
    edit = reverse("goedwerk_forum:edit", args=[said.public_id])
    again = {"text": f"{make.CALM} Nu anders.", "kind": "ervaring", "version": said.version}
    to_own = client.post(edit, again)
    assert to_own["Location"] == own
    assert to_own.cookies[arriving.COOKIE]["path"] == own
    assert f'data-gw-arrived="{drafts.mark(author, edit)}"' in client.get(own).text
    assert "data-gw-arrived" not in client.get(own).text
    new = {"text": f"{make.CALM} Iets anders.", "kind": "ervaring", "submission": "a" * 32}
    assert (
        f'data-gw-arrived="{drafts.mark(author, write)}"'
        in client.post(write, new, follow=True).text
    )
    assert Discussion.objects.get().shown_count == 1
