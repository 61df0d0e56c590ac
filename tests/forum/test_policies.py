"""Who is read first: newcomers and sensitive stories always, others as the policy says."""

from __future__ import annotations

import pytest
from django.urls import reverse

from goedwerk_forum.actions.contributions import published_at_least
from goedwerk_forum.models import AuditRecord, Discussion, Policy
from goedwerk_forum.transitions import Display, State

pytestmark = pytest.mark.django_db

PUBLISHED = [
    # policy, contributions published before, shown before a person read it
    (Policy.ALL_FIRST, 5, False),
    (Policy.TRUSTED_FIRST, 0, False),
    (Policy.TRUSTED_FIRST, 2, False),
    (Policy.TRUSTED_FIRST, 4, False),
    (Policy.TRUSTED_FIRST, 5, True),
    (Policy.AFTER, 0, False),
    (Policy.AFTER, 1, False),
    (Policy.AFTER, 2, True),
]


@pytest.mark.parametrize(("policy", "before", "at_once"), PUBLISHED)
def test_policy_and_past_say_who_is_read_first(make, policy, before, at_once):
    author = make.known(published_before=before)
    contribution = make.examined(make.discussion(discussion_policy=policy), author)
    assert contribution.state == (State.PUBLISHED if at_once else State.HELD)
    if not at_once:
        assert contribution.display == Display.NOTHING


def test_what_was_published_in_a_new_discussion_counts_at_once(make):
    author = make.user()
    make.published(make.discussion(), author)
    assert published_at_least(author, 1)
    make.published(make.discussion(), author)
    assert published_at_least(author, 2)


@pytest.mark.parametrize("policy", Policy.values)
def test_sensitive_story_is_read_first_whoever_writes(make, policy):
    author = make.known()
    plain = make.discussion(discussion_policy=policy)
    sensitive = make.discussion(discussion_policy=policy, discussion_is_sensitive=True)
    assert make.examined(sensitive, author).state == State.HELD
    assert (make.examined(plain, author).state == State.HELD) == (policy == Policy.ALL_FIRST)


def test_edit_in_a_story_that_became_sensitive_is_read_first(make):
    from goedwerk_forum.actions.contributions import Words, send_again
    from goedwerk_forum.outbox.drive import drive

    discussion = make.discussion(discussion_policy=Policy.AFTER)
    contribution = make.published(discussion, make.known())
    page = discussion.page.specific
    page.discussion_is_sensitive = True
    page.save()
    words = Words("Een nieuwe versie, die niemand nog gelezen heeft, van wat ik zag.", "vraag")
    send_again(contribution=contribution, version=contribution.version, words=words)
    drive("moderation")
    contribution.refresh_from_db()
    assert (contribution.waiting, contribution.accepted_revision) == ("edit", 1)


def _records(discussion):
    rows = AuditRecord.objects.filter(object_id=discussion.uuid.hex).order_by("pk")
    return list(rows.values_list("actor", "action", "before", "after"))


def test_change_of_policy_and_of_sensitivity_is_on_record_once(make):
    discussion = make.discussion(discussion_policy=Policy.ALL_FIRST)
    page = discussion.page.specific
    page.discussion_policy, page.discussion_is_sensitive = Policy.AFTER, True
    page.save()
    page.save()
    page.discussion_is_sensitive = False
    page.save()
    assert _records(discussion) == [
        ("editor", "policy", "", "all_first"),
        ("editor", "policy", "all_first", "after_publication"),
        ("editor", "sensitive", "not_sensitive", "sensitive"),
        ("editor", "sensitive", "sensitive", "not_sensitive"),
    ]


def test_draft_changes_neither_policy_nor_record(make):
    discussion = make.discussion(discussion_policy=Policy.ALL_FIRST)
    page = discussion.page.specific
    page.discussion_policy, page.discussion_is_sensitive = Policy.AFTER, True
    page.save_revision()
    discussion.refresh_from_db()
    assert (discussion.policy, discussion.is_sensitive) == (Policy.ALL_FIRST, False)
    assert len(_records(discussion)) == 1


def test_editor_marks_a_story_as_sensitive_beside_its_policy(make, client):
    page = make.story()
    editor = make.user(is_superuser=True)
    client.force_login(editor)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert html.index('name="discussion_policy"') < html.index('name="discussion_is_sensitive"')
    assert "wat je hierboven ook kiest" in html


def test_readers_of_a_sensitive_story_are_told_that_all_is_read_first(make, client):
    page = make.story(discussion_policy=Policy.AFTER, discussion_is_sensitive=True)
    html = client.get(page.url).content.decode()
    assert "Een ambassadeur leest alles vooraf." in html
    assert Discussion.objects.get(page=page).policy_in_force == Policy.ALL_FIRST
