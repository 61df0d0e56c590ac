"""The kinds of contribution and the lenses, in the words of the site's owner."""

from __future__ import annotations

import time

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from goedwerk_forum import kinds
from goedwerk_forum.actions import kinds as actions
from goedwerk_forum.actions.contributions import Words, send_again
from goedwerk_forum.actions.release import release
from goedwerk_forum.cards import heard_on
from goedwerk_forum.errors import LastKind, UnknownKind
from goedwerk_forum.forms import new_submission
from goedwerk_forum.models import (
    AuditRecord,
    Contribution,
    ContributionKind,
    LensWords,
    Viewpoint,
)
from goedwerk_forum.outbox.drive import drive
from goedwerk_forum.reading import voices_of

pytestmark = pytest.mark.django_db

CALM = "Wij hingen de vraag op bij de koffie en lazen samen wat erbij kwam."


@pytest.fixture(autouse=True)
def committed(monkeypatch):
    """What waits for a commit happens at once: each test runs in one transaction."""
    monkeypatch.setattr(transaction, "on_commit", lambda do: do())


def row(key):
    return ContributionKind.objects.get(key=key)


def changed(key, **fields):
    kind = row(key)
    for name, value in fields.items():
        setattr(kind, name, value)
    return actions.save_kind(kind)


def added(name="Idee", **fields):
    words = {"prompt": "Wat zou jij proberen?", "reply_words": "Denk mee", "shape": "brug"}
    return actions.save_kind(ContributionKind(name=name, **words | {"sort_order": 70} | fields))


@pytest.fixture
def owner(make):
    group = Group.objects.create(name="beheer")
    codes = ["contributionkind", "lenswords"]
    wanted = [f"{do}_{of}" for of in codes for do in ("view", "add", "change")]
    group.permissions.set(Permission.objects.filter(codename__in=[*wanted, "access_admin"]))
    return make.user(groups=(group,))


# --- what a site starts with -----------------------------------------------------------------


def test_migration_brings_the_six_that_there_were():
    kinds.forget()
    assert kinds.every() == kinds.SHIPPED
    assert kinds.lenses() == kinds.SHIPPED_LENSES
    assert [kind.key for kind in kinds.in_use()] == [
        "ervaring",
        "vraag",
        "afweging",
        "perspectief",
        "tegenspraak",
        "waardering",
    ]


def test_shipped_words_speak_the_readers_language_and_the_owners_do_not():
    changed("vraag", name="Vraag maar raak")
    with translation.override("en"):
        assert kinds.words_of("ervaring").name == "Experience"
        assert kinds.words_of("vraag").name == "Vraag maar raak"


def test_emptied_database_shows_the_shipped_ones():
    ContributionKind.objects.all().delete()
    kinds.forget()
    assert kinds.in_use() == kinds.SHIPPED


def test_key_that_nobody_knows_says_its_own_letters():
    unknown = kinds.words_of("oud-soort")
    assert (unknown.name, unknown.is_in_use, unknown.shape) == ("Oud-soort", False, "kern")


# --- in memory -------------------------------------------------------------------------------


def test_reading_asks_the_database_once_in_its_time(django_assert_num_queries, monkeypatch):
    kinds.forget()
    with django_assert_num_queries(2):
        kinds.in_use()
        kinds.words_of("vraag")
        kinds.lenses()
    later = time.monotonic() + kinds.LIFE + 1
    monkeypatch.setattr(kinds.time, "monotonic", lambda: later)
    with django_assert_num_queries(2):
        kinds.in_use()


def test_change_is_seen_here_at_once():
    changed("ervaring", prompt="Vertel.")
    assert kinds.words_of("ervaring").prompt == "Vertel."


# --- changing them ---------------------------------------------------------------------------


def test_new_kind_gets_a_key_of_its_own_that_stays():
    first = added("Idee voor morgen, en daarna")
    assert first.key == "idee-voor-morgen"
    first.name = "Plan"
    assert actions.save_kind(first).key == "idee-voor-morgen"
    assert added("Idee voor morgen!").key == "idee-voor-morgen-2"
    assert added("！？").key == "soort"


def test_change_is_on_record_without_its_words():
    changed("vraag", is_in_use=False, name="Geheime vraag")
    found = AuditRecord.objects.get(action="kind")
    assert (found.actor, found.object_id, found.before, found.after) == (
        "owner",
        "vraag",
        "on",
        "off",
    )
    assert "eheim" not in str(AuditRecord.objects.values_list())


def test_last_kind_in_use_stays():
    ContributionKind.objects.exclude(key="vraag").update(is_in_use=False)
    with pytest.raises(LastKind):
        changed("vraag", is_in_use=False)
    assert row("vraag").is_in_use
    assert not AuditRecord.objects.filter(action="kind").exists()


def test_kind_is_never_deleted():
    with pytest.raises(TypeError):
        row("vraag").delete()
    assert row("vraag")


