"""What anybody may read, as querysets: lists, counts, search and feeds are built on it."""

from __future__ import annotations

import pytest
from wagtail.models import Page, PageViewRestriction

from goedwerk_casestudies.models import Clearance, StoryPage
from goedwerk_forum import access
from goedwerk_forum.models import Discussion

pytestmark = pytest.mark.django_db


def is_listed(discussion: Discussion) -> bool:
    return access.public_discussions().filter(pk=discussion.pk).exists()


def restrict(page):
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def of_story(story):
    return Discussion.objects.select_related("page").get(page=story, branch_of=None)


@pytest.fixture
def story(make):
    return make.story()


@pytest.fixture
def thread(story):
    return of_story(story)


def test_discussion_of_a_live_cleared_story_is_listed(thread):
    assert is_listed(thread)


def test_branch_is_listed_until_it_is_moved_back(make, thread):
    head = make.published(thread)
    branch = Discussion.objects.create(
        page=thread.page,
        branch_of=thread,
        branched_path=head.path,
        question="Nog iets?",
        group=thread.group,
    )
    assert is_listed(branch)
    Discussion.objects.filter(pk=branch.pk).update(branched_path="")
    assert not is_listed(branch)
    assert is_listed(thread)


def closed(story):
    Discussion.objects.filter(page=story).update(is_enabled=False)


def unpublished(story):
    StoryPage.objects.get(pk=story.pk).unpublish()


def without_signature(story):
    Clearance.objects.filter(page=story).delete()


def restricted(story):
    restrict(story)


def restricted_above(story):
    restrict(story.get_parent())


def below_an_alias_of_a_restricted_page(story):
    section = story.get_parent()
    original = section.get_parent().add_child(instance=Page(title="Besloten", slug="besloten"))
    Page.objects.filter(pk=section.pk).update(alias_of=original)
    restrict(original)


def below_an_alias_of_an_alias(story):
    section = story.get_parent()
    top = section.get_parent()
    original = top.add_child(instance=Page(title="Besloten", slug="besloten"))
    between = top.add_child(instance=Page(title="Ertussen", slug="ertussen", alias_of=original))
    Page.objects.filter(pk=section.pk).update(alias_of=between)
    restrict(original)


@pytest.mark.parametrize(
    "make_private",
    [
        closed,
        unpublished,
        without_signature,
        restricted,
        restricted_above,
        below_an_alias_of_a_restricted_page,
        below_an_alias_of_an_alias,
    ],
    ids=lambda way: way.__name__,
)
def test_what_not_everybody_may_read_is_not_listed(make, story, thread, make_private):
    elsewhere = Page.objects.get(pk=story.pk).get_parent().get_parent()
    other = of_story(make.story())
    other.page.move(elsewhere, pos="last-child")
    make_private(story)
    assert not is_listed(thread)
    assert is_listed(other)


def test_restriction_beside_it_takes_nothing_away(make, thread):
    other = make.story()
    restrict(other)
    assert is_listed(thread)
    assert not is_listed(of_story(other))


def test_words_changed_past_the_gate_are_not_shown(story, thread):
    assert access.only_public([thread]) == [thread]
    StoryPage.objects.filter(pk=story.pk).update(lead="Iets dat niemand tekende.")
    thread.refresh_from_db()
    assert access.only_public([thread]) == []


def test_it_takes_two_queries_however_many_restrictions(make, thread, django_assert_num_queries):
    for _number in range(3):
        restrict(make.story())
    with django_assert_num_queries(2):
        assert list(access.public_discussions()) == [thread]
