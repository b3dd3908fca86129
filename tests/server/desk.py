"""A browser reduced to the wire, for the desk's tests: it keeps one cookie and the last form's key."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from sqlalchemy import Engine

from server.store.database import transaction
from server.store.desk_sessions import issue_ticket
from tests.server.window import Answer, Page, Window

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\r\n--not-a-boundary\r\n%%EOF\n"


class Browser:
    """Not thread-safe. `cookie` is what the centre set, `form_key` of the page that was last shown."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.cookie = ""
        self.form_key = ""

    def get(self, path: str, **headers: str) -> Answer:
        answer = self._window.plain("GET", path, b"", {"Cookie": self.cookie, **headers})
        return self._noted(answer)

    def post(self, path: str, **form: object) -> Answer:
        body = urlencode({"form_key": self.form_key, **form}, doseq=True).encode()
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        return self._noted(self._window.plain("POST", path, body, headers))

    def post_parts(self, path: str, files: dict[str, bytes], **form: object) -> Answer:
        """Send a form with files, as a browser does it (RFC 7578)."""
        boundary = f"----{uuid.uuid4().hex}"
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in {"form_key": self.form_key, **form}.items()
        ]
        parts += [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="发证.pdf"\r\n'
            f"Content-Type: application/octet-stream\r\n\r\n".encode()
            + data
            + b"\r\n"
            for name, data in files.items()
        ]
        body = b"".join(parts) + f"--{boundary}--\r\n".encode()
        headers = {"Cookie": self.cookie, "Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self._noted(self._window.plain("POST", path, body, headers))

    def enter(self, ticket: str) -> Answer:
        return self.get(f"/desk/enter?ticket={ticket}")

    def _noted(self, answer: Answer) -> Answer:
        if cookie := answer.headers.get("set-cookie", ""):
            self.cookie = cookie.partition(";")[0]
        found = re.search(rb'name="form_key" value="([0-9a-f]+)"', answer.body)
        if found:
            self.form_key = found.group(1).decode()
        return answer


def new_ticket(engine: Engine, account: str = "ma", minutes: float = 5, **more: Any) -> str:
    """Return a ticket to the desk for a person of the demonstration."""
    with transaction(engine) as connection:
        return issue_ticket(
            connection, datetime.now(UTC), account, actor="test", valid=timedelta(minutes=minutes), **more
        )


def submit(
    window: Window, *, remarks: str = "", picture: bytes = b"\xff\xd8\xff picture", **event: Any
) -> str:
    """Bring a whole case and return its id; the first page begins with `picture`."""
    pages = window.pages(size=60)
    pages[0] = Page(pages[0].item_code, picture + pages[0].id.encode(), pages[0].original)
    sent = window.event(pages, remarks=remarks, **event)
    outcome = window.outcome(sent)
    assert outcome["result"] == "applied", outcome
    window.upload_all(pages)
    return str(sent["application_id"])


def address(application_id: str, rest: str = "") -> str:
    """Return the address of a case's page."""
    return f"/desk/cases/{quote(application_id, safe='')}{rest}"
