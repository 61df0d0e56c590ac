"""The demonstration shows each state of moderation: a visitor can come across all of them."""

from __future__ import annotations

import pytest

from goedwerk_forum.models import (
    Appeal,
    Contribution,
    MeasureRequest,
    Report,
    Revision,
    Urgency,
    Waiting,
)
from goedwerk_forum.transitions import Display, Measure, RevisionState, State
from goedwerk_site.demo.load import load

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

#: What there is to show, and where the demonstration has it.
SHOWN = [
    (State, Contribution, "state"),
    (Display, Contribution, "display"),
    (Waiting, Contribution, "waiting"),
    (Urgency, Contribution, "urgency"),
    (RevisionState, Revision, "state"),
    (Report.State, Report, "state"),
    (Appeal.State, Appeal, "state"),
    (Measure, MeasureRequest, "kind"),
    (MeasureRequest.State, MeasureRequest, "state"),
]


def test_every_state_is_there_to_see():
    list(load())
    missing = {
        f"{model.__name__}.{field}: {one.label}"
        for choices, model, field in SHOWN
        for one in set(choices) - set(model.objects.values_list(field, flat=True))
    }
    assert not missing
    # An edit beside what readers see: one that an ambassador has to judge, one given back.
    edits = Revision.objects.filter(contribution__state=State.PUBLISHED)
    assert edits.filter(state=RevisionState.HELD, contribution__waiting=Waiting.EDIT).exists()
    returned = edits.get(state=RevisionState.RETURNED)
    assert returned.contribution.display == Display.TEXT
    assert returned.contribution.statements.get().words
    assert returned.text not in returned.contribution.comment
