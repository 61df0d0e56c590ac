"""Who may make an account: shown once, forgotten at once."""

from __future__ import annotations

import datetime
import re

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from counting import counted
from goedwerk_site.accounts import domains, eligibility, login_names
from goedwerk_site.accounts.models import AccountSettings, Invitation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WORD = "vier losse woorden samen"
ADDRESS = "fenna.zwartendijk@gemeente.example"


def drawn(**fields):
    name = login_names.draw()
    sent = {"username": name, "drawn": login_names.sign(name), "email": ""}
    return sent | {"password1": WORD, "password2": WORD} | fields


@pytest.fixture
def rules(home):
    """The settings of the site, as an owner saves them."""

    def save(**fields):
        settings = AccountSettings.for_site(Site.objects.get(is_default_site=True))
        for name, value in fields.items():
            setattr(settings, name, value)
        settings.full_clean(exclude=["site"])
        settings.save()

    return save


@pytest.fixture
def by_work(rules):
    rules(allowed_domains="gemeente.example\n*.rijk.example")


def everywhere() -> str:
    """All that any table holds, as one text."""
    rows = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy:
                cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
                rows += [str(row) for row in cursor.fetchall()]
    return "\n".join(rows)


def code_in(message):
    return re.search(r"^[0-9A-Z]{4} [0-9A-Z]{4}$", message.body, re.MULTILINE)[0]


def ask(client, address=ADDRESS):
    return client.post(reverse("account_access"), {"email": address})


def enter(client, code):
    return client.post(reverse("account_work_code"), {"code": code})


class TestOpen:
    def test_without_domains_anybody_signs_up(self, client, home, django_user_model):
        assert client.get(reverse("account_signup")).status_code == 200
        client.post(reverse("account_signup"), drawn())
        assert django_user_model.objects.count() == 1

    def test_the_way_there_leads_on(self, client, home):
        response = client.get(reverse("account_access") + "?next=/berichten/")
        assert response.url == reverse("account_signup") + "?next=%2Fberichten%2F"


class TestByInvitationOnly:
    def test_nobody_signs_up_without(self, client, rules, django_user_model):
        rules(without_domains="invitation")
        for response in (
            client.get(reverse("account_signup")),
            client.post(reverse("account_signup"), drawn()),
        ):
            assert response.url == reverse("account_access")
        assert "met een uitnodiging" in client.get(reverse("account_access")).content.decode()
        assert not django_user_model.objects.exists()


