"""The overview as a reader chooses from it: counts, addresses, what helps where nothing is left."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.db import connection, migrations
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from goedwerk_casestudies.models import DilemmaPage, StoryPage, Theme

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

URL = "/verhalen/"


def theme(name, *pages):
    made = Theme.objects.create(name=name, slug=name.lower(), question=f"Wat is {name}?")
    for page in pages:
        page.themes.add(made)
        page.save()
    return made


def chosen(client, **asked):
    response = client.get(URL, asked)
    assert response.status_code == 200
    return response


def titles(client, **asked):
    return [page.title for page in chosen(client, **asked).context["items"]]


def counts(client, name, **asked):
    filters = chosen(client, **asked).context["choice"].filters
    return {
        option.value: option.count for one in filters if one.name == name for option in one.options
    }


def dilemma(beside, **fields):
    page = DilemmaPage(
        live=False,
        title="De keuken",
        slug="keuken",
        lead="Kort.",
        situation="<p>Situatie.</p>",
        conflict="<p>Botsing.</p>",
        **fields,
    )
    return beside.get_parent().add_child(instance=page)


class TestThemes:
    def test_a_theme_filters_and_counts(self, client, home, make):
        loyal, silent = make.story("Over trouw"), make.story("Over zwijgen")
        theme("Loyaliteit", loyal)
        theme("Openheid", loyal, silent)
        response = chosen(client, thema="loyaliteit")
        assert [page.title for page in response.context["items"]] == ["Over trouw"]
        assert counts(client, "thema", thema="loyaliteit") == {"loyaliteit": 1, "openheid": 2}
        assert response.context["choice"].total == 2
        page = response.content.decode()
        assert "Wat is Loyaliteit?" in page
        assert "<title>Loyaliteit – Verhalen – Goed Werk</title>" in page

    def test_stories_and_dilemmas_are_counted_together(self, client, home, make):
        story = make.story()
        theme("Loyaliteit", story, make.live_and_cleared(dilemma(story)))
        assert len(titles(client, thema="loyaliteit")) == 2
        assert counts(client, "thema") == {"loyaliteit": 2}


class TestWhatStoriesAre:
    def test_the_kind_of_organisation(self, client, home, make):
        story = make.story("Bij de provincie", organisation="provincie")
        make.live_and_cleared(dilemma(story, organisation="gemeente"))
        assert titles(client, organisatie="provincie") == ["Bij de provincie"]
        assert titles(client, organisatie="gemeente") == ["De keuken"]
        assert counts(client, "organisatie") == {"provincie": 1, "gemeente": 1}

    @pytest.mark.parametrize(
        ("minutes", "length"), [(1, "kort"), (3, "kort"), (4, "middel"), (6, "middel"), (7, "lang")]
    )
    def test_the_time_it_takes(self, client, home, make, minutes, length):
        story = make.story("Het stuk", tension=f"<p>{'woord ' * (200 * minutes - 20)}</p>")
        assert story.reading_minutes == story.minutes == minutes
        assert titles(client, leestijd=length) == ["Het stuk"]
        assert counts(client, "leestijd") == {length: 1}

    def test_a_draft_does_not_change_the_time_of_what_is_live(self, make):
        story = make.story()
        story.tension = f"<p>{'woord ' * 900}</p>"
        story.save_revision()
        story.refresh_from_db()
        assert story.minutes == 1

    def test_stories_that_were_there_are_counted_in_batches_without_one_long_lock(
        self, make, monkeypatch
    ):
        before = import_module("goedwerk_casestudies.migrations.0010_minutes_of_stories")
        counting = import_module("goedwerk_casestudies.migrations.0011_count_the_minutes")
        kinds = {type(operation) for operation in before.Migration.operations}
        assert kinds == {migrations.AddField}
        assert not counting.Migration.atomic
        long = f"<p>{'woord ' * 900}</p>"
        pages = [make.story(tension=long), make.story(), make.story(tension=long)]
        StoryPage.objects.update(minutes=1)
        monkeypatch.setattr(counting, "BATCH", 2)
        with CaptureQueriesContext(connection) as asked:
            counting.count(apps, None)
        written = [one["sql"] for one in asked if one["sql"].startswith("UPDATE")]
        assert len(written) == 2
        found = dict(StoryPage.objects.values_list("pk", "minutes"))
        assert [found[page.pk] for page in pages] == [5, 1, 5]


class TestDialogue:
    def test_kinds_and_lenses_that_stand_in_it(self, client, home, make):
        make.story("Stil", has_discussion=False)
        asked = make.discussion(title="Gevraagd")
        make.published(asked, kind="vraag", lens="bekwaam")
        assert titles(client, soort="vraag") == titles(client, lens="bekwaam") == ["Gevraagd"]
        assert titles(client, soort="ervaring") == titles(client, lens="betrokken") == []
        assert counts(client, "soort") == {"vraag": 1}
        assert counts(client, "lens") == {"bekwaam": 1}

    def test_what_was_not_released_counts_nowhere(self, client, home, make):
        make.contribution(make.discussion(), kind="vraag", lens="bekwaam")
        assert titles(client, soort="vraag") == titles(client, lens="bekwaam") == []
        assert titles(client, wacht="1") == []
        assert counts(client, "soort") == counts(client, "lens") == counts(client, "wacht") == {}

    def test_a_question_waits_until_it_is_answered(self, client, home, make):
        discussion = make.discussion(title="Gevraagd")
        question = make.published(discussion, kind="vraag")
        assert titles(client, wacht="1") == ["Gevraagd"]
        assert counts(client, "wacht") == {"1": 1}
        make.published(discussion, in_reply_to=question)
        assert titles(client, wacht="1") == []

    def test_nobody_can_answer_in_a_dialogue_that_is_closed(self, client, home, make):
        discussion = make.discussion(title="Gevraagd")
        make.published(discussion, kind="vraag")
        assert titles(client, wacht="1") == ["Gevraagd"]
        discussion.closes_on = timezone.localdate() - timezone.timedelta(days=1)
        discussion.save()
        assert titles(client, wacht="1") == []
        assert titles(client, soort="vraag") == ["Gevraagd"]


class TestReadability:
    """What not everybody may read is in no list and in no number."""

    @pytest.fixture
    def story(self, home, make):
        discussion = make.discussion(title="Van ons", organisation="provincie")
        make.published(discussion, kind="vraag", lens="bekwaam")
        theme("Loyaliteit", discussion.page.specific)
        return discussion.page.specific

    def everything(self, client):
        filters = chosen(client).context["choice"].filters
        return {one.name: [option.count for option in one.options] for one in filters}

    def test_a_public_story_counts_everywhere(self, client, story):
        names = ["thema", "organisatie", "leestijd", "soort", "lens", "wacht"]
        assert self.everything(client) == {name: [1] for name in names}

    def test_a_restricted_one_nowhere(self, client, story):
        story.view_restrictions.create(restriction_type="login")
        assert self.everything(client) == {}
        assert titles(client, thema="loyaliteit") == []

    def test_an_unpublished_one_nowhere(self, client, story):
        story.unpublish()
        assert self.everything(client) == {}

    def test_one_that_nobody_signed_for_nowhere(self, client, story):
        story.goedwerk_clearances.all().delete()
        assert self.everything(client) == {}

    def test_one_whose_words_changed_nowhere(self, client, story, make):
        make.story("Ernaast", organisation="gemeente", has_discussion=False)
        type(story).objects.filter(pk=story.pk).update(lead="Andere woorden.")
        assert client.get(story.url).status_code == 404
        assert titles(client) == ["Ernaast"]
        assert chosen(client).context["choice"].total == 1
        assert counts(client, "organisatie") == {"gemeente": 1}
        assert self.everything(client) == {"organisatie": [1], "leestijd": [1]}


class TestAddress:
    def test_filters_work_together_and_count_what_they_would_leave(self, client, home, make):
        first = make.story("Eerste", organisation="provincie")
        second = make.story("Tweede", organisation="gemeente")
        theme("Loyaliteit", first, second)
        theme("Openheid", second)
        assert titles(client, thema="loyaliteit", organisatie="gemeente") == ["Tweede"]
        # Each number is what that one press would leave, with the rest of the choice.
        assert counts(client, "thema", organisatie="provincie") == {"loyaliteit": 1}
        assert counts(client, "organisatie", thema="openheid") == {"gemeente": 1}

    def test_a_choice_can_be_taken_away_piece_by_piece(self, client, home, make):
        theme("Loyaliteit", make.story("Eerste", organisation="provincie"))
        page = chosen(client, thema="loyaliteit", organisatie="provincie").content.decode()
        for link in ("/verhalen/?organisatie=provincie", "/verhalen/?thema=loyaliteit"):
            assert f'rel="nofollow" href="{link}"' in page
        assert '<option value="loyaliteit" selected>' in page

    def test_an_empty_choice_says_what_to_let_go(self, client, home, make):
        theme("Loyaliteit", make.story(organisation="provincie"), make.story(organisation="rijk"))
        page = chosen(client, thema="loyaliteit", organisatie="gemeente").content.decode()
        text = re.sub(r"\s+", " ", BeautifulSoup(page, "html.parser").get_text(" "))
        assert "Met deze keuze blijft er niets over." in text
        assert "Zonder ‘Gemeente’ 2 teksten" in text
        assert "Zonder ‘Loyaliteit’" not in text
        assert "Bekijk alles 2 teksten" in text

    @pytest.mark.parametrize(
        "asked",
        [
            {"thema": '"><script>'},
            {"organisatie": "zeeland", "leestijd": "eeuwig"},
            {"soort": "\x00", "lens": "x" * 5000, "wacht": "ja"},
        ],
    )
    def test_what_it_does_not_know_is_left_out(self, client, home, make, asked):
        make.story("Over trouw")
        page = chosen(client, **asked).content.decode()
        assert "Over trouw" in page
        assert "Een deel van je keuze kennen we niet." in page
        assert "<script>" not in page
        assert '<meta name="robots" content="noindex">' in page

    def test_search_engines_keep_the_plain_one(self, client, home, make):
        theme("Loyaliteit", make.story())
        plain, narrowed = chosen(client), chosen(client, thema="loyaliteit")
        assert b"noindex" not in plain.content
        assert b'<meta name="robots" content="noindex">' in narrowed.content
        canonical = BeautifulSoup(narrowed.content, "html.parser").find("link", rel="canonical")
        assert canonical["href"] == home.get_children().get(slug="verhalen").full_url

    def test_every_control_has_a_name_and_one_button_sends_it(self, client, home, make):
        discussion = make.discussion(organisation="provincie")
        make.published(discussion, kind="vraag", lens="bekwaam")
        theme("Loyaliteit", discussion.page.specific)
        form = BeautifulSoup(chosen(client).content, "html.parser").select_one("form.gw-choose")
        assert form["method"] == "get"
        for control in form.select("select"):
            assert form.select_one(f'label[for="{control["id"]}"]').get_text(strip=True)
        assert len(form.select("button")) == 1
