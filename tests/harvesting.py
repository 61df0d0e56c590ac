"""A harvest for tests, made by the same actions as a guide makes it."""

from __future__ import annotations

from django.contrib.auth.models import Permission

import factories as make
from goedwerk_forum.actions import consents
from goedwerk_forum.actions import harvests as acts
from goedwerk_forum.models import Discussion, HarvestPage, HarvestQuote

SAID = "Wij hebben het eerst aan tafel gelegd. Daarna pas schreven we de brief aan de burger."
QUOTED = "Wij hebben het eerst aan tafel gelegd."


def guide_of(discussion: Discussion):
    """An ambassador of the discussion, who may guide it."""
    who = make.ambassador(discussion)
    discussion.group.permissions.add(Permission.objects.get(codename="guide_discussion"))
    return who


def begun(discussion: Discussion, guide=None) -> HarvestPage:
    """A draft with something of everything in it."""
    page = acts.start(user=guide or guide_of(discussion), uuid=discussion.uuid.hex)
    page.title = "Wat het gesprek opleverde"
    page.intro = "Het gesprek ging over wachten en doen."
    page.insights = [("insight", {"title": "Wachten is ook een keuze", "text": "Zeg dat hardop."})]
    page.questions = [("question", {"text": "Wie beslist als niemand beslist?"})]
    page.tips = [("tip", {"title": "Vraag het de balie", "text": "Daar weten ze wat er speelt."})]
    page.save_revision()
    return page


def live(page: HarvestPage) -> HarvestPage:
    page.get_latest_revision().publish()
    page.refresh_from_db()
    return page


def picked(page: HarvestPage, guide, said, *, text: str = QUOTED, form: str = "quote"):
    return acts.pick(
        user=guide,
        page_id=page.pk,
        public_id=said.public_id,
        form=form,
        place="insights",
        text=text,
    )


def consented(page: HarvestPage, guide, said, **words) -> HarvestQuote:
    quote = picked(page, guide, said, **words)
    acts.ask(user=guide, page_id=page.pk)
    consents.answer(quote=quote, agrees=True)
    quote.refresh_from_db()
    return quote
