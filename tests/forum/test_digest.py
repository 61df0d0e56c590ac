"""The digest: to a confirmed address only, telling nothing, ended at one press."""

from __future__ import annotations

import datetime
import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goedwerk_forum.access import wants_mail
from goedwerk_forum.actions import own
from goedwerk_forum.actions.accounts import choose_mail
from goedwerk_forum.models import Account, OutboxRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(make):
    who = make.user("lezeres")
    EmailAddress.objects.create(user=who, email="prive@example.org", primary=True, verified=True)
    choose_mail(user=who, wants=True)
    return who


@pytest.fixture
def tell(make, drive):
    """Gives somebody news, and lets the notifier send what is due."""

    def send(*people):
        for who in people:
            make.published(make.discussion(discussion_policy="all_first"), who)
        past = timezone.now() - datetime.timedelta(minutes=1)
        OutboxRow.objects.update(due_at=past)
        drive()
        return mail.outbox

    return send


def address_in(message):
    return re.search(r"https?://[^/]+(/mail/uit/\S+)", message.body)[1]


class TestWhoGetsIt:
    def test_who_asked_with_a_confirmed_address(self, reader, tell):
        (sent,) = tell(reader)
        assert sent.to == ["prive@example.org"]

    def test_not_an_address_that_nobody_confirmed(self, reader, tell):
        EmailAddress.objects.update(verified=False)
        reader.email = "prive@example.org"
        reader.save()
        assert tell(reader) == []
        assert not OutboxRow.objects.filter(kind="notice").exists()

    def test_the_chosen_one_of_two(self, reader, tell):
        EmailAddress.objects.create(user=reader, email="a@example.org", verified=True)
        (sent,) = tell(reader)
        assert sent.to == ["prive@example.org"]

    def test_not_a_closed_account(self, reader, tell):
        reader.is_active = False
        reader.save()
        assert tell(reader) == []

    def test_the_site_signs_it_and_the_subject_stays_neutral(self, reader, tell, settings):
        settings.WAGTAIL_SITE_NAME = "Goed Werk Testdorp"
        (sent,) = tell(reader)
        assert sent.body.splitlines()[-1] == "Goed Werk Testdorp"
        assert sent.subject == "Er is nieuws voor je"

    def test_one_mail_however_many_messages(self, reader, tell):
        assert len(tell(reader, reader, reader)) == 1


class TestUnsubscribing:
    def test_a_mail_program_ends_it_without_signing_in(self, reader, tell):
        (sent,) = tell(reader)
        headers = sent.extra_headers
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        path = re.fullmatch(r"<https?://[^/]+(/.+)>", headers["List-Unsubscribe"])[1]
        strict = Client(enforce_csrf_checks=True)
        response = strict.post(
            path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
        )
        assert response.status_code == 200
        assert not response.cookies
        assert not wants_mail(reader)

    def test_so_does_the_page_and_a_look_does_not(self, client, reader, tell):
        path = address_in(tell(reader)[0])
        assert "Je hoeft niet in te loggen." in client.get(path).content.decode()
        assert wants_mail(reader)
        assert "Mail staat uit" in client.post(path).content.decode()
        assert not wants_mail(reader)
        assert client.post(path).status_code == 200

    def test_a_mark_says_nothing(self, reader):
        account = Account.objects.get(user=reader)
        assert len(account.mail_mark) == 43
        for text in (str(account.pk), account.uuid.hex, "lezeres", f"{account.pk:x}"):
            assert text not in account.mail_mark

    def test_it_outlives_a_new_identity_and_asking_again(self, reader):
        mark = Account.objects.get(user=reader).mail_mark
        choose_mail(user=reader, wants=False)
        choose_mail(user=reader, wants=True)
        own.cut_all_links(user=reader)
        assert Account.objects.get(user=reader).mail_mark == mark

    def test_who_asked_before_there_were_marks_gets_one(self, reader, tell):
        Account.objects.filter(user=reader).update(mail_mark="")
        assert Account.objects.get(user=reader).mail_mark in address_in(tell(reader)[0])

    @pytest.mark.parametrize("wrong", ["x", "a" * 64, "%E2%82%AC", "%00"])
    def test_a_mark_of_nobody_ends_nothing(self, client, make, reader, wrong):
        Account.objects.filter(user=make.user()).update(wants_mail=True, mail_mark="")
        response = client.post(f"/mail/uit/{wrong}/")
        assert response.status_code == 404
        assert Account.objects.filter(wants_mail=True).count() == 2

    def test_it_ends_the_mail_of_nobody_else(self, client, reader, make):
        other = make.user()
        choose_mail(user=other, wants=True)
        mark = Account.objects.get(user=reader).mail_mark
        client.post(reverse("goedwerk_forum:unsubscribe", args=[mark]))
        assert wants_mail(other)
        assert not wants_mail(reader)
