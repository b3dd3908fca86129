"""Work for the window: where it runs, how it comes back, and what becomes of failures."""

from __future__ import annotations

import logging
import threading
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from registration.changes import Changes
from registration.closing_sheet import Said
from registration.errors import InputError, JilaiError
from storage.session_closing import close_session
from ui.run import aside, read_aside, run
from ui.services import Services


def test_a_write_runs_on_the_store_thread_and_answers_on_the_main_one(services: Services, qtbot: QtBot):
    threads: list[str] = []
    answers: list[int] = []

    def work(db: object) -> int:
        threads.append(threading.current_thread().name)
        return 7

    def done(value: int) -> None:
        assert threading.current_thread() is threading.main_thread()
        answers.append(value)

    owner = QObject()
    run(owner, services, work, done)
    qtbot.waitUntil(lambda: answers == [7])
    assert threads == ["store"]


def test_reading_and_slow_work_leave_the_main_thread(services: Services, qtbot: QtBot):
    seen: list[bool] = []

    def work(*_: object) -> None:
        seen.append(threading.current_thread() is threading.main_thread())

    owner = QObject()
    read_aside(owner, services, work, lambda _: None)
    aside(owner, services.signals, work)
    qtbot.waitUntil(lambda: seen == [False, False])


def test_a_long_reading_holds_up_its_own_screen_alone(services: Services, qtbot: QtBot):
    held, answers = threading.Event(), list[str]()
    report, other = QObject(), QObject()
    read_aside(report, services, lambda _: "report" if held.wait(20) else "", answers.append)
    read_aside(report, services, lambda _: "report, later", answers.append)
    read_aside(other, services, lambda _: "list", answers.append)
    read_aside(other, services, lambda _: "list, later", answers.append)
    qtbot.waitUntil(lambda: answers == ["list", "list, later"])
    held.set()
    qtbot.waitUntil(lambda: answers[2:] == ["report", "report, later"])


def test_an_answer_to_a_screen_that_is_gone_is_dropped(services: Services, qtbot: QtBot):
    held = threading.Event()
    answers: list[bool] = []
    owner = QObject()
    aside(owner, services.signals, lambda: held.wait(5), answers.append)
    delete(owner)
    held.set()
    after: list[object] = []
    aside(services.signals, services.signals, lambda: 1, after.append)
    aside(services.signals, services.signals, lambda: 2, after.append)
    qtbot.waitUntil(lambda: len(after) == 2)
    qtbot.wait(30)
    assert not answers


def test_a_failure_comes_back_with_its_words(services: Services, qtbot: QtBot):
    failures: list[JilaiError] = []
    who, now = services.who, services.clock()
    owner = QObject()
    no_such: dict[str, Any] = {"session_id": "no such", "fact_id": "f-1", "said": Said()}
    run(owner, services, lambda db: close_session(db, who, now, **no_such), None, failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], InputError) and failures[0].code == "no_session"


def test_a_fault_of_ours_gets_general_words_and_a_log_without_its_text(
    services: Services, qtbot: QtBot, caplog: pytest.LogCaptureFixture
):
    def broken() -> None:
        raise ZeroDivisionError

    heard: list[object] = []
    services.signals.failed.connect(heard.append)
    with caplog.at_level(logging.ERROR):
        owner = QObject()
        aside(owner, services.signals, broken)
        qtbot.waitUntil(lambda: bool(heard))
    assert heard[0].code == "bug"  # type: ignore[attr-defined]
    assert "unexpected failure: ZeroDivisionError" in caplog.text


def test_commits_are_heard_on_the_main_thread(services: Services, qtbot: QtBot):
    heard: list[tuple[Changes, bool]] = []
    services.signals.changed.connect(
        lambda changes: heard.append((changes, threading.current_thread() is threading.main_thread()))
    )
    owner = QObject()
    run(owner, services, lambda db: Changes(sessions=True))
    qtbot.waitUntil(lambda: heard == [(Changes(sessions=True), True)])
