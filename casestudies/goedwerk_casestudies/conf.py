"""Every setting of the room for stories: its name, default and unit.

A site sets them in one dictionary, ``GOEDWERK_STORIES = {"CONSENT_DAYS": 21}``. An unknown name
or a value of the wrong type is an error at start-up, never a silent default.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class StoriesConf:
    """The settings with their defaults."""

    #: Days after publication or refusal until raw texts, letters and the link to a person go.
    RETENTION_DAYS: int = 90
    #: Days in which a contributor can answer, before her silence counts as she chose.
    CONSENT_DAYS: int = 14
    #: Days that a draft which nobody touches is kept.
    DRAFT_DAYS: int = 180
    #: Longest text of one step of a submission, in characters.
    STEP_LENGTH: int = 10_000
    #: Largest report that can be imported, in millions of bytes.
    REPORT_MAX_MB: int = 20
    #: Most pages of a PDF that is imported.
    REPORT_MAX_PAGES: int = 300
    #: Seconds that converting a report may take.
    REPORT_SECONDS: int = 90
    #: Days that an imported report waits, sealed, for its editor to choose from it.
    REPORT_DAYS: int = 1


def conf() -> StoriesConf:
    """The settings in force.

    Raises:
        ImproperlyConfigured: on an unknown name or an impossible value.
    """
    given = dict(getattr(settings, "GOEDWERK_STORIES", {}))
    known = [item.name for item in fields(StoriesConf)]
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise ImproperlyConfigured(
            f"GOEDWERK_STORIES has unknown settings: {', '.join(unknown)}. "
            f"Known settings are: {', '.join(known)}."
        )
    for name, value in given.items():
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise ImproperlyConfigured(f"GOEDWERK_STORIES['{name}'] must be a number of 1 or more.")
    return StoriesConf(**given)
