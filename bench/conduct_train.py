"""Makes the weights of the tone model from the labelled comments; run after these changed.

``uv run --group train bench/conduct_train.py``. All sets but those that are kept aside. The same
comments give the same file, whose head says which comments and lists it was made from.
"""

from __future__ import annotations

import json
import math
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / folder) for folder in ("forum", "casestudies", "site", "tests")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings_for_tests")
os.environ.setdefault("GOEDWERK_DATA_DIR", tempfile.mkdtemp(prefix="goedwerk-bench-"))

#: How free the weights are, and what the rarity of a piece is divided by: about its mean.
FREEDOM, MEAN_RARITY = 30, 6.0
#: Weights that are kept, the largest; the others change next to nothing.
KEPT = 60_000
MARK = re.compile(r"\[\[\w+\|([^\]]*)\]\]")


def comments() -> list[tuple[str, bool]]:
    """(text, whether it hurts): the labelled comments, and plain passages of another set.

    What is harmless is so in each of its windows, and is judged by window.
    """
    from conduct_labels import TRAINING, read_set

    labelled = [one for name in TRAINING for one in read_set(name)]
    hurtful = [(one.text, True) for one in labelled if one.is_hurtful]
    harmless = [one.text for one in labelled if not one.is_hurtful]
    return hurtful + [
        (part, False) for text in [*harmless, *plain_passages()] for part in in_windows(text)
    ]


def in_windows(text: str) -> Iterator[str]:
    from goedwerk_forum.checks.normal import tokens
    from goedwerk_forum.checks.tone import windows

    for window in windows(tokens(text)):
        yield text[window[0].start : window[-1].end + 1]


def plain_passages() -> Iterator[str]:
    """Passages in the voice of civil servants, from the sets of the privacy finder."""
    from conduct_labels import PASSAGES, PLAIN

    for name in PLAIN:
        for line in (PASSAGES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            yield MARK.sub(r"\1", json.loads(line)["text"])


def listed(text: str) -> set[str]:
    """What the lists find in a text, as features."""
    from goedwerk_forum.checks.conduct import hurtful
    from goedwerk_forum.checks.normal import tokens
    from goedwerk_forum.checks.tone import signs

    meant, excused = hurtful(text, tokens(text))
    return signs((place[2] for place in meant), (place[2] for place in excused))


def trained(texts: list[str], hurts: list[bool]) -> dict[str, float]:
    """Logistic regression; weights by feature, as ``tone.score`` adds them up.

    A piece counts by how often it stands in a text, and for more the rarer it is; a text has
    the length of its pieces, whether they are known or not.
    """
    from goedwerk_forum.checks.tone import OF_A_HIT, length, pieces

    vectorizer = CountVectorizer(analyzer=lambda text: list(pieces(text).elements()), min_df=2)
    counts = vectorizer.fit_transform(texts).astype(float)
    counts.data = 1 + np.log(counts.data)
    stands_in = np.asarray((counts > 0).sum(0)).ravel()
    rarity = (np.log((1 + len(texts)) / (1 + stands_in)) + 1) / MEAN_RARITY
    lengths = np.array([length(pieces(text)) for text in texts])
    said = [listed(text) for text in texts]
    names = sorted(set().union(*said))
    lists = sparse.csr_matrix([[OF_A_HIT * (name in row) for name in names] for row in said])
    of_pieces = sparse.diags(1 / lengths) @ counts @ sparse.diags(rarity)
    model = LogisticRegression(C=FREEDOM, max_iter=3000)
    model.fit(sparse.hstack([of_pieces, lists]).tocsr(), hurts)
    worth = model.coef_[0] * np.concatenate([rarity, np.full(len(names), OF_A_HIT)])
    features = [*vectorizer.get_feature_names_out(), *names]
    bias = {"\tBIAS": float(model.intercept_[0])}
    return dict(zip(features, map(float, worth), strict=True)) | bias


def as_file(weights: dict[str, float]) -> str:
    from conduct_labels import digest_of, made_from

    def largest_first(name: str) -> tuple[bool, float, str]:
        return not name.startswith("\t"), -math.fabs(weights[name]), name

    kept = sorted(sorted(weights, key=largest_first)[:KEPT])
    lines = [f"{name}\t{round(weights[name] * 1000)}" for name in kept]
    return "\n".join([f"#\t{made_from()}\t{digest_of(lines)}", *lines, ""])


def main() -> None:
    import django

    django.setup()
    from goedwerk_forum.checks.lists import FOLDER

    texts, hurts = zip(*comments(), strict=True)
    made = as_file(trained(list(texts), list(hurts)))
    (FOLDER / "tone.tsv").write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
