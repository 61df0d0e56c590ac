"""Texts without capitals, and in capitals only."""

from __future__ import annotations

import pytest

from goedwerk_privacy import find


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("toen mark binnenkwam viel het stil", ["mark"]),
        ("zij werkt bij stichting de brug als hulp", ["stichting de brug"]),
        ("de burgemeester van losser zweeg", ["burgemeester van losser"]),
        ("het hoofd handhaving zei nee", ["hoofd handhaving"]),
        ("JAN DE BOER UIT ALMELO KREEG GELIJK", ["JAN DE BOER", "ALMELO"]),
        ("de secretaris-generaal van vws belde", ["secretaris-generaal van vws"]),
        ("gisteren sprak visser mij aan", ["visser"]),
        ("volgens van dam klopt het", ["van dam"]),
        ("de brief is ondertekend door tesfazghi", ["tesfazghi"]),
        ("dat zei de wit ook", ["de wit"]),
        ("roos en ik waren het eens", ["roos"]),
        ("groet,\noukje", ["oukje"]),
        ("onze wethouder, anton kleibeuker, belde", ["anton kleibeuker"]),
        ("toen belde omgevingsdienst zuidkust", ["omgevingsdienst zuidkust"]),
        ("de directie participatie is opgeheven", ["directie participatie"]),
        ("het werk ging naar van drunen bestratingen bv", ["van drunen bestratingen bv"]),
        ("ze woont aan de pieter de hoochstraat 41", ["pieter de hoochstraat 41"]),
        ("woonachtig te drachten", ["drachten"]),
        ("OP 6573 CK BEEK", ["6573 CK", "BEEK"]),
    ],
)
def test_found_without_the_help_of_capitals(text: str, found: list[str]) -> None:
    assert [text[one.start : one.end] for one in find(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "de visser en de bakker vonden het te duur",
        "wij begonnen de sleutels terug te zetten",
        "hij is in best veel gevallen de enige die belt",
        "de stichting wil dat het bureau kijkt wat het team doet",
        "het college van burgemeester en wethouders beslist",
        "ik ken de verantwoordelijkheid van de eindverantwoordelijke",
        "met wie werk je samen en wie beslist er",
        "de ambtenaar vroeg of het kon en de directeur zei nee",
    ],
)
def test_plain_small_letters_are_left_alone(text: str) -> None:
    assert find(text) == []
    assert find(text.upper()) == []
