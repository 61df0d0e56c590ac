"""Bringing in a report: choose a file, see it being read, pick the headings."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import Error
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext, ngettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from goedwerk_forum.identity import keys

from .. import access
from ..actions import reports as actions
from ..models import Submission
from ..reports import Report, Unreadable
from ..reports.apart import read_apart
from .base import ForAbstracters
from .report_upload import ChooseForm, MemoryOnly, ReportForm, limits

#: Where a streamed page is cut: what comes next is not known yet.
_CUT = mark_safe("<!--goedwerk-cut-->")
#: Words of a text by which an editor recognises it.
BEGINNING = 22


class ReportView(ForAbstracters, WagtailAdminTemplateMixin):
    """For editors who may read raw submissions."""

    header_icon = "upload"
    page_title = _("Verslag importeren")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("goedwerk_submissions:index"), "label": gettext("Inzendingen")},
            {"url": "", "label": self.get_page_title()},
        ]

    def page(self, *, status: int = 200, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context), status=status)


# --- upload ----------------------------------------------------------------------------------


@method_decorator(csrf_exempt, name="dispatch")
class UploadView(ReportView):
    """The file is read while its page is being sent, so that progress shows without a script."""

    template_name = "goedwerk_casestudies/admin/report_upload.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The form's token is checked after its file has a place that is no disk."""
        request.upload_handlers = [MemoryOnly(limits().size)]
        return csrf_protect(super().dispatch)(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(form=ReportForm())

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form = ReportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(form=form, status=422)
        keys.link_key()  # Without it nothing can be kept: said before the reading starts.
        response = StreamingHttpResponse(
            self._sent(get_language(), self._read(form, *form.cleaned_data["file"]))
        )
        response["X-Accel-Buffering"] = "no"
        return response

    @staticmethod
    def _sent(language: str | None, pieces: Generator[str, None, None]) -> Iterator[str]:
        """In the language of the request: what made it so has ended when this is sent."""
        try:
            while True:
                with override(language):
                    piece = next(pieces, None)
                if piece is None:
                    return
                yield piece
        finally:
            pieces.close()

    def _read(self, form: ReportForm, data: bytes, kind: str) -> Generator[str, None, None]:
        before, after = self._cut_page()
        yield before
        try:
            report = yield from _reading(data, kind)
            parts = yield from _looking(report)
            held = actions.hold(parts, editor=self.request.user)
        except Unreadable as error:
            form.say(error.problem)
            yield self._form_again(form)
        except Error:
            form.add_error("file", gettext("Opslaan lukt nu niet. Probeer het straks opnieuw."))
            yield self._form_again(form)
        else:
            yield _onward(_choose_url(held))
        yield after

    def _cut_page(self) -> tuple[str, str]:
        context = self.get_context_data(cut=_CUT, is_reading=True)
        before, _cut, after = render_to_string(
            self.template_name, context, request=self.request
        ).partition(_CUT)
        return before, after

    def _form_again(self, form: ReportForm) -> str:
        """After the progress, whose place the style sheet gives it."""
        template = "goedwerk_casestudies/admin/report_form.html"
        page = render_to_string(template, {"form": form}, request=self.request)
        return f"</div></div>{page}<div><div>"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = [
            {"held": held, "url": _choose_url(held)}
            for held in access.held_reports(self.request.user)
        ]
        return super().get_context_data(waiting=waiting, **kwargs)


def _reading(data: bytes, kind: str) -> Generator[str, None, Report]:
    """Yields the progress, and returns the report."""
    bar = _Bar()
    yield from bar.at(5, gettext("Het bestand wordt geopend."))
    for news in read_apart(data, kind, limits()):
        if isinstance(news, Report):
            return news
        done, of = news
        words = gettext("Bladzijde %(done)s van %(of)s gelezen.") % {"done": done, "of": of}
        yield from bar.at(5 + 60 * done // of, words)
    raise AssertionError  # ``read_apart`` ends with a report or an error.


def _looking(report: Report) -> Generator[str, None, list[actions.Part]]:
    """Yields the progress, and returns the headings with their findings counted."""
    bar = _Bar()
    of = len(report.sections)
    parts = []
    for done, part in enumerate(actions.looked_at(report), start=1):
        parts.append(part)
        words = gettext("Namen en herkenbare details gezocht: onderdeel %(done)s van %(of)s.")
        yield from bar.at(65 + 35 * done // of, words % {"done": done, "of": of})
    return parts


class _Bar:
    """Lines of progress, of which the style sheet shows the last; one for every five percent."""

    def __init__(self) -> None:
        self.shown = 0

    def at(self, percent: int, words: str) -> Iterator[str]:
        if percent // 5 > self.shown // 5:
            self.shown = percent
            yield format_html(
                '<p class="gw-step"><progress max="100" value="{}" aria-hidden="true"></progress>'
                " {}</p>\n",
                percent,
                words,
            )


def _onward(url: str) -> str:
    """To the next page by itself, and with a link for who stays."""
    return format_html(
        '<p class="gw-step">{} <a class="button" href="{}">{}</a></p>'
        '<meta http-equiv="refresh" content="0;url={}">',
        gettext("Klaar."),
        url,
        gettext("Kies de onderdelen"),
        url,
    )


def _choose_url(held: Submission) -> str:
    return reverse("goedwerk_report_choose", args=[held.public_id])


# --- choosing --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A heading as the page lists it; the numbers count what stands below it, too."""

    place: int
    heading: str
    level: int
    beginning: str
    words: int
    findings: int

    @classmethod
    def of(cls, parts: list[actions.Part], place: int) -> Row:
        part = parts[place]
        whole = [part, *(parts[later] for later in actions.below(parts, place))]
        text = actions.gathered(parts, place, ())
        return cls(
            place=place,
            heading=part.heading or gettext("(tekst zonder kop)"),
            level=min(part.level, 4),
            beginning=Truncator(text).words(BEGINNING),
            words=sum(one.words for one in whole),
            findings=sum(one.findings for one in whole),
        )


class ChooseView(ReportView):
    """The headings of one held report; only its own editor sees them."""

    template_name = "goedwerk_casestudies/admin/report_choose.html"

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        rows = self._rows(public_id)
        return self.page(rows=rows, form=self._form(rows))

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        rows = self._rows(public_id)
        if "throw_away" in request.POST:
            actions.throw_away(self.held)
            messages.success(request, gettext("Het verslag is weg. Er is niets van bewaard."))
            return HttpResponseRedirect(reverse("goedwerk_report_import"))
        form = self._form(rows, request.POST)
        if not form.is_valid():
            chosen = request.POST.getlist("chosen")
            return self.page(rows=rows, form=form, chosen=chosen, status=422)
        made = actions.choose(self.held, form.cleaned_data["chosen"])
        messages.success(request, _made_sentence(len(made)))
        return HttpResponseRedirect(onward_from(made))

    def _rows(self, public_id: str) -> list[Row]:
        self.held = access.held_report(self.request.user, public_id)
        parts = actions.parts_of(self.held)
        return [Row.of(parts, place) for place in range(len(parts))]

    def _form(self, rows: list[Row], *data: Any) -> ChooseForm:
        return ChooseForm([row.place for row in rows if row.words], *data)


def _made_sentence(number: int) -> str:
    return ngettext(
        "%(number)s onderdeel staat klaar om te bewerken.",
        "%(number)s onderdelen staan klaar om te bewerken.",
        number,
    ) % {"number": number}


def onward_from(made: list[Submission]) -> str:
    """The only one opens in the workbench; several wait in the list."""
    if len(made) == 1:
        return reverse("goedwerk_submissions:bench", args=[made[0].public_id])
    return reverse("goedwerk_submissions:index") + "?hands=mine"
