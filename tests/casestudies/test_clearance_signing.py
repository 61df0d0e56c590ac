"""Four eyes: who may sign, what a signature asks, and the steps of the workflow."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models.signals import post_save
from django.urls import reverse
from wagtail.models import TaskState, Workflow, WorkflowPage, WorkflowTask

import four_eyes
from counting import counted
from goedwerk_casestudies import clearance
from goedwerk_casestudies.actions.clearance import Why, revoke, sign
from goedwerk_casestudies.actions.submissions import Answer
from goedwerk_casestudies.errors import (
    ChecksMissing,
    MayNotSign,
    NotCleared,
    OtherWords,
    OwnWords,
    Unresolved,
)
from goedwerk_casestudies.models import (
    CaseStudyIndexPage,
    Clearance,
    ConsentTask,
    News,
    SecondEditorTask,
    StoryPage,
    Submission,
)
from goedwerk_casestudies.preparing import WORKFLOW, has_second_editor, problems
from goedwerk_forum.models import AuditRecord
from goedwerk_forum.setup import prepare

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

State, Consent = Submission.State, Submission.Consent
#: What a signature asks of the database (queries), where a contributor is asked.
SIGN = 25


@pytest.fixture
def first(db):
    four_eyes.prepared_site()
    return four_eyes.editor("eerste")


@pytest.fixture
def second(first):
    return four_eyes.editor("tweede")


@pytest.fixture
def draft(first):
    return four_eyes.draft(first)


def refuses(error, page, by, **kwargs):
    with pytest.raises(error), transaction.atomic():
        sign(page, by=by, **kwargs)
    assert not Clearance.objects.exists()


# --- signing ---------------------------------------------------------------------------------


def test_a_second_editor_signs_exactly_these_words(draft, first, second):
    made = sign(draft, by=second, read=clearance.digest(draft))
    assert (made.page_id, made.digest) == (draft.pk, clearance.digest(draft))
    assert (made.abstracted_by, made.signed_by) == (first, second)
    assert clearance.is_cleared(draft)
    record = AuditRecord.objects.get(object_kind="story")
    assert (record.actor, record.action) == ("editor", "sign")
    assert record.object_id == draft.translation_key.hex
    draft.lead = "Een ander woord."
    assert not clearance.is_cleared(draft)


def test_twice_signed_is_once_signed(draft, second):
    assert sign(draft, by=second) == sign(draft, by=second)
    assert AuditRecord.objects.filter(object_kind="story").count() == 1


@pytest.mark.parametrize("asks", [True, False])
def test_a_signature_is_saved_once(draft, first, second, stories, make, asks):
    """Each time it is saved, the search follows."""
    made = stories.sent(make.user(), wants_result=asks)
    Submission.objects.filter(pk=made.pk).update(page=draft, editor=first, state=State.ABSTRACTED)
    seen = []

    def follow(instance, **_more):
        seen.append(instance.standing)

    post_save.connect(follow, sender=Clearance)
    try:
        sign(draft, by=second)
    finally:
        post_save.disconnect(follow, sender=Clearance)
    assert seen == [Clearance.Standing.WAITS if asks else Clearance.Standing.OPEN]


def test_signing_asks_the_database_exactly_this(draft, first, second, stories, make):
    made = stories.sent(make.user())
    Submission.objects.filter(pk=made.pk).update(page=draft, editor=first, state=State.ABSTRACTED)
    sign(four_eyes.draft(first), by=second)  # what is remembered for long is known from now on
    with counted() as work:
        sign(draft, by=second)
    assert work.queries == SIGN


def test_who_wrote_it_does_not_sign(draft, first):
    refuses(OwnWords, draft, first)


def test_the_database_knows_it_too(draft, first):
    with pytest.raises(IntegrityError), transaction.atomic():
        Clearance.objects.create(
            page=draft, digest="x", abstracted_by=first, signed_by=first, signed_on="2026-01-01"
        )


def test_who_changed_one_word_does_not_sign(draft, second):
    draft.lead = "Een ander woord."
    draft.save_revision(user=second)
    refuses(OwnWords, draft, second)


def test_who_changed_a_theme_or_an_answer_does(draft, second):
    draft.drawing = "lade"
    draft.check_linking = "Iets anders."
    draft.save_revision(user=second)
    assert sign(draft, by=second)


def test_words_before_the_last_signature_are_forgotten(draft, first, second, make):
    make.cleared(draft)
    draft.lead = "Een ander woord."
    draft.save_revision(user=second)
    with pytest.raises(OwnWords):
        sign(draft, by=second)
    assert sign(draft, by=first)


def test_who_made_the_page_does_not_sign_even_without_revisions(draft, second):
    draft.owner = second
    draft.save()
    draft.revisions.all().delete()
    refuses(OwnWords, draft, second)


def test_who_abstracted_a_submission_does_not_sign(draft, second, stories, make):
    submission = stories.sent(make.user())
    Submission.objects.filter(pk=submission.pk).update(page=draft, editor=second)
    refuses(OwnWords, draft, second)


def test_who_worked_on_it_before_does_not_sign(draft, second, stories, make):
    from goedwerk_casestudies.actions.workbench import desk_of, save_work, take

    third = four_eyes.editor("derde")
    submission = take(stories.sent(make.user()), by=second)
    version = desk_of(submission).work.version
    save_work(submission, by=second, version=version, texts={"lead": "Anders."})
    Submission.objects.filter(pk=submission.pk).update(page=draft, editor=third)
    refuses(OwnWords, draft, second)


def test_who_told_it_does_not_sign(draft, second, stories):
    submission = stories.sent(second)
    Submission.objects.filter(pk=submission.pk).update(page=draft)
    refuses(OwnWords, draft, second)


def test_the_right_is_asked(draft, make):
    refuses(MayNotSign, draft, make.user(groups=(make.ambassador_group(),)))
    second = four_eyes.editor()
    second.is_active = False
    refuses(MayNotSign, draft, second)


@pytest.mark.parametrize("name", four_eyes.CHECKS)
def test_each_question_needs_an_answer(draft, second, name):
    setattr(draft, name, "  ")
    refuses(ChecksMissing, draft, second)


def test_nothing_is_signed_with_a_name_in_it(draft, second):
    draft.lead = f"Dit deed {four_eyes.PLANTED} op het bureau."
    with pytest.raises(Unresolved) as raised:
        sign(draft, by=second)
    assert four_eyes.PLANTED not in str(raised.value)
    assert [one.words for one in raised.value.found] == [four_eyes.PLANTED]
    assert not Clearance.objects.exists()


def test_other_words_than_were_read_are_not_signed(draft, second):
    read = clearance.digest(draft)
    draft.lead = "Een ander woord."
    refuses(OtherWords, draft, second, read=read)


def test_a_signature_is_taken_back(draft, second, client):
    sign(draft, by=second)
    draft.get_latest_revision().publish()
    assert client.get(draft.url).status_code == 200
    revoke(draft, by=second, why=Why.RECOGNISED)
    assert not Clearance.objects.exists()
    assert not four_eyes.is_live(draft)
    assert client.get(draft.url).status_code == 404
    record = AuditRecord.objects.get(action="revoke")
    assert (record.object_kind, record.reason) == ("story", "recognised")


def test_taking_back_asks_the_right(draft, second, make):
    sign(draft, by=second)
    with pytest.raises(MayNotSign):
        revoke(draft, by=make.user(), why=Why.ASKED)
    assert clearance.is_cleared(draft)


# --- the workflow ----------------------------------------------------------------------------


def submitted(page, by):
    page.get_workflow().start(page, by)
    return page


def task_of(page):
    return StoryPage.objects.get(pk=page.pk).current_workflow_task


def act(page, user, name="approve", **kwargs):
    """What the buttons of a task do."""
    page = StoryPage.objects.get(pk=page.pk)
    task, state = page.current_workflow_task, page.current_workflow_task_state
    task.on_action(state, user, name, **kwargs)


def names(page, user):
    return [name for name, _label, _modal in task_of(page).get_actions(page, user)]


def test_setup_gives_each_overview_the_workflow_once(first):
    index = four_eyes.factories.root().add_child(
        instance=CaseStudyIndexPage(title="Later", slug="later")
    )
    assert [type(task.specific) for task in index.get_workflow().tasks] == [
        SecondEditorTask,
        ConsentTask,
    ]
    before = list(Workflow.objects.values_list("name", flat=True))
    assert list(prepare()) == []
    assert list(Workflow.objects.values_list("name", flat=True)) == before
    assert list(problems()) == []


def test_setup_leaves_the_choice_of_a_site_owner(first):
    index = four_eyes.factories.story(live=False).get_parent()
    own = Workflow.objects.create(name="Eigen werkstroom")
    WorkflowPage.objects.filter(page_id=index.pk).update(workflow=own)
    list(prepare())
    index = CaseStudyIndexPage.objects.get(pk=index.pk)
    assert index.get_workflow() == own
    assert not has_second_editor(index)
    assert [remedy for _wrong, remedy in problems() if "goedwerk_setup" in remedy]


def test_second_editor_signs_and_the_story_is_live(draft, first, second, client):
    submitted(draft, first)
    act(draft, second, digest=four_eyes.digest_of(draft))
    assert four_eyes.is_live(draft)
    assert client.get(draft.url).status_code == 200
    assert Clearance.objects.get().signed_by == second
    statuses = dict(TaskState.objects.values_list("task__name", "status"))
    assert sorted(statuses.values()) == ["approved", "skipped"]


def test_writer_has_no_button_to_sign(draft, first, second):
    submitted(draft, first)
    assert names(draft, first) == ["reject"]
    assert names(draft, second) == ["reject", "approve"]
    with pytest.raises(OwnWords), transaction.atomic():
        act(draft, first)
    assert not four_eyes.is_live(draft)
    assert isinstance(task_of(draft), SecondEditorTask)


def test_others_have_no_button_at_all(draft, first, make):
    submitted(draft, first)
    assert names(draft, make.user(groups=(make.ambassador_group(),))) == []


def test_the_right_is_asked_beside_the_group(draft, first, second):
    submitted(draft, first)
    editors = Group.objects.get(name="Redactie")
    editors.permissions.remove(editors.permissions.get(codename="sign_story"))
    assert names(draft, type(second).objects.get(pk=second.pk)) == ["reject"]


def test_no_button_while_an_answer_is_missing(first, second):
    draft = submitted(four_eyes.draft(first, check_inference=""), first)
    assert names(draft, second) == ["reject"]


def test_asking_for_changes_ends_in_no_signature(draft, first, second):
    submitted(draft, first)
    act(draft, second, "reject", comment="Maak het einde algemener.")
    assert not Clearance.objects.exists()
    assert not four_eyes.is_live(draft)
    assert draft.current_workflow_state.status == "needs_changes"


def test_words_that_changed_under_the_signer_are_not_signed(draft, first, second):
    submitted(draft, first)
    read = four_eyes.digest_of(draft)
    draft.lead = "Een ander woord."
    draft.save_revision(user=first)
    with pytest.raises(OtherWords), transaction.atomic():
        act(draft, second, digest=read)
    assert not Clearance.objects.exists()
    assert not four_eyes.is_live(draft)


def test_approval_without_a_signature_publishes_nothing(draft, first, second):
    """As code does that knows nothing of our tasks."""
    submitted(draft, first)
    with pytest.raises(PermissionDenied), transaction.atomic():
        draft.current_workflow_task_state.approve(user=second)
    with pytest.raises(NotCleared), transaction.atomic():
        draft.current_workflow_task_state.approve()
    assert not four_eyes.is_live(draft)
    assert draft.current_workflow_state.status == "in_progress"


def test_our_task_works_in_a_workflow_of_the_site_itself(draft, first, second):
    own = Workflow.objects.create(name="Eigen werkstroom")
    WorkflowTask.objects.create(workflow=own, task=SecondEditorTask.objects.get())
    own.start(draft, first)
    act(draft, second)
    assert four_eyes.is_live(draft)
    assert Workflow.objects.filter(name=WORKFLOW).exists()


def test_one_editor_waits(draft, first):
    submitted(draft, first)
    assert names(draft, first) == ["reject"]
    assert not four_eyes.is_live(draft)
    assert "no_second_editor" in [code for code, _s in four_eyes.obstacles(draft)]


# --- the contributor -------------------------------------------------------------------------


@pytest.fixture
def submission(draft, first, stories, make):
    made = stories.sent(make.user("vertelster"), goes_on_if_silent=True)
    Submission.objects.filter(pk=made.pk).update(page=draft, editor=first, state=State.ABSTRACTED)
    made.refresh_from_db()
    submitted(draft, first)
    return made


def test_after_the_signature_the_contributor_is_asked(draft, submission, second):
    act(draft, second)
    submission.refresh_from_db()
    assert (submission.state, submission.consent) == (State.ASKED, Consent.ASKED)
    assert isinstance(task_of(draft), ConsentTask)
    assert not four_eyes.is_live(draft)
    assert not clearance.is_cleared(draft)
    assert task_of(draft).get_actions(draft, second) == []


def test_her_answer_puts_it_on_the_site_at_the_next_moment(
    draft, submission, second, drive, released_at_once
):
    act(draft, second)
    four_eyes.answered(submission, Answer.AGREE)
    assert not four_eyes.is_live(draft)
    drive()
    assert four_eyes.is_live(draft)
    submission.refresh_from_db()
    assert submission.state == State.PUBLISHED
    assert News.objects.filter(event=News.Event.PUBLISHED).count() == 1
    assert draft.current_workflow_state is None


def test_her_answer_names_nobody(draft, submission, second, drive, released_at_once):
    from wagtail.models import PageLogEntry

    act(draft, second)
    before = set(PageLogEntry.objects.values_list("pk", flat=True))
    four_eyes.answered(submission, Answer.AGREE)
    drive()
    assert not PageLogEntry.objects.exclude(pk__in=before).filter(user__isnull=False).exists()


def test_it_waits_for_the_release_moment(draft, submission, second, drive):
    act(draft, second)
    four_eyes.answered(submission, Answer.AGREE)
    drive()
    assert not four_eyes.is_live(draft)


def test_her_wish_for_a_change_gives_it_back(draft, submission, second, drive, released_at_once):
    act(draft, second)
    four_eyes.answered(submission, Answer.CHANGE, words="Laat het busje weg.")
    drive()
    submission.refresh_from_db()
    assert submission.state == State.IN_HAND
    assert draft.current_workflow_state.status == "needs_changes"
    assert not four_eyes.is_live(draft)
    assert not clearance.is_cleared(draft)


def test_her_no_takes_the_page_away(draft, submission, second, drive, released_at_once):
    act(draft, second)
    four_eyes.answered(submission, Answer.STOP)
    drive()
    assert not StoryPage.objects.filter(pk=draft.pk).exists()


def test_words_changed_after_her_answer_are_not_published(
    draft, submission, second, first, drive, released_at_once
):
    act(draft, second)
    draft.lead = "Een ander woord."
    draft.save_revision(user=first)
    four_eyes.answered(submission, Answer.AGREE)
    drive()
    assert not four_eyes.is_live(draft)
    assert isinstance(task_of(draft), ConsentTask)
    codes = [code for code, _s in four_eyes.obstacles(draft)]
    assert codes == ["other_words"]


def test_other_words_ask_her_again(draft, submission, second, first, drive):
    act(draft, second)
    four_eyes.answered(submission, Answer.AGREE)
    draft.lead = "Een ander woord."
    draft.save_revision(user=first)
    sign(draft, by=second)
    submission.refresh_from_db()
    assert submission.consent == Consent.ASKED
    assert not clearance.is_cleared(draft)
    assert News.objects.filter(event=News.Event.ASKED).count() == 2


def test_who_did_not_want_to_see_it_is_not_asked(draft, first, second, stories, make):
    made = stories.sent(make.user(), wants_result=False)
    Submission.objects.filter(pk=made.pk).update(page=draft, editor=first, state=State.ABSTRACTED)
    submitted(draft, first)
    act(draft, second)
    made.refresh_from_db()
    assert (made.state, made.consent) == (State.PUBLISHED, Consent.NOT_NEEDED)
    assert four_eyes.is_live(draft)
    assert not News.objects.filter(event=News.Event.ASKED).exists()


def test_a_report_asks_nobody(draft, first, second):
    made = Submission.objects.create(
        source="report", state=State.ABSTRACTED, page=draft, editor=first
    )
    submitted(draft, first)
    act(draft, second)
    made.refresh_from_db()
    assert made.state == State.PUBLISHED
    assert four_eyes.is_live(draft)


def test_without_a_step_for_her_the_signature_waits(
    draft, first, second, submission, drive, released_at_once
):
    """In a site's own workflow: the signature asks, and nothing is published before."""
    draft.current_workflow_state.cancel()
    own = Workflow.objects.create(name="Eigen werkstroom")
    WorkflowTask.objects.create(workflow=own, task=SecondEditorTask.objects.get())
    own.start(draft, first)
    act(draft, second)
    assert not four_eyes.is_live(draft)
    submission.refresh_from_db()
    four_eyes.answered(submission, Answer.AGREE)
    drive()
    assert four_eyes.is_live(draft)
    submission.refresh_from_db()
    assert submission.state == State.PUBLISHED


