"""Statements, assignments and who answers them, made as the site makes them."""

from __future__ import annotations

import itertools

import factories
from goedwerk_casestudies.actions import ballots
from goedwerk_casestudies.models import AssignmentPage, BallotIndexPage, Round, StatementPage

_numbers = itertools.count(1)

AGREE, DISAGREE = "stelling:agree", "stelling:disagree"
MARKS = ("Burgers", "Collega’s", "Het vak")


def overview() -> BallotIndexPage:
    found = BallotIndexPage.objects.first()
    return found or factories.root().add_child(
        instance=BallotIndexPage(title="Stellingen en opgaven", slug="stellingen")
    )


def statement(**fields) -> StatementPage:
    """A live statement with its first round open."""
    number = next(_numbers)
    page = StatementPage(
        title=fields.pop("title", "Een advies kort je nooit stil in."),
        slug=f"stelling-{number}",
        **{"lead": "Soms moet een lang stuk op één bladzijde."} | fields,
    )
    overview().add_child(instance=page)
    return page


def assignment(form: str = "mark", texts=MARKS, **fields) -> AssignmentPage:
    """A live assignment with its first round open."""
    number = next(_numbers)
    more = {"across": "belang", "upward": "invloed"} if form == "place" else {}
    if form == "scale":
        more["steps"] = [("step", {"text": text, "more": ""}) for text in ("rood", "geel", "groen")]
    page = AssignmentPage(
        title=fields.pop("title", f"Opgave {number}"),
        slug=f"opgave-{number}",
        form=form,
        items=[("item", {"text": text, "more": ""}) for text in texts],
        **{"lead": "Voor wie doe je het?", "question": "Wat geldt voor jou?"} | more | fields,
    )
    overview().add_child(instance=page)
    return page


def asks(what: str) -> StatementPage | AssignmentPage:
    """A live page that asks for a ``vote``, or for an assignment of this form."""
    return statement() if what == "vote" else assignment(what)


def an_answer(round_: Round, number: int = 0) -> list[str]:
    """A whole answer as cells; those of number 0, 1 and 2 differ, in size too where they can."""
    sheet = round_.asked
    keys = [item.key for item in sheet.items]
    if sheet.form == "mark":
        return keys[: number + 1]
    if sheet.form == "sort":
        return [*(f"personal:{key}" for key in keys[: number + 1]), f"working:{keys[number]}"]
    if sheet.form == "place":
        return [f"{key}:{axis}:{number + 1}" for key in keys for axis in "xy"]
    return [f"{key}:{sheet.steps[number].key}" for key in keys]


def round_of(page, number: int = 1) -> Round:
    return Round.objects.get(page_id=page.pk, number=number)


def key_of(round_: Round, text: str) -> str:
    """The key of what is asked about, by its words."""
    return next(item.key for item in round_.asked.items if item.text == text)


def answered(round_: Round, *answers: list[str], by=None) -> None:
    """Each answer by somebody of her own."""
    for cells in answers:
        ballots.answer(user=by or factories.user(), round_=round_, cells=cells)
    round_.refresh_from_db()


def voted(round_: Round, **times: int) -> None:
    """``voted(round_, agree=3)``: three people agree."""
    answers = [[f"stelling:{step}"] for step, count in times.items() for _one in range(count)]
    answered(round_, *answers)
