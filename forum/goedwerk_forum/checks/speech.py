"""Who says it, and of whom: an insult told of, denied or said of oneself hurts nobody here.

Each rule looks at the words around a hit, within its sentence or the one beside it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise

from .lexicon import Hit
from .lists import classes_of
from .normal import Sentence, Token, sentences
from .tone import has_tone

OPENING = {'"': '"', "“": "”", "„": "”", "‘": "’", "«": "»", "'": "'", "‹": "›"}
CLOSING = {"”": '”"“', "’": "’'"}
#: Longest quotation, in characters.
QUOTE = 600
#: Kinds of hurt that a writer may say of herself.
OWN = frozenset({"insult", "attack", "contempt", "coarse"})
#: "…, en terecht": the writer makes it her own.
ENDORSED = ("en terecht", "dat klopt", "zo is", "en gelijk")
ENDORSED_EVEN_QUOTED = (
    *("dat ben je ook", "dat is hij ook", "dat is ze ook", "dat zijn ze ook"),
    *("dat ben je namelijk", "want dat ben je", "want dat is hij", "want dat is ze"),
    *("daar sluit ik me", "daar sluit ik mij", "groot gelijk"),
)
AIMED = ("jij bent", "je bent", "ben jij", "ben je", "jullie zijn", "noem ik")
#: After "jij bent" these lead to somebody or something else: "jij bent blij dat de …".
BEGINS_ANOTHER = frozenset(
    {
        *("de", "het", "die", "dat", "deze", "dit", "onze", "ons", "mijn", "zijn", "haar", "hun"),
        *("van", "voor", "met", "bij", "aan", "op", "in", "uit", "door", "over", "tegen", "om"),
        *("toen", "als", "omdat", "want", "en", "of", "maar", "dus", "te"),
        *("geen", "niet", "nooit", "ik", "hij", "zij", "ze", "wij", "we"),
    }
)
MINE = ("ik zeg", "zeg ik", "ik noem", "noem ik", "ik vraag")
#: What somebody else wrote down.
WRITTEN = (
    *("stond dat", "staat dat", "stond er dat", "las ik dat", "lees ik dat", "schreef dat"),
    *("schreven dat", "mailde dat", "appte dat", "appten dat", "schreef mij dat", "schreef me dat"),
    *("schreef ons dat", "schreef over mij", "schreef over ons", "met woorden"),
    *("het woord", "de woorden", "de term"),
)
REMARKS = ("een opmerking over", "opmerkingen over")
YOU = frozenset({"jij", "jou", "jouw", "jullie"})
I_WAS = ("ik was", "was ik", "ben ik", "ik ben")
NEAR = 6
#: Words that say where or when, and add nobody.
WHERE = frozenset({"daar", "hier", "er", "toen", "nu", "ook", "weer", "even", "maar", "dus"})
#: What stands between "niemand" and what nobody is.
NOBODY_IS = WHERE | {"is", "was", "bent", "een", "bij", "ons", "van", "team", "het"}
#: Words between "riep" and the colon that opens what was said.
COLON_REACH = 9


class Speech:
    """One text, its sentences and its quotations."""

    def __init__(self, text: str, words: list[Token]) -> None:
        self.words = words
        self._says = classes_of("speech")
        self._sentences = list(sentences(words))
        self._firsts = [sentence.first for sentence in self._sentences]
        self._quoted = _quoted(text, words)

    def excuses(self, hit: Hit) -> bool:
        """Whether the words around a hit say that it is not meant for anybody here."""
        sentence = self._sentence_of(hit)
        if self._is_endorsed(hit):
            return False
        return (
            self._is_told(hit, sentence)
            or self._is_denied(hit, sentence)
            or self._is_own(hit, sentence)
            or self._is_image(hit, sentence)
        )

    def stands_alone(self, hit: Hit) -> bool:
        """Whether it has too few words beside it in its sentence to tell a tone."""
        sentence = self._sentence_of(hit)
        return not has_tone(self.words[sentence.first : sentence.last + 1])

    def is_aimed(self, hit: Hit) -> bool:
        """Whether it is said to somebody's face: "jij bent een vuile …", "…, dat ben je ook"."""
        sentence = self._sentence_of(hit)
        before = self._plain(max(sentence.first, hit.first - NEAR), hit.first - 1)
        after = self._plain(hit.last + 1, hit.last + 8)
        return _ends_with_aim(before) or _says(after, ENDORSED_EVEN_QUOTED)

    def _sentence_of(self, hit: Hit) -> Sentence:
        return self._sentences[bisect_right(self._firsts, hit.first) - 1]

    def _plain(self, first: int, last: int, *, quoted: bool | None = None) -> list[str]:
        return [
            self.words[number].plain
            for number in range(max(first, 0), min(last, len(self.words) - 1) + 1)
            if quoted is None or (number in self._quoted) == quoted
        ]

    def _is_told(self, hit: Hit, sentence: Sentence) -> bool:
        """ "Hij noemde mij een …", and what stands between quotation marks where one spoke."""
        around = self._plain(sentence.first, sentence.last, quoted=False)
        if hit.first in self._quoted:
            near = self._plain(sentence.first - 25, sentence.last + 12, quoted=False)
            told = _tells(near) or self._quotes(near)
            return told and not _says(around, AIMED)
        if self._says["addressed"].intersection(around) and not _is_general(around):
            return False
        before = self._plain(max(sentence.first, hit.first - 14), hit.first - 1, quoted=False)
        after = self._plain(hit.last + 1, min(sentence.last, hit.last + 4), quoted=False)
        inside = self._plain(hit.first, hit.last)
        told = _tells([*before, *after, *inside], around) or _says(before, WRITTEN)
        return told and not _says(before, MINE)

    def _quotes(self, near: list[str]) -> bool:
        """Words beside quotation marks; without these they say no more than that one wrote."""
        said = self._says["quoting"] | self._says["writing"]
        return not said.isdisjoint(near)

    def _is_denied(self, hit: Hit, sentence: Sentence) -> bool:
        if hit.term.denies or hit.term.kind == "threat":
            return False
        before = self._plain(max(sentence.first, hit.first - 3), hit.first - 1)
        inside = self._plain(hit.first, hit.last)
        denying = self._says["denying"]
        if denying.intersection(inside) or denying.intersection(before[-2:]):
            return True
        if _names_nobody(self._plain(max(sentence.first, hit.first - 5), hit.first - 1)):
            return True
        return bool(before[-3:-2]) and before[-3] in ("geen", "niet", "nooit", "niemand")

    def _is_own(self, hit: Hit, sentence: Sentence) -> bool:
        """ "Ik voelde me een …": nobody else is meant."""
        if hit.term.kind not in OWN or hit.term.weight > 2:
            return False
        before = self._plain(max(sentence.first, hit.first - NEAR), hit.last)
        after = self._plain(hit.last + 1, min(sentence.last, hit.last + NEAR))
        if {"jij", "jou", "jullie", "hij", "hem", "haar", "hen"}.intersection(before):
            return False
        others = self._says["others"]
        if "als" in after[:2] and others.intersection(after[:4]):
            return False
        if "van" in after[:2] and {"mij", "me", "mezelf", "mijzelf"}.intersection(after[:4]):
            return True
        if self._says["self_objects"].intersection(before):
            return not others.intersection(before)
        if self._speaks_of_herself(before):
            return not self._says["judging"].intersection(before)
        speaks_to_somebody = not YOU.isdisjoint(after)
        return _likens_herself(before) or (not speaks_to_somebody and _says(after, I_WAS))

    def _speaks_of_herself(self, words: list[str]) -> bool:
        selves, verbs = self._says["self_before"], self._says["self_verbs"]
        return any(
            (one in selves and two in verbs) or (two in selves and one in verbs)
            for one, two in pairwise(words)
        )

    def _is_image(self, hit: Hit, sentence: Sentence) -> bool:
        """A prejudice named as one, and what "people" are said to think."""
        words = set(self._plain(sentence.first, hit.last))
        says = self._says
        if says["addressed"] & words:
            return False
        if says["image"] & words or _says(
            self._plain(sentence.first, hit.last), ("waren wij", "zijn wij")
        ):
            return True
        if says["hearing"] & words and {"dat", "wij", "ons", "de"} & words:
            return True
        return bool(says["belief"] & words and says["believers"] & words)

    def _is_endorsed(self, hit: Hit) -> bool:
        after = self._plain(hit.last + 1, hit.last + 8)
        if _says(after, ENDORSED_EVEN_QUOTED):
            return True
        return hit.first not in self._quoted and _says(after, ENDORSED)


