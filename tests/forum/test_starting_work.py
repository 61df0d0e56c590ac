"""What a process that drives the outbox does first, and what holds up what."""

from __future__ import annotations

import gc
import logging
import os
import signal
import threading
from types import SimpleNamespace

import pytest

from goedwerk_forum import tasks
from goedwerk_forum.checks import hand_over, load_checks, tone
from goedwerk_forum.checks.conduct import Conduct
from goedwerk_forum.management.commands import goedwerk_runner


@pytest.fixture(autouse=True)
def collected_again():
    """What these tests set aside for good in a process that goes on with others."""
    yield
    gc.unfreeze()


@pytest.fixture
def unread():
    tone.weights.cache_clear()
    return lambda: not tone.weights.cache_info().currsize


class Worker:
    """What a signal of Celery gives of a worker that takes from one queue."""

    def __init__(self, queue: str) -> None:
        self.app = SimpleNamespace(
            amqp=SimpleNamespace(queues=SimpleNamespace(consume_from={queue: None}))
        )


def test_worker_reads_the_files_of_the_checks_before_it_splits_up(unread):
    tasks.worker_init.send(sender=Worker("moderation"))
    assert not unread()


def test_what_was_read_is_no_work_for_the_collector(unread):
    gc.unfreeze()
    load_checks()
    assert gc.get_freeze_count() > 0


def test_rules_for_another_place_are_read_too():
    hand_over._rules.cache_clear()
    load_checks()
    assert hand_over._rules.cache_info().currsize


def test_worker_that_sends_mail_reads_none_of_them(unread):
    tasks.worker_init.send(sender=Worker("notices"))
    assert unread()


def test_check_that_cannot_be_loaded_holds_up_nothing(unread, monkeypatch, caplog):
    def fails(self):
        tone.weights()
        raise OSError("/geheim/pad")

    monkeypatch.setattr(Conduct, "load", fails)
    with caplog.at_level(logging.WARNING, "goedwerk.checks"):
        load_checks()
    assert not unread()
    assert [(one.check, one.error) for one in caplog.records] == [("conduct", "OSError")]


@pytest.fixture
def runner(monkeypatch):
    """Runs until moderation was driven twice: (what was done, what is due blocks on ``gate``)."""
    done: list[str] = []
    gate = threading.Event()
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def drive(queue: str) -> None:
        done.append(queue)
        if done.count("moderation") == 2:
            gate.set()
            os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(goedwerk_runner, "PAUSE", 0.01)
    monkeypatch.setattr(goedwerk_runner, "drive", drive)
    monkeypatch.setattr(goedwerk_runner, "seal_records", lambda: None)
    monkeypatch.setattr(goedwerk_runner, "watch", lambda: None)
    monkeypatch.setattr(goedwerk_runner, "call_command", lambda name: done.append(name))
    yield done, gate
    for number, handler in handlers.items():
        signal.signal(number, handler)


def test_the_nights_work_holds_up_no_moderation(runner, monkeypatch):
    done, gate = runner
    monkeypatch.setattr(goedwerk_runner, "let_go", lambda: gate.wait(30))
    goedwerk_runner.Command().handle()
    assert done.count("moderation") == 2


def test_work_that_fails_is_tried_again(runner, monkeypatch, caplog):
    done, _gate = runner
    tried = []

    def fails() -> None:
        tried.append(1)
        if len(tried) == 1:
            raise ValueError("een woord van iemand")

    monkeypatch.setattr(goedwerk_runner, "let_go", lambda: None)
    monkeypatch.setattr(goedwerk_runner, "seal_records", fails)
    goedwerk_runner.Command().handle()
    assert done.count("moderation") == 2
    assert len(tried) == 2
    assert [one.error for one in caplog.records if one.message == "work failed"] == ["ValueError"]
    assert "een woord van iemand" not in caplog.text
