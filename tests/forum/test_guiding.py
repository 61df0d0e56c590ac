"""A guide's tools: what each does, its inverse, who may, and that a reader sees it at once."""

from __future__ import annotations

import datetime

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import guides as guiding_people
from counting import counted
from goedwerk_forum import attention
from goedwerk_forum.actions import guiding
from goedwerk_forum.actions.contributions import Words, contribute
from goedwerk_forum.actions.own import cut_link, withdraw_all
from goedwerk_forum.actions.participants import join_as_guide
from goedwerk_forum.errors import (
    ImpossibleDay,
    NotAllowed,
    NotFound,
    OwnContribution,
    TooManyPins,
    TooSoon,
    Traceable,
)
from goedwerk_forum.forms import new_submission
from goedwerk_forum.identity import links
from goedwerk_forum.models import AuditRecord, Contribution, Discussion, Pace, Participant
from goedwerk_forum.transitions import Action

pytestmark = pytest.mark.django_db

FIRST = {"discussion_policy": "all_first"}


@pytest.fixture
def discussion(make):
    return make.discussion(**FIRST)


@pytest.fixture
def guide(discussion):
    return guiding_people.guide_of(discussion)


@pytest.fixture
def in_browser(client, guide):
    client.force_login(guide)
    return client


@pytest.fixture
def said(make, discussion):
    return make.published(discussion, text="Wij legden het eerst voor aan de balie.")


def guide_url(discussion, tool=""):
    url = reverse("goedwerk_forum:guide", args=[discussion.uuid.hex])
    return f"{url}?doe={tool}" if tool else url


def tools_url(contribution, tool=""):
    url = reverse("goedwerk_forum:guide_tools", args=[contribution.public_id])
    return f"{url}?doe={tool}" if tool else url


def fresh(discussion):
    return Discussion.objects.select_related("page").get(pk=discussion.pk)


def page_of(discussion):
    """What a stranger reads."""
    return Client().get(discussion.page.url).text


def recorded(action):
    return list(AuditRecord.objects.filter(action=action).values_list("actor", "before", "after"))


# --- who may -------------------------------------------------------------------------------------


def strangers(make, discussion):
    """Who may not guide it: signed in; takes part; guides elsewhere; named without the right."""
    elsewhere = make.discussion(**FIRST)
    named = make.user()
    Discussion.objects.filter(pk=discussion.pk).update(guide=named)
    taking_part = make.user()
    make.participant(discussion, taking_part)
    return [
        make.user(),
        taking_part,
        guiding_people.guide_of(elsewhere),
        make.ambassador(elsewhere),
        named,
        make.user(is_superuser=True),
    ]


def test_only_guides_and_moderators_of_a_discussion_see_its_tools(client, make, discussion, said):
    for who in strangers(make, discussion):
        client.force_login(who)
        for url in (guide_url(discussion), tools_url(said)):
            assert client.get(url).status_code == 404, who
            assert client.post(url + "?doe=stil").status_code == 404, who
            assert client.post(url + "?doe=vast").status_code == 404, who
    assert not fresh(discussion).is_read_only
    assert not Contribution.objects.filter(pin__isnull=False).exists()
    assert not AuditRecord.objects.filter(actor="guide").exists()
    for who in (guiding_people.guide_of(discussion), make.ambassador(discussion)):
        client.force_login(who)
        assert client.get(guide_url(discussion)).status_code == 200
        assert client.get(tools_url(said)).status_code == 200
    assert client.post(guide_url(discussion, "stil")).status_code == 302
    assert fresh(discussion).is_read_only


def test_pages_of_a_guide_ask_for_a_sign_in_and_are_kept_nowhere(client, in_browser, discussion):
    response = in_browser.get(guide_url(discussion))
    assert "no-store" in response.headers["Cache-Control"]
    stranger = Client()
    assert stranger.get(guide_url(discussion)).status_code == 302
    assert stranger.post(guide_url(discussion, "stil")).status_code == 302
    assert not fresh(discussion).is_read_only


