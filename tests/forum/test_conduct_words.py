"""The owner's own words: list, add, import, export, who may; read with a version."""

from __future__ import annotations

import csv
import io

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from goedwerk_forum.actions import checks as actions
from goedwerk_forum.checks import Context, own_words
from goedwerk_forum.checks.conduct import Conduct
from goedwerk_forum.models import AuditRecord, ConductTerm, ConductVersion, Policy
from goedwerk_forum.transitions import State

pytestmark = pytest.mark.django_db

RIGHTS = ("view_conductterm", "add_conductterm", "change_conductterm", "delete_conductterm")
ODD = "Zo'n regelridder maakt het niet makkelijker voor ons allemaal hier."


@pytest.fixture(autouse=True)
def lists_as_shipped(monkeypatch):
    monkeypatch.setattr(own_words, "_compiled", None)


@pytest.fixture
def owner(make):
    group = Group.objects.create(name="woordbeheer")
    group.permissions.set(Permission.objects.filter(codename__in=[*RIGHTS, "access_admin"]))
    return make.user(groups=(group,))


def kinds(text):
    check = Conduct()
    check.prepare()
    return [finding.kind for finding in check.run(text, Context())]


def put(term, kind="insult", weight=2):
    actions.save_term(ConductTerm(term=term, kind=kind, weight=weight))


