from __future__ import annotations

import datetime
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.templatetags.wagtailcore_tags import pageurl

from .. import brand, courses, folding, kinds, newest_first, shipped_formats, statement_words
from ..called import called_in
from ..conf import conf
from ..identity import drafts
from ..lens_use import LensUse
from ..lens_use import lens_use as use_of_lenses
from ..models import (
    LEVELS,
    Discussion,
    Notice,
    Pace,
    Policy,
    Revision,
    place_of_page,
)
from ..narrowing import (
    in_order,
    kind_choices,
    lens_choices,
    narrowing_of,
    order_choices,
    waiting_choices,
)
from ..news import SOURCES
from ..pages import DiscussionPageMixin
from ..reading import Voices, cursor_of, heard_in, pinned_in, window
from ..texts import as_html, marked, spans

register = template.Library()
for said in (
    statement_words.decision_words,
    statement_words.action_words,
    statement_words.measure_words,
    statement_words.reason_words,
    statement_words.deciders_words,
    statement_words.scope_words,
    statement_words.ground_words,
    statement_words.may_be_appealed,
    statement_words.last_day_of_appeal,
):
    register.filter(said)

register.simple_tag(brand.beside_ours, name="goedwerk_theme")

HEADINGS = 6

STYLE = '<link rel="stylesheet" href="{}">'
PRELOAD = '<link rel="preload" as="font" type="font/woff2" href="{}" crossorigin>'
PAGE_COLOUR = '<meta name="theme-color" media="(prefers-color-scheme: {})" content="{}">'
SCRIPTS = ("goedwerk.js", "thread.js", "draft.js", "hiding.js")


#: What readers are told about who reads along.
POLICY_WORDS = {
    Policy.ALL_FIRST: _("Een ambassadeur leest alles vooraf."),
    Policy.TRUSTED_FIRST: _("Wie hier nieuw is, wordt eerst door een ambassadeur gelezen."),
    Policy.AFTER: _("Een ambassadeur leest mee. Wie hier nieuw is, wordt eerst gelezen."),
}


GLYPH_OF_EVENT = {
    Notice.Event.PUBLISHED: "s-klaar",
    Notice.Event.EDIT_PUBLISHED: "s-klaar",
    Notice.Event.RETURNED: "s-terug",
    Notice.Event.REJECTED: "s-weg",
    Notice.Event.HIDDEN: "s-weg",
    Notice.Event.LAPSED: "s-klaar",
    Notice.Event.APPEAL_ASKED: "s-terug",
    Notice.Event.APPEAL_GRANTED: "s-klaar",
    Notice.Event.APPEAL_CONDITION: "s-terug",
    Notice.Event.APPEAL_REFUSED: "s-weg",
    Notice.Event.APPEAL_OVERTAKEN: "s-weg",
    Notice.Event.WARNED: "s-fout",
    Notice.Event.PAUSED: "s-fout",
    Notice.Event.EXCLUDED: "s-fout",
    Notice.Event.LIFTED: "s-klaar",
    Notice.Event.UNMASKED: "s-fout",
    Notice.Event.HINT: "s-brief",
}


@register.inclusion_tag("goedwerk_forum/discussion.html", takes_context=True)
def discussion(context: Context, page: DiscussionPageMixin | Discussion) -> dict[str, Any]:
    """The dialogue of ``page``: the same for every reader, at most six queries.

    ``page`` may be a branch of one as well, on the page of its own.
    A preview shows the question of the draft with the contributions that are there.
    """
    request = context.get("request")
    if isinstance(page, Discussion):
        return _dialogue(request, page, page_url=page.url)
    is_preview = bool(getattr(request, "is_preview", False))
    found = page.discussion
    if found is None or not (found.is_enabled or is_preview):
        draft = page.discussion_question if is_preview and page.has_discussion else ""
        report_url = "" if is_preview or not page.live else _report_url(page)
        return {"discussion": None, "draft_question": draft, "report_url": report_url}
    if is_preview:
        found.question = page.discussion_question or found.question
    return _dialogue(
        request,
        found,
        page_url=page.get_url(request) or "",
        branches=page.discussion_branches,
        is_preview=is_preview,
    )


def _report_url(page: Page) -> str:
    """Where a page without a dialogue is reported; its number is not in it."""
    return reverse("goedwerk_forum:report_alone", args=[page.translation_key, place_of_page(page)])


