"""What every suite shares: identity keys in a folder of their own, quick password hashing."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from xdist.scheduler import LoadScopeScheduling

#: Modules whose tests share something that takes long to make: one process runs all of one.
TOGETHER = ("test_linking.py", "test_standing_linking.py", "test_single_sign_on.py")
#: In this folder the tests of a module share a site that runs.
BROWSER = "tests/browser/"


class InTheirModule(LoadScopeScheduling):
    """Each test by itself to the process that is free, but for those of ``TOGETHER``."""

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.split("::", 1)[0]
        is_whole = module.endswith(TOGETHER) or module.startswith(BROWSER)
        return module if is_whole else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> InTheirModule:
    return InTheirModule(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what the database in use does not have, such as roles."""
    other = "sqlite" if connection.vendor == "postgresql" else "postgresql"
    left_out = [item for item in items if item.get_closest_marker(f"only_{other}")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session", autouse=True)
def identity_keys():
    from goedwerk_forum.identity import keys

    keys.create_missing()


@pytest.fixture(autouse=True)
def quick(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(autouse=True)
def in_dutch(settings):
    """The language that a test before this one read in stays with the thread else."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def fresh_cache():
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def shipped_kinds(monkeypatch):
    """As read from a database after its migrations; a test may have changed them before.

    Kept longer than any test takes: a slow machine asks no query more.
    """
    from goedwerk_forum import kinds, reading

    monkeypatch.setattr(kinds, "LIFE", 3600)
    kinds.hold(kinds.SHIPPED, kinds.SHIPPED_LENSES)
    monkeypatch.setattr(reading, "_lens_counts", {})


def _without_audit_guard(flush):
    """Lets Django empty the tables between transactional tests: the audit guard refuses that."""
    from importlib import import_module

    guard = import_module("goedwerk_forum.migrations.0014_audit_goes_after_two_years")

    def flush_with_guard_lifted(self):
        with connection.schema_editor() as editor:
            guard.remove(None, editor)
        try:
            flush(self)
        finally:
            with connection.schema_editor() as editor:
                guard.add(None, editor)

    return flush_with_guard_lifted


TransactionTestCase._fixture_teardown = _without_audit_guard(TransactionTestCase._fixture_teardown)


@pytest.fixture
def make():
    """The factories, as ``make.discussion()`` and so on."""
    import factories

    return factories


@pytest.fixture
def drive():
    """Runs what is due in the outbox, checks and notices alike."""
    from goedwerk_forum.outbox.drive import drive as drive_queue

    def run():
        return drive_queue("moderation") + drive_queue("notices")

    return run


@pytest.fixture
def released_at_once(settings):
    """A site without release moments: what is published is readable at once."""
    settings.GOEDWERK = settings.GOEDWERK | {"RELEASE_EVERY": 0}
