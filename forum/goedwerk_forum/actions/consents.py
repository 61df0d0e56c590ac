"""What a writer answers when somebody wants her words in a harvest; and what she takes back."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from ..models import Contribution, HarvestQuote
from ..transitions import State
from . import letting_go

Consent = HarvestQuote.Consent
#: Words may be kept: nobody said no to them.
STANDING = (Consent.PICKED, Consent.ASKED, Consent.GIVEN)


def drop_quotes(contribution: Contribution) -> None:
    """Its author withdraws a contribution: what was taken from it goes with it, at once.

    Called in the transaction of the withdrawal. A place where readers saw it keeps a mark.
    """
    taken = HarvestQuote.objects.filter(contribution=contribution, consent__in=STANDING)
    taken.filter(consent=Consent.GIVEN, page__live=True).update(
        consent=Consent.WITHDRAWN, text="", was_shown=True, day=timezone.localdate()
    )
    taken.delete()


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
