"""What the desk finds and the administrator publishes: set by a form or a line, told to the window."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from registration.central_checks import CheckResult
from registration.packs import FEES
from registration.tracks import TrackState
from server.store.database import transaction
from server.store.review import case
from tests.centre import Centre
from tests.server.desk import Browser, address, new_ticket, submit
from tests.server.window import Window
from tests.storage.test_packs import newer


@pytest.fixture
def desk(engine: Engine, window: Window) -> Browser:
    browser = Browser(window)
    assert browser.enter(new_ticket(engine)).status == 303
    return browser


def known(engine: Engine, application_id: str) -> dict[str, Any]:
    with transaction(engine) as connection:
        found = case(connection, application_id)
    return {
        **{check.code: check for check in found["checks"]},
        **{status.track.value: status for status in found["tracks"]},
    }


def test_a_reviewer_sets_checks_and_tracks_in_one_form(desk: Browser, window: Window, engine: Engine) -> None:
    application_id = submit(window)
    _, cursor = window.all_changes()
    page = desk.get(address(application_id, "?lang=en")).body.decode()
    assert 'name="check_seizure"' in page and 'name="track_registration"' in page
    assert "Seizure, pre-seizure, lock, warning or ruling" in page
    form = {
        "revision": 1,
        "check_seizure": "stops",
        "note_seizure": "<预查封>",
        "check_objection": "passed",
        "track_registration": "under_way",
        "owed_registration": "",
    }
    assert desk.post(address(application_id, "/findings"), **form).status == 303
    after = known(engine, application_id)
    assert (after["seizure"].result, after["seizure"].note) == (CheckResult.STOPS, "<预查封>")
    assert after["objection"].result is CheckResult.PASSED
    assert after["pending"].result is CheckResult.WAITING, "what the form leaves out stays as it is"
    assert after["registration"].state is TrackState.UNDER_WAY
    (status,) = [i["body"] for i in window.all_changes(cursor)[0] if i["kind"] == "status"]
    assert {check["code"] for check in status["checks"]} == {"seizure", "objection"}
    shown = desk.get(address(application_id)).body.decode()
    assert "&lt;预查封&gt;" in shown and "<预查封>" not in shown
    with engine.connect() as connection:
        sql = text("SELECT actor FROM audit WHERE subject = :id AND action = 'findings'")
        assert connection.execute(sql, {"id": application_id}).scalars().all() == ["reviewer:demo-ma"]


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"revision": 1, "check_seizure": "perhaps"}, 400),
        ({"revision": 1, "track_registration": "vanished", "owed_registration": ""}, 400),
        ({"revision": 1, "track_registration": "under_way", "owed_registration": "the bank"}, 400),
        ({"revision": 7, "check_seizure": "passed"}, 409),
        ({"revision": 1, "track_registration": "done", "owed_registration": ""}, 409),
    ],
)
def test_a_form_that_cannot_be_is_refused_with_a_page(
    desk: Browser, window: Window, engine: Engine, form: dict[str, object], status: int
) -> None:
    application_id = submit(window)
    before = known(engine, application_id)
    desk.get(address(application_id))
    answer = desk.post(address(application_id, "/findings"), **form)
    assert answer.status == status and answer.headers["content-type"].startswith("text/html")
    assert known(engine, application_id) == before


def test_the_desk_shows_what_a_mortgage_secures_and_where_a_case_belongs(
    desk: Browser, window: Window, engine: Engine
) -> None:
    application_id = submit(window)
    with transaction(engine) as connection:
        connection.execute(text("ALTER TABLE revisions DISABLE TRIGGER USER"))
        facts = json.dumps(
            {"cross_province": True, "mortgage": {"amount": "500000", "bank_site": "西关支行"}}
        )
        connection.execute(
            text("UPDATE revisions SET facts = facts || CAST(:facts AS jsonb) WHERE application_id = :id"),
            {"facts": facts, "id": application_id},
        )
        connection.execute(text("ALTER TABLE revisions ENABLE TRIGGER USER"))
    shown = desk.get(address(application_id)).body.decode()
    assert "跨省通办" in shown and "500000" in shown and "西关支行" in shown


def test_a_case_is_withdrawn_at_the_desk_with_a_reason(desk: Browser, window: Window, engine: Engine) -> None:
    application_id = submit(window)
    desk.get(address(application_id))
    for reason, status, state in (("", 400, "received"), ("申请人到大厅撤回", 303, "withdrawn")):
        answer = desk.post(
            address(application_id, "/decision"), revision=1, decision="withdraw", reason=reason
        )
        assert answer.status == status
        with transaction(engine) as connection:
            assert case(connection, application_id)["state"] == state


def test_the_command_line_publishes_and_finds(
    centre: Centre, window: Window, engine: Engine, tmp_path: Path
) -> None:
    application_id = submit(window)
    _, cursor = window.all_changes()
    pack = tmp_path / "fees.json"
    pack.write_text(json.dumps(newer(FEES, lambda body: None, "2096.1")["body"]), "utf-8")
    assert centre.admin("publish-pack", str(pack)) == {"name": "fees", "version": "2096.1", "new": True}
    listed = centre.admin("packs")
    assert isinstance(listed, list) and "2096.1" in {row["version"] for row in listed}
    file = tmp_path / "file.json"
    file.write_text(json.dumps({"listed": True}), "utf-8")
    about = centre.admin("compound-file", "demo-longfang", str(file))
    assert isinstance(about, dict) and about["listed"] is True
    centre.admin("check", application_id, "identity", "passed", "--note", "一致")
    centre.admin("track", application_id, "registration", "under_way")
    shown = centre.admin("show", application_id)
    assert isinstance(shown, dict)
    assert {"code": "identity", "result": "passed", "note": "一致"}.items() <= next(
        check for check in shown["checks"] if check["code"] == "identity"
    ).items()
    kinds = [item["kind"] for item in window.all_changes(cursor)[0]]
    assert kinds.count("pack") == 1 and kinds.count("compound") == 1 and kinds.count("status") == 2
