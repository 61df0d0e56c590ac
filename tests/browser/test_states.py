"""No view and no type of page without a state that is looked at; needs no browser."""

from __future__ import annotations

import states_of_the_matrix as matrix

from matrix.addresses import ours


def left_out() -> set[str]:
    return matrix.PARTS | set(matrix.NO_PAGE) | set(matrix.FILES)


def test_every_view_has_a_state_or_says_why_it_has_no_page():
    looked_at = {state.name for state in matrix.states()}
    told = looked_at | left_out() | matrix.wagtails()
    assert not ours() - told, "views without a state in tests/browser/states_of_the_matrix.py"


def test_nothing_is_left_out_that_is_gone_or_has_a_page():
    looked_at = {state.name for state in matrix.states() if state.status == 200}
    assert not left_out() - ours()
    assert not left_out() & looked_at
    assert not {name.removesuffix("_results") for name in matrix.PARTS} - looked_at
