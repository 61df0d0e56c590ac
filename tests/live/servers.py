"""Redis, PostgreSQL and a mail server that never answers, each started for the tests alone."""

from __future__ import annotations

import socket
import sys
import threading
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "scripts"))
import services


class Redis(services.Redis):
    """A broker that the test may stop, start and empty."""

    def ask(self, *words: str) -> bytes:
        """One command, by hand: the first bytes of its answer."""
        with socket.create_connection(("127.0.0.1", self.port), 5) as line:
            line.sendall(" ".join(words).encode() + b"\r\n")
            return line.recv(65536)


class Postgres(services.Postgres):
    """A database server whose databases the tests make and copy."""

    def url_of(self, name: str) -> str:
        return self.url.removesuffix(services.NAME) + name

    def create(self, name: str, template: str = "template0") -> str:
        """A new database, with what is in ``template``; returns its address."""
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url_of(name)


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
