"""What reaches a contributor: a message in her inbox, and the neutral mail if she asked for it."""

from __future__ import annotations

from django.utils import timezone

from goedwerk_forum.actions.notices import next_digest
from goedwerk_forum.outbox.rows import enqueue

from ..models import News, Submission

#: Kind of the outbox rows that ask for a mail about news.
KIND = "story_news"


def tell(submission: Submission, event: str) -> None:
    """Puts ``event`` into the inbox of who wrote it; nothing where the link is cut or never was."""
    if submission.token is None:
        return
    news = News.objects.create(submission=submission, event=event, day=timezone.localdate())
    enqueue(KIND, [(news.pk, 0)], next_digest())
