"""One's own answer in words: made for one page, kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .forms import PILE_SHORT, AnswerForm
from .sheets import PILES, Form


@dataclass(frozen=True)
class Part:
    """A heading ("" where there is but one), and what was chosen under it."""

    heading: str
    lines: tuple[str, ...]


def own_answer(form: AnswerForm) -> list[Part]:
    """What somebody chose, in the order of the sheet; of a valid form."""
    sheet, chosen = form.sheet, set(form.cells())
    if sheet.form == Form.MARK:
        return [Part("", tuple(item.text for item in sheet.items if item.key in chosen))]
    if sheet.form == Form.SORT:
        return _piles(form, chosen)
    if sheet.form == Form.PLACE:
        return [Part("", tuple(_placed(form)))]
    return [
        Part(
            "",
            tuple(
                f"{item.text}: {step.text}"
                for item in sheet.items
                for step in sheet.steps
                if f"{item.key}:{step.key}" in chosen
            ),
        )
    ]


def _piles(form: AnswerForm, chosen: set[str]) -> list[Part]:
    """Both piles, and what lies on both of them."""
    piles = {
        pile: tuple(item.text for item in form.sheet.items if f"{pile}:{item.key}" in chosen)
        for pile in PILES
    }
    personal, working = piles.values()
    both = tuple(text for text in personal if text in working)
    parts = [Part(str(PILE_SHORT[pile]), lines) for pile, lines in piles.items()]
    return [*parts, Part(_("allebei"), both)]


def _placed(form: AnswerForm) -> list[str]:
    sheet, found = form.sheet, []
    for item in sheet.items:
        x, y = (form.cleaned_data[f"{axis}-{item.key}"] for axis in "xy")
        if x and y:
            found.append(f"{item.text}: {sheet.across} {x}, {sheet.upward} {y}")
    return found
