"""The search finds what anybody may read, in Dutch, and nothing else: not by a count either."""

from __future__ import annotations

import datetime
import html
import io
import logging
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_comments.models import Comment
from wagtail.models import Page, PageViewRestriction

from goedwerk_casestudies.models import Clearance, StoryPage, Theme
from goedwerk_forum.actions import indexing
from goedwerk_forum.actions.contributions import withdraw
from goedwerk_forum.models import Contribution, Discussion, SearchEntry
from goedwerk_forum.search import finding, words
from goedwerk_forum.transitions import Action
from goedwerk_site.logs import SafeFormatter

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WORD = "kwantumvlinder"


def texts_found(query: str, **chosen: str) -> list[str]:
    found = finding.search(finding.Asked(words=query, chosen=chosen))
    return [str(entry) for entry in found.items.object_list]


def total(query: str, **chosen: str) -> int:
    return finding.search(finding.Asked(words=query, chosen=chosen)).total


def page_of(client: Client, **query: str) -> str:
    response = client.get("/zoeken/", query)
    assert response.status_code == 200
    return re.sub(r"<[^>]+>", "", html.unescape(response.text))


@pytest.fixture
def story(make):
    return make.story("De brieven in de la", lead=f"Iemand dacht aan een {WORD}.")


@pytest.fixture
def thread(story):
    return Discussion.objects.select_related("page").get(page=story)


# --- Dutch -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "brief",
        "BRIEVEN",
        "briev",
        "brieven la",
        '"brieven in de la"',
        "brièven",
        "de brieven",
        f"{WORD}s",
        "kwantum",
    ],
)
def test_story_is_found_by_other_forms_of_its_words(story, query):
    assert texts_found(query) == [story.title]


@pytest.mark.parametrize("query", ['"la de in brieven"', "oom", "", "?!", "*", '""'])
def test_what_is_not_there_is_not_found(story, query):
    assert texts_found(query) == []


@pytest.mark.parametrize(
    "query", ["brieven'; --", 'brie*" OR "a', "la) OR (x", "\\", "a & | !b <-> c"]
)
def test_signs_of_the_database_are_only_signs(story, query):
    finding.search(finding.asked_in({"q": query}))


def test_municipality_is_not_found_by_i_think():
    assert words.stem("gemeente") == words.stem("gemeenten") != words.stem("meen")


def test_word_in_a_title_comes_before_one_in_a_text(make, story):
    other = make.story("Iets anders", lead="Er lagen brieven.")
    assert texts_found("brieven") == [story.title, other.title]


def test_contribution_is_found_with_its_words_marked(client, make, thread):
    said = make.published(thread, text=f"Toen zag ik <b>de</b> {WORD}s & dacht na over mijn werk.")
    answer = client.get("/zoeken/", {"q": WORD, "wat": "bijdrage"}).text
    assert f"<mark>{WORD}s</mark> &amp; dacht" in answer
    assert "&lt;b&gt;" in answer
    assert said.get_absolute_url() in answer
    assert said.participant.pseudonym in answer


def test_script_in_a_query_or_title_stays_text(client, make):
    make.story("Een <script>alert(1)</script> in de kop", lead="Kop.")
    answer = client.get("/zoeken/", {"q": "<script>alert(1)</script> kop"}).text
    assert "<script>alert" not in answer
    assert "&lt;<mark>script</mark>&gt;" in answer


# --- filters, order, pages -------------------------------------------------------------------


def test_filters_narrow_and_say_how_much_they_leave(client, make, story, thread):
    theme = Theme.objects.create(name="Openheid", slug="openheid")
    other = make.story("Nog een verhaal", lead=f"Ook een {WORD}.", organisation="gemeente")
    other.themes.add(theme)
    make.cleared(other).save()
    elsewhere = Discussion.objects.select_related("page").get(page=other)
    make.published(elsewhere, text=f"Een vraag over de {WORD} in ons werk.", kind="vraag")
    make.published(thread, text=f"Een ervaring met de {WORD} in ons werk.", lens="bekwaam")
    assert total(WORD) == 4
    assert total(WORD, thema="openheid") == 2
    assert total(WORD, organisatie="gemeente", wat="verhaal") == 1
    assert total(WORD, soort="vraag") == 1
    assert total(WORD, lens="bekwaam") == 1
    assert total(WORD, periode="maand") == 4
    assert total(WORD, periode="ouder") == 0
    found = finding.search(finding.Asked(words=WORD, chosen={"wat": "bijdrage"}))
    counts = {one.name: {c.label: c.count for c in one.options} for one in found.filters}
    assert counts["wat"] == {"Verhalen": 2, "Bijdragen": 2}
    assert counts["soort"] == {"Ervaring": 1, "Vraag": 1}
    assert counts["thema"] == {"Openheid": 1}
    shown = page_of(client, q=WORD, wat="bijdrage")
    assert "2 keer gevonden" in shown


