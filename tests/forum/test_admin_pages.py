"""What deleting, copying, moving, unpublishing and scheduling a page do to its discussion."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.template import Context
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from django_comments.models import Comment
from wagtail.models import Page

from goedwerk_casestudies.models import CaseStudyIndexPage, StoryPage
from goedwerk_forum.models import (
    AuditRecord,
    Contribution,
    Discussion,
    Notice,
    Participant,
    Revision,
    Statement,
)
from goedwerk_forum.templatetags.goedwerk_forum import discussion as discussion_tag

pytestmark = pytest.mark.django_db

OTHER = "Ik wachtte een week voordat ik er iets over zei."


@pytest.fixture
def discussion(make):
    return make.discussion(title="Het rapport in de la")


@pytest.fixture
def story(discussion):
    return discussion.page.specific


@pytest.fixture
def editor(make, client):
    editor = make.user(is_superuser=True)
    client.force_login(editor)
    return editor


def bulk_delete_url(*pages):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    return url + "?" + "&".join(f"id={page.pk}" for page in pages)


def write_url(discussion):
    return reverse("goedwerk_forum:write", args=[discussion.uuid.hex])


# --- deleting --------------------------------------------------------------------------------


def test_deleting_warns_how_many_contributions_go(client, make, editor, discussion):
    make.published(discussion)
    make.held(discussion, text=OTHER)
    html = client.get(reverse("wagtailadmin_pages:delete", args=[discussion.page_id])).content
    assert "verdwijnen ook 2 bijdragen van deelnemers" in html.decode()
    assert Contribution.objects.count() == 2


def test_deleting_a_parent_counts_what_is_below_it(client, make, editor, discussion):
    make.held(discussion)
    make.held(make.discussion(), text=OTHER)
    parent = discussion.page.get_parent()
    html = client.get(reverse("wagtailadmin_pages:delete", args=[parent.pk])).content.decode()
    assert "verdwijnen ook 2 bijdragen van deelnemers" in html


def test_deleting_many_at_once_warns_too(client, make, editor, discussion):
    make.held(discussion)
    other = make.discussion()
    html = client.get(bulk_delete_url(discussion.page, other.page)).content.decode()
    assert "verdwijnt ook 1 bijdrage van een deelnemer" in html
    assert "Let op" not in client.get(bulk_delete_url(other.page)).content.decode()


def test_page_without_contributions_is_deleted_without_a_warning(client, editor, discussion):
    html = client.get(reverse("wagtailadmin_pages:delete", args=[discussion.page_id])).content
    assert "Let op" not in html.decode()


@pytest.mark.parametrize("at_once", [False, True])
def test_deleted_page_takes_its_discussion_along_and_leaves_the_record(
    client, make, editor, discussion, drive, at_once
):
    parent = make.published(discussion)
    make.held(discussion, text=OTHER, in_reply_to=parent)
    make.contribution(discussion, text="Wij belden de burger eerst op en hoorden toen meer.")
    kept = make.held(make.discussion())
    recorded = AuditRecord.objects.count()
    page = discussion.page
    url = bulk_delete_url(page) if at_once else reverse("wagtailadmin_pages:delete", args=[page.pk])
    assert client.post(url).status_code == 302
    assert not Page.objects.filter(pk=page.pk).exists()
    assert list(Contribution.objects.all()) == [kept]
    assert list(Comment.objects.values_list("pk", flat=True)) == [kept.pk]
    assert list(Participant.objects.all()) == [kept.participant]
    for model in (Revision, Statement, Notice):
        assert not model.objects.exclude(contribution=kept).exists()
    assert AuditRecord.objects.count() == recorded
    drive()
    assert AuditRecord.objects.count() == recorded


# --- copying, aliases ------------------------------------------------------------------------


def test_copy_has_no_discussion_not_even_in_its_drafts(client, make, editor, story, discussion):
    make.published(discussion)
    story.save_revision()
    parent = story.get_parent()
    client.post(
        reverse("wagtailadmin_pages:copy", args=[story.pk]),
        {
            "new_title": "Kopie",
            "new_slug": "kopie",
            "new_parent_page": parent.pk,
        },
    )
    copy = StoryPage.objects.get(slug="kopie")
    assert not copy.has_discussion
    assert all(not revision.content["has_discussion"] for revision in copy.revisions.all())
    make.cleared(copy).get_latest_revision().publish()
    copy.refresh_from_db()
    assert copy.live
    assert list(Discussion.objects.all()) == [discussion]
    assert Contribution.objects.get().discussion == discussion


def test_alias_shows_the_text_and_not_the_dialogue(client, make, editor, story, discussion):
    alias = story.create_alias(parent=story.get_parent(), update_slug="alias")
    story.lead = "Een nieuwe inleiding."
    make.cleared(story).save_revision().publish()
    alias.refresh_from_db()
    assert alias.lead == "Een nieuwe inleiding."
    assert not alias.has_discussion
    assert alias.discussion is None
    client.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
    page = StoryPage.objects.get(pk=alias.pk)
    make.cleared(page).get_latest_revision().publish()
    assert list(Discussion.objects.all()) == [discussion]


# --- moving, unpublishing, scheduling --------------------------------------------------------


def test_moved_page_keeps_its_discussion(make, story, discussion):
    contribution = make.published(discussion)
    elsewhere = make.root().add_child(instance=CaseStudyIndexPage(title="Elders", slug="elders"))
    story.move(elsewhere, pos="last-child")
    moved = StoryPage.objects.get(pk=story.pk)
    assert moved.discussion == discussion
    assert list(discussion.contributions.all()) == [contribution]


def test_unpublished_page_is_unreadable_and_closed(client, make, story, discussion):
    contribution = make.published(discussion)
    writer = make.user()
    make.participant(discussion, writer)
    client.force_login(writer)
    assert client.get(write_url(discussion)).status_code == 200
    story.unpublish()
    permalink = reverse("goedwerk_forum:permalink", args=[contribution.public_id])
    reply = reverse("goedwerk_forum:reply", args=[contribution.public_id])
    for url in (write_url(discussion), permalink, reply):
        assert client.get(url).status_code == 404, url
    fields = {"kind": "ervaring", "text": OTHER, "submission": "sent"}
    assert client.post(write_url(discussion), fields).status_code == 404
    assert Contribution.objects.count() == 1


def test_ambassador_still_decides_on_an_unpublished_page(client, make, story, discussion):
    contribution = make.held(discussion)
    story.unpublish()
    client.force_login(make.ambassador(discussion))
    url = reverse("goedwerk_moderation:case", args=[contribution.public_id])
    assert "De pagina is niet gepubliceerd" in client.get(url).content.decode()


def the_hour_comes(revision):
    moment = timezone.now() - datetime.timedelta(minutes=1)
    revision.content["go_live_at"] = moment.isoformat()
    revision.approved_go_live_at = moment
    revision.save()


def test_scheduled_page_opens_its_discussion_when_it_goes_live(make):
    story = make.story(live=False)
    assert not Discussion.objects.exists()
    story.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    make.cleared(story).save_revision().publish()
    call_command("publish_scheduled")
    assert not Discussion.objects.exists()
    the_hour_comes(story.get_latest_revision())
    call_command("publish_scheduled")
    story.refresh_from_db()
    assert story.live
    assert Discussion.objects.get().page_id == story.pk


def test_expired_page_closes_its_discussion(make, story, discussion):
    Page.objects.filter(pk=story.pk).update(
        expire_at=timezone.now() - datetime.timedelta(minutes=1)
    )
    call_command("publish_scheduled")
    assert not Discussion.objects.select_related("page").get().is_open


def test_draft_of_a_live_page_leaves_its_discussion_alone(make, story, discussion):
    story.discussion_question = "Een andere vraag?"
    story.has_discussion = False
    story.save_revision()
    discussion.refresh_from_db()
    assert (discussion.question, discussion.is_enabled) == ("Wat zou jij doen?", True)
    make.cleared(story).get_latest_revision().publish()
    discussion.refresh_from_db()
    assert not discussion.is_enabled


# --- previewing ------------------------------------------------------------------------------


def previewed(page):
    request = RequestFactory().get("/")
    request.is_preview = True
    return discussion_tag(Context({"request": request}), page)


def test_preview_shows_the_thread_with_the_question_of_the_draft(make, story, discussion):
    contribution = make.published(discussion)
    story.discussion_question = "Een andere vraag?"
    story.save_revision()
    draft = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    shown = previewed(draft)
    assert shown["discussion"].question == "Een andere vraag?"
    assert [node.contribution for node in shown["window"].nodes] == [contribution]
    discussion.refresh_from_db()
    assert discussion.question == "Wat zou jij doen?"


def test_preview_of_a_new_page_shows_its_question(make):
    draft = make.story(live=False)
    shown = previewed(draft)
    assert (shown["discussion"], shown["draft_question"]) == (None, "Wat zou jij doen?")


# --- the way to the queue --------------------------------------------------------------------


def test_page_leads_its_ambassador_to_the_queue_of_its_discussion(client, make, discussion):
    url = f"{reverse('goedwerk_moderation:index')}?discussion={discussion.uuid}"
    editors = Group.objects.get(name="Editors")
    ambassador = make.ambassador(discussion)
    ambassador.groups.add(editors)
    client.force_login(ambassador)
    edit = reverse("wagtailadmin_pages:edit", args=[discussion.page_id])
    explore = reverse("wagtailadmin_explore", args=[discussion.page_id])
    for address in (edit, explore):
        assert url in client.get(address).content.decode(), address
    client.force_login(make.user(groups=(editors,)))
    for address in (edit, explore):
        assert url not in client.get(address).content.decode(), address
