"""What somebody reads who is warned, paused or excluded; and what ambassadors can do and see."""

from __future__ import annotations

from unittest.mock import Mock

import pytest
from django.urls import reverse

from goedwerk_forum.errors import KeyMissing
from goedwerk_forum.forms import new_submission
from goedwerk_forum.models import Contribution, MeasureRequest, Standing, Statement
from goedwerk_forum.outbox.drive import drive
from goedwerk_forum.transitions import Measure
from measures import WORDS, asked, excluded, followed, in_days, taken

pytestmark = pytest.mark.django_db

TYPED = "Wij vroegen het eerst aan de balie, en daarna aan elkaar."


@pytest.fixture
def who(author):
    return author


@pytest.fixture
def occasion(make, discussion, who):
    return make.published(discussion, who)


@pytest.fixture
def ambassador(make, discussion):
    return make.ambassador(discussion)


@pytest.fixture
def desk(client, ambassador):
    """The browser of an ambassador of the discussion."""
    client.force_login(ambassador)
    return client


def write_url(discussion):
    return reverse("goedwerk_forum:write", args=[discussion.uuid.hex])


def send(client, url, **fields):
    data = {"kind": "ervaring", "text": TYPED, "submission": new_submission()}
    return client.post(url, data | fields)


def measure_url(contribution):
    return reverse("goedwerk_moderation:measure", args=[contribution.public_id])


def filled(kind, **fields):
    return {"kind": kind, "reason": "about_person", "words": WORDS} | fields


# --- the person herself ----------------------------------------------------------------------


def test_form_refuses_with_day_reason_and_the_typed_text(writer, discussion, occasion):
    followed(taken(occasion))
    written = Contribution.objects.count()
    answer = send(writer, write_url(discussion))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert TYPED in page
    assert "Je hebt een pauze tot en met" in page
    assert "Het gaat over een mens, niet over het werk." in page
    assert reverse("goedwerk_forum:inbox") in page
    assert "Verstuur als" not in page
    assert Contribution.objects.count() == written


def test_form_of_another_discussion_refuses_too(make, writer, who, occasion):
    elsewhere = make.discussion()
    make.participant(elsewhere, who)
    followed(excluded(occasion))
    answer = send(writer, write_url(elsewhere))
    assert answer.status_code == 409
    assert "Je bent uitgesloten tot en met" in answer.content.decode()


def test_page_says_it_before_anything_is_typed(writer, discussion, occasion):
    followed(taken(occasion))
    page = writer.get(write_url(discussion)).content.decode()
    assert "Je hebt een pauze tot en met" in page
    assert "<textarea" not in page


def test_joining_is_refused_and_makes_no_participant(make, writer, who, occasion):
    elsewhere = make.discussion()
    followed(taken(occasion))
    url = reverse("goedwerk_forum:join", args=[elsewhere.uuid.hex])
    shown = writer.get(url)
    assert "Doe mee als" not in shown.content.decode()
    answer = writer.post(url, {"join": "1", "pseudonym": shown.context["signed_pseudonym"]})
    assert answer.status_code == 409
    assert not elsewhere.participants.exists()


def test_edit_is_refused_with_the_typed_text(writer, occasion):
    followed(taken(occasion))
    url = reverse("goedwerk_forum:edit", args=[occasion.public_id])
    answer = send(writer, url, version=occasion.version)
    assert answer.status_code == 409
    assert TYPED in answer.content.decode()
    assert occasion.revisions.count() == 1


def test_warning_stands_at_the_form_and_the_text_is_sent(writer, discussion, occasion):
    followed(taken(occasion, Measure.WARN, 30))
    page = writer.get(write_url(discussion)).content.decode()
    assert "Je kreeg een waarschuwing." in page
    assert "Verstuur als" in page
    assert send(writer, write_url(discussion)).status_code == 302


def test_nobody_else_reads_of_it(client, make, discussion, occasion):
    followed(taken(occasion, Measure.WARN, 30))
    other = make.user()
    make.participant(discussion, other)
    client.force_login(other)
    assert "waarschuwing" not in client.get(write_url(discussion)).content.decode()
    assert "waarschuwing" not in client.get(discussion.page.url).content.decode()


def test_inbox_and_own_page_tell_it_with_the_statement_of_reasons(writer, occasion):
    followed(taken(occasion))
    inbox = writer.get(reverse("goedwerk_forum:inbox")).content.decode()
    own = writer.get(reverse("goedwerk_forum:own", args=[occasion.public_id])).content.decode()
    for page in (inbox, own):
        assert WORDS in page
        assert "in alle dialogen. Daarna is het vanzelf voorbij." in page
    assert "Je kunt een tijd niet schrijven" in inbox
    assert "Je kreeg een pauze." in own


