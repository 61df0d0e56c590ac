"""The form in which a story is written: what the gate will refuse is said beside the field."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm


class StoryForm(WagtailAdminPageForm):
    """Drafts, autosaves and publications alike."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if self._words_changed():
            self._refuse_changes()
        if self.data.get("action-publish"):
            self._refuse_publishing()

    def _words_changed(self) -> bool:
        """Whether what was typed differs from the latest revision."""
        from ..four_eyes import as_page
        from ..shown import digest

        revision = self.instance.latest_revision
        if revision is None:
            return False
        return digest(as_page(type(self.instance), revision.content)) != digest(self.instance)

    def _refuse_changes(self) -> None:
        """While a second editor or the contributor reads a text, it stands still."""
        from ..models.tasks import ConsentTask, SecondEditorTask

        task = self.instance.current_workflow_task
        if isinstance(task, SecondEditorTask):
            self.add_error(
                None,
                _(
                    "Een tweede redacteur leest deze tekst nu na. Tot zij tekent of om aanpassing "
                    "vraagt, staat de tekst stil. Wil je toch iets veranderen? Stop dan eerst de "
                    "workflow."
                ),
            )
        elif isinstance(task, ConsentTask):
            self.add_error(
                None,
                _(
                    "De inzender leest deze tekst nu. Tot die antwoordt, staat de tekst stil. "
                    "Wil je toch iets veranderen? Stop dan eerst de workflow."
                ),
            )

    def _refuse_publishing(self) -> None:
        from ..clearance import is_cleared
        from ..errors import NotCleared

        if not is_cleared(self.instance):
            self.add_error(None, str(NotCleared()))

    def add_error(self, field: str | None, error: Any) -> None:
        """What a page type has no panel for is said above the form."""
        by_field = getattr(error, "error_dict", None)
        if by_field is None:
            super().add_error(field, error)
            return
        for name, errors in by_field.items():
            is_here = name in self.fields
            super().add_error(name if is_here else NON_FIELD_ERRORS, ValidationError(errors))
