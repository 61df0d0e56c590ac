"""Rounds of a page: opened, answered, closed. No row leads from an answer to who gave it.

An answer and the token of who answered are written in one transaction, so the two rows it touches
share its number. That links the token with the round, which it names anyway: what was answered is
in neither of them. It is in the pool, added up with the other answers that wait, and sealed.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from goedwerk_forum.errors import KeyMissing, NotFound
from goedwerk_forum.identity import limits, once
from goedwerk_forum.models import Discussion, Step
from goedwerk_forum.people import Person
from goedwerk_forum.shipped_formats import VOTE

from ..ballots import pool as pools
from ..errors import AlreadyAnswered, LastRound, RoundClosed
from ..models import BallotToken, Round
from ..models.ballot_pages import ROUNDS, BallotPageMixin
from ..models.ballots import STEP

if TYPE_CHECKING:
    from ..ballots.pool import Pool

#: What staff did, in the history of the page.
OPENED, CLOSED = "goedwerk.open_round", "goedwerk.close_round"
#: Fewer answers than this that wait at closing stay out: they would show what those few chose.
FEW = 3


# --- answering -------------------------------------------------------------------------------


def answer(*, user: Person, round_: Round, cells: Collection[str]) -> None:
    """Counts one answer, for good: nobody can find it again to change it.

    ``cells`` are those of ``ballots.sheets`` that were chosen.

    Raises:
        AlreadyAnswered: she did before, in this round.
        RoundClosed: it takes no answers (any more).
        TooManyWrites: the account wrote more than WRITES_PER_HOUR.
        KeyMissing: this process has no LINK_KEY.
    """
    if has_answered(user, round_):
        raise AlreadyAnswered
    limits.count_write(user)
    token = once.mark(user, round_.uuid)
    try:
        with transaction.atomic():
            now = _locked(round_)
            if not now.takes_answers:
                raise RoundClosed
            BallotToken.objects.create(round=now, token=token)
            _put(now, cells)
    except IntegrityError:
        raise AlreadyAnswered from None


def has_answered(user: Person, round_: Round) -> bool:
    """Whether ``user`` answered in a round; after it closed nobody can tell."""
    marks = once.marks_of(user, round_.uuid)
    return BallotToken.objects.filter(round=round_, token__in=marks).exists()


def _locked(round_: Round) -> Round:
    found = Round.objects.select_for_update(no_key=True).filter(pk=round_.pk).first()
    if found is None:
        raise NotFound
    return found


def _put(round_: Round, cells: Collection[str]) -> None:
    known = set(round_.asked.cells())
    pool = pools.opened(round_)
    pool.add(cell for cell in cells if cell in known)
    if pool.size == STEP:
        _count(round_, pool)
        pool = pools.Pool()
    round_.sealed_pool = pools.closed(pool, round_)
    round_.save(update_fields=["tally", "counted", "sealed_pool"])


def _count(round_: Round, pool: Pool) -> None:
    round_.tally = dict(sorted((Counter(round_.tally) + pool.cells).items()))
    round_.counted += pool.size


# --- opening and closing ---------------------------------------------------------------------


def open_round(*, page: BallotPageMixin, user: Person | None = None) -> Round:
    """The next round of a page; one that is open closes first. ``user`` is None for the clock.

    Raises:
        LastRound: it had all its rounds.
        KeyMissing: one that is open holds answers, and this process has no LINK_KEY.
    """
    with transaction.atomic():
        Page.objects.select_for_update(no_key=True).get(pk=page.pk)
        for before in Round.objects.filter(page_id=page.pk, is_open=True):
            close_round(round_=before)
        number = Round.objects.filter(page_id=page.pk).count() + 1
        if number > ROUNDS:
            raise LastRound
        made = _new_round(page, number)
        log(page, OPENED, user=user, data={"number": number})
    page.__dict__.pop("_rounds", None)
    return made


def _new_round(page: BallotPageMixin, number: int) -> Round:
    made = Round(
        page_id=page.pk,
        number=number,
        sheet=page.sheet().stored(),
        closes_on=page.closes_on(number),
    )
    made.sealed_pool = pools.closed(pools.Pool(), made)
    made.save(force_insert=True)
    return made


def close_round(*, round_: Round, user: Person | None = None) -> None:
    """Counts what waits, and drops who answered; closed twice, it is closed once.

    Raises:
        KeyMissing: this process has no LINK_KEY.
    """
    with transaction.atomic():
        now = _locked(round_)
        if not now.is_open:
            return
        pool = pools.opened(now)
        if pool.size >= FEW and pool.size + now.counted >= STEP:
            _count(now, pool)
        now.is_open, now.sealed_pool, now.closed_on = False, "", timezone.localdate()
        now.save(update_fields=["tally", "counted", "is_open", "sealed_pool", "closed_on"])
        now.tokens.all().delete()
        if user is not None:
            log(now.page.specific, CLOSED, user=user, data={"number": now.number})


# --- following the page and the clock --------------------------------------------------------


def follow_page(*, page: BallotPageMixin) -> None:
    """Opens the first round of a live page, and gives an open one the last day the page says.

    A round in which nobody answered yet asks what the page asks now.
    """
    rounds = list(Round.objects.filter(page_id=page.pk))
    if not rounds:
        if page.sheet().items:
            open_round(page=page)
        return
    for one in rounds:
        if one.is_open:
            _follow(one, page)


def _follow(round_: Round, page: BallotPageMixin) -> None:
    with transaction.atomic():
        now = _locked(round_)
        now.closes_on = page.closes_on(now.number)
        changed = ["closes_on"]
        asks = page.sheet()
        if asks != now.asked and not (now.counted or now.tokens.exists()):
            now.sheet = asks.stored()
            now.sealed_pool = pools.closed(pools.Pool(), now)
            changed += ["sheet", "sealed_pool"]
        now.save(update_fields=changed)
    page.__dict__.pop("_rounds", None)


def follow_course(discussion: Discussion, step: Step) -> None:
    """Opens the second round of a page where its dialogue goes to the step of voting again.

    A process without LINK_KEY cannot count what waits in the first: then it is done at night.
    """
    earlier = discussion.course.all_steps[: step.number - 1]
    if step.task != VOTE or not any(one.task == VOTE for one in earlier):
        return
    page = discussion.page.specific
    if not isinstance(page, BallotPageMixin) or [one.number for one in page.rounds] != [1]:
        return
    try:
        open_round(page=page)
    except KeyMissing:
        model = type(page)._default_manager
        model.filter(pk=page.pk).update(second_opens_on=timezone.localdate())


def follow_dates() -> int:
    """Once a day: closes rounds whose last day is over, opens second ones whose day has come.

    One that fails holds up no other, and is raised when the others are done. A step of voting
    again that began while this process died opens its round now.
    """
    today = timezone.localdate()
    failed: list[Exception] = []
    over = list(Round.objects.filter(is_open=True, closes_on__lt=today))
    done = _each(over, lambda one: close_round(round_=one), failed)
    done += _each(_waiting_for_second(today), lambda page: open_round(page=page), failed)
    in_steps = Discussion.objects.filter(course__isnull=False).select_related("course", "page")
    running = [one for one in in_steps if one.is_running]
    _each(running, lambda one: follow_course(one, one.course.step), failed)
    if failed:
        raise failed[0]
    return done


def _each(found: Iterable[Any], act: Callable[[Any], object], failed: list[Exception]) -> int:
    """Does it for each; returns how often it went well, and adds what went wrong."""
    done = 0
    for one in found:
        try:
            act(one)
        except Exception as error:
            failed.append(error)
        else:
            done += 1
    return done


def _waiting_for_second(today: datetime.date) -> Iterator[Any]:
    """Live pages whose second round is due, and that had a first one."""
    from django.apps import apps

    for model in apps.get_models():
        if issubclass(model, BallotPageMixin):
            due = model._default_manager.filter(live=True, second_opens_on__lte=today)
            yield from due.filter(goedwerk_rounds__number=1).exclude(goedwerk_rounds__number=2)
