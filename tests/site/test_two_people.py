"""Commands that need two people: unmasking on an order, and rotating the keys."""

from __future__ import annotations

import datetime
import io

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from goedwerk_forum import access
from goedwerk_forum.actions import unmasking
from goedwerk_forum.actions.own import cut_link
from goedwerk_forum.actions.retention import let_go
from goedwerk_forum.identity import keys, new_keys
from goedwerk_forum.management.commands.goedwerk_doctor import Command as Doctor
from goedwerk_forum.models import AuditRecord, Notice, OutboxRow, Participant, Unmasking
from goedwerk_forum.outbox.drive import drive

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

GROUND = "Rechtbank Midden-Nederland, 3 november 2026, zaak 16/1234."


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path):
    settings.GOEDWERK = settings.GOEDWERK | {"KEYS_DIR": tmp_path / "keys"}
    keys.create_missing()
    return tmp_path / "keys"


def operator(make, name, *rights):
    who = make.user(name)
    who.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return who


@pytest.fixture
def officer(make):
    return operator(make, "functionaris", "unmask", "rotate_keys")


@pytest.fixture
def owner(make):
    return operator(make, "eigenaar", "unmask", "rotate_keys")


@pytest.fixture
def author(make):
    return make.user("schrijfster", email="zij@thuis.example")


@pytest.fixture
def written(make, author):
    return make.published(make.discussion(), author)


@pytest.fixture
def typed(make, monkeypatch):
    """What two people type at the terminal: a name, a password and a code each."""

    def put(*people, passwords=None, codes=None):
        lines = []
        for place, who in enumerate(people):
            lines += [
                getattr(who, "username", who),
                (passwords or {}).get(place, make.PASSWORD),
                (codes or {}).get(place, ""),
            ]
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))

    return put


@pytest.fixture
def unmask(tmp_path, own_keys):
    def run(public_id, *, key=None, ground=GROUND, tell_on=None):
        path = tmp_path / "bevel.txt"
        path.write_text(ground, encoding="utf-8")
        out = io.StringIO()
        call_command(
            "goedwerk_unmask",
            public_id,
            key=key or own_keys / keys.UNSEAL,
            ground=path,
            tell_on=tell_on,
            stdout=out,
            stderr=io.StringIO(),
        )
        return out.getvalue()

    return run


def recorded(action):
    return list(AuditRecord.objects.filter(action=action).values_list("object_id", "reason"))


# --- unmasking -------------------------------------------------------------------------------


def test_two_people_with_the_right_hear_who_wrote_it(unmask, typed, officer, owner, written):
    typed(officer, owner)
    assert "schrijfster · zij@thuis.example" in unmask(written.public_id)
    assert recorded("unmask") == [(written.public_id, "")]
    assert recorded("unmask_refused") == []
    asked = Unmasking.objects.get()
    assert (asked.ground, asked.tell_on) == (GROUND, timezone.localdate())


def test_the_answer_is_kept_nowhere(unmask, typed, officer, owner, written, author, caplog):
    from linking import dumps

    typed(officer, owner)
    unmask(written.public_id)
    beside = {dumps.ACCOUNTS, *dumps.BESIDE}
    rows = [
        name
        for name, table in dumps.take().tables.items()
        if name not in beside
        and any(
            word in str(row)
            for row in table.rows
            for word in ("schrijfster", "zij@thuis", author.goedwerk_account.uuid.hex)
        )
    ]
    assert rows == []
    assert "schrijfster" not in caplog.text


def test_the_author_is_told(unmask, typed, officer, owner, written, author, client):
    typed(officer, owner)
    unmask(written.public_id)
    drive("moderation")
    assert access.own_notices(author).first().event == Notice.Event.UNMASKED
    client.force_login(author)
    assert "bekendgemaakt dat jij dit schreef" in client.get("/berichten/").content.decode()
    assert Unmasking.objects.get().is_told


def test_not_before_the_day_that_the_order_leaves_free(
    unmask, typed, officer, owner, written, author
):
    later = timezone.localdate() + datetime.timedelta(days=40)
    typed(officer, owner)
    unmask(written.public_id, tell_on=later)
    drive("moderation")
    told = Notice.objects.filter(event=Notice.Event.UNMASKED)
    assert not told.exists()
    row = OutboxRow.objects.get(kind="tell_unmasked")
    assert timezone.localtime(row.due_at).date() == later
    OutboxRow.objects.filter(pk=row.pk).update(due_at=timezone.now())
    drive("moderation")
    assert told.count() == 1
    assert recorded("unmask_told") == [(written.public_id, "")]


