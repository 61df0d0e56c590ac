"""What a contributor fills in. Every error says what to do."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from goedwerk_forum.texts import as_kept

from .actions.letters import LETTER_LENGTH
from .actions.submissions import Answer
from .conf import conf
from .steps import Step

SIGNER = Signer(salt="goedwerk.submission")


def draw_mark() -> str:
    """The form's own mark: the same form sent twice makes one draft. Nobody chooses one freely."""
    return SIGNER.sign(uuid.uuid4().hex)


def read_mark(value: str) -> uuid.UUID | None:
    """The mark in ``value``; None where this site did not draw it."""
    try:
        return uuid.UUID(hex=SIGNER.unsign(value))
    except (BadSignature, ValueError):
        return None


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was posted, be it nothing; None where nobody posts."""
    return request.POST if request.method == "POST" else None


class TextForm(forms.Form):
    """One plain text with a longest length."""

    text = forms.CharField(required=False, widget=forms.Textarea)
    longest = 0

    def clean_text(self) -> str:
        text = as_kept(self.cleaned_data["text"])
        too_long = len(text) - self.longest
        if too_long > 0:
            raise forms.ValidationError(
                _("Je tekst is %(over)d tekens te lang. Er passen er %(max)d."),
                params={"over": too_long, "max": self.longest},
            )
        return text


class StepForm(TextForm):
    """One step of a story; ``submission`` is the mark of a draft that does not exist yet."""

    submission = forms.CharField(widget=forms.HiddenInput, max_length=100, required=False)
    #: Of the text that stood in this step when it was shown (``raw.version_of``).
    version = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    #: The marks and signals that she was shown (``marks.Preview.seen``); nothing waits for them.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, step: Step, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.longest = conf().STEP_LENGTH
        self.step = step
        self.fields["text"].label = str(step.question)

    def clean_text(self) -> str:
        text = super().clean_text()
        if self.step.is_required and not text:
            raise forms.ValidationError(_("Schrijf eerst wat er gebeurde, al is het kort."))
        return text


class SendForm(forms.Form):
    """What is to happen with the story; asked before it goes to the editors."""

    YES, NO = "ja", "nee"
    wants_result = forms.ChoiceField(
        label=_("Wil je het verhaal lezen voordat het op de site komt?"),
        choices=[
            (YES, _("Ja, ik wil het eerst lezen")),
            (NO, _("Nee, de redactie mag het plaatsen")),
        ],
        error_messages={
            "required": _("Kies of je het verhaal eerst wilt lezen."),
            "invalid_choice": _("Kies ja of nee."),
        },
    )
    if_silent = forms.ChoiceField(
        label=_("En als je dan niets laat horen?"),
        choices=[
            (YES, _("Dan gaat het door")),
            (NO, _("Dan gaat het niet door")),
        ],
        required=False,
        error_messages={"invalid_choice": _("Kies of het dan doorgaat.")},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("wants_result") == self.YES and not data.get("if_silent"):
            self.add_error("if_silent", _("Kies wat er gebeurt als je niets laat horen."))
        return data

    def choices(self) -> dict[str, bool]:
        """The choices as ``actions.submissions.send`` takes them."""
        return {
            "wants_result": self.cleaned_data["wants_result"] == self.YES,
            "goes_on_if_silent": self.cleaned_data["if_silent"] == self.YES,
        }


class LetterForm(TextForm):
    """A letter to the editors."""

    longest = LETTER_LENGTH

    def clean_text(self) -> str:
        text = super().clean_text()
        if not text:
            raise forms.ValidationError(_("Schrijf eerst je brief."))
        return text


class ConsentForm(TextForm):
    """Her answer to the story that was made of her text."""

    longest = LETTER_LENGTH
    #: The digest of the story in front of her: her answer holds for those words alone.
    version = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    choice = forms.ChoiceField(
        label=_("Mag dit verhaal zo op de site?"),
        choices=[
            (Answer.AGREE.value, _("Ja, plaats het zo")),
            (Answer.CHANGE.value, _("Er moet iets anders")),
            (Answer.STOP.value, _("Nee, plaats het niet")),
        ],
        error_messages={
            "required": _("Kies een van de drie antwoorden."),
            "invalid_choice": _("Kies een van de drie antwoorden."),
        },
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        wants_change = data.get("choice") == Answer.CHANGE
        if wants_change and not data.get("text") and "text" not in self.errors:
            self.add_error("text", _("Schrijf op wat er anders moet."))
        return data
