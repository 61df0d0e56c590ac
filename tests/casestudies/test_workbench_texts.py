"""The work on a text, without a database: decisions, undo, findings, reading level."""

from __future__ import annotations

import pytest

from goedwerk_casestudies.actions.workbench import replace_everywhere
from goedwerk_casestudies.admin.bench_page import reading_of
from goedwerk_casestudies.admin.marks import Mark, marked
from goedwerk_casestudies.findings import examine
from goedwerk_casestudies.raw import Raw
from goedwerk_casestudies.reading_level import (
    Sentence,
    level_of,
    long_sentences,
    sentences_of,
    syllables_of,
)
from goedwerk_casestudies.work import PARTS, Swap, Work, moved
from goedwerk_privacy import Severity

TOLD = Raw(
    title="Ruzie over een loods",
    what_happened="Fatima El Amrani belde mij op 12 november 2021 vanuit Almelo.",
    tension="Fatima’s chef, Jan de Vries, was boos. De Vries zei niets tegen El Amrani.",
    done="Ik belde jan.devries@voorbeeld.nl.",
)


@pytest.fixture
def work():
    return Work.begun(TOLD)


def waiting(work, told=TOLD):
    return examine(told, work).open


def one(work, words, told=TOLD):
    return next(seen for seen in waiting(work, told) if seen.words == words)


def replace(work, words, put=None, told=TOLD):
    examined = examine(told, work)
    seen = next(seen for seen in examined.open if seen.words == words)
    replace_everywhere(work, examined.same(seen), put or seen.suggestions[0])
    return work.decisions[-1].number


# --- findings --------------------------------------------------------------------------------


def test_parts_are_read_as_one_text_and_numbered_in_order(work):
    seen = waiting(work)
    assert [one.number for one in seen] == list(range(1, len(seen) + 1))
    assert [PARTS.index(one.part) for one in seen] == sorted(PARTS.index(o.part) for o in seen)
    for finding in seen:
        assert work.texts[finding.part][finding.start : finding.end] == finding.words


def test_a_person_is_one_group_by_name_surname_and_possessive(work):
    group = one(work, "Fatima El Amrani").group
    assert {seen.words for seen in waiting(work) if seen.group == group} == {
        "Fatima El Amrani",
        "Fatima",
        "El Amrani",
    }
    assert one(work, "De Vries").group == one(work, "Jan de Vries").group != group


def test_one_replacement_goes_everywhere_and_the_next_person_keeps_a_label_of_her_own(work):
    replace(work, "Fatima El Amrani")
    texts = " ".join(work.texts.values())
    assert "Fatima" not in texts
    assert "Amrani" not in texts
    assert work.texts["tension"].startswith("[collega A]’s chef")
    assert one(work, "Jan de Vries").suggestions[0] == "[collega B]"


def test_what_was_chosen_for_a_person_comes_first_when_she_is_named_again(work):
    replace(work, "Fatima El Amrani", "mijn teamleider")
    work.write({"done": work.texts["done"] + " Daarna belde ik Fatima El Amrani."})
    assert one(work, "Fatima El Amrani").suggestions[0] == "mijn teamleider"


def test_a_name_found_once_is_found_where_the_rules_miss_it():
    told = Raw(
        what_happened="Ik belde mevrouw Kuipers.",
        tension="Dat vond de familie Kuipers fijn.",
        done="Ik sprak Kuipers chef. De kuipers van vroeger waren er niet.",
    )
    work = Work.begun(told)
    parts = [seen.part for seen in waiting(work, told) if seen.words == "Kuipers"]
    assert parts == ["what_happened", "tension", "done"]
    replace(work, "Kuipers", told=told)
    assert "Kuipers" not in "".join(work.texts.values())
    assert "De kuipers van vroeger" in work.texts["done"]


def test_a_possessive_without_apostrophe_and_a_part_of_a_name_are_found():
    told = Raw(what_happened="Bartholomeus Kwispelaar belde.", tension="Kwispelaars chef was boos.")
    work = Work.begun(told)
    replace(work, "Bartholomeus Kwispelaar", told=told)
    assert work.texts["tension"] == "[collega A]s chef was boos."


def test_a_name_that_the_editor_types_is_found(work):
    work.write({"hindsight": "Ik sprak later met Willemijn Tolsma."})
    assert one(work, "Willemijn Tolsma").severity == Severity.MUST


def test_what_is_left_is_counted_per_severity(work):
    left = examine(TOLD, work).left()
    assert left[Severity.MUST] == 6
    assert (left[Severity.SHOULD], left[Severity.HINT]) == (1, 1)
    replace(work, "Almelo")
    assert examine(TOLD, work).left()[Severity.SHOULD] == 0


def test_kept_words_wait_no_more_in_any_casing_and_stay_marked_as_kept(work):
    work.decide(kind="municipality", words=["almelo"], reason="staat in de wet")
    examined = examine(TOLD, work)
    assert "Almelo" not in {seen.words for seen in examined.open}
    assert [seen.words for seen in examined.kept] == ["Almelo"]
    assert work.kept() == [("almelo", "staat in de wet")]


def test_a_name_that_may_stay_may_stay_in_part(work):
    work.decide(kind="person", words=["Fatima El Amrani"], reason="zij tekende de wet")
    left = {seen.words for seen in examine(TOLD, work).open}
    assert left.isdisjoint({"Fatima El Amrani", "El Amrani", "Fatima"})
    assert "Jan de Vries" in left


def test_key_of_a_finding_holds_no_words_and_survives_an_edit_elsewhere(work):
    before = one(work, "Almelo")
    work.write({"what_happened": "Nou. " + work.texts["what_happened"]})
    after = one(work, "Almelo")
    assert (before.key, before.start + 5) == (after.key, after.start)
    assert "almelo" not in before.key


