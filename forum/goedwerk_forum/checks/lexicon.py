"""The lists behind the check on conduct: those that ship, and the words of the site's owner."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from .lists import (
    INSULT,
    Cue,
    Term,
    content,
    lines_of,
    phrase_term,
    read_cues,
    read_phrases,
    read_words,
)
from .normal import EDGES, Token, forms, is_stretched, masked, normalised, once
from .patterns import Match, Patterns

#: Words between a cue and the one it is about.
REACH = 9
#: Words whose part in the cues is remembered.
KNOWN = 20_000
#: Illnesses and other words that make an insult of a person's name.
ILLNESSES = ("kanker", "tering", "tyfus", "pleuris", "klere", "pokke")
BEFORE = (*ILLNESSES, "kut", "klote", "hoeren", "rot")
CURSED_ENDINGS = ("ambtenaar", "ambtenaren", "leider", "manager")
PERSONS = (
    *("ambtenaar", "ambtenaren", "collega", "collegas", "baas", "chef", "manager", "managers"),
    *("directeur", "wethouder", "minister", "teamleider", "leidinggevende", "burgemeester"),
    *(
        "wijf",
        "wijven",
        "vent",
        "venten",
        "kerel",
        "kerels",
        "gast",
        "gasten",
        "kop",
        "smoel",
        "bek",
        "jong",
        "kind",
    ),
    *(
        "lijer",
        "lijers",
        "lijder",
        "lijders",
        "hoer",
        "hoeren",
        "hond",
        "honden",
        "mongool",
        "nicht",
    ),
    *(
        "mongolen",
        "jood",
        "joden",
        "turk",
        "turken",
        "marokkaan",
        "marokkanen",
        "moslim",
        "moslims",
    ),
    *("homo", "homos", "neger", "negers", "mens", "mensen", "team", "club", "boa", "boas", "volk"),
    *(
        "burger",
        "burgers",
        "jurist",
        "juristen",
        "zooi",
        "bende",
        "tuig",
        "land",
        "lesbo",
        "flikker",
        "janker",
        "jankers",
        "heks",
        "varken",
        "zwijn",
        "rat",
        "aap",
    ),
)
#: Said of things as well, where no illness makes it an insult.
THINGS = frozenset({"kutkind", "kutland", "rotkop", "rotland", "rotkind", "rothond", "klotezooi"})
THINGS |= {"kutzooi", "kutbende", "rotzooi", "rotbende", "kloteland", "rotclub", "rotteam"}
AFTER_ILLNESS = frozenset({"dom", "slecht", "lelijk", "irritant", "traag", "lui", "vies", "gek"})
#: Insults that hold whatever stands before them, in one word: "aartsidioot".
TAILS = (
    *("klootzak", "klootzakken", "hufter", "hufters", "idioot", "idioten", "debiel", "debielen"),
    *("mongool", "mongolen", "lijer", "lijers", "likker", "likkers", "neuker", "neukers"),
    *("trut", "trutten", "sukkel", "sukkels", "prutser", "prutsers", "mietje", "hoertje", "slet"),
    *("mongooltje", "bitch", "fucker", "fuckers"),
)
#: Endings of words for people at work: "beleidsmedewerkers" counts as "medewerkers".
WORKERS = (
    *("ambtenaar", "ambtenaren", "medewerker", "medewerkers", "manager", "managers", "leider"),
    *("leiders", "directeur", "directeuren", "adviseur", "adviseurs", "inspecteur", "inspecteurs"),
    *("minister", "ministers", "wethouder", "wethouders", "jurist", "juristen", "secretaris"),
    *("bestuurder", "bestuurders", "medewerkster", "collega", "collegas", "baas", "handhaver"),
)
SINGLE = 3
LONG = 5
#: A word in letters alone.
UNDISGUISED = re.compile(r"[A-Za-z'’-]+")


@dataclass(frozen=True)
class Hit:
    """A term found in words ``first`` to ``last`` of a text."""

    term: Term
    first: int
    last: int
    is_word: bool = False


def is_disguised(words: Sequence[Token], hit: Hit) -> bool:
    """Whether a listed word is written letter by letter, or with other signs than letters."""
    written = words[hit.first : hit.last + 1]
    if len(written) >= SINGLE:
        return True
    return len(written) == 1 and not UNDISGUISED.fullmatch(EDGES.sub("", written[0].raw))


class Lexicon:
    """Compiled lists; immutable, so that a new one takes the place of the old at once."""

    def __init__(
        self,
        words: dict[str, Term],
        phrases: list[tuple[str, Term]],
        harmless: Iterable[str],
        classes: dict[str, list[str]],
        cues: Iterable[Cue] = (),
    ) -> None:
        self._cues = tuple(cues)
        self._known: dict[str, tuple[list[int], list[int]]] = {}
        self._term_of: dict[str, Term | None] = {}
        cleared = list(harmless)
        self.harmless = frozenset(normalised(one) for one in cleared if " " not in one)
        self.words = {
            form: term
            for word, term in words.items()
            for form in inflected(word)
            if form not in self.harmless or form == normalised(word)
        }
        for one in self.harmless:
            self.words.pop(one, None)
        self._stretched = {once(word): term for word, term in self.words.items() if len(word) > 2}
        self._masked = _by_length(self.words)
        self._terms = [term for _phrase, term in phrases]
        clearing = [one for one in cleared if " " in one]
        self._clearing = len(self._terms)
        #: What hurts, and after it what clears: a text walks through one graph, once.
        self._phrases = Patterns([*(phrase for phrase, _term in phrases), *clearing], classes)

    def hits(self, words: list[Token]) -> Iterator[Hit]:
        """Listed words and phrases, those that a harmless phrase covers left out."""
        also = _workers(words)
        matches = list(self._phrases.find(words, also))
        clear = {
            number
            for match in matches
            if match.pattern >= self._clearing
            for number in range(match.first, match.last + 1)
        }
        for hit in self._all(words, also, matches):
            if hit.term.weight > 2 or not clear.intersection(range(hit.first, hit.last + 1)):
                yield hit

    def _all(self, words: list[Token], also: dict[int, str], matches: list[Match]) -> Iterator[Hit]:
        for number, word in enumerate(words):
            if term := self.term_of(word.raw):
                yield Hit(term, number, number, is_word=True)
        yield from self._spelled(words)
        yield from self._joined(words)
        for match in matches:
            if match.pattern < self._clearing:
                yield Hit(self._terms[match.pattern], match.first, match.last)
        yield from self._cued(words, also)

    def _cued(self, words: list[Token], also: dict[int, str]) -> Iterator[Hit]:
        """Each cue with the nearest word that it can be about, in the same sentence."""
        about: dict[int, int] = {}
        said: dict[int, int] = {}
        for number, word in enumerate(words):
            for cue in self._roles(word.plain)[0]:
                about[cue] = number
            if number in also:
                for cue in self._roles(also[number])[0]:
                    about[cue] = number
            for cue in self._roles(word.plain)[1]:
                said[cue] = number
            for cue in [cue for cue in said if cue in about]:
                first, last = sorted((about[cue], said.pop(cue)))
                if 0 < last - first <= REACH:
                    yield Hit(self._cues[cue].term, first, last)
            if word.ends_sentence:
                about, said = {}, {}

    def _roles(self, plain: str) -> tuple[list[int], list[int]]:
        """Which cues a word can be the target of, and which it is a cue in."""
        if plain not in self._known:
            if len(self._known) > KNOWN:
                self._known.clear()
            self._known[plain] = (
                [number for number, cue in enumerate(self._cues) if plain in cue.about],
                [number for number, cue in enumerate(self._cues) if cue.meets(plain)],
            )
        return self._known[plain]

    def term_of(self, word: str) -> Term | None:
        """What a written word is listed as, in whatever spelling."""
        if word not in self._term_of:
            if len(self._term_of) > KNOWN:
                self._term_of.clear()
            self._term_of[word] = self._looked_up(word)
        return self._term_of[word]

    def _looked_up(self, word: str) -> Term | None:
        for plain in forms(word):
            if plain in self.harmless:
                return None
            if term := self._term_of_plain(plain):
                return term
        shape = masked(word)
        return self._term_of_masked(shape) if shape else None

    def _term_of_plain(self, plain: str) -> Term | None:
        if term := self.words.get(plain):
            return term
        if is_stretched(plain) or len(plain) >= LONG:
            single = once(plain)
            if single != plain and single in self._stretched and _is_alike(single, plain):
                return self._stretched[single]
        return _compound(plain)

    def _term_of_masked(self, shape: str) -> Term | None:
        for word in self._masked.get((shape[0], len(shape)), ()):
            if all(a in ("?", b) for a, b in zip(shape, word, strict=True)):
                return self.words[word]
        return None

    def _spelled(self, words: list[Token]) -> Iterator[Hit]:
        """Words of single letters: "k a n k e r"."""
        start = 0
        while start < len(words):
            end = start
            while end < len(words) and len(words[end].plain) == 1:
                end += 1
            if end - start >= SINGLE:
                joined = "".join(word.plain for word in words[start:end])
                if (term := self._term_of_plain(joined)) or (term := self._within(joined)):
                    yield Hit(term, start, end - 1, is_word=True)
            start = max(end, start + 1)

    def _within(self, joined: str) -> Term | None:
        """A listed word among spelled letters: "j i j h u f t e r"."""
        for first in range(min(len(joined), 60)):
            for size in range(LONG, min(16, len(joined) - first) + 1):
                if term := self.words.get(joined[first : first + size]):
                    return term
        return None

    def _joined(self, words: list[Token]) -> Iterator[Hit]:
        """A listed word cut in two: "kloot zak"."""
        for number, (one, two) in enumerate(pairwise(words)):
            if one.ends_clause or len(one.plain) < 2 or len(two.plain) < 2:
                continue
            joined = one.plain + two.plain
            if len(joined) < LONG or joined in self.harmless:
                continue
            term = self.words.get(joined) or _cursed(joined)
            if term and term.weight > 1:
                yield Hit(term, number, number + 1, is_word=True)


def _is_alike(single: str, plain: str) -> bool:
    """A long word with a doubled letter, or any word that was clearly stretched."""
    return is_stretched(plain) or len(single) >= LONG


def _workers(words: list[Token]) -> dict[int, str]:
    found = {}
    for number, word in enumerate(words):
        if len(word.plain) > 8 and word.plain.endswith(WORKERS):
            for ending in WORKERS:
                if word.plain.endswith(ending) and word.plain != ending:
                    found[number] = ending
    return found


def _compound(plain: str) -> Term | None:
    """An insult in one word with something else: "kankerambtenaar", "aartsidioot"."""
    if term := _cursed(plain):
        return term
    ends = any(plain.endswith(tail) and len(plain) > len(tail) + 2 for tail in TAILS)
    return INSULT if ends else None


def _cursed(plain: str) -> Term | None:
    """A person with a curse before it; of things only where the curse is an illness."""
    if plain in THINGS:
        return None
    if not plain.startswith(BEFORE):
        return None
    for before in BEFORE:
        if plain.startswith(before):
            rest = plain.removeprefix(before)
            is_said_of_person = rest in PERSONS or rest.endswith(CURSED_ENDINGS)
            if is_said_of_person or (before in ILLNESSES and rest.rstrip("e") in AFTER_ILLNESS):
                return INSULT
    return None


def _by_length(words: dict[str, Term]) -> dict[tuple[str, int], list[str]]:
    found: dict[tuple[str, int], list[str]] = {}
    for word in words:
        found.setdefault((word[0], len(word)), []).append(word)
    return found


def inflected(word: str) -> Iterator[str]:
    """A word, its plurals and its diminutives; too many forms do no harm, they are only met."""
    plain = normalised(word)
    yield plain
    if len(plain) < 3:
        return
    for ending in ("s", "je", "jes", "tje", "tjes"):
        yield plain + ending
    if plain[-1] not in "aeiou" and not plain.endswith(("en", "er", "ers", "el")):
        yield plain + "en"
        if plain[-2] in "aeiou" and plain[-3:-2] not in tuple("aeiou"):
            yield f"{plain}{plain[-1]}en"
        if plain[-3:-1] in {"aa", "ee", "oo", "uu"}:
            yield f"{plain[:-2]}{plain[-1]}en"
    if plain.endswith("f"):
        yield f"{plain[:-1]}ven"


@cache
def shipped() -> Lexicon:
    """The lists that come with the plugin."""
    return compiled([])


def compiled(own: Iterable[tuple[str, str, int]]) -> Lexicon:
    """The shipped lists with the owner's terms ``(words, kind, weight)``; weight 0 is harmless."""
    words = read_words(lines_of("hurtful"))
    phrases, classes = read_phrases(lines_of("phrases"))
    harmless = list(content(lines_of("harmless")))
    for term, kind, weight in own:
        if weight == 0:
            harmless.append(term)
        elif " " in term:
            phrases.append((term, replace(phrase_term(term, kind, weight), holds=True)))
        else:
            words[term] = Term(kind, weight, holds=True)
    return Lexicon(words, phrases, harmless, classes, read_cues(lines_of("cues"), classes))
