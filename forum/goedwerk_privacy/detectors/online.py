"""E-mail addresses, web addresses and account names, also where a writer hid the signs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar

from ..finding import Span
from ..tokens import Ask, Document, around
from ..word import Word
from .base import PatternDetector

_TLD = (
    "nl|com|org|net|eu|be|de|fr|uk|info|nu|io|gov|edu|biz|frl|amsterdam|app|dev|tv|online|site|"
    "shop|cloud|me|li|ch|at|es|it|pl|tr|sr|cw|aw|ma|se|dk|fi|no|pt|lu|coop|overheid"
)
_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_AT = (
    r"(?: ?[\[(<{] ?(?:at|apenstaartje|@|apestaartje|ad) ?[\])>}] ?| (?:apenstaartje|"
    r"apestaartje|at) | ?@ ?)"
)
_DOT = r"(?: ?[\[(<{] ?(?:dot|punt|\.) ?[\])>}] ?| (?:punt|dot) |\.)"
_LOCAL = rf"[\w+%'-]{{1,64}}(?:{_DOT}[\w+%'-]{{1,64}}){{0,4}}"


class SignDetector(PatternDetector):
    """Patterns that are searched only around a sign that each match holds."""

    sign: ClassVar[re.Pattern[str]]
    reach: ClassVar[int]

    def spans(self, document: Document) -> Iterator[Span]:
        signs = (sign.span() for sign in self.sign.finditer(document.folded))
        for start, end in around(signs, document.folded, self.reach):
            for pattern in self.patterns:
                for match in pattern.finditer(document.folded, start, end):
                    yield from self.accept(document, match)


class EmailDetector(SignDetector):
    """With an at sign, or with the words people use to hide one."""

    sign = re.compile(r"@|\ba(?:t|d|pen?staartje)\b")
    reach = 400

    kind = "email"
    rank = 97
    patterns = (
        re.compile(r"(?<![\w.+%'-])[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}"),
        re.compile(
            rf"(?<![\w.+%-]){_LOCAL}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}})"
            rf"{{0,3}}{_DOT}(?:{_TLD})\b"
        ),
    )


class UrlDetector(SignDetector):
    """With a scheme, with www, or a bare domain of a known top level; IP addresses too."""

    kind = "url"
    rank = 93
    sign = re.compile(r"[./:\\](?=[a-z0-9/\\])(?!\d\d\d?\b(?![.:]))|\b(?:punt|dot)\b")
    reach = 300
    patterns = (
        re.compile(r"(?<![a-z])(?:h[tx]{2}ps?|ftp|file)://[^\s<>\"\]})]++"),
        re.compile(r"(?<![\w@.-])www\d?\.[^\s<>\"\]})]{3,}+"),
        re.compile(
            rf"(?<![\w@.%+/-])[a-z0-9][a-z0-9-]{{1,62}}(?:\.[a-z0-9-]{{1,63}}){{0,4}}\.(?:{_TLD})"
            r"(?:/[^\s<>\"\]})]*+|\b(?![\w@.-]*@))"
        ),
        re.compile(
            r"(?<![\w.])(?:www|[a-z0-9-]{2,40}) (?:punt|dot) (?:[a-z0-9-]{2,40} (?:punt|"
            r"dot) )?(?:nl|com|org|eu|net)\b(?: (?:slash|schuine streep) [\w-]{1,60})"
            r"{0,3}"
        ),
        re.compile(rf"(?<![\w.])(?:{_OCTET}\.){{3}}{_OCTET}(?![\w]|\.\d)"),
        re.compile(r"(?<![\w:])(?:[0-9a-f]{1,4}:){4,7}:?[0-9a-f]{1,4}(?![\w:])"),
        re.compile(r"\\\\[\w.-]{2,60}\\[^\s<>\"]{2,200}"),
    )

    def accept(self, document: Document, match: re.Match[str]) -> Iterator[Span]:
        end = match.end()
        while end > match.start() and document.text[end - 1] in ".,;:!?'":
            end -= 1
        if end - match.start() >= 4 and not self._is_plain_words(document, match):
            yield Span(match.start(), end, self.kind, self.rank)

    @staticmethod
    def _is_plain_words(document: Document, match: re.Match[str]) -> bool:
        """A sentence that ends without a blank: "klaar.de volgende", "dag.me"."""
        text = document.folded[match.start() : match.end()]
        _, _, tail = text.partition(".")
        return "/" not in text and "." not in tail and tail in ("de", "me", "no", "it", "at", "es")


_ACCOUNT = re.compile(
    "account|gebruiker|user|inlog|login|handle|nickname|schermnaam|twitter|insta|snap|tiktok|"
    "linkedin|facebook|^fb|mastodon|bluesky|telegram|signal|discord|teams-|nummer-login|profiel|"
    "skype"
)


def _names_account(word: Word) -> bool:
    return _ACCOUNT.search(word.low) is not None


class HandleDetector(SignDetector):
    """An at sign before a name, or a name after the word account and its like."""

    kind = "handle"
    rank = 78
    asks: Mapping[str, Ask] = {"account": _names_account}
    sign = re.compile(r"@|\bu/")
    reach = 50
    patterns = (
        re.compile(r"(?<![\w@./+-])@[a-z0-9_](?:[\w.-]{0,38}\w)?"),
        re.compile(r"(?<![\w/])/?u/[a-z0-9_-]{3,30}\b"),
    )
    _after_word = (
        re.compile(
            r"\b(?:account(?:naam)?|gebruikersnaam|username|user ?name|inlog(?:naam)?|"
            r"login(?:naam)?|"
            r"handle|nickname|schermnaam|twitternaam|insta(?:gram)?|twitter|snapchat|snap|tiktok|"
            r"linkedin|facebook|fb|mastodon|bluesky|telegram|signal|discord|teams-naam|"
            r"user-?id|p-?nummer-?login)"
            r"(?:-?(?:account|naam|profiel|handle|gebruiker))?"
            r"(?: (?:is|was|van (?:hem|haar)|heet|heette|met de naam|onder de naam|"
            r"genaamd|naam|account)){0,2}"
            r" ?[:=]? ?[\"'(]?(?P<found>[a-z][a-z]*+(?:[._\d-]++[a-z0-9]++)++[_]?)"
        ),
        re.compile(
            r"\b(?:account(?:naam)?|gebruikersnaam|username|inlognaam|loginnaam|handle|"
            r"nickname|schermnaam)"
            r"(?: (?:is|was|heet|heette))? ?[:=]? ?[\"'](?P<found>[\w.-]{3,40})[\"']"
        ),
        re.compile(
            r"\b(?:gebruikersnaam|username|inlognaam|loginnaam|schermnaam|handle|insta|"
            r"instagram|snapchat|tiktok|telegram|discord)"
            r" ?[:=] ?(?P<found>[a-z0-9_][\w.-]{2,40}\w)"
        ),
        # After such a word a name with a digit in it is an account.
        re.compile(
            r"\b(?:account(?:naam)?|gebruikersnaam|gebruiker|username|inlog(?:naam)?|login(?"
            r":naam)?|handle|"
            r"nickname|schermnaam|profiel|user|insta(?:gram)?|twitter|snapchat|tiktok|"
            r"telegram|discord|facebook|linkedin|skype)"
            r"(?: (?:is|was|heet|heette|naam|account))?[ :=\"'(]{1,4}(?P<found>(?=[a-z._-]"
            r"{0,30}\d)[a-z][\w.-]{2,38}\w)"
        ),
    )
    _word_reach = 100

    def spans(self, document: Document) -> Iterator[Span]:
        yield from super().spans(document)
        tokens = document.tokens
        words = ((tokens[one].start, tokens[one].end) for one in document.places["account"])
        for start, end in around(words, document.folded, self._word_reach):
            for pattern in self._after_word:
                for match in pattern.finditer(document.folded, start, end):
                    yield from self.accept(document, match)

    def accept(self, document: Document, match: re.Match[str]) -> Iterator[Span]:
        for span in super().accept(document, match):
            if document.text[span.end : span.end + 1] != "@":
                yield span
