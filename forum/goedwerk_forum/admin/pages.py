"""What the dialogue adds to Wagtail's own page screens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions.delete import DeleteBulkAction
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from .. import access
from ..models import Contribution
from ..people import Person


def contributions_below(pages: Iterable[Page]) -> int:
    """How many contributions go when these pages go, with all that is below them."""
    below = Q()
    for page in pages:
        below |= Q(discussion__page__path__startswith=page.path)
    return Contribution.objects.filter(below).count() if below else 0


def warn_of_loss(request: HttpRequest, pages: Iterable[Page]) -> None:
    number = contributions_below(pages)
    if number:
        messages.warning(
            request,
            ngettext(
                "Let op: hiermee verdwijnt ook %(number)d bijdrage van een deelnemer, voorgoed.",
                "Let op: hiermee verdwijnen ook %(number)d bijdragen van deelnemers, voorgoed.",
                number,
            )
            % {"number": number},
        )


def before_delete_page(request: HttpRequest, page: Page) -> None:
    if request.method == "GET":
        warn_of_loss(request, [page])


class DeletePagesBulkAction(DeleteBulkAction):
    """Wagtail's own, with the warning: its hooks run only after one has said yes."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        warn_of_loss(self.request, [item["item"] for item in context["items"]])
        return context


def page_header_buttons(
    page: Page, user: Person, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """The way from a page to what waits in its discussion, for its ambassadors."""
    granted = access.granted_discussions(user).filter(page_id=page.pk, branch_of__isnull=True)
    for discussion in granted:
        url = reverse("goedwerk_moderation:index")
        yield Button(
            _("Dialoog"),
            url=f"{url}?discussion={discussion.uuid}",
            icon_name="comment",
            priority=90,
        )
