"""Warning, pausing, excluding: decided in one discussion, held in all, ended by itself."""

from __future__ import annotations

import dataclasses
import datetime
import secrets

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from goedwerk_forum import access
from goedwerk_forum.actions import own, standing
from goedwerk_forum.actions.contributions import Words, contribute, send_again, withdraw
from goedwerk_forum.errors import (
    AskedBefore,
    HeldBack,
    ImpossibleTerm,
    KeyMissing,
    LinkIsCut,
    NotFound,
    OwnContribution,
    ReasonNeeded,
    SecondPersonNeeded,
    StaleDecision,
    StandsAlready,
)
from goedwerk_forum.identity import deciders, keys, links
from goedwerk_forum.models import (
    Account,
    AuditRecord,
    Contribution,
    MeasureRequest,
    Notice,
    OutboxRow,
    Standing,
    Statement,
)
from goedwerk_forum.outbox import drive as driving
from goedwerk_forum.outbox.drive import drive
from goedwerk_forum.transitions import Measure, RevisionState
from measures import WORDS, asked, excluded, followed, in_days, order, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(make):
    return make.discussion()


@pytest.fixture
def elsewhere(make):
    return make.discussion()


@pytest.fixture
def who(make):
    return make.user()


@pytest.fixture
def occasion(make, here, who):
    return make.published(here, who)


def write(discussion, who, make, **fields):
    """She writes, as a participant that is there already or that joined before all this."""
    return contribute(
        user=who,
        participant=links.participant_of(who, discussion),
        discussion=discussion,
        words=Words(make.CALM, "ervaring"),
        submission=secrets.token_urlsafe(24),
        **fields,
    )


def everything_written() -> tuple[int, ...]:
    models = (Statement, MeasureRequest, Notice, OutboxRow, AuditRecord, Standing)
    return tuple(model.objects.count() for model in models)


def test_measure_needs_a_whole_reason_and_keeps_the_law_until_the_statement(make, here, occasion):
    colleague = make.ambassador(here)
    plain = order(Measure.EXCLUDE, 30)
    before = everything_written()
    for part in ({"words": " "}, {"reason": "unlawful"}):
        with pytest.raises(ReasonNeeded):
            standing.ask_exclusion(
                user=make.ambassador(here),
                public_id=occasion.public_id,
                order=dataclasses.replace(plain, **part),
            )
    assert everything_written() == before
    unlawful = dataclasses.replace(plain, reason="unlawful", law="Wetboek van Strafrecht 266")
    request = standing.ask_exclusion(
        user=make.ambassador(here), public_id=occasion.public_id, order=unlawful
    )
    assert request.law == "Wetboek van Strafrecht 266"
    standing.confirm(user=colleague, public_id=request.public_id)
    request.refresh_from_db()
    assert (request.law, request.words) == ("", "")
    assert Statement.objects.get(measure=request).law == "Wetboek van Strafrecht 266"


# --- what holds, and where -------------------------------------------------------------------


def test_pause_holds_in_its_own_discussion_before_the_notifier_has_seen_it(
    make, here, who, occasion
):
    write(here, who, make)
    taken(occasion)
    written = Contribution.objects.count()
    with pytest.raises(HeldBack) as refused:
        write(here, who, make)
    assert (refused.value.held.kind, refused.value.held.until) == (Measure.PAUSE, in_days(7))
    assert Contribution.objects.count() == written


def test_pause_holds_in_every_discussion_once_the_notifier_has_followed(
    make, who, elsewhere, occasion
):
    make.participant(elsewhere, who)
    request = taken(occasion)
    write(elsewhere, who, make)
    followed(request)
    written = Contribution.objects.count()
    with pytest.raises(HeldBack):
        write(elsewhere, who, make)
    with pytest.raises(HeldBack):
        make.participant(make.discussion(), who)
    assert Contribution.objects.count() == written