def test_until_she_was_told_her_link_stays(unmask, typed, officer, owner, written):
    typed(officer, owner)
    unmask(written.public_id, tell_on=timezone.localdate() + datetime.timedelta(days=40))
    discussion = written.discussion
    closed = timezone.localdate() - datetime.timedelta(days=300)
    type(discussion).objects.filter(pk=discussion.pk).update(closes_on=closed)
    hers = Participant.objects.filter(pk=written.participant_id)
    _let_go()
    assert hers.get().token
    Unmasking.objects.update(is_told=True)
    _let_go()
    assert hers.get().token is None


def _let_go():
    from goedwerk_forum.models import Lease

    Lease.objects.filter(name__startswith="daily:").delete()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    let_go()


def test_asked_again_on_the_same_ground_she_is_told_once(unmask, typed, officer, owner, written):
    for _time in range(2):
        typed(officer, owner)
        assert "schrijfster" in unmask(written.public_id)
    assert len(recorded("unmask")) == 2
    assert Unmasking.objects.count() == 1
    drive("moderation")
    assert Notice.objects.filter(event=Notice.Event.UNMASKED).count() == 1


def test_killed_before_the_record_is_committed_nothing_was_said(
    unmask, typed, officer, owner, written, monkeypatch, capsys
):
    def killed(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(unmasking, "enqueue", killed)
    typed(officer, owner)
    with pytest.raises(KeyboardInterrupt):
        unmask(written.public_id)
    assert "schrijfster" not in capsys.readouterr().out
    assert recorded("unmask") == []
    assert not Unmasking.objects.exists()


class TestRefused:
    """Each time: no answer, nothing asked of the notifier, and a line about the attempt."""

    def refused(self, unmask, written, **how):
        with pytest.raises(CommandError) as error:
            unmask(how.pop("public_id", written.public_id), **how)
        assert "schrijfster" not in str(error.value)
        assert recorded("unmask") == []
        assert not Unmasking.objects.exists()
        assert not OutboxRow.objects.filter(kind="tell_unmasked").exists()
        return [why for _object, why in recorded("unmask_refused")]

    def test_one_person_twice(self, unmask, typed, officer, written):
        typed(officer, officer)
        assert self.refused(unmask, written) == ["not_allowed"]

    def test_without_a_second(self, unmask, typed, officer, written):
        typed(officer)
        assert self.refused(unmask, written) == ["not_allowed"]

    def test_a_second_without_the_right(self, unmask, typed, officer, make, written):
        typed(officer, make.user("collega"))
        assert self.refused(unmask, written) == ["not_allowed"]

    def test_a_wrong_password(self, unmask, typed, officer, owner, written):
        typed(officer, owner, passwords={1: "geraden"})
        assert self.refused(unmask, written) == ["not_allowed"]

    def test_an_account_that_was_closed(self, unmask, typed, officer, owner, written):
        owner.is_active = False
        owner.save()
        typed(officer, owner)
        assert self.refused(unmask, written) == ["not_allowed"]

    def test_another_key(self, unmask, typed, officer, owner, written, tmp_path):
        (tmp_path / "ander").write_text("22" * 32)
        typed(officer, owner)
        assert self.refused(unmask, written, key=tmp_path / "ander") == ["key_missing"]

    def test_no_key(self, unmask, typed, officer, owner, written, tmp_path):
        typed(officer, owner)
        assert self.refused(unmask, written, key=tmp_path / "weg") == ["key_missing"]

    def test_a_cut_link(self, unmask, typed, officer, owner, written, author):
        cut_link(user=author, discussion=written.discussion)
        typed(officer, owner)
        assert self.refused(unmask, written) == ["nobody_knows"]

    def test_what_is_not_there(self, unmask, typed, officer, owner, written):
        typed(officer, owner)
        assert self.refused(unmask, written, public_id="f" * 20) == ["not_found"]

    @pytest.mark.parametrize("ground", ["", "   ", "x" * 2001])
    def test_without_a_ground(self, unmask, typed, officer, owner, written, ground):
        typed(officer, owner)
        self.refused(unmask, written, ground=ground)

    def test_with_a_day_that_is_past(self, unmask, typed, officer, owner, written):
        typed(officer, owner)
        self.refused(unmask, written, tell_on=timezone.localdate() - datetime.timedelta(days=1))


def test_an_account_that_went_is_nobody(unmask, typed, officer, owner, written, author):
    author.delete()
    typed(officer, owner)
    assert "nobody is known by it" in unmask(written.public_id)


# --- the second step -------------------------------------------------------------------------


def test_who_has_an_app_gives_its_code(unmask, typed, officer, owner, written):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(owner, secret)
    typed(officer, owner)
    with pytest.raises(CommandError, match="The second person"):
        unmask(written.public_id)
    counter = next(totp.yield_hotp_counters_from_time())
    code = totp.format_hotp_value(totp.hotp_value(secret, counter))
    typed(officer, owner, codes={1: code})
    assert "schrijfster" in unmask(written.public_id)


def test_who_has_a_passkey_only_gives_a_recovery_code(unmask, typed, officer, owner, written):
    Authenticator.objects.create(user=owner, type=Authenticator.Type.WEBAUTHN, data={})
    codes = RecoveryCodes.activate(owner).get_unused_codes()
    typed(officer, owner, codes={1: codes[0]})
    assert "schrijfster" in unmask(written.public_id)
    typed(officer, owner, codes={1: codes[0]})
    with pytest.raises(CommandError, match="The second person"):
        unmask(written.public_id)


def test_where_the_admin_asks_a_second_step_nobody_goes_without(
    unmask, typed, officer, owner, written, settings
):
    settings.ADMIN_SECOND_FACTOR = True
    owner.user_permissions.add(Permission.objects.get(codename="access_admin"))
    typed(officer, owner)
    with pytest.raises(CommandError, match="The second person"):
        unmask(written.public_id)
    assert recorded("unmask") == []


# --- rotating --------------------------------------------------------------------------------


def rotate(**options):
    out = io.StringIO()
    call_command("goedwerk_rotate_keys", stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def problems():
    """What the doctor says."""
    return [problem for problem, _remedy in Doctor().problems()]


def test_two_people_rotate_the_keys(typed, officer, owner, written, author, own_keys):
    before = keys.key_id()
    typed(officer, owner)
    said = rotate()
    assert "All rows are under the new keys" in said
    assert keys.key_id() != before
    assert access.own_contributions(author).get() == written
    retired = [path for path in own_keys.iterdir() if path.is_dir()]
    assert len(list(retired[0].iterdir())) == len(keys.ROTATED)
    assert str(retired[0]) in said


def test_one_person_rotates_nothing(typed, officer, written, own_keys):
    before = keys.key_id()
    typed(officer, officer)
    with pytest.raises(CommandError, match="The second person"):
        rotate()
    assert keys.key_id() == before
    assert new_keys.phase() == new_keys.Phase.NONE
    assert not AuditRecord.objects.filter(object_kind="keys").exists()


def test_the_keys_first_and_the_rows_later(typed, officer, owner, written, author):
    row = Participant.objects.get(pk=written.participant_id)
    typed(officer, owner)
    rotate(only_keys=True)
    assert len(keys.link_keys()) == 2
    assert "The keys are being rotated." in problems()
    assert Participant.objects.get(pk=row.pk).token == row.token
    assert access.own_contributions(author).get() == written
    typed(officer, owner)
    rotate()
    assert Participant.objects.get(pk=row.pk).token != row.token
    assert "The keys are being rotated." not in problems()
    assert access.own_contributions(author).get() == written


def test_without_all_keys_it_does_not_begin(typed, officer, owner, own_keys):
    (own_keys / keys.UNSEAL).unlink()
    with pytest.raises(CommandError, match=r"needs unseal\.key"):
        rotate()
    assert new_keys.phase() == new_keys.Phase.NONE


def test_what_does_not_open_is_said_and_the_keys_before_stay(typed, officer, owner, written):
    Participant.objects.filter(pk=written.participant_id).update(sealed_account="00" * 80)
    typed(officer, owner)
    with pytest.raises(CommandError, match="1 open with neither key"):
        rotate()
    assert len(keys.link_keys()) == 2
