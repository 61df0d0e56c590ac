"""What a reader can see of a story: its fields, their digest, and the names left in them.

Every column of the page type counts as shown unless it says otherwise (``unshown_fields``), so a
field that a site adds to its own type is signed for from the first day.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page

from goedwerk_privacy import Severity, find

from .findings import folded, may_stay
from .work import CHECKS

if TYPE_CHECKING:
    from .models import StoryMixin

#: What readers, search engines and addresses show of any page.
OF_EVERY_PAGE = ("title", "slug", "seo_title", "search_description")

#: What the editor leaves in rich text though nobody wrote it: marks, and empty paragraphs.
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
_EMPTY = re.compile(r"<p>\s*</p>")
_LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"')
_BREAKS = ((re.compile(r"<br\s*/?>|</li>"), "\n"), (re.compile(r"</(?:p|h\d|ul|ol)>"), "\n\n"))
_BETWEEN = "\n\n"


# --- fields ----------------------------------------------------------------------------------


def shown_fields(model: Any) -> tuple[models.Field, ...]:
    """The columns of a page type that a reader can see something of."""
    return _shown_fields(model)


@lru_cache(maxsize=64)
def _shown_fields(model: Any) -> tuple[models.Field, ...]:
    of_pages = {field.name for field in Page._meta.get_fields()}
    return tuple(
        field
        for field in model._meta.concrete_fields
        if field.name in OF_EVERY_PAGE
        or not (
            field.name in of_pages
            or field.name in model.unshown_fields
            or getattr(field.remote_field, "parent_link", False)
        )
    )


def shown(page: StoryMixin) -> dict[str, str]:
    """What a reader sees, by path: ``"title"``, ``"options.0.option.pros.1.item"``."""
    found: dict[str, str] = {}
    for field in shown_fields(type(page)):
        found.update(_of_field(page, field))
    return found | page.more_shown()


def digest(page: StoryMixin) -> str:
    """A hash of what a reader sees: one changed word gives another."""
    # What is empty does not count, so that a new, empty field leaves each signature as it is.
    there = {path: words for path, words in shown(page).items() if words}
    return hashlib.sha256(json.dumps(there, sort_keys=True).encode()).hexdigest()


def _of_field(page: StoryMixin, field: models.Field) -> Iterator[tuple[str, str]]:
    if isinstance(field, StreamField):
        value = getattr(page, field.name)
        yield from _flat(field.name, value.stream_block.get_prep_value(value))
    elif field.related_model is get_image_model():
        image = getattr(page, field.name)
        yield field.name, _hash_of(image) if image else ""
    else:
        yield field.name, _plain(getattr(page, field.attname))


def _plain(value: Any) -> str:
    """A value as text, whatever a form made of its line ends and an editor of its paragraphs."""
    text = "" if value is None else str(value)
    return _EMPTY.sub("", _BLOCK_KEY.sub("", text.replace("\r\n", "\n"))).strip()


def _flat(path: str, value: Any) -> Iterator[tuple[str, str]]:
    """The words in the value of a stream, by path; the marks of its blocks are no words."""
    if isinstance(value, Mapping):
        if {"type", "value"} <= set(value):
            yield from _flat(f"{path}.{value['type']}", value["value"])
        else:
            for name, item in value.items():
                yield from _flat(f"{path}.{name}", item)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _flat(f"{path}.{number}", item)
    else:
        yield path, _plain(value)


def _hash_of(image: Any) -> str:
    if image.file_hash:
        return str(image.file_hash)
    image._set_file_hash()  # a read that does not save, unlike get_file_hash
    return str(image.file_hash)


# --- names that are left ---------------------------------------------------------------------


@dataclass(frozen=True)
class Left:
    """A name or number in a field that nobody decided on."""

    field: str
    words: str
    kind: str
    suggestion: str

    def what_to_do(self) -> str:
        """For the editor who reads it beside the field."""
        named = {"words": self.words, "suggestion": self.suggestion}
        if self.field in CHECKS or not self.suggestion:
            sentence = _(
                "Haal ‘%(words)s’ weg, of zet het met een reden bij ‘woorden die mogen blijven’."
            )
        else:
            sentence = _(
                "Maak van ‘%(words)s’ iets als ‘%(suggestion)s’, of zet het met een reden bij "
                "‘woorden die mogen blijven’."
            )
        return sentence % named


def unresolved(page: StoryMixin) -> list[Left]:
    """Direct identifiers in what is shown and in the answers, save those that may stay."""
    kept = [words for words, reason in kept_words(page) if reason]
    met: dict[tuple[str, str], Left] = {}
    for left in _found(page):
        if not may_stay(left.words, kept):
            met.setdefault((left.field, folded(left.words)), left)
    return list(met.values())


def recognisable(page: StoryMixin) -> dict[str, str]:
    """All words in what readers see by which somebody may be recognised, with their kind."""
    kept = [words for words, reason in kept_words(page) if reason]
    texts = dict(_texts(page))
    readers = [texts[path] for path in texts if path.split(".")[0] not in (*CHECKS, "kept")]
    together = _BETWEEN.join(readers)
    found = {together[one.start : one.end]: one.kind for one in find(together)}
    return {words: kind for words, kind in found.items() if not may_stay(words, kept)}


def kept_words(page: StoryMixin) -> list[tuple[str, str]]:
    """(words, reason) of what may stay."""
    value = page.kept.stream_block.get_prep_value(page.kept)
    blocks = (block["value"] for block in value)
    return [(_plain(block.get("words")), _plain(block.get("reason"))) for block in blocks]


def _found(page: StoryMixin) -> Iterator[Left]:
    texts = dict(_texts(page))
    # Read as one text, as the workbench does: a surname is known by the name before it.
    together = [
        path for path in texts if path.split(".")[0] in ("title", "lead", *page.text_fields)
    ]
    offset = 0
    found = _direct(_BETWEEN.join(texts[path] for path in together))
    for path in together:
        end = offset + len(texts[path])
        yield from (_left(path, one) for one in found if offset <= one[0] < end)
        offset = end + len(_BETWEEN)
    for path in texts.keys() - set(together):
        yield from (_left(path, one) for one in _direct(texts[path]))


def names_in(text: str) -> list[str]:
    """Direct identifiers in a loose text."""
    return [words for _start, words, _kind, _suggestion in _direct(text)]


def traceable(names: Iterable[str]) -> str:
    """The sentence that says so."""
    words = ", ".join(f"‘{name}’" for name in names)
    return _("Hiermee is iemand te vinden: %(words)s.") % {"words": words}


def _left(path: str, found: tuple[int, str, str, str]) -> Left:
    _start, words, kind, suggestion = found
    return Left(path.split(".")[0], words, kind, suggestion)


@lru_cache(maxsize=256)
def _direct(text: str) -> tuple[tuple[int, str, str, str], ...]:
    """(start, words, kind, first suggestion) of what must go; each save asks for the same."""
    return tuple(
        (one.start, text[one.start : one.end], one.kind, next(iter(one.suggestions), ""))
        for one in find(text)
        if one.severity == Severity.MUST
    )


def _texts(page: StoryMixin) -> Iterator[tuple[str, str]]:
    """What the finder reads, by path: no choices, hashes or markup."""
    fields = {field.name: field for field in shown_fields(type(page))}
    for path, words in shown(page).items():
        field = fields.get(path.split(".")[0])
        if words and (field is None or _is_prose(field)):
            yield path, _readable(field, words)
    for name in CHECKS:
        yield name, getattr(page, name)
    for number, (_words, reason) in enumerate(kept_words(page)):
        yield f"kept.{number}", reason


def _is_prose(field: models.Field) -> bool:
    return isinstance(field, models.TextField | models.CharField | StreamField) and not (
        field.choices
    )


def _readable(field: models.Field | None, words: str) -> str:
    if isinstance(field, RichTextField):
        return _without_markup(words)
    if isinstance(field, models.SlugField):
        return words.replace("-", " ")
    # A block of a stream can hold rich text, or a plain "<": both readings count.
    return f"{words}\n{_without_markup(words)}" if "<" in words else words


def _without_markup(words: str) -> str:
    links = [link for link in _LINK.findall(words) if ":" in link]
    for pattern, instead in _BREAKS:
        words = pattern.sub(instead, words)
    return html.unescape("\n".join([strip_tags(words), *links]))
