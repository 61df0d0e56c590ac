"""Reads that several rooms share; each is one query."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, F, OuterRef

from .transitions import Display


class ContributionQuerySet(models.QuerySet):
    """Contributions; what readers may see goes through ``shown()``."""

    def shown(self) -> ContributionQuerySet:
        """What a page shows: released texts and tombstones."""
        return self.exclude(display=Display.NOTHING)

    def with_voices(self) -> ContributionQuerySet:
        """Adds who speaks, whom it answers (by pseudonym), and whether somebody answered it."""
        answers = self.model._default_manager.filter(
            in_reply_to=OuterRef("pk"), display=Display.TEXT
        )
        return self.select_related("participant").annotate(
            is_answered=Exists(answers.order_by()),
            parent_public_id=F("in_reply_to__public_id"),
            parent_pseudonym=F("in_reply_to__participant__pseudonym"),
            parent_display=F("in_reply_to__display"),
            parent_said_on=F("in_reply_to__said_on"),
            parent_path=F("in_reply_to__path"),
        )
