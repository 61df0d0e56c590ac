"""A worker killed at the worst moment: each contribution still gets exactly one decision."""

from __future__ import annotations

import itertools
import os
import signal

import pytest

from live import LiveSite, wait_until

pytestmark = pytest.mark.fault

KILLS = 20
#: Of so many kills one takes the whole worker; the others the process that runs the check.
WHOLE = 5
#: The checks give it back: a state, a statement and a message at once.
RETURNED = "proef:terug Ik leg het later uit."
WAITS = f"proef:wacht {RETURNED}"


def inside(site: LiveSite) -> str:
    """The process that is in the middle of a check now; empty where there is none."""
    return next((trap.name for trap in site.traps.glob("inside-*")), "")


def kill_in_the_middle(site: LiveSite, client, number: int, kill) -> str:
    """Posts, waits until a check has begun, and lets ``kill`` strike."""
    hold = site.set_trap("hold")
    public_id = site.post(client, f"{WAITS} Dit is de {number}e keer.")
    name = wait_until(lambda: inside(site), seconds=60, why="a check begins" + site.said())
    assert site.state(public_id) == "pending"
    kill(int(name.removeprefix("inside-")))
    (site.traps / name).unlink()
    hold.unlink()
    return public_id


def assert_decided_once(site: LiveSite, public_ids: list[str]) -> None:
    site.wait_decided(*public_ids, seconds=60)
    for public_id in public_ids:
        assert site.state(public_id) == "returned"
        assert site.decisions(public_id) == 1
    for table in ("statement", "notice"):
        counted = site.rows(
            f"SELECT public_id, (SELECT count(*) FROM goedwerk_forum_{table} t "
            "WHERE t.contribution_id = c.xtdcomment_ptr_id) FROM goedwerk_forum_contribution c"
        )
        assert {count for public_id, count in counted if public_id in public_ids} == {1}, table
    versions = site.rows("SELECT public_id, version FROM goedwerk_forum_contribution")
    assert {version for public_id, version in versions if public_id in public_ids} == {2}
    assert site.rows("SELECT count(*) FROM goedwerk_forum_outboxrow WHERE kind = 'check'") == [(0,)]


def test_celery_worker_killed_twenty_times_in_the_middle_of_a_check(celery):
    site = celery
    site.web(workers=1)
    site.beat()
    workers = [site.worker()]
    client = site.signed_in("schrijver1")

    def kill_child(child: int) -> None:
        os.kill(child, signal.SIGKILL)

    def kill_worker(_child: int) -> None:
        workers.pop().kill()
        workers.append(site.worker())

    sent = [
        kill_in_the_middle(
            site, client, number, kill_child if (number + 1) % WHOLE else kill_worker
        )
        for number in range(KILLS)
    ]
    assert_decided_once(site, sent)


def test_celery_worker_killed_after_its_commit_before_its_acknowledgement(celery):
    site = celery
    site.web(workers=1)
    site.beat()
    worker = site.worker()
    client = site.signed_in("schrijver1")
    sent = []
    for number in range(2):
        site.set_trap("kill-worker")
        sent.append(site.post(client, f"{RETURNED} Keer {number}."))
        wait_until(lambda w=worker: not w.is_running, seconds=60, why="killed" + site.said())
        assert site.decisions(sent[-1]) == 1
        (site.traps / "checked").unlink()
        worker = site.worker()
    # The broker hands the task out again; what it asks for has been done.
    later = site.post(client, f"{RETURNED} Daarna nog eens.")
    assert_decided_once(site, [*sent, later])


def test_embedded_runner_killed_in_the_middle_of_a_check(embedded):
    site = embedded
    site.web(workers=1)
    runners = [site.runner()]
    client = site.signed_in("schrijver1")

    def kill(_child: int) -> None:
        runners.pop().kill()
        runners.append(site.runner())

    sent = [kill_in_the_middle(site, client, number, kill) for number in range(3)]
    assert_decided_once(site, sent)


def test_two_runners_decide_once(embedded):
    site = embedded
    site.web()
    site.runner()
    site.runner()
    client = site.signed_in("schrijver1")
    sent = [site.post(client, f"{RETURNED} Keer {n}.") for n in range(12)]
    assert_decided_once(site, sent)


def test_two_workers_and_two_beats_decide_once(celery):
    site = celery
    site.web()
    for start, _twice in itertools.product((site.worker, site.beat), range(2)):
        start()
    client = site.signed_in("schrijver1")
    sent = [site.post(client, f"{RETURNED} Keer {n}.") for n in range(12)]
    assert_decided_once(site, sent)
