"""Markdown: headings by their marks; addresses of links, images and front matter fall away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from . import shape
from .plain import decoded
from .report import Block, Limits, Progress, Report, report_of

if TYPE_CHECKING:
    from markdown_it.token import Token

#: "---", lines of "name: value", "---" at the very beginning: metadata of the writer's program.
_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\n(?:[ \t]*[\w-]+:.*\n|[ \t]+.*\n|- .*\n)+(?:---|\.\.\.)[ \t]*\n"
)
_BOLD_RANK = 9.0


def read(data: bytes, limits: Limits, progress: Progress) -> Report:
    return read_text(decoded(data))


def read_text(text: str) -> Report:
    from markdown_it import MarkdownIt

    text = _FRONT_MATTER.sub("", text.lstrip("\ufeff").replace("\r\n", "\n"), count=1)
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    return report_of(_blocks(tokens))


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    opened: Token | None = None
    row: list[str] = []
    for token in tokens:
        if token.type in {"heading_open", "paragraph_open", "th_open", "td_open", "tr_open"}:
            opened = token
        if token.type == "tr_close" and row:
            yield Block(" | ".join(row))
            row = []
        elif token.type == "inline" and opened and opened.tag in {"th", "td"}:
            row.append(_words(token))
        elif token.type == "inline":
            yield _block(token, opened)
        elif token.type in {"fence", "code_block"}:
            yield Block(token.content)
        elif token.type == "html_block":
            yield Block(_without_tags(token.content))


def _block(token: Token, opened: Token | None) -> Block:
    words = _words(token)
    if opened and opened.type == "heading_open":
        return Block(words, float(opened.tag[1:]))
    if _is_bold(token) and shape.could_be_heading(words):
        return Block(words, _BOLD_RANK)
    return Block(words)


def _words(token: Token) -> str:
    """What is read: no address of a link, no image, no markup, no comment."""
    parts = []
    for child in token.children or []:
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak":
            parts.append("\n")
    return "".join(parts)


def _is_bold(token: Token) -> bool:
    """Whether the whole paragraph is between one pair of bold marks."""
    children = [child for child in token.children or [] if child.content or child.nesting]
    return (
        len(children) > 1
        and children[0].type == "strong_open"
        and children[-1].type == "strong_close"
        and sum(child.type == "strong_open" for child in children) == 1
    )


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style"} and self.silent > 0

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)


def _without_tags(html: str) -> str:
    parser = _Words()
    parser.feed(html)
    parser.close()
    return "".join(parser.words)
