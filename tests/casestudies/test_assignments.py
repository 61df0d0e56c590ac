"""Assignments: four forms, each asked, looked at, added up, drawn and printed."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

import asking
import factories
from counting import WRITE, counted
from goedwerk_casestudies.clearance import digest
from goedwerk_casestudies.models import BallotToken, Round

pytestmark = pytest.mark.django_db

FORMS = ["mark", "sort", "place", "scale"]


def address(round_: Round) -> str:
    return reverse("goedwerk_stories:take_part", args=[round_.uuid.hex])


def choices(round_: Round) -> dict:
    """A whole answer, as a browser sends it."""
    sheet = round_.asked
    keys = [item.key for item in sheet.items]
    if sheet.form == "mark":
        return {"a-marked": keys[:2]}
    if sheet.form == "sort":
        return {"a-personal": keys[:2], "a-working": keys[1:]}
    if sheet.form == "place":
        return {f"a-{axis}-{key}": "4" for key in keys for axis in "xy"}
    return {f"a-s-{key}": sheet.steps[0].key for key in keys}


@pytest.fixture(params=FORMS)
def asked(request):
    return asking.round_of(asking.assignment(request.param))


@pytest.fixture
def page(asked):
    return asked.page.specific


# --- each form -------------------------------------------------------------------------------


def test_anybody_looks_at_her_own_answer_and_nothing_is_kept(client, asked):
    assert client.get(address(asked)).status_code == 200
    with counted() as so_far:
        answer = client.post(address(asked), choices(asked) | {"do": "look"})
    assert "Dit zie jij alleen" in answer.content.decode()
    assert asking.MARKS[1] in answer.content.decode().replace("&#x27;", "’")
    assert not [sql for sql in so_far.statements if WRITE.match(sql)]
    assert "sessionid" not in answer.cookies


def test_what_was_looked_at_is_what_is_added(client, asked):
    client.force_login(factories.user())
    looked = client.post(address(asked), choices(asked)).content.decode()
    carried: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="hidden" name="(a-[^"]+)" value="([^"]*)"', looked):
        carried.setdefault(name, []).append(value)
    added = client.post(address(asked), carried | {"do": "add"}, follow=True)
    assert "Je antwoord telt mee" in added.content.decode()
    assert BallotToken.objects.filter(round=asked).count() == 1
    for _other in range(4):
        browser = Client()
        browser.force_login(factories.user())
        browser.post(address(asked), choices(asked) | {"do": "add"})
    asked.refresh_from_db()
    assert asked.counted == 5
    assert set(asked.tally.values()) == {5}
    assert set(asked.tally) < set(asked.asked.cells())


def test_a_stranger_adds_nothing_and_finds_her_choices_again(client, asked):
    answer = client.post(address(asked), choices(asked) | {"do": "add"})
    assert reverse("account_login") in answer["Location"]
    assert not BallotToken.objects.exists()
    client.force_login(factories.user())
    text = client.get(address(asked)).content.decode()
    assert "Voeg toe aan het beeld van de groep" in text
    assert text.count('type="hidden" name="a-') == sum(
        len(value) if isinstance(value, list) else 1 for value in choices(asked).values()
    )


def test_an_empty_answer_is_an_error_that_says_what_to_do(client, asked):
    answer = client.post(address(asked), {"do": "look"})
    assert answer.status_code == 422
    assert "Kies minstens één antwoord." in answer.content.decode()


def test_every_control_has_a_label_and_works_without_dragging(client, asked):
    text = client.get(address(asked)).content.decode()
    main = text[text.index('class="gw-form"') : text.index("gw-side--stick")]
    controls = re.findall(r'<(?:select|input) [^>]*id="([^"]+)"', main)
    assert len(controls) == len(set(controls)) >= 3
    for control in controls:
        inside = re.search(rf'<label class="gw-chip">\s*<input [^>]*id="{control}"', main)
        assert inside or f'for="{control}"' in main, control
    assert "draggable" not in main


def test_the_page_holds_the_empty_form_for_paper_and_no_control(client, page):
    text = client.get(page.url).content.decode()
    for words in asking.MARKS:
        assert words.replace("’", "’") in text
    main = text[text.index("<main") : text.index("</main>")]
    assert "<input" not in main
    assert "<form" not in main


def test_the_picture_has_shapes_and_a_table(client, asked, page):
    cells = {
        "mark": [[item.key] for item in asked.asked.items],
        "sort": [[f"personal:{item.key}"] for item in asked.asked.items],
        "place": [[f"{item.key}:x:4", f"{item.key}:y:2"] for item in asked.asked.items],
        "scale": [
            [f"{item.key}:{step.key}" for item in asked.asked.items] for step in asked.asked.steps
        ],
    }[asked.asked.form]
    for one in cells:
        asking.answered(asked, *[one] * 5)
    text = client.get(page.url).content.decode()
    assert 'role="img"' in text
    assert "<title id=" in text
    assert '<table class="gw-table">' in text


def test_the_page_is_the_same_for_everybody(client, page):
    other = Client()
    other.force_login(factories.user())
    mine = client.get(page.url)
    assert mine.content == other.get(page.url).content
    assert not mine.cookies


def test_a_closed_round_can_be_done_for_oneself_and_no_more(client, asked):
    from goedwerk_casestudies.actions import ballots

    ballots.close_round(round_=asked)
    client.force_login(factories.user())
    look = client.post(address(asked), choices(asked))
    assert "Deze ronde is gesloten" in look.content.decode()
    assert "Voeg toe" not in look.content.decode()
    added = client.post(address(asked), choices(asked) | {"do": "add"})
    assert added.status_code == 409
    assert not BallotToken.objects.exists()


# --- what only one form has ------------------------------------------------------------------


def test_too_many_cards_is_an_error_beside_the_pile_and_all_stay_chosen(client):
    asked = asking.round_of(asking.assignment("sort", most=1))
    answer = client.post(address(asked), choices(asked))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Kies er hooguit 1. Je koos er 2." in text
    assert 'href="#gw-personal-0"' in text
    assert text.count(" checked") == 4


def test_half_a_place_is_an_error_beside_the_other_half(client):
    asked = asking.round_of(asking.assignment("place"))
    key = asked.asked.items[0].key
    answer = client.post(address(asked), {f"a-x-{key}": "4"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#gw-y-{key}-0"' in text
    assert f'id="gw-y-{key}-0"' in text
    assert '<option value="4" selected>' in text


def test_own_cards_are_laid_beside_each_other(client):
    asked = asking.round_of(asking.assignment("sort"))
    text = client.post(address(asked), choices(asked)).content.decode()
    both = text[text.index("Allebei") :]
    assert "Collega" in both
    assert "Burgers" not in both[: both.index("</section>")]


def test_a_scale_needs_steps_and_a_field_needs_names():
    with pytest.raises(ValidationError) as refused:
        asking.assignment("scale", steps=[])
    assert "steps" in refused.value.message_dict
    with pytest.raises(ValidationError) as refused:
        asking.assignment("place", across="", upward="")
    assert set(refused.value.message_dict) == {"across", "upward"}


def test_a_name_on_a_card_is_refused():
    with pytest.raises(ValidationError) as refused:
        asking.assignment("mark", texts=("Burgers", "Bel 06-12345678"))
    assert "items" in refused.value.message_dict


def test_words_on_cards_make_no_name_together():
    page = asking.assignment("sort", texts=("Zorgzaam", "Doelmatig", "Vrij", "Moedig"))
    assert len(page.items) == 4


# --- below a story ---------------------------------------------------------------------------


def test_a_story_leads_to_its_assignment_and_keeps_its_signature(client):
    story = factories.story(has_discussion=False)
    before = digest(story)
    story.assignment = asking.assignment()
    assert digest(story) == before
    story.save()
    text = client.get(story.url).content.decode()
    assert "Een opgave bij dit verhaal" in text
    assert story.assignment.url in text
    story.assignment.unpublish()
    assert "Een opgave bij dit verhaal" not in client.get(story.url).content.decode()


def test_a_story_without_one_asks_the_database_nothing_more(client):
    story = factories.story(has_discussion=False)
    client.get(story.url)
    with counted() as so_far:
        client.get(story.url)
    assert not [
        sql for sql in so_far.statements if "assignmentpage" in sql.lower().split("from")[-1]
    ]


def test_a_reworded_item_keeps_its_cell_and_asks_anew_only_in_the_next_round():
    page = asking.assignment()
    first = asking.round_of(page)
    asking.answered(first, [first.asked.items[0].key])
    page.items[0].value["text"] = "Inwoners"
    page.save()
    first.refresh_from_db()
    assert first.asked.items[0].text == asking.MARKS[0]
    from goedwerk_casestudies.actions import ballots

    second = ballots.open_round(page=page)
    assert second.asked.items[0].text == "Inwoners"
    assert second.asked.items[0].key == first.asked.items[0].key
