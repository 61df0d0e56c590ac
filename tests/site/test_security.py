"""Getting in and staying the only one: second steps, passkeys, codes, sessions ended everywhere."""

from __future__ import annotations

import datetime
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings as site_settings
from django.contrib.auth import SESSION_KEY
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from nacl.exceptions import CryptoError

from counting import counted
from goedwerk_site.accounts import second_factor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WORD = "een heel nieuw wachtwoord"


@pytest.fixture
def reader(make, home):
    return make.user("otter-merel-4821")


@pytest.fixture
def signed_in(client, make, reader):
    make.sign_in_again(client, reader)
    return client


def app_of(user):
    """Turns the app on, as its page does; returns what gives the code of this moment."""
    secret = totp.generate_totp_secret()
    TOTP.activate(user, secret)
    return lambda: totp.format_hotp_value(
        totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()))
    )


def codes_of(user):
    return RecoveryCodes.activate(user).get_unused_codes()


def sign_in(client, user, make):
    return client.post(
        reverse("account_login"), {"login": user.username, "password": make.PASSWORD}
    )


def is_in(client):
    return SESSION_KEY in client.session


class TestTheApp:
    def test_it_is_set_up_by_scanning_and_one_code(self, signed_in, reader, monkeypatch):
        page = signed_in.get(reverse("mfa_activate_totp")).content.decode()
        assert "<svg" in page
        assert "data:image" not in page
        secret = signed_in.session["mfa.totp.secret"]
        code = totp.format_hotp_value(
            totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()))
        )
        response = signed_in.post(reverse("mfa_activate_totp"), {"code": code})
        assert response.url == reverse("mfa_view_recovery_codes")
        assert (
            len(re.findall(r">(?:\d{4} ){3}\d{4}<", signed_in.get(response.url).content.decode()))
            == 10
        )

    def test_a_wrong_code_sets_up_nothing(self, signed_in):
        signed_in.get(reverse("mfa_activate_totp"))
        page = signed_in.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()
        assert page.count("Deze code klopt niet. Probeer het nog eens.") == 2
        assert not Authenticator.objects.exists()

    def test_a_password_alone_does_not_open(self, client, make, reader):
        code = app_of(reader)
        assert sign_in(client, reader, make).url == reverse("mfa_authenticate")
        assert not is_in(client)
        assert "De tweede stap" in client.get(reverse("mfa_authenticate")).content.decode()
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
        assert not is_in(client)
        client.post(reverse("mfa_authenticate"), {"code": code()})
        assert is_in(client)

    def test_a_recovery_code_opens_once(self, client, make, reader):
        app_of(reader)
        code = codes_of(reader)[0]
        for expected in (True, False):
            client.logout()
            sign_in(client, reader, make)
            client.post(reverse("mfa_authenticate"), {"code": code})
            assert is_in(client) is expected

    def test_its_secret_is_sealed_in_the_database(self, reader, settings):
        secret = totp.generate_totp_secret()
        TOTP.activate(reader, secret)
        (row,) = Authenticator.objects.all()
        assert secret not in str(row.data)
        adapter = second_factor.MFAAdapter()
        assert adapter.decrypt(row.data["secret"]) == secret
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "another-one-that-is-long-enough"
        assert adapter.decrypt(row.data["secret"]) == secret
        settings.SECRET_KEY_FALLBACKS = []
        with pytest.raises(CryptoError):
            adapter.decrypt(row.data["secret"])

    def test_its_name_on_a_phone_holds_no_address(self, reader):
        reader.email = "prive@example.org"
        assert "prive" not in second_factor.MFAAdapter().build_totp_url(reader, "X")


class TestNoTraceOfUse:
    def test_a_factor_keeps_no_moment(self, client, make, reader):
        code = app_of(reader)
        codes_of(reader)
        sign_in(client, reader, make)
        client.post(reverse("mfa_authenticate"), {"code": code()})
        client.post(reverse("mfa_reauthenticate"), {"code": codes_of(reader)[0]})
        client.get(reverse("mfa_view_recovery_codes"))
        for row in Authenticator.objects.all():
            assert row.last_used_at is None
            local = row.created_at
            assert (local.day, local.hour, local.minute, local.second) == (1, 0, 0, 0)
            assert row.data.get("viewed_at") in (None, 1)

    def test_signing_in_with_a_second_step_writes_nothing(self, client, make, reader):
        code = app_of(reader)
        with counted() as work:
            sign_in(client, reader, make)
            client.post(reverse("mfa_authenticate"), {"code": code()})
        assert is_in(client)
        assert work.rows == 0

    def test_rows_have_random_keys(self, make, home):
        for _number in range(3):
            codes_of(make.user())
        keys = list(Authenticator.objects.order_by("pk").values_list("pk", flat=True))
        assert keys[0] > 3
        assert keys[1] - keys[0] > 1


