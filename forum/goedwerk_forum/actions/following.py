"""Following something, and telling by mail that there is news in it.

Rows of one person are never written in one transaction: they would tell that they belong
together.
"""

from __future__ import annotations

import datetime
import secrets
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from .. import access, following
from ..errors import FollowsTooMuch, NotFound
from ..identity import follows, keys, links
from ..models import Account, Contribution, Discussion, Follow, Membership, OutboxRow
from ..models.standing import end_of_quarter
from ..outbox.rows import Kind, enqueue
from ..people import Person
from ..transitions import Display
from .letting_go import closed_long_ago, in_batches
from .notices import next_digest

#: Without a new word from her, following ends at the end of the quarter in which this lies.
LASTS = datetime.timedelta(days=365)


# --- what somebody does ----------------------------------------------------------------------


def follow(*, user: Person, kind: str, target: str, in_mail: bool) -> None:
    """Makes ``user`` follow something, or says anew whether it is to be in her mail.

    Raises:
        FollowsTooMuch: she follows as much as anybody can.
        KeyMissing: this process has no LINK_KEY.
    """
    account = links.account_uuid(user)
    sealed = links.seal(account) if in_mail else None
    today = timezone.localdate()
    found = following.own_follow(user, kind, target)
    if found is not None:
        kept = found.sealed_account if in_mail and found.sealed_account else sealed
        Follow.objects.filter(pk=found.pk).update(
            sealed_account=kept, gone_after=end_of_quarter(today + LASTS)
        )
        return
    if len(following.own_follows(user)) >= following.MOST:
        raise FollowsTooMuch
    try:
        with transaction.atomic():
            Follow.objects.create(
                kind=kind,
                target=target,
                token=follows.token(account, (kind, target)),
                sealed_account=sealed,
                key_id=keys.key_id(),
                day=today,
                gone_after=end_of_quarter(today + LASTS),
            )
    except IntegrityError:  # pressed twice at once: she follows it
        return


def unfollow(*, user: Person, kind: str, target: str) -> None:
    """Ends it; nothing where she does not follow it."""
    tokens = follows.tokens_of(user, [(kind, target)])
    Follow.objects.filter(token__in=tokens).delete()


def unfollow_all(*, user: Person) -> None:
    """Ends all of it, each in a transaction of its own, in random order."""
    rows = following.own_follows(user)
    secrets.SystemRandom().shuffle(rows)
    for row in rows:
        Follow.objects.filter(pk=row.pk).delete()


def unfollow_here(*, user: Person, discussion: Discussion) -> None:
    """Ends what she follows of one discussion, its branches included."""
    places = Discussion.objects.filter(Q(pk=discussion.pk) | Q(branch_of=discussion.pk))
    for place in places.values_list("uuid", flat=True):
        unfollow(user=user, kind=following.DISCUSSION, target=place.hex)


# --- news by mail ----------------------------------------------------------------------------


def ask_to_tell(contributions: Iterable[int]) -> None:
    """Asks the notifier to tell who follows the discussions in which these now stand."""
    places = Contribution.objects.filter(pk__in=list(contributions), shown_since__gt=0)
    told = places.values_list("discussion_id", "shown_since").distinct().order_by()
    if told:
        enqueue(Kind.FOLLOWED, list(told), next_digest())


def accounts_with_news(rows: Sequence[OutboxRow]) -> set[uuid.UUID]:
    """Whose mail it is: followers who asked for one, may read it now, and did not write it all.

    What was withdrawn or hidden since is no news.
    """
    new = _news(rows)
    discussions = Discussion.objects.filter(pk__in=new).select_related("page", "branch_of")
    found: set[uuid.UUID] = set()
    for discussion in discussions:
        targets = {discussion.uuid.hex}
        if discussion.in_circle:
            targets.add(discussion.home.uuid.hex)
        accounts = with_seals(following.DISCUSSION, targets)
        if accounts:
            accounts -= _sole_writer(new[discussion.pk])
            found |= _readers(discussion, accounts)
    return found


def with_seals(kind: str, targets: Iterable[str]) -> set[uuid.UUID]:
    """The accounts that follow any of these and want a mail; opens their seals."""
    rows = Follow.objects.filter(kind=kind, target__in=targets, sealed_account__isnull=False)
    seals = rows.values_list("sealed_account", flat=True)
    return {links.unseal(seal) for seal in seals if seal}


def _news(rows: Sequence[OutboxRow]) -> dict[int, list[Contribution]]:
    """What can be read of that for which a mail was asked, per discussion."""
    stands = Q(pk__in=[])
    for row in rows:
        stands |= Q(discussion=row.object_id, shown_since=row.object_version)
    new: dict[int, list[Contribution]] = defaultdict(list)
    shown = Contribution.objects.filter(stands, display=Display.TEXT)
    for said in shown.select_related("participant"):
        new[said.discussion_id].append(said)
    return new


def _sole_writer(said: list[Contribution]) -> set[uuid.UUID]:
    """Who wrote all of it herself: to her it is no news. Empty where there is no one such."""
    seals = {one.participant.sealed_account for one in said}
    [seal] = seals if len(seals) == 1 else [None]
    return {links.unseal(seal)} if seal else set()


def _readers(discussion: Discussion, accounts: set[uuid.UUID]) -> set[uuid.UUID]:
    """Those of the accounts that may read the discussion now."""
    if access.only_public(access.public_discussions().filter(pk=discussion.pk)):
        return accounts
    if discussion.in_circle:
        return accounts & _circle_of(discussion)
    asked = Account.objects.filter(uuid__in=accounts, user__is_active=True).select_related("user")
    return {one.uuid for one in asked if _may_read(discussion, one.user)}


def _circle_of(discussion: Discussion) -> set[uuid.UUID]:
    """Who sits in a circle or guides it: this process has no key to find her by."""
    home = discussion.home
    if home.closes_on is not None and home.closes_on < timezone.localdate():
        return set()
    sits = home.participants.filter(
        membership=Membership.MEMBER, sealed_account__isnull=False
    ).values_list("sealed_account", flat=True)
    guides = Account.objects.filter(user__in=[home.guide_id, home.second_guide_id])
    return {links.unseal(seal) for seal in sits if seal} | set(
        guides.values_list("uuid", flat=True)
    )


def _may_read(discussion: Discussion, user: Person) -> bool:
    request = HttpRequest()
    request.user, request.session = user, {}  # type: ignore[assignment]
    try:
        access.readable_discussion(discussion.uuid.hex, request)
    except NotFound:
        return False
    return True


# --- letting go ------------------------------------------------------------------------------


def forget_ended() -> int:
    """Follows that nobody renewed, and those of what has no news any more: their rows go."""
    gone = in_batches(_due(), lambda rows: rows.delete())
    for kind, source in following.SOURCES.items():
        here = Follow.objects.filter(kind=kind)
        targets = list(here.values_list("target", flat=True).distinct().order_by())
        for target in set(targets) - source.is_there(targets):
            gone += in_batches(here.filter(target=target), lambda rows: rows.delete())
    return gone


def _due() -> QuerySet[Follow]:
    closed = Discussion.objects.filter(closed_long_ago()).values_list("uuid", flat=True)
    over = Q(kind=following.DISCUSSION, target__in=[mark.hex for mark in closed])
    return Follow.objects.filter(Q(gone_after__lt=timezone.localdate()) | over)
