"""Decisions: one function, a number without gaps, only what the state allows, every step audited."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from registration.application import CaseState
from server.errors import RefusedError
from server.reviewer import ACTOR, accept_whole_cases
from server.store.database import transaction
from server.store.review import Decision, ItemToMend, case, decide, listing
from tests.centre import Centre, start_centre
from tests.server.window import Window

NOW = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)  # already 2027 in China


def submit(window: Window, *, whole: bool = True) -> str:
    pages = window.pages(size=60)
    event = window.event(pages)
    assert window.send(event).json["outcomes"][0]["result"] == "applied"
    if whole:
        window.upload_all(pages)
    return str(event["application_id"])


def decided(engine: Engine, application_id: str, state: CaseState, **more: Any) -> dict[str, Any]:
    with transaction(engine) as connection:
        return decide(connection, NOW, application_id, Decision(state, "test", **more))


def test_acceptance_gives_a_number_and_the_centres_time(window: Window, engine: Engine) -> None:
    _, cursor = window.all_changes()
    application_id = submit(window)
    status = decided(engine, application_id, CaseState.ACCEPTED)
    assert re.fullmatch(r"620102-2027-[0-9]{6}", status["acceptance_number"])
    assert status["accepted_at"] == "2027-01-01T01:00:00+08:00"
    (item,) = [i for i in window.all_changes(cursor)[0] if i["kind"] == "status"]
    assert item["body"] == status


def test_the_same_decision_twice_is_one(window: Window, engine: Engine) -> None:
    application_id = submit(window)
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda _: decided(engine, application_id, CaseState.ACCEPTED), range(5)))
    assert len({answer["acceptance_number"] for answer in answers}) == 1
    assert len({json.dumps(answer, sort_keys=True) for answer in answers}) == 1
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT action FROM audit WHERE subject = :id ORDER BY seq"), {"id": application_id}
        ).scalars()
        assert list(rows) == ["application_received", "acknowledged", "case_accepted"]


def test_acceptance_numbers_have_no_gaps_under_racing_and_refusals(window: Window, engine: Engine) -> None:
    ids = [submit(window) for _ in range(8)]
    lacking = submit(window, whole=False)

    def accept(application_id: str) -> str | None:
        try:
            return str(decided(engine, application_id, CaseState.ACCEPTED)["acceptance_number"])
        except RefusedError:
            return None

    with ThreadPoolExecutor(4) as pool:
        numbers = [n for n in pool.map(accept, [lacking, *ids, lacking]) if n is not None]
    sequence = sorted(int(number[-6:]) for number in numbers)
    assert len(sequence) == 8
    assert sequence == list(range(sequence[0], sequence[0] + 8))


def test_a_case_without_all_pages_cannot_be_accepted(window: Window, engine: Engine) -> None:
    with pytest.raises(RefusedError, match="not_whole"):
        decided(engine, submit(window, whole=False), CaseState.ACCEPTED)


def test_a_case_goes_its_whole_way(window: Window, engine: Engine) -> None:
    _, cursor = window.all_changes()
    application_id = submit(window)
    number = decided(engine, application_id, CaseState.ACCEPTED)["acceptance_number"]
    decided(engine, application_id, CaseState.REGISTERED)
    with pytest.raises(RefusedError, match="number_missing"):
        decided(engine, application_id, CaseState.CERTIFICATE_ISSUED)
    certificate = "甘（2026）兰州市不动产权第0000001号"
    decided(engine, application_id, CaseState.CERTIFICATE_ISSUED, certificate_number=certificate)
    bodies = [i["body"] for i in window.all_changes(cursor)[0] if i["kind"] == "status"]
    assert [body["state"] for body in bodies] == ["accepted", "registered", "certificate_issued"]
    assert {body["acceptance_number"] for body in bodies} == {number}
    assert bodies[-1]["certificate_number"] == certificate
    with pytest.raises(RefusedError, match="decision_forbidden"):
        decided(engine, application_id, CaseState.REJECTED, reason_zh="太迟")


def test_a_return_names_the_papers_in_both_languages(window: Window, engine: Engine) -> None:
    _, cursor = window.all_changes()
    application_id = submit(window)
    with pytest.raises(RefusedError, match="reason_missing"):
        decided(engine, application_id, CaseState.RETURNED)
    item = ItemToMend("purchase_contract", "缺签章页", "The signed page is missing")
    decided(engine, application_id, CaseState.RETURNED, items=(item,))
    (body,) = [i["body"] for i in window.all_changes(cursor)[0] if i["kind"] == "status"]
    assert body["items"] == [
        {"item_code": "purchase_contract", "zh": "缺签章页", "en": "The signed page is missing"}
    ]


@pytest.mark.parametrize("state", [CaseState.REGISTERED, CaseState.CERTIFICATE_ISSUED, CaseState.DRAFT])
def test_a_state_that_cannot_follow_is_refused(window: Window, engine: Engine, state: CaseState) -> None:
    with pytest.raises(RefusedError, match="decision_forbidden"):
        decided(engine, submit(window), state, certificate_number="x")


def test_a_rejection_needs_its_reason(window: Window, engine: Engine) -> None:
    application_id = submit(window)
    with pytest.raises(RefusedError, match="reason_missing"):
        decided(engine, application_id, CaseState.REJECTED)
    assert (
        decided(engine, application_id, CaseState.REJECTED, reason_zh="非本机构登记范围")["state"]
        == "rejected"
    )


def test_the_demonstration_reviewer_leaves_revoked_devices_to_a_person(
    new_window: Callable[..., Window], engine: Engine
) -> None:
    from server.store.devices import revoke_device

    good, lost = new_window(), new_window()
    with transaction(engine) as connection:
        revoke_device(connection, NOW, lost.device_code, actor="test")
    taken, left = submit(good), submit(lost)
    later = datetime.now(UTC) + timedelta(seconds=1)
    while accept_whole_cases(engine, later, timedelta(0)):
        pass  # so many at a time, oldest first: other tests' cases of this centre come before
    with transaction(engine) as connection:
        assert case(connection, taken)["state"] == "accepted"
        assert case(connection, taken)["history"][-1]["actor"] == ACTOR
        assert case(connection, left)["state"] == "received"


def test_the_list_names_no_person(window: Window, engine: Engine) -> None:
    application_id = submit(window)
    with transaction(engine) as connection:
        rows = listing(connection, state="received")
    row = next(row for row in rows if row["id"] == application_id)
    assert (row["compound"], row["unit"], row["device"]) == ("金河湾", "3号楼 2单元 1201", window.device_code)
    assert "张立群" not in json.dumps(rows, default=str, ensure_ascii=False)


def test_the_command_line_decides_while_the_centre_runs(centre: Centre, window: Window) -> None:
    _, cursor = window.all_changes()
    application_id = submit(window)
    status = centre.admin("accept", application_id)
    assert isinstance(status, dict)
    shown = centre.admin("show", status["acceptance_number"])
    assert isinstance(shown, dict)
    assert (shown["id"], shown["state"]) == (application_id, "accepted")
    items = window.changes(cursor, wait=10)["items"]
    assert [i["body"]["state"] for i in items if i["kind"] == "status"] == ["accepted"]


def test_the_command_line_says_why_not(centre: Centre, window: Window) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "server", "admin", "--data-dir", str(centre.data_dir), "accept", "nothing"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert json.loads(done.stderr)["code"] == "unknown_application"


def test_a_demonstration_accepts_by_itself_and_says_so(tmp_path: Path) -> None:
    with start_centre(tmp_path, accept_after=0.2) as centre:
        window = Window(centre.url)
        window.enrol(centre.enrolment_code)
        _, cursor = window.all_changes()
        submit(window)
        deadline = time.monotonic() + 20
        statuses: list[dict[str, Any]] = []
        while not statuses and time.monotonic() < deadline:
            page = window.changes(cursor, wait=5)
            cursor = page["cursor"]
            statuses = [i["body"] for i in page["items"] if i["kind"] == "status"]
        assert statuses[0]["state"] == "accepted"
        assert "演示" in statuses[0]["reason_zh"]
        assert "demonstration" in statuses[0]["reason_en"]
        assert window.plain("GET", "/v1/health").json["demo"] is True
