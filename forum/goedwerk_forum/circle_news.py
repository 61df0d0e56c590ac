"""What somebody hears in her inbox of the circles that she sat in; and where she finds them."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import circles, news
from .actions.circle_members import NEWS
from .models import CircleRemoval, Membership
from .people import Person


def of(user: Person) -> list[news.News]:
    """That a guide took her out of a circle; the reason stands on the page of her circles."""
    return [
        news.News(
            public_id=one.removal.public_id,
            day=one.removal.day,
            title=_("Je zit niet meer in een kring"),
            url=reverse("goedwerk_forum:circles"),
            link_text=_("Lees waarom"),
            glyph="s-weg",
        )
        for one in circles.own_circles(user)
        if one.membership == Membership.REMOVED
    ]


def seals(ids: Iterable[int]) -> list[str]:
    """The sealed accounts of who was taken out; the notifier opens them."""
    sealed = CircleRemoval.objects.filter(
        pk__in=list(ids), participant__sealed_account__isnull=False
    ).values_list("participant__sealed_account", flat=True)
    return [seal for seal in sealed if seal]


SOURCE = news.Source(
    kind=NEWS,
    title=gettext_lazy("Mijn kringen"),
    url_name="goedwerk_forum:circles",
    of=of,
    seals=seals,
)
