"""Who may press which button at a harvest."""

from __future__ import annotations

from wagtail.models import Page, PagePermissionTester


class HarvestPermissionTester(PagePermissionTester):
    """As for any page; and who guides the dialogue writes. It is neither copied nor moved."""

    def can_edit(self) -> bool:
        return bool(super().can_edit()) or self._composes()

    def _composes(self) -> bool:
        from ..harvests import composes

        if "_hers" not in self.__dict__:
            self._hers = bool(self.user.is_active) and composes(self.user, self.page)
        return self._hers

    def can_move(self) -> bool:
        return False

    def can_copy(self) -> bool:
        return False

    def can_move_to(self, destination: Page) -> bool:
        return False

    def can_copy_to(self, destination: Page, recursive: bool = False) -> bool:
        return False
