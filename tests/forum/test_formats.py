"""A dialogue in steps: chosen, announced, moved by hand and by the clock, seen by readers."""

from __future__ import annotations

import datetime
import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import asking
import guides as guiding_people
from counting import counted
from goedwerk_casestudies.models import StatementPage
from goedwerk_forum import courses, format_file
from goedwerk_forum.actions import formats
from goedwerk_forum.actions.branching import move_branch
from goedwerk_forum.actions.contributions import Words, contribute, send_again
from goedwerk_forum.errors import (
    CourseBegun,
    ImpossibleDay,
    KindNotOpen,
    NoSuchStep,
    NotFound,
    NothingToDo,
    StepMoved,
    StepsChanged,
)
from goedwerk_forum.forms import new_submission
from goedwerk_forum.models import (
    AuditRecord,
    Contribution,
    Course,
    Discussion,
    Format,
    FormatStep,
    OutboxRow,
)
from goedwerk_forum.outbox.drive import drive

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 30)


def template(name="Proef", *steps):
    """A format with these steps; each a dict of its fields."""
    made = Format.objects.create(name=name)
    for order, step in enumerate(steps or THREE):
        FormatStep.objects.create(format=made, sort_order=order, **step)
    return made


THREE = (
    {"name": "Verkennen", "question": "Wat gebeurt hier?", "kinds": ["vraag"]},
    {"name": "Delen", "question": "Wat maakte jij mee?", "kinds": ["ervaring"], "days": 7},
    {"name": "Oogsten", "question": "Wat neem je mee?"},
)


@pytest.fixture
def discussion(make):
    return make.discussion(discussion_policy="all_first")


@pytest.fixture
def guide(discussion):
    return guiding_people.guide_of(discussion)


@pytest.fixture
def in_steps(discussion, guide):
    """The discussion, in the first of three steps."""
    formats.choose_format(user=guide, uuid=discussion.uuid.hex, template=template())
    return fresh(discussion)


def fresh(discussion):
    return Discussion.objects.select_related("page", "course").get(pk=discussion.pk)


def steps_url(discussion, tool=""):
    url = reverse("goedwerk_forum:guide_steps", args=[discussion.uuid.hex])
    return f"{url}?doe={tool}" if tool else url


def page_of(discussion, query=""):
    """What a stranger reads."""
    return Client().get(discussion.page.url + query).text


def recorded(*actions):
    rows = AuditRecord.objects.filter(action__in=actions).order_by("pk")
    return list(rows.values_list("actor", "action", "before", "after"))


def tomorrow(days=1):
    return timezone.localdate() + datetime.timedelta(days=days)


def move(discussion, guide, to):
    formats.move(user=guide, uuid=discussion.uuid.hex, to=to)
    return fresh(discussion)


# --- choosing ------------------------------------------------------------------------------------


def test_discussion_keeps_its_own_copy_of_the_steps(in_steps):
    Format.objects.all().delete()
    course = fresh(in_steps).course
    assert [step.name for step in course.all_steps] == ["Verkennen", "Delen", "Oogsten"]
    assert (course.position, course.started_on) == (1, timezone.localdate())
    assert recorded("format") == [("guide", "format", "off", "on")]


def test_another_format_can_be_chosen_until_the_first_step_is_left(in_steps, guide):
    other = template("Anders", {"name": "Begin", "question": "Hoe begin je?"}, THREE[1])
    formats.choose_format(user=guide, uuid=in_steps.uuid.hex, template=other)
    assert fresh(in_steps).course.name == "Anders"
    move(in_steps, guide, 2)
    with pytest.raises(CourseBegun):
        formats.choose_format(user=guide, uuid=in_steps.uuid.hex, template=Format.objects.first())
    course = fresh(in_steps).course
    assert (course.name, course.position) == ("Anders", 2)


