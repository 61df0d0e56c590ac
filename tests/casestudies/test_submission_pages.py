"""The contributor's pages over HTTP: who may see what, nothing typed is lost, no query too many."""

from __future__ import annotations

import re

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from counting import counted
from goedwerk_casestudies import access, raw
from goedwerk_casestudies.actions import letters, submissions
from goedwerk_casestudies.forms import draw_mark
from goedwerk_casestudies.models import News, Submission
from goedwerk_casestudies.steps import STEPS
from goedwerk_casestudies.transitions import State
from versions import version_in

pytestmark = pytest.mark.django_db

NEW = "/inzenden/nieuw/"
STORY = "Ik vond een rapport in een la en niemand wist van wie het was."
#: (URL name, extra arguments) of every page of one submission.
PAGES = [
    ("step", ["spanning"]),
    ("read", []),
    ("own", []),
    ("letter", []),
    ("consent", []),
    ("withdraw", []),
]
#: Exactly what the pages ask of the database (queries), whatever the number of letters.
LIST, DETAIL, SEND = 7, 4, 7


@pytest.fixture
def writer(make):
    return make.user("kwispel")


@pytest.fixture
def her(writer):
    her = Client()
    her.force_login(writer)
    return her


def at(name, submission, *more):
    return reverse(f"goedwerk_stories:{name}", args=[submission.public_id, *more])


def only(writer) -> Submission:
    return access.own_submissions(writer).get()


def text_of(submission):
    submission.refresh_from_db()
    return raw.unseal(submission.sealed_raw, submission.uuid)


# --- telling ---------------------------------------------------------------------------------


def test_from_the_first_word_to_the_editors(her, writer):
    page = her.get(NEW).content.decode()
    mark = re.search(r'name="submission" value="([^"]+)"', page)[1]
    response = her.post(NEW, {"text": STORY, "submission": mark})
    draft = only(writer)
    assert response.url == at("step", draft, "spanning")
    for place, step in enumerate(STEPS[1:], start=2):
        response = her.post(at("step", draft, step.slug), {"text": f"Deel {place}."})
    assert response.url == at("read", draft)
    assert text_of(draft).parts() == {
        "title": "",
        "what_happened": STORY,
        "tension": "Deel 2.",
        "weighed": "Deel 3.",
        "done": "Deel 4.",
        "hindsight": "Deel 5.",
    }
    response = her.post(at("read", draft), {"wants_result": "ja", "if_silent": "nee"})
    assert response.url == at("own", draft)
    draft.refresh_from_db()
    assert (draft.state, draft.wants_result, draft.goes_on_if_silent) == ("sent", True, False)


@pytest.mark.parametrize(
    ("press", "leads_to"),
    [
        ({}, ("step", "afweging")),
        ({"to": "gebeurd"}, ("step", "gebeurd")),
        ({"to": "terugblik"}, ("step", "terugblik")),
        ({"to": "nalezen"}, ("read",)),
        ({"to": "stop"}, ("own",)),
        ({"to": "https://elders.example/"}, ("step", "afweging")),
    ],
)
def test_every_press_saves_wherever_it_leads(stories, her, writer, press, leads_to):
    draft = stories.draft(writer)
    form = {"text": "Ik twijfelde."} | version_in(her.get(at("step", draft, "spanning")))
    response = her.post(at("step", draft, "spanning"), form | press)
    assert response.url == at(leads_to[0], draft, *leads_to[1:])
    assert text_of(draft).tension == "Ik twijfelde."


def test_a_form_sent_twice_makes_one_draft(her, writer):
    form = {"text": STORY, "submission": draw_mark()}
    assert her.post(NEW, form).url == her.post(NEW, form).url
    assert access.own_submissions(writer).count() == 1


def test_a_mark_that_was_not_drawn_here_is_not_used(her, writer, make):
    discussion = make.discussion()
    her.post(NEW, {"text": STORY, "submission": f"{discussion.uuid.hex}:zelfgemaakt"})
    assert only(writer).uuid != discussion.uuid


def test_without_what_happened_nothing_is_begun(her):
    response = her.post(NEW, {"text": "  ", "submission": draw_mark()})
    assert response.status_code == 422
    assert "Schrijf eerst wat er gebeurde" in response.content.decode()
    assert not Submission.objects.exists()


def test_too_long_a_step_is_not_saved_and_stands_in_the_form(stories, her, writer, settings):
    settings.GOEDWERK_STORIES = {"STEP_LENGTH": 20}
    draft = stories.draft(writer)
    response = her.post(at("step", draft, "spanning"), {"text": "Veel te lang voor twintig."})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Veel te lang voor twintig." in page
    assert "<title>Fout:" in page
    assert "Zwijgen" in text_of(draft).tension


