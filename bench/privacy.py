"""Measures the finder on the labelled sets: recall, precision, speed, memory, loading.

Run from the root of the repository. Where deduce can be imported it is measured on the same
passages; ``--deduce-lists PATH`` gives it another folder of look-up lists than its own.
"""

from __future__ import annotations

import argparse
import importlib.util
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "forum"), str(ROOT / "tests" / "privacy")]

if TYPE_CHECKING:
    from labelled_set import Passage, Score

# The kinds of deduce and what they come closest to here.
DEDUCE_KINDS = {
    "persoon": "person",
    "patient": "person",
    "bsn": "bsn",
    "telefoonnummer": "phone",
    "emailadres": "email",
    "url": "url",
    "locatie": "address",
    "datum": "date",
    "id": "casenumber",
    "ziekenhuis": "organisation",
    "zorginstelling": "organisation",
    "leeftijd": "unique_event",
}


class Marked(NamedTuple):
    start: int
    end: int
    kind: str


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _load() -> None:
    start = time.process_time()
    import goedwerk_privacy

    imported = time.process_time()
    goedwerk_privacy.find("Eerste zin.")
    print(f"import          {imported - start:8.2f} s of processor time")
    print(f"first find      {time.process_time() - imported:8.2f} s (lists are read)")
    print(f"memory          {_memory():8.0f} MB resident at most")


def _speed() -> None:
    from labelled_set import ASIDE, TUNED, read_set

    from goedwerk_privacy import find

    passages = read_set(*TUNED, *ASIDE)
    labelled = [one.text for one in passages if one.labels]
    _timed("dense text", "\n".join(labelled), find)
    _timed("dense, in capitals", "\n".join(labelled).upper(), find)
    _timed("plain text", "\n".join(one.text for one in passages if not one.labels), find)


def _timed(name: str, text: str, finder: Callable[[str], object]) -> None:
    """Dense text has an identifier in nearly every sentence, plain text has none."""
    text *= 200_000 // len(text) + 1
    start = time.process_time()
    finder(text)
    taken = time.process_time() - start
    print(f"{name:20} {len(text) / taken:8.0f} characters/s of processor time")


def _quality(title: str, passages: list[Passage]) -> None:
    from labelled_set import all_kinds, measure, recased

    score = measure(passages)
    print(f"\n{title}: {len(passages)} passages, {score.clean} of them without any identifier")
    print(f"{'kind':15} {'labels':>6} {'recall':>7} {'precision':>9}")
    for kind in all_kinds(score):
        print(
            f"{kind:15} {score.labels[kind]:6} {score.recall(kind):7.3f} "
            f"{score.precision(kind):9.3f}"
        )
    _totals("as written", score)
    _totals("small letters", measure(recased(passages, str.lower)))
    _totals("capitals", measure(recased(passages, str.upper)))


def _totals(name: str, score: Score) -> None:
    from goedwerk_privacy import DIRECT_KINDS, KINDS, QUASI_KINDS

    recalls = {
        "persons": score.recall("person"),
        "direct": score.recall(*DIRECT_KINDS),
        "quasi": score.recall(*QUASI_KINDS),
        "precision": score.precision(*KINDS),
        "clean passages left alone": score.left_alone,
    }
    print(f"{name:15}", ", ".join(f"{what} {value:.3f}" for what, value in recalls.items()))


def _peer(lists: Path | None) -> None:
    if importlib.util.find_spec("deduce") is None:
        print("\ndeduce: not installed")
        return
    from labelled_set import ASIDE, all_kinds, measure, read_set, recased

    finder = _deduce(lists)
    passages = read_set(*ASIDE)
    score = measure(passages, finder)
    print(f"\ndeduce, on what was kept aside: {len(passages)} passages")
    for kind in all_kinds(score):
        print(f"{kind:15} {score.labels[kind]:6} {score.recall(kind):7.3f}")
    _totals("as written", score)
    _totals("small letters", measure(recased(passages, str.lower), finder))
    _totals("capitals", measure(recased(passages, str.upper), finder))
    _timed("dense text", "\n".join(one.text for one in passages if one.labels), finder)
    print(f"memory          {_memory():8.0f} MB resident at most")


def _deduce(lists: Path | None) -> Callable[[str], Sequence[Marked]]:
    from deduce import Deduce

    start = time.perf_counter()
    model = Deduce(lookup_data_path=lists, cache_path=lists / "cache") if lists else Deduce()
    print(f"\ndeduce: built or loaded in {time.perf_counter() - start:.1f} s")
    return lambda text: [
        Marked(one.start_char, one.end_char, DEDUCE_KINDS.get(one.tag, one.tag))
        for one in model.deidentify(text).annotations
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deduce-lists", type=Path)
    chosen = parser.parse_args()
    _load()
    from labelled_set import ASIDE, TUNED, read_set

    _speed()
    _quality("the rules were written with", read_set(*TUNED))
    _quality("kept aside", read_set(*ASIDE))
    _quality("kept aside last", read_set("kept"))
    _peer(chosen.deduce_lists)


if __name__ == "__main__":
    main()
