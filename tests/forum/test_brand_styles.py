"""An owner's own colours and letters: loaded after ours, and judged before anybody sees them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template import Context, Template

from goedwerk_forum import brand
from goedwerk_forum.conf import conf
from goedwerk_forum.system_checks import brand_can_be_read

BRANDS = Path(__file__).parent.parent / "brands"


@pytest.fixture
def branded(settings):
    """Takes the settings of a brand; its files are those in tests/brands."""
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, ("brands", BRANDS)]

    def take(*styles: str, **more: object) -> None:
        paths = [f"brands/{name}" for name in styles]
        settings.GOEDWERK = settings.GOEDWERK | {"BRAND_STYLES": paths} | more

    return take


def drawn(tag: str) -> str:
    return Template("{% load goedwerk_forum %}" + tag).render(Context())


class TestContrast:
    def test_ours_can_be_read(self):
        found = brand.schemes(brand.TOKENS)
        assert found.light["ink"] == "#241a28"
        assert found.dark["ink"] == "#f2eaf3"
        assert [*brand.hard_to_read(found)] == []

    def test_the_second_brand_can_be_read(self, branded):
        branded("second.css")
        assert brand_can_be_read() == []
        found = brand.schemes(brand.TOKENS, "brands/second.css")
        assert (found.light["deep"], found.dark["deep"]) == ("#00574b", "#0b443b")
        assert found.light["on-deep"] == "#ffffff", "what a brand leaves out stays ours"

    def test_pale_words_are_named_with_their_ratio_and_scheme(self, branded):
        branded("pale.css")
        said = [message.msg for message in brand_can_be_read()]
        assert (
            "--gw-ink-soft (#aaaaaa) on --gw-surface (#ffffff), light scheme: a contrast of 2.32, "
            "it must be 4.5 or more." in said
        )
        assert {message.id for message in brand_can_be_read()} == {"goedwerk_forum.W011"}

    def test_a_colour_without_a_dark_one_holds_on_a_dark_screen_too(self, branded):
        branded("pale.css")
        dark = [message.msg for message in brand_can_be_read() if "dark" in message.msg]
        assert any(said.startswith("--gw-accent (var(--gw-ours)) on --gw-paper") for said in dark)

    def test_a_colour_that_cannot_be_judged_is_said(self, branded):
        branded("pale.css")
        said = " ".join(message.msg for message in brand_can_be_read())
        assert "color-mix" in said
        assert "write both as #rrggbb" in said

    def test_a_file_that_is_nowhere_stops_the_start(self, branded):
        branded("nowhere.css")
        [message] = brand_can_be_read()
        assert message.id == "goedwerk_forum.E007"
        assert "brands/nowhere.css" in message.msg

    def test_without_a_brand_nothing_is_read(self, monkeypatch):
        monkeypatch.setattr(brand, "schemes", None)
        assert brand_can_be_read() == []

    @pytest.mark.parametrize(
        ("one", "other", "ratio"),
        [("#000", "#fff", 21.0), ("#ffffff", "rgb(255, 255, 255)", 1.0), ("#777", "white", 4.478)],
    )
    def test_the_ratio_is_that_of_wcag(self, one, other, ratio):
        first, second = (brand.colour({"x": value}, "x") for value in (one, other))
        assert first is not None
        assert second is not None
        assert brand.contrast(first, second) == pytest.approx(ratio, abs=0.001)

    @pytest.mark.parametrize(
        "written",
        [
            "rgb(0 75 107)",
            "rgb(0, 75, 107)",
            "rgb(0  75\t107)",
            "hsl(198 100% 21%)",
            "hsl(198, 100%, 21%)",
        ],
    )
    def test_parts_stand_with_or_without_commas(self, written):
        assert brand.colour({"x": written}, "x") == (0, 75 / 255, 107 / 255)

    def test_more_than_all_is_all(self):
        assert brand.colour({"x": "rgb(300 0 0)"}, "x") == (1, 0, 0)

    @pytest.mark.parametrize("written", ["rgb(0 75 107 / 50%)", "rgb(0 75)", "#004b6b80"])
    def test_what_shines_through_or_lacks_a_part_is_not_judged(self, written):
        assert brand.colour({"x": written}, "x") is None


class TestPages:
    def test_the_owner_s_sheet_comes_last(self, branded):
        branded("second.css")
        sheets = drawn("{% goedwerk_styles %}").split('<link rel="stylesheet"')
        assert "goedwerk_forum/goedwerk.tokens.css" in sheets[1]
        assert "brands/second.css" in sheets[-1]

    def test_the_theme_s_class_stands_beside_ours(self, branded):
        assert drawn('<p class="gw{% goedwerk_theme %}">') == '<p class="gw">'
        branded("second.css", BRAND_CLASS="stad-theme")
        assert drawn('<p class="gw{% goedwerk_theme %}">') == '<p class="gw stad-theme">'

    @pytest.mark.parametrize("wrong", ['x" onclick="y', "two names", "1st"])
    def test_a_class_is_one_name(self, branded, wrong):
        branded("second.css", BRAND_CLASS=wrong)
        with pytest.raises(ImproperlyConfigured, match="one name of a class"):
            conf()

    def test_the_browser_s_bars_have_the_colour_of_the_page(self, branded):
        assert 'content="#211725"' in drawn("{% goedwerk_page_colours %}")
        branded("second.css")
        told = drawn("{% goedwerk_page_colours %}")
        assert 'media="(prefers-color-scheme: light)" content="#ffffff"' in told
        assert 'media="(prefers-color-scheme: dark)" content="#12201d"' in told

    def test_fonts_at_the_top_are_fetched_at_once_and_are_the_owner_s(self, branded):
        assert drawn("{% goedwerk_styles %}").count('rel="preload" as="font"') == 2
        branded("second.css", BRAND_FONTS=[])
        assert "preload" not in drawn("{% goedwerk_styles %}")
