"""Voting as something to do in a step of a dialogue: the forum knows its key, not what it is."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from goedwerk_forum.courses import TASKS, Task
from goedwerk_forum.identity.accounts import ALSO_REWRITTEN
from goedwerk_forum.shipped_formats import VOTE


def register() -> None:
    """Called once, when the app is ready."""
    TASKS[VOTE] = Task(_("stemmen"), _("Geef je stem op deze stelling"), url_of_ballot, asks)


def forget_sittings() -> None:
    """At night nothing tells any more which vote was cast just before which reason was written."""
    from .models import BallotToken, Round

    ALSO_REWRITTEN.extend([BallotToken, Round])


def asks(kind: type[Page]) -> bool:
    """Whether pages of a type put a question that one answers in rounds."""
    from .models.ballot_pages import BallotPageMixin

    return issubclass(kind, BallotPageMixin)


def url_of_ballot(page: Page) -> str | None:
    """Where one answers what a page asks in its open round; None where it asks nothing now."""
    open_round = getattr(page, "open_round", None)
    if open_round is None:
        return None
    return reverse("goedwerk_stories:take_part", args=[open_round.uuid.hex])
