"""The places of a thread: who says something there, whom it answers, what stands below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .models import LEVELS, SEGMENT, Contribution, Discussion, Step
from .transitions import Display


@dataclass
class Node:
    """A contribution with what the page shows below it; or a signpost to the ``branch`` that
    stood there."""

    contribution: Contribution | None
    depth: int
    children: list[Node] = field(default_factory=list)
    branch: Discussion | None = None
    #: Set by ``courses.with_steps``: the step that begins here, or the other one of an answer.
    begins: Step | None = None
    said_in: Step | None = None
    #: What it answers stands in this window; right above it.
    parent_is_here: bool = False
    parent_is_above: bool = False
    #: It came since the reader last asked what is new.
    is_new: bool = False
    #: Set by ``folding.fold``: the rest of its answers.
    folded: Fold | None = None

    @property
    def answers_elsewhere(self) -> bool:
        """Whether the page must say whom it answers: its parent is not right above it."""
        said = self.contribution
        if said is None or said.in_reply_to_id is None:
            return False
        return self.depth == 0 or said.is_flattened or self.depth < said.depth

    @property
    def answered(self) -> str:
        """Whom it answers, as readers may know it; empty where it answers nobody.

        Of what is gone, nobody is named any more.
        """
        said = self.contribution
        if said is None or said.in_reply_to_id is None:
            return ""
        if said.parent_display != Display.TEXT:
            return _("een bijdrage die weg is")
        return _("wat een tafel zei") if said.parent_said_on else str(said.parent_pseudonym)


@dataclass
class Fold:
    """Answers that stand folded up, with how many contributions, and what one must not miss."""

    nodes: list[Node]
    count: int
    waiting: int
    new: int


def nested(
    rows: Iterable[Contribution], signposts: Iterable[Discussion] = (), *, since: int = 0
) -> list[Node]:
    """Rows and signposts in path order, as a tree.

    A row whose parents are in another window becomes a root. Nothing stands below a signpost.
    """
    rows = list(rows)
    places: list[tuple[str, Contribution | None, Discussion | None]] = [
        *((row.path, row, None) for row in rows),
        *((branch.branched_path, None, branch) for branch in signposts),
    ]
    roots: list[Node] = []
    above: list[tuple[str, Node]] = []
    here = {row.pk for row in rows}
    just_said = None
    for path, row, branch in sorted(places, key=lambda place: place[0]):
        while above and not path.startswith(above[-1][0]):
            above.pop()
        node = node_of(row, here, since, depth=len(above), branch=branch)
        node.parent_is_above = (
            row is not None
            and row.in_reply_to_id is not None
            and row.in_reply_to_id == just_said
            and not node.answers_elsewhere
        )
        just_said = row.pk if row else None
        (above[-1][1].children if above else roots).append(node)
        if len(path) < SEGMENT * LEVELS:
            above.append((path, node))
    return roots


def node_of(
    row: Contribution | None,
    here: set[int],
    since: int = 0,
    *,
    depth: int = 0,
    branch: Discussion | None = None,
) -> Node:
    """One place of a window that holds the contributions ``here``."""
    return Node(
        row,
        depth,
        branch=branch,
        parent_is_here=row is not None and row.in_reply_to_id in here,
        is_new=row is not None and bool(since) and row.shown_since > since,
    )
