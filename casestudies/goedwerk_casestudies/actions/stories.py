"""From the work on a submission to a draft page, and into the workflow of its place."""

from __future__ import annotations

import re

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.html import escape
from wagtail.models import Page

from goedwerk_forum.errors import ForumError, IllegalTransition
from goedwerk_forum.people import Person

from ..models import CaseStudyIndexPage, StoryPage, Submission
from ..obstacles import Obstacle, obstacles
from ..transitions import EDITOR, State, locked, move
from ..work import CHECKS, Work
from .workbench import NotInHand, StaleWork, desk_of, stop_workflow


class NotReady(ForumError):
    """Something must be decided, written or answered before a page can be made."""

    code = "not_ready"

    def __init__(self, found: list[Obstacle]) -> None:
        super().__init__()
        self.obstacles = found

    def __str__(self) -> str:
        return " ".join(obstacle.sentence for obstacle in self.obstacles)


def places_for(user: Person) -> list[CaseStudyIndexPage]:
    """The overviews below which ``user`` may put a story, in the order of the site."""
    indexes = CaseStudyIndexPage.objects.order_by("path")
    return [index for index in indexes if _may_add(user, index)]


def _may_add(user: Person, index: Page) -> bool:
    return bool(index.permissions_for_user(user).can_add_subpage()) and StoryPage.can_create_at(
        index
    )


def make_page(
    submission: Submission, *, by: AbstractUser, version: int, parent: CaseStudyIndexPage
) -> StoryPage:
    """A draft with the abstracted words, below ``parent``, handed to the workflow there.

    A page that was made of it before gets the new words instead. The page holds nothing of the
    raw text: it is made of the work alone.

    Raises:
        NotInHand, IllegalTransition: it is not hers to work on.
        StaleWork: it was saved since she read ``version``.
        NotReady: something must be done first.
        PermissionDenied: she may not add a page there.
    """
    with transaction.atomic():
        now = locked(submission)
        if now.state != State.IN_HAND:
            raise IllegalTransition
        if now.editor_id != by.pk:
            raise NotInHand
        desk = desk_of(now)
        if desk.work.version != version:
            raise StaleWork
        if found := obstacles(desk.work, desk.examined):
            raise NotReady(found)
        page = _written_again(now, desk.work, by) or _created(desk.work, by, parent)
        move(submission, State.ABSTRACTED, actor=EDITOR, page=page)
        start_workflow(page, by=by)
    return page


def _created(work: Work, by: AbstractUser, parent: CaseStudyIndexPage) -> StoryPage:
    """As Wagtail's own way to create a page, which needs a form: add, revise, log, notify."""
    if not _may_add(by, parent):
        raise PermissionDenied
    page = StoryPage(live=False, owner=by, **fields_of(work))
    parent.add_child(instance=page)
    page.save_revision(user=by, log_action=True)
    return page


def _written_again(submission: Submission, work: Work, by: AbstractUser) -> StoryPage | None:
    """The page that was made of it before, with the new words as its latest revision."""
    if submission.page is None:
        return None
    if not submission.page.permissions_for_user(by).can_edit():
        raise PermissionDenied
    stop_workflow(submission.page, by=by)
    page: StoryPage = submission.page.specific.get_latest_revision_as_object()
    for name, value in fields_of(work).items():
        setattr(page, name, value)
    page.save_revision(user=by, log_action=True)
    return page


def fields_of(work: Work) -> dict[str, object]:
    """The fields of a page from the abstracted texts, the answers and the words that may stay."""
    plain = {name: " ".join(work.texts[name].split()) for name in ("title", "lead")}
    prose = {name: as_prose(work.texts[name]) for name in StoryPage.text_fields}
    checks = {name: work.checks[name].strip() for name in CHECKS}
    kept = [("kept", {"words": words, "reason": reason}) for words, reason in work.kept()]
    return {**plain, **prose, **checks, "kept": kept}


def as_prose(text: str) -> str:
    """Plain text as the editor writes it: paragraphs by an empty line, and lists with dashes."""
    blocks = re.split(r"\n\s*\n", text.strip())
    return "".join(_block(block.strip()) for block in blocks if block.strip())


def _block(block: str) -> str:
    lines = [line.strip() for line in block.splitlines()]
    if all(line.startswith("- ") for line in lines):
        return f"<ul>{''.join(f'<li>{escape(line[2:])}</li>' for line in lines)}</ul>"
    return f"<p>{'<br/>'.join(escape(line) for line in lines)}</p>"


def start_workflow(page: StoryPage, *, by: AbstractUser) -> bool:
    """Hands the draft to the workflow of its place; False where none is assigned there."""
    workflow = page.get_workflow()
    if workflow is None:
        return False
    workflow.start(page, by)
    return True
