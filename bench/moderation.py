"""Measures the road of a contribution: decisions, the list of who moderates, bulk, messages.

``make bench`` runs it beside a PostgreSQL of its own; SCALE=full measures more of everything.
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

BENCH = Path(__file__).resolve().parent
ROOT = BENCH.parent
FOLDERS = ("forum", "casestudies", "site", "tests", "bench")
sys.path[:0] = [str(ROOT / folder) for folder in FOLDERS]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings_for_tests")
os.environ.setdefault("GOEDWERK_DATA_DIR", tempfile.mkdtemp(prefix="goedwerk-bench-"))
os.environ["GOEDWERK_TESTING"] = "1"

from table import HEAD, Line, conditions, write  # noqa: E402

#: Contributions in the backlog, posts of the stream and their number a second, cases in the
#: short and the long list, notices.
SCALES = {
    "quick": {"backlog": 1000, "posts": 100, "short": 1000, "long": 100_000, "notices": 200},
    "small": {"backlog": 10_000, "posts": 500, "short": 1000, "long": 100_000, "notices": 1000},
    "full": {"backlog": 10_000, "posts": 3000, "short": 1000, "long": 1_000_000, "notices": 5000},
}
A_SECOND = 50
#: Seconds of the stream that are not counted: a process that just started does the night's work.
RUN_IN = 5
TIMES = 7


def prepare() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from goedwerk_forum.identity import keys

    call_command("migrate", verbosity=0)
    call_command("goedwerk_setup", stdout=io.StringIO())
    keys.create_missing()


def timed(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


# --- decisions -------------------------------------------------------------------------------


def backlog(number: int) -> list[Line]:
    """One worker process, all of it waiting: how fast it is gone."""
    import many

    import factories as make
    from goedwerk_forum.checks import load_checks
    from goedwerk_forum.models import OutboxRow, Policy
    from goedwerk_forum.outbox.drive import drive

    discussion = make.discussion(discussion_policy=Policy.AFTER)
    parent = make.published(discussion)
    example = make.contribution(discussion, text="Een voorbeeld van wat nog nagekeken wordt.")
    OutboxRow.objects.all().delete()
    revisions = many.contributions(example, number, parent, many.texts(number))
    many.asked(revisions)
    load_checks()  # as a worker does when it starts

    def work() -> None:
        while OutboxRow.objects.filter(kind="check").exists():
            drive("moderation")

    used = time.process_time()
    taken = timed(work)
    note = _alone(number, used)
    OutboxRow.objects.all().delete()
    return [
        Line(f"backlog of {number} decided", taken, "s", 120 * number / 10_000),
        Line(
            "decisions in one worker process", number / taken, "/s", 200, at_most=False, note=note
        ),
    ]


def _alone(number: int, used: float) -> str:
    """How many for a second of this process's own processor time: what a quiet machine adds."""
    return f"{number / (time.process_time() - used):.0f} for a second of processor time"


def stream(number: int) -> list[Line]:
    """Posts at a steady pace beside one runner: from commit to decision, once it runs."""
    import factories as make
    from goedwerk_forum.models import OutboxRow

    discussion = make.discussion()
    people = [make.user() for _number in range(20)]
    writers = [(who, make.participant(discussion, who)) for who in people]
    OutboxRow.objects.all().delete()
    posted: dict[int, float] = {}
    decided: dict[int, float] = {}
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(posted, decided, done), daemon=True)
    with _runner():
        watcher.start()
        pace = _post(RUN_IN * A_SECOND + number, discussion, writers, posted)
        done.set()
        watcher.join(120)
    counted = list(posted.items())[RUN_IN * A_SECOND :]
    waited = sorted(decided[key] - moment for key, moment in counted if key in decided)
    p95 = waited[int(0.95 * len(waited)) - 1] if len(waited) == number else float("inf")
    median = statistics.median(waited) if waited else float("inf")
    note = f"median {median:.2f} s; {pace:.0f} posts/s went in"
    return [Line(f"time to decision, p95, {A_SECOND} posts/s", p95, "s", 2, note=note)]