def test_a_choice_that_no_filter_knows_is_left_out(client, story):
    shown = client.get("/zoeken/", {"q": WORD, "wat": "verhaal", "thema": "bestaat-niet"}).text
    assert story.title in shown
    assert "Een deel van je keuze kennen we niet." in shown
    assert 'name="wat" value="verhaal"' in shown
    assert 'name="thema"' not in shown
    known = page_of(client, q=WORD, wat="verhaal")
    assert story.title in known
    assert "kennen we niet" not in known


def test_period_and_newest_first(make, story):
    old = make.story("Van vroeger", lead=f"Lang geleden, een {WORD}.")
    day = timezone.now() - datetime.timedelta(days=800)
    Page.objects.filter(pk=old.pk).update(first_published_at=day)
    call_command("goedwerk_index", stdout=io.StringIO())
    assert texts_found(WORD, periode="ouder") == [old.title]
    found = finding.search(finding.Asked(words=WORD, order=finding.NEWEST))
    assert [str(entry) for entry in found.items.object_list] == [story.title, old.title]


def test_long_list_has_pages_and_keeps_the_choice(client, make, thread):
    for number in range(finding.PER_PAGE + 1):
        make.published(thread, text=f"{make.CALM} De {WORD} nummer {number} kwam voorbij.")
    answer = client.get("/zoeken/", {"q": WORD, "wat": "bijdrage"})
    assert f'href="?q={WORD}&amp;wat=bijdrage&amp;pagina=2"' in answer.text
    assert answer.text.count('class="gw-result"') == finding.PER_PAGE
    second = client.get("/zoeken/", {"q": WORD, "wat": "bijdrage", "pagina": "2"})
    assert second.text.count('class="gw-result"') == 1


def test_nothing_found_helps_on(client, story):
    shown = page_of(client, q="brievem")
    assert "Niets gevonden voor brievem." in shown
    assert "Bedoelde je brieven?" in shown
    assert "een of meer" in page_of(client, q="brieven onvindbaarwoord")


# --- the same for everybody, and kept nowhere -------------------------------------------------


def test_same_bytes_for_everybody_and_no_trace(client, make, story):
    known = Client()
    known.force_login(make.user())
    first, second = client.get("/zoeken/", {"q": WORD}), known.get("/zoeken/", {"q": WORD})
    assert first.content == second.content
    assert first["Cache-Control"] == "no-store"
    assert first["Referrer-Policy"] == "no-referrer"
    assert not first.cookies
    assert "Cookie" not in first.get("Vary", "")


def test_search_writes_nothing(client, story, django_assert_max_num_queries):
    with django_assert_max_num_queries(15) as asked:
        client.get("/zoeken/", {"q": "brieven"})
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)


def test_words_of_a_search_stand_in_no_log(rf):
    """What Django logs of a request that goes wrong, in the form in which the site logs."""
    asked = {"request": rf.get("/zoeken/", {"q": WORD}), "status_code": 500}
    told = ("Internal Server Error: %s", ("/zoeken/",), None)
    logger = logging.getLogger("django.request")
    record = logger.makeRecord(logger.name, logging.ERROR, "", 1, *told, extra=asked)
    assert WORD not in SafeFormatter().format(record)


def test_only_a_look_is_taken(client):
    assert client.post("/zoeken/", {"q": WORD}).status_code == 405


