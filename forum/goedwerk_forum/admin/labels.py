"""Words for the codes in the record: who did it, and what."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..transitions import Action

#: Roles, never persons.
ACTORS: dict[str, str | Promise] = {
    "ambassador": _("een ambassadeur"),
    "author": _("de schrijver"),
    "checks": _("de automatische controle"),
    "editor": _("de redactie"),
}
#: Actions on something else than a contribution.
OTHER_ACTIONS: dict[str, str | Promise] = {
    "policy": _("manier van modereren gewijzigd"),
    "sensitive": _("gevoelig verhaal aan of uit"),
}


def actor_label(code: str) -> str:
    return str(ACTORS.get(code, code))


def action_label(code: str) -> str:
    if code in Action.values:
        return str(Action(code).label)
    return str(OTHER_ACTIONS.get(code, code))