def test_page_gives_its_discussion_a_format_and_the_guide_may_choose_another(make, guide):
    first, second = template("Eerst"), template("Later")
    page = make.story(discussion_format=first)
    guiding = guiding_people.guide_of(page.discussion)
    assert fresh(page.discussion).course.name == "Eerst"
    formats.choose_format(user=guiding, uuid=page.discussion.uuid.hex, template=second)
    make.live_and_cleared(type(page).objects.get(pk=page.pk))
    assert fresh(page.discussion).course.name == "Later"
    page = type(page).objects.get(pk=page.pk)
    page.discussion_format = None
    make.live_and_cleared(page)
    assert not Course.objects.filter(discussion=page.discussion).exists()


def test_page_says_that_a_format_comes_too_late(make):
    page = make.story(discussion_format=template("Eerst"))
    move(page.discussion, guiding_people.guide_of(page.discussion), 2)
    page = type(page).objects.get(pk=page.pk)
    page.full_clean()
    page.discussion_format = template("Later")
    with pytest.raises(ValidationError, match="voorbij de eerste stap") as refused:
        page.full_clean()
    assert set(refused.value.message_dict) == {"discussion_format"}
    with pytest.raises(ValidationError):
        page.save()
    assert fresh(page.discussion).course.name == "Eerst"


def test_branch_has_no_steps(make, in_steps, guide):
    said = make.published(in_steps, kind="vraag", text="Wat stond er in de nota die verdween?")
    assert said.step == 1
    branch = move_branch(user=guide, public_id=said.public_id, question="Wie is aan zet?")
    with pytest.raises(NoSuchStep):
        formats.choose_format(user=guide, uuid=branch.uuid.hex, template=Format.objects.first())
    reply = make.published(fresh(branch), kind="waardering", in_reply_to=None)
    assert reply.step == 0
    assert courses.step_of(fresh(branch)) is None


def test_only_its_guides_lead_a_discussion_through_steps(client, make, in_steps, guide):
    strangers = [make.user(), make.user(is_superuser=True), guiding_people.may_guide()]
    make.participant(in_steps, strangers[0])
    for who in strangers:
        client.force_login(who)
        assert client.get(steps_url(in_steps)).status_code == 404
        assert client.post(steps_url(in_steps, "stap"), {"to": "2"}).status_code == 404
        with pytest.raises(NotFound):
            formats.move(user=who, uuid=in_steps.uuid.hex, to=2)
    assert fresh(in_steps).course.position == 1
    assert recorded("step") == []
    client.force_login(guide)
    assert client.get(steps_url(in_steps)).status_code == 200
    assert client.post(steps_url(in_steps, "stap"), {"to": "2"}).status_code == 302
    assert fresh(in_steps).course.position == 2


# --- moving --------------------------------------------------------------------------------------


def test_guide_moves_on_and_back_and_it_is_recorded(in_steps, guide):
    moved = move(in_steps, guide, 2)
    assert (moved.course.position, moved.version) == (2, in_steps.version + 1)
    move(in_steps, guide, 1)
    assert recorded("step") == [("guide", "step", "1", "2"), ("guide", "step", "2", "1")]
    with pytest.raises(NoSuchStep):
        move(in_steps, guide, 1)
    with pytest.raises(NoSuchStep):
        move(in_steps, guide, 4)


@pytest.mark.parametrize("tool", ["stap", "kondig"])
def test_mistake_of_a_guide_who_saw_other_steps_is_told_that_they_changed(
    client, in_steps, guide, tool
):
    client.force_login(guide)
    said = {"to": "", "on": "", "version": str(in_steps.course.version)}
    move(in_steps, guide, 2)
    refused = client.post(steps_url(in_steps, tool), said)
    assert refused.status_code == 409
    assert refused.context["error"].code == "steps_changed"


@pytest.mark.parametrize("tool", ["stap", "kondig"])
def test_form_of_a_guide_who_saw_other_steps_changes_nothing(client, in_steps, guide, tool):
    client.force_login(guide)
    said = {"to": "3", "on": tomorrow().isoformat(), "version": str(in_steps.course.version)}
    before = move(in_steps, guide, 2).course
    refused = client.post(steps_url(in_steps, tool), said)
    now = fresh(in_steps).course
    assert refused.status_code == 409
    assert refused.context["error"].code == "steps_changed"
    assert (now.position, now.moves_on, now.version) == (2, before.moves_on, before.version)
    page = refused.content.decode()
    assert f'name="version" value="{now.version}"' in page
    assert refused.context["form"]["to"].value() == "3"
    again = client.post(steps_url(in_steps, tool), said | {"version": str(now.version)})
    assert again.status_code == 302
    assert fresh(in_steps).course.version == now.version + 1


