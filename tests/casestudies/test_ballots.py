"""Ballots: once each, in steps, and no row that leads from an answer to who gave it."""

from __future__ import annotations

import datetime
import itertools
from collections import Counter

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

import asking
import factories
from asking import AGREE, DISAGREE
from counting import counted
from goedwerk_casestudies.actions import ballots
from goedwerk_casestudies.ballots import pool
from goedwerk_casestudies.errors import AlreadyAnswered, LastRound, RoundClosed
from goedwerk_casestudies.models import BallotToken, Round
from goedwerk_forum.errors import KeyMissing, TooManyWrites
from goedwerk_forum.identity import accounts, keys, once, rotation

pytestmark = pytest.mark.django_db


@pytest.fixture
def first():
    return asking.round_of(asking.statement())


def dumped() -> dict[str, list]:
    """Every row of every table, as a thief of the database would have it."""
    with connection.cursor() as cursor:
        found = {}
        for model in apps.get_models():
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT * FROM {table}")
            found[model._meta.db_table] = sorted(cursor.fetchall(), key=repr)
        return found


def changed(before: dict[str, list], after: dict[str, list]) -> dict[str, list]:
    return {
        table: [row for row in after[table] if row not in before[table]]
        for table in after
        if after[table] != before[table]
    }


# --- what a dump tells -----------------------------------------------------------------------


@pytest.fixture(params=["vote", "mark", "sort", "place", "scale"])
def form(request):
    return request.param


@pytest.fixture
def asked(form):
    """The first round of a vote, or of an assignment in one of the four forms."""
    return asking.round_of(asking.asks(form))


@pytest.mark.parametrize("number", [0, 1, 2])
def test_one_answer_changes_a_token_and_a_sealed_pool_of_the_same_length(asked, number):
    who = factories.user()
    before = dumped()
    ballots.answer(user=who, round_=asked, cells=asking.an_answer(asked, number))
    tables = changed(before, dumped())
    assert set(tables) == {"goedwerk_casestudies_ballottoken", "goedwerk_casestudies_round"}
    now = Round.objects.get(pk=asked.pk)
    assert (now.tally, now.counted) == ({}, 0)
    assert len(now.sealed_pool) == len(asked.sealed_pool)
    (token,) = tables["goedwerk_casestudies_ballottoken"]
    assert not {str(value) for value in token} & {
        str(who.pk),
        who.username,
        who.goedwerk_account.uuid.hex,
        str(who.goedwerk_account.pk),
    }
    told = {str(value) for rows in tables.values() for row in rows for value in row}
    sheet = set(asked.asked.cells())
    assert not told & sheet


def test_every_answer_leaves_the_same_marks_whatever_it_was(asked):
    """Answers that differ change the same columns; only noise and a random token differ."""
    traces = []
    for number in range(3):
        before = Round.objects.values().get(pk=asked.pk)
        asking.answered(asked, asking.an_answer(asked, number))
        after = Round.objects.values().get(pk=asked.pk)
        traces.append({name for name in after if after[name] != before[name]})
        assert len(after["sealed_pool"]) == len(before["sealed_pool"])
    assert traces == [{"sealed_pool"}] * 3


def test_the_pool_is_noise_without_the_key(asked, monkeypatch):
    asking.answered(asked, asking.an_answer(asked))
    assert pool.opened(asked).size == 1
    monkeypatch.setattr(keys, "link_key", lambda: b"x" * 32)
    monkeypatch.setattr(keys, "link_keys", lambda: [b"x" * 32])
    with pytest.raises(KeyMissing):
        pool.opened(asked)


