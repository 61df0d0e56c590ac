"""Redis, PostgreSQL and a mail server that never answers, each started for the tests alone."""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import threading
from pathlib import Path

from .processes import Process, free_port, wait_until


def program(name: str) -> str:
    """Where ``name`` is installed; Debian keeps PostgreSQL's servers off the path."""
    if found := shutil.which(name):
        return found
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / name).exists():
            return str(folder / name)
    raise FileNotFoundError(f"{name} is not installed: apt-get install redis-server postgresql")


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Redis:
    """A broker that the test may stop, start and empty."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: Process | None = None

    def start(self) -> None:
        command = [program("redis-server"), "--port", str(self.port), "--bind", "127.0.0.1"]
        command += ["--save", "", "--appendonly", "no", "--dir", str(self.folder)]
        self.process = Process(command, self.folder / "redis.log")
        wait_until(lambda: answers(self.port), why="redis answers")

    def stop(self) -> None:
        if self.process:
            self.process.stop()

    def ask(self, *words: str) -> bytes:
        """One command, by hand: the first bytes of its answer."""
        with socket.create_connection(("127.0.0.1", self.port), 5) as line:
            line.sendall(" ".join(words).encode() + b"\r\n")
            return line.recv(65536)


class Postgres:
    """A database server with a cluster of its own."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.data = folder / "postgres"
        self.user = "postgres" if os.geteuid() == 0 else None
        self.role = self.user or getpass.getuser()
        self.data.mkdir()
        if self.user:
            # The server refuses to run as root, and its user must be able to reach the folder.
            os.chown(self.data, pwd.getpwnam(self.user).pw_uid, -1)
            for parent in self.data.parents[:3]:
                parent.chmod(parent.stat().st_mode | 0o011)
        self._run("initdb", "-D", str(self.data), "-A", "trust", "-U", self.role, "--no-sync")

    def _run(self, *command: str) -> None:
        subprocess.run(
            [program(command[0]), *command[1:]],
            user=self.user,
            extra_groups=[] if self.user else None,
            cwd=self.data,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _control(self, action: str, *more: str) -> None:
        options = f"-p {self.port} -k {self.data} -c listen_addresses=127.0.0.1 -c fsync=off"
        start = [] if action == "stop" else ["-o", options, "-l", str(self.data / "log")]
        self._run("pg_ctl", "-D", str(self.data), "-w", *start, *more, action)

    def start(self) -> None:
        self._control("start")

    def stop(self) -> None:
        self._control("stop", "-m", "immediate")

    def url(self, name: str) -> str:
        return f"postgres://{self.role}@127.0.0.1:{self.port}/{name}"

    def create(self, name: str, template: str = "template0") -> str:
        import psycopg

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" ENCODING UTF8')
        return self.url(name)


class Mailhole:
    """Accepts connections on a port, and never says a word."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.callers: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                self.callers.append(self.socket.accept()[0])
            except OSError:
                return

    def close(self) -> None:
        self.socket.close()
        for caller in self.callers:
            caller.close()
