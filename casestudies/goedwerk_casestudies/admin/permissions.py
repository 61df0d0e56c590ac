"""Who may press which button at a story."""

from __future__ import annotations

from wagtail.models import Page, PagePermissionTester

from ..clearance import is_cleared


class StoryPermissionTester(PagePermissionTester):
    """As for any page, but publishing waits for the clearance of these words."""

    def can_publish(self) -> bool:
        return self._has_publish_right() and is_cleared(self._whole())

    def can_set_view_restrictions(self) -> bool:
        return self._has_publish_right()

    def can_unschedule(self) -> bool:
        return self._has_publish_right()

    def _has_publish_right(self) -> bool:
        return bool(super().can_publish())

    def _whole(self) -> Page:
        """The page with all its columns: lists in the admin hold a few of them."""
        page: Page = self.page
        if not page.get_deferred_fields():
            return page
        whole: Page = type(page)._default_manager.get(pk=page.pk)
        return whole
