"""Contributions of the demonstration, made by the same actions as everybody's."""

from __future__ import annotations

import datetime
import secrets
from itertools import count
from typing import Any

from django.utils import timezone
from django_comments.models import Comment

from goedwerk_forum.actions import standing
from goedwerk_forum.actions.contributions import Words, contribute, send_again, withdraw
from goedwerk_forum.actions.moderation import decide
from goedwerk_forum.actions.participants import join
from goedwerk_forum.actions.release import release
from goedwerk_forum.actions.verdicts import apply_verdicts, give_to_person
from goedwerk_forum.checks.base import Context
from goedwerk_forum.checks.verdict import Examined, run_checks
from goedwerk_forum.identity import pseudonyms
from goedwerk_forum.models import Contribution, Discussion, Notice, OutboxRow, Participant
from goedwerk_forum.outbox.rows import Kind
from goedwerk_forum.transitions import Action, Measure
from goedwerk_site.accounts.models import User

from .accounts import voice
from .pages import days_ago
from .steps import Walk

#: A pending contribution of the demonstration waits this long for the checks, to be looked at.
LEFT_PENDING = datetime.timedelta(days=365)

#: What an ambassador decides at first, per state in which the contribution ends.
DECISION = {
    "published": Action.PUBLISH,
    "hidden": Action.PUBLISH,
    "withdrawn": Action.PUBLISH,
    "returned": Action.RETURN,
    "rejected": Action.REJECT,
}
#: A new contribution that no check could look at.
STUCK = "stuck"


class Dialogue:
    """Plays the contributions of one discussion in the order of their days."""

    def __init__(self, discussion: Discussion, accounts: dict[str, User], voices: count) -> None:
        self.discussion = discussion
        self.accounts = accounts
        self.voices = voices
        self.people: dict[str, tuple[User, Participant]] = {}
        self.said: dict[str, Contribution] = {}

    def play(
        self, contributions: list[dict[str, Any]], steps: dict[str, Any] | None = None
    ) -> None:
        """Says everything, and only then hides and withdraws: what was said had answers first.

        ``steps`` tells which format it goes through, and when to which step.
        """
        walk = Walk(self.discussion, steps, self.accounts["ambassadeur"])
        for item in sorted(contributions, key=lambda item: -item["days_ago"]):
            walk.until(item["days_ago"])
            self._say(item)
        walk.finish()
        for item in contributions:
            self._edit(item)
            self._take_away(item)
            backdate(self.said[item["id"]], days_ago(item["days_ago"]))
            if "measure" in item:
                self._measure(self.said[item["id"]], item["measure"])

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
        revision_id = contribution.revisions.get().pk
        check = OutboxRow.objects.filter(kind=Kind.CHECK, object_id=revision_id)
        if item["state"] == "pending":
            check.update(due_at=timezone.now() + LEFT_PENDING)
        elif item["state"] == STUCK:
            give_to_person(revision_id)
            check.delete()
        else:
            self._hold(contribution)
            if item["state"] in DECISION:
                self._decide(contribution, DECISION[item["state"]], item)

    def _edit(self, item: dict[str, Any]) -> None:
        """Its author wrote another text in the place of what readers saw.

        ``edit`` says in which state that one ends, and why; without it readers see it.
        """
        if "edited" not in item:
            return
        contribution = self.said[item["id"]]
        contribution.refresh_from_db()
        words = Words(item["edited"].strip(), contribution.kind, contribution.lens)
        send_again(contribution=contribution, version=contribution.version, words=words)
        self._hold(contribution)
        edit = item.get("edit", {"state": "published"})
        if edit["state"] in DECISION:
            self._decide(contribution, DECISION[edit["state"]], edit)

    def publish(self, contribution: Contribution) -> None:
        """A person lets it pass, whatever the checks find."""
        self._hold(contribution)
        self._decide(contribution, Action.PUBLISH, {})

    def _hold(self, contribution: Contribution) -> None:
        """The checks hold it, whatever they find: a person decides what the demonstration shows."""
        revision = contribution.revisions.select_related("contribution__discussion").latest(
            "number"
        )
        findings = run_checks(revision.text, Context(by_newcomer=contribution.by_newcomer))
        rows = OutboxRow.objects.filter(kind=Kind.CHECK, object_id=revision.pk)
        apply_verdicts([Examined(revision, findings, Action.HOLD)], list(rows))

    def _decide(self, contribution: Contribution, action: Action, item: dict[str, Any]) -> None:
        contribution.refresh_from_db()
        with_reason = action != Action.PUBLISH
        decide(
            user=self.accounts["ambassadeur2"],
            public_id=contribution.public_id,
            version=contribution.version,
            action=action,
            reason=item["reason"] if with_reason else "",
            words=item.get("words", "") if with_reason else "",
        )
        if action == Action.PUBLISH:
            release([self.discussion.pk])

    def _take_away(self, item: dict[str, Any]) -> None:
        contribution = self.said[item["id"]]
        if item["state"] == "hidden":
            self._decide(contribution, Action.HIDE, item)
        if item["state"] == "withdrawn":
            withdraw(contribution=Contribution.objects.get(pk=contribution.pk))

    def _measure(self, contribution: Contribution, told: dict[str, Any]) -> None:
        """Warns or pauses its author, excludes her with two, or asks for the second person.

        One that is ``lifted`` another ambassador ends at once.
        """
        asks = told["kind"] in ("ask", Measure.EXCLUDE)
        order = standing.Order(
            kind=Measure.EXCLUDE if asks else Measure(told["kind"]),
            reason=told["reason"],
            words=told["words"],
            until=timezone.localdate() + datetime.timedelta(days=told["days"]),
        )
        by = self.accounts["ambassadeur2"]
        act = standing.ask_exclusion if asks else standing.warn_or_pause
        request = act(user=by, public_id=contribution.public_id, order=order)
        if told["kind"] == Measure.EXCLUDE:
            standing.confirm(user=self.accounts["ambassadeur"], public_id=request.public_id)
        if told.get("lifted"):
            standing.end_early(user=self.accounts["ambassadeur"], public_id=request.public_id)


def _label(slug: str) -> str:
    return "ICT" if slug.lower() == "ict" else slug


def backdate(contribution: Contribution, day: datetime.date) -> None:
    """Makes it look as if said on ``day``; the audit record keeps today, as it must."""
    midnight = timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
    Contribution.objects.filter(pk=contribution.pk).update(day=day)
    Comment.objects.filter(pk=contribution.pk).update(submit_date=midnight)
    contribution.revisions.update(day=day)
    contribution.statements.update(day=day)
    Notice.objects.filter(contribution=contribution).update(day=day)
