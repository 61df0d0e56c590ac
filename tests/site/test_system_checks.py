"""Each system check of the plugin: the site passes it, and a case that fails it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core import checks
from django.urls import include, path

from goedwerk_forum import system_checks
from goedwerk_forum.identity import keys


class UrlsWithTheBase:
    """A URLconf that shows the pages of django-comments-xtd."""

    urlpatterns = [path("reacties/", include("django_comments_xtd.urls"))]


def ids(found: list[checks.CheckMessage]) -> list[str]:
    return [each.id for each in found]


def test_the_site_itself_passes_all():
    assert checks.run_checks() == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"RELEASE_EVRY": 30}, "unknown settings: RELEASE_EVRY"),
        ({"RELEASE_EVERY": "30"}, "GOEDWERK['RELEASE_EVERY'] must be a number of 0 or more"),
        ({"MAX_ATTEMPTS": -1}, "GOEDWERK['MAX_ATTEMPTS'] must be a number of 0 or more"),
        ({"RELEASE_EVERY": True}, "GOEDWERK['RELEASE_EVERY'] must be a number of 0 or more"),
        ({"DRIVER": "postduif"}, "GOEDWERK['DRIVER'] must be 'celery' or 'embedded'"),
    ],
)
def test_wrong_setting_is_an_error(settings, given, said):
    settings.GOEDWERK = settings.GOEDWERK | given
    (error,) = system_checks.settings_are_known()
    assert error.id == "goedwerk_forum.E001"
    assert said in error.msg


def test_unknown_setting_names_the_known_ones(settings):
    settings.GOEDWERK = {"RELEASE_EVRY": 30}
    (error,) = system_checks.settings_are_known()
    assert "RELEASE_EVERY" in error.msg.partition("Known settings are")[2]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("COMMENTS_APP", "andere_reacties", "goedwerk_forum.E002"),
        ("COMMENTS_XTD_MODEL", "andere.models.Reactie", "goedwerk_forum.E003"),
    ],
)
def test_other_base_is_an_error(settings, name, value, expected):
    setattr(settings, name, value)
    assert ids(system_checks.base_is_ours()) == [expected]


def test_plugin_before_its_base_is_an_error(monkeypatch):
    there = list(apps.get_app_configs())
    first = sorted(there, key=lambda config: config.name != "goedwerk_forum")
    monkeypatch.setattr(apps, "get_app_configs", lambda: first)
    assert ids(system_checks.apps_in_order()) == ["goedwerk_forum.E004"]


def test_missing_key_is_a_warning_that_names_it(settings, tmp_path):
    settings.GOEDWERK = settings.GOEDWERK | {"KEYS_DIR": tmp_path}
    keys.create_missing()
    assert system_checks.keys_are_there() == []
    (tmp_path / keys.UNSEAL).unlink()
    (warning,) = system_checks.keys_are_there()
    assert warning.id == "goedwerk_forum.W001"
    assert "unseal.key." in warning.msg
    assert "link.key" not in warning.msg


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECURE_SSL_REDIRECT", True),
        ("SESSION_COOKIE_SECURE", True),
        ("WAGTAILADMIN_BASE_URL", "https://goedwerk.example"),
    ],
)
def test_demonstration_in_production_settings_is_an_error(settings, name, value):
    settings.GOEDWERK = settings.GOEDWERK | {"DEMO": True}
    assert system_checks.no_public_demo() == []
    setattr(settings, name, value)
    assert ids(system_checks.no_public_demo()) == ["goedwerk_forum.E005"]


def test_pages_of_the_base_are_a_warning(settings):
    settings.ROOT_URLCONF = UrlsWithTheBase
    assert "goedwerk_forum.W003" in ids(system_checks.base_is_out_of_sight())


def test_not_found_page_of_the_base_is_a_warning(monkeypatch):
    class Template:
        origin = "/site-packages/django_comments_xtd/templates/404.html"

    monkeypatch.setattr(system_checks, "get_template", lambda _name: Template())
    assert ids(system_checks.base_is_out_of_sight()) == ["goedwerk_forum.W004"]


@pytest.mark.django_db
def test_small_team_is_a_warning(make):
    discussion = make.discussion()
    for _ in range(2):
        make.ambassador(discussion)
    (warning,) = system_checks.teams_are_large_enough(databases=["default"])
    assert warning.id == "goedwerk_forum.W002"
    assert discussion.group.name in warning.msg
    make.ambassador(discussion)
    assert system_checks.teams_are_large_enough(databases=["default"]) == []