def test_steps_that_changed_while_the_form_was_sent_are_seen_under_the_lock(in_steps, guide):
    seen = in_steps.course.version
    move(in_steps, guide, 2)
    with pytest.raises(StepsChanged):
        formats.move(user=guide, uuid=in_steps.uuid.hex, to=3, seen=seen)
    with pytest.raises(StepsChanged):
        formats.announce(user=guide, uuid=in_steps.uuid.hex, to=3, on=tomorrow(), seen=seen)
    assert fresh(in_steps).course.position == 2
    move(in_steps, guide, 3)


def test_announced_step_comes_on_its_day_once(in_steps, guide, monkeypatch):
    formats.announce(user=guide, uuid=in_steps.uuid.hex, to=3, on=tomorrow())
    assert "gaan we naar stap 3: Oogsten" in page_of(in_steps)
    drive("moderation")
    assert fresh(in_steps).course.position == 1
    on_the_day(monkeypatch)
    row = OutboxRow.objects.get(kind="step")
    drive("moderation")
    course = fresh(in_steps).course
    assert (course.position, course.moves_on) == (3, None)
    assert recorded("step") == [("clock", "step", "1", "3")]
    row.pk = None
    row.state, row.owner = OutboxRow.State.WAITING, ""
    row.save(force_insert=True)
    formats.move(user=guide, uuid=in_steps.uuid.hex, to=1)
    drive("moderation")
    assert fresh(in_steps).course.position == 1


def on_the_day(monkeypatch, days=1):
    """The clock, so many days on; the outbox too."""
    later = timezone.now() + datetime.timedelta(days=days)
    monkeypatch.setattr(timezone, "now", lambda: later)


def test_what_is_no_longer_announced_does_not_come(in_steps, guide, monkeypatch):
    formats.announce(user=guide, uuid=in_steps.uuid.hex, to=2, on=tomorrow())
    formats.take_back(user=guide, uuid=in_steps.uuid.hex)
    assert "gaan we naar" not in page_of(in_steps)
    on_the_day(monkeypatch)
    drive("moderation")
    assert fresh(in_steps).course.position == 1
    assert not OutboxRow.objects.filter(kind="step").exists()
    day = (timezone.localdate()).isoformat()
    assert recorded("announce_step") == [
        ("guide", "announce_step", "", f"2 {day}"),
        ("guide", "announce_step", f"2 {day}", ""),
    ]


def test_step_with_days_ends_by_itself(in_steps, guide, monkeypatch):
    course = move(in_steps, guide, 2).course
    assert (course.moves_to, course.moves_on) == (3, tomorrow(7))
    on_the_day(monkeypatch, 6)
    drive("moderation")
    assert fresh(in_steps).course.position == 2
    on_the_day(monkeypatch, 1)
    drive("moderation")
    assert fresh(in_steps).course.position == 3


def test_closed_discussion_moves_no_more(in_steps, guide, monkeypatch):
    formats.announce(user=guide, uuid=in_steps.uuid.hex, to=2, on=tomorrow())
    Discussion.objects.filter(pk=in_steps.pk).update(closes_on=timezone.localdate())
    on_the_day(monkeypatch)
    drive("moderation")
    course = fresh(in_steps).course
    assert (course.position, course.moves_on) == (1, None)


def test_step_is_not_announced_for_a_day_that_cannot_be(in_steps, guide):
    Discussion.objects.filter(pk=in_steps.pk).update(closes_on=tomorrow(3))
    for day in (timezone.localdate(), tomorrow(4)):
        with pytest.raises(ImpossibleDay):
            formats.announce(user=guide, uuid=in_steps.uuid.hex, to=2, on=day)
    assert fresh(in_steps).course.moves_on is None
    formats.announce(user=guide, uuid=in_steps.uuid.hex, to=2, on=tomorrow(3))
    assert fresh(in_steps).course.moves_on == tomorrow(3)


