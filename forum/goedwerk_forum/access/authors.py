"""What is somebody's own; found by computing her tokens."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from ..errors import NotFound
from ..identity import links, standing
from ..identity.standing import Held
from ..models import Account, Contribution, MeasureRequest, Notice, Participant
from ..people import Person, key_of
from ..transitions import Measure, State

#: States in which a text waits for a decision, or for its author's answer to one.
UNDECIDED = (State.PENDING, State.HELD, State.RETURNED, State.HIDDEN)

OwnContributions = QuerySet[Contribution]


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


def is_held_here() -> Exists:
    """Whether something decided in her discussion holds a participant back; asks ``pk`` of her."""
    return Exists(_standing_requests().filter(contribution__participant=OuterRef("pk")))


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
