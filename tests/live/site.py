"""A site of its own for one test: data folder, database, processes."""

from __future__ import annotations

import contextlib
import fcntl
import itertools
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .browser import Answer, Client
from .processes import Process, free_port, wait_until
from .servers import Postgres, Redis

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
DATABASE = "goedwerk.sqlite3"
#: The folder in which processes share what they seeded.
TEMPLATES = "GOEDWERK_TEST_TEMPLATES"

_numbers = itertools.count(1)


def environment(folder: Path, database_url: str, **more: str) -> dict[str, str]:
    """What each process of a site is told."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "live.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")]),
        "PYTHONUNBUFFERED": "1",
        "GOEDWERK_TESTING": "1",
        "GOEDWERK_DATA_DIR": str(folder),
        "DATABASE_URL": database_url,
        "GOEDWERK_RELEASE_EVERY": "0",
        **more,
    }


@dataclass
class Template:
    """A migrated and seeded database with its keys, made once and copied for each test."""

    folder: Path
    seeded: dict[str, Any]
    postgres: Postgres | None = None

    @classmethod
    def make(
        cls, folder: Path, postgres: Postgres | None = None, content: str = "writers"
    ) -> Template:
        folder.mkdir()
        url = postgres.create("template") if postgres else f"sqlite:///{folder / DATABASE}"
        (folder / "traps").mkdir()
        done = subprocess.run(
            [sys.executable, "-m", "live.seed", content],
            env=environment(folder, url),
            cwd=ROOT,
            capture_output=True,
            check=False,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        if not postgres:
            with contextlib.closing(sqlite3.connect(folder / DATABASE)) as database:
                database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return cls(folder, json.loads(done.stdout), postgres)

    @classmethod
    def shared(cls, folder: Path, content: str) -> Template:
        """On SQLite; made by who comes first of all processes that are given the same folder.

        ``GOEDWERK_TEST_TEMPLATES`` names that folder: of one run, or one to keep between runs
        until content or models change. Without it each process has its own, ``folder``.
        """
        folder = Path(os.environ.get(TEMPLATES, folder)) / content
        seeded = folder.with_suffix(".json")
        folder.parent.mkdir(parents=True, exist_ok=True)
        with folder.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not seeded.exists():
                shutil.rmtree(folder, ignore_errors=True)
                made = cls.make(folder, content=content)
                seeded.write_text(json.dumps(made.seeded), encoding="utf-8")
        return cls(folder, json.loads(seeded.read_text(encoding="utf-8")))

    def copy(self, folder: Path) -> str:
        """A site's data in ``folder``; returns the address of its database."""
        shutil.copytree(self.folder, folder)
        if self.postgres:
            return self.postgres.create(folder.name, "template")
        return f"sqlite:///{folder / DATABASE}"


