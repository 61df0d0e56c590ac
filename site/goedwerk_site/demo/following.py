"""What somebody of the demonstration follows: with news, without, by mail, and no longer hers."""

from __future__ import annotations

from goedwerk_casestudies.models import Theme
from goedwerk_forum import circles, following
from goedwerk_forum.actions.following import follow
from goedwerk_forum.models import Discussion, Follow
from goedwerk_site.accounts.models import User

from .dialogue import Dialogue
from .pages import days_ago

#: Who follows, and days since she began.
WHO, SINCE = "deelnemer", 21
THEMES = 2


def make_follows(dialogues: dict[str, Dialogue], accounts: dict[str, User]) -> int:
    """Does it, by the same action as any reader; returns how much she follows."""
    who = accounts[WHO]
    for number, dialogue in enumerate(list(dialogues.values())[:3]):
        target = dialogue.discussion.uuid.hex
        follow(user=who, kind=following.DISCUSSION, target=target, in_mail=number == 0)
    for theme in Theme.objects.order_by("name")[:THEMES]:
        follow(user=who, kind="thema", target=str(theme.pk), in_mail=False)
    circle = Discussion.objects.filter(in_circle=True, branch_of__isnull=True).first()
    if circle is not None:
        # Somebody who does not sit in it sees that it is there no more for her.
        for one in (who, *_outside(circle, accounts)):
            follow(user=one, kind=following.DISCUSSION, target=circle.uuid.hex, in_mail=False)
    _began_earlier()
    return Follow.objects.count()


def _outside(circle: Discussion, accounts: dict[str, User]) -> list[User]:
    participants = [user for name, user in accounts.items() if name.startswith(WHO)]
    return [user for user in participants if not circles.is_member(user, circle)][:1]


def _began_earlier() -> None:
    Follow.objects.update(day=days_ago(SINCE))
