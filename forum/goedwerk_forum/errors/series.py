"""What can go wrong in a series of circles."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .base import ForumError


class InAnotherSeries(ForumError):
    """A circle belongs to one series at most."""

    code = "in_another_series"
    message = _("Deze kring hoort al bij een ander traject. Haal hem daar eerst uit.")


class SeriesFull(ForumError):
    """As many circles belong to the series as may."""

    code = "series_full"
    message = _("Bij dit traject horen al twaalf kringen. Meer kan niet.")


class NoLinkLeft(ForumError):
    """The circles of the series and the links that are out are as many as may be."""

    code = "no_link_left"
    message = _(
        "Er horen %(most)d kringen bij dit traject, of er zijn zoveel links uit. Trek een link in "
        "om een andere te maken."
    )

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def __str__(self) -> str:
        return str(self.message) % {"most": self.most}


class ReportChanged(ForumError):
    """Another guide wrote on the joint report since it was shown."""

    code = "report_changed"
    message = _(
        "Een andere begeleider schreef intussen ook aan dit verslag. Er is nog niets van jou "
        "bewaard. Je ziet hieronder hoe het nu is."
    )


class SeriesChanged(ForumError):
    """Another guide changed the name or the purpose since the form was shown."""

    code = "series_changed"
    message = _(
        "Een andere begeleider veranderde dit traject intussen. Er is nog niets van jou bewaard. "
        "Wat je invulde, staat hieronder. Wil je dat het zo wordt? Bewaar het dan nog eens."
    )
