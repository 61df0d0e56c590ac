"""The outbox: nothing is lost, nothing happens twice, one poisoned row harms no other."""

from __future__ import annotations

import datetime
import threading

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import transaction
from django.utils import timezone

from at_once import at_once
from goedwerk_forum.actions import notices, verdicts
from goedwerk_forum.actions.accounts import choose_mail
from goedwerk_forum.actions.contributions import Words, send_again, withdraw
from goedwerk_forum.actions.release import release
from goedwerk_forum.errors import KeyMissing
from goedwerk_forum.identity import keys
from goedwerk_forum.models import (
    AuditRecord,
    Contribution,
    Lease,
    Notice,
    OutboxRow,
    Revision,
    Statement,
)
from goedwerk_forum.outbox import doorbell, handlers, rows
from goedwerk_forum.outbox import drive as driving
from goedwerk_forum.outbox.drive import claim, take_lease
from goedwerk_forum.transitions import Action, Display, State

pytestmark = pytest.mark.django_db

OTHER = "Wij hingen de vraag op bij de koffie en lazen samen wat erbij kwam te staan."


@pytest.fixture
def attempts(monkeypatch):
    """Retries without waiting: a row that failed is due again at once."""
    monkeypatch.setattr(driving, "BACKOFF", 0)


@pytest.fixture
def poison(monkeypatch):
    """Makes the checks fail on every text that holds the word ``gif``."""
    examine = handlers.examine

    def poisoned(revisions):
        if any("gif" in revision.text for revision in revisions):
            raise ValueError("a text of a participant: gif")
        return examine(revisions)

    monkeypatch.setattr(handlers, "examine", poisoned)


def due_now(kind):
    OutboxRow.objects.filter(kind=kind).update(due_at=timezone.now())


# --- claiming --------------------------------------------------------------------------------


def test_attempt_is_counted_before_the_handler_runs(make, monkeypatch):
    make.contribution(make.discussion())
    seen = []
    monkeypatch.setitem(
        handlers.HANDLERS,
        "check",
        driving.Handler(
            lambda claimed: seen.extend(OutboxRow.objects.values_list("attempts", flat=True)),
            handlers.check_died,
        ),
    )
    driving.drive("moderation", seconds=0.5)
    assert seen[0] == 1


def test_claimed_row_is_left_alone_until_its_lease_ends(make):
    make.contribution(make.discussion())
    assert len(claim("moderation", "one")) == 1
    assert claim("moderation", "two") == []
    OutboxRow.objects.update(leased_until=timezone.now() - datetime.timedelta(seconds=1))
    assert [row.owner for row in claim("moderation", "two")] == ["two"]


def test_row_that_failed_before_is_claimed_alone_and_after_the_fresh_ones(make):
    discussion = make.discussion()
    failed = make.contribution(discussion)
    OutboxRow.objects.update(attempts=1)
    fresh = [make.contribution(discussion), make.contribution(discussion)]
    revision = {row.pk: row.revisions.get().pk for row in [failed, *fresh]}
    first, second = claim("moderation", "one"), claim("moderation", "one")
    assert {row.object_id for row in first} == {revision[row.pk] for row in fresh}
    assert [row.object_id for row in second] == [revision[failed.pk]]


def test_row_of_a_kind_that_this_worker_does_not_know_is_kept(make):
    OutboxRow.objects.create(queue="moderation", kind="of_a_newer_version", object_id=1)
    assert driving.drive("moderation") == 0
    row = OutboxRow.objects.get(kind="of_a_newer_version")
    assert (row.state, row.attempts) == (OutboxRow.State.WAITING, 0)


def test_row_that_is_not_due_yet_is_left(make):
    OutboxRow.objects.create(
        queue="moderation",
        kind="check",
        object_id=1,
        due_at=timezone.now() + datetime.timedelta(minutes=1),
    )
    assert driving.drive("moderation") == 0
    assert OutboxRow.objects.get().attempts == 0


def test_queues_are_driven_apart(make):
    contribution = make.held(make.discussion())
    make.judged(contribution)
    assert set(OutboxRow.objects.values_list("queue", flat=True)) == {"moderation", "notices"}
    due_now("notice")
    driving.drive("moderation")
    assert OutboxRow.objects.filter(queue="notices").exists()


