"""What becomes of the signatures under a story when its contributor answers, or is not asked."""

from __future__ import annotations

from wagtail.models import Page

from ..clearance import signatures
from ..models import Clearance

Standing = Clearance.Standing


def let_open(page: Page, words: str) -> None:
    """The contributor agreed to ``words`` (a digest): they may be published, and no others."""
    signatures(page.pk).exclude(digest=words).delete()
    Clearance.objects.filter(page_id=page.pk, digest=words).update(standing=Standing.OPEN)


def turn_down(page: Page, words: str) -> None:
    """She said no to ``words``: they stay known as such, and open nothing."""
    signatures(page.pk).exclude(digest=words).delete()
    Clearance.objects.filter(page_id=page.pk, digest=words).update(standing=Standing.TURNED_DOWN)


def put_aside(page: Page) -> None:
    """The editors go on with the text: what was signed so far counts no more."""
    signatures(page.pk).delete()