class TestRecoveryCodes:
    def test_everybody_may_have_them(self, signed_in, reader):
        response = signed_in.post(reverse("mfa_generate_recovery_codes"))
        assert response.url == reverse("mfa_view_recovery_codes")
        page = signed_in.get(response.url).content.decode()
        assert "otter-merel-4821" in page
        assert len(re.findall(r">(?:\d{4} ){3}\d{4}<", page)) == 10
        file = signed_in.get(reverse("mfa_download_recovery_codes"))
        assert "no-store" in file.headers["Cache-Control"]

    @pytest.mark.parametrize(
        "name",
        ["mfa_generate_recovery_codes", "mfa_view_recovery_codes", "mfa_download_recovery_codes"],
    )
    def test_she_is_asked_again_first(self, client, reader, name):
        codes_of(reader)
        before = Authenticator.objects.get().data
        client.force_login(reader)
        for response in (client.get(reverse(name)), client.post(reverse(name))):
            if response.status_code != 405:
                assert reverse("account_reauthenticate") in response.url
        assert Authenticator.objects.get().data == before

    def recover(self, client, login, code):
        return client.post(reverse("account_recover"), {"login": login, "code": code})

    def test_a_code_leads_to_a_new_password(self, client, reader):
        code = codes_of(reader)[3]
        response = self.recover(client, reader.username, f"{code[:8]} {code[8:]}")
        page = client.get(response.url, follow=True)
        client.post(page.request["PATH_INFO"], {"password1": WORD, "password2": WORD})
        reader.refresh_from_db()
        assert reader.check_password(WORD)
        assert len(RecoveryCodes(Authenticator.objects.get()).get_unused_codes()) == 9

    def test_each_works_once(self, client, reader):
        code = codes_of(reader)[0]
        assert self.recover(client, reader.username, code).status_code == 302
        assert self.recover(client, reader.username, code).status_code == 422

    @pytest.mark.parametrize("login", ["otter-merel-4821", "bever-das-1234"])
    def test_a_wrong_code_and_a_wrong_name_sound_alike(self, client, reader, login):
        codes_of(reader)
        response = self.recover(client, login, "1234567812345678")
        assert response.status_code == 422
        assert "horen niet bij elkaar" in response.content.decode()
        assert reader.check_password("een-lang-wachtwoord")

    def test_somebody_elses_code_opens_nothing(self, client, make, reader):
        code = codes_of(make.user())[0]
        codes_of(reader)
        assert self.recover(client, reader.username, code).status_code == 422

    def test_a_closed_account_stays_closed(self, client, reader):
        code = codes_of(reader)[0]
        reader.is_active = False
        reader.save()
        assert self.recover(client, reader.username, code).status_code == 422

    def test_guessing_stops(self, client, reader):
        code = codes_of(reader)[0]
        for _time in range(5):
            self.recover(client, reader.username, "1234567812345678")
        assert self.recover(client, reader.username, code).status_code == 422

    def test_the_second_step_is_asked_all_the_same(self, client, make, reader):
        app_of(reader)
        code = codes_of(reader)[0]
        page = client.get(self.recover(client, reader.username, code).url, follow=True)
        client.post(page.request["PATH_INFO"], {"password1": WORD, "password2": WORD})
        client.post(reverse("account_login"), {"login": reader.username, "password": WORD})
        assert not is_in(client)

    def test_it_says_what_happens_without(self, client, home):
        page = client.get(reverse("account_recover")).content.decode()
        assert "dan kan niemand je account terughalen" in page.lower()


class TestEndingSessions:
    def test_it_ends_them_on_all_devices(self, client, make, reader):
        other = Client()
        for browser in (client, other):
            sign_in(browser, reader, make)
            assert browser.get(reverse("account")).status_code == 200
        response = client.post(reverse("account_end_sessions"))
        assert "Je bent overal uitgelogd." in client.get(response.url).content.decode()
        for browser in (client, other):
            assert browser.get(reverse("account")).status_code == 302

    def test_a_kept_cookie_opens_nothing(self, client, make, reader):
        sign_in(client, reader, make)
        kept = client.cookies["sessionid"].value
        client.post(reverse("account_end_sessions"))
        client.cookies["sessionid"] = kept
        assert client.get(reverse("account")).status_code == 302

    def test_nobody_elses_end(self, client, make, reader):
        other, browser = make.user(), Client()
        sign_in(browser, other, make)
        sign_in(client, reader, make)
        client.post(reverse("account_end_sessions"))
        assert browser.get(reverse("account")).status_code == 200

    def test_a_look_and_a_stranger_end_nothing(self, client, make, reader):
        sign_in(client, reader, make)
        client.get(reverse("account_end_sessions"))
        Client().post(reverse("account_end_sessions"))
        assert client.get(reverse("account")).status_code == 200

    def test_no_time_is_kept(self, client, make, reader):
        sign_in(client, reader, make)
        with counted() as work:
            client.post(reverse("account_end_sessions"))
        assert work.rows == 1
        reader.refresh_from_db()
        assert re.fullmatch(r"[0-9a-f]{32}", reader.session_mark)

    def test_until_then_the_hash_is_that_of_django(self, reader):
        from django.contrib.auth.base_user import AbstractBaseUser

        assert reader.get_session_auth_hash() == AbstractBaseUser.get_session_auth_hash(reader)