def test_guide_leaves_what_she_wrote_under_her_own_pseudonym_to_a_colleague(
    in_browser, make, discussion, guide, said
):
    own = make.published(discussion, guide, text="Wij vroegen het aan de buren op de gang.")
    response = in_browser.post(tools_url(own, "vast"))
    assert response.status_code == 403
    with pytest.raises(OwnContribution):
        guiding.pin(user=guide, public_id=own.public_id)
    assert not Contribution.objects.filter(pin__isnull=False).exists()
    assert in_browser.post(tools_url(said, "vast")).status_code == 302
    assert Contribution.objects.filter(pin__isnull=False).get() == said


def test_what_readers_do_not_see_has_no_tools(in_browser, make, discussion, guide, said):
    unseen = make.held(discussion)
    assert in_browser.get(tools_url(unseen)).status_code == 404
    with pytest.raises(NotFound):
        guiding.pin(user=guide, public_id=unseen.public_id)
    hidden = make.judged(said, Action.HIDE, "conduct")
    with pytest.raises(NotFound):
        guiding.pin(user=guide, public_id=hidden.public_id)
    assert in_browser.get(tools_url(hidden)).status_code == 200


# --- pins ----------------------------------------------------------------------------------------


def test_pinned_contribution_stands_above_the_thread_at_the_next_request(
    in_browser, discussion, said
):
    before, version = page_of(discussion), fresh(discussion).version
    assert "Vastgezet door de begeleider" not in before
    assert in_browser.post(tools_url(said, "vast")).status_code == 302
    page = page_of(discussion)
    above, _heading, _thread = page.partition('class="gw-list gw-thread"')
    assert "Vastgezet door de begeleider" in above
    assert "aan de balie" in above
    assert page.count("aan de balie") == 2
    assert page.count(f'id="b-{said.public_id}"') == 1
    assert fresh(discussion).version > version
    in_browser.post(tools_url(said, "los"))
    assert "Vastgezet door de begeleider" not in page_of(discussion)
    assert [recorded("pin"), recorded("unpin")] == [[("guide", "", "")]] * 2


def test_third_pin_is_refused_and_a_free_place_is_taken_again(make, discussion, guide):
    made = [make.published(discussion, text=f"Keer {n}: wij hingen het op.") for n in range(3)]
    for one in made[:2]:
        guiding.pin(user=guide, public_id=one.public_id)
    with pytest.raises(TooManyPins):
        guiding.pin(user=guide, public_id=made[2].public_id)
    assert Contribution.objects.filter(pin__isnull=False).count() == 2
    guiding.unpin(user=guide, public_id=made[0].public_id)
    guiding.pin(user=guide, public_id=made[2].public_id)
    pins = Contribution.objects.filter(pin__isnull=False).order_by("pin")
    assert [one.pk for one in pins] == [made[2].pk, made[1].pk]


def test_database_bears_two_pins_and_no_third(make, discussion, said):
    Contribution.objects.filter(pk=said.pk).update(pin=1)
    other = make.published(discussion, text="Iets heel anders, over de koffie.")
    for wrong in (1, 3, 0):
        with pytest.raises(IntegrityError), transaction.atomic():
            Contribution.objects.filter(pk=other.pk).update(pin=wrong)
    Contribution.objects.filter(pk=other.pk).update(pin=2)


def test_pinned_text_that_is_hidden_is_above_the_thread_no_more(make, discussion, guide, said):
    guiding.pin(user=guide, public_id=said.public_id)
    assert "aan de balie" in page_of(discussion)
    make.judged(said, Action.HIDE, "conduct")
    page = page_of(discussion)
    assert "aan de balie" not in page
    assert "Vastgezet door de begeleider" not in page


def test_pins_cost_a_query_where_there_are_some_and_none_elsewhere(
    client, make, discussion, guide, said
):
    def asked():
        with counted() as work:
            client.get(discussion.page.url)
        return work.queries

    asked()
    without = asked()
    guiding.pin(user=guide, public_id=said.public_id)
    assert asked() == without + 1


# --- speaking as the guide -----------------------------------------------------------------------


def turn_url(discussion):
    return reverse("goedwerk_forum:guide_write", args=[discussion.uuid.hex])


