"""How often ambassadors find each kind of finding right: counted, shown, and what follows."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.urls import reverse

from counting import counted
from goedwerk_forum.actions.moderation import decide
from goedwerk_forum.checks import Context, Finding, Level, verdict
from goedwerk_forum.checks.base import FAILED
from goedwerk_forum.checks.precision import below_bar, weighed
from goedwerk_forum.errors import NotFound, StaleDecision
from goedwerk_forum.models import CheckPrecision, Contribution, Policy, Urgency
from goedwerk_forum.transitions import Action, State

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PLACE = "In Zwolle ging het anders, en dat vertelde ik later aan mijn eigen team."
RUDE = "Wat een klootzak ben jij, weet je dat wel?"
OF_PLACE = ("traceable", "municipality")


def counts():
    return {
        (row.check_code, row.kind): (row.agreed, row.disagreed)
        for row in CheckPrecision.objects.all()
    }


def place_of(contribution, kind):
    findings = contribution.revisions.get().findings
    return next(index for index, item in enumerate(findings) if item["kind"] == kind)


def judge(make, contribution, action=Action.PUBLISH, reason="", **said):
    return decide(
        user=make.ambassador(contribution.discussion),
        public_id=contribution.public_id,
        version=contribution.version,
        action=action,
        reason=reason,
        **{"words": "Dit raakt mensen."} | said,
    )


@pytest.fixture
def held(make):
    return make.held(make.discussion(), text=PLACE)


# --- counting --------------------------------------------------------------------------------


def test_published_with_its_marks_was_not_right(make, held):
    judge(make, held)
    assert counts() == {OF_PLACE: (0, 1)}


@pytest.mark.parametrize("reason", ["traceable", "confidential"])
@pytest.mark.parametrize("action", [Action.RETURN, Action.REJECT])
def test_refused_for_privacy_was_right(make, held, action, reason):
    judge(make, held, action, reason)
    assert counts() == {OF_PLACE: (1, 0)}


def test_refused_for_something_else_says_nothing(make, held):
    judge(make, held, Action.RETURN, "off_topic")
    assert counts() == {}


def test_own_ground_of_a_check_counts_for_it(make):
    judge(make, make.held(make.discussion(), text=RUDE), Action.RETURN, "conduct")
    assert {(check, count) for (check, _kind), count in counts().items()} == {("conduct", (1, 0))}


def test_what_the_ambassador_says_of_one_finding_wins(make, held):
    judge(make, held, judgements={place_of(held, "municipality"): True})
    assert counts() == {OF_PLACE: (1, 0)}


def test_counts_add_up(make):
    discussion = make.discussion()
    for text in (PLACE, "Later in Zwolle, en nog eens in Almelo, vroeg ik het gewoon zelf."):
        judge(make, make.held(discussion, text=text))
    assert counts() == {OF_PLACE: (0, 3)}


def test_remark_on_a_newcomer_and_a_tip_are_not_counted(make):
    text = "Op 12 november 2021 viel de brief op de mat, en toen was het even stil."
    judge(make, make.held(make.discussion(), text=text))
    assert counts() == {}


def test_edit_that_is_judged_counts_too(make, drive):
    from goedwerk_forum.actions.contributions import Words, send_again

    contribution = make.published(make.discussion())
    send_again(contribution=contribution, version=contribution.version, words=Words(PLACE, "vraag"))
    drive()
    contribution.refresh_from_db()
    judge(make, contribution, Action.RETURN, "traceable")
    assert counts() == {OF_PLACE: (1, 0)}


def test_hiding_what_was_published_counts_nothing(make):
    contribution = make.published(make.discussion(), text=PLACE)
    before = counts()
    judge(make, contribution, Action.HIDE, "traceable")
    assert counts() == before


def test_decision_that_is_refused_counts_nothing(make, held):
    with pytest.raises(NotFound):
        make.judged(held, by=make.user())
    with pytest.raises(StaleDecision):
        decide(
            user=make.ambassador(held.discussion),
            public_id=held.public_id,
            version=held.version - 1,
            action=Action.PUBLISH,
        )
    assert counts() == {}


def test_row_names_a_kind_once_and_nobody():
    CheckPrecision.objects.create(check_code="traceable", kind="bsn")
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckPrecision.objects.create(check_code="traceable", kind="bsn")
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckPrecision.objects.create(check_code="")
    assert not [field for field in CheckPrecision._meta.get_fields() if field.is_relation]


# --- the bar ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agreed", "disagreed", "is_low"),
    [(0, 19, False), (0, 20, True), (9, 11, True), (10, 10, False), (20, 0, False), (0, 0, False)],
)
def test_bar_is_half_of_at_least_twenty(agreed, disagreed, is_low):
    CheckPrecision.objects.create(
        check_code="traceable", kind="date", agreed=agreed, disagreed=disagreed
    )
    assert (("traceable", "date") in below_bar()) == is_low


def test_bar_and_number_are_settings(settings):
    CheckPrecision.objects.create(check_code="links", agreed=7, disagreed=3)
    assert not below_bar()
    settings.GOEDWERK = settings.GOEDWERK | {"PRECISION_BAR": 80, "PRECISION_ENOUGH": 10}
    assert below_bar() == {("links", "")}


def test_low_kind_only_advises_and_a_failed_check_still_holds():
    low = frozenset({("x", "a"), ("x", FAILED)})
    given = [Finding("x", Level.RETURN, kind=kind) for kind in ("a", "b", FAILED)]
    assert [(item.level, item.is_below_bar) for item in weighed(given, low)] == [
        (Level.ADVISE, True),
        (Level.RETURN, False),
        (Level.RETURN, False),
    ]


@pytest.mark.parametrize(("disagreed", "state"), [(20, State.PUBLISHED), (19, State.HELD)])
def test_text_with_a_low_kind_is_not_held_for_it(make, disagreed, state):
    discussion = make.discussion(discussion_policy=Policy.AFTER)
    author = make.user()
    for text in (make.CALM, "Wij belden de burger eerst op en hoorden toen meer."):
        make.published(discussion, author, text=text)
    CheckPrecision.objects.create(check_code="traceable", kind="municipality", disagreed=disagreed)
    contribution = make.examined(discussion, author, text=PLACE)
    assert contribution.state == state
    [finding] = [
        item for item in contribution.revisions.get().findings if item["kind"] == "municipality"
    ]
    assert finding["is_below_bar"] == (state == State.PUBLISHED)


def test_low_kind_can_climb_again(make):
    CheckPrecision.objects.create(check_code="traceable", kind="municipality", disagreed=20)
    judge(make, make.held(make.discussion(), text=PLACE), Action.RETURN, "traceable")
    assert counts() == {OF_PLACE: (1, 20)}


def test_seen_marks_ask_for_a_person_and_those_of_another_check_do_not():
    seen = Context(marks_seen=True)
    of_finder, of_other = (Finding(check, Level.RETURN) for check in ("traceable", "extra"))
    assert verdict.verdict(Policy.AFTER, [of_finder], seen) == Action.HOLD
    assert verdict.verdict(Policy.AFTER, [of_other], seen) == Action.RETURN


# --- on an ambassador's screen ---------------------------------------------------------------


@pytest.fixture
def screen(client, make, held):
    client.force_login(make.ambassador(held.discussion))
    return lambda: BeautifulSoup(client.get(url_of(held)).content, "html.parser")


def url_of(contribution):
    return reverse("goedwerk_moderation:case", args=[contribution.public_id])


def test_precision_stands_beside_the_finding(screen):
    assert "Nog te weinig beoordeeld" in screen().select_one(".gw-findings").get_text()
    CheckPrecision.objects.create(
        check_code="traceable", kind="municipality", agreed=18, disagreed=2
    )
    assert "18 van de 20 keer (90 %)" in screen().select_one(".gw-findings").get_text()


def test_each_finding_can_be_judged_in_the_deciding_form(client, screen, held):
    [select] = screen().select(".gw-judgement select")
    assert select["form"] == screen().select_one("form[data-edit-form]")["id"]
    data = {"action": "publish", "version": held.version, "reason": "", "words": ""}
    assert client.post(url_of(held), data | {select["name"]: "ja"}).status_code == 302
    assert counts() == {OF_PLACE: (1, 0)}


def test_judgement_that_is_none_changes_nothing(client, screen, held):
    [select] = screen().select(".gw-judgement select")
    data = {"action": "publish", "version": held.version, "reason": "", "words": ""}
    assert client.post(url_of(held), data | {select["name"]: "misschien"}).status_code == 422
    held.refresh_from_db()
    assert held.state == State.HELD
    assert counts() == {}


def test_screen_with_a_finding_costs_one_query_more(client, make, held):
    client.force_login(make.ambassador(held.discussion))
    calm = make.held(held.discussion)
    # Among the most urgent, none is looked for above them.
    Contribution.objects.update(urgency=Urgency.URGENT)
    client.get(url_of(held))
    work = []
    for contribution in (calm, held):
        with counted() as asked:
            client.get(url_of(contribution))
        work.append(asked.queries)
    assert work[1] == work[0] + 1


def test_ambassador_reads_that_the_marks_were_left_in(screen, held):
    assert "liet ze staan" not in screen().get_text()
    held.revisions.update(marks_seen=True)
    assert "liet ze staan" in screen().get_text()


def test_script_for_handing_over_opens_where_something_was_heard(client, make, screen, held):
    assert not screen().select_one("details.gw-hand-over").has_attr("open")
    told = make.held(held.discussion, text="Ik wil niet meer leven, en niemand weet het.")
    page = BeautifulSoup(client.get(url_of(told)).content, "html.parser")
    assert page.select_one("details.gw-hand-over").has_attr("open")
    assert "wanhoop" in page.select_one("details.gw-hand-over").get_text()


def test_hand_over_is_a_reason_that_publishes_nothing(client, screen, held):
    data = {"action": "publish", "version": held.version, "reason": "hand_over", "words": ""}
    assert client.post(url_of(held), data).status_code == 422
    held.refresh_from_db()
    assert held.state == State.HELD
    assert client.post(url_of(held), data | {"action": "return", "words": "Zo."}).status_code == 302
    held.refresh_from_db()
    assert (held.state, held.display) == (State.RETURNED, "nothing")


# --- the report ------------------------------------------------------------------------------


@pytest.mark.parametrize(("may", "status"), [(True, 200), (False, 302)])
def test_report_is_for_those_who_may(client, make, may, status):
    CheckPrecision.objects.create(
        check_code="traceable", kind="municipality", agreed=5, disagreed=15
    )
    reader = make.user()
    codes = ["access_admin"] + ["view_checkprecision"] * may
    reader.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client.force_login(reader)
    response = client.get(reverse("goedwerk_precision"))
    assert response.status_code == status
    assert ("plaats of streek" in response.text) == may
    assert ("adviseert alleen nog" in response.text) == may
    assert (reverse("goedwerk_precision") in client.get(reverse("wagtailadmin_home")).text) == may


def test_report_can_be_taken_along(client, make):
    CheckPrecision.objects.create(check_code="links", agreed=1, disagreed=3)
    client.force_login(make.user(is_superuser=True, is_staff=True))
    response = client.get(reverse("goedwerk_precision"), {"export": "csv"})
    assert "links,,1,3,25" in response.getvalue().decode()
