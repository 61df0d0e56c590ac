"""What waits for the privacy officer on the admin's home page: the record, letting go, orders."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..actions.retention import last_done
from ..models import AuditRecord, AuditVerification, Unmasking
from .home import Task, TasksPanel
from .verifying import RIGHT

UNMASK = "goedwerk_forum.unmask"
#: Days after which the record should be looked at again.
LOOK_AGAIN = 30
#: Time after its last success when what is done each day is late.
LATE = datetime.timedelta(days=2)


def panel_of(request: HttpRequest) -> TasksPanel | None:
    """For who may see the record; None for others."""
    if not (request.user.is_active and request.user.has_perm(RIGHT)):
        return None
    return TasksPanel(
        "goedwerk_privacy",
        _("Privacy"),
        _tasks(request),
        icon="lock",
        order=40,
        calm=_("Het logboek is heel en het opruimen loopt. Er wacht niets op jou."),
    )


def _tasks(request: HttpRequest) -> Iterator[Task]:
    yield from _record()
    yield from _letting_go()
    if request.user.has_perm(UNMASK):
        yield from _orders()


def _record() -> Iterator[Task]:
    """Whether the record was looked at lately and found whole, and sealed since; two queries."""
    url = reverse("goedwerk_verify_audit")
    states = AuditVerification.State
    latest = AuditVerification.objects.order_by("-pk").first()
    if latest is None:
        yield Task(_("Het logboek van de moderatie is nog nooit gecontroleerd"), url)
    elif latest.state == states.BROKEN:
        words = ngettext(
            "Het logboek is niet heel: er is %(n)s ding mis",
            "Het logboek is niet heel: er zijn %(n)s dingen mis",
            latest.problem_count,
        )
        yield Task(words % {"n": latest.problem_count}, url, is_urgent=True)
    elif latest.state == states.FAILED:
        yield Task(_("De controle van het logboek is niet gelukt"), url, is_urgent=True)
    elif latest.day < timezone.localdate() - datetime.timedelta(days=LOOK_AGAIN):
        words = _("Het logboek is voor het laatst gecontroleerd op %(day)s")
        yield Task(words % {"day": date_format(latest.day, "j F Y")}, url)
    unsealed = AuditRecord.objects.filter(seal__isnull=True, day__lt=timezone.localdate())
    if unsealed.exists():
        yield Task(_("Regels van eerdere dagen zijn nog niet verzegeld"), url, is_urgent=True)


def _letting_go() -> Iterator[Task]:
    """Whether each rule of the nightly letting go was followed; one query, two where none was."""
    moments = last_done()
    done = [moment for moment in moments if moment is not None]
    if not moments and _is_new():
        return
    if not done:
        yield Task(_("Het opruimen van oude gegevens heeft nog nooit gelopen"), is_urgent=True)
    elif len(done) < len(moments):
        yield Task(_("Een deel van het opruimen is nog nooit gelukt"), is_urgent=True)
    elif min(done) < timezone.now() - LATE:
        words = _("Het opruimen van oude gegevens loopt achter, voor het laatst op %(day)s")
        last = date_format(timezone.localtime(min(done)), "j F Y")
        yield Task(words % {"day": last}, is_urgent=True)


def _is_new() -> bool:
    """Whether the site was set up so lately that its first night may have to come yet."""
    migrations = MigrationRecorder.Migration.objects
    first = migrations.order_by("applied").values_list("applied", flat=True).first()
    return first is not None and first > timezone.now() - LATE


def _orders() -> Iterator[Task]:
    """Orders of which an author still has to hear; their number only, one query."""
    if number := Unmasking.objects.filter(is_told=False).count():
        words = ngettext(
            "Van %(n)s bevel om te zien wie iets schreef, hoort de schrijver het nog",
            "Van %(n)s bevelen om te zien wie iets schreef, hoort de schrijver het nog",
            number,
        )
        yield Task(words % {"n": number})
