"""Exactly what reading and writing ask of the database, however large a discussion has grown."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import Max
from django.urls import reverse

import guides
from counting import counted
from goedwerk_forum.actions import formats
from goedwerk_forum.forms import new_submission
from goedwerk_forum.models import (
    AuditRecord,
    Contribution,
    Discussion,
    Format,
    FormatStep,
    OutboxRow,
    Revision,
)

pytestmark = pytest.mark.django_db

#: Queries that a discussion adds to a page that looked for one in vain: the voices heard, the
#: window, and what the site calls who reads along; where the window starts at a cursor also the
#: cursor, and whether anything stands before it.
ADDED = {"first": 3, "middle": 5, "last": 3}
#: A post by somebody who takes part, and a reply, which looks where its parent is now and takes its
#: number with the lock: queries and rows. One asks whether the story on the page is cleared; one,
#: what holds her back elsewhere; one, all that hangs on who she is here: what holds her back,
#: whether she is a newcomer, whether it is her turn. A page that needs no clearance spares the
#: first.
POST, REPLY = (14, 7), (14, 7)
#: The same in a step with a round. The turn that finds everybody heard says so for good.
IN_A_ROUND = {"first": (14, 7), "opens the floor": (15, 8), "answer": (14, 7)}
#: What a batch of checks asks whose verdicts are alike, from the claim to the last row; one more
#: where rows can be locked.
CHECKED = {"sqlite": 21, "postgresql": 22}
OF_ONE_LENGTH = "Wij vroegen het eerst aan de balie en daarna aan elkaar, want dat helpt vaak."


def read(client, url):
    """What one GET of ``url`` asks, once Django's own caches are warm."""
    client.get(url)
    with counted() as work:
        response = client.get(url)
    assert response.status_code == 200
    return work, response


