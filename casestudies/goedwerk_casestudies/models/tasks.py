"""Steps of a Wagtail workflow; a site owner can put them into a workflow of her own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, Task, TaskState, WorkflowState

from goedwerk_forum.people import Person


class SecondEditorTask(AbstractGroupApprovalTask):
    """A second editor reads the text and signs it; who wrote it sees that another must."""

    class Meta:
        verbose_name = _("tweede redacteur leest na en tekent")
        verbose_name_plural = _("tweede redacteur leest na en tekent")

    @classmethod
    def get_description(cls) -> str:
        return str(
            _(
                "Iemand uit de gekozen groepen die niet zelf aan de tekst schreef, leest haar na "
                "en tekent. Zonder handtekening komt een verhaal niet op de site."
            )
        )

    def get_actions(self, obj: Page, user: Person) -> list[tuple[str, str, bool]]:
        from ..four_eyes import can_sign, latest

        if not super().get_actions(obj, user):
            return []
        actions = [("reject", str(_("Vraag om aanpassing")), True)]
        if can_sign(latest(obj), user):
            actions.append(("approve", str(_("Lees na en teken")), True))
        return actions

    def get_task_states_user_can_moderate(self, user: Person, **kwargs: Any) -> QuerySet[TaskState]:
        """Who wrote a story does not find it among those that wait for her."""
        from ..four_eyes import latest, writers

        states = super().get_task_states_user_can_moderate(user, **kwargs)
        pages = [(state.pk, state.workflow_state.content_object) for state in states]
        own = [pk for pk, page in pages if user.pk in writers(latest(page))]
        return states.exclude(pk__in=own)

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        from ..admin.clearance import RequestChangesForm, SignForm

        return SignForm if action == "approve" else RequestChangesForm

    def get_template_for_action(self, action: str) -> str:
        return "goedwerk_casestudies/admin/clearance_sign.html" if action == "approve" else ""

    @transaction.atomic
    def on_action(
        self, task_state: TaskState, user: Person, action_name: str, **kwargs: Any
    ) -> None:
        """Signing is what approves; ``digest`` is that of the text that was read.

        Raises:
            NotCleared: the text changed, or this person may not sign it.
        """
        from ..actions.clearance import sign
        from ..four_eyes import latest

        read = kwargs.pop("digest", "")
        kwargs.pop("has_read", None)
        if action_name == "approve":
            sign(latest(task_state.workflow_state.content_object), by=user, read=read)
            if _waits_here(task_state.workflow_state):
                return
        super().on_action(task_state, user, action_name, **kwargs)


def _waits_here(state: WorkflowState) -> bool:
    """Whether the contributor must still answer, in a workflow without a step for that."""
    from ..actions.clearance import waits_for_answer

    if ConsentTask.objects.filter(workflow_tasks__workflow=state.workflow, active=True).exists():
        return False
    return waits_for_answer(state.content_object)


class ConsentTask(Task):
    """The contributor reads the story and says yes; it passes at once where there is nobody."""

    class Meta:
        verbose_name = _("akkoord van de inzender")
        verbose_name_plural = _("akkoord van de inzender")

    @classmethod
    def get_description(cls) -> str:
        return str(
            _(
                "De inzender leest het verhaal en geeft akkoord. Is er niemand om te vragen, dan "
                "gaat het vanzelf verder."
            )
        )

    def start(self, workflow_state: WorkflowState, user: Person | None = None) -> TaskState:
        from ..actions.clearance import waits_for_answer

        state: TaskState = super().start(workflow_state, user=user)
        if not waits_for_answer(workflow_state.content_object):
            state.status = TaskState.STATUS_SKIPPED
            state.finished_at = timezone.now()
            state.save()
        return state
