"""The only way to restricted data. Each function finds what the asker may see, or raises."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.lookups import In
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from .errors import NotFound, OwnContribution
from .identity import links, standing
from .identity.standing import Held
from .models import (
    Account,
    Contribution,
    Discussion,
    MeasureRequest,
    Notice,
    Participant,
)
from .people import Person, key_of
from .public import is_restricted
from .public import only_public as only_public
from .public import public_discussions as public_discussions
from .public import public_pages as public_pages
from .transitions import Display, Measure, State

MODERATE = "goedwerk_forum.moderate_discussion"
#: To see the figures of all discussions together.
OVERSEE = "goedwerk_forum.view_decisiontime"
#: To take figures along for research.
RESEARCH = "goedwerk_forum.export_research"

#: What other apps ask of a live page before anybody may read it, and what is said about it.
READABLE_IF: list[Callable[[Page], bool]] = []
#: Who reads a discussion of a circle: whom one of these lets in, and nobody else.
ADMITS: list[Callable[[Discussion, HttpRequest], bool]] = []
#: States in which a text waits for a decision, or for its author's answer to one.
UNDECIDED = (State.PENDING, State.HELD, State.RETURNED, State.HIDDEN)

OwnContributions = QuerySet[Contribution]
Discussions = Iterable[Discussion]


# --- readers ---------------------------------------------------------------------------------


def is_readable(page: Page, request: HttpRequest) -> bool:
    """Whether the asker may read a page, and so what is said about it.

    Restrictions on the page or above it count; an alias above it counts as what it shows, too.
    """
    return is_there(page) and _accepts(restrictions_of(page), request)


def is_there(page: Page) -> bool:
    """Whether a page is live and lets anybody read it, restrictions aside."""
    return page.live and all(allows(page) for allows in READABLE_IF)


def restrictions_of(page: Page) -> QuerySet[PageViewRestriction]:
    """The restrictions on a page or above it; an alias counts as what it shows, too."""
    ends = range(page.steplen, len(page.path) + 1, page.steplen)
    way = [page.path[:end] for end in ends]
    restrictions = PageViewRestriction.objects.filter(
        Q(page__path__in=way)
        | Q(page__aliases__path__in=way)
        | Q(page__aliases__aliases__path__in=way)
    )
    return restrictions.distinct()


def _accepts(restrictions: Iterable[PageViewRestriction], request: HttpRequest) -> bool:
    return all(restriction.accept_request(request) for restriction in restrictions)


def _opens(discussion: Discussion, request: HttpRequest, *, is_restricted: bool = True) -> bool:
    """Whether the asker may read a discussion; notes with it whether others may not.

    ``is_restricted``: whether a restriction may stand at its page; where none does, none is read.
    """
    if not discussion.is_enabled or not is_there(discussion.page):
        return False
    if discussion.in_circle:  # whatever stands at the page, and whatever right somebody has
        discussion.is_restricted = True
        return any(admits(discussion, request) for admits in ADMITS)
    restrictions = list(restrictions_of(discussion.page)) if is_restricted else []
    discussion.is_restricted = bool(restrictions)
    return _accepts(restrictions, request)


def readable_discussion(uuid: str, request: HttpRequest) -> Discussion:
    """The discussion on a page that the asker may read."""
    try:
        found = Discussion.objects.select_related("page", "branch_of", "course")
        discussion = found.filter(uuid=uuid).annotate(shut=is_restricted("page__path")).first()
    except ValidationError:  # no uuid at all
        raise NotFound from None
    if discussion is None or not _opens(discussion, request, is_restricted=discussion.shut):
        raise NotFound
    return discussion


def readable_contribution(public_id: str, request: HttpRequest) -> Contribution:
    """A contribution that the page shows, its tombstone included."""
    contribution = (
        Contribution.objects.shown()
        .select_related(
            "discussion__page", "discussion__branch_of", "discussion__course", "participant"
        )
        .annotate(shut=is_restricted("discussion__page__path"))
        .filter(public_id=public_id)
        .first()
    )
    if contribution is None:
        raise NotFound
    if not _opens(contribution.discussion, request, is_restricted=contribution.shut):
        raise NotFound
    return contribution


def home_of_moved_back(uuid: str, request: HttpRequest) -> Discussion | None:
    """Where a branch was moved back to, for who may read it; None where it was none."""
    try:
        branch = Discussion.objects.select_related("branch_of__page").filter(uuid=uuid).first()
    except ValidationError:  # no uuid at all
        return None
    home = branch.branch_of if branch and not branch.branched_path else None
    if home is None or not _opens(home, request):
        return None
    return home


def answerable(home_id: int, parent: Contribution) -> Contribution:
    """The parent as it is now, for a reply: readable, and of this home or a branch of it.

    Called under the lock of the home: it may have been moved since it was read.
    """
    of_home = Q(discussion=home_id) | Q(discussion__branch_of=home_id)
    current = (
        Contribution.objects.filter(of_home, pk=parent.pk, display=Display.TEXT)
        .select_related("discussion__page", "discussion__course")
        .first()
    )
    if current is None:
        raise NotFound
    return current


# --- authors ---------------------------------------------------------------------------------


def own_contributions(user: Person) -> QuerySet[Contribution]:
    """Everything ``user`` wrote, newest first; found by computing her tokens."""
    return (
        Contribution.objects.filter(participant__token__in=links.tokens_of(user))
        .select_related("participant", "discussion__page", "discussion__branch_of")
        .order_by("-pk")
    )


def own_contribution(user: Person, public_id: str) -> Contribution:
    """One of the asker's own contributions, in any state."""
    contribution = (
        Contribution.objects.select_related(
            "participant", "discussion__page", "discussion__branch_of"
        )
        .filter(public_id=public_id)
        .first()
    )
    if contribution is None or not is_own(user, contribution):
        raise NotFound
    return contribution


