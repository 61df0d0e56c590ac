"""No view and no type of page without a state that is looked at; needs no browser."""

from __future__ import annotations

import states_of_the_matrix as matrix

from matrix.addresses import ours


def test_every_view_has_a_state_or_says_why_it_has_no_page():
    looked_at = {state.name for state in matrix.states()}
    told = looked_at | set(matrix.NO_PAGE) | set(matrix.FILES) | matrix.wagtails()
    missing = [name for name in sorted(ours() - told) if not matrix.is_part(name)]
    assert not missing, "views without a state in tests/browser/states_of_the_matrix.py"


def test_nothing_is_left_out_that_is_gone_or_has_a_page():
    looked_at = {state.name for state in matrix.states() if state.status == 200}
    left_out = set(matrix.NO_PAGE) | set(matrix.FILES)
    assert not left_out - ours()
    assert not left_out & looked_at
