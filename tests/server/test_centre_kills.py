"""The centre killed at random moments under load: nothing acknowledged is lost, nothing counted twice."""

from __future__ import annotations

import http.client
import os
import random
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from server.embedded import running_url
from server.store.database import open_engine
from sync.contract import AckStatement, sha256_hex, unb64, verify
from tests.centre import Centre, start_centre
from tests.server.window import Page, Window

KILLS = int(os.environ.get("JILAI_KILLS", "3"))
_ROAD = (OSError, http.client.HTTPException)


@dataclass
class Evening:
    """What one window knows at the end: what it sent, and what the centre swore."""

    window: Window
    applied: dict[str, dict[str, Any]] = field(default_factory=dict)  # event id -> event
    sworn: dict[str, dict[str, Any]] = field(default_factory=dict)  # application id -> acknowledgement
    wrong: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)  # refusals and cuts, for whoever reads a failure

    def work(self, stop: threading.Event) -> None:
        """Take in application after application until told to stop, each pushed until it is acknowledged."""
        while not stop.is_set():
            pages = self.window.pages(size=40_000)[:5]
            event = self.window.event(pages)
            while not stop.is_set():
                try:
                    if self._push(event, pages):
                        break
                except _ROAD as error:
                    self.trouble.append(repr(error))
                    time.sleep(0.05)
                except Exception as error:
                    self.wrong.append(repr(error))
                    return

    def _push(self, event: dict[str, Any], pages: list[Page]) -> bool:
        answer = self.window.send(event)
        if answer.status != 200:
            raise OSError(answer.status, str(answer.body))
        (outcome,) = answer.json["outcomes"]
        if outcome["result"] not in {"applied", "already_had"}:
            self.wrong.append(f"{outcome['result']} {outcome['code']}")
            return True
        if outcome["result"] == "applied" and event["id"] in self.applied:
            self.wrong.append("applied a second time")
        self.applied[event["id"]] = event
        for page in pages:
            for data in (page.data, page.original):
                self._upload(data)
        for held in self.window.acknowledgements(event["application_id"])["acknowledgements"]:
            self.sworn[event["application_id"]] = held
        return event["application_id"] in self.sworn

    def _upload(self, data: bytes) -> None:
        created = self.window.create(data)
        if created.status not in {200, 201}:
            raise OSError(created.status, str(created.body))
        offset = int(created.headers["upload-offset"])
        while offset < len(data):
            patched = self.window.patch(sha256_hex(data), offset, data[offset : offset + 15_000])
            if patched.status != 204:
                raise OSError(patched.status, str(patched.body))
            offset = int(patched.headers["upload-offset"])


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_kills_at_random_moments(tmp_path: Path) -> None:
    chance = random.Random(20261124)
    centre = start_centre(tmp_path, accept_after=0.0)
    evenings = [Evening(Window(centre.url)) for _ in range(2)]
    for evening in evenings:
        issued = centre.admin("enrol-code")
        assert isinstance(issued, dict)
        assert evening.window.enrol(issued["enrolment_code"]).status == 200
    stop = threading.Event()
    threads = [threading.Thread(target=evening.work, args=(stop,)) for evening in evenings]
    for thread in threads:
        thread.start()
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.3, 1.5))
        centre.kill()
        centre = start_centre(tmp_path, accept_after=0.0)
        assert centre.url == evenings[0].window.url  # where windows go on looking for it
    wanted = [max(2, len(evening.sworn) + 1) for evening in evenings]  # work goes on after the last kill
    deadline = time.monotonic() + 300  # far more than it takes, for a machine that does other work too
    while time.monotonic() < deadline and any(
        len(evening.sworn) < number for evening, number in zip(evenings, wanted, strict=True)
    ):
        time.sleep(0.05)
    stop.set()
    for thread in threads:
        thread.join(60)
    with centre:
        for evening in evenings:
            _check(centre, evening)


def _check(centre: Centre, evening: Evening) -> None:
    assert evening.wrong == []
    assert len(evening.sworn) >= 2, evening.trouble[-5:]
    window = evening.window
    key = unb64(window.answer["server_key"])
    again = {
        held["statement"]["application_id"]: held
        for held in window.acknowledgements(*evening.sworn)["acknowledgements"]
    }
    assert again == evening.sworn
    for held in evening.sworn.values():
        assert verify(
            key, "acknowledgement", AckStatement(**held["statement"]).model_dump(), held["signature"]
        )
        for digest in held["statement"]["digests"]:
            assert sha256_hex((centre.data_dir / "pages" / digest[:2] / digest).read_bytes()) == digest
    for event in evening.applied.values():
        assert window.outcome(event)["result"] == "already_had"
    url = running_url(centre.data_dir / "postgres")
    assert url is not None
    engine = open_engine(url, connections=1)
    with engine.connect() as connection:
        count = connection.execute(
            text("SELECT count(*) FROM revisions WHERE device_id = :device"), {"device": window.device}
        ).scalar_one()
        numbers = connection.execute(
            text("SELECT acceptance_number FROM applications WHERE acceptance_number IS NOT NULL ORDER BY 1")
        ).scalars()
        sequence = [int(number[-6:]) for number in numbers]
    engine.dispose()
    assert len(evening.applied) <= count <= len(evening.applied) + KILLS + 1  # an answer lost at each kill
    assert sequence == list(range(1, len(sequence) + 1))
