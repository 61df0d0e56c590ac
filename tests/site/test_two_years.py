"""Two years of clock on one site: after each term is gone what should be, and nothing else is.

What goes is looked for in the tables, and what was in the clear in the bytes of the database's
files too.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

import complaints
import factories as make
import measures
from goedwerk_casestudies.actions import letters, submissions
from goedwerk_casestudies.models import Letter, Submission
from goedwerk_casestudies.raw import Raw
from goedwerk_forum import retention
from goedwerk_forum.actions import unmasking
from goedwerk_forum.actions.appeals import Outcome
from goedwerk_forum.actions.audit import seal_records
from goedwerk_forum.actions.contributions import Words, send_again, withdraw
from goedwerk_forum.actions.moderation import decide
from goedwerk_forum.actions.retention import let_go
from goedwerk_forum.actions.verifying import verify
from goedwerk_forum.identity import keys, rescue
from goedwerk_forum.models import (
    Appeal,
    AuditHead,
    AuditRecord,
    Discussion,
    KeptText,
    Notice,
    OutboxRow,
    Participant,
    Report,
    RescuedText,
    Revision,
    Standing,
    Statement,
    Unmasking,
)
from goedwerk_forum.outbox.drive import drive
from goedwerk_forum.transitions import Action
from goedwerk_site.accounts.models import Invitation, User
from linking import dumps

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

#: The clock starts three years ago, so that the database's own clock lets the first year go.
START = datetime.datetime(timezone.localdate().year - 3, 12, 1, 12, tzinfo=datetime.UTC)
YEAR_GOES = (datetime.date(START.year + 3, 1, 1) - START.date()).days
STEP = 14
END = YEAR_GOES + 2 * STEP
CLOSES = 30

STAYS, WITHDRAWN, REFUSED, REPLACED, REASON = (
    "blijvertjeswoord",
    "intrekkerswoord",
    "weigerwoord",
    "vervangwoord",
    "redenwoord",
)


def said(word: str) -> str:
    return f"Ik schreef {word} op, en besprak het daarna rustig met iemand die ik vertrouw."


@pytest.fixture
def clock(monkeypatch):
    """The clock of the site; ``clock.days`` since the start."""

    class Clock:
        days = 0

        def now(self) -> datetime.datetime:
            return START + datetime.timedelta(days=self.days)

    made = Clock()
    monkeypatch.setattr(timezone, "now", made.now)
    return made


@dataclass
class Watched:
    """Something that must go: whether it is there, and from which day on it may be gone."""

    there: Callable[[], bool]
    term: int
    gone_on: int | None = None


@dataclass
class Site:
    """What is watched, and the words that must leave the files, by the day of their term."""

    author: Any
    watched: dict[str, Watched] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)

    def watch(self, name: str, term: int, there: Callable[[], bool]) -> None:
        assert there(), name
        self.watched[name] = Watched(there, term)


def rejected(discussion, author, decider):
    held = make.held(discussion, author, text=said(REFUSED))
    decide(
        user=decider,
        public_id=held.public_id,
        version=held.version,
        action=Action.REJECT,
        reason="conduct",
        words=f"Dit is het {REASON} van een collega.",
    )
    return complaints.now(held)


@pytest.fixture
def site(clock):
    """One discussion that closes after a month, a story, and what goes with both."""
    discussion = make.discussion()
    Discussion.objects.filter(pk=discussion.pk).update(
        closes_on=START.date() + datetime.timedelta(days=CLOSES)
    )
    discussion.refresh_from_db()
    author, decider = make.user("schrijfster"), make.ambassador(discussion)
    made = Site(author)
    _texts(made, discussion, author, decider)
    _cases(made, discussion, author)
    _story(made, author)
    _rest(made)
    drive("moderation")
    drive("notices")
    return made


def _texts(made: Site, discussion, author, decider) -> None:
    published = make.published(discussion, author, text=said(REPLACED), by=decider)
    edit = send_again(
        contribution=complaints.now(published),
        version=complaints.now(published).version,
        words=Words(said(STAYS), "ervaring"),
    )
    drive("moderation")
    make.judged(complaints.now(edit), by=decider)
    rejected(discussion, author, decider)
    gone = make.published(discussion, make.user(), text=said(WITHDRAWN), by=decider)
    complaints.reported(gone, text="Hier klopt iets niet.")
    withdraw(contribution=complaints.now(gone))
    made.watch("a sealed copy of what was withdrawn", 31, KeptText.objects.exists)
    cut = 184
    hers = Participant.objects.filter(discussion=discussion, token__isnull=False)
    made.watch("links of the discussion", cut, hers.exists)
    made.watch(
        "the text that was refused", cut, Revision.objects.filter(text__contains=REFUSED).exists
    )
    made.watch("the replaced text", cut, Revision.objects.filter(text__contains=REPLACED).exists)
    made.watch("words of decisions", cut, Statement.objects.exclude(words="").exists)
    made.watch("salts of decisions", cut, Statement.objects.exclude(salt="").exists)
    made.watch("marks of deciders", cut, Statement.objects.exclude(decider="").exists)
    made.watch("messages", cut, Notice.objects.exists)
    made.words = {WITHDRAWN: 0, REFUSED: cut, REPLACED: cut, REASON: cut}


def _cases(made: Site, discussion, author) -> None:
    other = make.user()
    refused = complaints.refused(discussion, other)
    complaints.verdict(complaints.appealed(refused), Outcome.REFUSE)
    made.watch("words of an appeal", 184, Appeal.objects.exclude(sealed="").exists)
    kept = make.published(discussion, make.user())
    complaints.reported(kept, by=make.user())
    made.watch("a report", 184, Report.objects.filter(contribution=kept).exists)
    request = measures.taken(complaints.now(kept))
    assert request
    measures.followed(request)
    # A pause of a week, of which only the end of the quarter is known without the key.
    made.watch("standing", 31, Standing.objects.exists)
    make.judged(complaints.now(kept), Action.HIDE, "conduct")
    make.judged(complaints.now(kept), Action.PUBLISH)
    asked = unmasking.unmask(
        people=[_operator("een"), _operator("twee")],
        public_id=kept.public_id,
        order=unmasking.Order("Rechtbank, zaak 1.", timezone.localdate()),
        key=keys.unseal_keys()[0],
    )
    assert asked
    made.watch("an unmasking", 732, Unmasking.objects.exists)


def _operator(name: str):
    who = make.user(name)
    who.user_permissions.set(Permission.objects.filter(codename="unmask"))
    return who


def _story(made: Site, author) -> None:
    raw = Raw(what_happened="Het rapport lag drie weken op een bureau in de gang.")
    submissions.begin(user=author, text=raw, mark=uuid.uuid4())
    made.watch("a draft", 181, Submission.objects.filter(state="draft").exists)
    sent = submissions.send(
        submissions.begin(user=author, text=raw, mark=uuid.uuid4()),
        user=author,
        wants_result=True,
        goes_on_if_silent=False,
    )
    letters.write_letter(sent, "Mag de plaats erbij?", from_editor=True)
    made.watch("letters", 91, Letter.objects.exists)
    Submission.objects.filter(pk=sent.pk).update(state="refused", closed_on=timezone.localdate())
    closed = Submission.objects.filter(pk=sent.pk)
    made.watch("a raw text", 91, closed.exclude(sealed_raw=None).exists)
    made.watch("the link of a submission", 91, closed.exclude(token=None).exists)
    Submission.objects.create(source="report", sealed_raw="00", touched_on=timezone.localdate())
    made.watch("an imported report", 2, Submission.objects.filter(source="report").exists)


def _rest(made: Site) -> None:
    rescue.keep({"text": "half"})
    made.watch("a rescued text", 1, RescuedText.objects.exists)
    Session.objects.create(session_key="x" * 32, session_data="", expire_date=timezone.now())
    made.watch("a session", 0, Session.objects.exists)
    Invitation.objects.create(
        digest="x" * 64, expires_on=timezone.localdate() + datetime.timedelta(days=14)
    )
    made.watch("an invitation", 15, Invitation.objects.exists)
    OutboxRow.objects.create(
        queue="moderation", kind="check", object_id=1, state="dead", due_at=timezone.now()
    )
    made.watch("work that was given up", 31, OutboxRow.objects.filter(state="dead").exists)
    first_year = AuditRecord.objects.filter(day__year=START.year)
    made.watch("the first year of the record", YEAR_GOES, first_year.exists)


def live_on(clock, site: Site) -> None:
    """Two weeks pass, and a night with them."""
    clock.days += STEP
    drive("moderation")
    drive("notices")
    seal_records()
    let_go()
    for name, one in site.watched.items():
        if one.gone_on is None and not one.there():
            one.gone_on = clock.days
        assert one.gone_on is None or not one.there(), f"{name} came back"
    for word, term in site.words.items():
        if clock.days >= term + STEP:
            assert word not in everywhere(), (word, clock.days)
    assert STAYS in everywhere()


def everywhere() -> str:
    """All rows of all tables; on SQLite the bytes of its files instead."""
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]))
        files = [path, path.with_name(f"{path.name}-wal")]
        return "".join(one.read_bytes().decode("latin-1") for one in files if one.exists())
    return "\n".join(str(table.rows) for table in dumps.take().tables.values())


def test_two_years(clock, site):
    assert all(word in everywhere() for word in (STAYS, REFUSED, REPLACED, REASON))
    while clock.days < END:
        live_on(clock, site)
    wrong = {
        name: (one.gone_on, one.term)
        for name, one in site.watched.items()
        if one.gone_on is None or not one.term <= one.gone_on <= one.term + STEP
    }
    assert wrong == {}
    # What stays, in the thread and in the record, leads to nobody.
    published = Revision.objects.get(text__contains=STAYS)
    participant = published.contribution.participant
    assert (participant.token, participant.sealed_account) == (None, None)
    assert participant.pseudonym
    assert published.contribution.display == "text"
    assert User.objects.filter(pk=site.author.pk).exists()
    assert AuditHead.objects.filter(closes_year=START.year).exists()
    assert list(verify()) == []


def test_killed_in_the_middle_of_the_night_the_next_call_goes_on(clock, site, monkeypatch):
    clock.days = 200
    real = retention.RULES["notices"]

    class Killed(BaseException):
        pass

    def killed() -> int:
        raise Killed

    monkeypatch.setitem(retention.RULES, "notices", replace(real, erase=killed))
    with pytest.raises(Killed):
        let_go()
    assert Notice.objects.exists()
    monkeypatch.setitem(retention.RULES, "notices", real)
    clock.days += 1
    let_go()
    assert not Notice.objects.exists()


def test_a_rule_that_fails_holds_up_no_other(clock, site, monkeypatch, caplog):
    def fails() -> int:
        raise RuntimeError("een naam in een fout")

    monkeypatch.setitem(
        retention.RULES, "rescued", replace(retention.RULES["rescued"], erase=fails)
    )
    clock.days = 200
    let_go()
    assert RescuedText.objects.exists()
    assert not Notice.objects.exists()
    assert "een naam" not in caplog.text
