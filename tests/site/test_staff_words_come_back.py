"""What staff type in the admin comes back: after sign-in, a refused token, a database away."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path
from unittest.mock import patch

import pytest
from django import forms
from django.db import OperationalError
from django.test import Client
from django.urls import get_resolver, reverse

import complaints as steps
import goedwerk_casestudies
import goedwerk_forum
import workbench
from goedwerk_casestudies.actions.workbench import desk_of
from goedwerk_casestudies.work import PARTS
from goedwerk_forum.actions import moderation
from goedwerk_forum.actions.appeals import Outcome
from goedwerk_forum.identity.rescue import COOKIE, cookie_of
from goedwerk_forum.models import MeasureRequest, Report, RescuedText, Statement
from goedwerk_forum.transitions import State
from goedwerk_forum.views import rescue

pytestmark = pytest.mark.django_db

WORD = "Wij zaten er met zijn drieën bij"
OTHER = "En de vierde kwam later binnen"
#: Templates of the admin with forms whose words come back after the sign-in too, and how many.
#: "together.html" is none: its page only comes after a list in which something was chosen, so that
#: nothing can be shown again at its address.
COME_BACK = {
    "goedwerk_forum/admin/appeal.html": 2,
    "goedwerk_forum/admin/case_form.html": 1,
    "goedwerk_forum/admin/case_notes.html": 1,
    "goedwerk_forum/admin/keep.html": 1,
    "goedwerk_forum/admin/measure.html": 1,
    "goedwerk_forum/admin/page_report.html": 1,
    "goedwerk_casestudies/admin/bench.html": 1,
    "goedwerk_casestudies/admin/refuse.html": 1,
}
ANY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def held(make):
    return make.held(make.discussion(discussion_policy="all_first"))


@pytest.fixture
def ambassador(make, held):
    return make.ambassador(held.discussion)


def case_url(held):
    return reverse("goedwerk_moderation:case", args=[held.public_id])


def mark_in(page: str) -> str:
    return re.search(r'name="typed_by" value="(\w+)"', page)[1]


def shown(client, who, url) -> str:
    """Her page, and then her session is over."""
    client.force_login(who)
    page = client.get(url).content.decode()
    client.logout()
    return page


def decision(held, page: str, **changed):
    return {
        "action": "reject",
        "reason": "conduct",
        "law": "",
        "words": WORD,
        "mark_2": "mijn collega",
        "instead_2": "iemand van ons team",
        "version": held.version,
        "typed_by": mark_in(page),
    } | changed


def nothing_decided(held) -> bool:
    held.refresh_from_db()
    return held.state == State.HELD and not Statement.objects.exists()


# --- a session that ended ------------------------------------------------------------------------


def test_a_decision_typed_in_a_session_that_ended_stands_in_its_form_again(
    client, held, ambassador, caplog
):
    url = case_url(held)
    typed = decision(held, shown(client, ambassador, url))
    sent_off = client.post(url, typed)
    assert sent_off.status_code == 302
    assert nothing_decided(held)
    cookie = sent_off.cookies[cookie_of(url)]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert WORD not in str(RescuedText.objects.values()) + caplog.text + str(sent_off.headers)

    client.force_login(ambassador)
    form = client.get(url).context["form"]
    for name in ("reason", "words", "mark_2", "instead_2"):
        assert form[name].value() == typed[name]
    done = client.post(url, typed | {"mark_2": "", "instead_2": ""})
    assert done.status_code == 302
    assert not RescuedText.objects.exists()
    assert done.cookies[cookie_of(url)].value == ""
    assert Statement.objects.get().words == WORD


def test_a_note_to_colleagues_comes_back(client, held, ambassador):
    url = case_url(held)
    mark = mark_in(shown(client, ambassador, url))
    client.post(url, {"text": WORD, "note": "note", "typed_by": mark})
    client.force_login(ambassador)
    assert client.get(url).context["note_form"]["text"].value() == WORD


def test_a_note_leaves_the_decision_that_was_lost_in_its_form(client, held, ambassador):
    url = case_url(held)
    client.post(url, decision(held, shown(client, ambassador, url)))
    client.force_login(ambassador)
    empty = client.post(url, {"text": "", "note": "note"})
    assert (empty.status_code, empty.context["form"]["words"].value()) == (422, WORD)
    assert client.post(url, {"text": OTHER, "note": "note"}).status_code == 302
    page = client.get(url)
    assert OTHER in page.content.decode()
    assert page.context["form"]["words"].value() == WORD
    assert page.context["note_form"]["text"].value() != OTHER


def test_a_note_that_was_lost_comes_back_until_it_is_written(client, held, ambassador):
    url = case_url(held)
    mark = mark_in(shown(client, ambassador, url))
    client.post(url, {"text": WORD, "note": "note", "typed_by": mark})
    client.force_login(ambassador)
    assert client.post(url, {"text": WORD, "note": "note"}).status_code == 302
    assert not RescuedText.objects.exists()
    assert not client.get(url).context["note_form"]["text"].value()


def test_an_answer_to_who_reported_comes_back(client, held, ambassador):
    text = steps.by_software(held.discussion)
    steps.reported(text)
    url = reverse("goedwerk_moderation:keep", args=[text.public_id])
    mark = mark_in(shown(client, ambassador, url))
    client.post(url, {"text": WORD, "version": "1", "seen": "x", "typed_by": mark})
    client.force_login(ambassador)
    form = client.get(url).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    assert sent["text"] == WORD
    assert client.post(url, sent).status_code == 302
    assert Report.objects.get().answer == WORD
    assert not RescuedText.objects.exists()


def test_an_answer_to_who_reported_a_page_comes_back(client, held, ambassador):
    report = steps.page_reported(held.discussion).report
    url = reverse("goedwerk_reports:report", args=[report.public_id])
    typed = {"outcome": "refused", "text": WORD}
    client.post(url, typed | {"typed_by": mark_in(shown(client, ambassador, url))})
    report.refresh_from_db()
    assert report.state == "open"
    client.force_login(ambassador)
    form = client.get(url).context["form"]
    assert {name: form[name].value() for name in typed} == typed
    assert client.post(url, typed).status_code == 302
    assert not RescuedText.objects.exists()


@pytest.fixture
def appeal(make, held, ambassador):
    colleague = make.ambassador(held.discussion)
    return steps.appealed(steps.refused(held.discussion, by=colleague))


def test_a_verdict_comes_back_also_after_a_question(client, ambassador, appeal):
    url = reverse("goedwerk_moderation:appeal", args=[appeal.public_id])
    typed = {"outcome": "refused", "text": WORD}
    client.post(url, typed | {"version": "1", "typed_by": mark_in(shown(client, ambassador, url))})
    client.force_login(ambassador)
    page = client.get(url).context
    verdict = page["verdict"]
    assert {name: verdict[name].value() for name in typed} == typed
    assert not page["question"]["text"].value()
    version = page["question"]["version"].value()
    assert client.post(url, {"ask": "1", "text": OTHER, "version": version}).status_code == 302
    verdict = client.get(url).context["verdict"]
    sent = {name: verdict[name].value() for name in verdict.fields}
    assert sent["text"] == WORD
    assert client.post(url, sent).status_code == 302
    assert not RescuedText.objects.exists()
    appeal.refresh_from_db()
    assert appeal.state == "refused"


def test_a_question_comes_back_in_its_own_form(client, ambassador, appeal):
    url = reverse("goedwerk_moderation:appeal", args=[appeal.public_id])
    typed = {"ask": "1", "text": WORD}
    client.post(url, typed | {"version": "1", "typed_by": mark_in(shown(client, ambassador, url))})
    client.force_login(ambassador)
    page = client.get(url).context
    assert page["question"]["text"].value() == WORD
    assert not page["verdict"]["text"].value()
    version = page["question"]["version"].value()
    assert client.post(url, typed | {"version": version}).status_code == 302
    assert not RescuedText.objects.exists()


def test_a_verdict_that_a_colleague_gave_meanwhile_leaves_ones_words_in_sight(
    client, ambassador, appeal
):
    url = reverse("goedwerk_moderation:appeal", args=[appeal.public_id])
    typed = {"outcome": "refused", "text": WORD, "version": "1"}
    client.post(url, typed | {"typed_by": mark_in(shown(client, ambassador, url))})
    steps.verdict(appeal, Outcome.GRANT)
    client.force_login(ambassador)
    assert f'<textarea rows="4" readonly>{WORD}</textarea>' in client.get(url).text


def test_a_measure_comes_back(client, make, held, ambassador):
    url = reverse("goedwerk_moderation:measure", args=[held.public_id])
    mark = mark_in(shown(client, ambassador, url))
    typed = {"kind": "pause", "days": "7", "until": "", "reason": "conduct", "words": WORD}
    client.post(url, typed | {"typed_by": mark})
    assert not MeasureRequest.objects.exists()
    client.force_login(ambassador)
    form = client.get(url).context["form"]
    assert {name: form[name].value() for name in typed} == typed


def test_the_words_of_an_ambassador_come_back_to_nobody_else(client, make, held, ambassador):
    url = case_url(held)
    client.post(url, decision(held, shown(client, ambassador, url)))
    colleague = make.user(groups=tuple(ambassador.groups.all()))
    client.force_login(colleague)
    assert WORD not in client.get(url).content.decode()
    client.force_login(ambassador)
    assert WORD in client.get(url).content.decode()


def test_words_that_say_not_whose_they_are_are_not_kept_in_the_admin(client, held):
    sent_off = client.post(case_url(held), {"words": WORD})
    assert sent_off.status_code == 302
    assert not [name for name in sent_off.cookies if name.startswith(COOKIE)]
    assert not RescuedText.objects.exists()


def test_who_is_turned_away_for_another_reason_leaves_nothing(client, make, held, ambassador):
    url = case_url(held)
    typed = decision(held, shown(client, ambassador, url))
    client.force_login(make.user())
    client.post(url, typed)
    assert not RescuedText.objects.exists()


@pytest.fixture
def editor():
    return workbench.editor()


@pytest.fixture
def submission(editor):
    return workbench.in_hand(editor)


def bench(page: str, **changed):
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    typed = {"text-lead": WORD, "own": OTHER, "version": version, "typed_by": mark_in(page)}
    return typed | changed


def test_the_workbench_comes_back(client, editor, submission):
    url = workbench.at("bench", submission)
    before = workbench.version_of(submission)
    typed = bench(shown(client, editor, url))
    client.post(f"{url}?bij=x", typed)
    assert workbench.version_of(submission) == before
    client.force_login(editor)
    page = client.get(url).content.decode()
    assert f"\n{WORD}</textarea>" in page
    assert f'value="{OTHER}"' in page
    assert "Wat je typte voordat je opnieuw inlogde" in page
    assert client.post(url, typed).status_code == 200  # the words beside a finding stay in sight
    assert not RescuedText.objects.exists()
    assert "opnieuw inlogde" not in client.get(url).content.decode()


def test_texts_that_were_saved_do_not_come_back_over_newer_ones(client, editor, submission):
    """A press that saves the texts and finds a mistake beside a finding has had its words."""
    url = workbench.at("bench", submission)
    typed = bench(shown(client, editor, url))
    client.post(url, typed)
    client.force_login(editor)
    seen = desk_of(submission).examined.open[0]
    wrong = client.post(url, typed | {"do": f"keep:{seen.key}", "reason": ""})
    assert wrong.status_code == 422
    assert "Schrijf waarom deze woorden mogen blijven." in wrong.content.decode()
    assert not RescuedText.objects.exists()
    newer = {"text-lead": "Intussen verder gegaan", "version": workbench.version_of(submission)}
    client.post(url, typed | newer | {"do": "save", "own": ""})
    page = client.get(url).content.decode()
    assert "\nIntussen verder gegaan</textarea>" in page
    assert WORD not in page
    assert "opnieuw inlogde" not in page


def test_the_workbench_says_where_a_colleague_kept_something_meanwhile(client, editor, submission):
    url = workbench.at("bench", submission)
    typed = bench(shown(client, editor, url), version="999")
    client.post(url, typed)
    client.force_login(editor)
    page = client.get(url).content.decode()
    assert "Er is intussen iets anders bewaard" in page
    assert WORD in page


def test_a_letter_that_says_no_comes_back(client, editor, submission):
    url = workbench.at("refuse", submission)
    mark = mark_in(shown(client, editor, url))
    client.post(url, {"why": "other", "words": WORD, "typed_by": mark})
    client.force_login(editor)
    form = client.get(url).context["form"]
    assert (form["why"].value(), form["words"].value()) == ("other", WORD)


# --- a token, and a database ---------------------------------------------------------------------


def test_a_case_that_was_open_too_long_can_be_sent_again(held, ambassador):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ambassador)
    url = case_url(held)
    refused = client.post(url, decision(held, client.get(url).content.decode()))
    page = refused.content.decode()
    assert refused.status_code == 403
    assert nothing_decided(held)
    for word in (WORD, "mijn collega", "iemand van ons team"):
        assert f"\n{word}</textarea>" in page
    for name, value in (("action", "reject"), ("reason", "conduct"), ("version", held.version)):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page


def test_a_question_that_was_open_too_long_is_sent_again_as_a_question(ambassador, appeal):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ambassador)
    url = reverse("goedwerk_moderation:appeal", args=[appeal.public_id])
    refused = client.post(url, {"ask": "1", "text": WORD, "version": "1"})
    assert refused.status_code == 403
    assert '<input type="hidden" name="ask" value="1">' in refused.text
    assert f"\n{WORD}</textarea>" in refused.text


def test_an_answer_that_was_open_too_long_comes_beside_what_is_reported_now(
    client, held, ambassador
):
    """What she had read does not travel: she reads it, and sends her words again."""
    text = steps.by_software(held.discussion)
    steps.reported(text)
    client.force_login(ambassador)
    url = reverse("goedwerk_moderation:keep", args=[text.public_id])
    again = client.post(url, {"text": WORD, "version": steps.now(text).version})
    assert again.status_code == 409
    assert "Lees eerst wat er nu gemeld is." in again.text
    form = again.context["form"]
    sent = {name: form[name].value() for name in form.fields}
    assert sent["text"] == WORD
    assert Report.objects.get().state == "open"
    assert client.post(url, sent).status_code == 302
    assert Report.objects.get().answer == WORD


def test_the_workbench_that_was_open_too_long_gives_the_texts_back(editor, submission):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    url = workbench.at("bench", submission)
    before = workbench.version_of(submission)
    refused = client.post(url, bench(client.get(url).content.decode()))
    page = refused.content.decode()
    assert refused.status_code == 403
    assert workbench.version_of(submission) == before
    assert 'name="text-lead"' in page
    assert f"\n{WORD}</textarea>" in page
    assert f"\n{OTHER}</textarea>" in page


def test_what_is_asked_of_an_editor_at_approval_comes_back():
    client = Client(enforce_csrf_checks=True)
    url = reverse("wagtailadmin_pages:workflow_action", args=[1, "reject", 1])
    refused = client.post(url, {"comment": WORD})
    assert refused.status_code == 403
    assert f"\n{WORD}</textarea>" in refused.content.decode()


def test_a_database_that_is_away_gives_the_words_back(client, held, ambassador, caplog):
    client.force_login(ambassador)
    url = case_url(held)
    typed = decision(held, client.get(url).content.decode(), mark_2="", instead_2="")
    with patch.object(moderation, "transaction") as away:
        away.atomic.side_effect = OperationalError
        answer = client.post(url, typed)
    assert answer.status_code == 503
    assert f"\n{WORD}</textarea>" in answer.content.decode()
    assert WORD not in caplog.text
    assert nothing_decided(held)


# --- all forms -----------------------------------------------------------------------------------


def test_the_forms_whose_words_come_back_say_whose_they_are():
    for name, number in COME_BACK.items():
        package = goedwerk_forum if name.startswith("goedwerk_forum") else goedwerk_casestudies
        page = Path(package.__path__[0], "templates", name).read_text()
        assert page.count("{% typed_by %}") == number, name


def admin_forms() -> dict[str, forms.Field]:
    """The fields of the plain forms of our admin, by module, form and name."""
    found = {}
    for package in (goedwerk_forum, goedwerk_casestudies):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".admin." not in module.name:
                continue
            for name, item in vars(importlib.import_module(module.name)).items():
                is_form = isinstance(item, type) and issubclass(item, forms.Form)
                if is_form and item.__module__ == module.name:
                    fields = item.base_fields.items()
                    found |= {f"{module.name}.{name}.{field}": it for field, it in fields}
    return found


def test_every_word_in_a_form_of_our_admin_comes_back():
    found = admin_forms()
    assert len(found) > 30
    lost = [
        name
        for name, field in found.items()
        if isinstance(field, forms.CharField)
        and not field.widget.is_hidden
        and not rescue.label_of(name.rpartition(".")[2])
    ]
    assert not lost


def test_every_control_that_an_admin_template_names_itself_comes_back():
    named = set()
    for package in (goedwerk_forum, goedwerk_casestudies):
        for path in Path(package.__path__[0], "templates").rglob("admin/*.html"):
            named |= set(re.findall(r"<textarea[^>]* name=\"([^\"]+)\"", path.read_text()))
    assert named == {"text-{{ part.name }}"}
    assert all(rescue.label_of(f"text-{part}") for part in PARTS)


def admin_addresses() -> dict[str, str]:
    """Every address of ours below the admin, with something where it names a thing."""
    found = {}
    for space, (_way, resolver) in get_resolver().namespace_dict.items():
        if not space.startswith("goedwerk_") or space in ("goedwerk_forum", "goedwerk_stories"):
            continue
        for name in {pattern.name for pattern in resolver.url_patterns if pattern.name}:
            parts = resolver.reverse_dict.getlist(name)[0][0][0][1]
            kwargs = {part: ANY if part == "uuid" else 1 for part in parts}
            found[f"{space}:{name}"] = reverse(f"{space}:{name}", kwargs=kwargs)
    return found


def test_words_in_a_form_of_the_admin_that_was_open_too_long_stand_in_one_that_can_be_sent():
    client = Client(enforce_csrf_checks=True)
    typed = dict.fromkeys(["words", "law", "text", "answer", "comment", "own", "text-lead"], WORD)
    found = admin_addresses()
    assert len(found) > 40
    for name, url in found.items():
        refused = client.post(url, typed)
        assert refused.status_code == 403, name
        assert refused.content.decode().count(WORD) == len(typed), name


# --- two forms at once ---------------------------------------------------------------------------


def test_two_forms_lost_in_one_browser_both_come_back(client, make):
    author = make.user()
    discussions = [make.discussion(), make.discussion()]
    urls = []
    for number, discussion in enumerate(discussions):
        make.participant(discussion, author)
        url = reverse("goedwerk_forum:write", args=[discussion.uuid.hex])
        client.post(url, {"text": f"{WORD} {number}", "kind": "ervaring"})
        urls.append(url)
    assert len({cookie_of(url) for url in urls}) == 2
    assert RescuedText.objects.count() == 2
    client.force_login(author)
    for number, url in enumerate(urls):
        assert client.get(url).context["form"]["text"].value() == f"{WORD} {number}"
    client.post(urls[0], {"text": f"{WORD} 0 en verder", "kind": "ervaring", "submission": "x"})
    assert client.get(urls[0]).context["form"]["text"].value() != f"{WORD} 0"
    assert client.get(urls[1]).context["form"]["text"].value() == f"{WORD} 1"
    assert RescuedText.objects.count() == 1
