"""How many hits somebody has who knows nothing but days."""

from __future__ import annotations

import math


def most_by_chance(trials: int, probability: float, doubt: float = 1e-6) -> int:
    """The number of hits that luck alone exceeds with a probability below ``doubt``."""
    if not trials or probability <= 0:
        return 0
    below = 0.0
    for hits in range(trials + 1):
        below += math.exp(_log_binomial(trials, hits, probability))
        if 1 - below < doubt:
            return hits
    return trials


def _log_binomial(trials: int, hits: int, probability: float) -> float:
    return (
        math.lgamma(trials + 1)
        - math.lgamma(hits + 1)
        - math.lgamma(trials - hits + 1)
        + hits * math.log(probability)
        + (trials - hits) * math.log1p(-min(probability, 1 - 1e-12))
    )
