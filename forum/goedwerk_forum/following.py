"""What one follows, and what is new there since one looked; what was seen stays on the device.

A discussion, a branch or a circle is followed here; another app brings its own kinds::

    following.register(following.Source("thema", find, shown, news))
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import access
from .errors import NotFound
from .identity import follows, links
from .models import Contribution, Discussion, Follow, OutboxRow
from .people import Person
from .reading import SINCE
from .transitions import Display

#: Things that one account can follow: all that was seen of them fits into one cookie.
MOST = 100
COOKIE, COOKIE_DAYS = "gw_gevolgd", 365
#: Of the messages that were shown; both go when she signs out.
COOKIE_OF_MESSAGES = "gw_gezien"
DISCUSSION = "dialoog"


@dataclass(frozen=True)
class Part:
    """Something of which is remembered how far one saw it: a thing, or a part of one.

    ``now`` is how far it is, as a number that only rises.
    """

    key: str
    now: int


@dataclass
class Thing:
    """Something that can be followed, as somebody who may read it sees it.

    ``target`` is what its row holds; ``address`` what stands in a URL.
    """

    kind: str
    target: str
    address: str
    title: str
    url: str
    what: str | Promise
    parts: list[Part] = field(default_factory=list)
    new: int = 0
    in_mail: bool = False

    @property
    def follow_url(self) -> str:
        return reverse("goedwerk_forum:follow", args=[self.kind, self.address])

    @property
    def new_url(self) -> str:
        return reverse("goedwerk_forum:follow_new", args=[self.kind, self.address])


@dataclass(frozen=True)
class Since:
    """From where on something is new: beyond ``mark``, or else from after ``day``."""

    mark: int | None
    day: datetime.date


#: Of each part of something, by its key, from where on it is new.
Seen = dict[str, Since]


@dataclass(frozen=True)
class Source:
    """A kind of thing that can be followed.

    ``find`` gives the target at an address, or raises NotFound. ``shown`` gives those of the
    targets that the asker may read, by target. ``count`` says how much is new in each thing, and
    ``first_new`` where the first of it stands (empty: nowhere), in a fixed number of queries, and
    the same for whoever asks: an address that spared the asker her own would tell which are hers.
    ``is_there`` narrows targets to those that can still have news for somebody.
    """

    kind: str
    find: Callable[[str, HttpRequest], str]
    shown: Callable[[list[str], HttpRequest], dict[str, Thing]]
    count: Callable[[list[tuple[Thing, Seen]], Person], dict[str, int]]
    first_new: Callable[[Thing, Seen], str]
    is_there: Callable[[list[str]], set[str]]


SOURCES: dict[str, Source] = {}
#: Kinds of outbox rows -> whose mail they are, of those who asked for one and may read it.
TELLS: dict[str, Callable[[Sequence[OutboxRow]], set[uuid.UUID]]] = {}


def register(source: Source) -> None:
    SOURCES[source.kind] = source


# --- what somebody follows -------------------------------------------------------------------


def own_follows(user: Person) -> list[Follow]:
    """The rows of ``user``, found by her tokens; two queries."""
    targets = list(Follow.objects.values_list("kind", "target").distinct().order_by())
    rows = Follow.objects.filter(token__in=follows.tokens_of(user, targets))
    return sorted(rows, key=lambda row: (row.kind, row.target))


def own_follow(user: Person, kind: str, target: str) -> Follow | None:
    return Follow.objects.filter(token__in=follows.tokens_of(user, [(kind, target)])).first()


@dataclass(frozen=True)
class Following:
    """All that somebody follows: what has news first, and what she may no longer read."""

    things: list[Thing]
    gone: list[Follow]

    @property
    def new(self) -> int:
        """How many things have news."""
        return sum(bool(thing.new) for thing in self.things)


def following(request: HttpRequest) -> Following:
    """All that the asker follows, with what is new since she looked on this device."""
    rows = [row for row in own_follows(request.user) if row.kind in SOURCES]
    things: list[Thing] = []
    gone: list[Follow] = []
    for kind, source in SOURCES.items():
        here = {row.target: row for row in rows if row.kind == kind}
        shown = source.shown(list(here), request) if here else {}
        counts = source.count(
            [(thing, seen_of(request, thing, here[key].day)) for key, thing in shown.items()],
            request.user,
        )
        for key, thing in shown.items():
            thing.new = counts.get(key, 0)
            thing.in_mail = here[key].sealed_account is not None
        things += shown.values()
        gone += [row for key, row in here.items() if key not in shown]
    things.sort(key=lambda thing: (not thing.new, thing.title.casefold()))
    return Following(things, gone)


# --- what was seen, on her device -------------------------------------------------------------


def seen_of(request: HttpRequest, thing: Thing, day: datetime.date) -> Seen:
    """From where on each part of a thing is new; on another device, from the day after."""
    marks = _marks(request)
    return {
        part.key: Since(marks.get(follows.device_mark(request.user, (thing.kind, part.key))), day)
        for part in thing.parts
    }


def note_seen(request: HttpRequest, response: HttpResponse, things: Iterable[Thing]) -> None:
    """Keeps in this browser that these were seen; the newest marks stay where there are many."""
    now = {
        follows.device_mark(request.user, (thing.kind, part.key)): part.now
        for thing in things
        for part in thing.parts
    }
    kept = now | {name: mark for name, mark in _marks(request).items() if name not in now}
    response.set_cookie(
        COOKIE,
        ".".join(f"{name}-{mark:x}" for name, mark in list(kept.items())[: 2 * MOST]),
        max_age=COOKIE_DAYS * 24 * 3600,
        path=reverse("goedwerk_forum:inbox"),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def forget_seen(response: HttpResponse) -> None:
    """Takes what was seen off a device whose reader signed out, or left; in each language.

    In a response one name stands for one path: those of other languages go under a key of their
    own, which no browser sees.
    """
    here = reverse("goedwerk_forum:inbox")
    for cookie in (COOKIE, COOKIE_OF_MESSAGES):
        for path in _paths() - {here}:
            response.delete_cookie(cookie, path=path)
            response.cookies[f"{cookie} {path}"] = response.cookies.pop(cookie)
        response.delete_cookie(cookie, path=here)


def _paths() -> set[str]:
    """Where the marks may lie on a device: below the messages, in each language of the site."""
    found = set()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.add(reverse("goedwerk_forum:inbox"))
    return found


def _marks(request: HttpRequest) -> dict[str, int]:
    found = {}
    for entry in request.COOKIES.get(COOKIE, "").split("."):
        name, _dash, mark = entry.partition("-")
        try:
            found[name] = int(mark, 16)
        except ValueError:
            continue
    return found


# --- discussions, branches, circles -----------------------------------------------------------


def _find(address: str, request: HttpRequest) -> str:
    return access.readable_discussion(address, request).uuid.hex


def _shown(targets: list[str], request: HttpRequest) -> dict[str, Thing]:
    """Public ones at once; the others are asked one by one, at each look."""
    public = access.public_discussions().filter(uuid__in=targets)
    found = access.only_public(public.select_related("page", "branch_of"))
    things = {one.uuid.hex: _thing(one) for one in found}
    for target in targets:
        if target not in things:
            try:
                one = access.readable_discussion(target, request)
            except NotFound:
                continue
            things[target] = _thing(one)
    return things


def _thing(discussion: Discussion) -> Thing:
    circle = getattr(discussion, "circle", None) if discussion.in_circle else None
    title, what = discussion.page.title, _("dialoog")
    if discussion.branch_of_id:
        title, what = discussion.question, _("deel van een dialoog")
    if circle:
        title, what = circle.name, _("kring")
    return Thing(
        kind=DISCUSSION,
        target=discussion.uuid.hex,
        address=discussion.uuid.hex,
        title=title,
        url=_url(discussion),
        what=what,
        parts=[Part(one.uuid.hex, one.version) for one in _parts(discussion)],
    )


def _url(discussion: Discussion) -> str:
    if discussion.in_circle and not discussion.branch_of_id:
        return reverse("goedwerk_forum:circle", args=[discussion.uuid.hex])
    return discussion.get_absolute_url()


def _parts(discussion: Discussion) -> list[Discussion]:
    """Itself; of a circle, what is said in its sessions as well."""
    if discussion.in_circle and not discussion.branch_of_id:
        return [discussion, *discussion.branches.filter(is_enabled=True)]
    return [discussion]


def _count(things: list[tuple[Thing, Seen]], user: Person) -> dict[str, int]:
    seen = {key: since for _thing, parts in things for key, since in parts.items()}
    if not seen:
        return {}
    new = _of_others(_new(seen), seen, user).values("discussion__uuid").order_by()
    rows = new.annotate(number=Count("pk"))
    of_part = {row["discussion__uuid"].hex: row["number"] for row in rows}
    return {thing.target: sum(of_part.get(key, 0) for key in parts) for thing, parts in things}


def _first_new(thing: Thing, seen: Seen) -> str:
    """To the first as one reads; all that is new stands marked there."""
    first = _new(seen).select_related("discussion").order_by("discussion_id", "path").first()
    if first is None:
        return ""
    mark = seen[first.discussion.uuid.hex].mark
    return first.get_absolute_url() + (f"?{SINCE}={mark}" if mark else "")


def _new(seen: Seen) -> QuerySet[Contribution]:
    """Readable texts that came since."""
    anything = Q(pk__in=[])
    for key, one in seen.items():
        later = Q(shown_since__gt=one.mark) if one.mark is not None else Q(day__gt=one.day)
        anything |= Q(discussion__uuid=key) & later
    return Contribution.objects.filter(anything, display=Display.TEXT)


def _of_others(new: QuerySet[Contribution], seen: Seen, user: Person) -> QuerySet[Contribution]:
    """What she wrote herself is no news to her; counted on pages of her own only."""
    homes = Discussion.objects.filter(uuid__in=seen).values_list("uuid", "branch_of__uuid")
    own = links.tokens_of(user, [home or mark for mark, home in homes])
    return new.exclude(participant__token__in=own, participant__token__isnull=False)


def _is_there(targets: list[str]) -> set[str]:
    found = Discussion.objects.filter(uuid__in=targets, is_enabled=True)
    return {mark.hex for mark in found.values_list("uuid", flat=True)}


register(Source(DISCUSSION, _find, _shown, _count, _first_new, _is_there))
