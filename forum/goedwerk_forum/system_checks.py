"""What must be right before the plugin starts; each message says how to mend it."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse

from . import brand
from .conf import conf
from .identity import keys

#: Addresses of this machine.
LOCAL = ("http://127.0.0.1", "http://localhost", "http://[::1]")


def register() -> None:
    for check in (
        settings_are_known,
        base_is_ours,
        base_is_out_of_sight,
        apps_in_order,
        keys_are_there,
        no_public_demo,
        checks_can_be_loaded,
        remote_is_private,
        brand_can_be_read,
    ):
        checks.register(check)
    checks.register(teams_are_large_enough, checks.Tags.database)


def settings_are_known(**_kwargs: Any) -> list[checks.CheckMessage]:
    try:
        conf()
    except (ImproperlyConfigured, TypeError) as error:
        return [checks.Error(str(error), id="goedwerk_forum.E001")]
    return []


def base_is_ours(**_kwargs: Any) -> list[checks.CheckMessage]:
    problems: list[checks.CheckMessage] = []
    if getattr(settings, "COMMENTS_APP", None) != "django_comments_xtd":
        problems.append(
            checks.Error(
                "COMMENTS_APP must be 'django_comments_xtd'.",
                hint="The discussion is built on it. A site that uses another comments app can "
                "keep its data, but not both apps at once.",
                id="goedwerk_forum.E002",
            )
        )
    if getattr(settings, "COMMENTS_XTD_MODEL", None) != "goedwerk_forum.models.Contribution":
        problems.append(
            checks.Error(
                "COMMENTS_XTD_MODEL must be 'goedwerk_forum.models.Contribution'.",
                id="goedwerk_forum.E003",
            )
        )
    return problems


def base_is_out_of_sight(**_kwargs: Any) -> list[checks.CheckMessage]:
    """The base's own pages know no view restrictions, and its 404 page becomes the site's."""
    problems: list[checks.CheckMessage] = []
    try:
        reverse("comments-post-comment")
    except NoReverseMatch:
        pass
    else:
        problems.append(
            checks.Warning(
                "The URLs of django-comments-xtd are in the URLconf.",
                hint="Leave them out: the discussion has its own pages, and the base's would show "
                "contributions on pages that not everybody may read.",
                id="goedwerk_forum.W003",
            )
        )
    if "django_comments_xtd" in str(getattr(_template("404.html"), "origin", "")):
        problems.append(
            checks.Warning(
                "The site has no 404.html of its own: visitors get that of django-comments-xtd.",
                hint="Add a template 404.html to a folder in TEMPLATES['DIRS'] or to an app before "
                "'django_comments_xtd' in INSTALLED_APPS.",
                id="goedwerk_forum.W004",
            )
        )
    return problems


def _template(name: str) -> Any:
    try:
        return get_template(name)
    except TemplateDoesNotExist:
        return None


def apps_in_order(**_kwargs: Any) -> list[checks.CheckMessage]:
    order = [config.name for config in apps.get_app_configs()]
    if "django_comments_xtd" in order and order.index("goedwerk_forum") < order.index(
        "django_comments_xtd"
    ):
        return [
            checks.Error(
                "In INSTALLED_APPS 'goedwerk_forum' must come after 'django_comments_xtd'.",
                hint="Otherwise the base's signal stays connected: it would publish held replies "
                "whenever their parent is saved.",
                id="goedwerk_forum.E004",
            )
        ]
    return []


def keys_are_there(**_kwargs: Any) -> list[checks.CheckMessage]:
    missing = [name for name, there in keys.available().items() if not there]
    if not missing:
        return []
    return [
        checks.Warning(
            f"This process cannot read these identity keys: {', '.join(missing)}.",
            hint=f"Run 'manage.py goedwerk_keys' to make them in {conf().KEYS_DIR}, or give each "
            "process the keys it needs: web link.key, unseal.pub and standing.key, the notifier "
            "unseal.key and standing.key, the worker audit.key.",
            id="goedwerk_forum.W001",
        )
    ]


def no_public_demo(**_kwargs: Any) -> list[checks.CheckMessage]:
    public = (
        getattr(settings, "SECURE_SSL_REDIRECT", False)
        or getattr(settings, "SESSION_COOKIE_SECURE", False)
        or str(getattr(settings, "WAGTAILADMIN_BASE_URL", "")).startswith("https:")
    )
    if conf().DEMO and public:
        return [
            checks.Error(
                "Demo mode is on in production settings: its accounts share one password.",
                hint="Unset GOEDWERK_DEMO.",
                id="goedwerk_forum.E005",
            )
        ]
    return []


def teams_are_large_enough(**kwargs: Any) -> list[checks.CheckMessage]:
    from django.db import connection

    from .models import Discussion
    from .teams import small_teams

    if not kwargs.get("databases"):
        return []
    if Discussion._meta.db_table not in connection.introspection.table_names():
        return []
    return [
        checks.Warning(
            f"The ambassador group '{name}' has fewer than {conf().TEAM_MIN} people: a second "
            "person cannot always be found.",
            id="goedwerk_forum.W002",
        )
        for name in small_teams()
    ]


def checks_can_be_loaded(**_kwargs: Any) -> list[checks.CheckMessage]:
    from .checks import registry

    try:
        problems = registry.problems()
    except ImportError as error:
        problems = [f"A check of EXTRA_CHECKS cannot be loaded: {error}."]
    return [
        checks.Error(
            problem,
            hint="Mend or remove the package; until then each contribution waits for a person.",
            id="goedwerk_forum.E006",
        )
        for problem in problems
    ]


def remote_is_private(**_kwargs: Any) -> list[checks.CheckMessage]:
    """A text travels to the classifier before anybody read it."""
    url = conf().REMOTE_URL
    if url.startswith("http://") and not url.startswith(LOCAL):
        return [
            checks.Warning(
                "Texts travel to REMOTE_URL without encryption.",
                hint="Use https://, or a classifier on this machine.",
                id="goedwerk_forum.W010",
            )
        ]
    return []


def brand_can_be_read(**_kwargs: Any) -> list[checks.CheckMessage]:
    """A brand's colours are judged before anybody sees them."""
    if not conf().BRAND_STYLES:
        return []
    try:
        found = brand.schemes(brand.TOKENS, *conf().BRAND_STYLES)
    except brand.NoSuchStyle as missing:
        return [
            checks.Error(
                f"BRAND_STYLES names {missing}, which is in no app and no folder of static files.",
                hint="Put it in a folder of STATICFILES_DIRS, or in the static folder of an app.",
                id="goedwerk_forum.E007",
            )
        ]
    return [
        checks.Warning(
            sentence,
            hint="Choose another colour in the stylesheet that BRAND_STYLES names. A colour for "
            "a dark screen goes between '@media (prefers-color-scheme: dark) {' and '}'.",
            id="goedwerk_forum.W011",
        )
        for sentence in brand.hard_to_read(found)
    ]
