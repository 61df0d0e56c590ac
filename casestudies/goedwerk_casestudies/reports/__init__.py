"""Reads a report into headings and paragraphs, and takes nothing else out of the file.

Pure Python, no Django: it runs in a process of its own (``apart``), with limits of its own.
"""

from __future__ import annotations

from .reading import can_read, read
from .report import Limits, Problem, Report, Section, Unreadable

__all__ = ["Limits", "Problem", "Report", "Section", "Unreadable", "can_read", "read"]
