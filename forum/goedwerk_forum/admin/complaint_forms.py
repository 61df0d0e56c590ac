"""The forms of who answers reports and judges appeals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..actions.appeals import Outcome
from ..complaint_forms import TextField
from ..models import Appeal
from ..transitions import Measure

Choice = tuple[str | Promise, str | Promise]

#: Per outcome of an appeal: what it is called, and what follows from it.
ON_A_TEXT: dict[Outcome, Choice] = {
    Outcome.GRANT: (
        _("Toewijzen"),
        _(
            "De tekst komt (weer) op de pagina, met de antwoorden die erbij staan. "
            "Lezers zien hem bij de volgende ronde."
        ),
    ),
    Outcome.CONDITION: (
        _("Toewijzen op een voorwaarde"),
        _(
            "De tekst gaat terug naar de schrijver. Jouw woorden zijn de voorwaarde, bijvoorbeeld: "
            "als je de naam van de straat weghaalt. Daarna leest een ambassadeur hem."
        ),
    ),
    Outcome.REFUSE: (_("Afwijzen"), _("Het besluit blijft. De schrijver leest waarom.")),
}
ON_A_MEASURE: dict[Outcome, Choice] = {
    Outcome.GRANT: (_("Toewijzen"), _("De maatregel is meteen voorbij, in alle dialogen.")),
    Outcome.REFUSE: (_("Afwijzen"), _("De maatregel blijft. De deelnemer leest waarom.")),
}


class KeepForm(forms.Form):
    """Letting a reported text stand: which reports were read, and what reporters will read."""

    text = TextField(
        label=_("Antwoord aan wie meldde"),
        required=False,
        help_text=_("Mag leeg blijven. De schrijver leest dit niet. Hooguit 1000 tekens."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput)

    def reports(self) -> list[str]:
        return self.cleaned_data["seen"].split()


class PageReportForm(forms.Form):
    """The answer to a report of a page."""

    outcome = forms.ChoiceField(
        label=_("Wat is je antwoord?"),
        choices=[
            ("upheld", _("De melder heeft gelijk: we passen de pagina aan")),
            ("refused", _("De pagina blijft zoals zij is")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies je antwoord.")},
    )
    text = TextField(
        label=_("In je eigen woorden"),
        required=False,
        help_text=_("De melder leest dit. Hooguit 1000 tekens."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class QuestionForm(forms.Form):
    """The judge's one question."""

    text = TextField(
        label=_("Je vraag aan de schrijver"),
        help_text=_("Je kunt één keer iets vragen. De schrijver antwoordt één keer."),
        widget=forms.Textarea(attrs={"rows": 3, "id": "id_question"}),
        error_messages={"required": _("Schrijf je vraag.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput(attrs={"id": "id_question_version"}))


class VerdictForm(forms.Form):
    """What is judged, and why."""

    outcome = forms.ChoiceField(
        label=_("Wat beslis je?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies wat je beslist."),
            "invalid_choice": _("Kies een van de beslissingen hieronder."),
        },
    )
    text = TextField(
        label=_("Waarom, of op welke voorwaarde"),
        help_text=_("De schrijver leest dit. Hooguit 1000 tekens."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Schrijf waarom. De schrijver heeft er recht op.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, appeal: Appeal, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_measure = appeal.statement.decision in Measure.values
        self.wording = ON_A_MEASURE if of_measure else ON_A_TEXT
        field: Any = self.fields["outcome"]
        field.choices = [(outcome.value, name) for outcome, (name, _what) in self.wording.items()]

    def options(self) -> Iterator[tuple[Any, str | Promise]]:
        """Each choice with what follows from it."""
        return zip(self["outcome"], [what for _name, what in self.wording.values()], strict=True)
