"""The dashboard: every number from a known history, what it costs, who sees what."""

from __future__ import annotations

import csv
import datetime
import io

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone

from counting import counted
from goedwerk_forum import overview
from goedwerk_forum.charts import Bar, BarChart, ColumnChart, thinned
from goedwerk_forum.models import (
    AuditRecord,
    CheckPrecision,
    Contribution,
    DecisionTime,
    Discussion,
    Policy,
    WaitingCount,
    WaitingSince,
    Within,
)
from goedwerk_forum.overview import Period, Times
from goedwerk_forum.transitions import Action

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

URL = reverse("goedwerk_dashboard:index")
TEXTS = [f"Keer {number} vroeg ik het eerst aan de mensen zelf." for number in range(9)]
OTHERS = "Een stuk uit een dialoog die van een ander team is."


def days_ago(number):
    return timezone.localdate() - datetime.timedelta(days=number)


@pytest.fixture
def history(make, discussion):
    """Four decisions and one that waits; an appeal granted and one refused; one of others."""
    published, returned, rejected, hidden, waits = (
        make.held(discussion, text=text) for text in TEXTS[:5]
    )
    make.judged(published)
    make.judged(returned, Action.RETURN, "traceable")
    make.judged(rejected, Action.REJECT, "conduct")
    make.judged(hidden)
    hidden.refresh_from_db()
    make.judged(hidden, Action.HIDE, "conduct")
    appeal(rejected, "appeal_granted")
    appeal(hidden, "appeal_refused")
    elsewhere = make.discussion()
    make.judged(make.held(elsewhere, text=OTHERS), Action.REJECT, "links")
    make.held(elsewhere, text=TEXTS[5])
    late = timezone.now() - datetime.timedelta(hours=30)
    WaitingSince.objects.filter(pk=waits.pk).update(hour=late)
    return discussion


def appeal(contribution, action):
    AuditRecord.objects.create(
        day=timezone.localdate(),
        actor="ambassador",
        action=action,
        object_kind="contribution",
        object_id=contribution.public_id,
        object_version=1,
    )


def today():
    return Period(days_ago(0), days_ago(0))


def of(discussion):
    return Discussion.objects.filter(pk=discussion.pk)


# --- the numbers -----------------------------------------------------------------------------


def test_decisions_of_granted_discussions(history):
    found = overview.decided(of(history), today())
    assert dict(found.by_action) == {"publish": 2, "return": 1, "reject": 1, "hide": 1}
    assert dict(found.by_reason) == {"traceable": 1, "conduct": 2}
    assert (found.total, found.granted, found.refused, found.by_software) == (5, 1, 1, 0)


def test_decisions_of_all_discussions(history):
    found = overview.decided(None, today())
    assert dict(found.by_action) == {"publish": 2, "return": 1, "reject": 2, "hide": 1}
    assert dict(found.by_reason) == {"traceable": 1, "conduct": 2, "links": 1}


def test_grant_on_a_condition_is_a_reversal_too(history):
    appeal(Contribution.objects.filter(discussion=history).first(), "appeal_condition")
    found = overview.decided(of(history), today())
    assert (found.granted, found.judged) == (2, 3)


def test_decisions_of_software_are_told_apart(make):
    discussion = make.discussion(discussion_policy=Policy.AFTER)
    make.examined(discussion, make.known(published_before=2))
    found = overview.decided(of(discussion), today())
    assert (found.total, found.by_software) == (1, 1)


def test_another_day_has_its_own(history):
    found = overview.decided(of(history), Period(days_ago(3), days_ago(1)))
    assert (found.total, found.judged, found.by_reason) == (0, 0, [])


def test_what_waits_now(history, make):
    now = overview.waiting_now(of(history))
    assert (now.number, now.overdue) == (2, 1)
    assert now.hours == 30
    nothing = overview.waiting_now(of(make.discussion()))
    assert (nothing.number, nothing.overdue, nothing.hours) == (0, 0, 0)


