"""What the guide of the demonstration did: turns in her role, and each of her tools."""

from __future__ import annotations

import secrets
from typing import Any

from goedwerk_forum.actions import branching, guiding
from goedwerk_forum.actions.contributions import Words, contribute
from goedwerk_forum.actions.participants import join_as_guide
from goedwerk_forum.models import Contribution
from goedwerk_forum.models.kinds import KIND_OF_GUIDE
from goedwerk_site.accounts.models import User

from .dialogue import Dialogue, backdate
from .pages import days_ago


def lead(dialogue: Dialogue, doings: dict[str, Any], guide: User) -> None:
    """Does it all, by the same actions as any guide."""
    for item in doings.get("turns", []):
        _speak(dialogue, item, guide)
    uuid, said = dialogue.discussion.uuid.hex, dialogue.said
    guiding.set_banner(user=guide, uuid=uuid, text=doings.get("banner", ""))
    for name in doings.get("pinned", []):
        guiding.pin(user=guide, public_id=said[name].public_id)
    for name in doings.get("closed", []):
        branching.close_branch(user=guide, public_id=said[name].public_id)
    for item in doings.get("moved", []):
        head = said[item["head"]].public_id
        branching.move_branch(user=guide, public_id=head, question=item["question"])


def _speak(dialogue: Dialogue, item: dict[str, Any], guide: User) -> None:
    parent = item["reply_to"]
    turn: Contribution = contribute(
        user=guide,
        participant=join_as_guide(user=guide, discussion=dialogue.discussion),
        discussion=dialogue.discussion,
        words=Words(item["text"].strip(), KIND_OF_GUIDE, naming=item["naming"]),
        submission=secrets.token_urlsafe(24),
        in_reply_to=dialogue.said[parent] if parent else None,
    )
    dialogue.publish(turn)
    backdate(turn, days_ago(item["days_ago"]))
