"""Reads that several rooms share; each is one query."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.db.models import Exists, F, OuterRef

from . import kinds
from .transitions import Display


class ContributionQuerySet(models.QuerySet):
    """Contributions; what readers may see goes through ``shown()``."""

    def shown(self) -> ContributionQuerySet:
        """What a page shows: released texts and tombstones."""
        return self.exclude(display=Display.NOTHING)

    def with_voices(self) -> ContributionQuerySet:
        """Adds who speaks, whom it answers (by pseudonym), and whether somebody answered it."""
        return self.select_related("participant").annotate(
            is_answered=self._has_answer(),
            parent_public_id=F("in_reply_to__public_id"),
            parent_pseudonym=F("in_reply_to__participant__pseudonym"),
            parent_display=F("in_reply_to__display"),
            parent_said_on=F("in_reply_to__said_on"),
            parent_path=F("in_reply_to__path"),
        )

    def unanswered(self) -> ContributionQuerySet:
        """Those to which readers see no answer, and to which one can still be given."""
        return self.filter(~self._has_answer(), closed_with__isnull=True)

    def awaiting_answer(self, asking: Sequence[str] | None = None) -> ContributionQuerySet:
        """The unanswered ones of a kind that asks for an answer; ``Contribution.awaits_answer``.

        ``asking``: keys of those kinds, where they were taken already.
        """
        return self.unanswered().filter(kind__in=kinds.asking() if asking is None else asking)

    def _has_answer(self) -> Exists:
        answers = self.model._default_manager.filter(
            in_reply_to=OuterRef("pk"), display=Display.TEXT
        )
        return Exists(answers.order_by())
