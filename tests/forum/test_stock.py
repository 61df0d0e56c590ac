"""What staff lay ready: written through one action, with its right, and on record without words."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry

from goedwerk_forum.actions import stock
from goedwerk_forum.errors import NotAllowed, NotFound
from goedwerk_forum.models import AuditRecord, Format, GuideSentence

pytestmark = pytest.mark.django_db

SENTENCE = {"naming": "proces", "text": "Wij vallen elkaar aan, niet het onderwerp."}


def staff(make, *codes):
    group = Group.objects.create(name=" ".join(codes) or "niemand")
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", *codes]))
    return make.user(groups=(group,))


@pytest.fixture
def editor(make):
    return staff(make, "add_format", "change_format", "delete_format", "view_format")


@pytest.fixture
def owner(make):
    codes = ("add", "change", "delete", "view")
    return staff(make, *[f"{code}_guidesentence" for code in codes])


def recorded(kind):
    rows = AuditRecord.objects.filter(object_kind=kind).order_by("pk")
    return list(rows.values_list("actor", "action", "after"))


def logged():
    return list(ModelLogEntry.objects.order_by("pk").values_list("action", flat=True))


def posted(name, *questions, ids=()):
    count = {"TOTAL_FORMS": len(questions), "INITIAL_FORMS": len(ids)}
    data = {"name": name, "introduction": "Om te proberen."}
    data |= {f"steps-{key}": value for key, value in count.items()}
    for at, question in enumerate(questions):
        step = {"name": f"Stap {at}", "question": question, "ORDER": at + 1, "id": ""}
        step |= {"id": ids[at]} if at < len(ids) else {}
        data |= {f"steps-{at}-{key}": value for key, value in step.items()}
    return data


# --- formats -----------------------------------------------------------------------------------


def test_editor_makes_changes_and_takes_away_a_format_and_each_is_on_record(client, editor):
    client.force_login(editor)
    sent = posted("Proef", "Hoe begint het?", "Wat zag je?")
    assert client.post(reverse("goedwerk_formats:add"), sent).status_code == 302
    made = Format.objects.get()
    steps = list(made.steps.all())
    assert [step.question for step in steps] == ["Hoe begint het?", "Wat zag je?"]
    url = reverse("goedwerk_formats:edit", args=[made.pk])
    turned = posted("Anders", "Wat deed je?", "Wat zag je?", ids=[step.pk for step in steps])
    turned |= {"steps-0-ORDER": 2, "steps-1-ORDER": 1}
    assert client.post(url, turned).status_code == 302
    made = Format.objects.get()
    assert (made.name, [step.question for step in made.steps.all()]) == (
        "Anders",
        ["Wat zag je?", "Wat deed je?"],
    )
    url = reverse("goedwerk_formats:delete", args=[made.pk])
    assert client.post(url).status_code == 302
    assert not Format.objects.exists()
    assert recorded("template") == [
        ("editor", "template", "made"),
        ("editor", "template", "changed"),
        ("editor", "template", "removed"),
    ]
    assert logged() == ["wagtail.create", "wagtail.edit", "wagtail.delete"]


def test_format_with_a_mistake_is_not_saved_and_nothing_typed_is_lost(client, editor):
    client.force_login(editor)
    sent = posted("Proef", "Hoe begint het?", "")
    answer = client.post(reverse("goedwerk_formats:add"), sent)
    assert answer.status_code == 200
    assert "Hoe begint het?" in answer.text
    assert not Format.objects.exists()
    assert recorded("template") == []


def test_format_from_a_file_is_on_record(client, editor):
    client.force_login(editor)
    step = '{"name": "Begin", "question": "Hoe?"}'
    text = f'{{"goedwerk-format": 1, "name": "Uit een bestand", "steps": [{step}]}}'
    file = SimpleUploadedFile("vorm.json", text.encode())
    assert client.post(reverse("goedwerk_formats:import"), {"file": file}).status_code == 302
    assert recorded("template") == [("editor", "template", "made")]


# --- sentences ---------------------------------------------------------------------------------


def test_owner_makes_changes_and_takes_away_a_sentence_and_the_record_has_no_words(client, owner):
    client.force_login(owner)
    assert client.post(reverse("goedwerk_guide_sentences:add"), SENTENCE).status_code == 302
    made = GuideSentence.objects.get()
    url = reverse("goedwerk_guide_sentences:edit", args=[made.pk])
    assert client.post(url, SENTENCE | {"text": "Wat bedoel je?"}).status_code == 302
    assert GuideSentence.objects.get().text == "Wat bedoel je?"
    url = reverse("goedwerk_guide_sentences:delete", args=[made.pk])
    assert client.post(url).status_code == 302
    assert not GuideSentence.objects.exists()
    assert [after for *_who, after in recorded("sentence")] == ["made", "changed", "removed"]
    rows = AuditRecord.objects.filter(object_kind="sentence")
    assert {row.object_id for row in rows} == {made.public_id}
    assert all("bedoel" not in str(row.__dict__) for row in rows)


# --- the action itself -------------------------------------------------------------------------


@pytest.mark.parametrize("done", ["add", "change", "delete"])
def test_action_refuses_who_lacks_that_right_and_changes_nothing(make, owner, done):
    row = GuideSentence(**SENTENCE)
    if done != "add":
        row.save()
    others = {"add", "change", "delete"} - {done}
    lacks = staff(make, *[f"{code}_guidesentence" for code in others])

    def act(user):
        row.text = "Anders"
        (stock.remove if done == "delete" else stock.save)(row, user=user)

    with pytest.raises(NotAllowed):
        act(lacks)
    assert not GuideSentence.objects.filter(text="Anders").exists()
    assert GuideSentence.objects.exists() is (done != "add")
    assert recorded("sentence") == []
    act(owner)
    assert GuideSentence.objects.filter(text="Anders").exists() is (done != "delete")
    assert len(recorded("sentence")) == 1


@pytest.mark.parametrize("act", [stock.save, stock.remove])
def test_what_somebody_took_away_meanwhile_does_not_come_back(owner, act):
    row = GuideSentence.objects.create(**SENTENCE)
    GuideSentence.objects.all().delete()
    with pytest.raises(NotFound):
        act(row, user=owner)
    assert not GuideSentence.objects.exists()
    assert recorded("sentence") == []


# --- its screens -------------------------------------------------------------------------------


def test_lists_name_their_columns_and_the_record_says_what_was_done(client, make, owner):
    client.force_login(owner)
    client.post(reverse("goedwerk_guide_sentences:add"), SENTENCE)
    listed = client.get(reverse("goedwerk_guide_sentences:index")).text
    assert "Wat je ermee benoemt" in listed
    assert "method" not in listed.split("<table", 1)[1].split("</thead>")[0]
    client.force_login(staff(make, "view_auditrecord"))
    report = client.get(reverse("goedwerk_audit")).text
    assert "zin voor begeleiders" in report
    assert "gemaakt" in report
    assert "1 regel" in report
    assert SENTENCE["text"] not in report
