"""Details that single out only together: functions, places, dates, amounts, events, markings."""

from __future__ import annotations

import pytest

from goedwerk_privacy import find
from goedwerk_privacy.lists import lines_of, table_of


def marked(text: str) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in find(text)]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("role_at_place", "burgemeester van Losser"), ("role_at_place", "hoofd Handhaving"),
        ("role_at_place", "teamleider bij de gemeente Almelo"), ("role_at_place", "SG van VWS"),
        ("role_at_place", "dijkgraaf van het waterschap Vechtstromen"),
        ("role_at_place", "beleidsmedewerker jeugd bij de gemeente Tubbergen"),
        ("organisation", "Stichting De Brug"), ("organisation", "Bureau Van Dam & Partners"),
        ("organisation", "Waterschap Rijn en IJssel"), ("organisation", "Huurcommissie"),
        ("organisation", "directie Ambtenaar en Organisatie"), ("municipality", "Bergen op Zoom"),
        ("municipality", "Den Haag"), ("municipality", "Súdwest-Fryslân"), ("date",
        "12 maart 2021"),
        ("date", "14-03-2022"), ("date", "3 oktober"), ("date", "november 2020"), ("date",
        "de eerste mei"),
        ("amount", "€ 125.000"), ("amount", "2,3 miljoen euro"), ("amount", "twaalfduizend euro"),
        ("role_at_place", "raadslid van D66 in Almere"), ("role_at_place", "directeur van het CAK"),
        ("role_at_place", "gedeputeerde voor natuur in Drenthe"),
        ("role_at_place", "hoofd bedrijfsvoering van de veiligheidsregio"),
        ("unique_event", "onderaan de ranglijst"),
        ("unique_event", "als slechtste uit de benchmark"),
        ("unique_event", "als enige vrouw"), ("confidential", "niet openbaar"),
        ("confidential", "een officiële waarschuwing"),
        ("unique_event", "de enige vrouw in het team"), ("confidential", "vertrouwelijke nota"),
        ("confidential", "schriftelijke berisping"), ("confidential", "Dep. V."),
    ],
)  # fmt: skip
def test_found_bare_in_a_sentence(kind: str, value: str) -> None:
    assert (kind, value) in marked(f"Toen ging het over {value}, zei men.")


@pytest.mark.parametrize("row", table_of("municipalities.txt")[::5], ids=lambda row: row[0])
def test_each_municipality_is_found_after_its_head_word(row: tuple[str, ...]) -> None:
    assert marked(f"Bij de gemeente {row[0]} ging het anders.")[0][0] == "municipality"


def test_the_official_lists_are_complete() -> None:
    assert len(table_of("municipalities.txt")) == 342
    assert len({province for _, province in table_of("municipalities.txt")}) == 12
    assert len(lines_of("waterboards.txt")) == 21


@pytest.mark.parametrize(
    "text",
    [
        "Bij het ministerie van Binnenlandse Zaken en Koninkrijksrelaties kennen ze dit.",
        "De Belastingdienst, het UWV en de Tweede Kamer vroegen om cijfers.",
        "Ik werk als jurist bij een gemeente en daarvoor bij een ministerie.",
        "De eerste stap is luisteren; de enige manier is eerlijk zijn.",
        "Vertrouwelijke informatie deel je niet.",
        "Iedere gemeente heeft een burgemeester en een griffier.",
        "Het kostte drie weken en tonnen aan inspanning.",
        "Wij kampen met een tekort en huizen in een oud pand.",
    ],
)
def test_general_words_are_left_alone(text: str) -> None:
    assert marked(text) == []


def test_a_later_mention_of_an_organisation_without_its_head() -> None:
    text = "Stichting Klimaanker hielp ons. Later belde Klimaanker terug."
    assert [text[one.start : one.end] for one in find(text) if one.kind == "organisation"] == [
        "Stichting Klimaanker",
        "Klimaanker",
    ]
