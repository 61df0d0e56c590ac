"""Every view of the matrix of who gets in where, on each kind of object, as a state to look at.

``tests/matrix/rows_*.py`` say who gets a page; who comes first in ``READERS`` looks at it. What
is personal is also looked at by a newcomer, who has nothing yet. Pages that Wagtail makes of a
model of ours (history, usage, forms without a view of ours) are left to its makers. A name
without a page must say why not: a new view that is neither fails ``test_states.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import get_resolver

from matrix.addresses import walked
from matrix.roles import FORBIDDEN, NOT_FOUND, OK, ROLES, Row
from matrix.rows import ROWS

#: Who looks, the first whom the row lets in.
READERS = ["anonymous", "author", "participant", "ambassador", "editor", "privacy", *ROLES]
#: In the admin nobody is nameless.
NAMESPACES_OF_THE_SITE = ("goedwerk_forum:", "goedwerk_stories:", "account", "mfa_")
#: Lists of one's own, that are empty for who is new.
EMPTY_FOR_NEWCOMERS = {
    "account",
    "mfa_index",
    "goedwerk_forum:circles",
    "goedwerk_forum:consents",
    "goedwerk_forum:following",
    "goedwerk_forum:guided",
    "goedwerk_forum:inbox",
    "goedwerk_forum:mine",
    "goedwerk_forum:own_cut",
    "goedwerk_forum:own_data",
    "goedwerk_forum:own_erase",
    "goedwerk_forum:own_reports",
    "goedwerk_stories:mine",
}
#: Names that answer with a part of the page that is called as they are, without ``_results``.
PARTS = {
    "goedwerk_audit_results",
    "goedwerk_canned_reasons:index_results",
    "goedwerk_formats:index_results",
    "goedwerk_guide_sentences:index_results",
    "goedwerk_kinds:index_results",
    "goedwerk_lenses:index_results",
    "goedwerk_moderation:everything_results",
    "goedwerk_moderation:index_results",
    "goedwerk_practice_cases:index_results",
    "goedwerk_precision_results",
    "goedwerk_role_labels:index_results",
    "goedwerk_submissions:index_results",
    "goedwerk_words:index_results",
    "wagtailsnippets_goedwerk_casestudies_cluster:list_results",
    "wagtailsnippets_goedwerk_casestudies_theme:list_results",
}
#: Names that answer with something else than a page.
FILES = {
    "goedwerk_formats:export": "a file to download",
    "goedwerk_forum:feed": "a feed",
    "goedwerk_forum:feed_discussion": "a feed",
    "goedwerk_forum:feed_other": "a feed",
    "healthz": "one word, for machines",
    "readyz": "one word, for machines",
}
#: Names with no page in the matrix: they lead on, answer a POST alone, or need more than a row.
NO_PAGE = {
    "account_access": "leads on to where somebody belongs",
    "account_mail": "answers a POST, and leads on",
    "account_set_password": "leads on to the page for a new password: everybody has one",
    "account_work_code": "leads on: only where a work address is asked for",
    "beheer/login/": "leads on to signing in",
    "goedwerk_dashboard:alerts": "answers a POST, and leads on",
    "goedwerk_forum:branch": "leads on to the story",
    "goedwerk_forum:follow_all_seen": "answers a POST, and leads on",
    "goedwerk_forum:follow_new": "leads on to what is new",
    "goedwerk_forum:follow_stop": "answers a POST, and leads on",
    "goedwerk_forum:follow_stop_all": "answers a POST, and leads on",
    "goedwerk_forum:permalink": "leads on to the contribution in its dialogue",
    "goedwerk_harvests:ask": "answers a POST, and leads on",
    "goedwerk_harvests:leave_out": "answers a POST, and leads on",
    "goedwerk_moderation:away": "answers a POST, and leads on",
    "goedwerk_moderation:forget_note": "answers a POST, and leads on",
    "goedwerk_moderation:forget_view": "answers a POST, and leads on",
    "goedwerk_moderation:pass_on": "answers a POST, and leads on",
    "goedwerk_moderation:save_view": "answers a POST, and leads on",
    "goedwerk_moderation:skip": "answers a POST, and leads on",
    "goedwerk_moderation:take_over": "answers a POST, and leads on",
    "goedwerk_moderation:together": "answers a POST, and leads on",
    "goedwerk_moderation:undo": "answers a POST, and leads on",
    "goedwerk_practice:start_again": "answers a POST, and leads on",
    "goedwerk_submissions:take": "answers a POST, and leads on",
    "goedwerk_submissions:take_back": "answers a POST, and leads on",
    "mfa_download_recovery_codes": "a file to download",
    "mfa_login_webauthn": "data for the script that asks for a passkey",
    "mfa_reauthenticate_webauthn": "leads on to the one page on which one shows again who she is",
}
#: Views that only who has a second step gets: the world of the browser has somebody with all.
WITH_SECOND_STEP = [
    "mfa_deactivate_totp",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_reauthenticate",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
]
#: For who gave her password, and not yet her second step.
HALF_WAY = ["mfa_authenticate"]
#: No page either, and looked at as such: (name, role, what it answers).
REFUSED = [
    ("goedwerk_forum:own", "newcomer", NOT_FOUND),
    ("goedwerk_moderation:case", "ambassador", FORBIDDEN),
    ("goedwerk_forum:join", "participant", "409"),
    ("goedwerk_stories:take_part", "author", "409"),
    ("account_invitation", "anonymous", NOT_FOUND),
]


@dataclass(frozen=True)
class MatrixState:
    """A row of the matrix, by its place among those of its name, and who looks at it."""

    name: str
    number: int
    of: str
    who: str
    status: int = 200

    def __str__(self) -> str:
        return " ".join(filter(None, [self.name, self.of, f"as {self.who}"]))

    @property
    def key(self) -> str:
        return f"{self.name} {self.number}"

    @property
    def is_admin(self) -> bool:
        return not self.name.startswith(NAMESPACES_OF_THE_SITE)


def states() -> list[MatrixState]:
    left_out = wagtails()
    found = [state for name in sorted(ROWS) if name not in left_out for state in _of(name)]
    found += [MatrixState(name, 0, "", "second_step") for name in WITH_SECOND_STEP]
    found += [MatrixState(name, 0, "", "half_way") for name in HALF_WAY]
    return found + list(_refused())


def wagtails() -> set[str]:
    """The names of the rows of which the view is Wagtail's own."""
    theirs = {
        name
        for name, callback in walked(get_resolver())
        if getattr(callback, "view_class", callback).__module__.startswith("wagtail.")
    }
    return {name for name in ROWS if name.split(" ")[0] in theirs}


def _of(name: str) -> Iterator[MatrixState]:
    if name in PARTS or name in FILES:
        return
    seen = set()
    for number, row in enumerate(ROWS[name]):
        who = next((role for role in READERS if row.get[role] == OK), "")
        if not who or "export=" in row.query or (row.of, who) in seen:
            continue
        seen.add((row.of, who))
        yield MatrixState(name, number, row.of, who)
        if name in EMPTY_FOR_NEWCOMERS and row.get["newcomer"] == OK:
            yield MatrixState(name, number, row.of, "newcomer")


def _refused() -> Iterator[MatrixState]:
    for name, who, answer in REFUSED:
        number, row = _first(name, who, answer)
        yield MatrixState(name, number, row.of, who, status=int(answer))


def _first(name: str, who: str, answer: str) -> tuple[int, Row]:
    return next((number, row) for number, row in enumerate(ROWS[name]) if row.get[who] == answer)
