"""What waits too long: said on the home page, and by mail to who asked for it; a number only."""

from __future__ import annotations

import datetime

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from goedwerk_forum.actions import alerts
from goedwerk_forum.models import Account, Contribution, Lease, OutboxRow, WaitingSince
from goedwerk_forum.outbox.drive import drive as drive_queue

pytestmark = pytest.mark.django_db

ADDRESS = "ambassadeur@prive.example"
CHOOSE = reverse("goedwerk_dashboard:alerts")
TEXT = "Een kwelgeest vertelde mij dat het nooit meer goed zou komen."


@pytest.fixture(autouse=True)
def owner(settings):
    settings.ADMINS = [("Beheer", "beheer@site.example")]


@pytest.fixture
def ambassador(make, discussion):
    return mailed(make.ambassador(discussion))


def mailed(who, address=ADDRESS, *, verified=True, wants=True):
    EmailAddress.objects.create(user=who, email=address, verified=verified, primary=True)
    Account.objects.filter(user=who).update(wants_alerts=wants)
    return who


def late(make, discussion, hours=25, text=TEXT):
    held = make.held(discussion, text=text)
    hour = timezone.now() - datetime.timedelta(hours=hours)
    WaitingSince.objects.filter(pk=held.pk).update(hour=hour)
    return held


def tell():
    """Looks, and has the mail go as if its hour had come."""
    alerts.ask_alerts()
    OutboxRow.objects.filter(kind="alert").update(due_at=timezone.now())
    drive_queue("notices")


# --- by mail ---------------------------------------------------------------------------------


def test_ambassador_who_asked_gets_the_number(make, discussion, ambassador, mailoutbox):
    late(make, discussion)
    late(make, discussion, text="Ook dit stuk wachtte te lang op iemand.")
    tell()
    assert [mail.to for mail in mailoutbox] == [[ADDRESS]]
    assert "Langer dan 24 uur wacht op een besluit: 2." in mailoutbox[0].body
    assert CHOOSE not in mailoutbox[0].body
    assert reverse("goedwerk_dashboard:index") in mailoutbox[0].body


def test_mail_and_its_row_name_no_text_title_or_pseudonym(make, discussion, ambassador, mailoutbox):
    held = late(make, discussion)
    alerts.ask_alerts()
    row = OutboxRow.objects.get(kind="alert")
    assert (row.object_id, row.queue) == (held.pk, "notices")
    tell()
    sent = str(mailoutbox[0].message())
    secret = ("kwelgeest", discussion.page.title, discussion.question, held.public_id)
    for word in (*secret, held.participant.pseudonym, ambassador.username):
        assert word not in sent


def test_mail_goes_at_a_fixed_hour(make, discussion, ambassador):
    late(make, discussion)
    alerts.ask_alerts()
    due = timezone.localtime(OutboxRow.objects.get(kind="alert").due_at)
    assert (due.hour in (8, 16), due.minute) == (True, 0)


def test_one_mail_per_case_per_day(make, discussion, ambassador, mailoutbox):
    late(make, discussion)
    tell()
    tell()
    assert len(mailoutbox) == 1
    assert not OutboxRow.objects.filter(kind="alert").exists()
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    WaitingSince.objects.update(alerted_on=yesterday)
    tell()
    assert len(mailoutbox) == 2


def test_what_is_in_time_tells_nobody(make, discussion, ambassador, mailoutbox):
    late(make, discussion, hours=22)
    tell()
    assert mailoutbox == []


def test_promise_of_the_site_counts(make, discussion, ambassador, mailoutbox, settings):
    settings.GOEDWERK = settings.GOEDWERK | {"PROMISED_HOURS": 48}
    late(make, discussion, hours=40)
    tell()
    assert mailoutbox == []


def test_decided_before_the_mail_went_so_no_mail(make, discussion, ambassador, mailoutbox):
    held = late(make, discussion)
    alerts.ask_alerts()
    make.judged(Contribution.objects.get(pk=held.pk))
    tell()
    assert mailoutbox == []
    assert not OutboxRow.objects.filter(kind="alert").exists()


