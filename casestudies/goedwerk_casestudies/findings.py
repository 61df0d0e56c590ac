"""What the finder sees in a raw experience and in what was made of it so far.

Findings are looked up anew at each reading, never kept: an edited text has new ones. The same
person, place or number gets the same suggestion in all parts, also after some of its forms were
replaced: the names of the raw text and those decided on before are counted with the rest.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from goedwerk_privacy import Finding, Severity, find
from goedwerk_privacy.abstraction import suggest
from goedwerk_privacy.cleaning import clean, fold

from .raw import Raw
from .work import PARTS, Decision, Work

_BETWEEN = "\n\n"


@dataclass(frozen=True)
class Seen:
    """A finding in one part; ``group`` is the same for all forms of one person, place or number.

    ``number`` counts the open ones in reading order; ``key`` names the place without its words.
    """

    part: str
    start: int
    end: int
    kind: str
    severity: Severity
    words: str
    group: str
    suggestions: tuple[str, ...]
    key: str = ""
    number: int = 0


@dataclass(frozen=True)
class Examined:
    """``open`` waits for a decision, ``kept`` may stay, ``raw`` is what the raw text holds."""

    open: list[Seen]
    kept: list[Seen]
    raw: list[Seen]

    def left(self) -> dict[Severity, int]:
        """How many wait, per severity."""
        counted = Counter(seen.severity for seen in self.open)
        return {severity: counted[severity] for severity in Severity}

    def find_key(self, key: str) -> Seen | None:
        return next((seen for seen in self.open if seen.key == key), None)

    def same(self, one: Seen) -> list[Seen]:
        """All open places of the same person, place or number."""
        return [seen for seen in self.open if seen.group == one.group]


def folded(words: str) -> str:
    """Words as they are compared: whatever their casing, accents and apostrophes."""
    return fold(clean(words).text)


def may_stay(words: str, kept: Iterable[str]) -> bool:
    """Whether words are among those kept, or whole words of one: a surname of a full name."""
    wanted = folded(words)
    return any(f" {wanted} " in f" {folded(phrase)} " for phrase in kept)


def examine(raw: Raw, work: Work) -> Examined:
    """Looks for traceable words in the raw text and in the texts of now."""
    before = _found(raw.parts())
    now = _found(work.texts, [seen.words for seen in before if seen.kind == "person"])
    earlier = [(decision.kind, words) for decision in work.decisions for words in decision.words]
    pieces = [*_pieces(before), *earlier, *_pieces(now)]
    advice = _advice(pieces)
    groups = [
        _group(kind, words, suggestions)
        for (kind, words), suggestions in zip(pieces, advice, strict=True)
    ]
    chosen = _chosen(work.decisions, groups[len(before) :])
    from_now = len(before) + len(earlier)
    kept = [words for words, _reason in work.kept()]
    seen_now = [
        replace(seen, group=group, suggestions=_with_choice(suggestions, chosen.get(group)))
        for seen, group, suggestions in zip(now, groups[from_now:], advice[from_now:], strict=True)
    ]
    return Examined(
        open=_numbered(seen for seen in seen_now if not may_stay(seen.words, kept)),
        kept=[seen for seen in seen_now if may_stay(seen.words, kept)],
        raw=before,
    )


def _found(texts: Mapping[str, str], names: Iterable[str] = ()) -> list[Seen]:
    """The findings of all parts, read as one text: a surname is known by the name before it.

    A name that was found once, or is one of ``names``, is found wherever it stands.
    """
    seen = _found_by_rules(texts)
    known = {*names, *(one.words for one in seen if one.kind == "person")}
    found = [*seen, *_elsewhere(texts, seen, known)]
    return sorted(found, key=lambda one: (PARTS.index(one.part), one.start))


def _elsewhere(
    texts: Mapping[str, str], seen: Sequence[Seen], names: Iterable[str]
) -> Iterator[Seen]:
    """The other places of names that the rules saw in one place: "de familie Kuipers"."""
    forms = {form for name in names for form in (name, *name.split()) if _is_name(form)}
    if not forms:
        return
    longest_first = sorted(forms, key=len, reverse=True)
    # With the s of a possessive behind it, which stays: "Kwispelaars chef".
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?=s?(?!\w))")
    for part, text in texts.items():
        taken = [(one.start, one.end) for one in seen if one.part == part]
        for match in pattern.finditer(text):
            start, end = match.span()
            if all(end <= first or start >= last for first, last in taken):
                yield Seen(part, start, end, "person", Severity.MUST, match.group(), "", ())


def _is_name(form: str) -> bool:
    """Whether a name or a part of one says enough to be looked for by itself."""
    return len(form) > 3 and form[0].isupper()


def _found_by_rules(texts: Mapping[str, str]) -> list[Seen]:
    parts = [part for part in PARTS if texts.get(part)]
    seen = []
    offset = 0
    findings = find(_BETWEEN.join(texts[part] for part in parts))
    for part in parts:
        end = offset + len(texts[part])
        seen += [
            _seen(part, texts[part], finding, offset)
            for finding in findings
            if offset <= finding.start < end
        ]
        offset = end + len(_BETWEEN)
    return seen


def _seen(part: str, text: str, finding: Finding, offset: int) -> Seen:
    start, end = finding.start - offset, min(finding.end - offset, len(text))
    words = text[start:end]
    return Seen(part, start, end, finding.kind, finding.severity, words, "", finding.suggestions)


def _pieces(seen: Iterable[Seen]) -> Iterator[tuple[str, str]]:
    return ((one.kind, one.words) for one in seen)


def _advice(pieces: Sequence[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Suggestions for words that come from several texts, as if they stood in one."""
    text, spans = "", []
    for kind, words in pieces:
        plain = clean(words).text
        spans.append(Finding(len(text), len(text) + len(plain), kind, Severity.HINT, ()))
        text += plain + "\n"
    return suggest(text, spans)


def _group(kind: str, words: str, suggestions: tuple[str, ...]) -> str:
    """A person goes by her label, whatever form of the name; all else by its words."""
    return suggestions[0] if kind == "person" else f"{kind} {folded(words)}"


def _chosen(decisions: Iterable[Decision], groups: Sequence[str]) -> dict[str, str]:
    """What was put in the place of each group last."""
    chosen: dict[str, str] = {}
    place = 0
    for decision in decisions:
        if not decision.is_kept:
            chosen |= dict.fromkeys(groups[place : place + len(decision.words)], decision.put)
        place += len(decision.words)
    return chosen


def _with_choice(suggestions: tuple[str, ...], choice: str | None) -> tuple[str, ...]:
    """What was chosen for this person or place before comes first."""
    return tuple(dict.fromkeys([choice, *suggestions])) if choice else suggestions


def _numbered(seen: Iterable[Seen]) -> list[Seen]:
    met: Counter[str] = Counter()
    numbered = []
    for number, one in enumerate(seen, start=1):
        name = f"{one.part} {one.kind} {folded(one.words)}"
        met[name] += 1
        key = hashlib.sha256(f"{name} {met[name]}".encode("utf-8", "replace")).hexdigest()[:16]
        numbered.append(replace(one, number=number, key=key))
    return numbered
