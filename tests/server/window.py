"""A window reduced to its wire: signs requests, builds applications, speaks tus; nothing is retried."""

from __future__ import annotations

import base64
import contextlib
import copy
import hashlib
import http.client
import json
import time
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from registration.identifiers import id_check_character
from server import demo
from sync.contract import Claims, b64, canonical, request_token, sha256_hex, sign
from tests.complete import completed_on_the_wire

PHONE = "13893100000"
SUBMITTED = datetime.fromisoformat("2026-11-24T19:30:00+08:00")
COMPOUNDS = {compound.id: compound for compound in (demo._RIVER, demo._MILL)}
HOUSEHOLDS = {home.id: home for home in (*demo._river_units(), *demo._mill_units())}
ID_NUMBER = "620102198503071237"  # invented; the check character is computed below


def id_number() -> str:
    """Return an invented number with its right check character."""
    return ID_NUMBER[:17] + id_check_character(ID_NUMBER[:17])


@dataclass
class Answer:
    """One HTTP answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Page:
    """A page's bytes and what it is for."""

    item_code: str
    data: bytes
    original: bytes
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    ordinal: int = 1


class Window:
    """One device key and its identity at a centre."""

    def __init__(self, url: str, key: Ed25519PrivateKey | None = None) -> None:
        self.url = url
        self.key = key or Ed25519PrivateKey.generate()
        self.device = ""
        self.device_code = ""
        self.operator = ""
        self.next_number = 1
        self.clock = time.time
        self.answer: dict[str, Any] = {}

    @property
    def public_key(self) -> str:
        return b64(self.key.public_key().public_bytes_raw())

    def plain(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> Answer:
        """Send a request as it is."""
        parts = urlsplit(self.url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        try:
            connection.request(method, path, body or None, headers or {})
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def claims(self, method: str, path: str, body: bytes = b"") -> Claims:
        return Claims(
            device=self.device,
            operator=self.operator,
            issued_at=self.clock(),
            nonce=uuid.uuid4().hex,
            method=method,
            path=path,
            body=sha256_hex(body),
        )

    def signed(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> Answer:
        """Send a request with a fresh token."""
        token = request_token(self.key, self.claims(method, path, body))
        return self.plain(method, path, body, {"Authorization": token, **(headers or {})})

    def post(self, path: str, value: Any) -> Answer:
        body = json.dumps(value).encode("ascii")
        return self.signed("POST", path, body, {"Content-Type": "application/json"})

    def enrol_request(self, code: str, account: str = "wang", name: str = "王海燕") -> dict[str, Any]:
        proof = sign(self.key, "enrol", {"code": code, "public_key": self.public_key})
        return {
            "code": code,
            "public_key": self.public_key,
            "device_name": "窗口一",
            "operator_account": account,
            "operator_name": name,
            "proof": proof,
        }

    def enrol(self, code: str, account: str = "wang", name: str = "王海燕") -> Answer:
        body = json.dumps(self.enrol_request(code, account, name)).encode("utf-8")
        answer = self.plain("POST", "/v1/enrol", body, {"Content-Type": "application/json"})
        if answer.status == 200:
            self.answer = answer.json
            self.device = self.answer["device_id"]
            self.device_code = self.answer["device_code"]
            self.operator = self.answer["operator"]["id"]
        return answer

    def take_number(self, division: str = "620102") -> str:
        number = f"{division}-{self.device_code}-261124-{self.next_number:04d}"
        self.next_number += 1
        return number

    # -- applications

    def pages(self, seed: str = "", size: int = 3000) -> list[Page]:
        """Return one page for each required row, with bytes that no other seed has."""
        seed = seed or uuid.uuid4().hex
        return [
            Page(code, _bytes(f"{seed}/{code}/improved", size), _bytes(f"{seed}/{code}/original", size + 77))
            for code in ("application_form", "identity", "purchase_contract", "invoice", "maintenance_fund")
        ]

    def event(
        self,
        pages: list[Page],
        *,
        application_id: str = "",
        revision: int = 1,
        base_revision: int = 0,
        receipt_number: str = "",
        compound: str = "demo-jinhewan",
        household: str = "demo-jinhewan-3-2-1201",
        **application: Any,
    ) -> dict[str, Any]:
        """Return an `application_submitted` event as the wire has it."""
        application_id = application_id or str(uuid.uuid4())
        facts = {
            "id": application_id,
            "type_code": "new_housing_transfer",
            "session_id": "session-1",
            "revision": revision,
            "parties": [
                {
                    "role": "right_holder",
                    "name": "张立群",
                    "document_kind": "id_card",
                    "document_number": id_number(),
                    "phone": PHONE,
                    "address": "",
                    "share": "",
                }
            ],
            "household_id": household,
            "reason": "",
            "materials": [],
            "remarks": "",
            "pack_versions": {},
            **application,
        }
        if (place := COMPOUNDS.get(compound)) is not None:
            with contextlib.suppress(
                KeyError, TypeError, ValueError, AttributeError
            ):  # no application at all
                facts = completed_on_the_wire(facts, HOUSEHOLDS.get(household), place, today=SUBMITTED.date())
        body = {
            "application": facts,
            "receipt": {},
            "receipt_number": receipt_number or self.take_number(),
            "pages": [
                {
                    "id": page.id,
                    "item_code": page.item_code,
                    "ordinal": page.ordinal,
                    "digest": sha256_hex(page.data),
                    "size": len(page.data),
                    "original_digest": sha256_hex(page.original),
                    "original_size": len(page.original),
                    "original_type": "image/jpeg",
                    "width": 1200,
                    "height": 1600,
                }
                for page in pages
            ],
            "compound_id": compound,
            "household_id": household,
            "session": {"id": "session-1"},
            "operator_id": self.operator,
            "submitted_at": SUBMITTED.isoformat(),
            "clock_offset": 0.5,
        }
        return wrap(body, application_id, revision, base_revision)

    def send(self, *events: dict[str, Any]) -> Answer:
        return self.post("/v1/events", {"events": list(events)})

    def outcome(self, event: dict[str, Any]) -> dict[str, Any]:
        """Send one event by itself and return its outcome."""
        answer = self.send(event)
        assert answer.status == 200, answer.body
        (only,) = answer.json["outcomes"]
        assert only["id"] == event["id"]
        assert isinstance(only, dict)
        return only

    # -- pages

    def create(self, data: bytes) -> Answer:
        digest = base64.b64encode(sha256_hex(data).encode("ascii")).decode("ascii")
        return self.signed(
            "POST",
            "/v1/pages/",
            b"",
            {
                "Tus-Resumable": "1.0.0",
                "Upload-Length": str(len(data)),
                "Upload-Metadata": f"digest {digest},application {base64.b64encode(b'x').decode()}",
            },
        )

    def head(self, digest: str) -> Answer:
        return self.signed("HEAD", f"/v1/pages/{digest}", b"", {"Tus-Resumable": "1.0.0"})

    def patch(self, digest: str, offset: int, data: bytes) -> Answer:
        return self.signed(
            "PATCH",
            f"/v1/pages/{digest}",
            data,
            {
                "Tus-Resumable": "1.0.0",
                "Upload-Offset": str(offset),
                "Content-Type": "application/offset+octet-stream",
            },
        )

    def upload(self, data: bytes) -> None:
        """Bring one page whole."""
        digest = sha256_hex(data)
        created = self.create(data)
        assert created.status in {200, 201}, created.body
        offset = int(created.headers["upload-offset"])
        if offset < len(data):
            patched = self.patch(digest, offset, data[offset:])
            assert patched.status == 204, patched.body

    def upload_all(self, pages: list[Page]) -> None:
        for page in pages:
            self.upload(page.data)
            self.upload(page.original)

    def acknowledgements(self, *application_ids: str) -> Any:
        answer = self.post("/v1/acknowledgements", {"application_ids": list(application_ids)})
        assert answer.status == 200, answer.body
        return answer.json

    def changes(self, cursor: int = 0, wait: float = 0) -> Any:
        answer = self.signed("GET", f"/v1/changes?cursor={cursor}&wait={wait}")
        assert answer.status == 200, answer.body
        return answer.json

    def all_changes(self, cursor: int = 0) -> tuple[list[dict[str, Any]], int]:
        items: list[dict[str, Any]] = []
        while True:
            page = self.changes(cursor)
            items += page["items"]
            cursor = page["cursor"]
            if not page["more"]:
                return items, cursor


def _bytes(seed: str, size: int) -> bytes:
    block = hashlib.sha256(seed.encode("utf-8")).digest()
    return (block * (size // len(block) + 1))[:size]


def wrap(
    body: dict[str, Any], application_id: str, revision: int = 1, base_revision: int = 0
) -> dict[str, Any]:
    digests = [d for p in body["pages"] for d in (p["digest"], p["original_digest"])]
    return {
        "id": str(uuid.uuid4()),
        "kind": "application_submitted",
        "application_id": application_id,
        "revision": revision,
        "base_revision": base_revision,
        "body": body,
        "body_digest": sha256_hex(canonical(body)),
        "digests": list(dict.fromkeys(digests)),
    }


def changed(event: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """Return the event with one place of its body changed ("pages.0.size") and sealed again."""
    body = copy.deepcopy(event["body"])
    at: Any = body
    *parts, last = path.split(".")
    for part in parts:
        at = at[int(part)] if isinstance(at, list) else at[part]
    at[int(last) if isinstance(at, list) else last] = value
    digest = event["body_digest"]
    with contextlib.suppress(UnicodeEncodeError):  # no canonical form: the old digest stays
        digest = sha256_hex(canonical(body))
    return {**event, "body": body, "body_digest": digest}
