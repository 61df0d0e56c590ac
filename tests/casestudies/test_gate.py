"""Every way to make a story public: none without a clearance, all with one."""

from __future__ import annotations

import datetime
import json
import uuid

import pytest
from django.core import serializers
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import GroupApprovalTask, Locale, Page, Workflow, WorkflowPage, WorkflowTask

import four_eyes
from four_eyes import form_of, is_live
from goedwerk_casestudies.clearance import digest
from goedwerk_casestudies.errors import NotCleared
from goedwerk_casestudies.models import CaseStudyIndexPage, Clearance, DilemmaPage, StoryPage

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NEW = {"title": "Nieuw", "slug": "nieuw", "lead": "Kort."}
OPTIONS = [("option", {"title": "Zwijgen", "pros": ["Rust"], "cons": ["Spijt"]})]


@pytest.fixture
def editor(db):
    four_eyes.prepared_site()
    return four_eyes.editor("redactrice")


@pytest.fixture
def draft(editor):
    return four_eyes.draft(editor)


@pytest.fixture
def admin(client, editor):
    client.force_login(editor)
    return client


# --- one row of the table each ---------------------------------------------------------------


def by_button(draft, admin):
    admin.post(four_eyes.edit_url(draft), form_of(draft) | {"action-publish": "on"})


def by_bulk(draft, admin):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    admin.post(f"{url}?id={draft.pk}", {"include_descendants": ""})


def by_bulk_of_the_overview(draft, admin):
    index = draft.get_parent()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    admin.post(f"{url}?id={index.pk}", {"include_descendants": "on"})


def by_admin_api(draft, admin):
    url = reverse("wagtailadmin_api:pages:action", args=[draft.pk, "publish"])
    admin.post(url, json.dumps({}), content_type="application/json")


def by_revision(draft, admin):
    draft.get_latest_revision().publish()


def by_action(draft, admin):
    PublishPageRevisionAction(draft.get_latest_revision()).execute()


def by_save(draft, admin):
    draft.live = True
    draft.save()


def by_save_without_cleaning(draft, admin):
    draft.live = True
    draft.save(clean=False)


def by_save_of_one_column(draft, admin):
    draft.live = True
    draft.save(update_fields=["live"])


def by_generic_page(draft, admin):
    generic = Page.objects.get(pk=draft.pk)
    generic.live = True
    generic.save()


def by_generic_page_that_holds_its_specific_one(draft, admin):
    generic = Page.objects.get(pk=draft.pk)
    assert not generic.specific.live
    generic.live = True
    generic.save()


def by_update(draft, admin):
    with transaction.atomic():
        Page.objects.filter(pk=draft.pk).update(live=True)


def by_bulk_update(draft, admin):
    draft.live = True
    with transaction.atomic():
        StoryPage.objects.bulk_update([draft], ["live"])


def by_another_workflow(draft, admin):
    """A site owner's own, of another name and with no task of ours."""
    task = GroupApprovalTask.objects.create(name="Chef")
    workflow = Workflow.objects.create(name="Moderatie")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    draft.workflow_states.all().delete()
    WorkflowPage.objects.update_or_create(page=draft, defaults={"workflow": workflow})
    state = workflow.start(draft, None)
    state.current_task_state.specific.approve()


def by_the_button_of_another_workflow(draft, admin):
    task = GroupApprovalTask.objects.create(name="Chef")
    task.groups.set(admin.editor.groups.all())
    workflow = Workflow.objects.create(name="Moderatie")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    state = workflow.start(draft, None)
    url = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[draft.pk, "approve", state.current_task_state_id],
    )
    admin.post(url, {"comment": ""})


def by_fixture(draft, admin):
    """Both halves of a story, as ``dumpdata`` writes them, with the live half turned on."""
    load(halves_of(draft, live=True))


def by_schedule(draft, admin):
    """A date that was set before, as if its clearance was taken back meanwhile."""
    moment = timezone.now() - datetime.timedelta(minutes=1)
    draft.revisions.update(approved_go_live_at=moment)
    call_command("publish_scheduled")


