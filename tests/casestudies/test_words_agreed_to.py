"""Her yes holds for the words that she read, and a text that she turned down goes nowhere."""

from __future__ import annotations

import datetime

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import four_eyes
from counting import counted
from goedwerk_casestudies import clearance
from goedwerk_casestudies.actions import letters, submissions
from goedwerk_casestudies.actions.clearance import Why, revoke, sign
from goedwerk_casestudies.actions.submissions import Answer, answer_consent
from goedwerk_casestudies.actions.workbench import take_back
from goedwerk_casestudies.errors import NotCleared, OtherStory, TurnedDown
from goedwerk_casestudies.models import Clearance, News, StoryPage, Submission
from goedwerk_casestudies.transitions import EDITOR, State, move
from goedwerk_forum.errors import IllegalTransition

pytestmark = pytest.mark.django_db

Consent, Standing = Submission.Consent, Clearance.Standing
#: What an answer with a mistake asks of the database (queries).
CONSENT = 12
FIRST, SECOND = "De eerste inleiding.", "Een andere inleiding."


@pytest.fixture
def editor(db):
    four_eyes.prepared_site()
    return four_eyes.editor("eerste")


@pytest.fixture
def signer(editor):
    return four_eyes.editor("tweede")


@pytest.fixture
def writer(make):
    return make.user("vertelster")


@pytest.fixture
def her(writer):
    her = Client()
    her.force_login(writer)
    return her


@pytest.fixture
def page(editor):
    return four_eyes.draft(editor, lead=FIRST)


@pytest.fixture
def asked(page, editor, signer, stories, writer):
    """A submission of hers whose first text was signed: she is asked about it."""
    made = stories.sent(writer, goes_on_if_silent=True)
    Submission.objects.filter(pk=made.pk).update(page=page, editor=editor, state=State.ABSTRACTED)
    sign(page, by=signer)
    made.refresh_from_db()
    assert made.state == State.ASKED
    return made


def now(submission) -> Submission:
    return Submission.objects.get(pk=submission.pk)


def written(page, lead: str, by) -> str:
    """A revision with another text; gives its digest."""
    fresh = StoryPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    fresh.lead = lead
    fresh.save_revision(user=by)
    return four_eyes.digest_of(fresh)


def written_and_signed(page, lead: str, by, signer) -> str:
    words = written(page, lead, by)
    sign(StoryPage.objects.get(pk=page.pk).get_latest_revision(), by=signer)
    return words


def replaced(submission, page, editor, signer, lead: str = SECOND) -> str:
    """The editor takes it back, writes another text and has it signed: she is asked about it."""
    take_back(submission, by=editor)
    words = written(page, lead, editor)
    move(submission, State.ABSTRACTED, actor=EDITOR)
    sign(StoryPage.objects.get(pk=page.pk).get_latest_revision(), by=signer)
    return words


def long_ago() -> datetime.date:
    """A day on which she was asked, so that her term is over."""
    return timezone.localdate() - datetime.timedelta(days=99)


def url_of(submission) -> str:
    return reverse("goedwerk_stories:consent", args=[submission.public_id])


def standing_of(page) -> dict[str, str]:
    return dict(Clearance.objects.filter(page_id=page.pk).values_list("digest", "standing"))


# --- her answer is about what she read -------------------------------------------------------


def test_her_yes_opens_exactly_the_words_that_she_read(asked, page):
    words = four_eyes.digest_of(page)
    assert standing_of(page) == {words: Standing.WAITS}
    answer_consent(asked, Answer.AGREE, read=words)
    assert now(asked).consent == Consent.GIVEN
    assert standing_of(page) == {words: Standing.OPEN}
    assert clearance.is_cleared(page)


@pytest.mark.parametrize("answer", Answer)
def test_an_answer_to_other_words_is_none(asked, page, editor, signer, answer):
    read = four_eyes.digest_of(page)
    new = replaced(asked, page, editor, signer)
    for before in (read, "", "0" * 64):
        with pytest.raises(OtherStory), transaction.atomic():
            answer_consent(asked, answer, read=before, words="Laat het busje weg.")
    assert (now(asked).state, now(asked).consent) == (State.ASKED, Consent.ASKED)
    assert standing_of(page) == {new: Standing.WAITS}
    assert not asked.letters.exists()
    assert StoryPage.objects.filter(pk=page.pk).exists()