def is_own(user: Person, contribution: Contribution) -> bool:
    """Whether the asker wrote it, as far as anybody can still know."""
    theirs = contribution.participant.token
    return theirs is not None and theirs in links.tokens_of(
        user, [contribution.discussion.home.uuid]
    )


def own_participants(user: Person) -> QuerySet[Participant]:
    """Who the asker is, in each discussion that still knows; with what she wrote there.

    ``written`` counts her contributions, ``standing`` those that she did not withdraw,
    ``undecided`` those on which somebody still decides.
    """
    wrote = Count("contributions")
    stands = ~Q(contributions__state=State.WITHDRAWN)
    waits = Q(contributions__state__in=UNDECIDED)
    return (
        Participant.objects.filter(token__in=links.tokens_of(user))
        .select_related("discussion__page")
        .annotate(  # type: ignore[no-redef]  # the model says that they may be there
            written=wrote,
            standing=Count("contributions", filter=stands),
            undecided=Count("contributions", filter=waits),
        )
        .order_by("discussion__page__title", "discussion_id", "is_guide")
    )


def own_participant(user: Person, uuid: str) -> Participant:
    """Who the asker is in one discussion under her pseudonym, counted as ``own_participants``."""
    try:
        found = own_participants(user).filter(discussion__uuid=uuid, is_guide=False).first()
    except ValidationError:  # no uuid at all
        found = None
    if found is None:
        raise NotFound
    return found


def own_notices(user: Person) -> QuerySet[Notice]:
    """The asker's inbox, newest first."""
    return (
        Notice.objects.filter(participant__token__in=links.tokens_of(user))
        .select_related("participant", "statement__measure", "contribution__discussion__page")
        .order_by("-pk")
    )


def wants_mail(user: Person) -> bool:
    """Whether the asker chose to get a digest by mail."""
    return Account.objects.filter(user_id=key_of(user), wants_mail=True).exists()


def held_back(user: Person | None, participant: Participant | None = None) -> Held | None:
    """The heaviest thing that holds the asker back today; None where she may just write.

    What was decided about ``participant``, in that discussion, counts at once; what was decided
    elsewhere as soon as the notifier has followed it.
    """
    found = standing.of_person(user) if user else []
    here = _standing_requests().filter(contribution__participant=participant)
    if participant is not None:
        told = here.values_list("kind", "until", "reason")
        found += [Held(Measure(kind), until, reason) for kind, until, reason in told]
    return max(found, key=lambda held: held.weight, default=None)


def all_that_holds(user: Person) -> list[Held]:
    """What was decided about the asker and holds today, the heaviest first; shown to her only."""
    return standing.of_person(user)


def is_in_good_standing(user: Person) -> bool:
    """Whether what the asker reports counts: nobody paused or excluded her."""
    return not any(held.forbids for held in standing.of_person(user))


def _standing_requests() -> QuerySet[MeasureRequest]:
    return MeasureRequest.objects.filter(
        state=MeasureRequest.State.STANDS, until__gte=timezone.localdate()
    )


# --- ambassadors -----------------------------------------------------------------------------


def is_moderator(user: Person) -> bool:
    return bool(user.is_active and user.has_perm(MODERATE))


def require_moderator(user: Person) -> None:
    """Raises NotFound for who moderates nothing."""
    if not is_moderator(user):
        raise NotFound


def oversees_all(user: Person) -> bool:
    """Whether she sees the figures of all discussions, granted to her or not."""
    return bool(user.is_active and user.has_perm(OVERSEE))


