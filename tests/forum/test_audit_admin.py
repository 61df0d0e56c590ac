"""The privacy officer has the record looked at, and reads what is wrong, row by row."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from audit_rows import RECORDS, record, tamper
from goedwerk_forum.actions import verifying
from goedwerk_forum.actions.audit import note_head, seal_records
from goedwerk_forum.identity import keys
from goedwerk_forum.models import AuditSeal, AuditVerification, OutboxRow
from goedwerk_forum.outbox.drive import drive

pytestmark = pytest.mark.django_db

URL = "/beheer/reports/moderatie/controle/"


@pytest.fixture
def officer(make, client):
    who = make.user("privacyfunctionaris")
    rights = ["access_admin", "view_auditrecord"]
    who.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(who)
    return client


@pytest.fixture
def sealed():
    made = [record(number).pk for number in range(5)]
    seal_records()
    return made


def press(client):
    return client.post(URL, follow=True).content.decode()


def test_the_page_says_what_to_do_first(officer):
    page = officer.get(URL).content.decode()
    assert "nog niet gecontroleerd" in page
    assert "nog geen kop" in page


def test_a_press_asks_and_the_worker_looks(officer, sealed):
    page = press(officer)
    assert "wacht op de controle" in page
    assert "0 van 5 zegels" in page
    drive("moderation")
    page = officer.get(URL).content.decode()
    assert "heel." in page
    assert "5 van 5 zegels" in page


def test_two_presses_are_one_look(officer, sealed):
    press(officer)
    press(officer)
    assert AuditVerification.objects.count() == 1
    assert OutboxRow.objects.filter(kind="verify").count() == 1


def test_each_wrong_row_is_named(officer, sealed):
    tamper(f"UPDATE {RECORDS} SET actor = %s WHERE id = %s", "nobody", sealed[2])
    press(officer)
    drive("moderation")
    page = officer.get(URL).content.decode()
    assert "niet heel." in page
    assert "Deze regel is gewijzigd" in page
    assert f"<td>{sealed[2]}</td>" in page


def test_every_fault_has_its_sentence():
    from goedwerk_forum.admin.verifying import named

    problems = [
        verifying.Problem(fault, 1, 2, "2026-01-01", 3).as_json() for fault in verifying.Fault
    ]
    said = [one.what for one in named(AuditVerification(problems=problems))]
    assert len(set(said)) == len(verifying.Fault)
    assert all("%" not in one for one in said)


def test_a_long_record_is_looked_at_in_turns(officer, sealed, monkeypatch):
    monkeypatch.setattr(verifying, "SLICE", 2)
    monkeypatch.setattr(verifying, "TURN", -1.0)
    press(officer)
    row = OutboxRow.objects.get(kind="verify")
    OutboxRow.objects.filter(pk=row.pk).update(owner="me")
    row.owner = "me"
    verifying.go_on([row])
    asked = AuditVerification.objects.get()
    assert (asked.state, asked.checked) == ("running", 2)
    assert OutboxRow.objects.get(kind="verify").object_version == 2
    assert "wordt gecontroleerd" in officer.get(URL).content.decode()
    drive("moderation")
    asked.refresh_from_db()
    assert (asked.state, asked.checked) == ("whole", 5)


def test_without_the_key_it_says_so(officer, sealed, monkeypatch):
    press(officer)
    (keys.conf().KEYS_DIR / keys.AUDIT).rename(keys.conf().KEYS_DIR / "away")
    try:
        drive("moderation")
    finally:
        (keys.conf().KEYS_DIR / "away").rename(keys.conf().KEYS_DIR / keys.AUDIT)
    assert "De controle is niet gelukt" in officer.get(URL).content.decode()


def test_only_so_many_are_kept_and_all_are_counted(officer, sealed, monkeypatch):
    monkeypatch.setattr(verifying, "PROBLEMS_KEPT", 1)
    monkeypatch.setattr(keys, "audit_key", lambda: b"x" * 32)
    press(officer)
    drive("moderation")
    page = officer.get(URL).content.decode()
    assert "5 dingen kloppen niet" in page
    assert "De lijst is afgebroken" in page
    assert page.count("Deze regel is gewijzigd") == 1


def test_the_heads_stand_on_the_page_and_the_report_leads_to_it(officer, sealed):
    note_head()
    assert AuditSeal.objects.get(sequence=5).digest in officer.get(URL).content.decode()
    assert URL in officer.get(reverse("goedwerk_audit")).content.decode()


def test_without_the_right_nobody_asks(officer, make, client, sealed):
    who = make.user("redactrice")
    who.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client.force_login(who)
    for answer in (client.get(URL), client.post(URL)):
        assert answer.status_code in (302, 403)
        assert answer.headers.get("Location", "/beheer/") == "/beheer/"
    assert not AuditVerification.objects.exists()
    assert not OutboxRow.objects.filter(kind="verify").exists()
