"""Makes the weights of the tone model from the labelled comments; run after these changed.

All sets but the one that is kept aside. The same comments give the same file.
"""

from __future__ import annotations

import json
import math
import os
import random
import re
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / folder) for folder in ("forum", "casestudies", "site", "tests")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings_for_tests")
os.environ.setdefault("GOEDWERK_DATA_DIR", tempfile.mkdtemp(prefix="goedwerk-bench-"))

ROUNDS, STEP, DECAY, SEED = 40, 0.15, 1e-3, 1
#: Weights that are kept, the largest; the others change next to nothing.
KEPT = 14_000
MARK = re.compile(r"\[\[\w+\|([^\]]*)\]\]")
HEAD = "# Made by bench/conduct_train.py from tests/forum/conduct_set; in thousandths.\n"


def plain_passages() -> list[str]:
    """Passages in the voice of civil servants, from the set of the privacy finder."""
    lines = (ROOT / "tests/privacy/labelled/tuning.jsonl").read_text(encoding="utf-8").splitlines()
    return [MARK.sub(r"\1", json.loads(line)["text"]) for line in lines]


def trained(names: tuple[str, ...]) -> dict[str, float]:
    """Logistic regression by gradient steps over the comments of the sets."""
    from conduct_labels import read_set
    from goedwerk_forum.checks.normal import tokens
    from goedwerk_forum.checks.tone import features

    comments = [(one.text, one.is_hurtful) for name in names for one in read_set(name)]
    comments += [(text, False) for text in plain_passages()]
    rows = [(sorted(features(text, tokens(text))), hurts) for text, hurts in comments]
    weights: dict[str, float] = {}
    bias, chance = 0.0, random.Random(SEED)
    for _round in range(ROUNDS):
        chance.shuffle(rows)
        for found, is_hurtful in rows:
            scale = 1 / math.sqrt(len(found))
            total = bias + scale * math.fsum(weights.get(one, 0.0) for one in found)
            step = STEP * (is_hurtful - 1 / (1 + math.exp(-total)))
            bias += step / 10
            for one in found:
                weights[one] = weights.get(one, 0.0) * (1 - STEP * DECAY) + step * scale
    return weights | {"BIAS": bias}


def as_file(weights: dict[str, float]) -> str:
    largest = sorted(weights, key=lambda name: (-abs(weights[name]), name))[:KEPT]
    lines = [f"{name}\t{round(weights[name] * 1000)}\n" for name in sorted({*largest, "BIAS"})]
    return HEAD + "".join(lines)


def main() -> None:
    import django

    django.setup()
    from conduct_labels import TRAINING
    from goedwerk_forum.checks.lists import FOLDER

    (FOLDER / "tone.tsv").write_text(as_file(trained(TRAINING)), encoding="utf-8")


if __name__ == "__main__":
    main()
