"""Words for what the record says of submissions and stories, in the forum's report."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from goedwerk_forum.admin.audit import STATES
from goedwerk_forum.admin.labels import ACTORS, OTHER_ACTIONS

from ..models import Submission
from ..transitions import CLOCK

ACTIONS = {
    "letter": _("brief geschreven"),
    "agreed": _("akkoord met het verhaal"),
    "hand_over": _("inzending overgedragen"),
    "import": _("verslag ingelezen"),
    "let_go": _("ingelezen verslag weggegooid"),
    "sign": _("verhaal vrijgegeven"),
    "revoke": _("vrijgave ingetrokken"),
}


def add() -> None:
    """Once, when the admin is loaded; what the forum calls something keeps its name."""
    ACTORS.setdefault(CLOCK, _("de kalender"))
    for code, words in [*Submission.State.choices, *ACTIONS.items()]:
        OTHER_ACTIONS.setdefault(code, words)
    for code, words in Submission.State.choices:
        STATES.setdefault(code, words)
