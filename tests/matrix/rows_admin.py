"""The admin: moderation, checks, words, the record, submissions, stories, accounts."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

import workbench as bench
from goedwerk_forum.checks.registry import all_checks

from .roles import (
    CONFLICT,
    FORBIDDEN,
    INVALID,
    LOGIN,
    MOVED,
    NOT_ALLOWED,
    NOT_FOUND,
    OK,
    STAFF,
    Row,
    everybody,
    staff,
)

AMBASSADORS = ("ambassador", "other_ambassador", "superuser")
READ_PRECISION = (*AMBASSADORS, "privacy", "owner")
OWNERS = ("owner", "superuser")
EDITORS = ("editor", "editor2", "superuser")
#: Who may sign reads the new words side by side, without a right to the raw text.
SIGNERS = (*EDITORS, "signer")
#: The one way to sign in is the site's; who is in may not come in by another door.
SIGN_IN = everybody(FORBIDDEN, anonymous=LOGIN)
#: Rows of Wagtail's own views of one model, by what each does.
LISTS = ("index", "index_results")
ABOUT_ONE = ("history", "history_results", "usage")


def reading(name: str, *roles: str, of: str = "", query: str = "") -> dict[str, list[Row]]:
    """A view that only shows."""
    row = Row(staff(*roles), staff(*roles, answer=NOT_ALLOWED), of, query=query)
    return {name: [row]}


def exported(name: str, *roles: str) -> dict[str, list[Row]]:
    """A list that may be taken along as a file, by who may see it."""
    shown = Row(staff(*roles), staff(*roles, answer=NOT_ALLOWED))
    return {name: [shown, *(_like(shown, query=f"?export={kind}") for kind in ("csv", "xlsx"))]}


def _like(row: Row, **changes: Any) -> Row:
    return Row(**vars(row) | changes)


def managed(
    viewset: str, of: str, *roles: str, data: dict[str, Any], added: str = MOVED, looks: Any = None
) -> dict[str, list[Row]]:
    """Wagtail's views of one model: for ``roles``, and for ``looks`` where they only show."""
    see, may = staff(*(looks or roles)), staff(*roles)
    rows = {name: [Row(see, staff(*(looks or roles), answer=NOT_ALLOWED))] for name in LISTS}
    rows |= {name: [Row(may, staff(*roles, answer=NOT_ALLOWED), of)] for name in ABOUT_ONE}
    rows |= {
        "add": [Row(may, staff(*roles, answer=added), data=data)],
        "edit": [Row(may, staff(*roles, answer=MOVED), of, data)],
        "delete": [Row(may, staff(*roles, answer=MOVED), of)],
    }
    return {f"{viewset}:{name}": found for name, found in rows.items()}


# --- moderation ------------------------------------------------------------------------------


def _decision(key: str) -> Any:
    def data(world: Any) -> dict[str, Any]:
        return {"action": "publish", "version": world.contributions[key].version}

    return data


#: For an ambassador of the discussion; who belongs to no group of it finds nothing there.
GRANTED = staff("ambassador", other_ambassador=NOT_FOUND, superuser=NOT_FOUND)
ELSEWHERE = staff("other_ambassador", ambassador=NOT_FOUND, superuser=NOT_FOUND)
JUDGED = GRANTED | {"ambassador": MOVED}
#: She may see it, and there is nothing to decide.
NO_STEP = GRANTED | {"ambassador": INVALID}
OWN = GRANTED | {"ambassador": FORBIDDEN}
OWN_ELSEWHERE = ELSEWHERE | {"other_ambassador": FORBIDDEN}

