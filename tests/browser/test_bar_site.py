"""The bar for readers and writers: every state, in every width and scheme."""

from __future__ import annotations

import pytest
import states
import states_of_the_matrix as matrix
from bar import Bar, nothing_said
from places import page_types

from live.html import errors_in

pytestmark = pytest.mark.browser

OF_THE_MATRIX = [state for state in matrix.states() if not state.is_admin]
DEMO = states.SITE
#: Circles stand below no site: their members reach them by pages of their own.
TYPES = [one for one in page_types() if one != ("goedwerk_forum", "circlespage")]
STATES = [*DEMO, *TYPES, *OF_THE_MATRIX]


@pytest.fixture(scope="module")
def bar(browser, demo, world):
    made = Bar(browser, demo, world, "site")
    yield made
    made.close()


@pytest.mark.parametrize("state", DEMO, ids=str)
def test_demo(bar, state):
    nothing_said(bar.look_at_demo(state))


@pytest.mark.parametrize(("app", "model"), TYPES)
def test_type_of_page(bar, app, model):
    nothing_said(bar.look_at_page_type(app, model))


@pytest.mark.parametrize("state", OF_THE_MATRIX, ids=str)
def test_matrix(bar, state):
    nothing_said(bar.look_at_matrix(state))


def test_each_page_is_valid_html(bar, tmp_path):
    nothing_said(errors_in(bar.served, tmp_path))


def test_each_explanation_is_needed(bar):
    """And each state was served. Left out of a run of a part of the states: see ``conftest.py``."""
    nothing_said([*bar.not_served(STATES), *bar.explained.unused()])
