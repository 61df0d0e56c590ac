"""Names of people: where one starts, how far it goes, and whether the sentence bears it out."""

from __future__ import annotations

from .detector import PersonDetector

__all__ = ["PersonDetector"]
