"""The letterbox, the editors' side: the other is "de inzender", and stays that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from goedwerk_forum.errors import IllegalTransition

from ..actions import letters
from ..models import Letter
from .base import SubmissionView
from .forms import LetterForm


@dataclass(frozen=True)
class Opened:
    """A letter with its words; ``is_new`` is one from the contributor that nobody marked read."""

    letter: Letter
    text: str

    @property
    def is_new(self) -> bool:
        return not self.letter.from_editor and not self.letter.is_read


class LetterboxView(SubmissionView):
    """Reads and answers. Looking changes nothing: a letter is read when somebody says so."""

    template_name = "goedwerk_casestudies/admin/letterbox.html"
    step = "letters"

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        return self._page(LetterForm())

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        if request.POST.get("do") == "read":
            letters.mark_read(self.submission, by_editor=True)
            return HttpResponseRedirect(self.url_of("letters"))
        form = LetterForm(request.POST)
        if not form.is_valid():
            return self._page(form, 422)
        try:
            letters.write_letter(self.submission, form.cleaned_data["text"], from_editor=True)
        except IllegalTransition:
            del self.submission
            return self._page(form, 409, is_closed=True)
        letters.mark_read(self.submission, by_editor=True)
        messages.success(request, _("Je brief ligt klaar voor de inzender."))
        return HttpResponseRedirect(self.url_of("letters"))

    def _page(self, form: LetterForm, status: int = 200, **extra: Any) -> HttpResponse:
        opened = [Opened(letter, letters.read(letter)) for letter in self.submission.letters.all()]
        return self.page(status, form=form, opened=opened, **extra)
