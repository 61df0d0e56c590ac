"""Branches: closed and opened, moved to a place of their own and back; nobody gets lost."""

from __future__ import annotations

import datetime
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import guides as guiding_people
from at_once import at_once
from counting import counted
from goedwerk_forum import access, link_ends
from goedwerk_forum.actions import branching, guiding
from goedwerk_forum.actions.contributions import Words, contribute, send_again, withdraw
from goedwerk_forum.actions.letting_go import cut_due_links
from goedwerk_forum.actions.own import withdraw_all
from goedwerk_forum.actions.release import release
from goedwerk_forum.checks import switches
from goedwerk_forum.errors import (
    AfterHome,
    Answered,
    BranchClosed,
    Busy,
    DiscussionClosed,
    IllegalTransition,
    NotFound,
    OwnContribution,
    StaleDecision,
    Traceable,
)
from goedwerk_forum.forms import new_submission
from goedwerk_forum.identity import links
from goedwerk_forum.models import (
    SEGMENT,
    AuditRecord,
    CheckSetting,
    Contribution,
    Discussion,
    Notice,
    Participant,
    Revision,
)
from goedwerk_forum.outbox.drive import drive
from goedwerk_forum.reading import window
from goedwerk_forum.transitions import Action

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

QUESTION = "Hoe begin je over geld zonder dat het een ruil wordt?"


@pytest.fixture
def discussion(make):
    return make.discussion(discussion_policy="all_first")


@pytest.fixture
def guide(discussion):
    return guiding_people.guide_of(discussion)


class Thread:
    """A root with a branch of four levels, in which two people speak, and a root after it."""

    def __init__(self, make, discussion):
        self.discussion = discussion
        self.ann, self.bea = make.user(), make.user()
        self.root = make.published(discussion, text="Eerst: wij hingen het op bij de koffie.")
        self.head = self._answer(make, self.root, self.ann, "Kop: gaat het ook over geld?")
        self.child = self._answer(make, self.head, self.bea, "Kind: bij ons ging het over geld.")
        self.deep = self._answer(make, self.child, self.ann, "Diep: hoe begon je dan?")
        self.deeper = self._answer(make, self.deep, self.bea, "Dieper: met een kop thee.")
        self.last = make.published(discussion, text="Laatst: en dan nu iets heel anders.")

    def _answer(self, make, parent, who, text):
        return make.published(self.discussion, who, in_reply_to=parent, text=text)

    @property
    def branch(self):
        return [self.head, self.child, self.deep, self.deeper]


@pytest.fixture
def thread(make, discussion):
    return Thread(make, discussion)


def places(*contributions):
    """(discussion, path, level) of each as it is now."""
    found = Contribution.objects.in_bulk([one.pk for one in contributions])
    return [(found[c.pk].discussion_id, found[c.pk].path, found[c.pk].level) for c in contributions]


def shape(nodes):
    """The thread as (first word, what stands below it)."""
    return [
        (
            "signpost" if node.branch else node.contribution.comment.split(":")[0],
            shape(node.children),
        )
        for node in nodes
    ]


def fresh(discussion):
    return Discussion.objects.select_related("page", "branch_of").get(pk=discussion.pk)


def page_of(discussion):
    return Client().get(fresh(discussion).url).text


def moved(thread, guide):
    return branching.move_branch(user=guide, public_id=thread.head.public_id, question=QUESTION)


def answer(thread, who, parent, text="Een nieuw antwoord, op wat er net gezegd werd."):
    """A reply by who takes part, to ``parent`` as it was read."""
    return contribute(
        user=who,
        participant=links.participant_of(who, thread.discussion),
        discussion=parent.discussion,
        words=Words(text, "ervaring"),
        submission=new_submission(),
        in_reply_to=parent,
    )


# --- closing -------------------------------------------------------------------------------------


def test_closed_branch_takes_no_replies_and_the_page_says_so(make, thread, guide):
    branching.close_branch(user=guide, public_id=thread.head.public_id)
    page = page_of(thread.discussion)
    assert page.count("heeft dit deel van de dialoog gesloten") == 1
    for closed in thread.branch:
        assert reverse("goedwerk_forum:reply", args=[closed.public_id]) not in page
        with pytest.raises(BranchClosed):
            answer(thread, thread.bea, closed)
    for open_one in (thread.root, thread.last):
        assert reverse("goedwerk_forum:reply", args=[open_one.public_id]) in page
    assert Contribution.objects.count() == 6
    answer(thread, thread.bea, thread.root)
    assert Contribution.objects.count() == 7