def test_turn_of_the_guide_goes_the_road_of_every_contribution(in_browser, make, discussion, guide):
    typed = {"text": guiding_people.SAYS, "naming": "emotie", "submission": new_submission()}
    response = in_browser.post(turn_url(discussion), typed)
    assert response.status_code == 302
    turn = Contribution.objects.get()
    assert (turn.by_guide, turn.naming, turn.state) == (True, "emotie", "pending")
    assert not turn.by_newcomer
    assert guiding_people.SAYS not in page_of(discussion)
    assert in_browser.get(response.headers["Location"]).status_code == 200
    in_browser.post(turn_url(discussion), typed)
    assert Contribution.objects.count() == 1


def test_readers_see_the_role_and_never_a_pseudonym_of_the_guide(make, discussion, guide):
    own = make.participant(discussion, guide)
    guiding_people.published_turn(discussion, guide, naming="proces")
    page = page_of(discussion)
    assert "De begeleider benoemt wat er gebeurt: proces" in page
    assert own.pseudonym not in page
    assert guide.username not in page


def test_guide_and_her_own_pseudonym_share_no_value(make, discussion, guide):
    own = make.participant(discussion, guide)
    role = join_as_guide(user=guide, discussion=discussion)
    assert own.pk != role.pk
    rows = [Participant.objects.filter(pk=one.pk).values_list().get() for one in (own, role)]
    shared = {name for name in set(map(str, rows[0])) & set(map(str, rows[1])) if len(name) > 8}
    assert shared == {own.key_id}
    assert links.participant_of(guide, discussion) == own
    assert links.participant_of(guide, discussion, is_guide=True) == role
    assert role.token == links.token(links.account_uuid(guide), role.place)


def test_two_guides_of_one_discussion_each_have_a_row(make, discussion, guide):
    other = make.ambassador(discussion)
    rows = {join_as_guide(user=who, discussion=discussion).pk for who in (guide, other, guide)}
    assert len(rows) == 2


def test_nobody_else_speaks_as_the_guide(client, make, discussion):
    stranger = make.user()
    with pytest.raises(NotAllowed):
        join_as_guide(user=stranger, discussion=discussion)
    client.force_login(stranger)
    typed = {"text": guiding_people.SAYS, "submission": new_submission()}
    response = client.post(turn_url(discussion), typed)
    assert response.status_code == 404
    assert guiding_people.SAYS in response.text
    assert not Contribution.objects.exists()
    assert not Participant.objects.exists()


def test_who_guides_no_more_speaks_as_the_guide_no_more(discussion, guide):
    role = join_as_guide(user=guide, discussion=discussion)
    Discussion.objects.filter(pk=discussion.pk).update(guide=None)
    with pytest.raises(NotAllowed):
        contribute(
            user=guide,
            participant=role,
            discussion=discussion,
            words=Words(guiding_people.SAYS, "afweging"),
            submission=new_submission(),
        )
    assert not Contribution.objects.exists()


def test_ambassador_does_not_judge_what_she_said_as_the_guide(make, discussion):
    ambassador = make.ambassador(discussion)
    turn = guiding_people.turn(discussion, ambassador)
    from goedwerk_forum.outbox.drive import drive

    drive("moderation")
    turn.refresh_from_db()
    with pytest.raises(OwnContribution):
        make.judged(turn, by=ambassador)
    assert make.judged(turn).state == "published"


def test_guide_finds_her_turns_among_her_own_things_and_withdraws_them(
    in_browser, discussion, guide
):
    turn = guiding_people.published_turn(discussion, guide)
    assert turn.public_id in in_browser.get(reverse("goedwerk_forum:mine")).text
    in_browser.post(reverse("goedwerk_forum:withdraw", args=[turn.public_id]))
    turn.refresh_from_db()
    assert turn.state == "withdrawn"
    assert guiding_people.SAYS not in page_of(discussion)


