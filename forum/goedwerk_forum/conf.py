"""Every setting of the plugin: its name, default and unit.

A site sets them in one dictionary, ``GOEDWERK = {"RELEASE_EVERY": 30}``. An unknown name or a
value of the wrong type is an error at start-up (``system_checks``), never a silent default.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

#: Settings that may be given as a list.
TUPLES = (
    "BRAND_FONTS",
    "BRAND_STYLES",
    "DIGEST_HOURS",
    "EXTRA_CHECKS",
    "RESERVED_PSEUDONYMS",
    "WITNESS_MAIL",
)
#: Seconds; a text waits for the answer, so not long.
LONGEST_REMOTE = 10


@dataclass(frozen=True)
class ForumConf:
    """The plugin's settings with their defaults."""

    #: Folder with the identity keys; must lie outside the database, its backup and the media.
    KEYS_DIR: Path = Path("var/keys")
    #: Minutes between release moments; 0 shows a released text at once.
    RELEASE_EVERY: int = 60
    #: Longest contribution, in characters.
    MAX_LENGTH: int = 5000
    #: Contributions in one window of a discussion.
    WINDOW: int = 50
    #: Seconds a claimed outbox row stays with its worker before another may take it.
    LEASE_SECONDS: int = 30
    #: Outbox rows claimed in one transaction.
    CLAIM_BATCH: int = 100
    #: Times a handler may start on a row before the case goes to a person.
    MAX_ATTEMPTS: int = 5
    #: "celery" rings the broker after each commit; "embedded" rings nobody: the runner polls.
    DRIVER: str = "embedded"
    #: Published contributions that make an account no longer a newcomer.
    NEWCOMER_UNTIL: int = 2
    #: Published contributions that make an account trusted, where trusted ones are shown at once.
    TRUSTED_FROM: int = 5
    #: Contributions one account may write in an hour.
    WRITES_PER_HOUR: int = 30
    #: Reports that one account may make in an hour.
    REPORTS_PER_HOUR: int = 20
    #: Reports that people who are not signed in may make from one network in an hour.
    ANONYMOUS_REPORTS_PER_HOUR: int = 60
    #: Reports by participants in good standing that hide a text until somebody looks.
    REPORT_THRESHOLD: int = 3
    #: Proxies before the site whose word about an address counts.
    TRUSTED_PROXIES: int = 0
    #: Links that a contribution may hold before a person looks at it.
    MAX_LINKS: int = 2
    #: Hour of the day (0-23) at which the notifier sends its digests.
    DIGEST_HOURS: tuple[int, ...] = (8, 16)
    #: Fewest people in an ambassador group before the system check warns.
    TEAM_MIN: int = 3
    #: Dotted path of a view decorator that asks again who somebody is, before she takes along or
    #: lets go of all that is hers; empty asks nothing.
    ASK_AGAIN: str = ""
    #: Address of a classifier that gets each text and advises; empty asks nobody.
    REMOTE_URL: str = ""
    #: Seconds that its answer may take.
    REMOTE_TIMEOUT: int = 3
    #: Dotted paths of extra check classes.
    EXTRA_CHECKS: tuple[str, ...] = ()
    #: Addresses that get the daily head of the audit record; empty: those of ADMINS.
    WITNESS_MAIL: tuple[str, ...] = ()
    #: Dotted path of a function (account, code) -> bool that the commands for two people ask
    #: beside a password: whether the code of her second step is right. Empty asks a password only.
    CONFIRM_CODE: str = ""
    #: True only on a demonstration site; refused in production settings.
    DEMO: bool = False
    #: Minutes that a case is an ambassador's after she opened it.
    CLAIM_MINUTES: int = 15
    #: Hours within which the site promises a decision; older cases raise the alarm.
    PROMISED_HOURS: int = 24
    #: Percent of a check's findings of one kind that ambassadors must find right: under it, they
    #: only advise.
    PRECISION_BAR: int = 50
    #: Judged findings of a kind before its precision counts.
    PRECISION_ENOUGH: int = 20
    #: Static paths of stylesheets with an owner's own colours and letters, loaded after ours.
    BRAND_STYLES: tuple[str, ...] = ()
    #: Class beside ours on the outermost element: that of an NL Design System theme.
    BRAND_CLASS: str = ""
    #: Static paths of the fonts (woff2) that stand at the top of a page: they are fetched at once.
    BRAND_FONTS: tuple[str, ...] = (
        "goedwerk_forum/fonts/literata-display.woff2",
        "goedwerk_forum/fonts/figtree.woff2",
    )
    #: Words that no pseudonym may hold, added to the shipped ones.
    RESERVED_PSEUDONYMS: tuple[str, ...] = field(default=())


def _validated(given: dict[str, Any]) -> ForumConf:
    known = {item.name: item for item in fields(ForumConf)}
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise ImproperlyConfigured(
            f"GOEDWERK has unknown settings: {', '.join(unknown)}. "
            f"Known settings are: {', '.join(sorted(known))}."
        )
    values = dict(given)
    if "KEYS_DIR" in values:
        values["KEYS_DIR"] = Path(values["KEYS_DIR"])
    for name in TUPLES:
        if name in values:
            values[name] = tuple(values[name])
    conf = ForumConf(**values)
    for name, item in known.items():
        default = item.default
        value = getattr(conf, name)
        wrong_number = isinstance(default, int) and (
            isinstance(value, bool) is not isinstance(default, bool)
            or not isinstance(value, int)
            or value < 0
        )
        if wrong_number:
            raise ImproperlyConfigured(f"GOEDWERK['{name}'] must be a number of 0 or more.")
    if conf.REMOTE_URL and not conf.REMOTE_URL.startswith(("https://", "http://")):
        raise ImproperlyConfigured("GOEDWERK['REMOTE_URL'] must start with https:// or http://.")
    if not 1 <= conf.REMOTE_TIMEOUT <= LONGEST_REMOTE:
        raise ImproperlyConfigured(
            f"GOEDWERK['REMOTE_TIMEOUT'] must be a number from 1 to {LONGEST_REMOTE}."
        )
    if conf.BRAND_CLASS and not re.fullmatch(r"[A-Za-z][\w-]*", conf.BRAND_CLASS):
        raise ImproperlyConfigured("GOEDWERK['BRAND_CLASS'] must be one name of a class.")
    if conf.DRIVER not in {"celery", "embedded"}:
        raise ImproperlyConfigured("GOEDWERK['DRIVER'] must be 'celery' or 'embedded'.")
    return conf


_NOTHING_SET: dict[str, Any] = {}
#: The dictionary that was read last, and what was made of it.
_read: tuple[object, ForumConf] | None = None


def conf() -> ForumConf:
    """The settings in force.

    Raises:
        ImproperlyConfigured: on an unknown name or an impossible value.
    """
    global _read
    given = getattr(settings, "GOEDWERK", _NOTHING_SET)
    if _read is None or _read[0] is not given:
        _read = (given, _validated(given))
    return _read[1]