MODERATION: dict[str, list[Row]] = {
    "goedwerk_moderation:case": [
        *[
            Row(GRANTED, JUDGED, f"contribution {key}", _decision(key))
            for key in ("held", "hidden", "edited")
        ],
        *[
            Row(
                GRANTED,
                GRANTED | {"ambassador": INVALID},
                f"contribution {key}",
                _decision(key),
                changes=False,
            )
            for key in ("pending", "returned", "rejected", "withdrawn", "published")
        ],
        Row(OWN, OWN, "contribution own", _decision("own")),
        Row(OWN_ELSEWHERE, OWN_ELSEWHERE, "contribution elsewhere", _decision("elsewhere")),
        Row(
            staff(*AMBASSADORS, answer=NOT_FOUND),
            staff(*AMBASSADORS, answer=NOT_FOUND),
            "nothing",
        ),
    ],
}
for _name in ("index", "index_results", "everything", "everything_results"):
    MODERATION |= reading(f"goedwerk_moderation:{_name}", *AMBASSADORS)

# --- checks, words, labels, the record -------------------------------------------------------

SWITCHES = {f"{check.code}-on": "" for check in all_checks()}
SWITCHES_HERE = {f"{check.code}-on": "off" for check in all_checks()}
LOOK_AT_CHECKS = (*AMBASSADORS, "owner")
SET_CHECKS = staff(*OWNERS, answer=MOVED)


def _words_file(_world: Any) -> dict[str, Any]:
    lines = "term,kind,weight\nnieuwwoord,insult,2\n"
    return {"file": SimpleUploadedFile("woorden.csv", lines.encode())}


SETTINGS: dict[str, list[Row]] = {
    "goedwerk_checks:index": [Row(staff(*LOOK_AT_CHECKS), SET_CHECKS, data=SWITCHES)],
    "goedwerk_checks:discussion": [
        Row(
            staff(*LOOK_AT_CHECKS, other_ambassador=NOT_FOUND),
            SET_CHECKS,
            "discussion uuid",
            SWITCHES_HERE,
        )
    ],
    "goedwerk_checks:try": [
        Row(staff(*LOOK_AT_CHECKS), staff(*LOOK_AT_CHECKS), data={"text": "Proef."}, changes=False)
    ],
    "goedwerk_words:import": [Row(staff(*OWNERS), staff(*OWNERS, answer=MOVED), data=_words_file)],
    "wagtailsettings:edit goedwerk_forum.forumsettings": [
        Row(staff("editor", "editor2", *OWNERS), staff("editor", "editor2", *OWNERS), changes=False)
    ],
    "wagtailsettings:edit accounts.accountsettings": [
        Row(
            staff(*OWNERS),
            staff(*OWNERS, answer=MOVED),
            data={"allowed_domains": "gemeente.example", "without_domains": "open"},
        )
    ],
    "wagtailsettings:edit home.brand": [
        Row(
            staff(*OWNERS),
            staff(*OWNERS, answer=MOVED),
            data={
                "name": "Ander Werk",
                "foot_links-TOTAL_FORMS": "0",
                "foot_links-INITIAL_FORMS": "0",
            },
        )
    ],
}
SETTINGS |= managed(
    "goedwerk_words",
    "term",
    *OWNERS,
    data={"term": "anderwoord", "kind": "insult", "weight": "2"},
)
SETTINGS |= managed(
    "goedwerk_role_labels", "label", *OWNERS, data={"name": "andere naam", "slug": "andere-naam"}
)
SETTINGS |= managed(
    "goedwerk_kinds",
    "kind",
    *OWNERS,
    data={
        "name": "Idee",
        "prompt": "Wat zou jij proberen?",
        "reply_words": "Denk mee",
        "shape": "brug",
        "sort_order": "70",
        "is_in_use": "on",
    },
)
SETTINGS |= managed(
    "goedwerk_lenses", "lens", *OWNERS, data={"name": "vakkundig", "question": "Wat kun je?"}
)
for _name in ("goedwerk_kinds:delete", "goedwerk_lenses:delete", "goedwerk_lenses:add"):
    del SETTINGS[_name]  # kinds and lenses stay; of lenses there are three
