"""The way from a page to the submission it was made of, for who may follow it."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from goedwerk_forum.errors import KeyMissing, NotFound
from goedwerk_forum.people import Person

from .. import access


def page_header_buttons(
    page: Page, user: Person, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    try:
        submission = access.submission_of_page(user, page)
    except (NotFound, KeyMissing):
        return
    names = [("beside", _("Naast elkaar"), "view")]
    if access.is_abstracter(user):
        names.append(("bench", _("Werkbank"), "edit"))
    for priority, (name, label, icon) in enumerate(names, start=91):
        url = reverse(f"goedwerk_submissions:{name}", args=[submission.public_id])
        yield Button(label, url=url, icon_name=icon, priority=priority)
