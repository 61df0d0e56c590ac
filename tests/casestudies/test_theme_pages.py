"""A page about a theme: what anybody may read about it, and how kinds and lenses went over time."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.models import PageViewRestriction

import harvesting
from counting import counted
from goedwerk_casestudies.models import (
    BallotIndexPage,
    Cluster,
    GuidanceIndexPage,
    StatementPage,
    Theme,
    ThemeIndexPage,
    ThemePage,
    TipPage,
)
from goedwerk_casestudies.theme_showing import discussions_about
from goedwerk_forum import over_time
from goedwerk_forum.models import Contribution, Discussion
from goedwerk_forum.over_time import LEAST, merged
from goedwerk_forum.search import finding
from goedwerk_forum.transitions import Action

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme():
    return Theme.objects.create(name="Loyaliteit", slug="loyaliteit", question="Aan wie?")


@pytest.fixture
def page(make, theme):
    index = make.root().add_child(instance=ThemeIndexPage(title="Thema’s", slug="themas"))
    return index.add_child(instance=ThemePage(title="Loyaliteit", slug="loyaliteit", theme=theme))


def about(make, theme, title="", **fields):
    """A story on the theme, with a discussion."""
    found = make.story(title, **fields)
    found.themes.set([theme])
    return make.live_and_cleared(found)


def said(make, discussion, day, number=1, **fields):
    for _number in range(number):
        contribution = make.published(discussion, **fields)
        Contribution.objects.filter(pk=contribution.pk).update(day=day)


def html(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


# --- what stands on it -----------------------------------------------------------------------


def test_page_shows_what_is_about_its_theme_and_nothing_else(client, make, theme, page):
    about(make, theme, "Het rapport in de la")
    make.story("Over iets anders")
    ballots = make.root().add_child(instance=BallotIndexPage(title="Stellingen", slug="st"))
    statement = StatementPage(title="Zwijgen is soms wijs.", slug="zwijgen", lead="Wanneer?")
    ballots.add_child(instance=statement)
    statement.themes.set([theme])
    statement.save()
    shown = html(client, page)
    assert "Het rapport in de la" in shown
    assert "Zwijgen is soms wijs." in shown
    assert "Over iets anders" not in shown


def test_what_not_everybody_may_read_is_not_there(client, make, theme, page):
    open_to_all = about(make, theme, "Openbaar verhaal")
    closed = about(make, theme, "Besloten verhaal")
    draft = make.story("Nog niet klaar", live=False)
    draft.themes.set([theme])
    draft.save()
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    shown = html(client, page)
    assert "Openbaar verhaal" in shown
    assert "Besloten verhaal" not in shown
    assert "Nog niet klaar" not in shown
    found = discussions_about(theme)
    assert [one.page_id for one in found] == [open_to_all.pk]


def test_empty_theme_says_what_to_do(client, page):
    shown = html(client, page)
    assert "Over dit thema staat hier nog niets." in shown
    assert "Vertel het eerste verhaal" in shown


def test_link_to_what_is_new_leads_to_a_sentence_where_nothing_is(client, make, page):
    client.force_login(make.user())
    leads_to = client.get(reverse("goedwerk_forum:follow_new", args=["thema", page.slug]))[
        "Location"
    ]
    way, place = leads_to.split("#")
    assert html(client, page).count(f'id="{place}"') == 1
    assert page.url.endswith(way)


def test_index_lists_its_themes(client, page):
    shown = html(client, page.get_parent())
    assert f'href="{page.url}"' in shown
    assert "Aan wie?" in shown


def test_overview_of_stories_leads_to_the_page_of_a_chosen_theme(client, make, theme, page):
    story = about(make, theme)
    overview = story.get_parent().url
    assert page.url not in client.get(overview).content.decode()
    assert f'href="{page.url}"' in client.get(f"{overview}?thema=loyaliteit").content.decode()


def test_page_asks_as_much_for_one_as_for_many(client, make, theme, page):
    def queries():
        client.get(page.url)
        with counted() as work:
            client.get(page.url)
        return work.queries, work.rows

    make.published(Discussion.objects.get(page=about(make, theme)), lens="bekwaam")
    one = queries()
    for _number in range(3):
        make.published(Discussion.objects.get(page=about(make, theme)), lens="bekwaam")
    assert queries() == one
    assert one[1] == 0


def test_theme_with_a_page_stays(theme, page):
    with pytest.raises((ProtectedError, IntegrityError)), transaction.atomic():
        theme.delete()


def test_editors_words_name_nobody(theme, page):
    page.learned = "<p>Jan de Vries van de afdeling vertelde het ons.</p>"
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert "learned" in refused.value.message_dict


# --- over time -------------------------------------------------------------------------------


def test_picture_counts_what_readers_see_per_quarter(make, theme):
    discussion = Discussion.objects.get(page=about(make, theme))
    said(make, discussion, datetime.date(2026, 2, 3), 4, kind="vraag", lens="bekwaam")
    said(make, discussion, datetime.date(2026, 8, 3), 3, kind="ervaring", lens="betrokken")
    make.judged(make.published(discussion, kind="vraag"), Action.HIDE, "conduct")
    make.contribution(discussion, kind="vraag")
    lenses, kinds = over_time.counted(discussions_about(theme))
    assert [quarter.words for quarter in lenses.quarters] == [
        "1e kwartaal 2026",
        "2e kwartaal 2026",
        "3e kwartaal 2026",
    ]
    by_name = {row.name: [cell.words for cell in row.cells] for row in kinds.rows}
    assert by_name["Vraag"] == ["4", "0", "0"]
    assert by_name["Ervaring"] == ["0", "0", "3"]
    by_name = {row.name: [cell.words for cell in row.cells] for row in lenses.rows}
    assert by_name["Bekwaam"] == ["4", "0", "0"]


def test_picture_tells_no_cell_under_three(client, make, theme, page):
    discussion = Discussion.objects.get(page=about(make, theme))
    said(make, discussion, datetime.date(2026, 2, 3), 2, kind="waardering", lens="bekwaam")
    said(make, discussion, datetime.date(2026, 2, 3), 5, kind="vraag", lens="betrokken")
    for grid in over_time.counted(discussions_about(theme)):
        numbers = [cell.number for row in grid.rows for cell in row.cells]
        assert not [number for number in numbers if 0 < number < LEAST]
    shown = html(client, page)
    assert "&lt;3" in shown
    assert 'role="img" aria-labelledby="gw-soorten-tijd-title gw-soorten-tijd-description"' in shown
    assert '<th scope="row">Vraag</th><td class="gw-num">5</td>' in shown


def test_picture_asks_once(make, theme, django_assert_num_queries):
    discussion = Discussion.objects.get(page=about(make, theme))
    make.published(discussion)
    found = discussions_about(theme)
    with django_assert_num_queries(1):
        over_time.counted(found)


def test_long_time_shows_the_newest_quarters(make, theme):
    discussion = Discussion.objects.get(page=about(make, theme))
    said(make, discussion, datetime.date(2020, 5, 3), 3)
    said(make, discussion, datetime.date(2026, 5, 3), 3)
    quarters = over_time.counted(discussions_about(theme))[0].quarters
    assert len(quarters) == over_time.QUARTERS
    assert quarters[-1].words == "2e kwartaal 2026"


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ([("a", 5), ("b", 4)], [("a", 5), ("b", 4)]),
        ([("a", 5), ("b", 2), ("c", 1)], [("a", 5), ("samen", 3)]),
        ([("a", 5), ("b", 4), ("c", 1)], [("a", 5), ("samen", 5)]),
        ([("a", 2), ("b", 0)], []),
        ([("a", 1), ("b", 9)], [("samen", 10)]),
        ([], []),
    ],
)
def test_small_cells_go_together_so_that_none_is_found_by_subtracting(cells, told):
    assert merged(cells, "samen") == told


def test_harvests_and_tips_on_the_theme_stand_on_it(client, make, page, theme):
    story = about(make, theme, "Een verhaal met een opbrengst")
    harvest = harvesting.begun(Discussion.objects.get(page=story))
    harvest.title = "Wat dit opleverde"
    harvest.save_revision().publish()
    elsewhere = harvesting.begun(make.discussion())
    elsewhere.title = "Van een ander thema"
    elsewhere.save_revision().publish()
    index = make.root().add_child(
        instance=GuidanceIndexPage(title="Handvatten", slug="handvatten", lead="Wat helpt.")
    )
    cluster = Cluster.objects.create(name="Proces", slug="proces", sort_order=1)
    for title, themes in (("Vraag de balie", [theme]), ("Ga wandelen", [])):
        tip = index.add_child(instance=TipPage(title=title, lead="Dat helpt.", cluster=cluster))
        tip.themes.set(themes)
        tip.save()
    shown = client.get(page.url).context
    assert [one.title for one in shown["harvests"]] == ["Wat dit opleverde"]
    assert [one.title for one in shown["tips"]] == ["Vraag de balie"]
    PageViewRestriction.objects.create(page=story, restriction_type="login")
    assert client.get(page.url).context["harvests"] == []


# --- found by the search -------------------------------------------------------------------------


def titles_found(query, **chosen):
    found = finding.search(finding.Asked(words=query, chosen=chosen))
    return [entry.page.title for entry in found.items.object_list]


def test_search_finds_a_theme_page_by_its_words_while_it_is_there(page):
    page.lead = "Over kwantumvlinders in een kantoortuin."
    page.save()
    assert titles_found("kwantumvlinder") == ["Loyaliteit"]
    assert titles_found("kwantumvlinder", wat="themapagina", thema="loyaliteit") == ["Loyaliteit"]
    assert titles_found("kwantumvlinder", wat="verhaal") == []
    page.unpublish()
    assert titles_found("kwantumvlinder") == []


def test_search_finds_a_theme_page_by_the_description_of_its_theme(page, theme):
    theme.description = "Tussen kwantumvlinders en regels."
    theme.save()
    assert titles_found("kwantumvlinder") == ["Loyaliteit"]
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert titles_found("kwantumvlinder") == []
