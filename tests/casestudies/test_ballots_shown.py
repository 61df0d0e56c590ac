"""What a picture may show: nobody stands alone in it, and it says so in words and in shapes."""

from __future__ import annotations

import itertools

import pytest

import asking
from goedwerk_casestudies.actions import ballots
from goedwerk_casestudies.ballots import drawing
from goedwerk_casestudies.ballots.looking import pictures
from goedwerk_casestudies.ballots.sheets import Form, Item, Sheet
from goedwerk_casestudies.ballots.showing import SMALL, Count, choice, merge, shown
from goedwerk_casestudies.models import Round


def round_of(form: str, items: str, tally: dict, counted: int, steps: str = "") -> Round:
    """A round that was never stored: pictures are made of its totals alone."""
    sheet = Sheet(
        form,
        tuple(Item(name, name.capitalize()) for name in items.split()),
        tuple(Item(name, name.capitalize()) for name in steps.split()),
        across="belang",
        upward="invloed",
    )
    return Round(number=1, sheet=sheet.stored(), tally=tally, counted=counted)


def statement(counted: int | None = None, **counts: int) -> Round:
    tally = {f"it:{step}": count for step, count in counts.items()}
    return round_of(Form.SCALE, "it", tally, counted or sum(counts.values()), " ".join(counts))


# --- merging ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "groups"),
    [
        ([3, 4, 5], [(0,), (1,), (2,)]),
        ([5, 2, 2], [(0,), (1, 2)]),
        ([5, 1, 4], [(0,), (1, 2)]),
        ([9, 0, 6], [(0,), (1,), (2,)]),
        ([9, 0, 6, 2], [(0,), (1,), (2, 3)]),
        ([20, 1, 1], [(0, 1, 2)]),
        ([5, 10, 15, 10, 5], [(0,), (1,), (2,), (3,), (4,)]),
        ([1, 7, 1, 7, 1], [(0, 2, 4), (1,), (3,)]),
    ],
)
def test_small_cells_are_merged(counts, groups):
    assert merge(counts) == groups


def test_no_group_of_whatever_counts_shows_fewer_than_three_people():
    steps = tuple(Item(key, key) for key in "abcd")
    for counts in itertools.product(range(7), repeat=4):
        assert sorted(n for group in merge(counts) for n in group) == [0, 1, 2, 3]
        groups = choice(steps[0], steps, counts).groups
        filled = [group.count for group in groups if group.count]
        assert all(count >= SMALL for count in filled)
        # What is not in a group is found by taking it away from all: that is no single one, too.
        assert all(sum(counts) - count >= SMALL for count in filled)


def test_no_picture_under_five_answers():
    assert shown(statement(counted=0, agree=0, disagree=0)).lines == ()
    assert shown(statement(agree=2, disagree=2)).is_early


def test_no_picture_where_all_said_the_same():
    found = shown(statement(agree=20, disagree=0, unsure=0))
    assert found.lines == ()
    assert not found.is_early


# --- lists -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "of", "words", "drawn"),
    [
        (0, 10, "minder dan 3", 0),
        (2, 10, "minder dan 3", 0),
        (3, 10, "3", 3),
        (7, 10, "7", 7),
        (8, 10, "(bijna) iedereen", 10),
        (10, 10, "(bijna) iedereen", 10),
        (3, 5, "(bijna) iedereen", 5),
    ],
)
def test_a_number_near_none_or_all_is_a_word_and_its_bar_says_no_more(count, of, words, drawn):
    one = Count(count, of)
    assert (drawing.in_words(one), one.drawn) == (words, drawn)


def test_the_map_stands_with_the_most_marked_first_and_tells_no_more_by_its_order():
    tally = {"burgers": 4, "vak": 9, "thuis": 1, "jezelf": 2}
    (picture,) = pictures([round_of(Form.MARK, "thuis burgers jezelf vak", tally, 10)])
    labels = [row.label for row in picture["bars"][0].rows]
    assert labels == ["Vak", "Burgers", "Thuis", "Jezelf"]


def test_cards_lay_what_one_is_beside_how_one_works():
    tally = {"personal:rust": 6, "working:rust": 3, "personal:moed": 4, "working:moed": 7}
    (picture,) = pictures([round_of(Form.SORT, "rust moed", tally, 10)])
    bars = picture["bars"][0]
    assert [(row.label, [bar.words for bar in row.bars]) for row in bars.rows] == [
        ("Rust", ["6", "3"]),
        ("Moed", ["4", "7"]),
    ]
    assert [str(kind) for kind in bars.kinds] == ["als mens", "op het werk"]


# --- two axes --------------------------------------------------------------------------------


