"""Home, overview, story and text pages as an anonymous reader gets them."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

import harvesting
from goedwerk_casestudies import listing
from goedwerk_casestudies.models import DilemmaPage, Theme

pytestmark = pytest.mark.django_db

#: One more where a harvest stands on it: the words of participants in it.
HOME_QUERIES = 14
#: One more where a dialogue changed since the process looked.
INDEX_QUERIES = 13
#: So many more, once in two minutes, to look which live stories nobody signed for.
SIGNED_QUERIES = 3
STORY_QUERIES = 17
ALONE_QUERIES = 14
TEXT_QUERIES = 7


def theme(name, slug, *pages):
    made = Theme.objects.create(name=name, slug=slug, question=f"Wat is {name}?")
    for page in pages:
        page.themes.add(made)
        page.save()
    return made


def html(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


class TestTheSameForEverybody:
    @pytest.fixture
    def urls(self, home, make):
        discussion = make.discussion(title="Het rapport in de la")
        make.published(discussion, make.user("schrijfster"))
        home.week_page = discussion.page
        home.save()
        return ["/", "/verhalen/", discussion.page.url, "/huisregels/", "/en/", "/en/verhalen/"]

    def test_no_cookie_is_set_and_none_is_asked_for(self, client, urls):
        for url in urls:
            response = client.get(url)
            assert response.status_code == 200, url
            assert not response.cookies, url
            assert "Cookie" not in response.headers.get("Vary", ""), url

    def test_who_is_signed_in_gets_the_same_bytes(self, client, urls, make):
        anonymous = [client.get(url).content for url in urls]
        client.force_login(make.user("lezeres", is_superuser=True))
        for url, before in zip(urls, anonymous, strict=True):
            response = client.get(url)
            assert response.content == before, url
            assert not response.cookies, url
            assert "Cookie" not in response.headers.get("Vary", ""), url

    def test_no_form_and_no_inline_code(self, client, urls):
        for url in urls:
            page = html(client, url)
            for unwanted in ("csrfmiddlewaretoken", 'method="post"', "style=", "<style", "onclick"):
                assert unwanted not in page, (url, unwanted)
            assert page.count("<script") == page.count('<script type="module" src="')


class TestQueries:
    def stories(self, make, count):
        made = [make.story(image=None) for _number in range(count)]
        theme(f"Thema {count}", f"thema-{count}", *made)
        return made

    @pytest.mark.parametrize("count", [1, 7])
    def test_home(self, client, home, make, django_assert_num_queries, count):
        home.week_page = self.stories(make, count)[0]
        home.save()
        client.get("/")
        with django_assert_num_queries(HOME_QUERIES):
            client.get("/")

    def test_home_has_the_harvest_of_an_old_story(
        self, client, home, make, django_assert_num_queries
    ):
        old = make.discussion()
        harvest = harvesting.live(harvesting.begun(old))
        home.week_page = self.stories(make, 13)[0]
        home.save()
        Page.objects.filter(pk=old.page_id).update(
            first_published_at=timezone.now() - timezone.timedelta(days=400)
        )
        client.get("/")
        with django_assert_num_queries(HOME_QUERIES + 1):
            page = html(client, "/")
        assert harvest.title in page
        assert old.page.title in page

    @pytest.mark.parametrize("count", [1, 7])
    def test_index(self, client, home, make, django_assert_num_queries, count):
        self.stories(make, count)
        client.get("/")
        with django_assert_num_queries(INDEX_QUERIES + 1 + SIGNED_QUERIES):
            client.get("/verhalen/")
        with django_assert_num_queries(INDEX_QUERIES):
            client.get("/verhalen/")
        with django_assert_num_queries(INDEX_QUERIES):
            client.get(
                "/verhalen/", {"thema": f"thema-{count}", "leestijd": "kort", "organisatie": ""}
            )

    def test_story(self, client, home, make, django_assert_num_queries):
        page = make.story()
        client.get(page.url)
        with django_assert_num_queries(STORY_QUERIES):
            client.get(page.url)

    def test_story_without_a_dialogue(self, client, home, make, django_assert_num_queries):
        page = make.story(has_discussion=False)
        client.get("/")
        with django_assert_num_queries(ALONE_QUERIES):
            client.get(page.url)

    def test_text_page(self, client, home, django_assert_num_queries):
        client.get("/")
        with django_assert_num_queries(TEXT_QUERIES):
            client.get("/huisregels/")


class TestHome:
    def test_an_empty_site_says_so(self, client, home):
        page = html(client, "/")
        assert "Hier staat nog geen verhaal." in page
        assert "Deze week stellen we geen vraag." in page
        assert "Lees een verhaal</a>" not in page

    def test_the_question_of_the_week_leads_to_writing(self, client, home, make):
        discussion = make.discussion()
        home.week_page, home.week_lead = discussion.page, "Niemand vraagt ernaar."
        home.save()
        page = html(client, "/")
        assert "Wat zou jij doen?" in page
        assert "Niemand vraagt ernaar." in page
        assert f"/gesprek/{discussion.uuid.hex}/schrijf/" in page
        assert "Nog niemand gaf antwoord." in page

    def test_the_newest_voice_stands_below_the_question(self, client, home, make):
        discussion = make.discussion()
        voice = make.published(discussion)
        home.week_page = discussion.page
        home.save()
        page = html(client, "/")
        assert voice.participant.pseudonym in page
        assert make.CALM in page
        assert "Lees die ene bijdrage" in page

    def test_a_closed_dialogue_can_be_read_only(self, client, home, make):
        yesterday = timezone.localdate() - timezone.timedelta(days=1)
        discussion = make.discussion(discussion_closes_on=yesterday)
        home.week_page = discussion.page
        home.save()
        page = html(client, "/")
        assert "Wat zou jij doen?" in page
        assert "/schrijf/" not in page

    def test_a_question_that_was_unpublished_is_gone(self, client, home, make):
        story = make.story()
        home.week_page = story
        home.save()
        story.unpublish()
        page = html(client, "/")
        assert "Wat zou jij doen?" not in page
        assert story.title not in page

    def test_where_a_voice_is_missing_stands_first(self, client, home, make):
        make.story("Zonder dialoog", has_discussion=False)
        make.published(make.discussion(title="Met een stem"))
        page = html(client, "/")
        missing, others = page.index("Hier ontbreekt nog een stem"), page.index("Ook om te lezen")
        assert missing < page.index("Met een stem") < others < page.index("Zonder dialoog")
        assert "Nog niet gehoord:" in page

    def test_a_private_story_is_not_listed(self, client, home, make):
        make.story("Alleen voor ons").view_restrictions.create(restriction_type="login")
        assert "Alleen voor ons" not in html(client, "/")
        assert "Alleen voor ons" not in html(client, "/verhalen/")


class TestIndex:
    def test_an_empty_overview_says_so(self, client, home):
        assert "Hier staat nog niets." in html(client, "/verhalen/")

    def test_pages_keep_the_theme(self, client, home, make, monkeypatch):
        monkeypatch.setattr(listing, "PER_PAGE", 2)
        stories = [make.story(f"Verhaal {letter}") for letter in "abcde"]
        theme("Loyaliteit", "loyaliteit", *stories)
        page = html(client, "/verhalen/?thema=loyaliteit&pagina=2")
        assert "Pagina 2 van 3" in page
        assert 'rel="prev" href="/verhalen/?thema=loyaliteit&amp;pagina=1"' in page
        assert 'rel="next" href="/verhalen/?thema=loyaliteit&amp;pagina=3"' in page
        shown = client.get("/verhalen/", {"pagina": "2"}).context["items"]
        assert [item.title for item in shown] == ["Verhaal c", "Verhaal b"]

    @pytest.mark.parametrize("asked", ["0", "-1", "999", "x", ""])
    def test_a_page_that_is_not_there_gives_one_that_is(self, client, home, make, asked):
        make.story("Over trouw")
        assert "Over trouw" in html(client, f"/verhalen/?pagina={asked}")


class TestStory:
    def test_it_says_what_it_is(self, client, home, make):
        page = make.story(
            "Het rapport",
            organisation="provincie",
            pull_quote="Niemand zei nee.",
            lens_engaged="Voor wie deed je het?",
            hindsight="<p>Ik had het moeten vragen.</p>",
        )
        theme("Loyaliteit", "loyaliteit", page)
        text = html(client, page.url)
        for words in (
            "Praktijkverhaal",
            "Provincie",
            "1 minuut lezen",
            "Niemand zei nee.",
            "Met de kennis van nu",
            "Ik had het moeten vragen.",
            "Voor wie deed je het?",
            "Van wie is deze tekst?",
            'href="/verhalen/?thema=loyaliteit"',
            "Naar de dialoog",
        ):
            assert words in text, words
        assert "Wat ik afwoog" not in text

    def test_a_story_without_a_dialogue_has_none(self, client, home, make):
        text = html(client, make.story(has_discussion=False).url)
        assert "#dialoog" not in text
        assert "gw-story--alone" in text

    def test_a_drawing_that_is_gone_leaves_no_hole(self, client, home, make):
        page = make.story()
        type(page).objects.filter(pk=page.pk).update(drawing="bestaat-niet")
        assert "gw-book__art" not in html(client, page.url)
        assert "gw-row__art--none" in html(client, "/verhalen/")

    def test_a_drawing_is_drawn(self, client, home, make):
        page = make.story(drawing="lade")
        assert "gw-book__svg" in html(client, page.url)
        assert "gw-row__svg" in html(client, "/verhalen/")

    def test_an_image_has_its_description(self, client, home, make):
        from wagtail.images import get_image_model
        from wagtail.images.tests.utils import get_test_image_file

        image = get_image_model().objects.create(title="x", file=get_test_image_file())
        page = make.story(image=image, image_alt="Een open la met papier")
        assert 'alt="Een open la met papier"' in html(client, page.url)
        assert 'alt=""' in html(client, "/verhalen/")

    def test_a_dilemma_weighs_its_options(self, client, home, make):
        overview = make.story().get_parent()
        page = overview.add_child(
            instance=DilemmaPage(
                live=False,
                title="De keuken",
                slug="keuken",
                lead="Kort.",
                situation="<p>Situatie.</p>",
                conflict="<p>Botsing.</p>",
                question="Wat zeg je?",
                options=[("option", {"title": "Zwijgen", "pros": ["Rust"], "cons": ["Wroeging"]})],
            )
        )
        text = html(client, make.live_and_cleared(page).url)
        for words in ("Dilemma", "Zwijgen", "Rust", "Wroeging", "Wat zeg je?"):
            assert words in text, words

    def test_a_draft_can_be_previewed(self, client, home, make):
        draft = make.story(live=False)
        response = draft.make_preview_request(preview_mode="")
        assert response.status_code == 200
        assert draft.title in response.rendered_content
        new = type(draft)(title="Nieuw", slug="nieuw", lead="Kort.", what_happened="<p>Iets.</p>")
        assert new.make_preview_request(preview_mode="").status_code == 200

    def test_home_and_overview_can_be_previewed(self, client, home, make):
        make.story()
        assert home.make_preview_request(preview_mode="").status_code == 200
        overview = home.get_children().first().specific
        assert overview.make_preview_request(preview_mode="").status_code == 200


class TestFrame:
    def test_the_menu_shows_where_one_is(self, client, home, make):
        page = make.story()
        assert 'href="/verhalen/" aria-current="page"' in html(client, "/verhalen/")
        assert 'href="/verhalen/" aria-current="true"' in html(client, page.url)
        assert 'href="/huisregels/" aria-current="page"' in html(client, "/huisregels/")

    def test_what_is_not_in_the_menu_stands_in_the_foot(self, client, home):
        page = html(client, "/")
        head, foot = page.split("<main")
        assert "/verhalen/" in head
        assert "/huisregels/" not in head
        assert "/huisregels/" in foot

    def test_a_restricted_page_is_in_no_menu(self, client, home):
        rules = home.get_children().get(slug="huisregels")
        rules.view_restrictions.create(restriction_type="login")
        assert "/huisregels/" not in html(client, "/")

    def test_the_other_language_is_one_link_away(self, client, home, make):
        path = make.story().url
        assert f'href="/en{path}" lang="en"' in html(client, path)
        english = html(client, f"/en{path}")
        assert f'href="{path}" lang="nl"' in english
        assert '<html class="gw-root" lang="en">' in english
        assert 'href="/en/verhalen/"' in english

    def test_the_other_language_keeps_the_filter(self, client, home):
        assert 'href="/en/verhalen/?thema=x&amp;pagina=2"' in html(
            client, "/verhalen/?thema=x&pagina=2"
        )

    def test_a_page_that_is_not_there(self, client, home):
        response = client.get("/nergens/")
        assert response.status_code == 404
        assert "Deze pagina is er niet" in response.content.decode()
        assert not response.cookies

    def test_without_a_database_the_frame_still_stands(self, rf, monkeypatch):
        from django.template.loader import render_to_string
        from wagtail.models import Site

        def away(request):
            raise OperationalError("gone")

        monkeypatch.setattr(Site, "find_for_request", away)
        page = render_to_string("base.html", request=rf.get("/"))
        assert 'id="inhoud"' in page
        assert "Hoofdmenu" not in page

    def test_the_error_page_needs_nothing(self, django_assert_num_queries):
        from django.template.loader import get_template

        with django_assert_num_queries(0):
            page = get_template("500.html").render()
        assert "Er ging iets mis" in page

    def test_what_cannot_be_read_is_answered_without_the_database(
        self, client, settings, django_assert_num_queries
    ):
        settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1
        with django_assert_num_queries(0):
            response = client.post("/account/inloggen/", {"login": "a", "password": "geheim"})
        assert response.status_code == 400
        page = response.content.decode()
        assert "Dit konden we niet lezen" in page
        assert "geheim" not in page

    def test_a_page_that_is_not_for_her_names_a_way_on(self, client, rf):
        from django.core.exceptions import PermissionDenied
        from django.views.defaults import permission_denied

        response = permission_denied(rf.get("/ergens/"), PermissionDenied())
        assert response.status_code == 403
        assert reverse("account_login") in response.content.decode()

    def test_a_page_that_is_not_there_leads_on(self, client, home):
        page = client.get("/nergens/").content.decode()
        for way in ("search", "inbox", "mine"):
            assert f'href="{reverse(f"goedwerk_forum:{way}")}"' in page, way
