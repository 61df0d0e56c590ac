"""The admin's home page, the audit report, and the role labels."""

from __future__ import annotations

import csv
import datetime
import io

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone

from goedwerk_forum.actions.moderation import decide
from goedwerk_forum.models import AuditRecord, Lease, OutboxRow, RoleLabel
from goedwerk_forum.outbox.drive import heartbeat
from goedwerk_forum.transitions import Action

pytestmark = pytest.mark.django_db

OTHER = "Ik wachtte een week voordat ik er iets over zei."
IDLE = "niemand werkt ze af"


def home(client):
    return client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.fixture
def owner(make, client):
    owner = make.user(is_superuser=True)
    client.force_login(owner)
    return owner


# --- banners ---------------------------------------------------------------------------------


def work_waits(seconds):
    OutboxRow.objects.create(
        queue="moderation",
        kind="check",
        object_id=1,
        due_at=timezone.now() - datetime.timedelta(seconds=seconds),
    )


def driven(seconds_ago):
    heartbeat("driver:moderation")
    Lease.objects.update(seen_at=timezone.now() - datetime.timedelta(seconds=seconds_ago))


def test_nobody_ever_drove_the_outbox(client, owner):
    work_waits(5)
    assert IDLE in home(client)


def test_driver_stopped_a_while_ago(client, owner):
    driven(90)
    work_waits(5)
    assert IDLE in home(client)


def test_driver_is_busy(client, owner):
    driven(20)
    work_waits(300)
    assert IDLE not in home(client)


def test_nothing_waits_so_nothing_is_wrong(client, owner):
    assert IDLE not in home(client)
    driven(3600)
    assert IDLE not in home(client)


def test_work_for_later_does_not_wait(client, owner):
    work_waits(-600)
    assert IDLE not in home(client)


def test_work_that_was_given_up_is_named(client, owner):
    OutboxRow.objects.create(queue="notices", kind="notice", object_id=1, state="dead")
    assert "1 taak is vijf keer mislukt" in home(client)


def test_editor_sees_the_banner_too(client, make):
    work_waits(5)
    client.force_login(make.user(groups=(Group.objects.get(name="Editors"),)))
    assert IDLE in home(client)


# --- "wacht op jou" --------------------------------------------------------------------------


def test_home_names_the_oldest_that_wait_for_her(client, make):
    discussion = make.discussion()
    ambassador = make.ambassador(discussion)
    contribution = make.held(discussion)
    own = make.held(discussion, ambassador, text=OTHER)
    client.force_login(ambassador)
    html = home(client)
    assert "Wacht op jou" in html
    assert reverse("goedwerk_moderation:case", args=[contribution.public_id]) in html
    assert own.public_id not in html


def test_home_is_quiet_where_nothing_waits(client, make):
    discussion = make.discussion()
    make.held(discussion)
    client.force_login(make.ambassador(make.discussion()))
    assert "Wacht op jou" not in home(client)
    client.force_login(make.user(is_superuser=True))
    assert "Wacht op jou" not in home(client)


# --- the audit report ------------------------------------------------------------------------


@pytest.fixture
def decided(make):
    discussion = make.discussion()
    contribution = make.held(discussion, make.user("de-schrijver-zelf"), text=OTHER)
    decide(
        user=make.ambassador(discussion, "een-ambassadeur-bij-naam"),
        public_id=contribution.public_id,
        version=contribution.version,
        action=Action.REJECT,
        reason="conduct",
        words="Mijn eigen woorden hierbij.",
    )
    return contribution


@pytest.fixture
def officer(make, client):
    group = Group.objects.create(name="Privacy-officers")
    group.permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "view_auditrecord"])
    )
    officer = make.user(groups=(group,))
    client.force_login(officer)
    return officer


def rows(client, **parameters):
    response = client.get(reverse("goedwerk_audit"), parameters)
    assert response.status_code == 200
    return [(row.actor, row.action) for row in response.context["object_list"]]


def test_report_shows_roles_days_and_reasons(client, officer, decided):
    html = client.get(reverse("goedwerk_audit")).content.decode()
    for expected in ("een ambassadeur", "de schrijver", "De toon raakt mensen", decided.public_id):
        assert expected in html
    for person in ("de-schrijver-zelf", "een-ambassadeur-bij-naam", "Mijn eigen woorden", OTHER):
        assert person not in html


def test_report_is_filtered_by_day_action_and_role(client, officer, decided):
    today = timezone.localdate()
    yesterday = today - datetime.timedelta(days=1)
    policy = [("editor", "policy")] if ("editor", "policy") in rows(client) else []
    road = [("ambassador", "reject"), ("checks", "hold"), ("author", "post")]
    assert rows(client) == road + policy
    assert rows(client, action="reject") == road[:1]
    assert rows(client, actor="author") == road[2:]
    assert rows(client, day_from=today) == road + policy
    assert rows(client, day_to=yesterday) == []
    assert rows(client, q=decided.public_id) == road


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_report_is_exported_in_words(client, officer, decided, suffix):
    response = client.get(reverse("goedwerk_audit"), {"export": suffix, "action": "reject"})
    content = b"".join(response.streaming_content)
    if suffix == "csv":
        table = list(csv.reader(io.StringIO(content.decode())))
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        table = [[str(value or "") for value in row] for row in sheet.values]
    assert len(table) == 2
    named = dict(zip(*table, strict=True))
    assert named["Wie"] == "een ambassadeur"
    assert named["Reden"] == "De toon raakt mensen"
    assert named["Waarover"] == decided.public_id
    assert "Mijn eigen woorden" not in content.decode(errors="ignore")


def test_report_offers_no_way_to_change_the_record(client, officer, decided):
    before = list(AuditRecord.objects.order_by("pk").values())
    for url in (reverse("goedwerk_audit"), reverse("goedwerk_audit_results")):
        assert client.post(url).status_code == 405
    assert list(AuditRecord.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("number", [1, 40])
def test_report_costs_the_same_however_long(
    client, officer, decided, number, django_assert_num_queries
):
    record = AuditRecord.objects.first()
    for _ in range(number):
        record.pk = None
        record.save(force_insert=True)
    client.get(reverse("goedwerk_audit"))
    with django_assert_num_queries(12):
        client.get(reverse("goedwerk_audit"))


# --- role labels, permissions ----------------------------------------------------------------


def test_role_label_is_added_and_taken_out_of_the_choice(client, owner):
    client.post(
        reverse("goedwerk_role_labels:add"),
        {"name": "handhaving", "slug": "handhaving", "is_offered": "on"},
    )
    label = RoleLabel.objects.get(slug="handhaving")
    assert label.is_offered
    client.post(
        reverse("goedwerk_role_labels:edit", args=[label.pk]),
        {"name": "handhaving", "slug": "handhaving"},
    )
    label.refresh_from_db()
    assert not label.is_offered


def test_owner_can_give_our_permissions_to_a_group(client, owner):
    html = client.get(reverse("wagtailusers_groups:add")).content.decode()
    for permission in Permission.objects.filter(
        codename__in=["moderate_discussion", "view_auditrecord", "change_rolelabel"]
    ):
        assert f'value="{permission.pk}"' in html
