"""Long branches fold up: a reader sees the first answers, and how many more there are.

All of it stays in the page, so a search in it finds what is folded, and nothing needs a script.
"""

from __future__ import annotations

from collections.abc import Iterator

from .nodes import Fold, Node
from .reading import Window
from .transitions import Display

#: Answers that stay open below a contribution, and how few more are not worth folding.
OPEN, TOO_FEW = 3, 1


def fold(window: Window) -> Window:
    """The window with its long branches folded; what a reader narrowed stays open."""
    if not window.narrowing:
        for node in window.nodes:
            _fold_below(node, asks=window.discussion.is_open)
    return window


def _fold_below(node: Node, *, asks: bool) -> None:
    for child in node.children:
        _fold_below(child, asks=asks)
    rest = node.children[OPEN:]
    if sum(1 for _one in _all_of(rest)) <= TOO_FEW:
        return
    node.children = node.children[:OPEN]
    said = list(_all_of(rest))
    node.folded = Fold(
        nodes=rest,
        count=len(said),
        waiting=sum(1 for one in said if asks and _waits(one)),
        new=sum(1 for one in said if one.is_new),
    )


def _all_of(nodes: list[Node]) -> Iterator[Node]:
    """The nodes with all below them, folded or not."""
    for node in nodes:
        yield node
        yield from _all_of(node.children)
        if node.folded is not None:
            yield from _all_of(node.folded.nodes)


def _waits(node: Node) -> bool:
    said = node.contribution
    return said is not None and said.display == Display.TEXT and said.awaits_answer
