"""What a reader chooses to see of a thread: one kind, one lens, what waits; in which order.

It stands in the address of the page, so it can be shared and kept, and needs no script.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from . import kinds
from .querysets import ContributionQuerySet
from .transitions import Display

#: Names in the address, and the one order that it can name.
KIND, LENS, WAITS, ORDER = "soort", "lens", "wacht", "volgorde"
NEWEST = "nieuwste"


@dataclass(frozen=True)
class Narrowing:
    """Keys of a kind and a lens, empty for all of them; ``waits``: for an answer.

    ``newest``: what came last stands first. It is true where a part of the thread is left out.
    """

    kind: str = ""
    lens: str = ""
    waits: bool = False
    newest: bool = False

    def __bool__(self) -> bool:
        return bool(self.kind or self.lens or self.waits)

    @property
    def query(self) -> str:
        """The part of the address that says it; empty where nothing was chosen."""
        chosen = {
            KIND: self.kind,
            LENS: self.lens,
            WAITS: "1" if self.waits else "",
            ORDER: NEWEST if self.newest else "",
        }
        return urlencode({name: value for name, value in chosen.items() if value})

    @property
    def words(self) -> str:
        """What was chosen, in words; empty where nothing was."""
        return ", ".join(
            words
            for chosen, words in (
                (self.kind, kinds.words_of(self.kind).name.lower() if self.kind else ""),
                (self.lens, kinds.lens_of(self.lens).name),
                (self.waits, _("wacht op een antwoord")),
            )
            if chosen
        )

    def of(self, shown: ContributionQuerySet) -> ContributionQuerySet:
        """Those of ``shown`` (with voices) that were chosen: texts of participants only."""
        if not self:
            return shown
        said = shown.filter(Q(by_guide=False) | Q(said_on__isnull=False), display=Display.TEXT)
        if self.kind:
            said = said.filter(kind=self.kind)
        if self.lens:
            said = said.filter(lens=self.lens)
        if self.waits:
            said = said.awaiting_answer()
        return said


#: The whole thread.
NOTHING_CHOSEN = Narrowing()


def narrowing_of(request: HttpRequest | None) -> Narrowing:
    """What the address of a page asks; what it does not know, it leaves out."""
    asked: Any = request.GET if request is not None else {}
    kind, lens = asked.get(KIND, ""), asked.get(LENS, "")
    return Narrowing(
        kind=kind if any(kind == known.key for known in kinds.every()) else "",
        lens=lens if any(lens == known.key for known in kinds.lenses()) else "",
        waits=WAITS in asked,
        newest=asked.get(ORDER) == NEWEST,
    )


@dataclass(frozen=True)
class Choice:
    """One link: its words, the address it leads to, its sign in the sprite."""

    words: str
    query: str
    is_chosen: bool
    sign: str = ""
    #: How many there are; None where that is not told.
    number: int | None = None


def kind_choices(now: Narrowing) -> list[Choice]:
    """All kinds, and each of those in use, with what else is chosen kept."""
    return [
        _choice(_("Alle soorten"), now, replace(now, kind="")),
        *(
            _choice(kind.name, now, replace(now, kind=kind.key), f"k-{kind.shape}")
            for kind in kinds.in_use()
        ),
    ]


def lens_choices(now: Narrowing, counts: Iterable[tuple[kinds.LensName, int]]) -> list[Choice]:
    """All lenses, and each of the three with how many chose it; none where nobody chose any.

    Of a part of the thread the numbers would not be true: then they are not told.
    """
    whole = not replace(now, lens="")
    told = list(counts)
    if not now.lens and not any(number for _lens, number in told):
        return []
    return [
        _choice(_("Alles"), now, replace(now, lens="")),
        *(
            _choice(
                lens.name.capitalize(),
                now,
                replace(now, lens=lens.key),
                f"b-{lens.key}",
                number if whole else None,
            )
            for lens, number in told
        ),
    ]


def waiting_choices(now: Narrowing) -> list[Choice]:
    """With an answer or without one, or only what waits for one; none where no kind asks for it."""
    if not kinds.asking():
        return []
    return [
        _choice(_("Met en zonder antwoord"), now, replace(now, waits=False)),
        _choice(_("Wacht op een antwoord"), now, replace(now, waits=True), "s-open"),
    ]


def in_order(now: Narrowing) -> Narrowing:
    """The same, as the conversation went."""
    return replace(now, newest=False)


def order_choices(now: Narrowing) -> list[Choice]:
    """As the conversation went, or what came last first."""
    return [
        _choice(_("Zoals de dialoog ging"), now, in_order(now)),
        _choice(_("Nieuwste eerst"), now, replace(now, newest=True)),
    ]


def _choice(
    words: str, now: Narrowing, chosen: Narrowing, sign: str = "", number: int | None = None
) -> Choice:
    return Choice(words, chosen.query, chosen == now, sign, number)
