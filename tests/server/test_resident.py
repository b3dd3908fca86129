"""The resident's page: the state for whoever holds the paper, and one neutral page for everything else."""

from __future__ import annotations

import base64
import dataclasses
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine, text

from printing import samples
from printing.signed_token import Kind, sign_receipt
from registration.application import CaseState, PageRef
from registration.receipt import Receipt, materials_digest
from registration.receipt_json import receipt_to_json
from server.resident.turnstile import Turnstile
from server.store.database import transaction
from server.store.devices import revoke_device
from server.store.paper_status import look_up
from server.store.review import Decision, ItemToMend, decide
from tests.server.window import Answer, Page, Window, changed, id_number

PRIVATE = ("张立群", "张*群", id_number(), id_number()[-4:], "1201", "13893100000", "王海燕", "河湾东路")


@dataclasses.dataclass
class Paper:
    """A receipt that a window has printed, and what it has to send of it."""

    receipt: Receipt
    event: dict[str, Any]
    pages: list[Page]

    @property
    def number(self) -> str:
        return self.receipt.number


def paper_of(window: Window) -> Paper:
    pages = window.pages(size=60)
    event = window.event(pages)
    body = event["body"]
    refs = [
        PageRef(**{name: value for name, value in page.items() if name in PageRef.__dataclass_fields__})
        for page in body["pages"]
    ]
    receipt = dataclasses.replace(
        samples.ordinary(),
        number=body["receipt_number"],
        application_id=event["application_id"],
        materials_digest=materials_digest(refs),
        device_code=window.device_code,
    )
    return Paper(receipt, changed(event, "receipt", receipt_to_json(receipt)), pages)


def submitted(window: Window, paper: Paper) -> str:
    outcome = window.outcome(paper.event)
    assert outcome["result"] == "applied", outcome
    window.upload_all(paper.pages)
    return str(paper.event["application_id"])


def move(engine: Engine, application_id: str, state: CaseState, **more: Any) -> None:
    with transaction(engine) as connection:
        decide(connection, datetime.now(UTC), application_id, Decision(state, "test", **more))


def seen(engine: Engine, token: str) -> Any:
    with engine.connect() as connection:
        return look_up(connection, token)


def look(window: Window, token: str, language: str = "zh") -> Answer:
    body = urlencode({"t": token, "lang": language}).encode()
    return window.plain("POST", "/r", body, {"Content-Type": "application/x-www-form-urlencoded"})


def test_a_paper_tells_its_way_from_the_window_to_the_certificate(window: Window, engine: Engine) -> None:
    paper = paper_of(window)
    token = sign_receipt(paper.receipt, window.key)
    assert seen(engine, token).state is None  # genuine, but nothing has arrived yet
    application_id = submitted(window, paper)
    found = seen(engine, f"https://centre.example/r#{token}")
    assert (found.state, found.whole, found.receipt_number) == (CaseState.RECEIVED, True, paper.number)
    items = (ItemToMend("invoice", "发票（张立群的章不清）", "Invoice"),)
    move(engine, application_id, CaseState.RETURNED, items=items, reason_zh="请张立群再来")
    assert seen(engine, token).items == (("购房发票", "Purchase invoice"),)
    page = look(window, token).body.decode()
    assert "需要补正" in page and "购房发票" in page and "张立群" not in page


@pytest.mark.parametrize(("language", "words"), [("zh", "已受理"), ("en", "Accepted")])
def test_the_page_is_large_plain_and_names_nobody(
    window: Window, engine: Engine, language: str, words: str
) -> None:
    paper = paper_of(window)
    application_id = submitted(window, paper)
    move(engine, application_id, CaseState.ACCEPTED)
    answer = look(window, sign_receipt(paper.receipt, window.key, kind=Kind.ACCEPTANCE_CERTIFICATE), language)
    page = answer.body.decode()
    assert answer.status == 200
    assert words in page and paper.number in page and "620102-2026-" in page
    assert not any(private in page for private in PRIVATE)
    for name, value in (
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
    ):
        assert answer.headers[name] == value
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "set-cookie" not in answer.headers


def test_what_is_not_to_be_believed_gets_one_and_the_same_page(
    window: Window, new_window: Any, engine: Engine
) -> None:
    paper = paper_of(window)
    application_id = submitted(window, paper)
    good = sign_receipt(paper.receipt, window.key)
    assert seen(engine, good) is not None
    raw = bytearray(base64.b32decode(good + "=" * (-len(good) % 8)))
    raw[-1] ^= 1
    bent = base64.b32encode(bytes(raw)).rstrip(b"=").decode()
    other = new_window()
    void = paper_of(other)
    voided = submitted(other, void)
    with transaction(engine) as connection:
        connection.execute(
            text(
                "UPDATE receipt_numbers SET void_reason = 'x', voided_at = now() WHERE application_id = :id"
            ),
            {"id": voided},
        )
    bad = {
        "nothing": "HELLO",
        "bent": bent,
        "cut": good[:-9],
        "of no device": sign_receipt(paper.receipt, Ed25519PrivateKey.generate()),
        "of another device": sign_receipt(paper.receipt, other.key),
        "of other materials": sign_receipt(
            dataclasses.replace(paper.receipt, materials_digest="0" * 64), window.key
        ),
        "void": sign_receipt(void.receipt, other.key),
        "long": "A" * 5000,
    }
    assert {name: seen(engine, token) for name, token in bad.items()} == dict.fromkeys(bad)
    pages = set()
    for token in bad.values():
        answer = look(window, token)
        assert answer.status == 404
        pages.add(answer.body.replace(token[:1000].encode(), b""))
    assert len(pages) == 1
    assert application_id.encode() not in pages.pop()


def test_a_revoked_device_proves_only_what_had_arrived_before(new_window: Any, engine: Engine) -> None:
    thief = new_window()
    before, queued, invented = paper_of(thief), paper_of(thief), paper_of(thief)
    submitted(thief, before)
    with transaction(engine) as connection:
        revoke_device(connection, datetime.now(UTC), thief.device_code, actor="test")
    submitted(thief, queued)
    assert seen(engine, sign_receipt(before.receipt, thief.key)) is not None
    assert seen(engine, sign_receipt(queued.receipt, thief.key)) is None
    assert seen(engine, sign_receipt(invented.receipt, thief.key)) is None


def test_nothing_of_a_token_is_logged(window: Window, log_of: Any) -> None:
    paper = paper_of(window)
    token = sign_receipt(paper.receipt, window.key)
    assert look(window, token).status == 200
    begun = window.plain("GET", f"/r?t={token}&lang=zh")
    assert begun.status == 200 and paper.number not in begun.body.decode()  # not by an address
    log = log_of.read_text("utf-8")
    assert '"/r"' in log
    assert token not in log and paper.number not in log


def test_the_page_begins_without_a_token(window: Window) -> None:
    answer = window.plain("GET", "/r?lang=en")
    assert answer.status == 200 and b'id="look"' in answer.body


def test_looking_up_is_bounded_by_address_and_wrong_ones_cost_more() -> None:
    now = [0.0]
    turnstile = Turnstile(tokens=10, seconds=10, clock=lambda: now[0])
    assert [turnstile.take("a") for _ in range(10)] == [0.0] * 10
    assert turnstile.take("a") > 0
    assert turnstile.take("b") == 0  # another address has its own
    now[0] += 3
    assert turnstile.take("a") == 0
    turnstile.charge("b", 40)
    now[0] += 5
    assert turnstile.take("b") > 0
    now[0] += 60
    assert turnstile.take("b") == 0