ROUTES = [
    by_button,
    by_bulk,
    by_bulk_of_the_overview,
    by_admin_api,
    by_revision,
    by_action,
    by_save,
    by_save_without_cleaning,
    by_save_of_one_column,
    by_generic_page,
    by_generic_page_that_holds_its_specific_one,
    by_update,
    by_bulk_update,
    by_another_workflow,
    by_the_button_of_another_workflow,
    by_fixture,
    by_schedule,
]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.__name__)
class TestRoute:
    def go(self, route, draft, admin, editor):
        admin.editor = editor
        route(StoryPage.objects.get(pk=draft.pk), admin)

    def test_is_shut_without_a_clearance(self, route, draft, admin, editor):
        try:
            with transaction.atomic():
                self.go(route, draft, admin, editor)
        except (NotCleared, IntegrityError):
            pass
        assert not is_live(draft)

    def test_is_open_with_one(self, route, draft, admin, editor, make):
        make.cleared(draft)
        self.go(route, draft, admin, editor)
        assert is_live(draft)


# --- pages that are not there yet ------------------------------------------------------------


def test_page_cannot_be_made_live(make):
    index = four_eyes.draft().get_parent()
    with pytest.raises(NotCleared), transaction.atomic():
        index.add_child(instance=StoryPage(**NEW, what_happened="<p>A.</p>", tension="<p>B.</p>"))
    assert not StoryPage.objects.filter(slug="nieuw").exists()


def test_dilemma_cannot_be_made_live(make):
    index = four_eyes.draft().get_parent()
    with pytest.raises(NotCleared), transaction.atomic():
        index.add_child(
            instance=DilemmaPage(
                title="Nieuw",
                slug="nieuw",
                lead="Kort.",
                situation="<p>A.</p>",
                conflict="<p>B.</p>",
                options=OPTIONS,
            )
        )
    assert not DilemmaPage.objects.exists()


def test_new_page_cannot_be_published_at_once_by_a_forged_button(admin, draft):
    url = reverse(
        "wagtailadmin_pages:add", args=["goedwerk_casestudies", "storypage", draft.get_parent().pk]
    )
    form = form_of(draft, title="Nieuw", slug="nieuw") | {"action-publish": "on"}
    response = admin.post(url, form)
    assert "nog niet vrijgegeven" in response.content.decode()
    assert not StoryPage.objects.filter(slug="nieuw").exists()
    del form["action-publish"]
    admin.post(url, form)
    assert not StoryPage.objects.get(slug="nieuw").live


def test_row_put_in_live_by_hand_is_refused(draft):
    other = Page(title="Nieuw", slug="nieuw", content_type=draft.content_type, live=True)
    other.path, other.depth, other.url_path = f"{draft.path[:-4]}0099", draft.depth, "/nieuw/"
    other.locale = Locale.get_default()
    with pytest.raises(IntegrityError), transaction.atomic():
        Page.objects.bulk_create([other])
    assert not Page.objects.filter(slug="nieuw").exists()


def halves_of(page, **changes):
    """The two rows of a story as a fixture holds them."""
    rows = json.loads(serializers.serialize("json", [Page.objects.get(pk=page.pk), page]))
    rows[0]["fields"] |= {"latest_revision": None, "live_revision": None, **changes}
    return rows


def load(rows):
    for row in serializers.deserialize("json", json.dumps(rows)):
        row.save()


@pytest.mark.parametrize("order", [1, -1])
def test_fixture_of_a_new_story_is_refused(draft, order):
    rows = halves_of(draft, live=True)[::order]
    page_id = draft.pk
    draft.delete()
    with pytest.raises(NotCleared), transaction.atomic():
        load(rows)
    assert not Page.objects.filter(pk=page_id).exists()


def test_fixture_with_its_signatures_comes_back_whole(draft, make, tmp_path):
    """Signatures stand before pages in the file: a loader knows no later."""
    make.live_and_cleared(draft)
    signatures = json.loads(serializers.serialize("json", Clearance.objects.all()))
    file = tmp_path / "verhaal.json"
    file.write_text(json.dumps(signatures + halves_of(draft)))
    page_id, words = draft.pk, digest(draft)
    draft.delete()
    call_command("loaddata", str(file), verbosity=0)
    assert Page.objects.get(pk=page_id).live
    assert digest(StoryPage.objects.get(pk=page_id)) == words


