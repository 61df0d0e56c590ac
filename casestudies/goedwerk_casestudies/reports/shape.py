"""What a heading, a list item or a broken line looks like where no style says so."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: A heading is at most this long, in characters and in words.
LONGEST, MOST_WORDS = 90, 14

_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?=\S)")
_PART = re.compile(
    r"(?:hoofdstuk|deel|bijlage|casus|dilemma)\s+(?:\d{1,3}|[IVXLC]{1,6}|[A-Z])\b", re.I
)
_BULLET = re.compile(r"(?:[-*•·▪◦–‣]|\d{1,2}\)|[a-z][.)])\s+")
_DATE = re.compile(
    r"\d{1,2} (?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november"
    r"|december)\b|(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober"
    r"|november|december) \d{4}$",
    re.I,
)
_CONTENTS = re.compile(r"\S(?:\t|\.{3,}|(?: \.){3,}|…| {3,})[ .]*\d{1,3}$")
#: "Door: …", "Datum 3 mei": what stands at the head of minutes, not above a piece of text.
_LABEL = re.compile(
    r"(?:door|datum|locatie|plaats|auteurs?|tekst|aanwezig(?:en)?|afwezig|van|aan|betreft|cc|tijd"
    r"|onderwerp|redactie\S*|foto\S*|spreker|sprekers|voorzitter|notulist|status|versie)\s*:",
    re.I,
)
_PAGE = re.compile(
    r"(?:pagina|blz\.?|bladzijde|page|p\.)?\s*[-–|]?\s*\d{1,4}(?:\s*(?:van|/|of)\s*\d{1,4})?\s*[-–|]?",
    re.I,
)

#: Ranks by shape: below every style, numbered ones by their depth.
CAPITALS, PLAIN = 1.0, 2.5


def is_bullet(line: str) -> bool:
    return bool(_BULLET.match(line))


def is_contents_line(line: str) -> bool:
    """A line of a table of contents: words, dots or a tab, and a page number."""
    return len(line) < 200 and bool(_CONTENTS.search(line.strip()))


def is_page_number(line: str) -> bool:
    return len(line) < 30 and bool(_PAGE.fullmatch(line.strip()))


def could_be_heading(text: str) -> bool:
    """Short, on one line, no final stop, no list item, no date, no "Door: …"."""
    text = text.strip()
    return bool(
        text
        and "\n" not in text
        and len(text) <= LONGEST
        and len(text.split()) <= MOST_WORDS
        and text[-1] not in ".,;:!…"
        and not is_bullet(text)
        and not _DATE.match(text)
        and not _LABEL.match(text)
        and not is_contents_line(text)
        and not is_page_number(text)
        and re.search(r"[^\W\d_]{2}", text)
        and (text[0].isupper() or text[0].isdigit() or text[0] in "'‘’\"“(«")
    )


def heading_rank(text: str) -> float | None:
    """The rank of a line that looks like a heading; None for one that does not."""
    if not could_be_heading(text):
        return None
    if numbered := _NUMBERED.match(text.strip()):
        return 1.0 + numbered[1].count(".")
    if _PART.match(text.strip()) or text.isupper():
        return CAPITALS
    return PLAIN


def is_marked_heading(text: str) -> bool:
    """A line that numbering or capitals make a heading, blank lines around it or not."""
    rank = heading_rank(text)
    return rank is not None and rank != PLAIN


def joined(lines: Iterable[str]) -> str:
    """Lines of one paragraph as running text; words that were broken off are whole again."""
    text = ""
    for line in lines:
        line = line.strip()
        if not text:
            text = line
        elif text.endswith(("-", "\u2010", "\u00ad")) and line:
            text = _mended(text, line)
        else:
            text = f"{text} {line}"
    return text


def _mended(text: str, line: str) -> str:
    """ "beleids-" + "medewerker", "El-" + "Amrani", "beleids-" + "en uitvoering"."""
    if re.match(r"(?:en|of|als|tot)\b", line):
        return f"{text} {line}"
    if line[0].islower() and re.search(r"[^\W\d_].$", text):
        return text[:-1] + line
    return text + line
