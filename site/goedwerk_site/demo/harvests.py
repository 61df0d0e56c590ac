"""Harvests of the demonstration, with each answer that a writer can give; and tips in clusters."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from wagtail.models import Page

from goedwerk_casestudies.actions.tips import make_tip
from goedwerk_casestudies.models import Cluster, GuidanceIndexPage, Theme, TipCase, TipPage
from goedwerk_forum.actions import consents
from goedwerk_forum.actions import harvests as acts
from goedwerk_forum.models import Discussion, HarvestPage, HarvestQuote
from goedwerk_forum.setup import AMBASSADORS
from goedwerk_site.accounts.models import User
from goedwerk_site.home.models import HomePage

from .dialogue import Dialogue
from .pages import paragraphs

HERE = Path(__file__).parent


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def make_harvests(said: dict[str, Dialogue], accounts: dict[str, User]) -> int:
    """Makes each by the same actions as any guide, its writers answering; returns how many."""
    items = _read("harvests.toml")["harvests"]
    for item in items:
        _make(item, said[item["story"]], accounts)
    return len(items)


def _make(item: dict[str, Any], dialogue: Dialogue, accounts: dict[str, User]) -> None:
    guide = accounts["ambassadeur"]
    page = acts.start(user=guide, uuid=dialogue.discussion.uuid.hex)
    first, *later = item["versions"]
    page.title, page.intro, page.composed_by = item["title"], item["intro"], item["composed_by"]
    page.has_discussion = bool(item["question"])
    page.discussion_question = item["question"] or page.discussion_question
    _write(page, first)
    for version in [first, *later]:
        if version is not first:
            page = HarvestPage.objects.get(pk=page.pk)
            _write(page, version)
        revision = page.save_revision(user=guide)
        if item["live"]:
            revision.publish(user=accounts["redacteur"])
    for words in item["quotes"]:
        _quote(page, words, dialogue, guide)


def _write(page: HarvestPage, version: dict[str, Any]) -> None:
    """What stays keeps its place in the list, and so its identity from version to version."""
    for name, kind in (("insights", "insight"), ("questions", "question"), ("tips", "tip")):
        stream = getattr(page, name)
        for number, value in enumerate(version[name]):
            if number < len(stream):
                stream[number] = (kind, value, stream[number].id)
            else:
                stream.append((kind, value))


def _quote(page: HarvestPage, words: dict[str, Any], dialogue: Dialogue, guide: User) -> None:
    quote = acts.pick(
        user=guide,
        page_id=page.pk,
        public_id=dialogue.said[words["said"]].public_id,
        form=words["form"],
        place=words["place"],
        text=words["text"],
    )
    if words["ends"] == HarvestQuote.Consent.PICKED:
        return
    acts.ask(user=guide, page_id=page.pk)
    if words["ends"] == HarvestQuote.Consent.ASKED:
        return
    consents.answer(quote=quote, agrees=words["ends"] != HarvestQuote.Consent.REFUSED)
    if words["ends"] == HarvestQuote.Consent.WITHDRAWN:
        consents.take_back(quote=HarvestQuote.objects.select_related("page").get(pk=quote.pk))


# --- guidance --------------------------------------------------------------------------------


def make_guidance(home: HomePage, accounts: dict[str, User]) -> int:
    """The overview of tips with its clusters; returns how many tips."""
    told = _read("guidance.toml")
    index = GuidanceIndexPage(
        title=told["title"], slug=told["slug"], lead=told["lead"], show_in_menus=True
    )
    home.add_child(instance=index)
    for order, item in enumerate(told["clusters"]):
        cluster = Cluster.objects.create(
            slug=item["slug"], name=item["name"], description=item["description"], sort_order=order
        )
        for tip in item["tips"]:
            _tip(index, cluster, tip, accounts)
    return TipPage.objects.count()


def _tip(
    index: GuidanceIndexPage, cluster: Cluster, item: dict[str, Any], accounts: dict[str, User]
) -> None:
    editor = accounts["redacteur"]
    tip = _from_harvest(item, cluster, editor) or TipPage(cluster=cluster, live=False, owner=editor)
    tip.title, tip.lead = item["title"], item["lead"]
    tip.when_it_helps, tip.watch_for = paragraphs(item["when"]), paragraphs(item["watch"])
    tip.has_discussion = "question" in item
    tip.discussion_question = item.get("question", "")
    tip.discussion_group = Group.objects.get(name=AMBASSADORS)
    pages = Page.objects.filter(slug__in=item["stories"])
    tip.themes = Theme.objects.filter(slug__in=item["themes"])
    tip.cases = [TipCase(page=page) for page in pages]
    if not tip.pk:
        index.add_child(instance=tip)
    tip.save_revision(user=editor).publish(user=editor)


def _from_harvest(item: dict[str, Any], cluster: Cluster, editor: User) -> TipPage | None:
    if "from_harvest" not in item:
        return None
    source = Discussion.objects.get(page__slug=item["from_harvest"], branch_of__isnull=True)
    harvest = HarvestPage.objects.child_of(source.page).live().get()
    piece = str(harvest.tips[item["from_tip"]].id)
    return make_tip(user=editor, page_id=harvest.pk, piece=piece, cluster=cluster)