def test_lifted_measure_says_so(writer, occasion):
    from goedwerk_forum.actions import standing

    request = followed(taken(occasion))
    standing.lift(statement=request.statement)
    inbox = writer.get(reverse("goedwerk_forum:inbox")).content.decode()
    assert "Een maatregel is opgeheven" in inbox
    assert "Dit is opgeheven: het geldt niet meer." in inbox


def test_a_measure_is_not_taken_for_the_reason_of_a_returned_text(make, writer, who, discussion):
    from goedwerk_forum.transitions import Action

    returned = make.judged(make.held(discussion, who), Action.RETURN, "off_topic")
    taken(returned, Measure.WARN, 30)
    page = writer.get(reverse("goedwerk_forum:edit", args=[returned.public_id])).content.decode()
    assert "Het past niet bij deze vraag" in page
    assert page.count(WORDS) == 0


def test_own_data_tell_what_holds_even_when_all_links_are_cut(writer, who, occasion):
    from goedwerk_forum.actions import own

    followed(excluded(occasion))
    own.cut_all_links(user=who)
    page = writer.get(reverse("goedwerk_forum:own_data")).content.decode()
    assert "Uitgesloten, tot en met" in page


def test_before_links_are_cut_a_measure_is_said_to_end_only_by_itself(make, writer, who, occasion):
    make.sign_in_again(writer, who)
    urls = [
        reverse("goedwerk_forum:own_cut"),
        reverse("goedwerk_forum:own_cut_here", args=[occasion.discussion.uuid.hex]),
    ]
    for url in urls:
        assert "vanzelf aflopen" not in writer.get(url).content.decode()
    followed(excluded(occasion))
    for url in urls:
        page = writer.get(url).content.decode()
        assert "Je bent nu uitgesloten, tot en met" in page
        assert "alleen nog vanzelf aflopen" in page
        assert "Maak dan eerst bezwaar" in page


def test_links_can_be_cut_where_the_key_of_measures_is_missing(
    make, writer, who, occasion, monkeypatch
):
    make.sign_in_again(writer, who)
    followed(excluded(occasion))
    refuse = Mock(side_effect=KeyMissing)
    monkeypatch.setattr("goedwerk_forum.access.all_that_holds", refuse)
    page = writer.get(reverse("goedwerk_forum:own_cut"))
    assert "Geldt er een maatregel voor je" in page.content.decode()
    assert refuse.called


def test_file_to_take_along_holds_the_measure_with_its_last_day(who, occasion):
    from goedwerk_forum.own_file import everything

    followed(taken(occasion))
    (discussion,) = everything(who)["discussions"]
    (told,) = discussion["contributions"][0]["statements"]
    assert (told["words"], told["until"]) == (WORDS, in_days(7))


def test_withdrawing_downloading_and_cutting_still_work(writer, occasion):
    followed(excluded(occasion))
    for name in ("own_download", "own_erase", "own_cut"):
        assert writer.get(reverse(f"goedwerk_forum:{name}")).status_code in (200, 302)
    url = reverse("goedwerk_forum:withdraw", args=[occasion.public_id])
    assert writer.post(url).status_code == 302
    occasion.refresh_from_db()
    assert occasion.state == "withdrawn"


# --- the ambassador --------------------------------------------------------------------------


def test_guide_who_moderates_gets_there_from_the_thread_and_another_does_not(
    client, discussion, ambassador, occasion
):
    from django.contrib.auth.models import Permission

    from goedwerk_forum.models import Discussion
    from guides import guide_of

    url = reverse("goedwerk_forum:guide_tools", args=[occasion.public_id])
    client.force_login(guide_of(discussion))
    page = client.get(url)
    assert page.status_code == 200
    assert measure_url(occasion) not in page.content.decode()
    ambassador.user_permissions.add(Permission.objects.get(codename="guide_discussion"))
    Discussion.objects.filter(pk=discussion.pk).update(guide=ambassador)
    client.force_login(ambassador)
    assert measure_url(occasion) in client.get(url).content.decode()


def test_pause_from_the_case_page(desk, occasion):
    assert (
        measure_url(occasion)
        in desk.get(reverse("goedwerk_moderation:case", args=[occasion.public_id])).content.decode()
    )
    answer = desk.post(measure_url(occasion), filled("pause", days="7"))
    assert answer.status_code == 302
    request = MeasureRequest.objects.get()
    assert (request.kind, request.until, request.statement.words) == ("pause", in_days(7), WORDS)
    page = desk.get(answer["Location"]).content.decode()
    assert "Gepauzeerd" in page
    assert reverse("goedwerk_moderation:measure_end", args=[request.public_id]) in page