def test_withdrawing_all_of_a_pseudonym_leaves_what_the_guide_said(
    in_browser, make, discussion, guide
):
    own = make.published(discussion, guide, text="Wij vroegen het aan de buren op de gang.")
    turn = guiding_people.published_turn(discussion, guide)
    page = in_browser.get(reverse("goedwerk_forum:own_data")).text
    erase = reverse("goedwerk_forum:own_erase_here", args=[discussion.uuid.hex])
    assert page.count(f'href="{erase}"') == 1
    assert withdraw_all(user=guide, discussion=discussion) == 0
    states = dict(Contribution.objects.values_list("pk", "state"))
    assert states == {own.pk: "withdrawn", turn.pk: "published"}
    assert withdraw_all(user=guide) == 0
    assert set(Contribution.objects.values_list("state", flat=True)) == {"withdrawn"}


def test_guide_cuts_both_her_links_at_once(discussion, guide, make):
    make.participant(discussion, guide)
    join_as_guide(user=guide, discussion=discussion)
    cut_link(user=guide, discussion=discussion)
    assert not Participant.objects.filter(token__isnull=False).exists()


def test_naming_is_said_of_a_turn_later_and_taken_back(in_browser, discussion, guide):
    turn = guiding_people.published_turn(discussion, guide)
    assert "Beurt van de begeleider" in page_of(discussion)
    in_browser.post(tools_url(turn, "benoem"), {"naming": "relatie"})
    assert "De begeleider benoemt wat er gebeurt: relatie" in page_of(discussion)
    in_browser.post(tools_url(turn, "benoem"), {"naming": ""})
    assert "benoemt wat er gebeurt" not in page_of(discussion)
    assert recorded("naming") == [("guide", "", "relatie"), ("guide", "relatie", "")]


def test_only_a_turn_of_the_guide_names_anything(in_browser, said):
    response = in_browser.post(tools_url(said, "benoem"), {"naming": "relatie"})
    assert response.status_code == 409
    said.refresh_from_db()
    assert said.naming == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=said.pk).update(naming="relatie")


def test_turn_of_the_guide_is_no_voice_heard_and_no_loudest_one(make, discussion, guide):
    from goedwerk_forum.reading import voices_of

    for number in range(7):
        guiding_people.published_turn(
            discussion, guide, text=f"Keer {number}. Wie ziet het anders?"
        )
    voices = voices_of([fresh(discussion)])[discussion.pk]
    assert not any(heard for _kind, _label, heard in voices.heard)
    assert attention.attention_in(fresh(discussion), guide).loudest is None


def test_sign_in_in_between_keeps_what_the_guide_typed(client, discussion, guide):
    typed = {"text": guiding_people.SAYS, "submission": new_submission()}
    assert client.post(turn_url(discussion), typed).status_code == 302
    client.force_login(guide)
    assert guiding_people.SAYS in client.get(turn_url(discussion)).text


# --- banner --------------------------------------------------------------------------------------


def test_banner_stands_above_the_thread_until_it_is_taken_away(in_browser, discussion):
    words = "Deze week praten we over de keuze, niet over de leidinggevende."
    assert in_browser.post(guide_url(discussion, "banner"), {"text": words}).status_code == 302
    assert words in page_of(discussion)
    in_browser.post(guide_url(discussion, "banner"), {"text": ""})
    assert words not in page_of(discussion)
    assert recorded("banner") == [("guide", "off", "on"), ("guide", "on", "off")]


def test_banner_in_which_somebody_is_found_is_refused_and_kept_in_the_form(
    in_browser, discussion, guide
):
    words = "Vraag het Jan de Vries, jan.devries@gemeente.nl."
    response = in_browser.post(guide_url(discussion, "banner"), {"text": words})
    assert response.status_code == 422
    assert "Hierin is iemand te herkennen" in response.text
    assert "jan.devries@gemeente.nl" in response.text
    with pytest.raises(Traceable):
        guiding.set_banner(user=guide, uuid=discussion.uuid.hex, text=words)
    assert fresh(discussion).banner == ""
    assert not recorded("banner")


def test_banner_is_text_and_never_markup(in_browser, discussion):
    in_browser.post(guide_url(discussion, "banner"), {"text": "<b>Let op</b>"})
    assert "&lt;b&gt;Let op" in page_of(discussion)


