"""What the suites of the forum share."""

from __future__ import annotations

import pytest

from goedwerk_forum.actions.contributions import Words, send_again, withdraw
from goedwerk_forum.models import Contribution
from goedwerk_forum.transitions import Action


@pytest.fixture
def discussion(make):
    return make.discussion()


@pytest.fixture
def author(make, discussion):
    """Somebody who takes part in the discussion."""
    who = make.user()
    make.participant(discussion, who)
    return who


@pytest.fixture
def writer(client, author):
    """Her browser, signed in."""
    client.force_login(author)
    return client


@pytest.fixture
def secrets_in_every_state(make):
    """A discussion in which "geheim" stands in a text of each state that nobody may read."""
    discussion = make.discussion(discussion_policy="all_first")

    def text(word):
        return f"Het {word} bleef die dag in de la liggen, en dat wisten wij allemaal."

    make.contribution(discussion, text=text("geheimwachtend"))
    make.held(discussion, text=text("geheimvastgehouden"))
    make.judged(make.held(discussion, text=text("geheimterug")), Action.RETURN, "conduct")
    make.judged(make.held(discussion, text=text("geheimgeweigerd")), Action.REJECT, "conduct")
    hidden = make.published(discussion, text=text("geheimverborgen"))
    make.published(discussion, in_reply_to=hidden, text=text("openbaarantwoord"))
    rejected = make.published(discussion, text=text("geheimweggehaald"))
    withdrawn = make.published(discussion, text=text("geheimingetrokken"))
    edited = make.published(discussion, text=text("openbaareerste"))
    make.judged(hidden, Action.HIDE, "conduct")
    make.judged(make.judged(rejected, Action.HIDE, "conduct"), Action.REJECT, "conduct")
    withdraw(contribution=Contribution.objects.get(pk=withdrawn.pk))
    send_again(
        contribution=edited,
        version=edited.version,
        words=Words(text("geheimgewijzigd"), "vraag"),
    )
    make.judged(make.held(discussion, text=text("geheimgoedgekeurd")), Action.PUBLISH)
    return discussion