def test_the_choices_are_asked_before_it_is_sent(stories, her, writer):
    draft = stories.draft(writer)
    for choices, missing in (
        ({}, "Kies of je het verhaal eerst wilt lezen."),
        ({"wants_result": "ja"}, "Kies wat er gebeurt als je niets laat horen."),
    ):
        response = her.post(at("read", draft), choices)
        assert response.status_code == 422
        assert missing in response.content.decode()
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_sent_twice_it_is_sent_once(stories, her, writer):
    draft = stories.draft(writer)
    for _twice in range(2):
        response = her.post(at("read", draft), {"wants_result": "nee"})
        assert response.url == at("own", draft)
    assert only(writer).state == State.SENT


def test_the_marks_stand_in_her_own_text_with_why(stories, her, writer):
    draft = stories.draft(writer)
    page = her.get(at("read", draft)).content.decode()
    assert '<mark class="gw-word' in page
    assert "gw-swap__why" in page
    assert "ambassadeur" not in page
    assert 'name="replace"' not in page  # there is no text here to put words in
    assert at("step", draft, "gebeurd") + "?preview=1" in page


def test_one_press_puts_other_words_in_and_saves_and_one_takes_them_back(stories, her, writer):
    draft = stories.draft(writer)
    url = at("step", draft, "gebeurd")
    page = her.get(url + "?preview=1")
    press = re.search(r'name="replace" value="([^"]+)"', page.content.decode())[1]
    written = text_of(draft).what_happened
    response = her.post(url, {"text": written, "replace": press} | version_in(page))
    assert response.status_code == 200
    assert "Vervangen:" in response.content.decode()
    assert "Kwispelaar" not in text_of(draft).what_happened
    form = {"text": text_of(draft).what_happened, "before": written, "restore": "1"}
    her.post(url, form | version_in(response))
    assert text_of(draft).what_happened == written


def test_looking_at_the_marks_of_a_new_story_saves_it_once(her, writer):
    form = {"text": "Ik sprak met Fenna Zwartendijk-Oudeman.", "submission": draw_mark()}
    response = her.post(NEW, form | {"preview": "1"})
    assert response.status_code == 200
    assert '<mark class="gw-word' in response.content.decode()
    her.post(NEW, form | {"text": "Ik sprak met een collega."} | version_in(response))
    assert text_of(only(writer)).what_happened == "Ik sprak met een collega."


def test_what_a_story_cannot_bear_leads_to_who_can_help_before_it_is_sent(stories, her, writer):
    told = raw.Raw(what_happened="Mijn chef bedreigt me en ik wil niet meer leven.")
    draft = stories.draft(writer, told)
    for url in (at("read", draft), at("step", draft, "gebeurd") + "?preview=1"):
        page = her.get(url).content.decode()
        assert 'class="gw-turn"' in page
        assert "Alleen jij ziet dit." in page
    assert her.post(at("read", draft), {"wants_result": "nee"}).status_code == 302


# --- nothing typed is lost -------------------------------------------------------------------


@pytest.mark.parametrize("name", ["step", "letter"])
def test_an_ended_session_keeps_the_words_for_after_the_sign_in(stories, writer, name):
    made = stories.draft(writer) if name == "step" else stories.sent(writer)
    url = at(name, made, *(["spanning"] if name == "step" else []))
    her = Client()
    response = her.post(url, {"text": "Dit mag niet weg."})
    assert response.url.startswith("/account/")
    her.force_login(writer)
    assert "Dit mag niet weg." in her.get(url).content.decode()


def test_a_new_story_survives_the_sign_in_too(writer):
    her = Client()
    her.post(NEW, {"text": STORY, "submission": draw_mark()})
    assert not Submission.objects.exists()
    her.force_login(writer)
    page = her.get(NEW).content.decode()
    assert STORY in page
    mark = re.search(r'name="submission" value="([^"]+)"', page)[1]
    her.post(NEW, {"text": STORY, "submission": mark})
    assert text_of(only(writer)).what_happened == STORY


def test_a_refused_token_gives_the_words_back_in_a_form_that_works(stories, writer):
    her = Client(enforce_csrf_checks=True)
    her.force_login(writer)
    draft = stories.draft(writer)
    form = {"text": "Dit mag niet weg."} | version_in(her.get(at("step", draft, "spanning")))
    response = her.post(at("step", draft, "spanning"), form)
    assert response.status_code == 403
    assert "Dit mag niet weg." in response.content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', response.content.decode())[1]
    again = form | version_in(response)
    her.post(at("step", draft, "spanning"), again | {"csrfmiddlewaretoken": token})
    assert text_of(draft).tension == "Dit mag niet weg."