def test_reply_to_a_closed_branch_keeps_what_was_typed(client, thread, guide):
    branching.close_branch(user=guide, public_id=thread.child.public_id)
    client.force_login(thread.ann)
    url = reverse("goedwerk_forum:reply", args=[thread.deeper.public_id])
    text = "Wij begonnen met een rondje langs de velden."
    typed = {"kind": "ervaring", "text": text, "submission": new_submission()}
    response = client.post(url, typed)
    assert response.status_code == 409
    assert text in response.text
    assert "gesloten" in response.text
    assert Contribution.objects.count() == 6
    branching.reopen_branch(user=guide, public_id=thread.child.public_id)
    assert client.post(url, typed).status_code == 302
    assert Contribution.objects.count() == 7


def test_what_was_sent_before_the_closing_still_comes(make, thread, guide):
    waiting = make.held(thread.discussion, thread.bea, in_reply_to=thread.child)
    branching.close_branch(user=guide, public_id=thread.head.public_id)
    waiting.refresh_from_db()
    assert waiting.closed_with_id == thread.head.pk
    make.judged(waiting)
    release([thread.discussion.pk])
    assert waiting.public_id in page_of(thread.discussion)


def test_opening_a_branch_leaves_a_part_that_was_closed_before_as_it_was(thread, guide):
    branching.close_branch(user=guide, public_id=thread.child.public_id)
    branching.close_branch(user=guide, public_id=thread.head.public_id)
    with pytest.raises(IllegalTransition):
        branching.close_branch(user=guide, public_id=thread.deep.public_id)
    with pytest.raises(IllegalTransition):
        branching.reopen_branch(user=guide, public_id=thread.deep.public_id)
    branching.reopen_branch(user=guide, public_id=thread.head.public_id)
    closed = set(Contribution.objects.filter(closed_with__isnull=False))
    assert closed == {thread.child, thread.deep, thread.deeper}
    kinds = AuditRecord.objects.filter(actor="guide").values_list("action", flat=True)
    assert sorted(kinds) == ["close_branch", "close_branch", "reopen_branch"]


def test_reply_written_while_the_branch_was_closed_is_refused(thread, guide):
    read_before = access.answerable(thread.discussion.pk, thread.deep)
    branching.close_branch(user=guide, public_id=thread.head.public_id)
    with pytest.raises(BranchClosed):
        answer(thread, thread.bea, read_before)
    assert Contribution.objects.count() == 6


# --- moving --------------------------------------------------------------------------------------


def test_moved_branch_keeps_order_and_nesting_and_leaves_a_signpost(thread, guide):
    branch = moved(thread, guide)
    home = fresh(thread.discussion)
    assert shape(window(home, None, [branch]).nodes) == [
        ("Eerst", [("signpost", [])]),
        ("Laatst", []),
    ]
    assert shape(window(branch).nodes) == [("Kop", [("Kind", [("Diep", []), ("Dieper", [])])])]
    page = page_of(home)
    assert "Dit zijgesprek gaat verder op een eigen plek" in page
    assert QUESTION in page
    assert "Kop: gaat het" not in page
    assert (home.shown_count, fresh(branch).shown_count) == (2, 4)


def test_branch_has_a_page_of_its_own_that_leads_back(thread, guide):
    branch = moved(thread, guide)
    page = page_of(branch)
    assert QUESTION in page
    assert "Kop: gaat het" in page
    assert f'href="{thread.discussion.page.url}#dialoog"' in page
    parent = reverse("goedwerk_forum:permalink", args=[thread.root.public_id])
    assert f'href="{parent}"' in page


def test_permalinks_of_what_was_moved_lead_to_its_new_place(client, thread, guide):
    branch = moved(thread, guide)
    for one in thread.branch:
        url = reverse("goedwerk_forum:permalink", args=[one.public_id])
        to = client.get(url).headers["Location"]
        assert to.startswith(f"/gesprek/{branch.uuid.hex}/?")
        assert f'id="b-{one.public_id}"' in client.get(to.partition("#")[0]).text
    url = reverse("goedwerk_forum:permalink", args=[thread.root.public_id])
    assert client.get(url).headers["Location"].startswith(thread.discussion.page.url)


