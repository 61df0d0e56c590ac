"""Taking, handing over, deciding, refusing, making a page: each step, its record, its refusals."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core import serializers
from django.core.exceptions import PermissionDenied
from django.utils import translation
from wagtail.models import Page, PageLogEntry, Revision

import workbench as bench
from goedwerk_casestudies.actions import letters, submissions
from goedwerk_casestudies.actions.stories import NotReady, as_prose, make_page
from goedwerk_casestudies.actions.workbench import (
    NotInHand,
    NotThere,
    StaleWork,
    WhyNot,
    decide_finding,
    desk_of,
    hand_over,
    hands_of,
    refuse,
    save_work,
    take,
    take_back,
    undo,
)
from goedwerk_casestudies.models import News, StoryPage, Submission
from goedwerk_casestudies.obstacles import obstacles
from goedwerk_casestudies.transitions import State
from goedwerk_forum.errors import IllegalTransition
from goedwerk_forum.models import AuditRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return bench.editor("redacteur")


@pytest.fixture
def colleague():
    return bench.editor("collega")


def fresh(submission):
    return Submission.objects.get(pk=submission.pk)


def recorded(submission):
    rows = AuditRecord.objects.filter(object_kind="submission", object_id=submission.public_id)
    return list(rows.order_by("pk").values_list("actor", "action", "before", "after"))


def everything(submission):
    """All that a step can change."""
    return (
        list(Submission.objects.filter(pk=submission.pk).values()),
        list(submission.letters.values()),
        list(News.objects.values()),
        list(AuditRecord.objects.values()),
        list(Page.objects.order_by("pk").values()),
        Revision.objects.count(),
        PageLogEntry.objects.count(),
    )


# --- in whose hands --------------------------------------------------------------------------


def test_take_gives_it_to_one_editor_and_tells_the_contributor(editor):
    submission = bench.sent()
    take(submission, by=editor)
    assert (submission.state, submission.editor) == (State.IN_HAND, editor)
    assert [news.event for news in submission.news.all()] == [News.Event.TAKEN]
    assert recorded(submission)[-1] == ("editor", "in_hand", "sent", "in_hand")


def test_taken_twice_is_taken_once(editor):
    submission = take(bench.sent(), by=editor)
    before = everything(submission)
    take(submission, by=editor)
    assert everything(submission) == before


def test_a_colleague_takes_over_and_the_first_cannot_write_any_more(editor, colleague):
    submission = bench.in_hand(editor)
    take(submission, by=colleague)
    assert recorded(submission)[-1] == ("editor", "hand_over", "in_hand", "in_hand")
    before = everything(submission)
    with pytest.raises(NotInHand):
        save_work(submission, by=editor, version=0, texts={"title": "Anders"})
    assert everything(submission) == before


@pytest.mark.parametrize("to_list", [True, False])
def test_hand_over_to_a_colleague_or_to_the_list(editor, colleague, to_list):
    submission = bench.in_hand(editor)
    hand_over(submission, by=editor, to=None if to_list else colleague)
    assert submission.state == State.IN_HAND
    assert submission.editor == (None if to_list else colleague)
    if to_list:
        assert take(submission, by=colleague).editor == colleague


def test_hand_over_never_fails_because_of_who_wrote_it(editor, colleague):
    hers = bench.in_hand(editor, who=colleague)
    assert hand_over(hers, by=editor, to=colleague).editor == colleague


def test_only_who_has_it_hands_it_over(editor, colleague):
    submission = bench.in_hand(editor)
    before = everything(submission)
    with pytest.raises(NotInHand):
        hand_over(submission, by=colleague, to=colleague)
    assert everything(submission) == before


def test_what_is_not_with_an_editor_cannot_be_taken(editor, colleague):
    submission = bench.in_hand(editor)
    submissions.withdraw(submission)
    before = everything(submission)
    with pytest.raises(IllegalTransition):
        take(submission, by=colleague)
    assert everything(submission) == before


# --- the work --------------------------------------------------------------------------------


def test_work_is_sealed_and_nothing_of_it_is_recorded(editor):
    submission = bench.in_hand(editor)
    before = len(recorded(submission))
    work = save_work(submission, by=editor, version=0, texts={"title": "Een kwestie van geduld"})
    assert work.version == 1
    assert desk_of(submission).work.texts["title"] == "Een kwestie van geduld"
    assert "geduld" not in submission.sealed_work
    assert len(recorded(submission)) == before


def test_saving_what_is_there_makes_no_new_version(editor):
    submission = bench.in_hand(editor)
    save_work(submission, by=editor, version=0, texts={"title": bench.RAW.title})
    assert submission.sealed_work is None
    save_work(submission, by=editor, version=0, texts={"title": "Nieuw"})
    sealed = submission.sealed_work
    save_work(submission, by=editor, version=1, texts={"title": "Nieuw"})
    assert fresh(submission).sealed_work == sealed


def test_a_second_window_does_not_write_over_the_first(editor):
    submission = bench.in_hand(editor)
    index = bench.overview()
    save_work(submission, by=editor, version=0, texts={"title": "Eerst"})
    before = everything(submission)
    for attempt in (
        lambda: save_work(submission, by=editor, version=0, texts={"title": "Later"}),
        lambda: decide_finding(submission, by=editor, version=0, key="x", put="y"),
        lambda: undo(submission, by=editor, version=0, number=1),
        lambda: make_page(submission, by=editor, version=0, parent=index),
    ):
        with pytest.raises(StaleWork):
            attempt()
    assert everything(submission) == before


@pytest.mark.parametrize("everywhere", [True, False])
def test_decision_replaces_everywhere_or_here(editor, everywhere):
    submission = bench.in_hand(editor)
    seen = next(s for s in desk_of(submission).examined.open if s.part == "what_happened")
    decide_finding(
        submission, by=editor, version=0, key=seen.key, put="een collega", everywhere=everywhere
    )
    texts = desk_of(submission).work.texts
    assert texts["what_happened"].startswith("een collega belde mij")
    assert ("Bartholomeus" in texts["tension"]) is not everywhere
    undo(submission, by=editor, version=1, number=1)
    assert desk_of(submission).work.texts["what_happened"] == bench.RAW.what_happened


def test_words_that_are_gone_cannot_be_decided_on(editor):
    submission = bench.in_hand(editor)
    before = everything(submission)
    with pytest.raises(NotThere):
        decide_finding(submission, by=editor, version=0, key="0" * 16, put="iets")
    assert everything(submission) == before


def test_all_who_wrote_are_remembered(editor, colleague):
    submission = bench.in_hand(editor)
    save_work(submission, by=editor, version=0, texts={"title": "Eerst"})
    take(submission, by=colleague)
    save_work(submission, by=colleague, version=1, texts={"title": "Later"})
    assert hands_of(submission) == {str(editor.pk), str(colleague.pk)}


def test_withdrawn_meanwhile_nothing_is_kept(editor):
    submission = bench.in_hand(editor)
    stale = fresh(submission)
    submissions.withdraw(submission)
    with pytest.raises(IllegalTransition):
        save_work(stale, by=editor, version=0, texts={"title": "Te laat"})
    assert fresh(submission).sealed_work is None


# --- refusing --------------------------------------------------------------------------------


def test_refusal_tells_the_contributor_why_and_closes(editor):
    submission = bench.in_hand(editor)
    refuse(submission, by=editor, why=WhyNot.TOLD, words="Dank je wel voor het vertellen.")
    assert submission.state == State.REFUSED
    assert submission.closed_on is not None
    letter = letters.read(submission.letters.get())
    assert letter == f"{WhyNot.TOLD.label}\n\nDank je wel voor het vertellen."
    assert News.Event.REFUSED in [news.event for news in submission.news.all()]
    assert recorded(submission)[-1] == ("editor", "refused", "in_hand", "refused")


def test_reason_is_in_the_language_of_the_site(editor):
    submission = bench.in_hand(editor)
    with translation.override("en"):
        refuse(submission, by=editor, why=WhyNot.TOLD, words="")
    assert letters.read(submission.letters.get()) == str(WhyNot.TOLD.label)
    assert str(WhyNot.TOLD.label).startswith("Er staat al")


def test_refusal_takes_the_page_away(editor):
    submission = bench.abstracted(editor)
    page = make_page(submission, by=editor, version=1, parent=bench.overview())
    refuse(submission, by=editor, why=WhyNot.TRACEABLE, words="")
    assert not Page.objects.filter(pk=page.pk).exists()
    assert fresh(submission).page_id is None


def test_only_who_has_it_refuses(editor, colleague):
    submission = bench.in_hand(editor)
    before = everything(submission)
    with pytest.raises(NotInHand):
        refuse(submission, by=colleague, why=WhyNot.TOLD, words="")
    assert everything(submission) == before


def test_published_cannot_be_refused(editor):
    submission = bench.abstracted(editor)
    make_page(submission, by=editor, version=1, parent=bench.overview())
    submissions.mark_published(submission)
    before = everything(submission)
    with pytest.raises(IllegalTransition):
        refuse(submission, by=editor, why=WhyNot.TOLD, words="")
    assert everything(submission) == before


# --- making a page ---------------------------------------------------------------------------


def test_page_is_a_draft_with_the_abstracted_words_and_the_answers(editor):
    submission = bench.abstracted(editor)
    index = bench.overview()
    page = make_page(submission, by=editor, version=1, parent=index)
    page = StoryPage.objects.get(pk=page.pk)
    assert (page.live, page.owner, page.get_parent().specific) == (False, editor, index)
    assert (page.title, page.lead) == (bench.TEXTS["title"], bench.TEXTS["lead"])
    assert page.what_happened == "<p>Een collega belde mij laat op de avond.</p><p>Ik nam op.</p>"
    assert page.done.endswith("<ul><li>bellen</li><li>zeggen wat ik zag</li></ul>")
    assert page.check_linking == bench.ANSWERS["check_linking"]
    assert page.latest_revision.user == editor
    assert (submission.state, submission.page_id) == (State.ABSTRACTED, page.pk)
    assert recorded(submission)[-1] == ("editor", "abstracted", "in_hand", "abstracted")


def test_kept_words_go_along_with_their_reasons(editor):
    submission = bench.abstracted(editor)
    save_work(
        submission, by=editor, version=1, texts={"hindsight": "Het ging over de wet in Almelo."}
    )
    seen = next(s for s in desk_of(submission).examined.open if s.words == "Almelo")
    decide_finding(submission, by=editor, version=2, key=seen.key, reason="staat in de wet")
    page = make_page(submission, by=editor, version=3, parent=bench.overview())
    assert [dict(block.value) for block in page.kept] == [
        {"words": "Almelo", "reason": "staat in de wet"}
    ]


def test_page_goes_to_the_workflow_of_its_place(editor):
    submission = bench.abstracted(editor)
    bench.with_workflow(bench.overview())
    page = make_page(submission, by=editor, version=1, parent=bench.overview())
    state = page.current_workflow_state
    assert (state.status, state.requested_by) == ("in_progress", editor)


@pytest.mark.parametrize(
    ("texts", "checks", "sentence"),
    [
        ({"done": "Ik belde Bartholomeus Kwispelaar."}, {}, "Over 1 plek"),
        ({"title": " "}, {}, "‘Titel’ is nog leeg"),
        ({"lead": ""}, {}, "‘Inleiding’ is nog leeg"),
        ({"what_happened": ""}, {}, "‘Wat er gebeurde’ is nog leeg"),
        ({"lead": "a " * 201}, {}, "‘Inleiding’ is te lang"),
        ({}, {"check_linking": ""}, "‘Is het te koppelen?’ is nog niet"),
        ({}, {"check_linking": "Jan de Vries is weg."}, "staat een naam of nummer"),
    ],
)
def test_no_page_before_all_is_done(editor, texts, checks, sentence):
    submission = bench.abstracted(editor)
    save_work(submission, by=editor, version=1, texts=texts, checks=checks)
    index = bench.overview()
    before = everything(submission)
    with pytest.raises(NotReady) as refused:
        make_page(submission, by=editor, version=2, parent=index)
    assert [sentence in one.sentence for one in refused.value.obstacles] == [True]
    assert everything(submission) == before


def test_what_should_or_could_be_changed_does_not_stop_a_page(editor):
    submission = bench.abstracted(editor)
    save_work(submission, by=editor, version=1, texts={"done": "Het was 12 november 2021."})
    desk = desk_of(submission)
    assert desk.examined.open
    assert obstacles(desk.work, desk.examined) == []


def test_who_may_not_add_a_page_there_makes_none():
    without = bench.factories.user(groups=(bench.group("kaal", "abstract_submission"),))
    submission = bench.abstracted(without)
    index = bench.overview()
    before = everything(submission)
    with pytest.raises(PermissionDenied):
        make_page(submission, by=without, version=1, parent=index)
    assert everything(submission) == before


def test_nobody_else_makes_a_page_of_it(editor, colleague):
    submission = bench.abstracted(editor)
    index = bench.overview()
    before = everything(submission)
    with pytest.raises(NotInHand):
        make_page(submission, by=colleague, version=1, parent=index)
    assert everything(submission) == before


def test_back_on_the_workbench_the_workflow_ends_and_the_same_page_gets_the_new_words(editor):
    submission = bench.abstracted(editor)
    bench.with_workflow(bench.overview())
    page = make_page(submission, by=editor, version=1, parent=bench.overview())
    take_back(submission, by=editor)
    assert submission.state == State.IN_HAND
    assert StoryPage.objects.get(pk=page.pk).current_workflow_state is None
    save_work(submission, by=editor, version=1, texts={"title": "De chef die belde"})
    again = make_page(submission, by=editor, version=2, parent=bench.overview())
    assert again.pk == page.pk
    assert StoryPage.objects.count() == 1
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "De chef die belde"
    assert again.current_workflow_state.status == "in_progress"


def test_what_was_not_with_a_second_editor_cannot_be_taken_back(editor):
    submission = bench.sent()
    before = everything(submission)
    with pytest.raises(IllegalTransition):
        take_back(submission, by=editor)
    assert everything(submission) == before


def test_no_word_of_the_raw_text_is_anywhere_but_sealed(editor):
    submission = bench.in_hand(editor)
    seen = desk_of(submission).examined.open[0]
    decide_finding(submission, by=editor, version=0, key=seen.key, put="een collega")
    save_work(submission, by=editor, version=1, texts=bench.TEXTS, checks=bench.ANSWERS)
    make_page(submission, by=editor, version=2, parent=bench.overview())
    take_back(submission, by=editor)
    refuse(submission, by=editor, why=WhyNot.TRACEABLE, words="Het spijt ons.")
    for model in apps.get_models():
        rows = serializers.serialize("json", model._default_manager.all()).lower()
        for word in bench.PLANTED:
            assert word not in rows, model


def test_plain_text_becomes_paragraphs_and_lists_and_nothing_else():
    assert as_prose("a\nb\n\n- c\n- d\n\n<script>&") == (
        "<p>a<br/>b</p><ul><li>c</li><li>d</li></ul><p>&lt;script&gt;&amp;</p>"
    )
    assert as_prose(" \n \n") == ""
