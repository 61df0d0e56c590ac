"""Is the record still whole? For the privacy officer: the heads of the chain, and a look at it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from ..actions.verifying import Fault, ask_verification
from ..models import AuditHead, AuditVerification

RIGHT = "goedwerk_forum.view_auditrecord"
#: Heads of days that the page shows; those of years it shows all.
HEADS = 14


@dataclass(frozen=True)
class Named:
    """One thing that is wrong, as the page says it."""

    what: str
    record: int | None
    sequence: int | None
    day: str


def _what(problem: dict[str, Any]) -> str:
    """The sentence for one problem of a verification (``actions.verifying.Problem.as_json``)."""
    numbers = {"first": problem["sequence"], "last": problem["last"]}
    sentences: dict[str, Callable[[], str]] = {
        Fault.CHANGED: lambda: _("Deze regel is gewijzigd, of het zegel ervoor."),
        Fault.REMOVED: lambda: _("Deze regel is weggehaald."),
        Fault.BACKDATED: lambda: _("Deze regel is er later tussen gezet: de dag past niet."),
        Fault.UNSEALED: lambda: _(
            "Deze regel is niet verzegeld: te lang geleden geschreven, of erbij gezet."
        ),
        Fault.SEALS_MISSING: lambda: (
            _("De zegels %(first)s tot en met %(last)s zijn weg.") % numbers
        ),
        Fault.CLOSING: lambda: _("De kop waarmee %(last)s sloot, is gewijzigd.") % numbers,
        Fault.CUT_OFF: lambda: (
            _("Het einde is weg: de kop noemt zegel %(first)s, de keten eindigt bij %(last)s.")
            % numbers
        ),
        Fault.OTHER_HEAD: lambda: _("Dit zegel is een ander dan in de kop van die dag."),
    }
    return sentences[problem["fault"]]()


def _day(value: str | None) -> str:
    day = parse_date(value) if value else None
    return date_format(day, "j-n-Y") if isinstance(day, datetime.date) else ""


def named(verification: AuditVerification) -> list[Named]:
    return [
        Named(_what(one), one["record"], one["sequence"], _day(one["day"]))
        for one in verification.problems
    ]


@method_decorator(never_cache, name="dispatch")
class VerifyAuditView(View):
    """Shows the heads and the last look at the record; a press on the button asks for a new one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm(RIGHT):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        ask_verification()
        return redirect("goedwerk_verify_audit")

    def get(self, request: HttpRequest) -> HttpResponse:
        latest = AuditVerification.objects.order_by("-pk").first()
        states = AuditVerification.State
        title = _("Is het logboek nog heel?")
        return render(
            request,
            "goedwerk_forum/admin/verify_audit.html",
            {
                "page_title": title,
                "header_title": title,
                "header_icon": "history",
                "breadcrumbs_items": [
                    {"url": reverse("wagtailadmin_home"), "label": _("Start")},
                    {"url": reverse("goedwerk_audit"), "label": _("Logboek van de moderatie")},
                    {"url": "", "label": title},
                ],
                "latest": latest,
                "is_going_on": bool(latest and latest.state in (states.WAITING, states.RUNNING)),
                "problems": named(latest) if latest else [],
                "heads": AuditHead.objects.filter(closes_year__isnull=True).order_by("-day")[
                    :HEADS
                ],
                "closings": AuditHead.objects.filter(closes_year__isnull=False).order_by(
                    "-closes_year"
                ),
            },
        )
