"""Keys are rotated: whatever hangs on one is found under either, then under the new one alone."""

from __future__ import annotations

import contextlib
import itertools
import re
import shutil
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from nacl.exceptions import CryptoError
from nacl.public import SealedBox

import everything
from goedwerk_casestudies import access as stories_access
from goedwerk_casestudies import raw
from goedwerk_casestudies.actions import letters
from goedwerk_forum import access
from goedwerk_forum.actions import appeals, rotating, standing
from goedwerk_forum.actions.contributions import Words, contribute
from goedwerk_forum.errors import KeyMissing, KeysHalfPlaced
from goedwerk_forum.identity import (
    deciders,
    keys,
    links,
    new_keys,
    reporters,
    rotation,
    sealed,
)
from goedwerk_forum.identity import standing as standings
from goedwerk_forum.models import AuditRecord, Lease, Participant, Report, Standing
from goedwerk_forum.outbox.drive import take_lease
from linking import dumps

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

#: Fields that look like something made with a key and are not; each with what they are.
NOT_MADE_WITH_A_KEY = {
    "Account.mail_mark": "random",
    "AuditRecord.words_digest": "salted hash",
    "AuditSeal.digest": "audit key, which chains and is not rotated",
    "AuditHead.digest": "audit key",
    "CircleInvitation.digest": "hash of a random secret",
    "SeriesInvitation.digest": "hash of a random secret",
    "Clearance.digest": "hash of a page",
    "ConductVersion.version": "random",
    "Contribution.submission": "random",
    "Lease.owner": "random",
    "OutboxRow.owner": "random",
    "Report.receipt": "hash of a random code",
    "RescuedText.lookup": "key in a browser",
    "RescuedText.sealed": "key in a browser",
    "Statement.salt": "random, or of a measure: stored with it",
    "Unmasking.ground_digest": "hash",
}
LOOKS_KEYED = re.compile(
    r"token|seal|key_id|mark$|digest|decider|reporter|receipt|lookup|owner|salt|_by$|submission$"
)


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path):
    """Keys of this test alone: those of the others must stay as they are."""
    settings.GOEDWERK = settings.GOEDWERK | {"KEYS_DIR": tmp_path / "keys"}
    keys.create_missing()
    return tmp_path / "keys"


@pytest.fixture
def site():
    return everything.fill()


def seen(site) -> dict[str, object]:
    """What people and their processes find, with whatever keys there are."""
    return {
        "own": sorted(access.own_contributions(site.author).values_list("pk", flat=True)),
        "notices": access.own_notices(site.author).count(),
        "participants": access.own_participants(site.author).count(),
        "account": {
            links.unseal(one.sealed_account) for one in access.own_participants(site.author)
        },
        "reports": Report.objects.filter(reporter__in=reporters.tokens_of(site.reporter)).count(),
        "held back": standings.of_person(site.author),
        "decided": deciders.is_among(site.decider, now(site.statement)),
        "another decided": deciders.is_among(site.asker, now(site.statement)),
        "asked": standing.is_asker(site.asker, now(site.request)),
        "another asked": standing.is_asker(site.decider, now(site.request)),
        "ground": appeals.words_of(now(site.appeal))["ground"],
        "report": sealed.unseal(now(site.report).sealed, site.report.uuid),
        "submissions": stories_access.own_submissions(site.author).count(),
        "raw": raw.unseal(now(site.submission).sealed_raw, site.submission.uuid),
        "letter": [letters.read(one) for one in site.submission.letters.all()],
    }


def now(row):
    return type(row).objects.get(pk=row.pk)


def made_with_keys() -> set[str]:
    """All values that hang on a key now, of all tables."""
    found: set[str] = set()
    for holder in rotation.HOLDERS.values():
        rows = apps.get_model(holder.label).objects.values_list(*holder.fields)
        for value in itertools.chain.from_iterable(rows):
            found |= set(value.split()) if value else set()
    return found


# --- nothing lost, nothing left --------------------------------------------------------------


def test_everything_is_found_before_during_and_after(site):
    before = seen(site)
    assert before["held back"]
    assert (before["decided"], before["another decided"]) == (True, False)
    assert (before["asked"], before["another asked"]) == (True, False)
    assert (before["reports"], before["submissions"], len(before["own"])) == (1, 2, 3)
    new_keys.put_in_place()
    assert seen(site) == before
    outcome, folder = rotating.rewrite()
    assert outcome.is_whole
    assert folder is not None
    assert not any(path.suffix == keys.BEFORE for path in keys.conf().KEYS_DIR.iterdir())
    assert len(keys.link_keys()) == 1
    assert seen(site) == before


def test_every_table_that_hangs_on_a_key_is_in_play(site):
    """Otherwise the tests here would say nothing about it."""
    empty = [label for label in rotation.HOLDERS if not apps.get_model(label).objects.exists()]
    assert empty == []


