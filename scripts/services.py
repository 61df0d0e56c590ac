"""A PostgreSQL and a Redis of one's own, in a temporary folder, on free ports of this machine.

For tests: they keep nothing, wait for no disk, and can be stopped, killed and started again.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

NAME = "goedwerk"


class NotInstalled(Exception):
    """A program that is needed is not on this machine."""


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def wait_for(condition: Callable[[], bool], what: str, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError(f"{what} did not happen within {seconds:.0f} s")
        time.sleep(0.05)


def answers(port: int) -> bool:
    with socket.socket() as trial:
        trial.settimeout(1)
        return trial.connect_ex(("127.0.0.1", port)) == 0


class Service:
    """A program that listens on a port; its data survives ``stop`` and ``kill``, not ``remove``."""

    def __init__(self) -> None:
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix=f"goedwerk-{type(self).__name__.lower()}-"))
        self.process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        raise NotImplementedError

    def is_ready(self) -> bool:
        return answers(self.port)

    def start(self) -> None:
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(
            self.command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder
        )
        wait_for(self.is_ready, f"The start of {type(self).__name__}")

    def _end(self, number: int) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)
            self.process.wait(timeout=30)
        self.process = None

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Redis(Service):
    """As in production: append-only, and refusing rather than forgetting when it is full."""

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        program = shutil.which("redis-server")
        if program is None:
            raise NotInstalled("redis-server is not installed: scripts/install-system.sh")
        options = {
            "port": self.port,
            "bind": "127.0.0.1",
            "dir": self.folder,
            "appendonly": "yes",
            "maxmemory-policy": "noeviction",
            "save": "",
        }
        return [
            program,
            *(part for key, value in options.items() for part in (f"--{key}", str(value))),
        ]


class Postgres(Service):
    """One superuser without a password, reachable from this machine only."""

    def __init__(self) -> None:
        super().__init__()
        self.programs = self._find_programs()
        self.data = self.folder / "data"
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        options = f"-U {NAME} -A trust -E UTF8 --locale=C.UTF-8 --no-sync".split()
        self._run("initdb", "-D", self.data, *options)

    @staticmethod
    def _find_programs() -> Path:
        found = sorted(
            Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[-3])
        )
        on_path = shutil.which("initdb")
        if not found and on_path is None:
            raise NotInstalled("PostgreSQL is not installed: scripts/install-system.sh")
        return found[-1].parent if found else Path(str(on_path)).parent

    @property
    def url(self) -> str:
        return f"postgres://{NAME}@127.0.0.1:{self.port}/{NAME}"

    def _as_owner(self, program: str, *arguments: object) -> list[str]:
        """The servers refuse to run as root."""
        command = [str(self.programs / program), *map(str, arguments)]
        if os.geteuid() != 0:
            return command
        return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", *command]

    def _run(self, program: str, *arguments: object) -> str:
        command = self._as_owner(program, *arguments)
        done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=self.folder)
        return done.stdout.strip()

    def command(self) -> list[str]:
        options = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": self.folder,
            "fsync": "off",
            "full_page_writes": "off",
            "synchronous_commit": "off",
            "max_connections": 200,
            # As in production: a failed INSERT must not put a text into the log.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
        }
        return self._as_owner(
            "postgres",
            "-D",
            self.data,
            *(part for key, value in options.items() for part in ("-c", f"{key}={value}")),
        )

    def is_ready(self) -> bool:
        ready = self._as_owner("pg_isready", "-q", "-h", "127.0.0.1", "-p", self.port)
        return subprocess.run(ready, cwd=self.folder, check=False).returncode == 0

    def start(self) -> None:
        super().start()
        server = ["-h", "127.0.0.1", "-p", self.port, "-U", NAME]
        query = f"SELECT 1 FROM pg_database WHERE datname = '{NAME}'"
        if not self._run("psql", *server, "-d", "template1", "-Atc", query):
            self._run("createdb", *server, NAME)

    def stop(self) -> None:
        """At once, ending open connections, with the data in order (a 'fast' shutdown)."""
        self._end(signal.SIGINT)
