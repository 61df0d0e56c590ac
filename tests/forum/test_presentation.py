"""What the templates promise a reader and a writer: words, headings, names, links, errors."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

from counting import counted
from goedwerk_forum.actions.contributions import withdraw
from goedwerk_forum.actions.moderation import decide
from goedwerk_forum.models import ReasonCode
from goedwerk_forum.texts import as_html
from goedwerk_forum.transitions import Action
from goedwerk_forum.views.rescue import unavailable

pytestmark = pytest.mark.django_db


def seen(client, discussion, query=""):
    response = client.get(discussion.page.url + query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def dialogue(client, discussion, query=""):
    return seen(client, discussion, query).select_one("#dialoog")


@pytest.fixture
def writing(client, make):
    """A signed-in participant of an open discussion."""
    discussion = make.discussion()
    writer = make.user()
    make.participant(discussion, writer)
    client.force_login(writer)
    return discussion


# --- the dialogue --------------------------------------------------------------------------------


def test_dialogue_holds_no_form_and_no_token(client, make):
    discussion = make.discussion()
    make.published(discussion)

    part = dialogue(client, discussion)

    assert not part.select("form, input, button")
    assert "csrf" not in str(part)


def test_every_contribution_has_a_name_and_a_heading_one_deeper_than_its_parent(client, make):
    discussion = make.discussion()
    parent = make.published(discussion)
    answer = make.published(discussion, in_reply_to=parent)
    make.published(discussion, in_reply_to=answer)

    articles = dialogue(client, discussion).select("article")

    assert [article.select_one("h3, h4, h5").name for article in articles] == ["h3", "h4", "h5"]
    for article in articles:
        assert article["aria-labelledby"] == article.select_one("h3, h4, h5")["id"]


def test_no_two_links_to_reply_have_the_same_words(client, make):
    discussion = make.discussion()
    for _voice in range(3):
        make.published(discussion)

    links = dialogue(client, discussion).select("a[data-gw-inline]")

    assert len({link.get_text() for link in links}) == len(links) == 3


def test_links_in_a_text_are_not_followed_and_tell_nobody_where_one_came_from():
    html = as_html("Lees https://example.org/rapport eens <img src=x> en javascript:alert(1).")
    part = BeautifulSoup(html, "html.parser")

    assert [link["href"] for link in part.select("a")] == ["https://example.org/rapport"]
    assert part.a["rel"] == ["nofollow", "ugc", "noopener"]
    assert not part.select("img")


def test_question_waits_until_somebody_answers_it(client, make):
    discussion = make.discussion()
    question = make.published(discussion, kind="vraag")
    assert dialogue(client, discussion).select_one(".gw-waits").text == "Wacht op een antwoord"

    make.published(discussion, in_reply_to=question)

    assert not dialogue(client, discussion).select(".gw-waits")


def test_tombstone_says_what_happened_and_leaves_the_answers(client, make):
    discussion = make.discussion()
    hidden, withdrawn = make.published(discussion), make.published(discussion)
    answer = make.published(discussion, in_reply_to=hidden)
    decide(
        user=make.ambassador(discussion),
        public_id=hidden.public_id,
        version=hidden.version,
        action=Action.HIDE,
        reason=ReasonCode.TRACEABLE,
        words="Dit raakt mensen.",
    )
    withdraw(contribution=withdrawn)

    part = dialogue(client, discussion)

    assert "tijdelijk verborgen" in part.select_one(f"#b-{hidden.public_id}").get_text()
    assert "heeft deze bijdrage ingetrokken" in (
        part.select_one(f"#b-{withdrawn.public_id}").get_text()
    )
    assert part.select_one(f"#b-{answer.public_id} .gw-post__t")


def test_empty_dialogue_invites_with_every_kind(client, make):
    discussion = make.discussion()

    part = dialogue(client, discussion)

    kinds = [re.search(r"soort=(\w+)", link["href"]) for link in part.select(".gw-empty a")]
    assert len([kind for kind in kinds if kind]) == 6


def test_styles_and_signs_come_once_on_a_page(client, make):
    page = seen(client, make.discussion())

    assert len(page.select("link[href*='goedwerk_forum/goedwerk.css']")) == 1
    assert len(page.select("svg.gw-sprite")) == 1


def test_preview_of_a_draft_shows_its_question_and_no_way_to_write(make):
    page = make.story(live=False, discussion_question="Wat zou jij morgen doen?")
    request = RequestFactory().get("/")
    request.is_preview = True

    html = Template("{% load goedwerk_forum %}{% discussion page %}").render(
        Context({"request": request, "page": page})
    )

    assert "Wat zou jij morgen doen?" in html
    assert "Schrijf een bijdrage" not in html


# --- writing -------------------------------------------------------------------------------------


def test_each_error_stands_in_the_summary_and_at_its_field(client, writing):
    response = client.post(reverse("goedwerk_forum:write", args=[writing.uuid.hex]), {"text": " "})
    page = BeautifulSoup(response.content, "html.parser")

    assert response.status_code == 422
    assert page.title.get_text().startswith("Fout:")
    links = page.select("#gw-errors a")
    assert [link["href"] for link in links] == ["#gw-kind-0", "#gw-text"]
    for link in links:
        control = page.select_one(link["href"])
        described = control["aria-describedby"].split()
        texts = [page.select_one(f"#{name}").get_text(strip=True) for name in described]
        assert control["aria-invalid"] == "true"
        assert link.get_text() in texts


def test_summary_takes_focus_without_script(client, writing):
    response = client.post(reverse("goedwerk_forum:write", args=[writing.uuid.hex]), {})
    summary = BeautifulSoup(response.content, "html.parser").select_one("#gw-errors")

    assert summary.has_attr("autofocus")
    assert summary["tabindex"] == "-1"


def test_preview_marks_words_in_order_and_leaves_a_third_way(client, writing):
    text = "Bel 06-12345678 of mail naar iemand@example.org over wat daar toen gebeurde."
    response = client.post(
        reverse("goedwerk_forum:write", args=[writing.uuid.hex]),
        {"text": text, "kind": "ervaring", "preview": "1"},
    )
    page = BeautifulSoup(response.content, "html.parser")

    assert [mark.get_text() for mark in page.select(".gw-word__n")] == ["1", "2"]
    assert [item.get_text()[:2] for item in page.select(".gw-swap__l")] == ["1.", "2."]
    assert page.select_one("#gw-text").get_text().strip() == text


def test_fragment_is_the_form_alone(client, make, writing):
    parent = make.published(writing)

    response = client.get(
        reverse("goedwerk_forum:reply", args=[parent.public_id]),
        headers={"X-Goedwerk-Fragment": "1"},
    )
    part = BeautifulSoup(response.content, "html.parser")

    assert not part.select("html, head, body, h1, h2")
    assert part.select_one(".gw-inline form")["action"].endswith("/reageer/")


def test_closed_dialogue_offers_no_form_to_who_typed_nothing(client, make):
    discussion = make.discussion()
    writer = make.user()
    make.participant(discussion, writer)
    client.force_login(writer)
    type(discussion).objects.filter(pk=discussion.pk).update(closes_on="2026-01-01")

    response = client.get(reverse("goedwerk_forum:write", args=[discussion.uuid.hex]))

    assert response.status_code == 409
    assert "Lezen kan altijd" in response.content.decode()
    assert 'name="text"' not in response.content.decode()


def test_closed_dialogue_gives_back_what_was_typed(client, make):
    discussion = make.discussion()
    writer = make.user()
    make.participant(discussion, writer)
    client.force_login(writer)
    type(discussion).objects.filter(pk=discussion.pk).update(closes_on="2026-01-01")

    response = client.post(
        reverse("goedwerk_forum:write", args=[discussion.uuid.hex]),
        {"text": "Dit schreef ik net.", "kind": "ervaring"},
    )

    assert response.status_code == 409
    assert "Dit schreef ik net." in response.content.decode()


def test_text_comes_back_without_a_query_while_the_database_is_away(rf, django_assert_num_queries):
    request = rf.post("/gesprek/x/schrijf/", {"text": "Dit <b>mag</b> niet weg.", "kind": "vraag"})

    with django_assert_num_queries(0):
        html = unavailable(request).content.decode()

    page = BeautifulSoup(html, "html.parser")
    assert page.select_one("textarea").get_text().strip() == "Dit <b>mag</b> niet weg."
    assert page.select_one("input[name=kind]")["value"] == "vraag"
    assert page.select_one("form")["action"] == "/gesprek/x/schrijf/"


# --- one's own -----------------------------------------------------------------------------------


def test_author_reads_the_whole_statement_of_reasons(client, make):
    discussion = make.discussion()
    author = make.user()
    held = make.held(discussion, author)
    decide(
        user=make.ambassador(discussion),
        public_id=held.public_id,
        version=held.version,
        action=Action.RETURN,
        reason=ReasonCode.ABOUT_PERSON,
        words="Schrijf liever over het besluit dan over de wethouder.",
    )
    client.force_login(author)

    for url in (
        reverse("goedwerk_forum:own", args=[held.public_id]),
        reverse("goedwerk_forum:edit", args=[held.public_id]),
        reverse("goedwerk_forum:inbox"),
    ):
        text = client.get(url).content.decode()
        assert "Het gaat over een mens, niet over het werk" in text
        assert "Schrijf liever over het besluit dan over de wethouder." in text
        assert "ambassadeur" in text
        assert "Wat kun je doen?" in text
        assert "Niet eens met deze reden? Schrijf dat erbij" in text
        assert "naar de rechter" in text


@pytest.mark.parametrize("name", ["own", "edit"])
def test_the_decision_about_a_text_is_read_once(client, make, name):
    author = make.user()
    back = make.judged(make.held(make.discussion(), author), Action.RETURN, "conduct")
    client.force_login(author)
    with counted() as work:
        page = client.get(reverse(f"goedwerk_forum:{name}", args=[back.public_id]))
    assert "De toon raakt mensen" in page.text
    decisions = [
        one
        for one in work.statements
        if one.startswith('SELECT "goedwerk_forum_statement"') and "_measurerequest" not in one
    ]
    assert len(decisions) == 1


def test_an_answer_is_promised_only_where_a_person_gave_the_text_back(client, make):
    author = make.user()
    back = make.examined(make.discussion(), author, text="Bel mij gerust op 06-12345678 hierover.")
    assert back.statements.get().decided_by_software
    client.force_login(author)
    for name in ("own", "edit"):
        page = client.get(reverse(f"goedwerk_forum:{name}", args=[back.public_id])).text
        assert "Schrijf dat erbij" not in page
        assert 'name="answer"' not in page
        assert "Je kunt ook naar de rechter." in page


@pytest.mark.parametrize("name", ["promise_lines", "circle_promise_lines"])
def test_a_promise_waits_until_the_backups_are_gone(name):
    said = render_to_string(f"goedwerk_forum/{name}.html", {})
    assert "reservekopieën van die tijd weg, 30 dagen later, dan kan niemand" in said