# --- signing over HTTP -----------------------------------------------------------------------


def modal(page, name="approve", url="workflow_action"):
    state = StoryPage.objects.get(pk=page.pk).current_workflow_task_state
    return reverse(f"wagtailadmin_pages:{url}", args=[page.pk, name, state.pk])


def test_the_signer_has_the_answers_in_front_of_her(draft, first, second, client):
    submitted(draft, first)
    client.force_login(second)
    page = client.get(modal(draft)).json()["html"]
    assert four_eyes.ANSWERS["check_linking"] in page
    assert four_eyes.digest_of(draft) in page
    assert draft.slug in page


def test_she_signs_only_what_she_says_she_read(draft, first, second, client):
    submitted(draft, first)
    client.force_login(second)
    digest = four_eyes.digest_of(draft)
    client.post(modal(draft), {"digest": digest})
    assert not Clearance.objects.exists()
    client.post(modal(draft), {"digest": "0" * 64, "has_read": "on"})
    assert not Clearance.objects.exists()
    client.post(modal(draft), {"digest": digest, "has_read": "on"})
    assert four_eyes.is_live(draft)


def test_a_writer_gets_no_signing_screen(draft, first, client):
    submitted(draft, first)
    client.force_login(first)
    digest = four_eyes.digest_of(draft)
    client.post(modal(draft), {"digest": digest, "has_read": "on"})
    assert not Clearance.objects.exists()


