"""Names planted in a raw text, looked for everywhere after the whole flow: rows, files, logs, mail.

The raw text is in the clear in nobody's table; whoever wrote it is in no table but the accounts'.
"""

from __future__ import annotations

import datetime
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import four_eyes
from goedwerk_casestudies import raw
from goedwerk_casestudies.actions import letters, submissions
from goedwerk_casestudies.actions.submissions import Answer
from goedwerk_casestudies.forms import draw_mark
from goedwerk_casestudies.models import Submission
from goedwerk_casestudies.transitions import State
from linking import dumps, week

pytestmark = pytest.mark.django_db

#: In the texts: names, a place, a number; and words that only the contributor's letter holds.
PLANTED = ("Bartholomeus", "Kwispelaar", "Zwartendijk", "Hardenbroekerveen", "NL91ABNA0417164300")
LETTER = "zeepaardjesgeheim"
WHO, MAIL = "kwispelwriter", "kwispel@thuis.example"
STORY = (
    "In Hardenbroekerveen vroeg Bartholomeus Kwispelaar mij een rekening te betalen op "
    "NL91ABNA0417164300. Fenna Zwartendijk wist ervan."
)
BESIDE = {dumps.ACCOUNTS, *dumps.BESIDE}


def tables_with(words, *, skip=frozenset()) -> dict[str, set[str]]:
    """Which tables hold which of these words; the accounts' own may."""
    found: dict[str, set[str]] = {}
    for name, table in dumps.take().tables.items():
        everything = "\n".join(str(value) for row in table.rows for value in row).casefold()
        here = {word for word in words if word.casefold() in everything}
        if here and name not in skip:
            found[name] = here
    return found


def files_with(words) -> list[str]:
    """Files in the media folder whose name or content holds one of these words."""
    return [
        str(path)
        for path in settings.MEDIA_ROOT.rglob("*")
        if path.is_file()
        and any(
            word.casefold().encode() in (str(path).encode() + path.read_bytes()).lower()
            for word in words
        )
    ]


def tell(her: Client) -> Submission:
    """The whole of the contributor's side, by her browser: written, looked at, sent."""
    her.post(reverse("goedwerk_stories:new"), {"text": STORY, "submission": draw_mark()})
    draft = Submission.objects.get()
    for slug in ("spanning", "gedaan"):
        url = reverse("goedwerk_stories:step", args=[draft.public_id, slug])
        her.post(url, {"text": STORY, "preview": "1"})
        her.post(url, {"text": STORY})
    read = reverse("goedwerk_stories:read", args=[draft.public_id])
    her.get(read)
    her.post(read, {"wants_result": "ja", "if_silent": "nee"})
    her.post(reverse("goedwerk_stories:letter", args=[draft.public_id]), {"text": LETTER})
    draft.refresh_from_db()
    assert draft.state == State.SENT
    return draft


@pytest.fixture
def writer(make, mailed):
    return mailed(make.user(WHO, email=MAIL))


@pytest.fixture
def her(writer):
    client = Client(headers={"user-agent": week.AGENT}, REMOTE_ADDR=week.ADDRESS % 7)
    client.force_login(writer)
    return client


def test_no_planted_word_stands_anywhere_after_the_whole_flow(
    stories, her, writer, make, drive, due, mailoutbox
):
    with week.captured_logs() as logs:
        sent = tell(her)
        _edited_and_asked(stories, sent, make)
        her.get(reverse("goedwerk_stories:consent", args=[sent.public_id]))
        four_eyes.answered(sent, Answer.AGREE)
        due()
        drive()
        her.get("/berichten/")
        her.get("/mijn-inzendingen/")
    words = {*PLANTED, LETTER}
    assert not tables_with(words)
    assert not tables_with({WHO, MAIL, week.AGENT, week.ADDRESS % 7}, skip=BESIDE)
    assert not files_with(words)
    assert mailoutbox
    said = "\n".join(mail.subject + mail.body for mail in mailoutbox) + logs.getvalue()
    assert not [word for word in (*words, WHO, week.AGENT) if word in said]
    assert "Kwispelaar" in raw.unseal(sent.sealed_raw, sent.uuid).what_happened


def _edited_and_asked(stories, sent, make):
    """The editors' side up to the question: a page without a planted word, and a letter."""
    from goedwerk_casestudies.actions.workbench import take

    take(sent, by=stories.editor("redactrice"))
    letters.write_letter(sent, "Mag de plaats erbij?", from_editor=True)
    page = make.story("Een rekening", live=False, has_discussion=False)
    page.save_revision()
    four_eyes.signed_for_her(page)
    Submission.objects.filter(pk=sent.pk).update(page=page, state=State.ABSTRACTED)
    sent.refresh_from_db()
    submissions.ask_consent(sent)


def test_no_answer_to_anybody_holds_an_id_of_hers(stories, her, writer, make):
    """Her pages, and an editor's list, name neither the account, its uuid nor a primary key."""
    sent = tell(her)
    letters.write_letter(sent, "Mag de plaats erbij?", from_editor=True)
    for url in ("/mijn-inzendingen/", "/berichten/", f"/mijn-inzendingen/{sent.public_id}/"):
        page = her.get(url).content.decode()
        for secret in (str(sent.pk), sent.uuid.hex, str(sent.uuid), sent.token, sent.key_id, WHO):
            assert secret not in page, (url, secret)
        assert writer.goedwerk_account.uuid.hex not in page
        assert not re.search(r"\b\d{1,2}:\d{2}\b", page)


def test_withdrawn_or_let_go_not_even_sealed(her, settings, nightly):
    """With all keys in hand, nothing is left to open."""
    settings.GOEDWERK_STORIES = {"RETENTION_DAYS": 1}
    sent = tell(her)
    sealed = sent.sealed_raw
    her.post(reverse("goedwerk_stories:withdraw", args=[sent.public_id]))
    assert not tables_with({sealed[:64]})
    day_before = timezone.localdate() - datetime.timedelta(days=2)
    Submission.objects.update(closed_on=day_before)
    token = sent.token
    nightly()
    assert not tables_with({token, sent.sealed_account[:64]})
    assert Submission.objects.get().state == State.WITHDRAWN
