"""A practice room that keeps nothing, pictured steps, a first contribution, hiding for oneself."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from counting import counted
from goedwerk_forum.checks import remote
from goedwerk_forum.practice_room import answer_to
from linking import dumps
from linking.week import captured_logs

pytestmark = pytest.mark.django_db

TRACEABLE = "Mijn collega Fatima de Vries belde mij op 06-12345678 over dat dossier."
RUDE = "Zij is een achterlijke trut en iedereen op de afdeling weet dat."
CALM = "Ik heb het eerst met een collega besproken en daarna pas opgeschreven wat ik zag."


@pytest.fixture
def room():
    return reverse("goedwerk_forum:practice_room")


def tried(client, room, text, **fields):
    return client.post(room, {"text": text, "preview": "1"} | fields)


# --- the practice room -----------------------------------------------------------------------


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_room_shows_marks_checks_and_words_and_keeps_nothing(make, room, is_signed_in):
    browser = Client(enforce_csrf_checks=True)
    if is_signed_in:
        browser.force_login(make.user())
    tried(browser, room, CALM)
    before = dumps.take()
    with captured_logs() as logs, counted() as work:
        answer = tried(browser, room, TRACEABLE)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert work.rows == 0
    assert dumps.take() == before
    assert "Fatima" not in logs.getvalue()
    assert '<mark class="gw-word' in page
    assert "Maak er" in page
    assert "kreeg je deze tekst meteen terug" in page
    assert "Aan een paar woorden is iemand te herkennen." in page


def test_room_sets_no_cookie_and_is_never_cached(client, room):
    for answer in (client.get(room), tried(client, room, CALM)):
        assert not answer.cookies
        assert "no-store" in answer["Cache-Control"]
        assert "csrfmiddlewaretoken" not in answer.content.decode()


def test_press_puts_other_words_in(client, room):
    shown = tried(client, room, TRACEABLE)
    mark = shown.context["preview"].marks[0]
    suggestion, press = mark.presses[0]
    answer = tried(client, room, TRACEABLE, replace=press)
    assert suggestion in answer.context["form"].data["text"]
    assert "Vervangen:" in answer.content.decode()


def test_room_answers_a_hurtful_text_as_an_ambassador_would(client, room):
    page = tried(client, room, RUDE).content.decode()
    assert "Kun je schrijven wat er gebeurde, zonder een oordeel" in page
    assert "leest een ambassadeur je eerste teksten" in page


def test_room_has_a_friendly_word_for_a_calm_text(client, room):
    page = tried(client, room, CALM).content.decode()
    assert "Dank je, ik plaats dit." in page
    assert "Een programma mist weleens iets" in page


def test_text_that_tells_of_more_shows_where_to_turn(client, room):
    page = tried(
        client, room, "Ik zie het niet meer zitten en denk aan zelfmoord."
    ).content.decode()
    assert "Hoe gaat het met je?" in page


@pytest.mark.parametrize(
    ("text", "said"), [("", "Schrijf eerst"), ("x" * 5001, "1 tekens te lang")]
)
def test_wrong_input_is_told_and_stays(client, room, text, said):
    answer = tried(client, room, text)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert text in answer.content.decode()


def test_text_goes_to_no_classifier_elsewhere(client, room, settings, monkeypatch):
    settings.GOEDWERK = settings.GOEDWERK | {"REMOTE_URL": "https://elders.example"}
    asked = []
    monkeypatch.setattr(remote, "ask", lambda *args: asked.append(args) or (1.0, "boos"))
    tried(client, room, CALM)
    assert asked == []


def test_a_check_that_the_site_switched_off_says_nothing(make):
    from wagtail.models import Site

    from goedwerk_forum.models import CheckSetting

    make.root()
    site = Site.objects.get(is_default_site=True)
    assert [one.name for one in answer_to(RUDE, site).told] != []
    CheckSetting.objects.create(site=site, check_code="conduct", is_on=False)
    assert answer_to(RUDE, site).told == []


# --- the first visit -------------------------------------------------------------------------


def test_joining_explains_what_happens_and_offers_practice(writer, make, room):
    url = reverse("goedwerk_forum:join", args=[make.discussion().uuid.hex])
    page = writer.get(url).content.decode()
    assert "Wat er met je tekst gebeurt" in page
    assert page.count("gw-stages__pic") == 4
    assert room in page


def test_first_contribution_is_marked_in_the_queue_and_on_the_case(client, make, discussion):
    first = make.held(discussion)
    author = make.user()
    make.held(discussion, author)
    second = make.held(discussion, author, text=f"{CALM} Daarna belde ik zelf.")
    client.force_login(make.ambassador(discussion))
    queue = client.get(reverse("goedwerk_moderation:index")).content.decode()
    assert queue.count("eerste bijdrage") == 2

    def case(contribution):
        url = reverse("goedwerk_moderation:case", args=[contribution.public_id])
        return client.get(url).content.decode()

    assert "Heet haar of hem welkom" in case(first)
    assert "Heet haar of hem welkom" not in case(second)


def test_known_person_is_no_newcomer_in_the_queue(client, make):
    discussion = make.discussion(discussion_policy="all_first")
    make.held(discussion, make.known())
    client.force_login(make.ambassador(discussion))
    assert (
        "eerste bijdrage" not in client.get(reverse("goedwerk_moderation:index")).content.decode()
    )


# --- hiding ----------------------------------------------------------------------------------


def test_thread_and_list_are_the_same_bytes_for_everybody(client, make, discussion):
    make.published(discussion)
    urls = [discussion.page.url, reverse("goedwerk_forum:hidden")]
    before = [client.get(url) for url in urls]
    client.force_login(make.user())
    after = [client.get(url) for url in urls]
    assert [one.content for one in before] == [one.content for one in after]
    assert not any(one.cookies for one in [*before, *after])


def test_control_is_not_there_without_script_and_a_page_explains(client, make, discussion):
    shown = make.published(discussion)
    page = client.get(discussion.page.url).content.decode()
    assert f'data-gw-who="{shown.participant.pseudonym}"' in page
    assert f'data-gw-hiding="{discussion.uuid.hex}"' in page
    buttons = re.findall("<button[^>]*>", page[page.index("<main") : page.index("</main>")])
    assert buttons, "to share and to print, which a script shows"
    assert all("hidden" in one or "data-gw-print" in one for one in buttons)
    listed = client.get(reverse("goedwerk_forum:hidden")).content.decode()
    assert "Verbergen werkt met JavaScript" in listed
