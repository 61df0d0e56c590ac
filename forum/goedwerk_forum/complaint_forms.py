"""What people fill in to report, to follow a report, and to appeal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .actions.reports import Complaint
from .identity import reporters
from .models import ReportReason
from .texts import as_kept

#: Characters of a report, an appeal, a question or an answer.
MOST = 1000


class TextField(forms.CharField):
    """Some lines of plain text, at most ``MOST`` characters."""

    widget = forms.Textarea

    def clean(self, value: Any) -> str:
        text = as_kept(str(super().clean(value)))
        too_long = len(text) - MOST
        if too_long > 0:
            raise forms.ValidationError(
                _("Je tekst is %(over)d tekens te lang. Er passen er %(max)d."),
                params={"over": too_long, "max": MOST},
            )
        return text


class ReportForm(forms.Form):
    """A reason from the list, and what somebody wants to say with it."""

    reason = forms.ChoiceField(
        label=_("Wat is er aan de hand?"),
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies wat er aan de hand is."),
            "invalid_choice": _("Kies een van de redenen."),
        },
    )
    text = TextField(label=_("Wil je er iets bij zeggen?"), required=False)
    submission = forms.CharField(widget=forms.HiddenInput, max_length=43, required=False)

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        needs_words = cleaned.get("reason") == ReportReason.OTHER
        if needs_words and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", _("Schrijf in een paar woorden wat er aan de hand is."))
        return cleaned

    def complaint(self) -> Complaint:
        return Complaint(
            reason=self.cleaned_data["reason"],
            text=self.cleaned_data["text"],
            submission=self.cleaned_data["submission"] or reporters.new_mark(),
        )


class CodeForm(forms.Form):
    """The receipt code of somebody who was not signed in."""

    code = forms.CharField(
        label=_("Je code"),
        max_length=40,
        help_text=_("Vier groepjes van vijf tekens. Hoofdletters en streepjes maken niet uit."),
        error_messages={"required": _("Vul je code in.")},
    )


class AppealForm(forms.Form):
    """Why an author does not agree, or what she answers; ``version`` is that of the appeal."""

    text = TextField(
        label=_("Waarom ben je het er niet mee eens?"),
        error_messages={"required": _("Schrijf waarom je het er niet mee eens bent.")},
    )


class AnswerForm(forms.Form):
    """The author's one answer to the judge."""

    text = TextField(label=_("Je antwoord"), error_messages={"required": _("Schrijf je antwoord.")})
    version = forms.IntegerField(widget=forms.HiddenInput)
