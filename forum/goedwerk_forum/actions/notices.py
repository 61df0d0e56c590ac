"""Messages to participants: in the inbox on the site, and as a mail for who asked for it."""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from .. import following, news
from ..conf import conf
from ..identity import links
from ..models import Account, Contribution, Notice, OutboxRow, Statement
from ..outbox.rows import Kind, enqueue, finish
from .accounts import mark_of

Told = tuple[Contribution, str, Statement | None] | tuple[Contribution, str, Statement | None, int]


def add(told: Iterable[Told]) -> None:
    """Puts (contribution, event, statement[, participant id]) into inboxes, in one go."""
    notices = [
        Notice(
            participant_id=rest[0] if rest else contribution.participant_id,
            contribution=contribution,
            event=event,
            statement=statement,
            day=timezone.localdate(),
        )
        for contribution, event, statement, *rest in told
    ]
    Notice.objects.bulk_create(notices)
    if notices:
        enqueue(Kind.NOTICE, [(notice.pk, 0) for notice in notices], next_digest())


def next_digest(now: datetime.datetime | None = None) -> datetime.datetime:
    """The next of the fixed hours at which mail goes out: a mail tells nothing of a moment."""
    now = timezone.localtime(now)
    hours = sorted(conf().DIGEST_HOURS)
    on_the_hour = now.replace(minute=0, second=0, microsecond=0)
    later = [on_the_hour.replace(hour=hour) for hour in hours if hour > now.hour]
    if later:
        return later[0]
    return (on_the_hour + datetime.timedelta(days=1)).replace(hour=hours[0])


def send_digests(rows: Sequence[OutboxRow]) -> None:
    """One mail per account that asked for mail, however many messages wait; then forgets.

    The only code that opens seals; it runs where UNSEAL_KEY is. The rows are finished before the
    mail goes: a crash in between costs a mail, never sends one twice; the inbox has the message.
    """
    accounts = {links.unseal(seal) for seal in _seals(rows)} | _followers(rows)
    mails = [_mail(address, mark) for address, mark in _addresses(accounts)]
    with transaction.atomic():
        finish(rows)
    if mails:
        get_connection().send_messages(mails)


def _seals(rows: Sequence[OutboxRow]) -> set[str]:
    """Whose news it is, sealed: of notices here, and of the news of other apps."""
    ids: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if row.kind not in following.TELLS:
            ids[row.kind].append(row.object_id)
    notices = Notice.objects.filter(
        pk__in=ids.pop(Kind.NOTICE, []), participant__sealed_account__isnull=False
    )
    sealed = notices.values_list("participant__sealed_account", flat=True)
    found = {seal for seal in sealed if seal}
    return found.union(*(news.SOURCES[kind].seals(theirs) for kind, theirs in ids.items()))


def _followers(rows: Sequence[OutboxRow]) -> set[uuid.UUID]:
    """Who follows something in which there is news, by the kinds of rows that tell of it."""
    told: dict[str, list[OutboxRow]] = defaultdict(list)
    for row in rows:
        if row.kind in following.TELLS:
            told[row.kind].append(row)
    return set().union(*(following.TELLS[kind](theirs) for kind, theirs in told.items()))


def _addresses(accounts: set[uuid.UUID]) -> list[tuple[str, str]]:
    """(address, mark to end the mail) of who asked for mail, in the order of the addresses."""
    asked = Account.objects.filter(uuid__in=accounts, wants_mail=True)
    return sorted((account.address, mark_of(account)) for account in with_addresses(asked))


def with_addresses(accounts: QuerySet[Account]) -> list[Account]:
    """Those of the accounts that mail can go to, each with its ``address``.

    Where the site confirms addresses, no other one gets a mail: it could be somebody else's.
    """
    asked = accounts.filter(user__is_active=True)
    if apps.is_installed("allauth.account"):
        asked = asked.filter(user__emailaddress__verified=True)
        # Of two addresses the chosen one comes last, and counts.
        asked = asked.order_by("user__emailaddress__primary")
        name = "user__emailaddress__email"
    else:
        name = f"user__{get_user_model().get_email_field_name()}"
        asked = asked.exclude(**{name: ""})
    addressed = asked.annotate(address=F(name))  # type: ignore[no-redef]  # the model says so
    return list({account.pk: account for account in addressed}.values())


def _mail(address: str, mark: str) -> EmailMessage:
    """A neutral mail: that there is news, and where; never what, in which discussion, by whom.

    One press ends it (RFC 8058), in the mail program or on the page that its last link leads to.
    The site signs below, where its address stands already; the subject, which shows on a locked
    screen, does not say it. In the site's language: nothing keeps which one somebody reads.
    """
    base = getattr(settings, "WAGTAILADMIN_BASE_URL", "")
    with override(settings.LANGUAGE_CODE):
        stop = base + reverse("goedwerk_forum:unsubscribe", args=[mark])
        return EmailMessage(
            subject=_("Er is nieuws voor je"),
            body=_(
                "Er staat een bericht voor je klaar. In een mail zeggen we nooit waarover.\n\n"
                "Lees het hier: %(url)s\n\n"
                "Wil je deze mails niet meer? Zet ze uit: %(stop)s\n\n"
                "%(site)s"
            )
            % {
                "url": base + reverse("goedwerk_forum:inbox"),
                "stop": stop,
                "site": getattr(settings, "WAGTAIL_SITE_NAME", "") or base,
            },
            to=[address],
            headers={
                "Message-ID": f"<{uuid.uuid4().hex}@goedwerk.invalid>",
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