def test_waiting_by_day_sums_the_discussions(make, discussion):
    other = make.discussion()
    for place, number in ((discussion, 2), (other, 3)):
        WaitingCount.objects.create(day=days_ago(1), discussion=place, number=number)
    period = Period(days_ago(2), days_ago(0))
    everywhere = overview.waiting_by_day(Discussion.objects.all(), period)
    assert [number for _day, number in everywhere] == [0, 5, 0]
    assert [number for _day, number in overview.waiting_by_day(of(other), period)] == [0, 3, 0]


def test_times_of_a_period_by_what_waited(db):
    for day, kind, within, number in [
        (0, "new", 2, 5),
        (1, "new", 24, 4),
        (1, "edit", 168, 1),
        (9, "new", 10_000, 7),
    ]:
        DecisionTime.objects.create(day=days_ago(day), kind=kind, within=within, number=number)
    found = overview.times(Period(days_ago(2), days_ago(0)))
    assert {kind: times.total for kind, times in found.items()} == {"edit": 1, "new": 9}
    together = overview.all_times(found)
    assert together.percentile(50) == Within.TWO_HOURS
    assert together.percentile(90) == Within.DAY
    assert together.percentile(95) == Within.WEEK


@pytest.mark.parametrize(
    ("numbers", "half", "nearly_all"),
    [
        ([1, 0, 0, 0, 0, 0, 0], Within.TWO_HOURS, Within.TWO_HOURS),
        ([1, 1, 0, 0, 0, 0, 0], Within.TWO_HOURS, Within.FOUR_HOURS),
        ([95, 0, 0, 0, 0, 0, 5], Within.TWO_HOURS, Within.TWO_HOURS),
        ([94, 0, 0, 0, 0, 0, 6], Within.TWO_HOURS, Within.LONGER),
        ([0, 0, 0, 0, 0, 0, 0], None, None),
    ],
)
def test_percentiles(numbers, half, nearly_all):
    times = Times(list(zip(Within, numbers, strict=True)))
    assert (times.percentile(50), times.percentile(95)) == (half, nearly_all)


def test_only_checks_that_were_judged_often_are_shown(db):
    for kind, agreed, disagreed in [("person", 30, 10), ("date", 20, 20), ("url", 3, 0)]:
        CheckPrecision.objects.create(
            check_code="traceable", kind=kind, agreed=agreed, disagreed=disagreed
        )
    assert [(row.kind, row.percent) for row in overview.precisions()] == [
        ("date", 50),
        ("person", 75),
    ]


# --- silent discussions ----------------------------------------------------------------------


def backdated(contribution, days):
    Contribution.objects.filter(pk=contribution.pk).update(day=days_ago(days))


def test_discussion_is_silent_after_so_many_days(make, discussion):
    backdated(make.published(discussion), 10)
    assert [one.pk for one in overview.silent(of(discussion), 10)] == [discussion.pk]
    assert overview.silent(of(discussion), 11) == []


def test_discussion_in_which_nobody_spoke_is_silent(discussion):
    found = overview.silent(of(discussion), 5)
    assert [(one.last_day, one.unanswered) for one in found] == [(None, 0)]


def test_question_without_an_answer_makes_it_silent(make, discussion):
    question = make.published(discussion, kind="vraag", text=TEXTS[0])
    backdated(question, 9)
    make.published(discussion, text=TEXTS[1])
    assert [one.unanswered for one in overview.silent(of(discussion), 7)] == [1]
    make.published(discussion, text=TEXTS[2], in_reply_to=Contribution.objects.get(pk=question.pk))
    assert overview.silent(of(discussion), 7) == []


def test_text_that_nobody_can_read_breaks_no_silence(make, discussion):
    make.held(discussion)
    assert len(overview.silent(of(discussion), 5)) == 1


CLOSED = [
    {"closes_on": days_ago(1)},
    {"opens_on": days_ago(-3)},
    {"opens_on": days_ago(2)},
    {"is_enabled": False},
]


@pytest.mark.parametrize("fields", CLOSED)
def test_closed_or_fresh_discussion_is_not_silent(discussion, fields):
    of(discussion).update(**fields)
    assert overview.silent(of(discussion), 5) == []


