"""Settings of the room for stories: a wrong one is an error, never a silent default."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from goedwerk_casestudies.conf import conf


def test_a_setting_takes_the_place_of_its_default(settings):
    settings.GOEDWERK_STORIES = {"CONSENT_DAYS": 21}
    assert (conf().CONSENT_DAYS, conf().RETENTION_DAYS) == (21, 90)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"CONSENT_WEEKS": 2}, "unknown settings: CONSENT_WEEKS"),
        ({"CONSENT_DAYS": "14"}, "'CONSENT_DAYS'] must be a number of 1 or more"),
        ({"DRAFT_DAYS": 0}, "'DRAFT_DAYS'] must be a number of 1 or more"),
        ({"DRAFT_DAYS": True}, "'DRAFT_DAYS'] must be a number of 1 or more"),
    ],
)
def test_a_wrong_setting_is_named(settings, given, said):
    settings.GOEDWERK_STORIES = given
    with pytest.raises(ImproperlyConfigured, match=said.replace("]", r"\]")):
        conf()


@pytest.mark.django_db
def test_the_record_says_what_was_done_to_a_submission_in_words(stories, make, client):
    from django.contrib.auth.models import Permission

    stories.sent(make.user("kwispel"))
    reader = make.user("privacy")
    codes = ["view_auditrecord", "access_admin"]
    reader.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client.force_login(reader)
    page = client.get("/beheer/reports/moderatie/").content.decode()
    assert "Ingezonden" in page
    assert "Concept → Ingezonden" in page
    assert "kwispel" not in page