def test_people_keep_their_pseudonym_and_no_link_is_written(thread, guide):
    before = list(Participant.objects.order_by("pk").values())
    branch = moved(thread, guide)
    assert list(Participant.objects.order_by("pk").values()) == before
    read = Contribution.objects.select_related("discussion").get(pk=thread.deep.pk)
    made = answer(thread, thread.bea, read)
    assert made.discussion_id == branch.pk
    assert made.participant_id == thread.child.participant_id
    assert list(Participant.objects.order_by("pk").values()) == before


def test_somebody_new_joins_in_a_branch_and_is_the_same_one_in_its_home(
    client, make, thread, guide
):
    branch = moved(thread, guide)
    who = make.user()
    client.force_login(who)
    join = reverse("goedwerk_forum:join", args=[branch.uuid.hex])
    drawn = client.get(join).context["signed_pseudonym"]
    client.post(join, {"join": "1", "pseudonym": drawn, "role_label": "", "promise": "on"})
    made = links.participant_of(who, branch)
    assert made is not None
    assert made.discussion_id == thread.discussion.pk
    assert links.participant_of(who, thread.discussion) == made
    assert not Participant.objects.filter(discussion=branch).exists()


def test_own_pages_inbox_and_withdrawal_reach_what_was_moved(client, thread, guide):
    branch = moved(thread, guide)
    client.force_login(thread.ann)
    mine = client.get(reverse("goedwerk_forum:mine")).text
    assert thread.head.public_id in mine
    assert (
        client.get(reverse("goedwerk_forum:own", args=[thread.head.public_id])).status_code == 200
    )
    assert Notice.objects.filter(contribution=thread.child, event="reply").exists()
    assert client.get(reverse("goedwerk_forum:inbox")).status_code == 200
    read = Contribution.objects.select_related("discussion__page", "discussion__branch_of").get(
        pk=thread.head.pk
    )
    send_again(contribution=read, version=read.version, words=Words("Kop: of ook niet?", "vraag"))
    assert withdraw_all(user=thread.ann, discussion=thread.discussion) == 0
    assert fresh(branch).shown_count == 2
    assert not Revision.objects.filter(contribution__in=[thread.head, thread.deep]).exclude(text="")


def test_ambassador_still_cannot_judge_her_own_words_in_a_branch(make, discussion, guide):
    ambassador = make.ambassador(discussion)
    root = make.published(discussion, text="Eerst: wij hingen het op.")
    own = make.published(discussion, ambassador, in_reply_to=root, text="Kop: ik ook.")
    branching.move_branch(user=guide, public_id=own.public_id, question=QUESTION)
    own.refresh_from_db()
    with pytest.raises(OwnContribution):
        make.judged(own, Action.HIDE, "conduct", by=ambassador)
    assert own not in access.judgeable_contributions(ambassador)
    other = make.ambassador(discussion)
    assert own in access.judgeable_contributions(other)
    assert make.judged(own, Action.HIDE, "conduct", by=other).state == "hidden"


def test_notice_of_a_reply_in_a_branch_reaches_who_was_answered(make, thread, guide):
    moved(thread, guide)
    read = Contribution.objects.select_related("discussion").get(pk=thread.head.pk)
    made = answer(thread, thread.bea, read)
    drive("moderation")
    made.refresh_from_db()
    make.judged(made)
    release([made.discussion_id])
    told = Notice.objects.filter(contribution=made, event="reply").get()
    assert told.participant_id == thread.head.participant_id


def test_what_waited_when_it_was_moved_comes_at_its_moment(make, thread, guide):
    """Its release was asked for where it stood; its verdict falls where it was read."""
    waiting = make.held(thread.discussion, thread.bea, in_reply_to=thread.child)
    make.judged(waiting)
    branch = moved(thread, guide)
    assert waiting.public_id not in page_of(branch)
    release([thread.discussion.pk])
    assert waiting.public_id in page_of(branch)
    assert fresh(branch).shown_count == 5


def test_unreleased_texts_move_unseen(make, thread, guide):
    secret = make.held(
        thread.discussion, thread.bea, in_reply_to=thread.head, text="Dit geheim staat nergens."
    )
    branch = moved(thread, guide)
    secret.refresh_from_db()
    assert secret.discussion_id == branch.pk
    for shown in (branch, thread.discussion):
        assert "geheim" not in page_of(shown)


def test_tombstones_move_too(make, thread, guide):
    withdraw(contribution=Contribution.objects.get(pk=thread.head.pk))
    branch = moved(thread, guide)
    page = page_of(branch)
    assert "ingetrokken" in page
    assert "Kind: bij ons" in page
    assert fresh(branch).shown_count == 3


