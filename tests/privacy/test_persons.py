"""Names in all their Dutch shapes, and words that only look like one."""

from __future__ import annotations

import pytest

from goedwerk_privacy import find


def people(text: str) -> list[str]:
    return [text[one.start : one.end] for one in find(text) if one.kind == "person"]


@pytest.mark.parametrize(
    "name",
    [
        "Rukiye Özdemir", "Wesley Zijderveld", "Khadija Oulad Ali", "Raj Bhagwandin",
        "Piotr Zawadzki",
        "Hinke Postma", "Jurriaan Uytterlinde", "Gijs ter Horst", "Willemijn Op den Akker",
        "Pieter in 't Veld", "Karin van der Made", "Elif Şahin-de Boer", "Berend Jan ten Broeke",
        "Zoë de l'Ecluse", "Anneke d'Hondt", "Ton Snel", "Mees de Wild", "Brahim Ait Lahcen",
        "J.P. van Zuylen", "A. El Khattabi", "Amina Warsame", "Oleksandr Tymoshchuk",
        "Ka Wai Cheung",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "sentence",
    [
        "Gisteren vertelde {} dat het klaar was.",
        "{} belde mij op.",
        "De klacht van {} ligt er nog.",
    ],
)
def test_a_whole_name_is_one_finding(sentence: str, name: str) -> None:
    assert people(sentence.format(name)) == [name]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ik sprak met fatima el amrani over de brief", ["fatima el amrani"]),
        ("mevrouw van den berg kwam langs", ["van den berg"]),
        ("dhr. p. jansen wil zijn dossier inzien", ["p. jansen"]),
        ("FATIMA EL IDRISSI stond erboven", ["FATIMA EL IDRISSI"]),
        ("Sanne's voorstel was beter.", ["Sanne"]),
        ("Roos vond het goed en Mark zei niets.", ["Roos", "Mark"]),
        ("Mijn collega Bloem lachte.", ["Bloem"]),
        ("De Wit zei niets.", ["De Wit"]),
        ("Bakker belde mij op.", ["Bakker"]),
        ("Toen greep Storm in.", ["Storm"]),
        ("Aan: Marieke; CC: Ineke Smit, Pjotr", ["Marieke", "Ineke Smit", "Pjotr"]),
        ("Ik ken Omar en Kwinsy goed.", ["Omar", "Kwinsy"]),
        ("Het was Henk van Financiën.", ["Henk"]),
        ("De zoon van Daan belde.", ["Daan"]),
        ("Kwabena zuchtte. Later lachte Kwabena weer.", ["Kwabena", "Kwabena"]),
        ("Dhr J Bakker tekende.", ["J Bakker"]),
        ("Beer van ICT had het gezien.", ["Beer"]),
        ("Frank en ik waren het eens.", ["Frank"]),
        ("Mark, doe jij het?", ["Mark"]),
        ("De wijkagent, Mo, kende iedereen.", ["Mo"]),
        ("Ömer vertaalde alles.", ["Ömer"]),
        ("Toen stond Nardus Timmer op.", ["Nardus Timmer"]),
        ("Niemand geloofde Quirinda.", ["Quirinda"]),
        ("Quirinda (42) woont alleen.", ["Quirinda"]),
        ("Quirinda is al jaren onze jurist.", ["Quirinda"]),
        ("1. Quirinda\n2. de voorzitter", ["Quirinda"]),
        ("Ik sprak met Zwaluwnest over de brief.", ["Zwaluwnest"]),
        ("Aan: Postma, Klaas", ["Postma, Klaas"]),
        ("De brief van J.H. van Boxtel ligt er.", ["J.H. van Boxtel"]),
        ("Ik kende Maria da Silva goed.", ["Maria da Silva"]),
        ("De familie Gebreselassie wacht.", ["Gebreselassie"]),
    ],
)
def test_names_by_context(text: str, names: list[str]) -> None:
    assert people(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Jan met de pet begrijpt onze brieven niet.",
        "Van Dale geeft drie betekenissen.",
        "Zij spreken Engels, Duits of Frans.",
        "Onze adviseur Water en de jurist Wonen vragen meer.",
        "Wij spraken over Omgevingsvisie en Woningwet.",
        "Het is een moreel kompas, een True North.",
        "Jip-en-Janneketaal is een vak.",
        "Roos en grijs waren de kleuren van de folder.",
        "De wil om te veranderen was er wel.",
        "Het mark van de zaak is dat niemand wil.",
        "Max 5 personen per zaal.",
        "Bos en natuur horen bij ons werk.",
        "Ruimte voor Water is een mooi programma.",
        "Wij kozen voor optie A. Daarna ging het mis.",
        "De Raad wilde niet en de Kamer ook niet.",
        "We noemen haar mevrouw X.",
        "Meneer de voorzitter, dank u wel.",
        "Kafka en Max Weber zagen het al.",
        "Anders dan ik dacht, was hij niet boos.",
    ],
)
def test_words_that_are_no_names(text: str) -> None:
    assert people(text) == []
