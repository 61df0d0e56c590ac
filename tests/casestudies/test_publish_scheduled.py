"""Planned publications: an uncleared one loses its date, the others go out."""

from __future__ import annotations

import datetime
import logging

import pytest
from django.core.management import call_command, get_commands
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.signals import page_published

import four_eyes
from goedwerk_casestudies.admin.clearance import SCHEDULE_DROPPED
from goedwerk_casestudies.errors import NotCleared
from goedwerk_casestudies.models import CaseStudyIndexPage, Clearance
from goedwerk_casestudies.preparing import our_publisher_comes_first

pytestmark = pytest.mark.django_db

SOON = datetime.timedelta(hours=1)


@pytest.fixture
def editor(db):
    four_eyes.prepared_site()
    return four_eyes.editor("redactrice")


def planned(page, editor=None):
    """A page with a date an hour from now, as the editor's form makes one."""
    page.go_live_at = timezone.now() + SOON
    page.save_revision(user=editor).publish()
    return page


def the_hour_comes():
    moment = timezone.now() - datetime.timedelta(minutes=1)
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        revision.content["go_live_at"] = moment.isoformat()
        revision.approved_go_live_at = moment
        Revision.objects.filter(pk=revision.pk).update(
            content=revision.content, approved_go_live_at=moment
        )


def other_page(make, title):
    return make.root().add_child(
        instance=CaseStudyIndexPage(title=title, slug=title.lower(), live=False)
    )


def is_planned(page):
    return Revision.objects.for_instance(page).filter(approved_go_live_at__isnull=False).exists()


def test_the_command_of_that_name_is_ours():
    assert get_commands()["publish_scheduled"] == "goedwerk_casestudies"
    assert our_publisher_comes_first() == []


def test_the_order_of_apps_is_checked(settings, monkeypatch):
    from django.apps import apps

    configs = sorted(apps.get_app_configs(), key=lambda config: config.name != "wagtail")
    monkeypatch.setattr(apps, "get_app_configs", lambda: configs)
    assert [message.id for message in our_publisher_comes_first()] == ["goedwerk_casestudies.E001"]


def test_no_date_is_stored_without_a_clearance(editor):
    draft = four_eyes.draft(editor)
    with pytest.raises(NotCleared), transaction.atomic():
        planned(draft, editor)
    assert not is_planned(draft)
    draft = type(draft).objects.get(pk=draft.pk)
    with pytest.raises(NotCleared), transaction.atomic():
        draft.save_revision(approved_go_live_at=timezone.now() + SOON)
    assert not is_planned(draft)


def test_a_cleared_story_goes_out_at_its_hour(editor, make):
    draft = planned(make.cleared(four_eyes.draft(editor)), editor)
    call_command("publish_scheduled")
    assert not four_eyes.is_live(draft)
    the_hour_comes()
    call_command("publish_scheduled")
    assert four_eyes.is_live(draft)
    assert not is_planned(draft)


@pytest.fixture
def three(editor, make):
    """Two pages that may go out, and between them a story that lost its signature."""
    before = planned(other_page(make, "Eerst"))
    story = planned(make.cleared(four_eyes.draft(editor)), editor)
    after = planned(other_page(make, "Daarna"))
    Clearance.objects.all().delete()
    the_hour_comes()
    return before, story, after


def test_an_uncleared_one_stops_no_other(three, caplog):
    before, story, after = three
    caplog.set_level(logging.WARNING, "goedwerk.stories")
    logging.getLogger("goedwerk").propagate = True
    call_command("publish_scheduled")
    assert four_eyes.is_live(before)
    assert four_eyes.is_live(after)
    assert not four_eyes.is_live(story)
    assert not is_planned(story)
    told = [record.getMessage() for record in caplog.records if record.name == "goedwerk.stories"]
    assert told == ["a planned story had no clearance"]
    assert story.title not in caplog.text
    call_command("publish_scheduled")
    assert PageLogEntry.objects.filter(action=SCHEDULE_DROPPED).count() == 1


def test_its_editors_are_told(three, client, editor, make):
    story = three[1]
    call_command("publish_scheduled")
    client.force_login(editor)
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Deze geplande publicatie ging niet door" in page
    assert four_eyes.edit_url(story) in page
    assert (
        "De geplande publicatie ging niet door"
        in client.get(four_eyes.edit_url(story)).content.decode()
    )
    history = client.get(reverse("wagtailadmin_pages:history", args=[story.pk])).content.decode()
    assert "Geplande publicatie vervallen" in history
    make.cleared(story.get_latest_revision_as_object()).get_latest_revision().publish()
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "ging niet door" not in page


def test_one_that_fails_stops_no_other_and_is_told_by_its_class(editor, make, caplog, capsys):
    broken = planned(other_page(make, "Kapot"))
    sound = planned(other_page(make, "Heel"))
    the_hour_comes()
    caplog.set_level(logging.ERROR, "goedwerk.stories")
    logging.getLogger("goedwerk").propagate = True

    def fail(instance, **_kwargs):
        if instance.pk == broken.pk:
            raise RuntimeError("Wat er in de tekst stond")

    page_published.connect(fail)
    try:
        call_command("publish_scheduled")
    finally:
        page_published.disconnect(fail)
    assert "1 planned changes failed" in capsys.readouterr().err
    assert four_eyes.is_live(sound)
    assert not four_eyes.is_live(broken)
    assert "RuntimeError" in [getattr(record, "error", "") for record in caplog.records]
    assert "Wat er in de tekst stond" not in caplog.text
    call_command("publish_scheduled")
    assert four_eyes.is_live(broken)


def test_what_expires_goes_off_the_site(make):
    story = make.story()
    Page.objects.filter(pk=story.pk).update(
        expire_at=timezone.now() - datetime.timedelta(minutes=1)
    )
    call_command("publish_scheduled")
    assert not four_eyes.is_live(story)


def test_a_dry_run_changes_nothing(three, capsys):
    call_command("publish_scheduled", dryrun=True)
    assert not any(four_eyes.is_live(page) for page in three)
    assert is_planned(three[1])