def test_number_of_queries_is_fixed(client, make, story, thread, django_assert_num_queries):
    make.story(f"Nog een {WORD}")
    client.get("/zoeken/", {"q": WORD})
    make.published(thread, text=f"{make.CALM} De {WORD} kwam voorbij.")
    with django_assert_num_queries(QUERIES):
        client.get("/zoeken/", {"q": WORD})
    for number in range(3):
        make.published(thread, text=f"{make.CALM} De {WORD} {number} kwam voorbij.")
        make.story(f"Verhaal met {WORD} {number}")
    with django_assert_num_queries(QUERIES):
        client.get("/zoeken/", {"q": WORD})


QUERIES = 10


# --- nothing that not everybody may read ------------------------------------------------------

SECRETS = (
    "geheimwachtend",
    "geheimvastgehouden",
    "geheimterug",
    "geheimgeweigerd",
    "geheimverborgen",
    "geheimweggehaald",
    "geheimingetrokken",
    "geheimgewijzigd",
    "geheimgoedgekeurd",
)


def test_what_was_not_released_is_neither_found_nor_counted_nor_suggested(
    client, secrets_in_every_state
):
    assert total("openbaarantwoord") == 1
    for secret in SECRETS:
        assert total(secret) == 0
        assert "Niets gevonden" in page_of(client, q=secret)
    assert total("geheim") == 0
    assert "geheim" not in page_of(client, q="geheimx").replace("geheimx", "")


def test_index_holds_no_word_of_what_was_not_released(secrets_in_every_state):
    kept = " ".join(SearchEntry.objects.values_list("terms", flat=True))
    assert "geheim" not in kept
    assert "openbaar" in kept


def nowhere(word: str) -> bool:
    """No row of the search holds the word, and the full-text index knows it no more."""
    held = SearchEntry.objects.filter(terms__contains=word).exists()
    return not held and total(word) == 0


def hidden(make, said):
    make.judged(said, Action.HIDE, "conduct")


def withdrawn(make, said):
    withdraw(contribution=said)


def emptied_by_a_query(make, said):
    Comment.objects.filter(pk=said.pk).update(comment="")


@pytest.mark.parametrize("way", [hidden, withdrawn, emptied_by_a_query], ids=lambda w: w.__name__)
def test_text_that_goes_leaves_the_index_at_once(make, thread, way):
    said = make.published(thread, text=f"{make.CALM} Toen kwam de {WORD}otter voorbij.")
    other = make.published(thread, text=f"{make.CALM} Toen kwam de {WORD}panda voorbij.")
    assert total(f"{WORD}otter") == 1
    way(make, Contribution.objects.get(pk=said.pk))
    assert nowhere(f"{WORD}otter")
    assert total(f"{WORD}panda") == 1
    assert other.state == "published"


def test_edit_replaces_the_words_at_its_release(make, thread):
    from goedwerk_forum.actions.contributions import Words, send_again
    from goedwerk_forum.actions.release import release
    from goedwerk_forum.outbox.drive import drive

    said = make.published(thread, text=f"{make.CALM} Toen kwam de {WORD}otter voorbij.")
    text = f"{make.CALM} Toen kwam de {WORD}panda voorbij."
    send_again(contribution=said, version=said.version, words=Words(text, "vraag"))
    assert total(f"{WORD}panda") == 0
    drive("moderation")
    said.refresh_from_db()
    if said.waiting:
        make.judged(said)
    release([thread.pk])
    assert nowhere(f"{WORD}otter")
    assert total(f"{WORD}panda") == 1


def unpublished(story):
    StoryPage.objects.get(pk=story.pk).unpublish()


def restricted(story):
    PageViewRestriction.objects.create(page=story, restriction_type="login")


def restricted_above(story):
    PageViewRestriction.objects.create(page=story.get_parent(), restriction_type="groups")


def signature_gone(story):
    Clearance.objects.filter(page=story).delete()


def dialogue_closed(story):
    page = StoryPage.objects.get(pk=story.pk)
    page.has_discussion = False
    page.save()


PRIVATE = [unpublished, restricted, restricted_above, signature_gone]


