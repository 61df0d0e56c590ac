"""What the guide of the demonstration did: turns in her role, and each of her tools."""

from __future__ import annotations

import secrets
from typing import Any

from goedwerk_forum.actions import branching, calling, ending, guiding, hints
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
    for item in doings.get("tables", []):
        _write_down(dialogue, item, guide)
    uuid, said = dialogue.discussion.uuid.hex, dialogue.said
    guiding.set_banner(user=guide, uuid=uuid, text=doings.get("banner", ""))
    for item in doings.get("hints", []):
        _hint(dialogue, item, guide)
    if call := doings.get("call"):
        calling.call(user=guide, uuid=uuid, kind=call["kind"], viewpoint=call["viewpoint"])
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


def _write_down(dialogue: Dialogue, item: dict[str, Any], guide: User) -> None:
    """What a table said at a meeting, released by a colleague."""
    said = contribute(
        user=guide,
        participant=join_as_guide(user=guide, discussion=dialogue.discussion),
        discussion=dialogue.discussion,
        words=Words(
            item["text"].strip(), item["kind"], item["lens"], said_on=days_ago(item["met_days_ago"])
        ),
        submission=secrets.token_urlsafe(24),
    )
    dialogue.publish(said)
    backdate(said, days_ago(item["days_ago"]))


def _hint(dialogue: Dialogue, item: dict[str, Any], guide: User) -> None:
    """A private message to an author, and her answer where she gave one."""
    about = dialogue.said[item["about"]]
    hint = hints.write_hint(user=guide, public_id=about.public_id, text=item["text"])
    if answer := item.get("answer"):
        people = dialogue.people.values()
        author = next(user for user, who in people if who.pk == about.participant_id)
        hints.answer(user=author, public_id=about.public_id, hint=hint.public_id, text=answer)


def end(dialogue: Dialogue, words: dict[str, str], guide: User) -> None:
    """Closes a dialogue with thanks; nothing is said in it any more."""
    said = ending.ClosingWords(words["thanks"], words["heard"].strip(), words["onward"].strip())
    ending.end(user=guide, uuid=dialogue.discussion.uuid.hex, words=said)
