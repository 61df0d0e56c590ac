"""Whether the sentence bears out that a word is a name."""

from __future__ import annotations

from ...tokens import Token
from ...vocabulary import (
    BEFORE,
    DETERMINERS,
    FUNCTION_WORDS,
    HUMAN,
    NOBODY,
    PLACE_BEFORE,
    RELATIVES,
    SAYING,
    SINGLE_BEFORE,
    SPEECH,
    THING_AFTER,
    THING_BEFORE,
    TITLES,
    UNIT_ENDINGS,
)
from ...wordset import word_set
from .words import COMMON, POPULAR, Words

_LABELS = word_set("""
    notulen kopie inbreng gast gasten tolk gemachtigde actiehouder actie trekker verzonden
    presentatie leden lid secretaris penningmeester vertegenwoordiger
    naam door auteur auteurs redactie contactpersoon gespreksleider aanwezig afwezig notulist
    voorzitter van aan cc deelnemers deelnemer opsteller behandelaar steller indiener verslag
    melder tav t.a.v attn contact afzender ontvanger ondertekend namens getekend dagvoorzitter
    spreker sprekers inleider aanwezigen genodigden interviewer geinterviewde gesprekspartner
    fotograaf tekst eigenaar bron projectleider teamleider leidinggevende manager adviseur coach
    collega client klant kind moeder vader groet groeten groetjes mvg
""")


# Also a verb or a word of another sort: only straight after a preposition it is a name.
_VERBS_TOO = word_set("wil can mo mike steen")
_LEADS_TO_PERSON = word_set("met door aan tegen van namens volgens voor vroeg belde zei bij")
_CALLS = word_set("""
    doe kun kan wil ga heb ben zou weet jij je luister kom wat waarom hoe ik hoor kijk zeg zullen
""")
_SELVES = word_set("ik wij we mijn onze ikzelf zij hij ze")
_OBJECTS = word_set("""
    zich mij me ons hem haar je jou hen ze zelf nooit toen gisteren vandaag vanmorgen
""")
# Names that in a text without capitals count where a noun would need an article.
_CASELESS = frozenset({"bas", "job", "wil", "steen", "can", "mike", "gloria", "mo"})


