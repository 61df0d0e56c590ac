"""One detector per kind of finding; each hands in candidates for the cleaned text."""

from __future__ import annotations