# --- the page --------------------------------------------------------------------------------


def sign_in(client, make, *codes):
    group = Group.objects.create(name="-".join(codes) or "niets")
    group.permissions.set(Permission.objects.filter(codename__in=[*codes, "access_admin"]))
    who = make.user(groups=(group,))
    client.force_login(who)
    return who


@pytest.fixture
def ambassador(client, make, discussion):
    who = make.ambassador(discussion)
    discussion.group.permissions.add(Permission.objects.get(codename="view_checkprecision"))
    client.force_login(who)
    return who


def test_page_shows_each_picture_with_a_title_and_its_table(client, ambassador, history):
    soup = BeautifulSoup(client.get(URL).content, "html.parser")
    pictures = soup.select("svg.gw-chart")
    assert len(pictures) >= 4
    for picture in pictures:
        labels = picture["aria-labelledby"].split()
        assert [soup.find(id=label).name for label in labels] == ["title", "desc"]
        assert all(soup.find(id=label).get_text() for label in labels)
        assert picture.find_parent("figure").select("table tbody tr")
    assert soup.find("main").select("[style]") == []
    assert len(soup.select("h1")) == 1


def test_ambassador_sees_nothing_of_others_and_the_owner_everything(client, make, history):
    client.force_login(make.ambassador(history))
    assert "Te veel of onveilige links" not in client.get(URL).content.decode()
    sign_in(client, make, "view_decisiontime")
    page = client.get(URL).content.decode()
    assert "Te veel of onveilige links" in page
    assert "Mail mij" not in page


@pytest.mark.parametrize(
    ("codes", "status"),
    [
        (("moderate_discussion",), 200),
        (("view_decisiontime",), 200),
        (("view_auditrecord",), 302),
        ((), 302),
    ],
)
def test_who_may_look(client, make, codes, status):
    sign_in(client, make, *codes)
    response = client.get(URL)
    assert response.status_code == status
    assert ("gw-dashboard" in response.content.decode()) == (status == 200)


def test_nobody_is_in_it(client, make, history):
    client.force_login(make.user(is_superuser=True))
    page = client.get(URL).content.decode()
    rows = Contribution.objects.select_related("participant")
    for contribution in rows:
        assert contribution.public_id not in page
        assert contribution.participant.pseudonym not in page
    for text in (*TEXTS, OTHERS):
        assert text not in page


def test_cost_is_the_same_for_little_and_for_much(client, make, ambassador, discussion):
    costs = [cost(client)]
    for number, text in enumerate(TEXTS[:5]):
        made = make.held(discussion, text=text)
        make.judged(made, Action.REJECT, "conduct")
        WaitingCount.objects.create(day=days_ago(number), discussion=discussion, number=number)
        make.discussion(discussion_group=discussion.group)
        CheckPrecision.objects.create(check_code="traceable", kind=f"k{number}", agreed=40)
    costs.append(cost(client))
    assert costs[0] == costs[1]
    assert costs[0][1] == 6


def cost(client):
    """Queries of the page: all of them, and those that count something."""
    client.get(URL)
    with counted() as work:
        client.get(URL)
    tables = ("auditrecord", "decisiontime", "waitingcount", "checkprecision", "waitingsince")
    counting = [sql for sql in work.statements if any(name in sql for name in tables)]
    silent = [sql for sql in work.statements if "unanswered" in sql]
    return work.queries, len({*counting, *silent})


# --- the period ------------------------------------------------------------------------------


def asked(client, **parameters):
    response = client.get(URL, parameters)
    return response, BeautifulSoup(response.content, "html.parser").find("main")


def test_period_of_the_address_counts(client, ambassador, history):
    _response, page = asked(client, first=days_ago(9), last=days_ago(1))
    assert "0 besluiten" in page.get_text()
    _response, page = asked(client, first=days_ago(9), last=days_ago(0))
    assert "5 besluiten" in page.get_text()