def test_a_counted_pool_says_totals_and_no_order(form, asked):
    """The same five answers in two orders leave the same totals."""
    other = asking.round_of(asking.asks(form))
    if form != "vote":  # what is asked about has keys of its own on each page
        Round.objects.filter(pk=other.pk).update(sheet=asked.sheet)
        other.refresh_from_db()
    answers = [asking.an_answer(asked, number) for number in (0, 0, 1, 0, 2)]
    asking.answered(asked, *answers)
    asking.answered(other, *reversed(answers))
    assert asked.tally == other.tally
    assert asked.tally == dict(Counter(cell for answer in answers for cell in answer))
    assert list(asked.tally) == list(other.tally)


def test_tokens_of_one_person_in_two_rounds_have_nothing_in_common(form, asked):
    who, other = factories.user(), asking.round_of(asking.asks(form))
    for one in (asked, other):
        ballots.answer(user=who, round_=one, cells=asking.an_answer(one))
    left, right = (BallotToken.objects.values().get(round=one) for one in (asked, other))
    assert not {str(value) for value in left.values()} & {str(value) for value in right.values()}


def test_no_time_and_no_user_stands_in_the_tables_of_ballots():
    kinds = {
        (model.__name__, field.name, field.get_internal_type())
        for model in (Round, BallotToken)
        for field in model._meta.get_fields()
        if field.concrete
    }
    assert not [kind for kind in kinds if kind[2] in ("DateTimeField", "TimeField")]
    related = {
        field.related_model.__name__
        for model in (Round, BallotToken)
        for field in model._meta.concrete_fields
        if field.related_model
    }
    assert related == {"Page", "Round"}


def test_keys_of_tokens_tell_no_order(first):
    asking.answered(first, *[[AGREE]] * 8)
    by_key = list(BallotToken.objects.order_by("pk").values_list("token", flat=True))
    assert by_key != sorted(by_key)
    numbers = list(BallotToken.objects.values_list("pk", flat=True))
    assert max(numbers) - min(numbers) > 1000
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT rowid, id FROM goedwerk_casestudies_ballottoken")
            assert all(row == key for row, key in cursor.fetchall())


def test_night_leaves_no_number_by_which_a_vote_lies_beside_its_reason(asked):
    """PostgreSQL keeps which transaction wrote a row: after the night all were written in one."""
    for number in range(3):
        asking.answered(asked, asking.an_answer(asked, number))
    before = dumped()
    accounts.forget_order()
    assert dumped() == before
    if connection.vendor == "postgresql":
        for model in (BallotToken, Round):
            table = connection.ops.quote_name(model._meta.db_table)
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT DISTINCT xmin::text FROM {table}")
                assert len(cursor.fetchall()) == 1


# --- steps of five ---------------------------------------------------------------------------


def test_answers_are_counted_by_five(first):
    seen = []
    for cells in itertools.islice(itertools.cycle([[AGREE], [DISAGREE]]), 11):
        asking.answered(first, cells)
        seen.append(first.counted)
    assert seen == [0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10]
    assert sum(first.tally.values()) == 10


def test_the_database_refuses_a_count_between_two_steps(first):
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=first.pk).update(counted=4)


def test_cells_that_were_not_asked_are_not_counted(first):
    asking.answered(first, *[["stelling:agree", "stelling:verzonnen", "elders:x"]] * 5)
    assert first.tally == {AGREE: 5}


# --- once ------------------------------------------------------------------------------------


def test_a_second_answer_is_refused_and_changes_nothing(first):
    who = factories.user()
    ballots.answer(user=who, round_=first, cells=[AGREE])
    before = dumped()
    with pytest.raises(AlreadyAnswered):
        ballots.answer(user=who, round_=first, cells=[DISAGREE])
    assert dumped() == before


def test_two_presses_at_once_count_once(first, monkeypatch):
    """The second press passed the question whether she answered before the first was written."""
    who = factories.user()
    ballots.answer(user=who, round_=first, cells=[AGREE])
    before = dumped()
    monkeypatch.setattr(ballots, "has_answered", lambda user, round_: False)
    with pytest.raises(AlreadyAnswered):
        ballots.answer(user=who, round_=first, cells=[AGREE])
    assert dumped() == before


