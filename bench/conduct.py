"""Measures the check on conduct on the labelled set: held, left alone, per kind; speed, memory.

Run from the root of the repository.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("forum", "casestudies", "site", "tests")
sys.path[:0] = [str(ROOT / folder) for folder in FOLDERS]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings_for_tests")
os.environ.setdefault("GOEDWERK_DATA_DIR", tempfile.mkdtemp(prefix="goedwerk-bench-"))


def _is_held(text: str) -> bool:
    from goedwerk_forum.checks import Context
    from goedwerk_forum.checks.conduct import Conduct

    return any(True for _finding in Conduct().run(text, Context()))


def _load() -> None:
    start = time.process_time()
    _is_held("Eerste zin.")
    print(f"first text      {time.process_time() - start:8.2f} s of processor time (lists read)")
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory          {used:8.0f} MB resident at most, Django and Wagtail included")


def _quality(name: str) -> None:
    from conduct_labels import measure, read_set

    comments = read_set(name)
    score = measure(comments, _is_held)
    print(f"\n{name}: {score.hurtful} hurtful, {score.harmless} harmless")
    print(f"{'kind':16} {'comments':>8} {'right':>6}")
    total = Counter((one.is_hurtful, one.kind) for one in comments)
    wrong = Counter((one.is_hurtful, one.kind) for one in score.wrong)
    for key in sorted(total, reverse=True):
        right = (total[key] - wrong[key]) / total[key]
        print(f"{key[1]:16} {total[key]:8} {right:6.2f}")
    if score.hurtful:
        print(f"hurtful held            {score.recall:.3f}")
    if score.harmless:
        print(f"harmless left alone     {score.left_alone:.3f}")


def _speed() -> None:
    from conduct_labels import SETS, read_set

    comments = [one for name in SETS for one in read_set(name)]
    print()
    for label, texts in (
        ("hurtful text", [one.text for one in comments if one.is_hurtful]),
        ("harmless text", [one.text for one in comments if not one.is_hurtful]),
    ):
        text = " ".join(texts)
        start = time.process_time()
        for _round in range(3):
            _is_held_whole(text)
        taken = (time.process_time() - start) / 3
        print(f"{label:15} {len(text) / taken:8.0f} characters/s of processor time")


def _is_held_whole(text: str) -> None:
    from goedwerk_forum.checks import Context
    from goedwerk_forum.checks.conduct import Conduct

    list(Conduct().run(text, Context()))


def main() -> None:
    import django

    django.setup()
    from conduct_labels import SETS

    _load()
    for name in SETS:
        _quality(name)
    _speed()


if __name__ == "__main__":
    main()
