"""Reports and appeals in the yearly figures, built from a known history, number by number."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

import complaints as steps
from goedwerk_forum.actions.appeals import Outcome
from goedwerk_forum.actions.contributions import withdraw
from goedwerk_forum.actions.reports import answer_page_report, keep
from goedwerk_forum.actions.threshold import lapse
from goedwerk_forum.figures import Complaints, count
from goedwerk_forum.models import OutboxRow
from goedwerk_forum.transitions import Action

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def history(make, monkeypatch):
    """2024: one report. 2025: eight reports of four texts and a page, and five appeals."""
    day = datetime.date(2024, 12, 30)
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_kwargs: day)
    discussion = make.discussion()
    ambassador = make.ambassador(discussion)
    steps.reported(steps.by_software(discussion))
    day = datetime.date(2025, 3, 10)
    page = steps.page_reported(discussion).report
    answer_page_report(user=ambassador, public_id=page.public_id, upheld=True)
    kept = steps.by_software(discussion)
    seen = [steps.reported(kept).report.public_id for _time in range(2)]
    keep(user=ambassador, public_id=kept.public_id, version=steps.now(kept).version, seen=seen)
    hidden = steps.by_software(discussion)
    steps.reported(hidden)
    make.judged(steps.now(hidden), Action.HIDE, "conduct")
    back = steps.by_software(discussion)
    for person in steps.regulars(discussion, 3):
        steps.reported(back, by=person)
    rows = list(OutboxRow.objects.filter(kind="lapse"))
    lapse(rows)
    gone = steps.by_software(discussion)
    last = steps.reported(gone).report.public_id
    withdraw(contribution=steps.now(gone))
    keep(user=ambassador, public_id=gone.public_id, version=steps.now(gone).version, seen=[last])
    for outcome in (Outcome.GRANT, Outcome.CONDITION, Outcome.REFUSE):
        steps.verdict(steps.appealed(steps.refused(discussion)), outcome)
    dropped = steps.refused(discussion)
    steps.appealed(dropped)
    withdraw(contribution=steps.now(dropped))
    steps.appealed(steps.refused(discussion))
    return discussion


def test_every_number_of_a_known_year(history):
    assert count(2025).complaints == Complaints(
        reports=8,
        of_pages=1,
        upheld=2,
        refused=2,
        gone=1,
        hidden=1,
        lapsed=1,
        appeals=5,
        granted=1,
        on_condition=1,
        not_granted=1,
        dropped=1,
    )
    assert count(2025).complaints.reversed == 2


def test_another_year_counts_its_own(history):
    assert count(2024).complaints == Complaints(reports=1)


def test_what_reports_hid_stands_among_the_restrictions_of_software(history):
    lines = {line.code: line for line in count(2025).decisions}
    assert (lines["hide"].total, lines["hide"].by_software) == (2, 1)


def test_the_page_shows_them(history, client):
    page = client.get(reverse("goedwerk_forum:figures", args=[2025])).content.decode()
    assert "Besluiten die een ander omdraaide" in page
    assert "Na een dag vanzelf teruggekomen" in page