def may_export_research(user: Person) -> bool:
    """Whether she may take figures about all public dialogues along."""
    return bool(user.is_active and user.has_perm(RESEARCH))


def overseen_discussions(user: Person) -> QuerySet[Discussion]:
    """The discussions whose figures she may see: all of them, or those that she moderates."""
    granted = granted_discussions(user)
    if not oversees_all(user):
        return granted
    return Discussion.objects.filter(Q(in_circle=False) | Q(pk__in=granted.values("pk")))


def granted_discussions(user: Person) -> QuerySet[Discussion]:
    """The discussions that an ambassador may moderate: those of her groups, and no others.

    Of a circle only its two guides do, whoever else somebody let into its group.
    """
    if not is_moderator(user):
        return Discussion.objects.none()
    return Discussion.objects.filter(within_reach(user), group__in=user.groups.all())


def team_of(discussion: Discussion) -> Q:
    """A filter of users: who may be asked about a discussion, by its group; rights aside."""
    team = Q(groups=discussion.group_id)
    if discussion.in_circle:
        team &= Q(pk__in=[discussion.guide_id, discussion.second_guide_id])
    return team


def within_reach(user: Person) -> Q:
    """Discussions that are no circle's, or of a circle that the asker guides."""
    return Q(in_circle=False) | Q(guide=key_of(user)) | Q(second_guide=key_of(user))


def judgeable_contributions(
    user: Person, granted: Iterable[tuple[int, uuid.UUID]] | None = None
) -> QuerySet[Contribution]:
    """What an ambassador may judge: in granted discussions, never her own.

    ``granted``: keys and uuids of ``granted_discussions(user)``, where they were read already.
    """
    if granted is None:
        granted = granted_discussions(user).values_list("pk", "uuid")
    known = list(granted)
    mine = links.tokens_of(user, [mark for _pk, mark in known])
    return Contribution.objects.filter(_in_discussions([pk for pk, _mark in known])).filter(
        Q(participant__token__isnull=True) | ~Q(participant__token__in=mine)
    )


def _in_discussions(keys: list[int]) -> Q | In:
    """Contributions of these discussions, found in the order of the queue.

    SQLite would find them by discussion, and put all that waits in order for each page. An
    expression in the place of the column leaves it the index that has the order.
    """
    if connection.vendor == "sqlite" and keys:
        return In(F("discussion_id") + Value(0), keys)
    return Q(discussion__in=keys)


def judgeable(user: Person, public_id: str) -> Contribution:
    """One contribution that an ambassador may judge."""
    contribution = (
        Contribution.objects.filter(discussion__in=granted_discussions(user), public_id=public_id)
        .select_related(
            "discussion__page", "discussion__branch_of", "participant", "in_reply_to__participant"
        )
        .first()
    )
    if contribution is None:
        raise NotFound
    if is_own(user, contribution):
        raise OwnContribution
    return contribution


def measures_of(user: Person, participant: Participant) -> QuerySet[MeasureRequest]:
    """What holds, and what is asked, about a participant of a discussion granted to the asker."""
    return (
        _measures(user)
        .filter(contribution__participant=participant)
        .filter(
            Q(state=MeasureRequest.State.ASKED)
            | Q(state=MeasureRequest.State.STANDS, until__gte=timezone.localdate())
        )
        .order_by("until", "pk")
    )


def asked_measures(user: Person) -> QuerySet[MeasureRequest]:
    """Requests to exclude somebody that wait for a second person, in the asker's discussions.

    None of them is about herself.
    """
    granted = granted_discussions(user)
    mine = links.tokens_of(user, granted.values_list("uuid", flat=True))
    return (
        _measures(user)
        .filter(state=MeasureRequest.State.ASKED)
        .filter(
            Q(contribution__participant__token__isnull=True)
            | ~Q(contribution__participant__token__in=mine)
        )
        .order_by("day", "pk")
    )


def asked_measure(user: Person, public_id: str) -> MeasureRequest:
    """One request that waits for a second person."""
    return _measure(user, public_id, MeasureRequest.State.ASKED)


def standing_measure(user: Person, public_id: str) -> MeasureRequest:
    """One measure that was decided on in the asker's discussions, and not lifted."""
    return _measure(user, public_id, MeasureRequest.State.STANDS)


def _measure(user: Person, public_id: str, state: str) -> MeasureRequest:
    found = _measures(user).filter(public_id=public_id, state=state).first()
    if found is None:
        raise NotFound
    if is_own(user, found.contribution):
        raise OwnContribution
    return found


def _measures(user: Person) -> QuerySet[MeasureRequest]:
    return MeasureRequest.objects.filter(
        contribution__discussion__in=granted_discussions(user)
    ).select_related("contribution__discussion__page", "contribution__participant", "statement")
