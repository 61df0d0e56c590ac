"""A thread with what came last at the top: windows of constant size, as many queries as in order.

What came last is what readers saw last, not what was typed last: the order of typing would tell
how long something waited for its moderation.
"""

from __future__ import annotations

from django.db.models import Q

from .conf import conf
from .ids import PUBLIC_ID
from .models import Contribution, Discussion
from .narrowing import Narrowing
from .nodes import node_of
from .querysets import ContributionQuerySet
from .reading import Cursor, Window
from .transitions import Display

#: Where a contribution stands: since which version of its discussion, and its path.
Place = tuple[int, str]
#: (name in the cursor, whether it lies on the older side, whether itself goes along)
SIDES = (("start", True, True), ("after", True, False), ("before", False, False))


def window(discussion: Discussion, cursor: Cursor, narrowing: Narrowing) -> Window:
    """The window at ``cursor``; the first one where there is none or it points nowhere.

    Only texts, each by itself: what was taken away has no place here.
    """
    size = conf().WINDOW
    said = Contribution.objects.filter(discussion=discussion, display=Display.TEXT)
    shown = narrowing.of(said.with_voices())
    place, is_older, is_along = _anchor(discussion, cursor)
    backwards = cursor.at_end or (place is not None and not is_older)
    beyond = shown.filter(_beyond(place, is_older=is_older, is_along=is_along)) if place else shown
    rows = list(beyond.order_by(*_order(backwards=backwards))[: size + 1])
    if place and not rows:  # nothing beyond the first or the last one
        end = Cursor(at_end=not backwards, since=cursor.since)
        return window(discussion, end, narrowing)
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    here = {row.pk for row in rows}
    return Window(
        discussion=discussion,
        nodes=[node_of(row, here, cursor.since) for row in rows],
        size=len(rows),
        first=rows[0].public_id if rows else None,
        last=rows[-1].public_id if rows else None,
        has_earlier=more if backwards else bool(place and _is_newer(shown, rows)),
        has_later=(not cursor.at_end and bool(rows)) if backwards else more,
        narrowing=narrowing,
        since=cursor.since,
        asked_for=cursor.start if place else "",
    )


def _order(*, backwards: bool) -> tuple[str, str]:
    return ("shown_since", "path") if backwards else ("-shown_since", "-path")


def _anchor(discussion: Discussion, cursor: Cursor) -> tuple[Place | None, bool, bool]:
    """The place that a cursor names, on which side of it the window lies, and whether with it."""
    named = ((getattr(cursor, name), older, along) for name, older, along in SIDES)
    found = next((side for side in named if side[0]), ("", True, False))
    if cursor.at_end or not PUBLIC_ID.fullmatch(found[0]):
        return None, True, False
    place = (
        Contribution.objects.filter(discussion=discussion, public_id=found[0], display=Display.TEXT)
        .values_list("shown_since", "path")
        .first()
    )
    return place, found[1], found[2]


def _beyond(place: Place, *, is_older: bool, is_along: bool) -> Q:
    """What lies on one side of a place; ``is_along``: itself too.

    The first condition says nothing new; it lets the index begin at the place.
    """
    since, path = place
    way = "lt" if is_older else "gt"
    last = f"{way}e" if is_along else way
    outer = Q(**{f"shown_since__{way}e": since})
    inner = Q(**{f"shown_since__{way}": since}) | Q(shown_since=since, **{f"path__{last}": path})
    return outer & inner


def _is_newer(shown: ContributionQuerySet, rows: list[Contribution]) -> bool:
    if not rows:
        return False
    first = (rows[0].shown_since, rows[0].path)
    return shown.filter(_beyond(first, is_older=False, is_along=False)).order_by().exists()