def test_story_from_another_site_is_imported_as_a_draft_only(draft, make):
    make.live_and_cleared(draft)
    data = json.loads(draft.to_json())
    data |= {"pk": None, "path": None, "depth": None, "slug": "ingevoerd", "live": True}
    data["translation_key"] = uuid.uuid4()
    imported = StoryPage.from_serializable_data(data)
    with pytest.raises(NotCleared), transaction.atomic():
        draft.get_parent().add_child(instance=imported)
    assert not StoryPage.objects.filter(slug="ingevoerd").exists()


# --- copies, aliases, translations -----------------------------------------------------------


@pytest.fixture
def story(draft, make):
    return make.live_and_cleared(draft)


def test_copy_is_no_live_page(story):
    with pytest.raises(NotCleared), transaction.atomic():
        story.copy(update_attrs={"slug": "kopie"})
    assert not Page.objects.filter(slug="kopie").exists()
    assert not story.copy(update_attrs={"slug": "kopie"}, keep_live=False).live


def test_copy_of_an_overview_is_no_live_pages(story):
    index = story.get_parent()
    with pytest.raises(NotCleared), transaction.atomic():
        index.copy(recursive=True, update_attrs={"slug": "kopie"})
    assert StoryPage.objects.count() == 1


@pytest.mark.parametrize(("publish", "copies"), [("on", 0), ("", 1)])
def test_copy_in_the_admin_is_a_draft_or_is_explained(admin, story, publish, copies):
    url = reverse("wagtailadmin_pages:copy", args=[story.pk])
    form = {
        "new_title": "Kopie",
        "new_slug": "kopie",
        "new_parent_page": story.get_parent().pk,
        "publish_copies": publish,
    }
    response = admin.post(url, form, follow=True)
    assert ("Een kopie van een verhaal begint als concept" in response.content.decode()) is bool(
        publish
    )
    assert StoryPage.objects.filter(slug="kopie", live=False).count() == copies
    assert not StoryPage.objects.filter(slug="kopie", live=True).exists()


def test_alias_follows_its_source(story, make):
    alias = story.create_alias(update_slug="alias")
    assert is_live(alias)
    story.lead = "Een andere inleiding."
    revision = story.save_revision()
    with pytest.raises(NotCleared), transaction.atomic():
        revision.publish()
    alias.refresh_from_db()
    assert alias.lead != "Een andere inleiding."
    make.cleared(story).save_revision().publish()
    alias.refresh_from_db()
    assert alias.live
    assert alias.lead == "Een andere inleiding."


def test_alias_of_an_alias_follows_too(story, client):
    alias = story.create_alias(update_slug="alias")
    second = alias.create_alias(update_slug="tweede")
    assert client.get(second.url).status_code == 200


def test_alias_of_what_is_not_cleared_is_no_page(draft):
    draft.live = True  # as a page that slipped through: the alias of a draft is a draft
    with pytest.raises(NotCleared), transaction.atomic():
        draft.create_alias(update_slug="alias")
    assert not Page.objects.filter(slug="alias").exists()


def test_aliases_are_not_updated_with_other_words(story):
    alias = story.create_alias(update_slug="alias")
    story.lead = "Een andere inleiding."
    with pytest.raises(NotCleared), transaction.atomic():
        story.update_aliases()
    alias.refresh_from_db()
    assert alias.lead != "Een andere inleiding."
    story.refresh_from_db()
    story.update_aliases()
    assert is_live(alias)


def test_alias_that_becomes_a_page_needs_a_signature_of_its_own(admin, story):
    alias = story.create_alias(update_slug="alias")
    admin.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
    alias = StoryPage.objects.get(pk=alias.pk)
    assert admin.get(alias.url).status_code == 404
    with pytest.raises(NotCleared), transaction.atomic():
        alias.get_latest_revision().publish()


def test_translation_is_a_draft_and_its_alias_follows(story, make):
    english = Locale.objects.create(language_code="en")
    index = story.get_parent().specific
    make.root().copy_for_translation(english, alias=True)
    index.copy_for_translation(english, alias=True)
    mirrored = story.copy_for_translation(english, alias=True)
    assert is_live(mirrored)
    mirrored.delete()
    translated = story.copy_for_translation(english)
    assert not is_live(translated)
    with pytest.raises(NotCleared), transaction.atomic():
        translated.get_latest_revision().publish()
    assert not is_live(translated)
    make.cleared(translated.get_latest_revision_as_object()).get_latest_revision().publish()
    assert is_live(translated)


