"""Signing out, here or everywhere, and leaving take what was seen off the device."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from goedwerk_forum import following

pytestmark = pytest.mark.django_db

WAYS = [("account_logout", {}), ("account_end_sessions", {}), ("account_leave", {"texts": "keep"})]


@pytest.mark.parametrize(("way", "sent"), WAYS)
def test_marks_of_what_was_seen_go_with_her(client, make, home, way, sent):
    who = make.user()
    make.sign_in_again(client, who)
    before = client.get(reverse("goedwerk_forum:inbox"))
    assert before.cookies[following.COOKIE_OF_MESSAGES]["max-age"]
    answer = client.post(reverse(way), sent)
    assert answer.status_code == 302
    for name in (following.COOKIE, following.COOKIE_OF_MESSAGES):
        assert answer.cookies[name]["max-age"] == 0
        assert answer.cookies[name]["path"] == reverse("goedwerk_forum:inbox")


def test_marks_of_another_language_go_too(client, make, home):
    sign_out, here = reverse("account_logout"), reverse("goedwerk_forum:inbox")
    with translation.override("en"):
        in_english = reverse("goedwerk_forum:inbox")
    assert in_english != here
    make.sign_in_again(client, make.user())
    assert client.get(in_english).cookies[following.COOKIE_OF_MESSAGES]["path"] == in_english
    answer = client.post(sign_out)
    gone = {(one.key, one["path"]) for one in answer.cookies.values() if one["max-age"] == 0}
    names = (following.COOKIE, following.COOKIE_OF_MESSAGES)
    assert {(name, path) for name in names for path in (here, in_english)} <= gone
    assert all(" " not in one.key for one in answer.cookies.values())


def test_a_look_at_the_page_takes_nothing(client, make, home):
    make.sign_in_again(client, make.user())
    answer = client.get(reverse("account_end_sessions"))
    assert following.COOKIE not in answer.cookies
