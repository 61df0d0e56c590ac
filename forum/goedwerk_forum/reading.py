"""What readers see of a discussion: windows of constant size, a fixed number of queries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Length
from django.http import HttpRequest

from . import kinds
from .conf import conf
from .ids import PUBLIC_ID
from .models import Contribution, Discussion
from .narrowing import NOTHING_CHOSEN, Narrowing
from .nodes import Node, nested
from .querysets import ContributionQuerySet
from .transitions import Display

#: Sorts after every path: those hold digits only.
PAST_ALL = "~"
#: Discussions whose lenses a process remembers.
MOST_COUNTED = 5000
NUMBER = re.compile(r"[0-9]{1,2}")
VERSION = re.compile(r"[0-9]{1,9}")
#: Name in the address of the version that its reader saw.
SINCE = "sinds"
#: (key, label) of kinds, in the owner's order.
Choices = Sequence[tuple[str, str]]


@dataclass
class Window:
    """Some consecutive contributions of a discussion, in the order of the thread."""

    discussion: Discussion
    nodes: list[Node]
    size: int
    first: str | None
    last: str | None
    has_earlier: bool
    has_later: bool
    narrowing: Narrowing = NOTHING_CHOSEN
    #: What was shown first after this version of the discussion is new to the reader; 0: not asked.
    since: int = 0
    #: Public id of the contribution that the address asks for; empty where it asks for none.
    asked_for: str = ""

    @property
    def query(self) -> str:
        """The part of the address that all windows of this view share; empty where none is."""
        return "&".join(
            part
            for part in (self.narrowing.query, f"{SINCE}={self.since}" * bool(self.since))
            if part
        )


@dataclass(frozen=True)
class Cursor:
    """Where a window starts or ends: a contribution's public id, or the end of the discussion.

    Of more than one, the first named here counts.
    """

    at_end: bool = False
    start: str = ""
    after: str = ""
    before: str = ""
    #: Number of a step: where the first contribution of it stands.
    step: int = 0
    #: Version of the discussion after which all is new to its reader; 0 where she did not ask.
    since: int = 0

    @property
    def anchor(self) -> tuple[str, str]:
        """Public id of the contribution it names, and how the window lies to that one's path."""
        lookups = (("path__gte", self.start), ("path__gt", self.after), ("path__lt", self.before))
        named = ((public_id, lookup) for lookup, public_id in lookups if public_id)
        return ("", "") if self.at_end else next(named, ("", ""))


def cursor_of(request: HttpRequest | None) -> Cursor:
    """The cursor in the address of a page."""
    asked: Mapping[str, str] = request.GET if request is not None else {}
    return Cursor(
        start=asked.get("vanaf", ""),
        after=asked.get("na", ""),
        before=asked.get("tot", ""),
        at_end="einde" in asked,
        step=_number(asked.get("stap", ""), NUMBER),
        since=_number(asked.get(SINCE, ""), VERSION),
    )


def _number(asked: str, form: re.Pattern[str]) -> int:
    """The number that was asked; 0 for anything else than ``form``."""
    return int(asked) if form.fullmatch(asked) else 0


@dataclass(frozen=True)
class Place:
    """Where a window begins: what lies ``beyond`` it, and whether one reads back from there.

    Without ``beyond`` it is the first window; read backwards, the last one.
    """

    beyond: Q | None = None
    backwards: bool = False
    #: Of the contribution that stands there.
    path: str = ""


@dataclass(frozen=True)
class Cut:
    """The contributions of one window in its order, where it really begins, what lies around."""

    rows: list[Contribution]
    place: Place
    has_earlier: bool
    has_later: bool
    #: The first one after them; None where nothing is, or where one read backwards.
    then: Contribution | None

    def window(
        self, discussion: Discussion, nodes: list[Node], cursor: Cursor, narrowing: Narrowing
    ) -> Window:
        """The same as a page shows it, with ``nodes`` for its rows."""
        return Window(
            discussion=discussion,
            nodes=nodes,
            size=len(self.rows),
            first=self.rows[0].public_id if self.rows else None,
            last=self.rows[-1].public_id if self.rows else None,
            has_earlier=self.has_earlier,
            has_later=self.has_later,
            narrowing=narrowing,
            since=cursor.since,
            asked_for=cursor.start if self.place.beyond is not None else "",
        )


def cut(
    shown: ContributionQuerySet,
    place: Place,
    order: Sequence[str],
    before: Callable[[Contribution], Q],
) -> Cut:
    """The window of ``shown`` at ``place``; the one at that end where nothing lies beyond it.

    ``before``: what comes before a contribution in this ``order``.
    """
    size = conf().WINDOW
    found = (shown if place.beyond is None else shown.filter(place.beyond)).order_by(*order)
    rows = list((found.reverse() if place.backwards else found)[: size + 1])
    if place.beyond is not None and not rows:
        return cut(shown, Place(backwards=not place.backwards), order, before)
    rows, rest = rows[:size], rows[size:]
    if place.backwards:
        rows.reverse()
        return Cut(rows, place, bool(rest), place.beyond is not None, None)
    has_earlier = place.beyond is not None and shown.filter(before(rows[0])).order_by().exists()
    return Cut(rows, place, has_earlier, bool(rest), rest[0] if rest else None)


