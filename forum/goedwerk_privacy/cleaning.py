"""One clean text to search in, and the way back to the offsets of the original.

Writers paste from Word and the web: soft hyphens, zero-width characters, hard spaces,
full-width digits and loose accents would hide a name or a number.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass

_SPACES = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u202f\u205f\u3000\t\x0b\x0c"
)
_APOSTROPHES = "\u2018\u2019\u201b\u02bc\u02b9\u00b4\u0060\u2032\uff07"
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb"
_NEWLINES = "\r\u0085\u2028\u2029"
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]"
)
_COMBINING = re.compile("[\u0300-\u033f]")

_PLAIN: dict[int, str] = {
    **dict.fromkeys(map(ord, _SPACES), " "),
    **dict.fromkeys(map(ord, _APOSTROPHES), "'"),
    **dict.fromkeys(map(ord, _HYPHENS), "-"),
    **dict.fromkeys(map(ord, _QUOTES), '"'),
    **dict.fromkeys(map(ord, _NEWLINES), "\n"),
    **{0xFF01 + offset: chr(0x21 + offset) for offset in range(94)},
    0xFE52: ".",
    0x2024: ".",
    0xFE6B: "@",
}

# Letters that Unicode does not take apart into a letter and an accent.
_SPECIAL = {
    "ı": "i",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ß": "s",
    "æ": "a",
    "œ": "o",
    "ð": "d",
    "þ": "t",
    "ŧ": "t",
    "ħ": "h",
    "ə": "e",
}


def _fold_letter(letter: str) -> str:
    low = letter.lower()[:1]
    low = _SPECIAL.get(low, low)
    return unicodedata.normalize("NFD", low)[:1] or letter


_FOLDED: dict[int, str] = {
    code: _fold_letter(chr(code))
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00))
    if chr(code).isalpha()
}


def fold(text: str) -> str:
    """Lower-case without accents, of the same length."""
    return text.translate(_FOLDED)


@dataclass(frozen=True, slots=True)
class Cleaned:
    text: str
    folded: str
    offsets: array[int] | None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The place in the text as given; what was left out after it belongs to it."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end]


def clean(text: str) -> Cleaned:
    offsets = None
    if _INVISIBLE.search(text) or _COMBINING.search(text):
        text, offsets = _squeeze(text)
    text = text.translate(_PLAIN)
    return Cleaned(text, fold(text), offsets)


def _squeeze(text: str) -> tuple[str, array[int]]:
    """Leave out what cannot be seen and join a loose accent with its letter."""
    kept: list[str] = []
    offsets = array("Q")
    for position, character in enumerate(text):
        if _INVISIBLE.match(character):
            continue
        if _COMBINING.match(character):
            _join_accent(kept, character)
            continue
        kept.append(character)
        offsets.append(position)
    offsets.append(len(text))
    return "".join(kept), offsets


def _join_accent(kept: list[str], accent: str) -> None:
    if not kept:
        return
    joined = unicodedata.normalize("NFC", kept[-1] + accent)
    if len(joined) == 1:
        kept[-1] = joined
