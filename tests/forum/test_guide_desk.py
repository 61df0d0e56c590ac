"""A guide's desk: what asks for her, in one dialogue and over all; it only counts."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

import complaints
import guides as guiding_people
from counting import counted
from goedwerk_forum import attention
from goedwerk_forum.actions import hints
from goedwerk_forum.actions.own import cut_link
from goedwerk_forum.identity import links
from goedwerk_forum.models import Contribution, Discussion, GuideSentence, Revision
from goedwerk_forum.transitions import Action

pytestmark = pytest.mark.django_db

FIRST = {"discussion_policy": "all_first"}


@pytest.fixture
def discussion(make):
    return make.discussion(**FIRST)


@pytest.fixture
def guide(discussion):
    return guiding_people.guide_of(discussion)


@pytest.fixture
def in_browser(client, guide):
    client.force_login(guide)
    return client


def fresh(discussion):
    return Discussion.objects.select_related("page", "branch_of").get(pk=discussion.pk)


def desk(browser, discussion):
    """The part of the guide's page that says what asks for attention."""
    page = browser.get(reverse("goedwerk_forum:guide", args=[discussion.uuid.hex])).text
    return page.partition('id="gw-aandacht-kop"')[2].partition("</section>")[0]


def aged(contribution, days):
    day = timezone.localdate() - datetime.timedelta(days=days)
    Contribution.objects.filter(pk=contribution.pk).update(day=day)
    contribution.refresh_from_db()
    return contribution


def tools(contribution):
    return reverse("goedwerk_forum:guide_tools", args=[contribution.public_id])


def seen(discussion, guide):
    return attention.attention_in(fresh(discussion), guide)


# --- nobody answered -----------------------------------------------------------------------------


def test_calm_discussion_asks_for_nothing(in_browser, make, discussion, guide):
    make.published(discussion, text="Wij legden het eerst voor aan de balie.")
    calm = seen(discussion, guide)
    signs = ("unanswered", "left_alone", "is_heated", "silent_for", "loudest", "answers")
    assert [sign for sign in signs if getattr(calm, sign)] == []
    assert "Niets bijzonders" in desk(in_browser, discussion)


def test_question_is_named_from_the_second_day_until_it_is_answered(
    in_browser, make, discussion, guide
):
    question = make.published(discussion, kind="vraag", text="Wie heeft dit ook meegemaakt?")
    aged(question, 1)
    assert seen(discussion, guide).unanswered == []
    aged(question, 2)
    assert seen(discussion, guide).unanswered == [question]
    needs = desk(in_browser, discussion)
    assert "Een vraag wacht op antwoord" in needs
    assert "Wie heeft dit ook meegemaakt?" in needs
    assert tools(question) in needs
    make.published(discussion, in_reply_to=question, text="Wij ook, vorig jaar in de herfst.")
    assert seen(discussion, guide).unanswered == []


def test_answer_that_readers_do_not_see_is_none(make, discussion, guide):
    question = aged(make.published(discussion, kind="vraag", text="Wie kent dit ook?"), 3)
    make.held(discussion, in_reply_to=question, text="Ik ken het, al een hele tijd.")
    assert seen(discussion, guide).unanswered == [question]


def test_other_contribution_that_nobody_took_up_is_named_after_a_week_and_a_month_at_most(
    in_browser, make, discussion, guide
):
    alone = make.published(discussion, text="Wij legden het eerst voor aan de balie.")
    answer = make.published(discussion, in_reply_to=alone, text="Dat deden wij ook, en het hielp.")
    other = make.published(discussion, text="Bij ons hing het een week op de gang.")
    for days, named in ((6, []), (7, [other]), (30, [other]), (31, [])):
        aged(other, days)
        aged(answer, days)
        aged(alone, days)
        assert seen(discussion, guide).left_alone == named, days
    aged(other, 8)
    assert "ging niemand in" in desk(in_browser, discussion)


