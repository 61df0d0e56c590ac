"""The road of a contribution: checks, verdicts, decisions, and what readers see meanwhile."""

from __future__ import annotations

import pytest
from django_comments.models import Comment

from goedwerk_forum.actions.contributions import Words, send_again, withdraw
from goedwerk_forum.actions.moderation import decide
from goedwerk_forum.actions.release import release
from goedwerk_forum.conf import conf
from goedwerk_forum.errors import (
    IllegalTransition,
    NotFound,
    OwnContribution,
    ReasonNeeded,
    StaleDecision,
)
from goedwerk_forum.models import AuditRecord, Contribution, Notice, Statement
from goedwerk_forum.statement_words import ground_words
from goedwerk_forum.transitions import Action, Display, RevisionState, State

pytestmark = pytest.mark.django_db


def readable_text(contribution):
    return Comment.objects.get(pk=contribution.pk).comment


def test_newcomer_is_held_for_a_person(make, drive):
    contribution = make.contribution(make.discussion())
    drive()
    contribution.refresh_from_db()
    assert (contribution.state, contribution.waiting) == (State.HELD, "new")
    assert readable_text(contribution) == ""


def test_trusted_author_is_published_and_readable_at_the_release_only(make, drive):
    discussion = make.discussion()
    author = make.user()
    for _ in range(conf().TRUSTED_FROM):
        make.published(discussion, author)
    contribution = make.contribution(
        discussion, author, text="Bij ons ging het anders: wij belden eerst de burger zelf op."
    )
    drive()
    contribution.refresh_from_db()
    assert (contribution.state, contribution.display) == (State.PUBLISHED, Display.NOTHING)
    assert readable_text(contribution) == ""
    release([discussion.pk])
    contribution.refresh_from_db()
    assert contribution.display == Display.TEXT
    assert readable_text(contribution).startswith("Bij ons")


def test_traceable_number_is_returned_with_a_statement(make, drive):
    contribution = make.contribution(
        make.discussion(), text="Mail me op jan.jansen@gemeente.nl, dan vertel ik je de rest."
    )
    drive()
    contribution.refresh_from_db()
    statement = Statement.objects.get(contribution=contribution)
    assert contribution.state == State.RETURNED
    assert (statement.reason, statement.decided_by_software) == ("traceable", True)
    assert Notice.objects.get(contribution=contribution).event == Notice.Event.RETURNED


def test_what_software_gave_back_goes_to_a_person_the_second_time(make, drive):
    contribution = make.contribution(
        make.discussion(), text="Mail me op jan.jansen@gemeente.nl, dan vertel ik je de rest."
    )
    drive()
    contribution.refresh_from_db()
    send_again(
        contribution=contribution,
        version=contribution.version,
        words=Words("Ik laat jan.jansen@gemeente.nl staan: dat adres staat in de krant.", "vraag"),
    )
    drive()
    contribution.refresh_from_db()
    assert (contribution.state, contribution.waiting) == (State.HELD, "new")


def test_publish_tells_the_author_and_records_the_decision(make):
    discussion = make.discussion()
    contribution = make.held(discussion)
    decide(
        user=make.ambassador(discussion),
        public_id=contribution.public_id,
        version=contribution.version,
        action=Action.PUBLISH,
    )
    record = AuditRecord.objects.order_by("-pk").first()
    assert (record.actor, record.before, record.after) == ("ambassador", "held", "published")
    assert Notice.objects.get(contribution=contribution).event == Notice.Event.PUBLISHED


@pytest.mark.parametrize("action", [Action.RETURN, Action.REJECT])
def test_refusal_gives_reasons_and_shows_nothing(make, action):
    discussion = make.discussion()
    contribution = make.held(discussion)
    decided = decide(
        user=make.ambassador(discussion),
        public_id=contribution.public_id,
        version=contribution.version,
        action=action,
        reason="about_person",
        words="Schrijf over de keuze, niet over je collega.",
    )
    assert decided.display == Display.NOTHING
    statement = Statement.objects.get(contribution=contribution)
    assert statement.words == "Schrijf over de keuze, niet over je collega."
    assert AuditRecord.objects.get(action=action).words_digest


