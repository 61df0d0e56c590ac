"""From what a civil servant wrote to what a reader reads, through all hands on the way."""

from __future__ import annotations

import pytest

import four_eyes
import workbench as bench
from goedwerk_casestudies.actions import submissions
from goedwerk_casestudies.actions.stories import make_page
from goedwerk_casestudies.actions.submissions import Answer
from goedwerk_casestudies.models import StoryPage, Submission
from goedwerk_casestudies.transitions import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(db):
    four_eyes.prepared_site()
    return four_eyes.editor("eerste")


@pytest.fixture
def page(first, make):
    """A story made at the workbench, on its way to a second editor; ``page.sent`` is hers."""
    overview = bench.overview()
    four_eyes.prepared_site()
    submission = bench.abstracted(first, make.user())
    version = bench.version_of(submission)
    made = make_page(submission, by=first, parent=overview, version=version)
    made.sent = submission
    return made


def sign(page, who) -> None:
    fresh = StoryPage.objects.get(pk=page.pk)
    fresh.current_workflow_task.on_action(fresh.current_workflow_task_state, who, "approve")


def state_of(submission) -> str:
    return Submission.objects.values_list("state", flat=True).get(pk=submission.pk)


def test_two_editors_and_the_contributor_bring_it_to_the_reader(
    page, client, drive, released_at_once
):
    assert state_of(page.sent) == State.ABSTRACTED
    assert client.get(page.url).status_code == 404

    sign(page, four_eyes.editor("tweede"))
    assert state_of(page.sent) == State.ASKED
    assert client.get(page.url).status_code == 404

    page.sent.refresh_from_db()
    four_eyes.answered(page.sent, Answer.AGREE)
    drive()
    html = client.get(page.url).content.decode()
    assert bench.TEXTS["title"] in html
    assert not [name for name in bench.PLANTED if name in html.lower()]
    assert state_of(page.sent) == State.PUBLISHED


def test_withdrawn_afterwards_it_is_gone_for_readers_and_editors(
    page, client, drive, released_at_once
):
    sign(page, four_eyes.editor("tweede"))
    page.sent.refresh_from_db()
    four_eyes.answered(page.sent, Answer.AGREE)
    drive()
    page.sent.refresh_from_db()
    submissions.withdraw(page.sent)
    assert client.get(page.url).status_code == 404
    page.sent.refresh_from_db()
    assert (page.sent.state, page.sent.sealed_raw, page.sent.sealed_work) == (
        State.WITHDRAWN,
        None,
        None,
    )