def test_what_a_guide_said_misses_no_answer(discussion, guide):
    aged(guiding_people.published_turn(discussion, guide), 9)
    assert seen(discussion, guide).left_alone == []


def test_what_the_guide_wrote_under_her_own_pseudonym_is_not_named_to_her(make, discussion, guide):
    own = aged(make.published(discussion, guide, kind="vraag", text="Wie kent dit nog meer?"), 5)
    colleague = make.ambassador(discussion)
    assert seen(discussion, guide).unanswered == []
    assert seen(discussion, colleague).unanswered == [own]
    cut_link(user=guide, discussion=discussion)
    assert seen(discussion, guide).unanswered == [own]


# --- heat ----------------------------------------------------------------------------------------


def test_heat_is_the_share_of_what_was_taken_back_lately(in_browser, make, discussion, guide):
    who = make.user()
    for number in range(4):
        make.published(discussion, who, text=f"Keer {number}: wij spraken het uit.")
    assert seen(discussion, guide).heat is None
    for number in range(2):
        made = make.held(discussion, text=f"Keer {number}: dat zeg ik zo maar even.")
        make.judged(made, Action.RETURN, "conduct")
    assert seen(discussion, guide).heat == 33
    needs = desk(in_browser, discussion)
    assert "33 %" in needs
    assert "benoem=emotie" in needs
    long_ago = timezone.localdate() - datetime.timedelta(days=30)
    Contribution.objects.update(day=long_ago)
    assert seen(discussion, guide).heat is None


def test_sharp_words_that_a_colleague_let_stand_are_named_for_a_week(
    in_browser, make, discussion, guide
):
    said = make.published(discussion, text="Wij legden het eerst voor aan de balie.")
    assert seen(discussion, guide).sharp == []
    finding = {"check": "conduct", "level": "hold", "start": 0, "end": 3, "kind": "insult"}
    Revision.objects.filter(contribution=said).update(findings=[finding])
    assert seen(discussion, guide).sharp == [said]
    needs = desk(in_browser, discussion)
    assert "De toon is scherp" in needs
    assert reverse("goedwerk_forum:guide_hint", args=[said.public_id]) in needs
    aged(said, 7)
    assert seen(discussion, guide).sharp == []


def test_reported_contribution_is_named_without_reason_or_reporter(
    in_browser, make, discussion, guide
):
    said = make.published(discussion, text="Wij legden het eerst voor aan de balie.")
    who = make.user()
    complaints.reported(said, by=who, text="Hier herken ik iemand in.")
    assert seen(discussion, guide).reported == [said]
    needs = desk(in_browser, discussion)
    assert "Een lezer deed een melding" in needs
    assert "herken ik iemand" not in needs
    assert who.username not in needs


def test_quick_turns_are_four_answers_of_two_people_on_one_day(make, discussion, guide):
    one, other = make.user(), make.user()
    said = make.published(discussion, one, text="Wij legden het eerst voor aan de balie.")
    for number in range(4):
        assert seen(discussion, guide).quick == []
        who = (other, one)[number % 2]
        said = make.published(
            discussion, who, in_reply_to=said, text=f"Nee, dat is de {number}e keer niet zo."
        )
    assert seen(discussion, guide).quick == [said]
    aged(said, 1)
    assert seen(discussion, guide).quick == []


def test_many_answers_of_one_person_are_no_quick_turns(make, discussion, guide):
    said = make.published(discussion, text="Wij legden het eerst voor aan de balie.")
    who = make.user()
    for number in range(4):
        make.published(discussion, who, in_reply_to=said, text=f"En nog iets, nummer {number}.")
    assert seen(discussion, guide).quick == []


# --- silence and one voice -----------------------------------------------------------------------