def _says(words: list[str], phrases: tuple[str, ...]) -> bool:
    """Whether one of the phrases stands in a row of words."""
    said = f" {' '.join(words)} "
    return any(f" {phrase} " in said for phrase in phrases)


def _ends_with_aim(before: list[str]) -> bool:
    """ "Jij bent een vuile …": after the verb nothing that another word or thing begins with."""
    for number in range(len(before) - 2, -1, -1):
        if " ".join(before[number : number + 2]) in AIMED:
            return BEGINS_ANOTHER.isdisjoint(before[number + 2 :])
    return False


def _names_nobody(before: list[str]) -> bool:
    """ "Niemand hier is een …": at most a place and the verb stand between."""
    return bool(before) and any(
        word == "niemand" and set(before[number + 1 :]) <= NOBODY_IS
        for number, word in enumerate(before)
    )


def _likens_herself(before: list[str]) -> bool:
    """ "Wij stonden daar als een stel …": nobody stands between the verb and the likeness."""
    for number, word in enumerate(before):
        if word == "als" and set(before[number + 1 :]) >= {"een"}:
            said = [one for one in before[:number] if one not in WHERE]
            return bool({"ik", "wij", "we"}.intersection(said[-2:]))
    return False


def _tells(words: list[str], around: list[str] | None = None) -> bool:
    """Whether somebody is said to speak: a word of telling, or "naar mijn hoofd"."""
    if classes_of("speech")["telling"].intersection(words):
        return True
    beside = words if around is None else around
    return {"naar", "hoofd"} <= set(beside) or _says(beside, REMARKS)


