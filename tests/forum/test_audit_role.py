"""The site's role in PostgreSQL adds to the record, and can change or remove nothing in it."""

from __future__ import annotations

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from audit_rows import HEADS, RECORDS, SEALS, record, verify
from goedwerk_forum.actions.audit import note_head, seal_records
from goedwerk_forum.actions.letting_go import forget_old_years
from goedwerk_forum.database_rights import grants, too_much
from goedwerk_forum.management.commands.goedwerk_doctor import Command as Doctor
from goedwerk_forum.models import AuditRecord

pytestmark = pytest.mark.django_db

ROLE = "goedwerk_site_of_tests"


@pytest.fixture
def as_site():
    """The connection with the rights that ``goedwerk_grants`` gives, until the test ends."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
        for statement in grants(ROLE):
            cursor.execute(statement)
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


@pytest.mark.only_postgresql
@pytest.mark.parametrize("table", [RECORDS, SEALS, HEADS])
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE", "TRUNCATE"])
def test_the_role_changes_nothing(as_site, table, verb):
    sql = {
        "UPDATE": f"UPDATE {table} SET id = id"
        if table != SEALS
        else f"UPDATE {table} SET digest = ''",
        "DELETE": f"DELETE FROM {table}",
        "TRUNCATE": f"TRUNCATE {table}",
    }[verb]
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


@pytest.mark.only_postgresql
def test_the_role_writes_seals_verifies_and_lets_old_years_go(as_site):
    old = timezone.localdate().year - 3
    record(1, day=datetime.date(old, 5, 1))
    record(2, day=datetime.date(old + 1, 5, 1))
    assert seal_records() == 2
    assert note_head() == 1
    assert verify() == []
    assert forget_old_years() == 1
    assert AuditRecord.objects.count() == 1
    assert verify() == []


@pytest.mark.only_postgresql
def test_the_function_takes_nothing_younger(as_site):
    record(1)
    seal_records()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT goedwerk_forget_audit(1000)")
    assert AuditRecord.objects.count() == 1


@pytest.mark.only_postgresql
def test_the_doctor_says_which_rights_are_too_many(as_site):
    assert too_much() == []
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    assert too_much() == ["UPDATE", "DELETE", "TRUNCATE"]
    problems = [problem for problem, _remedy in Doctor().problems()]
    assert "The database role may UPDATE, DELETE, TRUNCATE in the audit record." in problems


@pytest.mark.only_postgresql
def test_the_command_prints_the_grants(capsys):
    call_command("goedwerk_grants", ROLE)
    printed = capsys.readouterr().out
    assert f'REVOKE UPDATE, DELETE, TRUNCATE, TRIGGER ON "{RECORDS}" FROM "{ROLE}";' in printed


@pytest.mark.only_sqlite
def test_sqlite_has_no_roles():
    assert too_much() == []
    with pytest.raises(CommandError, match="Only PostgreSQL has roles"):
        call_command("goedwerk_grants", ROLE)


@pytest.mark.only_postgresql
def test_the_owner_makes_the_role_and_gives_it_its_rights(tmp_path):
    password = tmp_path / "password"
    password.write_text("een lang woord met een ' erin\n")
    for _time in range(2):  # as at each start
        call_command("goedwerk_grants", ROLE, "--apply", "--password-file", str(password))
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolcanlogin, rolsuper FROM pg_roles WHERE rolname = %s", [ROLE])
        assert cursor.fetchone() == (True, False)
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
    assert too_much() == []
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
