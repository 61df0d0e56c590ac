"""One form per form of assignment; what it gives are cells, and what was typed stays in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .sheets import AXIS, PILES, Form, Item, Sheet

#: Names of all fields begin so: by it ``views.rescue`` knows choices that must not be lost.
PREFIX = "a"
#: How the piles are asked for.
PILE_WORDS = {
    "personal": gettext_lazy("Wat past bij jou als mens?"),
    "working": gettext_lazy("Wat past bij hoe je werkt?"),
}
#: The same, beside a bar.
PILE_SHORT = {"personal": gettext_lazy("als mens"), "working": gettext_lazy("op het werk")}


class AnswerForm(forms.Form):
    """Answers to a sheet."""

    def __init__(self, sheet: Sheet, data: Any = None) -> None:
        super().__init__(data, prefix=PREFIX)
        self.sheet = sheet
        self.fields = dict(self._fields())

    def _fields(self) -> Iterator[tuple[str, forms.Field]]:
        raise NotImplementedError

    def cells(self) -> list[str]:
        """The cells that were chosen; of a valid form."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not self.cells():
            raise forms.ValidationError(_("Kies minstens één antwoord."))
        return cleaned


class MarkForm(AnswerForm):
    """Whatever applies, of a list."""

    def _fields(self) -> Iterator[tuple[str, forms.Field]]:
        yield "marked", _many(self.sheet.items, _("Kies er zoveel als je wilt."))

    def cells(self) -> list[str]:
        return list(self.cleaned_data["marked"])


class SortForm(AnswerForm):
    """Two piles of cards, each of so many at most."""

    def _fields(self) -> Iterator[tuple[str, forms.Field]]:
        for pile in PILES:
            field = _many(self.sheet.items, str(PILE_WORDS[pile]))
            field.help_text = _("Kies er hooguit %(most)s.") % {"most": self.sheet.most}
            yield pile, field

    def clean(self) -> dict[str, Any]:
        for pile in PILES:
            chosen = len(self.cleaned_data.get(pile, ()))
            if chosen > self.sheet.most:
                message = _("Kies er hooguit %(most)s. Je koos er %(chosen)s.")
                self.add_error(pile, message % {"most": self.sheet.most, "chosen": chosen})
        return super().clean()

    def cells(self) -> list[str]:
        return [f"{pile}:{key}" for pile in PILES for key in self.cleaned_data[pile]]


class PlaceForm(AnswerForm):
    """A mark on each of two axes for whatever one wants to place."""

    def _fields(self) -> Iterator[tuple[str, forms.Field]]:
        for item in self.sheet.items:
            for axis, name in (("x", self.sheet.across), ("y", self.sheet.upward)):
                yield f"{axis}-{item.key}", _axis(name)

    def clean(self) -> dict[str, Any]:
        for item in self.sheet.items:
            names = [f"{axis}-{item.key}" for axis in "xy"]
            empty = [name for name in names if not self.cleaned_data.get(name)]
            if len(empty) == 1 and empty[0] not in self.errors:
                message = _("Kies bij ‘%(item)s’ ook dit, of laat beide leeg.")
                self.add_error(empty[0], message % {"item": item.text})
        return super().clean()

    def cells(self) -> list[str]:
        given = (
            (f"{item.key}:{axis}", self.cleaned_data[f"{axis}-{item.key}"])
            for item in self.sheet.items
            for axis in "xy"
        )
        return [f"{place}:{mark}" for place, mark in given if mark]

    @property
    def rows(self) -> list[tuple[Item, list[forms.BoundField]]]:
        """(item, its two selects), for the template."""
        return [(item, [self[f"{axis}-{item.key}"] for axis in "xy"]) for item in self.sheet.items]


class ScaleForm(AnswerForm):
    """One step for each sentence; a single sentence must have one."""

    def _fields(self) -> Iterator[tuple[str, forms.Field]]:
        choices = [(step.key, step.text) for step in self.sheet.steps]
        alone = len(self.sheet.items) == 1
        for item in self.sheet.items:
            yield (
                f"s-{item.key}",
                forms.ChoiceField(
                    label=item.text,
                    choices=choices,
                    required=alone,
                    error_messages={"required": _("Kies een antwoord.")},
                ),
            )

    def cells(self) -> list[str]:
        given = ((item, self.cleaned_data[f"s-{item.key}"]) for item in self.sheet.items)
        return [f"{item.key}:{step}" for item, step in given if step]

    @property
    def rows(self) -> list[tuple[Item, forms.BoundField]]:
        return [(item, self[f"s-{item.key}"]) for item in self.sheet.items]


FORMS: dict[str, type[AnswerForm]] = {
    Form.MARK: MarkForm,
    Form.SORT: SortForm,
    Form.PLACE: PlaceForm,
    Form.SCALE: ScaleForm,
}


def form_of(sheet: Sheet, data: Any = None) -> AnswerForm:
    """The form that asks what a sheet asks."""
    return FORMS[sheet.form](sheet, data)


def _many(items: tuple[Item, ...], label: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=[(item.key, item.text) for item in items], required=False
    )


def _axis(name: str) -> forms.ChoiceField:
    words = {AXIS[0]: _("weinig"), AXIS[-1]: _("veel")}
    marks = [(str(n), f"{n} – {words[n]}" if n in words else str(n)) for n in AXIS]
    return forms.ChoiceField(label=name, choices=[("", "–"), *marks], required=False)