@pytest.mark.parametrize("text", ["", "\udc80 Jan de Vries", "a" * 20_000, "[[[", "\u200b" * 50])
def test_no_text_makes_it_fail(text):
    told = Raw(what_happened=text)
    examine(told, Work.begun(told))


# --- undo ------------------------------------------------------------------------------------


def test_undo_brings_back_each_form_where_it_stood(work):
    before = dict(work.texts)
    person, place = replace(work, "Fatima El Amrani"), replace(work, "Almelo")
    work.undo(person)
    assert work.texts["tension"] == before["tension"]
    assert "[een gemeente in het oosten]" in work.texts["what_happened"]
    work.undo(place)
    assert work.texts == before
    assert work.decisions == []


def test_undo_works_after_the_text_around_was_edited(work):
    number = replace(work, "Fatima El Amrani")
    text = work.texts["what_happened"]
    edited = "Het was laat. " + text.replace("belde mij", "belde mij boos") + " Klaar."
    work.write({"what_happened": edited})
    work.undo(number)
    assert work.texts["what_happened"].startswith("Het was laat. Fatima El Amrani belde mij boos")


def test_undo_leaves_alone_what_the_editor_wrote_over(work):
    number = replace(work, "Fatima El Amrani")
    work.write({"what_happened": "Een collega belde mij."})
    work.undo(number)
    assert work.texts["what_happened"] == "Een collega belde mij."
    assert "El Amrani" in work.texts["tension"]


def test_undo_of_kept_words_lets_them_wait_again(work):
    number = work.decide(kind="municipality", words=["Almelo"], reason="mag")
    work.undo(number)
    assert "Almelo" in {seen.words for seen in waiting(work)}


def test_undo_of_nothing_changes_nothing(work):
    before = work.as_json()
    work.undo(99)
    assert work.as_json() == before


def test_a_swap_that_is_written_over_goes_and_the_others_move():
    before = "[A] en [B] en [C]"
    swaps = [Swap(0, 3, "an", 1), Swap(7, 10, "ben", 2), Swap(14, 17, "cor", 3)]
    after = moved(swaps, before, "Toen [A] en iemand en [C]")
    assert [(swap.start, swap.words) for swap in after] == [(5, "an"), (22, "cor")]


def test_work_survives_json(work):
    replace(work, "Fatima El Amrani")
    work.decide(kind="municipality", words=["Almelo"], reason="mag")
    work.checks["check_linking"] = "Niets te koppelen."
    assert Work.from_json(work.as_json()) == work


# --- marks -----------------------------------------------------------------------------------


def test_marks_escape_and_cut_where_a_long_sentence_begins():
    html = marked(
        "Zeg <b>Jan</b> & ik",
        [Mark(7, 10, "gw-word", number=1, anchor="gw-here")],
        [Sentence(4, 19, 25)],
    )
    assert html == (
        'Zeg <span class="gw-long">&lt;b&gt;</span><span class="gw-long">'
        '<mark class="gw-word" id="gw-here">Jan<sup class="gw-word__n">1</sup></mark></span>'
        '<span class="gw-long">&lt;/b&gt; &amp; ik</span>'
    )


def test_marks_that_overlap_or_are_empty_are_left_out():
    html = marked("Jan Piet", [Mark(0, 3, "a"), Mark(2, 8, "b"), Mark(4, 4, "c")])
    assert html == '<mark class="a">Jan</mark> Piet'


# --- reading ---------------------------------------------------------------------------------

EASY = "Ik liep naar de balie. Daar stond een man met een doos. Hij vroeg of ik tijd had."
HARD = (
    "De implementatie van de gemeentelijke verantwoordingssystematiek noodzaakte ondergetekende "
    "tot heroverweging van de vigerende besluitvormingsprocedures."
)


def test_plain_words_read_as_b1_and_an_office_memo_does_not():
    assert level_of(EASY).name == "B1"
    assert level_of(HARD).name == "C1"
    assert level_of(EASY).score > level_of(HARD).score
    assert level_of("") is level_of(" ... ") is None


def test_measure_is_flesch_douma():
    level = level_of("De kat zit op de mat.")
    assert (level.words, level.sentences) == (6, 1)
    assert level.score == pytest.approx(206.84 - 0.93 * 6 - 77 * 1)


@pytest.mark.parametrize(
    ("word", "number"),
    [("kat", 1), ("beëindigen", 5), ("gemeente", 3), ("ooievaar", 3), ("mooi", 1), ("pst", 1)],
)
def test_syllables_are_read_as_dutch(word, number):
    assert syllables_of(word) == number


def test_sentences_end_at_stops_and_lines_not_at_initials_and_numbers():
    text = "Hij zei: J. de Vries betaalt 3.500 euro. Mooi!\nEn toen? Niets"
    assert [text[start:end] for start, end in sentences_of(text)] == [
        "Hij zei: J. de Vries betaalt 3.500 euro.",
        "Mooi!",
        "En toen?",
        "Niets",
    ]


def test_only_sentences_of_more_than_twenty_words_are_long():
    twenty = " ".join(["woord"] * 20) + "."
    longer = " ".join(["Woord"] * 21) + "."
    assert long_sentences(twenty) == []
    assert long_sentences(f"{twenty} {longer}") == [Sentence(121, 247, 21)]


def test_reading_lists_long_sentences_by_part_and_counts_brackets(work):
    work.write({"done": " ".join(["Woord"] * 21) + ".", "tension": "[collega A] zei [iets]."})
    reading = reading_of(work.texts)
    assert [(part, words) for part, _beginning, words in reading.long] == [("done", 21)]
    assert reading.brackets == 2