NOT_HERS = ["did not ask", "unconfirmed", "left the group", "inactive", "lost the right"]


@pytest.mark.parametrize("why", NOT_HERS)
def test_where_nobody_of_the_team_hears_it_the_owner_does(make, discussion, mailoutbox, why):
    who = mailed(
        make.ambassador(discussion), verified=why != "unconfirmed", wants=why != "did not ask"
    )
    if why == "left the group":
        who.groups.clear()
    if why == "inactive":
        type(who).objects.filter(pk=who.pk).update(is_active=False)
    if why == "lost the right":
        discussion.group.permissions.clear()
    late(make, discussion)
    tell()
    assert [mail.to for mail in mailoutbox] == [["beheer@site.example"]]


def test_each_hears_of_her_own_discussions_and_the_owner_of_the_rest(
    make, discussion, ambassador, mailoutbox
):
    late(make, discussion)
    late(make, make.discussion(), text="Hier is niemand die mail wil.")
    tell()
    told = {mail.to[0]: "besluit: 1." in mail.body for mail in mailoutbox}
    assert told == {ADDRESS: True, "beheer@site.example": True}


def test_site_without_an_owner_sends_nothing_and_keeps_no_row(
    make, discussion, mailoutbox, settings
):
    settings.ADMINS = []
    late(make, discussion)
    tell()
    assert (mailoutbox, OutboxRow.objects.filter(kind="alert").count()) == ([], 0)


def test_watch_does_its_round_once_an_hour(make, discussion):
    late(make, discussion)
    assert alerts.watch() == 1
    WaitingSince.objects.update(alerted_on=None)
    assert alerts.watch() == 0
    Lease.objects.filter(name="watch").update(until=timezone.now())
    OutboxRow.objects.filter(kind="alert").delete()
    assert alerts.watch() == 1


# --- choosing --------------------------------------------------------------------------------


def test_ambassador_chooses_and_takes_it_back(client, make, discussion):
    who = make.ambassador(discussion)
    client.force_login(who)
    for data, wants in (({"wants_alerts": "on"}, True), ({}, False)):
        client.post(CHOOSE, data)
        assert Account.objects.get(user=who).wants_alerts is wants


@pytest.mark.parametrize("role", ["editor", "participant", None])
def test_nobody_else_chooses(client, make, discussion, role):
    who = make.user()
    if role == "editor":
        from django.contrib.auth.models import Group

        who.groups.add(Group.objects.get(name="Editors"))
    if role:
        client.force_login(who)
    assert client.post(CHOOSE, {"wants_alerts": "on"}).status_code != 200
    assert not Account.objects.filter(wants_alerts=True).exists()


def test_reading_the_address_changes_nothing(client, make, discussion):
    client.force_login(make.ambassador(discussion))
    assert client.get(CHOOSE, {"wants_alerts": "on"}).status_code == 405
    assert not Account.objects.filter(wants_alerts=True).exists()


# --- on the home page ------------------------------------------------------------------------

LATE = "wacht langer dan 24 uur"


def home(client):
    return client.get(reverse("wagtailadmin_home")).content.decode()


def test_home_says_how_many_and_not_which(client, make, discussion):
    held = late(make, discussion)
    client.force_login(make.ambassador(discussion))
    page = home(client)
    panel = page[page.index("goedwerk-late-heading") :]
    panel = panel[: panel.index("</section>")]
    assert LATE in panel
    for word in ("kwelgeest", held.participant.pseudonym, discussion.page.title):
        assert word not in panel


def test_home_of_others_is_quiet(client, make, discussion):
    late(make, discussion)
    client.force_login(make.ambassador(make.discussion()))
    assert LATE not in home(client)


def test_home_of_the_owner_says_it_of_all(client, make, discussion):
    late(make, discussion)
    client.force_login(make.user(is_superuser=True))
    assert LATE in home(client)


def test_home_is_quiet_where_all_is_in_time(client, make, discussion):
    late(make, discussion, hours=20)
    client.force_login(make.ambassador(discussion))
    assert LATE not in home(client)
