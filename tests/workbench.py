"""What the tests of the workbench share: editors who may make pages, and a submission in hand."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Workflow, WorkflowTask

import factories
from goedwerk_casestudies.actions import submissions, workbench
from goedwerk_casestudies.models import CaseStudyIndexPage
from goedwerk_casestudies.raw import Raw

RAW = Raw(
    title="Ruzie met Kwispelaar",
    what_happened="Bartholomeus Kwispelaar belde mij op 12 november 2021 vanuit Almelo.",
    tension="Kwispelaars chef was boos. Ik vond dat Bartholomeus gelijk had.",
    done="Ik belde b.kwispelaar@voorbeeld.nl en zei wat ik zag.",
)
#: Words of the raw text that may stand nowhere else.
PLANTED = ["kwispelaar", "bartholomeus"]
TEXTS = {
    "title": "De chef die boos was",
    "lead": "Een collega belt, en twee mensen willen iets anders.",
    "what_happened": "Een collega belde mij laat op de avond.\n\nIk nam op.",
    "tension": "De chef was boos. Ik vond dat de collega gelijk had.",
    "weighed": "",
    "done": "Ik deed twee dingen:\n\n- bellen\n- zeggen wat ik zag",
    "hindsight": "",
}
ANSWERS = {
    "check_singling_out": "Er zijn er veel.",
    "check_linking": "Niets in de krant.",
    "check_inference": "Niets nieuws.",
}


def group(name: str, *codes: str) -> Group:
    made, _new = Group.objects.get_or_create(name=name)
    made.permissions.set(Permission.objects.filter(codename__in=[*codes, "access_admin"]))
    return made


def editor(username: str = "", *codes: str):
    """Somebody who edits pages, with the right to raw texts unless other codes are given."""
    name = f"redactie {'-'.join(codes) or 'werkbank'}"
    made = group(name, *(codes or ("abstract_submission",)))
    for code in ("add_page", "change_page"):
        GroupPagePermission.objects.get_or_create(
            group=made,
            page=Page.objects.get(depth=1),
            permission=Permission.objects.get(content_type__app_label="wagtailcore", codename=code),
        )
    return factories.user(username, groups=(made,))


def overview() -> CaseStudyIndexPage:
    found = CaseStudyIndexPage.objects.first()
    return found or factories.root().add_child(
        instance=CaseStudyIndexPage(title="Verhalen", slug="verhalen")
    )


def sent(who=None, text: Raw = RAW, **choices):
    author = who or factories.user()
    draft = submissions.begin(user=author, text=text, mark=uuid.uuid4())
    choices = {"wants_result": True, "goes_on_if_silent": False} | choices
    return submissions.send(draft, user=author, **choices)


def in_hand(of, who=None, text: Raw = RAW):
    return workbench.take(sent(who, text), by=of)


def abstracted(of, who=None, text: Raw = RAW):
    """In hand, with all texts rewritten and all questions answered."""
    made = in_hand(of, who, text)
    workbench.save_work(made, by=of, version=0, texts=TEXTS, checks=ANSWERS)
    return made


def version_of(submission) -> int:
    submission.refresh_from_db()
    return workbench.desk_of(submission).work.version


def with_workflow(page: Page) -> Workflow:
    """One task for a group, assigned to the place of the stories."""
    task = GroupApprovalTask.objects.create(name="Tweede redacteur")
    task.groups.set([group("tweede redacteuren", "publish_page")])
    workflow = Workflow.objects.create(name="Vrijgave")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    page.workflowpage = workflow.workflow_pages.create(page=page)
    return workflow


def at(name: str, submission) -> str:
    return reverse(f"goedwerk_submissions:{name}", args=[submission.public_id])
