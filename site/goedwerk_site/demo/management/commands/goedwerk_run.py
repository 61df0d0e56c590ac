from __future__ import annotations

import argparse
import io
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from goedwerk_forum import setup
from goedwerk_forum.conf import conf
from goedwerk_forum.identity import keys
from goedwerk_site.demo import serve
from goedwerk_site.demo.accounts import ACCOUNTS, password
from goedwerk_site.demo.load import is_loaded


class Command(BaseCommand):
    help = "Prepares the demonstration where needed and serves it; Ctrl-C stops it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", default="8000")
        parser.add_argument(
            "--reset", action="store_true", help="throw the data away, build it anew and stop"
        )

    def handle(self, *, host: str, port: str, reset: bool, **_options: Any) -> None:
        try:
            if reset:
                self._reset()
            else:
                self._run(host, self._number(port))
        except serve.CannotServe as problem:
            raise CommandError(str(problem)) from None
        except KeyboardInterrupt:
            self._say("\nStopped before it was ready; the next run goes on from here.")

    def _number(self, port: str) -> int:
        if not port.isascii() or not port.isdigit():
            raise CommandError(f"'{port}' is not a port. Choose one: PORT=8001 make run")
        return int(port)

    def _reset(self) -> None:
        with serve.data_in_use(alone=True):
            self._say("Throwing the demo data away …")
            serve.throw_away()
            self._prepare()
        self._say("The demonstration is as new. Start it with: make run")

    def _run(self, host: str, port: int) -> None:
        serve.require_free(host, port)
        with serve.data_in_use():
            self._prepare()
            self._say("Starting the site and the runner …")
            children = serve.Children(host, port, self._say)
            children.stop_on_signals()
            try:
                if children.answers():
                    self._welcome(host, port)
                code = children.watch()
            finally:
                self._say("Stopping …")
                children.stop()
        if code:
            raise CommandError("The demonstration ended.", returncode=code)
        self._say(
            f"Stopped. The data is kept in {settings.DATA_DIR}; the next start goes on with it."
        )

    def _prepare(self) -> None:
        """Each step that is already done is quick and says nothing."""
        started = time.monotonic()
        self._say("Preparing the database …")
        call_command("migrate", interactive=False, verbosity=0)
        if keys.create_missing():
            self._say(f"Made the demo keys in {conf().KEYS_DIR} …")
        call_command("check", databases=["default"], stdout=io.StringIO(), stderr=io.StringIO())
        if not is_loaded():
            self._say("Loading the demo content (half a minute, the first time only) …")
        call_command("goedwerk_demo", stdout=self.stdout)
        list(setup.prepare())
        if remember := serve.static_files_changed():
            self._say("Collecting styles, fonts and images …")
            call_command("collectstatic", interactive=False, verbosity=0)
            remember()
        self._say(f"Ready in {time.monotonic() - started:.0f} s.")

    def _welcome(self, host: str, port: int) -> None:
        url = serve.base_url(host, port)
        self._say(
            f"\n  Goed Werk is on   {url}/"
            f"\n  The admin is on   {url}/beheer/"
            f"\n\n  Accounts          {', '.join(ACCOUNTS)}"
            f"\n  Password of each  {password()}"
            "\n\n  Ctrl-C stops it.\n"
        )

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
