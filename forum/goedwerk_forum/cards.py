"""What a list of pages says of the dialogue on each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from . import kinds
from .models import Contribution, Discussion
from .public import on_page
from .reading import Voices, heard_columns, heard_from
from .transitions import Display


def heard_on(page_ids: Iterable[int]) -> dict[int, tuple[Discussion, Voices]]:
    """The dialogue of each page that has one, with its voices, by the page's id; one query."""
    choices = kinds.choices()
    columns = {f"heard_{number}": column for number, column in enumerate(heard_columns(choices))}
    homes = Discussion.objects.filter(on_page(), page_id__in=list(page_ids))
    return {
        home.page_id: (
            home,
            Voices(
                home.shown_count,
                heard_from(choices, [getattr(home, column) for column in columns]),
            ),
        )
        for home in homes.annotate(**columns)
    }


# --- what it holds, for choosing among thousands ---------------------------------------------


@dataclass(frozen=True)
class Said:
    """What readers of a dialogue can choose in it: its kinds, its lenses, what ``waits``."""

    kinds: frozenset[str] = frozenset()
    lenses: frozenset[str] = frozenset()
    waits: bool = False


#: By uuid, version, and the kinds that ask for an answer: it changes when what readers see does.
_said: dict[tuple[str, int, tuple[str, ...]], Said] = {}
#: Dialogues that a process remembers, and how many are read in one query.
MOST_REMEMBERED, AT_ONCE = 50_000, 10_000


def said_in(versions: Mapping[int, tuple[str, int]]) -> dict[int, Said]:
    """What stands in each dialogue, from (uuid, version) by its id.

    One query where something changed since this process looked, none otherwise.
    """
    asking = tuple(kinds.asking())
    found = {pk: _said.get((*version, asking)) for pk, version in versions.items()}
    unknown = [pk for pk, said in found.items() if said is None]
    for start in range(0, len(unknown), AT_ONCE):
        found |= _read(unknown[start : start + AT_ONCE], asking)
    if len(_said) + len(unknown) > MOST_REMEMBERED:
        _said.clear()
    _said.update({(*versions[pk], asking): found[pk] or Said() for pk in unknown})
    return {pk: said or Said() for pk, said in found.items()}


def _read(ids: list[int], asking: tuple[str, ...]) -> dict[int, Said]:
    """The same of dialogues that are not remembered, as ``Narrowing.of`` chooses in each."""
    said = Contribution.objects.filter(
        Q(by_guide=False) | Q(said_on__isnull=False),
        discussion=OuterRef("pk"),
        display=Display.TEXT,
    ).order_by()
    kind_keys = [kind.key for kind in kinds.every()]
    lens_keys = [lens.key for lens in kinds.lenses()]
    middle = len(kind_keys)
    rows = Discussion.objects.filter(pk__in=ids).values_list(
        "pk",
        Exists(said.awaiting_answer(asking)),
        *(Exists(said.filter(kind=key)) for key in kind_keys),
        *(Exists(said.filter(lens=key)) for key in lens_keys),
    )
    return {
        pk: Said(_true(kind_keys, found[:middle]), _true(lens_keys, found[middle:]), waits)
        for pk, waits, *found in rows
    }


def _true(keys: list[str], found: list[bool]) -> frozenset[str]:
    return frozenset(key for key, is_there in zip(keys, found, strict=True) if is_there)