@pytest.mark.parametrize("tool", ["banner", "verplaats"])
def test_who_guides_no_more_gets_back_what_she_typed(in_browser, discussion, said, tool):
    url = guide_url(discussion, tool) if tool == "banner" else tools_url(said, tool)
    words = "Hoe begin je over geld zonder dat het een ruil wordt?"
    Discussion.objects.filter(pk=discussion.pk).update(guide=None)
    response = in_browser.post(url, {"text": words})
    assert (response.status_code, words in response.text) == (404, True)
    assert in_browser.get(url).status_code == 404
    assert Discussion.objects.get().banner == ""
    assert not AuditRecord.objects.filter(actor="guide").exists()


def test_what_she_named_with_it_comes_back_too(in_browser, discussion):
    Discussion.objects.filter(pk=discussion.pk).update(guide=None)
    typed = {"text": guiding_people.SAYS, "naming": "emotie", "submission": new_submission()}
    response = in_browser.post(turn_url(discussion), typed)
    assert response.status_code == 404
    assert '<input type="hidden" name="naming" value="emotie">' in response.text
    assert not Contribution.objects.exists()


# --- pace ----------------------------------------------------------------------------------------


@pytest.fixture
def slow(discussion, guide):
    guiding.set_pace(user=guide, uuid=discussion.uuid.hex, pace=Pace.HOUR)
    return fresh(discussion)


def write(client, discussion, text):
    url = reverse("goedwerk_forum:write", args=[discussion.uuid.hex])
    typed = {"kind": "ervaring", "text": text, "submission": new_submission()}
    return client.post(url, typed)


def test_slow_discussion_takes_one_contribution_and_says_when_the_next_may_come(client, make, slow):
    who = make.user()
    make.participant(slow, who)
    client.force_login(who)
    assert write(client, slow, "Wij vroegen het eerst aan de balie.").status_code == 302
    again = "En daarna vroegen wij het nog eens op de gang."
    response = write(client, slow, again)
    assert response.status_code == 409
    assert again in response.text
    assert "Je kunt weer schrijven vanaf" in response.text
    assert Contribution.objects.count() == 1
    assert "één bijdrage per uur" in page_of(slow)


def test_pace_counts_per_participant_and_ends(make, slow, guide):
    first, second = make.user(), make.user()
    make.contribution(slow, first)
    make.contribution(slow, second, text="Een ander zegt er ook iets over, en dat mag.")
    with pytest.raises(TooSoon) as refused:
        make.contribution(slow, first, text="Nog iets, en wel meteen.")
    ahead = refused.value.until - timezone.now()
    assert datetime.timedelta(minutes=59) < ahead <= datetime.timedelta(minutes=60)
    guiding.set_pace(user=guide, uuid=slow.uuid.hex, pace=Pace.FREE)
    make.contribution(slow, first, text="Nog iets, en nu mag het weer.")
    assert recorded("pace") == [("guide", "0", "60"), ("guide", "60", "0")]


def test_contribution_that_failed_costs_no_turn(make, slow, guide):
    who = make.user()
    make.participant(slow, who)
    guiding.set_read_only(user=guide, uuid=slow.uuid.hex, is_read_only=True)
    with pytest.raises(Exception, match="stilgezet"):
        make.contribution(slow, who)
    guiding.set_read_only(user=guide, uuid=slow.uuid.hex, is_read_only=False)
    make.contribution(slow, who)
    assert Contribution.objects.count() == 1


def test_turn_is_given_back_where_saving_fails(make, slow, monkeypatch):
    who = make.user()

    def fails(*_args, **_kwargs):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr("goedwerk_forum.actions.contributions.enqueue", fails)
        with pytest.raises(RuntimeError):
            make.contribution(slow, who)
    make.contribution(slow, who)
    assert Contribution.objects.count() == 1