@pytest.mark.parametrize("action", [Action.RETURN, Action.REJECT, Action.HIDE])
@pytest.mark.parametrize(
    "missing",
    [{"reason": ""}, {"words": " \n"}, {"reason": "unlawful", "law": " "}],
)
def test_no_refusal_without_a_whole_reason(make, action, missing):
    discussion = make.discussion()
    text = make.published(discussion) if action == Action.HIDE else make.held(discussion)
    told = Notice.objects.count()
    order = {
        "user": make.ambassador(discussion),
        "public_id": text.public_id,
        "version": text.version,
        "action": action,
    }
    why = {"reason": "conduct", "words": "De laatste zin raakt mensen.", "law": ""}
    with pytest.raises(ReasonNeeded):
        decide(**order, **why | missing)
    text.refresh_from_db()
    assert (text.version, Statement.objects.count()) == (order["version"], 0)
    assert Notice.objects.count() == told
    decide(**order, **why)
    assert Statement.objects.get().words == why["words"]


def test_unlawful_rests_on_the_law_that_was_named(make):
    held = make.judged(make.held(make.discussion()), Action.REJECT, "unlawful")
    statement = Statement.objects.get(contribution=held)
    assert statement.law == make.LAW
    assert make.LAW in ground_words(statement)


def test_another_reason_keeps_no_law(make):
    held = make.judged(make.held(make.discussion()), Action.REJECT, "conduct")
    statement = Statement.objects.get(contribution=held)
    assert (statement.law, ground_words(statement)) == ("", "onze huisregels")


def test_stranger_cannot_decide(make):
    contribution = make.held(make.discussion())
    stranger = make.ambassador(make.discussion())
    with pytest.raises(NotFound):
        decide(
            user=stranger,
            public_id=contribution.public_id,
            version=contribution.version,
            action=Action.PUBLISH,
        )
    contribution.refresh_from_db()
    assert contribution.state == State.HELD


def test_own_contribution_cannot_be_judged(make):
    discussion = make.discussion()
    ambassador = make.ambassador(discussion)
    contribution = make.held(discussion, ambassador)
    with pytest.raises(OwnContribution):
        decide(
            user=ambassador,
            public_id=contribution.public_id,
            version=contribution.version,
            action=Action.PUBLISH,
        )
    contribution.refresh_from_db()
    assert contribution.state == State.HELD


def test_second_ambassador_sees_what_happened(make):
    discussion = make.discussion()
    contribution = make.held(discussion)
    first, second = make.ambassador(discussion), make.ambassador(discussion)
    decide(
        user=first,
        public_id=contribution.public_id,
        version=contribution.version,
        action=Action.PUBLISH,
    )
    with pytest.raises(StaleDecision):
        decide(
            user=second,
            public_id=contribution.public_id,
            version=contribution.version,
            action=Action.REJECT,
            reason="conduct",
            words="Dit raakt mensen.",
        )
    contribution.refresh_from_db()
    assert contribution.state == State.PUBLISHED
    assert not Statement.objects.exists()


def test_software_and_people_cannot_take_a_step_the_table_lacks(make):
    discussion = make.discussion()
    contribution = make.published(discussion)
    with pytest.raises(IllegalTransition):
        decide(
            user=make.ambassador(discussion),
            public_id=contribution.public_id,
            version=contribution.version,
            action=Action.RETURN,
            reason="conduct",
            words="Dit raakt mensen.",
        )
    contribution.refresh_from_db()
    assert contribution.state == State.PUBLISHED


@pytest.mark.parametrize("action", [Action.PUBLISH, Action.HOLD, Action.WITHDRAW])
def test_pending_text_is_not_a_persons_turn(make, action):
    discussion = make.discussion()
    contribution = make.contribution(discussion)
    with pytest.raises(IllegalTransition):
        decide(
            user=make.ambassador(discussion),
            public_id=contribution.public_id,
            version=contribution.version,
            action=action,
            reason="conduct",
            words="Dit raakt mensen.",
        )
    contribution.refresh_from_db()
    assert contribution.state == State.PENDING