class LiveSite:
    """The site under test: start what the test needs, kill what it wants to see fall."""

    def __init__(self, template: Template, *, redis: Redis | None = None, **env: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="goedwerk-live-")) / f"site_{next(_numbers)}"
        self.database_url = template.copy(self.folder)
        self.seeded = template.seeded
        self.uses_celery = redis is not None
        if redis:
            env["REDIS_URL"] = redis.url
        self.env = environment(self.folder, self.database_url, **env)
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.processes: list[Process] = []

    # --- processes ---------------------------------------------------------------------------

    def start(self, name: str, *command: str) -> Process:
        process = Process(
            list(command), self.folder / f"{name}-{len(self.processes)}.log", env=self.env, cwd=ROOT
        )
        self.processes.append(process)
        return process

    def web(self, *, workers: int = 2, threads: int = 4) -> Process:
        web = self.start(
            "web",
            *(str(BIN / "gunicorn"), "goedwerk_site.wsgi", "--bind", f"127.0.0.1:{self.port}"),
            *("--workers", str(workers), "--threads", str(threads), "--preload"),
        )
        wait_until(lambda: self.browser().ask("/healthz").status == 200, seconds=90, why=web.said())
        return web

    def runner(self) -> Process:
        return self.start("runner", sys.executable, str(ROOT / "site/manage.py"), "goedwerk_runner")

    def kept_runner(self) -> Process:
        """The runner under a supervisor, as service managers and the demonstration keep it."""
        command = f"while :; do {sys.executable} site/manage.py goedwerk_runner; sleep 1; done"
        return self.start("runner", "bash", "-c", command)

    def worker(self, queues: str = "moderation", *, concurrency: int = 1) -> Process:
        return self.start(
            "worker",
            *(str(BIN / "celery"), "-A", "live.celery", "worker", "-Q", queues),
            *("--concurrency", str(concurrency), "--loglevel", "WARNING"),
            *("--without-gossip", "--without-mingle"),
        )

    def beat(self) -> Process:
        schedule = self.folder / f"beat-{len(self.processes)}"
        return self.start(
            "beat", str(BIN / "celery"), "-A", "live.celery", "beat", "-s", str(schedule)
        )

    def drivers(self) -> list[Process]:
        """What moderates here: a worker and its clock, or the embedded runner."""
        return [self.worker(), self.beat()] if self.uses_celery else [self.kept_runner()]

    def close(self) -> None:
        for process in self.processes:
            process.kill()
        shutil.rmtree(self.folder.parent, ignore_errors=True)

    # --- traps -------------------------------------------------------------------------------

    @property
    def traps(self) -> Path:
        return self.folder / "traps"

    def set_trap(self, name: str) -> Path:
        (self.traps / name).touch()
        return self.traps / name

    # --- people ------------------------------------------------------------------------------

    def browser(self) -> Client:
        return Client(self.base)

    def signed_in(self, username: str) -> Client:
        return self.browser().sign_in(username, self.seeded["password"])

    @property
    def write_path(self) -> str:
        return f"/gesprek/{self.seeded['discussion']}/schrijf/"

    def post(self, client: Client, text: str, path: str = "") -> str:
        """Sends a contribution and returns its public id."""
        answer = client.send(path or self.write_path, text)
        return posted(answer)

    # --- the database, as it is --------------------------------------------------------------

    def rows(self, sql: str) -> list[tuple]:
        """What a query finds in the database of the site."""
        with self.connection() as connection:
            return connection.execute(sql).fetchall()

    def change(self, sql: str) -> None:
        with self.connection() as connection:
            connection.execute(sql)
            connection.commit()

    @contextlib.contextmanager
    def connection(self) -> Iterator[Any]:
        if self.database_url.startswith("sqlite"):
            path = self.database_url.removeprefix("sqlite:///")
            with contextlib.closing(sqlite3.connect(path, timeout=20)) as connection:
                yield connection
        else:
            import psycopg

            with psycopg.connect(self.database_url) as connection:
                yield connection

    def state(self, public_id: str) -> str:
        sql = f"SELECT state FROM goedwerk_forum_contribution WHERE public_id = '{public_id}'"
        return self.rows(sql)[0][0]

    def decisions(self, public_id: str) -> int:
        """How often the checks decided on a contribution, by the record."""
        return self.rows(
            "SELECT count(*) FROM goedwerk_forum_auditrecord "
            f"WHERE actor = 'checks' AND object_id = '{public_id}'"
        )[0][0]

    def wait_decided(self, *public_ids: str, seconds: float = 30) -> None:
        """Waits until the checks decided on each."""
        wait_until(
            lambda: all(self.state(public_id) != "pending" for public_id in public_ids),
            seconds=seconds,
            why="decided: " + " ".join(public_ids) + self.said(),
        )

    def said(self) -> str:
        """All that its processes wrote."""
        return "\n".join(f"[{p.log.name}]\n{p.said()[-3000:]}" for p in self.processes)


def posted(answer: Answer) -> str:
    assert answer.status == 302, f"{answer.status} at {answer.url}: {answer.text[:2000]}"
    return answer.location.rstrip("/").rsplit("/", 1)[-1]
