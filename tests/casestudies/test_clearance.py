"""What is shown, its digest, the names left in it, and what stands in the way."""

from __future__ import annotations

import pytest
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

import four_eyes
from goedwerk_casestudies import clearance
from goedwerk_casestudies.four_eyes import obstacles
from goedwerk_casestudies.models import Clearance, DilemmaPage, StoryPage, Submission

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SHOWN = {
    "title": "Een andere titel",
    "slug": "een-ander-adres",
    "seo_title": "Voor zoekmachines",
    "search_description": "Waar het over gaat.",
    "lead": "Een andere inleiding.",
    "organisation": "provincie",
    "pull_quote": "Niemand zei nee.",
    "lens_capable": "Wanneer is het af?",
    "lens_engaged": "Voor wie deed je het?",
    "lens_trustworthy": "Wat leg je uit?",
    "discussion_question": "Wat had jij gedaan?",
    "image_alt": "Een open la",
    "what_happened": "<p>Iets anders.</p>",
    "hindsight": "<p>Achteraf.</p>",
}
UNSHOWN = {
    "drawing": "lade",
    "check_linking": "Iets anders.",
    "has_discussion": True,
    "discussion_policy": "all_first",
}


@pytest.fixture
def story(db):
    four_eyes.prepared_site()
    return four_eyes.draft(four_eyes.editor())


def image_of(size):
    return get_image_model().objects.create(title="x", file=get_test_image_file(size=size))


class TestDigest:
    @pytest.mark.parametrize("name", SHOWN)
    def test_what_a_reader_sees_is_in_it(self, story, name):
        before = clearance.digest(story)
        setattr(story, name, SHOWN[name])
        assert clearance.digest(story) != before

    @pytest.mark.parametrize("name", UNSHOWN)
    def test_what_no_reader_sees_is_not(self, story, name):
        before = clearance.digest(story)
        setattr(story, name, UNSHOWN[name])
        assert clearance.digest(story) == before

    def test_an_image_counts_by_its_file(self, story):
        first, second = image_of((10, 10)), image_of((20, 10))
        story.image = first
        with_first = clearance.digest(story)
        first.title = "Een andere titel"
        first.save()
        assert clearance.digest(story) == with_first
        story.image = second
        assert clearance.digest(story) != with_first
        second.file_hash = first.file_hash
        assert clearance.digest(story) == with_first

    def test_words_do_not_wander_between_fields(self, story):
        story.lens_capable, story.lens_engaged = "Wat weet je?", ""
        before = clearance.digest(story)
        story.lens_capable, story.lens_engaged = "", "Wat weet je?"
        assert clearance.digest(story) != before

    def test_options_of_a_dilemma_are_shown_in_their_place(self):
        def dilemma(**option):
            shown = {"title": "Zwijgen", "pros": ["Rust"], "cons": ["Spijt"]} | option
            return DilemmaPage(title="D", slug="d", lead="L.", options=[("option", shown)])

        shown = clearance.shown(dilemma())
        assert shown["options.0.option.title"] == "Zwijgen"
        assert "Rust" in [words for path, words in shown.items() if "pros" in path]
        assert clearance.digest(dilemma()) == clearance.digest(dilemma())
        assert clearance.digest(dilemma()) != clearance.digest(
            dilemma(pros=["Spijt"], cons=["Rust"])
        )

    def test_it_is_the_same_before_and_after_the_database(self):
        option = {"title": "Zwijgen", "pros": ["Rust", "Tijd"], "cons": ["Spijt"]}
        index = four_eyes.factories.story().get_parent()
        page = DilemmaPage(title="D", slug="d", lead="L.", live=False, options=[("option", option)])
        before = clearance.digest(page)
        index.add_child(instance=page)
        page.save_revision(clean=False)
        assert clearance.digest(DilemmaPage.objects.get()) == before
        assert clearance.digest(page.get_latest_revision_as_object()) == before

    def test_a_page_type_adds_what_it_shows_elsewhere(self, story, monkeypatch):
        before = clearance.digest(story)
        monkeypatch.setattr(StoryPage, "more_shown", lambda self: {"rows": "Een rij erbij"})
        assert clearance.digest(story) != before

    def test_a_new_empty_column_leaves_a_signature_as_it_is(self, story, monkeypatch):
        before = clearance.digest(story)
        monkeypatch.setattr(StoryPage, "more_shown", lambda self: {"rows": ""})
        assert clearance.digest(story) == before


