"""Steps that the tests of reports and appeals share."""

from __future__ import annotations

import itertools

from django.contrib.auth.models import AnonymousUser

import factories as make
from goedwerk_forum.actions.appeals import Outcome, appeal, judge
from goedwerk_forum.actions.reports import Complaint, Filed, report
from goedwerk_forum.conf import conf
from goedwerk_forum.identity import reporters
from goedwerk_forum.models import Contribution
from goedwerk_forum.transitions import Action

_numbers = itertools.count(1)
PEACEFUL = "Wij bespraken dit in het team en schreven op wat {} van ons ervan vond, heel rustig."
GROUND = "Ik noemde niemand, en mijn collega zei dat dit juist mag."


def reported(contribution, *, by=None, reason: str = "conduct", text: str = "Dit kwetst.") -> Filed:
    """A report of a contribution, by somebody unknown where nobody is given."""
    return report(
        user=by or AnonymousUser(),
        network=f"10.0.{next(_numbers)}.0/24",
        discussion=contribution.discussion,
        contribution=contribution,
        complaint=Complaint(reason=reason, text=text, submission=reporters.new_mark()),
    )


def page_reported(
    discussion, *, by=None, reason: str = "unlawful", text: str = "Kijk hier eens naar."
):
    return report(
        user=by or AnonymousUser(),
        network="",
        discussion=discussion,
        contribution=None,
        complaint=Complaint(reason=reason, text=text, submission=reporters.new_mark()),
    )


def regulars(discussion, number: int) -> list:
    """People in good standing: published often enough to be no newcomers, in that discussion."""
    people = [make.user() for _person in range(number)]
    for person in people:
        for _time in range(conf().NEWCOMER_UNTIL):
            make.published(discussion, person, text=PEACEFUL.format(f"persoon {next(_numbers)}"))
    return people


def by_software(discussion, **fields) -> Contribution:
    """A contribution that readers see and that no person has let stand."""
    made = make.published(discussion, **fields)
    Contribution.objects.filter(pk=made.pk).update(vetted_revision=0)
    return now(made)


def now(contribution) -> Contribution:
    return Contribution.objects.select_related("discussion__page", "participant").get(
        pk=contribution.pk
    )


def refused(discussion, who=None, *, by=None, **fields) -> Contribution:
    """A contribution that an ambassador did not place."""
    made = make.held(discussion, who, **fields)
    make.judged(made, Action.REJECT, "conduct", by=by)
    return now(made)


def taken_away(discussion, who=None, *, hidden_by=None, by=None, **fields) -> Contribution:
    """A contribution that readers saw, and that was hidden and then not placed, by two people."""
    made = make.published(discussion, who, **fields)
    make.judged(now(made), Action.HIDE, "conduct", by=hidden_by)
    make.judged(now(made), Action.REJECT, "conduct", by=by)
    return now(made)


def statement_of(contribution):
    found = contribution.statements.order_by("-pk").first()
    found.contribution = now(contribution)
    return found


def appealed(contribution, ground: str = GROUND):
    return appeal(statement=statement_of(contribution), ground=ground)


def verdict(made, outcome: Outcome, *, by=None, words: str = "Ik las het anders."):
    contribution = made.statement.contribution
    made.refresh_from_db()
    return judge(
        user=by or make.ambassador(contribution.discussion),
        public_id=made.public_id,
        version=made.version,
        outcome=outcome,
        words=words,
    )