def test_same_work_is_asked_once(make):
    for _twice in range(2):
        rows.enqueue(rows.Kind.CHECK, [(7, 1), (8, 1)], None)
    assert OutboxRow.objects.count() == 2


def test_row_holds_ids_only(make):
    make.contribution(make.discussion(), text=OTHER)
    values = " ".join(str(value) for value in OutboxRow.objects.values_list().get())
    assert "koffie" not in values
    assert {field.get_internal_type() for field in OutboxRow._meta.fields} <= {
        "BigAutoField",
        "BigIntegerField",
        "CharField",
        "DateTimeField",
        "PositiveSmallIntegerField",
    }


# --- what goes wrong -------------------------------------------------------------------------


@pytest.mark.usefixtures("attempts", "poison")
def test_poison_does_not_hold_up_the_others_of_its_batch(make, drive):
    discussion = make.discussion()
    poisoned = make.contribution(discussion, text="Hier zit gif in, maar dat ziet niemand eraan.")
    others = [make.contribution(discussion), make.contribution(discussion, text=OTHER)]
    drive()
    states = Contribution.objects.filter(pk__in=[row.pk for row in others])
    assert set(states.values_list("state", flat=True)) == {State.HELD}
    assert set(states.values_list("waiting", flat=True)) == {"new"}
    poisoned.refresh_from_db()
    assert poisoned.display == Display.NOTHING


@pytest.mark.usefixtures("attempts", "poison")
def test_five_failures_end_with_a_person(make, drive):
    contribution = make.contribution(make.discussion(), text="Hier zit gif in.")
    for _sweep in range(7):
        drive()
    contribution.refresh_from_db()
    assert (contribution.state, contribution.waiting) == (State.HELD, "stuck")
    row = OutboxRow.objects.get(kind="check")
    assert (row.state, row.attempts) == (OutboxRow.State.DEAD, 6)
    assert AuditRecord.objects.filter(object_id=contribution.public_id, action="hold").count() == 1
    assert make.judged(contribution).state == State.PUBLISHED


@pytest.mark.usefixtures("attempts", "poison")
def test_given_up_row_forgets_its_moment(make, drive):
    make.contribution(make.discussion(), text="Hier zit gif in.")
    for _sweep in range(7):
        drive()
    due = timezone.localtime(OutboxRow.objects.get(kind="check").due_at)
    assert (due.hour, due.minute, due.second, due.microsecond) == (0, 0, 0, 0)


@pytest.mark.usefixtures("attempts", "poison")
def test_edit_that_fails_five_times_waits_as_an_edit_and_the_old_text_stays(make, drive):
    published = make.published(make.discussion())
    send_again(
        contribution=published, version=published.version, words=Words("Nu met gif.", "vraag")
    )
    for _sweep in range(7):
        drive()
    published.refresh_from_db()
    assert (published.state, published.waiting) == (State.PUBLISHED, "edit")
    assert (published.display, published.comment) == (Display.TEXT, make.CALM)


@pytest.mark.usefixtures("poison")
def test_row_that_cannot_even_be_given_up_stops_nothing(make, drive, monkeypatch):
    discussion = make.discussion()
    make.contribution(discussion, text="Hier zit gif in.")
    OutboxRow.objects.update(attempts=5)
    other = make.contribution(discussion)

    def broken(_row):
        raise RuntimeError

    monkeypatch.setitem(handlers.HANDLERS, "check", driving.Handler(handlers.check, broken))
    drive()
    other.refresh_from_db()
    assert other.state == State.HELD
    assert OutboxRow.objects.get(kind="check").state == OutboxRow.State.WAITING


def test_lost_lease_undoes_the_effect(make, monkeypatch):
    contribution = make.contribution(make.discussion())
    claimed = claim("moderation", "slow")
    OutboxRow.objects.update(owner="quick")
    with pytest.raises(rows.LostLease), transaction.atomic():
        handlers.check(claimed)
    contribution.refresh_from_db()
    assert contribution.state == State.PENDING
    assert not AuditRecord.objects.filter(action="hold").exists()
    assert Revision.objects.get(contribution=contribution).findings == []