def test_moving_needs_a_question_in_which_nobody_is_found(client, thread, guide):
    client.force_login(guide)
    url = reverse("goedwerk_forum:guide_tools", args=[thread.head.public_id]) + "?doe=verplaats"
    for wrong in ("", "Wat vond Jan de Vries ervan, jan.devries@gemeente.nl?"):
        response = client.post(url, {"text": wrong})
        assert response.status_code == 422
        assert 'aria-invalid="true"' in response.text
    with pytest.raises(Traceable):
        branching.move_branch(
            user=guide, public_id=thread.head.public_id, question="Bel 06-12345678?"
        )
    assert Discussion.objects.count() == 1
    assert client.post(url, {"text": QUESTION}).status_code == 302
    assert Discussion.objects.filter(branch_of=thread.discussion, question=QUESTION).exists()


def test_nobody_else_moves_or_closes_anything(make, thread):
    elsewhere = make.discussion(discussion_policy="all_first")
    before = list(Contribution.objects.order_by("pk").values())
    for who in (make.user(), thread.ann, guiding_people.guide_of(elsewhere)):
        for act in (branching.close_branch, branching.reopen_branch):
            with pytest.raises(NotFound):
                act(user=who, public_id=thread.head.public_id)
        with pytest.raises(NotFound):
            moved(thread, who)
    assert list(Contribution.objects.order_by("pk").values()) == before
    assert Discussion.objects.count() == 2
    assert not AuditRecord.objects.filter(actor="guide").exists()
    moved(thread, guiding_people.guide_of(thread.discussion))
    assert Discussion.objects.count() == 3


def test_branch_of_a_branch_is_refused(thread, guide):
    moved(thread, guide)
    with pytest.raises(IllegalTransition):
        branching.move_branch(user=guide, public_id=thread.child.public_id, question=QUESTION)
    assert Discussion.objects.count() == 2


def test_two_branches_of_one_thread_have_a_signpost_each(thread, guide):
    first = branching.move_branch(user=guide, public_id=thread.deep.public_id, question=QUESTION)
    second = branching.move_branch(user=guide, public_id=thread.head.public_id, question="En nu?")
    assert shape(window(first).nodes) == [("Diep", [("Dieper", [])])]
    assert shape(window(second).nodes) == [("Kop", [("Kind", [])])]
    page = page_of(thread.discussion)
    assert page.count("Dit zijgesprek gaat verder") == 2
    for branch in (second, first):
        branching.move_back(user=guide, uuid=branch.uuid.hex)
    assert "Dit zijgesprek gaat verder" not in page_of(thread.discussion)


def test_what_is_pinned_is_pinned_no_more_where_it_goes(thread, guide):
    guiding.pin(user=guide, public_id=thread.child.public_id)
    branch = moved(thread, guide)
    assert "Vastgezet" not in page_of(branch)
    assert not Contribution.objects.filter(pin__isnull=False).exists()


def test_closed_part_stays_closed_where_it_goes(thread, guide):
    branching.close_branch(user=guide, public_id=thread.root.public_id)
    moved(thread, guide)
    closed = dict(Contribution.objects.values_list("pk", "closed_with"))
    assert {closed[one.pk] for one in thread.branch} == {thread.head.pk}
    assert closed[thread.root.pk] == thread.root.pk


# --- moving back ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["root", "head", "child", "deep", "deeper"])
def test_moving_back_restores_every_place(make, thread, guide, name):
    all_of_them = [thread.root, *thread.branch, thread.last]
    before = places(*all_of_them)
    tree = shape(window(thread.discussion).nodes)
    head = getattr(thread, name)
    branch = branching.move_branch(user=guide, public_id=head.public_id, question=QUESTION)
    assert places(*all_of_them) != before
    branching.move_back(user=guide, uuid=branch.uuid.hex)
    assert places(*all_of_them) == before
    home = fresh(thread.discussion)
    assert shape(window(home).nodes) == tree
    assert home.shown_count == 6
    assert make.published(home, text="Daarna: er komt nog iets bij.").path > thread.last.path


