"""A page saved, a step moved and texts released at the moment at which somebody writes."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

import factories as make
import guides as guiding_people
from goedwerk_forum.actions import formats, guiding, hints
from goedwerk_forum.actions.changing import under_lock
from goedwerk_forum.actions.contributions import withdraw
from goedwerk_forum.actions.discussions import locked, take_position
from goedwerk_forum.actions.listening import listen
from goedwerk_forum.actions.release import release
from goedwerk_forum.errors import NotFound
from goedwerk_forum.models import Discussion, Format, FormatStep, Hint, RoundPass

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def a_site_with_pages():
    """A transactional test before this one emptied the tables."""
    make.root()


def beside(work):
    """Starts ``work`` on a connection of its own, and waits a moment: it may have to wait itself.

    Returns what waits for its end, and raises what it raised.
    """
    failed = []

    def run():
        try:
            work()
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(1)

    def ended():
        thread.join(30)
        assert not thread.is_alive()
        if failed:
            raise failed[0]

    return ended


def test_page_saved_while_somebody_writes_gives_no_number_twice():
    discussion = make.discussion()
    page = discussion.page.specific
    with transaction.atomic():
        assert take_position(locked(discussion)) == 1
        ended = beside(page.save)
    ended()
    assert Discussion.objects.get(pk=discussion.pk).last_position == 1


def test_contribution_is_pinned_while_its_author_takes_it_back():
    discussion = make.discussion()
    guide = guiding_people.guide_of(discussion)
    said = make.published(discussion)
    with transaction.atomic():
        under_lock(said)
        ended = beside(lambda: guiding.pin(user=guide, public_id=said.public_id))
        withdraw(contribution=said)
    with pytest.raises(NotFound):
        ended()


def test_message_to_an_author_waits_for_who_takes_her_text_back_and_does_not_outlive_it():
    discussion = make.discussion()
    guide = guiding_people.guide_of(discussion)
    said = make.published(discussion)

    def write():
        hints.write_hint(user=guide, public_id=said.public_id, text="Wat hielp jou daarbij?")

    with transaction.atomic():
        under_lock(said)
        ended = beside(write)
        withdraw(contribution=said)
    with pytest.raises(NotFound):
        ended()
    assert not Hint.objects.exists()


def test_round_ends_while_those_who_listen_are_counted():
    discussion = make.discussion()
    template = Format.objects.create(name="Proef")
    FormatStep.objects.create(
        format=template, name="Rondje", question="Wat maakte jij mee?", is_round=True
    )
    guide = guiding_people.guide_of(discussion)
    formats.choose_format(user=guide, uuid=discussion.uuid.hex, template=template)
    who = make.user()
    listen(user=who, participant=make.participant(discussion, who), discussion=discussion)
    with transaction.atomic():
        locked(discussion)
        ended = beside(lambda: release([discussion.pk]))
        formats.open_floor(user=guide, uuid=discussion.uuid.hex)
    ended()
    assert not RoundPass.objects.exists()