def test_work_done_twice_has_one_effect(make):
    contribution = make.contribution(make.discussion())
    claimed = claim("moderation", "one")
    handlers.check(claimed)
    with pytest.raises(rows.LostLease), transaction.atomic():
        handlers.check(claimed)
    assert AuditRecord.objects.filter(object_id=contribution.public_id, action="hold").count() == 1


def test_work_on_what_was_deleted_is_done_without_effect(make, drive):
    discussion = make.discussion()
    make.judged(make.held(discussion))
    make.contribution(discussion, text=OTHER)
    discussion.page.delete()
    due_now("release")
    due_now("notice")
    drive()
    assert not OutboxRow.objects.exists()
    assert not mail.outbox


# --- an edit and a decision that cross --------------------------------------------------------


def test_hiding_ends_an_edit_that_waits_and_puts_back_the_old_text(make, drive):
    discussion = make.discussion()
    contribution = make.published(discussion)
    send_again(
        contribution=contribution, version=contribution.version, words=Words(OTHER, "ervaring")
    )
    drive()
    contribution.refresh_from_db()
    hidden = make.judged(contribution, Action.HIDE, "conduct")
    assert (hidden.state, hidden.waiting) == (State.HIDDEN, "second_look")
    make.judged(hidden)
    release([discussion.pk])
    contribution.refresh_from_db()
    assert (contribution.display, contribution.comment) == (Display.TEXT, make.CALM)


def test_software_cannot_bring_back_what_a_person_hid_meanwhile(make, drive):
    contribution = make.published(
        make.discussion(discussion_policy="after_publication"), make.known()
    )
    send_again(
        contribution=contribution, version=contribution.version, words=Words(OTHER, "ervaring")
    )
    make.judged(contribution, Action.HIDE, "conduct")
    drive()
    contribution.refresh_from_db()
    assert (contribution.state, contribution.display) == (State.HIDDEN, Display.TOMBSTONE)
    assert not OutboxRow.objects.filter(kind="check").exists()


def test_withdrawn_while_it_was_examined_stays_withdrawn(make):
    contribution = make.contribution(make.discussion())
    claimed = claim("moderation", "one")
    revisions = Revision.objects.select_related("contribution__discussion")
    examined = handlers.examine(list(revisions))
    withdraw(contribution=Contribution.objects.get(pk=contribution.pk))
    verdicts.apply_verdicts(examined, claimed)
    contribution.refresh_from_db()
    assert contribution.state == State.WITHDRAWN
    assert set(contribution.revisions.values_list("text", flat=True)) == {""}
    assert not Statement.objects.exists()
    assert not Notice.objects.exists()


# --- release moments -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("every", "now", "then"),
    [
        (60, "2026-03-02 10:00:00", "2026-03-02 11:00:00"),
        (60, "2026-03-02 10:59:59", "2026-03-02 11:00:00"),
        (30, "2026-03-02 10:10:00", "2026-03-02 10:30:00"),
        (1, "2026-03-02 10:10:30", "2026-03-02 10:11:00"),
        (0, "2026-03-02 10:10:30", "2026-03-02 10:10:30"),
    ],
)
def test_release_moments_lie_on_the_clock(settings, every, now, then):
    settings.GOEDWERK = settings.GOEDWERK | {"RELEASE_EVERY": every}
    moment = datetime.datetime.fromisoformat(now).replace(tzinfo=datetime.UTC)
    assert rows.next_release(moment) == datetime.datetime.fromisoformat(then).replace(
        tzinfo=datetime.UTC
    )


def test_texts_of_one_discussion_wait_for_one_release_together(make, drive):
    discussion = make.discussion()
    first, second = make.held(discussion), make.held(discussion, text=OTHER)
    make.judged(first)
    make.judged(second)
    assert OutboxRow.objects.filter(kind="release").count() == 1
    drive()
    assert not Contribution.objects.filter(display=Display.TEXT).exists()
    due_now("release")
    drive()
    assert Contribution.objects.filter(display=Display.TEXT).count() == 2


@pytest.mark.usefixtures("released_at_once")
def test_site_without_release_moments_shows_at_once(make):
    contribution = make.judged(make.held(make.discussion()))
    assert (contribution.display, contribution.comment) == (Display.TEXT, make.CALM)
    assert not OutboxRow.objects.filter(kind="release").exists()