def test_form_that_is_sent_twice_in_a_slow_discussion_is_there_once(client, make, slow):
    who = make.user()
    make.participant(slow, who)
    client.force_login(who)
    url = reverse("goedwerk_forum:write", args=[slow.uuid.hex])
    typed = {"kind": "vraag", "text": "Wie kent dit?", "submission": new_submission()}
    answers = [client.post(url, typed) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Contribution.objects.count() == 1


def test_guide_waits_for_nobody(slow, guide):
    guiding_people.turn(slow, guide)
    guiding_people.turn(slow, guide, text="Nog een vraag, aan wie nog niets zei.")
    assert Contribution.objects.count() == 2


def test_pace_leaves_no_moment_in_any_row_and_no_name_in_the_cache(make, slow, monkeypatch):
    kept = {}
    add = cache.add

    def noted(key, value, *args, **kwargs):
        kept[key] = value
        return add(key, value, *args, **kwargs)

    monkeypatch.setattr("goedwerk_forum.identity.pace.cache.add", noted)
    who = make.user()
    made = make.contribution(slow, who)
    [key] = [key for key, value in kept.items() if isinstance(value, float)]
    for secret in (who.pk, who.username, made.participant.token, made.participant.pk, slow.uuid):
        assert str(secret) not in key
    row = Contribution.objects.filter(pk=made.pk).values().get()
    moments = [value for value in row.values() if isinstance(value, datetime.datetime)]
    assert {timezone.localtime(moment).time() for moment in moments} == {datetime.time()}


# --- read only, closing day ----------------------------------------------------------------------


def test_read_only_keeps_what_somebody_typed_and_takes_it_later(
    client, in_browser, make, discussion
):
    who = make.user()
    make.participant(discussion, who)
    in_browser.post(guide_url(discussion, "stil"))
    writer = Client()
    writer.force_login(who)
    text = "Wij vroegen het eerst aan de balie, en toen pas aan de directie."
    response = write(writer, discussion, text)
    assert response.status_code == 409
    assert text in response.text
    assert "stilgezet" in response.text
    assert "stilgezet" in page_of(discussion)
    assert "Schrijf een bijdrage" not in page_of(discussion)
    assert not Contribution.objects.exists()
    in_browser.post(guide_url(discussion, "verder"))
    assert write(writer, discussion, text).status_code == 302
    assert recorded("read_only") == [("guide", "off", "on"), ("guide", "on", "off")]


def test_guide_writes_while_others_only_read(in_browser, discussion, guide):
    guiding.set_read_only(user=guide, uuid=discussion.uuid.hex, is_read_only=True)
    guiding_people.turn(fresh(discussion), guide)
    assert Contribution.objects.filter(by_guide=True).count() == 1


def test_guide_chooses_the_last_day_and_the_page_keeps_it_until_an_editor_says_something_new(
    in_browser, discussion
):
    day = timezone.localdate() + datetime.timedelta(days=40)
    response = in_browser.post(guide_url(discussion, "sluiting"), {"closes_on": day.isoformat()})
    assert response.status_code == 302
    assert fresh(discussion).closes_on == day
    page = discussion.page.specific
    page.save()
    assert fresh(discussion).closes_on == day
    page.discussion_closes_on = day - datetime.timedelta(days=3)
    page.save()
    assert fresh(discussion).closes_on == day - datetime.timedelta(days=3)
    assert recorded("closing") == [("guide", "", day.isoformat())]


def test_editor_who_lets_it_open_after_the_guides_day_is_followed(make, guide, discussion):
    today = timezone.localdate()
    guiding.set_closing(user=guide, uuid=discussion.uuid.hex, closes_on=today)
    page = discussion.page.specific
    page.discussion_opens_on = today + datetime.timedelta(days=2)
    page.save()
    assert fresh(discussion).closes_on is None


@pytest.mark.parametrize("day", ["gisteren", "", "2020-01-01"])
def test_day_that_cannot_be_is_refused_beside_its_field(in_browser, discussion, day):
    response = in_browser.post(guide_url(discussion, "sluiting"), {"closes_on": day})
    assert response.status_code in (409, 422)
    assert fresh(discussion).closes_on is None
    assert not recorded("closing")


def test_day_before_the_opening_is_refused(make, guide, discussion):
    opens = timezone.localdate() + datetime.timedelta(days=5)
    Discussion.objects.filter(pk=discussion.pk).update(opens_on=opens)
    with pytest.raises(ImpossibleDay):
        guiding.set_closing(
            user=guide,
            uuid=discussion.uuid.hex,
            closes_on=opens - datetime.timedelta(days=1),
        )
    assert fresh(discussion).closes_on is None
