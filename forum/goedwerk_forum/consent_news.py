"""Consents in the inbox, the digest and the file of who is asked for her words."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import belongings, harvests, news
from .models import HarvestQuote
from .people import Person

#: Kind of the outbox rows that ask for a mail about a consent.
KIND = "consent"
URL_NAME = "goedwerk_forum:consents"


def of(user: Person) -> list[news.News]:
    """What ``user`` has still to answer; what she answered stands on the page of her consents."""
    asked = harvests.own_quotes(user).filter(consent=HarvestQuote.Consent.ASKED)
    return [
        news.News(
            public_id=quote.public_id,
            day=quote.day,
            title=_("Mogen je woorden in een opbrengst staan?"),
            url=reverse("goedwerk_forum:consent", args=[quote.public_id]),
            link_text=_("Lees wat er zou staan, en zeg ja of nee"),
            glyph="s-nu",
            asks=True,
        )
        for quote in asked
    ]


def seals(ids: Iterable[int]) -> list[str]:
    """The sealed accounts of who is asked."""
    asked = HarvestQuote.objects.filter(pk__in=list(ids), consent=HarvestQuote.Consent.ASKED)
    found = asked.values_list("contribution__participant__sealed_account", flat=True)
    return [seal for seal in found if seal]


def things_of(user: Person) -> list[belongings.Thing]:
    """The words of ``user`` that were asked for, with what she said."""
    return [
        belongings.Thing(
            title=quote.page.title,
            state=str(quote.get_consent_display()),
            day=quote.day,
            texts=[(str(quote.get_form_display()), quote.text)] if quote.text else [],
            facts={"id": quote.public_id, "contribution": quote.contribution.public_id},
        )
        for quote in harvests.own_quotes(user)
    ]


SOURCE = news.Source(
    kind=KIND,
    title=gettext_lazy("Mijn toestemmingen"),
    url_name=URL_NAME,
    of=of,
    seals=seals,
)
BELONGINGS = belongings.Source(
    key="consents",
    title=gettext_lazy("Mijn toestemmingen"),
    url_name=URL_NAME,
    if_cut=gettext_lazy(
        "Zei je ja, dan blijven je woorden in de opbrengst staan. Je kunt dat daarna niet meer "
        "intrekken. Op een vraag die nog openstaat, kun je niet meer antwoorden."
    ),
    of=things_of,
)
