"""Tips: from a harvest, by cluster, beside stories; nothing leaves a place that is not public."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

import harvesting
from counting import counted
from goedwerk_casestudies.actions.tips import make_tip
from goedwerk_casestudies.models import Cluster, GuidanceIndexPage, TipCase, TipPage
from goedwerk_forum.errors import NotAllowed, NotFound
from goedwerk_forum.setup import EDITORS, prepare

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(make):
    page = GuidanceIndexPage(title="Handvatten", slug="handvatten", lead="Wat helpt.")
    return make.root().add_child(instance=page)


@pytest.fixture
def cluster():
    return Cluster.objects.create(name="Proces", slug="proces", sort_order=1)


@pytest.fixture
def harvest(make):
    return harvesting.live(harvesting.begun(make.discussion()))


@pytest.fixture
def editor(make):
    from django.contrib.auth.models import Group

    from goedwerk_site.demo.accounts import let_editors_edit

    list(prepare())
    let_editors_edit()
    return make.user(groups=(Group.objects.get(name=EDITORS),))


def tip(index, cluster, title="Vraag het de balie", **fields) -> TipPage:
    made = TipPage(title=title, lead="Daar weten ze het.", cluster=cluster, **fields)
    return index.add_child(instance=made)


def piece_of(harvest) -> str:
    return str(harvest.tips[0].id)


# --- from a harvest --------------------------------------------------------------------------


def test_a_tip_of_a_harvest_becomes_a_draft_that_leads_back(index, cluster, harvest, editor):
    made = make_tip(user=editor, page_id=harvest.pk, piece=piece_of(harvest), cluster=cluster)
    assert (made.title, made.lead) == ("Vraag het de balie", "Daar weten ze wat er speelt.")
    assert not made.live
    assert made.harvest == harvest
    assert [case.page_id for case in made.cases.all()] == [harvest.get_parent().pk]


def test_pressed_twice_it_is_made_once(index, cluster, harvest, editor):
    pressed = {
        make_tip(user=editor, page_id=harvest.pk, piece=piece_of(harvest), cluster=cluster).pk
        for _press in range(2)
    }
    assert len(pressed) == 1
    assert TipPage.objects.count() == 1


def test_a_long_tip_loses_no_word(index, cluster, harvest, editor):
    text = "Vraag door.\n" + "Nog eens vragen helpt. " * 30
    harvest.tips = [("tip", {"title": "Vraag door", "text": text})]
    harvest.save_revision()
    harvesting.live(harvest)
    made = make_tip(user=editor, page_id=harvest.pk, piece=piece_of(harvest), cluster=cluster)
    assert made.lead == "Vraag door"
    assert text.strip().splitlines()[1].strip() in made.when_it_helps


@pytest.mark.parametrize("shut", ["restricted", "offline", "source offline"])
def test_no_word_leaves_a_harvest_that_not_everybody_reads(index, cluster, harvest, editor, shut):
    piece = piece_of(harvest)
    if shut == "restricted":
        PageViewRestriction.objects.create(
            page=harvest.get_parent(), restriction_type=PageViewRestriction.LOGIN
        )
    elif shut == "offline":
        harvest.unpublish()
    else:
        harvest.get_parent().specific.unpublish()
    with pytest.raises(NotFound):
        make_tip(user=editor, page_id=harvest.pk, piece=piece, cluster=cluster)
    assert not TipPage.objects.exists()


def test_who_may_not_write_there_makes_none(index, cluster, harvest, make):
    guide = harvesting.guide_of(make.discussion())
    with pytest.raises(NotAllowed):
        make_tip(user=guide, page_id=harvest.pk, piece=piece_of(harvest), cluster=cluster)
    assert not TipPage.objects.exists()


def test_an_editor_makes_it_with_one_press(index, cluster, harvest, editor, client):
    client.force_login(editor)
    url = reverse("goedwerk_tips", args=[harvest.pk])
    assert "Vraag het de balie" in client.get(url).content.decode()
    typed = {"tip": piece_of(harvest), "cluster": "bestaatniet"}
    assert client.post(url, typed).status_code == 422
    response = client.post(url, typed | {"cluster": cluster.slug})
    made = TipPage.objects.get()
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[made.pk])
    assert client.get(response["Location"]).status_code == 200
    made.get_latest_revision().publish()
    made.refresh_from_db()
    assert made.url in client.get(harvest.url).content.decode()
    assert harvest.url in client.get(made.url).content.decode()
    assert client.get(url).content.decode().count("Hier is al een handvat van:") == 1


# --- reading ---------------------------------------------------------------------------------


def test_tips_stand_in_their_clusters_in_the_editors_order(index, cluster, client):
    first = Cluster.objects.create(name="Wat vooraf gaat", slug="vooraf", sort_order=0)
    tip(index, cluster, "In het proces")
    tip(index, first, "Helemaal vooraf")
    tip(index, cluster, "Nog niet klaar", live=False)
    shown = client.get(index.url).content.decode()
    assert shown.index("Helemaal vooraf") < shown.index("In het proces")
    assert "Nog niet klaar" not in shown


def test_an_overview_costs_the_same_for_one_tip_and_for_four(index, cluster, client):
    tip(index, cluster)
    client.get(index.url)
    with counted() as one:
        client.get(index.url)
    for number in range(3):
        tip(index, cluster, f"Nog een tip {number}")
    with counted() as four:
        client.get(index.url)
    assert one.queries == four.queries


def test_a_tip_and_its_story_name_each_other(index, cluster, make, client):
    story = make.story()
    made = tip(index, cluster)
    TipCase.objects.create(tip=made, page=story)
    assert made.url in client.get(story.url).content.decode()
    assert story.url in client.get(made.url).content.decode()


@pytest.mark.parametrize("place", ["tip", "index"])
def test_a_tip_that_not_everybody_reads_is_not_named_on_a_story(
    index, cluster, make, client, place
):
    story = make.story()
    made = tip(index, cluster)
    TipCase.objects.create(tip=made, page=story)
    page = made if place == "tip" else index
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert made.url not in client.get(story.url).content.decode()


def test_a_story_that_not_everybody_reads_is_not_named_in_a_tip(index, cluster, make, client):
    story = make.story()
    made = tip(index, cluster)
    TipCase.objects.create(tip=made, page=story)
    story.unpublish()
    assert story.title not in client.get(made.url).content.decode()


def test_a_harvest_that_not_everybody_reads_is_not_named_in_a_tip(index, cluster, harvest, client):
    made = tip(index, cluster, harvest=harvest, harvest_tip=piece_of(harvest))
    assert harvest.url in client.get(made.url).content.decode()
    harvest.get_parent().specific.unpublish()
    assert harvest.url not in client.get(made.url).content.decode()


def test_a_tip_names_nobody(index, cluster):
    from django.core.exceptions import ValidationError

    made = TipPage(title="Bel Jolanda Kuipers", lead="Zij weet het.", cluster=cluster)
    with pytest.raises(ValidationError):
        index.add_child(instance=made)
    assert not TipPage.objects.exists()
