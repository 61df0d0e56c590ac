"""The daily head of the record on its way to a witness outside the site."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..conf import conf
from ..models import AuditHead, OutboxRow
from ..outbox.rows import finish


def send(rows: Sequence[OutboxRow]) -> None:
    """A mail per head: a day, a number, a hash. Sent twice is better than not: a witness reads it.

    So the rows are finished after the mail went.
    """
    heads = AuditHead.objects.filter(pk__in=[row.object_id for row in rows]).order_by("pk")
    to = witnesses()
    if to:
        get_connection().send_messages([_mail(head, to) for head in heads])
    with transaction.atomic():
        finish(rows)


def witnesses() -> list[str]:
    """WITNESS_MAIL, or else the addresses of ADMINS."""
    admins = [one if isinstance(one, str) else one[1] for one in settings.ADMINS]
    return list(conf().WITNESS_MAIL) or admins


def _mail(head: AuditHead, to: list[str]) -> EmailMessage:
    with override(settings.LANGUAGE_CODE):
        return EmailMessage(
            subject=_("Kop van het logboek van %(day)s") % {"day": date_format(head.day, "j-n-Y")},
            body=_(
                "Bewaar dit bericht buiten de site. Hiermee kun je later zien of iemand het "
                "logboek van de moderatie veranderde:\n\n"
                "manage.py verify_audit --head %(head)s"
            )
            % {"head": f"{head.sequence}:{head.digest}"},
            to=to,
        )
