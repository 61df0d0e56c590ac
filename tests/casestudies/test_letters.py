"""The letterbox: to and fro without names, sealed, counted, gone in time."""

from __future__ import annotations

import pytest

from goedwerk_casestudies.actions import letters, submissions
from goedwerk_casestudies.models import Letter, News, Submission
from goedwerk_forum.errors import IllegalTransition, KeyMissing, TooManyWrites
from goedwerk_forum.models import AuditRecord, OutboxRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(make):
    return make.user("kwispel", email="kwispel@thuis.example")


def test_letters_are_numbered_sealed_and_name_nobody(stories, writer):
    sent = stories.sent(writer)
    question = letters.write_letter(sent, "Hoe lang lag het er?", from_editor=True)
    answer = letters.write_letter(sent, "Drie weken.", from_editor=False, writer=writer)
    assert (question.number, answer.number) == (1, 2)
    assert letters.read(answer) == "Drie weken."
    assert "weken" not in answer.sealed_text
    assert {field.name for field in Letter._meta.fields} == {
        "id", "uuid", "submission", "number", "from_editor", "sealed_text", "is_read", "day",
    }  # fmt: skip


def test_a_sealed_letter_opens_in_its_own_row_only(stories, writer):
    sent = stories.sent(writer)
    one = letters.write_letter(sent, "Eerste.", from_editor=True)
    two = letters.write_letter(sent, "Tweede.", from_editor=True)
    two.sealed_text = one.sealed_text
    with pytest.raises(KeyMissing):
        letters.read(two)


def test_the_same_letter_twice_is_one(stories, writer):
    sent = stories.sent(writer)
    for _twice in range(2):
        letters.write_letter(sent, "Drie weken.", from_editor=False, writer=writer)
    letters.write_letter(sent, "Drie weken.", from_editor=True)
    assert [letter.from_editor for letter in sent.letters.all()] == [False, True]


def test_only_a_letter_of_the_editors_is_news(stories, writer):
    sent = stories.sent(writer)
    letters.write_letter(sent, "Drie weken.", from_editor=False, writer=writer)
    assert not News.objects.exists()
    letters.write_letter(sent, "Dank je.", from_editor=True)
    assert News.objects.get().event == News.Event.LETTER
    assert OutboxRow.objects.get(kind="story_news").queue == "notices"


def test_each_side_marks_the_other_sides_letters(stories, writer):
    sent = stories.sent(writer)
    letters.write_letter(sent, "Vraag.", from_editor=True)
    letters.write_letter(sent, "Antwoord.", from_editor=False)
    assert letters.mark_read(sent, by_editor=True) == 1
    assert [letter.is_read for letter in sent.letters.all()] == [False, True]
    assert letters.mark_read(sent, by_editor=True) == 0


def test_a_contributors_letters_are_counted_an_editors_are_not(stories, writer, settings):
    settings.GOEDWERK = settings.GOEDWERK | {"WRITES_PER_HOUR": 2}
    sent = stories.sent(writer)  # one to begin, one to send
    with pytest.raises(TooManyWrites):
        letters.write_letter(sent, "Nog iets.", from_editor=False, writer=writer)
    letters.write_letter(sent, "Vraag.", from_editor=True)
    assert [letter.from_editor for letter in sent.letters.all()] == [True]


def test_the_box_is_closed_for_drafts_withdrawn_ones_and_after_the_cut(stories, writer):
    draft, withdrawn, cut = stories.draft(writer), stories.sent(writer), stories.sent(writer)
    submissions.withdraw(withdrawn)
    Submission.objects.filter(pk=cut.pk).update(token=None, sealed_account=None)
    for closed in (draft, withdrawn, cut):
        with pytest.raises(IllegalTransition):
            letters.write_letter(closed, "Is hier iemand?", from_editor=True)
    assert not Letter.objects.exists()
    assert not AuditRecord.objects.filter(action="letter").exists()


def test_the_notifier_mails_once_whatever_the_news(
    stories, writer, make, drive, mailoutbox, due, mailed
):
    """News of a submission and an answer in a dialogue: one neutral mail, without words of it."""
    mailed(writer)
    sent = stories.sent(writer)
    letters.write_letter(sent, "Hoe lang lag het rapport er?", from_editor=True)
    discussion = make.discussion()
    make.published(discussion, in_reply_to=make.published(discussion, writer))
    due()
    drive()
    (mail,) = mailoutbox
    assert mail.to == ["kwispel@thuis.example"]
    assert "rapport" not in mail.subject + mail.body
    assert not OutboxRow.objects.filter(queue="notices").exists()


def test_without_the_wish_no_mail(stories, writer, drive, mailoutbox, due):
    letters.write_letter(stories.sent(writer), "Hoe lang lag het er?", from_editor=True)
    due()
    drive()
    assert not mailoutbox
    assert not OutboxRow.objects.filter(queue="notices").exists()


def test_without_the_key_to_open_seals_no_mail_goes(
    stories, writer, drive, mailoutbox, due, mailed, settings, tmp_path
):
    """Web has LINK_KEY and can seal; only the notifier can open."""
    from shutil import copy

    from goedwerk_forum.conf import conf

    mailed(writer)
    letters.write_letter(stories.sent(writer), "Hoe lang lag het er?", from_editor=True)
    for name in ("link.key", "unseal.pub"):
        copy(conf().KEYS_DIR / name, tmp_path / name)
    settings.GOEDWERK = settings.GOEDWERK | {"KEYS_DIR": tmp_path}
    due()
    drive()
    assert not mailoutbox
    assert OutboxRow.objects.filter(kind="story_news").exists()
