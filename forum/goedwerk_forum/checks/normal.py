"""Words as they were meant: without disguise, so that one list entry meets all its spellings.

Nothing here backtracks: a text is read once, sign by sign.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

#: Signs that separate words wherever they stand.
WORD = re.compile(r"[^\s.,;:()\"“”„‘’‹›«»…?/\\<>\[\]{}]+")
#: Signs around a word that may be a letter in it: "hufter!" is no "hufteri".
EDGES = re.compile(r"^[\W_]+|[\W_\d]+$")
#: Signs that end a sentence when they follow a word.
ENDS = frozenset(".!?…\n")

#: Letters of other scripts, and signs, that look like a letter.
LOOKALIKES = str.maketrans(
    "аеіорсухѕԁɡһјкмнтвгпгιοαενκρτυχβηµωɑᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢøłđħŧıƙɫʁɾɘə",
    "aeiopcyxsdghjkmhtbrnrioaevkptuxbnuwaabcdefghijklmnoprstuvwyzoldhtiklrree",
)
#: Capitals of other scripts: some look like another letter than their small form does.
CAPITALS = str.maketrans("АВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "abekmhopctyxijsabezhikmnoptyx")
LEET = str.maketrans("0134578@$€!|£¢+", "oieastbaseilect")
#: The same letter three times or more.
STRETCHED = re.compile(r"(.)\1{2,}")
#: In these places a one is more often an l.
LEET_L = LEET | str.maketrans("1!", "ll")
MASKS = frozenset("*#_%")


class Token(NamedTuple):
    """A word of a text: its place, its plain form, and what stands around it."""

    start: int
    end: int
    plain: str
    raw: str
    ends_sentence: bool
    ends_clause: bool
    ends_with_colon: bool = False


def letters_of(word: str, leet: dict[int, int] = LEET) -> str:
    """The letters in a word: small, Latin, without marks, signs and invisible characters."""
    if word.isascii() and word.isalpha():
        return word.lower()
    seen = word.translate(CAPITALS).casefold().translate(LOOKALIKES)
    plain = unicodedata.normalize("NFKD", _from_flags(seen)).casefold().translate(leet)
    return "".join(c for c in plain if c.isalpha() and unicodedata.category(c) != "Mn")


def _from_flags(word: str) -> str:
    """Letters written as the halves of flags."""
    return "".join(
        chr(ord("a") + ord(c) - 0x1F1E6) if 0x1F1E6 <= ord(c) <= 0x1F1FF else c for c in word
    )


def squeezed(letters: str) -> str:
    """At most two of the same letter in a row: "sukkkkel" is "sukkel" with a longer breath."""
    out: list[str] = []
    for letter in letters:
        if out[-2:] != [letter, letter]:
            out.append(letter)
    return "".join(out)


def once(letters: str) -> str:
    """Each letter once in a row: where somebody stretched a word, doubles tell nothing."""
    out: list[str] = []
    for letter in letters:
        if not out or out[-1] != letter:
            out.append(letter)
    return "".join(out)


def is_stretched(letters: str) -> bool:
    """Whether a letter stands three times in a row, or every letter twice."""
    return bool(STRETCHED.search(letters)) or _is_doubled(letters)


def _is_doubled(letters: str) -> bool:
    return len(letters) >= 6 and letters[::2] == letters[1::2]


def unstretched(letters: str) -> str:
    """Each stretched letter once, and a doubled one as it is."""
    return STRETCHED.sub(r"\1", letters)


@lru_cache(maxsize=20_000)
def normalised(word: str) -> str:
    """A word without case, diacritics, leetspeak, look-alikes, separators and stretched letters."""
    letters = squeezed(letters_of(EDGES.sub("", word)))
    return once(letters) if _is_doubled(letters) else letters


@lru_cache(maxsize=20_000)
def forms(word: str) -> tuple[str, ...]:
    """Every plain form that a written word can be read as, the likeliest first."""
    bare = EDGES.sub("", word)
    letters = letters_of(bare)
    found = [squeezed(letters), unstretched(letters)]
    if not bare.isalpha():
        found += [squeezed(letters_of(bare, LEET_L)), squeezed(letters_of(word))]
        found.append(squeezed(letters_of(word.rstrip("!?*_"), LEET_L)))
    return tuple(dict.fromkeys(form for form in found if form))


def masked(word: str) -> str:
    """A word with signs in the place of letters, "?" for each; empty where it is no such word."""
    bare = word.strip("*#_%!'-\u200b").casefold()
    inner = "".join("?" if c in MASKS else c for c in bare)
    if "?" not in inner or not inner[0].isalpha() or len(inner) < 3:
        return ""
    letters = sum(c.isalpha() for c in inner)
    return inner if letters * 2 >= len(inner) and letters + inner.count("?") == len(inner) else ""


def tokens(text: str) -> list[Token]:
    """The words of a text with their places."""
    return list(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    spans = [match.span() for match in WORD.finditer(text)]
    starts_after = [start for start, _end in spans[1:]]
    for (start, end), following in zip(spans, [*starts_after, len(text)], strict=False):
        raw, between = text[start:end], text[end:following]
        plain = normalised(raw)
        if between == " " and following < len(text) and raw[-1] != "!":
            yield Token(start, end, plain, raw, False, False)
            continue
        ends = any(c in ENDS for c in between) or (raw[-1] == "!" and raw.strip("!") != "")
        if ends and between == "." and len(raw) == 1:
            ends = False  # k.l.o.o.t
        yield Token(
            start,
            end,
            plain,
            raw,
            ends or following == len(text),
            ends or following == len(text) or any(c in ",;:–—" for c in between),
            ":" in between,
        )


class Sentence(NamedTuple):
    """The numbers of its first and its last word."""

    first: int
    last: int


def sentences(words: Sequence[Token]) -> Iterator[Sentence]:
    """The sentences of a text, whose last word always ends one."""
    first = 0
    for number, word in enumerate(words):
        if word.ends_sentence:
            yield Sentence(first, number)
            first = number + 1
