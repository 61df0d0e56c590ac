"""A submission from the first word to the last trace: the actions, the road, the terms."""

from __future__ import annotations

import datetime
import uuid

import pytest
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

import four_eyes
from goedwerk_casestudies import access, raw
from goedwerk_casestudies.actions import letters, submissions
from goedwerk_casestudies.actions.submissions import Answer
from goedwerk_casestudies.models import Clearance, Letter, News, Submission
from goedwerk_casestudies.raw import Raw
from goedwerk_casestudies.signals import consent_settled
from goedwerk_casestudies.transitions import EDITOR, TRANSITIONS, State, move
from goedwerk_forum.errors import IllegalTransition, NotFound, TooManyWrites
from goedwerk_forum.models import AuditRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(make):
    return make.user("kwispel")


@pytest.fixture
def heard():
    """What is told when a contributor's answer is known."""
    told: list[tuple[str, bool]] = []

    def listen(submission, agreed, **_):
        told.append((submission.state, agreed))

    consent_settled.connect(listen)
    yield told
    consent_settled.disconnect(listen)


def days_ago(number: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=number)


# --- the road --------------------------------------------------------------------------------


def test_every_state_has_its_steps_and_none_leads_back_to_a_draft():
    assert set(TRANSITIONS) == set(State)
    assert not any(State.DRAFT in after for after in TRANSITIONS.values())
    assert not TRANSITIONS[State.WITHDRAWN]


@pytest.mark.parametrize("to", [state for state in State if state != State.SENT])
def test_a_draft_goes_nowhere_but_to_the_editors(stories, writer, to):
    draft = stories.draft(writer)
    with pytest.raises(IllegalTransition):
        move(draft, to, actor=EDITOR)
    draft.refresh_from_db()
    assert draft.state == State.DRAFT
    assert not AuditRecord.objects.filter(object_kind="submission").exists()


def test_a_step_is_recorded_without_text_or_person(stories, writer):
    sent = stories.sent(writer)
    record = AuditRecord.objects.get(object_kind="submission")
    assert (record.actor, record.action, record.object_id) == ("author", "sent", sent.public_id)
    assert (record.before, record.after) == ("draft", "sent")


# --- writing ---------------------------------------------------------------------------------


def test_a_draft_is_sealed_and_opens_to_the_same_words(stories, writer):
    draft = stories.draft(writer)
    assert "Kwispelaar" not in draft.sealed_raw
    assert "Kwispelaar" in raw.unseal(draft.sealed_raw, draft.uuid).what_happened
    assert raw.unseal(None, draft.uuid) == Raw()


def test_begun_twice_it_is_one_draft_with_the_last_words(writer):
    mark = uuid.uuid4()
    submissions.begin(user=writer, text=Raw(what_happened="Eerst dit."), mark=mark)
    draft = submissions.begin(user=writer, text=Raw(what_happened="Toen dat."), mark=mark)
    assert Submission.objects.count() == 1
    assert raw.unseal(draft.sealed_raw, draft.uuid).what_happened == "Toen dat."


def test_a_mark_of_somebody_else_opens_nothing(stories, writer, make):
    draft = stories.draft(writer)
    with pytest.raises(NotFound):
        submissions.begin(user=make.user(), text=Raw(what_happened="Ik ook."), mark=draft.uuid)
    draft.refresh_from_db()
    assert "Kwispelaar" in raw.unseal(draft.sealed_raw, draft.uuid).what_happened


def test_saving_one_step_leaves_the_others(stories, writer):
    draft = stories.draft(writer)
    submissions.save_draft(draft, hindsight="Nu zou ik eerder bellen.")
    text = raw.unseal(draft.sealed_raw, draft.uuid)
    assert "Kwispelaar" in text.what_happened
    assert text.hindsight == "Nu zou ik eerder bellen."


def test_what_is_sent_is_no_longer_changed(stories, writer):
    sent = stories.sent(writer)
    with pytest.raises(IllegalTransition):
        submissions.save_draft(sent, tension="Iets anders.")
    with pytest.raises(IllegalTransition):
        submissions.throw_away(sent)
    sent.refresh_from_db()
    assert "Zwijgen" in raw.unseal(sent.sealed_raw, sent.uuid).tension


def test_sent_twice_it_is_sent_once(stories, writer):
    draft = stories.draft(writer)
    for _twice in range(2):
        fresh = Submission.objects.get(pk=draft.pk)
        submissions.send(fresh, user=writer, wants_result=True, goes_on_if_silent=True)
    assert AuditRecord.objects.filter(action="sent").count() == 1


def test_writing_is_limited_as_contributions_are(stories, writer, settings):
    settings.GOEDWERK = settings.GOEDWERK | {"WRITES_PER_HOUR": 1}
    stories.draft(writer)
    with pytest.raises(TooManyWrites):
        stories.draft(writer)
    assert Submission.objects.count() == 1


