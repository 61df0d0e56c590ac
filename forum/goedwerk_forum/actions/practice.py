"""Bringing in the shipped practice cases: each once, so that an owner's edits stay hers."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from ..models import PracticeArrival, PracticeCase, PracticeVoice

SHIPPED = Path(__file__).parent.parent / "practice_cases.toml"
#: Between two cases, so that an owner can put one in between.
STEP = 10


def shipped() -> list[dict[str, Any]]:
    """The cases that come with the plugin, in their order."""
    cases: list[dict[str, Any]] = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["case"]
    return cases


def bring_in() -> Iterator[str]:
    """Adds each shipped case that never was here, and yields a sentence where there were any."""
    here = set(PracticeArrival.objects.values_list("code", flat=True))
    new = [(place, case) for place, case in enumerate(shipped(), 1) if case["code"] not in here]
    with transaction.atomic():
        for place, case in new:
            _add(place * STEP, **case)
    if new:
        yield f"Brought in {len(new)} practice cases."


def _add(sort_order: int, *, code: str, voices: list[dict[str, str]], **fields: Any) -> None:
    PracticeArrival.objects.create(code=code)
    case = PracticeCase.objects.create(sort_order=sort_order, **fields)
    PracticeVoice.objects.bulk_create(
        PracticeVoice(case=case, sort_order=order, **voice) for order, voice in enumerate(voices)
    )
