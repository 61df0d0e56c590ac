"""A thread of one kind, one lens, or of what waits; and which lens is little used."""

from __future__ import annotations

import pytest
from django.urls import reverse

from counting import counted
from goedwerk_forum import kinds
from goedwerk_forum.lens_use import LensUse, lens_use
from goedwerk_forum.models import Contribution, Discussion
from goedwerk_forum.narrowing import Narrowing, narrowing_of
from goedwerk_forum.reading import Cursor, window
from goedwerk_forum.transitions import Action

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(make, discussion):
    """A discussion with a little of everything, by name."""
    question = make.published(discussion, kind="vraag", lens="bekwaam")
    return {
        "question": question,
        "answer": make.published(discussion, kind="afweging", lens="bekwaam", in_reply_to=question),
        "waiting": make.published(discussion, kind="vraag", lens="betrokken"),
        "experience": make.published(discussion, kind="ervaring"),
    }


def seen(discussion, narrowing, cursor=None):
    found = window(discussion, cursor, narrowing=narrowing)

    def flat(nodes):
        for node in nodes:
            yield node.contribution.public_id
            yield from flat(node.children)

    return list(flat(found.nodes)), found


def ids(said, *names):
    return [said[name].public_id for name in names]


@pytest.mark.parametrize(
    ("narrowing", "names"),
    [
        (Narrowing(kind="vraag"), ["question", "waiting"]),
        (Narrowing(lens="bekwaam"), ["question", "answer"]),
        (Narrowing(kind="vraag", lens="betrokken"), ["waiting"]),
        (Narrowing(waits=True), ["waiting"]),
        (Narrowing(kind="waardering"), []),
        (Narrowing(), ["question", "answer", "waiting", "experience"]),
    ],
)
def test_thread_shows_what_was_chosen(discussion, said, narrowing, names):
    assert seen(discussion, narrowing)[0] == ids(said, *names)


def test_what_awaits_an_answer_is_the_same_in_a_query_and_of_one_contribution(
    make, discussion, said
):
    closed = make.published(discussion, kind="vraag")
    Contribution.objects.filter(pk=closed.pk).update(closed_with=closed)
    unheard = make.published(discussion, kind="vraag")
    make.contribution(discussion, in_reply_to=unheard)  # nobody reads that answer yet
    texts = Contribution.objects.shown().with_voices().order_by("pk")

    assert list(texts.awaiting_answer()) == [said["waiting"], unheard]
    assert list(texts.awaiting_answer(["ervaring"])) == [said["experience"]]
    assert list(texts.unanswered()) == [
        said["answer"],
        said["waiting"],
        said["experience"],
        unheard,
    ]
    assert [one for one in texts if one.awaits_answer] == [said["waiting"], unheard]


def test_answer_without_its_question_says_whom_it_answers(client, discussion, said):
    page = client.get(f"{discussion.page.url}?soort=afweging").content.decode()
    assert f'id="b-{said["answer"].public_id}"' in page
    assert f'id="b-{said["question"].public_id}"' not in page
    assert said["question"].participant.pseudonym in page


def test_what_readers_may_not_see_is_in_no_choice(make, discussion, said):
    hidden = make.published(discussion, kind="vraag", lens="bekwaam")
    make.judged(hidden, Action.HIDE, "conduct")
    make.contribution(discussion, kind="vraag", lens="bekwaam")
    for narrowing in (Narrowing(kind="vraag"), Narrowing(lens="bekwaam"), Narrowing(waits=True)):
        found = seen(discussion, narrowing)[0]
        assert set(found) <= set(ids(said, "question", "answer", "waiting"))


def test_windows_of_one_kind_hold_each_once_in_order(make, settings, django_assert_num_queries):
    settings.GOEDWERK = settings.GOEDWERK | {"WINDOW": 3}
    discussion = make.discussion()
    rows = make.crowd(discussion, 14)
    wanted = [row.public_id for row in rows if row.kind == rows[0].kind]
    assert len(wanted) > 3
    narrowing = Narrowing(kind=rows[0].kind)
    with django_assert_num_queries(1):
        found, one = seen(discussion, narrowing)
    while one.has_later:
        with django_assert_num_queries(3):
            more, one = seen(discussion, narrowing, Cursor(after=one.last))
        found += more
        assert one.has_earlier
    assert found == wanted
    last, one = seen(discussion, narrowing, Cursor(at_end=True))
    assert last == wanted[-len(last) :]
    assert one.has_earlier


def test_links_to_other_windows_keep_the_choice(client, make, settings):
    settings.GOEDWERK = settings.GOEDWERK | {"WINDOW": 3}
    discussion = make.discussion()
    rows = make.crowd(discussion, 14)
    page = client.get(f"{discussion.page.url}?soort={rows[0].kind}").content.decode()
    assert f"?soort={rows[0].kind}&amp;na=" in page
    assert f"?soort={rows[0].kind}&amp;einde" in page


