"""Suggestions: the same for the same person, from a vocabulary that can be changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from goedwerk_privacy import abstract, extend_vocabulary, find, read_vocabulary
from goedwerk_privacy.kinds import KINDS
from goedwerk_privacy.phrasebook import default_vocabulary


def abstracted(text: str) -> str:
    return abstract(text, find(text))


def test_one_person_keeps_one_letter() -> None:
    text = "Fatima El Amrani belde. Joost luisterde. Later mailde Fatima, en El Amrani tekende."
    assert abstracted(text) == (
        "[collega A] belde. [collega B] luisterde. "
        "Later mailde [collega A], en [collega A] tekende."
    )


def test_letters_follow_the_order_of_the_text() -> None:
    assert abstracted("Sanne sprak met Joost Hageman.") == "[collega A] sprak met [collega B]."


def test_a_place_becomes_its_region() -> None:
    assert abstracted("Het was in Almelo.") == "Het was in [een gemeente in het oosten]."


def test_a_second_place_of_one_region_gets_a_letter() -> None:
    text = "Eerst in Almelo, toen in Borculo, Hengelo en weer in Almelo."
    assert abstracted(text).count("[een gemeente in het oosten]") == 2
    assert "[een gemeente in het oosten B]" in abstracted(text)


def test_a_date_becomes_a_part_of_the_year() -> None:
    assert abstracted("Op 12 november 2021 viel de brief.") == "Op [eind 2021] viel de brief."


def test_an_amount_becomes_its_order_of_size() -> None:
    assert abstracted("Het kostte € 312.000 toen.") == "Het kostte [enkele tonnen] toen."


@pytest.mark.parametrize(
    "later",
    [
        "Sanne lachte.", "Van den Bosch lachte.", "Mevrouw Van den Bosch lachte.",
        "Dat was Sannes idee.", "Dat was Sanne's idee.", "S. van den Bosch tekende.",
        "Toen belde Van den Bosch-Kok.", "SANNE VAN DEN BOSCH TEKENDE.",
    ],
)  # fmt: skip
def test_a_later_mention_is_the_same_person(later: str) -> None:
    text = f"Sanne van den Bosch-Kok belde mij. Joost Hageman zweeg. {later}"
    replaced = abstracted(text)
    assert replaced.startswith("[collega A] belde mij. [collega B] zweeg. ")
    assert replaced.count("[collega A]") == 2


def test_small_letters_name_the_same_person() -> None:
    text = "ik sprak met fatima el amrani en met joost. fatima vond het goed."
    assert abstracted(text) == (
        "ik sprak met [collega A] en met [collega B]. [collega A] vond het goed."
    )


def test_a_vocabulary_of_its_own_is_used_by_find_and_by_abstract() -> None:
    vocabulary = extend_vocabulary({"person": {"words": ["ambtenaar"]}})
    text = "Sanne belde."
    assert find(text, vocabulary)[0].suggestions == ("[ambtenaar A]",)
    assert abstract(text, find(text, vocabulary)) == "[ambtenaar A] belde."
    assert abstract(text, find(text), vocabulary) == "[ambtenaar A] belde."
    assert abstracted(text) == "[collega A] belde."


def test_words_of_a_site_are_tried_first_and_the_others_stay(tmp_path: Path) -> None:
    own = tmp_path / "woorden.toml"
    own.write_text('[organisation]\nbeheer = "een dienst"\n', encoding="utf-8")
    vocabulary = read_vocabulary(own)
    text = "Wij vroegen Stichting Beheer Oost en Zorggroep De Linde."
    assert (
        abstract(text, find(text, vocabulary)) == "Wij vroegen [een dienst] en [een zorgaanbieder]."
    )


def test_an_unknown_part_of_a_vocabulary_is_refused() -> None:
    with pytest.raises(ValueError, match="persoon"):
        extend_vocabulary({"persoon": {"words": ["ambtenaar"]}})
    with pytest.raises(ValueError, match="plain"):
        extend_vocabulary({"plain": ["iemand"]})


def test_the_vocabulary_has_a_phrase_for_each_kind() -> None:
    assert set(default_vocabulary()["plain"]) | {"person"} == set(KINDS)


def test_an_abstracted_text_holds_no_findings() -> None:
    text = "Sanne (06-12345678) woont op 7606 JV in Almelo en kreeg € 312.000 op 12 maart 2021."
    assert find(abstracted(text)) == []


def test_a_letter_that_stands_in_the_text_is_not_given_to_another() -> None:
    assert abstracted("[collega B] belde Joost Hageman.") == "[collega B] belde [collega C]."
    assert abstracted("[persoon A] belde Sanne.") == "[persoon A] belde [collega B]."


def test_a_phrase_that_stands_in_the_text_gets_a_letter_for_another() -> None:
    text = "Van [een gemeente in het oosten] naar Hengelo."
    assert abstracted(text).endswith("naar [een gemeente in het oosten B].")
    assert abstracted(f"{abstracted(text)} En Almelo.").endswith("[een gemeente in het oosten C].")
