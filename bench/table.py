"""One table of what was measured, against its bar; and the same as JSON."""

from __future__ import annotations

import json
import os
import platform
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Line:
    """One piece of work: what we reach, what we must, and whether it holds."""

    work: str
    ours: float
    unit: str
    bar: float
    at_most: bool = True
    note: str = ""

    @property
    def holds(self) -> bool:
        return self.ours <= self.bar if self.at_most else self.ours >= self.bar

    def __str__(self) -> str:
        sign = "≤" if self.at_most else "≥"
        held = "yes" if self.holds else "NO"
        ours, bar = _number(self.ours), f"{sign} {_number(self.bar)}"
        return f"{self.work:48} {ours:>9} {self.unit:12} {bar:>9}  {held:4} {self.note}"


def _number(value: float) -> str:
    return f"{value:.2f}" if value < 10 and value != int(value) else f"{value:.0f}"


HEAD = f"{'work':48} {'ours':>9} {'':12} {'bar':>9}  holds"


def conditions(scale: str) -> dict[str, object]:
    """On what, and beside what else, this was measured."""
    return {
        "scale": scale,
        "processors": os.cpu_count(),
        "load at the start": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "machine": platform.machine(),
    }


def write(name: str, lines: list[Line], about: dict[str, object]) -> None:
    RESULTS.mkdir(exist_ok=True)
    about = about | {"load at the end": round(os.getloadavg()[0], 1)}
    found = {"conditions": about, "lines": [asdict(one) | {"holds": one.holds} for one in lines]}
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(", ".join(f"{key} {value}" for key, value in about.items()))
    sys.stdout.flush()
