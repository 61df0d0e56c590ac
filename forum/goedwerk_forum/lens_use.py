"""Through which of the three lenses a dialogue looks, and which one is little used there."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import kinds
from .charts import Bar, BarChart
from .kinds import LensName
from .models import Discussion
from .reading import heard_in

#: A lens is little used where it has at most one in so many of the contributions with a lens:
#: half of its equal share.
LITTLE = 6
#: Contributions with a lens from which that says something.
ENOUGH = 3


@dataclass(frozen=True)
class LensUse:
    """How many of the shown contributions chose each lens, in the order of the lenses."""

    counts: tuple[tuple[LensName, int], ...]

    @property
    def total(self) -> int:
        return sum(number for _lens, number in self.counts)

    @property
    def least(self) -> LensName | None:
        """The lens that is little used; None where all are used, or too little was said."""
        lens, number = min(self.counts, key=lambda one: one[1])
        return lens if self.total >= ENOUGH and number * LITTLE <= self.total else None

    @property
    def chart(self) -> BarChart:
        return BarChart(
            name="lenzen",
            title=_("Bijdragen per lens"),
            description=ngettext(
                "%(total)d bijdrage koos een lens.",
                "%(total)d bijdragen kozen een lens.",
                self.total,
            )
            % {"total": self.total},
            head=(_("Lens"), _("Bijdragen")),
            bars=[Bar(lens.name.capitalize(), number) for lens, number in self.counts],
        )


def lens_use(discussion: Discussion) -> LensUse:
    """Of the texts that readers see now; asks nothing beside the voices of the discussion."""
    return LensUse(tuple(zip(kinds.lenses(), heard_in(discussion).lens_counts, strict=True)))