def test_no_value_made_with_a_key_before_is_left_in_any_table(site):
    before = made_with_keys()
    assert len(before) > 20
    rotating.new_keys_in_place()
    outcome, _folder = rotating.rewrite()
    assert all(outcome.renewed[label] for label in rotation.HOLDERS), outcome.renewed
    after = "\n".join(
        str(value) for table in dumps.take().tables.values() for row in table.rows for value in row
    )
    # The record says which key came and went.
    assert [value for value in before if value in after and len(value) > 16] == []


def test_every_field_that_looks_made_with_a_key_has_a_holder():
    held = {
        f"{label.partition('.')[2]}.{name}"
        for label, holder in rotation.HOLDERS.items()
        for name in holder.fields
    }
    looks = {
        f"{model.__name__}.{field.name}"
        for app in ("goedwerk_forum", "goedwerk_casestudies")
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.local_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and LOOKS_KEYED.search(field.name)
    }
    assert looks - held - set(NOT_MADE_WITH_A_KEY) == set()


def test_keys_are_used_in_the_room_of_identity_only():
    """What makes a token elsewhere would be forgotten by the rotation."""
    root = Path(keys.__file__).resolve().parents[2]
    used = [
        str(path.relative_to(root))
        for folder in (root, root.parent / "casestudies")
        for path in folder.rglob("*.py")
        if "identity" not in path.parts
        and re.search(r"keys\.(link|standing)_key\(\)\s*[+,.)]", path.read_text())
    ]
    assert used == []


def test_an_account_that_is_gone_leaves_noise(site, make):
    leaver = make.user()
    complaints_by_leaver = everything.complaints.reported(site.contributions[1], by=leaver)
    assert complaints_by_leaver
    old = set(Report.objects.values_list("reporter", flat=True)) - {None}
    leaver.delete()
    rotating.new_keys_in_place()
    outcome, _folder = rotating.rewrite()
    assert outcome.is_whole
    assert not old & set(Report.objects.values_list("reporter", flat=True))
    assert Report.objects.filter(reporter__startswith="00000000").count() == 1


def test_who_reported_before_the_new_keys_reports_the_same_no_second_time(site, make):
    first = everything.complaints.reported(site.contributions[1], by=site.reporter).report
    new_keys.put_in_place()
    number = Report.objects.count()
    again = everything.complaints.reported(site.contributions[1], by=site.reporter)
    assert (again.was_there, again.report) == (True, first)
    assert Report.objects.count() == number


def test_a_report_that_a_process_with_the_key_before_took_again_counts_once(site):
    text = site.contributions[1]
    first = everything.complaints.reported(text, by=site.reporter).report
    new_keys.put_in_place()
    place = first.discussion
    second = Report.objects.create(
        discussion=place,
        contribution=text,
        reason="conduct",
        reporter=reporters.token(site.reporter.goedwerk_account.uuid, place.uuid),
        counts=True,
        day=first.day,
    )
    Report.objects.filter(pk=first.pk).update(counts=True)
    outcome, _folder = rotating.rewrite()
    assert outcome.is_whole
    assert now(second).reporter == second.reporter
    assert (now(first).reporter[:8], now(first).counts) == ("0" * 8, False)
    assert (now(second).counts, now(first).state) == (True, "open")
    assert first.reporter not in (now(first).reporter, now(second).reporter)


def test_a_row_that_opens_with_neither_key_is_kept_and_counted(site):
    row = Participant.objects.filter(token__isnull=False).first()
    Participant.objects.filter(pk=row.pk).update(sealed_account="00" * 80)
    rotating.new_keys_in_place()
    outcome, folder = rotating.rewrite()
    assert outcome.unopened["goedwerk_forum.Participant"] == 1
    assert (outcome.is_whole, folder) == (False, None)
    assert len(keys.link_keys()) == 2
    assert now(row).token == row.token


def test_what_was_written_with_the_key_before_meanwhile_is_found_in_the_next_round(
    site, make, monkeypatch
):
    """A process that has not heard of the new keys writes on with the old ones."""
    rotating.new_keys_in_place()
    late = make.user()
    discussion = site.contributions[0].discussion
    before = keys.link_keys()[1]
    made = []

    def somebody_joins(_line):
        if not made:
            made.append(make.participant(discussion, late))
            Participant.objects.filter(pk=made[0].pk).update(
                token=links.token(late.goedwerk_account.uuid, discussion.uuid, before),
                key_id="before",
            )

    outcome, _folder = rotating.rewrite(say=somebody_joins)
    assert outcome.is_whole
    assert now(made[0]).key_id == keys.key_id()
    assert links.participant_of(late, discussion) == made[0]


def test_she_writes_on_under_the_same_pseudonym_while_it_is_under_way(site, make):
    discussion = site.contributions[0].discussion
    other = make.user()
    before = make.participant(discussion, other)
    new_keys.put_in_place()
    participant = make.participant(discussion, other)
    assert participant == before
    contribute(
        user=other,
        participant=participant,
        discussion=discussion,
        words=Words("Ik schreef dit terwijl de sleutels werden vernieuwd.", "ervaring"),
        submission="x" * 32,
    )
    assert access.own_contributions(other).count() == 1
    rotating.rewrite()
    assert access.own_contributions(other).count() == 1


