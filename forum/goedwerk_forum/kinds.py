"""The kinds of contribution and the lenses, in the words of the site's owner.

Kept in the process: a page that shows them asks the database nothing within ``LIFE`` seconds, and
a change is seen by every process within that time. The shipped words are Dutch and translated
where they are shown; what an owner writes stands as she wrote it.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from .models.kinds import ContributionKind, Lens, LensWords, Shape

#: Seconds that a process trusts what it read.
LIFE = 45


@dataclass(frozen=True)
class KindWords:
    """One kind: its key, its words as they are shown now, its shape (a name in the sprite)."""

    key: str
    own_name: str
    own_prompt: str
    own_reply_words: str
    shape: str
    asks_answer: bool = False
    is_in_use: bool = True

    @property
    def name(self) -> str:
        return shown(self.own_name)

    @property
    def prompt(self) -> str:
        return shown(self.own_prompt)

    @property
    def reply_words(self) -> str:
        return shown(self.own_reply_words)


@dataclass(frozen=True)
class LensName:
    """One lens: its key, its name and its question as they are shown now."""

    key: str
    own_name: str
    own_question: str

    @property
    def name(self) -> str:
        return shown(self.own_name)

    @property
    def question(self) -> str:
        return shown(self.own_question)


#: The kind in which one looks through the eyes of somebody else, and may say whose.
PERSPECTIVE = "perspectief"
#: What a site starts with, in the order of the form; the migration brings the same rows.
SHIPPED = (
    KindWords(
        "ervaring",
        gettext_noop("Ervaring"),
        gettext_noop("Wat maakte jij mee, en wat deed je?"),
        gettext_noop("Reageer op deze ervaring"),
        Shape.CORE,
    ),
    KindWords(
        "vraag",
        gettext_noop("Vraag"),
        gettext_noop("Wat wil je weten om dit beter te begrijpen?"),
        gettext_noop("Geef antwoord op deze vraag"),
        Shape.ARC,
        asks_answer=True,
    ),
    KindWords(
        "afweging",
        gettext_noop("Afweging"),
        gettext_noop("Wat weegt zwaar, wat licht, en waarom?"),
        gettext_noop("Weeg mee"),
        Shape.SCALES,
    ),
    KindWords(
        PERSPECTIVE,
        gettext_noop("Perspectief"),
        gettext_noop("Hoe ziet dit eruit door de ogen van een ander?"),
        gettext_noop("Reageer op dit perspectief"),
        Shape.VIEW,
    ),
    KindWords(
        "tegenspraak",
        gettext_noop("Loyale tegenspraak"),
        gettext_noop("Waar zie je het anders, en wat deel je wel?"),
        gettext_noop("Reageer op deze tegenspraak"),
        Shape.PAIR,
    ),
    KindWords(
        "waardering",
        gettext_noop("Waardering"),
        gettext_noop("Wat deed iemand goed, en wat leverde het op?"),
        gettext_noop("Reageer op deze waardering"),
        Shape.FLOWER,
    ),
)
SHIPPED_LENSES = (
    LensName(
        Lens.CAPABLE.value,
        gettext_noop("bekwaam"),
        gettext_noop("Wat vraagt dit van je vak?"),
    ),
    LensName(
        Lens.ENGAGED.value,
        gettext_noop("betrokken"),
        gettext_noop("Wie raakt dit, en wat raakt het bij jou?"),
    ),
    LensName(
        Lens.TRUSTWORTHY.value,
        gettext_noop("betrouwbaar"),
        gettext_noop("Kun je uitleggen wat je deed, aan iedereen?"),
    ),
)
#: Words that are translated; any others are the owner's.
_SHIPPED_WORDS = frozenset(
    words for kind in SHIPPED for words in (kind.own_name, kind.own_prompt, kind.own_reply_words)
) | frozenset(words for lens in SHIPPED_LENSES for words in (lens.own_name, lens.own_question))


def shown(words: str) -> str:
    """The owner's words as they stand; the shipped ones in the reader's language."""
    return gettext(words) if words in _SHIPPED_WORDS else words


@dataclass(frozen=True)
class _Held:
    """What a process read, and when (on the clock that never goes back)."""

    kinds: tuple[KindWords, ...]
    lenses: tuple[LensName, ...]
    read_at: float


_held: _Held | None = None


def hold(kinds: tuple[KindWords, ...], lenses: tuple[LensName, ...]) -> None:
    """Keeps these in the process for ``LIFE`` seconds."""
    global _held
    _held = _Held(kinds, lenses, time.monotonic())


def forget() -> None:
    """The next reader asks the database again."""
    global _held
    _held = None


def _current() -> _Held:
    held = _held
    if held is None or time.monotonic() - held.read_at > LIFE:
        kinds = tuple(_words(row) for row in ContributionKind.objects.all())
        lenses = tuple(LensName(row.key, row.name, row.question) for row in LensWords.objects.all())
        # A database that was emptied has none: then the shipped ones hold.
        hold(kinds or SHIPPED, lenses or SHIPPED_LENSES)
        return _current()
    return held


def _words(row: ContributionKind) -> KindWords:
    return KindWords(
        key=row.key,
        own_name=row.name,
        own_prompt=row.prompt,
        own_reply_words=row.reply_words,
        shape=row.shape,
        asks_answer=row.asks_answer,
        is_in_use=row.is_in_use,
    )


def every() -> tuple[KindWords, ...]:
    """All kinds, those out of use included, in the owner's order."""
    return _current().kinds


def in_use() -> tuple[KindWords, ...]:
    """The kinds that a writer can choose, in the owner's order; at least one."""
    return tuple(kind for kind in every() if kind.is_in_use)


def words_of(key: str) -> KindWords:
    """One kind, in use or not; for a key that nobody knows its own letters."""
    for kind in every():
        if kind.key == key:
            return kind
    return KindWords(key, key.capitalize(), "", "", Shape.CORE, is_in_use=False)


def choices(*, also: Iterable[str] = ()) -> list[tuple[str, str]]:
    """(key, name) of what can be chosen now, and of ``also``: what an older text has already."""
    kept = set(also)
    return [(kind.key, kind.name) for kind in every() if kind.is_in_use or kind.key in kept]


def all_choices() -> list[tuple[str, str]]:
    """(key, name) of every kind that there is: for filters over what was said."""
    return [(kind.key, kind.name) for kind in every()]


def asking() -> list[str]:
    """Keys of the kinds that wait for an answer."""
    return [kind.key for kind in every() if kind.asks_answer]


def lenses() -> tuple[LensName, ...]:
    """The three lenses in fixed order."""
    return _current().lenses


def lens_of(key: str) -> LensName:
    """One lens; for a key that nobody knows its own letters."""
    return next((lens for lens in lenses() if lens.key == key), LensName(key, key, ""))
