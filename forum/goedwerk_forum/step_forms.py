"""The forms with which a guide leads a dialogue through its steps."""

from __future__ import annotations

import datetime
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from .courses import course_of, formats_for
from .guide_forms import DayInput, GuideForm
from .models import Course, Discussion, Format
from .shipped_formats import shown


def choices_of(course: Course) -> list[tuple[str, str]]:
    """The steps to which it can go: number and words, the next one first."""
    follows = course.next_step
    others = [step for step in course.all_steps if step.number != course.position]
    others.sort(key=lambda step: step != follows)
    return [
        (
            str(step.number),
            _now("Stap %(number)d: %(name)s") % {"number": step.number, "name": shown(step.name)},
        )
        for step in others
    ]


class FormatForm(GuideForm):
    """Which format a discussion takes over; ``kind`` is the type of its page."""

    template = forms.ModelChoiceField(
        label=_("Welke werkvorm past bij deze dialoog?"),
        queryset=Format.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies een werkvorm."),
            "invalid_choice": _("Kies een werkvorm uit de lijst."),
        },
    )

    def __init__(self, kind: type[Page], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._fitting = formats_for(kind)
        cast(forms.ModelChoiceField, self.fields["template"]).queryset = self._fitting

    @property
    def offered(self) -> list[Format]:
        """With their steps."""
        return list(self._fitting.prefetch_related("steps"))


class StepForm(GuideForm):
    """To which step a dialogue goes; with the version of its steps that the guide was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    to = forms.TypedChoiceField(
        label=_("Naar welke stap?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies een stap."),
            "invalid_choice": _("Kies een stap uit de lijst."),
        },
    )

    def __init__(self, course: Course, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = choices_of(course)
        cast(forms.ChoiceField, self.fields["to"]).choices = choices
        self.initial.setdefault("to", choices[0][0] if choices else "")


class AnnounceForm(StepForm):
    """To which step a dialogue goes on which day."""

    on = forms.DateField(
        label=_("Op welke dag?"),
        widget=DayInput,
        help_text=_("Op die dag gaat de dialoog vanzelf verder. Iedereen ziet het vanaf nu."),
        error_messages={
            "required": _("Kies een dag."),
            "invalid": _("Schrijf de dag als jaar-maand-dag, bijvoorbeeld 2026-12-31."),
        },
    )

    def clean_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["on"]
        if day <= timezone.localdate():
            raise forms.ValidationError(
                _("Kies een dag die nog komt. Nu verder? Dat kan hieronder.")
            )
        return day


def forms_of_steps(
    discussion: Discussion, data: Any = None, tool: str = ""
) -> dict[str, GuideForm]:
    """The forms of a guide's page of steps, by the name of their tool; ``data`` is of ``tool``."""
    course = course_of(discussion)
    made: dict[str, GuideForm] = {}
    if course is None or not course.has_moved:
        kind = discussion.page.specific_class
        made["werkvorm"] = FormatForm(kind, data if tool == "werkvorm" else None)
    if course is not None:
        planned = {"to": course.moves_to, "on": course.moves_on} if course.moves_on else {}
        made["kondig"] = AnnounceForm(
            course,
            data if tool == "kondig" else None,
            initial={
                name: value.isoformat() if isinstance(value, datetime.date) else str(value)
                for name, value in planned.items()
            },
        )
        made["stap"] = StepForm(course, data if tool == "stap" else None)
    return made
