"""Single sign-on against a real provider, in a process of its own; the site is one too."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from urllib.parse import urlsplit

import pytest

from live import Client, LiveSite, Process, Template, free_port, wait_until
from live.fixtures import servers_folder
from live.site import ROOT

__all__ = ["servers_folder"]

pytestmark = [pytest.mark.slow]

SETTINGS = {
    "OIDC_CLIENT_ID": "goedwerk",
    "OIDC_CLIENT_SECRET": "niet-geheim",
    "OIDC_GROUPS": "gw-redactie=Redactie,gw-ambassadeurs=Ambassadeurs",
}


class Provider:
    """oidc-provider-mock: discovery, keys, authorisation with PKCE, tokens, userinfo."""

    def __init__(self, folder) -> None:
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.process = Process(
            [sys.executable, "-m", "oidc_provider_mock", "--port", str(self.port)],
            folder / "provider.log",
        )
        wait_until(self._answers, why="the provider starts")

    def _answers(self) -> bool:
        try:
            self.ask("/.well-known/openid-configuration")
        except OSError:
            return False
        return True

    def ask(self, path: str, data: dict | None = None, method: str = "GET") -> bytes:
        request = urllib.request.Request(
            self.base + path,
            json.dumps(data).encode() if data is not None else None,
            {"Content-Type": "application/json"},
            method=method,
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=10) as answer:
            return answer.read()

    def knows(self, sub: str, **claims) -> str:
        self.ask(f"/users/{sub}", claims, method="PUT")
        return sub


@pytest.fixture(scope="module")
def provider(servers_folder):
    started = Provider(servers_folder)
    yield started
    started.process.stop()


@pytest.fixture(scope="module")
def template(servers_folder):
    return Template.shared(servers_folder, "writers")


def with_single_sign_on(template, issuer: str) -> LiveSite:
    """A site whose owner turned it on: its tables come with the next migration."""
    site = LiveSite(template, OIDC_ISSUER=issuer, **SETTINGS)
    subprocess.run(
        [sys.executable, "site/manage.py", "migrate", "-v0"], env=site.env, cwd=ROOT, check=True
    )
    site.web(workers=1, threads=4)
    return site


@pytest.fixture(scope="module")
def site(template, provider):
    running = with_single_sign_on(template, provider.base)
    yield running
    running.close()


def sign_in(site, sub: str, path: str = "/account/inloggen/") -> tuple[Client, object]:
    """Presses the button on the sign-in page, and signs in at work as ``sub``."""
    client = Client(site.base)
    page = client.get(path)
    form = page.text.split('action="/account/oidc/werk/"')[1].split("</form>")[0]
    token = form.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    to_work = client.ask("/account/oidc/werk/", {"csrfmiddlewaretoken": token})
    assert to_work.status == 302, to_work.text[:500]
    assert "code_challenge=" in to_work.location
    back = Client(site.base).ask(to_work.location, {"sub": sub})
    assert back.status in (302, 303), back.text[:500]
    return client, client.ask(back.location)


def groups_of(site, name: str) -> set[str]:
    rows = site.rows(
        "SELECT g.name FROM auth_group g JOIN accounts_user_groups ug ON ug.group_id = g.id "
        "JOIN socialaccount_socialaccount s ON s.user_id = ug.user_id "
        f"WHERE s.uid = '{name}'"
    )
    return {row[0] for row in rows}


def accounts(site) -> int:
    return site.rows("SELECT count(*) FROM accounts_user")[0][0]


def test_an_editor_gets_an_account_with_the_mapped_group(site, provider):
    sub = provider.knows(
        "r1", groups=["gw-redactie", "iets-anders"], given_name="Rie", family_name="Redacteur",
        email="rie@werk.example", email_verified=True,
    )  # fmt: skip
    client, landed = sign_in(site, sub)
    assert landed.status == 302
    assert groups_of(site, sub) == {"Redactie"}
    assert client.ask("/beheer/").status == 200
    (row,) = site.rows(
        "SELECT username, email, first_name, s.extra_data, s.last_login, s.date_joined "
        "FROM accounts_user u JOIN socialaccount_socialaccount s ON s.user_id = u.id "
        "WHERE s.uid = 'r1'"
    )
    assert (row[1], row[2], row[3]) == ("", "Rie", "{}")
    assert str(row[4])[8:19] == str(row[5])[8:19] == "01 00:00:00"
    assert site.rows("SELECT count(*) FROM account_emailaddress WHERE email LIKE '%werk%'") == [
        (0,)
    ]
    assert site.rows("SELECT count(*) FROM socialaccount_socialtoken") == [(0,)]


def test_signing_in_again_makes_no_second_account_and_keeps_no_moment(site, provider):
    sub = provider.knows("r2", groups=["gw-redactie"])
    sign_in(site, sub)
    before = site.rows("SELECT * FROM socialaccount_socialaccount WHERE uid = 'r2'")
    count = accounts(site)
    sign_in(site, sub)
    assert accounts(site) == count
    assert site.rows("SELECT * FROM socialaccount_socialaccount WHERE uid = 'r2'") == before


def test_another_group_at_work_is_another_group_here(site, provider):
    sub = provider.knows("r3", groups=["gw-redactie"])
    sign_in(site, sub)
    provider.knows("r3", groups=["gw-ambassadeurs"])
    sign_in(site, sub)
    assert groups_of(site, sub) == {"Ambassadeurs"}


def test_who_lost_her_work_is_refused_and_loses_her_groups(site, provider):
    sub = provider.knows("r4", groups=["gw-redactie"])
    sign_in(site, sub)
    provider.knows("r4", groups=[])
    client, landed = sign_in(site, sub)
    assert landed.status == 403
    assert groups_of(site, sub) == set()
    assert client.ask("/account/").status == 302


@pytest.mark.parametrize("claims", [{}, {"groups": ["beheerder", "Redactie"]}, {"groups": "x"}])
def test_a_participant_is_refused_and_told_why(site, provider, claims):
    count = accounts(site)
    client, landed = sign_in(site, provider.knows("p1", **claims))
    assert landed.status == 403
    assert "Je werkgever ziet dan elk bezoek" in landed.text
    assert accounts(site) == count
    assert client.ask("/account/").status == 302


def test_a_participant_cannot_tie_her_account_to_her_work(site, provider):
    sub = provider.knows("r5", groups=["gw-redactie"])
    client = Client(site.base)
    client.sign_in("schrijver1", site.seeded["password"])
    page = client.get("/account/wachtwoord/")
    token = page.form("oldpassword").fields["csrfmiddlewaretoken"]
    to_work = client.ask("/account/oidc/werk/?process=connect", {"csrfmiddlewaretoken": token})
    back = Client(site.base).ask(to_work.location, {"sub": sub})
    assert client.ask(back.location).status == 403
    assert site.rows("SELECT count(*) FROM socialaccount_socialaccount WHERE uid = 'r5'") == [(0,)]


def test_an_answer_that_nobody_asked_for_opens_nothing(site, provider):
    count = accounts(site)
    answer = Client(site.base).ask("/account/oidc/werk/terug/?code=x&state=y")
    assert answer.status in (200, 401, 403)
    assert "lukte niet" in answer.text
    assert accounts(site) == count


def test_only_the_sign_in_page_lets_a_form_go_there(site, provider):
    client = Client(site.base)
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(provider.base))
    policy = client.ask("/account/inloggen/").headers["Content-Security-Policy"]
    assert f"form-action 'self' {origin}" in policy
    assert origin not in client.ask("/").headers["Content-Security-Policy"]


def test_a_provider_that_is_away_is_a_sentence(template):
    lost = with_single_sign_on(template, f"http://127.0.0.1:{free_port()}")
    try:
        client = Client(lost.base)
        form = client.get("/account/inloggen/").text.split('action="/account/oidc/werk/"')[1]
        token = form.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        answer = client.ask("/account/oidc/werk/", {"csrfmiddlewaretoken": token})
        assert "lukte niet" in answer.text
    finally:
        lost.close()
