"""What the admin is called, what its menu offers to whom, and what it says about kinds of pages."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.models import Page

import factories
from goedwerk_casestudies.models import (
    AssignmentPage,
    BallotIndexPage,
    CaseStudyIndexPage,
    DilemmaPage,
    GuidanceIndexPage,
    StatementPage,
    StoryPage,
    ThemeIndexPage,
    ThemePage,
    TipPage,
)
from goedwerk_forum.models import HarvestPage
from goedwerk_site.home.models import HomePage, TextPage

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

HOME = "wagtailadmin_home"
SEARCH = 'role="search"'
THEMES = "/snippets/goedwerk_casestudies/theme/"


def shown_to(client, who):
    client.force_login(who)
    return client.get(reverse(HOME)).content.decode()


@pytest.fixture
def ambassador():
    return factories.user(groups=(factories.ambassador_group(),))


def test_admin_carries_the_name_of_the_site(client, ambassador, settings):
    html = shown_to(client, ambassador)
    assert f"- {settings.WAGTAIL_SITE_NAME}</title>" in html
    assert "goedwerk_site/admin" in html


def test_who_sees_no_page_gets_no_search_of_pages(client, ambassador):
    assert SEARCH not in shown_to(client, ambassador)
    assert SEARCH in shown_to(client, factories.user(is_superuser=True))


def test_themes_are_in_the_menu_of_who_may_change_them_only(client, ambassador):
    assert THEMES not in shown_to(client, ambassador)
    url = reverse("wagtailsnippets_goedwerk_casestudies_theme:list")
    assert client.get(url).status_code == 302  # back home, with a word that it is not hers
    group = ambassador.groups.get()
    group.permissions.add(Permission.objects.get(codename="change_theme"))
    assert THEMES in shown_to(client, ambassador)
    assert client.get(url).status_code == 200


@pytest.mark.parametrize(
    "model",
    [
        AssignmentPage,
        BallotIndexPage,
        CaseStudyIndexPage,
        DilemmaPage,
        GuidanceIndexPage,
        HarvestPage,
        HomePage,
        StatementPage,
        StoryPage,
        TextPage,
        ThemeIndexPage,
        ThemePage,
        TipPage,
    ],
)
def test_every_kind_of_page_says_what_it_is_for(model):
    assert issubclass(model, Page)
    assert str(model.get_page_description()).endswith(".")


def test_editor_ticks_themes(client):
    page = factories.story(live=False)
    client.force_login(factories.user(is_superuser=True))
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert '<select name="themes"' not in html
    assert "Lezers vinden het verhaal ermee terug" in html
