"""Loads the whole demonstration into an empty site."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from django.db import transaction

from goedwerk_forum.actions.indexing import rebuild
from goedwerk_forum.models import Discussion, OutboxRow
from goedwerk_forum.outbox.rows import Kind
from goedwerk_forum.setup import prepare
from goedwerk_site.home.models import HomePage

from . import desk
from .accounts import let_editors_edit, make_accounts
from .ballots import make_ballots
from .circles import make_circles
from .complaints import make_complaints
from .dialogue import Dialogue
from .following import make_follows
from .guiding import end, lead
from .harvests import make_guidance, make_harvests
from .history import make_history
from .pages import content, make_page, make_site
from .submissions import make_submissions
from .themes import make_themes


def is_loaded() -> bool:
    return HomePage.objects.exists()


def refresh() -> None:
    """What a later start does to a site that is loaded: its groups and accounts."""
    make_accounts()
    with transaction.atomic():
        list(prepare())


def load() -> Iterator[str]:
    """Loads it, and yields a line after each part. All or nothing."""
    site, items = content()
    with transaction.atomic():
        home = make_site(site)
        list(prepare())
        let_editors_edit()
        accounts = make_accounts()
        yield "Pagina’s, groepen en accounts staan klaar."
        voices = count(1)
        dialogues: dict[str, Dialogue] = {}
        for item in items:
            page = make_page(item, accounts)
            if not page.live:
                yield f"{page.title} (wacht op een tweede redacteur)"
                continue
            discussion = Discussion.objects.select_related("page").get(page_id=page.pk)
            dialogue = dialogues[page.slug] = Dialogue(discussion, accounts, voices)
            told = item["discussion"]
            dialogue.play(told["contributions"], told.get("format"))
            if doings := item["discussion"].get("guide"):
                lead(dialogue, doings, accounts["ambassadeur"])
            if words := item["discussion"].get("ended"):
                end(dialogue, words, accounts["ambassadeur"])
            if item["slug"] == site["home"]["slug"]:
                home.week_page = page
            yield f"{page.title} ({discussion.contributions.count()} bijdragen)"
        home.save()
        yield f"{make_ballots(home, accounts, voices, dialogues)} stellingen en opgaven"
        yield f"{make_harvests(dialogues, accounts)} opbrengsten"
        yield f"{make_guidance(home, accounts)} handvatten"
        yield f"{make_themes(home)} thema’s"
        yield f"{make_submissions(accounts)} inzendingen"
        yield f"Cijfers van {make_history()} dagen"
        yield make_complaints(accounts)
        yield make_circles(accounts, voices)
        yield f"{make_follows(dialogues, accounts)} dingen die iemand volgt"
        yield f"{desk.sit_down(accounts)} bijdragen waar een ambassadeur mee bezig is"
        yield f"{rebuild()} dingen die te vinden zijn"
        OutboxRow.objects.exclude(kind__in=[Kind.CHECK, Kind.STANDING, Kind.LAPSE]).delete()
