"""The classifier elsewhere: a real server that answers, hangs, drips, breaks; and none at all."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests
from django.core.exceptions import ImproperlyConfigured

from goedwerk_forum.checks import Context, Finding, Level, remote
from goedwerk_forum.checks.remote import Breaker, Remote
from goedwerk_forum.checks.verdict import run_checks, verdict
from goedwerk_forum.conf import conf
from goedwerk_forum.models import Policy
from goedwerk_forum.system_checks import remote_is_private, settings_are_known
from goedwerk_forum.transitions import Action

pytestmark = pytest.mark.slow

TEXT = "Een tekst met ‘tekens’ en een geheim."


class Server:
    """A classifier on this machine; ``mode`` says how it behaves."""

    def __init__(self):
        self.mode = "right"
        self.asked = []
        self.stopped = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                size = int(self.headers.get("Content-Length", 0))
                outer.asked.append((dict(self.headers), self.path, self.rfile.read(size)))
                getattr(self, outer.mode)()

            def say(self, body, status=200):
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def right(self):
                self.say(b'{"score": 0.93, "label": "toxic!"}')

            def unsure(self):
                self.say(b'{"score": 0.31, "label": "toxic"}')

            def broken(self):
                self.say(b"oops", status=500)

            def nonsense(self):
                self.say(b"<html>")

            def odd(self):
                self.say(b'{"score": 7}')

            def huge(self):
                self.say(b'{"score": 0.93, "label": "' + b"x" * 100_000 + b'"}')

            def moved(self):
                self.send_response(307)
                self.send_header("Location", f"{outer.url}elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def hangs(self):
                """Answers in the end, when nobody should be waiting any more."""
                if not outer.stopped.wait(20):
                    self.right()

            def drips(self):
                self.send_response(200)
                self.end_headers()
                while not outer.stopped.wait(0.1):
                    try:
                        self.wfile.write(b" ")
                        self.wfile.flush()
                    except OSError:
                        return

            def log_message(self, *_args):
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.stopped.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def server():
    running = Server()
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def fresh_breaker(monkeypatch):
    monkeypatch.setattr(remote, "breaker", Breaker())


@pytest.fixture
def asks(settings, server):
    settings.GOEDWERK = settings.GOEDWERK | {"REMOTE_URL": server.url, "REMOTE_TIMEOUT": 1}
    return server


def found(text=TEXT, **context):
    return list(Remote().run(text, Context(**context)))


def test_off_by_default_nobody_is_asked(server, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("somebody was asked")

    monkeypatch.setattr(requests, "Session", refuse)
    assert conf().REMOTE_URL == ""
    assert found() == []
    assert not [one for one in run_checks(TEXT, Context()) if one.check == "remote"]
    assert server.asked == []


def test_answer_above_the_threshold_advises(asks):
    assert found() == [Finding("remote", Level.ADVISE, kind="toxic")]
    assert found(threshold=94) == []


def test_answer_below_the_threshold_says_nothing(asks):
    asks.mode = "unsure"
    assert found() == []
    assert found(threshold=30) == [Finding("remote", Level.ADVISE, kind="toxic")]


def test_only_the_text_travels(asks, settings, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    found(by_newcomer=True, others=("een ander",))
    headers, path, body = asks.asked[0]
    assert (path, json.loads(body)) == ("/", {"text": TEXT})
    assert set(headers) <= {
        "Host",
        "User-Agent",
        "Accept-Encoding",
        "Accept",
        "Connection",
        "Content-Length",
        "Content-Type",
    }
    assert headers["User-Agent"] == "goedwerk"


@pytest.mark.parametrize("mode", ["broken", "nonsense", "odd", "huge", "moved"])
def test_useless_answer_neither_publishes_nor_blocks(asks, mode, caplog):
    asks.mode = mode
    findings = run_checks(TEXT, Context())
    assert not [one for one in findings if one.check == "remote"]
    assert verdict(Policy.AFTER, findings, Context()) == Action.PUBLISH
    assert len(asks.asked) == 1
    assert "geheim" not in "".join(str(vars(record)) for record in caplog.records)


@pytest.mark.parametrize("mode", ["hangs", "drips"])
def test_slow_server_is_left_after_its_time(asks, mode):
    asks.mode = mode
    assert found() == []


def test_server_that_is_away_is_no_obstacle(settings):
    settings.GOEDWERK = settings.GOEDWERK | {"REMOTE_URL": "http://127.0.0.1:9/"}
    assert found() == []


def test_after_failures_in_a_row_nobody_asks_for_a_while(asks, monkeypatch):
    asks.mode = "broken"
    for _time in range(6):
        assert found() == []
    assert len(asks.asked) == Breaker.FAILURES
    now = time.monotonic()
    monkeypatch.setattr(remote.time, "monotonic", lambda: now + Breaker.REST + 1)
    found()
    assert len(asks.asked) == Breaker.FAILURES + 1
    found()
    assert len(asks.asked) == Breaker.FAILURES + 1


def test_one_answer_makes_it_whole_again(asks, monkeypatch):
    asks.mode = "broken"
    for _time in range(4):
        found()
    asks.mode = "right"
    now = time.monotonic()
    monkeypatch.setattr(remote.time, "monotonic", lambda: now + Breaker.REST + 1)
    assert found()
    monkeypatch.setattr(remote.time, "monotonic", lambda: now + Breaker.REST + 2)
    assert found()


def test_what_it_finds_is_advice_even_where_it_fails(asks, monkeypatch):
    def breaks(_self, _text, _context):
        raise RuntimeError

    monkeypatch.setattr(Remote, "run", breaks)
    findings = [one for one in run_checks(TEXT, Context()) if one.check == "remote"]
    assert [one.level for one in findings] == [Level.ADVISE]


@pytest.mark.parametrize(
    "wrong", [{"REMOTE_URL": "ftp://x"}, {"REMOTE_TIMEOUT": 0}, {"REMOTE_TIMEOUT": 11}]
)
def test_impossible_setting_is_an_error(settings, wrong):
    settings.GOEDWERK = settings.GOEDWERK | wrong
    with pytest.raises(ImproperlyConfigured):
        conf()
    assert [error.id for error in settings_are_known()] == ["goedwerk_forum.E001"]


@pytest.mark.parametrize(
    ("url", "warned"),
    [
        ("http://elders.example/", True),
        ("https://elders.example/", False),
        ("http://127.0.0.1:9/", False),
        ("", False),
    ],
)
def test_texts_in_the_open_give_a_warning(settings, url, warned):
    settings.GOEDWERK = settings.GOEDWERK | {"REMOTE_URL": url}
    assert bool(remote_is_private()) == warned
