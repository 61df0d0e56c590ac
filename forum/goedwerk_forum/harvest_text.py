"""What the finder sees in a harvest, and whose words stand in it: asked at every save.

The composer's own words may name nobody, and hold no words of a participant: those are picked
as a quote, so that their writer can say yes or no.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail.models import Revision

from goedwerk_privacy import Severity, find

from .checks.traceable import why
from .errors import Traceable
from .models import HarvestPage

#: So many words in a row are somebody's own.
RUN = 8
#: Fields of one line or more, in reading order; the streams come between.
PLAIN = ("title", "slug", "intro", "discussion_question", "seo_title", "search_description")
STREAMS = ("insights", "questions", "tips")
_WORD = re.compile(r"\w+")


class TraceableHarvest(Traceable, PermissionDenied):
    """A save would put a name or number into a harvest, whatever way it took."""


@dataclass(frozen=True)
class Found:
    """Words in a field by which somebody may be recognised; ``is_direct``: they must go."""

    field: str
    words: str
    why: str
    suggestion: str
    is_direct: bool


def texts_of(page: HarvestPage) -> Iterator[tuple[str, str]]:
    """(field, text) of all that readers can see of it."""
    for name in PLAIN:
        text = str(getattr(page, name))
        yield name, text.replace("-", " ") if name == "slug" else text
    for name in STREAMS:
        value = getattr(page, name)
        for block in value.stream_block.get_prep_value(value):
            for words in block["value"].values():
                yield name, str(words or "")


def findings(page: HarvestPage) -> list[Found]:
    """All that the finder marks, each once per field, what must go first."""
    met: dict[tuple[str, str], Found] = {}
    for field, text in texts_of(page):
        for one in find(text):
            words = text[one.start : one.end]
            is_direct = one.severity == Severity.MUST
            suggestion = next(iter(one.suggestions), "")
            met.setdefault(
                (field, words.casefold()),
                Found(field, words, why(one.kind), suggestion, is_direct),
            )
    return sorted(met.values(), key=lambda found: not found.is_direct)


def recognisable(page: HarvestPage) -> dict[str, str]:
    """All words of the composer's by which somebody may be recognised, with their kind."""
    return {
        text[one.start : one.end]: one.kind for _field, text in texts_of(page) for one in find(text)
    }


def direct(page: HarvestPage) -> list[Found]:
    """Names and numbers: with one of these it is not saved."""
    return [found for found in findings(page) if found.is_direct]


def copied(page: HarvestPage) -> dict[str, str]:
    """By field: words that stand in a contribution to the same discussion, too."""
    from .harvests import pickable

    theirs: set[tuple[str, ...]] = set()
    said = pickable(page).filter(by_guide=False).select_related(None)
    for text in said.values_list("comment", flat=True).iterator():
        theirs.update(words for words, _start, _end in _runs(text))
    copies: dict[str, str] = {}
    for field, text in texts_of(page):
        for words, start, end in _runs(text):
            if words in theirs:
                copies.setdefault(field, text[start:end])
    return copies


def _runs(text: str) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Each run of words, as it is compared, with where it stands."""
    found = list(_WORD.finditer(text))
    for first in range(len(found) - RUN + 1):
        run = found[first : first + RUN]
        words = tuple(word.group().casefold() for word in run)
        yield words, run[0].start(), run[-1].end()


def errors_in(page: HarvestPage) -> dict[str, list[str]]:
    """What to do about it, by field: for the composer, beside the field."""
    said: dict[str, list[str]] = {}
    for found in direct(page):
        said.setdefault(found.field, []).append(
            _("Hiermee is iemand te vinden: ‘%(words)s’. Schrijf het algemener.")
            % {"words": found.words}
        )
    for field, words in copied(page).items() if page.pk else ():
        said.setdefault(field, []).append(
            _(
                "‘%(words)s’ staat ook in een bijdrage. Neem die op als citaat: dan kan de "
                "schrijver ja of nee zeggen. Of zeg het in je eigen woorden."
            )
            % {"words": words}
        )
    return said


# --- every way in ----------------------------------------------------------------------------


def guard_page(
    sender: type, instance: Any, update_fields: frozenset[str] | None = None, **_kwargs: Any
) -> None:
    """Before a harvest is saved; what stood in it already must not keep it from being taken down.

    Raises:
        TraceableHarvest: it names somebody.
    """
    shown = {*PLAIN, *STREAMS}
    if not isinstance(instance, HarvestPage):
        return
    if update_fields is None or shown.intersection(update_fields):
        stored = HarvestPage.objects.filter(pk=instance.pk).first() if instance.pk else None
        _refuse(instance, {found.words for found in direct(stored)} if stored else ())


def guard_revision(sender: type, instance: Revision, **_kwargs: Any) -> None:
    """Before a version of a harvest is kept, by autosave as well.

    Raises:
        TraceableHarvest: it names somebody.
    """
    model = instance.content_type.model_class()
    if model is None or not issubclass(model, HarvestPage):
        return
    _refuse(model.from_serializable_data(instance.content, check_fks=False))


def _refuse(page: HarvestPage | None, known: Collection[str] = ()) -> None:
    if page is not None and any(found.words not in known for found in direct(page)):
        raise TraceableHarvest
