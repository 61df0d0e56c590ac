"""Taking a decision back: by who took it, within a minute, if nothing followed from it."""

from __future__ import annotations

import time

import pytest
from django.urls import reverse

from goedwerk_forum.actions import desk, undoing
from goedwerk_forum.actions.contributions import Words, send_again
from goedwerk_forum.actions.moderation import Mark
from goedwerk_forum.actions.release import release
from goedwerk_forum.errors import NotFound, TooLate
from goedwerk_forum.models import (
    AuditRecord,
    CaseNote,
    CheckPrecision,
    Contribution,
    DecisionTime,
    Notice,
    OutboxRow,
    Revision,
    Statement,
    Urgency,
    WaitingSince,
)
from goedwerk_forum.outbox.rows import Kind
from goedwerk_forum.transitions import Action, Measure, State
from measures import taken
from taking_back import decided

pytestmark = pytest.mark.django_db

HURTFUL = "Jij bent een sukkel, dat je het niet zag."
OTHER = "Ik wachtte een week voordat ik er iets over zei."


@pytest.fixture
def ambassador(make, discussion):
    return make.ambassador(discussion)


@pytest.fixture
def held(make, discussion):
    return make.held(discussion, text=HURTFUL)


def everything():
    """All that a decision changes, but for the record and the number of the version."""
    return {
        "contributions": list(
            Contribution.objects.order_by("pk").values(
                "state",
                "waiting",
                "urgency",
                "display",
                "accepted_revision",
                "vetted_revision",
                "shown_revision",
                "comment",
            )
        ),
        "revisions": list(Revision.objects.order_by("pk").values("state", "findings", "text")),
        "statements": Statement.objects.count(),
        "notices": list(Notice.objects.order_by("pk").values("event")),
        "mails": OutboxRow.objects.filter(kind=Kind.NOTICE).count(),
        "precision": sum(row.judged for row in CheckPrecision.objects.all()),
        "times": sum(DecisionTime.objects.values_list("number", flat=True)),
        "since": list(WaitingSince.objects.values("contribution", "hour")),
        "asked": list(CaseNote.objects.values("asks_second_look")),
    }


@pytest.mark.parametrize("action", [Action.PUBLISH, Action.RETURN, Action.REJECT])
def test_everything_is_as_before(ambassador, held, action):
    Contribution.objects.update(urgency=Urgency.RAISED)
    before = everything()
    marks = [Mark(0, 3, "iemand")] if action == Action.RETURN else []
    signed = decided(ambassador, held, action, marks=marks)
    assert everything() != before
    undoing.undo(user=ambassador, signed=signed)
    assert everything() == before


def test_undoing_a_decision_on_an_edit(make, drive, discussion, ambassador):
    author = make.user()
    edited = make.published(discussion, author)
    send_again(
        user=author, contribution=edited, version=edited.version, words=Words(HURTFUL, "vraag")
    )
    drive()
    before = everything()
    undoing.undo(user=ambassador, signed=decided(ambassador, edited))
    assert everything() == before


@pytest.mark.parametrize("action", [Action.PUBLISH, Action.REJECT])
@pytest.mark.parametrize("is_edit", [False, True])
def test_measure_taken_meanwhile_is_still_told(
    make, drive, discussion, ambassador, action, is_edit
):
    author = make.user()
    if is_edit:
        case = make.published(discussion, author)
        words = Words(HURTFUL, "vraag")
        send_again(user=author, contribution=case, version=case.version, words=words)
        drive()
    else:
        case = make.held(discussion, author, text=HURTFUL)
    told = set(Notice.objects.values_list("pk", flat=True))
    signed = decided(ambassador, case, action)
    pause = taken(case, Measure.PAUSE, by=ambassador)
    undoing.undo(user=ambassador, signed=signed)
    left = Notice.objects.exclude(pk__in=told).get()
    assert (left.event, left.statement) == (Notice.Event.PAUSED, pause.statement)
    assert OutboxRow.objects.filter(kind=Kind.NOTICE, object_id=left.pk).count() == 1
    assert list(case.statements.all()) == [pause.statement]


def test_undoing_a_hiding_shows_the_text_where_it_was(make, discussion, ambassador):
    published = make.published(discussion)
    before = everything()
    signed = decided(ambassador, published, Action.HIDE)
    assert Contribution.objects.get(pk=published.pk).comment == ""
    discussion.refresh_from_db()
    version, shown = discussion.version, discussion.shown_count
    undoing.undo(user=ambassador, signed=signed)
    discussion.refresh_from_db()
    assert everything() == before
    assert (discussion.version, discussion.shown_count) == (version + 1, shown + 1)


