from __future__ import annotations

import secrets


def random_id() -> int:
    """A primary key that tells no order: who came after whom would link people to pseudonyms.

    As the default of a ``BigAutoField``, and of no other: a ``bigint`` key leaves SQLite a hidden
    row number that counts. 52 bits, so that it is exact in JSON and JavaScript too.
    """
    return secrets.randbelow(2**52 - 1) + 1
