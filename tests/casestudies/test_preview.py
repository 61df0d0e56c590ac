"""The preview of a story: as readers see it, with what is recognisable marked for the editor."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.test import RequestFactory
from django.urls import reverse
from wagtail.admin.userbar import AccessibilityItem, AdminItem, ContentCheckerItem
from wagtail.models import GroupPagePermission, Page

import factories
from goedwerk_forum.admin.content_checks import ContentChecks, use_our_checks
from goedwerk_forum.admin.preview_marks import HIGHLIGHTED, with_marks
from goedwerk_privacy.kinds import INFO

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PLACE = "<p>De vergadering in Zutphen duurde tot laat.</p>"
MARKED = '<span data-gw-found="municipality">Zutphen</span>'


@pytest.fixture
def editor(client):
    group = Group.objects.create(name="Redactie van het voorbeeld")
    group.permissions.set(Permission.objects.filter(codename="access_admin"))
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    root = Page.objects.get(depth=1)
    GroupPagePermission.objects.create(group=group, page=root, permission=change)
    editor = factories.user(groups=(group,))
    client.force_login(editor)
    return editor


def draft(**fields):
    page = factories.story(live=False, what_happened=PLACE, **fields)
    page.save_revision()
    return page


def previewed(page, mode="", user=None):
    request = RequestFactory().get("/")
    request.user = user or AnonymousUser()
    return page.make_preview_request(request, mode).content.decode()


def test_words_carry_their_kind_and_look_as_readers_see_them():
    html = previewed(draft())
    assert MARKED in html
    assert "<mark" not in html


def test_the_other_preview_highlights_them():
    page = draft()
    assert HIGHLIGHTED in dict(page.preview_modes)
    assert '<mark data-gw-found="municipality">Zutphen</mark>' in previewed(page, HIGHLIGHTED)


def test_words_that_may_stay_are_left_alone():
    kept = [("kept", {"words": "Zutphen", "reason": "Het gaat over de hele streek."})]
    html = previewed(draft(kept=kept))
    assert "Zutphen" in html
    assert "data-gw-found" not in html


def test_readers_get_no_mark_and_no_checker(client):
    page = factories.story(what_happened=PLACE)
    html = client.get(page.url).content.decode()
    assert "Zutphen" in html
    assert "data-gw-found" not in html
    assert "wagtail-userbar" not in html


def test_preview_is_for_who_may_edit_the_page(client, editor):
    page = draft()
    url = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    assert MARKED in client.get(url).content.decode()
    client.force_login(factories.user(groups=(factories.ambassador_group(),)))
    refused = client.get(url)
    assert refused.status_code in (302, 403)
    assert "Zutphen" not in refused.content.decode()


def test_nothing_of_it_is_stored(client, editor):
    page = draft()
    client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    page.refresh_from_db()
    assert "data-gw-found" not in json.dumps(page.latest_revision.content)
    assert page.what_happened == PLACE


# --- marking ---------------------------------------------------------------------------------


def test_marks_stand_around_words_in_text_only():
    page = (
        '<title>Zutphen</title><main><p title="Zutphen">In Zutphen, niet in Zutphense.</p>'
        '<script>"Zutphen"</script><section id="dialoog"><p>Zutphen</p></section></main>'
    )
    assert with_marks(page, {"Zutphen": "municipality"}, "span") == (
        f'<title>Zutphen</title><main><p title="Zutphen">In {MARKED}, niet in Zutphense.</p>'
        '<script>"Zutphen"</script><section id="dialoog"><p>Zutphen</p></section></main>'
    )


def test_longest_words_first_and_across_a_line_end():
    html = with_marks(
        "<main>bij Waterschap\n Zuid en Zuid</main>",
        {"Waterschap Zuid": "organisation", "Zuid": "municipality"},
        "mark",
    )
    assert html == (
        '<main>bij <mark data-gw-found="organisation">Waterschap\n Zuid</mark> en '
        '<mark data-gw-found="municipality">Zuid</mark></main>'
    )


def test_page_without_findings_stays_as_it_is():
    assert with_marks("<br/><p>Niets.", {}, "mark") == "<br/><p>Niets."


# --- the checker -----------------------------------------------------------------------------


def test_our_checker_stands_in_the_place_of_wagtails():
    items = [AdminItem(), AccessibilityItem(in_editor=True)]
    use_our_checks(RequestFactory().get("/"), items, None)
    assert isinstance(items[1], ContentChecks)
    assert items[1].in_editor


def test_checker_of_the_site_itself_stays():
    class Own(ContentCheckerItem):
        pass

    items = [Own()]
    use_our_checks(RequestFactory().get("/"), items, None)
    assert type(items[0]) is Own


def test_every_kind_has_a_rule_with_words_for_the_editor():
    said = ContentChecks().get_axe_configuration(RequestFactory().get("/"))
    rules = {rule["id"]: rule for rule in said["spec"]["rules"]}
    for kind in INFO:
        name = f"goedwerk-{kind.replace('_', '-')}"
        assert rules[name]["selector"] == f'[data-gw-found="{kind}"]'
        assert name in said["options"]["runOnly"]
        assert all(said["messages"][name].values())


def test_editor_of_a_page_gets_our_rules(client, editor):
    page = draft()
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "goedwerk-municipality" in html