def test_branch_in_which_readers_see_something_new_stays(client, make, thread, guide):
    branch = moved(thread, guide)
    make.published(fresh(branch), thread.bea, in_reply_to=thread.head)
    with pytest.raises(Answered):
        branching.move_back(user=guide, uuid=branch.uuid.hex)
    client.force_login(guide)
    url = reverse("goedwerk_forum:guide", args=[branch.uuid.hex])
    response = client.post(f"{url}?doe=terug")
    assert response.status_code == 409
    assert "intussen" in response.text
    assert Contribution.objects.filter(discussion=branch).count() == 5
    page = client.get(url).text
    assert "?doe=terug" not in page
    assert "al iets nieuws geschreven" in page


def test_way_back_tells_nobody_what_is_not_released(client, make, thread, guide):
    branch = moved(thread, guide)
    client.force_login(guide)
    url = reverse("goedwerk_forum:guide", args=[branch.uuid.hex])
    before = client.get(url).text
    reply = make.held(fresh(branch), thread.bea, in_reply_to=thread.head)
    alone = make.held(fresh(branch), text="Hier begin ik zelf over, en niemand leest het nog.")
    now = client.get(url).text
    for page in (before, now):
        assert "?doe=terug" in page
        assert "al iets nieuws geschreven" not in page
    assert client.post(f"{url}?doe=terug").status_code == 302
    home = fresh(thread.discussion)
    assert not fresh(branch).is_enabled
    assert not Contribution.objects.filter(discussion=branch).exists()
    for written in (reply, alone):
        written.refresh_from_db()
        assert written.discussion_id == home.pk
    head = Contribution.objects.get(pk=thread.head.pk)
    assert reply.path.startswith(head.path[: SEGMENT * 2])
    assert (len(alone.path), alone.level) == (SEGMENT, 0)
    assert int(alone.path) == home.last_position
    for written in (reply, alone):
        make.judged(written)
    release([branch.pk])
    page = client.get(home.page.url).text
    assert "Hier begin ik zelf over" in page
    assert make.published(home, text="Daarna: er komt nog iets bij.").path > alone.path


def test_what_comes_back_unread_takes_no_number_that_is_taken(make, thread, guide):
    branch = moved(thread, guide)
    unread = make.held(fresh(branch), thread.bea, in_reply_to=thread.head)
    newest = make.published(
        fresh(thread.discussion), text="In het hoofdgesprek gaat het intussen verder."
    )
    assert unread.path[-SEGMENT:] == newest.path[-SEGMENT:]
    branching.move_back(user=guide, uuid=branch.uuid.hex)
    unread.refresh_from_db()
    assert int(unread.path[-SEGMENT:]) == int(newest.path[-SEGMENT:]) + 1


def test_branch_of_a_page_that_not_everybody_reads_is_kept_by_nobody_on_the_way(thread, guide):
    branch, home = moved(thread, guide), thread.discussion
    of_branch = branch.url
    urls = [
        of_branch,
        reverse("goedwerk_forum:branch", args=[home.uuid.hex]),
        *(
            reverse("goedwerk_forum:permalink", args=[one.public_id])
            for one in (thread.root, thread.head)
        ),
    ]
    reader = Client()
    reader.force_login(thread.ann)
    for url in urls:
        assert "Cache-Control" not in reader.get(url).headers, url
    home.page.view_restrictions.create(restriction_type="login")
    for url in urls:
        assert Client().get(url).status_code == 404, url
        response = reader.get(url)
        assert response.status_code in (200, 302), url
        assert "no-store" in response.headers["Cache-Control"], url
    branching.move_back(user=guide, uuid=branch.uuid.hex)
    response = reader.get(of_branch)
    assert response.status_code == 302
    assert "no-store" in response.headers["Cache-Control"]


def test_address_of_a_branch_that_went_back_leads_home(client, thread, guide):
    branch = moved(thread, guide)
    branching.move_back(user=guide, uuid=branch.uuid.hex)
    url = reverse("goedwerk_forum:branch", args=[branch.uuid.hex])
    assert client.get(url).headers["Location"] == f"{thread.discussion.page.url}#dialoog"
    with pytest.raises(NotFound):
        branching.move_back(user=guide, uuid=branch.uuid.hex)
    with pytest.raises(DiscussionClosed):
        contribute(
            user=thread.ann,
            participant=links.participant_of(thread.ann, branch),
            discussion=branch,
            words=Words("Wij begonnen opnieuw.", "ervaring"),
            submission=new_submission(),
        )
    assert not Contribution.objects.filter(discussion=branch).exists()
    thread.discussion.page.specific.save()
    assert not fresh(branch).is_enabled


