"""A contributor's submissions in her own file: hers alone, letters included."""

from __future__ import annotations

import pytest

from counting import counted
from goedwerk_casestudies import belongings
from goedwerk_casestudies.actions.letters import write_letter
from goedwerk_forum.actions import own
from goedwerk_forum.own_file import everything

pytestmark = pytest.mark.django_db


def test_text_and_letters_are_in_her_file(make, stories):
    who = make.user()
    submission = stories.sent(who)
    write_letter(submission, "Wat deed je daarna precies?", from_editor=True)
    (thing,) = belongings.of(who)
    texts = dict(thing.texts)
    assert "drie weken op een bureau" in texts["Wat gebeurde er?"]
    assert texts["Brief van de redactie"] == "Wat deed je daarna precies?"
    (other,) = everything(who)["other"]
    assert other["title"] == "Mijn inzendingen"


def test_nobody_elses_are(make, stories):
    stories.sent(make.user())
    assert belongings.of(make.user()) == []


def test_after_all_links_are_cut_none_is_found(make, stories):
    who = make.user()
    stories.sent(who)
    own.cut_all_links(user=who)
    assert belongings.of(type(who).objects.get(pk=who.pk)) == []


def test_it_costs_the_same_with_one_and_with_many(make, stories):
    work = []
    for many in (1, 4):
        who = make.user()
        for _number in range(many):
            stories.sent(who)
        with counted() as counts:
            belongings.of(who)
        work.append(counts.queries)
    assert work[0] == work[1]
