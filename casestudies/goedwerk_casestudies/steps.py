"""The five steps in which somebody tells a story: what each asks, and what may help."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Step:
    """One step: ``name`` is the part of the raw text, ``slug`` stands in the address."""

    name: str
    slug: str
    short: Words
    question: Words
    help: Words
    example: Words
    is_required: bool = False


STEPS: tuple[Step, ...] = (
    Step(
        "what_happened",
        "gebeurd",
        _("Wat er gebeurde"),
        _("Wat gebeurde er?"),
        _(
            "Vertel het zoals je het een collega vertelt. Eén situatie is genoeg. "
            "Schrijf gewoon door: wat iemand herkenbaar maakt, halen we er later samen uit."
        ),
        _("Wie vroeg je wat? Wanneer merkte je dat dit geen gewone werkdag was?"),
        is_required=True,
    ),
    Step(
        "tension",
        "spanning",
        _("De spanning"),
        _("Waar zat de spanning?"),
        _(
            "Wat trok aan je? Vaak botsen twee dingen die allebei kloppen. "
            "Schrijf ze allebei op, ook wat niet zwaar woog."
        ),
        _("Wat verwachtte je leidinggevende? Wat vond jij goed werk?"),
    ),
    Step(
        "weighed",
        "afweging",
        _("De afweging"),
        _("Wat woog je af?"),
        _("Schrijf op wat je had kunnen doen. Wat pleitte ervoor en wat ertegen?"),
        _("Wie zou er last van krijgen als je niets deed? Wie juist als je iets deed?"),
    ),
    Step(
        "done",
        "gedaan",
        _("Wat je deed"),
        _("Wat deed je?"),
        _("Vertel wat je deed of zei, stap voor stap. Ook wachten of zwijgen is iets wat je doet."),
        _("Met wie sprak je het eerst? Welk woord koos je, en welk woord niet?"),
    ),
    Step(
        "hindsight",
        "terugblik",
        _("De terugblik"),
        _("Wat zie je achteraf?"),
        _("Wat weet je nu wat je toen niet wist? Je hoeft niet gelijk te hebben gehad."),
        _("Wat geef je een nieuwe collega mee die in hetzelfde terechtkomt?"),
    ),
)

SLUGS = tuple(step.slug for step in STEPS)


def number_of(slug: str) -> int | None:
    """Which step an address names, counted from 0; None where it names none."""
    return SLUGS.index(slug) if slug in SLUGS else None