def test_nobody_withdraws_for_the_author(make):
    discussion = make.discussion()
    contribution = make.held(discussion)
    with pytest.raises(IllegalTransition):
        decide(
            user=make.ambassador(discussion),
            public_id=contribution.public_id,
            version=contribution.version,
            action=Action.WITHDRAW,
        )
    contribution.refresh_from_db()
    assert contribution.state == State.HELD


def test_hiding_takes_the_text_off_the_page_at_once_and_leaves_replies(make):
    discussion = make.discussion()
    parent = make.published(discussion)
    reply = make.published(discussion, in_reply_to=parent)
    decide(
        user=make.ambassador(discussion),
        public_id=parent.public_id,
        version=parent.version,
        action=Action.HIDE,
        reason="traceable",
        words="Dit raakt mensen.",
    )
    parent.refresh_from_db()
    reply.refresh_from_db()
    assert (parent.display, readable_text(parent)) == (Display.TOMBSTONE, "")
    assert (reply.display, readable_text(reply)) == (Display.TEXT, make.CALM)


def test_hidden_and_put_back_reads_as_before(make):
    discussion = make.discussion()
    ambassador = make.ambassador(discussion)
    contribution = make.published(discussion)
    for action, reason in [(Action.HIDE, "conduct"), (Action.PUBLISH, "")]:
        contribution = decide(
            user=ambassador,
            public_id=contribution.public_id,
            version=contribution.version,
            action=action,
            reason=reason,
            words="Dit raakt mensen.",
        )
    release([discussion.pk])
    assert readable_text(contribution) == make.CALM


def test_edit_of_a_published_text_waits_while_the_old_one_stays(make, drive):
    discussion = make.discussion()
    contribution = make.published(discussion)
    send_again(
        contribution=contribution,
        version=contribution.version,
        words=Words("Ik schreef het later toch op, en gaf het aan mijn leidinggevende.", "vraag"),
    )
    drive()
    contribution.refresh_from_db()
    assert (contribution.state, contribution.waiting) == (State.PUBLISHED, "edit")
    assert readable_text(contribution) == make.CALM
    decide(
        user=make.ambassador(discussion),
        public_id=contribution.public_id,
        version=contribution.version,
        action=Action.PUBLISH,
    )
    release([discussion.pk])
    contribution.refresh_from_db()
    assert readable_text(contribution).startswith("Ik schreef het later")
    assert contribution.kind == "vraag"


def test_returned_edit_leaves_the_published_text_alone(make, drive):
    discussion = make.discussion()
    contribution = make.published(discussion)
    send_again(
        contribution=contribution,
        version=contribution.version,
        words=Words("Bel me maar op 06-12345678, dan praten we verder over deze zaak.", "vraag"),
    )
    drive()
    contribution.refresh_from_db()
    assert contribution.state == State.PUBLISHED
    assert contribution.revisions.get(number=2).state == RevisionState.RETURNED
    assert readable_text(contribution) == make.CALM


def test_withdrawing_erases_every_version(make, drive):
    discussion = make.discussion()
    contribution = make.published(discussion)
    version = discussion.__class__.objects.get(pk=discussion.pk).version
    withdraw(contribution=contribution)
    assert set(contribution.revisions.values_list("text", flat=True)) == {""}
    assert readable_text(contribution) == ""
    assert contribution.display == Display.TOMBSTONE
    assert discussion.__class__.objects.get(pk=discussion.pk).version == version + 1


def test_withdrawn_before_release_never_shows(make, drive):
    discussion = make.discussion()
    contribution = make.held(discussion)
    withdraw(contribution=Contribution.objects.get(pk=contribution.pk))
    release([discussion.pk])
    contribution.refresh_from_db()
    assert (contribution.state, contribution.display) == (State.WITHDRAWN, Display.NOTHING)


def test_answer_is_told_to_whom_it_answers_once_it_can_be_read(make):
    discussion = make.discussion()
    parent = make.published(discussion)
    reply = make.held(discussion, in_reply_to=parent)
    told = Notice.objects.filter(event=Notice.Event.REPLY, participant=parent.participant)
    assert not told.exists()
    decide(
        user=make.ambassador(discussion),
        public_id=reply.public_id,
        version=reply.version,
        action=Action.PUBLISH,
    )
    release([discussion.pk])
    release([discussion.pk])
    assert told.count() == 1