def test_the_database_refuses_a_second_token(first):
    BallotToken.objects.create(round=first, token="a" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        BallotToken.objects.create(round=first, token="a" * 64)
    assert BallotToken.objects.count() == 1


def test_in_a_second_round_one_answers_anew(first):
    who = factories.user()
    ballots.answer(user=who, round_=first, cells=[AGREE])
    second = ballots.open_round(page=first.page.specific)
    ballots.answer(user=who, round_=second, cells=[DISAGREE])
    assert ballots.has_answered(who, second)


def test_a_closed_round_refuses_and_changes_nothing(first):
    ballots.close_round(round_=first)
    before = dumped()
    with pytest.raises(RoundClosed):
        ballots.answer(user=factories.user(), round_=first, cells=[AGREE])
    assert {**dumped(), "x": 0}.keys() - before.keys() == {"x"}
    assert not BallotToken.objects.exists()


def test_the_last_day_counts_and_the_day_after_does_not(first):
    Round.objects.filter(pk=first.pk).update(closes_on=timezone.localdate())
    asking.answered(first, [AGREE])
    Round.objects.filter(pk=first.pk).update(
        closes_on=timezone.localdate() - datetime.timedelta(days=1)
    )
    with pytest.raises(RoundClosed):
        asking.answered(first, [AGREE])
    assert first.tokens.count() == 1


def test_who_writes_too_much_is_stopped(first, settings):
    settings.GOEDWERK = {**settings.GOEDWERK, "WRITES_PER_HOUR": 1}
    who, other = factories.user(), asking.round_of(asking.statement())
    ballots.answer(user=who, round_=first, cells=[AGREE])
    with pytest.raises(TooManyWrites):
        ballots.answer(user=who, round_=other, cells=[AGREE])
    assert not other.tokens.exists()


def test_without_the_key_nothing_is_written(first, monkeypatch):
    who = factories.user()
    before = dumped()

    def missing():
        raise KeyMissing

    monkeypatch.setattr("goedwerk_forum.identity.keys.link_key", missing)
    with pytest.raises(KeyMissing):
        ballots.answer(user=who, round_=first, cells=[AGREE])
    assert dumped() == before


# --- closing ---------------------------------------------------------------------------------


def test_closing_drops_who_answered_and_the_pool(first):
    asking.answered(first, *[[AGREE]] * 6)
    ballots.close_round(round_=first)
    first.refresh_from_db()
    assert not BallotToken.objects.exists()
    assert (first.is_open, first.sealed_pool) == (False, "")
    assert first.closed_on == timezone.localdate()


@pytest.mark.parametrize(
    ("given", "in_the_picture"), [(4, 0), (5, 5), (6, 5), (7, 5), (8, 8), (9, 9)]
)
def test_closing_counts_what_waits_but_never_one_or_two(first, given, in_the_picture):
    asking.answered(first, *[[AGREE]] * given)
    ballots.close_round(round_=first)
    first.refresh_from_db()
    assert (first.counted, sum(first.tally.values())) == (in_the_picture, in_the_picture)


def test_closed_twice_is_closed_once(first):
    asking.answered(first, *[[AGREE]] * 8)
    ballots.close_round(round_=first)
    ballots.close_round(round_=first)
    first.refresh_from_db()
    assert first.counted == 8


def test_the_database_keeps_no_pool_of_a_closed_round(first):
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=first.pk).update(is_open=False, closed_on=timezone.localdate())


# --- pages, dates and rounds -----------------------------------------------------------------


def test_a_page_opens_its_round_when_it_goes_live():
    page = asking.statement(live=False)
    assert not Round.objects.exists()
    page.save_revision().publish()
    assert asking.round_of(page).is_open


def test_what_is_asked_follows_the_page_until_somebody_answers():
    page = asking.statement()
    page.title = "Een advies kort je hoogstens samen in."
    page.save()
    assert asking.round_of(page).asked.items[0].text == page.title
    asking.answered(asking.round_of(page), [AGREE])
    page.title = "Heel wat anders."
    page.save()
    assert asking.round_of(page).asked.items[0].text == "Een advies kort je hoogstens samen in."


