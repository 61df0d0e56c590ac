"""Checks that do what the words in a text say: wait, loop, kill their process, give it back."""

from __future__ import annotations

import os
import re
import time
from typing import ClassVar

from goedwerk_forum.checks import Check
from goedwerk_forum.checks.base import Level

from .hooks import TRAPS


class Gate(Check):
    """Waits as long as the trap ``hold`` is set; dies where the text says so."""

    code = "proef"
    name = "proef"
    explanation = "Alleen in tests."
    reason = "off_topic"
    time_limit: ClassVar[float] = 60.0

    def run(self, text, context):
        (TRAPS / "checked").touch()
        if "proef:sterf" in text:
            os._exit(9)
        if "proef:knal" in text:
            raise RuntimeError(text)
        if "proef:wacht" in text:
            (TRAPS / f"inside-{os.getpid()}").touch()
            while (TRAPS / "hold").exists():
                time.sleep(0.02)
        return self.finding(Level.RETURN) if "proef:terug" in text else ()


class Loop(Check):
    """Never comes back by itself."""

    code = "lus"
    name = "lus"
    explanation = "Alleen in tests."
    time_limit: ClassVar[float] = 0.5

    def run(self, text, context):
        if "proef:lus" in text:
            re.match(r"(a+)+$", "a" * 64 + "b")
        while "proef:doof" in text:
            try:
                time.sleep(60)
            except BaseException:
                continue
        return ()