@pytest.mark.parametrize("choice", ["agree", "change", "stop"])
def test_in_an_old_window_she_gets_the_new_text_and_keeps_her_words(
    asked, page, editor, signer, her, choice
):
    old = her.get(url_of(asked))
    assert FIRST in old.content.decode()
    assert four_eyes.digest_of(page) in old.content.decode()
    new = replaced(asked, page, editor, signer)
    typed = {"choice": choice, "text": "Laat het busje weg."}
    form = typed | {"version": four_eyes.digest(page)}
    response = her.post(url_of(asked), form)
    shown = response.content.decode()
    assert response.status_code == 409
    assert "Het verhaal is veranderd sinds je het las." in shown
    assert SECOND in shown
    assert "Laat het busje weg." in shown
    assert "checked" not in shown
    assert (now(asked).state, now(asked).consent) == (State.ASKED, Consent.ASKED)
    assert not asked.letters.exists()
    assert f'name="version" value="{new}"' in shown
    her.post(url_of(asked), typed | {"choice": "agree", "version": new})
    assert now(asked).consent == Consent.GIVEN
    assert letters.read(asked.letters.get()) == "Laat het busje weg."


def test_a_form_with_a_mistake_says_that_the_text_changed(asked, page, editor, signer, her):
    read = four_eyes.digest_of(page)
    new = replaced(asked, page, editor, signer)
    response = her.post(url_of(asked), {"text": "Hm.", "version": read})
    assert response.status_code == 409
    assert "Het verhaal is veranderd sinds je het las." in response.content.decode()
    response = her.post(url_of(asked), {"text": "Hm.", "version": new})
    assert response.status_code == 422
    assert now(asked).consent == Consent.ASKED


def test_what_she_is_asked_about_is_looked_up_once(asked, page, her):
    typed = {"text": "Hm.", "version": four_eyes.digest_of(page)}
    her.post(url_of(asked), typed)
    with counted() as work:
        assert her.post(url_of(asked), typed).status_code == 422
    assert work.queries == CONSENT


@pytest.mark.parametrize("knows", [True, False])
def test_a_choice_from_before_the_sign_in_is_not_made_for_her(
    asked, page, editor, signer, writer, knows
):
    her, read = Client(), four_eyes.digest_of(page)
    new = replaced(asked, page, editor, signer)
    version = {"version": read} if knows else {}
    her.post(url_of(asked), {"choice": "agree", "text": "Mooi zo."} | version)
    her.force_login(writer)
    shown = her.get(url_of(asked)).content.decode()
    assert "Mooi zo." in shown
    assert "Het verhaal is veranderd sinds je het las." in shown
    assert "checked" not in shown
    assert f'name="version" value="{new}"' in shown


def test_she_reads_what_was_signed_not_what_is_being_written(asked, page, editor, her):
    written(page, SECOND, editor)
    shown = her.get(url_of(asked)).content.decode()
    assert FIRST in shown
    assert SECOND not in shown


def test_taken_back_the_old_window_shows_no_unsigned_word(asked, page, editor, her):
    read = four_eyes.digest_of(page)
    take_back(asked, by=editor)
    written(page, SECOND, editor)
    response = her.post(url_of(asked), {"choice": "agree", "text": "Mooi.", "version": read})
    assert response.status_code == 409
    assert "Mooi." in response.content.decode()
    assert SECOND not in response.content.decode()
    assert now(asked).consent == Consent.NOT_ASKED


@pytest.mark.parametrize("goes_on_if_silent", [True, False])
def test_without_a_signature_nothing_is_asked_and_silence_says_nothing(
    asked, page, signer, her, goes_on_if_silent
):
    Submission.objects.update(goes_on_if_silent=goes_on_if_silent)
    read = four_eyes.digest_of(page)
    revoke(page, by=signer, why=Why.MISTAKE)
    assert "leest het verhaal nog een keer na" in her.get(url_of(asked)).content.decode()
    with pytest.raises(IllegalTransition), transaction.atomic():
        answer_consent(asked, Answer.AGREE, read=read)
    Submission.objects.update(asked_on=long_ago())
    assert submissions.lapse_silent() == 0
    assert (now(asked).state, now(asked).consent) == (State.ASKED, Consent.ASKED)
    assert StoryPage.objects.filter(pk=page.pk).exists()
    sign(page, by=signer)
    assert now(asked).asked_on == timezone.localdate()
    assert submissions.lapse_silent() == 0
    assert News.objects.filter(event=News.Event.ASKED).count() == 2
    Submission.objects.update(asked_on=long_ago())
    assert submissions.lapse_silent() == 1
    assert now(asked).consent == (Consent.SILENT if goes_on_if_silent else Consent.REFUSED)


