"""The form with which an ambassador warns, pauses or excludes somebody under a pseudonym."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from ..actions.standing import LONGEST, Order
from ..models import ReasonCode
from ..texts import as_kept
from ..transitions import Measure
from .forms import MOST_WORDS, check_law, law_field

#: Per measure: what it is called, and what follows from it.
CHOICES: dict[Measure, tuple[str | Promise, str | Promise]] = {
    Measure.WARN: (
        _("Waarschuw"),
        _(
            "Schrijven blijft kunnen. Je reden staat 30 dagen bij elk formulier, alleen voor deze "
            "deelnemer. Je woorden leest de deelnemer bij de berichten."
        ),
    ),
    Measure.PAUSE: (
        _("Pauzeer"),
        _("Een tijd niet schrijven, in geen enkele dialoog. Lezen en intrekken kan wel."),
    ),
    Measure.EXCLUDE: (
        _("Sluit uit"),
        _(
            "Tot een datum niet schrijven, in geen enkele dialoog. Een tweede ambassadeur moet "
            "dit bevestigen; tot die tijd gebeurt er niets."
        ),
    ),
}
#: Days of a pause that can be chosen.
PAUSES = [
    (1, _("1 dag")),
    (3, _("3 dagen")),
    (7, _("1 week")),
    (14, _("2 weken")),
    (30, _("1 maand")),
    (LONGEST[Measure.PAUSE], _("3 maanden")),
]


class MeasureForm(forms.Form):
    """Which measure, how long, why, and in which words. Every error says what to do."""

    kind = forms.ChoiceField(
        label=_("Wat wil je doen?"),
        widget=forms.RadioSelect,
        choices=[(kind.value, name) for kind, (name, _what) in CHOICES.items()],
        error_messages={
            "required": _("Kies wat je wilt doen."),
            "invalid_choice": _("Kies een van de drie maatregelen."),
        },
    )
    days = forms.TypedChoiceField(
        label=_("Hoelang duurt de pauze?"),
        choices=[("", _("Kies hoelang")), *PAUSES],
        coerce=int,
        required=False,
        help_text=_("Alleen bij pauzeren."),
        error_messages={"invalid_choice": _("Kies een duur uit de lijst.")},
    )
    until = forms.DateField(
        label=_("Tot en met welke dag is iemand uitgesloten?"),
        widget=AdminDateInput,
        required=False,
        help_text=_("Alleen bij uitsluiten. Hooguit twee jaar."),
        error_messages={"invalid": _("Schrijf een datum, bijvoorbeeld 2027-03-31.")},
    )
    reason = forms.ChoiceField(
        label=_("Reden"),
        choices=[
            ("", _("Kies een reden")),
            *[choice for choice in ReasonCode.choices if choice[0] != ReasonCode.HAND_OVER],
        ],
        help_text=_("De deelnemer leest deze reden."),
        error_messages={
            "required": _("Kies een reden. De deelnemer heeft er recht op."),
            "invalid_choice": _("Kies een reden uit de lijst."),
        },
    )
    law = law_field()
    words = forms.CharField(
        label=_("In je eigen woorden"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Wat gebeurde er, en wat moet anders? De deelnemer leest dit. Noem geen andere "
            "dialogen."
        ),
        error_messages={"required": _("Schrijf erbij wat er gebeurde en wat anders moet.")},
    )

    def options(self) -> Iterator[tuple[Any, str | Promise]]:
        """Each choice with what follows from it."""
        return zip(self["kind"], [what for _name, what in CHOICES.values()], strict=True)

    def order(self) -> Order:
        """What she asks for; the form must be valid."""
        cleaned = self.cleaned_data
        return Order(
            kind=Measure(cleaned["kind"]),
            reason=cleaned["reason"],
            words=cleaned["words"],
            until=self._last_day(),
            law=cleaned["law"],
        )

    def _last_day(self) -> datetime.date:
        kind = Measure(self.cleaned_data["kind"])
        if kind == Measure.EXCLUDE:
            return self.cleaned_data["until"]
        days = int(self.cleaned_data["days"]) if kind == Measure.PAUSE else LONGEST[kind]
        return timezone.localdate() + datetime.timedelta(days=days)

    def clean_words(self) -> str:
        words = as_kept(self.cleaned_data["words"])
        too_long = len(words) - MOST_WORDS
        if too_long > 0:
            raise forms.ValidationError(
                _("Je tekst is %(over)d tekens te lang. Er passen er %(max)d."),
                params={"over": too_long, "max": MOST_WORDS},
            )
        return words

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        kind = cleaned.get("kind")
        if kind == Measure.PAUSE and "days" in cleaned and not cleaned["days"]:
            self.add_error("days", _("Kies hoelang de pauze duurt."))
        if kind == Measure.EXCLUDE and "until" in cleaned:
            self._require_day(cleaned["until"])
        check_law(self)
        return cleaned

    def _require_day(self, until: datetime.date | None) -> None:
        if until is None:
            self.add_error("until", _("Kies de laatste dag van de uitsluiting."))
            return
        days = (until - timezone.localdate()).days
        if not 1 <= days <= LONGEST[Measure.EXCLUDE]:
            self.add_error("until", _("Kies een dag na vandaag, hooguit twee jaar vooruit."))
