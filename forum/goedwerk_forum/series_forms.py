"""What guides fill in about circles that belong together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .actions.series import SeriesWords
from .circle_forms import Line, Words
from .guide_forms import GuideForm
from .models import Circle, Series
from .models.series import PURPOSE_LENGTH, REPORT_LENGTH, TITLE_LENGTH


class SeriesForm(GuideForm):
    """What a series is called, and what it is for."""

    series_name = Line(
        label=_("Naam van het traject"),
        max_length=TITLE_LENGTH,
        help_text=_(
            "De leden en begeleiders van alle kringen zien de naam. Noem geen organisatie of team."
        ),
        error_messages={"required": _("Geef het traject een naam.")},
    )
    purpose = Line(
        label=_("Waarvoor is het traject?"),
        max_length=PURPOSE_LENGTH,
        help_text=_("Eén of twee zinnen. Wat hebben deze kringen samen?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf in een zin waarvoor het traject is.")},
    )

    def __init__(self, *args: Any, found: Series | None = None, **kwargs: Any) -> None:
        if found is not None:
            now = {"series_name": found.title, "purpose": found.purpose}
            kwargs["initial"] = now | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    def words(self) -> SeriesWords:
        return SeriesWords(self.cleaned_data["series_name"], self.cleaned_data["purpose"])


class JoinSeriesForm(GuideForm):
    """Which of her circles a guide lets join."""

    choice = forms.ChoiceField(
        label=_("Welke kring van jou doet mee?"),
        error_messages={
            "required": _("Kies een kring."),
            "invalid_choice": _("Kies een kring uit de lijst."),
        },
    )

    def __init__(self, circles: list[Circle], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["choice"]
        field.choices = [("", _("Kies een kring")), *((one.uuid, one.name) for one in circles)]


class ReportForm(GuideForm):
    """The joint report, as far as it is."""

    text = Words(
        label=_("Jullie verslag"),
        max_length=REPORT_LENGTH,
        required=False,
        help_text=_("Wat leerden de kringen samen? Schrijf over de kringen, niet over mensen."),
        widget=forms.Textarea(attrs={"rows": 16}),
    )
