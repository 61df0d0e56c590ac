"""Stories of the demonstration: four eyes as anywhere, also where an older one made them."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Page

from goedwerk_casestudies.clearance import is_cleared
from goedwerk_casestudies.models import Clearance, SecondEditorTask
from goedwerk_forum.setup import prepare
from goedwerk_site.demo.accounts import let_editors_edit, make_accounts
from goedwerk_site.demo.load import refresh
from goedwerk_site.demo.pages import content, make_page, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(db):
    """The site of the demonstration without its dialogues: (accounts, items by slug)."""
    site, items = content()
    make_site(site)
    list(prepare())
    let_editors_edit()
    return make_accounts(), {item["slug"]: item for item in items}


def test_each_is_written_by_one_and_signed_by_another(demo, client):
    accounts, items = demo
    for slug, item in items.items():
        page = make_page(item, accounts)
        is_waiting = item.get("state") == "waiting"
        assert page.live is not is_waiting, slug
        assert is_cleared(page) is not is_waiting, slug
        assert isinstance(page.current_workflow_task, SecondEditorTask) is is_waiting
        assert client.get(page.url).status_code == (404 if is_waiting else 200)
    assert set(Clearance.objects.values_list("abstracted_by__username", "signed_by__username")) == {
        ("redacteur", "redacteur2")
    }
    assert Page.objects.get(slug="de-lege-stoel").owner.username == "redacteur"


@pytest.fixture
def old(demo):
    """Two live stories as an older demonstration left them: no answers, no signatures."""
    accounts, items = demo
    pages = [
        make_page(items[slug], accounts)
        for slug in ("het-rapport-in-de-onderste-la", "een-vinkje-voor-de-keurmeester")
    ]
    Clearance.objects.all().delete()
    for page in pages:
        page.revisions.all().delete()
        answers = dict.fromkeys(("check_singling_out", "check_linking", "check_inference"), "")
        type(page).objects.filter(pk=page.pk).update(
            **answers, owner=None, latest_revision=None, live_revision=None
        )
    return pages


def test_an_older_one_is_signed_where_it_shows_the_shipped_words(old, client):
    first, second = old
    type(second).objects.filter(pk=second.pk).update(lead="Iemand schreef hier iets anders.")
    assert client.get(first.url).status_code == 404
    assert list(refresh()) == [
        "Verhalen van de demonstratie die alsnog zijn getekend: 1.",
        "Veranderde verhalen die op een tweede redacteur wachten: 1.",
    ]
    assert client.get(first.url).status_code == 200
    assert client.get(second.url).status_code == 404
    assert Clearance.objects.get().signed_by == get_user_model().objects.get(username="redacteur2")
    assert type(first).objects.get(pk=first.pk).check_linking
    assert list(refresh()) == ["Veranderde verhalen die op een tweede redacteur wachten: 1."]


def test_a_new_one_is_left_as_it_is(demo):
    accounts, items = demo
    make_page(items["het-rapport-in-de-onderste-la"], accounts)
    before = list(Clearance.objects.values())
    assert list(refresh()) == []
    assert list(Clearance.objects.values()) == before
