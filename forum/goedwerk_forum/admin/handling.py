"""What colleagues do at a case: taking over, handing over, notes, going on; each by a POST."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ..actions import desk
from ..errors import NotFound, NotWaiting
from ..models import Claim, Contribution
from ..people import key_of
from . import queue
from .columns import InHands, in_hands
from .duty import name_of
from .guard import ForModerators
from .queue import Place

#: What the button says under a note that asks somebody else to decide.
SECOND_LOOK = "second_look"


def desk_of_case(request: HttpRequest, contribution: Contribution) -> dict[str, Any]:
    """Who has the case in hand, what colleagues wrote, to whom it can be given; four queries."""
    contribution.__dict__.pop("claim", None)
    claim = Claim.objects.filter(contribution=contribution).first()
    contribution.claim = claim
    notes = list(contribution.case_notes.select_related("author"))
    asked = next((note for note in notes if note.asks_second_look), None)
    hands = in_hands(request, contribution)
    me = key_of(request.user)
    is_hers = bool(asked and contribution.waiting and asked.author_id == me)
    people = desk.colleagues(request.user, contribution)
    return {
        "in_hands": hands,
        "notes": [
            {
                "note": note,
                "is_hers": note.author_id == me,
                "author": name_of(note.author) if note.author else _("een collega"),
            }
            for note in notes
            if contribution.waiting
        ],
        "is_for_others": hands == InHands.COLLEAGUE or is_hers,
        "asked_by_her": is_hers,
        "asked": asked if contribution.waiting else None,
        "colleagues": [(person.get_username(), name_of(person)) for person in people],
    }


class AtCase(ForModerators):
    """One thing done at a case; afterwards she is there again, and reads what became of it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, public_id: str, **arguments: str) -> HttpResponse:
        try:
            said = self.do(public_id, **arguments)
        except NotWaiting as error:
            messages.error(request, str(error))
        else:
            if said:
                messages.success(request, said)
        return HttpResponseRedirect(self.onward(public_id))

    def do(self, public_id: str, **arguments: str) -> str:
        """Does it, and says what happened."""
        raise NotImplementedError

    def onward(self, public_id: str) -> str:
        url = reverse("goedwerk_moderation:case", args=[public_id])
        return url + queue.carried(self.request.GET)


class TakeOverView(AtCase):
    def do(self, public_id: str, **arguments: str) -> str:
        desk.take_over(user=self.request.user, public_id=public_id)
        return _("Deze bijdrage is nu bij jou.")


class HandOverView(AtCase):
    """To a colleague by name, or to nobody in particular: the whole group."""

    def do(self, public_id: str, **arguments: str) -> str:
        name = self.request.POST.get("to", "")
        people = get_user_model().objects
        colleague = people.filter(**{get_user_model().USERNAME_FIELD: name}).first()
        if name and colleague is None:
            raise NotFound
        desk.hand_over(user=self.request.user, public_id=public_id, to=colleague)
        if colleague is None:
            return _("Deze bijdrage is weer voor iedereen in de groep.")
        return _("Doorgegeven aan %(name)s.") % {"name": name_of(colleague)}

    def onward(self, public_id: str) -> str:
        """The case is no longer hers, and opening it would take it again."""
        return reverse("goedwerk_moderation:index") + queue.carried(self.request.GET)


class SkipView(AtCase):
    """Puts the case down, and goes on to the next."""

    def do(self, public_id: str, **arguments: str) -> str:
        desk.put_down(user=self.request.user, public_id=public_id)
        return ""

    def onward(self, public_id: str) -> str:
        seen = Contribution.objects.get(public_id=public_id)
        free = queue.free_for(self.request, queue.narrowed(self.request))
        following = queue.in_turn_after(free, Place.of(seen), 1, "public_id")
        carried = queue.carried(self.request.GET)
        if following:
            return reverse("goedwerk_moderation:case", args=following) + carried
        return reverse("goedwerk_moderation:index") + carried


class ForgetNoteView(AtCase):
    def do(self, public_id: str, **arguments: str) -> str:
        desk.remove_note(user=self.request.user, public_id=public_id, note=arguments["note"])
        return _("De notitie is weg.")


class AwayView(ForModerators):
    """Being away for a while, and back."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("away") == "1":
            desk.go_away(user=request.user)
            messages.success(request, _("Je bent even weg. Wat je bekeek, is weer voor iedereen."))
        else:
            desk.come_back(user=request.user)
            messages.success(request, _("Fijn dat je er weer bent."))
        return HttpResponseRedirect(reverse("goedwerk_moderation:index"))