def test_others_are_not_held_back(make, here, occasion):
    other = make.user()
    make.participant(here, other)
    followed(taken(occasion))
    assert write(here, other, make).pk
    assert access.held_back(other) is None


def test_warned_person_can_write_and_is_told_at_the_form(make, who, elsewhere, occasion):
    make.participant(elsewhere, who)
    followed(taken(occasion, Measure.WARN, 30))
    assert write(elsewhere, who, make).pk
    held = access.held_back(who)
    assert (held.kind, held.forbids) == (Measure.WARN, False)


def test_excluded_person_can_neither_write_reply_edit_nor_send_again(
    make, here, who, elsewhere, occasion
):
    theirs = make.published(here)
    mine = make.published(elsewhere, who)
    followed(excluded(occasion))
    with pytest.raises(HeldBack):
        write(here, who, make, in_reply_to=theirs)
    with pytest.raises(HeldBack):
        send_again(
            user=who, contribution=mine, version=mine.version, words=Words("Anders.", "vraag")
        )
    with pytest.raises(HeldBack):
        send_again(contribution=occasion, version=occasion.version, words=Words("Anders.", "vraag"))
    for contribution in (mine, occasion):
        assert contribution.revisions.filter(state=RevisionState.PENDING).count() == 0


def test_heaviest_measure_counts_and_of_two_the_longest(make, who, elsewhere, occasion):
    taken(occasion, Measure.WARN, 30)
    taken(occasion, Measure.PAUSE, 3)
    taken(make.published(elsewhere, who), Measure.PAUSE, 20)
    drive("notices")
    held = access.held_back(who)
    assert (held.kind, held.until) == (Measure.PAUSE, in_days(20))
    assert len(access.all_that_holds(who)) == 3


def test_reports_of_who_is_paused_do_not_count(who, occasion):
    assert access.is_in_good_standing(who)
    followed(taken(occasion, Measure.WARN, 30))
    assert access.is_in_good_standing(who)
    followed(taken(occasion))
    assert not access.is_in_good_standing(who)


@pytest.mark.parametrize("kind", [Measure.WARN, Measure.PAUSE])
def test_measure_is_taken_once_and_again_when_it_has_ended(make, here, who, occasion, kind):
    other = make.published(here, who)
    first = followed(taken(occasion, kind))
    written = everything_written()
    for again in (occasion, other):
        with pytest.raises(StandsAlready):
            taken(again, kind, 20)
        assert everything_written() == written
    standing.lift(statement=first.statement)
    drive("notices")
    followed(taken(occasion, kind, 20))
    assert [held.until for held in access.all_that_holds(who)] == [in_days(20)]


def test_measure_whose_last_day_passed_can_be_taken_again(occasion, monkeypatch):
    taken(occasion, days=3)
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + datetime.timedelta(days=3))
    with pytest.raises(StandsAlready):
        taken(occasion)
    assert MeasureRequest.objects.count() == 1
    monkeypatch.setattr(timezone, "now", lambda: now + datetime.timedelta(days=4))
    taken(occasion)
    assert MeasureRequest.objects.count() == 2


def test_who_is_excluded_here_is_not_excluded_once_more(make, here, who, occasion):
    request, other = asked(occasion), asked(make.published(here, who), 300)
    colleague = make.ambassador(here)
    standing.confirm(user=colleague, public_id=request.public_id)
    before = everything_written()
    with pytest.raises(StandsAlready):
        standing.confirm(user=colleague, public_id=other.public_id)
    assert everything_written() == before
    other.refresh_from_db()
    assert (other.state, other.words) == ("asked", WORDS)


# --- its end ---------------------------------------------------------------------------------


def test_measure_ends_by_itself_after_its_last_day(make, here, who, occasion, monkeypatch):
    followed(taken(occasion, days=3))
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + datetime.timedelta(days=3))
    with pytest.raises(HeldBack):
        write(here, who, make)
    monkeypatch.setattr(timezone, "now", lambda: now + datetime.timedelta(days=4))
    assert write(here, who, make).pk


