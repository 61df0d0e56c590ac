"""Words of others in a harvest: picked, asked for, shown while they may be, gone when not."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction, Revision

import harvesting
from counting import counted
from goedwerk_forum import access, harvests
from goedwerk_forum.actions import consents, own
from goedwerk_forum.actions import harvests as acts
from goedwerk_forum.actions.contributions import Words, send_again, withdraw
from goedwerk_forum.actions.release import release
from goedwerk_forum.errors import (
    AlreadyPicked,
    ConsentMoved,
    IllegalTransition,
    NobodyToAsk,
    NotFound,
    NotTheirWords,
    Traceable,
)
from goedwerk_forum.harvest_text import TraceableHarvest
from goedwerk_forum.models import AuditRecord, Discussion, HarvestQuote, OutboxRow
from goedwerk_forum.transitions import Action
from harvesting import QUOTED, SAID
from linking import dumps

pytestmark = pytest.mark.django_db
Consent = HarvestQuote.Consent


class Scene:
    """A discussion with one text in it, its guide, its writer, and a harvest on the site."""

    def __init__(self, make) -> None:
        self.discussion = make.discussion(discussion_policy="all_first")
        self.writer = make.user()
        self.said = make.published(self.discussion, self.writer, text=SAID)
        self.guide = harvesting.guide_of(self.discussion)
        self.page = harvesting.live(harvesting.begun(self.discussion, self.guide))

    def picked(self, **words):
        return harvesting.picked(self.page, self.guide, self.said, **words)

    def consented(self, **words):
        return harvesting.consented(self.page, self.guide, self.said, **words)

    def read(self, client) -> str:
        return client.get(self.page.url).content.decode()


@pytest.fixture
def scene(make):
    return Scene(make)


# --- composing -------------------------------------------------------------------------------


def test_a_guide_begins_a_draft_below_the_page(make):
    discussion = make.discussion()
    guide = harvesting.guide_of(discussion)
    page = acts.start(user=guide, uuid=discussion.uuid.hex)
    assert page.get_parent().pk == discussion.page_id
    assert not page.live
    assert page.permissions_for_user(guide).can_edit()
    assert not page.permissions_for_user(guide).can_publish()
    assert AuditRecord.objects.filter(action="harvest_begun").count() == 1


def test_a_button_pressed_twice_begins_one_draft(make):
    discussion = make.discussion()
    guide = harvesting.guide_of(discussion)
    page = acts.start(user=guide, uuid=discussion.uuid.hex)
    assert acts.start(user=guide, uuid=discussion.uuid.hex) == page
    assert AuditRecord.objects.filter(action="harvest_begun").count() == 1
    page.save_revision(user=guide)
    assert acts.start(user=guide, uuid=discussion.uuid.hex) != page


def test_nobody_else_begins_one(make):
    discussion = make.discussion()
    for other in (make.user(), harvesting.guide_of(make.discussion())):
        with pytest.raises(NotFound):
            acts.start(user=other, uuid=discussion.uuid.hex)
    assert not Page.objects.child_of(discussion.page).exists()


def test_a_harvest_of_a_harvest_is_not_begun(scene):
    scene.page.has_discussion = True
    scene.page.discussion_question = "Wat zou jij toevoegen?"
    scene.page.save()
    inner = Discussion.objects.get(page=scene.page)
    with pytest.raises(NotFound):
        acts.start(user=scene.guide, uuid=inner.uuid.hex)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (QUOTED, SAID),
        ("Wij hebben het   eerst\naan tafel", SAID),
        ("Wij hebben het eerst … schreven we de brief", SAID),
        ("Wij hebben het eerst [...] de brief", SAID),
    ],
)
def test_a_quote_is_a_part_of_what_was_said(text, whole):
    assert acts.is_said(text, whole)


@pytest.mark.parametrize("text", ["Wij hebben niets gedaan.", "de brief … aan tafel", "…", ""])
def test_other_words_are_no_quote(text):
    assert not acts.is_said(text, SAID)


def test_words_that_were_not_said_are_refused_as_a_quote_only(scene):
    with pytest.raises(NotTheirWords):
        scene.picked(text="Wij legden het op tafel.")
    assert not HarvestQuote.objects.exists()
    assert scene.picked(text="Wij legden het op tafel.", form="paraphrase").pk


def test_words_that_name_somebody_are_refused(scene):
    with pytest.raises(Traceable):
        scene.picked(text="Mevrouw Jolanda Kuipers legde het op tafel.", form="paraphrase")
    assert not HarvestQuote.objects.exists()


def test_a_stranger_picks_asks_and_leaves_out_nothing(scene, make):
    quote = scene.picked()
    other = harvesting.guide_of(make.discussion())
    for act in (
        lambda: harvesting.picked(scene.page, other, scene.said),
        lambda: acts.ask(user=other, page_id=scene.page.pk),
        lambda: acts.leave_out(user=other, page_id=scene.page.pk, public_id=quote.public_id),
    ):
        with pytest.raises(NotFound):
            act()
    quote.refresh_from_db()
    assert quote.consent == Consent.PICKED


def test_only_what_readers_see_in_this_discussion_is_picked(scene, make):
    elsewhere = make.published(make.discussion(discussion_policy="all_first"), text=SAID)
    hidden = make.held(scene.discussion, text="Ik schreef het op en legde het in de la.")
    for said in (elsewhere, hidden):
        with pytest.raises(NotFound):
            harvesting.picked(scene.page, scene.guide, said)


def test_nobody_is_asked_whose_link_was_cut(scene):
    own.cut_link(user=scene.writer, discussion=scene.discussion)
    with pytest.raises(NobodyToAsk):
        scene.picked()


def test_a_contribution_is_picked_once(scene):
    scene.picked()
    with pytest.raises(AlreadyPicked):
        scene.picked(text="Daarna pas schreven we de brief")


# --- consent ---------------------------------------------------------------------------------


def test_nothing_is_shown_before_a_yes(scene, client):
    quote = scene.picked()
    assert QUOTED not in scene.read(client)
    assert acts.ask(user=scene.guide, page_id=scene.page.pk) == 1
    assert QUOTED not in scene.read(client)
    assert OutboxRow.objects.filter(kind="consent", object_id=quote.pk).count() == 1
    consents.answer(quote=quote, agrees=True)
    assert QUOTED in scene.read(client)
    assert scene.said.participant.pseudonym in scene.read(client)


def test_asking_twice_asks_once(scene):
    scene.picked()
    assert acts.ask(user=scene.guide, page_id=scene.page.pk) == 1
    assert acts.ask(user=scene.guide, page_id=scene.page.pk) == 0
    assert OutboxRow.objects.filter(kind="consent").count() == 1


def test_a_no_empties_the_words_and_nobody_asks_again(scene, client):
    quote = scene.picked()
    acts.ask(user=scene.guide, page_id=scene.page.pk)
    consents.answer(quote=quote, agrees=False)
    quote.refresh_from_db()
    assert (quote.consent, quote.text) == (Consent.REFUSED, "")
    assert "[ingetrokken]" not in scene.read(client)
    with pytest.raises(AlreadyPicked):
        scene.picked()
    with pytest.raises(IllegalTransition):
        acts.leave_out(user=scene.guide, page_id=scene.page.pk, public_id=quote.public_id)
    assert HarvestQuote.objects.filter(pk=quote.pk).exists()


def test_an_answer_counts_once(scene):
    quote = scene.consented()
    with pytest.raises(ConsentMoved):
        consents.answer(quote=quote, agrees=False)
    quote.refresh_from_db()
    assert quote.consent == Consent.GIVEN


def test_what_is_not_asked_is_not_answered(scene):
    quote = scene.picked()
    with pytest.raises(ConsentMoved):
        consents.answer(quote=quote, agrees=True)
    with pytest.raises(NotFound):
        harvests.own_quote(scene.writer, quote.public_id)


def test_nobody_else_answers(scene, make):
    quote = scene.picked()
    acts.ask(user=scene.guide, page_id=scene.page.pk)
    for other in (make.user(), scene.guide):
        with pytest.raises(NotFound):
            harvests.own_quote(other, quote.public_id)
    assert harvests.own_quote(scene.writer, quote.public_id) == quote


def test_words_and_consent_go_together_in_the_database_too(scene):
    quote = scene.consented()
    for wrong in ({"text": ""}, {"consent": Consent.WITHDRAWN}, {"consent": "maybe"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            HarvestQuote.objects.filter(pk=quote.pk).update(**wrong)


def test_the_record_says_what_and_never_who_or_which_words(scene):
    quote = scene.consented()
    consents.take_back(quote=quote)
    assert consents.record_answers() == 1
    assert consents.record_answers() == 0
    rows = list(AuditRecord.objects.filter(action__startswith="consent").order_by("pk"))
    assert [(row.action, row.actor) for row in rows] == [
        ("consent_asked", "guide"),
        ("consent_given", "author"),
        ("consent_withdrawn", "author"),
    ]
    assert not any(QUOTED in str(vars(row)) for row in rows)


def test_answers_of_one_sitting_do_not_lie_side_by_side_on_record(scene, make):
    """Neither at the moment itself, nor in the order of answering at night."""
    said = [make.published(scene.discussion, text=f"{SAID} Dat was {n}.") for n in range(8)]
    quotes = [harvesting.picked(scene.page, scene.guide, one) for one in said]
    acts.ask(user=scene.guide, page_id=scene.page.pk)
    before = dumps.take().rows("goedwerk_forum_auditrecord")
    for quote in quotes:
        consents.answer(quote=quote, agrees=True)
    assert dumps.take().rows("goedwerk_forum_auditrecord") == before
    assert consents.record_answers() == len(quotes)
    rows = AuditRecord.objects.filter(action="consent_given").order_by("pk")
    on_record = list(rows.values_list("object_id", flat=True))
    answered = [quote.contribution.public_id for quote in quotes]
    assert sorted(on_record) == sorted(answered)
    assert on_record != answered


def test_answer_about_words_that_go_before_night_is_on_record(scene):
    quote = scene.consented()
    acts.leave_out(user=scene.guide, page_id=scene.page.pk, public_id=quote.public_id)
    rows = AuditRecord.objects.filter(action="consent_given")
    assert [row.object_id for row in rows] == [quote.contribution.public_id]
    assert not HarvestQuote.objects.filter(pk=quote.pk).exists()


# --- gone ------------------------------------------------------------------------------------


def test_a_consent_taken_back_takes_the_words_away_everywhere_at_once(scene, client):
    quote = scene.consented()
    versions = _version_of(scene.page)
    consents.take_back(quote=quote)
    quote.refresh_from_db()
    assert (quote.consent, quote.text, quote.was_shown) == (Consent.WITHDRAWN, "", True)
    page = scene.read(client)
    assert QUOTED not in page
    assert "[ingetrokken]" in page
    assert scene.said.participant.pseudonym not in page
    assert _version_of(scene.page) == versions
    assert QUOTED not in _everything_kept_of(scene.page)


def _version_of(page) -> list[int]:
    return list(Discussion.objects.filter(page=page).values_list("version", flat=True))


def _everything_kept_of(page) -> str:
    kept = [str(row.content) for row in Revision.objects.filter(object_id=str(page.pk))]
    return " ".join([*kept, str(vars(page)), *HarvestQuote.objects.values_list("text", flat=True)])


def test_readers_see_another_version_of_the_harvests_own_discussion(scene):
    scene.page.has_discussion = True
    scene.page.discussion_question = "Wat zou jij toevoegen?"
    scene.page.save()
    quote = scene.consented()
    before = _version_of(scene.page)
    consents.take_back(quote=quote)
    assert _version_of(scene.page) == [before[0] + 1]


def test_a_withdrawn_contribution_takes_its_words_along(scene, client):
    quote = scene.consented()
    withdraw(contribution=harvests.pickable_one(scene.page, scene.said.public_id))
    quote.refresh_from_db()
    assert (quote.consent, quote.text) == (Consent.WITHDRAWN, "")
    assert QUOTED not in scene.read(client)


def test_words_that_nobody_read_yet_go_without_a_mark(scene, client, make):
    scene.page.unpublish()
    scene.consented()
    withdraw(contribution=harvests.pickable_one(scene.page, scene.said.public_id))
    assert not HarvestQuote.objects.exists()


@pytest.mark.parametrize("mode", ["", "herkenbaar"])
def test_a_preview_holds_words_of_others_with_their_consent_only(scene, mode):
    page, words = scene.page, QUOTED
    page.insights = [("insight", {"title": "Wachten", "text": "Dat begon in Zutphen."})]
    quote = scene.picked()
    acts.ask(user=scene.guide, page_id=page.pk)
    before = page.make_preview_request(preview_mode=mode).content.decode()
    assert words not in before
    assert 'data-gw-found="municipality">Zutphen' in before
    consents.answer(quote=quote, agrees=True)
    assert words in page.make_preview_request(preview_mode=mode).content.decode()


def test_a_hidden_contribution_is_not_quoted_until_it_is_back(scene, client, make):
    scene.consented()
    hidden = make.judged(_fresh(scene.said), Action.HIDE, "conduct")
    assert QUOTED not in scene.read(client)
    make.judged(hidden, Action.PUBLISH)
    release([scene.discussion.pk])
    assert QUOTED in scene.read(client)


def _fresh(said):
    said.refresh_from_db()
    return said


def test_an_edit_leaves_the_words_that_were_agreed_to(scene, client, make, drive):
    scene.consented()
    _edited(scene, make, drive)
    assert QUOTED in scene.read(client)


def test_what_was_taken_away_once_is_quoted_in_its_own_version_only(scene, client, make, drive):
    """The version agreed to may hold what had to go; nobody can tell by the state alone."""
    scene.consented()
    hidden = make.judged(_fresh(scene.said), Action.HIDE, "traceable")
    make.judged(hidden, Action.PUBLISH)
    release([scene.discussion.pk])
    assert QUOTED in scene.read(client)
    _edited(scene, make, drive)
    assert QUOTED not in scene.read(client)


def _edited(scene, make, drive) -> None:
    said = _fresh(scene.said)
    words = Words("Wij schreven de brief pas na het gesprek aan de keukentafel.", "ervaring")
    send_again(contribution=said, version=said.version, words=words, user=scene.writer)
    drive()
    said.refresh_from_db()
    if said.waiting:
        make.judged(said)
    release([scene.discussion.pk])
    said.refresh_from_db()
    assert said.shown_revision == 2


def test_after_the_link_is_cut_a_consent_stands_as_it_was(scene, client):
    quote = scene.consented()
    own.cut_link(user=scene.writer, discussion=scene.discussion)
    assert QUOTED in scene.read(client)
    with pytest.raises(NotFound):
        harvests.own_quote(scene.writer, quote.public_id)


def test_left_out_by_the_guide_it_is_gone(scene, client):
    quote = scene.consented()
    acts.leave_out(user=scene.guide, page_id=scene.page.pk, public_id=quote.public_id)
    assert QUOTED not in scene.read(client)
    assert not HarvestQuote.objects.exists()


def test_questions_that_nobody_answers_go_in_time(scene):
    import datetime

    quote = scene.picked()
    acts.ask(user=scene.guide, page_id=scene.page.pk)
    assert consents.forget_quotes() == 0
    HarvestQuote.objects.update(day=quote.day - datetime.timedelta(days=184))
    assert consents.forget_quotes() == 1
    assert not HarvestQuote.objects.exists()


# --- the composer's own words ------------------------------------------------------------------


def test_words_of_others_in_the_page_itself_are_refused(scene):
    scene.page.intro = f"Iemand zei het zo. {SAID}"
    with pytest.raises(ValidationError) as refused:
        scene.page.clean()
    assert "citaat" in str(refused.value.message_dict["intro"])


def test_a_name_is_refused_in_every_way_of_saving(scene):
    scene.page.insights = [("insight", {"title": "Bel Jolanda Kuipers", "text": ""})]
    with pytest.raises(ValidationError):
        scene.page.clean()
    with pytest.raises(TraceableHarvest):
        scene.page.save(clean=False)
    with pytest.raises(TraceableHarvest):
        scene.page.save_revision(clean=False)
    assert "Kuipers" not in _everything_kept_of(type(scene.page).objects.get(pk=scene.page.pk))


def test_what_the_finder_learnt_since_does_not_keep_a_page_up(scene):
    Page.objects.filter(pk=scene.page.pk).update(title="Bel Jolanda Kuipers")
    page = type(scene.page).objects.get(pk=scene.page.pk)
    page.unpublish()
    page.refresh_from_db()
    assert not page.live


# --- who reads it ------------------------------------------------------------------------------


def recent():
    return harvests.with_sources(harvests.newest(5, access.public_pages()))


def test_without_its_page_nobody_reads_a_harvest(scene, client):
    assert client.get(scene.page.url).status_code == 200
    assert [page.pk for page in recent()] == [scene.page.pk]
    scene.discussion.page.specific.unpublish()
    assert client.get(scene.page.url).status_code == 404
    assert client.get(f"{scene.page.url}versies/").status_code == 404
    assert recent() == []
    assert not access.public_pages().filter(pk=scene.page.pk).exists()


def test_without_a_clearance_of_its_story_nobody_reads_a_harvest(scene, client):
    from goedwerk_casestudies.models import Clearance

    Clearance.objects.all().delete()
    assert client.get(scene.page.url).status_code == 404
    assert recent() == []


def test_a_restricted_page_restricts_its_harvest(scene, client):
    PageViewRestriction.objects.create(
        page=scene.discussion.page, restriction_type=PageViewRestriction.LOGIN
    )
    assert client.get(scene.page.url).status_code == 302
    assert recent() == []


def test_a_harvest_with_a_restriction_of_its_own_is_not_named_on_the_page(scene, client):
    assert scene.page.title in client.get(scene.discussion.page.url).content.decode()
    PageViewRestriction.objects.create(page=scene.page, restriction_type=PageViewRestriction.LOGIN)
    assert scene.page.title not in client.get(scene.discussion.page.url).content.decode()


def test_it_is_neither_moved_nor_copied(scene, make):
    boss = make.user(is_superuser=True)
    rights = scene.page.permissions_for_user(boss)
    assert rights.can_edit()
    assert not rights.can_move()
    assert not rights.can_copy()
    assert not rights.can_move_to(make.story())
    assert not rights.can_copy_to(make.story())


def test_the_page_of_a_harvest_costs_the_same_for_one_quote_and_for_four(scene, client, make):
    scene.consented()
    scene.read(client)
    with counted() as one:
        scene.read(client)
    for number in range(3):
        said = make.published(scene.discussion, text=f"{SAID} Dat was keer {number}.")
        harvesting.consented(scene.page, scene.guide, said)
    with counted() as four:
        scene.read(client)
    assert one.queries == four.queries
    assert four.rows == 0


def test_versions_say_what_changed_and_no_old_word(scene, client):
    page = scene.page
    page.tips.append(("tip", {"title": "Bel eerst even", "text": ""}))
    page.insights = []
    harvesting.live(_saved(page))
    shown = client.get(f"{page.url}versies/").content.decode()
    assert "1 tip erbij" in shown
    assert "1 inzicht weg" in shown
    assert "Wachten is ook een keuze" not in shown
    assert "versie 2" in client.get(page.url).content.decode()


def _saved(page):
    page.save_revision()
    return page


# --- the pages of the writer and the guide -------------------------------------------------------


def test_a_writer_is_asked_in_her_inbox_and_says_yes_on_the_page(scene, client):
    quote = scene.picked()
    acts.ask(user=scene.guide, page_id=scene.page.pk)
    client.force_login(scene.writer)
    url = reverse("goedwerk_forum:consent", args=[quote.public_id])
    assert url in client.get(reverse("goedwerk_forum:inbox")).content.decode()
    assert QUOTED in client.get(url).content.decode()
    later = client.post(url, {"choice": "later"})
    assert later.status_code == 302
    quote.refresh_from_db()
    assert quote.consent == Consent.ASKED
    assert client.post(url, {"choice": ""}).status_code == 422
    assert client.post(url, {"choice": "ja"}).status_code == 302
    quote.refresh_from_db()
    assert quote.consent == Consent.GIVEN
    assert client.post(url, {"choice": "nee"}).status_code == 409
    assert url not in client.get(reverse("goedwerk_forum:inbox")).content.decode()
    assert client.post(url, {"choice": "terug"}).status_code == 302
    quote.refresh_from_db()
    assert quote.consent == Consent.WITHDRAWN
    assert client.get(url).status_code == 200


def test_a_guide_makes_a_harvest_in_the_admin(make, client):
    discussion = make.discussion(discussion_policy="all_first")
    said = make.published(discussion, text=SAID)
    client.force_login(harvesting.guide_of(discussion))
    begin = reverse("goedwerk_harvests:of_discussion", args=[discussion.uuid.hex])
    desk = client.get(reverse("goedwerk_forum:guide", args=[discussion.uuid.hex]))
    assert begin in desk.content.decode()
    assert client.get(begin).status_code == 200
    compose = client.post(begin)["Location"]
    shown = client.get(compose).content.decode()
    assert said.participant.pseudonym in shown
    page_id = compose.rstrip("/").split("/")[-1]
    pick = reverse("goedwerk_harvests:pick", args=[page_id, said.public_id])
    typed = {"form": "quote", "place": "tips", "text": "Dit zei niemand ooit."}
    refused = client.post(pick, typed)
    assert refused.status_code == 409
    assert "Dit zei niemand ooit." in refused.content.decode()
    assert client.post(pick, {}).status_code == 422
    assert client.post(pick, typed | {"text": QUOTED}).status_code == 302
    client.post(reverse("goedwerk_harvests:ask", args=[page_id]))
    assert HarvestQuote.objects.get().consent == Consent.ASKED
    assert client.get(compose).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page_id])).status_code == 200
