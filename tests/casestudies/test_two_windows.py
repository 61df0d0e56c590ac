"""A story told in two windows: the older one never writes over what the newer one saved."""

from __future__ import annotations

import datetime
import re

import pytest
from django.db.models.signals import pre_delete
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goedwerk_casestudies import access, raw
from goedwerk_casestudies.actions import submissions
from goedwerk_casestudies.errors import OtherDraft
from goedwerk_casestudies.forms import draw_mark
from goedwerk_casestudies.models import Submission
from goedwerk_casestudies.raw import version_of
from versions import version_in

pytestmark = pytest.mark.django_db

NEW = "/inzenden/nieuw/"
#: What stands in the second step of ``stories.draft``.
TOLD = "Zwijgen was makkelijk, maar het voelde niet goed."
NEWER, OLDER = "Uit het nieuwste venster.", "Uit het oude venster."


@pytest.fixture
def writer(make):
    return make.user("kwispel")


@pytest.fixture
def her(writer):
    her = Client()
    her.force_login(writer)
    return her


@pytest.fixture
def draft(stories, writer):
    return stories.draft(writer)


def at(draft, slug="spanning") -> str:
    return reverse("goedwerk_stories:step", args=[draft.public_id, slug])


def stored(draft) -> raw.Raw:
    draft.refresh_from_db()
    return raw.unseal(draft.sealed_raw, draft.uuid)


def typed_in(response) -> str:
    """What stands in the field of the step."""
    return re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", response.content.decode(), re.DOTALL)[1]


@pytest.fixture
def old(her, draft):
    """What the older window carries; the newer one saved since."""
    old = version_in(her.get(at(draft)))
    submissions.save_draft(draft, tension=NEWER)
    return old


def test_the_version_of_a_part_tells_nothing_of_it(settings):
    """Without the key nobody can try which text it is of."""
    version = version_of(TOLD)
    assert version == version_of(TOLD)
    assert version != version_of(NEWER)
    settings.SECRET_KEY = "another-one-that-is-long-enough"
    assert version != version_of(TOLD)


def test_an_empty_part_has_no_version():
    assert version_of("") == ""


@pytest.mark.parametrize("typed", [OLDER, ""])
@pytest.mark.parametrize("press", [{}, {"to": "stop"}, {"to": "gebeurd"}, {"preview": "1"}])
def test_what_was_saved_since_stays_and_she_chooses(her, draft, old, typed, press):
    response = her.post(at(draft), {"text": typed} | old | press)
    page = response.content.decode()
    assert response.status_code == 409
    assert stored(draft).tension == NEWER
    assert "Je bewaarde hier intussen iets anders." in page
    assert NEWER in page
    assert typed_in(response) == typed
    response = her.post(at(draft), {"text": typed} | version_in(response))
    assert response.status_code == 302
    assert stored(draft).tension == typed


def test_she_can_keep_what_was_saved(her, draft, old):
    response = her.post(at(draft), {"text": OLDER} | old)
    assert 'name="to" value="bewaard"' in response.content.decode()
    response = her.post(at(draft), {"text": OLDER, "to": "bewaard"} | version_in(response))
    assert response.url == at(draft)
    assert stored(draft).tension == NEWER
    assert OLDER not in her.get(response.url).content.decode()


def test_without_a_version_no_words_are_written_over(her, draft):
    assert her.post(at(draft), {"text": OLDER}).status_code == 409
    assert stored(draft).tension == TOLD


def test_the_same_text_twice_is_no_quarrel(her, draft, old):
    assert her.post(at(draft), {"text": NEWER} | old).status_code == 302
    assert stored(draft).tension == NEWER


def test_other_steps_are_no_other_text(her, draft):
    old = version_in(her.get(at(draft)))
    submissions.save_draft(draft, hindsight="Nu zou ik bellen.")
    assert her.post(at(draft), {"text": OLDER} | old).status_code == 302
    assert (stored(draft).tension, stored(draft).hindsight) == (OLDER, "Nu zou ik bellen.")


def test_she_may_empty_a_step_that_she_sees(her, draft):
    old = version_in(her.get(at(draft)))
    assert her.post(at(draft), {"text": ""} | old).status_code == 302
    assert stored(draft).tension == ""


def test_presses_that_stay_on_the_page_go_on_with_what_they_saved(her, draft):
    response = her.get(at(draft))
    for text in ("Een.", "Twee.", "Drie."):
        response = her.post(at(draft), {"text": text, "preview": "1"} | version_in(response))
        assert response.status_code == 200
        assert stored(draft).tension == text