def test_silence_opens_the_words_that_waited(asked, page, her):
    assert "dan gaat het verhaal door" in her.get(url_of(asked)).content.decode()
    Submission.objects.update(asked_on=long_ago())
    assert submissions.lapse_silent() == 1
    assert standing_of(page) == {four_eyes.digest_of(page): Standing.OPEN}


def test_other_words_signed_while_she_reads_give_her_the_whole_term(asked, page, editor, signer):
    Submission.objects.update(asked_on=long_ago())
    written_and_signed(page, SECOND, editor, signer)
    assert submissions.lapse_silent() == 0
    assert now(asked).consent == Consent.ASKED
    assert News.objects.filter(event=News.Event.ASKED).count() == 2


@pytest.fixture
def written_back(asked, page, editor, signer):
    """She was asked about a second text; then an editor saved the first one again."""
    second = written_and_signed(page, SECOND, editor, signer)
    written(page, FIRST, editor)
    return second


def test_what_she_is_asked_changes_with_a_signature_alone(asked, page, written_back, her):
    assert standing_of(page) == {written_back: Standing.WAITS}
    shown = her.get(url_of(asked)).content.decode()
    assert SECOND in shown
    assert FIRST not in shown
    assert f'name="version" value="{written_back}"' in shown
    with pytest.raises(OtherStory), transaction.atomic():
        answer_consent(asked, Answer.AGREE, read=four_eyes.digest_of(page))
    assert now(asked).consent == Consent.ASKED


def test_her_silence_is_about_the_words_that_she_was_asked_about(asked, page, written_back):
    Submission.objects.update(asked_on=long_ago())
    assert submissions.lapse_silent() == 1
    assert standing_of(page) == {written_back: Standing.OPEN}


def test_signed_once_more_the_first_text_asks_her_again(asked, page, written_back, signer):
    Submission.objects.update(asked_on=long_ago())
    sign(StoryPage.objects.get(pk=page.pk).get_latest_revision(), by=signer)
    assert standing_of(page) == {four_eyes.digest_of(page): Standing.WAITS}
    assert now(asked).asked_on == timezone.localdate()
    assert News.objects.filter(event=News.Event.ASKED).count() == 3


# --- a second yes ----------------------------------------------------------------------------


def test_words_with_a_second_yes_arrive(asked, page):
    read = four_eyes.digest_of(page)
    answer_consent(asked, Answer.AGREE, read=read)
    answer_consent(asked, Answer.AGREE, read=read, words="Bedankt, en let op de datum.")
    assert letters.read(asked.letters.get()) == "Bedankt, en let op de datum."
    assert now(asked).consent == Consent.GIVEN
    assert standing_of(page) == {read: Standing.OPEN}


def test_a_second_yes_to_other_words_is_refused(asked, page, editor, signer):
    old = four_eyes.digest_of(page)
    new = replaced(asked, page, editor, signer)
    answer_consent(asked, Answer.AGREE, read=new)
    with pytest.raises(IllegalTransition), transaction.atomic():
        answer_consent(asked, Answer.AGREE, read=old, words="Bedankt.")
    assert not asked.letters.exists()
    assert standing_of(page) == {new: Standing.OPEN}


# --- what she turned down --------------------------------------------------------------------


@pytest.fixture
def restored(asked, page, editor, signer):
    """She turned the first text down and agreed to the second; an editor restored the first."""
    first = four_eyes.digest_of(page)
    answer_consent(asked, Answer.CHANGE, read=first, words="Laat het busje weg.")
    move(asked, State.ABSTRACTED, actor=EDITOR)
    second = written_and_signed(page, SECOND, editor, signer)
    answer_consent(asked, Answer.AGREE, read=second)
    assert standing_of(page) == {first: Standing.TURNED_DOWN, second: Standing.OPEN}
    assert written(page, FIRST, editor) == first
    return StoryPage.objects.get(pk=page.pk)


