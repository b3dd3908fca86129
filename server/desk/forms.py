"""What a browser's form sent: fields, and files where it was sent in parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from fastapi import Request

from server.errors import RefusedError

_MOST_FIELDS = 300
_BOUNDARY = re.compile(r'boundary="?([0-9A-Za-z\'()+_,./:=? -]{1,70})"?')
_NAME = re.compile(r'; name="([^"]*)"')
_FILE = re.compile(r'; filename="')


@dataclass(frozen=True)
class Form:
    """Fields by name, in the order in which they were sent; files are their bytes, a file left out is b""."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """Return a field without what cannot be stored, trimmed; "" where it was not sent."""
        return (self.fields.get(name) or [""])[0].replace("\0", "").strip()

    def all(self, name: str) -> list[str]:
        """Return every value of a field."""
        return [value.replace("\0", "").strip() for value in self.fields.get(name, [])]


async def read_form(request: Request) -> Form:
    """Return the form of a request. Raises RefusedError bad_request."""
    body, kind = await request.body(), request.headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        return _parts(body, kind)
    try:
        fields = parse_qs(
            body.decode("utf-8"),
            strict_parsing=bool(body),
            keep_blank_values=True,
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError:
        raise RefusedError(400, "bad_request") from None
    return Form(fields)


def _parts(body: bytes, kind: str) -> Form:
    """RFC 7578: parts between boundaries, each with its heads, an empty line and its bytes."""
    found = _BOUNDARY.search(kind)
    if found is None:
        raise RefusedError(400, "bad_request")
    pieces = (b"\r\n" + body).split(b"\r\n--" + found.group(1).rstrip().encode("ascii"))
    if len(pieces) < 2 or not pieces[-1].startswith(b"--") or len(pieces) > _MOST_FIELDS + 2:
        raise RefusedError(400, "bad_request")
    form = Form()
    for piece in pieces[1:-1]:
        head, gap, content = piece.partition(b"\r\n\r\n")
        try:
            words = head.decode("utf-8")
            name = _NAME.search(words)
            if not gap or name is None:
                raise ValueError("no part of a form")
            if _FILE.search(words):
                form.files[name.group(1)] = content
            else:
                form.fields.setdefault(name.group(1), []).append(content.decode("utf-8"))
        except ValueError:
            raise RefusedError(400, "bad_request") from None
    return form