def test_the_action_changes_nothing_it_refuses(draft):
    sealed = draft.sealed_raw
    with pytest.raises(OtherDraft) as raised:
        submissions.save_draft(draft, version=version_of(NEWER), tension=OLDER)
    assert raised.value.stored == TOLD
    assert TOLD not in str(raised.value)
    draft.refresh_from_db()
    assert draft.sealed_raw == sealed


def test_the_form_of_a_new_story_in_an_old_window(her, writer):
    form = {"text": OLDER, "submission": draw_mark()}
    her.post(NEW, form)
    draft = access.own_submissions(writer).get()
    submissions.save_draft(draft, what_happened=NEWER)
    response = her.post(NEW, form)
    assert response.status_code == 409
    assert stored(draft).what_happened == NEWER
    assert {OLDER, NEWER} <= set(re.findall(r"Uit het \w+ venster\.", response.content.decode()))
    kept = her.post(NEW, form | {"to": "bewaard"} | version_in(response))
    assert kept.url == at(draft, "gebeurd")
    assert stored(draft).what_happened == NEWER
    assert her.post(NEW, form | version_in(response)).status_code == 302
    assert stored(draft).what_happened == OLDER


def test_the_form_of_a_draft_that_was_thrown_away_begins_anew(her, writer):
    form = {"text": OLDER, "submission": draw_mark()}
    version = version_in(her.post(NEW, form | {"preview": "1"}))
    submissions.throw_away(access.own_submissions(writer).get())
    assert her.post(NEW, form | {"text": NEWER} | version).status_code == 302
    assert stored(access.own_submissions(writer).get()).what_happened == NEWER


def test_a_mark_of_somebody_else_leads_nowhere(her, writer, make):
    form = {"text": TOLD, "submission": draw_mark()}
    her.post(NEW, form)
    draft = access.own_submissions(writer).get()
    other = Client()
    other.force_login(make.user())
    response = other.post(NEW, form | {"text": OLDER, "to": "bewaard"})
    assert response.status_code == 409
    assert draft.public_id not in response.content.decode()
    assert stored(draft).what_happened == TOLD


# --- after a sign-in -------------------------------------------------------------------------


def signed_out_and_in(draft, writer, version) -> Client:
    """Her session ended while she typed; she signed in again."""
    her = Client()
    her.post(at(draft), {"text": OLDER} | version)
    her.force_login(writer)
    return her


def test_words_from_before_the_sign_in_do_not_lie_over_newer_ones(draft, writer, old):
    her = signed_out_and_in(draft, writer, old)
    response = her.get(at(draft))
    page = response.content.decode()
    assert response.status_code == 200
    assert OLDER in page
    assert NEWER in page
    assert "Dit staat er nu bewaard" in page
    assert stored(draft).tension == NEWER
    assert her.post(at(draft), {"text": OLDER, "to": "bewaard"}).url == at(draft)
    page = her.get(at(draft)).content.decode()
    assert OLDER not in page
    assert "Dit staat er nu bewaard" not in page
    assert stored(draft).tension == NEWER


def test_nothing_is_asked_where_nothing_was_saved_since(draft, writer, her):
    her = signed_out_and_in(draft, writer, version_in(her.get(at(draft))))
    response = her.get(at(draft))
    assert OLDER in response.content.decode()
    assert "Dit staat er nu bewaard" not in response.content.decode()
    assert her.post(at(draft), {"text": OLDER} | version_in(response)).status_code == 302
    assert stored(draft).tension == OLDER


# --- the night -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "meanwhile", [{"state": "sent"}, {"touched_on": timezone.localdate()}], ids=["sent", "saved"]
)
def test_a_draft_that_is_sent_or_saved_while_others_go_stays(stories, writer, meanwhile):
    long_ago = timezone.localdate() - datetime.timedelta(days=400)
    for _two in range(2):
        stories.draft(writer)
    Submission.objects.update(touched_on=long_ago)

    def act(instance, **_more):
        Submission.objects.exclude(pk=instance.pk).update(**meanwhile)

    pre_delete.connect(act, sender=Submission)
    try:
        assert submissions.let_go_of_drafts() == 1
    finally:
        pre_delete.disconnect(act, sender=Submission)
    left = Submission.objects.get()
    assert raw.unseal(left.sealed_raw, left.uuid).tension == TOLD


def test_drafts_that_nobody_touches_go(stories, writer):
    for _two in range(2):
        stories.draft(writer)
    Submission.objects.update(touched_on=timezone.localdate() - datetime.timedelta(days=400))
    assert submissions.let_go_of_drafts() == 2
    assert not Submission.objects.exists()
