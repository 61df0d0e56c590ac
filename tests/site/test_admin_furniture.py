"""What the admin is called, what its menu offers to whom, and what it says about kinds of pages."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.models import get_page_models

import factories

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


def test_every_kind_of_page_says_what_it_is_for():
    ours = [one for one in get_page_models() if one.__module__.startswith("goedwerk_")]
    offered = [one for one in ours if one.is_creatable]
    assert len(offered) > 10
    assert [one for one in offered if not str(one.get_page_description()).endswith(".")] == []


def test_editor_ticks_themes(client):
    page = factories.story(live=False)
    client.force_login(factories.user(is_superuser=True))
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert '<select name="themes"' not in html
    assert "Lezers vinden het verhaal ermee terug" in html