# --- what happens to a page that is live -----------------------------------------------------


def test_story_moves_with_its_signature(story, client, make):
    index = make.root().add_child(instance=CaseStudyIndexPage(title="Elders", slug="elders"))
    story.move(index, pos="last-child")
    moved = StoryPage.objects.get(pk=story.pk)
    assert moved.live
    assert client.get(moved.url).status_code == 200


def test_page_that_slipped_through_is_moved_nowhere(story, make):
    Clearance.objects.all().delete()
    index = make.root().add_child(instance=CaseStudyIndexPage(title="Elders", slug="elders"))
    with pytest.raises(NotCleared), transaction.atomic():
        story.move(index, pos="last-child")
    assert not index.get_children().exists()


def test_one_changed_word_asks_for_a_new_signature(admin, story, client):
    old = story.lead
    admin.post(
        four_eyes.edit_url(story),
        form_of(story, lead="Een andere inleiding.") | {"action-publish": "on"},
    )
    assert StoryPage.objects.get(pk=story.pk).lead == old
    admin.post(four_eyes.edit_url(story), form_of(story, lead="Een andere inleiding."))
    story = StoryPage.objects.get(pk=story.pk)
    assert story.lead == old
    assert story.get_latest_revision_as_object().lead == "Een andere inleiding."
    assert old in client.get(story.url).content.decode()
    with pytest.raises(NotCleared), transaction.atomic():
        story.get_latest_revision().publish()
    assert old in client.get(story.url).content.decode()


def test_theme_and_drawing_change_without_one(admin, story, make):
    from goedwerk_casestudies.models import Theme

    theme = Theme.objects.create(name="Loyaliteit", slug="loyaliteit")
    form = form_of(story, drawing="lade", themes=str(theme.pk)) | {"action-publish": "on"}
    admin.post(four_eyes.edit_url(story), form)
    story = StoryPage.objects.get(pk=story.pk)
    assert story.live
    assert story.drawing == "lade"
    assert list(story.themes.all()) == [theme]


def test_what_the_editor_makes_of_the_html_is_no_change(story):
    before = digest(story)
    story.what_happened = story.what_happened.replace("<p>", '<p data-block-key="a1b2c">')
    story.lead += "\r\n"
    assert digest(story) == before
    story.what_happened = story.what_happened.replace("bureau", "kast")
    assert digest(story) != before


def test_reverting_to_an_unsigned_revision_is_refused(admin, draft, make):
    old = draft.get_latest_revision()
    draft.lead = "Een andere inleiding."
    new = make.cleared(draft).save_revision()
    new.publish()
    with pytest.raises(NotCleared), transaction.atomic():
        old.publish(previous_revision=new)
    draft.refresh_from_db()
    assert draft.lead == "Een andere inleiding."
    url = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    form = form_of(old.as_object()) | {"action-publish": "on", "revision": old.pk}
    admin.post(url, form)
    draft.refresh_from_db()
    assert draft.lead == "Een andere inleiding."


def test_reverting_to_a_signed_revision_is_allowed(draft, make):
    old = make.cleared(draft).get_latest_revision()
    draft.lead = "Een andere inleiding."
    make.cleared(draft).save_revision().publish()
    old.publish()
    draft.refresh_from_db()
    assert draft.lead != "Een andere inleiding."


def test_unpublishing_is_always_possible(story):
    Clearance.objects.all().delete()
    story.unpublish()
    assert not is_live(story)


def test_draft_of_a_live_page_is_saved_and_not_shown(story, client):
    story.lead = "Een andere inleiding."
    story.save_revision(clean=False)
    assert "Een andere inleiding." not in client.get(story.url).content.decode()


def test_other_pages_are_none_of_the_gates_business(make, django_assert_num_queries):
    index = make.root().add_child(instance=CaseStudyIndexPage(title="Elders", slug="elders"))
    assert is_live(index)
    with django_assert_num_queries(0):
        from goedwerk_casestudies.gate import guard_page

        guard_page(type(index), index, raw=False, update_fields=None)
