"""The workbench over HTTP: lists, each press, what is kept when two meet, letters, costs."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Workflow

import factories
import workbench as bench
from goedwerk_casestudies.actions import letters, submissions, workbench
from goedwerk_casestudies.actions.workbench import desk_of
from goedwerk_casestudies.models import StoryPage, Submission
from goedwerk_casestudies.raw import Raw
from goedwerk_casestudies.transitions import State

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

INBOX = "/beheer/inzendingen/"


@pytest.fixture
def editor(client):
    made = bench.editor("redacteur")
    client.force_login(made)
    return made


@pytest.fixture
def submission(editor):
    return bench.in_hand(editor)


def press(client, submission, do, follow=True, bij="", **fields):
    """Presses a button of the workbench, with the version that the page shows."""
    fields = {"version": bench.version_of(submission), "do": do} | fields
    url = bench.at("bench", submission) + (f"?bij={bij}" if bij else "")
    return client.post(url, fields, follow=follow)


def found(submission, words):
    return next(s for s in desk_of(submission).examined.open if s.words == words)


def texts(submission):
    submission.refresh_from_db()
    return desk_of(submission).work.texts


# --- the list --------------------------------------------------------------------------------


def listed(client, **parameters):
    response = client.get(INBOX, parameters)
    assert response.status_code == 200
    return list(response.context["object_list"])


def test_row_tells_title_state_source_day_hands_and_unread_letters(client, editor, submission):
    letters.write_letter(submission, "Een antwoord.", from_editor=False)
    html = client.get(INBOX).content.decode()
    for expected in ("Ruzie met Kwispelaar", "In bewerking", "Ingezonden", "redacteur"):
        assert expected in html
    assert "belde mij" not in html
    assert [row.unread for row in listed(client)] == [1]
    workbench.save_work(submission, by=editor, version=0, texts={"title": "De boze chef"})
    html = client.get(INBOX).content.decode()
    assert "De boze chef" in html
    assert "Kwispelaar" not in html


def test_row_without_text_or_title_still_has_a_name(client, editor, submission):
    bench.sent(text=Raw(what_happened="Iets."))
    submissions.withdraw(submission)
    html = client.get(INBOX).content.decode()
    assert "Zonder titel (" in html
    assert "De tekst is gewist" in html


def test_filters_narrow_the_list(client, editor, submission):
    waiting = bench.sent()
    theirs = bench.in_hand(bench.editor("collega"))
    letters.write_letter(theirs, "Een antwoord.", from_editor=False)
    assert set(listed(client)) == {submission, waiting, theirs}
    assert listed(client, state="sent") == [waiting]
    assert listed(client, hands="mine") == [submission]
    assert listed(client, hands="nobody") == [waiting]
    assert listed(client, letters="unread") == [theirs]
    assert listed(client, source="report") == []
    results = reverse("goedwerk_submissions:index_results")
    assert list(client.get(results, {"state": "sent"}).context["object_list"]) == [waiting]


def test_words_of_a_text_cannot_be_searched_for(client, editor, submission):
    assert set(listed(client, q="onvindbaar")) == {submission}
    assert "<input" not in client.get(INBOX).content.decode().split('id="w-slim-header')[0]


@pytest.mark.parametrize("rows", [1, 60])
def test_list_costs_the_same_however_many_there_are(
    client, editor, rows, django_assert_num_queries
):
    for _row in range(rows):
        taken = Submission.objects.create(source="report", state="in_hand", editor=editor)
        taken.letters.create(number=1, from_editor=False, sealed_text="", day="2026-01-01")
    client.get(INBOX)
    with django_assert_num_queries(13):
        client.get(INBOX)
    with django_assert_num_queries(13):
        client.get(INBOX, {"state": "in_hand", "hands": "mine", "letters": "unread"})


# --- one press at a time ---------------------------------------------------------------------


def test_page_shows_both_texts_marked_the_finding_in_hand_and_what_is_left(client, submission):
    waiting = [s for s in desk_of(submission).examined.open if s.severity == "must"]
    assert len(waiting) == 5
    html = client.get(bench.at("bench", submission)).content.decode()
    assert html.count("gw-word--must") == 2 * len(waiting)
    assert "gw-word--here" in html
    assert f"{len(waiting)} moet anders" in html
    assert 'id="gw-here"' in html
    assert "[collega A]" in html


def test_not_taken_yet_it_can_be_read_and_taken(client, editor):
    submission = bench.sent()
    html = client.get(bench.at("bench", submission)).content.decode()
    assert "Kwispelaar" in html
    assert "<textarea" not in html
    client.post(bench.at("take", submission))
    submission.refresh_from_db()
    assert (submission.state, submission.editor) == (State.IN_HAND, editor)


def test_accept_replaces_everywhere_and_goes_on_to_the_next(client, submission):
    before = desk_of(submission).examined.open
    seen = before[0]
    response = press(client, submission, f"accept:{seen.key}:0")
    left = " ".join(texts(submission).values()).replace("b.kwispelaar@", "")
    assert "kwispelaar" not in left.lower()
    after = desk_of(submission).examined.open
    url, _status = response.redirect_chain[-1]
    assert f"?bij={after[0].key}" in url
    assert response.context["here"].seen == after[0]


def test_another_suggestion_or_own_words(client, submission):
    seen = found(submission, "Bartholomeus Kwispelaar")
    press(client, submission, f"accept:{seen.key}:2")
    assert texts(submission)["what_happened"].startswith("[inwoner A]")
    place = found(submission, "Almelo")
    press(client, submission, f"own:{place.key}", own="een kleine gemeente")
    assert "een kleine gemeente" in texts(submission)["what_happened"]


def test_only_here(client, submission):
    seen = found(submission, "Bartholomeus Kwispelaar")
    press(client, submission, f"accept:{seen.key}:0", **{"only-here": "1"})
    assert "Bartholomeus" in texts(submission)["tension"]
    assert "Bartholomeus" not in texts(submission)["what_happened"]


def test_keep_asks_a_reason_that_names_nobody(client, submission):
    seen = found(submission, "Almelo")
    for reason, said in [
        ("", "Schrijf waarom"),
        ("Jan de Vries vindt het goed", "geen namen"),
        ("x" * 201, "hoogstens 200"),
    ]:
        response = press(client, submission, f"keep:{seen.key}", reason=reason)
        assert response.status_code == 422
        html = response.content.decode()
        assert said in html
        assert reason in html
        assert desk_of(submission).work.decisions == []
    press(client, submission, f"keep:{seen.key}", reason="staat in de wet")
    submission.refresh_from_db()
    assert desk_of(submission).work.kept() == [("Almelo", "staat in de wet")]


def test_own_words_cannot_be_empty(client, submission):
    seen = found(submission, "Almelo")
    response = press(client, submission, f"own:{seen.key}", own=" ")
    assert response.status_code == 422
    assert "in de plaats komen" in response.content.decode()
    assert "Almelo" in texts(submission)["what_happened"]


def test_undo(client, submission):
    seen = found(submission, "Almelo")
    press(client, submission, f"accept:{seen.key}:0")
    press(client, submission, "undo:1")
    assert texts(submission)["what_happened"] == bench.RAW.what_happened


def test_previous_and_next_walk_round(client, submission):
    waiting = desk_of(submission).examined.open
    response = press(client, submission, f"go:{waiting[-1].key}")
    here = response.context["here"]
    assert (here.following, here.previous) == (waiting[0].key, waiting[-2].key)


@pytest.mark.parametrize(
    "do", ["save", "go:{key}", "accept:{key}:0", "undo:9", "check", "vreemd:x"]
)
def test_every_press_keeps_what_was_typed_first(client, submission, do):
    key = found(submission, "Almelo").key
    press(client, submission, do.format(key=key), **{"text-lead": "Getypt.\r\nEn nog iets."})
    assert texts(submission)["lead"] == "Getypt.\nEn nog iets."


def test_edited_text_is_looked_through_again(client, submission):
    response = press(
        client, submission, "save", **{"text-hindsight": "Willemijn Tolsma had gelijk."}
    )
    assert "Willemijn Tolsma" in [seen.words for seen, _part in response.context["open"]]


def test_words_half_typed_stay_when_the_text_is_kept(client, submission):
    key = found(submission, "Almelo").key
    response = press(client, submission, "save", bij=key, own="een dorp aan")
    assert 'value="een dorp aan"' in response.content.decode()
    assert response.context["here"].seen.words == "Almelo"


def test_finding_that_is_gone_is_said_and_the_text_is_kept(client, submission):
    response = press(client, submission, "accept:" + "0" * 16 + ":0", **{"text-lead": "Bewaard."})
    assert response.status_code == 409
    assert "staan er niet meer" in response.content.decode()
    assert texts(submission)["lead"] == "Bewaard."


@pytest.mark.parametrize(
    "do", ["accept", "accept:", "accept:x:y", "own", "keep", "undo", "undo:x", ":"]
)
def test_a_press_that_makes_no_sense_changes_nothing(client, submission, do):
    before = submission.sealed_work
    assert press(client, submission, do).status_code in (200, 409, 422)
    submission.refresh_from_db()
    assert submission.sealed_work == before


# --- when two meet ---------------------------------------------------------------------------


def test_older_version_is_refused_and_what_was_typed_can_be_put_in_its_place(client, submission):
    press(client, submission, "save", **{"text-title": "Uit het andere venster"})
    response = client.post(
        bench.at("bench", submission),
        {"version": "0", "do": "save", "text-title": "Uit dit venster"},
    )
    assert response.status_code == 409
    html = response.content.decode()
    assert "Uit dit venster" in html
    assert "Uit het andere venster" in html
    assert texts(submission)["title"] == "Uit het andere venster"
    press(
        client,
        submission,
        "save",
        version=response.context["version"],
        **{"text-title": "Uit dit venster"},
    )
    assert texts(submission)["title"] == "Uit dit venster"


def test_taken_over_by_a_colleague_what_was_typed_can_still_be_read(client, submission):
    workbench.take(submission, by=bench.editor("collega"))
    response = press(client, submission, "save", **{"text-title": "Mijn laatste zin"})
    assert response.status_code == 409
    html = response.content.decode()
    assert "niet (meer) in bewerking" in html
    assert "Mijn laatste zin" in html
    assert texts(submission)["title"] == bench.RAW.title


def test_withdrawn_meanwhile_shows_no_word_of_it(client, submission):
    version = bench.version_of(submission)
    submissions.withdraw(submission)
    response = client.post(
        bench.at("bench", submission),
        {"version": version, "do": "save", "text-title": "Kwispelaar is boos"},
    )
    assert response.status_code == 409
    assert "Kwispelaar" not in response.content.decode()
    html = client.get(bench.at("bench", submission)).content.decode()
    assert "is gewist" in html


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999"])
def test_a_version_that_is_none_is_an_older_one(client, submission, version):
    response = press(client, submission, "save", version=version, **{"text-title": "Anders"})
    assert response.status_code == 409
    assert texts(submission)["title"] == bench.RAW.title


# --- recognition, page, refusal --------------------------------------------------------------


def test_answers_are_kept_and_lead_to_the_page(client, submission):
    url = bench.at("check", submission)
    response = client.post(url, {"version": 0} | bench.ANSWERS)
    assert response.url == bench.at("page", submission)
    html = client.get(url).content.decode()
    assert bench.ANSWERS["check_linking"] in html


def test_answers_on_an_older_version_stand_in_the_form(client, submission):
    press(client, submission, "save", **{"text-title": "Intussen"})
    response = client.post(bench.at("check", submission), {"version": 0} | bench.ANSWERS)
    assert response.status_code == 409
    assert bench.ANSWERS["check_linking"] in response.content.decode()
    submission.refresh_from_db()
    assert desk_of(submission).work.checks == {}


def test_a_too_long_answer_is_not_kept(client, submission):
    response = client.post(
        bench.at("check", submission), {"version": 0, "check_linking": "x" * 1001}
    )
    assert response.status_code == 422
    submission.refresh_from_db()
    assert submission.sealed_work is None


def test_page_says_what_is_to_be_done_first(client, submission):
    html = client.get(bench.at("page", submission)).content.decode()
    assert "plekken die moeten worden vervangen" in html
    assert "‘Inleiding’ is nog leeg" in html
    assert "Maak het concept" not in html


def test_page_is_made_and_says_what_to_do_without_a_workflow(client, editor):
    Workflow.objects.all().delete()
    index = bench.overview()
    submission = bench.abstracted(editor)
    response = client.post(
        bench.at("page", submission), {"version": 1, "parent": index.pk}, follow=True
    )
    html = response.content.decode()
    assert "geen goedkeuring ingesteld" in html
    assert "Naast elkaar" in html
    assert StoryPage.objects.get().title == bench.TEXTS["title"]


def test_page_below_another_place_is_refused(client, editor):
    bench.overview()
    submission = bench.abstracted(editor)
    response = client.post(bench.at("page", submission), {"version": 1, "parent": 1})
    assert response.status_code == 422
    assert StoryPage.objects.count() == 0


def test_refusal_for_another_reason_needs_words(client, submission):
    url = bench.at("refuse", submission)
    response = client.post(url, {"why": "other", "words": ""})
    assert response.status_code == 422
    assert "Leg de reden uit" in response.content.decode()
    submission.refresh_from_db()
    assert submission.state == State.IN_HAND
    client.post(url, {"why": "other", "words": "Wij plaatsen alleen eigen ervaringen."})
    submission.refresh_from_db()
    assert submission.state == State.REFUSED


# --- letters ---------------------------------------------------------------------------------


def test_letters_are_between_the_editors_and_de_inzender(client, editor):
    writer = factories.user("schrijfster")
    submission = bench.in_hand(editor, who=writer)
    letters.write_letter(submission, "Ik bedoelde iets anders.", from_editor=False)
    url = bench.at("letters", submission)
    html = client.get(url).content.decode()
    assert "de inzender" in html
    assert "Ik bedoelde iets anders." in html
    assert "schrijfster" not in html
    assert not submission.letters.get().is_read
    client.post(url, {"text": "Wat bedoelde je?"})
    assert [letter.from_editor for letter in submission.letters.all()] == [False, True]
    assert submission.letters.first().is_read


def test_letters_are_read_when_somebody_says_so(client, submission):
    letters.write_letter(submission, "Een antwoord.", from_editor=False)
    url = bench.at("letters", submission)
    assert "1 nieuw" in client.get(url).content.decode()
    client.post(url, {"do": "read"})
    assert submission.letters.get().is_read
    assert "1 nieuw" not in client.get(url).content.decode()


@pytest.mark.parametrize("text", ["", "x" * 3001])
def test_a_letter_that_is_empty_or_too_long_stays_in_the_form(client, submission, text):
    response = client.post(bench.at("letters", submission), {"text": text})
    assert response.status_code == 422
    assert submission.letters.count() == 0
    assert text in response.content.decode()


def test_a_letter_to_a_closed_box_stays_in_the_form(client, submission):
    submissions.withdraw(submission)
    response = client.post(bench.at("letters", submission), {"text": "Te laat gevraagd."})
    assert response.status_code == 409
    assert "Te laat gevraagd." in response.content.decode()
    assert submission.letters.count() == 0


# --- what it costs ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("bench", 11),
        ("check", 11),
        ("page", 12),
        ("letters", 12),
        ("hand_over", 12),
        ("refuse", 11),
    ],
)
def test_each_screen_costs(client, submission, name, queries, django_assert_num_queries):
    bench.overview()
    url = bench.at(name, submission)
    client.get(url)
    with django_assert_num_queries(queries):
        client.get(url)
