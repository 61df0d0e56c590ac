"""Reports and appeals of the demonstration, in every state, by the same actions as everybody's."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser

from goedwerk_casestudies.models import TipPage
from goedwerk_forum import access
from goedwerk_forum.actions.appeals import Outcome, appeal, ask, judge
from goedwerk_forum.actions.contributions import published_at_least, withdraw
from goedwerk_forum.actions.moderation import decide
from goedwerk_forum.actions.reasons import Why
from goedwerk_forum.actions.release import release
from goedwerk_forum.actions.reports import Complaint, answer_page_report, keep, report
from goedwerk_forum.conf import conf
from goedwerk_forum.identity import reporters
from goedwerk_forum.models import Appeal, Contribution, Discussion, Report
from goedwerk_forum.transitions import Action, Display, State
from goedwerk_site.accounts.models import User

#: The form of a report that a visitor of the demonstration can follow; its code is printed.
FORM = "melding-van-de-demonstratie"

Accounts = dict[str, User]


def make_complaints(accounts: Accounts) -> str:
    """Makes them, and says with which code one of the reports can be followed."""
    texts = _readable(accounts)
    _reports(accounts, texts)
    _of_pages(accounts)
    _of_a_page_alone()
    _appeals(accounts, texts)
    release(list(Discussion.objects.values_list("pk", flat=True)))
    return (
        f"{Report.objects.count()} meldingen, {Appeal.objects.count()} bezwaren "
        f"(volg een melding met de code {reporters.code_of(FORM)})"
    )


def _readable(accounts: Accounts) -> Iterator[Contribution]:
    """Texts of voices that readers see and that nobody has to decide on, one after another."""
    found = Contribution.objects.filter(
        display=Display.TEXT, waiting__isnull=True, by_guide=False, replies__isnull=True
    )
    own = {user.pk for user in accounts.values()}
    for contribution in found.select_related("discussion__page", "participant").order_by("pk"):
        if not own & {user.pk for user in _authors(contribution, accounts)}:
            yield contribution


def _authors(contribution: Contribution, accounts: Accounts) -> list[User]:
    return [user for user in accounts.values() if access.is_own(user, contribution)]


def _now(contribution: Contribution) -> Contribution:
    return Contribution.objects.select_related("discussion__page", "participant").get(
        pk=contribution.pk
    )


def _report(
    contribution: Contribution,
    reason: str,
    text: str,
    *,
    by: User | None = None,
    form: str = "",
) -> str:
    filed = report(
        user=by or AnonymousUser(),
        network="",
        discussion=contribution.discussion,
        contribution=contribution,
        complaint=Complaint(reason, text, form or reporters.new_mark()),
    )
    return filed.report.public_id


def _reports(accounts: Accounts, texts: Iterator[Contribution]) -> None:
    reader, ambassador = accounts["deelnemer"], accounts["ambassadeur2"]
    waits = next(texts)
    _report(waits, "about_person", "Dit gaat meer over een collega dan over het werk.", form=FORM)
    _report(waits, "conduct", "De laatste zin vind ik hard.", by=reader)
    stays = next(texts)
    seen = [_report(stays, "conduct", "Ik schrok van de toon.", by=reader)]
    words = "Dank je. Ik las het als stevige kritiek op een regel, niet op een mens."
    version = _now(stays).version
    keep(user=ambassador, public_id=stays.public_id, version=version, seen=seen, words=words)
    goes = next(texts)
    _report(goes, "traceable", "Er is maar één zo’n kantoor.", by=reader)
    decide(
        user=ambassador,
        public_id=goes.public_id,
        version=_now(goes).version,
        action=Action.HIDE,
        reason="traceable",
        words="Door het kantoor te noemen is te raden om wie het gaat.",
        answer="Goed gezien. De tekst is weg tot de schrijver hem kan aanpassen.",
    )
    for is_closed in (True, False):
        taken_back = next(texts)
        seen = [_report(taken_back, "confidential", "Dit stuk is nog niet openbaar.", by=reader)]
        withdraw(contribution=_now(taken_back))
        if is_closed:
            version = _now(taken_back).version
            keep(user=ambassador, public_id=taken_back.public_id, version=version, seen=seen)
    _hide_by_many(next(texts))


def _hide_by_many(contribution: Contribution) -> None:
    """Enough people in good standing report a text that software let through."""
    Contribution.objects.filter(pk=contribution.pk).update(vetted_revision=0)
    known = (
        user
        for user in User.objects.filter(username__startswith="stem").order_by("pk")
        if published_at_least(user, conf().NEWCOMER_UNTIL) and not access.is_own(user, contribution)
    )
    for person in known:
        if _now(contribution).state != State.PUBLISHED:
            return
        _report(contribution, "conduct", "Zo praten we hier niet met elkaar.", by=person)


def _of_pages(accounts: Accounts) -> None:
    pages = Discussion.objects.filter(is_enabled=True).select_related("page").order_by("pk")[:2]
    for discussion, (reason, text, is_answered) in zip(
        pages,
        [
            ("traceable", "Door het jaartal weet ik over welk project dit gaat.", False),
            ("other", "In de derde alinea staat een verkeerd woord.", True),
        ],
        strict=False,
    ):
        filed = report(
            user=accounts["deelnemer"],
            network="",
            discussion=discussion,
            contribution=None,
            complaint=Complaint(reason, text, reporters.new_mark()),
        )
        if is_answered:
            answer_page_report(
                user=accounts["ambassadeur"],
                public_id=filed.report.public_id,
                upheld=True,
                words="Dank je wel, het woord is verbeterd.",
            )


def _of_a_page_alone() -> None:
    """By somebody who is not signed in, of a page on which no dialogue stands."""
    page = TipPage.objects.live().filter(has_discussion=False).order_by("pk").first()
    if page is None:
        return
    report(
        user=AnonymousUser(),
        network="",
        discussion=None,
        contribution=None,
        page=page,
        complaint=Complaint(
            "about_person", "Dit voorbeeld lijkt op één van ons.", reporters.new_mark()
        ),
    )


def _appeals(accounts: Accounts, texts: Iterator[Contribution]) -> None:
    """One against each refusal that is there, and two that brought a text back."""
    refused = Contribution.objects.filter(state=State.REJECTED).order_by("pk")
    judged_by = accounts["ambassadeur"]
    for place, contribution in enumerate(refused.select_related("discussion__page")[:3]):
        made = _appeal(contribution, "Ik noemde niemand, en dit speelt op veel plekken.")
        if place == 1:
            question = "Welke zin is voor jou het belangrijkst?"
            ask(user=judged_by, public_id=made.public_id, version=1, question=question)
        elif place == 2:
            _judge(made, judged_by, Outcome.REFUSE, "De tekst blijft over één mens gaan.")
    for outcome, why, words in (
        (
            Outcome.GRANT,
            Why("off_topic", "Dit past beter bij een ander verhaal."),
            "Je hebt gelijk: het past hier ook.",
        ),
        (
            Outcome.CONDITION,
            Why("unlawful", "Dit lijkt overgenomen uit een boek.", "Auteurswet, artikel 1"),
            "Als je zegt waar het vandaan komt, kan het terug.",
        ),
    ):
        contribution = next(texts)
        decide(
            user=accounts["ambassadeur2"],
            public_id=contribution.public_id,
            version=_now(contribution).version,
            action=Action.HIDE,
            reason=why.reason,
            words=why.words,
            law=why.law,
        )
        _judge(_appeal(contribution, "Het past juist wel."), judged_by, outcome, words)
    dropped = next(texts)
    decide(
        user=accounts["ambassadeur2"],
        public_id=dropped.public_id,
        version=_now(dropped).version,
        action=Action.HIDE,
        reason="conduct",
        words="De laatste zin raakt een collega.",
    )
    _appeal(dropped, "Ik bedoelde het anders.")
    withdraw(contribution=_now(dropped))


def _appeal(contribution: Contribution, ground: str) -> Appeal:
    statement = contribution.statements.order_by("-pk")[0]
    statement.contribution = _now(contribution)
    return appeal(statement=statement, ground=ground)


def _judge(made: Appeal, by: User, outcome: Outcome, words: str) -> None:
    judge(user=by, public_id=made.public_id, version=made.version, outcome=outcome, words=words)
