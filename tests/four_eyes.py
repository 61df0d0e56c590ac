"""What the tests of the gate share: a prepared site, two editors, and the form they post."""

from __future__ import annotations

import json

from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

import factories
from goedwerk_casestudies.clearance import digest
from goedwerk_casestudies.four_eyes import obstacles as obstacles_of
from goedwerk_casestudies.models import StoryPage
from goedwerk_casestudies.work import CHECKS
from goedwerk_forum.setup import EDITORS, prepare

ANSWERS = dict.fromkeys(CHECKS, "Er zijn er veel, en er stond niets over in de krant.")
#: A name that the finder knows, planted where nobody may read it.
PLANTED = "Bartholomeus Kwispelaar"


def prepared_site() -> None:
    """Groups, rights and the workflow, as ``goedwerk_setup`` and the demonstration make them."""
    from goedwerk_site.demo.accounts import let_editors_edit

    list(prepare())
    let_editors_edit()


def editor(username: str = ""):
    from django.contrib.auth.models import Group

    return factories.user(username, groups=(Group.objects.get(name=EDITORS),))


def draft(by=None, **fields) -> StoryPage:
    """A story with its three answers, written by ``by``, that nobody signed."""
    page = factories.story(live=False, has_discussion=False, **ANSWERS | fields)
    page.save_revision(user=by)
    return page


def is_live(page: Page) -> bool:
    return Page.objects.get(pk=page.pk).live


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def form_of(page: StoryPage, **changes) -> dict[str, str]:
    """What the edit form of a story posts, with some fields filled in otherwise."""
    fields = {
        "title": page.title,
        "slug": page.slug,
        "seo_title": page.seo_title,
        "search_description": page.search_description,
        "lead": page.lead,
        "organisation": page.organisation,
        "image": "",
        "image_alt": page.image_alt,
        "drawing": page.drawing,
        "pull_quote": page.pull_quote,
        "lens_capable": page.lens_capable,
        "lens_engaged": page.lens_engaged,
        "lens_trustworthy": page.lens_trustworthy,
        "discussion_question": page.discussion_question,
        "discussion_policy": page.discussion_policy,
        "discussion_group": page.discussion_group_id or "",
        "kept": streamfield([]),
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 0},
        **{name: getattr(page, name) for name in CHECKS},
        **{name: rich_text(getattr(page, name)) for name in page.text_fields},
    }
    return nested_form_data(fields | changes)


def digest_of(page: Page) -> str:
    """The digest of the words of its latest revision."""
    return digest(page.specific.get_latest_revision_as_object())


def answered(submission, answer, **more):
    """Her answer to the words that she is asked about now, as she has them in front of her."""
    from goedwerk_casestudies.actions.submissions import answer_consent, asked_story

    return answer_consent(submission, answer, read=digest(asked_story(submission)), **more)


def signed_for_her(page) -> str:
    """A signature that waits for the contributor, under the latest words; gives their digest."""
    from goedwerk_casestudies.models import Clearance

    words = digest_of(page)
    Clearance.objects.create(page_id=page.pk, digest=words, signed_on=timezone.localdate())
    return words


def obstacles(page: Page) -> list[tuple[str, str]]:
    """What stands in the way of its latest revision."""
    return obstacles_of(page.specific_class.objects.get(pk=page.pk).get_latest_revision_as_object())


def as_json(data: dict) -> str:
    return json.dumps(data)
