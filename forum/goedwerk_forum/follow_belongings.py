"""What somebody follows, for her own file and her own page."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import following
from .belongings import Source, Thing
from .models import Discussion
from .people import Person


def of(user: Person) -> list[Thing]:
    """All that ``user`` follows; the title of what she could no longer read is left out."""
    rows = following.own_follows(user)
    titles = _titles([row.target for row in rows if row.kind == following.DISCUSSION])
    return [
        Thing(
            title=titles.get(row.target) or _("Iets dat je volgt"),
            state=_("met mail") if row.sealed_account else _("zonder mail"),
            day=row.day,
            facts={"kind": row.kind, "ends": row.gone_after.isoformat()},
        )
        for row in rows
    ]


def _titles(targets: list[str]) -> dict[str, str]:
    found = Discussion.objects.filter(uuid__in=targets, in_circle=False, page__live=True)
    return {
        mark.hex: question for mark, question in found.values_list("uuid", "question").order_by()
    }


SOURCE = Source(
    key="follows",
    title=gettext_lazy("Wat je volgt"),
    url_name="goedwerk_forum:following",
    if_cut=gettext_lazy("Je volgt dan niets meer, en krijgt daar geen bericht meer over."),
    of=of,
)
