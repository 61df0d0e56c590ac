"""Statements and assignments of the demonstration, in every state, answered by its voices."""

from __future__ import annotations

import datetime
import random
import tomllib
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Page

from goedwerk_casestudies.actions import ballots
from goedwerk_casestudies.ballots.sheets import AXIS
from goedwerk_casestudies.models import (
    AssignmentPage,
    BallotIndexPage,
    Round,
    StatementPage,
    StoryPage,
)
from goedwerk_casestudies.models.statements import STATEMENT
from goedwerk_forum.models import Discussion
from goedwerk_forum.setup import AMBASSADORS
from goedwerk_site.accounts.models import User

from .accounts import voice
from .dialogue import Dialogue
from .guiding import end
from .pages import days_ago, paragraphs

FILE = Path(__file__).parent / "ballots.toml"

BallotPage = StatementPage | AssignmentPage


def make_ballots(
    home: Page, accounts: dict[str, User], voices: count, dialogues: dict[str, Dialogue]
) -> int:
    """All of them, below an overview, and their dialogues by slug; returns how many."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    index = home.add_child(
        instance=BallotIndexPage(
            title=content["title"],
            slug=content["slug"],
            lead=content["lead"],
            show_in_menus=True,
        )
    )
    for item in content["assignments"]:
        page = _assignment(index, item)
        _answer(Round.objects.get(page_id=page.pk), _answers(page, item))
        StoryPage.objects.filter(slug=item.get("story", "")).update(assignment=page)
    for item in content["statements"]:
        page = _statement(index, item, accounts)
        if "discussion" in item:
            dialogues[item["slug"]] = _talk(page, item, accounts, voices)
        _second_round(page, item)
    return len(content["assignments"]) + len(content["statements"])


# --- statements ------------------------------------------------------------------------------


def _statement(index: Page, item: dict[str, Any], accounts: dict[str, User]) -> StatementPage:
    """With its first round."""
    page = StatementPage(
        **_shared(item),
        body=paragraphs(item.get("body", "")),
        answers=item["answers"],
        **_dialogue(item.get("discussion"), accounts["ambassadeur"]),
    )
    _published(index, page, item)
    _answer(Round.objects.get(page_id=page.pk), _votes(item["first"]))
    return page


def _talk(
    page: StatementPage, item: dict[str, Any], accounts: dict[str, User], voices: count
) -> Dialogue:
    """The dialogue below a statement, ended where the item has words for that."""
    told = item["discussion"]
    discussion = Discussion.objects.select_related("page").get(page=page)
    dialogue = Dialogue(discussion, accounts, voices)
    dialogue.play(told["contributions"], told.get("format"))
    if words := told.get("ended"):
        end(dialogue, words, accounts["ambassadeur"])
    return dialogue


def _second_round(page: StatementPage, item: dict[str, Any]) -> None:
    if "second" not in item:
        return
    second = ballots.open_round(page=page)
    _answer(second, _votes(item["second"]))
    if item.get("closed"):
        ballots.close_round(round_=second)


def _votes(steps: dict[str, int]) -> list[list[str]]:
    return [[f"{STATEMENT}:{step}"] for step, times in steps.items() for _one in range(times)]


def _dialogue(found: dict[str, Any] | None, guide: User) -> dict[str, Any]:
    if found is None:
        return {}
    return {
        "has_discussion": True,
        "discussion_question": found["question"],
        "discussion_policy": found["policy"],
        "discussion_group": Group.objects.get(name=AMBASSADORS),
        "discussion_guide": guide,
        "discussion_opens_on": days_ago(found["opens_days_ago"]),
        "discussion_closes_on": days_ago(-found["closes_in_days"]),
    }


# --- assignments -----------------------------------------------------------------------------


def _assignment(index: Page, item: dict[str, Any]) -> AssignmentPage:
    page = AssignmentPage(
        **_shared(item),
        form=item["form"],
        question=item["question"],
        items=_blocks("item", item["items"]),
        steps=_blocks("step", item.get("steps", [])),
        most=item.get("most", 5),
        across=item.get("across", ""),
        upward=item.get("upward", ""),
    )
    _published(index, page, item)
    return page


def _blocks(kind: str, lines: list[list[str]]) -> list[tuple[str, dict[str, str]]]:
    return [(kind, {"text": text, "more": more}) for text, more in lines]


def _answers(page: AssignmentPage, item: dict[str, Any]) -> Iterator[list[str]]:
    """So many answers as ``people`` say, the same on every machine."""
    draw = random.Random(item["slug"])  # noqa: S311 - no secret
    keys = [one.key for one in page.sheet().items]
    for _person in range(item["people"]):
        if item["form"] == "mark":
            yield _some(draw, keys, item["weights"], draw.randint(2, 5))
        elif item["form"] == "sort":
            personal = _some(draw, keys, item["weights"], item["most"])
            working = _some(draw, keys, item["other_weights"], item["most"])
            yield [f"personal:{key}" for key in personal] + [f"working:{key}" for key in working]
        elif item["form"] == "place":
            yield _placed(draw, keys, item["spots"])
        else:
            steps = [step.key for step in page.sheet().steps]
            yield [f"{key}:{draw.choice(steps)}" for key in keys]


def _some(draw: random.Random, keys: list[str], weights: list[int], most: int) -> list[str]:
    return list(dict.fromkeys(draw.choices(keys, weights, k=most)))


def _placed(draw: random.Random, keys: list[str], spots: list[list[int]]) -> list[str]:
    """Each near its spot, one mark off at most."""
    return [
        f"{key}:{axis}:{min(AXIS[-1], max(AXIS[0], mark + draw.choice((-1, 0, 0, 1))))}"
        for key, spot in zip(keys, spots, strict=True)
        for axis, mark in zip("xy", spot, strict=True)
    ]


# --- both ------------------------------------------------------------------------------------


def _shared(item: dict[str, Any]) -> dict[str, Any]:
    return {"title": item["title"], "slug": item["slug"], "lead": item["lead"]}


def _published(index: Page, page: BallotPage, item: dict[str, Any]) -> None:
    index.add_child(instance=page)
    page.save_revision()
    on = timezone.now() - datetime.timedelta(days=item["published_days_ago"])
    Page.objects.filter(pk=page.pk).update(first_published_at=on, last_published_at=on)


def _answer(round_: Round, answers: Iterator[list[str]] | list[list[str]]) -> None:
    for number, cells in enumerate(answers, start=1):
        ballots.answer(user=voice(number), round_=round_, cells=cells)
