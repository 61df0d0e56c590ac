"""What becomes of the signatures under a story when its contributor answers, or is not asked."""

from __future__ import annotations

from wagtail.models import Page

from ..clearance import signatures
from ..models import Clearance

Standing = Clearance.Standing


def let_open(page: Page, words: str) -> None:
    """The contributor agreed to ``words`` (a digest): they may be published, and no others."""
    drop(page, but=words)
    Clearance.objects.filter(page_id=page.pk, digest=words).update(
        standing=Standing.OPEN, was_turned_down=False
    )


def turn_down(page: Page, words: str) -> None:
    """She said no to ``words``: they stay known as such, and open nothing."""
    drop(page, but=words)
    Clearance.objects.filter(page_id=page.pk, digest=words).update(
        standing=Standing.TURNED_DOWN, was_turned_down=True
    )


def drop(page: Page, *, but: str = "") -> None:
    """What was signed so far counts no more, ``but`` for these words (a digest).

    A text that she turned down before it was signed once more stays known as such.
    """
    signed = signatures(page.pk).exclude(digest=but)
    signed.filter(was_turned_down=True).update(standing=Standing.TURNED_DOWN)
    signed.filter(was_turned_down=False).delete()
