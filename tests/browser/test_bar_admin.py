"""The bar for the admin: every state, in every width and scheme."""

from __future__ import annotations

import pytest
import states
import states_of_the_matrix as matrix
from bar import Bar, nothing_said

from live.html import WAGTAILS, errors_in

pytestmark = pytest.mark.browser

OF_THE_MATRIX = [state for state in matrix.states() if state.is_admin]
DEMO = states.ADMIN
STATES = [*DEMO, *OF_THE_MATRIX]


@pytest.fixture(scope="module")
def bar(browser, demo, world):
    made = Bar(browser, demo, world, "admin")
    yield made
    made.close()


@pytest.mark.parametrize("state", DEMO, ids=str)
def test_demo(bar, state):
    nothing_said(bar.look_at_demo(state))


@pytest.mark.parametrize("state", OF_THE_MATRIX, ids=str)
def test_matrix(bar, state):
    nothing_said(bar.look_at_matrix(state))


def test_each_page_is_valid_html(bar, tmp_path):
    nothing_said(errors_in(bar.served, tmp_path, WAGTAILS))


def test_each_explanation_is_needed(bar):
    """And each state was served. Left out of a run of a part of the states: see ``conftest.py``."""
    nothing_said([*bar.not_served(STATES), *bar.explained.unused()])
