"""What an ambassador sees and presses at a case and above the queue, besides deciding."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from goedwerk_forum.actions import desk, rota
from goedwerk_forum.actions.contributions import Words, send_again
from goedwerk_forum.models import (
    Absence,
    CannedReason,
    CaseNote,
    Claim,
    Contribution,
    Duty,
    ForumSettings,
    SavedView,
    Statement,
)
from goedwerk_forum.transitions import Action, State

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

QUEUE = "/beheer/moderatie/"
TEXT = "De teamleider in Almelo vond het geen goed plan, en dat zei hij ook."
OTHER = "Ik wachtte een week voordat ik er iets over zei."


@pytest.fixture
def discussion(make):
    return make.discussion(title="Het rapport in de la")


@pytest.fixture
def anna(make, discussion, client):
    anna = make.ambassador(discussion, "anna")
    client.force_login(anna)
    return anna


@pytest.fixture
def bea(make, discussion):
    return make.ambassador(discussion, "bea")


@pytest.fixture
def held(make, discussion):
    return make.held(discussion, text=TEXT)


def url_of(name, *arguments):
    return reverse(f"goedwerk_moderation:{name}", args=arguments)


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


def read(client, contribution):
    return page_of(client.get(url_of("case", contribution.public_id)))


def post(client, contribution, action="", **fields):
    data = {"action": action, "version": contribution.version, "reason": "", "words": ""}
    return client.post(url_of("case", contribution.public_id), data | fields)


# --- claims ----------------------------------------------------------------------------------


def test_opening_a_case_takes_it_in_hand(client, anna, held):
    read(client, held)
    assert Claim.objects.get().holder == anna
    assert "bij jou" in page_of(client.get(QUEUE)).get_text()


@pytest.mark.parametrize("headers", [{"Sec-Purpose": "prefetch"}])
def test_browser_that_looks_ahead_takes_nothing_in_hand(client, anna, held, headers):
    client.get(url_of("case", held.public_id), headers=headers)
    client.head(url_of("case", held.public_id))
    assert not Claim.objects.exists()


def test_colleague_sees_that_it_is_read_and_takes_over(client, anna, bea, held):
    desk.claim(user=bea, contribution=held)
    page = read(client, held)
    assert "Wordt bekeken door een collega" in page.get_text()
    assert page.select_one("#gw-decision") is None
    assert "bea" not in page.select_one(".gw-case__reading").get_text()
    assert "wordt bekeken door een collega" in page_of(client.get(QUEUE)).get_text()
    client.post(url_of("take_over", held.public_id))
    assert Claim.objects.get().holder == anna
    assert read(client, held).select_one("#gw-decision")


def test_decision_on_what_a_colleague_took_is_refused_with_the_words_kept(client, anna, bea, held):
    desk.take_over(user=bea, public_id=held.public_id)
    response = post(client, held, "return", reason="conduct", words="Mijn lange zin.")
    assert response.status_code == 409
    page = page_of(response)
    assert "Mijn lange zin." in page.select_one("#id_words").get_text()
    assert page.select_one("button[name=take_over]")
    assert not Statement.objects.exists()
    response = post(
        client, held, "return", reason="conduct", words="Mijn lange zin.", take_over="1"
    )
    assert response.status_code == 302
    assert Statement.objects.get().words == "Mijn lange zin."


def test_going_on_leaves_out_what_colleagues_have(client, make, anna, bea, discussion, held):
    second = make.held(discussion, text=OTHER)
    third = make.held(discussion)
    desk.claim(user=bea, contribution=second)
    response = post(client, held, "publish")
    assert response.url == url_of("case", third.public_id)


def test_skipping_puts_the_case_down(client, make, anna, discussion, held):
    second = make.held(discussion, text=OTHER)
    read(client, held)
    response = client.post(url_of("skip", held.public_id))
    assert response.url == url_of("case", second.public_id)
    assert not Claim.objects.exists()


def test_case_is_given_to_a_colleague_by_name(client, anna, bea, held):
    names = [option["value"] for option in read(client, held).select("#gw-to option")]
    assert names == ["", "bea"]
    client.post(url_of("pass_on", held.public_id), {"to": "bea"})
    claim = Claim.objects.get()
    assert (claim.holder, claim.is_handed_over) == (bea, True)
    client.force_login(bea)
    assert "aan jou doorgegeven" in page_of(client.get(QUEUE)).get_text()
    assert list(client.get(QUEUE, {"hand": "gegeven"}).context["object_list"]) == [held]


def test_case_is_given_to_nobody_unknown(client, anna, held):
    read(client, held)
    assert client.post(url_of("pass_on", held.public_id), {"to": "niemand"}).status_code == 404
    assert Claim.objects.get().holder == anna


# --- notes -----------------------------------------------------------------------------------


def test_note_is_read_by_colleagues_and_not_by_the_author(client, make, anna, bea, discussion):
    author = make.user()
    held = make.held(discussion, author)
    client.post(
        url_of("case", held.public_id), {"note": "note", "text": "Kijk naar de tweede zin."}
    )
    client.force_login(bea)
    page = read(client, held)
    assert "Kijk naar de tweede zin." in page.select_one("#gw-notes").get_text()
    assert "anna" in page.select_one("#gw-notes").get_text()
    client.force_login(author)
    for url in (f"/mijn-bijdragen/{held.public_id}/", "/berichten/", "/mijn-gegevens/"):
        assert "tweede zin" not in client.get(url, follow=True).content.decode()


def test_empty_note_says_what_to_do(client, anna, held):
    response = client.post(url_of("case", held.public_id), {"note": "note", "text": " "})
    assert response.status_code == 422
    assert "Schrijf eerst je notitie." in response.content.decode()
    assert not CaseNote.objects.exists()


def test_note_that_is_too_long_stays_in_the_field(client, anna, held):
    text = "a" * 1001
    response = client.post(url_of("case", held.public_id), {"note": "note", "text": text})
    assert response.status_code == 422
    assert text in page_of(response).select_one("#id_text").get_text()


@pytest.mark.parametrize("action", [Action.PUBLISH, Action.REJECT])
@pytest.mark.parametrize("kind", ["note", "second_look"])
def test_note_on_a_case_that_a_colleague_decided_is_refused_with_the_text_kept(
    client, make, anna, bea, held, action, kind
):
    make.judged(held, action, "" if action == Action.PUBLISH else "conduct", by=bea)
    for text, status in (("Mijn lange zin.", 409), ("a" * 1001, 422)):
        response = client.post(url_of("case", held.public_id), {"note": kind, "text": text})
        assert response.status_code == status
        assert text in page_of(response).select_one("textarea#gw-typed-note").get_text()
        assert "Over deze bijdrage valt nu niets te beslissen." in response.content.decode()
    assert not CaseNote.objects.exists()


def test_taking_over_what_a_colleague_decided_decides_nothing_and_keeps_the_words(
    client, make, anna, discussion
):
    published = make.published(discussion)
    response = post(
        client, published, "hide", reason="conduct", words="Mijn lange zin.", take_over="1"
    )
    assert response.status_code == 409
    assert "Mijn lange zin." in page_of(response).select_one("#id_words").get_text()
    assert not Statement.objects.exists()
    assert not Claim.objects.exists()
    assert Contribution.objects.get(pk=published.pk).state == State.PUBLISHED
    assert post(client, published, "hide", reason="conduct", words="Zo.").status_code == 302


def test_asking_for_a_second_look_takes_the_form_away(client, anna, bea, held):
    client.post(url_of("case", held.public_id), {"note": "second_look", "text": "Jij?"})
    page = read(client, held)
    assert "Een collega beslist" in page.get_text()
    assert page.select_one("#gw-decision") is None
    assert post(client, held, "publish").status_code == 409
    held.refresh_from_db()
    assert held.state == State.HELD
    client.force_login(bea)
    assert list(client.get(QUEUE, {"hand": "tweede-blik"}).context["object_list"]) == [held]
    assert post(client, held, "publish").status_code == 302


# --- reasons and marked words ----------------------------------------------------------------


@pytest.fixture
def canned(db):
    CannedReason.objects.all().delete()
    return CannedReason.objects.create(
        reason="traceable", title="Minder precies", text="Maak het wat algemener."
    )


def test_text_to_start_from_goes_into_the_field_and_nothing_is_decided(client, anna, held, canned):
    response = post(client, held, "return", canned=canned.pk, insert="1", words="Dank je.")
    page = page_of(response)
    assert page.select_one("#id_words").get_text().strip() == "Dank je.\n\nMaak het wat algemener."
    assert page.select_one("#id_reason option[selected]")["value"] == "traceable"
    assert page.select_one("input[name=action][checked]")["value"] == "return"
    assert not Statement.objects.exists()


def test_chosen_text_is_never_sent_unread(client, anna, held, canned):
    response = post(client, held, "return", reason="traceable", canned=canned.pk)
    assert response.status_code == 200
    assert not Statement.objects.exists()


def test_option_carries_its_text_for_the_script(client, anna, held, canned):
    option = read(client, held).select_one(f"#id_canned option[value='{canned.pk}']")
    assert option["data-gw-text"] == "Maak het wat algemener."


def test_site_without_texts_asks_for_none(client, anna, held):
    CannedReason.objects.all().delete()
    assert read(client, held).select_one("#id_canned") is None


def test_author_sees_the_marked_words_with_the_suggestion(client, make, anna, discussion):
    author = make.user()
    held = make.held(discussion, author, text=TEXT)
    response = post(
        client,
        held,
        "return",
        reason="traceable",
        words="Dank je wel.",
        mark_1="dat zei hij ook",
        instead_1="dat liet hij merken",
    )
    assert response.status_code == 302
    client.force_login(author)
    page = page_of(client.get(f"/mijn-bijdragen/{held.public_id}/"))
    assert "dat zei hij ook" in [mark.contents[0] for mark in page.select("mark")]
    assert "dat liet hij merken" in page.get_text()
    assert (
        "dat liet hij merken"
        in client.get(f"/mijn-bijdragen/{held.public_id}/wijzig/").content.decode()
    )


def test_mark_of_the_ambassador_goes_before_one_of_a_check(client, make, anna, discussion):
    author = make.user()
    held = make.held(discussion, author, text=TEXT)
    post(
        client,
        held,
        "return",
        reason="traceable",
        words="Dit raakt mensen.",
        mark_1="teamleider in Almelo vond",
    )
    client.force_login(author)
    page = page_of(client.get(f"/mijn-bijdragen/{held.public_id}/"))
    assert "teamleider in Almelo vond" in [mark.contents[0] for mark in page.select("mark")]


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"mark_1": "staat er niet"}, "niet precies zo in de tekst"),
        ({"instead_1": "iemand"}, "Om welke woorden"),
        ({"action": "publish", "words": "", "mark_1": "teamleider"}, "als je de tekst teruggeeft"),
        ({"mark_1": "a" * 201}, "hooguit 200 tekens"),
    ],
)
def test_mark_that_cannot_go_along_is_said_at_its_field(client, anna, held, fields, error):
    data = {"action": "return", "reason": "traceable", "words": "Zo."} | fields
    response = post(client, held, data.pop("action"), **data)
    assert response.status_code == 422
    page = page_of(response)
    assert error in page.select_one(".gw-marking").get_text()
    assert page.select_one(".gw-marking").has_attr("open")
    held.refresh_from_db()
    assert held.state == State.HELD


# --- one answer, and what changed ------------------------------------------------------------


def returned(client, make, discussion):
    author = make.user()
    held = make.held(discussion, author, text=TEXT)
    make.judged(held, Action.RETURN, "traceable")
    held.refresh_from_db()
    client.force_login(author)
    return author, held


def send(client, held, **fields):
    held.refresh_from_db()
    data = {"kind": "ervaring", "text": OTHER, "version": held.version, "seen": ""} | fields
    return client.post(f"/mijn-bijdragen/{held.public_id}/wijzig/", data)


def test_author_answers_once_and_the_ambassador_reads_it(client, make, drive, discussion):
    author, held = returned(client, make, discussion)
    form = f"/mijn-bijdragen/{held.public_id}/wijzig/"
    assert page_of(client.get(form)).select_one("#gw-answer")
    assert send(client, held, answer="Ik heb de plaats weggehaald.").status_code == 302
    drive()
    held.refresh_from_db()
    ambassador = make.ambassador(discussion)
    client.force_login(ambassador)
    page = read(client, held)
    assert "Ik heb de plaats weggehaald." in page.select_one(".gw-answer").get_text()
    assert page.select(".gw-text del")
    assert page.select(".gw-text ins")
    assert "De vorige versie" in page.get_text()
    client.force_login(author)
    kept = page_of(client.get(form)).select_one("#gw-answer")  # hers to change while it waits
    assert kept.get_text().strip() == "Ik heb de plaats weggehaald."
    make.judged(held, Action.PUBLISH, by=ambassador)
    assert page_of(client.get(form)).select_one("#gw-answer") is None


def test_answer_is_never_on_the_page(client, make, drive, discussion):
    _author, held = returned(client, make, discussion)
    send(client, held, answer="Alleen voor jullie.")
    drive()
    make.judged(Contribution.objects.get(pk=held.pk))
    from goedwerk_forum.actions.release import release

    release([discussion.pk])
    client.logout()
    assert OTHER in client.get(discussion.page.url).content.decode()
    assert "Alleen voor jullie." not in client.get(discussion.page.url).content.decode()


def test_answer_that_is_too_long_stays_in_the_field(client, make, discussion):
    _author, held = returned(client, make, discussion)
    response = send(client, held, answer="a" * 501)
    assert response.status_code == 422
    page = page_of(response)
    assert "1 tekens te lang" in page.select_one("#gw-answer-fout").get_text()
    assert "a" * 501 in page.select_one("#gw-answer").get_text()
    assert OTHER in page.select_one("#gw-text").get_text()


def test_answer_without_a_return_is_not_kept(client, make, drive, discussion):
    author = make.user()
    published = make.published(discussion, author)
    client.force_login(author)
    send(client, published, answer="Zomaar.")
    assert published.revisions.order_by("-number").first().answer == ""


def test_answer_goes_with_the_text(client, make, discussion):
    from goedwerk_forum.actions.contributions import withdraw

    _author, held = returned(client, make, discussion)
    send(client, held, answer="Ik heb de plaats weggehaald.")
    withdraw(contribution=Contribution.objects.get(pk=held.pk))
    assert set(held.revisions.values_list("answer", flat=True)) == {""}


def test_edit_shows_which_words_went_and_came(client, make, drive, anna, discussion):
    author = make.user()
    edited = make.published(discussion, author, text="Wij belden de burger eerst op, gewoon.")
    words = Words("Wij belden de burger daarna op, gewoon.", "vraag")
    send_again(user=author, contribution=edited, version=edited.version, words=words)
    drive()
    page = read(client, edited)
    assert [word.get_text() for word in page.select(".gw-text del")] == ["eerst"]
    assert [word.get_text() for word in page.select(".gw-text ins")] == ["daarna"]


# --- above the queue -------------------------------------------------------------------------


def test_view_of_the_queue_is_kept_for_herself(client, make, anna, bea, discussion, held):
    client.post(url_of("save_view"), {"name": "Nieuw", "query": "waiting=new&einde=1"})
    view = SavedView.objects.get()
    assert (view.user, view.name, view.query) == (anna, "Nieuw", "waiting=new")
    page = page_of(client.get(QUEUE))
    assert page.select_one(".gw-views a")["href"] == f"{QUEUE}?waiting=new"
    client.force_login(bea)
    assert page_of(client.get(QUEUE)).select_one(".gw-views a") is None
    client.post(url_of("forget_view", view.public_id))
    assert SavedView.objects.count() == 1
    client.force_login(anna)
    client.post(url_of("forget_view", view.public_id))
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("fields", [{"name": "", "query": "age=1"}, {"name": "x", "query": ""}])
def test_view_without_a_name_or_a_filter_is_not_kept(client, anna, fields):
    client.post(url_of("save_view"), fields)
    assert not SavedView.objects.exists()
    assert client.get(QUEUE).context["messages"]


def test_being_away_and_back(client, anna, held):
    client.post(url_of("away"), {"away": "1"})
    assert Absence.objects.get().user == anna
    assert "Je bent even weg" in client.get(QUEUE).content.decode()
    read(client, held)
    assert not Claim.objects.exists()
    client.post(url_of("away"))
    assert not Absence.objects.exists()


def test_rota_says_who_looks_first_and_who_stands_in(client, anna, bea, discussion):
    week = rota.monday(timezone.localdate())
    rota.set_duty(user=anna, group=discussion.group, week=week, ambassador=bea, stand_in=anna)
    assert "bea" in page_of(client.get(QUEUE)).select_one(".gw-desk").get_text()
    desk.go_away(user=bea)
    assert "Deze week val jij in" in client.get(QUEUE).content.decode()
    assert "Even weg: bea" in client.get(url_of("rota")).content.decode()


def test_rota_is_filled_in_by_its_group(client, anna, bea, discussion):
    week = rota.monday(timezone.localdate())
    data = {"group": discussion.group.name, "week": week.isoformat()}
    people = {"ambassador": "anna", "stand_in": "bea"}
    assert client.post(url_of("rota"), data | people).status_code == 302
    duty = Duty.objects.get()
    assert (duty.ambassador, duty.stand_in, duty.week) == (anna, bea, week)
    client.post(url_of("rota"), data | {"ambassador": "", "stand_in": ""})
    assert not Duty.objects.exists()


@pytest.mark.parametrize(
    ("people", "error"),
    [
        ({"ambassador": "anna", "stand_in": "anna"}, "Kies iemand anders"),
        ({"ambassador": "", "stand_in": "anna"}, "Kies ook wie eerst kijkt"),
        ({"ambassador": "vreemde", "stand_in": ""}, "Kies iemand uit de groep"),
    ],
)
def test_impossible_rota_is_said_and_not_kept(client, make, anna, discussion, people, error):
    make.user("vreemde")
    week = rota.monday(timezone.localdate())
    data = {"group": discussion.group.name, "week": week.isoformat()} | people
    response = client.post(url_of("rota"), data)
    assert response.status_code == 422
    assert error in response.content.decode()
    assert not Duty.objects.exists()


def test_rota_of_another_group_is_closed(client, make, anna):
    other = make.discussion().group
    week = rota.monday(timezone.localdate())
    data = {"group": other.name, "week": week.isoformat(), "ambassador": "anna"}
    client.post(url_of("rota"), data)
    assert not Duty.objects.exists()


def test_weeks_that_are_over_go(anna, discussion):
    week = rota.monday(timezone.localdate()) - datetime.timedelta(weeks=1)
    rota.set_duty(user=anna, group=discussion.group, week=week, ambassador=anna)
    assert rota.forget_past_weeks() == 1
    assert not Duty.objects.exists()


# --- filters ---------------------------------------------------------------------------------


def test_filters_by_age_kind_urgency_and_theme(client, make, anna, discussion, held):
    from goedwerk_casestudies.models import StoryPage, Theme

    theme = Theme.objects.create(name="Moed", slug="moed")
    page = StoryPage.objects.get(pk=discussion.page_id)
    page.themes.add(theme)
    page.save()
    make.cleared(page)
    other = make.held(make.discussion(discussion_group=discussion.group), text=OTHER, kind="vraag")
    long_ago = timezone.localdate() - datetime.timedelta(days=4)
    Contribution.objects.filter(pk=held.pk).update(day=long_ago, urgency=1)
    held.revisions.update(day=long_ago)

    def listed(**parameters):
        return list(client.get(QUEUE, parameters).context["object_list"])

    assert listed() == [held, other]
    assert listed(age="3") == [held]
    assert listed(age="7") == []
    assert listed(kind="vraag") == [other]
    assert listed(urgency="1") == [held]
    assert listed(theme="moed") == [held]
    desk.claim(user=anna, contribution=other)
    assert listed(hand="mij") == [other]
    assert listed(hand="vrij") == [held]


# --- keys and the role's name ----------------------------------------------------------------


def test_keys_are_a_page_and_a_sheet(client, anna, held):
    for url in (url_of("keys"), QUEUE, url_of("case", held.public_id)):
        assert "naar de volgende" in client.get(url).content.decode()
    assert read(client, held).select_one("dialog")["data-gw-keys"] == "on"


def test_who_turned_shortcuts_off_has_no_letters(client, anna, held):
    from wagtail.users.models import UserProfile

    UserProfile.objects.update_or_create(user=anna, defaults={"keyboard_shortcuts": False})
    assert read(client, held).select_one("dialog")["data-gw-keys"] == "off"


@pytest.mark.parametrize(
    ("name", "said"), [("moderator", "een moderator"), ("", "een ambassadeur")]
)
def test_author_reads_what_the_site_calls_the_role(client, make, discussion, name, said):
    from wagtail.models import Site

    settings = ForumSettings.for_site(Site.objects.get(is_default_site=True))
    settings.role_name = name
    settings.save()
    author = make.user()
    held = make.held(discussion, author, text="Jij bent een sukkel, dat je het niet zag.")
    make.judged(held, Action.REJECT, "conduct")
    client.force_login(author)
    page = page_of(client.get(f"/mijn-bijdragen/{held.public_id}/"))
    assert said in page.select_one(".gw-reason").get_text()
