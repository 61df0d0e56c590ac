from __future__ import annotations

import re
import secrets
from collections.abc import Mapping

#: The form of every public id: what a database is asked for has no sign that it refuses.
PUBLIC_ID = re.compile(r"[0-9a-f]{20}")


def asked(data: Mapping[str, str], name: str) -> str:
    """The public id under a name in what somebody sent; empty where it is none."""
    found = data.get(name, "")
    return found if PUBLIC_ID.fullmatch(found) else ""


def random_id() -> int:
    """A primary key that tells no order: who came after whom would link people to pseudonyms.

    As the default of a ``BigAutoField``, and of no other: a ``bigint`` key leaves SQLite a hidden
    row number that counts. 52 bits, so that it is exact in JSON and JavaScript too.
    """
    return secrets.randbelow(2**52 - 1) + 1
