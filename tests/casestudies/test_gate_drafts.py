"""A name that nobody decided on goes into no table, by whatever way a draft is saved."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text, streamfield

import four_eyes
from four_eyes import PLANTED, form_of
from goedwerk_casestudies.errors import Unresolved
from goedwerk_casestudies.models import StoryPage

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SENTENCE = f"Dit deed {PLANTED} op het bureau."
KEPT = streamfield([("kept", {"words": PLANTED, "reason": "Hij schreef er zelf een boek over."})])
AS_JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def draft(db):
    four_eyes.prepared_site()
    return four_eyes.draft(four_eyes.editor("redactrice"))


@pytest.fixture
def admin(client, draft):
    client.force_login(draft.get_latest_revision().user)
    return client


def tables_with(word: str) -> list[str]:
    """Every table of the database in which ``word`` stands."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            columns = ", ".join(
                connection.ops.quote_name(field.column)
                for field in model._meta.local_concrete_fields
            )
            cursor.execute(f"SELECT {columns} FROM {model._meta.db_table}")
            if any(word.lower() in str(row).lower() for row in cursor.fetchall()):
                found.append(model._meta.db_table)
    return found


FIELDS = [
    ("title", SENTENCE),
    ("slug", "jan-de-vries-en-het-rapport"),
    ("seo_title", SENTENCE),
    ("search_description", SENTENCE),
    ("lead", SENTENCE),
    ("what_happened", rich_text(f"<p>{SENTENCE}</p>")),
    ("image_alt", SENTENCE),
    ("pull_quote", SENTENCE),
    ("lens_engaged", SENTENCE),
    ("check_inference", SENTENCE),
]


@pytest.mark.parametrize(("name", "value"), FIELDS)
class TestForm:
    """The editor's form: said beside the field, and nothing is kept."""

    def nothing_was_saved(self, draft):
        assert tables_with("kwispelaar") == []
        assert tables_with("jan-de-vries") == []
        assert draft.revisions.count() == 1

    def test_a_draft_is_refused(self, admin, draft, name, value):
        response = admin.post(four_eyes.edit_url(draft), form_of(draft, **{name: value}))
        error = str(response.context["form"].errors[name])
        assert "woorden die mogen blijven" in error
        assert ("jan de vries" if name == "slug" else PLANTED) in error
        self.nothing_was_saved(draft)

    def test_an_autosave_is_refused(self, admin, draft, name, value):
        form = form_of(draft, **{name: value})
        response = admin.post(four_eyes.edit_url(draft), form, **AS_JSON)
        assert response.status_code == 400
        assert response.json()["error_code"] == "validation_error"
        self.nothing_was_saved(draft)

    def test_submitting_is_refused(self, admin, draft, name, value):
        form = form_of(draft, **{name: value}) | {"action-submit": "on"}
        admin.post(four_eyes.edit_url(draft), form)
        assert not draft.workflow_in_progress
        self.nothing_was_saved(draft)

    def test_a_new_page_is_refused(self, admin, draft, name, value):
        url = reverse(
            "wagtailadmin_pages:add",
            args=["goedwerk_casestudies", "storypage", draft.get_parent().pk],
        )
        form = form_of(draft, **{"slug": "nieuw", name: value})
        response = admin.post(url, form)
        assert name in response.context["form"].errors
        assert StoryPage.objects.count() == 1
        self.nothing_was_saved(draft)


def test_a_draft_without_names_is_saved(admin, draft):
    admin.post(four_eyes.edit_url(draft), form_of(draft, lead="Een andere inleiding."))
    assert draft.revisions.count() == 2
    form = form_of(draft, lead="Nog een inleiding.")
    assert admin.post(four_eyes.edit_url(draft), form, **AS_JSON).json()["success"]


def test_words_that_may_stay_are_saved(admin, draft):
    admin.post(four_eyes.edit_url(draft), form_of(draft, lead=SENTENCE, kept=KEPT))
    assert StoryPage.objects.get(pk=draft.pk).get_latest_revision_as_object().lead == SENTENCE


def test_words_may_not_stay_without_a_reason(admin, draft):
    kept = streamfield([("kept", {"words": PLANTED, "reason": ""})])
    admin.post(four_eyes.edit_url(draft), form_of(draft, lead=SENTENCE, kept=kept))
    assert tables_with("kwispelaar") == []


