"""What can go wrong in a circle."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .base import ForumError, NotAllowed


class PlanChanged(ForumError):
    """The other guide changed the plan of a circle since its form was shown."""

    code = "plan_changed"
    message = _(
        "Het plan van de kring is intussen veranderd, waarschijnlijk door je collega. Er is nog "
        "niets van jou bewaard. Wat je invulde, staat hieronder. Wil je dat het zo wordt? Bewaar "
        "het dan nog eens."
    )


class SheetChanged(ForumError):
    """The other guide wrote on the sheet of a session since its form was shown."""

    code = "sheet_changed"
    message = _(
        "Je collega schreef intussen ook aan deze voorbereiding. Er is nog niets van jou bewaard. "
        "Je ziet hieronder hoe het blad nu is, en jouw tekst staat nog in het veld. Zet bij elkaar "
        "wat je wilt houden, en bewaar het dan."
    )


class CircleClosed(ForumError):
    """A tool would change what stands in a circle that its members were told is over."""

    code = "circle_closed"
    message = _(
        "Deze kring is gesloten. De dialogen erin blijven zoals ze zijn: je kunt ze nog lezen, "
        "tot dertig dagen na de laatste dag."
    )


class CircleTooSmall(ForumError):
    """Fewer people joined a circle than it needs to start."""

    code = "circle_too_small"
    message = _("Een kring begint met ten minste zes leden. Nodig eerst meer mensen uit.")


class CircleFull(ForumError):
    """A circle, or what is left of its invitations, has no such number of places."""

    code = "circle_full"
    message = _("Er is geen plaats meer vrij in deze kring. Een kring heeft hooguit elf leden.")


class InvitationGone(ForumError):
    """An invitation is used up, revoked, too old, not for the asker, or never was."""

    code = "invitation_gone"
    message = _("Deze uitnodiging werkt niet meer.")


class GuideOfCircle(NotAllowed):
    """A guide would be a member of her own circle, among people who think she is not."""

    code = "guide_of_circle"
    message = _("Je begeleidt deze kring. Daarom kun je er geen lid van zijn.")


class NotMember(NotAllowed):
    """Who writes does not sit in the circle (any more)."""

    code = "not_member"
    message = _("In een kring schrijven alleen de leden. Je komt erin met een uitnodiging.")
