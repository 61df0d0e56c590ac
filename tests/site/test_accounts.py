"""The account pages: private, in our own words, and never telling a stranger who is known here."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from goedwerk_forum.access import wants_mail
from goedwerk_site.accounts import login_names

pytestmark = pytest.mark.django_db

WORD = "vier losse woorden samen"


def drawn(**fields):
    """What the form of sign-up sends, with a name that was drawn."""
    name = login_names.draw()
    sent = {"username": name, "drawn": login_names.sign(name), "email": ""}
    return sent | {"password1": WORD, "password2": WORD} | fields


OPEN = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_inactive",
    "account_email_verification_sent",
]
OWN = ["account", "account_email", "account_change_password", "account_logout"]


@pytest.fixture
def reader(make):
    return make.user("lezeres")


@pytest.fixture
def signed_in(client, reader):
    client.force_login(reader)
    return client


def describes(page: str, field: str) -> list[str]:
    """The ids that ``aria-describedby`` of a field names; each must be on the page."""
    tag = re.search(rf'<input[^>]*id="{field}"[^>]*>', page)
    ids = re.search(r'aria-describedby="([^"]+)"', tag[0])[1].split()
    assert all(f'id="{name}"' in page for name in ids)
    return ids


@pytest.mark.parametrize("name", OPEN)
def test_no_cache_keeps_an_open_page(client, home, name):
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert "private" in response.headers["Cache-Control"]
    assert 'content="noindex"' in response.content.decode()


@pytest.mark.parametrize("name", OWN)
def test_no_cache_keeps_ones_own_page(signed_in, home, name):
    response = signed_in.get(reverse(name))
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["account", "account_email", "account_change_password"])
def test_ones_own_page_asks_a_stranger_to_sign_in(client, home, name):
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))


def test_a_dead_link_for_a_password_or_address_offers_a_new_one(client, home):
    reset = client.get(reverse("account_reset_password_from_key", args=["1", "x-y"]))
    assert "Deze link werkt niet meer." in reset.content.decode()
    confirm = client.get(reverse("account_confirm_email", args=["x"]))
    assert "Deze link werkt niet meer." in confirm.content.decode()


class TestSigningUp:
    def test_without_an_address(self, client, home, django_user_model):
        sent = drawn()
        response = client.post(reverse("account_signup"), sent)
        assert response.url == reverse("account_welcome")
        assert sent["username"] in client.get(response.url).content.decode()
        assert django_user_model.objects.get(username=sent["username"]).email == ""
        assert mail.outbox == []

    def test_the_form_draws_a_name_and_another_at_each_look(self, client, home):
        looks = [client.get(reverse("account_signup")).content.decode() for _look in range(2)]
        names = [re.search(r'value="([a-z]+-[a-z]+-\d{4})" readonly', page)[1] for page in looks]
        assert names[0] != names[1]

    @pytest.mark.parametrize("known", [True, False])
    def test_a_name_of_ones_own_is_refused_known_or_not(
        self, client, home, make, django_user_model, known
    ):
        if known:
            make.user("j.devries")
        accounts = django_user_model.objects.count()
        page = client.post(reverse("account_signup"), drawn(username="j.devries")).content.decode()
        assert page.count("Trek een andere gebruikersnaam.") == 2
        assert "bezet" not in page
        assert django_user_model.objects.count() == accounts

    def test_errors_stand_on_top_and_at_the_field(self, client, home, django_user_model):
        response = client.post(
            reverse("account_signup"), drawn(username="eigen", password1="kort", password2="kort")
        )
        page = response.content.decode()
        assert "<title>Fout: Maak een account – Goed Werk</title>" in page
        for field, words in {
            "id_username": "Trek een andere gebruikersnaam.",
            "id_password1": "Je wachtwoord is te kort. Neem minstens 12 tekens.",
        }.items():
            assert f'<a class="gw-link" href="#{field}">{words}</a>' in page
            assert page.count(words) == 2
            assert describes(page, field) == [f"{field}_helptext", f"{field}_error"]
        assert page.count('aria-invalid="true"') == 2
        assert not django_user_model.objects.exists()

    def test_what_was_drawn_and_typed_comes_back_but_never_a_password(self, client, home):
        sent = drawn(email="prive@example.org", password1="kort", password2="x")
        page = client.post(reverse("account_signup"), sent).content.decode()
        assert f'value="{sent["username"]}"' in page
        assert 'value="prive@example.org"' in page
        assert 'value="kort"' not in page

    def test_a_known_address_is_not_betrayed(self, client, home, reader):
        EmailAddress.objects.create(
            user=reader, email="bekend@example.org", primary=True, verified=True
        )
        answers = [
            client.post(reverse("account_reset_password"), {"email": address}).headers["Location"]
            for address in ("bekend@example.org", "onbekend@example.org")
        ]
        assert len(set(answers)) == 1
        signed_up = [
            client.post(reverse("account_signup"), drawn(email=address)).headers["Location"]
            for address in ("bekend@example.org", "onbekend@example.org")
            if not client.logout()
        ]
        assert len(set(signed_up)) == 1
        assert EmailAddress.objects.get(email="bekend@example.org", verified=True).user == reader


class TestSigningInAndOut:
    def test_a_wrong_name_and_a_wrong_password_sound_alike(self, client, home, reader):
        pages = [
            client.post(reverse("account_login"), {"login": name, "password": "fout"}).content
            for name in ("lezeres", "niemand", "niemand@example.org")
        ]
        words = "Deze naam en dit wachtwoord horen niet bij elkaar."
        assert all(words in page.decode() for page in pages)

    def test_it_leads_on_to_where_one_was_going(self, client, home, reader, make):
        response = client.post(
            reverse("account_login"),
            {"login": "lezeres", "password": make.PASSWORD, "next": "/berichten/"},
        )
        assert response.headers["Location"] == "/berichten/"

    def test_no_message_waits_in_a_cookie(self, client, home, reader, make):
        response = client.post(
            reverse("account_login"), {"login": "lezeres", "password": make.PASSWORD}
        )
        assert response.status_code == 302
        assert "messages" not in response.cookies

    def test_signing_out_ends_at_home_in_the_same_language(self, signed_in, home):
        response = signed_in.post("/en/account/uitloggen/")
        assert response.headers["Location"] == "/en/"
        assert "lezeres" not in signed_in.get(reverse("account"), follow=True).content.decode()


class TestMail:
    def address(self, reader):
        return EmailAddress.objects.create(
            user=reader, email="prive@example.org", primary=True, verified=True
        )

    def test_it_is_off_until_chosen(self, signed_in, home, reader):
        self.address(reader)
        assert "Staat uit." in signed_in.get(reverse("account")).content.decode()
        signed_in.post(reverse("account_mail"), {"wants": "yes"})
        assert wants_mail(reader)
        assert "Zet mail uit" in signed_in.get(reverse("account")).content.decode()
        signed_in.post(reverse("account_mail"), {"wants": "no"})
        assert not wants_mail(reader)

    def test_one_chooses_for_oneself_only(self, client, signed_in, home, reader, make):
        other = make.user("ander")
        self.address(reader)
        signed_in.post(reverse("account_mail"), {"wants": "yes"})
        assert wants_mail(reader)
        assert not wants_mail(other)

    def test_a_stranger_and_a_link_choose_nothing(self, client, home, reader):
        self.address(reader)
        assert client.post(reverse("account_mail"), {"wants": "yes"}).status_code == 302
        client.force_login(reader)
        assert client.get(reverse("account_mail"), {"wants": "yes"}).status_code == 405
        assert not wants_mail(reader)

    def test_without_an_address_it_asks_for_one_first(self, signed_in, home):
        page = signed_in.get(reverse("account")).content.decode()
        assert "Geef eerst een adres" in page
        assert "Zet mail aan" not in page

    def test_an_address_that_is_not_confirmed_gets_no_mail(self, signed_in, home, reader):
        EmailAddress.objects.create(user=reader, email="van-een-ander@example.org")
        assert "Bevestig eerst je adres" in signed_in.get(reverse("account")).content.decode()
        signed_in.post(reverse("account_mail"), {"wants": "yes"})
        assert not wants_mail(reader)

    @pytest.mark.parametrize("known", [True, False])
    def test_subjects_and_texts_name_neither_site_nor_person(self, client, home, reader, known):
        if known:
            self.address(reader)
        client.post(reverse("account_reset_password"), {"email": "prive@example.org"})
        sent = mail.outbox[0]
        for word in ("Goed Werk", "goedwerk", "example.com", "lezeres", "forum", "dialoog"):
            assert word.lower() not in f"{sent.subject} {sent.body}".lower(), word
        assert sent.subject in ("Een nieuw wachtwoord", "Je vroeg iets aan")

    def test_an_address_is_confirmed_by_its_owner(self, signed_in, home, reader):
        signed_in.post(reverse("account_email"), {"email": "prive@example.org", "action_add": ""})
        link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
        assert "Is prive@example.org jouw adres?" in signed_in.get(link).content.decode()
        assert not EmailAddress.objects.get().verified
        signed_in.post(link)
        assert EmailAddress.objects.get().verified
