"""A page that slipped through a write is read nowhere, and somebody is told."""

from __future__ import annotations

import logging

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import Page, Site

import four_eyes
import harvesting
from goedwerk_casestudies import choosing
from goedwerk_casestudies.models import CaseStudyIndexPage, Clearance, StoryPage, Submission
from goedwerk_site.home.models import HomePage

pytestmark = [pytest.mark.django_db, pytest.mark.urls("urls_with_readers"), pytest.mark.slow]

WORDS = "De ongelezen zin"


def changed_by_a_query(story):
    StoryPage.objects.filter(pk=story.pk).update(lead=WORDS)
    Page.objects.filter(pk=story.pk).update(title=WORDS, draft_title=WORDS)


def signature_gone(story):
    changed_by_a_query(story)
    Clearance.objects.filter(page=story).delete()


def consent_gone(story):
    Page.objects.filter(pk=story.pk).update(title=WORDS)
    Clearance.objects.filter(page=story).delete()
    four_eyes.factories.cleared(StoryPage.objects.get(pk=story.pk))
    Submission.objects.create(source="contributor", page=story, consent="asked")


@pytest.fixture
def home(db):
    """As the tests of the site have it: a home page and an overview."""
    site = Site.objects.get(is_default_site=True)
    page = site.root_page.get_root().add_child(
        instance=HomePage(title="Goed Werk", slug="voorpagina", lead="Welkom.")
    )
    site.root_page = page
    site.save()
    page.add_child(instance=CaseStudyIndexPage(title="Verhalen", slug="verhalen"))
    return page


@pytest.fixture
def told(caplog, monkeypatch):
    """What the log of the stories said."""
    caplog.set_level(logging.WARNING)
    monkeypatch.setattr(logging.getLogger("goedwerk.stories"), "propagate", True)
    monkeypatch.setattr(logging.getLogger("goedwerk"), "propagate", True)
    return lambda: [
        record.getMessage() for record in caplog.records if record.name == "goedwerk.stories"
    ]


@pytest.fixture
def story(home, make):
    """Live and cleared, in the search index as well."""
    made = make.story("Het rapport in de la", has_discussion=True)
    home.week_page = made
    home.save()
    return made


@pytest.fixture(params=[changed_by_a_query, signature_gone, consent_gone], ids=lambda f: f.__name__)
def slipped(request, story):
    request.param(story)
    return story


def ways_to_read(story):
    index = story.get_parent().url
    return [
        "/",
        index,
        f"{index}?pagina=1",
        "/en" + index,
        "/sitemap.xml",
        "/feed/",
        "/zoek/?q=rapport",
        "/zoek/?q=ongelezen",
        "/api/v2/pages/",
        "/api/v2/pages/?fields=*",
        "/api/v2/pages/?type=goedwerk_casestudies.StoryPage",
        f"/api/v2/pages/?child_of={story.get_parent().pk}",
    ]


def test_each_shows_a_cleared_story(client, story):
    for url in ways_to_read(story):
        if "ongelezen" not in url:
            response = client.get(url)
            words = story.slug if "sitemap" in url else "Het rapport in de la"
            assert words in response.content.decode(), url
    assert client.get(story.url).status_code == 200
    assert client.get(f"/api/v2/pages/{story.pk}/").json()["title"] == "Het rapport in de la"


def test_none_shows_one_that_slipped_through(client, slipped):
    for url in ways_to_read(slipped):
        response = client.get(url)
        assert response.status_code == 200, url
        page = response.content.decode()
        assert WORDS not in page, url
        assert slipped.slug not in page, url


def test_the_page_itself_is_not_there(client, slipped, told):
    response = client.get(slipped.url)
    assert response.status_code == 404
    assert WORDS not in response.content.decode()
    assert client.get(f"/api/v2/pages/{slipped.pk}/").status_code == 404
    assert told() == ["a live story without clearance was asked for"]


