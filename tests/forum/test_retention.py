"""The link between a participant and an account is cut when both terms have passed."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from goedwerk_forum import access
from goedwerk_forum.actions.letting_go import cut_due_links
from goedwerk_forum.actions.moderation import decide
from goedwerk_forum.actions.retention import let_go
from goedwerk_forum.models import Discussion, Statement
from goedwerk_forum.transitions import Action

pytestmark = pytest.mark.django_db


def close(discussion, days_ago):
    closed = timezone.localdate() - datetime.timedelta(days=days_ago)
    Discussion.objects.filter(pk=discussion.pk).update(closes_on=closed)


def test_link_is_cut_after_the_terms_and_the_contribution_stays(make):
    discussion = make.discussion()
    author = make.user()
    contribution = make.published(discussion, author)
    close(discussion, days_ago=31)
    assert cut_due_links() == 1
    contribution.participant.refresh_from_db()
    contribution.refresh_from_db()
    assert (contribution.participant.token, contribution.participant.sealed_account) == (None, None)
    assert (contribution.participant.pseudonym, contribution.display) != ("", "nothing")
    assert not access.own_contributions(author).exists()


@pytest.mark.parametrize("days_ago", [30, -1])
def test_link_stays_until_thirty_days_after_closing(make, days_ago):
    discussion = make.discussion()
    contribution = make.published(discussion)
    close(discussion, days_ago)
    assert cut_due_links() == 0
    contribution.participant.refresh_from_db()
    assert contribution.participant.token


def test_link_stays_while_a_decision_can_still_be_contested(make):
    discussion = make.discussion()
    contribution = make.held(discussion)
    decide(
        user=make.ambassador(discussion),
        public_id=contribution.public_id,
        version=contribution.version,
        action=Action.REJECT,
        reason="conduct",
        words="Dit raakt mensen.",
    )
    close(discussion, days_ago=60)
    assert cut_due_links() == 0
    Statement.objects.update(day=timezone.localdate() - datetime.timedelta(days=184))
    assert cut_due_links() == 1


def test_once_a_day(make):
    assert let_go() == 0
    discussion = make.discussion()
    make.published(discussion)
    close(discussion, days_ago=31)
    assert let_go() == 0