def window(
    discussion: Discussion,
    cursor: Cursor | None = None,
    branches: Iterable[Discussion] = (),
    narrowing: Narrowing | None = None,
) -> Window:
    """The window at ``cursor``; the first one where there is none or it points nowhere.

    A signpost to each of ``branches`` stands where it was moved from. Of a thread that a reader
    narrowed, only what she chose, and no signposts.
    """
    cursor, narrowing = cursor or Cursor(), narrowing or NOTHING_CHOSEN
    said = Contribution.objects.filter(discussion=discussion).shown().with_voices()
    here = cut(
        narrowing.of(said),
        _place(discussion, cursor),
        ["path"],
        before=lambda first: Q(path__lt=first.path),
    )
    moved = () if narrowing else branches
    signposts = [one for one in moved if _holds(here, one.branched_path)]
    return here.window(
        discussion, nested(here.rows, signposts, since=cursor.since), cursor, narrowing
    )


def _place(discussion: Discussion, cursor: Cursor) -> Place:
    public_id, lookup = cursor.anchor
    if cursor.step and not public_id and not cursor.at_end:
        path, lookup = _path_of_step(discussion, cursor.step), "path__gte"
    else:
        path = _path_of(discussion, public_id)
    if not path:
        return Place(backwards=cursor.at_end)
    return Place(Q(**{lookup: path}), lookup == "path__lt", path)


def _holds(here: Cut, path: str) -> bool:
    """Whether something at ``path`` stands between the rows of this window and of no other."""
    start = here.rows[0].path if here.has_earlier else ""
    stop = here.place.path if here.place.backwards else here.then and here.then.path
    return start < path < (stop or PAST_ALL)


def _path_of(discussion: Discussion, public_id: str) -> str | None:
    if not PUBLIC_ID.fullmatch(public_id):
        return None
    return (
        Contribution.objects.filter(discussion=discussion, public_id=public_id)
        .shown()
        .values_list("path", flat=True)
        .first()
    )


def _path_of_step(discussion: Discussion, step: int) -> str | None:
    """Where the first contribution of a step stands; one that answers none goes first."""
    return (
        Contribution.objects.filter(discussion=discussion, step=step)
        .shown()
        .order_by(Length("path"), "path")
        .values_list("path", flat=True)
        .first()
    )


def pinned_in(discussion: Discussion) -> list[Contribution]:
    """What its guide pinned, and readers may see; one query."""
    pinned = Contribution.objects.filter(
        discussion=discussion, pin__isnull=False, display=Display.TEXT
    )
    return list(pinned.with_voices().order_by("pin"))


def latest_shown(discussion: Discussion) -> Contribution | None:
    """The newest readable text of a discussion."""
    return (
        Contribution.objects.filter(discussion=discussion, display=Display.TEXT)
        .with_voices()
        .order_by("-pk")
        .first()
    )


@dataclass(frozen=True)
class Voices:
    """Which of the kinds in use a discussion has heard, in the owner's order."""

    count: int
    heard: tuple[tuple[str, str, bool], ...]
    has_pins: bool = False
    #: How many of the shown texts chose each lens, in the order of the lenses; empty where that
    #: was not asked.
    lens_counts: tuple[int, ...] = ()

    @property
    def missing(self) -> str:
        """The label of the first kind that nobody used yet; empty where all were heard."""
        return next((label for _kind, label, heard in self.heard if not heard), "")


def heard_columns(choices: Choices) -> list[Exists]:
    """Of discussions, for each kind that was given: whether a participant used it.

    What a guide says in her role is no voice.
    """
    said = Contribution.objects.filter(
        discussion=OuterRef("pk"), display=Display.TEXT, by_guide=False
    ).order_by()
    return [Exists(said.filter(kind=kind)) for kind, _label in choices]


def heard_from(choices: Choices, columns: Iterable[bool]) -> tuple[tuple[str, str, bool], ...]:
    """What ``heard_columns`` found of the same kinds, with their labels.

    The kinds are taken once by who asks: an owner may change them while the database answers.
    """
    return tuple(
        (kind, label, heard) for (kind, label), heard in zip(choices, columns, strict=True)
    )


def voices_of(discussions: Iterable[Discussion], *, with_lenses: bool = False) -> dict[int, Voices]:
    """The voices in each of the discussions given, by its id; one query."""
    choices = kinds.choices()
    columns = heard_columns(choices)
    lenses = kinds.lenses() if with_lenses else ()
    given = {discussion.pk: discussion for discussion in discussions}
    said = Contribution.objects.filter(discussion=OuterRef("pk"), display=Display.TEXT).order_by()
    each = Discussion.objects.filter(pk__in=given).values_list(
        "pk",
        Exists(said.filter(pin__isnull=False)),
        *columns,
        *(_counted(said.filter(lens=lens.key, by_guide=False)) for lens in lenses),
    )
    return {
        pk: Voices(
            given[pk].shown_count,
            heard_from(choices, heard[: len(columns)]),
            has_pins=has_pins,
            lens_counts=tuple(heard[len(columns) :]),
        )
        for pk, has_pins, *heard in each
    }


def _counted(said: ContributionQuerySet) -> Coalesce:
    """How many there are, as a column."""
    return Coalesce(Subquery(said.values("discussion").values_list(Count("pk"))), 0)


#: Counts of lenses by discussion and version: they change when what readers see does.
_lens_counts: dict[tuple[str, int], tuple[int, ...]] = {}


def heard_in(discussion: Discussion) -> Voices:
    """The voices in one discussion with its lenses; one query, once for each page.

    The lenses are counted once for each version of the discussion, in that same query.
    """
    found: Voices | None = discussion.__dict__.get("_heard")
    if found is None:
        version = (discussion.uuid.hex, discussion.version)
        counts = _lens_counts.get(version)
        found = voices_of([discussion], with_lenses=counts is None)[discussion.pk]
        if counts is None:
            if len(_lens_counts) >= MOST_COUNTED:
                _lens_counts.clear()
            _lens_counts[version] = found.lens_counts
        else:
            found = replace(found, lens_counts=counts)
        discussion.__dict__["_heard"] = found
    return found
