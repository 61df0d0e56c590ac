"""A theme is followed as a dialogue is: what is new on it, and a mail when something comes."""

from __future__ import annotations

import datetime

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from goedwerk_casestudies.following import KIND
from goedwerk_casestudies.models import Theme
from goedwerk_forum.actions import following as actions
from goedwerk_forum.actions.accounts import choose_mail
from goedwerk_forum.models import Follow, OutboxRow
from goedwerk_forum.outbox.drive import drive

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

THEME = "/berichten/volgend/thema/openheid/"


@pytest.fixture
def theme(db):
    return Theme.objects.create(name="Openheid", slug="openheid")


@pytest.fixture
def reader(make):
    who = make.user("lezeres")
    EmailAddress.objects.create(user=who, email="prive@example.org", primary=True, verified=True)
    choose_mail(user=who, wants=True)
    return who


@pytest.fixture
def browser(client, reader):
    client.force_login(reader)
    return client


@pytest.fixture
def about(make):
    """A story on a theme, published by way of the admin's own action."""

    def published(theme, title):
        story = make.story(title, live=False)
        story.themes.add(theme)
        make.cleared(story)
        story.save_revision().publish()
        return story

    return published


def new_in(browser) -> dict[str, int]:
    shown = browser.get("/berichten/volgend/").context["followed"].things
    return {thing.title: thing.new for thing in shown}


def send():
    OutboxRow.objects.update(due_at=timezone.now() - datetime.timedelta(minutes=1))
    drive("notices")
    return mail.outbox


def test_new_page_on_a_theme_counts_until_she_looked(browser, theme, about):
    about(theme, "Er was al iets")
    long_ago()
    assert browser.get(THEME).status_code == 200
    assert browser.post(THEME, {"doe": "volg"}).status_code == 302
    assert new_in(browser) == {"Openheid": 0}
    story = about(theme, "Dit is nieuw")
    about(Theme.objects.create(name="Haast", slug="haast"), "Iets anders")
    assert new_in(browser) == {"Openheid": 1}
    answer = browser.get(f"{THEME}nieuw/")
    assert answer["Location"] == story.url
    long_ago()
    assert new_in(browser) == {"Openheid": 0}


def long_ago():
    """Marks count in seconds: what came in the same one is shown once more, never left out."""
    Page.objects.filter(first_published_at__isnull=False).update(
        first_published_at=timezone.now() - datetime.timedelta(days=1)
    )


def test_on_another_device_what_came_after_the_day_counts(browser, reader, theme, about):
    browser.post(THEME, {"doe": "volg"})
    about(theme, "Dit is nieuw")
    other = Client()
    other.force_login(reader)
    assert new_in(other) == {"Openheid": 0}
    Follow.objects.update(day=timezone.localdate() - datetime.timedelta(days=1))
    assert new_in(other) == {"Openheid": 1}


def test_closed_page_is_no_news(browser, theme, about):
    Follow.objects.all()
    browser.post(THEME, {"doe": "volg"})
    Follow.objects.update(day=timezone.localdate() - datetime.timedelta(days=1))
    browser.cookies.pop("gw_gevolgd")
    story = about(theme, "Dit is nieuw")
    assert new_in(browser) == {"Openheid": 1}
    PageViewRestriction.objects.create(page=story, restriction_type="login")
    assert new_in(browser) == {"Openheid": 0}
    assert story.url not in browser.get(f"{THEME}nieuw/")["Location"]


def test_theme_that_is_not_there_cannot_be_followed(browser, theme):
    assert browser.post("/berichten/volgend/thema/verzonnen/", {"doe": "volg"}).status_code == 404
    assert not Follow.objects.exists()


def test_new_page_is_mailed_once(reader, theme, about):
    actions.follow(user=reader, kind="thema", target=str(theme.pk), in_mail=True)
    story = about(theme, "Dit is nieuw")
    [message] = send()
    assert message.to == ["prive@example.org"]
    assert story.title not in message.body
    story.refresh_from_db()
    story.save_revision().publish()
    assert len(send()) == 1
    assert not OutboxRow.objects.filter(kind=KIND).exists()


def test_closed_page_is_not_mailed(reader, theme, about):
    actions.follow(user=reader, kind="thema", target=str(theme.pk), in_mail=True)
    PageViewRestriction.objects.create(page=about(theme, "Dit is nieuw"), restriction_type="login")
    assert send() == []


def test_follow_goes_with_its_theme(reader, theme):
    actions.follow(user=reader, kind="thema", target=str(theme.pk), in_mail=True)
    assert actions.forget_ended() == 0
    theme.delete()
    assert actions.forget_ended() == 1


def test_overview_of_a_theme_has_the_links(client, theme, about):
    story = about(theme, "Een verhaal")
    shown = client.get(f"{story.get_parent().url}?thema=openheid").text
    assert THEME in shown
    assert "/feed/thema/openheid/" in shown
