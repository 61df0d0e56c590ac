"""The overviews of statements and of tips as a reader chooses from them, as in that of stories."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

import asking
import factories
from goedwerk_casestudies.models import BallotIndexPage, Cluster, GuidanceIndexPage, Theme, TipPage
from goedwerk_forum.models import Discussion

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

#: Of each overview, once what stands in the dialogues is known; choosing costs nothing more.
STATEMENTS, TIPS = 14, 12


@pytest.fixture
def theme(db):
    return Theme.objects.create(name="Loyaliteit", slug="loyaliteit")


def in_dialogue():
    """The fields of a page on which one talks."""
    return {
        "has_discussion": True,
        "discussion_question": "Wat doe jij?",
        "discussion_group": factories.ambassador_group(),
    }


@pytest.fixture
def tips(home, theme):
    """An overview with three tips in two clusters; two of one theme, one with a dialogue."""
    index = home.add_child(instance=GuidanceIndexPage(title="Handvatten", slug="handvatten"))
    first = Cluster.objects.create(name="Vooraf", slug="vooraf", sort_order=0)
    last = Cluster.objects.create(name="Achteraf", slug="achteraf", sort_order=1)
    for title, cluster, themes in (
        ("Bel de balie", first, [theme]),
        ("Ga wandelen", last, [theme]),
        ("Schrijf het op", last, []),
    ):
        more = in_dialogue() if title == "Ga wandelen" else {}
        tip = TipPage(title=title, lead="Dat helpt.", cluster=cluster, themes=themes, **more)
        index.add_child(instance=tip)
    return index


@pytest.fixture
def statements(home, theme):
    """An overview with a statement of a theme, one without, and an assignment."""
    index = home.add_child(instance=BallotIndexPage(title="Stellingen", slug="stellingen"))
    told = asking.statement(title="Zwijgen is loyaal.", **in_dialogue())
    told.themes = [theme]
    told.save()
    asking.statement(title="Regels zijn er voor mensen.")
    asking.assignment()
    index.refresh_from_db()
    return index


def dialogue_on(title: str) -> Discussion:
    return Discussion.objects.select_related("page").get(page__title=title)


def titles(client, index, **asked):
    context = client.get(index.url, asked).context
    if "items" in context:
        return [page.title for page in context["items"]]
    return [tip.title for _cluster, tips in context["clusters"] for tip in tips]


def counts(client, index, **asked):
    filters = client.get(index.url, asked).context["choice"].filters
    return {one.name: {option.value: option.count for option in one.options} for one in filters}


def text_of(client, index, **asked):
    page = BeautifulSoup(client.get(index.url, asked).content, "html.parser")
    return re.sub(r"\s+", " ", page.get_text(" "))


class TestTips:
    def test_a_group_and_a_theme_filter_and_count(self, client, tips):
        assert titles(client, tips) == ["Bel de balie", "Ga wandelen", "Schrijf het op"]
        assert titles(client, tips, groep="achteraf") == ["Ga wandelen", "Schrijf het op"]
        assert titles(client, tips, groep="achteraf", thema="loyaliteit") == ["Ga wandelen"]
        assert counts(client, tips, thema="loyaliteit") == {
            "groep": {"vooraf": 1, "achteraf": 1},
            "thema": {"loyaliteit": 2},
        }
        assert "2 van 3 handvatten" in text_of(client, tips, thema="loyaliteit")

    def test_what_waits_for_an_answer(self, client, tips, make):
        make.contribution(dialogue_on("Ga wandelen"), kind="vraag")
        assert titles(client, tips, wacht="1") == []
        question = make.published(dialogue_on("Ga wandelen"), kind="vraag")
        assert titles(client, tips, wacht="1") == ["Ga wandelen"]
        assert counts(client, tips)["wacht"] == {"1": 1}
        make.published(dialogue_on("Ga wandelen"), in_reply_to=question)
        assert titles(client, tips, wacht="1") == []

    def test_what_not_everybody_may_read_is_in_no_number(self, client, tips, make):
        make.published(dialogue_on("Ga wandelen"), kind="vraag")
        assert set(counts(client, tips)) == {"groep", "thema", "wacht"}
        shut = TipPage.objects.get(title="Ga wandelen")
        shut.view_restrictions.create(restriction_type="login")
        assert counts(client, tips) == {
            "groep": {"vooraf": 1, "achteraf": 1},
            "thema": {"loyaliteit": 1},
        }

    def test_it_costs_the_same_however_many_and_whatever_is_chosen(
        self, client, tips, make, django_assert_num_queries
    ):
        make.published(dialogue_on("Ga wandelen"), kind="vraag")
        titles(client, tips)
        with django_assert_num_queries(TIPS):
            titles(client, tips)
        tips.add_child(
            instance=TipPage(
                title="Nog een", lead="Ja.", cluster=Cluster.objects.get(slug="vooraf")
            )
        )
        titles(client, tips)
        with django_assert_num_queries(TIPS):
            asked = {"groep": "achteraf", "thema": "loyaliteit", "wacht": "1"}
            assert titles(client, tips, **asked) == ["Ga wandelen"]


class TestStatements:
    def test_what_it_is_and_a_theme_filter_and_count(self, client, statements):
        both = ["Regels zijn er voor mensen.", "Zwijgen is loyaal."]
        assert sorted(titles(client, statements, wat="stelling")) == both
        assert titles(client, statements, thema="loyaliteit") == ["Zwijgen is loyaal."]
        assert counts(client, statements) == {
            "wat": {"stelling": 2, "opgave": 1},
            "thema": {"loyaliteit": 1},
        }
        assert "thema" not in counts(client, statements, wat="opgave")

    def test_the_dialogue(self, client, statements, make):
        make.contribution(dialogue_on("Zwijgen is loyaal."), kind="ervaring", lens="betrokken")
        question = make.published(dialogue_on("Zwijgen is loyaal."), kind="vraag", lens="bekwaam")
        found = counts(client, statements)
        assert (found["soort"], found["lens"]) == ({"vraag": 1}, {"bekwaam": 1})
        for asked in ({"soort": "vraag"}, {"lens": "bekwaam"}, {"wacht": "1"}):
            assert titles(client, statements, **asked) == ["Zwijgen is loyaal."]
        make.published(dialogue_on("Zwijgen is loyaal."), in_reply_to=question)
        assert titles(client, statements, wacht="1") == []

    def test_what_not_everybody_may_read_is_in_no_number(self, client, statements, make):
        page = dialogue_on("Zwijgen is loyaal.").page
        assert counts(client, statements)["thema"] == {"loyaliteit": 1}
        page.view_restrictions.create(restriction_type="login")
        assert counts(client, statements) == {"wat": {"stelling": 1, "opgave": 1}}

    def test_it_costs_the_same_however_many_and_whatever_is_chosen(
        self, client, statements, make, django_assert_num_queries
    ):
        make.published(dialogue_on("Zwijgen is loyaal."), kind="vraag", lens="bekwaam")
        titles(client, statements)
        with django_assert_num_queries(STATEMENTS):
            titles(client, statements)
        asking.statement(title="Nog een.")
        asking.assignment()
        asked = {"thema": "loyaliteit", "soort": "vraag", "lens": "bekwaam", "wacht": "1"}
        with django_assert_num_queries(STATEMENTS):
            titles(client, statements)
        with django_assert_num_queries(STATEMENTS - 1):
            # No assignment is left to be read.
            assert titles(client, statements, **asked) == ["Zwijgen is loyaal."]


class TestBoth:
    @pytest.fixture(params=["statements", "tips"])
    def index(self, request):
        return request.getfixturevalue(request.param)

    def test_a_choice_stands_in_the_address_and_can_be_taken_away(self, client, index):
        plain, chosen = client.get(index.url), client.get(index.url, {"thema": "loyaliteit"})
        assert b"noindex" not in plain.content
        page = BeautifulSoup(chosen.content, "html.parser")
        assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex"
        assert page.find("link", rel="canonical")["href"] == index.full_url
        assert page.title.get_text().startswith("Jouw keuze – ")
        form = page.select_one("form.gw-choose")
        assert (form["method"], form["action"]) == ("get", index.url)
        assert form.select_one('option[value="loyaliteit"]').has_attr("selected")
        assert page.select_one(f'.gw-filter__a[href="{index.url}"]')

    def test_an_empty_choice_says_what_to_let_go(self, client, index, make):
        other = Theme.objects.create(name="Openheid", slug="openheid")
        title = "Regels zijn er voor mensen."
        for page in index.get_children().specific():
            if page.title in (title, "Schrijf het op"):
                page.themes = [other]
                page.save()
        asked = {"groep": "vooraf", "wat": "opgave", "thema": "openheid"}
        shown = text_of(client, index, **asked)
        assert "Met deze keuze blijft er niets over." in shown
        assert "Zonder ‘Openheid’ 1 tekst" in shown
        assert "Bekijk alles 3 teksten" in shown

    @pytest.mark.parametrize("value", ['"><script>', "\x00", "x" * 5000])
    def test_what_it_does_not_know_is_left_out(self, client, index, value):
        whole = titles(client, index)
        asked = {"thema": value, "groep": value, "wat": value, "wacht": value}
        assert titles(client, index, **asked) == whole
        page = client.get(index.url, asked).content.decode()
        assert "Een deel van je keuze kennen we niet." in page
        assert "<script>" not in page
