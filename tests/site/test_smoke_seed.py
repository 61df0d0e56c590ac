"""What docker/smoke.py puts into a stack, made here: nobody runs that daily."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model

from goedwerk_forum.setup import prepare

SEED = Path(__file__).parents[2] / "docker" / "smoke_seed.py"

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeded(make, monkeypatch):
    make.root()
    list(prepare())
    monkeypatch.setenv("SMOKE_PASSWORD", "een woord om te proberen")
    monkeypatch.setenv("SMOKE_TOTP", "JBSWY3DPEHPK3PXP")
    for _time in range(2):  # a stack may be tried twice
        exec(compile(SEED.read_text(encoding="utf-8"), SEED, "exec"), {})


def test_the_story_of_the_smoke_test_is_on_the_site_and_may_be_written_at(seeded, client):
    page = client.get("/verhalen/rookproef/")
    assert page.status_code == 200
    assert "/schrijf/" in page.text


def test_its_ambassadors_sign_in_with_a_code(seeded):
    accounts = get_user_model().objects.filter(username__startswith="rook-ambassadeur")
    assert [one.authenticator_set.count() for one in accounts] == [1, 1, 1]
    assert all(one.check_password("een woord om te proberen") for one in accounts)