class TestCleared:
    def test_a_draft_is_not(self, story):
        assert not clearance.is_cleared(story)
        assert not clearance.is_cleared(StoryPage(title="Nieuw", slug="nieuw"))

    def test_signed_words_are(self, story, make):
        make.cleared(story)
        assert clearance.is_cleared(story)
        assert clearance.is_cleared(Page.objects.get(pk=story.pk))
        story.lead = "Een ander woord."
        assert not clearance.is_cleared(story)

    def test_a_signature_under_another_page_counts_for_nothing(self, story, make):
        other = four_eyes.draft()
        Clearance.objects.create(
            page=other,
            digest=clearance.digest(story),
            signed_on=timezone.localdate(),
            standing=Clearance.Standing.OPEN,
        )
        assert not clearance.is_cleared(story)

    @pytest.mark.parametrize("consent", Submission.Consent)
    def test_a_contributor_must_have_agreed(self, story, make, consent):
        make.cleared(story)
        Submission.objects.create(source="contributor", page=story, consent=consent)
        agreed = consent in ("given", "silent", "not_needed")
        assert clearance.is_cleared(story) is agreed

    def test_other_pages_pass(self, story):
        index = story.get_parent()
        assert clearance.only_cleared([index, story]) == [index]

    @pytest.mark.parametrize("generic", [False, True])
    def test_many_cost_as_much_as_two(self, make, django_assert_num_queries, generic):
        picture = image_of((10, 10))
        stories = [
            make.story(image=picture, image_alt="Een la", has_discussion=False) for _n in range(6)
        ]
        StoryPage.objects.filter(pk=stories[3].pk).update(lead="Ongezien veranderd.")
        pages = Page.objects if generic else StoryPage.objects
        some = pages.filter(pk__in=[page.pk for page in stories]).order_by("pk")
        for count in (2, 6):
            given = list(some[:count])
            # A signature comes with a generic page; others are asked for where it does not fit.
            asked = 3 if count == 2 else 4
            with django_assert_num_queries(asked if generic else 2):
                passed = clearance.only_cleared(given)
            assert [page.pk for page in passed] == [
                page.pk for page in given if page.pk != stories[3].pk
            ]


class TestNamesLeft:
    @pytest.mark.parametrize(
        "name",
        ["title", "lead", "what_happened", "image_alt", "pull_quote", "check_linking", "seo_title"],
    )
    def test_a_name_is_found_in_every_field(self, story, name):
        setattr(story, name, f"Dit deed {four_eyes.PLANTED} op het bureau.")
        left = clearance.unresolved(story)
        assert [(one.field, one.words) for one in left] == [(name, four_eyes.PLANTED)]
        assert four_eyes.PLANTED in left[0].what_to_do()

    def test_a_name_is_found_in_an_address(self, story):
        story.slug = "jan-de-vries-en-het-rapport"
        assert [one.field for one in clearance.unresolved(story)] == ["slug"]

    def test_a_link_to_somebody_is_found(self, story):
        story.what_happened = '<p><a href="https://kwispelaar.example/ik">hier</a></p>'
        assert [one.kind for one in clearance.unresolved(story)] == ["url"]

    def test_a_name_across_markup_is_found(self, story):
        story.what_happened = "<p>Toen belde <b>Bartholomeus</b> Kwispelaar mij.</p>"
        assert [one.words for one in clearance.unresolved(story)] == [four_eyes.PLANTED]

    def test_a_name_in_an_option_is_found(self):
        option = {"title": f"Je belt {four_eyes.PLANTED}", "pros": ["Rust"], "cons": ["Spijt"]}
        page = DilemmaPage(title="D", slug="d", lead="L.", options=[("option", option)])
        assert [one.field for one in clearance.unresolved(page)] == ["options"]

    def test_what_may_stay_is_not_left(self, story):
        story.lead = f"Zo schreef {four_eyes.PLANTED} het. Kwispelaar is lang dood."
        story.kept = [("kept", {"words": four_eyes.PLANTED, "reason": "Openbare bron."})]
        assert clearance.unresolved(story) == []

    def test_without_a_reason_nothing_may_stay(self, story):
        story.lead = f"Zo schreef {four_eyes.PLANTED} het."
        story.kept = [("kept", {"words": four_eyes.PLANTED, "reason": ""})]
        assert [one.words for one in clearance.unresolved(story)] == [four_eyes.PLANTED]

    def test_a_reason_names_nobody_else(self, story):
        story.kept = [("kept", {"words": "Thorbecke", "reason": f"Zegt {four_eyes.PLANTED}."})]
        assert [one.field for one in clearance.unresolved(story)] == ["kept"]


class TestObstacles:
    def codes(self, page):
        return [code for code, _sentence in obstacles(page)]

    def test_each_in_its_order(self, story):
        story.lead = f"Dit deed {four_eyes.PLANTED} op het bureau."
        story.check_linking = ""
        Submission.objects.create(source="contributor", page=story)
        four_eyes.editor()
        codes = ["unresolved", "checks_missing", "signature", "consent"]
        assert self.codes(story) == codes

    def test_a_submission_on_the_workbench_comes_from_there(self, story, make):
        make.cleared(story)
        Submission.objects.create(source="contributor", page=story, state="in_hand")
        assert self.codes(story) == ["workbench"]

    def test_nobody_else_may_sign(self, story):
        assert self.codes(story) == ["no_second_editor"]
        four_eyes.editor()
        assert self.codes(story) == ["signature"]

    def test_none_when_it_is_cleared(self, story, make):
        make.cleared(story)
        assert self.codes(story) == []

    def test_words_changed_since_the_signature(self, story, make):
        four_eyes.editor()
        make.cleared(story).lead = "Een ander woord."
        assert self.codes(story) == ["other_words"]
