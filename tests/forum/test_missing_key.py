"""A site that lost its link key: a sentence instead of an error page, and nothing typed is lost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from goedwerk_forum.errors import KeyMissing
from goedwerk_forum.identity import keys

pytestmark = pytest.mark.django_db


@pytest.fixture
def lose_key(monkeypatch):
    def no_key():
        raise KeyMissing

    return lambda: monkeypatch.setattr(keys, "link_key", no_key)


@pytest.mark.parametrize("name", ["mine", "inbox"])
def test_own_pages_say_that_a_key_is_missing(client, make, lose_key, name):
    author = make.user()
    make.held(make.discussion(), author, text="Dit las ik later pas terug, en toen schrok ik.")
    client.force_login(author)
    lose_key()
    response = client.get(reverse(f"goedwerk_forum:{name}"))
    assert response.status_code == 503
    assert "een sleutel die je naam beschermt, ontbreekt" in response.content.decode()


def test_changed_text_comes_back_in_a_form(client, make, lose_key):
    author = make.user()
    contribution = make.held(make.discussion(), author)
    client.force_login(author)
    lose_key()
    response = client.post(
        reverse("goedwerk_forum:edit", args=[contribution.public_id]),
        {"text": "Een zin die niet weg mag.", "kind": "vraag", "version": contribution.version},
    )
    assert response.status_code == 503
    assert "Een zin die niet weg mag." in response.content.decode()
    assert contribution.revisions.count() == 1