def test_guide_moves_and_moves_back_in_her_browser(client, thread, guide):
    client.force_login(guide)
    tools = reverse("goedwerk_forum:guide_tools", args=[thread.head.public_id])
    assert client.post(f"{tools}?doe=verplaats", {"text": QUESTION}).status_code == 302
    branch = Discussion.objects.get(branch_of=thread.discussion)
    of_branch = reverse("goedwerk_forum:guide", args=[branch.uuid.hex])
    assert of_branch in client.get(tools).text
    home = client.get(reverse("goedwerk_forum:guide", args=[thread.discussion.uuid.hex])).text
    assert of_branch in home
    response = client.post(f"{of_branch}?doe=terug", follow=True)
    assert "weer op zijn oude plek" in response.text
    kinds = AuditRecord.objects.filter(actor="guide").values_list("action", flat=True)
    assert sorted(kinds) == ["move_back", "move_back", "move_branch", "move_branch"]


# --- at the same moment --------------------------------------------------------------------------


def test_reply_to_what_is_moved_meanwhile_lands_below_it(thread, guide):
    read_before = Contribution.objects.select_related("discussion__page").get(pk=thread.deep.pk)
    branch = moved(thread, guide)
    made = answer(thread, thread.bea, read_before)
    assert (made.discussion_id, made.in_reply_to_id) == (branch.pk, thread.deep.pk)
    assert made.path.startswith(Contribution.objects.get(pk=thread.child.pk).path)
    read_there = Contribution.objects.select_related("discussion__page").get(pk=thread.root.pk)
    assert answer(thread, thread.bea, read_there).discussion_id == thread.discussion.pk


def test_reply_to_what_is_moved_back_meanwhile_lands_in_its_home(thread, guide):
    branch = moved(thread, guide)
    read_before = Contribution.objects.select_related("discussion__page").get(pk=thread.head.pk)
    assert read_before.discussion_id == branch.pk
    branching.move_back(user=guide, uuid=branch.uuid.hex)
    made = answer(thread, thread.bea, read_before)
    assert made.discussion_id == thread.discussion.pk


def test_decision_on_what_is_moved_meanwhile_is_stale_and_counts_nowhere(make, thread, guide):
    read_before = Contribution.objects.get(pk=thread.head.pk)
    branch = moved(thread, guide)
    with pytest.raises(StaleDecision):
        make.judged(read_before, Action.HIDE, "conduct")
    with pytest.raises(StaleDecision):
        withdraw(contribution=read_before)
    assert (fresh(branch).shown_count, fresh(thread.discussion).shown_count) == (4, 2)
    make.judged(Contribution.objects.get(pk=thread.head.pk), Action.HIDE, "conduct")
    assert fresh(branch).shown_count == 3


def test_verdict_that_falls_after_the_move_is_released_where_it_stands_now(
    make, released_at_once, guide
):
    discussion = make.discussion(discussion_policy="after_publication")
    who, other = make.known(), guiding_people.guide_of(discussion)
    root = make.published(discussion, text="Eerst: wij hingen het op bij de koffie.")
    waiting = make.contribution(discussion, who, in_reply_to=root, text="Kind: en wij bij de deur.")
    branch = branching.move_branch(user=other, public_id=root.public_id, question=QUESTION)
    drive("moderation")
    waiting.refresh_from_db()
    assert (waiting.discussion_id, waiting.state) == (branch.pk, "published")
    assert waiting.public_id in page_of(branch)


@pytest.mark.django_db(transaction=True)
def test_moving_and_replying_at_once_leave_a_whole_tree(make):
    discussion = make.discussion(discussion_policy="all_first")
    thread, guide = Thread(make, discussion), guiding_people.guide_of(discussion)

    def reply(who):
        for number in range(4):
            parent = Contribution.objects.select_related("discussion__page").get(pk=thread.deep.pk)
            answer(thread, who, parent, f"Keer {number}: dat herken ik, en wij deden het anders.")

    at_once(
        lambda: moved(thread, guide),
        lambda: reply(thread.ann),
        lambda: reply(thread.bea),
    )
    branch = Discussion.objects.get(branch_of=discussion)
    below = Contribution.objects.filter(in_reply_to=thread.deep)
    assert below.count() == 9
    head = Contribution.objects.get(pk=thread.head.pk)
    for row in below:
        assert row.discussion_id == branch.pk
        assert row.path.startswith(head.path)


