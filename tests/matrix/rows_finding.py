"""Searching, following, and feeds."""

from __future__ import annotations

from .roles import MOVED, NOT_ALLOWED, NOT_FOUND, Row, everybody, nobody, signed_in

FOLLOW = {"doe": "volg"}
POST_ONLY = signed_in(NOT_ALLOWED)
FOLLOWABLE = ["discussion to follow", "theme to follow"]
NOT_FOLLOWABLE = ["discussion offline to follow", "nothing to follow"]

FINDING: dict[str, list[Row]] = {
    "goedwerk_forum:search": [Row(everybody(), nobody(NOT_ALLOWED), query="?q=rapport")],
    "goedwerk_forum:feed": [Row(everybody(), nobody(NOT_ALLOWED))],
    "goedwerk_forum:feed_discussion": [
        Row(everybody(), nobody(NOT_ALLOWED), "discussion"),
        Row(nobody(NOT_FOUND), nobody(NOT_ALLOWED), "discussion offline"),
        Row(nobody(NOT_FOUND), nobody(NOT_ALLOWED), "no discussion"),
    ],
    "goedwerk_forum:feed_other": [
        Row(everybody(), nobody(NOT_ALLOWED), "theme to follow"),
        Row(nobody(NOT_FOUND), nobody(NOT_ALLOWED), "nothing to follow"),
    ],
    "goedwerk_forum:following": [Row(signed_in(), POST_ONLY)],
    "goedwerk_forum:follow_all_seen": [Row(POST_ONLY, signed_in(MOVED), changes=False)],
    "goedwerk_forum:follow_stop_all": [Row(POST_ONLY, signed_in(MOVED), changes=False)],
    "goedwerk_forum:follow_stop": [
        Row(POST_ONLY, signed_in(MOVED), "discussion to follow", changes=False)
    ],
    "goedwerk_forum:follow": [
        *[Row(signed_in(), signed_in(MOVED), kind, FOLLOW) for kind in FOLLOWABLE],
        *[Row(signed_in(NOT_FOUND), signed_in(NOT_FOUND), kind, FOLLOW) for kind in NOT_FOLLOWABLE],
    ],
    "goedwerk_forum:follow_new": [
        *[Row(signed_in(MOVED), POST_ONLY, kind) for kind in FOLLOWABLE],
        *[Row(signed_in(NOT_FOUND), POST_ONLY, kind) for kind in NOT_FOLLOWABLE],
    ],
}