@pytest.mark.parametrize("make_private", PRIVATE, ids=lambda way: way.__name__)
def test_page_that_closes_takes_what_is_said_on_it_along(client, make, story, thread, make_private):
    elsewhere = make.story(f"Een andere {WORD}")
    elsewhere.move(make.root(), pos="last-child")
    make.published(thread, text=f"{make.CALM} Toen kwam de {WORD}otter voorbij.")
    assert total(WORD) == 3
    make_private(story)
    assert texts_found(WORD) == [elsewhere.title]
    assert total(WORD) == 1
    assert nowhere(f"{WORD}otter")
    assert "brieven" not in page_of(client, q="brievem")


def test_dialogue_that_closes_takes_only_what_was_said_along(make, story, thread):
    make.published(thread, text=f"{make.CALM} Toen kwam de {WORD}otter voorbij.")
    dialogue_closed(story)
    assert nowhere(f"{WORD}otter")
    assert total(WORD) == 1


def test_page_that_opens_again_is_found_again(make, story, thread):
    make.published(thread, text=f"{make.CALM} Toen kwam de {WORD}otter voorbij.")
    restricted(story)
    assert total(WORD) == 0
    PageViewRestriction.objects.all().delete()
    assert total(WORD) == 2


def test_whatever_stands_in_the_index_the_search_asks_again(make, story, thread):
    """The index of yesterday, after something that told it nothing."""
    make.published(thread, text=f"{make.CALM} Toen kwam de {WORD}otter voorbij.")
    Page.objects.filter(pk=story.pk).update(live=False)
    assert SearchEntry.objects.count() == 2
    assert total(WORD) == 0
    assert indexing.forget_unreadable() == 2
    assert not SearchEntry.objects.exists()


def test_words_changed_past_the_gate_are_not_shown(client, make, story):
    make.story("Nog een verhaal", lead=f"Ook een {WORD}.")
    StoryPage.objects.filter(pk=story.pk).update(lead=f"Iets anders over {WORD}, ongetekend.")
    assert texts_found(WORD) == ["Nog een verhaal"]
    assert total(WORD) == 1
    assert "ongetekend" not in page_of(client, q=WORD)


def test_draft_of_a_live_page_is_not_found(make, story):
    draft = StoryPage.objects.get(pk=story.pk)
    draft.lead = "Een geheimconcept dat nog niemand las."
    draft.save_revision()
    assert total("geheimconcept") == 0
    assert total(WORD) == 1


def test_page_that_is_deleted_is_gone(make, story, thread):
    make.published(thread, text=f"{make.CALM} Toen kwam de {WORD}otter voorbij.")
    restricted(story.get_parent())
    PageViewRestriction.objects.all().delete()
    Page.objects.get(pk=story.pk).delete()
    assert not SearchEntry.objects.exists()


# --- making it anew ---------------------------------------------------------------------------


def test_rebuilding_finds_the_same_and_no_more(make, secrets_in_every_state, story, capsys):
    draft = make.story("Een geheim concept", live=False)
    closed = make.story("Een geheim verhaal")
    restricted(closed)
    SearchEntry.objects.all().delete()
    assert total("openbaarantwoord") == 0
    call_command("goedwerk_index")
    assert "things can be found" in capsys.readouterr().out
    assert total("openbaarantwoord") == 1
    assert texts_found(WORD) == [story.title]
    assert total("geheim") == 0
    assert draft.pk


def test_index_of_wagtail_holds_no_contribution(make, thread):
    from django.apps import apps

    make.published(thread, text=f"{make.CALM} Toen kwam de {WORD}otter voorbij.")
    call_command("update_index", verbosity=0)
    entries = apps.get_model("wagtailsearch.IndexEntry").objects.all()
    fields = [f.attname for f in entries.model._meta.concrete_fields]
    kept = " ".join(str(row) for row in entries.values_list(*fields))
    assert "otter" not in kept


@pytest.mark.only_sqlite
def test_traces_in_the_pages_of_the_index_go_at_night(make, thread):
    said = make.published(thread, text=f"{make.CALM} Toen kwam de {WORD}otter voorbij.")
    withdraw(contribution=Contribution.objects.get(pk=said.pk))
    indexing.forget_unreadable()
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM goedwerk_search_index_data")
        blocks = b"".join(bytes(row[0]) for row in cursor.fetchall())
    assert b"otter" not in blocks
