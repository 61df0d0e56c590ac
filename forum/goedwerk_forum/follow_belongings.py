"""What somebody follows, for her own file and her own page."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import access, following
from .belongings import Source, Thing
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
    """The questions of what anybody may read now: a page may have been closed off since."""
    found = access.public_discussions().filter(uuid__in=targets).select_related("page")
    return {one.uuid.hex: one.question for one in access.only_public(found)}


SOURCE = Source(
    key="follows",
    title=gettext_lazy("Wat je volgt"),
    url_name="goedwerk_forum:following",
    if_cut=gettext_lazy("Je volgt dan niets meer, en krijgt daar geen bericht meer over."),
    of=of,
)
