"""The gate: no way of writing makes a story public without a clearance for exactly its words.

One function, ``require_clearance``, behind receivers for every way in: each save of a page, by
whatever class or loader, and each revision that is to go live later. ``QuerySet.update`` sends no
signal: a trigger in the database (``guards``) refuses its plainest form, and what it changes in a
live text is found at reading.
"""

from __future__ import annotations

import copy
from collections.abc import Collection
from typing import Any

from wagtail.models import Page, Revision

from .clearance import is_cleared, is_story
from .errors import NotCleared, Unresolved
from .findings import folded
from .four_eyes import as_page
from .models import Clearance, StoryMixin
from .shown import shown_fields, unresolved
from .work import CHECKS

#: Columns that no reader sees, and whose change is the gate's business all the same.
NOT_SHOWN_BUT_WATCHED = ("live", "alias_of", "kept", *CHECKS)


def require_clearance(page: StoryMixin) -> None:
    """Makes sure that these words may be read by anybody.

    Raises:
        NotCleared: they may not (yet).
    """
    if not is_cleared(page):
        raise NotCleared


def refuse_names(page: StoryMixin, known: Collection[str] = ()) -> None:
    """Makes sure that no name or number is left in the words, save those ``known`` before.

    Raises:
        Unresolved: there is one.
    """
    found = [left for left in unresolved(page) if folded(left.words) not in known]
    if found:
        raise Unresolved(found)


# --- pages -----------------------------------------------------------------------------------


def guard_page(
    sender: type, instance: Any, raw: bool, update_fields: frozenset[str] | None, **_kwargs: Any
) -> None:
    """Before any page is saved: by its own class, the generic one, or a loader (``raw``)."""
    if not is_story(instance) or not _is_watched(instance, update_fields):
        return
    page = _whole(instance, raw=raw)
    if page is None:
        _require_any_clearance(instance)
        return
    if page.live:
        require_clearance(page)
    if unresolved(page):
        refuse_names(page, _names_before(page))


def _is_watched(page: Any, update_fields: frozenset[str] | None) -> bool:
    """Whether the save can change who reads what: a draft saves other columns of a live row."""
    if update_fields is None:
        return True
    model = type(page) if isinstance(page, StoryMixin) else page.specific_class
    fields = shown_fields(model)
    watched = {*NOT_SHOWN_BUT_WATCHED, *(f.name for f in fields), *(f.attname for f in fields)}
    return not watched.isdisjoint(update_fields)


def _whole(instance: Any, *, raw: bool) -> StoryMixin | None:
    """The story as it will be; None where a loader has not brought its other half yet.

    The generic ``Page`` holds one half of a story, a row from a loader either half.
    """
    if isinstance(instance, StoryMixin):
        return _with_page_half(instance) if raw else instance
    stored: StoryMixin | None = instance.specific_class._default_manager.filter(
        pk=instance.pk
    ).first()
    if stored is not None:
        _copy_page_half(instance, stored)
    return stored


def _with_page_half(instance: StoryMixin) -> StoryMixin | None:
    stored = Page.objects.filter(pk=instance.pk).first()
    if stored is None:
        return None
    whole = copy.copy(instance)
    _copy_page_half(stored, whole)
    return whole


def _copy_page_half(source: Page, target: Page) -> None:
    for field in Page._meta.concrete_fields:
        setattr(target, field.attname, getattr(source, field.attname))


def _require_any_clearance(instance: Any) -> None:
    """Half a story from a loader: the words are compared when the other half comes."""
    if isinstance(instance, StoryMixin) or not instance.live:
        return
    opening = Clearance.objects.filter(page_id=instance.pk, standing=Clearance.Standing.OPEN)
    if not opening.exists():
        raise NotCleared


def _names_before(page: StoryMixin) -> set[str]:
    """What was left in the stored row: to unpublish a page must always be possible."""
    stored = type(page)._default_manager.filter(pk=page.pk).first() if page.pk else None
    return {folded(left.words) for left in unresolved(stored)} if stored else set()


# --- revisions -------------------------------------------------------------------------------


def guard_revision(
    sender: type, instance: Revision, update_fields: frozenset[str] | None, **_kwargs: Any
) -> None:
    """Before a revision is saved: no name goes into one, and no uncleared one gets a date."""
    model = instance.content_type.model_class()
    if model is None or not issubclass(model, StoryMixin):
        return
    page = as_page(model, instance.content)
    page.pk = int(instance.object_id)
    if update_fields is None or "content" in update_fields:
        refuse_names(page)
    if instance.approved_go_live_at is not None:
        require_clearance(page)
