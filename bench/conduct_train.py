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
from collections.abc import Iterator, Sequence
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
FREEDOM, MEAN_RARITY = 12, 6.0
#: What a piece counts for that stands as often in what hurts as in the rest.
LEAST_TELLING = 0.6
#: Weights that are kept, the largest; the others change next to nothing.
KEPT = 120_000
MARK = re.compile(r"\[\[\w+\|([^\]]*)\]\]")


def comments() -> list[tuple[str, bool]]:
    """(text, whether it hurts): the labelled comments, and plain passages of another set.

    What is harmless is so in each of its windows, and is judged by window; so is what hurts in a
    part that is marked.
    """
    from conduct_labels import TRAINING, read_set

    labelled = [one for name in TRAINING for one in read_set(name)]
    whole = [one for one in labelled if one.is_hurtful and not one.is_marked]
    marked = [one for one in labelled if one.is_hurtful and one.is_marked]
    harmless = [one.text for one in labelled if not one.is_hurtful]
    return [
        *((one.text, True) for one in whole),
        *(part for one in marked for part in in_windows(one.text, one.start, one.end)),
        *(part for text in [*harmless, *plain_passages()] for part in in_windows(text, 0, 0)),
    ]


def in_windows(text: str, start: int, end: int) -> Iterator[tuple[str, bool]]:
    """The windows of a text, and whether what stands between these places is in them."""
    from goedwerk_forum.checks.normal import tokens
    from goedwerk_forum.checks.tone import windows

    for window in windows(tokens(text)):
        first, last = window[0].start, window[-1].end
        yield text[first : last + 1], first < end and start < last


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

    What is read counts for more the rarer it is, and the more often it stands on one side (S. Wang
    and C. D. Manning, "Baselines and Bigrams", 2012); a text has the length of its reading, whether
    all in it is known or not.
    """
    from goedwerk_forum.checks.tone import OF_A_HIT

    names: list[str] = []
    worths: list[np.ndarray] = []
    columns: list[sparse.csr_matrix] = []
    for read in zip(*map(readings, texts), strict=True):
        vectorizer = CountVectorizer(analyzer=list, min_df=2)
        counts = vectorizer.fit_transform(read).astype(float)
        stands_in = counts > 0
        worth = rarities(stands_in) * (LEAST_TELLING + sides(stands_in, np.array(hurts)))
        names.extend(vectorizer.get_feature_names_out())
        worths.append(worth)
        columns.append(by_length(counts, read) @ sparse.diags(worth))
    said = [listed(text) for text in texts]
    signs = sorted(set().union(*said))
    names.extend(signs)
    worths.append(np.full(len(signs), OF_A_HIT))
    columns.append(
        sparse.csr_matrix([[OF_A_HIT * (name in row) for name in signs] for row in said])
    )
    model = LogisticRegression(C=FREEDOM, max_iter=3000)
    model.fit(sparse.hstack(columns).tocsr(), hurts)
    weights = model.coef_[0] * np.concatenate(worths)
    return dict(zip(names, map(float, weights), strict=True)) | {
        "\tBIAS": float(model.intercept_[0])
    }


def readings(text: str) -> tuple[list[str], list[str]]:
    """A text as the model reads it, in two ways: the pieces of its words, and its phrases."""
    from goedwerk_forum.checks.tone import phrases, pieces, words_of

    words = words_of(text)
    return [piece for word in words for piece in pieces(word)], sorted(phrases(words))


def rarities(stands_in: sparse.csr_matrix) -> np.ndarray:
    """By column: larger for what stands in fewer rows."""
    times = np.asarray(stands_in.sum(0)).ravel()
    return (np.log((1 + stands_in.shape[0]) / (1 + times)) + 1) / MEAN_RARITY


def sides(stands_in: sparse.csr_matrix, hurts: np.ndarray) -> np.ndarray:
    """By column: larger for what stands more often in one kind of text than in the other."""
    in_hurtful = (1 + np.asarray(stands_in[hurts].sum(0)).ravel()) / (2 + hurts.sum())
    in_harmless = (1 + np.asarray(stands_in[~hurts].sum(0)).ravel()) / (2 + (~hurts).sum())
    return np.abs(np.log(in_hurtful / in_harmless))


def by_length(counts: sparse.csr_matrix, read: Sequence[Sequence[str]]) -> sparse.csr_matrix:
    """What each piece counts for, by the length of its reading."""
    from goedwerk_forum.checks.tone import length

    return sparse.diags(1 / np.array([length(len(found)) for found in read])) @ counts


def as_file(weights: dict[str, float]) -> str:
    from conduct_labels import digest_of, made_from

    def largest_first(name: str) -> tuple[bool, float, str]:
        """What the lists say, and where it starts from, is in capitals: that is always kept."""
        return not name[1:2].isupper(), -math.fabs(weights[name]), name

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
