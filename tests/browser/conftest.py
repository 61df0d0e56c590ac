"""Chromium over the demonstration, served by real processes."""

from __future__ import annotations

import shutil
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from live import LiveSite, Template
from live.fixtures import open_site, postgres, redis, servers_folder

__all__ = ["open_site", "postgres", "redis", "servers_folder"]

expect.set_options(timeout=15_000)

ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


#: What only a look at all states of a module can tell.
OF_ALL = "test_each_explanation_is_needed"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Leaves out what tells of all states where only some of them were chosen."""
    asked = [item for item in items if item.name.startswith(OF_ALL)]
    partly = [item for item in asked if _states_in(item.module, items) < len(item.module.STATES)]
    if partly:
        config.hook.pytest_deselected(items=partly)
        items[:] = [item for item in items if item not in partly]


def _states_in(module, items):
    chosen = [item.callspec.params for item in items if item.module is module]
    return sum("state" in parameters or "app" in parameters for parameters in chosen)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    return browser_type_launch_args | {"executable_path": chromium, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def demo_on_sqlite(servers_folder):
    return Template.shared(servers_folder, "demo")


@pytest.fixture(scope="session")
def demo_on_postgres(servers_folder, postgres):
    return Template.make(servers_folder / "demo_postgres", postgres, content="demo")


@pytest.fixture(scope="module")
def world(servers_folder):
    """One of everything, as the matrix has it; nothing moves, so that each state stays as it is."""
    site = LiveSite(Template.shared(servers_folder, "world"))
    site.web(workers=1, threads=4)
    yield site
    site.close()


@pytest.fixture(scope="module")
def demo(demo_on_sqlite):
    """The demonstration on the embedded default, running, one for all tests of a module."""
    site = LiveSite(demo_on_sqlite, LIVE_GOEDWERK='{"WRITES_PER_HOUR": 1000}')
    site.web(workers=1, threads=4)
    site.runner()
    yield site
    site.close()


@contextmanager
def windows(browser):
    """Opens browser windows on a site, with script only where asked for; closes them all."""
    opened = []

    def open_window(site, *, script: bool = False, **options):
        context = browser.new_context(
            base_url=site.base, java_script_enabled=script, locale="nl-NL", **options
        )
        context.set_default_timeout(20_000)
        opened.append(context)
        return context.new_page()

    yield open_window
    for context in opened:
        context.close()


@pytest.fixture
def visit(browser):
    """Windows of one test."""
    with windows(browser) as open_window:
        yield open_window


@pytest.fixture(scope="module")
def stay(browser):
    """Windows in which people stay signed in from test to test of a module."""
    with windows(browser) as open_window:
        yield open_window
