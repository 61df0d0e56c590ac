"""What somebody hears in her inbox of the circles that she sat in, and what her own file holds."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import belongings, circles, news
from .actions.circle_members import NEWS
from .models import CircleRemoval, Membership, Participant
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


def things_of(user: Person) -> list[belongings.Thing]:
    """The circles that ``user`` sits in; of one that she was taken out of, why, and no name."""
    return [_thing(one) for one in circles.own_circles(user)]


def _thing(member: Participant) -> belongings.Thing:
    state, facts = str(member.get_membership_display()), {"pseudonym": member.pseudonym}
    if member.membership == Membership.MEMBER:
        return belongings.Thing(title=member.discussion.circle.name, state=state, facts=facts)
    why = member.removal
    return belongings.Thing(
        title=_("Kring"),
        state=state,
        day=why.day,
        texts=[(why.get_reason_display(), why.words)],
        facts=facts,
    )


BELONGINGS = belongings.Source(
    key="circles",
    title=gettext_lazy("Mijn kringen"),
    url_name="goedwerk_forum:circles",
    if_cut=gettext_lazy(
        "Je komt dan niet meer in je kringen, en leest niet meer waarom iemand je eruit haalde."
    ),
    of=things_of,
)