def test_days_of_the_first_step_count_from_the_opening(make, guide):
    opens = tomorrow(10)
    page = make.story(
        discussion_opens_on=opens,
        discussion_format=template("Later", {**THREE[0], "days": 5}, THREE[1]),
    )
    course = fresh(page.discussion).course
    assert (course.started_on, course.moves_on) == (opens, opens + datetime.timedelta(days=5))


def test_course_is_in_a_step_and_moves_on_a_day(in_steps):
    for wrong in ({"position": 0}, {"position": 13}, {"moves_to": 2, "moves_on": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Course.objects.filter(discussion=in_steps).update(**wrong)


# --- writing -------------------------------------------------------------------------------------


def test_form_offers_what_the_step_opens_and_says_its_question(client, make, in_steps, guide):
    author = make.user()
    make.participant(in_steps, author)
    client.force_login(author)
    url = reverse("goedwerk_forum:write", args=[in_steps.uuid.hex])
    shown = client.get(url).text
    assert "stap 1 van 3: verkennen" in shown
    assert "Wat gebeurt hier?" in shown
    assert shown.count('name="kind"') == 1
    assert 'value="vraag"' in shown
    wrong = client.post(url, {"kind": "ervaring", "text": make.CALM, "step": "1"})
    assert wrong.status_code == 422
    assert make.CALM in wrong.text
    move(in_steps, guide, 3)
    assert client.get(url).text.count('name="kind"') == 6


def test_action_refuses_a_kind_that_the_step_does_not_open(make, in_steps):
    with pytest.raises(KindNotOpen):
        make.contribution(in_steps, kind="ervaring")
    assert not Contribution.objects.exists()
    assert make.contribution(in_steps, kind="vraag").step == 1


def test_step_whose_kinds_are_out_of_use_opens_all(make, in_steps):
    steps = in_steps.course.steps
    steps[0]["kinds"] = ["bestaat-niet"]
    Course.objects.filter(discussion=in_steps).update(steps=steps)
    assert make.contribution(in_steps, kind="waardering").step == 1


def test_who_wrote_for_the_step_before_gets_her_text_back(client, make, in_steps, guide):
    author = make.user()
    make.participant(in_steps, author)
    client.force_login(author)
    url = reverse("goedwerk_forum:write", args=[in_steps.uuid.hex])
    form = {"kind": "vraag", "text": make.CALM, "step": "1", "submission": new_submission()}
    move(in_steps, guide, 3)
    late = client.post(url, form)
    assert late.status_code == 409
    assert "intussen naar een andere stap" in late.text
    assert make.CALM in late.text
    assert 'name="step" value="3"' in late.text
    assert not Contribution.objects.exists()
    assert client.post(url, form | {"step": "3"}).status_code == 302
    assert Contribution.objects.get().step == 3


def test_what_was_taken_in_before_the_step_moved_is_there_once(make, in_steps, guide):
    author = make.user()
    said = {
        "user": author,
        "participant": make.participant(in_steps, author),
        "discussion": in_steps,
        "words": Words(text=make.CALM, kind="vraag", step=1),
        "submission": new_submission(),
    }
    first = contribute(**said)
    move(in_steps, guide, 2)
    assert contribute(**said) == first
    with pytest.raises(StepMoved):
        contribute(**said | {"submission": new_submission()})
    assert Contribution.objects.count() == 1


def test_edit_keeps_to_the_kinds_of_the_step_in_which_it_was_said(make, in_steps, guide):
    said = make.published(in_steps, kind="vraag")
    move(in_steps, guide, 3)
    with pytest.raises(KindNotOpen):
        send_again(
            contribution=said, version=said.version, words=Words("Ik bedoelde het zo.", "ervaring")
        )
    assert said.revisions.count() == 1
    send_again(contribution=said, version=said.version, words=Words("Ik bedoelde het zo.", "vraag"))
    assert said.revisions.count() == 2


# --- reading -------------------------------------------------------------------------------------


def test_thread_says_where_each_step_began(make, in_steps, guide):
    first = make.published(in_steps, kind="vraag", text="Wie besliste er over de nota van toen?")
    moved = move(in_steps, guide, 2)
    make.published(
        moved, kind="ervaring", text="Bij ons liep dat anders, en wij zeiden het hardop."
    )
    make.published(moved, kind="ervaring", in_reply_to=first, text="Dat was bij ons de directie.")
    text = page_of(in_steps)
    assert "stap 2 van 3: delen" in text
    assert text.index("Stap 1: Verkennen") < text.index("Wie besliste er")
    assert text.index("Wie besliste er") < text.index("Stap 2: Delen")
    assert text.index("Stap 2: Delen") < text.index("Bij ons liep dat anders")
    assert "in stap 2, delen" in text
    assert text.count("?stap=1#dialoog") == text.count("?stap=2#dialoog") == 1
    assert "?stap=3" not in text


def test_link_of_a_step_leads_to_its_first_contribution(make, in_steps, guide, settings):
    settings.GOEDWERK = settings.GOEDWERK | {"WINDOW": 2}
    for number in range(3):
        make.published(in_steps, kind="vraag", text=f"Vraag {number}: wat ging eraan vooraf?")
    moved = move(in_steps, guide, 2)
    make.published(moved, kind="ervaring", text="Ervaring: wij vroegen het aan de balie.")
    assert "Ervaring: wij" not in page_of(in_steps)
    later = page_of(in_steps, "?stap=2")
    assert "Ervaring: wij" in later
    assert "Vraag 0" not in later
    for nowhere in ("?stap=3", "?stap=99", "?stap=x", "?stap=-1", "?stap=²", "?stap="):
        assert "Vraag 0" in page_of(in_steps, nowhere)


def test_steps_cost_no_query(make, in_steps, guide):
    plain = make.discussion(discussion_policy="all_first")
    for place in (plain, in_steps):
        make.published(place, kind="vraag")
    client = Client()
    for place in (plain, in_steps):
        client.get(place.page.url)
    with counted() as without:
        client.get(plain.page.url)
    with counted() as with_steps:
        client.get(in_steps.page.url)
    assert with_steps.queries == without.queries
    with counted() as at_step:
        client.get(in_steps.page.url + "?stap=1")
    # Where the step stands, and whether there is more before it.
    assert at_step.queries == without.queries + 2


def test_guides_page_of_steps_says_what_is_wrong_beside_the_field(client, in_steps, guide):
    client.force_login(guide)
    wrong = client.post(steps_url(in_steps, "kondig"), {"to": "2", "on": "gisteren"})
    assert wrong.status_code == 422
    assert "Schrijf de dag als jaar-maand-dag" in wrong.text
    past = client.post(steps_url(in_steps, "kondig"), {"to": "2", "on": "2020-01-01"})
    assert "Kies een dag die nog komt" in past.text
    assert client.post(steps_url(in_steps, "stap"), {"to": "9"}).status_code == 422
    assert client.post(steps_url(in_steps, "onzin")).status_code == 200
    assert fresh(in_steps).course.moves_on is None
    good = client.post(steps_url(in_steps, "kondig"), {"to": "2", "on": tomorrow().isoformat()})
    assert good.status_code == 302
    assert "De volgende stap is aangekondigd" in client.get(good.url).text


def test_guide_chooses_a_format_on_her_page(client, discussion, guide):
    made = template()
    client.force_login(guide)
    assert "Kies een werkvorm" in client.get(steps_url(discussion)).text
    assert client.post(steps_url(discussion, "werkvorm"), {}).status_code == 422
    answer = client.post(steps_url(discussion, "werkvorm"), {"template": made.pk})
    assert answer.status_code == 302
    assert fresh(discussion).course.name == "Proef"
    move(discussion, guide, 2)
    late = client.post(steps_url(discussion, "werkvorm"), {"template": made.pk})
    assert late.status_code == 409


VOTING = ({"name": "Stem", "question": "Wat vind jij?", "task": "stemmen"}, THREE[2])


def test_format_with_a_vote_stands_only_where_one_can_vote(client, make, guide, discussion):
    """A story has nothing to vote on: not offered, not taken, and refused by the action, too."""
    voting, plain = template("Met stem", *VOTING), template()
    statement = asking.statement(
        has_discussion=True,
        discussion_question="Wat kort jij in?",
        discussion_group=make.ambassador_group(),
    )
    there = Discussion.objects.get(page_id=statement.pk)
    client.force_login(guide)
    assert "Met stem" not in client.get(steps_url(discussion)).text
    refused = client.post(steps_url(discussion, "werkvorm"), {"template": voting.pk})
    assert refused.status_code == 422
    assert "Kies een werkvorm uit de lijst" in refused.text
    with pytest.raises(NothingToDo):
        formats.choose_format(user=guide, uuid=discussion.uuid.hex, template=voting)
    assert not Course.objects.exists()
    assert recorded("format") == []

    client.force_login(guiding_people.guide_of(there))
    assert "Met stem" in client.get(steps_url(there)).text
    taken = client.post(steps_url(there, "werkvorm"), {"template": voting.pk})
    assert taken.status_code == 302
    assert fresh(there).course.name == "Met stem"
    assert set(courses.formats_for(type(discussion.page.specific))) == {plain}


def test_format_with_a_vote_can_be_chosen_nowhere_without_an_app_that_votes(
    client, guide, discussion, monkeypatch
):
    voting = template("Met stem", *VOTING)
    monkeypatch.setattr(courses, "TASKS", {})
    assert not courses.formats_for(StatementPage).exists()
    with pytest.raises(NothingToDo):
        formats.choose_format(user=guide, uuid=discussion.uuid.hex, template=voting)
    assert not Course.objects.exists()
    client.force_login(guide)
    assert "nog geen werkvorm voor deze pagina" in client.get(steps_url(discussion)).text


def test_editor_is_offered_what_can_be_held_on_her_page(make):
    voting, plain = template("Met stem", *VOTING), template()
    page = make.story()
    assert offered_in_editor(make, page) == ["Proef"]
    page.discussion_format = voting
    with pytest.raises(ValidationError, match="op deze pagina niet kan") as refused:
        page.save()
    assert set(refused.value.message_dict) == {"discussion_format"}
    assert not Course.objects.exists()
    page.discussion_format = plain
    page.save()
    assert fresh(page.discussion).course.name == "Proef"


def test_page_keeps_a_format_that_got_a_vote_after_it_was_chosen(make):
    chosen = template()
    page = make.story(discussion_format=chosen)
    chosen.steps.filter(name="Oogsten").update(task="stemmen")
    page = type(page).objects.get(pk=page.pk)
    page.save()
    assert offered_in_editor(make, page) == ["Proef"]
    assert [step.task for step in fresh(page.discussion).course.all_steps] == ["", "", ""]


def offered_in_editor(make, page):
    """The formats to choose from in Wagtail's editor; the first choice is none."""
    browser = Client()
    browser.force_login(make.user(is_superuser=True))
    text = browser.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    field = text[text.index('<select name="discussion_format"') :]
    return re.findall(r"<option[^>]*>([^<]*)</option>", field[: field.index("</select>")])[1:]


# --- shipped, out and in -------------------------------------------------------------------------


def test_shipped_formats_come_once():
    assert list(formats.bring_in_shipped())
    names = set(Format.objects.values_list("name", flat=True))
    assert names == {
        "Goed Werk-dialoog",
        "Dilemmasessie",
        "Moreel beraad",
        "Intervisie",
        "Stelling",
    }
    moral = Format.objects.get(name="Moreel beraad")
    assert [step.name for step in moral.steps.all()] == [
        "Vraag",
        "Feiten",
        "Betrokkenen",
        "Waarden",
        "Opties",
        "Weging",
        "Besluit",
    ]
    moral.delete()
    assert not list(formats.bring_in_shipped())
    assert Format.objects.count() == 4


def may_edit(make):
    from django.contrib.auth.models import Group, Permission

    group = Group.objects.create(name="wie werkvormen maakt")
    codes = ["access_admin", "add_format", "change_format", "delete_format", "view_format"]
    group.permissions.set(Permission.objects.filter(codename__in=codes))
    return make.user(groups=(group,))


def upload(client, text, url="goedwerk_formats:import"):
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(reverse(url), {"file": SimpleUploadedFile("vorm.json", data)})


def test_format_goes_out_as_a_file_and_comes_in_again(client, make):
    list(formats.bring_in_shipped())
    client.force_login(may_edit(make))
    for made in Format.objects.all():
        before = [formats.copied(made), made.name, made.introduction]
        answer = client.get(reverse("goedwerk_formats:export", args=[made.pk]))
        assert answer.headers["Content-Disposition"].endswith('.json"')
        made.delete()
        assert upload(client, answer.content).status_code == 302
        again = Format.objects.get(name=before[1])
        assert [formats.copied(again), again.name, again.introduction] == before


def file_with(**changes):
    step = {"name": "Begin", "question": "Hoe begint het?"}
    return json.dumps({"goedwerk-format": 1, "name": "Nieuw", "steps": [step]} | changes)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("geen json", "geen geldige JSON"),
        (b"\xff\xfe", "UTF-8"),
        ("[" * 50_000, "geen geldige JSON"),
        ('{"goedwerk-format": 1, "name": "\\ud800"}', "geen geldige JSON"),
        ('["iets anders"]', "geen werkvorm"),
        (file_with(**{"goedwerk-format": 2}), "versie 1"),
        (file_with(steps=[]), "1 tot 12 stappen"),
        (file_with(steps=[{"name": "x", "question": "y"}] * 13), "1 tot 12 stappen"),
        (file_with(steps=["stap"]), "Stap 1: hier moet een blok"),
        (file_with(name=""), "Werkvorm, ‘name’"),
        (file_with(name="Bestaat"), "al een werkvorm ‘Bestaat’"),
        (file_with(name="x\u0000y"), "Werkvorm, ‘name’"),
        (file_with(steps=[{"name": "x"}]), "Stap 1, ‘question’"),
        (file_with(steps=[{"name": "x", "question": "y" * 201}]), "Stap 1, ‘question’"),
        (file_with(steps=[{"name": "x", "question": "y", "kinds": ["ruzie"]}]), "ruzie"),
        (file_with(steps=[{"name": "x", "question": "y", "kinds": "vraag"}]), "verkeerde soort"),
        (file_with(steps=[{"name": "x", "question": "y", "days": 0}]), "Stap 1, ‘days’"),
        (file_with(steps=[{"name": "x", "question": "y", "days": True}]), "verkeerde soort"),
        (file_with(steps=[{"name": "x", "question": "y", "task": "dansen"}]), "dansen"),
        (b" " * 100_001, "te groot"),
        (b"", "leeg"),
    ],
)
def test_wrong_file_is_refused_beside_the_field_and_makes_nothing(client, make, text, says):
    Format.objects.create(name="Bestaat")
    client.force_login(may_edit(make))
    answer = upload(client, text)
    assert answer.status_code == 422
    assert says in answer.text
    assert Format.objects.count() == 1
    assert upload(client, file_with()).status_code == 302
    assert Format.objects.count() == 2


def test_formats_are_edited_and_read_in_by_who_has_the_right(client, make):
    made = template()
    client.force_login(make.ambassador(make.discussion()))
    for name, args in (("index", []), ("edit", [made.pk]), ("export", [made.pk]), ("import", [])):
        refused = client.get(reverse(f"goedwerk_formats:{name}", args=args))
        assert refused.status_code in (302, 403), name
        assert "Verkennen" not in refused.text
    assert upload(client, file_with()).status_code in (302, 403)
    assert Format.objects.count() == 1
    client.force_login(may_edit(make))
    for name, args in (("index", []), ("edit", [made.pk]), ("export", [made.pk]), ("import", [])):
        assert client.get(reverse(f"goedwerk_formats:{name}", args=args)).status_code == 200


def test_file_reads_back_what_it_says(make):
    made = template()
    Format.objects.filter(pk=made.pk).update(name="Ander")
    text = format_file.dumped(made)
    assert format_file.read(text).steps[1] == {
        "name": "Delen",
        "question": "Wat maakte jij mee?",
        "kinds": ["ervaring"],
        "days": 7,
        "is_round": False,
        "task": "",
    }
