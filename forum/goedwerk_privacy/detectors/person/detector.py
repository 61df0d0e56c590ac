"""The detector of persons: candidates in reading order, then lists and later mentions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...finding import Span
from ...tokens import Ask, Document, Token
from ...vocabulary import (
    ARABIC_PARTICLES,
    FOREIGN_PARTICLES,
    FUNCTION_WORDS,
    HUMAN,
    LETTERED,
    NO_DE,
    PLAIN_OPENINGS,
    STRONG_PARTICLES,
    STRONG_TITLES,
    TITLES,
    UNIT_ENDINGS,
)
from ...word import Word
from ...wordset import word_set
from .caseless import Caseless
from .evidence import Evidence
from .grammar import Grammar
from .mentions import Mentions
from .strangers import Strangers
from .words import COMMON, Words

# "adviseur Water": a field of work, though it is a surname as well.
_FIELDS = word_set("water groen wonen bos zorg sport werk jeugd veld burger school haven vuur")


def _may_be_name(word: Word) -> bool:
    """Most words are small and in no list: they are left out at once."""
    if word.cap or word.first or word.last or word.strange or "-" in word.stem:
        return True
    return word.low in STRONG_PARTICLES or len(word.stem) < 3


class PersonDetector:
    """Anyone's name, in any casing, with or without a title."""

    asks: Mapping[str, Ask] = {
        "name": _may_be_name,
        "title": lambda word: word.low in STRONG_TITLES or word.low in TITLES,
    }

    def spans(self, document: Document) -> Iterator[Span]:
        return _Reading(document).spans()


