"""What all screens of the workbench share: who may come in, whose it is, and a neutral title."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from goedwerk_forum.errors import KeyMissing, NotFound

from .. import access
from ..actions import letters
from ..models import Submission
from ..transitions import State

#: Characters of the public id that name a submission in a title: nothing of it may be in there.
MARK = 6


class ForAbstracters(View):
    """Lets editors in who may read raw texts; without the key that opens these, nobody."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.may_enter(request):
            raise PermissionDenied
        try:
            return super().dispatch(request, *args, **kwargs)
        except KeyMissing:
            template = "goedwerk_casestudies/admin/key_missing.html"
            return render(request, template, status=503)
        except NotFound as error:
            raise Http404 from error

    def may_enter(self, request: HttpRequest) -> bool:
        return access.is_abstracter(request.user)


class SubmissionView(ForAbstracters, WagtailAdminTemplateMixin):
    """A screen about one submission, which is never the asker's own."""

    header_icon = "edit"
    page_title = gettext_lazy("Inzending")
    #: Which step of the row of steps this is.
    step = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.public_id: str = kwargs["public_id"]

    @cached_property
    def submission(self) -> Submission:
        return access.workable_submission(self.request.user, self.public_id)

    @property
    def is_mine(self) -> bool:
        """Whether the asker has it in hand."""
        return self.submission.editor_id == self.request.user.pk

    @property
    def can_work(self) -> bool:
        return self.is_mine and self.submission.state == State.IN_HAND

    def url_of(self, name: str) -> str:
        return reverse(f"goedwerk_submissions:{name}", args=[self.public_id])

    def get_page_subtitle(self) -> str:
        return self.public_id[:MARK]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        inbox = reverse("goedwerk_submissions:index")
        return [
            *self.breadcrumbs_items,
            {"url": inbox, "label": _("Inzendingen")},
            {"url": "", "label": self.get_header_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        submission = self.submission
        return super().get_context_data(
            submission=submission,
            step=self.step,
            is_mine=self.is_mine,
            can_work=self.can_work,
            can_take=can_take(submission, self.request.user.pk),
            can_refuse=self.is_mine and submission.state in WITH_EDITORS,
            can_take_back=submission.state in (State.ABSTRACTED, State.ASKED),
            has_letters=letters.is_open(submission),
            unread=submission.letters.filter(from_editor=False, is_read=False).count(),
            **kwargs,
        )

    def page(self, status: int = 200, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context), status=status)


#: States in which an editor can still say that it will not be placed.
WITH_EDITORS = (State.IN_HAND, State.ABSTRACTED, State.ASKED)


def can_take(submission: Submission, user_id: Any) -> bool:
    if submission.state == State.SENT:
        return True
    return submission.state == State.IN_HAND and submission.editor_id != user_id
