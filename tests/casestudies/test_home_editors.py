"""The editors' panel on the admin's home page: submissions, and stories made of them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import RequestFactory
from django.urls import reverse

import factories
from goedwerk_casestudies.actions import letters
from goedwerk_casestudies.admin import home
from goedwerk_casestudies.models import Submission

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def asked_by(who):
    request = RequestFactory().get("/")
    request.user = who
    who.get_all_permissions()
    return request


def words(who):
    return [task.words for task in home.panel_of(asked_by(who)).tasks]


def test_editor_reads_what_was_sent(stories, client):
    stories.sent(factories.user())
    stories.sent(factories.user())
    editor = stories.editor()
    (task,) = home.panel_of(asked_by(editor)).tasks
    assert task.words == "2 inzendingen wachten op een redacteur"
    client.force_login(editor)
    assert task.words in client.get(reverse("wagtailadmin_home")).content.decode()
    listed = client.get(task.url)
    assert len(listed.context["object_list"]) == 2


def test_nothing_sent_and_says_so(stories, client):
    stories.draft(factories.user())
    editor = stories.editor()
    assert words(editor) == []
    client.force_login(editor)
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Er wacht geen inzending op de redactie" in html


def test_her_own_submission_is_not_counted_to_her(stories):
    editor = stories.editor()
    stories.sent(editor)
    assert words(editor) == []


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("in_hand", "1 inzending is bij jou in bewerking"),
        ("abstracted", "1 verhaal wacht op een tweede redacteur"),
        ("asked", "1 verhaal wacht op akkoord van de inzender"),
    ],
)
def test_editor_reads_where_each_stands(stories, state, said):
    editor = stories.editor()
    sent = stories.sent(factories.user())
    Submission.objects.filter(pk=sent.pk).update(state=state, editor=editor)
    assert words(editor) == [said]


def test_unread_letter_is_named(stories):
    editor, contributor = stories.editor(), factories.user()
    sent = stories.sent(contributor)
    letters.write_letter(sent, "Kan de plek nog weg?", from_editor=False, writer=contributor)
    assert "Bij 1 inzending ligt een ongelezen brief" in words(editor)


def test_no_panel_without_the_right_not_even_a_number(stories, client):
    stories.sent(factories.user())
    group = Group.objects.create(name="Zonder recht")
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", "sign_story"]))
    who = factories.user(groups=(group,))
    assert home.panel_of(asked_by(who)) is None
    client.force_login(who)
    assert "goedwerk_submissions" not in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("number", [1, 5])
def test_costs_four_queries_however_much_was_sent(stories, number, django_assert_num_queries):
    editor = stories.editor()
    for _ in range(number):
        stories.sent(factories.user())
    request = asked_by(editor)
    with django_assert_num_queries(4):
        home.panel_of(request)
