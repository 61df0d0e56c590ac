"""What is called what in the forms of the workbench, where words come back that did not arrive."""

from __future__ import annotations

from django.utils.functional import lazy

from goedwerk_forum.views.rescue import WORDS

from .obstacles import label_of
from .work import CHECKS, PARTS


def register() -> None:
    """The parts of a story and the questions on being recognised, called as on their page."""
    called = lazy(label_of, str)
    WORDS.update({f"text-{part}": called(part) for part in PARTS})
    WORDS.update({check: called(check) for check in CHECKS})