class TestCode:
    def test_it_opens_sign_up_once(self, client, by_work, django_user_model):
        assert client.get(reverse("account_signup")).url == reverse("account_access")
        assert ask(client).url == reverse("account_work_code")
        assert mail.outbox[0].to == [ADDRESS]
        assert enter(client, code_in(mail.outbox[0]).lower()).url == reverse("account_signup")
        client.post(reverse("account_signup"), drawn())
        assert django_user_model.objects.count() == 1
        client.logout()
        assert client.post(reverse("account_signup"), drawn()).url == reverse("account_access")
        assert django_user_model.objects.count() == 1

    def test_a_kept_cookie_opens_it_no_second_time(self, client, by_work, django_user_model):
        ask(client)
        enter(client, code_in(mail.outbox[0]))
        kept = client.cookies["sessionid"].value
        client.post(reverse("account_signup"), drawn())
        client.logout()
        client.cookies["sessionid"] = kept
        assert client.post(reverse("account_signup"), drawn()).url == reverse("account_access")
        assert django_user_model.objects.count() == 1

    def test_no_row_keeps_the_address_nor_a_hash_of_it(self, client, by_work):
        ask(client)
        enter(client, code_in(mail.outbox[0]))
        before_sign_up = everywhere()
        client.post(reverse("account_signup"), drawn(email="prive@example.org"))
        assert "prive@example.org" in everywhere()
        for text in (before_sign_up, everywhere()):
            assert "zwartendijk" not in text.lower()
            assert ADDRESS not in text
        assert AccountSettings.objects.count() == 1

    def test_asking_writes_no_row_at_all(self, client, by_work):
        client.get(reverse("account_access"))
        with counted() as work:
            ask(client)
            enter(client, code_in(mail.outbox[0]))
        assert work.rows == 0

    def test_no_session_holds_the_address(self, client, by_work):
        ask(client)
        assert "zwartendijk" not in str(dict(client.session)).lower()
        assert code_in(mail.outbox[0]).replace(" ", "") not in str(dict(client.session))

    def test_mail_and_subject_name_neither_site_nor_aim(self, client, by_work):
        ask(client)
        for word in ("goed werk", "goedwerk", "forum", "dialoog", "account"):
            assert word not in f"{mail.outbox[0].subject} {mail.outbox[0].body}".lower(), word

    @pytest.mark.parametrize("address", ["x@elders.example", "x@gemeente.example.elders.example"])
    def test_an_address_from_elsewhere_gets_none(self, client, by_work, address):
        response = ask(client, address)
        assert response.status_code == 422
        assert "niet van een organisatie die meedoet" in response.content.decode()
        assert mail.outbox == []

    @pytest.mark.parametrize("wrong", ["", "ABCD EFGH", "2", "<script>"])
    def test_a_wrong_code_opens_nothing(self, client, by_work, django_user_model, wrong):
        ask(client)
        assert enter(client, wrong).status_code == 422
        assert client.post(reverse("account_signup"), drawn()).url == reverse("account_access")
        assert not django_user_model.objects.exists()

    def test_a_code_of_another_browser_opens_nothing(self, client, by_work):
        ask(client)
        code = code_in(mail.outbox[0])
        ask(client)
        assert enter(client, code).status_code == 422

    def test_after_an_hour_it_is_too_old(self, client, by_work, monkeypatch):
        ask(client)
        later = eligibility.time.time() + 3601
        monkeypatch.setattr(eligibility.time, "time", lambda: later)
        assert enter(client, code_in(mail.outbox[0])).status_code == 422

    def test_what_it_showed_is_too_old_after_an_hour(self, client, by_work, monkeypatch):
        ask(client)
        enter(client, code_in(mail.outbox[0]))
        later = eligibility.time.time() + 3601
        monkeypatch.setattr(eligibility.time, "time", lambda: later)
        assert client.get(reverse("account_signup")).url == reverse("account_access")

    def test_without_asking_there_is_no_page_for_a_code(self, client, by_work):
        assert client.get(reverse("account_work_code")).url == reverse("account_access")

    def test_one_address_gets_three_in_an_hour(self, client, by_work):
        assert [ask(client).status_code for _time in range(4)] == [302, 302, 302, 422]
        assert len(mail.outbox) == 3

    def test_guessing_stops(self, client, by_work):
        ask(client)
        for _time in range(10):
            enter(client, "AAAA AAAA")
        assert enter(client, code_in(mail.outbox[0])).status_code == 422

    def test_a_known_private_address_takes_it_too(self, client, by_work, make, django_user_model):
        from allauth.account.models import EmailAddress

        EmailAddress.objects.create(user=make.user(), email="bekend@example.org", verified=True)
        ask(client)
        enter(client, code_in(mail.outbox[0]))
        known = client.post(reverse("account_signup"), drawn(email="bekend@example.org"))
        assert known.url == reverse("account_welcome")
        client.logout()
        assert client.post(reverse("account_signup"), drawn()).url == reverse("account_access")
        assert django_user_model.objects.count() == 2
        assert EmailAddress.objects.filter(email="bekend@example.org", verified=True).count() == 1


class TestInvitation:
    def link(self, days=7):
        token = eligibility.invite(timezone.localdate() + datetime.timedelta(days=days))
        return reverse("account_invitation", args=[token])

    def test_it_makes_one_account(self, client, rules, django_user_model):
        rules(without_domains="invitation")
        link = self.link()
        assert "Je bent uitgenodigd" in client.get(link).content.decode()
        assert client.post(link).url == reverse("account_signup")
        client.post(reverse("account_signup"), drawn())
        assert django_user_model.objects.count() == 1
        assert not Invitation.objects.exists()
        client.logout()
        assert client.post(link).status_code == 404
        assert client.post(reverse("account_signup"), drawn()).url == reverse("account_access")
        assert django_user_model.objects.count() == 1

    def test_a_look_uses_nothing(self, client, by_work):
        link = self.link()
        client.get(link)
        assert Invitation.objects.count() == 1
        assert client.get(reverse("account_signup")).url == reverse("account_access")

    def test_a_failed_form_uses_nothing(self, client, by_work):
        client.post(self.link())
        assert client.post(reverse("account_signup"), drawn(password2="x")).status_code == 200
        assert Invitation.objects.count() == 1

    def test_two_browsers_with_one_link_make_one_account(self, client, by_work, django_user_model):
        from django.test import Client

        link, other = self.link(), Client()
        client.post(link)
        other.post(link)
        client.post(reverse("account_signup"), drawn())
        assert other.post(reverse("account_signup"), drawn()).url == reverse("account_access")
        assert django_user_model.objects.count() == 1

    @pytest.mark.parametrize("days", [-1, None])
    def test_too_old_or_wrong_it_opens_nothing(self, client, by_work, days):
        link = reverse("account_invitation", args=["x" * 43]) if days is None else self.link(days)
        for response in (client.get(link), client.post(link)):
            assert response.status_code == 404
            assert "werkt niet meer" in response.content.decode()
        assert client.get(reverse("account_signup")).url == reverse("account_access")

    def test_no_row_holds_its_secret(self, db):
        token = eligibility.invite(timezone.localdate())
        assert token not in everywhere()

    def test_its_row_tells_no_order_and_no_person(self, db):
        names = {field.name for field in Invitation._meta.get_fields()}
        assert names == {"id", "digest", "expires_on"}


