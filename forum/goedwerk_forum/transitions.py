"""The road of a contribution, as data: which action leads from which state to which."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a contribution stands."""

    PENDING = "pending", _("wordt nagekeken")
    HELD = "held", _("wacht op een ambassadeur")
    RETURNED = "returned", _("teruggegeven")
    PUBLISHED = "published", _("geplaatst")
    HIDDEN = "hidden", _("tijdelijk verborgen")
    REJECTED = "rejected", _("niet geplaatst")
    WITHDRAWN = "withdrawn", _("ingetrokken")


class RevisionState(models.TextChoices):
    """Where one version of the text stands."""

    PENDING = "pending", _("wordt nagekeken")
    HELD = "held", _("wacht op een ambassadeur")
    RETURNED = "returned", _("teruggegeven")
    ACCEPTED = "accepted", _("goedgekeurd")
    DROPPED = "dropped", _("vervangen of niet geplaatst")
    ERASED = "erased", _("gewist")


#: Versions that are not decided on yet, or with their author again.
OPEN_REVISIONS = [RevisionState.PENDING, RevisionState.HELD, RevisionState.RETURNED]


class Display(models.TextChoices):
    """What readers see of a contribution."""

    NOTHING = "nothing", _("niets")
    TEXT = "text", _("de tekst")
    TOMBSTONE = "tombstone", _("een lege plek")


class Action(models.TextChoices):
    """What can be done to a contribution."""

    POST = "post", _("ingestuurd")
    RESEND = "resend", _("opnieuw ingestuurd")
    HOLD = "hold", _("vastgehouden")
    PUBLISH = "publish", _("geplaatst")
    RETURN = "return", _("teruggegeven")
    REJECT = "reject", _("niet geplaatst")
    HIDE = "hide", _("verborgen")
    WITHDRAW = "withdraw", _("ingetrokken")
    EDIT = "edit", _("gewijzigd")
    KEEP = "keep", _("laten staan na een melding")
    LAPSE = "lapse", _("teruggekomen na 24 uur")
    GRANT = "appeal_granted", _("teruggezet na bezwaar")
    CONDITION = "appeal_condition", _("teruggegeven na bezwaar, met een voorwaarde")


class Measure(models.TextChoices):
    """What can be done towards somebody under a pseudonym, with a statement of reasons."""

    WARN = "warn", _("gewaarschuwd")
    PAUSE = "pause", _("gepauzeerd")
    EXCLUDE = "exclude", _("uitgesloten")


#: (state now, action) -> state after. What is not here cannot happen.
TRANSITIONS: dict[tuple[State, Action], State] = {
    (State.PENDING, Action.PUBLISH): State.PUBLISHED,
    (State.PENDING, Action.HOLD): State.HELD,
    (State.PENDING, Action.RETURN): State.RETURNED,
    (State.PENDING, Action.RESEND): State.PENDING,
    (State.PENDING, Action.WITHDRAW): State.WITHDRAWN,
    (State.HELD, Action.PUBLISH): State.PUBLISHED,
    (State.HELD, Action.RETURN): State.RETURNED,
    (State.HELD, Action.REJECT): State.REJECTED,
    (State.HELD, Action.RESEND): State.PENDING,
    (State.HELD, Action.WITHDRAW): State.WITHDRAWN,
    (State.RETURNED, Action.RESEND): State.PENDING,
    (State.RETURNED, Action.WITHDRAW): State.WITHDRAWN,
    (State.PUBLISHED, Action.HIDE): State.HIDDEN,
    (State.PUBLISHED, Action.WITHDRAW): State.WITHDRAWN,
    (State.HIDDEN, Action.PUBLISH): State.PUBLISHED,
    (State.HIDDEN, Action.REJECT): State.REJECTED,
    (State.HIDDEN, Action.WITHDRAW): State.WITHDRAWN,
    (State.REJECTED, Action.WITHDRAW): State.WITHDRAWN,
    (State.PUBLISHED, Action.KEEP): State.PUBLISHED,
    (State.HIDDEN, Action.LAPSE): State.PUBLISHED,
    (State.HIDDEN, Action.GRANT): State.PUBLISHED,
    (State.REJECTED, Action.GRANT): State.PUBLISHED,
    (State.HIDDEN, Action.CONDITION): State.RETURNED,
    (State.REJECTED, Action.CONDITION): State.RETURNED,
}

#: Steps that software may take by itself; it never rejects.
BY_SOFTWARE = frozenset({Action.PUBLISH, Action.HOLD, Action.RETURN})
#: Steps that an ambassador may take, in the order of her form; a pending text is software's turn.
BY_AMBASSADOR = (Action.PUBLISH, Action.RETURN, Action.REJECT, Action.HIDE)


def after(state: str, action: str) -> State | None:
    """The state that ``action`` leads to from ``state``; None where the table has no such step."""
    return TRANSITIONS.get((State(state), Action(action)))


def actions_from(state: str) -> list[Action]:
    """The actions that the table allows from ``state``, in the order of the table."""
    return [action for (start, action) in TRANSITIONS if start == state]
