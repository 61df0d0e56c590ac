"""The identity keys, as files outside the database.

``link.key``      32 random bytes; finds "my" participant. In web.
``unseal.key``    private half of an X25519 pair; opens seals. Only where the notifier runs.
``unseal.pub``    its public half; seals. In web.
``standing.key``  32 random bytes; finds what holds somebody back. In web and in the notifier.
``audit.key``     32 random bytes; chains the audit record. Where the sealer runs.

While keys are rotated (``rotation``) the one before lies beside each, as ``link.key.old`` and so
on: what is written is made with the new one, what is looked for or opened with either.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nacl.public import PrivateKey, PublicKey

from ..conf import conf
from ..errors import KeyMissing

LINK, UNSEAL, SEAL, AUDIT = "link.key", "unseal.key", "unseal.pub", "audit.key"
STANDING = "standing.key"
#: The keys that are rotated together, and the end of the name of the one before.
ROTATED = (LINK, UNSEAL, SEAL, STANDING)
BEFORE = ".old"

_cache: dict[Path, tuple[int, bytes]] = {}


def _read(name: str) -> bytes:
    """The key's bytes; read again when the file changes.

    Raises:
        KeyMissing: the file is not there, cannot be read, or does not hold 32 bytes in hex.
    """
    path = conf().KEYS_DIR / name
    try:
        changed = path.stat().st_mtime_ns
        if path not in _cache or _cache[path][0] != changed:
            _cache[path] = (changed, bytes.fromhex(path.read_text(encoding="ascii").strip()))
    except (OSError, ValueError):
        raise KeyMissing from None
    value = _cache[path][1]
    if len(value) != 32:
        raise KeyMissing
    return value


def _before(name: str) -> list[bytes]:
    """The key before this one, while keys are rotated; nothing at other times."""
    there = (conf().KEYS_DIR / f"{name}{BEFORE}").exists()
    return [_read(f"{name}{BEFORE}")] if there else []


def link_key() -> bytes:
    return _read(LINK)


def link_keys() -> list[bytes]:
    """To find with: the LINK_KEY, and the one before while keys are rotated."""
    return [link_key(), *_before(LINK)]


def audit_key() -> bytes:
    return _read(AUDIT)


def standing_key() -> bytes:
    return _read(STANDING)


def standing_keys() -> list[bytes]:
    """To find with: the standing key, and the one before while keys are rotated."""
    return [standing_key(), *_before(STANDING)]


def seal_key() -> PublicKey:
    return PublicKey(_read(SEAL))


def unseal_keys() -> list[PrivateKey]:
    """To open with: the UNSEAL_KEY, and the one before while keys are rotated."""
    return [PrivateKey(key) for key in (_read(UNSEAL), *_before(UNSEAL))]


def key_id() -> str:
    """Names the pair of keys a row was written with, without telling anything of them."""
    return hashlib.sha256(b"goedwerk key id" + link_key() + _read(SEAL)).hexdigest()[:16]


def read_file(path: Path) -> bytes:
    """The 32 bytes of a key that somebody brought, from wherever it lies.

    Raises:
        KeyMissing: the file is not there, or holds no key.
    """
    try:
        value = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        raise KeyMissing from None
    if len(value) != 32:
        raise KeyMissing
    return value


def standing_key_id() -> str:
    """Names the key that a standing was written with, without telling anything of it."""
    return hashlib.sha256(b"goedwerk standing key id" + standing_key()).hexdigest()[:16]


def available() -> dict[str, bool]:
    """Which of the keys this process can read."""
    found = {}
    for name in (LINK, UNSEAL, SEAL, STANDING, AUDIT):
        try:
            _read(name)
        except KeyMissing:
            found[name] = False
        else:
            found[name] = True
    return found


def write(path: Path, value: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(value.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())


def fingerprint(path: Path) -> str:
    """Names the key in a file, without telling anything of it."""
    return hashlib.sha256(b"goedwerk key file" + read_file(path)).hexdigest()[:8]


def create_missing() -> list[str]:
    """Makes the keys that are not there yet; never replaces one. Returns the names made.

    Processes that start at once wait for each other, so that all read the same keys.
    """
    folder = conf().KEYS_DIR
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _one_at_a_time(folder):
        made = []
        for name in (LINK, STANDING, AUDIT):
            if not (folder / name).exists():
                write(folder / name, secrets.token_bytes(32))
                made.append(name)
        if not (folder / SEAL).exists() and not (folder / UNSEAL).exists():
            private = PrivateKey.generate()
            write(folder / UNSEAL, bytes(private))
            write(folder / SEAL, bytes(private.public_key))
            made += [UNSEAL, SEAL]
    return made


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Locks the folder among processes of this machine, until the block ends."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