@pytest.mark.only_postgresql
@pytest.mark.django_db(transaction=True)
def test_move_waits_for_nobody_who_might_wait_for_it(make):
    discussion = make.discussion(discussion_policy="all_first")
    thread, guide = Thread(make, discussion), guiding_people.guide_of(discussion)
    held, done = threading.Event(), threading.Event()

    def decide():
        with transaction.atomic():
            list(Contribution.objects.filter(pk=thread.deep.pk).select_for_update(of=("self",)))
            held.set()
            done.wait(10)
        connection.close()

    other = threading.Thread(target=decide)
    other.start()
    held.wait(10)
    with pytest.raises(Busy):
        moved(thread, guide)
    done.set()
    other.join(10)
    assert Discussion.objects.count() == 1
    assert moved(thread, guide).branch_of_id == discussion.pk


# --- around it -----------------------------------------------------------------------------------


def test_page_with_signposts_costs_no_query_more(client, thread, guide):
    def asked():
        client.get(thread.discussion.page.url)
        with counted() as work:
            client.get(thread.discussion.page.url)
        return work.queries

    before = asked()
    moved(thread, guide)
    assert asked() == before


def test_branch_is_the_same_bytes_for_everybody_and_costs_the_same_when_it_grows(
    client, make, thread, guide
):
    branch = moved(thread, guide)
    pages = {}
    for who in (None, thread.ann, guide, make.ambassador(thread.discussion)):
        browser = Client()
        if who:
            browser.force_login(who)
        response = browser.get(branch.url)
        assert "Set-Cookie" not in response.headers
        assert "Cookie" not in response.headers.get("Vary", "")
        pages[response.content] = who
    assert len(pages) == 1
    client.get(branch.url)
    with counted() as small:
        client.get(branch.url)
    head = Contribution.objects.select_related("discussion__page").get(pk=thread.head.pk)
    for number in range(5):
        made = answer(thread, thread.bea, head, f"Keer {number}: dat herken ik wel.")
        drive("moderation")
        made.refresh_from_db()
        make.judged(made)
    release([branch.pk])
    with counted() as large:
        client.get(branch.url)
    assert large.queries == small.queries
    assert small.rows == large.rows == 0


@pytest.mark.usefixtures("windows_of_three")
def test_signpost_stands_in_one_window_whichever_way_one_reads(make, guide, discussion):
    roots = [make.published(discussion, text=f"W{n}: wij hingen het op.") for n in range(8)]
    branch = branching.move_branch(user=guide, public_id=roots[3].public_id, question=QUESTION)
    from goedwerk_forum.reading import Cursor

    def seen(nodes):
        return [word for word, _below in shape(nodes)]

    found, cursor = [], Cursor()
    while True:
        here = window(discussion, cursor, [branch])
        found += seen(here.nodes)
        if not here.has_later:
            break
        cursor = Cursor(after=here.last)
    expected = ["W0", "W1", "W2", "signpost", "W4", "W5", "W6", "W7"]
    assert found == expected
    found, cursor = [], Cursor(at_end=True)
    while True:
        here = window(discussion, cursor, [branch])
        found = seen(here.nodes) + found
        if not here.has_earlier:
            break
        cursor = Cursor(before=here.first)
    assert found == expected


@pytest.fixture
def windows_of_three(settings):
    settings.GOEDWERK = settings.GOEDWERK | {"WINDOW": 3}


def test_branch_is_read_and_moderated_as_its_home(client, make, thread, guide):
    branch = moved(thread, guide)
    page = thread.discussion.page.specific
    page.discussion_is_sensitive = True
    page.discussion_policy = "after_publication"
    page.save()
    assert (fresh(branch).policy, fresh(branch).is_sensitive) == ("after_publication", True)
    page.unpublish()
    assert client.get(branch.url).status_code == 404
    url = reverse("goedwerk_forum:permalink", args=[thread.head.public_id])
    assert client.get(url).status_code == 404


def test_branch_starts_with_the_checks_of_its_home(thread, guide):
    CheckSetting.objects.create(discussion=thread.discussion, check_code="links", threshold=5)
    branch = moved(thread, guide)
    assert switches.in_force([branch.pk])[branch.pk] == {"links": switches.Switch(True, 5)}


def test_dialogue_that_an_editor_takes_away_takes_its_branches_along(client, thread, guide):
    branch = moved(thread, guide)
    page = thread.discussion.page.specific
    page.has_discussion = False
    page.save()
    assert client.get(branch.url).status_code == 404
    page.has_discussion = True
    page.save()
    assert client.get(branch.url).status_code == 200


