"""The main job as a process: a kill in mid-upload, a kill in mid-word; nothing lost or doubled."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from sync.contract import sha256_hex
from tests.centre import Centre, start_centre
from tests.e2e.operator_at_window import TYPED
from tests.fault_proxy import FaultProxy
from tests.walks import sample_person

pytestmark = pytest.mark.e2e
ROOT = Path(__file__).resolve().parent.parent.parent


class Window:
    """The window's process and what it says."""

    def __init__(self, walk: str, data_dir: Path, *more: str) -> None:
        self.log = data_dir.parent / f"window-{walk}.log"
        self._errors = self.log.open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.operator_at_window", walk, "--data-dir", str(data_dir), *more],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )

    def hear(self, event: str) -> dict[str, Any]:
        """Wait for one piece of news."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("{"):
                news: dict[str, Any] = json.loads(line)
                if news["event"] == event:
                    return news
        raise AssertionError(f"no {event}: {self.log.read_text('utf-8', 'replace')[-3000:]}")

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.end()

    def end(self) -> int:
        status = self.process.wait(60)
        if self.process.stdout is not None:
            self.process.stdout.close()
        self._errors.close()
        return status


@contextmanager
def centre_and_cable(tmp_path: Path) -> Iterator[tuple[Centre, FaultProxy, list[str]]]:
    with start_centre(tmp_path, accept_after=0.2) as centre:
        host, port = centre.url.removeprefix("http://").split(":")
        with FaultProxy(host, int(port)) as cable:
            yield centre, cable, ["--centre", cable.url, "--enrol", centre.enrolment_code]


def held_digests(centre: Centre) -> set[str]:
    pages = centre.data_dir / "pages"
    return {sha256_hex(path.read_bytes()) for path in pages.rglob("*") if path.is_file()}


@pytest.mark.timeout(240)
def test_killed_in_mid_upload_it_arrives_once_and_whole(tmp_path: Path) -> None:
    data_dir = tmp_path / "window"
    with centre_and_cable(tmp_path) as (centre, cable, where):
        window = Window("submit", data_dir, *where)
        window.hear("complete")
        cable.totals.clear()
        cable.rate = 120_000  # pages crawl, so that the kill falls among them
        case = window.hear("submitted")
        until = time.monotonic() + 60
        while not any(seen.method == "PATCH" for seen in cable.totals.requests):
            assert time.monotonic() < until, "no page was on its way"
            time.sleep(0.01)
        window.kill()
        cable.rate = 0
        assert set(case["digests"]) - held_digests(centre), "everything had arrived before the kill"
        again = Window("again", data_dir, *where, "--application", case["application_id"])
        held = again.hear("held")
        assert again.end() == 0
        assert held["delivery"] == "held"
        shown = centre.admin("list")
        assert isinstance(shown, list)
        assert [row["id"] for row in shown] == [case["application_id"]]
        assert held_digests(centre) >= set(case["digests"])


@pytest.mark.timeout(240)
def test_killed_in_mid_word_the_draft_its_pages_and_the_screen_come_back(tmp_path: Path) -> None:
    data_dir = tmp_path / "window"
    with centre_and_cable(tmp_path) as (_centre, cable, where):
        window = Window("half", data_dir, *where)
        window.hear("typed")
        cable.down()  # it all has to come from this disk
        time.sleep(2.0)
        window.kill()
        again = Window("draft", data_dir, *where)
        draft = again.hear("draft")
        assert again.end() == 0
    person = sample_person()
    assert draft["fields"]["name"] == TYPED
    assert draft["fields"]["id_number"] == person.id_number
    assert (draft["step"], draft["focus"]) == ("applicant", "name")
    assert (draft["household"], draft["pages"], draft["drafts"]) == ("1202", 2, 1)
