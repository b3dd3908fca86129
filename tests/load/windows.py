"""Devices for a load, enrolled straight in the database, and applications that differ where they must."""

from __future__ import annotations

import copy
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine, insert

from server.store import schema
from server.store.database import next_value, transaction
from server.store.devices import _device_code as code_of
from server.store.numbers import reserve_block
from sync.contract import b64, canonical, sha256_hex
from tests.load.line import Line
from tests.server.window import Page, Window

OPERATOR = "demo-wang"
ITEMS = ("application_form", "identity", "purchase_contract", "invoice", "maintenance_fund")
JSON = "Content-Type: application/json\r\n"


@dataclass
class Device:
    """One simulated window: its line, its code, and the next receipt number."""

    line: Line
    code: str
    next_number: int = 1


@dataclass(frozen=True)
class Case:
    """An application to send: its id, its event, and the bytes of its pages by digest."""

    id: str
    event: dict[str, Any]
    pages: dict[str, bytes]

    @property
    def batch(self) -> bytes:
        return batch([self])


def batch(cases: Sequence[Case]) -> bytes:
    return json.dumps({"events": [case.event for case in cases]}, separators=(",", ":")).encode("ascii")


def enrol(engine: Engine, url: str, count: int) -> list[Device]:
    """Enrol devices as the centre does, without the codes."""
    made = []
    now = datetime.now(UTC)
    with transaction(engine) as connection:
        for _ in range(count):
            key = Ed25519PrivateKey.generate()
            code = code_of(next_value(connection, "device"))
            device_id = str(uuid.uuid4())
            connection.execute(
                insert(schema.devices).values(
                    id=device_id,
                    code=code,
                    name="load",
                    public_key=b64(key.public_key().public_bytes_raw()),
                    sites=None,
                    status="active",
                    operator_id=OPERATOR,
                    enrolled_at=now,
                )
            )
            reserve_block(connection, now, device_id)
            made.append(Device(Line(url, key, device_id, OPERATOR), code))
    return made


class Cases:
    """Makes cases from one complete application; ids, numbers and page digests are each one's own."""

    def __init__(self) -> None:
        window = Window("http://none")
        window.device_code, window.operator = "A01", OPERATOR
        self._event = window.event([Page(item, b"a", b"b", "1") for item in ITEMS])

    def make(self, device: Device, *, page_bytes: int = 0) -> Case:
        """Return another case; with `page_bytes` its pages and originals have so many bytes each."""
        application = str(uuid.uuid4())
        event = copy.deepcopy(self._event)
        body = event["body"]
        body["application"]["id"] = application
        body["receipt_number"] = f"620102-{device.code}-261124-{device.next_number:04d}"
        device.next_number += 1
        pages: dict[str, bytes] = {}
        for page in body["pages"]:
            page["id"] = str(uuid.uuid4())
            for which in ("", "original_"):
                data = (page["id"] + which).encode("ascii")
                data += b"\0" * max(0, page_bytes - len(data))
                digest = sha256_hex(data)
                page[which + "digest"], page[which + "size"] = digest, len(data)
                pages[digest] = data
        event |= {
            "id": str(uuid.uuid4()),
            "application_id": application,
            "body_digest": sha256_hex(canonical(body)),
            "digests": sorted(pages),
        }
        return Case(application, event, pages)