SETTINGS |= managed(
    "uitnodigingen",
    "invitation",
    *OWNERS,
    data={"expires_on": timezone.localdate() + datetime.timedelta(days=3)},
    added=OK,
)
for _name in ("edit", "usage"):  # an invitation is made and taken back, never changed
    SETTINGS[f"uitnodigingen:{_name}"] = [
        _like(row, get=staff("superuser"), post=staff("superuser", answer=row.post["superuser"]))
        for row in SETTINGS[f"uitnodigingen:{_name}"]
    ]
RECORD = (
    exported("goedwerk_audit", "privacy", "superuser")
    | exported("goedwerk_audit_results", "privacy", "superuser")
    | exported("goedwerk_precision", *READ_PRECISION)
    | exported("goedwerk_precision_results", *READ_PRECISION)
)

RECORD["goedwerk_research"] = [Row(staff(*OWNERS), staff(*OWNERS), data={"file": "csv"})]

# --- submissions and stories -----------------------------------------------------------------


def _version(key: str, **data: Any) -> Any:
    def posted(world: Any) -> dict[str, Any]:
        parent = {"parent": world.overview.pk}
        return data | parent | {"version": bench.version_of(world.submissions[key])}

    return posted


def _first(**data: Any) -> Any:
    return lambda world: data | {"parent": world.overview.pk, "version": 0}


#: What is pressed, on which submission, and what its holder and her colleague get.
WORK: list[tuple[str, str, dict[str, Any], str, str]] = [
    ("bench", "in_hand", {"do": "save", "text-title": "Anders"}, MOVED, CONFLICT),
    ("check", "in_hand", {"check_linking": "Gewijzigd."}, MOVED, CONFLICT),
    ("page", "ready", {}, MOVED, CONFLICT),
    ("letters", "in_hand", {"text": "Een vraag van de redactie."}, MOVED, MOVED),
    ("hand_over", "in_hand", {"to": "list"}, MOVED, CONFLICT),
    ("refuse", "in_hand", {"why": "told"}, MOVED, CONFLICT),
]
SUBMISSIONS: dict[str, list[Row]] = {}
for _name in LISTS:
    SUBMISSIONS |= reading(f"goedwerk_submissions:{_name}", *EDITORS)
for _name, _key, _data, _holder, _colleague in WORK:
    SUBMISSIONS[f"goedwerk_submissions:{_name}"] = [
        Row(
            staff(*EDITORS),
            staff(editor=_holder, editor2=_colleague, superuser=_colleague),
            f"submission {_key}",
            _version(_key, **_data),
        ),
        Row(
            staff(*EDITORS, answer=NOT_FOUND),
            staff(*EDITORS, answer=NOT_FOUND),
            "submission draft",
            _first(**_data),
        ),
        Row(
            staff(*EDITORS, editor=NOT_FOUND),
            staff(editor=NOT_FOUND, editor2=_colleague, superuser=_colleague),
            "submission editors",
            _first(**_data),
        ),
    ]