def test_without_the_private_half_nothing_is_rewritten(site, own_keys):
    rotating.new_keys_in_place()
    for name in (keys.UNSEAL, f"{keys.UNSEAL}{keys.BEFORE}"):
        (own_keys / name).unlink()
    before = set(Participant.objects.values_list("token", flat=True))
    outcome, folder = rotating.rewrite()
    assert outcome.unopened["goedwerk_forum.Participant"]
    assert folder is None
    assert set(Participant.objects.values_list("token", flat=True)) == before


def test_one_at_a_time(site):
    rotating.new_keys_in_place()
    take_lease("rotation", "another", seconds=600)
    with pytest.raises(rotating.TheSame):
        rotating.rewrite()
    assert Lease.objects.get(name="rotation").owner == "another"


def test_the_record_says_that_it_began_and_ended(site):
    old = keys.key_id()
    rotating.new_keys_in_place()
    rotating.new_keys_in_place()
    rotating.rewrite()
    said = AuditRecord.objects.filter(object_kind="keys").order_by("pk")
    assert list(said.values_list("action", "actor", "object_id")) == [
        ("rotate_begun", "two_people", old),
        ("rotate_done", "two_people", keys.key_id()),
    ]
    assert not Standing.objects.exclude(key_id=keys.standing_key_id()).exists()


# --- the files -------------------------------------------------------------------------------


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def killed_at(monkeypatch):
    """Ends the work before its ``number``th step on the disk; returns how many there were."""

    def run(work, number):
        steps = itertools.count(1)

        def step(real):
            def before(*args, **kwargs):
                if next(steps) == number:
                    raise Killed
                return real(*args, **kwargs)

            return before

        with monkeypatch.context() as patch:
            patch.setattr(new_keys.os, "replace", step(new_keys.os.replace))
            patch.setattr(keys, "write", step(keys.write))
            try:
                work()
            except Killed:
                return False
        return True

    return run


@pytest.mark.parametrize("work", ["put_in_place", "retire"])
def test_killed_at_any_step_with_the_files_no_key_is_lost(killed_at, own_keys, tmp_path, work):
    if work == "retire":
        new_keys.put_in_place()
    shutil.copytree(own_keys, tmp_path / "start")
    wanted = {keys.read_file(own_keys / name) for name in keys.ROTATED}
    for number in itertools.count(1):
        shutil.rmtree(own_keys)
        shutil.copytree(tmp_path / "start", own_keys)
        if killed_at(getattr(new_keys, work), number):
            break
        assert_what_is_sealed_now_opens_now()
        go_on(work)
        files = [path for path in own_keys.rglob("*") if path.is_file()]
        assert wanted <= {keys.read_file(path) for path in files}, number
        assert len(files) == 2 * len(keys.ROTATED) + 1  # and the audit key
        assert new_keys.phase() == new_keys.Phase.NONE
        assert_what_is_sealed_now_opens_now()
    assert number > len(keys.ROTATED)


def go_on(work):
    """The command, run again: to the end."""
    if work == "put_in_place":
        new_keys.put_in_place()
    if new_keys.phase() != new_keys.Phase.NONE:
        new_keys.retire()


def assert_what_is_sealed_now_opens_now():
    """With the key, or with the one before it."""
    sealed_now = SealedBox(keys.seal_key()).encrypt(b"x")
    for key in keys.unseal_keys():
        with contextlib.suppress(CryptoError):
            assert SealedBox(key).decrypt(sealed_now) == b"x"
            return
    pytest.fail("no key opens it")


def test_keys_that_were_half_placed_by_hand_stop_it(own_keys):
    (own_keys / f"{keys.LINK}{keys.BEFORE}").write_text("00" * 32)
    with pytest.raises(KeysHalfPlaced):
        new_keys.put_in_place()


def test_keys_that_were_placed_by_hand_are_taken_away_by_hand(site, own_keys):
    for name in keys.ROTATED:
        (own_keys / f"{name}{keys.BEFORE}").write_bytes((own_keys / name).read_bytes())
        (own_keys / name).unlink()
    keys.create_missing()
    before = seen(site)
    outcome, folder = rotating.rewrite()
    assert outcome.is_whole
    assert folder is None
    assert len(keys.link_keys()) == 2
    for name in keys.ROTATED:
        (own_keys / f"{name}{keys.BEFORE}").unlink()
    assert seen(site) == before


def test_another_key_finds_nothing(site, own_keys):
    (own_keys / keys.LINK).write_text("11" * 32)
    assert not access.own_contributions(site.author).exists()
    with pytest.raises(KeyMissing):
        raw.unseal(site.submission.sealed_raw, site.submission.uuid)
