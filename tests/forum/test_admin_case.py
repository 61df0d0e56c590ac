"""One contribution on an ambassador's screen: what she reads, decides, and where she goes next."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from goedwerk_forum.actions.contributions import Words, send_again
from goedwerk_forum.actions.moderation import decide
from goedwerk_forum.models import AuditRecord, Notice, Policy, Statement
from goedwerk_forum.transitions import Action, State

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OTHER = "Ik wachtte een week voordat ik er iets over zei."
THIRD = "Wij belden de burger eerst op en hoorden toen meer."


@pytest.fixture
def discussion(make):
    return make.discussion(title="Het rapport in de la", discussion_question="Hoe ver ga je?")


@pytest.fixture
def ambassador(make, discussion, client):
    ambassador = make.ambassador(discussion)
    client.force_login(ambassador)
    return ambassador


def url_of(contribution, query=""):
    return reverse("goedwerk_moderation:case", args=[contribution.public_id]) + query


def read(client, contribution):
    response = client.get(url_of(contribution))
    assert response.status_code == 200
    return response.content.decode()


def post(client, contribution, action="", *, query="", **fields):
    data = {"action": action, "version": contribution.version, "reason": "", "words": ""} | fields
    return client.post(url_of(contribution, query), data)


def edited(make, drive, discussion, text=OTHER):
    contribution = make.published(discussion)
    words = Words(text, "vraag")
    send_again(contribution=contribution, version=contribution.version, words=words)
    drive()
    contribution.refresh_from_db()
    assert contribution.waiting == "edit"
    return contribution


# --- reading ---------------------------------------------------------------------------------


def test_findings_are_marked_and_explained(client, make, discussion, ambassador):
    contribution = make.held(discussion, text="Jij bent een sukkel, dat je het niet zag.")
    html = read(client, contribution)
    assert '<mark class="gw-word">sukkel<sup class="gw-word__n">1</sup></mark>' in html
    assert "Woorden die mensen raken" in html
    assert "Dit leest als een belediging" in html
    assert "iemand moet kijken" in html


def test_traceable_words_come_with_their_own_reason_and_another_way_to_say_it(
    client, make, discussion, ambassador
):
    contribution = make.held(discussion, text="De teamleider in Almelo vond het geen goed plan.")
    finding = next(
        item for item in contribution.revisions.get().findings if item["check"] == "traceable"
    )
    html = read(client, contribution)
    assert "Herkenbare personen en nummers" in html
    assert finding["suggestions"][0] in html
    assert "Met deze woorden is iemand misschien te herkennen" not in html


def test_text_is_shown_as_text(client, make, discussion, ambassador):
    contribution = make.held(discussion, text="Let op <script>alert(1)</script> en ga dan verder.")
    assert "<script>alert(1)" not in read(client, contribution)


def test_parent_page_question_and_thread_are_in_view(client, make, discussion, ambassador):
    parent = make.published(discussion)
    sibling = make.published(discussion, text=THIRD)
    reply = make.held(discussion, text=OTHER, in_reply_to=parent)
    html = read(client, reply)
    for expected in (
        "Het rapport in de la",
        "Hoe ver ga je?",
        "Een rapport is klaar, en niemand vraagt ernaar.",
        f"In antwoord op {parent.participant.pseudonym}",
        "Ik heb het eerst met een collega besproken",
        sibling.participant.pseudonym,
        "Wij belden de burger eerst op",
        url_of(parent),
    ):
        assert expected in html


def test_hidden_parent_is_not_read_through_its_reply(client, make, discussion, ambassador):
    parent = make.published(discussion)
    reply = make.held(discussion, text=OTHER, in_reply_to=parent)
    decide(
        user=ambassador,
        public_id=parent.public_id,
        version=parent.version,
        action=Action.HIDE,
        reason="traceable",
        words="Dit raakt mensen.",
    )
    html = read(client, reply)
    assert "Lezers zien deze bijdrage niet (meer)." in html
    assert make.CALM not in html


def test_edit_stands_beside_the_accepted_text(client, make, drive, discussion, ambassador):
    page = BeautifulSoup(read(client, edited(make, drive, discussion)), "html.parser")
    stands, new = (text.get_text() for text in page.select(".gw-texts--two .gw-text"))
    assert make.CALM in stands
    assert OTHER in new
    decision = page.select_one("#gw-decision").get_text()
    assert "Plaats de wijziging" in decision
    assert "Verberg" not in decision


def test_earlier_statements_are_shown(client, make, drive, discussion, ambassador):
    contribution = make.held(discussion)
    post(client, contribution, "return", reason="about_person", words="Schrijf over je keuze.")
    contribution.refresh_from_db()
    send_again(
        contribution=contribution,
        version=contribution.version,
        words=Words(OTHER, "ervaring"),
    )
    drive()
    html = read(client, contribution)
    assert "Schrijf over je keuze." in html
    assert "Het gaat over een mens, niet over het werk" in html
    assert "door een ambassadeur" in html


def test_author_is_counted_within_the_discussion_only(client, make):
    discussion = make.discussion(discussion_policy=Policy.ALL_FIRST)
    client.force_login(make.ambassador(discussion))
    author = make.user()
    make.published(discussion, author)
    make.published(make.discussion(discussion_group=discussion.group), author)
    html = read(client, make.held(discussion, author, text=OTHER))
    assert "1 geplaatst" in html
    assert "1 wacht op een ambassadeur" in html


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        ("held", ["publish", "return", "reject"]),
        ("published", ["hide"]),
        ("hidden", ["publish", "reject"]),
        ("rejected", []),
        ("pending", []),
    ],
)
def test_only_decisions_that_the_table_allows_are_offered(
    client, make, discussion, ambassador, state, offered
):
    if state == "pending":
        contribution = make.contribution(discussion)
    elif state in ("held", "rejected"):
        contribution = make.held(discussion)
    else:
        contribution = make.published(discussion)
    if state in ("rejected", "hidden"):
        action = "reject" if state == "rejected" else "hide"
        post(client, contribution, action, reason="conduct", words="Dit raakt mensen.")
        contribution.refresh_from_db()
    assert contribution.state == state
    response = client.get(url_of(contribution))
    form = response.context["form"]
    assert [value for value, _name in form.fields["action"].choices] == offered
    before = AuditRecord.objects.count()
    for action in {"publish", "return", "reject", "hide", "withdraw"} - set(offered):
        response = post(client, contribution, action, reason="conduct")
        assert response.status_code == 422
    assert AuditRecord.objects.count() == before


# --- deciding --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "state"),
    [("publish", State.PUBLISHED), ("return", State.RETURNED), ("reject", State.REJECTED)],
)
def test_decision_is_carried_out_and_told(client, make, discussion, ambassador, action, state):
    contribution = make.held(discussion)
    fields = {} if action == "publish" else {"reason": "off_topic", "words": "Past beter elders."}
    response = post(client, contribution, action, **fields)
    assert response.status_code == 302
    contribution.refresh_from_db()
    assert contribution.state == state
    assert Notice.objects.filter(contribution=contribution).count() == 1
    statements = Statement.objects.values_list("reason", "words")
    assert list(statements) == ([("off_topic", "Past beter elders.")] if fields else [])


def test_message_after_publishing_says_from_when(client, make, discussion, ambassador, settings):
    settings.GOEDWERK = settings.GOEDWERK | {"RELEASE_EVERY": 60}
    response = post(client, make.held(discussion), "publish")
    html = client.get(response.url).content.decode()
    assert ":00 uur" in html
    assert "Lezers zien de bijdrage vanaf" in html


def test_edit_is_accepted_and_the_old_text_stays_until_its_release(
    client, make, drive, discussion, ambassador
):
    contribution = edited(make, drive, discussion)
    post(client, contribution, "publish")
    contribution.refresh_from_db()
    assert (contribution.state, contribution.waiting) == (State.PUBLISHED, None)
    assert contribution.accepted_revision == 2


def test_errors_stand_at_the_field_and_nothing_typed_is_lost(client, make, discussion, ambassador):
    contribution = make.held(discussion)
    response = post(client, contribution, "return", words="Mijn zorgvuldige uitleg.")
    html = response.content.decode()
    assert response.status_code == 422
    assert '<a href="#id_reason">Kies een reden. De schrijver heeft er recht op.</a>' in html
    assert html.count("Kies een reden. De schrijver heeft er recht op.") == 2
    assert "Mijn zorgvuldige uitleg." in html
    chosen = next(
        radio for radio, _what in response.context["form"].options() if radio.data["selected"]
    )
    assert chosen.data["value"] == "return"
    contribution.refresh_from_db()
    assert contribution.state == State.HELD


@pytest.mark.parametrize("action", ["return", "reject"])
@pytest.mark.parametrize(
    ("typed", "field", "error"),
    [
        ({"reason": "conduct"}, "words", "Schrijf erbij wat je zag"),
        ({"reason": "unlawful", "words": "Overgenomen."}, "law", "Noem de wet of regel"),
        ({"reason": "conduct", "words": "Te hard.", "law": "Wetje 7"}, "law", "Haal hem hier weg"),
    ],
)
def test_what_a_reason_lacks_is_said_at_its_field(
    client, make, discussion, ambassador, action, typed, field, error
):
    contribution = make.held(discussion)
    response = post(client, contribution, action, **typed)
    assert response.status_code == 422
    html = response.content.decode()
    assert f'<a href="#id_{field}">' in html
    assert html.count(error) == 2
    assert list(response.context["form"].errors) == [field]
    page = BeautifulSoup(html, "html.parser")
    assert page.select_one("#id_words").get_text().strip() == typed.get("words", "")
    assert page.select_one("#id_law").get("value", "") == typed.get("law", "")
    assert page.select_one("#id_reason option[selected]")["value"] == typed["reason"]
    contribution.refresh_from_db()
    assert contribution.state == State.HELD
    whole = {"reason": "unlawful", "words": "Overgenomen uit een boek.", "law": "Auteurswet 1"}
    assert post(client, contribution, action, **whole).status_code == 302
    assert Statement.objects.get().law == "Auteurswet 1"


def test_without_a_choice_the_form_asks_for_one(client, make, discussion, ambassador):
    response = post(client, make.held(discussion), "", reason="conduct", words="Iets.")
    assert response.status_code == 422
    assert "Kies wat je beslist." in response.content.decode()


def test_words_that_would_not_be_sent_are_named(client, make, discussion, ambassador):
    contribution = make.held(discussion)
    response = post(client, contribution, "publish", words="Mooi geschreven!")
    assert response.status_code == 422
    assert "gaan je woorden niet mee" in response.content.decode()
    contribution.refresh_from_db()
    assert contribution.state == State.HELD


def test_too_many_words_are_kept_and_counted(client, make, discussion, ambassador):
    contribution = make.held(discussion)
    response = post(client, contribution, "return", reason="conduct", words="x" * 1003)
    html = response.content.decode()
    assert "3 tekens te lang" in html
    assert "x" * 1003 in html
    assert not Statement.objects.exists()
    response = post(client, contribution, "return", reason="conduct", words="é\r\n" * 500)
    assert response.status_code == 302


# --- two at once -----------------------------------------------------------------------------


def test_second_ambassador_sees_what_happened_and_keeps_her_words(
    client, make, discussion, ambassador
):
    contribution = make.held(discussion)
    decide(
        user=make.ambassador(discussion, "een-collega"),
        public_id=contribution.public_id,
        version=contribution.version,
        action=Action.PUBLISH,
    )
    response = post(client, contribution, "reject", reason="conduct", words="Te scherp, vind ik.")
    html = response.content.decode()
    assert response.status_code == 409
    assert "Deze bijdrage is veranderd sinds je hem opende. Er is niets beslist" in html
    assert "<strong>geplaatst</strong> door een ambassadeur" in html
    assert "Te scherp, vind ik." in html
    assert "een-collega" not in html
    contribution.refresh_from_db()
    assert contribution.state == State.PUBLISHED
    assert not Statement.objects.exists()


def test_author_who_sent_again_meanwhile_is_read_before_deciding(
    client, make, drive, discussion, ambassador
):
    contribution = make.held(discussion)
    stale_version = contribution.version
    send_again(contribution=contribution, version=stale_version, words=Words(OTHER, "ervaring"))
    response = post(
        client, contribution, "publish", version=stale_version, words="Mooi geschreven."
    )
    html = response.content.decode()
    assert response.status_code == 409
    assert "<strong>opnieuw ingestuurd</strong> door de schrijver" in html
    assert "Mooi geschreven." in html
    drive()
    contribution.refresh_from_db()
    assert contribution.state == State.HELD


def test_decision_that_loses_the_race_changes_nothing(
    client, make, discussion, ambassador, monkeypatch
):
    from goedwerk_forum.admin import deciding
    from goedwerk_forum.errors import StaleDecision

    def loses(**_arguments):
        raise StaleDecision

    contribution = make.held(discussion)
    monkeypatch.setattr(deciding, "decide", loses)
    response = post(client, contribution, "return", reason="conduct", words="Mijn woorden.")
    assert response.status_code == 409
    assert "Mijn woorden." in response.content.decode()


# --- onwards ---------------------------------------------------------------------------------


def test_next_follows_without_going_back(client, make, discussion, ambassador):
    first, second = make.held(discussion), make.held(discussion, text=OTHER)
    third = make.held(discussion, text=THIRD)
    assert post(client, second, "publish").url == url_of(third)
    assert post(client, third, "publish").url == url_of(first)
    assert post(client, first, "publish").url == reverse("goedwerk_moderation:index")


def test_next_stays_within_the_filters_and_skips_ones_own(client, make, discussion, ambassador):
    other = make.discussion(discussion_group=discussion.group)
    first = make.held(discussion)
    make.held(other, text=THIRD)
    make.held(discussion, ambassador, text=OTHER)
    third = make.held(discussion, text="Een gesprek aan de keukentafel maakte het verschil.")
    query = f"?discussion={discussion.uuid}"
    html = client.get(url_of(first, query)).content.decode()
    assert url_of(third, query) in html
    assert post(client, first, "publish", query=query).url == url_of(third, query)
    index = reverse("goedwerk_moderation:index") + query
    assert post(client, third, "publish", query=query).url == index


def test_previous_and_next_lead_through_the_queue(client, make, discussion, ambassador):
    first, second = make.held(discussion), make.held(discussion, text=OTHER)
    third = make.held(discussion, text=THIRD)
    context = client.get(url_of(second)).context
    assert context["previous_url"] == url_of(first)
    assert context["next_url"] == url_of(third)


def test_hiding_from_the_list_returns_to_the_list(client, make, discussion, ambassador):
    make.held(discussion, text=OTHER)
    contribution = make.published(discussion)
    response = post(
        client,
        contribution,
        "hide",
        reason="traceable",
        words="Dit raakt mensen.",
        query="?state=published",
    )
    everything = reverse("goedwerk_moderation:everything")
    assert response.url == f"{everything}?state=published"
    contribution.refresh_from_db()
    assert contribution.state == State.HIDDEN


def test_screen_costs_the_same_in_a_long_thread(
    client, make, discussion, ambassador, django_assert_num_queries
):
    contribution = make.held(discussion)
    client.get(url_of(contribution))
    for text in (OTHER, THIRD, "Een gesprek aan de keukentafel maakte het verschil."):
        with django_assert_num_queries(33):
            client.get(url_of(contribution))
        make.published(discussion, text=text)


def test_english_ambassador_reads_english_reasons(client, make, discussion, ambassador):
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(ambassador)
    profile.preferred_language = "en"
    profile.save()
    contribution = make.held(discussion, text="De teamleider in Almelo vond het geen goed plan.")
    assert "often that is only one person" in read(client, contribution)