SUBMISSIONS |= {
    "goedwerk_submissions:take": [
        Row(
            staff(*EDITORS, answer=NOT_ALLOWED),
            staff(*EDITORS, answer=MOVED),
            "submission sent",
        ),
        Row(
            staff(*EDITORS, answer=NOT_ALLOWED),
            staff(*EDITORS, answer=MOVED, editor=NOT_FOUND),
            "submission editors",
        ),
    ],
    "goedwerk_submissions:take_back": [
        Row(
            staff(*EDITORS, answer=NOT_ALLOWED),
            staff(*EDITORS, answer=MOVED),
            "submission abstracted",
        ),
        Row(
            staff(*EDITORS, answer=NOT_ALLOWED),
            staff(*EDITORS, answer=MOVED, editor=NOT_FOUND),
            "submission editors",
            changes=False,
        ),
    ],
}
SUBMISSIONS["goedwerk_submissions:beside"] = [
    Row(staff(*SIGNERS), staff(*SIGNERS, answer=NOT_ALLOWED), "submission abstracted"),
    Row(staff(*SIGNERS, answer=NOT_FOUND), staff(*SIGNERS, answer=NOT_ALLOWED), "submission sent"),
]
REPORT_FILE = "# Een kop\n\nNiemand vroeg ernaar, en dat bleef zo.\n"
STORIES_ADMIN: dict[str, list[Row]] = {
    "goedwerk_report_import": [
        Row(
            staff(*EDITORS),
            staff(*EDITORS),
            data=lambda _world: {"file": SimpleUploadedFile("verslag.md", REPORT_FILE.encode())},
        )
    ],
    "goedwerk_report_choose": [
        Row(
            staff("editor", editor2=NOT_FOUND, superuser=NOT_FOUND),
            staff(editor=MOVED, editor2=NOT_FOUND, superuser=NOT_FOUND),
            "report",
            {"chosen": "0"},
        )
    ],
    "goedwerk_rounds": [
        Row(
            staff("editor", "editor2", "guide", "superuser"),
            staff("editor", "editor2", "guide", "superuser", answer=MOVED),
            "statement closed",
        ),
        Row(staff(*STAFF, answer=NOT_FOUND), staff(*STAFF, answer=NOT_FOUND), "story"),
    ],
    "goedwerk_round_close": [
        Row(
            staff("editor", "editor2", "guide", "superuser"),
            staff("editor", "editor2", "guide", "superuser", answer=MOVED),
            "statement",
            {"do": "close", "round": "1"},
        ),
        Row(staff(*STAFF, answer=NOT_FOUND), staff(*STAFF, answer=NOT_FOUND), "story"),
    ],
    "goedwerk_clearance_revoke": [
        Row(staff(*SIGNERS), staff(*SIGNERS, answer=MOVED), "story", {"why": "asked"}),
    ],
}
#: Wagtail's form asks all staff, and removes nothing for who may not.
BULK = Row(staff(*STAFF), staff(*STAFF, answer=MOVED), changes=("superuser",), query="?id={pk}")
BULK_ACTIONS = {
    "wagtail_bulk_action wagtailcore.page.delete": [_like(BULK, of="story", changes=EDITORS)],
    "wagtail_bulk_action goedwerk_casestudies.theme.delete": [_like(BULK, of="theme")],
    "wagtail_bulk_action goedwerk_casestudies.cluster.delete": [_like(BULK, of="cluster")],
}


def snippet(model: str, **data: str) -> dict[str, list[Row]]:
    """Wagtail's views of a snippet of the editors, and its chooser."""
    views = f"wagtailsnippets_goedwerk_casestudies_{model}"
    chooser = f"wagtailsnippetchoosers_goedwerk_casestudies_{model}"
    rows = managed(views, model, *EDITORS, data=data)
    for name in LISTS:
        rows[f"{views}:{name.replace('index', 'list')}"] = rows.pop(f"{views}:{name}")
    rows[f"{views}:delete"] = [Row(staff("superuser"), staff("superuser", answer=MOVED), model)]
    rows[f"{views}:copy"] = [Row(staff(*EDITORS), staff(*EDITORS), model, changes=False)]
    # Their names stand on the site; choosing one needs no right, making one here does.
    for name in ("choose", "choose_results", "chosen_multiple"):
        rows |= reading(f"{chooser}:{name}", *STAFF)
    rows |= reading(f"{chooser}:chosen", *STAFF, of=model)
    rows[f"{chooser}:create"] = [Row(staff(*EDITORS))]  # it has no form to post
    return rows


SNIPPETS = snippet("theme", name="Ander", slug="ander") | snippet(
    "cluster", name="Ander", slug="ander", sort_order="1"
)

ADMIN: dict[str, list[Row]] = (
    {"beheer/login/": [Row(SIGN_IN, SIGN_IN)]}
    | MODERATION
    | SETTINGS
    | RECORD
    | SUBMISSIONS
    | STORIES_ADMIN
    | BULK_ACTIONS
    | SNIPPETS
)
