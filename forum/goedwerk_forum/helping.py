"""Where somebody can turn whose text tells of more than a dialogue can bear."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .checks.hand_over import HandOver
from .models import (
    Contribution,
    ForumSettings,
    ReasonCode,
    Revision,
    SafePlace,
    Signal,
    Statement,
)
from .models.settings import DEFAULT_PLACES
from .transitions import RevisionState, State


@dataclass(frozen=True)
class Help:
    """What a text tells of (nothing where a person sent it elsewhere), and who can help."""

    signals: list[str]
    places: list[SafePlace]


def help_for(settings: ForumSettings, signals: Iterable[str]) -> Help | None:
    """Help for these signals; None where there are none."""
    wanted = list(signals)
    return Help(wanted, places_for(settings, wanted)) if wanted else None


def help_for_returned(
    settings: ForumSettings,
    contribution: Contribution,
    revision: Revision | None,
    decided: Statement | None,
) -> Help | None:
    """Help for the author of what did not get through; None for anything else.

    ``decided`` is the last decision about it.
    """
    if revision is None or not _came_back(contribution, revision):
        return None
    told = {item["kind"] for item in revision.findings if item["check"] == HandOver.code}
    signals = [str(signal) for signal in Signal if signal in told]
    if signals:
        return help_for(settings, signals)
    if decided is None or decided.reason != ReasonCode.HAND_OVER:
        return None
    return Help([], places_for(settings, Signal.values))


def _came_back(contribution: Contribution, revision: Revision) -> bool:
    """Whether this text is with its author again, or will not be placed."""
    return bool(revision.text) and (
        revision.state in (RevisionState.RETURNED, RevisionState.DROPPED)
        or contribution.state in (State.RETURNED, State.REJECTED, State.HIDDEN)
    )


def places_for(settings: ForumSettings, signals: Iterable[str]) -> list[SafePlace]:
    """The site's addresses for any of the signals; the national ones where it has none."""
    wanted = list(signals)
    own = list(settings.safe_places.all()) or [SafePlace(**fields) for fields in DEFAULT_PLACES]
    return [place for place in own if any(place.is_for(signal) for signal in wanted)]
