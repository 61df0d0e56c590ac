"""Draws the picture beside a shared link and the icon for a telephone's screen.

    .venv/bin/python scripts/draw_signs.py

From the three shapes and our own letters, with Chromium; run it again after a change of colours.
"""

from __future__ import annotations

import io
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "forum/goedwerk_forum/static/goedwerk_forum/fonts"
TARGET = ROOT / "site/goedwerk_site/static/goedwerk_site"

SHAPES = """<svg viewBox="0 0 48 48" width="{size}" height="{size}">
<defs><pattern id="h" width="3.6" height="3.6" patternUnits="userSpaceOnUse"
  patternTransform="rotate(45)"><rect width="3.6" height="3.6" fill="#fbfaf8"/>
  <path d="M0 0V3.6" stroke="#4d1f56" stroke-width="2"/></pattern></defs>
<rect fill="#4d1f56" x="3" y="20" width="25" height="25"/>
<circle fill="#eba53d" cx="28" cy="16" r="13"/>
<path fill="#7a3f2c" d="M17.2 23.2A13 13 0 0 0 28 29V20H15.6q.5 1.7 1.6 3.2Z"/>
<path fill="{arch}" stroke="#4d1f56" stroke-width="2.2" d="M20 45V33a12 12 0 0 1 24 0v12Z"/>
</svg>"""

CARD = """<style>
@font-face {{ font-family: D; src: url("{fonts}/literata-display.woff2"); }}
@font-face {{ font-family: S; src: url("{fonts}/figtree.woff2"); font-weight: 400 700; }}
body {{ margin: 0; width: 1200px; height: 630px; background: #fbfaf8; color: #241a28;
  display: grid; grid-template-columns: 1fr 420px; align-items: center; box-sizing: border-box;
  padding: 0 90px; border-bottom: 28px solid #4d1f56; }}
b {{ display: block; font: 500 124px/1 D; letter-spacing: -.02em; }}
p {{ margin: 36px 0 0; font: 500 38px/1.35 S; color: #5c4f61; max-width: 15em; }}
</style><div><b>Goed Werk</b>
<p>Ambtenaren in gesprek over goed werk: bekwaam, betrokken en betrouwbaar.</p></div>{shapes}"""

ICON = """<style>body {{ margin: 0; width: 180px; height: 180px; background: #fbfaf8;
  display: grid; place-items: center; }}</style>{shapes}"""


def draw(browser: Browser, name: str, html: str, width: int, height: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    drawing = TARGET / f"{name}.html"
    # A file, not set_content: only a file may load the letters beside it.
    drawing.write_text(f"<!doctype html><meta charset=utf-8>{html}", encoding="utf-8")
    try:
        page.goto(drawing.as_uri())
        page.evaluate("document.fonts.ready")
        picture = Image.open(io.BytesIO(page.screenshot()))
    finally:
        drawing.unlink()
    picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(
        TARGET / f"{name}.png", optimize=True
    )
    page.close()


def main() -> None:
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        shapes = SHAPES.format(size=420, arch="url(#h)")
        draw(browser, "card", CARD.format(fonts=FONTS.as_uri(), shapes=shapes), 1200, 630)
        shapes = SHAPES.format(size=140, arch="#fbfaf8")
        draw(browser, "touch-icon", ICON.format(shapes=shapes), 180, 180)
        browser.close()


if __name__ == "__main__":
    main()
