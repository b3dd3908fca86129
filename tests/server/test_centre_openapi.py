"""The published description of the wire is current, and no request made up from it finds a fault inside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from requests.auth import AuthBase

from server.app import wire
from server.openapi import PATH
from sync.contract import Refusal, request_token
from tests.server.window import Window

KEPT = Path(__file__).parents[2] / "docs/openapi.json"
DESCRIBED = wire().openapi()
OPERATIONS = sorted((path, method) for path, methods in DESCRIBED["paths"].items() for method in methods)


def test_the_kept_description_is_the_published_one(window: Window) -> None:
    published = window.plain("GET", PATH).json
    assert published == json.loads(json.dumps(DESCRIBED))
    assert published == json.loads(KEPT.read_text("utf-8")), "python -m server openapi > docs/openapi.json"


def test_everything_but_the_door_asks_for_a_token() -> None:
    open_to_all = {
        (path, method)
        for path, method in OPERATIONS
        if method != "options" and "security" not in DESCRIBED["paths"][path][method]
    }
    assert open_to_all == {("/v1/enrol", "post"), ("/v1/health", "get"), ("/v1/ready", "get")}


schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")


class Signed(AuthBase):
    """Signs whatever is about to be sent with a window's key."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        body = request.body or b""
        if isinstance(body, str):
            body = body.encode("utf-8")
        assert isinstance(body, bytes)
        claims = self._window.claims(str(request.method), request.path_url, body)
        request.headers["Authorization"] = request_token(self._window.key, claims)
        return request


@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=[f"{m} {p}" for p, m in OPERATIONS])
def test_no_request_made_up_from_the_description_finds_a_fault(
    path: str, method: str, window: Window
) -> None:
    schema: Any = schemathesis.openapi.from_dict(json.loads(json.dumps(DESCRIBED)))
    operation = schema[path][method.upper()]
    signed = Signed(window)

    @given(case=operation.as_strategy())
    @settings(
        max_examples=5,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def run(case: Any) -> None:
        if "wait" in (case.query or {}):
            case.query["wait"] = 0
        for auth in (signed, None):
            headers = {k: v for k, v in (case.headers or {}).items() if k.lower() != "authorization"}
            case.headers = headers
            answer = case.call(base_url=window.url, auth=auth, timeout=30)
            assert answer.status_code < 500, (answer.status_code, answer.text)
            if answer.status_code >= 400 and method not in {"head", "options"}:
                Refusal.model_validate_json(answer.content)

    run()
