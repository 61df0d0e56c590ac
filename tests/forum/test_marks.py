"""The marks in one's own text: seen before sending, replaced by one press, left in on purpose."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import translation

from counting import counted
from goedwerk_forum.checks import Level
from goedwerk_forum.forms import new_submission
from goedwerk_forum.marks import preview_of, replaced
from goedwerk_forum.models import CheckPrecision, Contribution, OutboxRow, Revision
from goedwerk_forum.outbox.drive import drive
from goedwerk_forum.transitions import Action, State

pytestmark = pytest.mark.django_db

TEXT = "Ik sprak Jan de Vries in Zwolle, en Jan belde op 06-12345678.\n\nPiet Bakker luisterde mee."
CALM = "Wij hingen de vraag op bij de koffie en lazen samen wat erbij kwam te staan."
DESPAIR = "Soms wil ik gewoon dood, en niemand op het werk die het weet."


def write_url(discussion):
    return reverse("goedwerk_forum:write", args=[discussion.uuid.hex])


def edit_url(contribution):
    return reverse("goedwerk_forum:edit", args=[contribution.public_id])


def typed(text=TEXT, **fields):
    form = {"kind": "vraag", "lens": "betrokken", "submission": new_submission()}
    return form | {"text": text} | fields


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


def carried(page, **press):
    """What a browser without script sends from the form on ``page``, by the button ``press``."""
    form = page.select_one("form.gw-form")
    data = {field["name"]: field.get("value", "") for field in form.select("input[type=hidden]")}
    data |= {field["name"]: field["value"] for field in form.select("input[checked]")}
    text = form.select_one("textarea").get_text()
    lines = text.removeprefix("\n").replace("\r\n", "\n").split("\n")
    return data | {"text": "\r\n".join(lines)} | press


def press_of(page, suggestion):
    buttons = page.select("button[name=replace]")
    return next(button["value"] for button in buttons if f"‘{suggestion}’" in button.get_text())


def text_in(page):
    return page.select_one("#gw-text").get_text().removeprefix("\n").replace("\r\n", "\n")


# --- what is marked --------------------------------------------------------------------------


def test_one_person_is_one_mark_however_she_is_called():
    marks = preview_of(TEXT).marks
    assert [mark.words for mark in marks] == [
        ("Jan de Vries", "Jan"),
        ("Zwolle",),
        ("06-12345678",),
        ("Piet Bakker",),
    ]
    assert [mark.times for mark in marks] == [2, 1, 1, 1]
    assert [mark.number for mark in marks] == [1, 2, 3, 4]


def test_marks_in_the_text_carry_the_number_in_the_list():
    page = BeautifulSoup(preview_of(TEXT).html, "html.parser")
    assert [sign.get_text() for sign in page.select(".gw-word__n")] == ["1", "2", "1", "3", "4"]


@pytest.mark.parametrize(
    ("language", "why"), [("nl", "Dit lijkt een naam"), ("en", "This looks like a name")]
)
def test_why_it_is_risky_is_said_in_the_language_of_the_reader(language, why):
    with translation.override(language):
        assert preview_of(TEXT).marks[0].why.startswith(why)


def test_calm_text_asks_nothing_of_the_database():
    with counted() as work:
        assert preview_of(CALM).marks == []
    assert work.queries == 0


def test_marked_text_asks_once_how_often_its_kinds_were_right():
    with counted() as work:
        preview_of(TEXT)
    assert work.queries == 1


# --- one press -------------------------------------------------------------------------------


def test_press_replaces_a_person_everywhere_and_nothing_else():
    done = replaced(TEXT, "person 0 jan de vries")
    assert done.text == TEXT.replace("Jan de Vries", "[collega A]").replace("Jan", "[collega A]")
    assert (done.times, done.suggestion, done.place) == (2, "[collega A]", 0)


def test_next_person_gets_another_letter():
    text = replaced(TEXT, "person 0 jan de vries").text
    assert replaced(text, "person 0 piet bakker").text.endswith("[collega B] luisterde mee.")


def test_press_replaces_the_same_number_twice_and_another_not():
    text = "Bel 06-12345678 of 06-87654321. Nogmaals: 06-12345678."
    done = replaced(text, "phone 0 06-12345678")
    assert done.text == "Bel [telefoonnummer] of 06-87654321. Nogmaals: [telefoonnummer]."


@pytest.mark.parametrize(
    "press", ["", "person", "person 0 iemand anders", "person x jan", "phone 9 06-12345678"]
)
def test_press_of_what_is_not_there_changes_nothing(press):
    assert replaced(TEXT, press) is None


def test_press_needs_no_script_and_keeps_all_that_was_typed(writer, discussion):
    page = page_of(writer.post(write_url(discussion), typed(preview="1")))
    press = press_of(page, "[leidinggevende A]")
    after = page_of(writer.post(write_url(discussion), carried(page, replace=press)))

    assert text_in(after) == TEXT.replace("Jan de Vries", "[leidinggevende A]").replace(
        "Jan", "[leidinggevende A]"
    )
    assert after.select_one("input[name=kind][checked]")["value"] == "vraag"
    assert after.select_one("input[name=lens][checked]")["value"] == "betrokken"
    assert (
        after.select_one("input[name=submission]")["value"]
        == page.select_one("input[name=submission]")["value"]
    )
    assert not Contribution.objects.exists()


def test_press_returns_to_its_place_in_the_list(writer, discussion):
    page = page_of(writer.post(write_url(discussion), typed(preview="1")))
    press = press_of(page, "[telefoonnummer]")
    after = page_of(writer.post(write_url(discussion), carried(page, replace=press)))

    items = after.select(".gw-finds > li")
    [focused] = after.select("[autofocus]")
    assert focused["tabindex"] == "-1"
    assert items.index(focused) == 2
    assert "‘06-12345678’ is nu ‘[telefoonnummer]’" in focused.get_text()


def test_words_can_be_put_back(writer, discussion):
    page = page_of(writer.post(write_url(discussion), typed(preview="1")))
    press = press_of(page, "[collega A]")
    after = page_of(writer.post(write_url(discussion), carried(page, replace=press)))
    back = page_of(writer.post(write_url(discussion), carried(after, restore="1")))

    assert text_in(back) == TEXT
    assert len(back.select(".gw-swap")) == 4


def test_press_in_a_form_with_an_error_still_replaces_and_loses_nothing(writer, discussion):
    data = typed(kind="", replace="person 0 jan de vries")
    response = writer.post(write_url(discussion), data)
    assert response.status_code == 422
    assert text_in(page_of(response)).startswith("Ik sprak [collega A] in Zwolle")


def test_first_button_of_the_form_looks_and_replaces_nothing(writer, discussion):
    page = page_of(writer.post(write_url(discussion), typed(preview="1")))
    assert page.select_one("form.gw-form button[type=submit]")["name"] == "preview"


def test_each_button_says_what_it_puts_in_the_place_of_what(writer, discussion):
    page = page_of(writer.post(write_url(discussion), typed(preview="1")))
    names = [button.get_text() for button in page.select("button[name=replace]")]
    assert len(set(names)) == len(names)
    assert any("[collega A]" in name and "Jan de Vries" in name for name in names)


# --- before it is sent -----------------------------------------------------------------------


def test_marks_are_shown_before_anything_is_sent(writer, discussion):
    response = writer.post(write_url(discussion), typed())
    page = page_of(response)

    assert response.status_code == 200
    assert "Je tekst is nog niet verstuurd" in page.get_text()
    assert text_in(page) == TEXT
    assert not Contribution.objects.exists()
    assert not OutboxRow.objects.exists()


def test_second_press_sends_it_and_an_ambassador_gets_the_marks(writer, discussion):
    page = page_of(writer.post(write_url(discussion), typed()))
    assert writer.post(write_url(discussion), carried(page)).status_code == 302
    drive("moderation")

    contribution = Contribution.objects.get()
    assert (contribution.state, contribution.waiting) == (State.HELD, "new")
    revision = contribution.revisions.get()
    assert revision.marks_seen
    marked = [revision.text[seen["start"] : seen["end"]] for seen in revision.findings]
    assert {"Jan de Vries", "Jan", "06-12345678", "Zwolle"} <= set(marked)
    assert not contribution.statements.exists()


def test_mark_that_came_in_later_is_shown_too(writer, discussion):
    page = page_of(writer.post(write_url(discussion), typed()))
    data = carried(page) | {"text": f"{TEXT} Mail naar j.smit@example.org."}
    again = page_of(writer.post(write_url(discussion), data))

    assert "Je tekst is nog niet verstuurd" in again.get_text()
    assert not Contribution.objects.exists()
    assert writer.post(write_url(discussion), carried(again)).status_code == 302


@pytest.mark.parametrize("text", [CALM, "Op 12 november 2021 viel de brief, en toen was het stil."])
def test_calm_text_and_mere_tips_are_sent_at_once(writer, discussion, text):
    assert writer.post(write_url(discussion), typed(text)).status_code == 302
    assert Contribution.objects.exists()


def test_marks_that_nobody_saw_send_the_text_back_by_software(make, discussion):
    contribution = make.examined(discussion, text=TEXT)
    assert contribution.state == State.RETURNED


# --- an edit, and a text that came back ------------------------------------------------------


def test_edit_is_looked_at_in_the_same_way(make, writer, discussion, author):
    contribution = make.published(discussion, author)
    url = edit_url(contribution)
    page = page_of(writer.post(url, typed(version=contribution.version)))
    assert contribution.revisions.count() == 1
    press = press_of(page, "[telefoonnummer]")
    page = page_of(writer.post(url, carried(page, replace=press)))
    assert "[telefoonnummer]" in text_in(page)
    assert writer.post(url, carried(page)).status_code == 302
    assert contribution.revisions.get(number=2).marks_seen


def test_returned_text_opens_with_its_marks_and_buttons(make, writer, discussion, author):
    contribution = make.examined(discussion, author, text=TEXT)
    assert contribution.state == State.RETURNED
    page = page_of(writer.get(edit_url(contribution)))

    assert len(page.select(".gw-swap")) == 4
    assert not page.select("[autofocus]")
    assert page.select_one(".gw-reason ol") is None
    press = press_of(page, "[collega A]")
    page = page_of(writer.post(edit_url(contribution), carried(page, replace=press)))
    assert text_in(page).startswith("Ik sprak [collega A]")
    assert contribution.revisions.get().text == TEXT


def test_stale_edit_keeps_the_replaced_words(make, writer, discussion, author):
    contribution = make.published(discussion, author)
    page = page_of(writer.post(edit_url(contribution), typed(version=contribution.version)))
    Contribution.objects.filter(pk=contribution.pk).update(version=contribution.version + 1)
    response = writer.post(edit_url(contribution), carried(page))
    assert response.status_code == 409
    assert text_in(page_of(response)) == TEXT
    assert writer.post(edit_url(contribution), carried(page_of(response))).status_code == 302


# --- a kind that is often wrong --------------------------------------------------------------


def test_kind_below_its_bar_is_a_tip_to_the_writer(writer, discussion):
    CheckPrecision.objects.create(
        check_code="traceable", kind="municipality", agreed=4, disagreed=16
    )
    text = "In Zwolle ging het anders, en dat vertelde ik aan mijn team."
    [mark] = preview_of(text).marks
    assert mark.level == Level.ADVISE
    page = page_of(writer.post(write_url(discussion), typed(text, preview="1")))
    assert "20 van de 100 keer gelijk" in page.get_text()
    assert writer.post(write_url(discussion), typed(text)).status_code == 302


# --- where to turn ---------------------------------------------------------------------------


def test_despair_shows_where_to_turn_before_it_is_sent_and_blocks_nothing(writer, discussion):
    page = page_of(writer.post(write_url(discussion), typed(DESPAIR)))
    assert "113" in page.select_one(".gw-turn").get_text()
    assert page.select_one('.gw-turn a[href="tel:08000113"]')
    assert not Contribution.objects.exists()
    assert writer.post(write_url(discussion), carried(page)).status_code == 302
    assert Revision.objects.get().text == DESPAIR


def test_calm_text_shows_no_addresses(writer, discussion):
    page = page_of(writer.post(write_url(discussion), typed(CALM, preview="1")))
    assert page.select_one(".gw-turn") is None


def test_addresses_are_those_of_the_site(writer, discussion):
    from wagtail.models import Site

    from goedwerk_forum.models import ForumSettings, SafePlace

    settings = ForumSettings.for_site(Site.objects.get(is_default_site=True))
    SafePlace.objects.create(settings=settings, name="De luisterlijn hier", for_despair=True)
    SafePlace.objects.create(settings=settings, name="Meldpunt elders", for_wrongdoing=True)
    page = page_of(writer.post(write_url(discussion), typed(DESPAIR, preview="1")))
    words = page.select_one(".gw-turn").get_text()
    assert "De luisterlijn hier" in words
    assert "Meldpunt elders" not in words
    assert "113" not in words


@pytest.mark.parametrize("name", ["own", "edit"])
def test_returned_text_shows_where_to_turn(make, writer, discussion, author, name):
    contribution = make.held(discussion, author, text=DESPAIR)
    make.judged(contribution, Action.RETURN, "hand_over")
    page = page_of(writer.get(reverse(f"goedwerk_forum:{name}", args=[contribution.public_id])))
    assert len(page.select(".gw-turn")) == 1
    assert "113" in page.select_one(".gw-turn").get_text()


def test_hand_over_by_a_person_shows_every_address(make, writer, discussion, author):
    contribution = make.held(discussion, author, text=CALM)
    make.judged(contribution, Action.REJECT, "hand_over")
    own = reverse("goedwerk_forum:own", args=[contribution.public_id])
    words = page_of(writer.get(own)).select_one(".gw-turn").get_text()
    assert "Huis voor Klokkenluiders" in words
    assert "113" in words


def test_readers_and_a_published_authors_page_see_no_signal(make, writer, discussion, author):
    contribution = make.published(discussion, author, text=DESPAIR)
    assert "gw-turn" not in writer.get(discussion.page.url).text
    own = reverse("goedwerk_forum:own", args=[contribution.public_id])
    assert page_of(writer.get(own)).select_one(".gw-turn") is None