def windows(page, contributions):
    middle = contributions[len(contributions) // 2].public_id
    return {
        "first": page.url,
        "middle": f"{page.url}?vanaf={middle}",
        "last": f"{page.url}?einde",
    }


def send(client, url, text):
    return client.post(url, {"kind": "ervaring", "text": text, "submission": new_submission()})


def count_post(client, url):
    """The second of two posts: the first one warms Django's own caches."""
    send(client, url, "Wij hingen de vraag op bij de koffie en lazen samen wat erbij kwam.")
    with counted() as work:
        response = send(client, url, "Wij vroegen het eerst aan de balie, daar weten ze het.")
    assert response.status_code == 302
    return work


@pytest.mark.slow
def test_discussion_adds_the_same_few_queries_at_ten_and_at_two_thousand(client, make):
    bare = read(client, make.story(has_discussion=False).url)[0]
    small, large = make.discussion(), make.discussion()
    crowds = {small: make.crowd(small, 10), large: make.crowd(large, 2000)}
    for discussion, contributions in crowds.items():
        for place, url in windows(discussion.page, contributions).items():
            work, _response = read(client, url)
            assert work.queries - bare.queries == ADDED[place], (place, discussion.last_position)
            assert work.rows == 0


@pytest.mark.slow
def test_windows_have_the_same_weight_wherever_they_lie(client, make):
    discussion = make.discussion()
    urls = windows(discussion.page, make.crowd(discussion, 600))
    weights = {place: len(read(client, url)[1].content) for place, url in urls.items()}
    assert max(weights.values()) < 1.25 * min(weights.values())


def test_reading_writes_nothing_and_sets_no_cookie(client, make):
    discussion = make.discussion()
    make.crowd(discussion, 10)
    work, response = read(client, discussion.page.url)
    assert work.rows == 0
    assert not response.cookies


@pytest.mark.parametrize("size", [10, 600])
def test_post_costs_the_same_however_large_the_discussion(client, make, size):
    discussion = make.discussion()
    make.crowd(discussion, size)
    author = make.user()
    make.participant(discussion, author)
    client.force_login(author)
    work = count_post(client, reverse("goedwerk_forum:write", args=[discussion.uuid.hex]))
    assert (work.queries, work.rows) == POST


def test_post_in_a_round_keeps_within_the_budget(client, make):
    """Her first turn, the second one that opens the floor, and an answer once it is open."""
    plain, discussion = make.discussion(), make.discussion()
    put_in_a_round(discussion)
    author, other = make.user(), make.user()
    make.participant(plain, author)
    for who in (author, other):
        make.participant(discussion, who)
    client.force_login(author)
    send(client, reverse("goedwerk_forum:write", args=[plain.uuid.hex]), OF_ONE_LENGTH)
    url = reverse("goedwerk_forum:write", args=[discussion.uuid.hex])

    def costs(url, text):
        with counted() as work:
            response = send(client, url, text)
        assert response.status_code == 302
        return work.queries, work.rows

    def heard(text):
        return make.published(in_hand(discussion), other, text=text)

    first = costs(url, "Wij hingen de vraag op bij de koffie en lazen wat erbij kwam.")
    answered = heard("Een nieuwe collega vroeg waarom, en dat hielp ons allemaal verder.")
    assert not in_hand(discussion).course.is_floor_open
    second = costs(url, "Wij vroegen het eerst aan de balie, daar weten ze het.")
    assert in_hand(discussion).course.is_floor_open
    heard("Ik heb gewacht tot er rust was, en toen pas gebeld met de ander.")
    reply = reverse("goedwerk_forum:reply", args=[answered.public_id])
    third = costs(reply, "Bij ons duurde het drie weken voordat iemand het hardop zei.")
    assert {"first": first, "opens the floor": second, "answer": third} == IN_A_ROUND


def test_first_post_in_a_round_writes_the_participant_too(client, make):
    discussion = make.discussion()
    put_in_a_round(discussion)
    client.force_login(make.user())
    join_url = reverse("goedwerk_forum:join", args=[discussion.uuid.hex])
    drawn = client.get(join_url).context["signed_pseudonym"]
    with counted() as work:
        client.post(join_url, {"join": "1", "pseudonym": drawn, "role_label": ""})
        write_url = reverse("goedwerk_forum:write", args=[discussion.uuid.hex])
        send(client, write_url, "Wij vroegen het eerst aan de balie, daar weten ze het.")
    assert Contribution.objects.get(discussion=discussion).step == 1
    assert work.rows == 8


def in_hand(discussion):
    return Discussion.objects.select_related("page", "course").get(pk=discussion.pk)


def put_in_a_round(discussion):
    template = Format.objects.create(name="Proef")
    words = {"name": "Delen", "question": "Wat maakte jij mee?"}
    FormatStep.objects.create(format=template, is_round=True, **words)
    guide = guides.guide_of(discussion)
    formats.choose_format(user=guide, uuid=discussion.uuid.hex, template=template)


@pytest.mark.parametrize("size", [10, 600])
def test_reply_costs_the_same_however_large_the_discussion(client, make, size):
    discussion = make.discussion()
    parent = make.crowd(discussion, size)[size // 2]
    author = make.user()
    make.participant(discussion, author)
    client.force_login(author)
    work = count_post(client, reverse("goedwerk_forum:reply", args=[parent.public_id]))
    assert (work.queries, work.rows) == REPLY


def test_first_post_writes_the_participant_too(client, make):
    discussion = make.discussion()
    client.force_login(make.user())
    join_url = reverse("goedwerk_forum:join", args=[discussion.uuid.hex])
    drawn = client.get(join_url).context["signed_pseudonym"]
    with counted() as work:
        client.post(join_url, {"join": "1", "pseudonym": drawn, "role_label": ""})
        write_url = reverse("goedwerk_forum:write", args=[discussion.uuid.hex])
        send(client, write_url, "Wij vroegen het eerst aan de balie, daar weten ze het.")
    assert Contribution.objects.filter(discussion=discussion).count() == 1
    assert work.rows == 8


def test_a_post_touches_no_other_row(client, make):
    discussion = make.discussion()
    contributions = make.crowd(discussion, 20)
    before = list(Contribution.objects.order_by("pk").values())
    newest = Revision.objects.aggregate(Max("pk"))["pk__max"]
    make.contribution(discussion, in_reply_to=contributions[5])
    assert list(Contribution.objects.order_by("pk").values())[:20] == before
    assert Revision.objects.filter(pk__gt=newest).count() == 1


@pytest.mark.parametrize("name", ["mine", "inbox"])
def test_own_pages_cost_the_same_with_one_and_with_many(client, make, name):
    work = []
    for many in (1, 6):
        author = make.user()
        for _number in range(many):
            make.published(make.discussion(discussion_policy="all_first"), author)
        client.force_login(author)
        work.append(read(client, reverse(f"goedwerk_forum:{name}"))[0])
    assert work[0].queries == work[1].queries
    assert work[0].rows == work[1].rows == 0


def test_batch_of_checks_costs_the_same_for_two_and_for_ten(make, drive):
    def work_for(many):
        discussion = make.discussion()
        for _number in range(many):
            make.contribution(discussion)
        with counted() as work:
            drive()
        return work.queries

    work_for(2)
    assert work_for(2) == work_for(10) == CHECKED[connection.vendor]
    assert not OutboxRow.objects.filter(kind="check").exists()


def test_batch_costs_the_same_whatever_was_found_in_each(make, drive):
    """What was found differs from text to text; it is written in one statement all the same."""

    def work_for(places):
        discussion = make.discussion()
        for place in places:
            make.contribution(discussion, text=f"{OF_ONE_LENGTH[:place]} Jan de Vries kwam erbij.")
        with counted() as work:
            drive()
        return work.queries

    work_for([10, 20])
    assert work_for([10, 20]) == work_for(range(10, 60, 5))
    found = Revision.objects.filter(contribution__state="returned").values_list("findings")
    assert len({str(findings) for findings in found}) >= 10


def test_release_of_many_costs_the_same_as_of_two(make):
    from goedwerk_forum.actions.release import release

    def work_for(many):
        discussion = make.discussion()
        Contribution.objects.filter(pk__in=[row.pk for row in make.crowd(discussion, many)]).update(
            display="nothing", shown_revision=0
        )
        with counted() as work:
            assert release([discussion.pk]) == many
        return work.queries

    assert work_for(10) == work_for(40)
    assert Discussion.objects.filter(shown_count__gt=0).count() == 2
    assert not AuditRecord.objects.filter(action="release").exists()
