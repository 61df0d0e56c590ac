"""A story whose contributor takes it back: nothing of it stays to be read."""

from __future__ import annotations

import secrets

from django.apps import apps
from django.db import models, transaction
from wagtail.models import Page, PageLogEntry
from wagtail.search import index

from goedwerk_forum.models import Contribution

from ..models import Clearance

#: What stands where a story was, for staff.
TITLE = "Ingetrokken verhaal"


def take_down(page: Page) -> None:
    """Unpublishes the page and takes its words away, those of its aliases too.

    A page on which nobody else wrote goes whole; under one with a dialogue the words of others
    stay, with their authors. No person is the user of these writes.
    """
    with transaction.atomic():
        for alias in page.aliases.all():
            take_down(alias)
        page = page.specific
        page_id = page.pk
        Clearance.objects.filter(page_id=page_id).delete()
        if page.live:
            page.unpublish(user=None)
        if Contribution.objects.filter(discussion__page_id=page_id).exists():
            _blank(page)
        else:
            page.delete()
        PageLogEntry.objects.filter(page_id=page_id).update(label=TITLE)


def _blank(page: Page) -> None:
    """Takes every word out of a page and of all that Wagtail keeps beside it.

    By a query, not by ``save``: an edit of a page makes a revision and a redirect of its own.
    """
    page._workflow_states.all().delete()
    page.latest_revision = page.live_revision = None
    page.revisions.all().delete()
    if apps.is_installed("wagtail.contrib.redirects"):
        apps.get_model("wagtailredirects", "Redirect").objects.filter(redirect_page=page).delete()
    slug = f"ingetrokken-{secrets.token_hex(4)}"
    parent_path = page.url_path.rstrip("/").rpartition("/")[0]
    type(page)._base_manager.filter(pk=page.pk).update(
        **_emptied(page),
        title=TITLE,
        draft_title=TITLE,
        slug=slug,
        url_path=f"{parent_path}/{slug}/",
        latest_revision=None,
        live_revision=None,
        go_live_at=None,
        has_unpublished_changes=False,
    )
    index.insert_or_update_object(type(page)._base_manager.get(pk=page.pk))


def _emptied(page: Page) -> dict[str, object]:
    """The page type's own texts and picture, and what search engines are told, without words."""
    own = [
        field
        for field in page._meta.local_fields
        if isinstance(field, models.TextField | models.CharField) and not field.choices
    ]
    texts: dict[str, object] = {field.name: "" for field in own}
    return texts | {"image": None, "seo_title": "", "search_description": ""}