def test_pause_that_is_sent_twice_is_taken_once_and_its_words_stay(desk, occasion):
    answers = [desk.post(measure_url(occasion), filled("pause", days="7")) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 409]
    page = answers[1].content.decode()
    assert "Deze maatregel geldt al." in page
    assert WORDS in page
    request = MeasureRequest.objects.get()
    assert reverse("goedwerk_moderation:measure_end", args=[request.public_id]) in page
    assert Statement.objects.filter(decision=Measure.PAUSE).count() == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Kies wat je wilt doen."),
        (filled("pause"), "Kies hoelang de pauze duurt."),
        (filled("exclude"), "Kies de laatste dag van de uitsluiting."),
        (filled("exclude", until="2001-01-01"), "Kies een dag na vandaag"),
        (filled("exclude", until="morgen"), "Schrijf een datum"),
        (filled("warn", reason=""), "Kies een reden."),
        (filled("warn", words=" "), "Schrijf erbij wat er gebeurde"),
        (filled("warn", words="x" * 1001), "1 tekens te lang"),
        (filled("warn", reason="hand_over"), "Kies een reden uit de lijst."),
        (filled("banish"), "Kies een van de drie maatregelen."),
    ],
)
def test_wrong_input_is_told_and_nothing_happens(desk, occasion, fields, said):
    answer = desk.post(measure_url(occasion), fields)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not MeasureRequest.objects.exists()
    assert not Statement.objects.filter(decision__in=Measure.values).exists()


def test_typed_words_stay_where_something_is_wrong(desk, occasion):
    answer = desk.post(measure_url(occasion), filled("pause"))
    assert WORDS in answer.content.decode()


def test_exclusion_waits_for_another_on_her_home_page_and_in_the_list(
    client, make, discussion, ambassador, occasion
):
    client.force_login(ambassador)
    client.post(measure_url(occasion), filled("exclude", until=in_days(100).isoformat()))
    request = MeasureRequest.objects.get()
    url = reverse("goedwerk_moderation:measure_asked", args=[request.public_id])
    own = client.get(url).content.decode()
    assert "Dit vroeg je zelf" in own
    assert 'value="confirm"' not in own
    assert client.post(url, {"choice": "confirm"}).status_code == 409
    assert not Statement.objects.filter(decision=Measure.EXCLUDE).exists()

    client.force_login(make.ambassador(discussion))
    for place in (reverse("wagtailadmin_home"), reverse("goedwerk_moderation:measures")):
        assert url in client.get(place).content.decode()
    assert WORDS in client.get(url).content.decode()
    assert client.post(url, {"choice": "confirm"}).status_code == 302
    drive("notices")
    assert Standing.objects.count() == 1
    assert client.get(url).status_code == 404


def test_turning_down_and_ending_early(client, make, discussion, occasion):
    request, stands = asked(occasion), followed(taken(occasion))
    client.force_login(make.ambassador(discussion))
    url = reverse("goedwerk_moderation:measure_asked", args=[request.public_id])
    assert client.post(url, {"choice": "turn_down"}).status_code == 302
    end = reverse("goedwerk_moderation:measure_end", args=[stands.public_id])
    assert client.get(end).status_code == 200
    assert Standing.objects.count() == 1
    assert client.post(end).status_code == 302
    drive("notices")
    assert not Standing.objects.exists()
    stands.refresh_from_db()
    assert stands.state == MeasureRequest.State.LIFTED


@pytest.mark.parametrize("role", ["ambassador elsewhere", "participant", "nobody"])
def test_pages_are_for_ambassadors_of_the_discussion(client, make, occasion, role):
    request, stands = asked(occasion), taken(occasion)
    if role == "ambassador elsewhere":
        client.force_login(make.ambassador(make.discussion()))
    if role == "participant":
        client.force_login(make.user())
    urls = [
        measure_url(occasion),
        reverse("goedwerk_moderation:measure_asked", args=[request.public_id]),
        reverse("goedwerk_moderation:measure_end", args=[stands.public_id]),
    ]
    before = list(MeasureRequest.objects.order_by("pk").values())
    for url in urls:
        assert client.get(url).status_code in (302, 403, 404)
        answer = client.post(url, filled("warn") | {"choice": "confirm"})
        assert answer.status_code in (302, 403, 404)
    assert list(MeasureRequest.objects.order_by("pk").values()) == before
    listed = client.get(reverse("goedwerk_moderation:measures")).content.decode()
    assert request.public_id not in listed


def test_own_case_offers_no_measure(client, make, discussion):
    herself = make.ambassador(discussion)
    mine = make.published(discussion, herself)
    client.force_login(herself)
    assert client.get(measure_url(mine)).status_code == 403


def test_case_tells_of_this_discussion_only(client, make, who, discussion, occasion):
    elsewhere = make.discussion()
    other = make.published(elsewhere, who)
    followed(taken(other))
    client.force_login(make.ambassador(discussion))
    page = client.get(
        reverse("goedwerk_moderation:case", args=[occasion.public_id])
    ).content.decode()
    assert "In deze dialoog is er geen." in page
    assert WORDS not in page
