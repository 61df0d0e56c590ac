"""The record: it refuses changes, and what somebody changes all the same is found and named."""

from __future__ import annotations

import datetime
import hashlib
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from audit_rows import RECORDS, SEALS, record, tamper, verify
from goedwerk_forum.actions.audit import BATCH, seal_records, words_digest
from goedwerk_forum.actions.moderation import decide
from goedwerk_forum.models import AuditRecord, AuditSeal, Statement
from goedwerk_forum.outbox.drive import take_lease
from goedwerk_forum.transitions import Action

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed():
    """Five records in the chain; and their keys."""
    keys = [record(number).pk for number in range(5)]
    assert seal_records() == 5
    return keys


def test_untouched_record_is_whole(sealed):
    assert verify() == []
    assert AuditSeal.objects.count() == 5


@pytest.mark.parametrize("table", [RECORDS, SEALS])
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
def test_database_refuses_to_change_the_record(sealed, table, verb):
    column = "actor" if table == RECORDS else "digest"
    sql = f"UPDATE {table} SET {column} = 'x'" if verb == "UPDATE" else f"DELETE FROM {table}"
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert verify() == []
    assert AuditRecord.objects.count() == AuditSeal.objects.count() == 5


def test_model_cannot_be_saved_again(sealed):
    changed = AuditRecord.objects.first()
    changed.actor = "nobody"
    with pytest.raises(DatabaseError), transaction.atomic():
        changed.save()
    assert AuditRecord.objects.filter(actor="nobody").count() == 0


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor", "checks"),
        ("after", "rejected"),
        ("day", "2020-01-01"),
        ("object_version", 9),
        ("words_digest", "0" * 64),
    ],
)
def test_changed_record_is_named(sealed, column, value):
    tamper(f"UPDATE {RECORDS} SET {column} = %s WHERE id = %s", value, sealed[2])
    problems = verify()
    assert problems == [f"Record {sealed[2]} (seal 3) was changed, or the seal before it."]


def test_removed_record_is_named(sealed):
    tamper(f"DELETE FROM {RECORDS} WHERE id = %s", sealed[2])
    assert verify() == [f"Record {sealed[2]} (seal 3) was removed."]
    record(99, id=sealed[2])  # the seal refers to it when the test ends


def test_record_put_back_with_other_words_is_named(sealed):
    tamper(f"DELETE FROM {RECORDS} WHERE id = %s", sealed[2])
    record(2, id=sealed[2], action="reject")
    assert verify() == [f"Record {sealed[2]} (seal 3) was changed, or the seal before it."]


def test_removed_seal_is_named(sealed):
    tamper(f"DELETE FROM {SEALS} WHERE sequence = %s", 3)
    assert "Seals 3 to 3 are missing." in verify()


def test_record_and_seal_put_in_without_the_key_are_named(sealed):
    forged = record(7, actor="ambassador", action="reject")
    last = AuditSeal.objects.get(sequence=5)
    digest = hashlib.sha256(last.digest.encode()).hexdigest()
    AuditSeal.objects.create(sequence=6, record=forged, digest=digest)
    assert verify() == [f"Record {forged.pk} (seal 6) was changed, or the seal before it."]


def test_record_of_an_earlier_day_that_nobody_sealed_is_named(sealed):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    late = record(8, day=yesterday)
    assert verify() == [f"Record {late.pk} of {yesterday} is not sealed."]
    seal_records()
    assert verify() == []


def test_todays_record_may_still_wait_for_the_sealer(sealed):
    record(8)
    assert verify() == []


def test_chain_goes_on_where_it_stopped(sealed):
    first = list(AuditSeal.objects.values_list("sequence", "digest"))
    record(8)
    assert seal_records() == 1
    assert list(AuditSeal.objects.order_by("sequence").values_list("sequence", "digest"))[:5] == (
        first
    )
    assert verify() == []


def test_backlog_of_many_batches_is_sealed_at_once():
    day = timezone.localdate()
    AuditRecord.objects.bulk_create(
        AuditRecord(day=day, actor="a", action="b", object_kind="c", object_id=n, object_version=1)
        for n in range(BATCH + 7)
    )
    assert seal_records() == BATCH + 7
    assert seal_records() == 0
    assert verify() == []


def test_one_sealer_at_a_time():
    record()
    take_lease("sealer", "another", seconds=30)
    assert seal_records() == 0
    assert not AuditSeal.objects.exists()


def test_command_says_what_is_wrong(sealed):
    out, err = StringIO(), StringIO()
    call_command("verify_audit", stdout=out)
    assert "5 sealed" in out.getvalue()
    tamper(f"UPDATE {RECORDS} SET actor = %s WHERE id = %s", "nobody", sealed[0])
    with pytest.raises(CommandError, match="1 problem"):
        call_command("verify_audit", stderr=err)
    assert f"Record {sealed[0]}" in err.getvalue()


def test_other_key_verifies_nothing(sealed, monkeypatch):
    from goedwerk_forum.identity import keys

    monkeypatch.setattr(keys, "audit_key", lambda: b"x" * 32)
    assert len(verify()) == 5


def test_record_proves_the_words_of_a_decision_without_holding_them(make):
    contribution = make.held(make.discussion())
    decide(
        user=make.ambassador(contribution.discussion),
        public_id=contribution.public_id,
        version=contribution.version,
        action=Action.RETURN,
        reason="about_person",
        words="Schrijf over de keuze, niet over je collega.",
    )
    written = AuditRecord.objects.get(action="return")
    assert written.words_digest == words_digest(Statement.objects.get())
    assert "keuze" not in str(AuditRecord.objects.values_list())