def _dialogue(
    request: Any,
    found: Discussion,
    *,
    page_url: str,
    branches: Sequence[Discussion] = (),
    is_preview: bool = False,
) -> dict[str, Any]:
    voices: Voices = heard_in(found)
    narrowing = narrowing_of(request)
    course, step = courses.course_of(found), courses.step_of(found)
    opened = courses.opens(step)
    cursor, uses = cursor_of(request), use_of_lenses(found)
    if narrowing.newest:
        seen = newest_first.window(found, cursor, narrowing)
    else:
        seen = window(found, cursor, branches, narrowing)
    return {
        "course": course,
        "step": step,
        "task": courses.task_of(step, found.page) if step else None,
        "unheard": courses.unheard_in(found),
        "discussion": found,
        "page": found.page,
        "page_url": page_url,
        "window": folding.fold(courses.with_steps(seen, course)),
        "pinned": pinned_in(found) if voices.has_pins and not narrowing.query else [],
        "voices": voices,
        "missing": _missing(voices, opened),
        "called": called_in(found),
        "kinds": opened,
        "can_write": found.is_open and not is_preview,
        "write_url": reverse("goedwerk_forum:write", args=[found.uuid.hex]),
        "is_preview": is_preview,
        "levels": LEVELS,
        "lens_use": uses,
        "narrowing": narrowing,
        "in_order": in_order(narrowing).query,
        "lenses": lens_choices(narrowing, uses.counts),
        "narrowing_groups": [
            (_("Soort bijdrage"), kind_choices(narrowing)),
            (_("Antwoorden"), waiting_choices(narrowing)),
            (_("Volgorde"), order_choices(narrowing)),
        ],
    }


def _missing(voices: Voices, opened: Sequence[kinds.KindWords]) -> dict[str, Any] | None:
    """The first kind that nobody used yet and that one may use now, with what it asks."""
    may = {kind.key for kind in opened}
    for kind, label, heard in voices.heard:
        if not heard and kind in may:
            return {"kind": kind, "label": label, "prompt": kinds.words_of(kind).prompt}
    return None


@register.simple_tag
def lens_use(page: DiscussionPageMixin) -> LensUse | None:
    """Which lens the dialogue of ``page`` uses; None where it has none that readers see."""
    found = page.discussion
    return use_of_lenses(found) if found is not None and found.is_enabled else None


@register.filter
def contribution_text(text: str) -> SafeString:
    """Plain text of a participant as paragraphs with safe links."""
    return as_html(text)


@register.filter
def marked_words(revision: Revision | None) -> SafeString:
    """The text of a revision with numbered marks around what the checks found in it."""
    return marked(revision.text, revision.findings) if revision else SafeString()


@register.filter
def suggested(revision: Revision | None, besides: str = "") -> list[dict[str, Any]]:
    """What was found in a revision, in the order of its marks, with the words themselves.

    What the check ``besides`` found is left out: it stands elsewhere on the page.
    """
    if revision is None:
        return []
    return [
        seen | {"words": revision.text[seen["start"] : seen["end"]]}
        for seen in spans(revision.findings)
        if seen["check"] != besides
    ]


@register.filter
def reply_words(kind: str) -> str:
    """What the link under a contribution of ``kind`` asks."""
    return kinds.words_of(kind).reply_words


@register.filter
def policy_words(policy: str) -> str:
    """What readers are told about who reads along under ``policy``."""
    return str(POLICY_WORDS[Policy(policy)])


@register.filter
def pace_words(pace: int) -> str:
    """How often one participant may write."""
    return str(Pace(pace).label)


@register.filter
def day_words(day: datetime.date) -> str:
    """A day in words; with its year where that is not this one."""
    same_year = day.year == timezone.localdate().year
    return date_format(day, "j F" if same_year else "j F Y", use_l10n=False)


@register.filter
def day_heading(day: datetime.date) -> str:
    """A day above what happened on it: "Vandaag", "Gisteren", "3 mei"."""
    ago = (timezone.localdate() - day).days
    return {0: gettext("Vandaag"), 1: gettext("Gisteren")}.get(ago) or day_words(day)


@register.filter
def moment_words(moment: datetime.datetime) -> str:
    """A release moment for its author: "vandaag om 15.00 uur"."""
    local = timezone.localtime(moment)
    days = (local.date() - timezone.localdate()).days
    day = {0: gettext("vandaag"), 1: gettext("morgen")}.get(days) or day_words(local.date())
    return gettext("%(day)s om %(time)s uur") % {"day": day, "time": f"{local.hour}.{local:%M}"}


@register.filter
def step_words(words: str) -> str:
    """A name or a question of a step: shipped ones in the reader's language."""
    return shipped_formats.shown(words)


@register.filter
def kind_words(kind: str) -> str:
    """The name of a kind of contribution."""
    return kinds.words_of(kind).name


@register.filter
def lens_words(lens: str) -> str:
    """The name of a lens."""
    return kinds.lens_of(lens).name


@register.filter
def filled_with(words: str, number: int) -> str:
    """A sentence with a number in the place of its #."""
    return words.replace("#", str(number))


@register.filter
def first_control(field: BoundField) -> str:
    """The id of the control to which an error leads: the first of a group."""
    return f"gw-{field.name}-0" if hasattr(field.field, "choices") else f"gw-{field.name}"


@register.filter
def control_id(field: BoundField) -> str:
    """The id of the control of a field of Django's own, in the admin: the first of a group.

    A group in which nothing is left to choose has no control of its own.
    """
    first = next(iter(field.subwidgets), None)
    return (first and first.id_for_label) or field.id_for_label


