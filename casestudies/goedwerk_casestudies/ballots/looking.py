"""What a page shows of its rounds: the same for every reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from . import drawing
from .forms import PILE_SHORT
from .sheets import Form
from .showing import Choice, Mark, Place, Shown, shown

if TYPE_CHECKING:
    from ..models import BallotPageMixin, Round


def page_context(page: BallotPageMixin) -> dict[str, Any]:
    """``round`` that is open (or None), ``sheet``, and ``pictures``, the newest round first."""
    rounds = page.rounds
    open_round = page.open_round
    newest = open_round or (rounds[-1] if rounds else None)
    return {
        "round": open_round,
        "last_round": newest,
        "sheet": newest.asked if newest else page.sheet(),
        "pictures": pictures(rounds),
    }


def pictures(rounds: list[Round]) -> list[dict[str, Any]]:
    """One picture per round, or one of two rounds where they can be laid beside each other."""
    seen = [shown(one) for one in rounds]
    if len(seen) == 2 and _asks_one_thing(seen[0]) and (shift := drawing.of_shift(*seen)):
        return [{"shown": seen[1], "form": Form.SCALE, "bars": [shift], "is_shift": True}]
    return [picture(one) for one in reversed(seen)]


def _asks_one_thing(one: Shown) -> bool:
    return one.sheet.form == Form.SCALE and len(one.sheet.items) == 1


def picture(one: Shown) -> dict[str, Any]:
    """What the template of a form's picture needs."""
    sheet = one.sheet
    found: dict[str, Any] = {"shown": one, "form": sheet.form}
    places = [line for line in one.lines if isinstance(line, Place)]
    marks = [line for line in one.lines if isinstance(line, Mark)]
    if places:
        return found | {"field": drawing.of_places(sheet, places)}
    if marks:
        kinds = [str(words) for words in PILE_SHORT.values()] if sheet.form == Form.SORT else [""]
        drawn = drawing.of_marks(_("Het beeld van de groep"), marks, kinds, one.round.counted)
        return found | {"bars": [drawn]}
    choices = [line for line in one.lines if isinstance(line, Choice)]
    return found | {"bars": [bar for line in choices if (bar := drawing.of_choice(line))]}
