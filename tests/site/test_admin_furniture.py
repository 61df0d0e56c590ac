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


def own_account(client) -> dict[str, str]:
    """What the page about one's own account would send if nobody touched it."""
    panels = client.get(reverse("wagtailadmin_account")).context["panels_by_tab"].values()
    fields = [field for tab in panels for panel in tab for field in panel.get_form()]
    shown = {field.html_name: field.value() for field in fields}
    return {name: str(value) for name, value in shown.items() if value not in (None, False)}


def test_who_gave_no_name_changes_how_the_admin_works(client, ambassador):
    client.force_login(ambassador)
    data = own_account(client)
    [switch] = [name for name in data if name.endswith("keyboard_shortcuts")]
    del data[switch]
    client.post(reverse("wagtailadmin_account"), data)
    ambassador.refresh_from_db()
    assert not ambassador.wagtail_userprofile.keyboard_shortcuts
    assert (ambassador.first_name, ambassador.last_name, ambassador.email) == ("", "", "")


def test_an_account_without_a_name_is_made_and_gets_a_task(client, ambassador):
    client.force_login(factories.user(is_superuser=True))
    made = {"username": "rol-7", "password1": "zes-losse-woorden-8", "password2": ""}
    client.post(reverse("wagtailusers_users:add"), made | {"password2": made["password1"]})
    account = type(ambassador).objects.get(username="rol-7")
    groups = {"username": "rol-7", "groups": [ambassador.groups.get().pk], "is_active": "on"}
    client.post(reverse("wagtailusers_users:edit", args=[account.pk]), groups)
    assert list(account.groups.all()) == list(ambassador.groups.all())
    account.refresh_from_db()
    assert (account.first_name, account.last_name, account.email) == ("", "", "")