def test_nor_its_harvest(client, story):
    harvest = harvesting.live(harvesting.begun(story.discussion))
    ways = ["/api/v2/pages/", f"/api/v2/pages/{harvest.pk}/", "/zoek/?q=opleverde", "/sitemap.xml"]
    words = {way: harvest.slug if "sitemap" in way else harvest.title for way in ways}
    for way in ways:
        assert words[way] in client.get(way).content.decode(), way
    Clearance.objects.all().delete()
    for way in ways:
        assert words[way] not in client.get(way).content.decode(), way
    assert client.get(f"/api/v2/pages/{harvest.pk}/").status_code == 404


def test_the_api_tells_nobody_more_than_everybody(client, story, make):
    story.view_restrictions.create(restriction_type="login")
    client.force_login(make.user())
    assert client.get(story.url).status_code == 200
    assert story.title not in client.get("/api/v2/pages/").content.decode()
    assert client.get(f"/api/v2/pages/{story.pk}/").status_code == 404


def test_the_api_can_be_searched(client, story):
    assert story.title in client.get("/api/v2/pages/?search=rapport").content.decode()


def test_not_even_behind_a_password(client, slipped):
    slipped.view_restrictions.create(restriction_type="password", password="geheim")
    response = client.get(slipped.url)
    assert response.status_code == 404
    assert WORDS not in response.content.decode()


def test_nor_beside_its_discussion(client, slipped, make):
    discussion = slipped.discussion
    reader = make.user()
    client.force_login(reader)
    for name in ("write", "join"):
        response = client.get(reverse(f"goedwerk_forum:{name}", args=[discussion.uuid.hex]))
        assert response.status_code == 404, name
        assert WORDS not in response.content.decode(), name


def test_nor_by_an_alias(client, story):
    alias = story.create_alias(update_slug="alias")
    assert client.get(alias.url).status_code == 200
    StoryPage.objects.filter(pk=alias.pk).update(lead=WORDS)
    assert client.get(alias.url).status_code == 404
    assert client.get(story.url).status_code == 200
    Clearance.objects.all().delete()
    assert client.get(story.url).status_code == 404


def test_counts_leave_out_what_has_no_signature(client, story, make):
    from goedwerk_casestudies.models import Theme

    other = make.story("Een ander verhaal")
    theme = Theme.objects.create(name="Trouw", slug="trouw")
    for page in (story, other):
        page.themes.add(theme)
        page.save()
    url = story.get_parent().url
    assert client.get(url).context["choice"].total == 2
    signature_gone(story)
    choice = client.get(url).context["choice"]
    assert (choice.total, [one.page_id for one in choice.items]) == (1, [other.pk])
    themes = next(one for one in choice.filters if one.name == choosing.THEME)
    assert [(one.value, one.count) for one in themes.options if one.value] == [("trouw", 1)]
    assert client.get("/api/v2/pages/?type=goedwerk_casestudies.StoryPage").json()["meta"] == {
        "total_count": 1
    }


def test_an_editor_still_sees_it_in_the_preview(slipped):
    page = StoryPage.objects.get(pk=slipped.pk)
    response = page.make_preview_request(preview_mode="")
    assert response.status_code == 200
    assert WORDS in response.rendered_content


def test_the_admin_names_it_to_who_can_mend_it(client, slipped, make):
    four_eyes.prepared_site()
    client.force_login(four_eyes.editor())
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "zonder vrijgave voor deze tekst" in page
    assert four_eyes.edit_url(slipped) in page
    client.force_login(make.user(groups=(make.ambassador_group(),)))
    assert "zonder vrijgave" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_admin_is_silent_where_all_is_well(client, story):
    four_eyes.prepared_site()
    client.force_login(four_eyes.editor())
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "zonder vrijgave" not in page


def test_the_doctor_counts_it_without_a_word(slipped, capsys):
    with pytest.raises(CommandError):
        call_command("goedwerk_doctor")
    said = capsys.readouterr().out
    assert "1 live stories have no clearance" in said
    assert WORDS not in said


def test_story_is_back_in_the_overview_as_soon_as_it_is_signed(story, client):
    overview = story.get_parent().url
    changed_by_a_query(story)
    assert WORDS not in client.get(overview).content.decode()

    four_eyes.factories.cleared(StoryPage.objects.get(pk=story.pk))

    assert WORDS in client.get(overview).content.decode()
