"""Every failure has the same body, and nothing of a person's reaches a log."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from server.words import words_for
from sync.contract import Refusal
from tests.centre import Centre
from tests.server.window import PHONE, Answer, Window


def refusal(answer: Answer) -> Refusal:
    assert answer.headers["content-type"] == "application/json"
    body = Refusal.model_validate(answer.json)
    assert body.zh
    assert body.en
    assert abs(body.server_time - time.time()) < 10
    return body


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/", 404, "not_found"),
        ("GET", "/v2/health", 404, "not_found"),
        ("GET", "/v1/events", 405, "method_not_allowed"),
        ("DELETE", "/v1/pages/abc", 405, "method_not_allowed"),
        ("POST", "/v1/pages", 404, "not_found"),
        ("POST", "/v1/enrol", 400, "bad_request"),
        ("GET", "/docs", 404, "not_found"),
    ],
)
def test_failures_of_the_frame_are_refusals_too(
    window: Window, method: str, path: str, status: int, code: str
) -> None:
    answer = window.plain(method, path)
    assert (answer.status, refusal(answer).code) == (status, code)


def test_too_large_a_body_is_refused_without_being_kept(window: Window) -> None:
    headers = {"Content-Type": "application/json"}
    answer = window.signed("POST", "/v1/events", b" " * (33 * 1024 * 1024), headers)
    assert (answer.status, refusal(answer).code) == (413, "too_large")


def test_a_bug_inside_is_a_refusal_and_leaves_no_words_of_a_person(
    window: Window, engine: Engine, log_of: Path
) -> None:
    """A table that is suddenly gone stands for any bug; PostgreSQL's message names the values."""
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE senders RENAME TO senders_gone"))
    try:
        event = window.event(window.pages(size=20))
        answer = window.send(event)
        assert answer.status in {200, 500}
        if answer.status == 500:
            assert refusal(answer).code == "centre_error"
        else:
            assert answer.json["outcomes"][0]["code"] == "event_failed"
        query = window.post("/v1/acknowledgements", {"application_ids": [event["application_id"]]})
        assert (query.status, refusal(query).code) == (500, "centre_error")
    finally:
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE senders_gone RENAME TO senders"))
    assert window.send(event).json["outcomes"][0]["result"] == "applied"
    log = log_of.read_text("utf-8")
    assert '"what": "failed"' in log
    assert "Traceback" not in log


def test_logs_are_lines_of_json_without_personal_data(centre: Centre, window: Window, log_of: Path) -> None:
    window.send(window.event(window.pages(size=20)))
    window.send(window.event([]))  # refused
    text_of_log = log_of.read_text("utf-8")
    lines = [json.loads(line) for line in text_of_log.splitlines()]
    assert {line["what"] for line in lines if "what" in line} >= {"request", "event refused", "ready"}
    assert [line for line in lines if line.get("what") == "warned"] == []
    postgres = (centre.data_dir / "postgres.log").read_text("utf-8", "replace")
    for secret in ("张立群", PHONE, "6201021985", "王海燕"):
        assert secret not in text_of_log
        assert secret not in postgres


def test_the_centre_names_itself_and_its_key(window: Window) -> None:
    health = window.plain("GET", "/v1/health")
    assert health.status == 200
    assert health.json["name"] == "jilai-centre"
    assert health.json["server_key"] == window.answer["server_key"]
    assert (health.json["epoch"], health.json["resend_after"]) == (window.changes()["epoch"], None)
    assert window.plain("GET", "/v1/ready").status == 200


def test_the_wire_is_published(window: Window) -> None:
    paths = window.plain("GET", "/v1/openapi.json").json["paths"]
    assert {"/v1/enrol", "/v1/events", "/v1/changes", "/v1/acknowledgements", "/v1/number-blocks"} <= set(
        paths
    )


def test_every_code_that_the_centre_uses_has_words() -> None:
    used = set()
    for file in (Path(__file__).parents[2] / "server").rglob("*.py"):
        source = file.read_text("utf-8")
        used |= set(re.findall(r"RefusedError\(\s*\d+,\s*\"([a-z_]+)\"", source))
        used |= set(re.findall(r"Refusal\(\"([a-z_]+)\"", source))
    assert len(used) > 30
    for code in used:
        zh, en = words_for(code)
        assert f"（{code}）" not in zh, "the general words stand in for missing ones"
        assert f"({code})" not in en
