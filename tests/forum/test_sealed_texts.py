"""Texts sealed for the row they belong to."""

from __future__ import annotations

import uuid

import pytest

from goedwerk_forum.errors import KeyMissing
from goedwerk_forum.identity import keys, sealed

WORDS = {"what_happened": "Wat er gebeurde bij de balie."}


def test_a_text_opens_for_its_own_row_only():
    row = uuid.uuid4()
    kept = sealed.seal(WORDS, row)
    assert sealed.unseal(kept, row) == WORDS
    with pytest.raises(KeyMissing):
        sealed.unseal(kept, uuid.uuid4())


def test_a_sealed_text_shows_no_word_and_hides_its_length():
    row = uuid.uuid4()
    short, long = sealed.seal({"a": "b"}, row), sealed.seal(WORDS, row)
    assert b"balie" not in bytes.fromhex(long)
    assert len(short) == len(long)


def test_another_key_opens_nothing(settings, tmp_path):
    row = uuid.uuid4()
    kept = sealed.seal(WORDS, row)
    settings.GOEDWERK = {**settings.GOEDWERK, "KEYS_DIR": tmp_path / "other"}
    keys.create_missing()
    with pytest.raises(KeyMissing):
        sealed.unseal(kept, row)
