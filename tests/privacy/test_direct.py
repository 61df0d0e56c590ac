"""Numbers, addresses and accounts: right, sloppy, hidden, and look-alikes."""

from __future__ import annotations

import pytest

from goedwerk_privacy import find


def marked(text: str) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in find(text)]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("bsn", "259979259"), ("bsn", "2488.19.343"), ("bsn", "268 098 104"),
        ("iban", "NL15 INGB 3720 1402 58"), ("iban", "nl66rabo7351352029"), ("iban",
        "NL15-INGB-3720-1402-58"),
        ("iban", "DE89 3704 0044 0532 0130 00"), ("iban", "FR14 2004 1010 0505 0001 3M02 606"),
        ("phone", "06-12345678"), ("phone", "+31 6 1234 5678"), ("phone", "0031612345678"),
        ("phone", "070 - 339 12 34"), ("phone", "(0546) 54 12 34"), ("phone", "+31(0)30-2345678"),
        ("phone", "+212 661 234567"), ("phone", "nul zes een twee drie vier vijf zes zeven acht"),
        ("email", "f.elamrani@voorbeeldstad.nl"), ("email",
        "jan punt jansen apenstaartje voorbeeld punt nl"),
        ("email", "k.owusu [at] voorbeeld [dot] nl"), ("email", "team(at)voorbeeld.nl"),
        ("url", "https://www.voorbeeld.nl/a?b=c"), ("url", "www.voorbeeld.nl"), ("url",
        "voorbeeld.nl/pad"),
        ("url", "192.168.14.22"), ("handle", "@fatima.amr"), ("handle", "u/boze_ambtenaar"),
        ("address", "Kerkstraat 12a"), ("address", "Laan van Meerdervoort 212-B"), ("address",
        "Postbus 20011"),
        ("address", "Burgemeester van Roijenlaan 114"), ("postcode", "7606 JV"), ("postcode",
        "1234ab"),
        ("plate", "GB-123-X"), ("plate", "12-abc-3"), ("casenumber", "ECLI:NL:RBDHA:2020:1234"),
        ("casenumber", "C/09/123456 / HA ZA 20-123"), ("casenumber", "202103456/1/A2"),
        ("casenumber", "Z/21/004567"), ("casenumber", "BZK-2021-0000456789"),
    ],
)  # fmt: skip
def test_found_bare_in_a_sentence(kind: str, value: str) -> None:
    assert marked(f"Het ging om {value}, zei men.") == [(kind, value)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bsn 123456789 klopt niet", ("bsn", "123456789")),
        ("Toestel 4512 werd niet opgenomen.", ("phone", "4512")),
        ("Hij logde in met gebruikersnaam jjansen01.", ("handle", "jjansen01")),
        ("Het kenteken is k 123 ab, zei hij.", ("plate", "k 123 ab")),
        ("Zij is geboren op 12 maart 1980 en woont alleen.", ("birthdate", "12 maart 1980")),
        ("Het kind (geb. 2012) woont bij oma.", ("birthdate", "2012")),
        ("Zijn geboortedatum, 23 juni 1991, stond erbij.", ("birthdate", "23 juni 1991")),
        ("Mijn personeelsnummer is 00451278.", ("casenumber", "00451278")),
        ("Zie parketnummer 09-123456-20.", ("casenumber", "09-123456-20")),
        ("Hij woont in de Tulpenstraat.", ("address", "Tulpenstraat")),
        ("Zij woont op Achterom 14, zei ze.", ("address", "Achterom 14")),
        ("Een woning aan 't Zand 22 brandde af.", ("address", "'t Zand 22")),
        ("postcode 1382 ah is genoeg", ("postcode", "1382 ah")),
        ("Ze is van 14 februari 1990, dus jong.", ("birthdate", "14 februari 1990")),
        ("Zij is van '67 en werkt nog.", ("birthdate", "'67")),
        ("ik had xn 831 p als kenteken", ("plate", "xn 831 p")),
    ],
)
def test_found_by_the_word_before_it(text: str, found: tuple[str, str]) -> None:
    assert marked(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "Bel 112 bij nood en 113 als je aan zelfmoord denkt.",
        "Er wonen 123.456.789 mensen, of 1234567 misschien.",
        "Artikel 2:4 Awb en artikel 1019 RV gelden hier.",
        "In 2019 is dat veranderd, en in 2021 in alles.",
        "Zie paragraaf 2.3.1 en versie 1.2.",
        "Om 14.30 uur reed de bus, in 2019 om precies te zijn.",
        "De agenda-2030 en covid-2019 kwamen ter sprake.",
        "Klaar.de volgende stap is bellen.",
        "Thema 4 en Thema 5 gaan over werk.",
    ],
)
def test_look_alikes_are_left_alone(text: str) -> None:
    assert marked(text) == []
