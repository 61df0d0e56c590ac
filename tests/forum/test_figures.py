"""The yearly figures, built from a known history, number by number."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

import measures
from goedwerk_forum.actions import standing
from goedwerk_forum.actions.audit import note_head, seal_records
from goedwerk_forum.actions.contributions import withdraw
from goedwerk_forum.actions.standing import Order
from goedwerk_forum.actions.undoing import undo
from goedwerk_forum.figures import Line, count
from goedwerk_forum.models import AuditSeal, Discussion
from goedwerk_forum.overview import Period, decided
from goedwerk_forum.transitions import Action, Measure
from taking_back import decided as decided_with_proof

pytestmark = pytest.mark.django_db

YEAR = Period(datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
MARCH = datetime.date(2025, 3, 10)
TRACEABLE = "Mail me op jan.jansen@gemeente.nl, dan vertel ik je de rest."
#: Unlike each other, so that no check finds anything in them.
TEXTS = [
    "Bij ons ging het anders: wij belden eerst de burger zelf op.",
    "Wie van jullie heeft dit weleens met een leidinggevende besproken?",
    "De regel was helder, maar niemand wist nog waar hij vandaan kwam.",
    "Achteraf had ik eerder om hulp moeten vragen bij het team.",
    "Soms is zwijgen ook een keuze, al voelt dat niet zo.",
    "Een tweede lezer zag meteen wat ik over het hoofd had gezien.",
]

MORE = [
    "Het overleg begon te laat, en toen was de helft al weg.",
    "Ik vroeg mijn buurvrouw wat zij van die brief begreep.",
    "De burgemeester kwam langs zonder dat iemand het wist.",
    "Wij schreven de vergadering uit, woord voor woord, met de hand.",
    "In de trein las ik het besluit nog een keer en schrok.",
]


@pytest.fixture
def on(monkeypatch):
    """Sets the day of the calendar."""

    def set_day(day):
        monkeypatch.setattr(timezone, "localdate", lambda *_args, **_kwargs: day)

    return set_day


@pytest.fixture
def history(make, on):
    """Seven texts in March 2025 and one in 2024; one is decided on the next day, one much later."""
    on(datetime.date(2024, 12, 30))
    discussion = make.discussion()
    make.judged(make.held(discussion))
    on(MARCH)
    make.examined(discussion, text=TRACEABLE)
    at_once, tomorrow, in_a_week, much_later, hidden, own = (
        make.held(discussion, text=text) for text in TEXTS
    )
    withdraw(contribution=own)
    make.judged(at_once)
    make.judged(hidden)
    hidden.refresh_from_db()
    make.judged(hidden, Action.HIDE, "conduct")
    on(MARCH + datetime.timedelta(days=1))
    make.judged(tomorrow, Action.RETURN, "traceable")
    on(MARCH + datetime.timedelta(days=7))
    make.judged(in_a_week, Action.REJECT, "off_topic")
    on(MARCH + datetime.timedelta(days=8))
    make.judged(much_later)
    return discussion


def test_every_number_of_a_known_year(history):
    figures = count(2025)
    assert (figures.received, figures.edited, figures.withdrawn) == (7, 0, 1)
    assert figures.decisions == (
        Line("publish", 3, 0),
        Line("return", 2, 1),
        Line("reject", 1, 0),
        Line("hide", 1, 0),
    )
    assert figures.restrictions == (
        ("return", Line("traceable", 2, 1)),
        ("reject", Line("off_topic", 1, 0)),
        ("hide", Line("conduct", 1, 0)),
    )
    assert figures.found_by_software == 1
    assert figures.waiting == {"same_day": 3, "next_day": 1, "within_week": 1, "later": 1}
    assert figures.undecided == 1


def test_a_decision_that_was_taken_back_is_in_no_figure(make, history):
    ambassador = make.ambassador(history)
    before, shown = count(2025), decided(Discussion.objects.all(), YEAR)
    held = make.held(history, text="Wij legden het eerst voor aan wie het aanging, en luisterden.")
    signed = decided_with_proof(ambassador, held, Action.REJECT)
    assert count(2025).decisions != before.decisions
    assert decided(Discussion.objects.all(), YEAR) != shown
    undo(user=ambassador, signed=signed)
    after = count(2025)
    assert (after.decisions, after.restrictions) == (before.decisions, before.restrictions)
    assert (after.waiting, after.undecided) == (before.waiting, before.undecided + 1)
    assert decided(Discussion.objects.all(), YEAR) == shown


def test_measures_are_counted_with_their_reasons(make, history, on):
    """Asked exclusions count once two agree; ended ones still count, and a refused one never."""
    texts = [make.published(history, text=text, by=make.ambassador(history)) for text in MORE]
    warned, again, paused, excluded, only_asked = texts
    measures.taken(warned, Measure.WARN)
    colleague = make.ambassador(history)
    order = Order(Measure.WARN, "unlawful", "Zo mag het niet.", measures.in_days(5), make.LAW)
    standing.warn_or_pause(user=colleague, public_id=again.public_id, order=order)
    pause = measures.taken(paused, Measure.PAUSE)
    standing.end_early(user=colleague, public_id=pause.public_id)
    measures.excluded(excluded)
    request = measures.asked(only_asked)
    standing.turn_down(user=colleague, public_id=request.public_id)
    figures = count(2025)
    assert figures.measures == (Line("warn", 2, 0), Line("pause", 1, 0), Line("exclude", 1, 0))
    assert figures.measure_reasons == (
        ("warn", Line("about_person", 1, 0)),
        ("warn", Line("unlawful", 1, 0)),
        ("pause", Line("about_person", 1, 0)),
        ("exclude", Line("about_person", 1, 0)),
    )
    assert [line.total for line in count(2024).measures] == [0, 0, 0]


def test_the_page_lists_measures_with_their_reasons(make, history, client):
    measures.taken(make.published(history, text=MORE[0], by=make.ambassador(history)), Measure.WARN)
    page = client.get(reverse("goedwerk_forum:figures", args=[2025])).content.decode()
    table = BeautifulSoup(page, "html.parser").find(
        attrs={"aria-label": "Waarschuwingen, pauzes en uitsluitingen"}
    )
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in table("tr")[1:]]
    assert rows == [
        ["Waarschuwingen", "1"],
        ["Het gaat over een mens, niet over het werk", "1"],
        ["Pauzes", "0"],
        ["Uitsluitingen", "0"],
    ]


def test_another_year_counts_its_own(history):
    figures = count(2024)
    assert (figures.received, figures.decisions[0].total, figures.undecided) == (1, 1, 0)


def test_the_head_of_the_record_stands_beside_the_figures(history):
    seal_records()
    assert count(2025).seal is None
    note_head()
    last = AuditSeal.objects.latest("sequence")
    assert count(2025).seal == (last.sequence, last.digest, timezone.localdate())


def test_counting_takes_three_queries_whatever_the_size(history, make, django_assert_num_queries):
    with django_assert_num_queries(3):
        count(2025)
    for _ in range(5):
        make.held(history)
    with django_assert_num_queries(3):
        count(2025)


def test_the_page_shows_a_year_and_sets_no_cookie(history, client):
    response = client.get(reverse("goedwerk_forum:figures", args=[2025]))
    assert "Cijfers over 2025" in response.content.decode()
    assert "Set-Cookie" not in response.headers
    assert client.get(reverse("goedwerk_forum:figures", args=[2023])).status_code == 404


def test_a_site_without_a_record_shows_this_year(client, db):
    response = client.get(reverse("goedwerk_forum:figures"))
    assert f"Cijfers over {timezone.localdate().year}" in response.content.decode()