class TestTheAdmin:
    @pytest.fixture
    def strict(self, settings):
        settings.ADMIN_SECOND_FACTOR = True

    @pytest.fixture
    def editor(self, make, home):
        return make.user(groups=(make.ambassador_group(),))

    def test_without_a_second_step_it_leads_to_setting_one_up(self, client, strict, make, editor):
        sign_in(client, editor, make)
        response = client.get("/beheer/")
        assert response.url == reverse("account_second_factor")
        page = client.get(response.url).content.decode()
        assert "Jij werkt in het beheer." in page
        assert client.get(reverse("account")).status_code == 200

    @pytest.mark.parametrize("path", ["pages/", "moderatie/", "reports/moderatie/", "account/"])
    def test_no_page_of_it_opens(self, client, strict, editor, path):
        client.force_login(editor)
        for response in (client.get(f"/beheer/{path}"), client.post(f"/beheer/{path}")):
            assert response.url == reverse("account_second_factor")

    def test_with_one_it_opens(self, client, strict, editor):
        app_of(editor)
        client.force_login(editor)
        assert client.get("/beheer/").status_code == 200
        assert "Naar het beheer" in client.get(reverse("account_second_factor")).content.decode()

    def test_recovery_codes_alone_are_none(self, client, strict, editor):
        codes_of(editor)
        client.force_login(editor)
        assert client.get("/beheer/").url == reverse("account_second_factor")

    def test_a_participant_needs_none(self, client, strict, reader):
        client.force_login(reader)
        assert client.get(reverse("goedwerk_forum:mine")).status_code == 200
        assert not second_factor.is_required(reader)

    def test_the_last_one_cannot_be_taken_away(self, client, strict, make, editor):
        app_of(editor)
        make.sign_in_again(client, editor)
        page = client.post(reverse("mfa_deactivate_totp")).content.decode()
        assert "Wie in het beheer werkt, heeft een tweede stap nodig." in page
        assert Authenticator.objects.filter(type="totp").exists()

    def test_a_participant_takes_hers_away(self, client, strict, make, reader):
        app_of(reader)
        make.sign_in_again(client, reader)
        client.post(reverse("mfa_deactivate_totp"))
        assert not Authenticator.objects.exists()

    def test_wagtails_own_sign_in_is_no_way_round(self, client, home, editor, make):
        app_of(editor)
        response = client.post(
            "/beheer/login/", {"username": editor.username, "password": make.PASSWORD}
        )
        assert response.url.startswith(reverse("account_login"))
        assert not is_in(client)

    def test_who_may_not_work_there_is_told(self, client, reader):
        client.force_login(reader)
        response = client.get("/beheer/", follow=True)
        assert response.status_code == 403
        assert "niet voor iedereen" in response.content.decode()

    def test_a_colleague_who_lost_hers_is_let_in(self, client, strict, make, editor):
        app_of(editor)
        client.force_login(editor)
        call_command("goedwerk_reset_second_factor", editor.username)
        assert not Authenticator.objects.exists()
        assert client.get(reverse("account")).status_code == 302
        sign_in(client, editor, make)
        assert client.get("/beheer/").url == reverse("account_second_factor")

    def test_it_is_on_in_production_and_off_in_a_demonstration(self):
        from pathlib import Path

        source = Path(site_settings.PROJECT_DIR, "settings.py").read_text(encoding="utf-8")
        wanted = '"GOEDWERK_ADMIN_SECOND_FACTOR", default=not (DEMO or TESTING)'
        assert wanted in source


#: What the pages ask of the database; the frame with its menus is in it.
QUERIES = {"account": 9, "mfa_index": 6, "account_second_factor": 5, "account_leave": 12}


@pytest.mark.parametrize("name", QUERIES)
def test_what_the_pages_cost(signed_in, reader, name):
    app_of(reader)
    signed_in.get(reverse(name))
    with counted() as work:
        assert signed_in.get(reverse(name)).status_code == 200
    assert (work.queries, work.rows) == (QUERIES[name], 0)


@pytest.mark.parametrize(
    "name",
    ["mfa_index", "mfa_add_webauthn", "mfa_list_webauthn", "account_end_sessions", "account_leave"],
)
def test_no_cache_keeps_these_pages(signed_in, name):
    response = signed_in.get(reverse(name))
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]


def test_the_month_of_a_factor_is_that_of_today(reader):
    app_of(reader)
    row = Authenticator.objects.get()
    assert row.created_at <= timezone.now() < row.created_at + datetime.timedelta(days=32)


def test_who_is_made_inactive_is_signed_out_at_once(client, make):
    who = make.user()
    client.force_login(who)
    assert client.get(reverse("account")).status_code == 200
    type(who).objects.filter(pk=who.pk).update(is_active=False)
    assert client.get(reverse("account")).status_code == 302
