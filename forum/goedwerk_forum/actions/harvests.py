"""What a composer does with words of others: pick them, ask for them, leave them out."""

from __future__ import annotations

import re

from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from .. import harvests
from ..consent_news import KIND
from ..errors import (
    AlreadyPicked,
    IllegalTransition,
    NobodyToAsk,
    NotAllowed,
    NotFound,
    NotTheirWords,
)
from ..models import Contribution, Discussion, HarvestPage, HarvestQuote
from ..outbox.rows import enqueue
from ..pages import DiscussionPageMixin
from ..people import Person
from ..transitions import Display
from . import audit
from .changing import under_lock
from .consents import STANDING, put_on_record, record, seen_anew
from .guiding import GUIDE, require_untraceable
from .notices import next_digest

Consent = HarvestQuote.Consent
Form = HarvestQuote.Form
#: What a composer writes where she leaves something out.
_LEFT_OUT = re.compile(r"\s*[\[(]?(?:…|\.\.\.)[\])]?\s*")


def start(*, user: Person, uuid: str) -> HarvestPage:
    """A new draft below the page of a discussion, for its guide to write in; pressed twice, one.

    Raises:
        NotFound: there is no such discussion that ``user`` guides.
        NotAllowed: the site keeps harvests away from pages of this type.
    """
    discussion = harvests.source_discussion(user, uuid)
    source = discussion.page.specific
    if not HarvestPage.can_create_at(source):
        raise NotAllowed
    with transaction.atomic():
        Page.objects.select_for_update(no_key=True).get(pk=source.pk)
        begun = _untouched(source, user)
        if begun is not None:
            return begun
        page = HarvestPage(
            title=_("Opbrengst"),
            live=False,
            owner=user,
            intro=_("Wat de dialoog bij deze pagina opleverde."),
            **_moderated_as(discussion),
        )
        source.add_child(instance=page)
        page.save_revision(user=user, log_action="wagtail.create")
        audit.write([audit.about_discussion(discussion, "harvest_begun", actor=GUIDE)])
    return page


def _untouched(source: DiscussionPageMixin, user: Person) -> HarvestPage | None:
    """A draft that she began before and did nothing with yet."""
    drafts = HarvestPage.objects.child_of(source).filter(live=False, owner=user, quotes=None)
    saved_once = drafts.annotate(saved=Count("_revisions")).filter(saved=1)
    found: HarvestPage | None = saved_once.first()
    return found


def _moderated_as(discussion: Discussion) -> dict[str, object]:
    """Whoever reads along with the dialogue does so with what is said about its harvest."""
    return {
        "discussion_question": _("Wat zou je hieraan toevoegen?"),
        "discussion_group_id": discussion.group_id,
        "discussion_guide_id": discussion.guide_id,
        "discussion_policy": discussion.policy,
        "discussion_is_sensitive": discussion.is_sensitive,
    }


def pick(
    *, user: Person, page_id: int, public_id: str, form: str, place: str, text: str
) -> HarvestQuote:
    """Takes words of one contribution into a harvest; nobody reads them before she agrees.

    Raises:
        NotFound: it is not a harvest that ``user`` composes, or no text that readers see there.
        NotTheirWords: the writer did not say exactly this.
        Traceable: the finder marks somebody in it.
        AlreadyPicked: this harvest holds words of it, or its writer said no.
        NobodyToAsk: the link to its writer was cut.
    """
    page = harvests.composable(user, page_id)
    seen = harvests.pickable_one(page, public_id)
    text = text.strip()
    require_untraceable(text)
    with transaction.atomic():
        contribution = under_lock(seen)
        _require_readable(contribution)
        if form == Form.QUOTE and not is_said(text, contribution.comment):
            raise NotTheirWords
        if contribution.participant.token is None:
            raise NobodyToAsk
        return _picked(page, contribution, form=form, place=place, text=text)


def _require_readable(contribution: Contribution) -> None:
    if contribution.display != Display.TEXT:
        raise NotFound


def _picked(page: HarvestPage, contribution: Contribution, **words: str) -> HarvestQuote:
    try:
        with transaction.atomic():
            return HarvestQuote.objects.create(
                page=page,
                contribution=contribution,
                revision=contribution.shown_revision,
                day=timezone.localdate(),
                **words,
            )
    except IntegrityError:
        raise AlreadyPicked from None


def is_said(text: str, whole: str) -> bool:
    """Whether ``text`` is a part of ``whole``, or parts of it in their order with … between."""
    said = " ".join(whole.split())
    at = 0
    pieces = [" ".join(piece.split()) for piece in _LEFT_OUT.split(text)]
    for piece in filter(None, pieces):
        at = said.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return any(pieces)


def ask(*, user: Person, page_id: int) -> int:
    """Asks the writers of all that was picked; returns how many were asked.

    Raises:
        NotFound: it is not a harvest that ``user`` composes.
    """
    page = harvests.composable(user, page_id)
    with transaction.atomic():
        picked = list(
            page.quotes.select_for_update(of=("self",))
            .filter(consent=Consent.PICKED, contribution__participant__token__isnull=False)
            .select_related("contribution")
        )
        HarvestQuote.objects.filter(pk__in=[quote.pk for quote in picked]).update(
            consent=Consent.ASKED, day=timezone.localdate()
        )
        enqueue(KIND, [(quote.pk, 0) for quote in picked], next_digest())
        audit.write([record(quote, "consent_asked", actor=GUIDE) for quote in picked])
    return len(picked)


def leave_out(*, user: Person, page_id: int, public_id: str) -> None:
    """Takes words out of a harvest again; what a writer refused stays refused.

    Raises:
        NotFound: it is not a harvest that ``user`` composes, or not there.
        IllegalTransition: its writer said no, or took her words back.
    """
    page = harvests.composable(user, page_id)
    with transaction.atomic():
        quote = page.quotes.select_related("contribution").filter(public_id=public_id).first()
        if quote is None:
            raise NotFound
        here = HarvestQuote.objects.filter(pk=quote.pk, consent__in=STANDING)
        put_on_record(here)
        gone, _rows = here.delete()
        if not gone:
            raise IllegalTransition
        audit.write([record(quote, "quote_left_out", actor=GUIDE)])
        seen_anew([page.pk])