WRONG = [
    ({"first": "gisteren"}, "first", "Dit is geen dag."),
    ({"first": ""}, "first", "Kies een dag."),
    ({"first": "2026-05-02", "last": "2026-05-01"}, "first", "Draai ze om."),
    ({"first": "2020-01-01", "last": "2021-01-01"}, "first", "hoogstens een jaar"),
    ({"last": "2999-01-01"}, "last", "Deze dag moet nog komen."),
    ({"silent": "0"}, "silent", "Kies minstens 1 dag."),
    ({"silent": "veel"}, "silent", "Vul een getal in."),
]


@pytest.mark.parametrize(("given", "field", "error"), WRONG)
def test_impossible_period_is_said_beside_the_field(client, ambassador, given, field, error):
    response, page = asked(client, **given)
    assert response.status_code == 422
    assert error in page.find(id=f"id_{field}_error").get_text()
    assert page.select_one(f'.gw-errors a[href="#id_{field}"]')
    control = page.find(id=f"id_{field}")
    assert control["aria-invalid"] == "true"
    assert control.get("value", "") == given.get(field, control.get("value", ""))
    assert page.select("svg.gw-chart") == []


def test_a_leap_year_is_a_year(client, ambassador):
    response, _page = asked(client, first="2024-01-01", last="2024-12-31")
    assert response.status_code == 200


# --- export ----------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_export_holds_the_numbers_and_nobody(client, ambassador, history, suffix):
    response = client.get(URL, {"export": suffix})
    content = b"".join(response.streaming_content)
    if suffix == "csv":
        table = list(csv.reader(io.StringIO(content.decode())))
    else:
        table = [list(row) for row in openpyxl.load_workbook(io.BytesIO(content)).active.values]
    assert table[0] == ["Cijfer", "Waarvan", "Aantal"]
    numbers = {(figure, what): int(number) for figure, what, number in table[1:]}
    assert numbers["Wat er is besloten", "Geplaatst"] == 2
    assert numbers["Bezwaren", "Geen gelijk gekregen"] == 1
    whole = str(table)
    for contribution in Contribution.objects.select_related("participant"):
        assert contribution.public_id not in whole
        assert contribution.participant.pseudonym not in whole


def test_export_is_refused_to_others(client, make, history):
    sign_in(client, make)
    response = client.get(URL, {"export": "csv"})
    assert response.status_code == 302
    assert not response.streaming


# --- pictures --------------------------------------------------------------------------------


def bars(*values):
    return [Bar(f"dag {place}", value) for place, value in enumerate(values)]


def test_longest_bar_leaves_room_for_its_number():
    chart = BarChart("a", "A", "B", ("C", "D"), bars(5, 10, 0))
    drawn = list(chart.drawn())
    assert [one.width for one in drawn] == ["42.00", "84.00", "0.00"]
    assert chart.height == 3 * 44
    assert all("," not in f"{one.x}{one.width}{one.words_x}" for one in drawn)


def test_share_is_drawn_as_a_part_of_the_whole():
    chart = BarChart("a", "A", "B", ("C", "D"), bars(50), full=100)
    assert [one.width for one in chart.drawn()] == ["42.00"]


def test_columns_stand_on_the_ground():
    chart = ColumnChart("a", "A", "B", ("C", "D"), bars(5, 10, 0))
    for drawn in chart.drawn():
        assert drawn.y + drawn.height == chart.ground
    assert (chart.first, chart.last) == ("dag 0", "dag 2")


def test_picture_of_nothing_is_empty_and_does_not_divide():
    for kind in (BarChart, ColumnChart):
        chart = kind("a", "A", "B", ("C", "D"), bars(0, 0))
        assert chart.is_empty
        assert next(iter(chart.drawn())).height in (0, 14)


def test_long_period_is_thinned_to_the_highest_of_each_run():
    found = thinned(bars(*range(10)), at_most=5)
    assert [bar.value for bar in found] == [1, 3, 5, 7, 9]
    assert found[1].label == "dag 2"
    assert thinned(bars(1, 2), at_most=5) == bars(1, 2)
    assert thinned([], at_most=5) == []
