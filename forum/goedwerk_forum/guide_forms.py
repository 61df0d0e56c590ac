"""The forms of a guide. What everybody will read is called ``text``: so it outlives a sign-in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .actions.contributions import Words
from .actions.guiding import traceable_in
from .conf import conf
from .models import Discussion, Naming, Pace
from .models.kinds import KIND_OF_GUIDE


class DayInput(forms.DateInput):
    input_type = "date"


class GuideForm(forms.Form):
    """The ids of the plugin's own fields, so that the summary of errors leads to them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": "gw-%s"})


def without_traces(text: str) -> str:
    """The text, where the finder marks nobody in it."""
    text = " ".join(text.split())
    found = traceable_in(text)
    if found:
        raise forms.ValidationError(
            _("Hierin is iemand te herkennen: %(words)s. Schrijf het anders."),
            params={"words": ", ".join(f"‘{text[item.start : item.end]}’" for item in found)},
        )
    return text


class BannerForm(GuideForm):
    text = forms.CharField(
        label=_("Tekst boven het gesprek"),
        max_length=200,
        required=False,
    )

    def clean_text(self) -> str:
        return without_traces(self.cleaned_data["text"])


class PaceForm(GuideForm):
    pace = forms.TypedChoiceField(
        label=_("Hoe vaak mag een deelnemer schrijven?"),
        choices=Pace.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies hoe vaak."),
            "invalid_choice": _("Kies hoe vaak."),
        },
    )


class ClosingForm(GuideForm):
    closes_on = forms.DateField(
        label=_("Laatste dag waarop mensen schrijven"),
        widget=DayInput,
        help_text=_("Daarna is het gesprek gesloten. Lezen kan altijd."),
        error_messages={
            "required": _("Kies een dag."),
            "invalid": _("Schrijf de dag als jaar-maand-dag, bijvoorbeeld 2026-12-31."),
        },
    )


class MoveForm(GuideForm):
    text = forms.CharField(
        label=_("Welke vraag staat boven het nieuwe gesprek?"),
        max_length=200,
        error_messages={"required": _("Schrijf een vraag.")},
    )

    def clean_text(self) -> str:
        return without_traces(self.cleaned_data["text"])


class NamingForm(GuideForm):
    naming = forms.ChoiceField(
        label=_("Wat benoem je?"),
        choices=[("", _("niets")), *Naming.choices],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Kies emotie, relatie, proces of niets.")},
    )


class TurnForm(NamingForm):
    """What a guide says in her role."""

    text = forms.CharField(
        label=_("Je tekst"),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Schrijf eerst je tekst.")},
    )
    submission = forms.CharField(widget=forms.HiddenInput, max_length=43, required=False)
    #: The marks and signals that she was shown (``marks.Preview.seen``).
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_text(self) -> str:
        text = self.cleaned_data["text"].replace("\r\n", "\n").strip()
        too_long = len(text) - conf().MAX_LENGTH
        if too_long > 0:
            raise forms.ValidationError(
                _("Je tekst is %(over)d tekens te lang. Er passen er %(max)d."),
                params={"over": too_long, "max": conf().MAX_LENGTH},
            )
        return text

    def words(self, *, marks_seen: bool) -> Words:
        return Words(
            text=self.cleaned_data["text"],
            kind=KIND_OF_GUIDE,
            marks_seen=marks_seen,
            naming=self.cleaned_data["naming"],
        )


def forms_of(discussion: Discussion) -> dict[str, GuideForm]:
    """The forms of a whole discussion as it is, by the name of their tool."""
    closes_on = discussion.closes_on.isoformat() if discussion.closes_on else ""
    return {
        "banner": BannerForm(initial={"text": discussion.banner}),
        "tempo": PaceForm(initial={"pace": discussion.pace}),
        "sluiting": ClosingForm(initial={"closes_on": closes_on}),
    }