def test_lifted_measure_holds_nowhere_and_she_is_told(make, here, who, elsewhere, occasion):
    make.participant(elsewhere, who)
    request = followed(taken(occasion))
    standing.lift(statement=request.statement)
    drive("notices")
    assert write(here, who, make).pk
    assert write(elsewhere, who, make).pk
    assert not Standing.objects.exists()
    assert (
        Notice.objects.filter(event=Notice.Event.LIFTED, statement=request.statement).count() == 1
    )
    assert AuditRecord.objects.filter(action="lift", object_id=occasion.public_id).count() == 1


def test_lifting_twice_tells_once(occasion):
    request = followed(taken(occasion))
    standing.lift(statement=request.statement)
    standing.lift(statement=request.statement)
    assert Notice.objects.filter(event=Notice.Event.LIFTED).count() == 1


def test_lifting_one_of_two_leaves_the_other(make, who, here, elsewhere, occasion):
    other = make.published(elsewhere, who)
    first, _second = taken(occasion), taken(other)
    drive("notices")
    standing.lift(statement=first.statement)
    drive("notices")
    assert Standing.objects.count() == 1
    with pytest.raises(HeldBack):
        make.participant(make.discussion(), who)


def test_lifted_before_the_notifier_came_never_holds_elsewhere(make, who, elsewhere, occasion):
    make.participant(elsewhere, who)
    request = taken(occasion)
    standing.lift(statement=request.statement)
    drive("notices")
    assert not Standing.objects.exists()
    assert write(elsewhere, who, make).pk


def test_ended_rows_go_at_the_end_of_their_quarter(occasion, monkeypatch):
    from goedwerk_forum.identity.standing import forget_ended

    followed(taken(occasion, days=3))
    row = Standing.objects.get()
    assert row.gone_after >= in_days(3)
    now = timezone.now()
    last = datetime.datetime.combine(row.gone_after, datetime.time(12), tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: max(last, now))
    assert forget_ended() == 0
    monkeypatch.setattr(timezone, "now", lambda: last + datetime.timedelta(days=1))
    assert forget_ended() == 1


def test_requests_go_after_the_time_for_an_appeal_and_unanswered_ones_after_a_month(
    occasion, monkeypatch
):
    stands, waits = taken(occasion, days=7), asked(occasion)
    # At noon: an hour before midnight in winter is the next day in summer.
    now = timezone.localtime().replace(hour=12)

    def left_after(days):
        monkeypatch.setattr(timezone, "now", lambda: now + datetime.timedelta(days=days))
        standing.forget_old()
        return set(MeasureRequest.objects.values_list("pk", flat=True))

    assert left_after(30) == {stands.pk, waits.pk}
    assert left_after(31) == {stands.pk}
    assert left_after(7 + 183) == {stands.pk}
    assert left_after(7 + 184) == set()
    assert Statement.objects.filter(decision=Measure.PAUSE).count() == 1


# --- four eyes -------------------------------------------------------------------------------


def test_request_to_exclude_does_nothing_by_itself(make, here, who, occasion):
    asked(occasion)
    drive("notices")
    assert not Standing.objects.exists()
    assert not Statement.objects.filter(decision=Measure.EXCLUDE).exists()
    assert not Notice.objects.filter(event=Notice.Event.EXCLUDED).exists()
    assert write(here, who, make).pk


def test_who_asked_cannot_confirm_and_a_colleague_can(make, here, who, occasion):
    asker, colleague = make.ambassador(here), make.ambassador(here)
    request = asked(occasion, by=asker)
    before = everything_written()
    with pytest.raises(SecondPersonNeeded):
        standing.confirm(user=asker, public_id=request.public_id)
    assert everything_written() == before
    standing.confirm(user=colleague, public_id=request.public_id)
    with pytest.raises(HeldBack):
        write(here, who, make)
    statement = Statement.objects.get(decision=Measure.EXCLUDE)
    assert (statement.words, statement.reason) == (WORDS, "about_person")
    request.refresh_from_db()
    assert request.words == ""
    actions = AuditRecord.objects.filter(object_id=occasion.public_id).values_list(
        "action", flat=True
    )
    assert {"ask_exclusion", "exclude"} <= set(actions)


