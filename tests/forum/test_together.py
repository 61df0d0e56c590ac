"""One decision on many: a fixed number of queries, a record for each, and what is left alone."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.urls import reverse

from counting import counted
from goedwerk_forum.actions import desk
from goedwerk_forum.actions.bulk import decide_many
from goedwerk_forum.actions.contributions import Words, send_again
from goedwerk_forum.actions.moderation import decide
from goedwerk_forum.errors import IllegalTransition, ReasonNeeded
from goedwerk_forum.models import (
    AuditRecord,
    CheckPrecision,
    Contribution,
    DecisionTime,
    Notice,
    OutboxRow,
    Revision,
    Statement,
    Urgency,
    WaitingSince,
)
from goedwerk_forum.outbox.rows import Kind
from goedwerk_forum.transitions import Action, RevisionState, State

pytestmark = pytest.mark.django_db

OTHER = "Ik wachtte een week voordat ik er iets over zei."
THIRD = "Wij belden de burger eerst op en hoorden toen meer."
HURTFUL = "Jij bent een sukkel, dat je het niet zag."


@pytest.fixture
def ambassador(make, discussion, client):
    ambassador = make.ambassador(discussion)
    client.force_login(ambassador)
    return ambassador


def seen(*contributions):
    return {item.public_id: item.version for item in contributions}


def many(user, contributions, action=Action.PUBLISH, **fields):
    said = {"words": "Dit raakt mensen."} | fields
    return decide_many(user=user, seen=seen(*contributions), action=action, **said)


def why(outcome):
    return {item.public_id: str(item.why) for item in outcome.skipped}


def rows(make, discussion, number):
    """``number`` contributions that wait, each with a finding that is judged; put in as rows."""
    first = make.held(discussion, text=HURTFUL)
    revision, hour = first.revisions.get(), WaitingSince.objects.get().hour
    for position in range(2, number + 1):
        contribution = Contribution.objects.get(pk=first.pk)
        contribution.pk = contribution.id = contribution.comment_ptr_id = None
        contribution.xtdcomment_ptr_id = None
        contribution._state.adding = True
        contribution.public_id = f"{position:020x}"
        contribution.path = f"{position:08d}"
        contribution.submission = f"sent-{position}"
        contribution.save(force_insert=True)
        revision.pk, revision.contribution = None, contribution
        revision._state.adding = True
        revision.save(force_insert=True)
        WaitingSince.objects.create(contribution=contribution, hour=hour)
    return list(Contribution.objects.order_by("pk"))


#: Whose it is to judge (2), what they are (2), statements or releases, versions, states, record,
#: messages with their mails (2), what the checks and the hours count (2), since when they waited.
QUERIES = 13


def known_again(user):
    """The ambassador as a request finds her: with her permissions, and nothing else, at hand."""
    fresh = type(user).objects.get(pk=user.pk)
    fresh.get_all_permissions()
    return fresh


@pytest.mark.parametrize(
    ("action", "reason"),
    [(Action.PUBLISH, ""), (Action.RETURN, "conduct"), (Action.REJECT, "conduct")],
)
def test_hundred_cost_what_one_costs(make, discussion, action, reason):
    one = rows(make, discussion, 1)
    user = make.ambassador(discussion)
    fresh = known_again(user)
    with counted() as for_one:
        many(fresh, one, action, reason=reason)
    hundred = rows(make, make.discussion(discussion_group=discussion.group), 100)[1:]
    fresh = known_again(user)
    with counted() as for_many:
        outcome = many(fresh, hundred, action, reason=reason)
    assert len(outcome.decided) == 100
    assert for_one.queries == QUERIES
    # SQLite takes records and statements of a hundred in two parts each.
    parts = len({"record", "statement" if reason else "record"})
    assert for_many.queries == QUERIES + (parts if connection.vendor == "sqlite" else 0) <= 15


def test_each_gets_its_record_statement_notice_and_hour(make, discussion, ambassador):
    hundred = rows(make, discussion, 100)
    many(ambassador, hundred, Action.REJECT, reason="conduct", words="Dit raakt mensen.")
    assert AuditRecord.objects.filter(action="reject", actor="ambassador").count() == 100
    statements = Statement.objects.filter(decision="reject", words="Dit raakt mensen.")
    assert statements.values("contribution").distinct().count() == 100
    assert statements.values("salt").distinct().count() == 100
    assert not statements.filter(decider="").exists()
    assert Notice.objects.filter(event="rejected").count() == 100
    assert OutboxRow.objects.filter(kind=Kind.NOTICE).count() == 100
    assert not WaitingSince.objects.exists()
    assert sum(DecisionTime.objects.values_list("number", flat=True)) == 100
    assert CheckPrecision.objects.get(check_code="conduct").agreed == 100


def test_decides_as_a_single_decision_does(make, drive, discussion, ambassador):
    """New ones, an edit, a hidden one: all that changes is the same as one by one."""

    def world(place):
        new = make.held(place, text=HURTFUL)
        author = make.user()
        edited = make.published(place, author, text=OTHER)
        send_again(
            user=author, contribution=edited, version=edited.version, words=Words(THIRD, "vraag")
        )
        drive()
        hidden = make.judged(make.published(place, text=THIRD), Action.HIDE, "conduct")
        return [Contribution.objects.get(pk=item.pk) for item in (new, edited, hidden)]

    def state_of(items):
        return [
            (
                *Contribution.objects.filter(pk=item.pk)
                .values_list("state", "version", "waiting", "urgency", "display")
                .get(),
                *Contribution.objects.filter(pk=item.pk)
                .values_list("accepted_revision", "vetted_revision", "shown_revision", "comment")
                .get(),
                *item.revisions.order_by("number").values_list("state", flat=True),
                *AuditRecord.objects.filter(object_id=item.public_id)
                .order_by("pk")
                .values_list("action", "before", "after", "object_version"),
                *Notice.objects.filter(contribution=item).values_list("event", flat=True),
            )
            for item in items
        ]

    for action, reason in ((Action.PUBLISH, ""), (Action.REJECT, "conduct")):
        group = discussion.group
        together = world(make.discussion(discussion_group=group))
        apart = world(make.discussion(discussion_group=group))
        many(ambassador, together, action, reason=reason)
        for item in apart:
            decide(
                user=ambassador,
                public_id=item.public_id,
                version=item.version,
                action=action,
                reason=reason,
                words="Dit raakt mensen.",
            )
        assert state_of(together) == state_of(apart)
        versions = [items[0].discussion for items in (together, apart)]
        for place in versions:
            place.refresh_from_db()
        assert versions[0].version == versions[1].version
        assert versions[0].shown_count == versions[1].shown_count


def test_published_ones_become_readable_at_the_next_release(make, discussion, ambassador):
    held = make.held(discussion)
    many(ambassador, [held])
    held.refresh_from_db()
    assert (held.state, held.display) == (State.PUBLISHED, "nothing")
    assert OutboxRow.objects.filter(kind=Kind.RELEASE, object_id=discussion.pk).exists()


def test_stale_ones_are_skipped_and_named(make, discussion, ambassador):
    held = make.held(discussion)
    other = make.held(discussion, text=OTHER)
    known = seen(held, other)
    make.judged(held)
    outcome = decide_many(
        user=ambassador,
        seen=known,
        action=Action.REJECT,
        reason="conduct",
        words="Dit raakt mensen.",
    )
    assert [item.pk for item in outcome.decided] == [other.pk]
    assert "intussen" in why(outcome)[held.public_id]
    held.refresh_from_db()
    assert held.state == State.PUBLISHED


def test_own_foreign_claimed_and_asked_ones_are_left_alone(make, discussion, ambassador):
    colleague = make.ambassador(discussion)
    own = make.held(discussion, ambassador)
    foreign = make.held(make.discussion(), text=OTHER)
    claimed = make.held(discussion, text=THIRD)
    asked = make.held(discussion, text=HURTFUL)
    desk.claim(user=colleague, contribution=claimed)
    desk.add_note(user=ambassador, public_id=asked.public_id, text="?", asks_second_look=True)
    records = AuditRecord.objects.count()
    outcome = many(ambassador, [own, foreign, claimed, asked])
    assert outcome.decided == []
    assert {item.public_id for item in outcome.skipped} == set(seen(own, foreign, claimed, asked))
    assert "collega" in why(outcome)[claimed.public_id]
    assert "tweede blik" in why(outcome)[asked.public_id]
    assert AuditRecord.objects.count() == records
    assert not Statement.objects.exists()
    states = Contribution.objects.values_list("state", flat=True)
    assert set(states) == {State.HELD}


def test_what_does_not_wait_is_left_alone(make, discussion, ambassador):
    outcome = many(
        ambassador,
        [make.published(discussion)],
        Action.REJECT,
        reason="conduct",
        words="Dit raakt mensen.",
    )
    assert outcome.decided == []
    assert not Statement.objects.exists()


def test_hidden_one_cannot_be_given_back(make, discussion, ambassador):
    hidden = make.judged(make.published(discussion), Action.HIDE, "conduct")
    outcome = many(ambassador, [hidden], Action.RETURN, reason="conduct", words="Dit raakt mensen.")
    assert outcome.decided == []
    hidden.refresh_from_db()
    assert hidden.state == State.HIDDEN


def test_hiding_many_and_too_many_are_refused(make, discussion, ambassador):
    held = make.held(discussion)
    with pytest.raises(IllegalTransition):
        many(ambassador, [held], Action.HIDE, reason="conduct", words="Dit raakt mensen.")
    with pytest.raises(IllegalTransition):
        decide_many(
            user=ambassador,
            seen={f"{number:020x}": 1 for number in range(101)},
            action=Action.PUBLISH,
        )


def test_decision_on_many_ends_urgency_and_claims(make, discussion, ambassador):
    held = make.held(discussion)
    Contribution.objects.update(urgency=Urgency.URGENT)
    desk.claim(user=ambassador, contribution=held)
    many(ambassador, [held])
    held.refresh_from_db()
    assert held.urgency == Urgency.ORDINARY
    assert not hasattr(held, "claim")


# --- in the admin ----------------------------------------------------------------------------


@pytest.fixture
def together(client):
    def send(contributions, **fields):
        values = [f"{item.public_id}:{item.version}" for item in contributions]
        return client.post(reverse("goedwerk_moderation:together"), {"seen": values} | fields)

    return send


def test_chosen_ones_are_shown_before_anything_is_decided(make, discussion, ambassador, together):
    held = make.held(discussion)
    response = together([held], action="reject")
    html = response.content.decode()
    assert response.status_code == 200
    assert held.participant.pseudonym in html
    page = BeautifulSoup(html, "html.parser")
    assert page.select_one("input[name=action][checked]")["value"] == "reject"
    held.refresh_from_db()
    assert held.state == State.HELD


def test_confirmed_decision_is_taken(make, discussion, ambassador, together):
    chosen = [make.held(discussion), make.held(discussion, text=OTHER)]
    response = together(
        chosen, confirmed="1", action="return", reason="conduct", words="Anders gezegd graag."
    )
    assert response.url == reverse("goedwerk_moderation:index")
    states = Contribution.objects.values_list("state", flat=True)
    assert set(states) == {State.RETURNED}
    assert set(Revision.objects.values_list("state", flat=True)) == {RevisionState.RETURNED}


def test_without_a_reason_nothing_is_decided_and_the_words_stay(
    make, discussion, ambassador, together
):
    held = make.held(discussion)
    response = together([held], confirmed="1", action="reject", words="Mijn woorden.")
    assert response.status_code == 422
    html = response.content.decode()
    assert "Kies een reden" in html
    assert "Mijn woorden." in html
    held.refresh_from_db()
    assert held.state == State.HELD


def test_without_words_nothing_is_decided_and_one_text_does_for_all(
    make, discussion, ambassador, together
):
    chosen = [make.held(discussion), make.held(discussion, text=OTHER)]
    order = {"confirmed": "1", "action": "reject", "reason": "unlawful", "law": "Auteurswet 1"}
    response = together(chosen, **order)
    assert response.status_code == 422
    html = response.content.decode()
    assert html.count("Schrijf erbij wat je zag") == 2
    assert "Auteurswet 1" in html
    assert not Statement.objects.exists()
    with pytest.raises(ReasonNeeded):
        many(ambassador, chosen, Action.REJECT, reason="unlawful", law="")
    assert not Statement.objects.exists()
    assert together(chosen, **order, words="Uit een boek.").status_code == 302
    said = set(Statement.objects.values_list("words", "law"))
    assert (Statement.objects.count(), said) == (2, {("Uit een boek.", "Auteurswet 1")})


def test_skipped_ones_are_named_on_a_page(make, discussion, ambassador, together):
    stale, held = make.held(discussion), make.held(discussion, text=OTHER)
    make.judged(stale)
    stale.version -= 1
    response = together([stale, held], confirmed="1", action="publish")
    html = response.content.decode()
    assert response.status_code == 409
    assert "Over 1 bijdrage is niets beslist" in html
    assert reverse("goedwerk_moderation:case", args=[stale.public_id]) in html
    held.refresh_from_db()
    assert held.state == State.PUBLISHED


def test_text_of_a_foreign_one_is_not_read_through_the_page(make, discussion, ambassador, together):
    foreign = make.held(make.discussion(), text="Een geheim dat hier niet hoort te staan.")
    for fields in ({}, {"confirmed": "1", "action": "publish"}):
        html = together([foreign], **fields).content.decode()
        assert "geheim" not in html
    foreign.refresh_from_db()
    assert foreign.state == State.HELD


def test_nothing_chosen_says_so(client, ambassador, together):
    assert together([], action="publish").url == reverse("goedwerk_moderation:index")
    assert "Kies eerst" in client.get(reverse("goedwerk_moderation:index")).content.decode()