@register.simple_tag
def content_lang() -> SafeString:
    """The attribute for what people wrote, where the words around it are in another language.

    A site that translates its pages shows each page in the language it was written in.
    """
    written, shown = settings.LANGUAGE_CODE, get_language()
    if getattr(settings, "WAGTAIL_I18N_ENABLED", False) or shown in (None, written):
        return SafeString()
    return format_html(' lang="{}"', written)


@register.filter
def content_words(words: str) -> SafeString:
    """A title within a sentence of the interface, with its own language."""
    return format_html("<span{}>{}</span>", content_lang(), words)


@register.simple_tag(takes_context=True)
def discussion_url(context: Context, discussion: Discussion) -> str:
    """Where a discussion is read: on its page, or where its branch has a place of its own."""
    url = discussion.url if discussion.has_own_page else pageurl(context, discussion.page)
    return f"{url}#dialoog"


@register.simple_tag(takes_context=True)
def typed_by(context: Context) -> SafeString:
    """Whose form this is, in a hidden field: what is rescued of it comes back to her only."""
    user = context["request"].user
    if not user.is_authenticated:
        return SafeString()
    return format_html(
        '<input type="hidden" name="{}" value="{}">', drafts.FIELD, drafts.writer(user)
    )


@register.simple_tag
def max_length() -> int:
    """How many characters a contribution may have."""
    return conf().MAX_LENGTH


@register.simple_tag
def own_pages() -> list[tuple[str, str, str]]:
    """(title, address, URL name) of the pages with one's own things that other apps bring."""
    found = []
    for source in SOURCES.values():
        with suppress(NoReverseMatch):  # a site that leaves the app's pages out
            found.append((str(source.title), reverse(source.url_name), source.url_name))
    return found


@register.filter
def glyph_of_notice(notice: Notice) -> str:
    """The name in the sprite of the sign of a message; an answer has the sign of its kind."""
    event = Notice.Event(notice.event)
    return GLYPH_OF_EVENT.get(event) or glyph_of_kind(notice.contribution.kind)


@register.filter
def glyph_of_kind(kind: str) -> str:
    """The name in the sprite of the glyph of a kind of contribution."""
    return f"k-{kinds.words_of(kind).shape}"


@register.filter
def mark_of_lens(lens: str) -> str:
    """The name in the sprite of the shape of a lens."""
    return f"b-{lens}"


@register.simple_tag
def glyph(name: str) -> SafeString:
    """A sign beside words; never without them, so it says nothing to a screen reader."""
    return _sign(name, "gw-glyph")


@register.simple_tag
def mark(name: str, css_class: str = "gw-mark") -> SafeString:
    """A shape or a state beside words."""
    return _sign(name, css_class)


def _sign(name: str, css_class: str) -> SafeString:
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="#gw-{}"/></svg>',
        css_class,
        name,
    )


@register.filter
def heading_level(depth: int, base: int = 3) -> int:
    """The heading level of a contribution at ``depth``; never deeper than h6."""
    return min(base + depth, HEADINGS)


@register.simple_tag(takes_context=True)
def goedwerk_sprite(context: Context) -> SafeString:
    """Glyphs, marks and patterns, once per page: whoever asks first gets them."""
    if not _is_first(context, "sprite"):
        return SafeString()
    return render_to_string("goedwerk_forum/sprite.html")


@register.simple_tag(takes_context=True)
def goedwerk_styles(context: Context) -> SafeString:
    """The links to the plugin's stylesheets, the owner's and the fonts at the top, once per page.

    Allowed in head and body.
    """
    if not _is_first(context, "styles"):
        return SafeString()
    fonts = format_html_join("\n", PRELOAD, ((static(path),) for path in conf().BRAND_FONTS))
    sheets = format_html_join("\n", STYLE, ((static(path),) for path in brand.styles()))
    return format_html("{}\n{}", sheets, fonts)


@register.simple_tag
def goedwerk_page_colours() -> SafeString:
    """For the head: the colour of the browser's own bars, on a light and on a dark screen."""
    found = brand.page_colours(brand.TOKENS, *conf().BRAND_STYLES)
    return format_html_join("\n", PAGE_COLOUR, zip(("light", "dark"), found or (), strict=False))


@register.simple_tag(takes_context=True)
def goedwerk_scripts(context: Context) -> SafeString:
    """The scripts that make replying easier and hide, once per page; all works without them."""
    if not _is_first(context, "scripts"):
        return SafeString()
    sources = ((static(f"goedwerk_forum/{name}"),) for name in SCRIPTS)
    return format_html_join("\n", '<script type="module" src="{}"></script>', sources)


def _is_first(context: Context, name: str) -> bool:
    """Whether this page has not asked for ``name`` before; a page may have several askers."""
    request = getattr(context, "request", None)
    if request is None:
        return True
    given: set[str] = request.__dict__.setdefault("_goedwerk_given", set())
    if name in given:
        return False
    given.add(name)
    return True
