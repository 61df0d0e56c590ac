"""Reporting (melden): by anybody, about a contribution or about the page itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Greatest
from django.utils import timezone
from wagtail.models import Page

from .. import access, complaints
from ..complaints import open_reports, still_waiting
from ..conf import conf
from ..errors import AnsweredMeanwhile, IllegalTransition, NotFound, OwnContribution, StaleDecision
from ..identity import limits, links, reporters, sealed
from ..models import (
    GROUND_OF,
    AuditRecord,
    Contribution,
    Discussion,
    Report,
    ReportReason,
    Urgency,
    Waiting,
)
from ..people import Person
from ..transitions import Action, Display, State
from . import audit, desk, threshold, waiting
from .answers import answer_open
from .changing import change, under_lock
from .contributions import published_at_least
from .moderation import AMBASSADOR

REPORTER = "reporter"
#: Reasons for which a text that names somebody, or a secret, stays away until a person looked.
GRAVE = (ReportReason.TRACEABLE, ReportReason.CONFIDENTIAL)


@dataclass(frozen=True)
class Complaint:
    """What somebody reports: why, in her own words, by which form (``submission``)."""

    reason: str
    text: str
    submission: str


@dataclass(frozen=True)
class Filed:
    """A report that stands; ``code`` follows it for who is not signed in.

    ``was_there``: it stood already, by the same form or the same person; ``was_added``: and
    something new was put in it.
    """

    report: Report
    code: str = ""
    was_there: bool = False
    was_added: bool = False


def report(
    *,
    user: Person,
    network: str,
    discussion: Discussion | None,
    contribution: Contribution | None,
    complaint: Complaint,
    page: Page | None = None,
) -> Filed:
    """Files a report of ``contribution``, or of the page of ``discussion``; the same one once.

    ``page``: one that never had a discussion, in the place of both.

    Whoever reports it again, with another reason or other words, adds that to her open report.

    Raises:
        NotFound: readers do not see the text (any more).
        OwnContribution: it is the reporter's own.
        TooManyReports: the account, or the network, reported too much this hour.
        AnsweredMeanwhile: what she adds to was answered already.
        KeyMissing: this process has no identity keys.
    """
    new = _new(user, discussion or page, contribution, complaint)
    code = "" if new.reporter else reporters.code_of(complaint.submission)
    if there := _standing(user, new):
        if _adds(there, new, complaint):
            limits.count_report(user, network)
        return _added(there, new, complaint, code)
    _refuse_own(user, contribution)
    limits.count_report(user, network)
    new.counts = counts(user, contribution)
    try:
        with transaction.atomic():
            _file(new)
    except IntegrityError:
        if there := _standing(user, new):
            return _added(there, new, complaint, code)
        raise
    return Filed(new, code)


def _added(there: Report, new: Report, complaint: Complaint, code: str) -> Filed:
    """What stands already, with what is new in ``complaint``: still one report of hers.

    It gets another public id where something is new: who decides on it has to have read that.
    """
    if not _adds(there, new, complaint):
        return Filed(there, code, was_there=True)
    with transaction.atomic():
        contribution = _locked(new)
        found = Report.objects.select_for_update(no_key=True).filter(
            pk=there.pk, state=Report.State.OPEN
        )
        now = found.first()
        if now is None:
            raise AnsweredMeanwhile
        now.reason = _graver(now.reason, complaint.reason)
        now.sealed = sealed.seal(_both(_text_of(now), complaint.text), now.uuid)
        now.public_id = new.public_id
        now.save(update_fields=["reason", "sealed", "public_id"])
        _note(contribution, now, "report_added")
        _ask(contribution, now)
    return Filed(now, code, was_there=True, was_added=True)


def _adds(there: Report, new: Report, complaint: Complaint) -> bool:
    """Whether a complaint about the same says something that the report does not."""
    about = (new.discussion_id, new.page_id, new.contribution_id)
    if (there.discussion_id, there.page_id, there.contribution_id) != about:
        return False
    says_more = complaint.text not in _text_of(there)
    return says_more or _graver(there.reason, complaint.reason) != there.reason


def _text_of(report: Report) -> str:
    return str(sealed.unseal(report.sealed, report.uuid))


def _both(before: str, now: str) -> str:
    return before if now in before else "\n\n".join(text for text in (before, now) if text)


def _graver(before: str, now: str) -> str:
    """The reason of two that counts: one that protects somebody stays, else the later one."""
    return before if before in GRAVE and now not in GRAVE else now


def _new(
    user: Person,
    about: Discussion | Page | None,
    contribution: Contribution | None,
    complaint: Complaint,
) -> Report:
    # As participants do: a branch of it may move back.
    home = about.home if isinstance(about, Discussion) else None
    made = Report(
        discussion=home,
        page=about if isinstance(about, Page) else None,
        contribution=contribution,
        reason=complaint.reason,
        day=timezone.localdate(),
    )
    made.sealed = sealed.seal(complaint.text, made.uuid)
    if user.is_authenticated:
        made.reporter = reporters.token(links.account_uuid(user), made.place)
    else:
        made.receipt = reporters.hashed(reporters.code_of(complaint.submission))
    return made


def _standing(user: Person, new: Report) -> Report | None:
    """The report that this one would repeat: of the same form, or open and of the same person.

    Under whichever key she made it: while keys are rotated there are two.
    """
    if new.receipt:
        return Report.objects.filter(receipt=new.receipt).first()
    return Report.objects.filter(
        discussion=new.discussion,
        page=new.page,
        contribution=new.contribution,
        reporter__in=reporters.tokens_of(user, [new.place]),
        state=Report.State.OPEN,
    ).first()


def _refuse_own(user: Person, contribution: Contribution | None) -> None:
    if contribution is not None and access.is_own(user, contribution):
        raise OwnContribution


def counts(user: Person, contribution: Contribution | None) -> bool:
    """Whether a report counts towards hiding: signed in, in good standing, no newcomer."""
    if contribution is None or not user.is_authenticated:
        return False
    return access.is_in_good_standing(user) and published_at_least(user, conf().NEWCOMER_UNTIL)


def _file(new: Report) -> None:
    """Writes it, puts the contribution in the queue, and hides it where enough count."""
    contribution = _locked(new)
    new.save(force_insert=True)
    _note(contribution, new, "report")
    _ask(contribution, new)


def _note(contribution: Contribution | None, now: Report, action: str) -> None:
    about = contribution.public_id if contribution else now.place.hex
    kind = "contribution" if contribution else "page"
    audit.write([audit.about(kind, about, action, actor=REPORTER, reason=now.reason)])


def _ask(contribution: Contribution | None, new: Report) -> None:
    """Hides a text of which enough people say so, or else asks for a look."""
    if contribution is None:
        return
    reports = list(open_reports(contribution.pk).filter(counts=True, reason__in=GROUND_OF))
    if new.counts and _is_enough(contribution, len(reports)):
        threshold.hide(contribution, reports)
    else:
        _ask_a_look(contribution, new, len(reports))
    waiting.begin([contribution.pk])


def _locked(new: Report) -> Contribution | None:
    """The contribution as it is now, while nobody else reports or decides on it."""
    if new.contribution_id is None:
        return None
    found = (
        Contribution.objects.filter(pk=new.contribution_id, display=Display.TEXT)
        .select_for_update(of=("self",), no_key=True)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def _is_enough(contribution: Contribution, number: int) -> bool:
    """Enough count, and no person has let the text stand that readers see."""
    return (
        number >= max(conf().REPORT_THRESHOLD, 1)
        and contribution.state == State.PUBLISHED
        and contribution.vetted_revision < contribution.shown_revision
    )


def _ask_a_look(contribution: Contribution, new: Report, number: int) -> None:
    """Somebody should look, sooner where many ask or somebody may be found out.

    The version stays: a flood of reports must not make an ambassador's decision stale.
    """
    grave = new.counts and new.reason in GRAVE
    urgent = grave or (new.counts and number >= conf().REPORT_THRESHOLD)
    Contribution.objects.filter(pk=contribution.pk).update(
        urgency=Greatest(F("urgency"), Value(Urgency.URGENT if urgent else Urgency.RAISED)),
        waiting=Case(When(waiting__isnull=True, then=Value(Waiting.REPORT)), default=F("waiting")),
    )


# --- by a person -----------------------------------------------------------------------------


def keep(
    *, user: Person, public_id: str, version: int, seen: Collection[str], words: str = ""
) -> Contribution:
    """An ambassador lets a reported text stand; of a withdrawn one she closes the case.

    ``seen``: the public ids of the reports that she read.

    Raises:
        NotFound: the contribution is not in a discussion granted to her.
        OwnContribution: it is her own.
        ClaimedByColleague, SecondLookAsked: it is somebody else's to decide now.
        StaleDecision: it changed since, or there is a report that she has not read.
        IllegalTransition: nothing was reported, or readers do not see it.
    """
    with transaction.atomic():
        contribution = under_lock(access.judgeable(user, public_id))
        is_gone = contribution.state == State.WITHDRAWN
        if contribution.version != version:
            raise StaleDecision
        desk.refuse_if_not_hers(user, contribution)
        found = set(open_reports(contribution.pk).values_list("public_id", flat=True))
        if not found or contribution.state not in (State.PUBLISHED, State.WITHDRAWN):
            raise IllegalTransition
        if not found <= set(seen):
            raise StaleDecision
        outcome = Report.State.GONE if is_gone else Report.State.REFUSED
        answer_open([contribution.pk], outcome=outcome, actor=AMBASSADOR, words=words)
        _let_stand(contribution)
        audit.write([_kept(contribution)])
        desk.close([contribution.pk])
        waited_as = contribution.waiting
        contribution.refresh_from_db()
        waiting.follow(contribution.pk, before=waited_as, after=contribution.waiting)
    return contribution


def _let_stand(contribution: Contribution) -> None:
    """It waits for what it waited for besides the reports, and software hides it no more."""
    change(
        contribution,
        urgency=Urgency.ORDINARY,
        waiting=Case(When(~Q(waiting=Waiting.REPORT), then=F("waiting")), default=still_waiting()),
        vetted_revision=Greatest(F("vetted_revision"), F("shown_revision")),
    )


def _kept(contribution: Contribution) -> AuditRecord:
    return audit.entry(
        contribution,
        Action.KEEP,
        actor=AMBASSADOR,
        before=contribution.state,
        after=contribution.state,
        version=contribution.version + 1,
    )


def answer_page_report(*, user: Person, public_id: str, upheld: bool, words: str = "") -> Report:
    """Answers a report of a page, for who may moderate its discussion or edit the page.

    Raises:
        NotFound: it is not hers to answer.
        OwnReport: she made it herself.
        StaleDecision: a colleague answered it.
    """
    found = complaints.page_report(user, public_id)
    outcome = Report.State.UPHELD if upheld else Report.State.REFUSED
    with transaction.atomic():
        changed = Report.objects.filter(pk=found.pk, state=Report.State.OPEN).update(
            state=outcome, answer=words, decided_on=timezone.localdate()
        )
        if not changed:
            raise StaleDecision
        about = found.place.hex
        audit.write(
            [audit.about("page", about, f"report_{outcome}", actor="editor", reason=found.reason)]
        )
        found.refresh_from_db()
    return found
