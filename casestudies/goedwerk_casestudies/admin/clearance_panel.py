"""The panel that says whether a story may be read, why not yet, and what comes next."""

from __future__ import annotations

from typing import Any

from django.forms import Media
from wagtail.admin.panels import Panel


class ClearancePanel(Panel):
    """On the tab "Vrijgave" all of it; ``is_brief`` on the first tab a line that leads there."""

    def __init__(self, *, is_brief: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.is_brief = is_brief

    def clone_kwargs(self) -> dict[str, Any]:
        return super().clone_kwargs() | {"is_brief": self.is_brief}

    class BoundPanel(Panel.BoundPanel):
        template_name = "goedwerk_casestudies/admin/clearance_panel.html"

        @property
        def media(self) -> Media:
            return Media(css={"all": ["goedwerk_casestudies/admin/clearance.css"]})

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from .clearance import sheet_of

            context: dict[str, Any] = super().get_context_data(parent_context)
            sheet = sheet_of(self.instance, self.request.user)
            return context | {"sheet": sheet, "is_brief": self.panel.is_brief}