class TestInvitingInTheAdmin:
    def add(self, client, day):
        return client.post(reverse("uitnodigingen:add"), {"expires_on": day})

    def owner(self, make):
        from django.contrib.auth.models import Group

        from goedwerk_forum.setup import prepare

        list(prepare())
        return make.user(groups=(Group.objects.get(name="Beheer"),))

    def test_an_owner_sees_the_link_once(self, client, home, make):
        client.force_login(self.owner(make))
        page = self.add(client, timezone.localdate() + datetime.timedelta(days=3))
        link = re.search(
            r'value="http://testserver(/account/uitnodiging/[^"]+)"', page.content.decode()
        )[1]
        assert "Je bent uitgenodigd" in client.get(link).content.decode()
        index = client.get(reverse("uitnodigingen:index")).content.decode()
        assert link.split("/")[-2] not in index

    def test_a_day_that_has_passed_is_refused(self, client, home, make):
        client.force_login(self.owner(make))
        page = self.add(client, timezone.localdate() - datetime.timedelta(days=1))
        assert "Kies een dag die nog komt." in page.content.decode()
        assert not Invitation.objects.exists()

    @pytest.mark.parametrize("who", ["ambassador", "participant", "nobody"])
    def test_others_make_none(self, client, home, make, who):
        if who != "nobody":
            group = (make.ambassador_group(),) if who == "ambassador" else ()
            client.force_login(make.user(groups=group))
        assert self.add(client, timezone.localdate()).status_code == 302
        assert not Invitation.objects.exists()

    def test_an_owner_sets_domains(self, client, home, make):
        client.force_login(self.owner(make))
        site = Site.objects.get(is_default_site=True)
        url = reverse("wagtailsettings:edit", args=["accounts", "accountsettings", site.pk])
        client.post(url, {"allowed_domains": "Gemeente.example", "without_domains": "open"})
        assert AccountSettings.for_site(site).domains == ["gemeente.example"]
        client.post(url, {"allowed_domains": "geen domein", "without_domains": "open"})
        assert AccountSettings.for_site(site).domains == ["gemeente.example"]


@pytest.mark.parametrize(
    ("address", "accepted"),
    [
        ("a@gemeente.example", True),
        ("a@GEMEENTE.example", True),
        ("a@sub.gemeente.example", False),
        ("a@dienst.rijk.example", True),
        ("a@rijk.example", False),
        ("a@kwaadrijk.example", False),
        ("a@gemeente.example@elders.example", False),
    ],
)
def test_which_domains_count(address, accepted):
    assert domains.accepts(["gemeente.example", "*.rijk.example"], address) is accepted


@pytest.mark.parametrize("name", ["account_access", "account_work_code", "account_recover"])
def test_no_cache_keeps_these_pages(client, by_work, name):
    ask(client)
    assert "no-store" in client.get(reverse(name)).headers["Cache-Control"]


#: What the pages ask of the database; the frame with its menus is in it.
QUERIES = {"account_access": 5, "account_signup": 4, "account_recover": 3}


@pytest.mark.parametrize("name", QUERIES)
def test_what_they_cost(client, by_work, name):
    if name == "account_signup":
        ask(client)
        enter(client, code_in(mail.outbox[0]))
    client.get(reverse(name))
    with counted() as work:
        assert client.get(reverse(name)).status_code == 200
    assert (work.queries, work.rows) == (QUERIES[name], 0)