def test_a_draft_that_is_thrown_away_leaves_nothing(stories, writer):
    submissions.throw_away(stories.draft(writer))
    assert not Submission.objects.exists()
    assert not AuditRecord.objects.exists()


# --- whose it is -----------------------------------------------------------------------------


def test_one_finds_ones_own_only(stories, writer, make):
    mine, other = stories.draft(writer), stories.sent(make.user())
    assert list(access.own_submissions(writer)) == [mine]
    assert access.own_submission(writer, mine.public_id) == mine
    with pytest.raises(NotFound):
        access.own_submission(writer, other.public_id)


def test_an_editor_works_on_what_was_sent_never_on_her_own_nor_on_a_draft(stories, writer):
    editor = stories.editor()
    sent, own, draft = stories.sent(writer), stories.sent(editor), stories.draft(writer)
    report = Submission.objects.create(source="report", state=State.SENT)
    assert set(access.workable_submissions(editor)) == {sent, report}
    assert access.workable_submission(editor, report.public_id) == report
    for hidden in (own, draft):
        with pytest.raises(NotFound):
            access.workable_submission(editor, hidden.public_id)


def test_without_the_right_nobody_works_on_anything(stories, writer, make):
    sent = stories.sent(writer)
    for who in (make.user(), make.ambassador(make.discussion())):
        assert not access.workable_submissions(who).exists()
        with pytest.raises(NotFound):
            access.workable_submission(who, sent.public_id)


def test_two_submissions_of_one_person_share_nothing(stories, writer):
    one, two = stories.sent(writer), stories.sent(writer)
    assert one.token != two.token
    assert one.sealed_account != two.sealed_account
    assert one.sealed_raw != two.sealed_raw


# --- consent ---------------------------------------------------------------------------------


def test_she_is_asked_and_hears_of_it(asked, writer):
    made = asked(writer)
    assert (made.state, made.consent) == (State.ASKED, Submission.Consent.ASKED)
    assert made.asked_on == timezone.localdate()
    assert made.news.get().event == News.Event.ASKED


def test_who_does_not_want_to_see_it_is_not_asked(asked, writer):
    made = asked(writer, wants_result=False)
    assert (made.state, made.consent) == (State.ABSTRACTED, Submission.Consent.NOT_NEEDED)
    assert not made.news.exists()


def test_of_a_report_nobody_is_asked():
    report = Submission.objects.create(source="report", state=State.ABSTRACTED)
    assert not submissions.ask_consent(report)
    assert report.consent == Submission.Consent.NOT_NEEDED
    assert not News.objects.exists()


def test_agreeing_is_told_once(asked, writer, heard):
    made = asked(writer)
    four_eyes.answered(made, Answer.AGREE)
    four_eyes.answered(made, Answer.AGREE)
    assert made.consent == Submission.Consent.GIVEN
    assert heard == [(State.ASKED, True)]


def test_a_change_goes_back_to_the_editors_as_a_letter(asked, writer, heard):
    made = asked(writer)
    four_eyes.answered(made, Answer.CHANGE, words="De afdeling is te herkennen.")
    assert (made.state, made.consent) == (State.IN_HAND, Submission.Consent.NOT_ASKED)
    letter = made.letters.get()
    assert not letter.from_editor
    assert letters.read(letter) == "De afdeling is te herkennen."
    assert heard == [(State.IN_HAND, False)]


def test_no_ends_it_and_takes_the_story_away(asked, writer, heard):
    made = asked(writer)
    four_eyes.answered(made, Answer.STOP)
    assert (made.state, made.consent) == (State.REFUSED, Submission.Consent.REFUSED)
    assert made.closed_on == timezone.localdate()
    assert heard == [(State.REFUSED, False)]
    assert not Page.objects.filter(title="Het rapport dat bleef liggen").exists()
    assert not Revision.objects.filter(content__title="Het rapport dat bleef liggen").exists()


def test_nobody_answers_what_nobody_asks(stories, writer, heard):
    sent = stories.sent(writer)
    with pytest.raises(IllegalTransition):
        submissions.answer_consent(sent, Answer.AGREE, read="")
    sent.refresh_from_db()
    assert sent.consent == Submission.Consent.NOT_ASKED
    assert not heard


@pytest.mark.parametrize(
    ("goes_on", "state", "consent"),
    [(True, State.ASKED, "silent"), (False, State.REFUSED, "refused")],
)
def test_silence_counts_as_she_chose(asked, writer, heard, goes_on, state, consent):
    made = asked(writer, goes_on_if_silent=goes_on)
    Submission.objects.filter(pk=made.pk).update(asked_on=days_ago(14))
    assert submissions.lapse_silent() == 0
    Submission.objects.filter(pk=made.pk).update(asked_on=days_ago(15))
    assert submissions.lapse_silent() == 1
    made.refresh_from_db()
    assert (made.state, made.consent) == (state, consent)
    assert heard == [(state, goes_on)]
    assert submissions.lapse_silent() == 0


