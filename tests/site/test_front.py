"""Home: the newest harvest over the full width, and the days that come."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

import harvesting
from goedwerk_casestudies.models import BallotIndexPage, Round, StatementPage
from goedwerk_forum.actions import consents
from goedwerk_forum.models import Course

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

#: Of home without a question of the week.
QUERIES = 13
STEPS = [
    {"name": name, "question": "En?", "kinds": [], "days": 7, "is_round": False, "task": ""}
    for name in ("Verkennen", "Delen", "Oogsten")
]


def in_days(number):
    return timezone.localdate() + datetime.timedelta(days=number)


def home_page(client):
    response = client.get("/")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def section(client, labelled):
    found = home_page(client).select_one(f'section[aria-labelledby="{labelled}"]')
    return " ".join(found.get_text(" ").split()) if found else ""


class TestHarvest:
    @pytest.fixture
    def harvest(self, home, make):
        discussion = make.discussion()
        guide = harvesting.guide_of(discussion)
        said = make.published(discussion, text=harvesting.SAID)
        page = harvesting.begun(discussion, guide)
        self.quote = harvesting.consented(page, guide, said)
        return harvesting.live(page)

    def test_insights_a_quote_and_what_is_open(self, client, harvest):
        text = section(client, "opbrengst")
        for words in (
            harvest.title,
            "Wachten is ook een keuze",
            harvesting.QUOTED,
            f"{self.quote.contribution.speaker}, met toestemming overgenomen",
            "Nog open: Wie beslist als niemand beslist?",
            "Geef antwoord op deze vraag",
        ):
            assert words in text, words

    def test_words_go_at_once_with_the_consent(self, client, harvest):
        assert harvesting.QUOTED in section(client, "opbrengst")
        consents.take_back(quote=self.quote)
        text = section(client, "opbrengst")
        assert harvesting.QUOTED not in text
        assert "Wachten is ook een keuze" in text

    def test_where_the_dialogue_closed_one_can_only_read(self, client, harvest, make):
        assert "Geef antwoord op deze vraag" in section(client, "opbrengst")
        self.quote.contribution.discussion.__class__.objects.update(closes_on=in_days(-1))
        text = section(client, "opbrengst")
        assert "Geef antwoord op deze vraag" not in text
        assert "Lees wat open blijft" in text

    def test_one_below_a_restricted_story_is_not_there(self, client, harvest):
        assert harvest.title in section(client, "opbrengst")
        harvest.get_parent().view_restrictions.create(restriction_type="login")
        assert section(client, "opbrengst") == ""

    def test_earlier_ones_are_lines(self, client, harvest, make):
        newer = harvesting.begun(make.discussion())
        newer.title = "Wat er nieuw is"
        newer.save_revision()
        harvesting.live(newer)
        text = section(client, "opbrengst")
        assert text.index("Wat er nieuw is") < text.index("Eerdere opbrengsten")
        assert text.index("Eerdere opbrengsten") < text.index(harvest.title)


class TestAgenda:
    def test_without_days_the_promise_stands_there(self, client, home, make):
        make.discussion()
        assert section(client, "hierna") == ""
        assert "Wie je bent, blijft van jou" in section(client, "belofte")

    def test_days_of_dialogues_in_their_order(self, client, home, make):
        closing = make.discussion(title="Sluit", discussion_closes_on=in_days(9))
        moving = make.discussion(title="Gaat verder")
        Course.objects.create(
            discussion=moving,
            name="Gesprek",
            steps=STEPS,
            position=2,
            started_on=in_days(-3),
            moves_to=3,
            moves_on=in_days(2),
        )
        text = section(client, "hierna")
        assert text.index("De laatste stap begint bij Gaat verder") < text.index("Oogsten")
        assert text.index("Oogsten") < text.index("De laatste dag om mee te schrijven bij Sluit")
        assert closing.page.url in str(home_page(client))
        assert "Wie je bent, blijft van jou" not in home_page(client).get_text()

    def test_days_of_votes(self, client, home):
        overview = home.add_child(instance=BallotIndexPage(title="Stellingen", slug="stellingen"))
        page = overview.add_child(
            instance=StatementPage(
                title="Zwijgen is loyaal",
                slug="zwijgen",
                lead="Is dat zo?",
                first_closes_on=in_days(3),
                second_opens_on=in_days(8),
            )
        )
        assert Round.objects.get(page=page).closes_on == in_days(3)
        text = section(client, "hierna")
        first = text.index("De laatste dag om te stemmen over Zwijgen is loyaal")
        assert first < text.index("De tweede stemming opent over Zwijgen is loyaal")

    def test_what_is_over_or_does_not_go_on_is_not_told(self, client, home, make):
        make.discussion(title="Voorbij", discussion_closes_on=in_days(-1))
        ended = make.discussion(title="Beëindigd", discussion_closes_on=in_days(5))
        assert "Beëindigd" in section(client, "hierna")
        ended.is_read_only = True
        ended.save()
        assert section(client, "hierna") == ""

    def test_what_not_everybody_may_read_is_not_told(self, client, home, make):
        ours = make.discussion(title="Van ons", discussion_closes_on=in_days(5))
        assert "Van ons" in section(client, "hierna")
        restriction = ours.page.view_restrictions.create(restriction_type="login")
        assert section(client, "hierna") == ""
        restriction.delete()
        type(ours.page.specific).objects.update(lead="Andere woorden dan die getekend zijn.")
        assert section(client, "hierna") == ""

    def test_days_cost_the_same_however_many(self, client, home, make, django_assert_num_queries):
        make.discussion(discussion_closes_on=in_days(1))
        client.get("/")
        with django_assert_num_queries(QUERIES):
            client.get("/")
        for number in range(6):
            make.discussion(discussion_closes_on=in_days(number + 2))
        with django_assert_num_queries(QUERIES):
            client.get("/")
