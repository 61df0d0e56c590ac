"""What a list of pages says of the dialogue on each."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from . import kinds
from .models import Contribution, Discussion
from .reading import Voices
from .transitions import Display


def heard_on(page_ids: Iterable[int]) -> dict[int, tuple[Discussion, Voices]]:
    """The dialogue of each page that has one, with the voices in it, by the page's id; one query.

    As ``reading.voices_of``: what a guide says in her role is no voice.
    """
    choices = kinds.choices()
    columns = [f"heard_{number}" for number in range(len(choices))]
    said = Contribution.objects.filter(
        discussion=OuterRef("pk"), display=Display.TEXT, by_guide=False
    ).order_by()
    heard = {
        column: Exists(said.filter(kind=kind))
        for column, (kind, _label) in zip(columns, choices, strict=True)
    }
    homes = Discussion.objects.filter(
        page_id__in=list(page_ids), branch_of__isnull=True, is_enabled=True, in_circle=False
    )
    return {
        home.page_id: (home, Voices(home.shown_count, _heard_in(home, columns, choices)))
        for home in homes.annotate(**heard)
    }


def _heard_in(
    home: Discussion, columns: list[str], choices: list[tuple[str, str]]
) -> tuple[tuple[str, str, bool], ...]:
    return tuple(
        (kind, label, getattr(home, column))
        for column, (kind, label) in zip(columns, choices, strict=True)
    )
