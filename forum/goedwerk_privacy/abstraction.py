"""Suggestions for an abstraction: consistent inside one text, from a small vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from string import ascii_uppercase
from typing import TYPE_CHECKING

from .cleaning import fold
from .lists import table_of
from .phrasebook import Vocabulary, default_vocabulary
from .vocabulary import PARTICLES

if TYPE_CHECKING:
    from .finding import Finding, Span

# Looking at more people of one name would make a long list of names slow.
_MOST_NAMESAKES = 20


def suggest(
    text: str, spans: Sequence[Span | Finding], vocabulary: Vocabulary | None = None
) -> list[tuple[str, ...]]:
    """For each place the suggestions; the same for the same person, place or number."""
    namer = _Namer(vocabulary or default_vocabulary(), text)
    pieces = [(span.kind, text[span.start : span.end]) for span in spans]
    namer.meet(piece for kind, piece in pieces if kind == "person")
    return [
        namer.name(kind, piece, span.start)
        for (kind, piece), span in zip(pieces, spans, strict=True)
    ]


def abstract(text: str, findings: Iterable[Finding], vocabulary: Vocabulary | None = None) -> str:
    """``text`` with each finding replaced by its first suggestion.

    With a vocabulary the suggestions are made anew from it, whatever ``find`` was given.
    """
    ordered = sorted(findings, key=lambda finding: finding.start)
    advice: list[tuple[str, ...]] = [finding.suggestions for finding in ordered]
    if vocabulary is not None:
        advice = suggest(text, ordered, vocabulary)
    pieces: list[str] = []
    position = 0
    for finding, suggestions in zip(ordered, advice, strict=True):
        if finding.start >= position:
            pieces += [text[position : finding.start], *suggestions[:1]]
            position = finding.end
    return "".join([*pieces, text[position:]])


def _letter(number: int) -> str:
    """A, B, ... Z, AA, AB, ..."""
    number, rest = divmod(number, 26)
    return (_letter(number - 1) if number else "") + ascii_uppercase[rest]


def _number(letters: str) -> int:
    """The place of a letter in that row: 0 for A."""
    number = 0
    for letter in letters:
        number = number * 26 + ascii_uppercase.index(letter) + 1
    return number - 1


def _letters_taken(text: str, words: Sequence[str]) -> int:
    """How many letters stand for people in the text already: "[collega B]" takes two."""
    label = rf"\[(?:{'|'.join(map(re.escape, words))}) ([A-Z]{{1,3}})\]"
    return max((_number(letters) + 1 for letters in re.findall(label, text)), default=0)


def _phrases_taken(text: str, phrase: str) -> int:
    """How many things the text calls by this phrase already: itself, and with a letter."""
    letters = re.findall(rf"{re.escape(phrase[:-1])} ([A-Z]{{1,3}})\]", text)
    return max([_number(found) + 1 for found in letters] + [int(phrase in text)])


class _Namer:
    """Remembers who and what was named before in this text."""

    def __init__(self, vocabulary: Vocabulary, text: str) -> None:
        self.vocabulary = vocabulary
        self.text = text
        self.people: dict[str, int] = {}
        self.letters_taken = _letters_taken(text, vocabulary["person"]["words"])
        self.things: dict[tuple[str, str], int] = {}
        self.counts: dict[str, int] = {}

    def meet(self, names: Iterable[str]) -> None:
        """Names that share a first name or surname are one person; full names come first."""
        known = list(dict.fromkeys(fold(name) for name in names))
        by_part: dict[str, list[frozenset[str]]] = {}
        numbers: dict[frozenset[str], int] = {}
        for name in sorted(known, key=lambda name: -len(_parts(name))):
            parts = frozenset(_parts(name) or [name])
            whole = _whole_name(parts, by_part)
            self.people[name] = numbers.setdefault(whole, len(numbers))
            for part in parts:
                by_part.setdefault(part, []).append(whole)
        order = {
            number: place
            for place, number in enumerate(dict.fromkeys(self.people[name] for name in known))
        }
        self.people = {name: order[number] for name, number in self.people.items()}

    def name(self, kind: str, piece: str, start: int) -> tuple[str, ...]:
        if kind == "person":
            return self._person(piece)
        if kind == "municipality":
            return self._numbered(
                kind, piece, [_region(piece, self.vocabulary), *self._plain(kind)]
            )
        if kind == "date":
            return (_period(piece, self.vocabulary), *self._plain(kind))
        if kind == "amount":
            return (_size(piece, self.vocabulary), *self._plain(kind))
        if kind in ("role_at_place", "organisation"):
            return self._numbered(
                kind, piece, [_sort(piece, self.vocabulary[kind]), *self._plain(kind)]
            )
        return self._plain(kind)

    def _plain(self, kind: str) -> tuple[str, ...]:
        return tuple(f"[{phrase}]" for phrase in self.vocabulary["plain"][kind])

    def _person(self, piece: str) -> tuple[str, ...]:
        letter = _letter(self.letters_taken + self.people.get(fold(piece), 0))
        return tuple(f"[{word} {letter}]" for word in self.vocabulary["person"]["words"])

    def _numbered(self, kind: str, piece: str, phrases: list[str]) -> tuple[str, ...]:
        """A second thing of the same sort in one text gets a letter: "[een gemeente B]"."""
        phrase = phrases[0]
        key = (phrase, fold(piece))
        if key not in self.things:
            self.things[key] = self.counts.get(phrase, _phrases_taken(self.text, phrase))
            self.counts[phrase] = self.things[key] + 1
        if self.things[key]:
            phrases = [f"{phrase[:-1]} {_letter(self.things[key])}]", *phrases[1:]]
        return tuple(dict.fromkeys(phrases))


def _parts(name: str) -> list[str]:
    """The words of a name that tell people apart; a double surname counts as two."""
    first, *rest = re.split(r"[\s.,]+", name.removesuffix("'s"))
    words = [first, *(part for word in rest for part in word.split("-"))]
    return [word for word in words if len(word) > 1 and word not in PARTICLES]


def _whole_name(parts: frozenset[str], by_part: dict[str, list[frozenset[str]]]) -> frozenset[str]:
    """The longer name met before that holds all these parts, or these parts themselves."""
    for whole in (parts, _without_genitive(parts)):
        for other in by_part.get(min(whole), [])[:_MOST_NAMESAKES]:
            if whole <= other:
                return other
    return parts


def _without_genitive(parts: frozenset[str]) -> frozenset[str]:
    """ "Pauls idee" is an idea of Paul, if there is a Paul."""
    if len(parts) > 1 or not min(parts).endswith("s"):
        return parts
    return frozenset((min(parts)[:-1],))


@lru_cache(maxsize=1)
def _provinces() -> dict[str, str]:
    provinces = {fold(name): fold(province) for name, province in table_of("municipalities.txt")}
    return provinces | {province: province for province in set(provinces.values())}


def _region(piece: str, vocabulary: Vocabulary) -> str:
    folded = fold(piece)
    regions: dict[str, str] = vocabulary["regions"]
    province = _provinces().get(folded, "")
    sort = (
        "provincie" if folded in regions and folded not in ("groningen", "utrecht") else "gemeente"
    )
    place = regions.get(province)
    return f"[een {sort} {place}]" if place else "[een gemeente]"


def _period(piece: str, vocabulary: Vocabulary) -> str:
    """ "12 november 2021" becomes "[eind 2021]", without a year "[in het najaar]"."""
    folded = fold(piece)
    year = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", folded)
    month = _month(folded)
    if year and month:
        part = vocabulary["year_parts"][(month - 1) // 3]
        return f"[{part} {year.group()}]"
    if month:
        return f"[{vocabulary['seasons'][month % 12 // 3]}]"
    return f"[in {year.group()}]" if year else f"[{vocabulary['plain']['date'][0]}]"


_MONTHS = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def _month(folded: str) -> int | None:
    for number, name in enumerate(_MONTHS, start=1):
        if re.search(rf"\b{name}|\bmrt" if name == "maa" else rf"\b{name}", folded):
            return number
    numeric = re.search(r"\d{1,2} ?[-/.] ?(\d{1,2})(?!\d)", folded)
    iso = re.search(r"\d{4}[-/.](\d{1,2})", folded)
    found = iso or numeric
    return int(found.group(1)) if found and 1 <= int(found.group(1)) <= 12 else None


def _size(piece: str, vocabulary: Vocabulary) -> str:
    """The order of size: "[enkele tonnen]" for 312.000 euro."""
    value = _value(fold(piece))
    for limit, phrase in vocabulary["amounts"]:
        if value is not None and value < limit:
            return f"[{phrase}]"
    return f"[{vocabulary['plain']['amount'][0]}]"


_SCALES = {
    **dict.fromkeys(("duizend", "k"), 1e3),
    "ton": 1e5,
    **dict.fromkeys(("miljoen", "mln", "mio", "m"), 1e6),
    **dict.fromkeys(("miljard", "mld", "mrd"), 1e9),
}


def _value(folded: str) -> float | None:
    number = re.search(r"\d[\d. ]*(?:,\d+)?", folded)
    scale = re.search(r"duizend|ton|miljoen|miljard|mln|mio|mld|mrd|(?<=\d)[km]\b", folded)
    factor = _SCALES[scale.group()] if scale else 1.0
    if number is None:
        return factor * _written(folded[: scale.start()] if scale else folded)
    digits = number.group().replace(" ", "")
    if re.fullmatch(r"\d{1,3}(?:\.\d{1,2})", digits):
        return float(digits) * factor
    return float(digits.replace(".", "").replace(",", ".")) * factor


_WORDS = dict(
    zip(
        [
            "een",
            "twee",
            "drie",
            "vier",
            "vijf",
            "zes",
            "zeven",
            "acht",
            "negen",
            "tien",
            "elf",
            "twaalf",
            "twintig",
            "dertig",
            "veertig",
            "vijftig",
            "zestig",
            "zeventig",
            "tachtig",
            "negentig",
            "honderd",
        ],
        (*range(1, 13), *range(20, 101, 10)),
        strict=True,
    )
)


def _written(words: str) -> float:
    """The order of size of a number in words is enough: its largest part."""
    return float(max((value for word, value in _WORDS.items() if word in words), default=1))


def _sort(piece: str, sorts: dict[str, str]) -> str:
    """The general word for this organisation or function, by the words in it."""
    folded = fold(piece)
    for word, phrase in sorts.items():
        if re.search(rf"\b{re.escape(word)}" if word[0] != "-" else re.escape(word[1:]), folded):
            return f"[{phrase}]"
    return f"[{sorts['*']}]" if "*" in sorts else "[...]"
