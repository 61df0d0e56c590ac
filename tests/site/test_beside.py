"""Where a story leads to: the next one, others like it, tips, a link to share, paper."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from goedwerk_casestudies.models import CaseStudyIndexPage, DilemmaPage, Theme
from goedwerk_forum.models import Policy

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def three(home, make):
    """An older, a middle and a newer story, without dialogues and with one theme."""
    theme = Theme.objects.create(name="Loyaliteit", slug="loyaliteit")
    stories = [make.story(name, has_discussion=False) for name in ("Oudste", "Midden", "Nieuwste")]
    for story in stories:
        story.themes.add(theme)
        story.save()
    return stories


def shown(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def beside(client, page):
    """(the one before, the one after, those like it) as the page links to them."""
    there = shown(client, page)
    one_way = [there.select_one(f'a[rel="{rel}"]') for rel in ("prev", "next")]
    like = there.select('section[aria-labelledby="lees-ook"] h3')
    return [link and link.get_text() for link in one_way], [item.get_text() for item in like]


def test_one_before_and_one_after_as_in_the_overview(client, three):
    oldest, middle, newest = three
    assert beside(client, middle)[0] == ["Nieuwste", "Oudste"]
    assert beside(client, newest)[0] == [None, "Midden"]
    assert beside(client, oldest)[0] == ["Midden", None]


def test_days_of_publication_go_before_anything_else(client, three):
    oldest, middle, newest = three
    day = timezone.now()
    for page, days in ((oldest, 1), (middle, 2), (newest, 3)):
        type(page).objects.filter(pk=page.pk).update(
            first_published_at=day - timezone.timedelta(days=days)
        )
    assert beside(client, middle)[0] == ["Oudste", "Nieuwste"]
    type(middle).objects.filter(pk=middle.pk).update(first_published_at=None)
    assert beside(client, middle)[0] == ["Nieuwste", None]
    assert beside(client, newest)[0] == ["Oudste", "Midden"]


def test_stories_that_share_most_themes_come_first(client, three, make):
    oldest, middle, _newest = three
    other = Theme.objects.create(name="Moed", slug="moed")
    for page in (oldest, middle):
        page.themes.add(other)
        page.save()
    make.story("Iets anders", has_discussion=False)
    assert beside(client, middle)[1] == ["Oudste", "Nieuwste"]


def test_a_dilemma_is_like_a_story_too(client, three, make):
    dilemma = (
        three[0]
        .get_parent()
        .add_child(
            instance=DilemmaPage(
                live=False,
                title="De keuken",
                slug="keuken",
                lead="Kort.",
                situation="<p>S</p>",
                conflict="<p>C</p>",
                discussion_policy=Policy.ALL_FIRST,
            )
        )
    )
    dilemma.themes.set(three[0].themes.all())
    make.live_and_cleared(dilemma)
    assert beside(client, three[2]) == (["De keuken", "Midden"], ["De keuken", "Midden", "Oudste"])
    assert beside(client, dilemma) == ([None, "Nieuwste"], ["Nieuwste", "Midden", "Oudste"])


def restrict(page):
    page.view_restrictions.create(restriction_type="login")


def unpublish(page):
    page.unpublish()


def take_signature_back(page):
    page.goedwerk_clearances.all().delete()


def change_behind_the_gate(page):
    type(page).objects.filter(pk=page.pk).update(title="Iets nieuws")


@pytest.mark.parametrize("hide", [restrict, unpublish, take_signature_back])
def test_what_not_everybody_may_read_is_passed_over(client, three, hide):
    oldest, middle, newest = three
    assert beside(client, newest) == ([None, "Midden"], ["Midden", "Oudste"])
    hide(middle)
    assert beside(client, newest) == ([None, "Oudste"], ["Oudste"])
    assert beside(client, oldest) == (["Nieuwste", None], ["Nieuwste"])


def test_words_that_nobody_signed_for_stand_nowhere(client, three):
    _oldest, middle, newest = three
    change_behind_the_gate(middle)
    assert "Iets nieuws" not in shown(client, newest).get_text()


def test_a_story_under_another_overview_is_no_neighbour(client, three, home, make):
    elsewhere = home.add_child(instance=CaseStudyIndexPage(title="Elders", slug="elders"))
    three[1].move(elsewhere, pos="last-child")
    three[1].refresh_from_db()
    assert beside(client, three[2]) == ([None, "Oudste"], ["Midden", "Oudste"])


def test_the_address_can_be_copied_and_holds_nothing_but_the_page(client, three):
    page = shown(client, three[0])
    field = page.select_one("#adres")
    assert field["value"] == f"http://testserver{three[0].url}"
    assert field.has_attr("readonly")
    assert page.select_one('label[for="adres"]')
    # Without a script there is nothing to press that would do nothing.
    assert page.select_one("[data-gw-share]").has_attr("hidden")


def test_the_address_is_that_of_the_page_at_hand_on_any_site(client, three, page_of_other_site):
    way = three[0].url
    page_of_other_site(three[0].get_parent())
    response = client.get(way)
    field = BeautifulSoup(response.content, "html.parser").select_one("#adres")
    assert field["value"] == f"http://testserver{way}"


def test_a_story_on_another_site_or_in_another_language_is_not_like_it(client, three, other_place):
    assert beside(client, three[2])[1] == ["Midden", "Oudste"]
    other_place(three[0])
    assert beside(client, three[2])[1] == ["Midden"]


@pytest.fixture
def page_of_other_site():
    """Makes a page the root of a site of its own."""

    def make_root(page):
        Site.objects.create(hostname="elders.example", root_page=page)

    return make_root


@pytest.fixture(params=["site", "language"])
def other_place(request, home, page_of_other_site):
    """Takes a page to another site, or to another language of this one."""

    def take(page):
        if request.param == "language":
            english = Locale.objects.get_or_create(language_code="en")[0]
            Page.objects.filter(pk=page.pk).update(locale=english)
            return
        elsewhere = CaseStudyIndexPage(title="Elders", slug="elders")
        home.get_parent().add_child(instance=elsewhere)
        page_of_other_site(elsewhere)
        page.move(elsewhere, pos="last-child")

    return take


def test_a_tip_of_the_theme_in_another_language_stays_there(client, three, home):
    tip = a_tip(home, "Van het thema")
    tip.themes.add(three[0].themes.first())
    tip.save()
    assert "Van het thema" in shown(client, three[0]).get_text()
    english = Locale.objects.get_or_create(language_code="en")[0]
    Page.objects.filter(pk=tip.pk).update(locale=english)
    assert "Van het thema" not in shown(client, three[0]).get_text()


def a_tip(home, title):
    from goedwerk_casestudies.models import Cluster, GuidanceIndexPage, TipPage

    overview = home.add_child(instance=GuidanceIndexPage(title="Handvatten", slug="handvatten"))
    cluster = Cluster.objects.first() or Cluster.objects.create(name="Praten", slug="praten")
    page = TipPage(title=title, slug="een-tip", lead="Vraag het.", cluster=cluster)
    return overview.add_child(instance=page)


def test_tips_that_name_the_story_stand_before_those_of_its_theme(client, three, home):
    from goedwerk_casestudies.models import Cluster, GuidanceIndexPage, TipCase, TipPage

    overview = home.add_child(instance=GuidanceIndexPage(title="Handvatten", slug="handvatten"))
    cluster = Cluster.objects.first() or Cluster.objects.create(name="Praten", slug="praten")

    def tip(title):
        page = TipPage(title=title, slug=title.lower(), lead="Vraag het.", cluster=cluster)
        return overview.add_child(instance=page)

    tip("Los")
    of_theme, named = tip("Anders"), tip("Genoemd")
    of_theme.themes.set(three[0].themes.all())
    of_theme.save()
    TipCase.objects.create(tip=named, page=three[0])
    titles = [link.get_text() for link in shown(client, three[0]).select("#handvatten + ul a")]
    assert titles == ["Genoemd", "Anders"]
    of_theme.view_restrictions.create(restriction_type="login")
    titles = [link.get_text() for link in shown(client, three[0]).select("#handvatten + ul a")]
    assert titles == ["Genoemd"]
