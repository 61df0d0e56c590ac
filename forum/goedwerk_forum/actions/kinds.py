"""What an owner does with the kinds of contribution and the lenses. Each change is on record."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.text import slugify

from .. import kinds
from ..errors import LastKind, UnknownKind
from ..models import ContributionKind, LensWords
from ..models.kinds import KEY_LENGTH
from . import audit
from .checks import OFF, ON, OWNER


def save_kind(kind: ContributionKind) -> ContributionKind:
    """A new kind with a key of its own, or other words, shape, place or use for one that is there.

    Raises:
        LastKind: it would be taken out of use, and is the last one in use.
        ValidationError: a value that cannot be.
    """
    with transaction.atomic():
        others = {
            other.key: other.is_in_use
            for other in ContributionKind.objects.select_for_update()
            if other.pk != kind.pk
        }
        if not kind.is_in_use and not any(others.values()):
            raise LastKind
        if kind.pk is None:
            kind.key = _new_key(kind.name, set(others))
        before = ContributionKind.objects.filter(pk=kind.pk).first()
        kind.full_clean()
        kind.save()
        _record("kind", kind.key, _use(before), _use(kind))
    return kind


def save_lens(lens: LensWords) -> LensWords:
    """Another name or question for one of the three lenses.

    Raises:
        ValidationError: a value that cannot be.
    """
    with transaction.atomic():
        lens.full_clean()
        lens.save()
        _record("lens", lens.key)
    return lens


def require_known(key: str, *, had: Collection[str] = ()) -> None:
    """Raises UnknownKind for a kind that is not in use, unless a text ``had`` it already."""
    if key not in had and not kinds.words_of(key).is_in_use:
        raise UnknownKind


def _new_key(name: str, taken: set[str]) -> str:
    """Letters of the name; with a number where another kind has them."""
    stem = slugify(name)[: KEY_LENGTH - 3].strip("-_").replace("_", "-") or "soort"
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (stem, *numbered) if key not in taken)


def _use(kind: ContributionKind | None) -> str:
    if kind is None:
        return ""
    return ON if kind.is_in_use else OFF


def _record(object_kind: str, key: str, before: str = "", after: str = "") -> None:
    record = audit.about(object_kind, key, object_kind, actor=OWNER, before=before, after=after)
    audit.write([record])
    transaction.on_commit(kinds.forget)