class _Reading:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.words = Words(document)
        self.grammar = Grammar(self.words)
        self.evidence = Evidence(self.words)
        self.caseless = Caseless(self.words, self.grammar, self.evidence)
        self.taken: set[int] = set()
        self.strangers = Strangers(self.words, self.grammar, self.evidence, self.taken)
        self.names: list[tuple[int, int]] = []

    def spans(self) -> Iterator[Span]:
        self._read_all()
        yield from (self._span(*name) for name in Mentions(self.words, self.grammar).of(self.names))

    def _span(self, start: int, stop: int) -> Span:
        tokens = self.words.tokens
        end = tokens[stop - 1].end
        if tokens[stop - 1].low.endswith("'s"):
            end -= 2
        rank = 72 if stop - start > 1 else 66
        return Span(tokens[start].start, end, "person", rank)

    def _read_all(self) -> None:
        ahead = 0
        for index in self._places():
            if index >= ahead:
                ahead = self._read(index)

    def _places(self) -> list[int]:
        """The words worth a look, and those after a title."""
        places = self.document.places
        titled = (index + 1 for index in places["title"])
        last = len(self.words.tokens)
        return sorted({*places["name"], *(index for index in titled if index < last)})

    def _read(self, index: int) -> int:
        """The place to read on after looking at this word."""
        token = self.words.tokens[index]
        if not self._worth(token, index):
            return index + 1
        saying = self.evidence.nobody(index)
        if saying:
            return index + saying
        stop = self._name_at(token, index)
        if stop is None or self.evidence.thing(index, stop):
            return index + 1
        self._keep(index, stop)
        return stop

    def _keep(self, start: int, stop: int) -> None:
        self.names.append((start, stop))
        self.taken.update(range(start, stop))

    def _worth(self, token: Token, index: int) -> bool:
        """Leave small words without a name in them quickly."""
        if token.cap:
            return not (token.opens and token.low in PLAIN_OPENINGS)
        word = token.word
        if word.first or word.last or self.words.strong_title(index) or "-" in word.stem:
            return True
        if self.words.caseless and (word.strange or self.words.title(index)):
            return True
        if token.low in STRONG_PARTICLES:
            after = self.words.follows(index + 1)
            return after is not None and (
                self.words.particle(after) or not after.word.listed or after.word.last
            )
        return self.words.text[token.end : token.end + 1] == "."

    def _name_at(self, token: Token, index: int) -> int | None:
        for rule in (
            self._initials,
            self._known_first,
            self._everyday_first,
            self._after_title,
            self._particle_surname,
            self._surname,
            self.strangers.unknown,
            self.strangers.built_like_one,
            self.strangers.before_surname,
            self.strangers.beside_name,
        ):
            stop = rule(token, index)
            if stop is not None:
                return stop
        if self.words.caseless:
            return self.caseless.name_at(token, index, self.taken)
        return None

    def _initials(self, token: Token, index: int) -> int | None:
        """ "J. de Vries", "F.S. El Amrani", "p. jansen"."""
        if not self.words.initial(index):
            return self._bare_initial(token, index)
        after = self.grammar.initials(index)
        stop = self.grammar.surname(after, small=not token.cap, sure=True)
        if stop is None:
            return None
        core = self.words.tokens[stop - 1]
        if not token.cap and not self._small_initial_bears(core, index, after):
            return None
        if stop - after == 1 and not self._initial_bears(core, index):
            return None
        return self.grammar.extend(stop, small=False)

    def _small_initial_bears(self, core: Token, index: int, after: int) -> bool:
        """ "p. jansen", "j.p. balkema": a known surname, or two initials before an unknown word."""
        if core.word.last or self.evidence.titled(index):
            return True
        return (after - index > 1 or self.words.caseless) and not self.words.word(core)

    def _bare_initial(self, token: Token, index: int) -> int | None:
        """ "J Bakker", "JP de Vries": capitals without a full stop before a known surname."""
        if len(token.text) > 2 or token.text.upper() != token.text or not token.cap:
            return None
        stop = self.grammar.surname(index + 1, small=False)
        if stop is None or not self.words.tokens[stop - 1].word.last:
            return None
        before = self.words.before(index)
        return None if before is not None and before.low in LETTERED else stop

    def _initial_bears(self, core: Token, index: int) -> bool:
        """ "S. Vreugde" is a name; "optie A. Daarna" and "mevrouw K. Gisteren" are not."""
        if core.word.last or not self.words.word(core):
            return True
        before = self.words.before(index)
        lettered = before is not None and (before.low in LETTERED or self.evidence.titled(index))
        return core.cap and not lettered

    def _known_first(self, token: Token, index: int) -> int | None:
        if not self.words.first(token) or token.word.everyday:
            return None
        if token.upper and len(token.text) < 4 and not self._shouted_name(index):
            return None
        if token.word.place and not self._name_follows(index):
            return None
        if self.evidence.in_place(index) and self.words.word(token):
            return None
        if token.word.other and self._among_others(index):
            return None
        return self.grammar.extend(index + 1, small=not self.words.capital(token))

    def _among_others(self, index: int) -> bool:
        """ "Engels, Duits of Frans": a language, though it is a first name as well."""
        places = (index - 2, index - 1, index + 1, index + 2)
        near = (self.words.at(place) for place in places)
        return any(one is not None and one.word.other for one in near)

    def _shouted_name(self, index: int) -> bool:
        """ "JAN DE BOER": a short word in capitals with a surname in capitals after it."""
        stop = self.grammar.surname(index + 1, small=False)
        return stop is not None and self.words.tokens[stop - 1].word.last

    def _name_follows(self, index: int) -> bool:
        after = self.words.follows(index + 1)
        return after is not None and after.cap and (after.word.last or self.words.unknown(after))

    def _everyday_first(self, token: Token, index: int) -> int | None:
        if not self.words.first(token) or not token.word.everyday:
            return None
        small = not self.words.capital(token)
        stop = self.grammar.extend(index + 1, small=False)
        if stop > index + 1 and self._surname_bears(index, stop):
            return stop
        if self.evidence.everyday(token, index, index + 1):
            return self.grammar.extend(index + 1, small=small)
        return None

    def _surname_bears(self, index: int, stop: int) -> bool:
        """ "Mark Jansen", "Wil van Dijk": the surname makes the everyday word a name."""
        first, core = self.words.tokens[index], self.words.tokens[stop - 1]
        if not first.cap:
            known = core.word.last or (self.words.caseless and core.word.strange)
            return first.low not in COMMON and known and not core.word.listed
        if not core.cap:
            return core.word.last
        if first.opens and stop == index + 2:
            return self._second_bears(core, first)
        return not self.evidence.determined(index)

    def _second_bears(self, core: Token, first: Token) -> bool:
        """ "Ton Snel werd": the second capital is no accident, unless the first word is common."""
        if core.word.last or self.words.unknown(core):
            return True
        return first.low not in COMMON and not core.upper

    def _after_title(self, token: Token, index: int) -> int | None:
        """ "mevrouw Krokus", "dhr. p. van dijk", "collega Kwabena"."""
        strong = self.words.strong_title(index)
        if not (strong or self.evidence.titled(index) or self.evidence.labelled(index)):
            return None
        if self.words.particle(token):
            return self._titled_particle(index, strong)
        if token.low in FUNCTION_WORDS or token.upper or len(token.text) < 2:
            return None
        if token.cap:
            fits = strong or token.word.last or self.words.unknown(token)
            fits = fits and not token.word.other and (strong or token.low not in _FIELDS)
        else:
            fits = strong and self._small_fits(token, index) and len(token.text) > 2
        return self.grammar.extend(index + 1, small=not token.cap) if fits else None

    def _small_fits(self, token: Token, index: int) -> bool:
        """ "mevrouw bakker", "meneer snel was": a verb after it makes any word a surname."""
        if token.word.last or not self.words.word(token):
            return True
        if token.low in HUMAN or token.low in TITLES:
            return False
        return self.evidence.may_act(index + 1)

    def _titled_particle(self, index: int, strong: bool) -> int | None:
        stop = self.grammar.surname(index, small=strong, sure=strong)
        if stop is None:
            return None
        core = self.words.tokens[stop - 1]
        if core.low in TITLES or (not strong and self.words.first(core) and stop - index == 2):
            return None
        if strong or (stop - index > 2 and core.cap and self.words.tokens[stop - 2].low != "het"):
            return stop
        known = core.word.last or (self.words.unknown(core) and self.words.tokens[index].cap)
        return stop if core.cap and known and not core.word.place else None

    def _particle_surname(self, token: Token, index: int) -> int | None:
        """A surname by itself: "De Vries", "Van den Berg", "El Amrani", "van der heijden"."""
        if token.low not in STRONG_PARTICLES and not (token.cap and self.words.particle(token)):
            return None
        stop = self.grammar.surname(index, small=False)
        if stop is None or stop == index + 1:
            return None
        core = self.words.tokens[stop - 1]
        if not self._particle_fits(token, core, index, stop):
            return None
        return self.grammar.extend(stop, small=False)

    def _particle_fits(self, token: Token, core: Token, index: int, stop: int) -> bool:
        last, word = core.word.last, self.words.word(core)
        two = stop - index > 2
        if self.grammar.names_place(index, stop):
            return False
        if token.cap and core.cap and token.low in FOREIGN_PARTICLES:
            return True
        if two and self.words.tokens[stop - 2].low in ("den", "der", "'t", "ten", "ter"):
            return core.cap or last or token.low == "van"
        if not core.cap:
            return token.low in ARABIC_PARTICLES and not core.word.listed
        if not token.cap:
            return two and last and token.low == "van"
        if token.low in ("de", "het", "den") and core.low in NO_DE and not two:
            return self.evidence.acts(stop) and not token.opens
        if token.opens and not two:
            return last or (not word and token.low != "van" and token.low != "de")
        if word and not last and not core.word.listed:
            return True
        if not token.opens and not core.word.other and not core.low.endswith(UNIT_ENDINGS):
            return last or not word or self.evidence.inverted(index) or self.evidence.titled(index)
        return last or not word

    def _surname(self, token: Token, index: int) -> int | None:
        if not token.word.last or (not token.cap and token.low in TITLES):
            return None
        everyday = token.word.everyday or token.word.listed
        trade = not token.cap and self.evidence.determined(index)
        if trade or token.word.place or (token.upper and everyday):
            return None
        if everyday and not self._everyday_surname(token, index):
            return None
        return self.grammar.extend(index + 1, small=self.words.caseless)

    def _everyday_surname(self, token: Token, index: int) -> bool:
        if not self.words.capital(token) or self.evidence.determined(index):
            return False
        if token.opens:
            return self.evidence.says(index + 1)
        if self.evidence.introduced(index) or self.evidence.acts(index + 1):
            return True
        if self.evidence.listed(index, self.taken):
            return True
        return self.evidence.inverted(index) and not self.evidence.stands_in_title(index)