@pytest.mark.parametrize("wrong", [{"shape": "ster"}, {"name": ""}, {"prompt": ""}])
def test_database_refuses_a_kind_without_words_or_with_an_undrawn_shape(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        ContributionKind.objects.filter(key="vraag").update(**wrong)


def test_every_shape_is_drawn(client, make):
    page = client.get(make.discussion().page.url).content.decode()
    for shape, _name in ContributionKind._meta.get_field("shape").choices:
        assert f'id="gw-k-{shape}"' in page


# --- writing ---------------------------------------------------------------------------------


def test_form_offers_what_is_in_use_in_the_owners_words_and_order(writer, discussion):
    changed("waardering", is_in_use=False)
    added(sort_order=0)
    page = writer.get(reverse("goedwerk_forum:write", args=[discussion.uuid.hex]))
    assert [kind.name for kind in page.context["form"].offered][:2] == ["Idee", "Ervaring"]
    html = page.content.decode()
    assert "Wat zou jij proberen?" in html
    assert 'href="#gw-k-brug"' in html
    assert 'value="waardering"' not in html


def test_new_kind_is_written_and_read_with_its_words_and_shape(writer, discussion, make):
    kind = added()
    url = reverse("goedwerk_forum:write", args=[discussion.uuid.hex])
    writer.post(url, {"kind": kind.key, "text": CALM, "submission": new_submission()})
    said = Contribution.objects.get(kind="idee")
    make.published(discussion, kind="idee")
    html = writer.get(discussion.page.url).content.decode()
    assert "<b>Idee</b>" in html
    assert "Denk mee" in html
    assert said.get_kind_display() == "Idee"


EYES = "door de ogen van"


def send(browser, discussion, **fields):
    url = reverse("goedwerk_forum:write", args=[discussion.uuid.hex])
    return browser.post(url, {"text": CALM, "submission": new_submission()} | fields)


def test_who_takes_a_perspective_may_say_through_whose_eyes(writer, discussion, make):
    form = writer.get(reverse("goedwerk_forum:write", args=[discussion.uuid.hex])).text
    for value in ("", *Viewpoint.values):
        assert f'name="viewpoint" id="gw-viewpoint-{["", *Viewpoint.values].index(value)}"' in form
    field = form[form.index('id="gw-viewpoint-help"') : form.index('id="gw-text"')]
    assert "required" not in field
    assert send(writer, discussion, kind="perspectief", viewpoint="politiek").status_code == 302
    said = Contribution.objects.get(viewpoint="politiek")
    drive("moderation")
    said.refresh_from_db()
    make.judged(said)
    release([discussion.pk])
    assert f"{EYES} de politiek" in writer.get(discussion.page.url).text


def test_perspective_without_eyes_is_through_nobody_s_in_particular(writer, discussion):
    for given in ({}, {"viewpoint": ""}):
        assert send(writer, discussion, kind="perspectief", **given).status_code == 302
    assert set(Contribution.objects.values_list("viewpoint", flat=True)) == {""}


def test_eyes_with_another_kind_are_left_out_and_the_text_goes(writer, discussion):
    assert send(writer, discussion, kind="ervaring", viewpoint="burger").status_code == 302
    assert Contribution.objects.get().viewpoint == ""


def test_eyes_that_are_not_there_are_refused_beside_the_field(writer, discussion):
    refused = send(writer, discussion, kind="perspectief", viewpoint="buurman")
    assert refused.status_code == 422
    assert "Kies door wiens ogen je kijkt" in refused.text
    assert CALM in refused.text
    assert not Contribution.objects.exists()


def test_eyes_are_asked_where_a_perspective_can_be_chosen_only(writer, discussion):
    changed("perspectief", is_in_use=False)
    page = writer.get(reverse("goedwerk_forum:write", args=[discussion.uuid.hex])).text
    assert 'name="viewpoint"' not in page


def test_eyes_go_where_the_kind_changes_afterwards(make, discussion):
    said = make.published(discussion, kind="perspectief")
    Contribution.objects.filter(pk=said.pk).update(viewpoint="burger")
    for kind, eyes in (("perspectief", "burger"), ("ervaring", "")):
        said = Contribution.objects.get(pk=said.pk)
        text = f"{CALM} Dat schreef ik later bij {kind}."
        send_again(contribution=said, version=said.version, words=Words(text, kind))
        drive("moderation")
        said.refresh_from_db()
        if said.waiting:
            make.judged(said)
        release([discussion.pk])
        said.refresh_from_db()
        assert (said.kind, said.viewpoint) == (kind, eyes)


def test_kind_out_of_use_cannot_be_chosen_and_nothing_typed_is_lost(writer, discussion):
    changed("waardering", is_in_use=False)
    url = reverse("goedwerk_forum:write", args=[discussion.uuid.hex])
    refused = writer.post(url, {"kind": "waardering", "text": CALM, "submission": "x" * 32})
    assert refused.status_code == 422
    assert CALM in refused.content.decode()
    assert not Contribution.objects.exists()
    accepted = writer.post(url, {"kind": "vraag", "text": CALM, "submission": "x" * 32})
    assert accepted.status_code == 302


def test_no_route_writes_under_a_kind_that_nobody_can_choose(make, discussion):
    changed("waardering", is_in_use=False)
    with pytest.raises(UnknownKind):
        make.contribution(discussion, kind="waardering")
    assert not Contribution.objects.exists()
    assert make.contribution(discussion, kind="vraag")


def test_text_keeps_its_kind_when_nobody_can_choose_that_any_more(client, make):
    discussion = make.discussion()
    author = make.user()
    said = make.published(discussion, author, kind="waardering")
    changed("waardering", is_in_use=False)
    client.force_login(author)
    url = reverse("goedwerk_forum:edit", args=[said.public_id])
    form = client.get(url).context["form"]
    assert "waardering" in [kind.key for kind in form.offered]
    sent = {"kind": "waardering", "text": f"{CALM} Ook nu.", "version": said.version}
    assert client.post(url, sent).status_code == 302
    assert said.revisions.count() == 2
    changed("perspectief", is_in_use=False)
    said.refresh_from_db()
    other = Words(CALM, "perspectief")
    with pytest.raises(UnknownKind):
        send_again(contribution=said, version=said.version, words=other)
    assert said.revisions.count() == 2


# --- reading ---------------------------------------------------------------------------------


def test_voices_are_those_in_use_in_one_query(make, django_assert_num_queries):
    discussion = make.discussion()
    make.published(discussion, kind="vraag")
    changed("waardering", is_in_use=False)
    added()
    kinds.every()
    with django_assert_num_queries(1):
        voices = voices_of([discussion])[discussion.pk]
    assert [(kind, heard) for kind, _name, heard in voices.heard] == [
        ("ervaring", False),
        ("vraag", True),
        ("afweging", False),
        ("perspectief", False),
        ("tegenspraak", False),
        ("idee", False),
    ]


@pytest.mark.parametrize("asks", ["of a list", "of a page"])
def test_voices_are_of_one_moment_while_the_owner_changes_the_kinds(make, monkeypatch, asks):
    discussion = make.discussion()
    make.published(discussion, kind="vraag")
    at_first = kinds.choices()
    with monkeypatch.context() as meanwhile:
        answers = iter([at_first])
        meanwhile.setattr(kinds, "choices", lambda: next(answers, at_first[1:]))
        if asks == "of a list":
            voices = voices_of([discussion])[discussion.pk]
        else:
            _home, voices = heard_on([discussion.page_id])[discussion.page_id]
    assert voices.heard == tuple((key, name, key == "vraag") for key, name in at_first)


def test_what_asks_for_an_answer_says_so_until_it_has_one(client, make):
    discussion = make.discussion()
    said = make.published(discussion, kind="ervaring")
    assert "gw-waits" not in client.get(discussion.page.url).content.decode()
    changed("ervaring", asks_answer=True)
    assert "gw-waits" in client.get(discussion.page.url).content.decode()
    make.published(discussion, in_reply_to=said, kind="waardering")
    assert "gw-waits" not in client.get(discussion.page.url).content.decode()


def test_lens_has_the_owners_name_everywhere_it_is_shown(client, make):
    discussion = make.discussion()
    make.published(discussion, lens="bekwaam")
    lens = LensWords.objects.get(key="bekwaam")
    lens.name = "vakkundig"
    actions.save_lens(lens)
    html = client.get(discussion.page.url).content.decode()
    assert "vakkundig" in html
    assert AuditRecord.objects.get(action="lens").object_id == "bekwaam"


# --- in the admin ----------------------------------------------------------------------------


def words(**fields):
    return {
        "name": "Idee",
        "prompt": "Wat zou jij proberen?",
        "reply_words": "Denk mee",
        "shape": "brug",
        "sort_order": "70",
        "is_in_use": "on",
    } | fields


def test_owner_adds_and_changes_a_kind(client, owner):
    client.force_login(owner)
    assert client.post(reverse("goedwerk_kinds:add"), words()).status_code == 302
    made = row("idee")
    url = reverse("goedwerk_kinds:edit", args=[made.pk])
    assert client.post(url, words(name="Plan")).status_code == 302
    assert row("idee").name == "Plan"
    listed = client.get(reverse("goedwerk_kinds:index")).content.decode()
    assert "Plan" in listed
    assert "Verwijder" not in listed


def test_owner_reads_why_the_last_kind_stays(client, owner):
    ContributionKind.objects.exclude(key="vraag").update(is_in_use=False)
    client.force_login(owner)
    fields = words(name="Vraag") | {"is_in_use": ""}
    url = reverse("goedwerk_kinds:edit", args=[row("vraag").pk])
    refused = client.post(url, fields)
    assert "Dit is de enige soort die in gebruik is." in refused.content.decode()
    assert row("vraag").is_in_use
    assert row("vraag").prompt != fields["prompt"]


def test_owner_changes_what_a_lens_asks_and_adds_none(client, owner):
    client.force_login(owner)
    lens = LensWords.objects.get(key="betrokken")
    url = reverse("goedwerk_lenses:edit", args=[lens.pk])
    sent = {"name": "betrokken", "question": "Wie ken je die dit raakt?"}
    assert client.post(url, sent).status_code == 302
    assert kinds.lens_of("betrokken").question == "Wie ken je die dit raakt?"
    assert client.get(reverse("goedwerk_lenses:index")).status_code == 200
