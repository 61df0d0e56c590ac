"""Saying that something waits longer than was promised: on the admin's home page, and by mail.

What is said is a number; never a text, a title or a pseudonym.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from .. import access
from ..conf import conf
from ..lateness import overdue
from ..models import Account, OutboxRow, WaitingSince
from ..outbox.drive import take_lease
from ..outbox.rows import Kind, enqueue, finish
from ..people import Person, key_of
from . import notices, waiting

#: Seconds between two looks at what waits.
HOUR = 3600
#: Cases that one look tells about; the next looks tell of the rest.
MOST = 500


def choose(*, user: Person, wants_alerts: bool) -> None:
    """What an ambassador chose about mail on what waits too long.

    Raises:
        NotFound: she moderates nothing.
    """
    access.require_moderator(user)
    Account.objects.filter(user_id=key_of(user)).update(wants_alerts=wants_alerts)


def watch() -> int:
    """Once an hour: puts right what waits, counts it for today, and asks for alerts."""
    if not take_lease("watch", secrets.token_hex(16), seconds=HOUR):
        return 0
    waiting.mend()
    waiting.count_the_waiting()
    return ask_alerts()


def ask_alerts() -> int:
    """Asks for a mail about what is overdue, one per case per day; returns about how many."""
    today = timezone.localdate()
    untold = Q(alerted_on__isnull=True) | Q(alerted_on__lt=today)
    with transaction.atomic():
        late = list(overdue().filter(untold).order_by("hour").values_list("pk", flat=True)[:MOST])
        WaitingSince.objects.filter(pk__in=late).update(alerted_on=today)
        enqueue(Kind.ALERT, [(pk, today.toordinal()) for pk in late], notices.next_digest())
    return len(late)


def send(rows: Sequence[OutboxRow]) -> None:
    """One mail per ambassador who asked for it; what nobody hears of goes to the site's owner.

    The rows are finished before the mail goes: a crash in between costs a mail, and tomorrow
    brings another; the home page of the admin says it all the time.
    """
    told = overdue().filter(pk__in=[row.object_id for row in rows])
    mails = [*_mails(told)]
    with transaction.atomic():
        finish(rows)
    if mails:
        get_connection().send_messages(mails)


def _mails(told: QuerySet[WaitingSince]) -> Iterable[EmailMessage]:
    """Each counts what its reader may judge at this moment, and no more."""
    unheard = set(told.values_list("contribution__discussion_id", flat=True))
    late = sorted(unheard)
    asked = Account.objects.filter(wants_alerts=True).select_related("user")
    for account in notices.with_addresses(asked):
        hers = access.granted_discussions(account.user).filter(pk__in=late)
        granted = set(hers.values_list("pk", flat=True))
        if granted:
            unheard -= granted
            yield _mail([account.address], _number(told, granted))
    owners = [one if isinstance(one, str) else one[1] for one in settings.ADMINS]
    if unheard and owners:
        yield _mail(owners, _number(told, unheard))


def _number(told: QuerySet[WaitingSince], discussion_ids: set[int]) -> int:
    return told.filter(contribution__discussion_id__in=discussion_ids).count()


def _mail(addresses: list[str], number: int) -> EmailMessage:
    base = getattr(settings, "WAGTAILADMIN_BASE_URL", "")
    with override(settings.LANGUAGE_CODE):
        return EmailMessage(
            subject=_("Er wacht werk in de moderatie"),
            body=_(
                "Langer dan %(hours)d uur wacht op een besluit: %(number)d.\n\n"
                "Naar wat wacht: %(queue)s\n\n"
                "Dit bericht aan- of uitzetten: %(choose)s"
            )
            % {
                "hours": conf().PROMISED_HOURS,
                "number": number,
                "queue": base + reverse("goedwerk_moderation:index"),
                "choose": base + reverse("goedwerk_dashboard:index"),
            },
            to=addresses,
        )
