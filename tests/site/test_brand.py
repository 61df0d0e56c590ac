"""A site owner's brand: set in the admin, shown on every page, at no query more."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Site

from goedwerk_site.home.brand import Brand, FootLink, forget

pytestmark = pytest.mark.django_db

TEXT_QUERIES = 7
#: What the first page of a process asks more: the brand; with everything set also its links, the
#: pages behind them, and which of the pages everybody may read.
UNKNOWN, UNKNOWN_AND_FULL = 1, 7


def html(client, url="/huisregels/"):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def image(title="logo", size=(300, 80)):
    return get_image_model().objects.create(
        title=title, file=get_test_image_file(filename=f"{title}.png", size=size)
    )


@pytest.fixture
def brand(home):
    return Brand.objects.create(site=Site.objects.get(is_default_site=True))


@pytest.fixture
def full(brand, home):
    rules = home.get_children().get(slug="huisregels")
    brand.name = "Eerlijk Advies"
    brand.logo, brand.logo_dark = image("licht"), image("donker")
    brand.icon, brand.card = image("icoon", (200, 200)), image("kaart", (1200, 630))
    brand.foot_text = "Van de gemeente Voorbeeld, voor wie er werkt."
    brand.contact_mail = "goedwerk@voorbeeld.example"
    brand.house_rules_page = rules
    brand.foot_links = [
        FootLink(title="Onze organisatie", url="https://voorbeeld.example/"),
        FootLink(title="Wat is een verhaal?", page=home.get_children().get(slug="verhalen")),
    ]
    brand.save()
    return brand


class TestShown:
    def test_without_a_brand_it_is_goed_werk(self, client, home):
        page = html(client)
        assert "– Goed Werk</title>" in page
        assert "gw-brand__mark" in page
        assert "Een plek voor ambtenaren" in page
        assert "mailto:" not in page

    def test_everything_that_is_set_stands_on_every_page(self, client, full, make):
        for url in ("/", "/huisregels/", "/zoeken/", make.story().url):
            page = html(client, url)
            assert "– Eerlijk Advies</title>" in page
            assert "<span>Eerlijk Advies</span>" in page
            assert page.count("gw-brand__logo") == 1
            assert "prefers-color-scheme: dark" in page
            assert "gw-brand__mark" not in page
            assert "Van de gemeente Voorbeeld" in page
            assert 'href="mailto:goedwerk@voorbeeld.example"' in page
            assert 'href="https://voorbeeld.example/">Onze organisatie<' in page
            assert ">Wat is een verhaal?<" in page
            assert "Goed Werk" not in page.split("<main")[0]

    def test_a_statement_stands_first_in_the_foot_and_once(self, client, full):
        links = html(client).split("gw-foot__links")[1]
        assert links.count(">Huisregels<") == 1
        assert links.index(">Huisregels<") < links.index(">Zoeken<")

    def test_a_statement_that_is_not_for_everybody_is_in_no_foot(self, client, full):
        full.house_rules_page.view_restrictions.create(restriction_type="login")
        assert ">Huisregels<" not in html(client, "/")

    def test_a_link_to_a_page_that_was_unpublished_is_gone(self, client, full, home):
        home.get_children().get(slug="verhalen").specific.unpublish()
        assert ">Wat is een verhaal?<" not in html(client)

    def test_a_page_under_no_site_is_linked_nowhere(self, client, full):
        loose = Page.get_first_root_node().add_child(instance=Page(title="Los", slug="los"))
        full.privacy_page = loose
        full.foot_links.add(FootLink(title="Naar nergens", page=loose))
        full.save()
        page = html(client)
        assert ">Los<" not in page
        assert ">Naar nergens<" not in page
        assert ">Onze organisatie<" in page

    def test_a_card_is_said_in_its_own_size(self, client, full):
        assert 'og:image:width" content="1200"' in html(client)
        full.card = image("klein", (600, 315))
        full.save()
        page = html(client)
        assert 'og:image:width" content="600"' in page
        assert 'og:image:height" content="315"' in page

    def test_a_name_in_the_logo_is_not_said_twice(self, client, full):
        full.name_beside_logo = False
        full.save()
        page = html(client)
        assert "<span>Eerlijk Advies</span>" not in page
        assert 'alt="Eerlijk Advies"' in page

    def test_a_name_cannot_be_switched_off_without_a_logo(self, client, brand):
        brand.name, brand.name_beside_logo = "Eerlijk Advies", False
        brand.save()
        assert "<span>Eerlijk Advies</span>" in html(client)

    def test_a_logo_whose_file_is_gone_leaves_the_page(self, client, full):
        full.logo.file.storage.delete(full.logo.file.name)
        page = html(client)
        assert "gw-brand__logo" not in page
        assert "<span>Eerlijk Advies</span>" in page

    def test_other_languages_can_be_left_out(self, client, brand):
        assert 'hreflang="en"' in html(client)
        brand.shows_languages = False
        brand.save()
        assert 'hreflang="en"' not in html(client)

    def test_links_stay_in_the_language_of_the_page(self, client, full):
        assert 'href="/verhalen/">Wat is' in html(client)
        assert 'href="/en/verhalen/">Wat is' in html(client, "/en/huisregels/")

    def test_words_of_the_owner_cannot_be_code(self, client, brand):
        brand.name = brand.foot_text = "<script>alert(1)</script>"
        brand.save()
        assert "<script>alert" not in html(client)


class TestQueries:
    def test_a_process_asks_once(self, client, full, django_assert_num_queries):
        html(client)
        with django_assert_num_queries(TEXT_QUERIES):
            html(client)
        full.save()
        with django_assert_num_queries(TEXT_QUERIES + UNKNOWN_AND_FULL):
            html(client)

    def test_a_site_without_a_brand_asks_once(self, client, home, django_assert_num_queries):
        html(client)
        forget(Site.objects.get(is_default_site=True).pk)
        with django_assert_num_queries(TEXT_QUERIES + UNKNOWN):
            html(client)
        with django_assert_num_queries(TEXT_QUERIES):
            html(client)


class TestAdmin:
    def url(self):
        return reverse("wagtailsettings:edit", args=["home", "brand", Site.objects.get().pk])

    def links(self, *links):
        data = {"foot_links-TOTAL_FORMS": len(links), "foot_links-INITIAL_FORMS": 0}
        for number, link in enumerate(links):
            data |= {f"foot_links-{number}-{name}": value for name, value in link.items()}
        return data

    def test_what_an_owner_saves_is_there_at_once(self, client, brand, make):
        assert "Eerlijk Advies" not in html(client)
        client.force_login(make.user("eigenaar", is_superuser=True))
        link = {"title": "Elders", "url": "https://elders.example/", "ORDER": "1"}
        saved = client.post(self.url(), {"name": "Eerlijk Advies"} | self.links(link))
        assert saved.status_code == 302
        page = html(client)
        assert "– Eerlijk Advies</title>" in page
        assert ">Elders<" in page

    def test_a_link_to_nowhere_is_refused_with_words(self, client, brand, make):
        client.force_login(make.user("eigenaar", is_superuser=True))
        link = {"title": "Nergens", "ORDER": "1"}
        answer = client.post(self.url(), {"name": "Eerlijk Advies"} | self.links(link))
        assert "één van de twee" in answer.content.decode()
        assert not FootLink.objects.exists()
        assert Brand.objects.get().name == ""

    @pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x"])
    def test_an_address_must_be_one_of_the_web(self, client, brand, make, url):
        client.force_login(make.user("eigenaar", is_superuser=True))
        client.post(self.url(), self.links({"title": "Elders", "url": url, "ORDER": "1"}))
        assert not FootLink.objects.exists()

    def test_the_database_refuses_a_link_to_two_places(self, brand, home):
        with pytest.raises(IntegrityError), transaction.atomic():
            FootLink.objects.create(brand=brand, title="x", page=home, url="https://x.example/")

    @pytest.mark.parametrize("name", ["logo.svg", "logo.png"])
    def test_a_logo_with_a_script_in_it_is_refused(self, client, home, make, name):
        drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
        client.force_login(make.user("eigenaar", is_superuser=True))
        file = SimpleUploadedFile(name, drawing, content_type="image/png")
        client.post(reverse("wagtailimages:add"), {"title": "logo", "file": file})
        assert not get_image_model().objects.exists()
        file = SimpleUploadedFile("echt.png", get_test_image_file().file.getvalue())
        client.post(reverse("wagtailimages:add"), {"title": "logo", "file": file})
        assert get_image_model().objects.get().file.name.endswith(".png")
