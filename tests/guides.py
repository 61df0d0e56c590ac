"""Guides, and what they did, for tests."""

from __future__ import annotations

from django.contrib.auth.models import Permission

import factories as make
from goedwerk_forum.actions.contributions import Words, contribute
from goedwerk_forum.actions.participants import join_as_guide
from goedwerk_forum.actions.release import release
from goedwerk_forum.forms import new_submission
from goedwerk_forum.models import Contribution, Discussion
from goedwerk_forum.outbox.drive import drive

SAYS = "Ik hoor twee vragen door elkaar. Zullen we eerst over de eerste praten, en dan verder?"


def guide_of(discussion: Discussion):
    """Somebody who is named as the guide of a discussion, and does not moderate it."""
    who = may_guide()
    Discussion.objects.filter(pk=discussion.pk).update(guide=who)
    return who


def may_guide():
    """Somebody with the right to guide, of no discussion yet."""
    who = make.user()
    who.user_permissions.add(Permission.objects.get(codename="guide_discussion"))
    return who


def turn(discussion: Discussion, who, *, naming: str = "", text: str = SAYS, **fields):
    """What a guide says in her role, on its road."""
    return contribute(
        user=who,
        participant=join_as_guide(user=who, discussion=discussion),
        discussion=discussion,
        words=Words(text=text, kind="afweging", naming=naming),
        submission=new_submission(),
        **fields,
    )


def published_turn(discussion: Discussion, who, **fields) -> Contribution:
    """The same, published and seen by readers."""
    made = turn(discussion, who, **fields)
    drive("moderation")
    made.refresh_from_db()
    if made.state != "published":
        make.judged(made)
    release([discussion.pk])
    made.refresh_from_db()
    return made
