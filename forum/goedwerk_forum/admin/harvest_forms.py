"""The form in which a composer picks words of a contribution."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ..guide_forms import without_traces
from ..models import QUOTE_LENGTH, HarvestQuote
from ..texts import as_kept


class PickForm(forms.Form):
    """What is called ``text`` comes back in the form when something is wrong."""

    form = forms.ChoiceField(
        label=_("Hoe neem je het op?"),
        choices=HarvestQuote.Form.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies citaat of samenvatting.")},
    )
    text = forms.CharField(
        label=_("De woorden"),
        help_text=_(
            "Citaat: laat staan wat je wilt tonen en haal de rest weg. Zet … waar je in het "
            "midden iets weglaat. Samenvatting: schrijf het in je eigen woorden."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=QUOTE_LENGTH,
        error_messages={
            "required": _("Schrijf de woorden die je wilt opnemen."),
            "max_length": _("Kort het in tot hooguit %(limit_value)d tekens."),
        },
    )
    place = forms.ChoiceField(
        label=_("Waar staat het?"),
        choices=HarvestQuote.Place.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies waar het staat.")},
    )

    def clean_text(self) -> str:
        text = as_kept(self.cleaned_data["text"])
        without_traces(text)
        return text
