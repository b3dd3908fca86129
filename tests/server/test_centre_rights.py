"""Who may do what, on every route there is: strangers nothing, the revoked hand over, a site its own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, text

from server.app import wire
from server.desk import routes as desk_routes
from server.store.database import transaction
from server.store.devices import revoke_device
from sync.contract import sha256_hex
from tests.server.desk import Browser, new_ticket, submit
from tests.server.window import PHONE, Answer, Page, Window

NewWindow = Callable[..., Window]
Route = tuple[str, str]

WIRE: list[Route] = sorted(
    (method.upper(), path)
    for path, methods in wire().openapi()["paths"].items()
    for method in methods
    if method != "options"
)
OPEN_TO_ALL = {("POST", "/v1/enrol"), ("GET", "/v1/health"), ("GET", "/v1/ready")}
# What was queued may still be handed over, and asked after; a revoked device gets nothing else, no news.
HANDING_OVER = {
    ("POST", "/v1/events"),
    ("POST", "/v1/acknowledgements"),
    ("POST", "/v1/arrival"),
    ("POST", "/v1/audit"),
    ("POST", "/v1/pages/"),
    ("HEAD", "/v1/pages/{digest}"),
    ("PATCH", "/v1/pages/{digest}"),
}
_TUS = {"Tus-Resumable": "1.0.0"}


def call(
    window: Window, route: Route, *, values: dict[str, str] | None = None, signed: bool = True
) -> Answer:
    """Make a request that is well formed as far as anybody can who does not know the answer."""
    method, path = route
    given = {"digest": "0" * 64, "application_id": "nothing", "package": "0" * 32, "part": "1", "number": "1"}
    given["session_id"] = "nothing"
    path = re.sub(r"\{(\w+)\}", lambda found: {**given, **(values or {})}[found[1]], path)
    if "/packages/" in path and method == "PUT":
        path += "?offset=0"
    body, headers = b"", dict(_TUS)
    if method in {"POST", "PUT", "PATCH"}:
        body = json.dumps({"events": [], "application_ids": [], "after": 0, "left": 0}).encode("ascii")
        headers |= {"Content-Type": "application/json"}
    if method == "PATCH":
        headers |= {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
    send = window.signed if signed else window.plain
    return send(method, path, body, headers)


def code_of(answer: Answer) -> str:
    return str(answer.json.get("code", "")) if answer.body else ""


@pytest.mark.parametrize("route", WIRE, ids=" ".join)
def test_a_stranger_gets_nothing(route: Route, window: Window) -> None:
    if route in OPEN_TO_ALL:
        return
    answer = call(window, route, signed=False)
    assert answer.status == 401
    assert route[0] == "HEAD" or code_of(answer) == "token_missing"
    stranger = Window(window.url)
    stranger.device, stranger.operator = "nobody", window.operator
    forger = Window(window.url)
    forger.device, forger.operator = window.device, window.operator
    for other, code in ((stranger, "unknown_device"), (forger, "bad_signature")):
        answer = call(other, route)
        # Where the form of a body is looked at before its sender, a malformed one is refused for that.
        assert (answer.status, code_of(answer)) in {(401, code), (400, "bad_request")} or route[0] == "HEAD"
        assert answer.status in {400, 401}


@pytest.fixture(scope="module")
def revoked(centre: Any, engine: Engine, new_code: Callable[..., str]) -> Window:
    """A device that had brought a case and was then revoked."""
    window = Window(centre.url)
    assert window.enrol(new_code()).status == 200
    submit(window)
    with transaction(engine) as connection:
        revoke_device(connection, datetime.now(UTC), window.device_code, actor="test")
    return window


@pytest.mark.parametrize("route", WIRE, ids=" ".join)
def test_a_revoked_device_hands_over_and_learns_nothing(route: Route, revoked: Window) -> None:
    if route in OPEN_TO_ALL:
        return
    answer = call(revoked, route)
    if route in HANDING_OVER:
        assert code_of(answer) != "revoked" or route[0] == "HEAD"
    else:
        assert answer.status in {400, 403}
        assert code_of(answer) in {"revoked", "bad_request"}
    assert PHONE not in answer.body.decode("utf-8", "replace")


def test_a_device_of_another_site_sees_nothing_of_a_case(new_window: NewWindow, engine: Engine) -> None:
    here = new_window(sites=["demo-jinhewan"])
    pages = here.pages(size=60)
    event = here.event(pages)
    assert here.outcome(event)["result"] == "applied"
    here.upload_all(pages)
    other = new_window(sites=["demo-longfang"])
    case, digest = event["application_id"], sha256_hex(pages[0].data)

    for route in WIRE:
        if route in OPEN_TO_ALL or route == ("GET", "/v1/changes"):
            continue
        answer = call(
            other, route, values={"application_id": case, "digest": digest, "session_id": "session-1"}
        )
        said = answer.body.decode("utf-8", "replace")
        assert PHONE not in said
        assert event["body"]["receipt_number"] not in said
        if "{application_id}" in route[1] or "{digest}" in route[1]:
            assert answer.status in {403, 404}, route
    assert other.create(pages[0].data).json["code"] == "not_announced"
    asked = other.post("/v1/acknowledgements", {"application_ids": [case]}).json
    assert (asked["acknowledgements"], asked["missing"]) == ([], {})
    items, _ = other.all_changes()
    assert case not in json.dumps(items)
    assert "demo-jinhewan" not in json.dumps(items)

    forbidden = other.outcome(other.event(other.pages(size=20)))
    assert (forbidden["result"], forbidden["code"]) == ("refused", "site_forbidden")
    taken = other.event(other.pages(size=20), application_id=case, revision=2, base_revision=1)
    assert other.outcome(taken)["result"] == "refused"  # nor does it take the case over
    with engine.connect() as connection:
        owner = connection.execute(text("SELECT device_id FROM applications WHERE id = :id"), {"id": case})
        assert owner.scalar_one() == here.device


def test_no_route_of_the_wire_hands_a_page_out(new_window: NewWindow) -> None:
    """Whoever has learned a page's digest, and announces it, may ask whether it is held; no more."""
    here, thief = new_window(), new_window()
    page = Page("identity", b"a page " + here.device.encode(), b"its original " + here.device.encode())
    assert here.outcome(here.event([page, *here.pages(size=20)]))["result"] == "applied"
    here.upload_all([page])
    stolen = thief.event([page, *thief.pages(size=20)])
    assert thief.outcome(stolen)["result"] == "applied"
    values = {"digest": sha256_hex(page.data), "application_id": stolen["application_id"]}
    for route in WIRE:
        if route not in OPEN_TO_ALL:
            assert page.data not in call(thief, route, values=values).body


