"""A start that cannot succeed says in one sentence why, and what mends it; never a traceback."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from live import Template
from live.fixtures import servers_folder

__all__ = ["servers_folder"]

ROOT = Path(__file__).resolve().parents[2]
#: What the shell or the test run sets, and a site that starts must not see.
OURS = ("GOEDWERK_", "DATABASE_", "REDIS_", "SECRET_KEY", "DJANGO_SETTINGS", "SECURE_")

pytestmark = pytest.mark.slow


def environment(folder: Path, **variables: str) -> dict[str, str]:
    outer = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return outer | {"GOEDWERK_DATA_DIR": str(folder)} | variables


def run(command: list[str], folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=ROOT / "site",
        env=environment(folder, **variables),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def manage(*arguments: str, folder: Path, **variables: str) -> str:
    """What a command that fails says last: the sentence for the person who started it."""
    done = run([sys.executable, "manage.py", *arguments], folder, **variables)
    assert done.returncode != 0, done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    return done.stderr.strip().splitlines()[-1]


PRODUCTION = {"SECRET_KEY": "x" * 60}


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({}, "SECRET_KEY is not set. Set it, or SECRET_KEY_FILE to a file that holds it."),
        (
            {"SECRET_KEY_FILE": "/nergens/secret"},
            "SECRET_KEY_FILE points to /nergens/secret: No such file or directory.",
        ),
        (
            PRODUCTION | {"DATABASE_URL": "mysql://goedwerk@db/goedwerk"},
            "DATABASE_URL must look like postgres://user@host:5432/name or "
            "sqlite:////folder/file.sqlite3.",
        ),
        (
            PRODUCTION | {"GOEDWERK_RELEASE_EVERY": "elk uur"},
            "GOEDWERK_RELEASE_EVERY is 'elk uur', but must be a number.",
        ),
    ],
    ids=["no secret key", "no secret file", "foreign database", "a word for a number"],
)
def test_wrong_setting_is_named(tmp_path, variables, sentence):
    assert manage("check", folder=tmp_path, **variables) == f"The site cannot start: {sentence}"


@pytest.mark.parametrize("program", ["gunicorn", "celery"])
def test_web_and_worker_name_a_wrong_setting_too(tmp_path, program):
    command = {
        "gunicorn": ["gunicorn", "--config", "gunicorn.conf.py"],
        "celery": ["celery", "-A", "goedwerk_site", "worker"],
    }[program]
    path = Path(sys.executable).parent / command[0]
    done = run([str(path), *command[1:]], tmp_path, **PRODUCTION, GOEDWERK_DRIVER="postduif")
    assert done.returncode != 0
    assert done.stderr.strip() == (
        "The site cannot start: GOEDWERK['DRIVER'] must be 'celery' or 'embedded'."
    )


def test_demonstration_is_refused_in_production_settings(tmp_path):
    done = run(
        [sys.executable, "manage.py", "check"],
        tmp_path,
        GOEDWERK_DEMO="1",
        SECURE_SSL_REDIRECT="1",
    )
    assert done.returncode != 0
    assert "Demo mode is on in production settings" in done.stderr
    assert "Unset GOEDWERK_DEMO." in done.stderr


def test_database_that_is_not_migrated_is_said(tmp_path):
    sentence = manage("goedwerk_doctor", folder=tmp_path, **PRODUCTION)
    assert sentence == "The database is not migrated. Run: python site/manage.py migrate"


def test_database_that_is_away_is_said(tmp_path):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"postgres://goedwerk@127.0.0.1:{unused.getsockname()[1]}/goedwerk"
        sentence = manage("migrate", folder=tmp_path, **PRODUCTION, DATABASE_URL=url)
    assert sentence == (
        "The database goedwerk on 127.0.0.1 does not answer. "
        "Is it started, and is DATABASE_URL right?"
    )


def test_folder_without_a_database_is_said(tmp_path):
    sentence = manage("migrate", folder=tmp_path / "nergens", **PRODUCTION)
    assert "cannot be opened. Make its folder" in sentence


def test_missing_key_is_said_where_the_work_needs_it(tmp_path, servers_folder):
    folder = tmp_path / "site"
    Template.shared(servers_folder, "writers").copy(folder)
    shutil.rmtree(folder / "keys")
    sentence = manage("goedwerk_demo", folder=folder, GOEDWERK_DEMO="1")
    assert sentence.startswith(f"An identity key is missing in {folder}/keys")
    assert sentence.endswith("make the keys with: python site/manage.py goedwerk_keys")


def test_taken_port_is_said_before_anything_is_made(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        sentence = manage("goedwerk_run", "--port", str(port), folder=tmp_path, GOEDWERK_DEMO="1")
    assert sentence == (
        f"CommandError: Port {port} is taken by another program. "
        f"Choose another: PORT={port + 1} make run"
    )
    assert not (tmp_path / "goedwerk.sqlite3").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--port", "achtduizend"], "'achtduizend' is not a port. Choose one: PORT=8001 make run"),
        (["--port", "70000"], "70000 is not a port. Choose one: PORT=8001 make run"),
        (
            ["--host", "203.0.113.1"],
            "This machine has no address 203.0.113.1. Choose one that it has: "
            "HOST=127.0.0.1 make run",
        ),
    ],
)
def test_impossible_address_is_said(tmp_path, arguments, sentence):
    said = manage("goedwerk_run", *arguments, folder=tmp_path, GOEDWERK_DEMO="1")
    assert said == f"CommandError: {sentence}"


def test_reset_leaves_a_database_alone_that_it_did_not_make(tmp_path):
    own = tmp_path / "van-een-ander.sqlite3"
    own.write_bytes(b"")
    sentence = manage(
        "goedwerk_run",
        "--reset",
        folder=tmp_path,
        GOEDWERK_DEMO="1",
        DATABASE_URL=f"sqlite:///{own}",
    )
    assert "names a database that this did not make" in sentence
    assert own.exists()


# --- the demonstration itself ----------------------------------------------------------------


class Demonstration:
    """``make run`` without make: a process group of its own, and what it said."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as trial:
            trial.bind(("127.0.0.1", 0))
            self.port = trial.getsockname()[1]
        self.log = folder / "said"
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "goedwerk_run", "--port", str(self.port)],
            cwd=ROOT / "site",
            env=environment(folder, GOEDWERK_DEMO="1", GOEDWERK_DEMO_PASSWORD="een-twee-drie-vier"),
            stdout=self.log.open("w"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def said(self) -> str:
        return self.log.read_text()

    def wait_until_it_says(self, words: str, seconds: float = 900) -> None:
        until = time.monotonic() + seconds
        while words not in self.said():
            assert time.monotonic() < until, self.said()
            assert self.process.poll() is None, self.said()
            time.sleep(0.1)

    def get(self, path: str) -> str:
        """What it answers, with its own addresses made relative: each has another port."""
        itself = f"http://127.0.0.1:{self.port}"
        with urllib.request.urlopen(f"{itself}{path}", timeout=20) as answer:
            return answer.read().decode().replace(itself, "")

    def members(self) -> dict[int, str]:
        """The processes of its group, with their command lines."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                group = int((folder / "stat").read_text().rpartition(")")[2].split()[2])
                command = (folder / "cmdline").read_text().replace("\0", " ")
            except (OSError, ValueError):
                continue
            if group == self.process.pid and command:
                found[int(folder.name)] = command
        return found

    def runner(self) -> list[int]:
        return [pid for pid, command in self.members().items() if "goedwerk_runner" in command]


@pytest.fixture
def demonstration(tmp_path):
    started = []

    def start() -> Demonstration:
        started.append(Demonstration(tmp_path))
        return started[-1]

    yield start
    for each in started:
        if each.members():
            os.killpg(each.process.pid, signal.SIGKILL)


@pytest.mark.fault
def test_demonstration_starts_stops_and_goes_on(demonstration):
    first = demonstration()
    first.wait_until_it_says("Ctrl-C stops it.")
    assert "een-twee-drie-vier" in first.said()
    assert "deelnemer3" in first.said()
    home = first.get("/")
    assert "Goed Werk" in home

    (runner,) = first.runner()
    os.kill(runner, signal.SIGKILL)
    first.wait_until_it_says("it starts again")
    until = time.monotonic() + 30
    while first.runner() in ([], [runner]):
        assert time.monotonic() < until
        time.sleep(0.1)

    os.killpg(first.process.pid, signal.SIGINT)
    assert first.process.wait(timeout=30) == 0
    assert "Stopped." in first.said()
    assert "Traceback" not in first.said()
    assert first.members() == {}

    second = demonstration()
    second.wait_until_it_says("Ctrl-C stops it.")
    assert "Loading" not in second.said()
    assert "Collecting" not in second.said()
    assert second.get("/") == home

    serving = min(pid for pid, command in second.members().items() if "gunicorn" in command)
    os.kill(serving, signal.SIGKILL)
    assert second.process.wait(timeout=30) != 0
    assert "The site stopped by itself" in second.said()