def test_link_is_cut_at_the_later_closing_of_home_and_branches(thread, guide):
    branch = moved(thread, guide)
    today = timezone.localdate()
    long_ago = today - datetime.timedelta(days=40)
    Discussion.objects.filter(pk=thread.discussion.pk).update(closes_on=long_ago)
    for still_open in (None, today - datetime.timedelta(days=10)):
        Discussion.objects.filter(pk=branch.pk).update(closes_on=still_open)
        assert cut_due_links() == 0
    Discussion.objects.filter(pk=branch.pk).update(closes_on=long_ago)
    assert cut_due_links() == Participant.objects.count()
    assert not Participant.objects.filter(token__isnull=False).exists()


def test_owner_is_told_the_day_of_the_later_closing(thread, guide):
    branch = moved(thread, guide)
    today = timezone.localdate()
    Discussion.objects.filter(pk=thread.discussion.pk).update(closes_on=today)
    later = today + datetime.timedelta(days=20)
    for closes_on, days in ((None, None), (later, 51)):
        Discussion.objects.filter(pk=branch.pk).update(closes_on=closes_on)
        [told] = link_ends.tell(access.own_participants(thread.ann))
        assert told.link_ends == (today + datetime.timedelta(days=days) if days else None)


def test_page_has_one_discussion_of_its_own_and_any_number_of_branches(thread, guide):
    moved(thread, guide)
    with pytest.raises(IntegrityError), transaction.atomic():
        Discussion.objects.create(page=thread.discussion.page, group=thread.discussion.group)
    with pytest.raises(IntegrityError), transaction.atomic():
        Discussion.objects.filter(pk=thread.discussion.pk).update(branched_path="00000001")


def test_card_of_a_page_tells_of_its_own_discussion(thread, guide):
    from goedwerk_forum.cards import heard_on

    moved(thread, guide)
    page_id = thread.discussion.page_id
    assert {key: home for key, (home, _voices) in heard_on([page_id]).items()} == {
        page_id: thread.discussion
    }


# --- with its home -------------------------------------------------------------------------------


def in_days(number):
    return timezone.localdate() + datetime.timedelta(days=number)


def close_home(discussion, day):
    page = discussion.page.specific
    page.discussion_guide_id, page.discussion_closes_on = fresh(discussion).guide_id, day
    page.save_revision().publish()


def test_branch_closes_when_its_home_does_and_longer_when_that_does(thread, guide):
    branch = moved(thread, guide)
    for day in (in_days(5), in_days(9), None, in_days(2)):
        close_home(thread.discussion, day)
        assert fresh(thread.discussion).closes_on == fresh(branch).closes_on == day
    guiding.set_closing(user=guide, uuid=thread.discussion.uuid.hex, closes_on=in_days(7))
    assert fresh(branch).closes_on == in_days(7)


def test_branch_that_its_guide_closes_sooner_stays_so_and_never_later_than_its_home(thread, guide):
    branch = moved(thread, guide)
    close_home(thread.discussion, in_days(9))
    with pytest.raises(AfterHome):
        guiding.set_closing(user=guide, uuid=branch.uuid.hex, closes_on=in_days(10))
    assert fresh(branch).closes_on == in_days(9)
    guiding.set_closing(user=guide, uuid=branch.uuid.hex, closes_on=in_days(4))
    close_home(thread.discussion, in_days(12))
    assert fresh(branch).closes_on == in_days(4)
    close_home(thread.discussion, in_days(3))
    assert fresh(branch).closes_on == in_days(3)


def test_branch_opens_when_its_home_does(thread, guide):
    branch = moved(thread, guide)
    guiding.set_closing(user=guide, uuid=branch.uuid.hex, closes_on=in_days(1))
    page = thread.discussion.page.specific
    page.discussion_opens_on, page.discussion_closes_on = in_days(3), in_days(9)
    page.save_revision().publish()
    assert (fresh(branch).opens_on, fresh(branch).closes_on) == (in_days(3), in_days(9))
    with pytest.raises(DiscussionClosed):
        answer(thread, thread.ann, thread.child)


def test_branch_is_only_read_while_its_home_is(thread, guide):
    branch = moved(thread, guide)
    for flag in (True, False):
        guiding.set_read_only(user=guide, uuid=thread.discussion.uuid.hex, is_read_only=flag)
        assert fresh(branch).is_read_only == flag
    guiding.set_read_only(user=guide, uuid=branch.uuid.hex, is_read_only=True)
    assert not fresh(thread.discussion).is_read_only