def test_the_error_stands_in_the_page_beside_the_field(admin, draft):
    response = admin.post(four_eyes.edit_url(draft), form_of(draft, lead=SENTENCE))
    page = response.content.decode()
    assert f"Maak van ‘{PLANTED}’ iets als" in page.replace("&#x27;", "'")


# --- by code ---------------------------------------------------------------------------------


def refuses(error, save):
    with pytest.raises(error), transaction.atomic():
        save()
    assert tables_with("kwispelaar") == []


def test_a_revision_by_code_is_refused(draft):
    draft.lead = SENTENCE
    refuses(ValidationError, draft.save_revision)
    refuses(Unresolved, lambda: draft.save_revision(clean=False))


def test_an_overwritten_revision_is_refused(draft):
    draft.lead = SENTENCE
    revision = draft.get_latest_revision()
    refuses(
        Unresolved,
        lambda: draft.save_revision(clean=False, user=revision.user, overwrite_revision=revision),
    )


def test_a_row_by_code_is_refused(draft):
    draft.lead = SENTENCE
    refuses(Unresolved, draft.save)
    refuses(Unresolved, lambda: draft.save(update_fields=["lead"]))
    generic = Page.objects.get(pk=draft.pk)
    generic.title = SENTENCE
    refuses(Unresolved, generic.save)


def test_a_copy_with_a_name_in_its_title_is_refused(admin, draft):
    url = reverse("wagtailadmin_pages:copy", args=[draft.pk])
    form = {
        "new_title": SENTENCE,
        "new_slug": "kopie",
        "new_parent_page": draft.get_parent().pk,
    }
    response = admin.post(url, form)
    assert response.status_code == 302
    assert tables_with("kwispelaar") == []


def test_an_alias_with_a_name_in_its_address_is_refused(admin, draft, make):
    make.live_and_cleared(draft)
    slug = "bartholomeus-kwispelaar"
    refuses(ValidationError, lambda: draft.create_alias(update_slug=slug))
    form = {
        "new_title": draft.title,
        "new_slug": slug,
        "new_parent_page": draft.get_parent().pk,
        "alias": "on",
    }
    assert admin.post(reverse("wagtailadmin_pages:copy", args=[draft.pk]), form).status_code == 302
    assert tables_with("kwispelaar") == []


def test_what_was_left_before_holds_up_no_other_save(draft, make):
    """A page from before the gate, or a finder that learned a name: it can be unpublished."""
    make.live_and_cleared(draft)
    StoryPage.objects.filter(pk=draft.pk).update(lead=SENTENCE)
    page = StoryPage.objects.get(pk=draft.pk)
    page.unpublish()
    assert not four_eyes.is_live(draft)
    page.lead = f"{SENTENCE} En Fenna Zwartendijk-Oudeman ook."
    with pytest.raises(Unresolved), transaction.atomic():
        page.save()
    assert tables_with("zwartendijk") == []


# --- while it is read ------------------------------------------------------------------------


def test_words_stand_still_while_a_second_editor_reads(admin, draft):
    draft.get_workflow().start(draft, None)
    form = form_of(draft, lead="Een ander woord.")
    response = admin.post(four_eyes.edit_url(draft), form)
    assert "staat de tekst stil" in response.content.decode()
    assert admin.post(four_eyes.edit_url(draft), form, **AS_JSON).status_code == 400
    assert draft.revisions.count() == 1
    admin.post(four_eyes.edit_url(draft), form_of(draft, drawing="lade"))
    assert draft.revisions.count() == 2


def test_going_back_to_other_words_stands_still_too(admin, draft):
    old = draft.get_latest_revision()
    draft.lead = "Een ander woord."
    draft.save_revision(user=old.user)
    draft.get_workflow().start(draft, None)
    form = form_of(old.as_object()) | {"revision": old.pk}
    admin.post(four_eyes.edit_url(draft), form)
    assert draft.revisions.count() == 2


def test_words_move_again_when_the_workflow_is_stopped(admin, draft):
    user = draft.get_latest_revision().user
    state = draft.get_workflow().start(draft, user)
    state.cancel(user=user)
    admin.post(four_eyes.edit_url(draft), form_of(draft, lead="Een ander woord."))
    assert draft.revisions.count() == 2
