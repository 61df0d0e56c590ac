"""A contribution that breaks the checks: others go on, and a person looks at it."""

from __future__ import annotations

import pytest

from live import LiveSite, wait_until

pytestmark = pytest.mark.fault

MOST_ATTEMPTS = 3
#: Fewer attempts than on a real site, so that the test does not take minutes.
OFTEN = '{"LEASE_SECONDS": 3, "MAX_ATTEMPTS": 3, "WRITES_PER_HOUR": 10000}'


@pytest.fixture(params=["embedded", "celery"])
def site(request, open_site) -> LiveSite:
    """A site with little patience, on each way of driving the outbox."""
    if request.param == "embedded":
        template = request.getfixturevalue("on_sqlite")
        return open_site(template, LIVE_GOEDWERK=OFTEN)
    template = request.getfixturevalue("on_postgres")
    redis = request.getfixturevalue("redis")
    return open_site(template, redis=redis, LIVE_GOEDWERK=OFTEN, LIVE_TASK_TIME_LIMIT="5")


def waiting_for_a_person(site: LiveSite, public_id: str) -> str:
    sql = f"SELECT state, waiting FROM goedwerk_forum_contribution WHERE public_id = '{public_id}'"
    state, waiting = site.rows(sql)[0]
    return waiting if state == "held" else ""


@pytest.mark.parametrize("poison", ["proef:sterf", "proef:doof"])
def test_check_that_takes_its_process_along(site, poison):
    """Killed, or stuck for ever: some attempts, then the human queue."""
    site.web(workers=1)
    client = site.signed_in("schrijver1")
    bad = site.post(client, f"{poison} Dit breekt de controle.")
    site.drivers()
    others = [
        site.post(client, f"Gewoon een bijdrage, nummer {n}, over overleg.") for n in range(3)
    ]
    site.wait_decided(*others, seconds=60)
    wait_until(
        lambda: waiting_for_a_person(site, bad) == "stuck",
        seconds=90,
        why="the poison reaches a person" + site.said(),
    )
    dead = site.rows("SELECT kind, attempts FROM goedwerk_forum_outboxrow WHERE state = 'dead'")
    assert [kind for kind, _attempts in dead] == ["check"]
    assert dead[0][1] - 1 == MOST_ATTEMPTS
    last = site.post(client, "En het gaat daarna gewoon door, zonder hulp van buiten.")
    site.wait_decided(last, seconds=30)


def test_texts_that_only_look_dangerous(embedded):
    """A slow pattern, a check that raises, noise of all kinds: held, and never a server error."""
    site = embedded
    site.web(workers=1)
    site.drivers()
    client = site.signed_in("schrijver1")
    texts = {
        "slow pattern": "proef:lus Dit duurt te lang.",
        "raises": "proef:knal Het geheim van de smid.",
        "zero width": "n\u200bi\u200be\u200bt\u200b" * 600,
        "only joiners": "a" + "\u200d\u2060\ufeff" * 1600,
        "marks": "a" + "\u0301" * 4900,
        "right to left": "\u202e" * 2000 + "omgekeerd",
        "pattern bomb": "a" * 4999 + "!",
        "digits": "1" * 5000,
        "at signs": "@" * 5000,
    }
    sent = {name: site.post(client, text) for name, text in texts.items()}
    site.wait_decided(*sent.values(), seconds=60)
    assert {site.decisions(public_id) for public_id in sent.values()} == {1}
    states = {name: site.state(public_id) for name, public_id in sent.items()}
    assert "published" not in states.values(), states
    assert "geheim van de smid" not in site.said()


def test_text_that_no_form_lets_through(embedded):
    """Far too long, half a character, a null: the form comes back with the words in it."""
    site = embedded
    site.web(workers=1)
    client = site.signed_in("schrijver1")
    page = client.get(site.write_path)
    long = client.fill(page, "text", kind="ervaring", text="lang verhaal " * 80_000)
    assert (long.status, "lang verhaal" in long.text) == (422, True)
    null = client.fill(page, "text", kind="ervaring", text="voor\0achter")
    assert null.status == 422
    token = page.form("text").fields["csrfmiddlewaretoken"]
    half = f"csrfmiddlewaretoken={token}&kind=ervaring&text=half%ED%A0%80teken"
    answer = client.ask(page.url, half.encode())
    assert answer.status in (302, 422), answer.text[:1000]
    stored = site.rows("SELECT text FROM goedwerk_forum_revision WHERE text LIKE 'half%'")
    assert all("\ud800" not in text for (text,) in stored)
