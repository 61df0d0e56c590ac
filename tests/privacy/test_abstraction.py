"""Suggestions: the same for the same person, from a vocabulary that can be changed."""

from __future__ import annotations

import copy

from goedwerk_privacy import abstract, find
from goedwerk_privacy.abstraction import default_vocabulary
from goedwerk_privacy.kinds import KINDS


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


def test_the_vocabulary_can_be_changed() -> None:
    vocabulary = copy.deepcopy(default_vocabulary())
    vocabulary["person"]["words"] = ["ambtenaar"]
    text = "Sanne belde."
    assert abstract(text, find(text), vocabulary) == "[ambtenaar A] belde."


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