def file(text, name="woorden.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return SimpleUploadedFile(name, content, content_type="text/csv")


# --- what a word does ------------------------------------------------------------------------


def test_own_word_is_found_in_every_spelling_and_in_the_plural():
    assert kinds("Wat een regelridder.") == []
    put("Regelridder")
    for text in ("Die regelridder!", "r3g3lr1dd3r", "Al die regelridders", "re-gel-rid-der"):
        assert kinds(text) == ["insult"], text


def test_own_phrase_is_found_with_its_star():
    put("lopende stempel*", "contempt")
    assert kinds("Die lopende stempelkussens van boven.") == ["contempt"]


def test_own_phrase_holds_where_a_shipped_word_in_it_would_be_let_go():
    calm = (
        "Op maandag hielp de helpdesk ons met de sukkel van een printer, dank voor alle hulp en de "
        "mooie verhalen."
    )
    assert kinds(calm) == []
    put("sukkel van een printer")
    assert kinds(calm) == ["insult"]


def test_own_harmless_word_clears_a_shipped_one():
    assert kinds("Naar De Mafkees!") == ["insult"]
    put("mafkees", "harmless", 0)
    assert kinds("Naar De Mafkees!") == []


def test_removed_word_is_forgotten():
    put("regelridder")
    assert kinds("Die regelridder!") == ["insult"]
    actions.remove_term(ConductTerm.objects.get())
    assert kinds("Die regelridder!") == []


def test_own_word_holds_a_contribution(make):
    discussion = make.discussion(discussion_policy=Policy.AFTER)
    one, two = (make.known(published_before=2) for _n in range(2))
    assert make.examined(discussion, one, text=ODD).state == State.PUBLISHED
    put("regelridder")
    text = ODD.replace("makkelijker", "lichter").replace("ons allemaal", "wie dan ook")
    assert make.examined(discussion, two, text=text).state == State.HELD


def test_lists_are_read_once_per_version(django_assert_num_queries):
    put("regelridder")
    with django_assert_num_queries(2):
        own_words.refresh()
    with django_assert_num_queries(1):
        own_words.refresh()
    put("stempelaar")
    with django_assert_num_queries(2):
        own_words.refresh()


def test_version_after_a_rollback_is_never_that_of_other_words():
    put("regelridder")
    with transaction.atomic():
        put("stempelaar")
        own_words.refresh()
        transaction.set_rollback(True)
    put("paragraafruiter")
    assert kinds("Die stempelaar!") == []
    assert kinds("Die paragraafruiter!") == ["insult"]


def test_change_of_words_is_on_record_without_the_words():
    put("regelridder")
    row = AuditRecord.objects.get(action="words")
    assert (row.actor, row.object_kind, row.object_version) == ("owner", "words", 1)
    assert "regelridder" not in str(vars(row))


@pytest.mark.parametrize("term", ["=cmd()", "+1", "", "*", "a<b", "-x", "@x", "x" * 81])
def test_word_that_is_none_is_refused(term):
    with pytest.raises(ValidationError):
        put(term)
    assert not ConductTerm.objects.exists()
    assert not ConductVersion.objects.exists()


def test_database_refuses_a_harmless_word_with_a_weight():
    for kind, weight in (("harmless", 2), ("insult", 0), ("insult", 4), ("onzin", 2)):
        with pytest.raises(IntegrityError), transaction.atomic():
            ConductTerm.objects.create(term="regelridder", kind=kind, weight=weight)


# --- CSV in and out --------------------------------------------------------------------------


def test_file_adds_and_changes_words():
    put("regelridder", "insult", 2)
    done = actions.import_terms(
        io.StringIO(
            "term,kind,weight\nRegelridder,contempt,3\nstempelaar,insult,\nmafkees,harmless,\n"
        )
    )
    assert (done.added, done.changed) == (2, 1)
    assert set(ConductTerm.objects.values_list("term", "kind", "weight")) == {
        ("regelridder", "contempt", 3),
        ("stempelaar", "insult", 2),
        ("mafkees", "harmless", 0),
    }


WRONG = [
    ("woord,soort\nregelridder,insult\n", "kolommen"),
    ("term,kind,weight\nstempelaar,insult,2\n=cmd(),insult,2\n", "Regel 3"),
    ("term,kind,weight\nstempelaar,onzin,2\n", "Regel 2"),
    ("term,kind,weight\nstempelaar,insult,zwaar\n", "Regel 2"),
    ("term,kind,weight\nstempelaar,insult,9\n", "Regel 2"),
    ("term,kind,weight\nstempelaar\n", "Regel 2"),
    ("", "kolommen"),
]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_file_with_a_mistake_changes_nothing_and_says_where(client, owner, text, said):
    client.force_login(owner)
    response = client.post(
        reverse("goedwerk_words:import"), {"file": file(text or "\n")}, follow=True
    )
    assert said in response.content.decode()
    assert not ConductTerm.objects.exists()
    assert not ConductVersion.objects.exists()


def test_file_that_is_no_text_or_too_large_is_refused(client, owner):
    client.force_login(owner)
    for content in (b"\xff\xfe\x00", b"a" * 1_000_001):
        response = client.post(reverse("goedwerk_words:import"), {"file": file(content)})
        assert "error-message" in response.content.decode()
    assert not ConductTerm.objects.exists()


def test_what_goes_out_comes_in_again(client, owner):
    put("regelridder", "contempt", 3)
    put("lopende stempel*", "insult", 1)
    put("mafkees", "harmless", 0)
    before = set(ConductTerm.objects.values_list("term", "kind", "weight"))
    client.force_login(owner)
    response = client.get(reverse("goedwerk_words:index"), {"export": "csv"})
    text = b"".join(response.streaming_content).decode()
    assert next(csv.reader(io.StringIO(text, newline=""))) == ["term", "kind", "weight"]
    ConductTerm.objects.all().delete()
    client.post(reverse("goedwerk_words:import"), {"file": file(text)})
    assert set(ConductTerm.objects.values_list("term", "kind", "weight")) == before


# --- who may ---------------------------------------------------------------------------------


def test_owner_adds_changes_and_removes_a_word_in_the_admin(client, owner):
    client.force_login(owner)
    client.post(
        reverse("goedwerk_words:add"), {"term": "Regelridder", "kind": "insult", "weight": 2}
    )
    term = ConductTerm.objects.get()
    first = ConductVersion.objects.get().version
    assert term.term == "regelridder"
    client.post(
        reverse("goedwerk_words:edit", args=[term.pk]),
        {"term": "regelridder", "kind": "harmless", "weight": 2},
    )
    term.refresh_from_db()
    assert (term.kind, term.weight) == ("harmless", 0)
    assert ConductVersion.objects.get().version != first
    client.post(reverse("goedwerk_words:delete", args=[term.pk]))
    assert not ConductTerm.objects.exists()


@pytest.mark.parametrize("role", ["ambassador", "editor", "participant", "anonymous", "viewer"])
def test_others_change_nothing(client, make, role):
    put("regelridder")
    term = ConductTerm.objects.get()
    version = ConductVersion.objects.get().version
    viewers = Group.objects.create(name="lezers")
    viewers.permissions.set(
        Permission.objects.filter(codename__in=["view_conductterm", "access_admin"])
    )
    people = {
        "ambassador": make.ambassador(make.discussion()),
        "editor": make.user(groups=(make.ambassador_group(),)),
        "participant": make.user(),
        "viewer": make.user(groups=(viewers,)),
    }
    if role in people:
        client.force_login(people[role])
    urls = [
        (reverse("goedwerk_words:add"), {"term": "stempelaar", "kind": "insult", "weight": 2}),
        (
            reverse("goedwerk_words:edit", args=[term.pk]),
            {"term": "x", "kind": "insult", "weight": 2},
        ),
        (reverse("goedwerk_words:delete", args=[term.pk]), {}),
        (
            reverse("goedwerk_words:import"),
            {"file": file("term,kind,weight\nstempelaar,insult,2\n")},
        ),
    ]
    for url, data in urls:
        assert client.get(url).status_code != 200
        client.post(url, data)
    assert list(ConductTerm.objects.values_list("term", flat=True)) == ["regelridder"]
    assert ConductVersion.objects.get().version == version
    may_see = client.get(reverse("goedwerk_words:index")).status_code == 200
    assert may_see == (role == "viewer")
