"""Submissions of the demonstration, made by the same actions as everybody's."""

from __future__ import annotations

import tomllib
import uuid
from pathlib import Path
from typing import Any

from wagtail.models import Page

from goedwerk_casestudies.actions import letters, submissions
from goedwerk_casestudies.actions.stories import make_page
from goedwerk_casestudies.actions.workbench import decide_finding, desk_of, save_work, take
from goedwerk_casestudies.models import CaseStudyIndexPage, Submission
from goedwerk_casestudies.raw import Raw
from goedwerk_casestudies.transitions import EDITOR, State, move
from goedwerk_casestudies.work import CHECKS
from goedwerk_site.accounts.models import User

from .pages import days_ago

FILE = Path(__file__).parent / "submissions.toml"
STEPS = ("what_happened", "tension", "weighed", "done", "hindsight")


def make_submissions(accounts: dict[str, User]) -> int:
    """All of the demonstration; returns how many."""
    items = tomllib.loads(FILE.read_text(encoding="utf-8"))["submission"]
    for item in items:
        submission = _told(item, accounts[item["author"]])
        _handled(submission, item, accounts)
        _backdate(submission, item)
    return len(items)


def _told(item: dict[str, Any], author: User) -> Submission:
    text = Raw(**{name: item[name].strip() for name in STEPS if name in item})
    draft = submissions.begin(user=author, text=text, mark=uuid.uuid4())
    if item["state"] == State.DRAFT:
        return draft
    return submissions.send(
        draft,
        user=author,
        wants_result=item["wants_result"],
        goes_on_if_silent=item.get("goes_on_if_silent", False),
    )


def _handled(submission: Submission, item: dict[str, Any], accounts: dict[str, User]) -> None:
    """What the editors did with it, up to the state in which it stands."""
    if item["state"] in (State.DRAFT, State.SENT):
        return
    editor = accounts["redacteur"]
    take(submission, by=editor)
    for letter in item.get("letters", []):
        letters.write_letter(submission, letter["text"], from_editor=letter["from_editor"])
    if item.get("is_half_decided"):
        _half_decided(submission, editor)
    if item["state"] == State.ASKED:
        _abstracted(submission, item["story"], editor)
        _signed(submission, accounts["redacteur2"])
    if item["state"] == State.PUBLISHED:
        page = Page.objects.get(slug=item["page"])
        move(submission, State.ABSTRACTED, actor=EDITOR, page=page)
        Submission.objects.filter(pk=submission.pk).update(consent=Submission.Consent.GIVEN)
        submissions.mark_published(submission)


def _half_decided(submission: Submission, editor: User) -> None:
    """The first suggestion taken over, until half of what was found is decided on."""
    desk = desk_of(submission)
    half = len(desk.examined.open) // 2
    while len(desk.examined.open) > half:
        seen = desk.examined.open[0]
        decide_finding(
            submission,
            by=editor,
            version=desk.work.version,
            key=seen.key,
            put=seen.suggestions[0],
        )
        desk = desk_of(submission)


def _abstracted(submission: Submission, story: dict[str, str], editor: User) -> None:
    texts = {name: text.strip() for name, text in story.items() if name not in CHECKS}
    work = save_work(
        submission,
        by=editor,
        version=desk_of(submission).work.version,
        texts=texts,
        checks={name: story[name] for name in CHECKS},
    )
    parent = CaseStudyIndexPage.objects.get(slug="verhalen")
    make_page(submission, by=editor, version=work.version, parent=parent)
    submission.refresh_from_db()


def _signed(submission: Submission, second: User) -> None:
    """The second editor signs in the workflow; then the contributor is asked."""
    page = Page.objects.get(pk=submission.page_id)
    page.current_workflow_task.on_action(page.current_workflow_task_state, second, "approve")
    submission.refresh_from_db()


def _backdate(submission: Submission, item: dict[str, Any]) -> None:
    """Makes it look as if told on its day; the audit record keeps today, as it must."""
    day = days_ago(item["days_ago"])
    dated: dict[str, Any] = {"touched_on": day}
    if item["state"] != State.DRAFT:
        dated["sent_on"] = day
    if "asked_days_ago" in item:
        dated["asked_on"] = days_ago(item["asked_days_ago"])
    Submission.objects.filter(pk=submission.pk).update(**dated)
    for letter, told in zip(submission.letters.all(), item.get("letters", []), strict=True):
        letter.is_read = letter.from_editor and told["days_ago"] > 1
        letter.day = days_ago(told["days_ago"])
        letter.save(update_fields=["day", "is_read"])
