"""Who gets in where: every address by every role on every kind of object.

The addresses come from the URL resolver, so a new view without a row fails here, by its name.
Rows stand in ``tests/matrix/rows_*.py``; ``docs/how-to/run-and-test.md`` tells how to add one.
"""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import override_settings
from django.urls import resolve

import workbench as bench
from counting import WRITE
from matrix.addresses import OUR_APPS, ours
from matrix.roles import ROLES, Row, outcome
from matrix.rows import NAMELESS, ROWS, address_of
from matrix.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

#: What an expired session typed is kept, sealed, for an hour: the one thing a stranger's POST does.
RESCUED = "goedwerk_forum_rescuedtext"
#: What Wagtail notes of who has an edit form open, so that two editors see each other.
EDITING = "wagtailadmin_editingsession"
#: Who opens a case has it in hand for a while: the one page that writes when it is read.
CLAIMED = '"goedwerk_forum_claim"'
#: Who told the stories, and who may read them as they were told.
READ_RAW = {"author", "editor", "editor2", "superuser"}
LEAK = "raw words"


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, identity_keys):
    """One world for all tests: each test undoes what it did."""
    quick = {
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
        "ACCOUNT_RATE_LIMITS": False,
        # Who has just given her password has just done so, however slow the machine is.
        "ACCOUNT_REAUTHENTICATION_TIMEOUT": 24 * 3600,
    }
    with django_db_blocker.unblock(), override_settings(**quick), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


def pairs() -> list[tuple[str, Row]]:
    return [(name, row) for name in sorted(ROWS) for row in ROWS[name]]


def everything() -> dict[str, list]:
    """Each table of ours, and of what Wagtail keeps of pages and accounts."""
    labels = OUR_APPS | {"wagtailcore", "wagtailusers", "django_comments", "account", "mfa", "auth"}
    return {
        model._meta.db_table: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models()
        if model._meta.app_label in labels and model._meta.db_table != RESCUED
    }


@contextmanager
def writes():
    """Collects the statements that changed rows, but for what a stranger typed."""
    found: list[str] = []

    def watch(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        changed = "INSERT" in sql[:9].upper() or context["cursor"].rowcount != 0
        is_known = any(table in sql for table in (RESCUED, EDITING, CLAIMED))
        if WRITE.match(sql) and changed and not is_known:
            found.append(sql)
        return result

    with connection.execute_wrapper(watch):
        yield found


def is_leak(role: str, body: bytes) -> bool:
    """Whether somebody reads words of a raw story that are not hers to read."""
    text = body.decode(errors="ignore").lower()
    return role not in READ_RAW and any(word in text for word in bench.PLANTED)


def asked(world, role: str, name: str, row: Row, method: str):
    """(what came of it, the statements that wrote), undone again."""
    url = address_of(name, row, world)
    data = row.data(world) if callable(row.data) else row.data or {}
    browser = world.browsers[role]
    cookies = dict(browser.cookies)
    with transaction.atomic():
        with writes() as wrote:
            answer = browser.get(url) if method == "get" else browser.post(url, data)
            body = answer.getvalue() if answer.streaming else answer.content
            came = LEAK if is_leak(role, body) else outcome(answer)
        transaction.set_rollback(True)
    browser.cookies.clear()
    browser.cookies.update(cookies)
    return came, wrote


def test_every_address_has_its_rows():
    assert not sorted(ours() - set(ROWS)), "addresses without a row in tests/matrix/rows_*.py"


def test_every_row_has_its_address():
    assert not sorted(set(ROWS) - ours()), "rows without an address"


@pytest.mark.parametrize("role", ROLES)
def test_looking_opens_for_whom_it_should_and_changes_nothing(world, role):
    before = everything()
    wrong = []
    for name, row in pairs():
        came, wrote = asked(world, role, name, row, "get")
        if came != row.get[role] or wrote:
            wrong.append(f"GET {name} ({row.of}): {came}, not {row.get[role]} {wrote}")
    assert not wrong, "\n".join(wrong)
    assert everything() == before


@pytest.mark.parametrize("role", ROLES)
def test_who_may_not_changes_nothing_and_who_may_does(world, role):
    before = everything()
    wrong = []
    for name, row in pairs():
        if row.post is None:
            continue
        came, wrote = asked(world, role, name, row, "post")
        expected = row.post[role]
        if came != expected or bool(wrote) != row.must_change(role):
            wrong.append(f"POST {name} ({row.of}): {came}, not {expected} {wrote[:3]}")
    assert not wrong, "\n".join(wrong)
    assert everything() == before


def test_each_address_of_the_rows_leads_to_the_view_of_that_name(world):
    for name, row in pairs():
        if name in NAMELESS:
            continue
        match = resolve(address_of(name, row, world).partition("?")[0])
        assert match.view_name == name.split(" ")[0], name
