"""A thread with what came last at the top: windows of constant size, as many queries as in order.

What came last is what readers saw last, not what was typed last: the order of typing would tell
how long something waited for its moderation.
"""

from __future__ import annotations

from django.db.models import Q

from .ids import PUBLIC_ID
from .models import Contribution, Discussion
from .narrowing import Narrowing
from .nodes import node_of
from .reading import Cursor, Place, Window, cut
from .transitions import Display

#: The order of this thread.
NEWEST_FIRST = ("-shown_since", "-path")
#: (name in the cursor, whether it lies on the older side, whether itself goes along)
SIDES = (("start", True, True), ("after", True, False), ("before", False, False))


def window(discussion: Discussion, cursor: Cursor, narrowing: Narrowing) -> Window:
    """The window at ``cursor``; the first one where there is none or it points nowhere.

    Only texts, each by itself: what was taken away has no place here.
    """
    said = Contribution.objects.filter(discussion=discussion, display=Display.TEXT)
    here = cut(
        narrowing.of(said.with_voices()), _place(discussion, cursor), NEWEST_FIRST, before=_newer
    )
    keys = {row.pk for row in here.rows}
    nodes = [node_of(row, keys, cursor.since) for row in here.rows]
    return here.window(discussion, nodes, cursor, narrowing)


def _place(discussion: Discussion, cursor: Cursor) -> Place:
    """Where the contribution stands that a cursor names; an end where it names none."""
    named = ((getattr(cursor, name), older, along) for name, older, along in SIDES)
    public_id, is_older, is_along = next((side for side in named if side[0]), ("", True, False))
    if cursor.at_end or not PUBLIC_ID.fullmatch(public_id):
        return Place(backwards=cursor.at_end)
    there = (
        Contribution.objects.filter(
            discussion=discussion, public_id=public_id, display=Display.TEXT
        )
        .values_list("shown_since", "path")
        .first()
    )
    if there is None:
        return Place()
    beyond = _beyond(*there, is_older=is_older, is_along=is_along)
    return Place(beyond, backwards=not is_older, path=there[1])


def _newer(there: Contribution) -> Q:
    return _beyond(there.shown_since, there.path, is_older=False, is_along=False)


def _beyond(since: int, path: str, *, is_older: bool, is_along: bool) -> Q:
    """What lies on one side of a contribution, by its place; ``is_along``: itself too.

    The first condition says nothing new; it lets the index begin at the place.
    """
    way = "lt" if is_older else "gt"
    last = f"{way}e" if is_along else way
    outer = Q(**{f"shown_since__{way}e": since})
    inner = Q(**{f"shown_since__{way}": since}) | Q(shown_since=since, **{f"path__{last}": path})
    return outer & inner