def placed(**spots: tuple[int, int, int]) -> Round:
    """``placed(raad=(4, 2, 5))``: five people put it at 4 by 2."""
    tally = {}
    for key, (x, y, times) in spots.items():
        tally |= {f"{key}:x:{x}": times, f"{key}:y:{y}": times}
    return round_of(Form.PLACE, " ".join(spots), tally, 10)


def test_the_field_shows_the_middle_of_the_group_and_leaves_out_what_few_placed():
    (picture,) = pictures([placed(raad=(4, 2, 5), buurt=(1, 5, 4))])
    field = picture["field"]
    assert [(place.x, place.y) for place in field.places] == [(4, 2), (None, None)]
    assert [dot.number for dot in field.dots] == [1]


def test_a_mean_is_told_to_half_a_mark():
    tally = {"raad:x:4": 3, "raad:x:5": 2, "raad:y:1": 5}
    (line,) = shown(round_of(Form.PLACE, "raad", tally, 5)).lines
    assert (line.x, line.y) == (4.5, 1)


def test_what_stands_at_one_place_stands_beside_each_other_inside_the_field():
    spots = dict.fromkeys(("een", "twee", "drie"), (5, 5, 5))
    (picture,) = pictures([placed(**spots)])
    places = [(dot.cx, dot.cy) for dot in picture["field"].dots]
    assert len(set(places)) == 3
    assert all(51 <= x <= 289 and 11 <= y <= 249 for x, y in places)


# --- the shift -------------------------------------------------------------------------------


def shift(before: Round, after: Round):
    after.number = 2
    return pictures([before, after])


def test_a_shift_is_two_totals_beside_each_other():
    (picture,) = shift(
        statement(agree=6, disagree=9, unsure=5), statement(agree=10, disagree=5, unsure=5)
    )
    (bars,) = picture["bars"]
    assert picture["is_shift"]
    assert [(row.label, row.said) for row in bars.rows] == [
        ("Agree", "6, 10"),
        ("Disagree", "9, 5"),
        ("Unsure", "5, 5"),
    ]
    assert bars.totals == (20, 20)


def test_what_is_merged_before_is_merged_after():
    (picture,) = shift(
        statement(agree=8, disagree=1, unsure=2), statement(agree=5, disagree=5, unsure=5)
    )
    (bars,) = picture["bars"]
    assert [(row.label, row.said) for row in bars.rows] == [
        ("Agree", "8, 5"),
        ("Disagree of unsure", "3, 10"),
    ]


def test_rounds_that_hide_each_other_stand_apart():
    """Merged here with one, there with the other: together nothing would be left to compare."""
    found = shift(
        statement(agree=8, disagree=1, unsure=2), statement(agree=1, disagree=2, unsure=8)
    )
    assert [picture["shown"].round.number for picture in found] == [2, 1]
    assert all(not picture.get("is_shift") for picture in found)


def test_a_second_round_without_a_picture_leaves_the_first_one_alone():
    found = shift(statement(agree=8, disagree=7), statement(counted=0, agree=0, disagree=0))
    assert [bool(picture["bars"]) for picture in found] == [False, True]


def test_there_is_no_row_from_which_a_flow_could_be_made():
    """Not under twenty, and not above it: the two votes of one person have nothing in common."""
    fields = {field.name for field in Round._meta.concrete_fields}
    assert fields == {
        "id", "uuid", "page", "number", "sheet", "tally", "counted", "sealed_pool", "is_open",
        "closes_on", "closed_on",
    }  # fmt: skip


# --- shapes ----------------------------------------------------------------------------------


def test_a_long_label_stands_on_lines_that_fit():
    words = "Wij zeggen het tegen elkaar als iets niet klopt, ook als het iemand met gezag is"
    drawn = drawing.bars("", [""], [(words, [(5, "5")])], [5])
    (row,) = drawn.rows
    assert len(row.lines) > 1
    assert all(len(line) <= drawing.LETTERS for _y, line in row.lines)
    assert row.bars[0].y > row.lines[-1][0]
    assert drawn.height >= row.bars[0].y + 16


def test_bars_keep_their_proportion():
    drawn = drawing.bars("", [""], [("a", [(10, "10")]), ("b", [(5, "5")])], [15])
    assert [row.bars[0].length for row in drawn.rows] == [drawing.LONGEST, drawing.LONGEST / 2]


@pytest.mark.django_db
def test_a_picture_of_an_open_round_changes_by_five():
    page = asking.statement()
    first = asking.round_of(page)
    seen = []
    for step in ["agree", "disagree"] * 6:
        asking.voted(first, **{step: 1})
        (bars,) = pictures([first])[0]["bars"] or [None]
        seen.append(bars.totals[0] if bars else 0)
    # Five answers are counted, but of five nobody can make two groups of three.
    assert seen == [0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 10, 10]
    ballots.close_round(round_=first)
    first.refresh_from_db()
    assert pictures([first])[0]["bars"][0].totals == (10,)