def test_a_database_that_is_away_gives_the_words_back(stories, her, writer, monkeypatch):
    draft = stories.draft(writer)

    def away(*_args, **_more):
        raise OperationalError

    monkeypatch.setattr(access, "own_submission", away)
    response = her.post(at("step", draft, "spanning"), {"text": "Dit mag niet weg."})
    assert response.status_code == 503
    assert "Dit mag niet weg." in response.content.decode()


def test_without_the_key_the_words_stay_and_nothing_is_made(her, settings, tmp_path):
    settings.GOEDWERK = settings.GOEDWERK | {"KEYS_DIR": tmp_path}
    response = her.post(NEW, {"text": STORY, "submission": draw_mark()})
    assert response.status_code == 409
    assert STORY in response.content.decode()
    assert not Submission.objects.exists()


@pytest.mark.parametrize("url", ["/mijn-inzendingen/", "/berichten/"])
def test_without_the_key_ones_own_pages_say_so(stories, her, writer, settings, tmp_path, url):
    stories.sent(writer)
    settings.GOEDWERK = settings.GOEDWERK | {"KEYS_DIR": tmp_path}
    response = her.get(url)
    assert response.status_code == 503
    assert "sleutel" in response.content.decode()


def test_a_draft_that_was_sent_in_another_window_keeps_what_is_typed_here(stories, her, writer):
    sent = stories.sent(writer)
    response = her.post(at("step", sent, "spanning"), {"text": "Nog een gedachte."})
    assert response.status_code == 409
    assert "Nog een gedachte." in response.content.decode()
    assert "Zwijgen" in text_of(sent).tension


# --- who sees what ---------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "more"), PAGES)
@pytest.mark.parametrize("who", ["anonymous", "other", "editor", "ambassador"])
def test_nobody_but_she_reaches_her_pages(stories, asked, writer, make, name, more, who):
    made = stories.draft(writer) if name in ("step", "read") else asked(writer)
    before = (made.state, made.sealed_raw, made.consent)
    url, her = at(name, made, *more), Client()
    if who != "anonymous":
        person = {
            "other": make.user,
            "editor": stories.editor,
            "ambassador": lambda: make.ambassador(make.discussion()),
        }[who]()
        her.force_login(person)
    expected = 302 if who == "anonymous" else 404
    typed = {"text": "Van mij.", "choice": "agree", "wants_result": "nee"}
    for response in (her.get(url), her.post(url, typed)):
        if name == "own" and response.request["REQUEST_METHOD"] == "POST" and who != "anonymous":
            assert response.status_code == 405
            continue
        assert response.status_code == expected
        assert b"Kwispelaar" not in response.content
        if who == "anonymous":
            assert response.url.startswith("/account/")
    made.refresh_from_db()
    assert (made.state, made.sealed_raw, made.consent) == before
    assert not made.letters.exists()


def test_a_page_that_is_not_hers_and_one_that_is_not_there_look_alike(stories, her, make):
    theirs = stories.sent(make.user())
    absent = "0" * 20
    answers = {her.get(f"/mijn-inzendingen/{theirs.public_id}/").status_code,
               her.get(f"/mijn-inzendingen/{absent}/").status_code}  # fmt: skip
    assert answers == {404}


def test_her_list_shows_hers_only(stories, her, writer, make):
    stories.draft(writer)
    stories.sent(make.user(), raw.Raw(what_happened="Het geheim van een ander."))
    page = her.get("/mijn-inzendingen/").content.decode()
    assert "Het rapport van Bartholomeus" in page
    assert "Het geheim van een ander" not in page


@pytest.mark.parametrize("url", ["/inzenden/", "/mijn-inzendingen/", NEW])
def test_pages_of_ones_own_are_never_stored(her, url):
    assert "no-store" in her.get(url)["Cache-Control"]


def test_the_index_leads_to_it_with_the_same_bytes_for_everybody(make, her):
    page = make.story().get_parent()
    mine, theirs = her.get(page.url).content, Client().get(page.url).content
    assert mine == theirs
    assert b'href="/inzenden/"' in mine


def test_who_is_not_signed_in_reads_how_it_goes(client):
    response = client.get("/inzenden/")
    assert response.status_code == 200
    assert "Onze belofte" in response.content.decode()


# --- letters, news, consent, withdrawing -----------------------------------------------------


def test_a_letter_goes_to_the_editors_and_theirs_is_new_once(stories, her, writer):
    sent = stories.sent(writer)
    letters.write_letter(sent, "Hoe lang lag het er?", from_editor=True)
    assert "nieuwe brief" in her.get("/mijn-inzendingen/").content.decode()
    assert "Hoe lang lag het er?" in her.get(at("own", sent)).content.decode()
    assert "nieuwe brief" not in her.get("/mijn-inzendingen/").content.decode()
    response = her.post(at("letter", sent), {"text": "Drie weken."})
    assert response.url == at("own", sent) + "#brieven"
    assert [letters.read(letter) for letter in sent.letters.all()][-1] == "Drie weken."


