"""Side by side, to read: what will be signed, and for who may see it what it was made of."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy

from goedwerk_forum.errors import NotFound
from goedwerk_privacy import find

from .. import access
from ..actions.workbench import Desk, desk_of
from ..findings import Seen
from ..models import StoryPage, Submission
from ..obstacles import label_of
from ..work import CHECKS, PARTS
from .base import SubmissionView
from .marks import Mark, marked, marks_of_raw


@dataclass(frozen=True)
class Row:
    """One part: the words of the page, and the raw words or nothing."""

    label: str
    raw: str
    now: str


class BesideView(SubmissionView):
    """For the second editor; the raw text only with the right to it."""

    template_name = "goedwerk_casestudies/admin/beside.html"
    step = "beside"
    page_title = gettext_lazy("Naast elkaar")

    def may_enter(self, request: HttpRequest) -> bool:
        return access.is_abstracter(request.user) or access.is_signer(request.user)

    @cached_property
    def submission(self) -> Submission:
        return access.signable_submission(self.request.user, self.public_id)

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        if self.submission.page is None:
            raise NotFound
        page = self.submission.page.specific.get_latest_revision_as_object()
        desk = desk_of(self.submission)
        sees_raw = access.is_abstracter(request.user)
        return self.page(
            story=page,
            rows=[_row(page, desk, name, sees_raw=sees_raw) for name in PARTS],
            sees_raw=sees_raw,
            answers=[(label_of(name), getattr(page, name)) for name in CHECKS],
            kept=[block.value for block in page.kept],
            decided=len(desk.work.decisions),
            kept_number=sum(1 for decision in desk.work.decisions if decision.is_kept),
            can_edit=page.permissions_for_user(request.user).can_edit(),
        )


def _row(page: StoryPage, desk: Desk, name: str, *, sees_raw: bool) -> Row:
    now = as_plain(getattr(page, name))
    seen = [_mark(finding) for finding in find(now)]
    raw: Any = ""
    if sees_raw:
        told = desk.raw.parts().get(name, "")
        raw = marked(told, marks_of_raw(_of(desk.examined.raw, name), desk.examined, None))
    return Row(label_of(name), raw, marked(now, seen))


def _mark(finding: Any) -> Mark:
    return Mark(finding.start, finding.end, f"gw-word gw-word--{finding.severity}")


def _of(seen: list[Seen], name: str) -> list[Seen]:
    return [one for one in seen if one.part == name]


def as_plain(html: str) -> str:
    """The words of rich text, with its paragraphs."""
    spaced = html.replace("</p>", "</p>\n\n").replace("</li>", "</li>\n").replace("<br/>", "\n")
    return unescape(strip_tags(spaced)).strip()
