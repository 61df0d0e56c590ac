"""Measures the finder on the labelled set: recall, precision, speed, memory, loading.

Run from the root of the repository; with deduce installed it is measured on the same passages.
"""

from __future__ import annotations

import importlib.util
import resource
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "forum"), str(ROOT / "tests" / "privacy")]


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
    from labelled_set import read_set

    passages = [one for name in ("tuning", "measuring") for one in read_set(name)]
    _timed("dense text", [one.text for one in passages])
    _timed("plain text", [one.text for one in passages if not one.labels])


def _timed(name: str, texts: list[str]) -> None:
    """Dense text has an identifier in nearly every sentence, plain text has none."""
    from goedwerk_privacy import find

    text = "\n".join(texts) * (200_000 // sum(map(len, texts)) + 1)
    start = time.process_time()
    find(text)
    taken = time.process_time() - start
    print(f"{name}      {len(text) / taken:8.0f} characters/s of processor time")


def _quality(name: str) -> None:
    from labelled_set import all_kinds, measure, read_set

    from goedwerk_privacy import DIRECT_KINDS, KINDS, QUASI_KINDS

    passages = read_set(name)
    score = measure(passages)
    print(f"\n{name}: {len(passages)} passages, {score.clean} of them without any identifier")
    print(f"{'kind':15} {'labels':>6} {'recall':>7} {'precision':>9}")
    for kind in all_kinds(score):
        print(
            f"{kind:15} {score.labels[kind]:6} {score.recall(kind):7.3f} "
            f"{score.precision(kind):9.3f}"
        )
    print(f"{'all direct':15} {'':6} {score.recall(*DIRECT_KINDS):7.3f}")
    print(f"{'all quasi':15} {'':6} {score.recall(*QUASI_KINDS):7.3f}")
    print(f"{'all':15} {'':6} {score.recall(*KINDS):7.3f} {score.precision(*KINDS):9.3f}")
    print(f"clean passages left alone: {score.left_alone:.3f}")


def _peer() -> None:
    if importlib.util.find_spec("deduce") is None:
        print("\ndeduce: not installed")
        return
    from deduce import Deduce
    from labelled_set import read_set

    model = Deduce()
    labels = found = clean = alone = 0
    for passage in read_set("measuring"):
        spans = [
            (one.start_char, one.end_char) for one in model.deidentify(passage.text).annotations
        ]
        labels += len(passage.labels)
        found += sum(
            any(start < label.end and label.start < end for start, end in spans)
            for label in passage.labels
        )
        clean += not passage.labels
        alone += not passage.labels and not spans
    print(f"\ndeduce: recall {found / labels:.3f}, clean passages left alone {alone / clean:.3f}")
    print(f"deduce: memory {_memory():.0f} MB resident at most")


def main() -> None:
    _load()
    _speed()
    _quality("tuning")
    _quality("measuring")
    _quality("fresh")
    _peer()


if __name__ == "__main__":
    main()
