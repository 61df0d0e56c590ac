"""What asks for attention, in words: why it is shown, where it stands, what a guide could do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import attention
from .attention import Attention
from .models import Contribution, Discussion, Naming

#: (words, address) of something that a guide could do.
Deed = tuple[str, str]


@dataclass(frozen=True)
class Signal:
    """One sign on the desk. ``glyph`` is a symbol of the sprite; ``why`` says by what it is seen.

    ``said`` are the contributions that it is about; ``offers_hint`` where a private message to
    their authors could help.
    """

    glyph: str
    title: str
    why: str
    said: list[Contribution] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    offers_hint: bool = False


def signals_of(discussion: Discussion, seen: Attention) -> list[Signal]:
    """The signs of a discussion, in the order in which they ask for something."""
    return [*_unanswered(seen), *_heat(discussion, seen), *_quiet(discussion, seen)]


def _unanswered(seen: Attention) -> Iterator[Signal]:
    if seen.unanswered:
        yield Signal(
            "k-boog",
            _("Een vraag wacht op antwoord"),
            ngettext(
                "Na %(days)d dag heeft nog niemand gereageerd waar lezers het zien.",
                "Na %(days)d dagen heeft nog niemand gereageerd waar lezers het zien.",
                attention.QUESTION_WAITS,
            )
            % {"days": attention.QUESTION_WAITS},
            seen.unanswered,
        )
    if seen.left_alone:
        yield Signal(
            "s-open",
            _("Op deze bijdragen ging niemand in"),
            _("Een week lang reageerde er niemand op. Een enkele vraag van jou kan genoeg zijn."),
            seen.left_alone,
        )


def _heat(discussion: Discussion, seen: Attention) -> Iterator[Signal]:
    deeds = [*_naming(discussion), _slower(discussion)]
    if seen.heat:
        yield Signal(
            "s-fout",
            _("Het loopt op"),
            _(
                "%(share)d %% van wat er in de laatste week bij kwam, is teruggegeven, niet "
                "geplaatst of verborgen."
            )
            % {"share": seen.heat},
            deeds=deeds,
        )
    if seen.sharp:
        yield Signal(
            "s-fout",
            _("De toon is scherp"),
            _("De controle op toon zag hier iets, en een collega liet het staan. Lees het zelf."),
            seen.sharp,
            deeds,
            offers_hint=True,
        )
    if seen.reported:
        yield Signal(
            "s-fout",
            _("Een lezer deed een melding"),
            _("Een ambassadeur beslist daarover. Jij ziet alleen waar het speelt."),
            seen.reported,
            deeds,
            offers_hint=True,
        )
    if seen.quick:
        yield Signal(
            "k-paar",
            _("Twee mensen reageren snel op elkaar"),
            _("Zij antwoordden elkaar op één dag vier keer of vaker. Dit is het laatste."),
            seen.quick,
            deeds,
            offers_hint=True,
        )


def _quiet(discussion: Discussion, seen: Attention) -> Iterator[Signal]:
    if seen.silent_for:
        yield Signal(
            "s-komt",
            _("Het is stil"),
            ngettext(
                "Er kwam %(days)d dag niets bij.",
                "Er kwam %(days)d dagen niets bij.",
                seen.silent_for,
            )
            % {"days": seen.silent_for},
            [seen.last] if seen.last else [],
            [_write(discussion), _ask(discussion)],
        )
    if seen.loudest:
        yield Signal(
            "k-paar",
            _("Eén stem is het meest te horen"),
            _("Eén schuilnaam schreef %(share)d %% van de bijdragen in deze dialoog.")
            % {"share": seen.loudest.share},
            [seen.loudest.newest] if seen.loudest.newest else [],
            [_ask(discussion), _slower(discussion)],
            offers_hint=True,
        )


def _write(discussion: Discussion) -> Deed:
    url = reverse("goedwerk_forum:guide_write", args=[discussion.uuid.hex])
    return _("Schrijf als begeleider"), url


def _naming(discussion: Discussion) -> Iterator[Deed]:
    """What happens can be named in three ways; each form opens with sentences to start from."""
    _words, url = _write(discussion)
    for naming in Naming:
        words = _("Benoem wat er gebeurt: %(naming)s") % {"naming": naming.label}
        yield words, f"{url}?benoem={naming.value}"


def _ask(discussion: Discussion) -> Deed:
    url = reverse("goedwerk_forum:guide", args=[discussion.uuid.hex])
    return _("Vraag om een stem die mist"), f"{url}#gw-roep"


def _slower(discussion: Discussion) -> Deed:
    url = reverse("goedwerk_forum:guide", args=[discussion.uuid.hex])
    return _("Verlaag het tempo"), f"{url}#gw-tempo"
