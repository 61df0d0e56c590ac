"""Another owner's brand, as a picture; and a host whose styles know no mercy."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from live.people import sign_in, story_of

pytestmark = pytest.mark.browser

TESTS = Path(__file__).resolve().parent.parent
HOST = (TESTS / "hostile" / "host.html").read_text(encoding="utf-8")
HOSTILE = (TESTS / "hostile" / "hostile.css").read_text(encoding="utf-8")

#: The colours of a brand that fill planes: ours, and those of tests/brands/second.css.
PLUM, OCHRE, GREEN, PEACH = (77, 31, 86), (235, 165, 61), (0, 87, 75), (255, 184, 161)


#: Every computed style of all elements below a selector, but the inside of drawings, and where on
#: the host's page they stand.
STYLES = """selector => [...document.querySelectorAll(selector)]
  .flatMap(top => [top, ...top.querySelectorAll("*")])
  .filter(element => element.tagName === "svg" || !element.closest("svg"))
  .map(element => {
    const styles = getComputedStyle(element);
    const named = [...styles].filter(name => !/^(--|top|bottom|left|right|inset)/.test(name));
    return [`${element.localName}.${element.getAttribute("class")}`,
      Object.fromEntries(named.map(name => [name, styles[name]]))];
  })"""


def share_of(picture: bytes, colour: tuple[int, int, int], near: int = 6) -> float:
    """The part of a screenshot that has a colour, or nearly."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    like = sum(
        number
        for number, found in image.getcolors(image.width * image.height)
        if all(abs(one - other) <= near for one, other in zip(found, colour, strict=True))
    )
    return like / (image.width * image.height)


class TestSecondBrand:
    """Served as ours with one stylesheet more."""

    @pytest.fixture
    def show(self, demo, visit):
        sheet = (TESTS / "brands" / "second.css").read_text(encoding="utf-8")

        def at(path: str, *, branded: bool, scheme: str = "light"):
            page = visit(
                demo, script=True, viewport={"width": 1280, "height": 900}, color_scheme=scheme
            )
            if branded:
                page.route("**/goedwerk.css", lambda route: with_more(route, sheet))
            page.goto(path)
            return page

        def with_more(route, sheet: str) -> None:
            answer = route.fetch()
            route.fulfill(response=answer, body=f"{answer.text()}\n{sheet}")

        return at

    def test_not_a_spot_of_our_inks_is_left(self, demo, show):
        for path in ("/", story_of(demo)[0]):
            ours = show(path, branded=False).screenshot(full_page=True)
            theirs = show(path, branded=True).screenshot(full_page=True)
            assert share_of(ours, PLUM) > 0.01, path
            assert share_of(ours, GREEN) == 0, path
            assert share_of(theirs, GREEN) > 0.01, path
            assert share_of(theirs, PEACH) > 0, path
            # Where two colours run into each other, a third comes near.
            assert max(share_of(theirs, PLUM), share_of(theirs, OCHRE)) < 0.0005, path

    def test_a_reader_s_own_colours_go_before_those_of_a_brand(self, demo, show):
        page = show("/", branded=True)
        page.emulate_media(forced_colors="active")
        canvas = page.evaluate("getComputedStyle(document.body).getPropertyValue('--gw-accent')")
        assert canvas.strip() == "CanvasText"
        page.emulate_media(forced_colors="none", contrast="more")
        soft = page.evaluate("getComputedStyle(document.body).getPropertyValue('--gw-hair')")
        assert soft.strip() == "#10211f"
        page.emulate_media(contrast="no-preference", media="print")
        ink = page.evaluate("getComputedStyle(document.body).getPropertyValue('--gw-ink')")
        assert ink.strip() == "#000"


@pytest.fixture(scope="module")
def parts(demo, browser):
    """Ours as the site serves it: (our stylesheets, the HTML) by name."""
    context = browser.new_context(base_url=demo.base, java_script_enabled=True, locale="nl-NL")
    page = context.new_page()
    story, discussion = story_of(demo)
    page.goto("/berichten/")
    sign_in(page, "deelnemer", demo.seeded["password"])
    page.wait_for_url("**/berichten/")
    found = {}
    for name, path, selector in (
        ("dialogue", story, "#dialoog"),
        ("form", f"/gesprek/{discussion}/schrijf/", "main .gw"),
        ("inbox", "/berichten/", "main .gw"),
    ):
        page.goto(path)
        found[name] = page.locator(selector).first.evaluate("part => part.outerHTML")
    context.close()
    return found


class TestHostileHost:
    """The dialogue, and a form, in the page of a host that styles bare elements."""

    PAGES = ("dialogue", "form", "inbox")

    @pytest.fixture
    def show(self, demo, visit, parts):
        names = ("goedwerk.tokens.css", "nlds.css", "goedwerk.css")
        sheets = "".join(
            f'<link rel="stylesheet" href="/static/goedwerk_forum/{name}">' for name in names
        )

        def as_host(name: str, *, hostile: bool = False, ours: bool = True):
            html = HOST.replace("<!-- ours -->", parts[name])
            styles = (f"<style>{HOSTILE}</style>" if hostile else "") + (sheets if ours else "")
            html = html.replace("</head>", f"{styles}</head>")
            # Without motion: a colour on its way from the host's to ours is neither.
            size = {"width": 1280, "height": 900}
            page = visit(demo, script=True, viewport=size, reduced_motion="reduce")
            page.set_default_timeout(60_000)
            page.route(
                "**/van-een-ander/",
                lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=html),
            )
            page.goto("/van-een-ander/")
            page.evaluate("document.fonts.ready")
            return page

        return as_host

    def differences(self, one, other):
        assert len(one) == len(other) > 10
        return {
            (name, style, before[style], after[style])
            for (name, before), (_name, after) in zip(one, other, strict=True)
            for style in before
            if before[style] != after[style]
        }

    @pytest.mark.parametrize("name", PAGES)
    def test_nothing_of_ours_looks_otherwise(self, show, name):
        calm = show(name).evaluate(STYLES, "host-place > .gw")
        wild = show(name, hostile=True).evaluate(STYLES, "host-place > .gw")
        assert not self.differences(calm, wild)

    def test_the_host_is_as_hostile_as_it_says(self, show):
        theirs = "#host-head, #host-article, #host-foot"
        calm = show("form").evaluate(STYLES, theirs)
        wild = show("form", hostile=True).evaluate(STYLES, theirs)
        changed = {name.partition(".")[0] for name, *_rest in self.differences(calm, wild)}
        assert {"h2", "p", "ol", "button", "input", "details", "svg", "table"} <= changed

    @pytest.mark.parametrize("name", PAGES)
    def test_nothing_of_the_host_looks_otherwise(self, show, name):
        theirs = "#host-head, #host-article, #host-foot"
        without = show(name, ours=False).evaluate(STYLES, theirs)
        beside = show(name).evaluate(STYLES, theirs)
        assert not self.differences(without, beside)
