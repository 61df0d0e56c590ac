"""Undoing the last decision: the proof lies in a cookie of the decider's browser for a minute."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ..actions.undoing import SECONDS, read, undo
from ..errors import StaleDecision, TooLate
from ..transitions import Action
from .guard import ForModerators

COOKIE = "gw_besluit"


@dataclass(frozen=True)
class Undoable:
    """The decision that the asker took a moment ago."""

    public_id: str
    action: str


def keep(response: HttpResponse, request: HttpRequest, signed: str) -> None:
    """Gives the browser the proof of a decision; it comes back to the moderation pages only."""
    response.set_cookie(
        COOKIE,
        signed,
        max_age=SECONDS,
        path=reverse("goedwerk_moderation:index"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )


def waiting_in(request: HttpRequest) -> Undoable | None:
    """What the asker can still undo; no query."""
    value = read(request.user, request.COOKIES.get(COOKIE, ""))
    if value is None:
        return None
    return Undoable(value["id"], str(Action(value["action"]).label))


class UndoView(ForModerators):
    """Takes the decision back, and opens the case again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            contribution = undo(user=request.user, signed=request.COOKIES.get(COOKIE, ""))
        except (TooLate, StaleDecision):
            messages.error(request, str(TooLate()))
            url = reverse("goedwerk_moderation:index")
        else:
            messages.success(request, _("Je beslissing is ongedaan gemaakt."))
            url = reverse("goedwerk_moderation:case", args=[contribution.public_id])
        response = HttpResponseRedirect(url)
        response.delete_cookie(COOKIE, path=reverse("goedwerk_moderation:index"), samesite="Strict")
        return response
