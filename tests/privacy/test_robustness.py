"""Any string, however strange or long: no error, no overlap, the same answer."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goedwerk_privacy import KINDS, Finding, abstract, find

_PIECES = st.sampled_from(
    [
        *[
            "Jan",
            "jan",
            "van",
            "den",
            "Berg",
            "mevrouw",
            "dhr.",
            "J.",
            "@",
            ".",
            ",",
            "-",
            "'",
            "06",
            "12345678",
            "NL",
            "15",
            "INGB",
            "Kerkstraat",
            "12",
        ],
        *[
            "Almelo",
            "in",
            "het",
            "€",
            "1.000",
            "euro",
            "geboren",
            "zaaknummer",
            "Z/21/004567",
            "www.",
            "voorbeeld.nl",
            "punt",
        ],
        *["apenstaartje", "Stichting", "Het", "İ", "ß", "ﬁ", "１"],
        *('"', "De Vries", "1234 AB", "burgemeester van", "de enige", "vrouw", "12 maart 2021"),
        *("\u200b", "\u00ad", "\u0301", "\ud800", "\x00", "\n", "\t", "\u00a0"),
    ]
)
_MIXED = st.lists(_PIECES, max_size=40).map(" ".join) | st.lists(_PIECES, max_size=40).map("".join)
_UNITS = (
    "a", "A", "Aa ", "1", "1 ", "12-", ". ", "@", "a@", "a.", "-", "'", "a-", "a'", "van ",
    "J. ", "de heer ", "\u200b", "e\u0301", "\ud800", "\x00", "Stichting A ", "Jan ",
    "jan van ", '"', "(at)", "a punt ", "1.", "1.000.", "nul een ", "nl12", "http://", "een ",
    "de enige ", "A & ", "Kerkstraat ", "burgemeester van ", "\n", "0/", "a/1", "ab-1-",
    "zaaknummer ", "geboren 1-1-1980 ", "Öö-", ":1", "+31 ", "(0", "\\\\a", "x.nl/",
    "de brand in de ", "memo was ", 'in het rapport staat: "', "İ", "huishuis", "A.B.", "€ 1 ",
    "be68 ", "be68 5390 ", "Jan, ", "Qq Ww ", "ik was de enige vrouw in het mt in het mt ",
)  # fmt: skip


def _sound(text: str, findings: list[Finding]) -> None:
    position = 0
    for finding in findings:
        assert position <= finding.start < finding.end <= len(text)
        assert finding.kind in KINDS
        assert finding.suggestions
        assert finding.why_nl
        assert finding.why_en
        position = finding.end


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=200) | _MIXED)
@settings(max_examples=250, deadline=None)
def test_any_text_gives_sound_findings(text: str) -> None:
    findings = find(text)
    _sound(text, findings)
    assert findings == find(text)
    abstract(text, findings)


@given(_MIXED)
@settings(max_examples=100, deadline=None)
def test_invisible_characters_hide_nothing_and_shift_nothing(text: str) -> None:
    stretched = "\u200b".join(text)
    found = [(one.kind, text[one.start : one.end]) for one in find(text.replace("\u200b", ""))]
    again = [
        (one.kind, stretched[one.start : one.end].replace("\u200b", "")) for one in find(stretched)
    ]
    assert [kind for kind, _ in again] == [kind for kind, _ in found]


@pytest.mark.parametrize("unit", _UNITS, ids=repr)
def test_repetition(unit: str) -> None:
    text = (unit * (12_000 // len(unit)))[:12_000]
    _sound(text, find(text))


@pytest.mark.slow
@pytest.mark.parametrize("unit", _UNITS, ids=repr)
def test_much_repetition(unit: str) -> None:
    text = (unit * (200_000 // len(unit)))[:200_000]
    _sound(text, find(text))