@contextmanager
def _runner() -> Iterator[None]:
    """A runner in a process of its own, from its first look at the outbox on."""
    from goedwerk_forum.models import Lease

    Lease.objects.all().delete()
    found = os.pathsep.join(str(ROOT / folder) for folder in FOLDERS)
    runner = subprocess.Popen(
        [sys.executable, "site/manage.py", "goedwerk_runner"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": found},
    )
    try:
        while not Lease.objects.filter(name="driver:moderation").exists():
            if runner.poll() is not None:
                sys.exit("The runner did not start.")
            time.sleep(0.1)
        yield
    finally:
        runner.terminate()
        runner.wait(20)


def _post(
    number: int, discussion: Any, writers: list[tuple[Any, Any]], posted: dict[int, float]
) -> float:
    """Notes in ``posted`` when each was there; gives how many a second went in."""
    import many

    from goedwerk_forum.actions.contributions import Words, contribute

    start = time.perf_counter()
    for index, text in enumerate(many.texts(number, seed=2)):
        time.sleep(max(0.0, start + index / A_SECOND - time.perf_counter()))
        user, participant = writers[index % len(writers)]
        made = contribute(
            user=user,
            participant=participant,
            discussion=discussion,
            words=Words(text, "ervaring"),
            submission=f"stroom-{index}",
        )
        posted[made.pk] = time.perf_counter()
    return number / (time.perf_counter() - start)


def _watch(posted: dict[int, float], decided: dict[int, float], done: threading.Event) -> None:
    """Notes in ``decided`` when each of ``posted`` was, until all are; on a thread of its own."""
    from django.db import connection

    from goedwerk_forum.models import Contribution
    from goedwerk_forum.transitions import State

    while not (done.is_set() and len(decided) == len(posted)):
        waits = {*posted} - {*decided}
        pending = Contribution.objects.filter(pk__in=waits, state=State.PENDING)
        now, still = time.perf_counter(), set(pending.values_list("pk", flat=True))
        decided.update(dict.fromkeys(waits - still, now))
        time.sleep(0.02)
    connection.close()


# --- the list, and many at once --------------------------------------------------------------


def lists(short: int, long: int) -> list[Line]:
    """The list of an ambassador with few and with very many waiting: first and deep pages."""
    import many
    from django.test import Client

    import factories as make
    from goedwerk_forum.models import Contribution

    found = {}
    for size in (short, long):
        discussion = make.discussion()
        parent = make.published(discussion)
        example = make.held(discussion, text="Een voorbeeld van wat op een ambassadeur wacht.")
        many.contributions(example, size, parent)
        browser = Client()
        browser.force_login(make.ambassador(discussion))
        found[size] = (browser, Contribution.objects.filter(discussion=discussion).count())
    return [
        line
        for name, page in (("first page", 1), ("a deep page", -2))
        for line in _list_lines(name, page, found[short], found[long], long)
    ]


def _list_lines(
    name: str, page: int, short: tuple[Any, int], long: tuple[Any, int], size: int
) -> list[Line]:
    from django.urls import reverse

    from counting import counted

    def read(where: tuple[Any, int]) -> str:
        browser, waiting = where
        number = page if page > 0 else max(1, waiting // 20 + page)
        url = f"{reverse('goedwerk_moderation:index')}?p={number}"
        answer = browser.get(url)
        assert answer.status_code == 200, (url, answer.status_code)
        return answer.content.decode()

    read(short), read(long)
    with counted() as queries:
        assert "moderatie/" in read(long)
    times: dict[int, list[float]] = {0: [], 1: []}
    for _time in range(TIMES):
        times[0].append(timed(lambda: read(short)))
        times[1].append(timed(lambda: read(long)))
    ratio = statistics.median(times[1]) / statistics.median(times[0])
    note = f"{1000 * statistics.median(times[1]):.0f} ms"
    return [
        Line(f"list, {size} waiting, {name}", queries.queries, "queries", 15, note=note),
        Line(f"list, {size} against fewer, {name}", ratio, "×", 1.25),
    ]


def bulk_of_100() -> list[Line]:
    from goedwerk_forum.transitions import Action

    return [_bulk(Action.PUBLISH, ""), _bulk(Action.REJECT, "conduct")]


def _bulk(action: Any, reason: str) -> Line:
    import many

    import factories as make
    from counting import counted
    from goedwerk_forum.actions.bulk import decide_many
    from goedwerk_forum.models import Contribution

    discussion = make.discussion()
    parent = make.published(discussion)
    example = make.held(discussion, text="Een voorbeeld van wat op een ambassadeur wacht.")
    many.contributions(example, 99, parent)
    waits = Contribution.objects.filter(discussion=discussion, waiting__isnull=False)
    seen = dict(waits.values_list("public_id", "version"))
    ambassador = make.ambassador(discussion)
    with counted() as so_far:
        taken = timed(
            lambda: decide_many(
                user=ambassador, seen=seen, action=action, reason=reason, words="Dit raakt mensen."
            )
        )
    assert len(seen) == 100
    assert not waits.exists()
    note = f"{1000 * taken:.0f} ms"
    return Line(f"{action} 100 at once", so_far.queries, "queries", 15, note=note)


# --- messages --------------------------------------------------------------------------------


def messages(number: int) -> list[Line]:
    """Messages for many accounts: of who wants no mail, and of who does, to a sink."""
    from django.conf import settings

    sink = subprocess.Popen(
        [sys.executable, str(BENCH / "sink.py")], stdout=subprocess.PIPE, text=True
    )
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(sink.stdout.readline())
        settings.EMAIL_USE_TLS = False
        return [
            *_messages(number, "inbox notices", wants_mail=False),
            *_messages(number, "digest mails", wants_mail=True),
        ]
    finally:
        sink.kill()
        sink.wait()


def _messages(number: int, name: str, *, wants_mail: bool) -> list[Line]:
    from django.utils import timezone

    import factories as make
    from counting import counted
    from goedwerk_forum.actions import notices
    from goedwerk_forum.models import Notice, OutboxRow
    from goedwerk_forum.outbox.drive import drive

    contribution = make.published(make.discussion())
    people = _readers(number, contribution.discussion, name[:5], wants_mail=wants_mail)
    OutboxRow.objects.all().delete()
    notices.add([(contribution, Notice.Event.REPLY, None, who.pk) for who in people])
    OutboxRow.objects.update(due_at=timezone.now())
    used = time.process_time()
    with counted() as so_far:
        taken = timed(lambda: drive("notices"))
    note = _alone(number, used)
    assert not OutboxRow.objects.exists()
    return [
        Line(f"{number} {name}", number / taken, "/s", 100, at_most=False, note=note),
        Line(f"{number} {name}, each", so_far.queries / number, "queries", 3),
    ]


def _readers(number: int, discussion: Any, name: str, *, wants_mail: bool) -> list[Any]:
    """So many participants, each with an account and an address of her own."""
    from allauth.account.models import EmailAddress
    from django.contrib.auth import get_user_model

    from goedwerk_forum.identity import accounts, links
    from goedwerk_forum.models import Account, Participant

    user = get_user_model()
    users = user.objects.bulk_create(
        user(username=f"{name}{n}", email=f"{name}{n}@adres.example", password="!")
        for n in range(number)
    )
    accounts.create_missing()
    EmailAddress.objects.bulk_create(
        EmailAddress(user=one, email=f"{name}{one.pk}@adres.example", verified=True, primary=True)
        for one in users
    )
    Account.objects.filter(user__in=users).update(wants_mail=wants_mail)
    uuids = Account.objects.filter(user__in=users).values_list("uuid", flat=True)
    return Participant.objects.bulk_create(
        Participant(
            discussion=discussion,
            pseudonym=f"Stem {n}",
            token=links.token(account, discussion.uuid),
            sealed_account=links.seal(account),
            key_id="bench",
        )
        for n, account in enumerate(uuids)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", choices=SCALES, default="small")
    parser.add_argument("--only", nargs="+", help="some of the parts alone")
    chosen = parser.parse_args()
    if "DATABASE_URL" not in os.environ:
        sys.exit("Run it with `make bench`: it needs a PostgreSQL of its own.")
    about = conditions(chosen.scale)
    prepare()
    from django.conf import settings

    settings.GOEDWERK = settings.GOEDWERK | {"WRITES_PER_HOUR": 10**6}
    size = SCALES[chosen.scale]
    parts: dict[str, Callable[[], list[Line]]] = {
        "backlog": lambda: backlog(size["backlog"]),
        "stream": lambda: stream(size["posts"]),
        "lists": lambda: lists(size["short"], size["long"]),
        "bulk": bulk_of_100,
        "messages": lambda: messages(size["notices"]),
    }
    print(HEAD)
    lines: list[Line] = []
    for name, part in parts.items():
        if not chosen.only or name in chosen.only:
            for line in part():
                print(line, flush=True)
                lines.append(line)
    write("moderation", lines, about)
    sys.exit(not all(line.holds for line in lines))


if __name__ == "__main__":
    main()
