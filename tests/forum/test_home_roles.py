"""The panels of the admin's home page: what waits for each role, and nothing for anybody else."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import Group, Permission
from django.db.migrations.recorder import MigrationRecorder
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

import complaints
import harvesting
from goedwerk_forum.actions import retention
from goedwerk_forum.actions.retention import let_go
from goedwerk_forum.admin import home_dialogues, home_owner, home_privacy
from goedwerk_forum.models import (
    AuditRecord,
    AuditVerification,
    ForumSettings,
    HouseRule,
    Lease,
    SafePlace,
)
from goedwerk_forum.transitions import Action

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def asked_by(who):
    """A request to the home page by somebody whose rights were read before."""
    request = RequestFactory().get("/")
    request.user = who
    who.get_all_permissions()
    return request


def words(panel):
    return [task.words for task in panel.tasks]


def with_rights(make, *codes, name="Rechten voor de toets"):
    group = Group.objects.create(name=name)
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", *codes]))
    return make.user(groups=(group,))


def shown_to(client, who):
    client.force_login(who)
    return client.get(reverse("wagtailadmin_home")).content.decode()


# --- dialogues -------------------------------------------------------------------------------


@pytest.fixture
def reported(discussion):
    """A page that a reader reported."""
    return complaints.page_reported(discussion)


def test_ambassador_reads_what_waits_in_her_dialogues(make, discussion, client):
    hidden = make.published(discussion)
    make.judged(hidden, Action.HIDE, "conduct")
    who = make.ambassador(discussion)
    panel = home_dialogues.panel_of(asked_by(who))
    assert words(panel) == ["1 bijdrage is verborgen tot iemand kijkt"]
    assert panel.tasks[0].is_urgent
    assert panel.tasks[0].url in shown_to(client, who)


def test_her_colleague_of_another_dialogue_reads_nothing_of_it(make, discussion, client):
    hidden = make.published(discussion)
    make.judged(hidden, Action.HIDE, "conduct")
    other = make.ambassador(make.discussion())
    assert words(home_dialogues.panel_of(asked_by(other))) == []
    assert "Er wacht niets op jou in de dialogen" in shown_to(client, other)


def test_many_of_one_reason_hide_no_other(make, discussion, monkeypatch):
    monkeypatch.setattr(home_dialogues, "MOST", 1)
    for _ in range(3):
        make.judged(make.published(discussion), Action.HIDE, "conduct")
    complaints.reported(make.published(discussion))
    said = words(home_dialogues.panel_of(asked_by(make.ambassador(discussion))))
    assert "3 bijdragen zijn verborgen tot iemand kijkt" in said
    assert "1 bijdrage is gemeld" in said


def test_page_report_waits_for_who_answers_it(make, discussion, reported):
    who, other = make.ambassador(discussion), make.ambassador(make.discussion())
    assert "1 melding over een pagina wacht op antwoord" in words(
        home_dialogues.panel_of(asked_by(who))
    )
    assert words(home_dialogues.panel_of(asked_by(other))) == []


def test_guide_reads_that_a_question_waits(make, discussion):
    question = make.published(discussion, kind="vraag")
    type(question).objects.update(day=timezone.localdate() - datetime.timedelta(days=3))
    who = harvesting.guide_of(discussion)
    assert "1 dialoog vraagt je aandacht als begeleider" in words(
        home_dialogues.panel_of(asked_by(who))
    )


def test_unfinished_harvest_is_named_to_who_makes_it_only(make, discussion):
    who = harvesting.guide_of(discussion)
    page = harvesting.begun(discussion, who)
    other = harvesting.guide_of(make.discussion())
    sentence = "De opbrengst ‘Wat het gesprek opleverde’ is nog niet af"
    assert sentence in words(home_dialogues.panel_of(asked_by(who)))
    assert words(home_dialogues.panel_of(asked_by(other))) == []
    harvesting.live(page)
    assert sentence not in words(home_dialogues.panel_of(asked_by(who)))


def test_no_panel_for_who_has_nothing_to_do_with_dialogues(make, client):
    who = with_rights(make, "view_auditrecord")
    assert home_dialogues.panel_of(asked_by(who)) is None
    assert "goedwerk_dialogues" not in shown_to(client, who)


@pytest.mark.parametrize("number", [1, 4])
def test_dialogues_cost_the_same_however_much_waits(
    make, discussion, number, django_assert_num_queries
):
    who = harvesting.guide_of(discussion)
    for _ in range(number):
        make.judged(make.published(discussion), Action.HIDE, "conduct")
        complaints.page_reported(discussion)
    request = asked_by(who)
    with django_assert_num_queries(16):
        home_dialogues.panel_of(request)


# --- privacy ---------------------------------------------------------------------------------


@pytest.fixture
def officer(make):
    return with_rights(make, "view_auditrecord", "unmask")


def looked(state="whole", *, days_ago=0, **fields):
    day = timezone.localdate() - datetime.timedelta(days=days_ago)
    return AuditVerification.objects.create(day=day, state=state, **fields)


def ran(*, hours_ago=1):
    """All jobs of the night succeeded so long ago."""
    let_go()
    seen = timezone.now() - datetime.timedelta(hours=hours_ago)
    Lease.objects.filter(name__startswith="done:").update(seen_at=seen)


def again():
    """The jobs are due again, and tried."""
    Lease.objects.filter(name__startswith="daily:").delete()
    let_go()


def fails():
    raise RuntimeError


def set_up(*, hours_ago):
    """The site was set up so long ago."""
    then = timezone.now() - datetime.timedelta(hours=hours_ago)
    MigrationRecorder.Migration.objects.update(applied=then)


def test_officer_reads_that_nothing_ever_ran(officer, client):
    set_up(hours_ago=73)
    assert words(home_privacy.panel_of(asked_by(officer))) == [
        "Het opruimen van oude gegevens heeft nog nooit gelopen",
        "Het logboek van de moderatie is nog nooit gecontroleerd",
    ]
    assert "nog nooit gecontroleerd" in shown_to(client, officer)


def test_before_the_first_night_of_a_site_nothing_is_late(officer):
    looked(), set_up(hours_ago=3)
    assert words(home_privacy.panel_of(asked_by(officer))) == []


def test_a_rule_of_a_new_version_waits_for_its_first_night(officer, monkeypatch):
    looked(), set_up(hours_ago=2000), ran()
    monkeypatch.setattr(retention, "DAILY", [*retention.DAILY, fails])
    assert words(home_privacy.panel_of(asked_by(officer))) == []


def test_all_is_well_and_says_so(officer, client):
    looked(), ran()
    assert words(home_privacy.panel_of(asked_by(officer))) == []
    assert "Het logboek is heel" in shown_to(client, officer)


@pytest.mark.parametrize(
    ("look", "said"),
    [
        ({"state": "broken", "problem_count": 2}, "er zijn 2 dingen mis"),
        ({"state": "failed"}, "is niet gelukt"),
        ({"days_ago": 31}, "voor het laatst gecontroleerd op"),
    ],
)
def test_record_that_asks_for_a_look(officer, look, said):
    ran()
    looked(**look)
    (task,) = home_privacy.panel_of(asked_by(officer)).tasks
    assert said in task.words
    assert task.url == reverse("goedwerk_verify_audit")


def test_letting_go_that_stopped_is_urgent(officer):
    looked(), ran(hours_ago=73)
    (task,) = home_privacy.panel_of(asked_by(officer)).tasks
    assert "loopt achter" in task.words
    assert task.is_urgent
    again()
    assert words(home_privacy.panel_of(asked_by(officer))) == []


def test_a_job_that_fails_night_after_night_is_late(officer, monkeypatch):
    looked(), ran(hours_ago=73)
    monkeypatch.setattr(retention, "clean_files", fails)
    again()
    (task,) = home_privacy.panel_of(asked_by(officer)).tasks
    assert "loopt achter" in task.words


def test_a_job_that_never_succeeded_is_named_until_it_does(officer, monkeypatch):
    looked(), ran()
    monkeypatch.setattr(retention, "DAILY", [*retention.DAILY, fails])
    let_go()
    (task,) = home_privacy.panel_of(asked_by(officer)).tasks
    assert task.words == "Een deel van het opruimen is nog nooit gelukt"
    assert task.is_urgent


def test_a_job_that_is_there_no_more_raises_no_alarm(officer):
    looked(), ran()
    long_ago = timezone.now() - datetime.timedelta(days=90)
    for name in ("daily:gone", "done:gone"):
        Lease.objects.create(name=name, until=long_ago, seen_at=long_ago)
    assert words(home_privacy.panel_of(asked_by(officer))) == []


def test_unsealed_rows_of_yesterday_are_named(officer):
    looked(), ran()
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    AuditRecord.objects.create(
        day=yesterday,
        actor="checks",
        action="hold",
        object_kind="contribution",
        object_id="x",
        object_version=1,
    )
    assert words(home_privacy.panel_of(asked_by(officer))) == [
        "Regels van eerdere dagen zijn nog niet verzegeld"
    ]


def test_others_read_nothing_of_the_record(make, discussion, client):
    for who in (make.ambassador(discussion), with_rights(make, "unmask")):
        assert home_privacy.panel_of(asked_by(who)) is None
        assert "nog nooit gecontroleerd" not in shown_to(client, who)


def test_privacy_costs_four_queries(officer, django_assert_num_queries):
    looked(), ran()
    request = asked_by(officer)
    with django_assert_num_queries(4):
        home_privacy.panel_of(request)


# --- the owner -------------------------------------------------------------------------------


@pytest.fixture
def owner(make):
    return with_rights(make, "change_checksetting")


def in_order(make):
    discussion = make.discussion()
    for _ in range(3):
        make.ambassador(discussion)
    site = discussion.page.get_site()
    said = ForumSettings.for_site(site)
    HouseRule.objects.create(settings=said, text="Geen namen.")
    SafePlace.objects.create(settings=said, name="Vertrouwenspersoon", for_threat=True)
    return discussion


@pytest.fixture
def witness(settings):
    settings.GOEDWERK = {**settings.GOEDWERK, "WITNESS_MAIL": ["getuige@example.org"]}


def test_all_in_order_and_says_so(make, owner, witness, client):
    in_order(make)
    assert words(home_owner.panel_of(asked_by(owner))) == []
    assert "Sleutels, teams en instellingen zijn in orde" in shown_to(client, owner)


def test_owner_reads_what_is_missing(make, owner, witness):
    discussion = in_order(make)
    discussion.group.user_set.clear()
    HouseRule.objects.all().delete()
    SafePlace.objects.all().delete()
    ForumSettings.objects.update(hand_over="")
    found = words(home_owner.panel_of(asked_by(owner)))
    assert [sentence.split(" ")[0:3] for sentence in found] == [
        ["De", "groep", discussion.group.name.split(" ")[0]],
        ["Er", "zijn", "geen"],
        ["Er", "staan", "geen"],
        ["De", "veilige", "doorverwijzing"],
    ]


def test_missing_key_is_urgent(make, owner, witness, settings, tmp_path):
    in_order(make)
    settings.GOEDWERK = {**settings.GOEDWERK, "KEYS_DIR": tmp_path}
    (task,) = home_owner.panel_of(asked_by(owner)).tasks
    assert "ontbreekt een sleutel" in task.words
    assert task.is_urgent


def test_others_read_nothing_of_the_site(make, discussion, client):
    who = make.ambassador(discussion)
    assert home_owner.panel_of(asked_by(who)) is None
    assert "minder dan" not in shown_to(client, who)


def test_owner_costs_five_queries(make, owner, witness, django_assert_num_queries):
    in_order(make)
    request = asked_by(owner)
    home_owner.panel_of(request)
    with django_assert_num_queries(5):
        home_owner.panel_of(request)
