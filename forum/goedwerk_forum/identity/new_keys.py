"""The files of a rotation: new keys in place, those before beside them, and how far it is.

Each step can be killed and done again. What must not happen twice is making new keys, so a file
``rotation`` says how far it came; it goes last.
"""

from __future__ import annotations

import os
import secrets
from enum import StrEnum
from pathlib import Path

from django.utils import timezone
from nacl.public import PrivateKey

from ..conf import conf
from ..errors import KeysHalfPlaced
from . import keys

MARK, NEW = "rotation", ".new"
FOLDER = "retired-{day}"


class Phase(StrEnum):
    """How far a rotation came."""

    NONE = ""
    MAKING = "making"
    REPLACING = "replacing"
    REWRITING = "rewriting"
    RETIRING = "retiring"
    #: Somebody put both generations in place by hand, and takes the old one away by hand.
    PLACED = "placed"


def phase() -> Phase:
    """Where the rotation in KEYS_DIR stands.

    Raises:
        KeysHalfPlaced: some of the keys before are there and some not, and no mark says why.
    """
    mark = conf().KEYS_DIR / MARK
    if mark.exists():
        return Phase(mark.read_text(encoding="ascii").strip())
    there = [_before(name).exists() for name in keys.ROTATED if _here(name).exists()]
    if any(there) and not all(there):
        raise KeysHalfPlaced
    return Phase.PLACED if any(there) else Phase.NONE


def put_in_place() -> None:
    """Makes new keys and puts them in the place of the present ones, which stay beside them."""
    if phase() == Phase.NONE:
        _mark(Phase.MAKING)
    if phase() == Phase.MAKING:
        _make_new()
        for name in keys.ROTATED:
            _write(_before(name), keys.read_file(_here(name)))
        _mark(Phase.REPLACING)
    if phase() == Phase.REPLACING:
        for name in keys.ROTATED:
            if _new(name).exists():
                os.replace(_new(name), _here(name))
        _mark(Phase.REWRITING)


def retire() -> Path | None:
    """Moves the keys before into a folder of their own; None where they were placed by hand."""
    if phase() == Phase.PLACED:
        return None
    if phase() == Phase.REWRITING:
        _mark(Phase.RETIRING)
    folder = conf().KEYS_DIR / FOLDER.format(day=timezone.localdate())
    folder.mkdir(mode=0o700, exist_ok=True)
    for name in keys.ROTATED:
        if _before(name).exists():
            os.replace(_before(name), folder / f"{name}-{keys.fingerprint(_before(name))}")
    (conf().KEYS_DIR / MARK).unlink()
    return folder


def _make_new() -> None:
    private = PrivateKey.generate()
    values = {
        keys.LINK: secrets.token_bytes(32),
        keys.STANDING: secrets.token_bytes(32),
        keys.UNSEAL: bytes(private),
        keys.SEAL: bytes(private.public_key),
    }
    for name, value in values.items():
        _write(_new(name), value)


def _here(name: str) -> Path:
    return conf().KEYS_DIR / name


def _before(name: str) -> Path:
    return conf().KEYS_DIR / f"{name}{keys.BEFORE}"


def _new(name: str) -> Path:
    return conf().KEYS_DIR / f"{name}{NEW}"


def _write(path: Path, value: bytes) -> None:
    """Whole or not at all, and on the disk before the next step."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    keys.write(part, value)
    os.replace(part, path)


def _mark(now: Phase) -> None:
    part = conf().KEYS_DIR / f"{MARK}.part"
    with part.open("w", encoding="ascii") as file:
        file.write(now)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, conf().KEYS_DIR / MARK)
