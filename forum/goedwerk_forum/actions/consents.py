"""What a writer answers when somebody wants her words in a harvest; and what she takes back."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone

from ..errors import ConsentMoved
from ..models import AuditRecord, Contribution, Discussion, HarvestQuote
from ..transitions import State
from . import audit, letting_go
from .changing import under_lock

Consent = HarvestQuote.Consent
#: Words may be kept: nobody said no to them.
STANDING = (Consent.PICKED, Consent.ASKED, Consent.GIVEN)


def answer(*, quote: HarvestQuote, agrees: bool) -> None:
    """What a writer says when she is asked; her no empties the words and is final.

    Raises:
        ConsentMoved: she answered before, or it is no longer asked.
    """
    if agrees:
        _move(quote, Consent.ASKED, Consent.GIVEN, "consent_given")
    else:
        _move(quote, Consent.ASKED, Consent.REFUSED, "consent_refused", text="")


def take_back(*, quote: HarvestQuote) -> None:
    """A writer takes her consent back: her words go from every page at once, and for good.

    Raises:
        ConsentMoved: she did not consent, or not any more.
    """
    shown = quote.page.live
    _move(quote, Consent.GIVEN, Consent.WITHDRAWN, "consent_withdrawn", text="", was_shown=shown)


def _move(quote: HarvestQuote, before: str, after: str, action: str, **changes: object) -> None:
    """The one conditional update of a consent; ``record_answers`` puts it on record at night."""
    with transaction.atomic():
        under_lock(quote.contribution)
        changed = HarvestQuote.objects.filter(pk=quote.pk, consent=before).update(
            consent=after,
            day=timezone.localdate(),
            to_record=Concat(F("to_record"), Value(f"{action} ")),
            **changes,
        )
        if changed != 1:
            raise ConsentMoved
        seen_anew([quote.page_id])


def record(quote: HarvestQuote, action: str, *, actor: str) -> AuditRecord:
    """What became of words of a contribution in a harvest; never the words, never whose."""
    return audit.entry(quote.contribution, action, actor=actor)


def record_answers() -> int:
    """Puts the answers of the day on record, in random order; returns how many quotes they are of.

    Whoever is asked for words from two dialogues answers in one sitting: records written then
    would lie next to each other, and tell that two pseudonyms are one person's.
    """
    waiting = list(HarvestQuote.objects.exclude(to_record="").values_list("pk", flat=True))
    secrets.SystemRandom().shuffle(waiting)
    for quote_id in waiting:
        with transaction.atomic():
            put_on_record(HarvestQuote.objects.filter(pk=quote_id))
    return len(waiting)


def put_on_record(quotes: QuerySet[HarvestQuote]) -> None:
    """Writes what waits for the record with these quotes, in the transaction of the caller."""
    found = list(
        quotes.exclude(to_record="")
        .select_for_update(of=("self",))
        .select_related("contribution")
        .order_by("pk")
    )
    audit.write(
        record(quote, action, actor=audit.AUTHOR)
        for quote in found
        for action in quote.to_record.split()
    )
    HarvestQuote.objects.filter(pk__in=[quote.pk for quote in found]).update(to_record="")


def seen_anew(page_ids: Iterable[int]) -> None:
    """Readers see something else in these harvests, and in lists of what was said there."""
    Discussion.objects.filter(page_id__in=list(page_ids)).update(version=F("version") + 1)


def drop_quotes(contribution: Contribution) -> None:
    """Its author withdraws a contribution: what was taken from it goes with it, at once.

    Called in the transaction of the withdrawal. A place where readers saw it keeps a mark.
    """
    taken = HarvestQuote.objects.filter(contribution=contribution, consent__in=STANDING)
    pages = list(taken.values_list("page_id", flat=True))
    if not pages:
        return
    taken.filter(consent=Consent.GIVEN, page__live=True).update(
        consent=Consent.WITHDRAWN, text="", was_shown=True, day=timezone.localdate()
    )
    put_on_record(taken)
    taken.delete()
    seen_anew(pages)


def forget_quotes() -> int:
    """Words that no reader will see: of texts that went, or that nobody answered about in time."""
    waits = Q(consent__in=(Consent.PICKED, Consent.ASKED))
    late = waits & Q(day__lt=timezone.localdate() - letting_go.AFTER_DECISION)
    gone = Q(consent__in=STANDING, contribution__state=State.WITHDRAWN) | Q(
        contribution__state=State.REJECTED, contribution__participant__token__isnull=True
    )
    return letting_go.in_batches(
        HarvestQuote.objects.filter(late | gone),
        lambda rows: rows.delete(),
        discussion="contribution__discussion_id",
    )
