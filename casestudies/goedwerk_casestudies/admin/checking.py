"""The three questions on being recognised, with the text to read them against."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from goedwerk_forum.errors import IllegalTransition

from ..actions.workbench import NotInHand, StaleWork, desk_of, save_work
from ..work import CHECKS
from .base import SubmissionView
from .bench_page import bench_context
from .forms import ChecksForm


class CheckView(SubmissionView):
    template_name = "goedwerk_casestudies/admin/check.html"
    step = "check"

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        return self._page(self._empty())

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        form = ChecksForm(request.POST)
        if not form.is_valid():
            return self._page(form, 422)
        user: Any = request.user
        version = form.cleaned_data["version"]
        try:
            save_work(self.submission, by=user, version=version, checks=form.answers())
        except StaleWork:
            return self._page(self._empty(**form.answers()), 409, is_stale=True)
        except (NotInHand, IllegalTransition):
            del self.submission
            return self._page(form, 409, is_gone=True)
        messages.success(request, _("Je antwoorden zijn bewaard."))
        return HttpResponseRedirect(self.url_of("page"))

    def _empty(self, **typed: str) -> ChecksForm:
        """The answers as they are kept, or as they were typed, on the version of now."""
        work = desk_of(self.submission).work
        kept = {name: work.checks.get(name, "") for name in CHECKS}
        return ChecksForm(initial={"version": work.version} | kept | typed)

    def _page(self, form: ChecksForm, status: int = 200, **extra: Any) -> HttpResponse:
        return self.page(status, form=form, **bench_context(desk_of(self.submission)), **extra)
