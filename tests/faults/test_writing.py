"""Nothing that somebody writes is lost, and nothing is there twice."""

from __future__ import annotations

import threading
import time

import pytest

from live import wait_until

pytestmark = pytest.mark.fault

THREADS, EACH = 8, 10
SEGMENT = 8


def together(*jobs) -> None:
    """Runs the jobs at once; the first failure is the test's."""
    failures: list[BaseException] = []

    def run(job):
        try:
            job()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def test_eighty_replies_at_once_are_all_there_each_below_its_parent(any_template, open_site):
    site = open_site(any_template, LIVE_GOEDWERK='{"WRITES_PER_HOUR": 10000}')
    site.web(workers=2, threads=4)
    roots = site.seeded["roots"]
    parent_of: dict[str, str] = {}

    def writes(client, number):
        for turn in range(EACH):
            parent = roots[(number + turn) % len(roots)]
            text = (
                f"Antwoord {turn} van schrijver {number}: ik deed het anders, met overleg vooraf."
            )
            public_id = site.post(client, text, f"/bijdrage/{parent}/reageer/")
            parent_of[public_id] = parent

    clients = [site.signed_in(name) for name in site.seeded["writers"][:THREADS]]
    jobs = [lambda c=client, n=n: writes(c, n) for n, client in enumerate(clients)]
    together(*jobs)

    assert len(parent_of) == THREADS * EACH
    rows = site.rows(
        "SELECT c.public_id, c.path, p.public_id, p.path, x.level, r.text, a.object_version "
        "FROM goedwerk_forum_contribution c "
        "JOIN goedwerk_forum_contribution p ON p.xtdcomment_ptr_id = c.in_reply_to_id "
        "JOIN django_comments_xtd_xtdcomment x ON x.comment_ptr_id = c.xtdcomment_ptr_id "
        "JOIN goedwerk_forum_revision r ON r.contribution_id = c.xtdcomment_ptr_id "
        "JOIN goedwerk_forum_auditrecord a ON a.object_id = c.public_id"
    )
    assert len(rows) == THREADS * EACH
    for public_id, path, parent, parent_path, level, text, version in rows:
        assert parent_of[public_id] == parent
        assert path.startswith(parent_path)
        assert len(path) == len(parent_path) + SEGMENT
        assert (level, version) == (1, 1)
        assert text.startswith("Antwoord")
    positions = sorted(int(path[-SEGMENT:]) for _id, path, *_rest in rows)
    first = len(roots) + 1
    assert positions == list(range(first, first + THREADS * EACH))


def test_form_sent_again_after_the_web_server_died_before_it_answered(embedded):
    site = embedded
    site.web(workers=1, threads=1)
    client = site.signed_in("schrijver1")
    page = client.get(site.write_path)
    form = page.form("text").fields | {"kind": "ervaring", "text": "Ik heb het toch gemeld."}
    site.set_trap("kill-web")
    assert client.ask(page.url, form).status == 0
    assert (site.traps / "kill-web-sprung").exists()
    count = "SELECT count(*) FROM goedwerk_forum_revision WHERE text = 'Ik heb het toch gemeld.'"
    assert site.rows(count) == [(1,)]

    time.sleep(0.2)
    answer = client.ask(page.url, form)
    for _try in range(100):
        if answer.status:
            break
        time.sleep(0.1)
        answer = client.ask(page.url, form)
    assert answer.status == 302
    assert client.get(answer.location).status == 200
    assert site.rows(count) == [(1,)]


def test_posting_and_moderation_with_redis_stopped_and_started_again(celery, redis):
    site = celery
    site.web()
    site.drivers()
    client = site.signed_in("schrijver1")
    first = site.post(client, "Met alles erbij ging het zo.")
    site.wait_decided(first, seconds=60)

    redis.stop()
    slowest, sent = 0.0, []
    for number in range(5):
        page = client.get(site.write_path)
        began = time.monotonic()
        answer = client.fill(page, "text", kind="ervaring", text=f"Zonder makelaar, keer {number}.")
        slowest = max(slowest, time.monotonic() - began)
        assert answer.status == 302, answer.text[:500]
        sent.append(answer.location.rstrip("/").rsplit("/", 1)[-1])
    assert slowest < 5.0  # a broker that is waited for takes far longer
    assert {site.state(public_id) for public_id in sent} == {"pending"}

    redis.start()
    site.wait_decided(*sent, seconds=30)
    assert {site.decisions(public_id) for public_id in sent} == {1}


def test_emptied_broker_loses_nothing(celery, redis):
    site = celery
    site.web()
    client = site.signed_in("schrijver1")
    sent = [site.post(client, f"Voor het legen, keer {number}.") for number in range(5)]
    time.sleep(0.5)
    assert b"OK" in redis.ask("FLUSHALL")
    site.drivers()
    site.wait_decided(*sent, seconds=60)
    assert {site.decisions(public_id) for public_id in sent} == {1}


def test_broker_holds_no_text_and_no_person(celery, redis):
    site = celery
    site.web()
    client = site.signed_in("schrijver1")
    site.post(client, "Een zin die niet in de makelaar hoort.")
    wait_until(lambda: b"moderation" in redis.ask("KEYS", "*"), why="the doorbell rings")
    held = b"".join(_contents(redis))
    assert b"drive_moderation" in held
    for word in (
        b"makelaar hoort",
        b"schrijver1",
        b"127.0.0.1",
        site.seeded["discussion"].encode(),
    ):
        assert word not in held


def _contents(redis):
    keys = redis.ask("KEYS", "*")
    yield keys
    for name in keys.split(b"\r\n")[2::2]:
        yield redis.ask("LRANGE", name.decode(), "0", "-1")
        yield redis.ask("GET", name.decode())
        yield redis.ask("HGETALL", name.decode())


def test_failing_post_leaves_no_text_in_any_log(celery, postgres):
    site = celery
    site.web(workers=1)
    site.change(
        "ALTER TABLE goedwerk_forum_revision ADD CONSTRAINT refused "
        "CHECK (text NOT LIKE '%windmolengevecht%')"
    )
    client = site.signed_in("schrijver1")
    answer = client.send(site.write_path, "Het werd een windmolengevecht en niemand vroeg hulp.")
    assert answer.status == 503
    assert "windmolengevecht" in answer.text
    logged = (postgres.folder / "log").read_text(errors="replace") + site.said()
    assert "refused" in logged
    assert "windmolengevecht" not in logged
    assert "schrijver1" not in logged
