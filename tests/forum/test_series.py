"""Circles that belong together: begun, joined, shown without telling, reported on, let go."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

import circles as rings
import guides
import together_in_series as together
from goedwerk_forum import series as reading
from goedwerk_forum.actions import circles as circle_actions
from goedwerk_forum.actions import series as actions
from goedwerk_forum.errors import (
    IllegalTransition,
    InAnotherSeries,
    InvitationGone,
    NoLinkLeft,
    NotFound,
    ReportChanged,
    SeriesChanged,
    SeriesFull,
    Traceable,
)
from goedwerk_forum.models import (
    AuditRecord,
    Circle,
    Discussion,
    Membership,
    Participant,
    Series,
    SeriesInvitation,
)
from goedwerk_forum.models.series import REPORT_LENGTH

pytestmark = pytest.mark.django_db
NAMED = "Jan de Vries uit Zoetermeer zei het als eerste."


@pytest.fixture
def two():
    """Two circles in one series, with one member each."""
    first = rings.circle(name="De eerste kring")
    series = together.begun(first)
    second = together.joined(series, name="De tweede kring")
    return series, rings.fresh(first), second


def url_of(name, series):
    return reverse(f"goedwerk_forum:{name}", args=[series.public_id])


def body(answer):
    return answer.content.decode()


def acts_on(found):
    records = AuditRecord.objects.filter(object_id=found.uuid).order_by("pk")
    return list(records.values_list("action", flat=True))


# --- beginning and joining -----------------------------------------------------------------------


def test_a_guide_begins_a_series_from_her_circle(client):
    circle = rings.circle()
    client.force_login(rings.guide_of(circle))
    url = reverse("goedwerk_forum:series_new", args=[circle.uuid])
    guide_page = reverse("goedwerk_forum:circle_guide", args=[circle.uuid])
    assert url in body(client.get(guide_page))
    answer = client.post(url, {"series_name": together.TITLE, "purpose": together.PURPOSE})
    series = Series.objects.get()
    assert answer["Location"] == f"{url_of('series', series)}?klaar=begonnen"
    circle = rings.fresh(circle)
    assert (circle.series, circle.series_place) == (series, 1)
    assert acts_on(circle)[-1] == "series"
    assert url_of("series", series) in body(client.get(guide_page))
    assert client.get(url)["Location"] == url_of("series", series)


def test_pressed_twice_a_series_is_begun_once(client):
    circle = rings.circle()
    client.force_login(rings.guide_of(circle))
    url = reverse("goedwerk_forum:series_new", args=[circle.uuid])
    typed = {"series_name": together.TITLE, "purpose": together.PURPOSE}
    first, again = (client.post(url, typed) for _time in range(2))
    assert first.status_code == 302
    assert again["Location"] == first["Location"]
    assert Series.objects.count() == 1
    assert acts_on(circle).count("series") == 1


@pytest.mark.parametrize("who", ["a member", "another guide"])
def test_nobody_else_begins_one(who):
    circle = rings.circle()
    user = rings.member(circle) if who == "a member" else guides.may_guide()
    words = actions.SeriesWords(together.TITLE, together.PURPOSE)
    with pytest.raises(NotFound):
        actions.begin(user=user, uuid=circle.uuid, words=words)
    assert not Series.objects.exists()


def test_what_was_typed_stands_beside_its_errors(client):
    circle = rings.circle()
    client.force_login(rings.guide_of(circle))
    url = reverse("goedwerk_forum:series_new", args=[circle.uuid])
    answer = client.post(url, {"series_name": "Zoals ik het noem", "purpose": NAMED})
    assert answer.status_code == 422
    assert "Zoals ik het noem" in body(answer)
    assert NAMED in body(answer)
    assert not Series.objects.exists()


def test_no_name_stands_in_the_words_of_a_series():
    circle = rings.circle()
    with pytest.raises(Traceable):
        together.begun(circle, purpose=NAMED)
    assert not Series.objects.exists()


def test_a_closed_circle_begins_and_joins_nothing():
    circle, series = rings.circle(), together.begun()
    secret = together.link(series)
    guide = rings.guide_of(circle)
    circle_actions.close(user=guide, uuid=circle.uuid)
    with pytest.raises(IllegalTransition):
        together.begun(circle)
    with pytest.raises(IllegalTransition):
        actions.join(user=guide, secret=secret, uuid=circle.uuid)
    assert rings.fresh(circle).series_id is None


def test_a_guide_lets_her_circle_join_by_a_link_shown_once(client):
    series = together.begun()
    client.force_login(together.guide_of(series))
    in_a_week = (timezone.localdate() + datetime.timedelta(days=7)).isoformat()
    answer = client.post(url_of("series_invite", series), {"expires_on": in_a_week})
    link = answer.context["link"]
    assert link in body(answer)
    assert link not in body(client.get(url_of("series_invite", series)))
    assert link.split("/")[-2] not in str(SeriesInvitation.objects.values())
    other = rings.circle(name="De tweede kring")
    client.force_login(rings.guide_of(other))
    shown = client.get(link)
    assert together.TITLE in body(shown)
    assert "De tweede kring" in body(shown)
    joined = client.post(link, {"choice": other.uuid})
    assert joined["Location"] == f"{url_of('series', series)}?klaar=erbij"
    assert rings.fresh(other).series_place == 2
    assert client.get(link).status_code == 404
    assert not SeriesInvitation.objects.exists()


def test_pressed_twice_a_circle_joins_once(client):
    series, other = together.begun(), rings.circle()
    client.force_login(rings.guide_of(other))
    link = reverse("goedwerk_forum:series_invitation", args=[together.link(series)])
    first, again = (client.post(link, {"choice": other.uuid}) for _time in range(2))
    assert first["Location"] == f"{url_of('series', series)}?klaar=erbij"
    assert again["Location"] == first["Location"]
    assert acts_on(other).count("series_join") == 1


@pytest.mark.parametrize("chosen", ["nothing", "one in no series", "one of others", "no address"])
def test_a_used_link_stays_nothing_to_who_did_not_use_it(client, chosen):
    series, others, hers = together.begun(), rings.circle(), rings.circle()
    secret = together.link(series)
    actions.join(user=rings.guide_of(others), secret=secret, uuid=others.uuid)
    sent = {
        "nothing": {},
        "one in no series": {"choice": hers.uuid},
        "one of others": {"choice": others.uuid},
        "no address": {"choice": "x\0y"},
    }[chosen]
    client.force_login(rings.guide_of(hers))
    answer = client.post(reverse("goedwerk_forum:series_invitation", args=[secret]), sent)
    assert answer.status_code == 404
    assert rings.fresh(hers).series_id is None


def test_a_link_is_nothing_to_who_guides_nothing(client, make):
    series = together.begun()
    link = reverse("goedwerk_forum:series_invitation", args=[together.link(series)])
    client.force_login(make.user())
    answer = client.get(link)
    assert answer.status_code == 404
    assert together.TITLE not in body(answer)
    client.force_login(guides.may_guide())
    assert "Begin eerst een kring" in body(client.get(link))


def test_a_guide_lets_no_circle_of_others_join():
    series, other = together.begun(), rings.circle()
    secret = together.link(series)
    with pytest.raises(NotFound):
        actions.join(user=together.guide_of(series), secret=secret, uuid=other.uuid)
    assert rings.fresh(other).series_id is None
    assert SeriesInvitation.objects.count() == 1


@pytest.mark.parametrize("why", ["too old", "revoked", "nobody is left", "invented"])
def test_a_link_that_works_no_more(why, client):
    series, other = together.begun(), rings.circle()
    first, guide = series.circles.get(), together.guide_of(series)
    secret = together.link(series)
    if why == "too old":
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        SeriesInvitation.objects.update(expires_on=yesterday)
    elif why == "revoked":
        client.force_login(guide)
        public_id = SeriesInvitation.objects.get().public_id
        client.post(url_of("series_invite", series), {"uitnodiging": public_id})
    elif why == "nobody is left":
        actions.leave(user=guide, uuid=first.uuid)
    else:
        secret = "verzonnen"
    with pytest.raises(InvitationGone):
        actions.join(user=rings.guide_of(other), secret=secret, uuid=other.uuid)
    assert rings.fresh(other).series_id is None


def test_a_circle_is_in_one_series(client):
    series, other = together.begun(), rings.circle()
    elsewhere = together.begun(other)
    client.force_login(rings.guide_of(other))
    link = reverse("goedwerk_forum:series_invitation", args=[together.link(series)])
    answer = client.post(link, {"choice": other.uuid})
    assert answer.status_code == 409
    assert str(InAnotherSeries.message) in body(answer)
    assert rings.fresh(other).series_id == elsewhere.pk
    assert SeriesInvitation.objects.count() == 1
    with pytest.raises(InAnotherSeries):
        together.begun(other, purpose="Iets heel anders.")


def test_a_link_whose_last_day_is_over_is_not_listed(client):
    series = together.begun()
    together.link(series)
    client.force_login(together.guide_of(series))
    url = url_of("series_invite", series)
    for days, listed in ((0, True), (1, False)):
        last = timezone.localdate() - datetime.timedelta(days=days)
        SeriesInvitation.objects.update(expires_on=last)
        assert ("Links die nog werken" in body(client.get(url))) == listed


def test_no_more_links_than_circles_may_be(monkeypatch, client):
    monkeypatch.setattr(reading, "MOST_CIRCLES", 2)
    series = together.begun()
    together.link(series)
    client.force_login(together.guide_of(series))
    today = timezone.localdate().isoformat()
    refused = client.post(url_of("series_invite", series), {"expires_on": today})
    assert refused.status_code == 409
    assert "Er horen 2 kringen bij dit traject, of er zijn zoveel links uit." in body(refused)
    assert SeriesInvitation.objects.count() == 1
    with pytest.raises(NoLinkLeft):
        together.link(series)


def test_no_more_circles_than_may_be(monkeypatch):
    monkeypatch.setattr(reading, "MOST_CIRCLES", 2)
    series = together.begun()
    secret = together.link(series)
    SeriesInvitation.objects.update(expires_on=timezone.localdate())
    together_other = rings.circle()
    Circle.objects.filter(pk=rings.circle().pk).update(series=series, series_place=2)
    with pytest.raises(SeriesFull):
        actions.join(user=rings.guide_of(together_other), secret=secret, uuid=together_other.uuid)
    assert rings.fresh(together_other).series_id is None


def test_a_guide_takes_her_circle_out_again(two, client):
    series, _first, second = two
    guide = rings.guide_of(second)
    client.force_login(guide)
    url = reverse("goedwerk_forum:series_leave", args=[second.uuid])
    assert "laatste kring" not in body(client.get(url))
    answer = client.post(url)
    assert answer.status_code == 302
    assert rings.fresh(second).series_id is None
    assert acts_on(second)[-1] == "series_leave"
    assert client.get(url_of("series", series)).status_code == 404
    assert together.joined(series).series_place == 2
    assert client.post(url).status_code == 302  # pressed twice


def test_the_last_circle_is_told_what_goes_with_it(client):
    series = together.begun()
    client.force_login(together.guide_of(series))
    circle = series.circles.get()
    answer = client.get(reverse("goedwerk_forum:series_leave", args=[circle.uuid]))
    assert "laatste kring" in body(answer)


# --- the page ------------------------------------------------------------------------------------


def test_one_sees_her_own_circle_by_name_and_others_by_number(two, client):
    series, first, second = two
    member = rings.member(first)
    for reader in (member, rings.guide_of(first)):
        client.force_login(reader)
        answer = client.get(url_of("series", series))
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        text = body(answer)
        assert "De eerste kring" in text
        assert reverse("goedwerk_forum:circle", args=[first.uuid]) in text
        assert "Kring 2" in text
        for secret in ("De tweede kring", second.uuid, rings.TITLES[0], rings.ABOUT):
            assert secret not in text


@pytest.mark.parametrize("who", ["stranger", "left", "guide elsewhere", "superuser", "removed"])
def test_it_is_not_there_for_others(two, who, client, make):
    series, first, _second = two
    member = rings.member(first)
    client.force_login(member)
    assert client.get(url_of("series", series)).status_code == 200
    user = {
        "stranger": make.user,
        "left": lambda: member,
        "removed": lambda: member,
        "guide elsewhere": lambda: rings.guide_of(rings.circle()),
        "superuser": lambda: make.user(is_superuser=True),
    }[who]()
    if who in ("left", "removed"):
        state = Membership.LEFT if who == "left" else Membership.REMOVED
        Participant.objects.filter(discussion=first.discussion).update(membership=state)
    client.force_login(user)
    for name in ("series", "series_change", "series_invite", "series_report", "series_release"):
        assert client.get(url_of(name, series)).status_code == 404
        assert client.post(url_of(name, series), {"text": "x"}).status_code in (404, 405)


def test_a_member_has_no_tool(two, client):
    series, first, _second = two
    client.force_login(rings.member(first))
    page = body(client.get(url_of("series", series)))
    for name in (
        "series_change",
        "series_invite",
        "series_report",
        "series_release",
        "series_take_back",
    ):
        url = url_of(name, series)
        assert url not in page
        assert client.get(url).status_code == 404
        assert client.post(url, {"text": "Van een lid", "version": ""}).status_code == 404
    series.refresh_from_db()
    assert (series.draft, series.title) == ("", together.TITLE)


def test_how_far_each_circle_is_in_words_and_a_bar(client):
    first = rings.circle(sessions=4, first=-10)
    Circle.objects.filter(pk=first.pk).update(state=Circle.State.RUNNING)
    series = together.begun(first)
    gathering = together.joined(series)
    ended = together.joined(series)
    circle_actions.close(user=rings.guide_of(ended), uuid=ended.uuid)
    client.force_login(rings.guide_of(first))
    text = body(client.get(url_of("series", series)))
    assert "2 van 4 bijeenkomsten geweest" in text
    assert '<progress class="gw-progress" value="2" max="4"' in text
    assert "Nog niet begonnen; 2 bijeenkomsten gepland" in text
    assert "Afgerond." in text
    assert gathering.series_place == 2


def test_a_circle_that_nobody_reads_any_more_is_not_shown(two, client):
    series, first, second = two
    long_ago = timezone.localdate() - datetime.timedelta(days=31)
    Discussion.objects.filter(pk=second.discussion_id).update(closes_on=long_ago)
    client.force_login(rings.guide_of(first))
    assert "Kring 2" not in body(client.get(url_of("series", series)))
    client.force_login(rings.guide_of(second))
    assert client.get(url_of("series", series)).status_code == 404


def test_pages_of_circles_lead_to_it(two, client):
    series, first, _second = two
    member = rings.member(first)
    url = url_of("series", series)
    client.force_login(member)
    assert url in body(client.get(reverse("goedwerk_forum:circles")))
    assert url in body(client.get(reverse("goedwerk_forum:circle", args=[first.uuid])))
    client.force_login(rings.guide_of(first))
    assert url in body(client.get(reverse("goedwerk_forum:circles")))


def test_the_page_asks_the_same_few_questions(two, django_assert_num_queries):
    series, first, _second = two
    member, guide = rings.member(first), rings.guide_of(first)
    together.joined(series)
    member.refresh_from_db()
    with django_assert_num_queries(3):
        reading.open_series(member, series.public_id)
    together.joined(series)
    again = type(member).objects.get(pk=member.pk)
    with django_assert_num_queries(3):
        reading.open_series(again, series.public_id)
    with django_assert_num_queries(3):
        reading.open_series(guide, series.public_id)


# --- the report ----------------------------------------------------------------------------------


def test_only_guides_read_the_draft(two, client):
    series, first, second = two
    together.written(series)
    for guide in (rings.guide_of(first), rings.guide_of(second)):
        client.force_login(guide)
        assert together.REPORT in body(client.get(url_of("series_report", series)))
        assert together.REPORT not in body(client.get(url_of("series", series)))
    client.force_login(rings.member(first))
    assert together.REPORT not in body(client.get(url_of("series", series)))
    assert client.get(url_of("series_report", series)).status_code == 404


def test_a_guide_of_another_circle_writes_on(two, client):
    series, _first, second = two
    together.written(series)
    client.force_login(rings.guide_of(second))
    shown = client.get(url_of("series_report", series)).context
    typed = {"text": "Van de tweede begeleider.", "version": shown["version"]}
    answer = client.post(url_of("series_report", series), typed)
    assert answer["Location"] == f"{url_of('series_report', series)}?klaar=verslag"
    assert "Leden lezen het pas als je het vrijgeeft" in body(client.get(answer["Location"]))
    series.refresh_from_db()
    assert series.draft == "Van de tweede begeleider."
    assert acts_on(second)[-1] == "series_draft"


def test_a_draft_that_shows_what_is_no_longer_so_does_not_win(two, client):
    series, first, _second = two
    client.force_login(rings.guide_of(first))
    url = url_of("series_report", series)
    shown = client.get(url).context
    together.written(series, "Van mijn collega.")
    typed = {"text": "Zoals ik het typte.", "version": shown["version"]}
    refused = client.post(url, typed)
    assert refused.status_code == 409
    for text in ("Zoals ik het typte.", "Van mijn collega."):
        assert text in body(refused)
    series.refresh_from_db()
    assert series.draft == "Van mijn collega."
    again = client.post(url, typed | {"version": refused.context["version"]})
    assert again.status_code == 302
    series.refresh_from_db()
    assert series.draft == "Zoals ik het typte."


def test_a_form_with_an_error_keeps_the_version_it_showed(two, client):
    series, first, _second = two
    client.force_login(rings.guide_of(first))
    url = url_of("series_report", series)
    version = client.get(url).context["version"]
    together.written(series, "Van mijn collega.")
    refused = client.post(url, {"text": NAMED, "version": version})
    assert refused.status_code == 422
    assert NAMED in body(refused)
    assert refused.context["version"] == version


@pytest.mark.parametrize("text", [NAMED, "x" * (REPORT_LENGTH + 1)])
def test_a_report_that_names_somebody_or_is_too_long_comes_back(two, client, text):
    series, first, _second = two
    client.force_login(rings.guide_of(first))
    typed = {"text": text, "version": series.draft_mark}
    answer = client.post(url_of("series_report", series), typed)
    assert answer.status_code == 422
    assert text in body(answer)
    series.refresh_from_db()
    assert series.draft == ""


def test_a_guide_releases_what_she_saw(two, client):
    series, first, second = two
    together.written(series)
    client.force_login(rings.guide_of(second))
    url = url_of("series_release", series)
    shown = client.get(url)
    assert together.REPORT in body(shown)
    answer = client.post(url, {"version": series.draft_mark})
    assert answer["Location"] == f"{url_of('series', series)}?klaar=vrij"
    assert acts_on(second)[-1] == "series_release"
    client.force_login(rings.member(first))
    assert together.REPORT in body(client.get(url_of("series", series)))


def test_what_changed_meanwhile_is_not_released(two, client):
    series, first, _second = two
    together.written(series)
    seen = series.draft_mark
    together.written(series, "Nog niet klaar.")
    client.force_login(rings.guide_of(first))
    answer = client.post(url_of("series_release", series), {"version": seen})
    assert answer.status_code == 409
    assert "Nog niet klaar." in body(answer)
    series.refresh_from_db()
    assert (series.report, series.released_on) == ("", None)
    again = client.post(url_of("series_release", series), {"version": series.draft_mark})
    assert again.status_code == 302


def test_nothing_is_released_where_nothing_is_written(two):
    series, first, _second = two
    with pytest.raises(IllegalTransition):
        actions.release(
            user=rings.guide_of(first), public_id=series.public_id, seen=series.draft_mark
        )


def test_what_is_written_after_a_release_is_not_read(two, client):
    series, first, _second = two
    together.released(series)
    together.written(series, "Een nieuwe alinea.")
    client.force_login(rings.member(first))
    text = body(client.get(url_of("series", series)))
    assert together.REPORT in text
    assert "Een nieuwe alinea." not in text


@pytest.mark.parametrize("draft", ["Een nieuwe alinea.", ""])
def test_a_report_that_is_taken_back_stays_with_the_guides(two, client, draft):
    series, first, _second = two
    together.released(series)
    together.written(series, draft)
    client.force_login(rings.guide_of(first))
    url = url_of("series_take_back", series)
    page = client.get(url)
    assert page.status_code == 200
    assert ("De versie die nu vrijgegeven is, gaat weg" in body(page)) == bool(draft)
    assert ("De tekst blijft bewaard" in body(page)) != bool(draft)
    assert client.post(url).status_code == 302
    series.refresh_from_db()
    assert (series.report, series.released_on) == ("", None)
    assert series.draft == (draft or together.REPORT)
    assert acts_on(first)[-1] == "series_take_back"
    client.force_login(rings.member(first))
    assert together.REPORT not in body(client.get(url_of("series", series)))


def test_a_guide_whose_circle_went_writes_no_more(two):
    series, _first, second = two
    guide = rings.guide_of(second)
    actions.leave(user=guide, uuid=second.uuid)
    with pytest.raises(NotFound):
        actions.write(
            user=guide, public_id=series.public_id, text="Toch nog.", seen=series.draft_mark
        )
    series.refresh_from_db()
    assert series.draft == ""


def test_what_she_typed_comes_back_when_her_circle_went(two, client):
    series, _first, second = two
    client.force_login(rings.guide_of(second))
    actions.leave(user=rings.guide_of(second), uuid=second.uuid)
    answer = client.post(url_of("series_report", series), {"text": "Al een uur aan gewerkt."})
    assert answer.status_code == 404
    assert "Al een uur aan gewerkt." in body(answer)


def test_two_guides_at_one_name(two, client):
    series, first, second = two
    url = url_of("series_change", series)
    client.force_login(rings.guide_of(first))
    version = client.get(url).context["version"]
    theirs = actions.SeriesWords("Van mijn collega", together.PURPOSE)
    actions.change(
        user=rings.guide_of(second),
        public_id=series.public_id,
        words=theirs,
        seen=series.words_mark,
    )
    typed = {"series_name": "Van mij", "purpose": together.PURPOSE, "version": version}
    refused = client.post(url, typed)
    assert refused.status_code == 409
    assert refused.context["error"].code == SeriesChanged.code
    assert "Van mij" in body(refused)
    series.refresh_from_db()
    assert series.title == "Van mijn collega"
    again = client.post(url, typed | {"version": refused.context["version"]})
    assert again.status_code == 302
    series.refresh_from_db()
    assert series.title == "Van mij"


# --- letting go ----------------------------------------------------------------------------------


def test_a_series_goes_with_its_last_circle(two):
    series, first, second = two
    together.released(series)
    together.link(series)
    assert actions.forget_ended() == 0
    actions.leave(user=rings.guide_of(second), uuid=second.uuid)
    assert actions.forget_ended() == 0
    long_ago = timezone.localdate() - datetime.timedelta(days=31)
    Discussion.objects.filter(pk=first.discussion_id).update(closes_on=long_ago)
    assert actions.forget_ended() == 1
    assert not Series.objects.exists()
    assert not SeriesInvitation.objects.exists()
    assert rings.fresh(first).series_place is None


def test_old_invitations_go():
    series = together.begun()
    together.link(series)
    assert actions.forget_invitations() == 0
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    SeriesInvitation.objects.update(expires_on=yesterday)
    assert actions.forget_invitations() == 1
    assert not SeriesInvitation.objects.exists()


# --- what the database refuses -------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong", ["a place twice", "a place without a series", "a series without a place", "place 0"]
)
def test_a_place_is_of_one_circle_in_one_series(two, wrong):
    _series, first, _second = two
    change = {
        "a place twice": {"series_place": 2},
        "a place without a series": {"series": None},
        "a series without a place": {"series_place": None},
        "place 0": {"series_place": 0},
    }[wrong]
    with pytest.raises(IntegrityError), transaction.atomic():
        Circle.objects.filter(pk=first.pk).update(**change)
    assert rings.fresh(first).series_place == 1


@pytest.mark.parametrize(
    "wrong", [{"report": "Zomaar."}, {"released_on": datetime.date(2026, 1, 1)}]
)
def test_a_report_that_is_read_has_its_day(wrong):
    series = together.begun()
    with pytest.raises(IntegrityError), transaction.atomic():
        Series.objects.filter(pk=series.pk).update(**wrong)


def test_release_says_who_wrote_meanwhile():
    series = together.written(together.begun())
    with pytest.raises(ReportChanged):
        actions.release(user=together.guide_of(series), public_id=series.public_id, seen="anders")
