"""The chain closes each year; two years later its rows may go, and nothing younger."""

from __future__ import annotations

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from audit_rows import HEADS, RECORDS, SEALS, record, tamper, verify
from goedwerk_forum.actions.audit import note_head, seal_records
from goedwerk_forum.actions.letting_go import forget_old_years
from goedwerk_forum.actions.verifying import Head
from goedwerk_forum.actions.verifying import verify as look
from goedwerk_forum.models import AuditHead, AuditRecord, AuditSeal

pytestmark = pytest.mark.django_db

THIS = timezone.localdate().year
OLD, YOUNG = THIS - 3, THIS - 2


def on(year, number):
    return record(number, day=datetime.date(year, 3, number))


@pytest.fixture
def years():
    """Two records in each of four years, sealed as they came."""
    made = [on(year, number) for year in (OLD, YOUNG, THIS - 1, THIS) for number in (1, 2)]
    assert seal_records() == 8
    return made


def closings():
    heads = AuditHead.objects.filter(closes_year__isnull=False).order_by("closes_year")
    return [(head.closes_year, head.sequence) for head in heads]


def test_a_year_is_closed_before_the_first_record_of_the_next(years):
    assert closings() == [(OLD, 2), (YOUNG, 4), (THIS - 1, 6)]
    assert verify() == []


def test_a_year_in_which_nothing_happened_is_closed_with_the_one_before():
    on(OLD, 1)
    on(THIS, 2)
    seal_records()
    assert closings() == [(THIS - 1, 1)]
    assert verify() == []


def test_a_record_that_was_committed_late_falls_into_the_next_year(years):
    seal_records()
    late = record(9, day=datetime.date(THIS - 1, 12, 31))
    seal_records()
    assert late.seal.sequence == 9
    assert closings()[-1] == (THIS - 1, 6)


def test_the_year_that_closed_two_years_ago_goes_and_its_head_stays(years):
    assert forget_old_years() == 2
    assert AuditRecord.objects.count() == AuditSeal.objects.count() == 6
    assert closings()[0] == (OLD, 2)
    assert verify() == []
    assert forget_old_years() == 0


def test_sealing_goes_on_after_a_chain_that_went_whole():
    on(OLD, 1)
    on(OLD + 1, 2)
    seal_records()
    assert forget_old_years() == 1
    last = on(THIS, 3)
    seal_records()
    assert last.seal.sequence == 3
    assert verify() == []


@pytest.mark.parametrize("table", [RECORDS, SEALS, HEADS])
def test_the_database_lets_nothing_younger_go(years, table):
    which = f"WHERE day >= '{YOUNG}-01-01'" if table == RECORDS else ""
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table} {which}")
    assert AuditRecord.objects.count() == AuditSeal.objects.count() == 8


def test_heads_never_go(years):
    for sql in (f"DELETE FROM {HEADS}", f"UPDATE {HEADS} SET sequence = 1"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_a_closing_head_without_the_key_lets_nothing_disappear(years):
    """Who takes away the start of the chain and puts a head in its place is found."""
    last = AuditSeal.objects.get(sequence=6)
    tamper(f"UPDATE {HEADS} SET digest = %s WHERE sequence = 6", last.digest)
    assert verify() == [
        f"The closing head of {THIS - 1} (seal 6) was changed.",
        f"Record {years[6].pk} (seal 7) was changed, or the seal before it.",
    ]


def test_a_removed_closing_head_is_noticed(years):
    tamper(f"DELETE FROM {HEADS} WHERE sequence = %s", 6)
    assert verify() == [f"Record {years[6].pk} (seal 7) was changed, or the seal before it."]


# --- heads of days ---------------------------------------------------------------------------


def test_a_head_a_day(years):
    assert (note_head(), note_head()) == (1, 0)
    head = AuditHead.objects.get(closes_year__isnull=True)
    assert (head.day, head.sequence) == (timezone.localdate(), 8)
    assert verify() == []


def test_without_a_record_there_is_no_head():
    assert note_head() == 0
    assert not AuditHead.objects.exists()


def test_an_end_that_was_cut_off_is_found_by_the_head(years):
    note_head()
    tamper(f"DELETE FROM {SEALS} WHERE sequence = %s", 8)
    tamper_again(f"DELETE FROM {RECORDS} WHERE id = {years[7].pk}")
    today = timezone.localdate()
    assert verify() == [f"The head of {today} says seal 8; the chain ends at 7."]


def tamper_again(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        assert cursor.rowcount == 1


def test_a_chain_made_anew_by_who_has_the_key_is_found_by_a_kept_head(years):
    kept = AuditSeal.objects.get(sequence=5)
    other = Head(5, "0" * 64, "elsewhere")
    assert list(look([Head(5, kept.digest)])) == []
    assert [str(found) for found in look([other])] == [
        "Seal 5 is not the one in the head of elsewhere."
    ]


def test_the_command_takes_a_kept_head(years, capsys):
    digest = AuditSeal.objects.get(sequence=5).digest
    call_command("verify_audit", head=[f"5:{digest}"])
    assert "whole" in capsys.readouterr().out
    with pytest.raises(CommandError, match="1 problem"):
        call_command("verify_audit", head=[f"9:{digest}"])
    with pytest.raises(CommandError, match="number, a colon"):
        call_command("verify_audit", head=["vijf"])


def test_a_record_that_was_put_in_for_an_earlier_day_is_named(years):
    put_in = record(9, day=datetime.date(THIS, 1, 1))
    seal_records()
    assert verify() == [
        f"Record {put_in.pk} (seal 9) says {THIS}-01-01, but came after later days."
    ]


def test_the_head_goes_to_a_witness_and_holds_no_more(years, settings, drive, mailoutbox):
    settings.GOEDWERK = settings.GOEDWERK | {"WITNESS_MAIL": ["getuige@example.org"]}
    note_head()
    drive()
    [mail] = mailoutbox
    digest = AuditSeal.objects.get(sequence=8).digest
    assert mail.to == ["getuige@example.org"]
    assert f"verify_audit --head 8:{digest}" in mail.body
    assert years[0].object_id not in mail.body + mail.subject


def test_without_a_witness_the_owners_get_it(years, settings, drive, mailoutbox):
    settings.ADMINS = [("Beheer", "beheer@example.org")]
    note_head()
    drive()
    assert [mail.to for mail in mailoutbox] == [["beheer@example.org"]]


def test_without_anybody_no_mail_goes(years, drive, mailoutbox):
    note_head()
    drive()
    assert not mailoutbox
