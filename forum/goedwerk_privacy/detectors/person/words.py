"""What one word may be in a name, answered from its form and the lists."""

from __future__ import annotations

from ...tokens import Document, Token
from ...vocabulary import DETERMINERS, FUNCTION_WORDS, PARTICLES, STRONG_TITLES, TITLES
from ...wordset import word_set

# Everyday words that are popular as a first name: in small letters they count after
# "met" or before "zei", where the word itself would need an article.
POPULAR = word_set("""
    roos mark iris jasmijn amber linde merel fleur max frank job ernst ton leen lies trees mees
    mats pascal robin rose ruby dean guy bill ed ad bo jo ko sam ties wolf bas don donna emir
    raven rein sari sherry viola violet ken mart mara marina maxima anders inga alma aurora hope
    ester flora gemma gloria corona daisy demi dino jade jasmin jet jun lolita lot mina mira mirte
    nova omer rico rim rui rune sol steen sterre storm titi toon twan vera wil can eva
""") - word_set("""
    can job anders ad steen lot corona wil rim bas
""")
# Everyday words so common that only a verb of speech makes them a name.
COMMON = word_set("""
    wil anders alle alla toon ernst lies bas max job can eva era ken lag lot set
""")


class Words:
    """The tokens of a document, with questions a grammar of names asks of them."""

    def __init__(self, document: Document) -> None:
        self.tokens: list[Token] = document.tokens
        self.text: str = document.text
        self.caseless: bool = document.caseless

    def at(self, index: int) -> Token | None:
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def follows(self, index: int) -> Token | None:
        """The word at this place when only blanks part it from the one before."""
        token = self.at(index)
        return token if token is not None and token.joined else None

    def before(self, index: int) -> Token | None:
        """The word before this place in the same phrase ("dhr." may have its full stop)."""
        token = self.at(index)
        if token is None or not (token.joined or token.dotted):
            return None
        return self.at(index - 1)

    def first(self, token: Token) -> bool:
        """A first name, also with an s behind it: "Jans idee"."""
        word = token.word
        return word.first or (word.genitive and not token.opens and not word.word)

    def word(self, token: Token) -> bool:
        """An everyday word; a capital inside a sentence on "Ruitenbeek" is no compound."""
        word = token.word
        if token.cap and not token.opens and word.likely:
            return word.listed or word.other
        return word.word

    def capital(self, token: Token) -> bool:
        """Written as a name: a capital and then small letters, or several such parts."""
        return token.cap and not token.upper and len(token.text) > 1

    def camel(self, token: Token) -> bool:
        parts = token.text.replace("'", "-").split("-")
        return any(
            part[1:].lower() != part[1:] and not part.startswith(("IJ", "Mc", "Mac", "De", "Van"))
            for part in parts
            if part
        )

    def unknown(self, token: Token) -> bool:
        """A capital on a word that is in no list: a name, or the name of a thing."""
        return (
            self.capital(token)
            and len(token.text) > 2
            and not self.camel(token)
            and not self.word(token)
            and not token.word.place
            and token.low not in FUNCTION_WORDS
            and token.low not in STRONG_TITLES
            and token.low not in TITLES
        )

    def initial(self, index: int) -> bool:
        token = self.at(index)
        if token is None or len(token.text) > 2:
            return False
        letters = len(token.text) == 1 or token.low in ("th", "ch", "ij", "ph", "st", "fr", "jo")
        return letters and self.text[token.end : token.end + 1] == "."

    def strong_title(self, index: int) -> bool:
        before = self.before(index)
        return before is not None and before.low in STRONG_TITLES

    def title(self, index: int) -> bool:
        before = self.before(index)
        return before is not None and before.low in TITLES

    def determined(self, index: int) -> bool:
        before = self.at(index - 1) if self.follows(index) else None
        return before is not None and before.low in DETERMINERS

    def particle(self, token: Token) -> bool:
        return token.low in PARTICLES