def test_one_person_cannot_exclude_by_way_of_the_other_action(make, here, occasion):
    before = everything_written()
    with pytest.raises(SecondPersonNeeded):
        standing.warn_or_pause(
            user=make.ambassador(here),
            public_id=occasion.public_id,
            order=order(Measure.EXCLUDE, 30),
        )
    assert everything_written() == before


def test_database_refuses_an_exclusion_by_one(occasion):
    request = asked(occasion)
    statement = Statement.objects.create(
        contribution=occasion,
        decision=Measure.EXCLUDE,
        reason="conduct",
        salt="x",
        day=timezone.localdate(),
    )
    alone = {"state": "stands", "statement": statement, "words": ""}
    for confirmed_by in ("", request.asked_by):
        with pytest.raises(IntegrityError), transaction.atomic():
            MeasureRequest.objects.filter(pk=request.pk).update(**alone, confirmed_by=confirmed_by)
    MeasureRequest.objects.filter(pk=request.pk).update(**alone, confirmed_by="another")


def test_both_who_excluded_are_known_as_deciders_and_nobody_else(make, here, occasion):
    asker, colleague, third = (make.ambassador(here) for _ in range(3))
    request = asked(occasion, by=asker)
    statement = standing.confirm(user=colleague, public_id=request.public_id).statement
    assert deciders.is_among(asker, statement)
    assert deciders.is_among(colleague, statement)
    assert not deciders.is_among(third, statement)


def test_asker_is_known_as_decider_when_the_keys_changed_before_the_confirmation(
    make, here, occasion, monkeypatch
):
    asker, colleague, third = (make.ambassador(here) for _ in range(3))
    request = asked(occasion, by=asker)
    old, new = keys.link_key(), b"n" * 32
    monkeypatch.setattr(keys, "link_key", lambda: new)
    monkeypatch.setattr(keys, "link_keys", lambda: [new, old])
    with pytest.raises(SecondPersonNeeded):
        standing.confirm(user=asker, public_id=request.public_id)
    confirmed = standing.confirm(user=colleague, public_id=request.public_id)
    for known in ([new, old], [new]):
        monkeypatch.setattr(keys, "link_keys", lambda known=known: known)
        assert deciders.is_among(asker, confirmed.statement)
        assert deciders.is_among(colleague, confirmed.statement)
        assert not deciders.is_among(third, confirmed.statement)
    assert confirmed.statement.decider == f"{confirmed.asked_by} {confirmed.confirmed_by}"


def test_request_is_made_once_and_confirmed_once(make, here, occasion):
    request = asked(occasion)
    with pytest.raises(AskedBefore):
        asked(occasion)
    standing.confirm(user=make.ambassador(here), public_id=request.public_id)
    with pytest.raises(NotFound):
        standing.confirm(user=make.ambassador(here), public_id=request.public_id)
    assert Statement.objects.filter(decision=Measure.EXCLUDE).count() == 1


def test_colleague_who_is_slower_changes_nothing(make, here, occasion, monkeypatch):
    request = asked(occasion)
    read_before = access.asked_measure(make.ambassador(here), request.public_id)
    standing.turn_down(user=make.ambassador(here), public_id=request.public_id)
    monkeypatch.setattr(access, "asked_measure", lambda *_args: read_before)
    before = everything_written()
    with pytest.raises(StaleDecision):
        standing.confirm(user=make.ambassador(here), public_id=request.public_id)
    assert everything_written() == before


