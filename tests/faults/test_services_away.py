"""PostgreSQL restarts, a mail server never answers: the words stay, the others go on."""

from __future__ import annotations

import threading
import time

import pytest

from live import LiveSite, Mailhole, wait_until

pytestmark = pytest.mark.fault


def test_database_restarted_under_load_answers_503_with_the_words(on_postgres, redis, open_site):
    site = open_site(on_postgres, redis=redis, LIVE_GOEDWERK='{"WRITES_PER_HOUR": 10000}')
    web, *drivers = [site.web(workers=2, threads=2), *site.drivers()]
    forms = [
        (client, client.get(site.write_path))
        for client in map(site.signed_in, site.seeded["writers"][:4])
    ]
    answers: list[tuple[str, int, str]] = []
    stopped = threading.Event()

    def writes(number: int) -> None:
        client, page = forms[number]
        turn = 0
        while not stopped.is_set():
            text = f"Zin {turn} van schrijver {number} blijft."
            answer = client.fill(page, "text", kind="ervaring", text=text, submission="")
            answers.append((text, answer.status, answer.text))
            turn += 1

    threads = [threading.Thread(target=writes, args=(number,)) for number in range(len(forms))]
    for thread in threads:
        thread.start()
    time.sleep(1)
    for _restart in range(2):
        on_postgres.postgres.stop()
        time.sleep(1)
        on_postgres.postgres.start()
        time.sleep(1.5)
    stopped.set()
    for thread in threads:
        thread.join()

    statuses = {status for _text, status, _body in answers}
    assert statuses == {302, 503}, f"{statuses} {site.said()}"
    assert all(text in body for text, status, body in answers if status == 503)
    assert answers[-1][1] == 302

    assert web.is_running
    assert all(driver.is_running for driver in drivers)
    assert_whole(site)
    accepted = {text for text, status, _body in answers if status == 302}
    there = {text for (text,) in site.rows("SELECT text FROM goedwerk_forum_revision")}
    assert accepted <= there
    wait_until(
        lambda: (
            site.rows("SELECT count(*) FROM goedwerk_forum_contribution WHERE state = 'pending'")
            == [(0,)]
        ),
        seconds=60,
        why="all decided" + site.said(),
    )


def assert_whole(site: LiveSite) -> None:
    """Each contribution has its base rows, its text, its record; none of these is alone."""
    [counts] = site.rows(
        "SELECT (SELECT count(*) FROM django_comments), "
        "(SELECT count(*) FROM django_comments_xtd_xtdcomment), "
        "(SELECT count(*) FROM goedwerk_forum_contribution), "
        "(SELECT count(DISTINCT contribution_id) FROM goedwerk_forum_revision), "
        "(SELECT count(*) FROM goedwerk_forum_auditrecord WHERE action = 'post')"
    )
    assert len(set(counts)) == 1, counts
    positions = site.rows(
        "SELECT discussion_id, count(*), max(last_position) "
        "FROM goedwerk_forum_contribution JOIN goedwerk_forum_discussion d ON d.id = discussion_id "
        "GROUP BY discussion_id"
    )
    assert all(count == last for _discussion, count, last in positions)


def test_embedded_runner_outlives_its_database(on_postgres, open_site):
    site = open_site(on_postgres)
    site.web(workers=1)
    runner = site.runner()
    client = site.signed_in("schrijver1")
    site.wait_decided(site.post(client, "Voor de onderbreking."), seconds=60)
    on_postgres.postgres.stop()
    time.sleep(1)
    on_postgres.postgres.start()
    site.wait_decided(site.post(client, "Na de onderbreking."), seconds=30)
    assert runner.is_running


@pytest.fixture
def mailhole():
    hole = Mailhole()
    yield hole
    hole.close()


@pytest.mark.parametrize("engine", ["embedded", "celery"])
def test_mail_server_that_never_answers_holds_up_nobody(engine, request, open_site, mailhole):
    mail = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(mailhole.port),
    }
    if engine == "embedded":
        site = open_site(request.getfixturevalue("on_sqlite"), **mail)
        site.runner()
    else:
        redis = request.getfixturevalue("redis")
        site = open_site(request.getfixturevalue("on_postgres"), redis=redis, **mail)
        site.drivers()
        site.worker("notices")
    site.web(workers=1)
    client = site.signed_in("gemaild")
    client.get(site.write_path)  # leads to joining
    join = client.get(f"/gesprek/{site.seeded['discussion']}/meedoen/")
    assert client.fill(join, "pseudonym", join="1").status == 302
    mailed = site.post(client, "proef:terug De rest hoor je later.")
    site.wait_decided(mailed, seconds=60)
    site.change("UPDATE goedwerk_forum_outboxrow SET due_at = '2020-01-01 00:00:00+00:00'")
    wait_until(lambda: mailhole.callers, seconds=90, why="the notifier calls" + site.said())

    other = site.signed_in("schrijver1")
    began = time.monotonic()
    sent = [site.post(other, f"Terwijl de post stilligt, keer {number}.") for number in range(3)]
    assert time.monotonic() - began < 10
    site.wait_decided(*sent, seconds=15)