def test_silence_counts_in_days_while_it_is_open(in_browser, make, discussion, guide):
    said = make.published(discussion, text="Wij legden het eerst voor aan de balie.")
    aged(said, 6)
    assert seen(discussion, guide).silent_for is None
    aged(said, 9)
    assert (seen(discussion, guide).silent_for, seen(discussion, guide).last) == (9, said)
    assert "Er kwam 9 dagen niets bij." in desk(in_browser, discussion)
    Discussion.objects.filter(pk=discussion.pk).update(is_read_only=True)
    assert seen(discussion, guide).silent_for is None


def test_loudest_voice_is_a_share_with_its_newest_words(in_browser, make, discussion, guide):
    loud = make.user()
    for number in range(4):
        last = make.published(discussion, loud, text=f"Ik zei het {number} keer, en zeg het weer.")
    for number in range(2):
        make.published(discussion, text=f"Een ander zegt {number} keer iets anders.")
    loudest = seen(discussion, guide).loudest
    assert (loudest.share, loudest.newest) == (66, last)
    needs = desk(in_browser, discussion)
    assert "66 %" in needs
    assert links.participant_of(loud, discussion).pseudonym in needs
    assert "#gw-roep" in needs


def test_voice_counts_within_one_discussion_only(make, discussion, guide):
    elsewhere, loud = make.discussion(**FIRST), make.user()
    for number in range(6):
        make.published(elsewhere, loud, text=f"Ik zei het elders {number} keer, en ik zeg het.")
    make.published(discussion, loud, text="Hier zeg ik het voor het eerst.")
    assert seen(discussion, guide).loudest is None


def test_guide_who_is_the_loudest_herself_is_not_told_so(make, discussion, guide):
    for number in range(6):
        make.published(discussion, guide, text=f"Ik zei het zelf {number} keer, en ik zeg het.")
    assert seen(discussion, guide).loudest is None
    assert seen(discussion, make.ambassador(discussion)).loudest.share == 100


# --- what it costs -------------------------------------------------------------------------------


def test_desk_costs_the_same_for_few_and_for_many(in_browser, make):
    asked = []
    for size in (8, 60):
        discussion = make.discussion(**FIRST)
        rows = make.crowd(discussion, size)
        Contribution.objects.filter(pk__in=[row.pk for row in rows]).update(
            day=timezone.localdate() - datetime.timedelta(days=8)
        )
        in_browser.force_login(guiding_people.guide_of(discussion))
        in_browser.get(reverse("goedwerk_forum:guide", args=[discussion.uuid.hex]))
        with counted() as work:
            in_browser.get(reverse("goedwerk_forum:guide", args=[discussion.uuid.hex]))
        asked.append(work.queries)
        assert work.rows == 0
    assert asked[0] == asked[1]


def test_attention_is_nine_queries_and_one_for_the_last_words(
    make, discussion, guide, django_assert_num_queries
):
    make.crowd(discussion, 20)
    here = fresh(discussion)
    links.tokens_of(guide, [discussion.uuid])
    with django_assert_num_queries(9):
        attention.attention_in(here, guide)
    Contribution.objects.update(day=timezone.localdate() - datetime.timedelta(days=9))
    with django_assert_num_queries(10):
        attention.attention_in(here, guide)


# --- over all dialogues --------------------------------------------------------------------------

OVERVIEW = "goedwerk_forum:guided"


def test_overview_shows_what_asks_most_first_and_what_is_over_last(make, client):
    who = guiding_people.may_guide()
    titles = ["Rustig verhaal", "Verhaal met een vraag", "Gesloten verhaal", "Van een ander"]
    pages = [make.discussion(title=title, **FIRST) for title in titles]
    Discussion.objects.filter(pk__in=[one.pk for one in pages[:3]]).update(guide=who)
    aged(make.published(pages[1], kind="vraag", text="Wie heeft dit ook meegemaakt?"), 3)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Discussion.objects.filter(pk=pages[2].pk).update(closes_on=yesterday)
    client.force_login(who)
    page = client.get(reverse(OVERVIEW)).text
    assert "1 vraag zonder antwoord" in page
    assert "1 dialoog vraagt iets van je" in page
    places = [page.index(title) for title in ("Verhaal met een vraag", *titles[::2])]
    assert places == sorted(places)
    assert "Van een ander" not in page


