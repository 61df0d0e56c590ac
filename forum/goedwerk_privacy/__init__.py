"""Finds traceable persons and details in Dutch texts of civil servants.

``find(text)`` returns the findings; ``abstract(text, findings)`` replaces them. Both take a
vocabulary of a site's own.
"""

from __future__ import annotations

from .abstraction import abstract
from .finder import find
from .finding import Finding
from .kinds import DIRECT_KINDS, KINDS, QUASI_KINDS, Severity
from .phrasebook import Vocabulary, extend_vocabulary, read_vocabulary

__all__ = [
    "DIRECT_KINDS",
    "KINDS",
    "QUASI_KINDS",
    "Finding",
    "Severity",
    "Vocabulary",
    "abstract",
    "extend_vocabulary",
    "find",
    "read_vocabulary",
]