def _is_general(around: list[str]) -> bool:
    """A question to the reader about what happens to people: "als iemand jou … noemt"."""
    return "iemand" in around and bool({"als", "wanneer", "stel"}.intersection(around))


def _quoted(text: str, words: list[Token]) -> frozenset[int]:
    """The numbers of the words between quotation marks, and after "riep:"."""
    spans = [*_marked_spans(text), *_spoken_spans(words)]
    if not spans:
        return frozenset()
    starts, ends = [word.start for word in words], [word.end for word in words]
    return frozenset(
        number
        for start, end in spans
        for number in range(bisect_left(starts, start), bisect_right(ends, end))
    )


def _marked_spans(text: str) -> list[tuple[int, int]]:
    """Places between a pair of quotation marks; found in one pass."""
    if not any(sign in text for sign in OPENING):
        return []
    spans: list[tuple[int, int]] = []
    opened: tuple[int, str] | None = None
    for place, sign in enumerate(text):
        if opened and place - opened[0] > QUOTE:
            opened = None
        if opened and sign in CLOSING.get(opened[1], opened[1]) and _ends_word(text, place):
            spans.append((opened[0], place + 1))
            opened = None
        elif opened is None and sign in OPENING and _starts_word(text, place):
            opened = (place, OPENING[sign])
    return spans


def _starts_word(text: str, place: int) -> bool:
    before = text[place - 1] if place else " "
    return not before.isalnum() and place + 1 < len(text) and not text[place + 1].isspace()


def _ends_word(text: str, place: int) -> bool:
    after = text[place + 1] if place + 1 < len(text) else " "
    return not after.isalnum()


def _spoken_spans(words: list[Token]) -> list[tuple[int, int]]:
    """What follows a colon after a word of telling, to the end of its sentence."""
    spans = []
    says = classes_of("speech")
    telling = says["telling"] | says["writing"]
    told_at = -100
    start: int | None = None
    for number, word in enumerate(words):
        if start is not None and word.ends_sentence:
            spans.append((start, word.end))
            start = None
        if word.plain in telling and start is None:
            told_at = number
        if (
            word.ends_with_colon
            and number - told_at < COLON_REACH
            and start is None
            and number + 1 < len(words)
        ):
            start = words[number + 1].start
    return spans
