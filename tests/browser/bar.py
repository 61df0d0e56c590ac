"""Opens each state once, as who it is for, and examines it: see ``live/examiner.py``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from places import page_of_type, places
from playwright.sync_api import Browser, BrowserContext, Page
from states import State
from states_of_the_matrix import MatrixState

from live import LiveSite
from live.examiner import Examiner, Explained
from live.html import skeleton
from live.people import show_again, sign_in

EXPLAINED = Path(__file__).parent / "explained.toml"


def nothing_said(problems: list[str]) -> None:
    """Fails with what was said, each on a line of its own."""
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


def explanations(part: str) -> Explained:
    """Of ``part``: ``site`` or ``admin``."""
    return Explained(tomllib.loads(EXPLAINED.read_text(encoding="utf-8"))[part])


class Bar:
    """A browser window for each who looks; what was explained, and what was served."""

    def __init__(self, browser: Browser, demo: LiveSite, world: LiveSite, part: str) -> None:
        self.browser = browser
        self.demo = demo
        self.world = world
        self.scope = "main" if part == "admin" else "body"
        self.explained = explanations(part)
        self.served: dict[str, str] = {}
        #: What the pages were made of that nothing was said about.
        self._seen: set[int] = set()
        self._places: dict[str, str] = {}
        self._windows: dict[tuple[LiveSite, str], Examiner] = {}

    def close(self) -> None:
        for examiner in self._windows.values():
            examiner.page.context.close()

    def not_served(self, states: Iterable[State | MatrixState | tuple[str, str]]) -> list[str]:
        """What of ``states``, and of types of page, was not opened or not kept."""
        names = {".".join(one) if isinstance(one, tuple) else str(one) for one in states}
        return [f"{name}: not served" for name in sorted(names - set(self.served))]

    # --- the states ----------------------------------------------------------------------------

    def look_at_demo(self, state: State) -> list[str]:
        self._places = self._places or places(self.demo)
        examiner = self._window(self.demo, state.who, str(state))
        answer = examiner.page.goto(state.address.format(**self._places))
        assert answer is not None
        assert answer.status == state.status, f"{examiner.page.url}: {self.demo.said()}"
        if state.steps:
            state.steps(examiner.page)
        return self._examined(examiner, str(state))

    def look_at_page_type(self, app: str, model: str) -> list[str]:
        examiner = self._window(self.demo, "", f"{app}.{model}")
        answer = examiner.page.goto(page_of_type(self.demo, app, model))
        assert answer is not None
        assert answer.status == 200
        return self._examined(examiner, f"{app}.{model}")

    def look_at_matrix(self, state: MatrixState) -> list[str]:
        examiner = self._window(self.world, state.who, str(state))
        answer = examiner.page.goto(self.world.seeded["addresses"][state.key])
        assert answer is not None
        assert answer.status == state.status, f"{examiner.page.url}: {self.world.said()}"
        if state.status == 200:
            shown = resolve(urlsplit(examiner.page.url).path).view_name
            assert shown == state.name.split(" ")[0], f"this is {shown}"
        return self._examined_once(examiner, str(state))

    def _examined_once(self, examiner: Examiner, name: str) -> list[str]:
        """Only kept, where a page that is well differs from this one in its words alone."""
        bones = skeleton(examiner.served())
        if bones in self._seen:
            return self._kept(examiner, name)
        problems = self._examined(examiner, name)
        if not problems:
            self._seen.add(bones)
        return problems

    def _examined(self, examiner: Examiner, name: str) -> list[str]:
        examiner.look(name)
        return self._kept(examiner, name)

    def _kept(self, examiner: Examiner, name: str) -> list[str]:
        assert name not in self.served, f"two states are called {name}"
        self.served[name] = examiner.served()
        return examiner.problems

    # --- who looks ------------------------------------------------------------------------------

    def _window(self, site: LiveSite, who: str, name: str) -> Examiner:
        """Hers, with nothing said yet: also what goes wrong while a page opens is said."""
        if (site, who) not in self._windows:
            page = self._opened(site, who)
            self._windows[site, who] = Examiner(page, site, self.explained, self.scope)
        examiner = self._windows[site, who]
        examiner.name, examiner.problems = name, []
        return examiner

    def _opened(self, site: LiveSite, who: str) -> Page:
        context = self.browser.new_context(
            base_url=site.base, locale="nl-NL", reduced_motion="reduce"
        )
        context.set_default_timeout(20_000)
        page = context.new_page()
        if site is self.world:
            self._be(context, who)
        elif who:
            page.goto("/account/inloggen/")
            sign_in(page, who, site.seeded["password"])
            page.wait_for_url(lambda address: "/inloggen/" not in address)
            page.goto("/account/opnieuw/")
            show_again(page, site.seeded["password"])
        return page

    def _be(self, context: BrowserContext, role: str) -> None:
        """Signed in as a role of the world, by the cookies that its browser got."""
        cookies = self.world.seeded["cookies"].get(role, {})
        for name, value in cookies.items():
            context.add_cookies([{"name": name, "value": value, "url": self.world.base}])
