"""The forms of a guide. What everybody will read is called ``text``: so it outlives a sign-in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import kinds
from .actions.contributions import Words
from .actions.ending import ClosingWords
from .actions.guiding import traceable_in
from .conf import conf
from .forms import ContributionForm
from .models import HINT_LENGTH, Discussion, Naming, Pace, Viewpoint
from .models.discussions import HEARD, ONWARD, THANKS
from .models.kinds import KIND_OF_GUIDE
from .texts import as_kept


class DayInput(forms.DateInput):
    input_type = "date"


class GuideForm(forms.Form):
    """The ids of the plugin's own fields, so that the summary of errors leads to them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": "gw-%s"})


def without_traces(text: str) -> str:
    """The text on one line, where the finder marks nobody in it."""
    return untraced(" ".join(text.split()))


def untraced(text: str) -> str:
    """The text, where the finder marks nobody in it."""
    found = traceable_in(text)
    if found:
        raise forms.ValidationError(
            _("Hierin is iemand te herkennen: %(words)s. Schrijf het anders."),
            params={"words": ", ".join(f"‘{text[item.start : item.end]}’" for item in found)},
        )
    return text


class BannerForm(GuideForm):
    text = forms.CharField(
        label=_("Tekst boven de dialoog"),
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
        help_text=_("Daarna is de dialoog gesloten. Lezen kan altijd."),
        error_messages={
            "required": _("Kies een dag."),
            "invalid": _("Schrijf de dag als jaar-maand-dag, bijvoorbeeld 2026-12-31."),
        },
    )


class MoveForm(GuideForm):
    text = forms.CharField(
        label=_("Welke vraag staat boven het zijgesprek?"),
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
        text = as_kept(self.cleaned_data["text"])
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


class CallForm(GuideForm):
    """Which voice is missing: a kind of contribution, and perhaps through whose eyes."""

    kind = forms.ChoiceField(
        label=_("Om wat voor bijdrage vraag je?"),
        choices=kinds.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies om wat voor bijdrage je vraagt."),
            "invalid_choice": _("Kies een van de soorten bijdragen die hier staan."),
        },
    )
    viewpoint = forms.ChoiceField(
        label=_("Door wiens ogen?"),
        choices=[("", _("dat maakt niet uit")), *Viewpoint.choices],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Kies door wiens ogen, of dat het niet uitmaakt.")},
    )


class EndForm(GuideForm):
    """The guide's closing words. ``text`` is the thanks: so the form outlives a sign-in."""

    text = forms.CharField(
        label=_("Waar bedank je voor?"),
        max_length=THANKS,
        error_messages={"required": _("Schrijf een woord van dank.")},
    )
    heard = forms.CharField(label=_("Wat is er gehoord?"), max_length=HEARD, required=False)
    onward = forms.CharField(label=_("Wat gebeurt er nu mee?"), max_length=ONWARD, required=False)

    def clean_text(self) -> str:
        return without_traces(self.cleaned_data["text"])

    def clean_heard(self) -> str:
        return untraced(as_kept(self.cleaned_data["heard"]))

    def clean_onward(self) -> str:
        return untraced(as_kept(self.cleaned_data["onward"]))

    def words(self) -> ClosingWords:
        said = self.cleaned_data
        return ClosingWords(said["text"], said["heard"], said["onward"])

    @classmethod
    def of(cls, discussion: Discussion, **kept: str) -> EndForm:
        """The form with what was said at the end before, or with what was kept."""
        was = {
            "text": discussion.closing_thanks,
            "heard": discussion.closing_heard,
            "onward": discussion.closing_onward,
        }
        return cls(initial=was | kept)


class HintForm(GuideForm):
    """One short message to an author."""

    text = forms.CharField(
        label=_("Je bericht"),
        max_length=HINT_LENGTH,
        error_messages={"required": _("Schrijf eerst je bericht.")},
    )

    def clean_text(self) -> str:
        return untraced(as_kept(self.cleaned_data["text"]))


class AnswerForm(GuideForm):
    """An author's one answer to it. Her own words: nothing is asked of them."""

    text = forms.CharField(
        label=_("Je antwoord"),
        max_length=HINT_LENGTH,
        error_messages={"required": _("Schrijf eerst je antwoord.")},
    )

    def clean_text(self) -> str:
        return as_kept(self.cleaned_data["text"])


class TableForm(ContributionForm):
    """What a table said at a meeting, in the words of the guide who writes it down."""

    said_on = forms.DateField(
        label=_("Dag van de bijeenkomst"),
        widget=DayInput,
        error_messages={
            "required": _("Kies de dag van de bijeenkomst."),
            "invalid": _("Schrijf de dag als jaar-maand-dag, bijvoorbeeld 2026-12-31."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": "gw-%s"})

    def clean_said_on(self) -> Any:
        day = self.cleaned_data["said_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Kies een dag die geweest is, of vandaag."))
        return day

    def words(self, *, marks_seen: bool) -> Words:
        words = super().words(marks_seen=marks_seen)
        return replace(words, said_on=self.cleaned_data["said_on"])


def forms_of(discussion: Discussion) -> dict[str, GuideForm]:
    """The forms of a whole discussion as it is, by the name of their tool."""
    closes_on = discussion.closes_on.isoformat() if discussion.closes_on else ""
    return {
        "banner": BannerForm(initial={"text": discussion.banner}),
        "tempo": PaceForm(initial={"pace": discussion.pace}),
        "sluiting": ClosingForm(initial={"closes_on": closes_on}),
        "roep": CallForm(
            initial={"kind": discussion.called_kind, "viewpoint": discussion.called_viewpoint}
        ),
    }
