"""The formats that a site starts with. Owners change them; ``goedwerk_setup`` brings them once.

Their words are Dutch, and translated where they are shown; what an editor writes stands as she
wrote it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

#: The step in which one votes: a task that another app may offer under this key.
VOTE = "stemmen"


@dataclass(frozen=True)
class Shipped:
    """One step: its name, its question, the keys of the kinds that it opens (none: all)."""

    name: str
    question: str
    kinds: tuple[str, ...] = ()
    is_round: bool = False
    task: str = ""


FORMATS: tuple[tuple[str, str, tuple[Shipped, ...]], ...] = (
    (
        _("Goed Werk-dialoog"),
        _(
            "De gewone werkvorm bij een verhaal: eerst verkennen, dan eigen ervaringen delen, dan "
            "samen wegen, en tot slot ophalen wat je meeneemt."
        ),
        (
            Shipped(
                _("Verkennen"),
                _("Wat gebeurt hier, en wat wil je nog weten?"),
                ("vraag", "perspectief"),
            ),
            Shipped(
                _("Delen"),
                _("Wanneer maakte jij iets mee dat hierop lijkt, en wat deed je?"),
                ("ervaring", "waardering"),
                is_round=True,
            ),
            Shipped(
                _("Wegen"),
                _("Wat weegt hier het zwaarst, en wie draagt de gevolgen?"),
                ("afweging", "perspectief", "tegenspraak"),
            ),
            Shipped(
                _("Oogsten"),
                _("Wat neem je hieruit mee naar je eigen werk?"),
                ("ervaring", "afweging", "waardering"),
            ),
        ),
    ),
    (
        _("Dilemmasessie"),
        _(
            "Voor een keuze tussen twee dingen die allebei kloppen. Eerst kiest ieder voor zich, "
            "dan hoor je wat een ander zwaar laat wegen."
        ),
        (
            Shipped(
                _("Herkennen"),
                _("Waar wringt het, en herken je dat uit je eigen werk?"),
                ("ervaring", "vraag"),
            ),
            Shipped(
                _("Kiezen"),
                _("Wat zou jij doen, en wat geeft voor jou de doorslag?"),
                ("afweging",),
                is_round=True,
            ),
            Shipped(
                _("Omdraaien"),
                _("Wat is het sterkste argument voor de andere keuze?"),
                ("tegenspraak", "perspectief"),
            ),
            Shipped(
                _("Afronden"),
                _("Is je keuze veranderd, en wat hielp je daarbij?"),
                ("afweging", "waardering"),
            ),
        ),
    ),
    (
        _("Moreel beraad"),
        _(
            "Zeven stappen rond één morele vraag. Neem er de tijd voor: wie te snel naar een "
            "besluit gaat, mist de waarden die op het spel staan."
        ),
        (
            Shipped(
                _("Vraag"),
                _("Welke morele vraag ligt hier op tafel?"),
                ("vraag", "ervaring"),
            ),
            Shipped(
                _("Feiten"),
                _("Wat weten we zeker, en wat moeten we nog weten?"),
                ("vraag", "ervaring"),
            ),
            Shipped(
                _("Betrokkenen"),
                _("Wie heeft hiermee te maken, en hoe ziet het er voor hen uit?"),
                ("perspectief",),
                is_round=True,
            ),
            Shipped(
                _("Waarden"),
                _("Welke waarden staan hier op het spel?"),
                ("afweging", "perspectief", "waardering"),
            ),
            Shipped(
                _("Opties"),
                _("Wat kun je doen? Noem ook wat niet voor de hand ligt."),
                ("ervaring", "afweging", "vraag"),
            ),
            Shipped(
                _("Weging"),
                _("Welke waarden weegt elke optie zwaarder, en welke schade doet zij?"),
                ("afweging", "tegenspraak"),
                is_round=True,
            ),
            Shipped(
                _("Besluit"),
                _("Wat is goed om te doen, en wat ben je verschuldigd aan wie het raakt?"),
                ("afweging", "waardering"),
            ),
        ),
    ),
    (
        _("Intervisie"),
        _(
            "De incidentmethode: één voorval uit het werk, eerst alleen vragen, dan kijken wat er "
            "speelt, en pas daarna zeggen wat jij zou doen."
        ),
        (
            Shipped(
                _("Voorval"),
                _("Wat gebeurde er, en op welk moment moest je kiezen?"),
                ("ervaring",),
            ),
            Shipped(
                _("Vragen"),
                _("Wat wil je weten om het voorval te begrijpen? Geef nog geen advies."),
                ("vraag", "ervaring"),
                is_round=True,
            ),
            Shipped(
                _("Wat speelt er"),
                _("Wat is volgens jou de kern, en wat maakt het lastig?"),
                ("perspectief", "afweging"),
            ),
            Shipped(
                _("Wat zou jij doen"),
                _("Stel dat jij hier stond: wat zou jij doen, en waarom?"),
                ("afweging", "tegenspraak"),
                is_round=True,
            ),
            Shipped(
                _("Terugkijken"),
                _("Wat hielp, en wat doe je een volgende keer anders?"),
                ("ervaring", "waardering"),
            ),
        ),
    ),
    (
        _("Stelling"),
        _(
            "Eerst stemmen, dan de dialoog, dan opnieuw stemmen. Het gaat niet om wie wint, maar "
            "om wat iemand aan het denken zette."
        ),
        (
            Shipped(
                _("Eerst stemmen"),
                _("Wat vind jij, voordat je anderen hoort? Een reden mag erbij."),
                ("afweging", "ervaring"),
                task=VOTE,
            ),
            Shipped(
                _("In gesprek"),
                _("Wat zie jij wat een ander nog niet zag?"),
                ("ervaring", "vraag", "perspectief", "tegenspraak", "waardering"),
            ),
            Shipped(
                _("Opnieuw stemmen"),
                _("Wat vind je nu, en wat bracht je daar?"),
                ("afweging", "waardering"),
                task=VOTE,
            ),
        ),
    ),
)

#: Words that are translated; any others are an editor's.
_WORDS = frozenset(
    words
    for name, introduction, steps in FORMATS
    for words in (name, introduction, *(said for one in steps for said in (one.name, one.question)))
)


def shown(words: str) -> str:
    """An editor's words as they stand; the shipped ones in the reader's language."""
    return gettext(words) if words in _WORDS else words