def test_overview_is_for_guides_and_moderators_only(client, make, discussion, guide):
    url = reverse(OVERVIEW)
    assert client.get(url).status_code == 302
    for who, status in (
        (make.user(), 404),
        (guide, 200),
        (make.ambassador(discussion), 200),
        (guiding_people.may_guide(), 200),
    ):
        client.force_login(who)
        response = client.get(url)
        assert response.status_code == status
    assert "no-store" in response.headers["Cache-Control"]
    assert "Je begeleidt nu geen open dialoog" in response.text
    assert client.post(url).status_code == 405


def test_overview_counts_what_the_desk_shows(make, discussion, guide):
    for number in range(4):
        aged(make.published(discussion, kind="vraag", text=f"Wie kent dit, vraag {number}?"), 3)
    said = aged(make.published(discussion, text="Bij ons hing het een week op de gang."), 8)
    complaints.reported(said, text="Dit is over mij.")
    hint = hints.write_hint(user=guide, public_id=said.public_id, text="Wat hielp jullie?")
    author = said.participant
    hints.Hint.objects.filter(pk=hint.pk).update(is_answered=True)
    [one] = attention.attention_over([fresh(discussion)], guide)
    shown = seen(discussion, guide)
    assert (one.unanswered, one.left_alone, one.heated, one.answers) == (4, 1, 1, 1)
    assert (len(shown.unanswered), len(shown.left_alone), len(shown.reported)) == (4, 1, 1)
    assert [hint.contribution.participant for hint in shown.answers] == [author]


def test_overview_asks_the_same_for_few_and_for_many(client, make):
    who = guiding_people.may_guide()
    client.force_login(who)
    asked = []
    for number in (1, 5):
        for _each in range(number):
            one = make.discussion(**FIRST)
            make.crowd(one, 10)
            Discussion.objects.filter(pk=one.pk).update(guide=who)
        Contribution.objects.update(day=timezone.localdate() - datetime.timedelta(days=8))
        client.get(reverse(OVERVIEW))
        with counted() as work:
            client.get(reverse(OVERVIEW))
        asked.append(work.queries)
        assert work.rows == 0
    assert asked[0] == asked[1]


def test_own_pages_lead_a_guide_to_what_she_guides(client, make, guide):
    for who, leads in ((guide, True), (make.user(), False)):
        client.force_login(who)
        page = client.get(reverse("goedwerk_forum:inbox")).text
        assert (f'href="{reverse(OVERVIEW)}"' in page) is leads


# --- sentences to start from ---------------------------------------------------------------------


def test_sentence_comes_below_what_was_typed_and_sends_nothing(in_browser, discussion):
    url = reverse("goedwerk_forum:guide_write", args=[discussion.uuid.hex])
    sentence = GuideSentence.objects.create(naming="emotie", text="Ik merk dat dit mensen raakt.")
    page = in_browser.get(f"{url}?benoem=emotie").text
    assert sentence.text in page
    assert '<details class="gw-sentences" open>' in page
    typed = {"text": "Even stilstaan.", "naming": "", "sentence": sentence.public_id}
    page = in_browser.post(url, typed).text
    assert "Even stilstaan.\n\nIk merk dat dit mensen raakt." in page
    assert 'value="emotie" checked' in page
    assert not Contribution.objects.exists()


def test_naming_that_nobody_knows_opens_a_plain_form(in_browser, discussion):
    url = reverse("goedwerk_forum:guide_write", args=[discussion.uuid.hex])
    assert in_browser.get(f"{url}?benoem=gedoe").status_code == 200
    typed = {"text": "Even stilstaan.", "sentence": "bestaat-niet"}
    page = in_browser.post(url, typed).text
    assert "Even stilstaan." in page
    assert not Contribution.objects.exists()
