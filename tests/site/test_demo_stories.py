"""Stories of the demonstration: four eyes as anywhere."""

from __future__ import annotations

import pytest
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


def test_a_later_start_leaves_a_story_as_it_is(demo):
    accounts, items = demo
    make_page(items["het-rapport-in-de-onderste-la"], accounts)
    before = list(Clearance.objects.values())
    refresh()
    assert list(Clearance.objects.values()) == before
