"""Several workers are one centre: shared uploads and news, a killed one replaced, an orderly stop."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.contract import sha256_hex
from tests.centre import Centre, start_centre
from tests.server.test_centre_pages import announce, begun, wait_for_offset
from tests.server.window import Window


@pytest.fixture(scope="module")
def crew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    folder = tmp_path_factory.mktemp("crew")
    with start_centre(folder, accept_after=3600, arguments=("--workers", "3")) as running:
        yield running


def workers_of(centre: Centre) -> set[int]:
    """Return the process ids of a centre's workers."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text("utf-8").rpartition(")")[2].split()[1])
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if parent == centre.process.pid and b"worker" in words:
            found.add(int(folder.name))
    return found


@pytest.fixture
def at_crew(crew: Centre) -> Window:
    window = Window(crew.url)
    code = crew.admin("enrol-code")
    assert isinstance(code, dict)
    assert window.enrol(code["enrolment_code"]).status == 200
    return window


def test_requests_of_one_upload_may_reach_any_worker(at_crew: Window, crew: Centre) -> None:
    data = announce(at_crew, os.urandom(90_000))  # every request is a connection of its own
    assert at_crew.create(data).status == 201
    for start in range(0, len(data), 6_000):
        assert at_crew.patch(sha256_hex(data), start, data[start : start + 6_000]).status == 204
    assert at_crew.create(data).status == 200
    assert len(workers_of(crew)) == 3


def test_a_silent_upload_at_one_worker_gives_way_to_one_at_another(at_crew: Window) -> None:
    data = announce(at_crew, os.urandom(50_000))
    at_crew.create(data)
    with begun(at_crew, data, 1000):
        wait_for_offset(at_crew, data, 1000)
        time.sleep(2.1)
        deadline = time.monotonic() + 15
        while (answer := at_crew.patch(sha256_hex(data), 1000, data[1000:])).status == 423:
            assert time.monotonic() < deadline  # well before the stalled line is given up by itself
    assert answer.status == 204


def test_news_made_at_one_worker_wakes_whoever_waits_at_another(at_crew: Window, crew: Centre) -> None:
    _, cursor = at_crew.all_changes()
    news: list[list[dict[str, object]]] = []
    waiting = [
        threading.Thread(target=lambda: news.append(at_crew.changes(cursor, wait=20)["items"]))
        for _ in range(6)
    ]
    for thread in waiting:
        thread.start()
    time.sleep(0.5)
    began = time.monotonic()
    crew.admin("add-operator", f"new-{cursor}", "林小雨")
    for thread in waiting:
        thread.join(20)
    assert [items[0]["kind"] for items in news] == ["operator"] * 6
    assert time.monotonic() - began < 15


def test_a_killed_worker_is_replaced_and_nobody_notices(at_crew: Window, crew: Centre) -> None:
    before = workers_of(crew)
    os.kill(min(before), signal.SIGKILL)
    for _ in range(10):
        assert at_crew.outcome(at_crew.event(at_crew.pages(size=20)))["result"] == "applied"
    deadline = time.monotonic() + 20
    while len(workers_of(crew) - before) != 1:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert '"what": "worker ended"' in crew.log.read_text("utf-8")


def test_a_stop_under_load_answers_what_it_has_begun_and_leaves_no_process(tmp_path: Path) -> None:
    centre = start_centre(tmp_path, accept_after=3600, arguments=("--workers", "2"))
    window = Window(centre.url)
    window.enrol(centre.enrolment_code)
    workers = workers_of(centre)
    applied: list[dict[str, object]] = []
    events = [[window.event(window.pages(size=20)) for _ in range(25)] for _ in range(4)]

    def load(mine: list[dict[str, object]]) -> None:
        for event in mine:
            try:
                answer = window.send(event)
            except OSError:  # the door is closed: never in the middle of an answer
                return
            assert answer.status in {200, 503}
            if answer.status == 200:
                applied.append(event)

    threads = [threading.Thread(target=load, args=(mine,)) for mine in events]
    for thread in threads:
        thread.start()
    while len(applied) < 8:
        time.sleep(0.01)
    assert centre.stop() == 0
    for thread in threads:
        thread.join(30)
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)
    with start_centre(tmp_path, accept_after=3600) as again:
        window.url = again.url
        results = {o["result"] for o in window.send(*applied).json["outcomes"]}
    assert results == {"already_had"}
