"""Above the form of a harvest: what still names somebody, and the way to the words of others."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel


class HarvestPanel(Panel):
    """What the finder marks in what was saved last, and how the asking for consent stands."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "goedwerk_forum/admin/harvest_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from ..harvest_showing import standing_of
            from ..harvest_text import findings
            from ..harvests import composes

            context: dict[str, Any] = super().get_context_data(parent_context)
            is_new = self.instance.pk is None
            is_hers = not is_new and composes(self.request.user, self.instance)
            return context | {
                "page": self.instance,
                "is_new": is_new,
                "found": [] if is_new else findings(self.instance),
                "is_hers": is_hers,
                "standing": standing_of(self.instance) if is_hers else [],
            }
