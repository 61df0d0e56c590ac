"""A decision, with the proof that lets its decider take it back."""

from __future__ import annotations

from goedwerk_forum.actions import undoing
from goedwerk_forum.actions.moderation import decide
from goedwerk_forum.models import Contribution
from goedwerk_forum.transitions import Action


def decided(user, contribution, action=Action.PUBLISH, **fields):
    """Decides, and returns the proof that the decider keeps in her browser."""
    contribution = Contribution.objects.get(pk=contribution.pk)
    stood = undoing.before(contribution)
    reason = "" if action == Action.PUBLISH else "conduct"
    after = decide(
        user=user,
        public_id=contribution.public_id,
        version=contribution.version,
        action=action,
        reason=reason,
        **{"words": "Dit raakt mensen."} | fields,
    )
    return undoing.proof(user=user, decided=after, stood=stood, action=action, reason=reason)
