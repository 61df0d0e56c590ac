"""What Wagtail's own checker looks at in the preview of a page, beside what it looked at already.

The accessibility rules are those that an editor's text can break; a template's own are in the
tests. For each kind of thing by which somebody can be recognised there is a rule as well: it
finds the words that ``preview_marks`` marked in the preview. Nothing of it is stored.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin.userbar import AccessibilityItem, BaseItem, ContentCheckerItem
from wagtail.models import Page

from goedwerk_privacy.kinds import INFO, Severity

from ..checks.traceable import why
from .preview_marks import MARK

#: The check behind the rules for recognisable words: axe's own, by name, so it needs no script.
HAS_TEXT = "goedwerk-has-text"
#: Rules of axe-core that what an editor writes can break.
EDITORIAL = ("image-alt", "image-redundant-alt", "link-in-text-block", "list", "valid-lang")


class ContentChecks(ContentCheckerItem):
    """Wagtail's content checker, with our rules."""

    def get_axe_run_only(self, request: HttpRequest) -> list[str]:
        return [*super().get_axe_run_only(request), *EDITORIAL, *map(_rule, INFO)]

    def get_axe_custom_rules(self, request: HttpRequest) -> list[dict[str, Any]]:
        ours = [
            {
                "id": _rule(kind),
                "impact": "serious" if info.severity == Severity.MUST else "moderate",
                "selector": f'[{MARK}="{kind}"]',
                "tags": ["goedwerk"],
                "any": [],
                "none": [HAS_TEXT],
                "enabled": True,
            }
            for kind, info in INFO.items()
        ]
        return [*super().get_axe_custom_rules(request), *ours]

    def get_axe_custom_checks(self, request: HttpRequest) -> list[dict[str, Any]]:
        check = {"id": HAS_TEXT, "evaluate": "has-text-content-evaluate"}
        return [*super().get_axe_custom_checks(request), check]

    def get_axe_messages(self, request: HttpRequest) -> dict[str, Any]:
        ours = {_rule(kind): _recognisable(kind) for kind in INFO}
        return {**super().get_axe_messages(request), **_editorial(), **ours}


def use_our_checks(request: HttpRequest, items: list[BaseItem], page: Page | None) -> None:
    """In the place of Wagtail's own checker; one that the site made itself stays."""
    for place, item in enumerate(items):
        if type(item) in (AccessibilityItem, ContentCheckerItem):
            items[place] = ContentChecks(in_editor=item.in_editor)


def _rule(kind: str) -> str:
    return f"goedwerk-{kind.replace('_', '-')}"


def _recognisable(kind: str) -> dict[str, str]:
    what, _dot, more = why(kind).partition(". ")
    advice = _("Maak het algemener. Mag het blijven, schrijf dan op waarom.")
    return {"error_name": what.rstrip("."), "help_text": f"{more} {advice}".strip()}


def _editorial() -> dict[str, dict[str, str]]:
    return {
        "image-alt": {
            "error_name": _("Een afbeelding heeft geen beschrijving"),
            "help_text": _("Schrijf in een zin wat iemand mist die haar niet ziet."),
        },
        "image-redundant-alt": {
            "error_name": _("De beschrijving van een afbeelding staat er twee keer"),
            "help_text": _("Beschrijf wat te zien is, niet wat er al naast staat."),
        },
        "link-in-text-block": {
            "error_name": _("Een link in de tekst valt niet op"),
            "help_text": _("Een link is te herkennen zonder op de kleur te letten."),
        },
        "list": {
            "error_name": _("Een lijst is niet goed opgebouwd"),
            "help_text": _("Maak lijsten met de knop voor opsommingen."),
        },
        "valid-lang": {
            "error_name": _("De taal van een stuk tekst klopt niet"),
            "help_text": _("Een voorleesprogramma spreekt de tekst dan verkeerd uit."),
        },
    }