def test_no_editor_is_named_on_her_pages(stories, her, writer):
    editor = stories.editor("redactrice-adelheid")
    sent = stories.sent(writer)
    Submission.objects.filter(pk=sent.pk).update(editor=editor, state=State.IN_HAND)
    letters.write_letter(sent, "Hoe lang lag het er?", from_editor=True)
    for url in (at("own", sent), "/mijn-inzendingen/", "/berichten/"):
        assert b"adelheid" not in her.get(url).content


def test_her_news_stands_in_the_inbox_by_day_and_is_new_once(
    stories, her, writer, make, released_at_once
):
    import datetime

    sent = stories.sent(writer)
    letters.write_letter(sent, "Hoe lang lag het er?", from_editor=True)
    discussion = make.discussion()
    make.published(discussion, in_reply_to=make.published(discussion, writer))
    News.objects.update(day=News.objects.get().day + datetime.timedelta(days=1))
    page = her.get("/berichten/").content.decode()
    assert page.index("De redactie schreef je een brief") < page.index("Iemand reageerde")
    assert page.count(">nieuw</span>") == 3
    assert at("own", sent) in page
    assert ">nieuw</span>" not in her.get("/berichten/").content.decode()


def test_the_inbox_shows_every_message_once_over_its_pages(stories, her, writer):
    sent = stories.sent(writer)
    for number in range(45):
        letters.write_letter(sent, f"Vraag {number}?", from_editor=True)
    pages = [her.get(f"/berichten/?pagina={n}").content.decode() for n in (1, 2, 3)]
    assert [page.count("De redactie schreef je een brief") for page in pages] == [20, 20, 5]


def test_she_reads_the_story_and_agrees(asked, her, writer):
    made = asked(writer)
    page = her.get(at("consent", made))
    assert "Het rapport dat bleef liggen" in page.content.decode()
    assert "Zwijgen was makkelijk" in page.content.decode()
    response = her.post(at("consent", made), {"choice": "agree"} | version_in(page))
    assert response.url == at("own", made)
    made.refresh_from_db()
    assert made.consent == Submission.Consent.GIVEN
    assert her.get(at("consent", made)).url == at("own", made)


def test_a_change_needs_words(asked, her, writer):
    made = asked(writer)
    empty = {"choice": "change", "text": " "} | version_in(her.get(at("consent", made)))
    response = her.post(at("consent", made), empty)
    assert response.status_code == 422
    assert "Schrijf op wat er anders moet." in response.content.decode()
    made.refresh_from_db()
    assert made.state == State.ASKED


def test_withdrawing_explains_asks_and_confirms(stories, her, writer):
    sent = stories.sent(writer)
    assert "Dat kan niet terug" in her.get(at("withdraw", sent)).content.decode()
    sent.refresh_from_db()
    assert sent.sealed_raw
    response = her.post(at("withdraw", sent), follow=True)
    page = response.content.decode()
    assert "Ingetrokken" in page
    assert "Kwispelaar" not in page
    sent.refresh_from_db()
    assert sent.sealed_raw is None


def test_throwing_a_draft_away_leads_to_the_list(stories, her, writer):
    draft = stories.draft(writer)
    assert her.post(at("withdraw", draft)).url == "/mijn-inzendingen/"
    assert not Submission.objects.exists()


def test_after_publication_she_finds_the_story(stories, her, writer, make):
    sent, page = stories.sent(writer), make.story(has_discussion=False)
    Submission.objects.filter(pk=sent.pk).update(page=page, state=State.ABSTRACTED)
    sent.refresh_from_db()
    submissions.mark_published(sent)
    shown = her.get(at("own", sent)).content.decode()
    assert f'href="{page.url}"' in shown
    assert "Na " in shown


# --- what the pages ask ----------------------------------------------------------------------


def queries(her, url):
    her.get(url)
    with counted() as work:
        assert her.get(url).status_code == 200
    assert work.rows == 0
    return work.queries


def test_list_and_page_ask_the_same_however_much_there_is(stories, her, writer):
    few = stories.sent(writer)
    assert queries(her, "/mijn-inzendingen/") == LIST
    assert queries(her, at("own", few)) == DETAIL
    for number in range(8):
        stories.sent(writer)
        letters.write_letter(few, f"Vraag {number}?", from_editor=True)
    assert queries(her, "/mijn-inzendingen/") == LIST
    assert queries(her, at("own", few)) == DETAIL


def test_sending_asks_exactly_this(stories, her, writer):
    stories.sent(writer)
    draft = stories.draft(writer)
    with counted() as work:
        her.post(at("read", draft), {"wants_result": "nee"})
    assert work.queries == SEND
    assert work.rows == 2  # the submission and the record