def desk_paths(router: Any = desk_routes.router) -> Iterator[Route]:
    """Yield every route of the desk, however its routers are nested."""
    for route in router.routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from desk_paths(inner)
        elif route.path.startswith("/desk"):
            yield from ((method, route.path) for method in sorted(route.methods))


DESK = sorted(desk_paths())
DOOR = {"/desk/style.css", "/desk/script.js", "/desk/enter", "/desk/sign-in", "/desk/password"}


@pytest.mark.parametrize("route", DESK, ids=" ".join)
@pytest.mark.parametrize("session", ["none", "expired", "made up"])
def test_without_a_session_the_desk_shows_its_door_alone(
    route: Route, session: str, window: Window, engine: Engine, a_case: str
) -> None:
    method, path = route
    if path in DOOR:
        return
    browser = Browser(window)
    if session == "expired":
        browser.enter(new_ticket(engine))
        browser.get("/desk")
        with engine.begin() as connection:
            connection.execute(
                text(
                    "UPDATE desk_sessions SET expires_at = now() - interval '1 minute' WHERE ticket_hash = "
                    "(SELECT ticket_hash FROM desk_sessions ORDER BY issued_at DESC LIMIT 1)"
                )
            )
    elif session == "made up":
        browser.cookie = "jilai_desk=" + "A" * 43
    path = path.replace("{application_id:path}", a_case).replace("{digest}", "0" * 64)
    path = path.replace("{compound_id}", "demo-jinhewan")
    answer = browser.get(path) if method == "GET" else browser.post(path, decision="accept", revision="1")
    assert answer.status in {303, 400, 403}
    if answer.status == 303:
        assert answer.headers["location"].startswith(("/desk/sign-in", "/desk/enter"))
    assert "张立群" not in answer.body.decode("utf-8", "replace")
    with engine.connect() as connection:
        state = connection.execute(text("SELECT state FROM applications WHERE id = :id"), {"id": a_case})
        assert state.scalar_one() == "received"


@pytest.fixture(scope="module")
def a_case(centre: Any, new_code: Callable[..., str]) -> str:
    window = Window(centre.url)
    window.enrol(new_code())
    return submit(window)
