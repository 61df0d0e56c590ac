"""An editor brings in a report: who may, what is said, what is kept."""

from __future__ import annotations

import datetime
import html
import re

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goedwerk_casestudies import raw
from goedwerk_casestudies.actions.reports import let_go_of_held_reports, parts_of
from goedwerk_casestudies.models import Submission
from goedwerk_casestudies.reports import Problem
from goedwerk_forum import retention
from goedwerk_forum.errors import KeyMissing
from goedwerk_forum.identity import keys
from goedwerk_forum.models import AuditRecord

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

REPORT = """\
# De sleutel van het depot

Op maandag belde Wouterina Smaling. Zij zag dat de sleutel weg was.

## Wat eraan voorafging

Haar collega Yassir El Bouzidi had hem meegenomen.

### Een losse gedachte

Vertrouwen is geen procedure.

# Een leeg hoofdstuk

# De tweede kwestie

Niemand vroeg ernaar.
"""
NAMES = ["Smaling", "Bouzidi", "Wouterina", "Yassir"]


@pytest.fixture
def editor(make):
    editor = make.user("redacteur")
    editor.user_permissions.set(
        Permission.objects.filter(codename__in=["abstract_submission", "access_admin"])
    )
    return editor


@pytest.fixture
def admin(client, editor):
    client.force_login(editor)
    return client


def upload(client, data=REPORT, name="verslag van Wouterina Smaling.md"):
    data = data.encode() if isinstance(data, str) else data
    return client.post(reverse("goedwerk_report_import"), {"file": SimpleUploadedFile(name, data)})


def said(response) -> str:
    content = response.getvalue() if response.streaming else response.content
    return html.unescape(content.decode())


def held() -> Submission:
    return Submission.objects.get(state="draft")


def choose_url(one=None) -> str:
    return reverse("goedwerk_report_choose", args=[(one or held()).public_id])


def brought_in(client, **fields) -> str:
    page = said(upload(client, **fields))
    assert choose_url() in page
    return choose_url()


# --- bringing in -----------------------------------------------------------------------------


def test_the_page_shows_how_far_it_is_and_leads_on(admin):
    response = upload(admin)
    assert response.status_code == 200
    assert response.streaming
    page = said(response)
    steps = [int(step) for step in re.findall(r'<progress max="100" value="(\d+)"', page)]
    assert steps == sorted(steps)
    assert steps[-1] == 100
    assert "onderdeel 5 van 5" in page
    assert f'http-equiv="refresh" content="0;url={choose_url()}"' in page
    assert f'href="{choose_url()}"' in page


def test_what_is_held_is_sealed_and_of_the_editor_alone(admin, editor):
    upload(admin).getvalue()
    row = held()
    assert row.editor == editor
    assert row.source == "report"
    assert row.token is None
    assert not any(name in str(vars(row)) for name in NAMES)
    assert parts_of(row)[0].heading == "De sleutel van het depot"


def test_headings_are_listed_with_words_and_findings(admin):
    page = said(admin.get(brought_in(admin)))
    first = page.index("De sleutel van het depot")
    second = page.index("Wat eraan voorafging")
    assert "namen of details gemarkeerd" in page[first:second]
    assert "Op maandag belde" in page[first:second]
    assert "geen tekst onder deze kop" in page[page.index("Een leeg hoofdstuk") :]
    assert page.count('type="checkbox"') == 4


def test_each_chosen_heading_becomes_a_submission_in_hand(admin, editor):
    url = brought_in(admin)
    response = admin.post(url, {"chosen": ["0", "4"]})
    assert response.status_code == 302
    made = {raw.unseal(row.sealed_raw, row.uuid).title: row for row in Submission.objects.all()}
    assert set(made) == {"De sleutel van het depot", "De tweede kwestie"}
    for row in made.values():
        assert (row.source, row.state, row.consent) == ("report", "in_hand", "not_needed")
        assert row.editor == editor
        assert row.token is None
        assert row.sent_on == timezone.localdate()
    text = raw.unseal(
        made["De sleutel van het depot"].sealed_raw, made["De sleutel van het depot"].uuid
    ).what_happened
    assert "Yassir El Bouzidi" in text
    assert "Een losse gedachte\n\nVertrouwen" in text
    assert "Niemand vroeg" not in text


def test_a_heading_chosen_below_another_takes_its_own_text(admin):
    admin.post(brought_in(admin), {"chosen": ["0", "1"]})
    texts = {}
    for row in Submission.objects.all():
        text = raw.unseal(row.sealed_raw, row.uuid)
        texts[text.title] = text.what_happened
    assert "Bouzidi" not in texts["De sleutel van het depot"]
    assert "Vertrouwen" not in texts["De sleutel van het depot"]
    assert "Bouzidi" in texts["Wat eraan voorafging"]
    assert "Vertrouwen" in texts["Wat eraan voorafging"]


def test_a_heading_of_which_nothing_is_left_makes_nothing(admin):
    report = "# Een kop zonder tekst\n\n## Eronder\n\nHier staat het."
    admin.post(brought_in(admin, data=report), {"chosen": ["0", "1"]})
    row = Submission.objects.get()
    assert raw.unseal(row.sealed_raw, row.uuid).title == "Eronder"


def test_the_record_has_no_word_and_no_person(admin, editor):
    admin.post(brought_in(admin), {"chosen": ["0"]})
    record = AuditRecord.objects.filter(object_kind="submission", action="import").last()
    assert (record.actor, record.before, record.after) == ("editor", "draft", "in_hand")
    assert not any(name in str(vars(record)) for name in [*NAMES, editor.username])


