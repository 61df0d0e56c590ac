"""Every address that is ours, found by walking the URL resolver: nobody keeps a list."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.contrib.settings.registry import registry as setting_models

from goedwerk_site.accounts import urls as account_urls

#: Apps whose models Wagtail's own views may show: then these views are in the matrix, too.
OUR_APPS = {"goedwerk_forum", "goedwerk_casestudies", "accounts", "home"}
#: Wagtail's views of accounts and pages: its own permissions, and its own tests.
LEFT_TO_WAGTAIL = ("wagtailusers_users", "wagtailadmin_pages")


def ours(resolver: URLResolver | None = None) -> set[str]:
    """The names of all addresses that the matrix must hold."""
    found = set(walked(resolver or get_resolver()))
    names = {name for name, callback in found if _is_ours(name, callback)}
    names |= {f"wagtailsettings:edit {model._meta.label_lower}" for model in setting_models}
    names |= {f"wagtail_bulk_action {_of(action)}" for action in _bulk_actions()}
    return names


def walked(resolver: URLResolver, namespaces: tuple[str, ...] = ()) -> Iterator[tuple[str, object]]:
    """(name, what answers) of each address below ``resolver``."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from walked(pattern, inner)
        elif isinstance(pattern, URLPattern):
            name = pattern.name or str(pattern.pattern)
            yield ":".join((*namespaces, name)), pattern.callback


def _is_ours(name: str, callback: object) -> bool:
    if name.startswith(LEFT_TO_WAGTAIL):
        return False
    view = getattr(callback, "view_class", callback)
    given = getattr(callback, "view_initkwargs", {})
    model = given.get("model") or getattr(view, "model", None)
    return (
        "goedwerk" in name
        or getattr(view, "__module__", "").startswith("goedwerk_")
        or name in {pattern.name for pattern in account_urls.urlpatterns}
        or getattr(getattr(model, "_meta", None), "app_label", "") in OUR_APPS
    )


def _bulk_actions() -> Iterator[tuple[str, str, str]]:
    """(app, model, action) of bulk actions that we wrote, or on a model of ours."""
    bulk_action_registry._scan_for_bulk_actions()
    for app, models in bulk_action_registry.actions.items():
        for model, actions in models.items():
            for name, action in actions.items():
                mine = app in OUR_APPS - {"accounts"} or action.__module__.startswith("goedwerk_")
                if mine:
                    yield app, model, name


def _of(action: tuple[str, str, str]) -> str:
    return ".".join(action)