def test_turned_down_request_is_gone_and_on_record_without_its_words(make, here, who, occasion):
    request = asked(occasion)
    standing.turn_down(user=make.ambassador(here), public_id=request.public_id)
    assert not MeasureRequest.objects.exists()
    assert not Statement.objects.filter(decision=Measure.EXCLUDE).exists()
    assert AuditRecord.objects.filter(action="no_exclusion").count() == 1
    assert write(here, who, make).pk


# --- who may, and for how long ---------------------------------------------------------------


def test_ambassador_of_another_discussion_may_not(make, elsewhere, occasion):
    before = everything_written()
    with pytest.raises(NotFound):
        taken(occasion, by=make.ambassador(elsewhere))
    with pytest.raises(NotFound):
        taken(occasion, by=make.user())
    assert everything_written() == before


def test_nobody_decides_about_herself(make, here):
    herself = make.ambassador(here)
    mine = make.published(here, herself)
    request = asked(mine)
    before = everything_written()
    for act in (standing.confirm, standing.turn_down):
        with pytest.raises(OwnContribution):
            act(user=herself, public_id=request.public_id)
    with pytest.raises(OwnContribution):
        taken(mine, by=herself)
    assert everything_written() == before
    assert not access.asked_measures(herself).exists()
    assert access.asked_measures(make.ambassador(here)).get() == request


@pytest.mark.parametrize(
    ("kind", "longest"), [(Measure.WARN, 30), (Measure.PAUSE, 92), (Measure.EXCLUDE, 731)]
)
def test_no_measure_holds_longer_than_it_may(kind, longest):
    order(kind, longest).require_possible()
    order(kind, 1).require_possible()
    for days in (0, -1, longest + 1):
        with pytest.raises(ImpossibleTerm):
            order(kind, days).require_possible()


def test_exclusion_confirmed_after_its_last_day_is_refused(make, here, occasion, monkeypatch):
    request = asked(occasion, days=2)
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + datetime.timedelta(days=2))
    with pytest.raises(ImpossibleTerm):
        standing.confirm(user=make.ambassador(here), public_id=request.public_id)
    assert not Statement.objects.filter(decision=Measure.EXCLUDE).exists()


def test_nothing_can_be_done_to_who_cut_her_link(here, who, occasion):
    own.cut_link(user=who, discussion=here)
    before = everything_written()
    with pytest.raises(LinkIsCut):
        taken(occasion)
    assert everything_written() == before


# --- what stays possible ---------------------------------------------------------------------


def test_excluded_person_can_withdraw_cut_and_leave(make, here, who, elsewhere, occasion):
    mine = make.published(elsewhere, who)
    followed(excluded(occasion))
    withdraw(contribution=Contribution.objects.get(pk=mine.pk))
    assert own.withdraw_all(user=who) == 0
    own.cut_link(user=who, discussion=here)
    own.cut_all_links(user=who)
    own.leave(user=who)
    assert Standing.objects.count() == 1


def test_cutting_all_links_ends_no_measure(make, who, occasion):
    followed(taken(occasion))
    own.cut_all_links(user=who)
    with pytest.raises(HeldBack):
        make.participant(make.discussion(), who)
    assert len(access.all_that_holds(who)) == 1


def test_cut_between_decision_and_notifier_leaves_it_in_its_own_discussion_alone(
    make, here, who, occasion
):
    request = taken(occasion)
    own.cut_all_links(user=who)
    followed(request)
    assert not Standing.objects.exists()
    assert not OutboxRow.objects.filter(kind="standing").exists()


# --- the outbox ------------------------------------------------------------------------------


def test_killed_between_request_and_standing_it_is_done_once_when_back(
    make, who, occasion, monkeypatch
):
    """The notifier dies after its claim; another one takes the row over when the lease is up."""
    taken(occasion)
    driving.claim("notices", "killed")
    drive("notices")
    assert not Standing.objects.exists()
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + datetime.timedelta(minutes=5))
    drive("notices")
    drive("notices")
    assert Standing.objects.count() == 1
    assert not OutboxRow.objects.filter(kind="standing").exists()


