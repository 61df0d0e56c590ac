"""The raw text of a submission: six fields, in the clear only in the memory of who may read it."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass, fields

from django.utils.crypto import salted_hmac

from goedwerk_forum.identity import sealed


@dataclass(frozen=True)
class Raw:
    """What was written or imported, as plain text per part of a story."""

    title: str = ""
    what_happened: str = ""
    tension: str = ""
    weighed: str = ""
    done: str = ""
    hindsight: str = ""

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The names of the parts, in reading order; those of ``StoryPage`` are the same."""
        return tuple(field.name for field in fields(cls))

    def parts(self) -> dict[str, str]:
        return asdict(self)

    def is_empty(self) -> bool:
        return not any(text.strip() for text in self.parts().values())


def version_of(part: str) -> str:
    """What a form carries of the part that it shows: a keyed hash, or nothing of an empty one."""
    return salted_hmac("goedwerk part", part).hexdigest()[:32] if part else ""


def seal(raw: Raw, submission: uuid.UUID) -> str:
    """The text, sealed for the submission with this ``uuid``.

    Raises:
        KeyMissing: this process has no LINK_KEY.
    """
    return sealed.seal(raw.parts(), submission)


def unseal(sealed_raw: str | None, submission: uuid.UUID) -> Raw:
    """The text of a submission; empty once it was let go.

    Raises:
        KeyMissing: this process has no LINK_KEY, or not the one it was sealed with.
    """
    found = sealed.unseal(sealed_raw, submission) if sealed_raw else {}
    return Raw(**{name: str(found.get(name, "")) for name in Raw.names()})