class Evidence:
    """Reads the words left and right of a candidate."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def nobody(self, index: int) -> int:
        """The length of a saying such as "Jan met de pet" at this place, or 0."""
        token = self.words.tokens[index]
        for saying in NOBODY:
            if saying[0] == token.low and self._reads(index, saying):
                return len(saying)
        return 0

    def _reads(self, index: int, saying: tuple[str, ...]) -> bool:
        tokens = self.words.tokens[index : index + len(saying)]
        return tuple(token.low for token in tokens) == saying

    def thing(self, start: int, stop: int) -> bool:
        """ "Willem-Alexander Sportpark", "wet-Bibob", "Erasmus Universiteit"."""
        after = self.words.follows(stop)
        if after is not None and after.cap and after.low in THING_AFTER:
            return True
        before = self.words.before(start)
        return before is not None and before.low in (
            "sint",
            "wet",
            "stichting",
            "de wet",
            "hotel",
            "cafe",
        )

    def titled(self, index: int) -> bool:
        return (
            self.words.strong_title(index)
            or self.words.title(index)
            or self._initials_title(index)
            or self.apposed(index)
        )

    def _initials_title(self, index: int) -> bool:
        """ "t.a.v. Kwabena", "a.i. Olga"."""
        token = self.words.tokens[index]
        head = self.words.text[max(0, token.start - 7) : token.start].lower()
        return (
            head.endswith(("t.a.v. ", "t.n.v. ", "a.i. ", "i.o. ", "o.a. ", "c.q. ")) and token.cap
        )

    def labelled(self, index: int) -> bool:
        """After "Naam:" or "Door:", or under a greeting at the end."""
        token = self.words.tokens[index]
        before = self.words.at(index - 1)
        if before is None or before.low not in _LABELS:
            return False
        gap = self.words.text[before.end : token.start]
        return len(gap) < 8 and (
            ":" in gap or (before.low.startswith(("groet", "mvg")) and "\n" in gap)
        )

    def introduced(self, index: int) -> bool:
        """After a word that asks for a person, in the middle of a sentence."""
        token = self.words.tokens[index]
        before = self.words.before(index)
        if before is None or token.opens:
            return False
        return before.low in SINGLE_BEFORE or before.low in RELATIVES

    def after_verb_word(self, index: int) -> bool:
        before = self.words.before(index)
        return before is not None and before.low in BEFORE

    def about_thing(self, index: int) -> bool:
        before = self.words.before(index)
        return before is not None and before.low in THING_BEFORE

    def inverted(self, index: int) -> bool:
        """ "Toen ging Youssra", "volgens Tjerk", "dat Patrycja"."""
        before = self.words.before(index)
        if before is None or self.words.tokens[index].opens:
            return False
        return before.low in BEFORE or before.low in HUMAN

    def plain_before(self, index: int) -> bool:
        """A pronoun, an adverb or a verb before it, where a noun would need an article."""
        before = self.words.before(index)
        if before is None or self.words.tokens[index].opens:
            return False
        low = before.low
        if low in DETERMINERS or low in THING_BEFORE:
            return False
        past = before.word.listed and low.endswith(("de", "te", "den", "ten")) and not before.cap
        return low in FUNCTION_WORDS or low in HUMAN or past

    def may_be_somebody(self, stop: int) -> bool:
        """ "had gelijk", "wilde niet", "is al jaren onze jurist": not "is", "kan", "moet" alone."""
        verb = self.words.follows(stop)
        if verb is None:
            return False
        if verb.low in ("is", "was", "werd", "wordt"):
            ahead = self.words.tokens[stop + 1 : stop + 7]
            return any(token.low in TITLES for token in ahead)
        return verb.low in ("had", "heeft", "wil", "kon", "liet", "laat") or self.acts(stop)

    def says(self, stop: int) -> bool:
        after = self.words.follows(stop)
        return after is not None and after.low in SAYING

    def acts(self, stop: int) -> bool:
        """A verb of speech or human doing follows."""
        after = self.words.follows(stop)
        return after is not None and after.low in SPEECH

    def may_act(self, stop: int) -> bool:
        """As above, or "is", "heeft" and such, or "en" with another name."""
        after = self.words.follows(stop)
        if after is None:
            return False
        return after.low in HUMAN or (after.low == "en" and self._names_next(stop + 1))

    def _names_next(self, index: int) -> bool:
        token = self.words.follows(index)
        return (
            token is not None
            and token.cap
            and (self.words.first(token) or token.word.last or self.words.unknown(token))
        )

    def in_place(self, index: int) -> bool:
        before = self.words.before(index)
        return before is not None and before.low in PLACE_BEFORE

    def determined(self, index: int) -> bool:
        before = self.words.before(index)
        return before is not None and before.low in DETERMINERS

    def listed(self, index: int, found: set[int]) -> bool:
        """Beside a name that was found, with a comma or "en" between them."""
        token = self.words.tokens[index]
        before = self.words.at(index - 1)
        if before is None:
            return False
        gap = self.words.text[before.end : token.start]
        if gap.strip() in (",", "&", "/", ";") and (index - 1) in found:
            return True
        return before.low in ("en", "of", "&") and before.joined and (index - 2) in found

    def everyday(self, token: Token, index: int, stop: int) -> bool:
        """An everyday word that here is a first name: "Roos", "Mark", "Wil"."""
        if self.titled(index) or self.labelled(index):
            small = token.low in POPULAR or (self.words.caseless and self.apposed(index))
            return token.cap or self.words.strong_title(index) or small
        if not token.cap:
            return self._small_everyday(token, index, stop)
        if token.upper or self.determined(index) or self.in_place(index):
            return False
        if not token.opens:
            return len(token.text) > 2 or self.inverted(index) or self.acts(stop)
        if token.low in COMMON or len(token.text) < 3:
            return self.acts(stop) or self.presented(stop)
        return self.may_act(stop) or self.is_subject(stop)

    def _small_everyday(self, token: Token, index: int, stop: int) -> bool:
        if token.low not in POPULAR and not (self.words.caseless and token.low in _CASELESS):
            return False
        if self.words.caseless and self.caseless_subject(index, stop):
            return True
        return (self.introduced(index) and not self.determined(index)) or (
            self.acts(stop) and not self.determined(index)
        )

    def is_subject(self, stop: int) -> bool:
        """ "Roos en ik", "Mehret heeft zich ziek gemeld", "Beer van ICT", "- Wil, jurist"."""
        return (
            self.joined_to_self(stop)
            or self._turns_on_itself(stop)
            or self._of_unit(stop)
            or self.did(stop)
            or self._called(stop)
            or self.presented(stop)
        )

    def joined_to_self(self, stop: int) -> bool:
        link, other = self.words.follows(stop), self.words.follows(stop + 1)
        return link is not None and link.low == "en" and other is not None and other.low in _SELVES

    def _turns_on_itself(self, stop: int) -> bool:
        """ "heeft zich", "had mij", "is toen": things seldom do this."""
        verb, rest = self.words.follows(stop), self.words.follows(stop + 1)
        if verb is None or rest is None:
            return False
        return verb.low in HUMAN and rest.low in _OBJECTS

    def did(self, stop: int) -> bool:
        """ "Roos vertaalde", "Mark notuleerde": the past tense of any other verb."""
        verb = self.words.follows(stop)
        return verb is not None and verb.word.word and verb.low.endswith(("erde", "elde", "alde"))

    def _called(self, stop: int) -> bool:
        """ "Mark, doe jij het?"."""
        name, after = self.words.at(stop - 1), self.words.at(stop)
        if name is None or after is None or after.low not in _CALLS:
            return False
        return self.words.text[name.end : after.start] == ", "

    def apposed(self, index: int) -> bool:
        """ "De wijkagent, Mo, kende iedereen"."""
        before, token = self.words.at(index - 1), self.words.tokens[index]
        if before is None or before.low not in TITLES:
            return False
        text = self.words.text
        return text[before.end : token.start] == ", " and text[token.end : token.end + 1] == ","

    def _of_unit(self, stop: int) -> bool:
        """ "van ICT", "van de postkamer"."""
        link, unit = self.words.follows(stop), self.words.follows(stop + 1)
        if link is None or unit is None or link.low != "van":
            return False
        if unit.low in ("de", "het"):
            unit = self.words.follows(stop + 2)
            return unit is not None and unit.low.endswith(UNIT_ENDINGS)
        return unit.upper or (unit.cap and unit.low.endswith(UNIT_ENDINGS))

    def presented(self, stop: int) -> bool:
        """A comma or a bracket, and then what the person does: "Wil, jurist", "Roos (stagiair)"."""
        name, role = self.words.at(stop - 1), self.words.at(stop)
        if name is None or role is None:
            return False
        gap = self.words.text[name.end : role.start]
        if gap.startswith(" (") and self.words.text[name.end + 2 : name.end + 3].isdigit():
            return True
        return gap in (", ", " (", " - ") and self._names_role(stop)

    def _names_role(self, index: int) -> bool:
        """ "jurist", "mijn leidinggevende", "de nieuwe trainee"."""
        tokens = self.words.tokens[index : index + 3]
        if tokens[0].low in TITLES:
            return True
        if tokens[0].low not in DETERMINERS and tokens[0].low not in RELATIVES:
            return False
        return any(token.joined and token.low in TITLES for token in tokens[1:])

    def listed_alone(self, index: int, stop: int) -> bool:
        """A line of a list with nothing but this in it: "1. Quirine"."""
        text, tokens = self.words.text, self.words.tokens
        start, end = tokens[index].start, tokens[stop - 1].end
        line = text[max(0, start - 5) : start].rpartition("\n")[2].strip()
        bullet = line in ("-", "*", "\u2022") or line.rstrip(".)").isdigit()
        return bullet and text[end : end + 1] in ("", "\n", ",", ";")

    def caseless_subject(self, index: int, stop: int) -> bool:
        """Without capitals: "toen mark binnenkwam", "ik heb bas nooit gesproken"."""
        before = self.words.before(index)
        if self.says(stop):
            return not self.determined(index)
        link = self.words.tokens[index - 1].low if index else ""
        if self.words.tokens[index].low in _VERBS_TOO:
            return link in _LEADS_TO_PERSON
        return before is not None and (link in BEFORE or link in HUMAN or link in ("zowel", "als"))

    def stands_in_title(self, index: int) -> bool:
        """ "Ruimte voor Water", "van Werk naar Werk": capitals around it, or a field of work."""
        token = self.words.tokens[index]
        after, before = self.words.follows(index + 1), self.words.at(index - 2)
        if token.low.endswith(UNIT_ENDINGS) or (after is not None and after.cap):
            return True
        link = self.words.before(index)
        if link is not None and link.low == "voor":
            return True
        return before is not None and before.cap and not before.opens
