"""A circle: planned, joined, agreed on, come to, left, taken out of, closed."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page

import circles as rings
import guides
from goedwerk_forum import access, circles, own_file
from goedwerk_forum.actions import circle_members, letting_go, own
from goedwerk_forum.actions import circles as actions
from goedwerk_forum.actions.circle_members import Ground
from goedwerk_forum.circle_forms import PlanForm, key_of_page
from goedwerk_forum.errors import (
    CircleFull,
    CircleTooSmall,
    GuideOfCircle,
    HeldBack,
    IllegalTransition,
    InvitationGone,
    NotAllowed,
    NotFound,
    NotMember,
    Traceable,
)
from goedwerk_forum.identity import links
from goedwerk_forum.models import (
    AuditRecord,
    Circle,
    CircleInvitation,
    CircleMark,
    CircleRemoval,
    CircleSession,
    CirclesPage,
    Contribution,
    Discussion,
    Membership,
    Participant,
)
from goedwerk_forum.models.circles import SHEET_LENGTH

pytestmark = pytest.mark.django_db


@pytest.fixture
def gathering():
    return rings.circle()


@pytest.fixture
def running():
    return rings.running()


def acts_on(found):
    records = AuditRecord.objects.filter(object_id=found.uuid).order_by("pk")
    return list(records.values_list("action", flat=True))


# --- planning ------------------------------------------------------------------------------------


def test_a_guide_plans_a_circle_with_sessions_in_a_row(gathering):
    sessions = list(gathering.sessions.select_related("discussion"))
    assert [session.title for session in sessions] == list(rings.TITLES[:2])
    assert all(session.discussion.branch_of_id == gathering.discussion_id for session in sessions)
    assert sessions[1].discussion.opens_on == sessions[1].day
    assert not any(session.discussion.is_enabled for session in sessions)
    assert acts_on(gathering) == ["circle"]


def test_who_may_not_guide_makes_none(make):
    with pytest.raises(NotAllowed):
        actions.make(user=make.user(), plan=rings.plan(guides.may_guide()))
    assert not Circle.objects.exists()


@pytest.mark.parametrize("second", ["herself", "no guide"])
def test_a_circle_has_two_guides(make, second):
    guide = guides.may_guide()
    other = guide if second == "herself" else make.user()
    with pytest.raises(NotAllowed):
        actions.make(user=guide, plan=rings.plan(other))
    assert not Circle.objects.exists()


def test_no_name_stands_in_the_words_of_a_circle():
    plan = rings.plan(guides.may_guide(), about="Over wat Jan de Vries in Zoetermeer deed.")
    with pytest.raises(Traceable):
        actions.make(user=guides.may_guide(), plan=plan)
    assert not Circle.objects.exists()


def test_all_circles_hang_under_one_page_that_says_nothing(gathering):
    rings.circle()
    page = CirclesPage.objects.get()
    assert page.title == "Kring"
    assert page.get_children().count() == 0
    assert page.url is None


def test_both_guides_change_the_plan(gathering):
    second = gathering.discussion.second_guide
    plan = rings.plan(rings.guide_of(gathering), sessions=3, name="Anders")
    actions.change(user=second, uuid=gathering.uuid, plan=plan)
    changed = rings.fresh(gathering)
    assert changed.name == "Anders"
    assert changed.sessions.count() == 3
    assert {changed.discussion.guide, changed.discussion.second_guide} == {
        rings.guide_of(gathering),
        second,
    }


def test_plan_of_a_guide_who_saw_another_is_given_back(gathering, client):
    guide, second = rings.guide_of(gathering), gathering.discussion.second_guide
    url = reverse("goedwerk_forum:circle_plan", args=[gathering.uuid])
    client.force_login(guide)
    shown = client.get(url).context
    typed = {name: shown["form"][name].value() or "" for name in shown["form"].fields}
    typed |= {"name": "Zoals ik het typte", "version": shown["version"]}
    plan = rings.plan(guide, sessions=2, name="Van mijn collega")
    actions.change(user=second, uuid=gathering.uuid, plan=plan)
    refused = client.post(url, typed)
    assert refused.status_code == 409
    assert refused.context["error"].code == "plan_changed"
    assert rings.fresh(gathering).name == "Van mijn collega"
    assert refused.context["form"]["name"].value() == "Zoals ik het typte"
    again = client.post(url, typed | {"version": refused.context["version"]})
    assert again.status_code == 302
    assert rings.fresh(gathering).name == "Zoals ik het typte"


@pytest.mark.parametrize("wrong", [{"about": ""}, {"second_guide": ""}])
def test_mistake_in_a_plan_does_not_undo_what_a_colleague_did(gathering, client, wrong):
    guide, second = rings.guide_of(gathering), gathering.discussion.second_guide
    url = reverse("goedwerk_forum:circle_plan", args=[gathering.uuid])
    client.force_login(guide)
    shown = client.get(url).context
    typed = {name: shown["form"][name].value() or "" for name in shown["form"].fields}
    typed |= {"name": "Zoals ik het typte", "version": shown["version"]}
    actions.change(user=second, uuid=gathering.uuid, plan=rings.plan(guide, name="Van een ander"))
    again = client.post(url, typed | wrong)
    assert again.status_code == 422
    mended = client.post(url, typed | {"version": again.context["version"]})
    assert mended.status_code == 409
    assert rings.fresh(gathering).name == "Van een ander"


def test_session_about_a_page_that_has_a_translation(make):
    here = make.story(title="Het dossier")
    english, _made = Locale.objects.get_or_create(language_code="en")
    there = make.story(title="The file")
    Page.objects.filter(pk=there.pk).update(
        translation_key=here.translation_key, locale_id=english.pk
    )
    there = Page.objects.get(pk=there.pk)
    form = PlanForm(guides.may_guide())
    keys = {key for key, _title in form["story_1"].field.choices}
    assert {key_of_page(here), key_of_page(there)} <= keys
    second = form.fields["second_guide"].queryset.first() or guides.may_guide()
    said = {
        "name": "Kring",
        "about": "Over wat we zien.",
        "second_guide": second.get_username(),
        "title_1": "Begin",
        "day_1": timezone.localdate().isoformat(),
        "question_1": "Wat zag jij?",
        "story_1": key_of_page(there),
    }
    filled = PlanForm(guides.may_guide(), said)
    assert filled.is_valid(), filled.errors
    assert filled.plan().sessions[0].story.pk == there.pk


def test_sheet_of_a_guide_who_saw_another_is_given_back(gathering, client):
    guide, second = rings.guide_of(gathering), gathering.discussion.second_guide
    session = rings.first_session(gathering).uuid.hex
    url = reverse("goedwerk_forum:circle_sheet", args=[session])
    client.force_login(guide)
    version = client.get(url).context["version"]
    actions.write_sheet(user=second, uuid=session, text="Begin met stilte.")
    mine = {"text": "Begin met koffie.", "version": version}
    refused = client.post(url, mine)
    assert refused.status_code == 409
    assert refused.context["error"].code == "sheet_changed"
    page = refused.content.decode()
    assert "Begin met stilte." in page
    assert "Begin met koffie." in page
    assert refused.context["sheet"] == "Begin met stilte."
    together = {"text": "Stilte, dan koffie.", "version": refused.context["version"]}
    assert client.post(url, together).status_code == 302
    assert client.get(url).context["sheet"] == "Stilte, dan koffie."


def test_mistake_on_a_sheet_does_not_undo_what_a_colleague_did(gathering, client):
    guide, second = rings.guide_of(gathering), gathering.discussion.second_guide
    session = rings.first_session(gathering).uuid.hex
    url = reverse("goedwerk_forum:circle_sheet", args=[session])
    client.force_login(guide)
    version = client.get(url).context["version"]
    actions.write_sheet(user=second, uuid=session, text="Begin met stilte.")
    again = client.post(url, {"text": "x" * (SHEET_LENGTH + 1), "version": version})
    assert again.status_code == 422
    mended = {"text": "Begin met koffie.", "version": again.context["version"]}
    assert client.post(url, mended).status_code == 409
    assert client.get(url).context["sheet"] == "Begin met stilte."


def test_sheet_that_comes_back_still_knows_what_it_was_typed_against(gathering, client):
    session = rings.first_session(gathering).uuid.hex
    url = reverse("goedwerk_forum:circle_sheet", args=[session])
    client.post(url, {"text": "Begin met koffie.", "version": "van-toen"})
    client.force_login(rings.guide_of(gathering))
    assert client.get(url).context["version"] == "van-toen"


def test_who_guides_another_circle_changes_nothing_here(gathering):
    other = rings.guide_of(rings.circle())
    with pytest.raises(NotFound):
        actions.change(user=other, uuid=gathering.uuid, plan=rings.plan(guides.may_guide()))
    assert rings.fresh(gathering).name == rings.NAME


# --- invitations ---------------------------------------------------------------------------------


def test_an_invitation_is_kept_as_a_hash_only(gathering):
    secret = rings.link(gathering, 3)
    kept = CircleInvitation.objects.get()
    assert secret not in kept.digest
    assert kept.uses_left == 3
    assert circle_members.invitation_of(secret) == kept


def test_no_more_places_are_given_than_there_are(gathering):
    rings.link(gathering, 8)
    with pytest.raises(CircleFull):
        rings.link(gathering, 4)
    rings.link(gathering, 3)
    assert circle_members.places_to_give(gathering) == 0


def test_an_invitation_counts_down_and_goes_with_its_last_place(gathering, make):
    secret = rings.link(gathering, 2)
    rings.sit_down(gathering, make.user(), secret)
    assert CircleInvitation.objects.get().uses_left == 1
    rings.sit_down(gathering, make.user(), secret)
    assert not CircleInvitation.objects.exists()
    with pytest.raises(InvitationGone):
        rings.sit_down(gathering, make.user(), secret)
    assert circles.members_of(gathering).count() == 2


def test_an_old_invitation_invites_nobody(gathering, make, client):
    secret = rings.link(gathering)
    client.force_login(rings.guide_of(gathering))
    page = reverse("goedwerk_forum:circle_guide", args=[gathering.uuid])
    assert len(client.get(page).context["invitations"]) == 1
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    CircleInvitation.objects.update(expires_on=yesterday)
    with pytest.raises(InvitationGone):
        rings.sit_down(gathering, make.user(), secret)
    assert not circles.members_of(gathering).exists()
    assert client.get(page).context["invitations"] == []
    assert circle_members.forget_invitations() == 1


def test_a_revoked_invitation_invites_nobody(gathering, make):
    secret = rings.link(gathering)
    public_id = CircleInvitation.objects.get().public_id
    outsider = rings.guide_of(rings.circle())
    with pytest.raises(NotFound):
        circle_members.revoke(user=outsider, uuid=gathering.uuid, public_id=public_id)
    assert CircleInvitation.objects.filter(public_id=public_id).exists()
    circle_members.revoke(user=rings.guide_of(gathering), uuid=gathering.uuid, public_id=public_id)
    with pytest.raises(InvitationGone):
        rings.sit_down(gathering, make.user(), secret)
    assert not circles.members_of(gathering).exists()


def test_a_member_who_opens_her_link_again_takes_no_place(gathering, make):
    secret, who = rings.link(gathering, 2), make.user()
    rings.sit_down(gathering, who, secret)
    rings.sit_down(gathering, who, secret)
    assert CircleInvitation.objects.get().uses_left == 1


def test_a_guide_is_no_member_of_her_own_circle(gathering):
    with pytest.raises(GuideOfCircle):
        rings.sit_down(gathering, rings.guide_of(gathering), rings.link(gathering))
    assert not circles.members_of(gathering).exists()


def test_who_was_excluded_does_not_come_in(gathering, make, monkeypatch):
    from goedwerk_forum.identity.standing import Held
    from goedwerk_forum.transitions import Measure

    held = Held(Measure.EXCLUDE, timezone.localdate(), "conduct")
    monkeypatch.setattr(access, "held_back", lambda *_asked: held)
    with pytest.raises(HeldBack):
        rings.sit_down(gathering, make.user(), rings.link(gathering))
    assert not circles.members_of(gathering).exists()


def test_nobody_joins_a_circle_by_the_road_of_other_discussions(running, make):
    found, _people = running
    with pytest.raises(NotMember):
        make.participant(found.discussion)
    with pytest.raises(NotMember):
        make.participant(found.discussion, rings.guide_of(found))


# --- members -------------------------------------------------------------------------------------


def test_it_starts_with_six(gathering):
    for _one in range(5):
        rings.member(gathering)
    with pytest.raises(CircleTooSmall):
        actions.start(user=rings.guide_of(gathering), uuid=gathering.uuid)
    assert not rings.fresh(gathering).discussion.is_enabled
    rings.member(gathering)
    actions.start(user=rings.guide_of(gathering), uuid=gathering.uuid)
    assert rings.fresh(gathering).discussion.is_enabled
    assert rings.first_session(gathering).is_open


def test_a_pseudonym_is_the_same_in_all_sessions_and_unrelated_elsewhere(running, make):
    found, people = running
    who = people[0]
    sessions = Discussion.objects.filter(branch_of=found.discussion).select_related("branch_of")
    here = {links.participant_of(who, session).pk for session in sessions}
    assert here == {links.participant_of(who, found.discussion).pk}
    elsewhere = make.participant(make.discussion(), who)
    member = links.participant_of(who, found.discussion)
    assert member.token != elsewhere.token
    assert member.role_label == ""


def test_what_a_member_says_is_read_at_once_when_a_guide_agrees(running, settings, client):
    settings.GOEDWERK = settings.GOEDWERK | {"RELEASE_EVERY": 60}
    found, people = running
    said = rings.said(rings.first_session(found), people[0])
    assert said.display == "text"
    client.force_login(people[1])
    answer = client.get(rings.first_session(found).url)
    assert rings.SAID in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_readers_of_a_circle_are_told_who_reads_along_there(running, client):
    found, members = running
    client.force_login(members[0])
    page = client.get(reverse("goedwerk_forum:circle", args=[found.uuid])).text
    assert "De twee begeleiders van de kring lezen mee, en verder niemand." in page
    assert "Een ambassadeur leest mee." not in page


@pytest.mark.parametrize("name", ["write", "circle"])
def test_a_form_in_a_circle_promises_what_holds_there(running, client, name):
    found, members = running
    client.force_login(members[0])
    page = client.get(reverse(f"goedwerk_forum:{name}", args=[found.discussion.uuid])).text
    assert "Alleen de leden en de twee begeleiders zien de kring" in page
    assert "Iedereen ziet je schuilnaam" not in page


def test_each_says_yes_to_the_house_rules_once(running):
    found, people = running
    for _press in range(2):
        circle_members.agree(user=people[0], uuid=found.uuid, rules=rings.RULES)
    circle_members.agree(user=people[1], uuid=found.uuid, rules=rings.RULES)
    counted = circles.counted(found, found.discussion)
    assert (str(counted.number), str(counted.total)) == ("twee", "zes")
    assert circles.has_marked(people[0], found.discussion)
    assert not circles.has_marked(people[2], found.discussion)


def test_other_rules_ask_for_another_yes(running):
    found, people = running
    guide = rings.guide_of(found)
    circle_members.agree(user=people[0], uuid=found.uuid, rules=rings.RULES)
    actions.set_rules(user=guide, uuid=found.uuid, text="We luisteren eerst.")
    assert not circles.has_marked(people[0], found.discussion)
    with pytest.raises(IllegalTransition):
        circle_members.agree(user=people[0], uuid=found.uuid, rules=rings.RULES)
    assert not CircleMark.objects.exists()


def test_guides_see_how_many_come_and_nobody_sees_who(running, client):
    found, people = running
    session = rings.first_session(found)
    circle_members.attend(user=people[0], uuid=session.uuid.hex, comes=True)
    circle_members.attend(user=people[1], uuid=session.uuid.hex, comes=True)
    circle_members.attend(user=people[1], uuid=session.uuid.hex, comes=False)
    client.force_login(rings.guide_of(found))
    page = client.get(session.url).content.decode()
    assert "Erbij: één van de zes leden." in page
    client.force_login(people[2])
    page = client.get(session.url).content.decode()
    assert "Erbij:" not in page
    assert "Ik ben erbij" in page
    client.force_login(people[0])
    assert "Je bent erbij." in client.get(session.url).content.decode()


def test_who_said_that_she_comes_is_forgotten_when_the_day_is_over(running):
    found, people = running
    session = rings.first_session(found)
    circle_members.attend(user=people[0], uuid=session.uuid.hex, comes=True)
    assert circle_members.forget_attendance() == 0
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    CircleSession.objects.filter(discussion=session).update(day=yesterday)
    assert circle_members.forget_attendance() == 1


def test_who_leaves_reads_and_writes_no_more_and_keeps_what_she_said(running, client):
    found, people = running
    session = rings.first_session(found)
    said = rings.said(session, people[0])
    circle_members.leave(user=people[0], uuid=found.uuid)
    client.force_login(people[0])
    assert client.get(session.url).status_code == 404
    with pytest.raises(NotMember):
        rings.said(session, people[0])
    assert list(access.own_contributions(people[0])) == [said]
    assert client.get(reverse("goedwerk_forum:own", args=[said.public_id])).status_code == 200


def test_who_left_comes_back_as_who_she_was(running):
    found, people = running
    before = rings.pseudonym_of(found, people[0])
    circle_members.leave(user=people[0], uuid=found.uuid)
    rings.sit_down(found, people[0], rings.link(found))
    assert rings.pseudonym_of(found, people[0]) == before
    assert circles.members_of(found).count() == 6


def test_who_is_taken_out_reads_why_and_does_not_come_back(running, client):
    found, people = running
    ground = Ground("conduct", "Je noemde collega’s bij hun naam, ook na onze vraag.")
    pseudonym = rings.pseudonym_of(found, people[0])
    circle_members.remove(
        user=rings.guide_of(found), uuid=found.uuid, pseudonym=pseudonym, ground=ground
    )
    client.force_login(people[0])
    assert client.get(found.discussion.url).status_code == 404
    own = client.get(reverse("goedwerk_forum:circles")).content.decode()
    assert "ook na onze vraag" in own
    assert "Lees waarom" in client.get(reverse("goedwerk_forum:inbox")).content.decode()
    secret = rings.link(found)
    with pytest.raises(InvitationGone):
        rings.sit_down(found, people[0], secret)
    assert CircleInvitation.objects.get().uses_left == 1
    assert circles.members_of(found).count() == 5


def test_own_file_holds_her_circle_and_why_she_was_taken_out(running):
    found, people = running
    [thing] = own_file.everything(people[0])["other"][0]["things"]
    assert (thing["title"], thing["state"]) == (found.name, "lid")
    circle_members.remove(
        user=rings.guide_of(found),
        uuid=found.uuid,
        pseudonym=rings.pseudonym_of(found, people[0]),
        ground=Ground("conduct", "Je noemde iemand bij naam, ook na onze vraag."),
    )
    [thing] = own_file.everything(people[0])["other"][0]["things"]
    assert "ook na onze vraag" in thing["texts"][0]["text"]
    assert found.name not in str(thing)


def test_who_cuts_her_link_takes_no_place_any_more(running, client):
    found, people = running
    own.cut_link(user=people[0], discussion=found.discussion)
    client.force_login(people[0])
    assert client.get(found.discussion.url).status_code == 404
    assert circles.members_of(found).count() == 5
    client.force_login(rings.guide_of(found))
    guide = reverse("goedwerk_forum:circle_guide", args=[found.uuid])
    assert "minder dan zes leden" in client.get(guide).text


def test_only_her_guides_take_somebody_out(running):
    found, people = running
    ground = Ground("conduct", "Zomaar.")
    pseudonym = rings.pseudonym_of(found, people[0])
    for outsider in (people[1], rings.guide_of(rings.circle())):
        with pytest.raises(NotFound):
            circle_members.remove(
                user=outsider, uuid=found.uuid, pseudonym=pseudonym, ground=ground
            )
    assert circles.members_of(found).count() == 6
    assert not CircleRemoval.objects.exists()


def test_whom_nobody_answers_any_more_is_told_nothing(running):
    found, people = running
    session = rings.first_session(found)
    said = rings.said(session, people[0])
    circle_members.leave(user=people[0], uuid=found.uuid)
    from goedwerk_forum.actions.contributions import Words, contribute
    from goedwerk_forum.forms import new_submission
    from goedwerk_forum.models import Notice
    from goedwerk_forum.outbox.drive import drive

    answer = contribute(
        user=people[1],
        participant=links.participant_of(people[1], session),
        discussion=session,
        words=Words("Daar herken ik veel in, want bij ons ging het net zo.", "ervaring"),
        submission=new_submission(),
        in_reply_to=said,
    )
    drive("moderation")
    answer.refresh_from_db()
    import factories

    factories.judged(answer, by=rings.guide_of(found))
    assert not Notice.objects.filter(event="reply").exists()


# --- preparing and ending ------------------------------------------------------------------------


def test_a_sheet_is_sealed_and_for_two(running, client):
    found, people = running
    session = rings.first_session(found)
    guide, second = found.discussion.guide, found.discussion.second_guide
    actions.write_sheet(user=guide, uuid=session.uuid.hex, text="Begin met stilte.")
    kept = CircleSession.objects.get(discussion=session)
    assert "stilte" not in kept.sealed_sheet
    url = reverse("goedwerk_forum:circle_sheet", args=[session.uuid.hex])
    client.force_login(second)
    assert "Begin met stilte." in client.get(url).content.decode()
    for outsider in (people[0], rings.guide_of(rings.circle())):
        client.force_login(outsider)
        assert client.get(url).status_code == 404
        assert client.post(url, {"text": "Anders."}).status_code == 404
    assert actions.sheet_of(CircleSession.objects.get(pk=kept.pk)) == "Begin met stilte."


def test_what_a_guide_typed_while_the_circle_closed_is_given_back(running, client):
    found, _people = running
    guide, session = rings.guide_of(found), rings.first_session(found)
    actions.close(user=guide, uuid=found.uuid)
    client.force_login(guide)
    sheet = reverse("goedwerk_forum:circle_sheet", args=[session.uuid.hex])
    rules = reverse("goedwerk_forum:circle_guide", args=[found.uuid]) + "?doe=regels"
    for url in (sheet, rules):
        answer = client.post(url, {"text": "Begin met een rondje stilte."})
        assert answer.status_code == 409
        assert "Begin met een rondje stilte.</textarea>" in answer.content.decode()
    assert not CircleSession.objects.exclude(sealed_sheet="").exists()
    assert rings.fresh(found).rules == rings.RULES


def test_closing_ends_everything_and_then_cuts_the_links(running, make, client):
    found, people = running
    guide, session = rings.guide_of(found), rings.first_session(found)
    said = rings.said(session, people[0])
    secret = rings.link(found)
    circle_members.agree(user=people[0], uuid=found.uuid, rules=rings.RULES)
    actions.write_sheet(user=guide, uuid=session.uuid.hex, text="Begin met stilte.")
    actions.close(user=guide, uuid=found.uuid)
    with pytest.raises(InvitationGone):
        rings.sit_down(found, make.user(), secret)
    with pytest.raises(Exception, match="gesloten"):
        rings.said(session, people[0])
    with pytest.raises(IllegalTransition):
        circle_members.agree(user=people[1], uuid=found.uuid, rules=rings.RULES)
    assert not CircleMark.objects.exists()
    assert not CircleSession.objects.exclude(sealed_sheet="").exists()
    client.force_login(people[0])
    assert client.get(session.url).status_code == 200

    long_ago = timezone.localdate() - datetime.timedelta(days=31)
    Discussion.objects.filter(in_circle=True).update(opens_on=None, closes_on=long_ago)
    assert client.get(session.url).status_code == 404
    client.force_login(guide)
    assert client.get(session.url).status_code == 404
    assert letting_go.cut_due_links() == 6
    assert not access.own_contributions(people[0]).filter(pk=said.pk).exists()


def test_a_circle_that_nobody_closes_closes_itself(running):
    found, _people = running
    assert actions.close_ended() == 0
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Discussion.objects.filter(in_circle=True).update(opens_on=None, closes_on=yesterday)
    assert actions.close_ended() == 1
    assert rings.fresh(found).is_closed
    assert actions.close_ended() == 0


def test_a_circle_that_gets_another_session_meanwhile_does_not_close_itself(running, monkeypatch):
    found, _people = running
    today = timezone.localdate()
    homes = Discussion.objects.filter(in_circle=True)
    homes.update(opens_on=None, closes_on=today - datetime.timedelta(days=1))

    def as_a_guide_plans(discussion):
        homes.update(closes_on=today + datetime.timedelta(days=7))
        return discussion

    monkeypatch.setattr(actions, "locked", as_a_guide_plans)
    assert actions.close_ended() == 0
    assert not rings.fresh(found).is_closed
    assert "circle_close" not in acts_on(found)


def test_days_at_the_end_of_the_calendar_break_no_page(running, client):
    found, people = running
    last = datetime.date.max
    planned = rings.plan(found.discussion.second_guide)
    assert replace(planned, sessions=[replace(planned.sessions[0], day=last)]).last_day == last
    Discussion.objects.filter(in_circle=True).update(closes_on=last)
    client.force_login(people[0])
    assert client.get(reverse("goedwerk_forum:own_data")).status_code == 200


def test_no_invitation_of_an_odd_name_is_revoked(running, client):
    found, _people = running
    rings.link(found)
    client.force_login(rings.guide_of(found))
    url = reverse("goedwerk_forum:circle_guide", args=[found.uuid])
    assert client.post(f"{url}?doe=trek-in", {"uitnodiging": "\0"}).status_code == 302
    assert CircleInvitation.objects.filter(circle=found).exists()


def test_the_record_tells_what_happened_and_to_nobody(running):
    found, people = running
    circle_members.leave(user=people[0], uuid=found.uuid)
    records = AuditRecord.objects.filter(object_id=found.uuid)
    assert set(acts_on(found)) == {
        "circle",
        "circle_invite",
        "circle_join",
        "circle_rules",
        "circle_start",
        "circle_leave",
    }
    assert set(records.values_list("actor", flat=True)) == {"guide", "author"}
    member = Participant.objects.get(membership=Membership.LEFT)
    assert not records.filter(before__contains=member.pseudonym).exists()


def test_nothing_is_moved_out_of_a_circle(client):
    """A branch of its home would be no circle's any more: other guides would judge it."""
    circle, members = rings.running()
    guide = rings.guide_of(circle)
    said = rings.said(circle.discussion, members[0])
    client.force_login(guide)
    tools = reverse("goedwerk_forum:guide_tools", args=[said.public_id])
    assert "doe=dicht" in client.get(tools).text
    assert "doe=verplaats" not in client.get(tools).text
    tried = client.post(f"{tools}?doe=verplaats", {"text": "Waar wringt het voor jou het meest?"})
    assert tried.status_code == 409
    there = Discussion.objects.filter(page=circle.discussion.page)
    assert not there.filter(in_circle=False).exists()
    assert Contribution.objects.get(pk=said.pk).discussion_id == circle.discussion_id
