"""What a site needs before a story can be published: rights for editors, and a workflow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core import checks
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from goedwerk_forum.setup import EDITORS

from .clearance import uncleared_live
from .models import CaseStudyIndexPage, ConsentTask, SecondEditorTask

WORKFLOW = "Vier ogen"
SECOND_EDITOR = "Tweede redacteur leest na en tekent"
CONSENT = "Akkoord van de inzender"


def prepare() -> Iterator[str]:
    """Does it, and yields a sentence for each thing that was missing."""
    editors = Group.objects.get(name=EDITORS)
    editors.permissions.add(
        *Permission.objects.filter(
            content_type__app_label="goedwerk_casestudies",
            codename__in=["abstract_submission", "sign_story"],
        )
    )
    if not SecondEditorTask.objects.exists():
        _make_workflow(editors)
        yield f"Made the workflow '{WORKFLOW}'."
    for index in CaseStudyIndexPage.objects.all():
        if give_workflow(index):
            yield f"Gave page {index.pk} a workflow with a second editor."


def _make_workflow(editors: Group) -> None:
    second = SecondEditorTask.objects.create(name=SECOND_EDITOR)
    second.groups.add(editors)
    tasks = [second, ConsentTask.objects.create(name=CONSENT)]
    workflow = Workflow.objects.create(name=WORKFLOW)
    for order, task in enumerate(tasks):
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)


def give_workflow(index: Page) -> bool:
    """Assigns it where no workflow with a second editor runs; a site's own choice stays."""
    tasks = SecondEditorTask.objects.filter(active=True)
    ours = Workflow.objects.filter(active=True, workflow_tasks__task__in=tasks)
    workflow = ours.order_by("pk").first()
    if workflow is None or has_second_editor(index):
        return False
    if WorkflowPage.objects.filter(page_id=index.pk).exists():
        return False
    WorkflowPage.objects.create(page=index, workflow=workflow)
    return True


def has_second_editor(page: Page) -> bool:
    """Whether a story on this place can be signed by way of a workflow."""
    workflow = page.get_workflow()
    tasks = workflow.tasks.values_list("pk", flat=True) if workflow else []
    return SecondEditorTask.objects.filter(pk__in=tasks, active=True).exists()


def follow_index(instance: CaseStudyIndexPage, created: bool, raw: bool, **_kwargs: Any) -> None:
    """A new overview has the workflow from its first story on."""
    if created and not raw:
        give_workflow(instance)


# --- what is wrong ---------------------------------------------------------------------------


def problems() -> Iterator[tuple[str, str]]:
    """(what is wrong, what mends it), for the doctor."""
    if number := len(uncleared_live()):
        yield (
            f"{number} live stories have no clearance: readers get a 404.",
            "let a second editor sign them, or unpublish them (the admin's home page names them)",
        )
    for index in CaseStudyIndexPage.objects.all():
        if not has_second_editor(index):
            yield (
                f"Stories below page {index.pk} run through no workflow with a second editor.",
                f"manage.py goedwerk_setup, or add the task '{SECOND_EDITOR}' to its workflow",
            )


def our_publisher_comes_first(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Of two commands of one name, that of the app named first in INSTALLED_APPS runs."""
    order = [config.name for config in apps.get_app_configs()]
    if "wagtail" not in order or order.index("goedwerk_casestudies") < order.index("wagtail"):
        return []
    return [
        checks.Error(
            "In INSTALLED_APPS 'goedwerk_casestudies' must come before 'wagtail'.",
            hint="Else Wagtail's own publish_scheduled runs: it stops at the first story without "
            "clearance, and publishes nothing after it.",
            id="goedwerk_casestudies.E001",
        )
    ]