def test_a_draft_changes_no_round():
    page = asking.statement()
    page.title = "Nog niet openbaar."
    page.save_revision()
    assert asking.round_of(page).asked.items[0].text != page.title


def test_the_second_round_closes_the_first_and_there_is_no_third():
    page = asking.statement()
    ballots.open_round(page=page)
    assert [one.is_open for one in Round.objects.order_by("number")] == [False, True]
    with pytest.raises(LastRound):
        ballots.open_round(page=page)
    assert Round.objects.count() == 2
    assert asking.round_of(page, 2).is_open


def test_the_database_refuses_two_open_rounds(first):
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(page_id=first.page_id, number=2, sheet=first.sheet)


def test_dates_close_and_open_rounds():
    today = timezone.localdate()
    page = asking.statement(
        first_closes_on=today, second_opens_on=today + datetime.timedelta(days=1)
    )
    assert ballots.follow_dates() == 0
    type(page).objects.filter(pk=page.pk).update(second_opens_on=today)
    Round.objects.update(closes_on=today - datetime.timedelta(days=1))
    assert ballots.follow_dates() == 2
    assert [one.is_open for one in Round.objects.order_by("number")] == [False, True]
    assert ballots.follow_dates() == 0


def test_the_clock_of_the_site_follows_the_dates(nightly):
    page = asking.statement()
    Round.objects.update(closes_on=timezone.localdate() - datetime.timedelta(days=1))
    nightly()
    assert not asking.round_of(page).is_open


def test_a_copy_starts_with_nobody_s_answers(first):
    asking.answered(first, *[[AGREE]] * 5)
    copy = first.page.specific.copy(update_attrs={"slug": "kopie"})
    assert asking.round_of(copy).counted == 0


def test_a_vote_costs_as_many_queries_in_a_full_round_as_in_an_empty_one(first):
    who = factories.user()
    with counted() as empty:
        ballots.answer(user=who, round_=first, cells=[AGREE])
    asking.answered(first, *[[AGREE]] * 20)
    other = factories.user()
    with counted() as full:
        ballots.answer(user=other, round_=first, cells=[AGREE])
    assert (empty.queries, empty.rows) == (full.queries, full.rows) == (5, 2)


def test_the_link_to_an_account_is_the_token_and_no_more(first):
    """With the key one can tell who answered, while the round is open; never what."""
    who = factories.user()
    ballots.answer(user=who, round_=first, cells=[AGREE])
    assert BallotToken.objects.get().token == once.mark(who, first.uuid)


def test_who_cuts_her_links_does_not_answer_twice(first):
    who = factories.user()
    ballots.answer(user=who, round_=first, cells=[AGREE])
    accounts.renew(who)
    with pytest.raises(AlreadyAnswered):
        ballots.answer(user=who, round_=first, cells=[DISAGREE])
    assert first.tokens.count() == 1


def test_a_new_key_finds_who_answered_and_what_waits(first, monkeypatch):
    who, old, new = factories.user(), keys.link_key(), b"n" * 32
    ballots.answer(user=who, round_=first, cells=[AGREE])
    monkeypatch.setattr(keys, "link_key", lambda: new)
    monkeypatch.setattr(keys, "link_keys", lambda: [new, old])
    assert ballots.has_answered(who, first)
    for model in (Round, BallotToken):
        holder = rotation.HOLDERS[model._meta.label]
        for row in holder.due():
            model.objects.filter(pk=row.pk).update(**holder.renew(row))
    monkeypatch.setattr(keys, "link_keys", lambda: [new])
    first.refresh_from_db()
    assert ballots.has_answered(who, first)
    assert pool.opened(first).size == 1
    assert not any(holder.renew(row) for row in holder.due())
