"""Finds traceable persons and details in Dutch texts of civil servants.

``find(text)`` returns the findings; ``abstract(text, findings)`` replaces them.
"""

from __future__ import annotations

from .abstraction import abstract
from .finder import find
from .finding import Finding
from .kinds import DIRECT_KINDS, KINDS, QUASI_KINDS, Severity

__all__ = ["DIRECT_KINDS", "KINDS", "QUASI_KINDS", "Finding", "Severity", "abstract", "find"]
