"""Figures for researchers: who may, what is in the file, and what is not."""

from __future__ import annotations

import csv
import datetime
import io

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import PageViewRestriction

from goedwerk_forum import research
from goedwerk_forum.actions.research import export
from goedwerk_forum.errors import NotAllowed
from goedwerk_forum.models import AuditRecord, Contribution
from goedwerk_forum.transitions import Action

pytestmark = pytest.mark.django_db

URL = "goedwerk_research"
LONG_AGO = datetime.date(2025, 2, 3)


@pytest.fixture
def researcher(make):
    group = Group.objects.create(name="onderzoek")
    group.permissions.set(
        Permission.objects.filter(codename__in=["export_research", "access_admin"])
    )
    return make.user(groups=(group,))


def said(make, discussion, number=1, day=LONG_AGO, **fields):
    for _number in range(number):
        contribution = make.published(discussion, **fields)
        Contribution.objects.filter(pk=contribution.pk).update(day=day)


def figures(table):
    return {
        (line.group, line.what): line.number for line in research.lines() if line.table == table
    }


# --- what is in it ---------------------------------------------------------------------------


def test_tables_count_what_anybody_may_read(make, discussion):
    said(make, discussion, 4, kind="vraag", lens="bekwaam")
    said(make, discussion, 3, kind="ervaring")
    make.judged(make.published(discussion, kind="vraag"), Action.HIDE, "conduct")
    closed = make.discussion()
    said(make, closed, 5, kind="perspectief")
    PageViewRestriction.objects.create(page=closed.page, restriction_type="login")
    assert figures("Bijdragen per kwartaal en soort") == {
        ("1e kwartaal 2025", "Ervaring"): 3,
        ("1e kwartaal 2025", "Vraag"): 4,
    }
    assert figures("Bijdragen per soort en lens") == {
        ("Ervaring", "geen lens"): 3,
        ("Vraag", "bekwaam"): 4,
    }
    assert figures("Bijdragen per dialoog") == {("alle dialogen", discussion.page.title): 7}
    assert figures("Vragen met en zonder antwoord, per kwartaal") == {
        ("1e kwartaal 2025", "zonder"): 4
    }


def test_no_number_under_three_and_none_that_subtracting_finds(make, discussion):
    said(make, discussion, 5, kind="vraag", lens="bekwaam")
    said(make, discussion, 2, kind="ervaring", lens="betrokken")
    said(make, make.discussion(), 1, kind="afweging")
    found = [line for line in research.lines() if line.number is not None]
    assert found
    assert all(line.number >= 3 for line in found)
    assert figures("Bijdragen per kwartaal en soort") == {
        ("1e kwartaal 2025", "Vraag"): 5,
        ("1e kwartaal 2025", "samen"): 3,
    }


def test_quarter_that_goes_on_is_left_out(make, discussion):
    for _number in range(4):
        make.published(discussion, kind="vraag")
    assert not [line for line in research.lines() if line.number is not None]


def test_no_text_no_pseudonym_and_no_person(make, discussion):
    said(
        make, discussion, 4, kind="vraag", text="Een geheim woord staat in deze tekst, zeggen zij."
    )
    told = str(research.lines())
    assert "geheim" not in told
    for contribution in Contribution.objects.select_related("participant"):
        assert contribution.participant.pseudonym not in told
        assert contribution.public_id not in told


def test_other_apps_add_their_groups(make):
    from goedwerk_casestudies.models import Theme

    theme = Theme.objects.create(name="Loyaliteit", slug="loyaliteit")
    discussion = make.discussion()
    story = discussion.page.specific
    story.themes.set([theme])
    make.live_and_cleared(story)
    said(make, discussion, 3, kind="vraag")
    assert figures("Bijdragen per thema en soort") == {("Loyaliteit", "Vraag"): 3}


# --- taking it along -------------------------------------------------------------------------


def test_csv_has_the_tables_says_what_is_left_out_and_is_on_record(client, make, researcher):
    discussion = make.discussion()
    said(make, discussion, 3, kind="vraag")
    client.force_login(researcher)
    answer = client.post(reverse(URL), {"file": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode())))
    assert "Aantallen onder drie staan er niet in" in rows[1]["Waarvan"]
    assert {"Tabel": "Bijdragen per soort en lens", "Groep": "Vraag", "Aantal": "3"}.items() <= (
        next(row for row in rows if row["Tabel"] == "Bijdragen per soort en lens").items()
    )
    record = AuditRecord.objects.get(action="research")
    assert (record.actor, record.object_id) == ("researcher", "csv")


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+1", "-1", "@ 1", "\t=1"])
def test_title_is_never_a_formula(client, make, researcher, title):
    discussion = make.discussion(title=title)
    said(make, discussion, 3)
    client.force_login(researcher)
    sheet = client.post(reverse(URL), {"file": "csv"}).getvalue().decode()
    for row in csv.reader(io.StringIO(sheet)):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in row)
    book = client.post(reverse(URL), {"file": "xlsx"})
    cells = [
        cell
        for row in openpyxl.load_workbook(io.BytesIO(book.getvalue())).active.iter_rows()
        for cell in row
    ]
    assert any(title.strip() in str(cell.value) for cell in cells)
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_looking_writes_nothing(client, researcher):
    client.force_login(researcher)
    assert client.get(f"{reverse(URL)}?export=csv")["Content-Type"].startswith("text/html")
    assert client.post(reverse(URL), {"file": "exe"}).status_code == 200
    assert not AuditRecord.objects.filter(action="research").exists()


def test_who_may_not_gets_no_figures_and_leaves_no_record(client, make, discussion):
    outsider = make.ambassador(discussion)
    client.force_login(outsider)
    for answer in (client.get(reverse(URL)), client.post(reverse(URL), {"file": "csv"})):
        assert answer.status_code == 302
        assert answer.url == reverse("wagtailadmin_home")
    with pytest.raises(NotAllowed):
        export(user=outsider, as_file="csv")
    assert not AuditRecord.objects.filter(action="research").exists()