def test_page_asks_as_much_whatever_is_chosen(client, discussion, said):
    def queries(query):
        client.get(f"{discussion.page.url}{query}")
        with counted() as work:
            answer = client.get(f"{discussion.page.url}{query}")
        assert answer.status_code == 200
        assert not answer.cookies
        return work.queries, work.rows

    whole = queries("")
    for query in ("?soort=vraag", "?lens=bekwaam", "?wacht=1", "?soort=vraag&lens=bekwaam&wacht"):
        assert queries(query) == whole
    assert whole[1] == 0


@pytest.mark.parametrize("query", ["soort=onzin", "lens=%00", "soort=vraag%27--", "lens[]=x"])
def test_address_that_asks_nonsense_shows_the_whole_thread(client, discussion, said, query):
    page = client.get(f"{discussion.page.url}?{query}").content.decode()
    for contribution in said.values():
        assert f'id="b-{contribution.public_id}"' in page


def test_choice_stands_in_the_address(rf):
    chosen = narrowing_of(rf.get("/", {"soort": "vraag", "lens": "bekwaam", "wacht": "1"}))
    assert chosen == Narrowing("vraag", "bekwaam", waits=True)
    assert narrowing_of(rf.get(f"/?{chosen.query}")) == chosen
    assert chosen.words == "vraag, bekwaam, wacht op een antwoord"


def test_nothing_of_it_yet_says_so_and_invites(client, discussion, said):
    page = client.get(f"{discussion.page.url}?lens=betrouwbaar").content.decode()
    assert "Hier is nog niets van deze soort of lens." in page
    write = reverse("goedwerk_forum:write", args=[discussion.uuid.hex])
    assert f'href="{write}?lens=betrouwbaar"' in page


def test_form_starts_from_the_lens_in_its_address(writer, discussion):
    write = reverse("goedwerk_forum:write", args=[discussion.uuid.hex])
    form = writer.get(f"{write}?lens=betrouwbaar&soort=vraag").context["form"]
    assert (form["lens"].value(), form["kind"].value()) == ("betrouwbaar", "vraag")


# --- which lens is little used ---------------------------------------------------------------


def used(*counts):
    return LensUse(tuple(zip(kinds.lenses(), counts, strict=True)))


@pytest.mark.parametrize(
    ("counts", "least"),
    [
        ((0, 0, 0), None),
        ((2, 0, 0), None),
        ((3, 0, 0), "betrokken"),
        ((5, 6, 1), "betrouwbaar"),
        ((4, 4, 4), None),
        ((3, 3, 2), None),
    ],
)
def test_least_used_lens_has_half_of_its_share_or_less(counts, least):
    found = used(*counts).least
    assert (found.key if found else None) == least


def test_counts_are_of_texts_that_readers_see(make, discussion, said):
    make.judged(make.published(discussion, lens="betrouwbaar"), Action.HIDE, "conduct")
    make.contribution(discussion, lens="betrouwbaar")
    discussion = Discussion.objects.get(pk=discussion.pk)
    found = lens_use(discussion)
    assert [(lens.key, number) for lens, number in found.counts] == [
        ("bekwaam", 2),
        ("betrokken", 1),
        ("betrouwbaar", 0),
    ]


def test_counts_follow_what_readers_see(client, make, discussion, said):
    page = discussion.page
    assert client.get(page.url).context["lens_use"].total == 3
    make.published(discussion, lens="betrouwbaar")
    assert client.get(page.url).context["lens_use"].total == 4


def test_page_tells_it_with_a_table_and_a_way_to_write(client, discussion, said):
    page = client.get(discussion.page.url).content.decode()
    write = reverse("goedwerk_forum:write", args=[discussion.uuid.hex])
    assert "Hier is nog weinig gekeken door de lens" in page
    assert f'href="{write}?lens=betrouwbaar"' in page
    assert 'aria-labelledby="gw-lenzen-title gw-lenzen-description"' in page
    assert '<th scope="row">Bekwaam</th><td class="gw-num">2</td>' in page


def test_story_tells_it_at_its_lens(client, make):
    discussion = make.discussion(lens_trustworthy="Kun je dit uitleggen?")
    for _number in range(3):
        make.published(discussion, lens="bekwaam")
    page = client.get(discussion.page.url).content.decode()
    assert "In de dialoog is hier nog weinig door gekeken." not in page
    other = make.discussion(lens_engaged="Wie raakt dit?")
    for _number in range(3):
        make.published(other, lens="bekwaam")
    page = client.get(other.page.url).content.decode()
    assert "In de dialoog is hier nog weinig door gekeken." in page
