"""What the admin shows and asks about the clearance of a story."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, PageLogEntry, Task

from goedwerk_forum.people import Person

from ..clearance import signatures
from ..four_eyes import latest, obstacles, writers
from ..models import Clearance, ConsentTask, SecondEditorTask, StoryMixin
from ..shown import digest, kept_words, names_in, traceable
from ..work import CHECKS

#: The line in Wagtail's log of a page whose planned publication fell through.
SCHEDULE_DROPPED = "goedwerk_casestudies.schedule_dropped"
#: Days for which an editor is told so.
TELL_FOR = datetime.timedelta(days=14)


# --- the panel -------------------------------------------------------------------------------


@dataclass
class Sheet:
    """Where a story stands, for the editor who looks at it."""

    page: StoryMixin
    is_new: bool = False
    obstacles: list[tuple[str, str]] = field(default_factory=list)
    #: What comes next, in a sentence.
    next: str = ""
    #: The signature under these words, if any.
    signature: Clearance | None = None
    is_own: bool = False
    may_sign: bool = False
    #: Whether the step of now is the second editor's.
    is_to_sign: bool = False
    was_dropped: bool = False

    @property
    def is_cleared(self) -> bool:
        return not self.is_new and not self.obstacles


def sheet_of(page: StoryMixin, user: Person) -> Sheet:
    """The state of the words in ``page``, those of the latest revision."""
    if not page.pk:
        return Sheet(page, is_new=True)
    task = page.current_workflow_task
    sheet = Sheet(
        page,
        obstacles=obstacles(page),
        signature=signatures(page.pk).filter(digest=digest(page)).first(),
        is_own=user.pk in writers(page),
        is_to_sign=isinstance(task, SecondEditorTask),
        was_dropped=dropped_schedules().filter(page_id=page.pk).exists(),
    )
    sheet.may_sign = sheet.is_to_sign and bool(
        [name for name, _label, _modal in task.get_actions(page, user) if name == "approve"]
    )
    sheet.next = _next_step(sheet, task)
    return sheet


def _next_step(sheet: Sheet, task: Task | None) -> str:
    """The one thing to do now."""
    codes = {code for code, _sentence in sheet.obstacles}
    if not codes:
        return "" if sheet.page.live and not sheet.page.has_unpublished_changes else _("Publiceer.")
    if "unresolved" in codes:
        return _(
            "Maak deze woorden algemener, of zet ze hieronder bij ‘woorden die mogen blijven’."
        )
    if "checks_missing" in codes:
        return _("Beantwoord hieronder de drie vragen.")
    if "no_second_editor" in codes:
        return _(
            "Vraag een collega met het recht om verhalen vrij te geven, of laat er een aanwijzen."
        )
    if "turned_down" in codes:
        return ""  # what to do stands in the sentence itself
    if codes == {"consent"}:
        return _("Wacht op de inzender. Het verhaal gaat daarna vanzelf verder.")
    if sheet.may_sign:
        return _("Kies onderaan ‘Lees na en teken’.")
    if isinstance(task, SecondEditorTask):
        return _("Wacht op de tweede redacteur.")
    if isinstance(task, ConsentTask):
        return _("Stop de workflow en dien het verhaal opnieuw in: de tekst is veranderd.")
    return _("Dien het verhaal onderaan in. Een tweede redacteur krijgt het dan op haar lijst.")


def dropped_schedules() -> Any:
    """Planned publications that fell through lately, of pages that are still not public."""
    since = timezone.now() - TELL_FOR
    entries = PageLogEntry.objects.filter(action=SCHEDULE_DROPPED, timestamp__gte=since)
    return entries.filter(Q(page__live=False) | Q(page__has_unpublished_changes=True))


# --- signing ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class ToSign:
    """What a second editor has in front of her when she signs."""

    page: StoryMixin
    digest: str
    #: (question, answer) of the check on being recognised.
    answers: list[tuple[str, str]]
    #: (words, reason) of what may stay.
    kept: list[tuple[str, str]]


def to_sign(page: Page) -> ToSign:
    words = latest(page)
    answers = [
        (str(capfirst(words._meta.get_field(name).verbose_name)), getattr(words, name))
        for name in CHECKS
    ]
    return ToSign(words, digest(words), answers, kept_words(words))


class SignForm(forms.Form):
    """ "I read exactly this text": ``digest`` is that of the text in front of her."""

    digest = forms.CharField(widget=forms.HiddenInput)
    has_read = forms.BooleanField(
        label=gettext_lazy(
            "Ik las alles wat een lezer ziet, ook het webadres en de beschrijving van het beeld. "
            "Niemand is hiermee te vinden."
        ),
        error_messages={"required": gettext_lazy("Lees de tekst eerst en zet dan het vinkje.")},
    )


class RequestChangesForm(forms.Form):
    """What must change; it goes into Wagtail's log, so it names nobody."""

    comment = forms.CharField(
        label=gettext_lazy("Wat moet er anders?"),
        help_text=gettext_lazy("Noem geen namen: dit blijft in het logboek van de pagina staan."),
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def clean_comment(self) -> str:
        comment: str = self.cleaned_data["comment"]
        if names := names_in(comment):
            raise forms.ValidationError(traceable(names))
        return comment
