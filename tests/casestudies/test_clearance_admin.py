"""What the editors see: buttons, the panel with its reasons, and the way to take a story back."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Page

import four_eyes
from goedwerk_casestudies.models import Clearance, StoryPage, Submission

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def editor(db):
    four_eyes.prepared_site()
    return four_eyes.editor("eerste")


@pytest.fixture
def second(editor):
    return four_eyes.editor("tweede")


@pytest.fixture
def draft(editor):
    return four_eyes.draft(editor)


@pytest.fixture
def admin(client, editor):
    client.force_login(editor)
    return client


def shown(client, page):
    return client.get(four_eyes.edit_url(page)).content.decode()


# --- buttons ---------------------------------------------------------------------------------


def test_the_publish_button_comes_with_the_clearance(admin, draft, make):
    assert 'name="action-publish"' not in shown(admin, draft)
    make.cleared(draft)
    assert 'name="action-publish"' in shown(admin, draft)


def test_a_new_story_has_no_publish_button_and_another_page_has(admin, draft):
    index = draft.get_parent()
    new = {
        "goedwerk_casestudies.storypage": (index, False),
        "goedwerk_casestudies.dilemmapage": (index, False),
        "goedwerk_casestudies.casestudyindexpage": (index.get_parent(), True),
    }
    for label, (parent, has_button) in new.items():
        url = reverse("wagtailadmin_pages:add", args=[*label.split("."), parent.pk])
        page = admin.get(url).content.decode()
        assert ('name="action-publish"' in page) is has_button, label


def test_privacy_and_dates_stay_in_reach(draft, editor):
    tester = Page.objects.get(pk=draft.pk).permissions_for_user(editor)
    assert not tester.can_publish()
    assert tester.can_set_view_restrictions()
    assert tester.can_unschedule()
    assert tester.can_edit()


def test_a_list_in_the_admin_knows_it_too(draft, editor, make):
    make.cleared(draft)
    [row] = Page.objects.filter(pk=draft.pk).specific(defer=True)
    assert row.permissions_for_user(editor).can_publish()


def test_a_bulk_publication_says_what_stops_it(admin, draft, make):
    ready = make.cleared(four_eyes.draft())
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    index = draft.get_parent()
    response = admin.post(f"{url}?id={index.pk}", {"include_descendants": "on"}, follow=True)
    page = response.content.decode()
    assert "Er is niets gepubliceerd. Nog niet vrijgegeven" in page
    assert draft.title in page
    assert not four_eyes.is_live(ready)
    assert not four_eyes.is_live(draft)


def test_who_wrote_it_does_not_find_it_on_her_list(client, draft, editor, second):
    draft.get_workflow().start(draft, editor)
    for user, finds_it in ((editor, False), (second, True)):
        client.force_login(user)
        page = client.get(reverse("wagtailadmin_home")).content.decode()
        assert ("In afwachting van jouw beoordeling" in page) is finds_it


# --- the panel -------------------------------------------------------------------------------


def test_a_new_story_shows_the_road(admin, draft):
    url = reverse(
        "wagtailadmin_pages:add", args=["goedwerk_casestudies", "storypage", draft.get_parent().pk]
    )
    page = admin.get(url).content.decode()
    assert "Een tweede redacteur leest het na en tekent." in page
    assert "Op de site blijft" not in page


def test_it_says_what_is_missing_and_what_comes_next(admin, draft, second):
    page = shown(admin, draft)
    assert "Dit verhaal is nog niet vrijgegeven" in page
    assert "Een tweede redacteur leest de tekst na en tekent." in page
    assert "Dien het verhaal onderaan in." in page
    incomplete = four_eyes.draft(check_linking="", check_inference="")
    page = shown(admin, incomplete)
    assert "2 van de drie vragen over herkenbaarheid zijn nog niet beantwoord." in page
    assert "Beantwoord hieronder de drie vragen." in page


def test_it_says_that_there_is_no_second_editor(admin, draft):
    assert "Er is nog geen tweede redacteur." in shown(admin, draft)


def test_it_says_whose_turn_it_is(client, draft, editor, second):
    draft.get_workflow().start(draft, editor)
    client.force_login(editor)
    page = shown(client, draft)
    assert "Je schreef zelf aan deze tekst." in page
    assert "Wacht op de tweede redacteur." in page
    client.force_login(second)
    page = shown(client, draft)
    assert "Je schreef zelf" not in page
    assert "Kies onderaan ‘Lees na en teken’." in page
    assert "Lees na en teken" in page


def test_it_says_that_the_contributor_reads(admin, draft, make):
    make.cleared(draft)
    Submission.objects.create(source="contributor", page=draft, consent="asked")
    page = shown(admin, draft)
    assert "De inzender leest het verhaal en heeft nog niet geantwoord." in page
    assert "Wacht op de inzender." in page


def test_it_says_who_signed(admin, draft, second, make):
    Clearance.objects.create(
        page=draft,
        digest=four_eyes.digest_of(draft),
        signed_by=second,
        signed_on="2026-03-02",
        standing=Clearance.Standing.OPEN,
    )
    page = shown(admin, draft)
    assert "Dit verhaal is vrijgegeven" in page
    assert "2 maart 2026" in page
    assert "tweede" in page


def test_it_says_that_the_live_text_stays(admin, draft, second, make):
    make.live_and_cleared(draft)
    draft.lead = "Een ander woord."
    draft.save_revision()
    page = shown(admin, draft)
    assert "De tekst is veranderd na de handtekening." in page
    assert "Op de site blijft tot die tijd de tekst staan die eerder is vrijgegeven." in page


# --- taking back -----------------------------------------------------------------------------


@pytest.fixture
def story(draft, make):
    return make.live_and_cleared(draft)


def revoke_url(page):
    return reverse("goedwerk_clearance_revoke", args=[page.pk])


def test_a_signature_is_taken_back_with_a_reason(client, story, second):
    client.force_login(second)
    assert revoke_url(story) in shown(client, story)
    assert client.get(revoke_url(story)).status_code == 200
    assert client.post(revoke_url(story), {}).status_code == 422
    assert four_eyes.is_live(story)
    response = client.post(revoke_url(story), {"why": "recognised"}, follow=True)
    assert "De vrijgave is ingetrokken." in response.content.decode()
    assert not four_eyes.is_live(story)
    assert not Clearance.objects.exists()
    assert revoke_url(story) not in shown(client, story)


def test_who_may_not_sign_takes_nothing_back(client, story, make):
    client.force_login(make.user(groups=(make.ambassador_group(),)))
    for response in (
        client.get(revoke_url(story)),
        client.post(revoke_url(story), {"why": "asked"}),
    ):
        assert response.status_code == 302
    assert four_eyes.is_live(story)
    assert Clearance.objects.exists()


def test_there_is_nothing_to_take_back_from_another_page(admin, story):
    admin.post(revoke_url(story.get_parent()), {"why": "asked"})
    assert story.get_parent().live
    assert StoryPage.objects.get().live
