"""Serves the demonstration: the site and the runner of its outbox, in one process group."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders

SITE_DIR = settings.ROOT / "site"
#: What `make demo-reset` throws away; the styles that were collected are no data.
DATA = ("goedwerk.sqlite3", "goedwerk.sqlite3-wal", "goedwerk.sqlite3-shm")
FOLDERS = ("keys", "media")
SECRETS = ("demo_password", "secret_key")
#: Seconds that the site gets to answer for the first time, and a child to stop.
START_WITHIN = 60
STOP_WITHIN = 12
#: Seconds before a runner that died is started again; doubled each time it dies at once.
RESTART_AFTER = 1.0
RESTART_AT_MOST = 30.0


class CannotServe(Exception):
    """The demonstration cannot start; the message says why and what mends it."""


# --- before the start ------------------------------------------------------------------------


def address_family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def require_free(host: str, port: int) -> None:
    """Makes sure that the site can listen there.

    Raises:
        CannotServe: it cannot.
    """
    if not 0 < port < 65536:
        raise CannotServe(f"{port} is not a port. Choose one: PORT=8001 make run")
    try:
        with socket.socket(address_family(host), socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
    except OSError as error:
        raise CannotServe(_why_not(host, port, error)) from None


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else 8001
        return f"Port {port} is taken by another program. Choose another: PORT={other} make run"
    if error.errno == errno.EACCES:
        return f"Port {port} is for the system's own programs. Choose another: PORT=8001 make run"
    return f"This machine has no address {host}. Choose one that it has: HOST=127.0.0.1 make run"


@contextlib.contextmanager
def data_in_use(*, alone: bool = False) -> Iterator[None]:
    """Marks the data folder as in use; ``alone`` asks that nobody else uses it.

    Raises:
        CannotServe: somebody does.
    """
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.DATA_DIR / "in-use").open("w") as mark:
        try:
            fcntl.flock(mark, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotServe(
                "The demonstration is running. Stop it first (Ctrl-C), then: make demo-reset"
                if alone
                else "The demonstration is being built anew. Wait for that, then: make run"
            ) from None
        yield


def throw_away() -> None:
    """Removes the database, keys, media and secrets of the demonstration.

    Raises:
        CannotServe: the database is not the demonstration's own file.
    """
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    if database != settings.DATA_DIR / DATA[0]:
        raise CannotServe(
            "DATABASE_URL names a database that this did not make; empty it yourself, "
            "or unset DATABASE_URL."
        )
    for name in (*DATA, *SECRETS):
        (settings.DATA_DIR / name).unlink(missing_ok=True)
    for name in FOLDERS:
        _remove_tree(settings.DATA_DIR / name)


def _remove_tree(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    if folder.exists():
        folder.rmdir()


def static_files_changed() -> Callable[[], None] | None:
    """None where the collected files are still right, else what to call once they are."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = os.stat(storage.path(name))
            digest.update(f"{name}:{facts.st_size}:{facts.st_mtime_ns}\n".encode())
    stamp = settings.DATA_DIR / "static-files"
    fingerprint = digest.hexdigest()
    if stamp.exists() and stamp.read_text() == fingerprint and settings.STATIC_ROOT.exists():
        return None

    def remember() -> None:
        stamp.write_text(fingerprint)

    return remember


# --- serving ---------------------------------------------------------------------------------


def _leave_ctrl_c_to_the_parent() -> None:
    """Ctrl-C reaches the whole group; a child that is still starting would answer a traceback."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class Children:
    """The site and the runner; the site must live, the runner is started again."""

    def __init__(self, host: str, port: int, say: Callable[[str], None]) -> None:
        self.host, self.port, self.say = host, port, say
        self.stopping = False
        self.pause = RESTART_AFTER
        self.environment = os.environ | {"GOEDWERK_BASE_URL": base_url(host, port)}
        self.site = self._start_site()
        self.runner = self._start_runner()
        self.runner_since = time.monotonic()

    def _start_site(self) -> subprocess.Popen[bytes]:
        bind = f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"
        return self._start("-m", "gunicorn", "--config", "gunicorn.conf.py", BIND=bind)

    def _start_runner(self) -> subprocess.Popen[bytes]:
        return self._start("manage.py", "goedwerk_runner", "--skip-checks")

    def _start(self, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=SITE_DIR,
            env=self.environment | environment,
            preexec_fn=_leave_ctrl_c_to_the_parent,
        )

    def stop_on_signals(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop_soon)

    def _stop_soon(self, *_args: object) -> None:
        self.stopping = True

    def answers(self) -> bool:
        """Waits until the site answers, it died, or somebody stops it."""
        until = time.monotonic() + START_WITHIN
        while time.monotonic() < until and not self.stopping and self.site.poll() is None:
            with contextlib.suppress(OSError, urllib.error.URLError):
                urllib.request.urlopen(base_url(self.host, self.port) + "/healthz", timeout=5)
                return True
            time.sleep(0.1)
        return False

    def watch(self) -> int:
        """Returns when the site ended: 0 where it was asked to, else its exit code."""
        while not self.stopping:
            if (code := self.site.poll()) is not None:
                self.say(f"The site stopped by itself (exit code {code}); see the lines above.")
                return code or 1
            if self.runner.poll() is not None:
                self._restart_runner()
            time.sleep(0.2)
        return 0

    def _restart_runner(self) -> None:
        lived = time.monotonic() - self.runner_since
        self.pause = RESTART_AFTER if lived > RESTART_AT_MOST else self.pause * 2
        self.say("The runner stopped; it starts again. Nothing was lost: its work waits.")
        until = time.monotonic() + min(self.pause, RESTART_AT_MOST)
        while time.monotonic() < until and not self.stopping:
            time.sleep(0.1)
        if not self.stopping:
            self.runner = self._start_runner()
            self.runner_since = time.monotonic()

    def stop(self) -> None:
        """Asks both to finish what they are at; ends them where they do not."""
        children = [self.site, self.runner]
        for child in children:
            if child.poll() is None:
                child.terminate()
        until = time.monotonic() + STOP_WITHIN
        for child in children:
            try:
                child.wait(timeout=max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def base_url(host: str, port: int) -> str:
    """Where a browser on this machine finds the site."""
    seen = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104
    return f"http://[{seen}]:{port}" if ":" in seen else f"http://{seen}:{port}"
