"""The English interface around Dutch content: which words are in which language."""

from __future__ import annotations

import re

import pytest
from django.template import Context, Template
from django.utils import translation

from goedwerk_site.home.templatetags.goedwerk_site import other_languages

pytestmark = pytest.mark.django_db


def shown(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture(autouse=True)
def _dutch_first():
    """A request leaves its language behind in the thread."""
    with translation.override("nl"):
        yield


@pytest.fixture
def told(make):
    """The address of a story with a published contribution."""
    discussion = make.discussion(title="Het rapport in de la")
    make.published(discussion, make.user("lezer"))
    return discussion.page.url


class TestContentInAnotherLanguage:
    @pytest.mark.parametrize(
        "marked",
        [
            '<h1 class="gw-h1" id="titel" lang="nl">Het rapport in de la',
            '<p class="gw-lead" lang="nl">',
            '<div class="gw-text gw-text--first" lang="nl">',
            '<p class="gw-now__q" lang="nl">',
            '<div class="gw-post__t" lang="nl">',
        ],
    )
    def test_an_english_page_says_which_words_are_dutch(self, client, home, told, marked):
        assert marked in shown(client, "/en" + told)

    def test_words_of_the_interface_stay_outside_it(self, client, home, told):
        page = shown(client, "/en" + told)
        assert '<h2 class="gw-now__k" id="dialoog-kop">The dialogue</h2>' in page
        assert '<html class="gw-root" lang="en">' in page

    def test_a_dutch_page_has_one_language(self, client, home, told):
        page = shown(client, told)
        assert 'lang="nl"' not in page.replace('<html class="gw-root" lang="nl">', "")

    def test_menus_name_dutch_pages_in_dutch(self, client, home):
        assert '<a class="gw-nav__a" lang="nl" href="/en/verhalen/"' in shown(client, "/en/")

    def test_a_title_within_an_english_sentence(self, client, home, make):
        author = make.user("schrijfster")
        make.published(make.discussion(title="<Het rapport>"), author)
        client.force_login(author)
        sentence = 'On <span lang="nl">&lt;Het rapport&gt;</span>, by '
        assert sentence in shown(client, "/en/berichten/")

    def test_a_site_that_translates_its_pages_marks_nothing(self, settings):
        template = Template("{% load goedwerk_forum %}<p{% content_lang %}>")
        with translation.override("en"):
            assert template.render(Context()) == '<p lang="nl">'
            settings.WAGTAIL_I18N_ENABLED = True
            assert template.render(Context()) == "<p>"


class TestWordsOfTheInterface:
    @pytest.mark.parametrize(
        ("url", "dutch", "english"),
        [
            ("/", "De vraag van deze week", "The question of this week"),
            ("/account/inloggen/", "Wachtwoord vergeten?", "Forgotten your password?"),
            ("/account/aanmelden/", "Nog een keer je wachtwoord", "Your password once more"),
        ],
    )
    def test_each_language_has_its_own(self, client, home, url, dutch, english):
        in_dutch, in_english = shown(client, url), shown(client, "/en" + url)
        assert dutch in in_dutch
        assert english not in in_dutch
        assert english in in_english
        assert dutch not in in_english

    def test_a_check_explains_itself_in_the_language_of_the_reader(self):
        from goedwerk_forum.checks.traceable import Traceable
        from goedwerk_privacy.kinds import INFO

        kind, info = next(iter(INFO.items()))
        with translation.override("nl"):
            assert Traceable().explain(kind) == info.why_nl
        with translation.override("en"):
            assert Traceable().explain(kind) == info.why_en


class TestOtherLanguages:
    @pytest.mark.parametrize("path", ["/en//evil.example/x", "/en///evil.example/x"])
    def test_no_address_leads_to_another_site(self, rf, path):
        with translation.override("en"):
            links = other_languages(Context({"request": rf.get(path)}))
        assert links
        assert all(re.match(r"/(?!/)", link.url) for link in links)

    def test_it_is_the_same_page(self, rf):
        with translation.override("en"):
            (dutch,) = other_languages(Context({"request": rf.get("/en/verhalen/?thema=moed")}))
        assert dutch.url == "/verhalen/?thema=moed"
