"""What a session of a circle can be about, and what it can give to do."""

from __future__ import annotations

from wagtail.query import PageQuerySet

from goedwerk_forum import circles
from goedwerk_forum.public import public_pages

from .models import AssignmentPage, DilemmaPage, StatementPage, StoryPage


def register() -> None:
    """Called once, when the app is ready."""
    circles.STORIES.append(stories)
    circles.ASSIGNMENTS.append(assignments)


def stories() -> PageQuerySet:
    return public_pages().type(StoryPage, DilemmaPage)


def assignments() -> PageQuerySet:
    return public_pages().type(AssignmentPage, StatementPage)
