"""Contributions of the demonstration, made by the same actions as everybody's."""

from __future__ import annotations

import datetime
import secrets
from itertools import count
from typing import Any

from django.utils import timezone
from django_comments.models import Comment

from goedwerk_forum.actions.contributions import Words, contribute, withdraw
from goedwerk_forum.actions.moderation import apply_verdicts, decide
from goedwerk_forum.actions.participants import join
from goedwerk_forum.actions.release import release
from goedwerk_forum.checks.base import Context
from goedwerk_forum.checks.verdict import Examined, run_checks
from goedwerk_forum.identity import pseudonyms
from goedwerk_forum.models import Contribution, Discussion, Notice, OutboxRow, Participant
from goedwerk_forum.outbox.rows import Kind
from goedwerk_forum.transitions import Action
from goedwerk_site.accounts.models import User

from .accounts import voice
from .pages import days_ago

#: A pending contribution of the demonstration waits this long for the checks, to be looked at.
LEFT_PENDING = datetime.timedelta(days=365)

STEPS: dict[str, tuple[Action, ...]] = {
    "held": (),
    "published": (Action.PUBLISH,),
    "returned": (Action.RETURN,),
    "rejected": (Action.REJECT,),
    "hidden": (Action.PUBLISH, Action.HIDE),
    "withdrawn": (Action.PUBLISH,),
}


class Dialogue:
    """Plays the contributions of one discussion in the order of their days."""

    def __init__(self, discussion: Discussion, accounts: dict[str, User], voices: count) -> None:
        self.discussion = discussion
        self.accounts = accounts
        self.voices = voices
        self.people: dict[str, tuple[User, Participant]] = {}
        self.said: dict[str, Contribution] = {}

    def play(self, contributions: list[dict[str, Any]]) -> None:
        for item in sorted(contributions, key=lambda item: -item["days_ago"]):
            self._say(item)

    def _person(self, item: dict[str, Any]) -> tuple[User, Participant]:
        name = item["author"]
        if name not in self.people:
            user = self.accounts.get(name) or voice(next(self.voices))
            participant = join(
                user=user,
                discussion=self.discussion,
                pseudonym=pseudonyms.draw(self.discussion),
                role_label=_label(item.get("role_label", "")),
            )
            self.people[name] = (user, participant)
        return self.people[name]

    def _say(self, item: dict[str, Any]) -> None:
        user, participant = self._person(item)
        contribution = contribute(
            user=user,
            participant=participant,
            discussion=self.discussion,
            words=Words(item["text"].strip(), item["kind"], item.get("lens", "")),
            submission=secrets.token_urlsafe(24),
            in_reply_to=self.said.get(item.get("reply_to", "")),
        )
        self.said[item["id"]] = contribution
        if item["state"] == "pending":
            OutboxRow.objects.filter(
                kind=Kind.CHECK, object_id=contribution.revisions.get().pk
            ).update(due_at=timezone.now() + LEFT_PENDING)
        else:
            self._judge(contribution, item)
        _backdate(contribution, days_ago(item["days_ago"]))

    def _judge(self, contribution: Contribution, item: dict[str, Any]) -> None:
        """The checks hold it, a person decides: so each state has its findings and its reasons."""
        revision = contribution.revisions.select_related("contribution__discussion").get()
        findings = run_checks(revision.text, Context(by_newcomer=contribution.by_newcomer))
        rows = OutboxRow.objects.filter(kind=Kind.CHECK, object_id=revision.pk)
        apply_verdicts([Examined(revision, findings, Action.HOLD)], list(rows))
        for action in STEPS[item["state"]]:
            contribution.refresh_from_db()
            decide(
                user=self.accounts["ambassadeur2"],
                public_id=contribution.public_id,
                version=contribution.version,
                action=action,
                reason="" if action == Action.PUBLISH else item["reason"],
                words="" if action == Action.PUBLISH else item.get("words", ""),
            )
            if action == Action.PUBLISH:
                release([self.discussion.pk])
        if item["state"] == "withdrawn":
            withdraw(contribution=Contribution.objects.get(pk=contribution.pk))


def _label(slug: str) -> str:
    return "ICT" if slug.lower() == "ict" else slug


def _backdate(contribution: Contribution, day: datetime.date) -> None:
    """Makes it look as if said on ``day``; the audit record keeps today, as it must."""
    midnight = timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
    Contribution.objects.filter(pk=contribution.pk).update(day=day)
    Comment.objects.filter(pk=contribution.pk).update(submit_date=midnight)
    contribution.revisions.update(day=day)
    contribution.statements.update(day=day)
    Notice.objects.filter(contribution=contribution).update(day=day)