# --- notices ---------------------------------------------------------------------------------


@pytest.fixture
def told(make):
    """Decides on a contribution of ``author``, whose digest is then due."""

    def tell(author, text=OTHER):
        contribution = make.held(make.discussion(discussion_policy="all_first"), author, text=text)
        make.judged(contribution, Action.RETURN, "about_person")
        due_now("notice")
        return contribution

    return tell


def reader(make, wants=True, **fields):
    who = with_address(make.user(email="iemand@privé.example", **fields))
    choose_mail(user=who, wants=wants)
    return who


def with_address(who):
    """Whoever confirmed that the address is hers."""
    EmailAddress.objects.create(user=who, email=who.email, verified=True, primary=True)
    return who


def test_digest_goes_to_who_asked_for_it_and_tells_nothing(make, told, drive):
    contribution = told(reader(make))
    drive()
    (message,) = mail.outbox
    assert message.to == ["iemand@privé.example"]
    whole = message.message().as_string()
    for secret in (
        contribution.public_id,
        contribution.participant.pseudonym,
        contribution.discussion.page.title,
        contribution.discussion.question,
        "koffie",
        "teruggegeven",
    ):
        assert secret not in whole
    assert "/berichten/" in whole


def test_no_digest_without_asking(make, told, drive):
    told(reader(make, wants=False))
    told(with_address(make.user(email="niet@gevraagd.example")))
    drive()
    assert not mail.outbox
    assert not OutboxRow.objects.filter(kind="notice").exists()
    assert Notice.objects.count() == 2


def test_no_digest_to_who_left_or_has_no_address(make, told, drive):
    left, without = reader(make), make.user(email="")
    choose_mail(user=without, wants=True)
    told(left)
    told(without)
    left.is_active = False
    left.save()
    drive()
    assert not mail.outbox
    assert not OutboxRow.objects.filter(kind="notice").exists()


def test_one_digest_for_all_the_news(make, told, drive, settings):
    settings.GOEDWERK = settings.GOEDWERK | {"CLAIM_BATCH": 2}
    author = reader(make)
    for number in range(5):
        told(author, text=f"{OTHER} Dat was de keer nummer {number}.")
    drive()
    assert len(mail.outbox) == 1
    assert Notice.objects.count() == 5


def test_digest_is_not_sent_twice_when_the_mail_server_fails(make, told, drive, monkeypatch):
    told(reader(make))

    class Broken:
        def send_messages(self, messages):
            raise OSError("no route to host: iemand@privé.example")

    monkeypatch.setattr(notices, "get_connection", Broken)
    drive()
    monkeypatch.undo()
    drive()
    assert not mail.outbox
    assert not OutboxRow.objects.filter(kind="notice").exists()
    assert Notice.objects.count() == 1


def test_digest_waits_where_the_seal_cannot_be_opened(make, told, drive, monkeypatch):
    told(reader(make))

    def no_key():
        raise KeyMissing

    monkeypatch.setattr(keys, "unseal_keys", no_key)
    drive()
    assert not mail.outbox
    assert OutboxRow.objects.get(kind="notice").attempts == 1


def test_withdrawn_news_sends_no_digest(make, told, drive):
    told(reader(make)).discussion.page.delete()
    drive()
    assert not mail.outbox


@pytest.mark.parametrize(
    ("now", "hour", "day"), [("07:10", 8, 2), ("08:00", 16, 2), ("15:59", 16, 2), ("16:00", 8, 3)]
)
def test_digests_go_at_fixed_hours(now, hour, day):
    zone = timezone.get_current_timezone()
    moment = datetime.datetime.fromisoformat(f"2026-03-02 {now}").replace(tzinfo=zone)
    digest = notices.next_digest(moment)
    assert (digest.day, digest.hour, digest.minute) == (day, hour, 0)


# --- the doorbell ----------------------------------------------------------------------------


@pytest.fixture
def rung(monkeypatch, settings):
    settings.GOEDWERK = settings.GOEDWERK | {"DRIVER": "celery"}
    heard = []
    monkeypatch.setattr(doorbell._bell, "ring", heard.append)
    return heard