# --- nothing chosen, thrown away, too late ---------------------------------------------------


@pytest.mark.parametrize("chosen", [[], ["3"], ["99"], ["x"]])
def test_without_a_choice_nothing_is_made(admin, chosen):
    url = brought_in(admin)
    response = admin.post(url, {"chosen": chosen})
    assert response.status_code == 422
    assert Submission.objects.get().state == "draft"


def test_thrown_away_is_gone(admin):
    url = brought_in(admin)
    assert admin.post(url, {"throw_away": "1"}).status_code == 302
    assert not Submission.objects.exists()
    assert admin.get(url).status_code == 404


def test_chosen_twice_is_made_once(admin):
    url = brought_in(admin)
    admin.post(url, {"chosen": ["4"]})
    assert admin.post(url, {"chosen": ["4"]}).status_code == 404
    assert Submission.objects.count() == 1


def test_what_is_held_can_be_found_again(admin):
    url = brought_in(admin)
    page = said(admin.get(reverse("goedwerk_report_import")))
    assert url in page
    assert "importeerde (1)" in page


def test_nobody_chose_for_a_day(admin):
    upload(admin).getvalue()
    assert let_go_of_held_reports() == 0
    Submission.objects.update(touched_on=timezone.localdate() - datetime.timedelta(days=2))
    assert let_go_of_held_reports in [rule.erase for rule in retention.erasing_rules()]
    assert let_go_of_held_reports() == 1
    assert not Submission.objects.exists()


# --- who may ---------------------------------------------------------------------------------


def test_without_the_right_nothing_is_read(client, make):
    nobody = make.user("andere")
    nobody.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client.force_login(nobody)
    assert client.get(reverse("goedwerk_report_import")).status_code == 302
    assert upload(client).status_code == 302
    assert not Submission.objects.exists()


def test_another_editor_does_not_see_it(admin, make, editor):
    url = brought_in(admin)
    other = make.user("tweede")
    other.user_permissions.set(editor.user_permissions.all())
    client = Client()
    client.force_login(other)
    assert client.get(url).status_code == 404
    assert client.post(url, {"chosen": ["0"]}).status_code == 404
    assert client.post(url, {"throw_away": "1"}).status_code == 404
    assert url not in said(client.get(reverse("goedwerk_report_import")))
    assert held()


def test_a_forged_form_is_refused(editor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert upload(client).status_code == 403
    assert not Submission.objects.exists()


# --- what is wrong with a file ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("verslag.md", b"", "Dit bestand is leeg"),
        ("verslag.xls", b"x", "Dit soort bestand kan niet"),
        ("verslag", b"x", "Dit soort bestand kan niet"),
        ("verslag.doc", b"\xd0\xcf\x11\xe0", "oude versie van Word"),
        ("verslag.docx", b"geen zip", "iets anders dan de naam zegt"),
        ("verslag.txt", b"%PDF-1.7", "iets anders dan de naam zegt"),
    ],
)
def test_what_is_seen_at_a_glance_stands_beside_the_field(admin, name, data, words):
    response = upload(admin, data, name)
    assert response.status_code == 422
    page = said(response)
    assert words in page[page.index("w-field__errors") :]
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("verslag.pdf", b"%PDF-1.7\nkapot", "beschadigd"),
        ("verslag.docx", b"PK\x03\x04 kapot", "iets anders dan de naam zegt"),
        ("verslag.md", b"![](x.png)", "geen tekst"),
    ],
)
def test_what_the_reading_finds_stands_beside_the_field(admin, name, data, words):
    response = upload(admin, data, name)
    assert response.status_code == 200
    page = said(response)
    assert words in page[page.index("w-field__errors") :]
    assert 'http-equiv="refresh"' not in page
    assert not Submission.objects.exists()


def test_too_big_is_said_without_keeping_it(admin, settings):
    settings.GOEDWERK_STORIES = {"REPORT_MAX_MB": 1}
    response = upload(admin, b"a" * 1_000_001, "verslag.txt")
    assert response.status_code == 422
    assert "Er past hooguit 1 MB" in said(response)


def test_no_file_is_chosen(admin):
    response = admin.post(reverse("goedwerk_report_import"), {})
    assert response.status_code == 422
    assert "Kies eerst een bestand" in said(response)


@pytest.mark.parametrize("problem", Problem)
def test_each_problem_has_a_sentence(problem):
    from goedwerk_casestudies.admin.report_upload import sentence

    assert len(sentence(problem)) > 20


# --- where the file is, and is not -----------------------------------------------------------


def test_a_large_file_is_never_on_disk(admin, settings, tmp_path):
    """Larger than what Django keeps in memory of itself."""
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    before = tmp_path.stat().st_mtime_ns
    brought_in(admin)
    assert list(tmp_path.iterdir()) == []
    assert tmp_path.stat().st_mtime_ns == before


def test_the_name_of_the_file_is_nowhere(admin, caplog):
    page = said(upload(admin, name="geheim dossier Wouterina Smaling.md"))
    assert "geheim dossier" not in page
    assert "geheim dossier" not in caplog.text
    assert "geheim dossier" not in str(vars(held())) + str(parts_of(held()))


def test_without_the_key_nothing_is_read(admin, monkeypatch):
    def no_key():
        raise KeyMissing

    monkeypatch.setattr(keys, "link_key", no_key)
    response = upload(admin)
    assert response.status_code == 503
    assert not response.streaming
    assert not Submission.objects.exists()