def test_notifier_that_lost_its_lease_writes_nothing(occasion):
    taken(occasion)
    rows = [row for row in driving.claim("notices", "slow") if row.kind == "standing"]
    OutboxRow.objects.filter(pk=rows[0].pk).update(owner="faster")
    with pytest.raises(driving.LostLease):
        standing.follow_requests(rows)
    assert not Standing.objects.exists()


def test_missing_key_is_an_alarm_and_the_measure_comes_later(
    make, who, occasion, monkeypatch, settings
):
    taken(occasion)
    now = timezone.now()
    with monkeypatch.context() as without:
        _without_key(without)
        for turn in range(10):
            without.setattr(
                timezone, "now", lambda turn=turn: now + datetime.timedelta(minutes=5 * turn)
            )
            drive("notices")
    states = list(OutboxRow.objects.filter(kind="standing").values_list("state", flat=True))
    assert sorted(states) == ["dead", "waiting"]
    monkeypatch.setattr(timezone, "now", lambda: now + datetime.timedelta(days=1, hours=2))
    drive("notices")
    assert Standing.objects.count() == 1


def _missing():
    raise KeyMissing


def _without_key(monkeypatch):
    for name in ("standing_key", "standing_keys"):
        monkeypatch.setattr(keys, name, _missing)


def test_without_the_key_writing_closes(make, here, who, occasion, monkeypatch):
    followed(taken(occasion, Measure.WARN, 30))
    _without_key(monkeypatch)
    with pytest.raises(KeyMissing):
        write(here, who, make)


# --- what a reader of the database sees ------------------------------------------------------


def test_two_rows_of_one_person_have_nothing_in_common(make, who, here, elsewhere, occasion):
    other = make.published(elsewhere, who)
    followed(taken(occasion))
    followed(taken(other))
    first, second = Standing.objects.order_by("pk").values()
    same = {name for name in first if first[name] == second[name]}
    assert same <= {"key_id", "gone_after"}
    assert len(first["sealed"]) == len(second["sealed"])


def test_row_of_a_warning_looks_like_that_of_an_exclusion(make, who, occasion):
    followed(taken(occasion, Measure.WARN, 1))
    followed(excluded(occasion, 700))
    lengths = {(len(row.sealed), len(row.token)) for row in Standing.objects.all()}
    assert len(lengths) == 1


def test_notifier_writes_nothing_on_the_side_of_the_discussion(occasion):
    request = taken(occasion)
    before = MeasureRequest.objects.values().get(pk=request.pk)
    followed(request)
    assert MeasureRequest.objects.values().get(pk=request.pk) == before
    assert Standing.objects.get().gone_after != request.until or request.until.day >= 28


def test_nothing_of_the_account_stands_in_either_row(who, occasion):
    request = followed(taken(occasion))
    account = Account.objects.get(user=who)
    told = {
        str(value)
        for row in (Standing.objects.values().get(), MeasureRequest.objects.values().get())
        for value in row.values()
    }
    assert not told & {str(account.pk), str(account.uuid), account.uuid.hex, str(who.pk)}
    assert request.asked_by != ""


def test_asker_has_another_mark_in_each_request(make, here, occasion):
    asker = make.ambassador(here)
    first, second = taken(occasion, Measure.WARN, by=asker), taken(occasion, by=asker)
    assert first.asked_by != second.asked_by


def test_checking_costs_two_queries_however_many_are_held_back(
    make, here, who, occasion, django_assert_num_queries
):
    participant = links.participant_of(who, here)
    for many in (1, 3):
        for _number in range(many):
            followed(taken(make.published(here)))
        cache.clear()
        who.goedwerk_account.pk  # noqa: B018 - read with the user, as a session does
        with django_assert_num_queries(2):
            assert access.held_back(who, participant) is None
