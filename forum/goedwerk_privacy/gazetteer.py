"""The names of places: municipalities, provinces, towns, islands and regions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from .cleaning import fold
from .lists import lines_of, table_of

_PROVINCES = [
    "groningen",
    "friesland",
    "fryslan",
    "drenthe",
    "overijssel",
    "flevoland",
    "gelderland",
    "utrecht",
    "noord-holland",
    "zuid-holland",
    "zeeland",
    "noord-brabant",
    "limburg",
    "brabant",
]
_OTHER_NAMES = (
    "'s-gravenhage",
    "den bosch",
    "fryslan",
    "nuenen",
    "amsterdam-zuidoost",
    "valkenburg",
    "sittard",
    "bergen nh",
)


@lru_cache(maxsize=1)
def place_rows() -> dict[tuple[str, str], list[tuple[str, ...]]]:
    """Places of several words by their first two; longer names first."""
    table: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for words in (tuple(name.split()) for name in _phrases()):
        if len(words) > 1:
            table.setdefault((words[0], words[1]), set()).add(words)
    return {pair: sorted(rest, key=len, reverse=True) for pair, rest in table.items()}


@lru_cache(maxsize=1)
def place_openings() -> frozenset[str]:
    """The first words of places of several words."""
    return frozenset(first for first, _ in place_rows())


@lru_cache(maxsize=1)
def _phrases() -> frozenset[str]:
    return frozenset(" ".join(name.split()) for name in _all_names())


def _all_names() -> Iterator[str]:
    for row in table_of("municipalities.txt"):
        yield fold(row[0])
    yield from _PROVINCES
    yield from _OTHER_NAMES
    for line in lines_of("places.txt"):
        for name in line.split(","):
            if name.strip():
                yield fold(name.strip())


def is_place(low: str) -> bool:
    return low in _phrases()
