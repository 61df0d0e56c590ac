"""A site owner's own colours and letters: files of custom properties that are loaded after ours.

``GOEDWERK["BRAND_STYLES"]`` names them. Here they are read, to say which colours nobody can read
and to tell the browser the colour of the page. What is understood: custom properties on ``.gw``,
``:root``, ``:where(.gw)`` or the class ``BRAND_CLASS``, alone or for a dark screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from PIL import ImageColor

from .conf import conf

#: Ours, in the order in which a page loads them; an owner's come after these.
STYLES = ("goedwerk.tokens.css", "nlds.css", "goedwerk.css")
#: That of ours in which the ``--gw-`` properties have their values.
TOKENS = "goedwerk_forum/goedwerk.css"

#: What WCAG 2.2 asks of words (1.4.3), and of edges that say where a control is (1.4.11).
WORDS, EDGES = 4.5, 3.0
#: Words or edges, on what they stand.
PAIRS: list[tuple[str, tuple[str, ...], float]] = [
    ("ink", ("paper", "surface", "tint", "tint-strong", "warm-tint", "error-tint"), WORDS),
    ("ink-soft", ("paper", "surface", "tint"), WORDS),
    ("accent", ("paper", "surface", "tint", "tint-strong"), WORDS),
    ("accent-hover", ("paper", "surface", "tint-strong"), WORDS),
    ("on-accent", ("accent", "accent-hover"), WORDS),
    ("on-deep", ("deep",), WORDS),
    ("on-deep-soft", ("deep",), WORDS),
    ("warm", ("deep",), WORDS),
    ("warm-text", ("paper", "surface", "warm-tint"), WORDS),
    ("on-warm", ("warm",), WORDS),
    ("error", ("paper", "surface", "error-tint"), WORDS),
    ("line", ("paper", "surface", "tint"), EDGES),
    ("deep-line", ("deep",), EDGES),
]

Tokens = dict[str, str]
Colour = tuple[float, float, float]


def styles() -> list[str]:
    """The static paths of the stylesheets that every page of ours loads, in their order."""
    return [*(f"goedwerk_forum/{name}" for name in STYLES), *conf().BRAND_STYLES]


def beside_ours() -> str:
    """The class of the owner's theme after a space, for beside ours; empty without one."""
    return f" {conf().BRAND_CLASS}" if conf().BRAND_CLASS else ""


# --- reading ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Schemes:
    """The values of the properties, without ``--gw-``, on a light screen and on a dark one."""

    light: Tokens
    dark: Tokens


class NoSuchStyle(Exception):
    """No app and no folder of the site has the stylesheet that is named."""


def schemes(*paths: str) -> Schemes:
    """The values after the stylesheets with these static paths, each over those before it.

    Raises:
        NoSuchStyle: one of them is nowhere.
    """
    light: Tokens = {}
    dark: Tokens = {}
    for path in paths:
        for is_dark, tokens in _blocks(_text(path), conf().BRAND_CLASS):
            dark |= tokens
            if not is_dark:
                light |= tokens
    return Schemes(light, dark)


def _text(path: str) -> str:
    found = finders.find(path)
    if not found:
        raise NoSuchStyle(path)
    return re.sub(r"/\*.*?\*/", "", Path(str(found)).read_text(encoding="utf-8"), flags=re.DOTALL)


def _blocks(css: str, brand_class: str) -> Iterator[tuple[bool, Tokens]]:
    """(whether for a dark screen, the properties), of each rule on all of ours, in file order."""
    for head, body in _rules(css):
        if head.startswith("@media"):
            if re.fullmatch(r"@media\s*\(\s*prefers-color-scheme\s*:\s*dark\s*\)", head):
                yield from ((True, tokens) for _dark, tokens in _blocks(body, brand_class))
        elif _is_of_all(head, brand_class):
            yield False, dict(re.findall(r"--gw-([\w-]+)\s*:\s*([^;]+?)\s*(?:;|$)", body))


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Each rule as (what stands before its braces, what stands between them)."""
    start = depth = 0
    head = ""
    for place, sign in enumerate(css):
        if sign == "{":
            if depth == 0:
                head, start = css[start:place].rpartition(";")[2].strip(), place + 1
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield head, css[start:place].strip()
                start = place + 1


def _is_of_all(head: str, brand_class: str) -> bool:
    ours = {".gw", ".gw.gw", ":where(.gw)", ":root"} | (
        {f".{brand_class}"} if brand_class else set()
    )
    return any(selector.strip() in ours for selector in head.split(","))


# --- colours ---------------------------------------------------------------------------------


def colour(tokens: Tokens, name: str) -> Colour | None:
    """Red, green and blue from 0 to 1; None where the value is none that is understood here."""
    value = tokens.get(name, "").strip().lower()
    for _step in range(len(tokens)):
        reference = re.fullmatch(r"var\(\s*--gw-([\w-]+)\s*\)", value)
        if reference is None:
            break
        value = tokens.get(reference[1], "").strip().lower()
    try:
        # It knows parts with commas between them only.
        parts = ImageColor.getrgb(re.sub(r"(?<=[\d%])\s+(?=\d)", ",", value))
    except ValueError:
        return None
    if len(parts) != 3:  # something shines through
        return None
    red, green, blue = (min(part, 255) / 255 for part in parts)
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """The ratio of WCAG 2.2, from 1 (no difference) to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(parts: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def hard_to_read(found: Schemes) -> Iterator[str]:
    """A sentence for each pair of colours that lacks contrast, or that cannot be judged."""
    for scheme, tokens in (("light", found.light), ("dark", found.dark)):
        for name, grounds, least in PAIRS:
            for ground in grounds:
                yield from _trouble(tokens, name, ground, least, scheme)


def _trouble(tokens: Tokens, name: str, ground: str, least: float, scheme: str) -> Iterator[str]:
    one, other = colour(tokens, name), colour(tokens, ground)
    pair = f"--gw-{name} ({tokens.get(name)}) on --gw-{ground} ({tokens.get(ground)})"
    if one is None or other is None:
        yield f"{pair}, {scheme} scheme: write both as #rrggbb, so that the contrast is known."
    elif (ratio := contrast(one, other)) < least:
        # Rounded down: 4.499 is not 4.5.
        yield (
            f"{pair}, {scheme} scheme: a contrast of {int(ratio * 100) / 100:.2f}, "
            f"it must be {least} or more."
        )


@lru_cache(maxsize=4)
def page_colours(*paths: str) -> tuple[str, str] | None:
    """The colour at the top of a page, as #rrggbb, on a light and on a dark screen."""
    try:
        found = schemes(*paths)
    except NoSuchStyle:
        return None
    light, dark = colour(found.light, "surface"), colour(found.dark, "surface")
    return (_as_hexadecimal(light), _as_hexadecimal(dark)) if light and dark else None


def _as_hexadecimal(parts: Colour) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
