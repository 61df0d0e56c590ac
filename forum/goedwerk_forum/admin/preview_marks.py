"""The preview of a page, with the words marked by which somebody can be recognised.

An editor sees the page as readers do, or the same page with those words highlighted. In both the
words carry their kind, so that Wagtail's checker can name them and lead to them. They are looked
up anew each time, and kept nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from wagtail.models import Page as Base
else:
    Base = object

#: The attribute of marked words; its value is their kind.
MARK = "data-gw-found"
#: The preview in which the words are highlighted.
HIGHLIGHTED = "herkenbaar"
#: Where no mark belongs: what is no text of the page, and what participants said.
LEFT_ALONE = ("script", "style", "template", "svg", "textarea", "option")
DIALOGUE = "dialoog"


class MarkedPreviewMixin(Base):
    """A page type whose preview shows what in it is recognisable; it stands before ``Page``."""

    preview_modes: ClassVar[list] = [
        ("", _("Zoals een lezer het ziet")),
        (HIGHLIGHTED, _("Met herkenbare woorden gemarkeerd")),
    ]

    def recognisable(self) -> Mapping[str, str]:
        """The words in what readers see by which somebody can be recognised, with their kind."""
        raise NotImplementedError

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        response: HttpResponseBase = super().serve_preview(request, mode_name)
        if isinstance(response, TemplateResponse):
            response.add_post_render_callback(lambda drawn: self._mark(drawn, mode_name))
        return response

    def _mark(self, response: Any, mode_name: str) -> None:
        name = "mark" if mode_name == HIGHLIGHTED else "span"
        response.content = with_marks(response.content.decode(), self.recognisable(), name)


def with_marks(page: str, kinds: Mapping[str, str], name: str) -> str:
    """A page in HTML with each of the words in an element ``name`` that carries their kind."""
    if not kinds:
        return page
    soup = BeautifulSoup(page, "html.parser")
    pattern = _any_of(kinds)
    known = {_folded(words): kind for words, kind in kinds.items()}
    for text in (soup.find("main") or soup).find_all(string=pattern):
        if type(text) is NavigableString and not _is_left_alone(text):
            text.replace_with(*_pieces(soup, text, pattern, known, name))
    return str(soup)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    either = "|".join(r"\s+".join(map(re.escape, one.split())) for one in longest_first)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)")


def _folded(words: str) -> str:
    return " ".join(words.split())


def _is_left_alone(text: NavigableString) -> bool:
    above = text.parents
    return any(one.name in LEFT_ALONE or one.get("id") == DIALOGUE for one in above)


def _pieces(
    soup: BeautifulSoup,
    text: NavigableString,
    pattern: re.Pattern[str],
    kinds: Mapping[str, str],
    name: str,
) -> list[str | Tag]:
    pieces: list[str | Tag] = []
    end = 0
    for match in pattern.finditer(text):
        mark = soup.new_tag(name, attrs={MARK: kinds[_folded(match.group())]})
        mark.string = match.group()
        pieces += [text[end : match.start()], mark]
        end = match.end()
    return [*pieces, text[end:]]
