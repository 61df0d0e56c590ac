"""Statements: a vote on a page of its own, the dialogue, a second vote; one page for all."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

import asking
import factories
from asking import AGREE
from counting import WRITE, counted
from goedwerk_casestudies.actions import ballots
from goedwerk_casestudies.models import BallotToken, Round
from goedwerk_forum.models import Contribution, Policy, RescuedText

pytestmark = pytest.mark.django_db

CHOICE = {"a-s-stelling": "agree"}


@pytest.fixture
def page():
    return asking.statement(
        has_discussion=True,
        discussion_question="Wat kort jij in?",
        discussion_group=factories.ambassador_group(),
        discussion_policy=Policy.ALL_FIRST,
    )


@pytest.fixture
def first(page):
    return asking.round_of(page)


@pytest.fixture
def voter(client):
    who = factories.user()
    client.force_login(who)
    return who


def address(round_: Round) -> str:
    return reverse("goedwerk_stories:take_part", args=[round_.uuid.hex])


# --- the public page -------------------------------------------------------------------------


def test_the_page_is_the_same_for_everybody_and_sets_nothing(client, page, first):
    asking.voted(first, agree=6, disagree=5)
    other = Client()
    other.force_login(factories.user())
    mine, theirs = client.get(page.url), other.get(page.url)
    assert mine.content == theirs.content
    assert not mine.cookies
    assert "Cookie" not in mine.headers.get("Vary", "")
    assert b"csrf" not in mine.content


def test_the_page_leads_to_the_vote_and_hides_how_others_voted_till_one_asks(client, page, first):
    asking.voted(first, agree=6, disagree=4)
    text = client.get(page.url).content.decode()
    assert address(first) in text
    assert "Stem voordat je verder leest" in text
    assert text.index('<details class="gw-later">') < text.index("Het beeld van de groep")


def test_after_the_second_round_the_page_shows_the_shift_with_its_table(client, page, first):
    asking.voted(first, agree=6, disagree=9)
    second = ballots.open_round(page=page)
    asking.voted(second, agree=10, disagree=5)
    ballots.close_round(round_=second)
    text = client.get(page.url).content.decode()
    assert "Voor en na de dialoog" in text
    assert 'role="img"' in text
    assert "Dezelfde cijfers in een tabel" in text
    assert text.count('<td class="gw-num">15</td>') == 2
    assert 'class="gw-later"' not in text


def test_a_page_says_when_the_second_round_opens(client):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    page = asking.statement(second_opens_on=tomorrow)
    ballots.close_round(round_=asking.round_of(page))
    assert "De tweede opent op" in client.get(page.url).content.decode()


def test_a_page_costs_as_much_however_many_voted(client, page, first):
    client.get(page.url)
    with counted() as few:
        client.get(page.url)
    asking.voted(first, agree=12, disagree=13)
    with counted() as many:
        client.get(page.url)
    assert few.queries == many.queries
    assert few.rows == many.rows == 0


def test_rounds_add_one_query_to_a_page(client, page, first):
    client.get(page.url)
    with counted() as so_far:
        client.get(page.url)
    asked = [sql for sql in so_far.statements if "goedwerk_casestudies_round" in sql]
    assert len(asked) == 1


def test_an_alias_shows_the_rounds_of_its_source(client, page, first):
    alias = page.create_alias(update_slug="elders")
    assert address(first) in client.get(alias.url).content.decode()
    assert Round.objects.count() == 1


def test_the_overview_lists_what_may_be_read_in_a_fixed_number_of_queries(client, page, first):
    hidden = asking.statement(title="Nog niet openbaar.", live=False)
    url = asking.overview().url
    client.get(url)
    with counted() as few:
        text = client.get(url).content.decode()
    for _one in range(5):
        asking.statement()
    with counted() as many:
        client.get(url)
    assert page.title in text
    assert hidden.title not in text
    assert few.queries == many.queries


def test_an_empty_overview_says_what_to_do(client):
    assert "Kom later nog eens kijken" in client.get(asking.overview().url).content.decode()


# --- voting ----------------------------------------------------------------------------------


def test_a_vote_is_counted_once_and_said(client, first, voter):
    assert client.get(address(first)).status_code == 200
    answer = client.post(address(first), CHOICE, follow=True)
    assert "Je stem telt mee" in answer.content.decode()
    assert BallotToken.objects.filter(round=first).count() == 1
    again = client.post(address(first), CHOICE)
    assert "Je antwoord van toen telt" in again.content.decode()
    assert BallotToken.objects.filter(round=first).count() == 1


def test_the_form_says_that_a_vote_is_final_and_shows_nothing_of_others(client, first, voter):
    asking.voted(first, agree=6, disagree=5)
    text = client.get(address(first)).content.decode()
    assert "Je stem is definitief" in text
    assert "Het beeld van de groep" not in text


def test_personal_pages_are_kept_by_nobody(client, first, voter):
    for answer in (client.get(address(first)), client.post(address(first), {})):
        assert "no-store" in answer["Cache-Control"]
        assert "private" in answer["Cache-Control"]


def test_no_answer_is_an_error_beside_the_field_and_nothing_is_counted(client, first, voter):
    answer = client.post(address(first), {})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Fout:" in text
    assert 'href="#gw-s-stelling-0"' in text
    assert 'id="gw-s-stelling-0"' in text
    assert 'aria-invalid="true"' in text
    assert not BallotToken.objects.exists()


def test_an_answer_that_was_not_asked_is_refused(client, first, voter):
    assert client.post(address(first), {"a-s-stelling": "verzonnen"}).status_code == 422
    assert not BallotToken.objects.exists()


def test_who_is_not_signed_in_signs_in_first_and_finds_her_choice_again(client, first):
    answer = client.post(address(first), CHOICE)
    assert answer.status_code == 302
    assert reverse("account_login") in answer["Location"]
    assert "agree" not in answer["Location"]
    assert not BallotToken.objects.exists()
    client.force_login(factories.user())
    text = client.get(address(first)).content.decode()
    assert 'value="agree" checked' in text
    client.post(address(first), CHOICE)
    assert BallotToken.objects.count() == 1
    assert not RescuedText.objects.exists()


def test_a_form_that_was_open_too_long_keeps_the_choice(first, voter):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(voter)
    answer = strict.post(address(first), CHOICE)
    assert answer.status_code == 403
    assert '<input type="hidden" name="a-s-stelling" value="agree">' in answer.content.decode()
    assert not BallotToken.objects.exists()


def test_a_closed_round_says_so_and_counts_nothing(client, first, voter):
    ballots.close_round(round_=first)
    for answer in (client.get(address(first)), client.post(address(first), CHOICE)):
        assert answer.status_code == 409
        assert "Deze ronde is gesloten" in answer.content.decode()
    assert not BallotToken.objects.exists()


def test_a_missing_key_is_said_and_the_choice_stays(client, first, voter, monkeypatch):
    from goedwerk_forum.errors import KeyMissing

    def missing():
        raise KeyMissing

    monkeypatch.setattr("goedwerk_forum.identity.keys.link_key", missing)
    monkeypatch.setattr("goedwerk_forum.identity.keys.link_keys", missing)
    answer = client.post(address(first), CHOICE)
    assert answer.status_code == 409
    assert 'value="agree" checked' in answer.content.decode()
    assert not BallotToken.objects.exists()


def test_a_vote_costs_a_fixed_number_of_queries(client, first, voter):
    with counted() as empty:
        client.post(address(first), CHOICE)
    asking.voted(first, agree=10, disagree=12)
    other = Client()
    other.force_login(factories.user())
    with counted() as full:
        other.post(address(first), CHOICE)
    assert empty.queries == full.queries
    assert empty.rows == full.rows == 2


def test_looking_writes_nothing(client, first, voter):
    with counted() as so_far:
        client.get(address(first))
    assert not [sql for sql in so_far.statements if WRITE.match(sql)]


# --- the reason ------------------------------------------------------------------------------


def test_a_reason_goes_the_ordinary_road_and_a_vote_writes_none(client, page, first, voter):
    text = client.post(address(first), CHOICE, follow=True).content.decode()
    write = reverse("goedwerk_forum:write", args=[page.discussion.uuid.hex])
    assert f"{write}?soort=afweging" in text
    assert not Contribution.objects.exists()


def test_a_reason_and_a_vote_share_no_value(first, page, voter):
    from goedwerk_forum.models import Discussion

    ballots.answer(user=voter, round_=first, cells=[AGREE])
    said = factories.contribution(Discussion.objects.get(page_id=page.pk), voter)
    token = BallotToken.objects.get()
    theirs = {str(value) for value in Contribution.objects.values().get(pk=said.pk).values()}
    theirs |= {str(value) for value in vars(said.participant).values()}
    assert not theirs & {str(token.pk), token.token, str(first.pk), first.uuid.hex, str(first.uuid)}


def test_without_a_dialogue_the_way_leads_back(client, voter):
    page = asking.statement()
    text = client.post(address(asking.round_of(page)), CHOICE, follow=True).content.decode()
    assert "Terug naar de stelling" in text
    assert "Schrijf je reden" not in text


# --- who may ---------------------------------------------------------------------------------


def test_a_round_of_a_page_that_is_not_live_is_not_there(client, page, first, voter):
    assert client.get(address(first)).status_code == 200
    page.unpublish()
    assert client.get(address(first)).status_code == 404
    assert client.post(address(first), CHOICE).status_code == 404
    assert not BallotToken.objects.exists()


def test_a_round_behind_a_restriction_is_not_there(client, page, first, voter):
    from wagtail.models import PageViewRestriction

    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="geheim"
    )
    assert client.get(address(first)).status_code == 404
    assert client.post(address(first), CHOICE).status_code == 404
    assert not BallotToken.objects.exists()


@pytest.mark.parametrize("public_id", ["bestaatniet", "0" * 32])
def test_what_is_no_round_is_not_there(client, voter, public_id):
    url = reverse("goedwerk_stories:take_part", args=[public_id])
    assert client.get(url).status_code == 404


def test_who_publishes_opens_and_closes_rounds_in_the_admin(admin_client, page, first):
    url, close = rounds_of(page)
    assert f'href="{close}"' in admin_client.get(url).content.decode()
    admin_client.post(close, {"round": "1", "do": "close"})
    admin_client.post(url)
    assert [one.is_open for one in Round.objects.order_by("number")] == [False, True]
    admin_client.post(close, {"round": "2", "do": "open"})
    admin_client.post(url)
    assert [one.is_open for one in Round.objects.order_by("number")] == [False, False]
    assert b"Rondes" in admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content


def test_closing_a_round_is_asked_for_first_with_what_ends_for_good(admin_client, page, first):
    url, close = rounds_of(page)
    asked = admin_client.get(close).content.decode()
    assert f"Ronde 1 van ‘{page.title}’ gaat voor altijd dicht." in asked
    assert "Er is nog één ronde over." in asked
    admin_client.post(url, {"do": "close"})
    admin_client.post(url, {"do": "open"})
    assert [one.is_open for one in Round.objects.all()] == [True]
    admin_client.post(close, {"round": "1", "do": "open"})
    assert [one.is_open for one in Round.objects.order_by("number")] == [False, True]
    assert "Dit is de laatste ronde." in admin_client.get(close).content.decode()


def test_a_page_that_asked_to_close_the_first_round_does_not_close_the_second(
    admin_client, page, first
):
    _url, close = rounds_of(page)
    ballots.open_round(page=page)
    answer = admin_client.post(close, {"round": "1", "do": "close"}, follow=True)
    assert "Die ronde is al gesloten." in answer.content.decode()
    assert [one.is_open for one in Round.objects.order_by("number")] == [False, True]


def test_with_no_open_round_there_is_nothing_to_ask(admin_client, page, first):
    url, close = rounds_of(page)
    ballots.close_round(round_=first)
    assert admin_client.get(close).url == url


def test_the_guide_opens_and_closes_rounds_and_another_does_not(client, page, first):
    _url, close = rounds_of(page)
    closing = {"round": "1", "do": "close"}
    guide = factories.user(groups=(factories.ambassador_group(),))
    client.force_login(guide)
    client.post(close, closing)
    first.refresh_from_db()
    assert first.is_open
    type(page).objects.filter(pk=page.pk).update(discussion_guide=guide)
    client.post(close, closing)
    first.refresh_from_db()
    assert not first.is_open


def rounds_of(page):
    """The addresses of its rounds, and of closing one."""
    return [reverse(name, args=[page.pk]) for name in ("goedwerk_rounds", "goedwerk_round_close")]


def test_rounds_of_another_page_type_are_not_there(admin_client):
    story = factories.story()
    assert admin_client.get(reverse("goedwerk_rounds", args=[story.pk])).status_code == 404


# --- the editor ------------------------------------------------------------------------------


def test_a_name_in_a_statement_is_refused():
    with pytest.raises(ValidationError) as refused:
        asking.statement(title="Bel 06-12345678 voor een advies.")
    assert "title" in refused.value.message_dict


def test_a_round_cannot_close_before_it_opens():
    today = timezone.localdate()
    yesterday = today - datetime.timedelta(days=1)
    with pytest.raises(ValidationError) as refused:
        asking.statement(first_closes_on=today, second_opens_on=today, second_closes_on=yesterday)
    assert set(refused.value.message_dict) == {"second_opens_on", "second_closes_on"}


def test_five_steps_can_be_asked():
    page = asking.statement(answers="five")
    assert len(asking.round_of(page).asked.steps) == 5


def test_answers_are_in_the_language_of_the_statement_whoever_opens_the_round():
    with translation.override("en"):
        page = asking.statement()
    assert asking.round_of(page).asked.steps[0].text == "Eens"


def test_a_statement_is_found_by_its_words():
    from goedwerk_casestudies.models import StatementPage

    page = asking.statement()
    assert page.pk in [found.pk for found in StatementPage.objects.live().search("kort")]