def test_bell_rings_after_the_commit_only(rung, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        rows.enqueue(rows.Kind.CHECK, [(1, 1)], None)
        assert rung == []
    assert rung == ["moderation"]


def test_bell_is_silent_for_what_was_rolled_back(rung, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        rows.enqueue(rows.Kind.CHECK, [(1, 1)], None)
        transaction.set_rollback(True)
    assert rung == []


def test_bell_is_silent_for_what_is_due_later(rung, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        later = timezone.now() + datetime.timedelta(hours=1)
        rows.enqueue(rows.Kind.RELEASE, [(1, 1)], later)
    assert rung == []


def test_embedded_site_has_no_bell(monkeypatch, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        rows.enqueue(rows.Kind.CHECK, [(1, 1)], None)
    assert callbacks == []


def test_broker_that_does_not_answer_keeps_nobody_waiting(monkeypatch):
    answered, heard = threading.Event(), threading.Event()

    def slow(queue):
        heard.set()
        answered.wait(10)

    monkeypatch.setattr(doorbell, "_tell_celery", slow)
    bell = doorbell.Bell()
    for _request in range(3):
        bell.ring("moderation")  # returns although nobody answered
    assert heard.wait(5)
    assert not answered.is_set()
    answered.set()


def test_bell_survives_whatever_the_broker_answers(monkeypatch):
    heard: list[str] = []
    rang = threading.Semaphore(0)

    def broken(queue):
        heard.append(queue)
        rang.release()
        raise RuntimeError

    monkeypatch.setattr(doorbell, "_tell_celery", broken)
    bell = doorbell.Bell()
    for _ring in range(2):
        bell.ring("moderation")
        assert rang.acquire(timeout=5)
    assert heard == ["moderation", "moderation"]


# --- leases and drivers ----------------------------------------------------------------------


def test_lease_is_had_by_one_at_a_time():
    assert take_lease("sealer", "one", seconds=30)
    assert not take_lease("sealer", "two", seconds=30)
    assert take_lease("sealer", "one", seconds=0)
    assert take_lease("sealer", "two", seconds=30)


def test_driving_leaves_word_that_somebody_drives():
    driving.drive("moderation")
    assert Lease.objects.filter(name="driver:moderation").exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_drivers_at_once_claim_different_rows():
    OutboxRow.objects.bulk_create(
        OutboxRow(queue="moderation", kind="check", object_id=number) for number in range(100)
    )
    claimed: dict[str, list[int]] = {"one": [], "two": []}
    start = threading.Barrier(2)

    def claim_all(owner):
        start.wait(10)
        while found := claim("moderation", owner):
            claimed[owner] += [row.object_id for row in found]

    at_once(lambda: claim_all("one"), lambda: claim_all("two"))
    assert sorted(claimed["one"] + claimed["two"]) == list(range(100))
    assert set(OutboxRow.objects.values_list("attempts", flat=True)) == {1}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_drivers_at_once_decide_each_contribution_once(make):
    discussion = make.discussion()
    author = make.user()
    for number in range(12):
        make.contribution(discussion, author, text=f"{OTHER} Dat was de keer nummer {number}.")
    start = threading.Barrier(2)

    def work():
        start.wait(10)
        driving.drive("moderation", seconds=10)

    at_once(work, work)
    assert set(Contribution.objects.values_list("state", flat=True)) == {State.HELD}
    assert AuditRecord.objects.filter(action="hold").count() == 12
    assert not OutboxRow.objects.exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_twelve_writers_at_once_get_twelve_places(make):
    discussion = make.discussion()
    writers = [make.user() for _writer in range(4)]
    for writer in writers:
        make.participant(discussion, writer)
    start = threading.Barrier(4)

    def write(writer):
        start.wait(10)
        for number in range(3):
            make.contribution(discussion, writer, text=f"{OTHER} Keer {number}.")

    at_once(*(lambda writer=writer: write(writer) for writer in writers))
    paths = sorted(Contribution.objects.values_list("path", flat=True))
    assert paths == [f"{number:08d}" for number in range(1, 13)]
    discussion.refresh_from_db()
    assert discussion.last_position == 12
