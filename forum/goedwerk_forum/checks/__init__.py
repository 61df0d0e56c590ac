"""What software looks at before a contribution is shown, and the verdict that follows."""

from .base import Check, Context, Finding, Level
from .verdict import Examined, examine, load_checks

__all__ = ["Check", "Context", "Examined", "Finding", "Level", "examine", "load_checks"]