def test_edit_that_the_software_was_reading_is_read_again(make, drive, discussion, ambassador):
    author = make.user()
    published = make.published(discussion, author)
    send_again(
        user=author, contribution=published, version=published.version, words=Words(OTHER, "vraag")
    )
    signed = decided(ambassador, published, Action.HIDE)
    drive()
    undoing.undo(user=ambassador, signed=signed)
    revision = published.revisions.order_by("-number").first()
    assert revision.state == "pending"
    assert OutboxRow.objects.filter(kind=Kind.CHECK, object_id=revision.pk).exists()


def test_question_for_a_second_look_stands_again(make, discussion, ambassador, held):
    asker = make.ambassador(discussion)
    desk.add_note(user=asker, public_id=held.public_id, text="?", asks_second_look=True)
    before = everything()
    undoing.undo(user=ambassador, signed=decided(ambassador, held))
    assert everything() == before


def test_undo_is_on_record(ambassador, held):
    undoing.undo(user=ambassador, signed=decided(ambassador, held, Action.REJECT))
    record = AuditRecord.objects.latest("pk")
    assert (record.action, record.actor) == ("undo", "ambassador")
    assert (record.before, record.after) == ("rejected", "held")
    assert AuditRecord.objects.filter(action="reject").exists()


def refused(user, signed, error=TooLate):
    before = everything(), AuditRecord.objects.count()
    with pytest.raises(error):
        undoing.undo(user=user, signed=signed)
    assert (everything(), AuditRecord.objects.count()) == before


def test_after_a_minute_it_is_too_late(ambassador, held, monkeypatch):
    signed = decided(ambassador, held)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 61)
    refused(ambassador, signed)


def test_nobody_else_can_undo_it(make, discussion, ambassador, held):
    refused(make.ambassador(discussion), decided(ambassador, held))


def test_changed_proof_undoes_nothing(ambassador, held):
    signed = decided(ambassador, held)
    for value in (signed[:-1], "", "x", signed.replace(":", "", 1)):
        refused(ambassador, value)


def test_proof_works_once(ambassador, held):
    signed = decided(ambassador, held)
    undoing.undo(user=ambassador, signed=signed)
    refused(ambassador, signed)


def test_released_text_is_not_taken_back(discussion, ambassador, held):
    signed = decided(ambassador, held)
    release([discussion.pk])
    refused(ambassador, signed)


def test_site_without_release_moments_offers_no_undo_of_placing(released_at_once, ambassador, held):
    assert decided(ambassador, held) is None


def test_author_who_sent_again_meanwhile_is_not_set_back(make, discussion, ambassador):
    author = make.user()
    held = make.held(discussion, author)
    signed = decided(ambassador, held, Action.RETURN)
    held.refresh_from_db()
    send_again(user=author, contribution=held, version=held.version, words=Words(OTHER, "ervaring"))
    refused(ambassador, signed)


def test_ambassador_who_lost_the_discussion_undoes_nothing(ambassador, held):
    signed = decided(ambassador, held)
    ambassador.groups.clear()
    refused(type(ambassador).objects.get(pk=ambassador.pk), signed, NotFound)


def test_proof_names_no_key_of_a_row(ambassador, held):
    value = undoing.read(ambassador, decided(ambassador, held))
    assert set(value) == {
        "id",
        "by",
        "version",
        "display",
        "shown",
        "action",
        "reason",
        "said",
        "stood",
    }
    assert value["id"] == held.public_id
    assert len(value["by"]) == 64


# --- in the admin ----------------------------------------------------------------------------


def press(client, contribution, **fields):
    data = {"action": "publish", "version": contribution.version, "reason": "", "words": ""}
    url = reverse("goedwerk_moderation:case", args=[contribution.public_id])
    return client.post(url, data | fields)


def test_button_stands_after_a_decision_and_takes_it_back(client, ambassador, held):
    client.force_login(ambassador)
    press(client, held)
    cookie = client.cookies["gw_besluit"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", 60)
    undo = reverse("goedwerk_moderation:undo")
    assert undo in client.get(reverse("goedwerk_moderation:index")).content.decode()
    response = client.post(undo)
    assert response.url == reverse("goedwerk_moderation:case", args=[held.public_id])
    assert client.cookies["gw_besluit"].value == ""
    held.refresh_from_db()
    assert held.state == State.HELD


def test_button_is_not_there_for_others_nor_on_a_look(client, make, discussion, ambassador, held):
    client.force_login(ambassador)
    press(client, held)
    undo = reverse("goedwerk_moderation:undo")
    assert client.get(undo).status_code == 405
    kept = client.cookies["gw_besluit"].value
    client.force_login(make.ambassador(discussion))
    client.cookies["gw_besluit"] = kept
    assert undo not in client.get(reverse("goedwerk_moderation:index")).content.decode()
    client.post(undo)
    held.refresh_from_db()
    assert held.state == State.PUBLISHED