def test_published_is_told_once(asked, writer):
    made = asked(writer)
    submissions.mark_published(made)
    submissions.mark_published(made)
    assert made.closed_on == timezone.localdate()
    assert made.news.filter(event=News.Event.PUBLISHED).count() == 1


# --- withdrawing -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "state", [state for state in State if State.WITHDRAWN in TRANSITIONS[state]]
)
def test_from_every_state_it_goes_at_once(stories, writer, state):
    sent = stories.sent(writer)
    letters.write_letter(sent, "Wat bedoel je met het bureau?", from_editor=True)
    Submission.objects.filter(pk=sent.pk).update(state=state, sealed_work="00")
    sent.refresh_from_db()
    submissions.withdraw(sent)
    assert sent.state == State.WITHDRAWN
    assert (sent.sealed_raw, sent.sealed_work) == (None, None)
    assert not Letter.objects.exists()
    assert not News.objects.exists()
    assert list(access.own_submissions(writer)) == [sent]


def test_a_draft_is_thrown_away_not_withdrawn(stories, writer):
    draft = stories.draft(writer)
    with pytest.raises(IllegalTransition):
        submissions.withdraw(draft)
    draft.refresh_from_db()
    assert draft.sealed_raw


def test_its_page_goes_with_all_that_wagtail_keeps(asked, writer):
    made = asked(writer)
    page = made.page
    submissions.withdraw(made)
    assert not Page.objects.filter(pk=page.pk).exists()
    assert not Revision.objects.filter(object_id=str(page.pk)).exists()
    assert not PageLogEntry.objects.filter(label__contains="rapport").exists()
    assert set(PageLogEntry.objects.values_list("user", flat=True)) <= {None}


def test_under_a_dialogue_the_words_of_others_stay_and_those_of_the_story_go(
    stories, writer, make, drive
):
    discussion = make.discussion(
        title="Het rapport dat bleef liggen",
        pull_quote="Niemand vroeg ernaar.",
        search_description="Een rapport bleef liggen.",
    )
    answer = make.published(discussion)
    sent = stories.sent(writer)
    Submission.objects.filter(pk=sent.pk).update(state=State.PUBLISHED, page=discussion.page)
    page = discussion.page.specific
    page.save_revision()
    sent.refresh_from_db()
    submissions.withdraw(sent)
    page.refresh_from_db()
    assert not page.live
    assert page.title == page.draft_title == "Ingetrokken verhaal"
    assert page.slug.startswith("ingetrokken-")
    assert not any((page.lead, page.what_happened, page.tension, page.pull_quote))
    assert not page.search_description
    assert not Revision.objects.filter(object_id=str(page.pk)).exists()
    assert not Clearance.objects.filter(page_id=page.pk).exists()
    answer.refresh_from_db()
    assert answer.comment


# --- retention -------------------------------------------------------------------------------


def test_what_is_closed_is_let_go_after_its_term(asked, writer):
    made = submissions.mark_published(asked(writer))
    letters.write_letter(made, "Dank je wel.", from_editor=True)
    Submission.objects.filter(pk=made.pk).update(closed_on=days_ago(90))
    assert submissions.let_go_of_closed() == 0
    Submission.objects.filter(pk=made.pk).update(closed_on=days_ago(91), sealed_work="00")
    assert submissions.let_go_of_closed() == 1
    made.refresh_from_db()
    assert (made.sealed_raw, made.sealed_work, made.token, made.sealed_account) == (None,) * 4
    assert not Letter.objects.exists()
    assert not News.objects.exists()
    assert not access.own_submissions(writer).exists()
    assert submissions.let_go_of_closed() == 0


def test_a_draft_that_nobody_touches_goes(stories, writer):
    old, young = stories.draft(writer), stories.draft(writer)
    Submission.objects.filter(pk=old.pk).update(touched_on=days_ago(181))
    Submission.objects.filter(pk=young.pk).update(touched_on=days_ago(180))
    assert submissions.let_go_of_drafts() == 1
    assert list(access.own_submissions(writer)) == [young]


def test_what_editors_work_on_stays_however_long(stories, writer):
    sent = stories.sent(writer)
    Submission.objects.filter(pk=sent.pk).update(touched_on=days_ago(900), sent_on=days_ago(900))
    assert submissions.let_go_of_closed() + submissions.let_go_of_drafts() == 0
    sent.refresh_from_db()
    assert sent.sealed_raw


def test_the_forums_daily_letting_go_does_it(stories, writer, asked, nightly):
    draft, made = stories.draft(writer), asked(writer)
    Submission.objects.filter(pk=draft.pk).update(touched_on=days_ago(181))
    Submission.objects.filter(pk=made.pk).update(asked_on=days_ago(15))
    nightly()
    assert not Submission.objects.filter(pk=draft.pk).exists()
    made.refresh_from_db()
    assert made.state == State.REFUSED
