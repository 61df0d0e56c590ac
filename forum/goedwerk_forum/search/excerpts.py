"""The part of a text that holds what was asked, with those words marked; escaped, never raw."""

from __future__ import annotations

from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from .words import Question, Span, spans_in

#: Characters of a text that are shown, and of those before the first word that fits.
LENGTH, BEFORE = 260, 80
#: Characters of a text that are looked through.
LOOKED = 20_000


def marked(text: str, question: Question) -> SafeString:
    """The whole text, with the words that fit in ``<mark>``."""
    return _marked(text, [span for span in spans_in(text) if question.fits(span.folded)])


def excerpt(text: str, question: Question) -> SafeString:
    """The text around the first word that fits, or its beginning; cut between words."""
    text = " ".join(text[:LOOKED].split())
    fitting = [span for span in spans_in(text) if question.fits(span.folded)]
    start, end = _around(text, fitting[0].start if fitting else 0)
    within = [
        Span(span.start - start, span.end - start, span.folded)
        for span in fitting
        if start <= span.start and span.end <= end
    ]
    shown = _marked(text[start:end], within)
    return mark_safe(  # noqa: S308 - escaped above
        ("… " if start else "") + shown + (" …" if end < len(text) else "")
    )


def _around(text: str, first: int) -> tuple[int, int]:
    """Where an excerpt starts and ends, so that no word is cut."""
    start = 0 if first <= BEFORE else text.rfind(" ", 0, first - BEFORE) + 1
    end = start + LENGTH
    if end >= len(text):
        return start, len(text)
    between = text.rfind(" ", start, end)
    return start, between if between > first else end


def _marked(text: str, spans: list[Span]) -> SafeString:
    parts, at = [], 0
    for span in spans:
        parts.append((text[at : span.start], text[span.start : span.end]))
        at = span.end
    return format_html_join("", "{}<mark>{}</mark>", parts) + escape(text[at:])
