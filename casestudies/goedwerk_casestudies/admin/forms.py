from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from goedwerk_forum.people import Person
from goedwerk_forum.texts import as_kept

from ..actions.letters import LETTER_LENGTH
from ..actions.stories import places_for
from ..actions.workbench import WhyNot
from ..models import CaseStudyIndexPage, StoryPage
from ..work import CHECKS
from . import people

#: Most characters beside the reason in a letter that says no.
MOST_WORDS = LETTER_LENGTH - 200


class ChecksForm(forms.Form):
    """The three questions on being recognised; an answer may wait, a page needs all three."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in CHECKS:
            field = cast(Any, StoryPage._meta.get_field(name))
            self.fields[name] = forms.CharField(
                label=str(field.verbose_name).capitalize(),
                help_text=field.help_text,
                max_length=field.max_length,
                required=False,
                widget=forms.Textarea(attrs={"rows": 4}),
                error_messages={
                    "max_length": _("Dit is te lang: hoogstens %(limit_value)d tekens.")
                },
            )

    def answers(self) -> dict[str, str]:
        return {name: as_kept(self.cleaned_data[name]) for name in CHECKS}


class LetterForm(forms.Form):
    text = forms.CharField(
        label=_("Je brief"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "De inzender leest dit op de site, onder ‘redactie’. Schrijf je naam er niet bij."
        ),
        error_messages={"required": _("Schrijf eerst je brief.")},
    )

    def clean_text(self) -> str:
        return _within(as_kept(self.cleaned_data["text"]), LETTER_LENGTH)


class RefusalForm(forms.Form):
    why = forms.ChoiceField(
        label=_("Waarom plaats je dit niet?"),
        choices=WhyNot.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een reden. De inzender leest die.")},
    )
    words = forms.CharField(
        label=_("Je brief aan de inzender"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Bedank voor het vertrouwen, en zeg wat er wel kan. Schrijf je naam er niet bij."
        ),
    )

    def clean_words(self) -> str:
        return _within(as_kept(self.cleaned_data["words"]), MOST_WORDS)

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("why") == WhyNot.OTHER and not self.cleaned_data.get("words"):
            self.add_error("words", _("Leg de reden uit in de brief."))
        return self.cleaned_data


class HandOverForm(forms.Form):
    to = forms.ChoiceField(
        label=_("Aan wie geef je het?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een collega, of leg het terug in de lijst.")},
    )

    def __init__(self, editor: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(one.pk): one for one in people.colleagues_of(editor)}
        choices = [(key, one.get_username()) for key, one in self.colleagues.items()]
        field = cast(forms.ChoiceField, self.fields["to"])
        field.choices = [*choices, ("list", _("Leg het terug in de lijst"))]


class PlaceForm(forms.Form):
    """Below which overview the page comes, of those where the editor may add one."""

    parent = forms.ChoiceField(
        label=_("Onder welk overzicht komt het verhaal?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een overzicht.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, editor: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(place.pk): place for place in places_for(editor)}
        field = cast(forms.ChoiceField, self.fields["parent"])
        field.choices = [(key, place.title) for key, place in self.places.items()]
        if len(self.places) == 1:
            field.initial = next(iter(self.places))

    def place(self) -> CaseStudyIndexPage:
        return self.places[self.cleaned_data["parent"]]


def _within(text: str, most: int) -> str:
    if len(text) > most:
        raise forms.ValidationError(
            _("Je tekst is te lang: hoogstens %(most)d tekens."), params={"most": most}
        )
    return text