def test_she_signs_from_the_edit_page(draft, first, second, client):
    """The modal hands its data to the form of the page, which posts all of it."""
    submitted(draft, first)
    client.force_login(second)
    data = client.post(
        modal(draft, url="collect_workflow_action_data"),
        {"digest": four_eyes.digest_of(draft), "has_read": "on"},
        HTTP_X_REQUESTED_WITH="XMLHttpRequest",
    ).json()["cleaned_data"]
    form = four_eyes.form_of(draft) | {
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": four_eyes.as_json(data),
    }
    changed = form | {"lead": "Een ander woord."}
    response = client.post(four_eyes.edit_url(draft), changed)
    assert "staat de tekst stil" in response.content.decode()
    assert not Clearance.objects.exists()
    assert draft.revisions.count() == 1
    client.post(four_eyes.edit_url(draft), form)
    assert four_eyes.is_live(draft)


def test_a_comment_names_nobody(draft, first, second, client):
    submitted(draft, first)
    client.force_login(second)
    comment = {"comment": f"Zet {four_eyes.PLANTED} er niet in."}
    client.post(modal(draft, "reject"), comment, HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    assert draft.current_workflow_state.status == "in_progress"
    client.post(modal(draft, "reject"), {"comment": "Maak het einde algemener."})
    assert draft.current_workflow_state.status == "needs_changes"