def by_revision(page, admin):
    page.get_latest_revision().publish()


def by_save(page, admin):
    page = page.get_latest_revision_as_object()
    page.live = True
    page.save()


def by_button(page, admin):
    latest = page.get_latest_revision_as_object()
    admin.post(four_eyes.edit_url(page), four_eyes.form_of(latest) | {"action-publish": "on"})


def by_workflow(page, admin):
    page.get_workflow().start(page, None)
    StoryPage.objects.get(pk=page.pk).current_workflow_state.finish()


def by_schedule(page, admin):
    moment = timezone.now() - datetime.timedelta(minutes=1)
    page.revisions.filter(pk=page.latest_revision_id).update(approved_go_live_at=moment)
    call_command("publish_scheduled")


def by_admin_api(page, admin):
    admin.post(reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"]))


ROADS = [by_revision, by_save, by_button, by_workflow, by_schedule, by_admin_api]


@pytest.fixture
def admin(make):
    admin = Client()
    admin.force_login(make.user("beheerder", is_superuser=True, is_staff=True))
    return admin


@pytest.mark.parametrize("road", ROADS, ids=lambda road: road.__name__)
class TestRoad:
    def test_is_shut_to_a_text_that_she_turned_down(self, restored, road, admin, client):
        try:
            with transaction.atomic():
                road(restored, admin)
        except (NotCleared, IntegrityError):
            pass
        assert not four_eyes.is_live(restored)
        assert client.get(restored.url).status_code == 404

    def test_is_open_to_the_one_she_agreed_to(self, restored, road, admin, client, editor):
        written(restored, SECOND, editor)
        road(StoryPage.objects.get(pk=restored.pk), admin)
        assert four_eyes.is_live(restored)
        assert SECOND in client.get(restored.url).content.decode()


def test_the_database_opens_no_page_with_a_text_that_waits(asked, page):
    live = StoryPage.objects.filter(pk=page.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        live.update(live=True)
    assert not four_eyes.is_live(page)
    answer_consent(asked, Answer.AGREE, read=four_eyes.digest_of(page))
    live.update(live=True)
    assert four_eyes.is_live(page)


def test_published_under_the_guard_it_is_still_not_read(restored, client):
    """As code does that goes past every signal: the page is found out when it is read."""
    StoryPage.objects.filter(pk=restored.pk).update(live=True, lead=FIRST)
    assert client.get(restored.url).status_code == 404
    assert client.get(f"/api/v2/pages/{restored.pk}/").status_code == 404
    assert FIRST not in client.get("/api/v2/pages/?fields=*").content.decode()


def test_before_publication_she_is_asked_about_it_once_more(restored, asked, signer):
    sign(restored.get_latest_revision(), by=signer)
    first = four_eyes.digest_of(restored)
    assert now(asked).consent == Consent.ASKED
    assert standing_of(restored)[first] == Standing.WAITS
    assert not clearance.is_cleared(restored.get_latest_revision_as_object())


def test_after_publication_nobody_signs_it_any_more(restored, asked, signer, editor, client):
    written(restored, SECOND, editor)
    StoryPage.objects.get(pk=restored.pk).get_latest_revision().publish()
    assert now(asked).state == State.PUBLISHED
    first = written(restored, FIRST, editor)
    with pytest.raises(TurnedDown), transaction.atomic():
        sign(StoryPage.objects.get(pk=restored.pk).get_latest_revision(), by=signer)
    assert standing_of(restored)[first] == Standing.TURNED_DOWN
    assert [code for code, _sentence in four_eyes.obstacles(restored)] == ["turned_down"]
    assert SECOND in client.get(restored.url).content.decode()
    typo = written_and_signed(restored, "Een andere inleiding!", editor, signer)
    assert standing_of(restored)[typo] == Standing.OPEN
    StoryPage.objects.get(pk=restored.pk).get_latest_revision().publish()
    assert "Een andere inleiding!" in client.get(restored.url).content.decode()


def test_taking_back_ends_what_was_signed(asked, page, editor):
    take_back(asked, by=editor)
    assert standing_of(page) == {}
    assert [code for code, _sentence in four_eyes.obstacles(page)] == ["signature", "workbench"]


def test_a_signature_that_is_taken_back_forgets_no_refusal(restored, signer):
    first = four_eyes.digest_of(restored)
    revoke(restored, by=signer, why=Why.MISTAKE)
    assert standing_of(restored) == {first: Standing.TURNED_DOWN}


@pytest.fixture
def asked_once_more(restored, signer):
    """Before publication the text that she turned down was signed again; gives its digest."""
    sign(restored.get_latest_revision(), by=signer)
    first = four_eyes.digest_of(restored.get_latest_revision_as_object())
    assert standing_of(restored) == {first: Standing.WAITS}
    return first


def test_signed_again_it_stays_known_that_she_turned_it_down(
    restored, asked, asked_once_more, signer, editor
):
    second = written_and_signed(restored, SECOND, editor, signer)
    turned_down = {asked_once_more: Standing.TURNED_DOWN}
    assert standing_of(restored) == turned_down | {second: Standing.WAITS}
    answer_consent(asked, Answer.AGREE, read=second)
    StoryPage.objects.get(pk=restored.pk).get_latest_revision().publish()
    assert now(asked).state == State.PUBLISHED
    written(restored, FIRST, editor)
    with pytest.raises(TurnedDown), transaction.atomic():
        sign(StoryPage.objects.get(pk=restored.pk).get_latest_revision(), by=signer)
    assert standing_of(restored) == turned_down | {second: Standing.OPEN}


def by_taking_back(asked, page, signer, editor):
    take_back(asked, by=editor)


def by_revoking(asked, page, signer, editor):
    revoke(page, by=signer, why=Why.MISTAKE)


def by_another_no(asked, page, signer, editor):
    answer_consent(asked, Answer.CHANGE, read=four_eyes.digest_of(page), words="Nog steeds niet.")


@pytest.mark.parametrize("end", [by_taking_back, by_revoking, by_another_no])
def test_a_refusal_outlives_the_signature_that_came_after_it(
    restored, asked, asked_once_more, signer, editor, end
):
    end(now(asked), restored.get_latest_revision_as_object(), signer, editor)
    assert standing_of(restored) == {asked_once_more: Standing.TURNED_DOWN}


def test_her_silence_is_no_yes_to_what_she_turned_down(restored, asked, asked_once_more, her):
    Submission.objects.update(asked_on=long_ago())
    assert submissions.lapse_silent() == 0
    assert (now(asked).state, now(asked).consent) == (State.ASKED, Consent.ASKED)
    assert standing_of(restored) == {asked_once_more: Standing.WAITS}
    shown = her.get(url_of(asked)).content.decode()
    assert "Hij komt alleen op de site als je nu zelf ja zegt." in shown
    assert "dan gaat het verhaal door" not in shown


def test_who_wants_no_story_without_her_yes_is_not_asked_for_ever(restored, asked, asked_once_more):
    Submission.objects.update(asked_on=long_ago(), goes_on_if_silent=False)
    assert submissions.lapse_silent() == 1
    assert now(asked).consent == Consent.REFUSED


def test_the_database_keeps_a_refusal_shut(restored, asked_once_more):
    for standing in (Standing.OPEN, "elsewhere"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Clearance.objects.update(standing=standing)
    with pytest.raises(IntegrityError), transaction.atomic():
        Clearance.objects.update(standing=Standing.TURNED_DOWN, was_turned_down=False)
    assert standing_of(restored) == {asked_once_more: Standing.WAITS}


def test_her_own_yes_ends_a_refusal(restored, asked, asked_once_more, signer):
    answer_consent(asked, Answer.AGREE, read=asked_once_more)
    assert standing_of(restored) == {asked_once_more: Standing.OPEN}
    revoke(restored, by=signer, why=Why.MISTAKE)
    assert standing_of(restored) == {}


def test_where_nobody_is_asked_the_signature_opens(page, editor, signer, stories, writer):
    made = stories.sent(writer, wants_result=False)
    Submission.objects.filter(pk=made.pk).update(page=page, editor=editor, state=State.ABSTRACTED)
    sign(page, by=signer)
    assert standing_of(page) == {four_eyes.digest_of(page): Standing.OPEN}
    assert clearance.is_cleared(page)
