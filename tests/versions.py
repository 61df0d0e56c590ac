"""What a form carries of the words that it shows, as a test sends it back."""

from __future__ import annotations

import re
from typing import Any


def version_in(response: Any) -> dict[str, str]:
    """The hidden field with the version, as data for a post."""
    found = re.search(r'name="version" value="([^"]*)"', response.content.decode())
    assert found
    return {"version": found[1]}
