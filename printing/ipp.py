"""The Internet Printing Protocol as CUPS speaks it on its own socket: requests out, attributes back."""

from __future__ import annotations

import getpass
import http.client
import os
import socket
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

Value = str | int | bool | bytes
Attributes = dict[str, list[Value]]
_TIMEOUT_SECONDS = 10.0


class Operation(IntEnum):
    """Operation codes of RFC 8011 and, from 0x4000, of CUPS."""

    PRINT_JOB = 0x0002
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_PRINTER_ATTRIBUTES = 0x000B
    CUPS_GET_DEFAULT = 0x4001
    CUPS_GET_PRINTERS = 0x4002


class Tag(IntEnum):
    """Delimiters and value types of RFC 8010 that are sent; others are read as bytes."""

    OPERATION_GROUP = 0x01
    JOB_GROUP = 0x02
    END = 0x03
    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MEDIA_TYPE = 0x49


Typed = Sequence[tuple[str, Tag, Value | Sequence[str]]]
NOT_FOUND = 0x0406


class IppError(Exception):
    """The print system answered no; `status` is its code, or the HTTP status negated."""

    def __init__(self, status: int) -> None:
        super().__init__(f"IPP status {status:#06x}")
        self.status = status


@dataclass(frozen=True)
class Server:
    """Where CUPS listens: a socket file, or a host and port."""

    path: str = ""
    host: str = ""
    port: int = 631


def server() -> Server:
    """Return the print server as CUPS's own programs find it: CUPS_SERVER, client.conf, then the socket."""
    named = os.environ.get("CUPS_SERVER", "").strip() or _configured()
    if named.startswith("/"):
        return Server(path=named)
    if named:
        host, _, port = named.partition("/")[0].rpartition(":")
        return (
            Server(host=host, port=int(port))
            if host and port.isdigit()
            else Server(host=named.partition("/")[0])
        )
    for socket_file in ("/run/cups/cups.sock", "/var/run/cups/cups.sock", "/private/var/run/cupsd"):
        if Path(socket_file).is_socket():
            return Server(path=socket_file)
    return Server(host="localhost")


def _configured() -> str:
    for file in (Path.home() / ".cups/client.conf", Path("/etc/cups/client.conf")):
        try:
            lines = file.read_text("utf-8", errors="replace").splitlines()
        except OSError:
            continue
        for line in lines:
            key, _, value = line.strip().partition(" ")
            if key.lower() == "servername":
                return value.strip()
    return ""


class _SocketConnection(http.client.HTTPConnection):
    """HTTP over the socket file of a local server."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=_TIMEOUT_SECONDS)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        try:
            self.sock.connect(self._path)
        except OSError:
            self.sock.close()
            raise


def call(
    operation: Operation,
    resource: str,
    attributes: Typed,
    *,
    job_attributes: Typed = (),
    document: bytes = b"",
) -> list[Attributes]:
    """Send one operation and return the attribute groups of the answer, without the operation's own.

    The user's name is added. Raises IppError for a refusal and OSError where no server answers.
    """
    user = getpass.getuser()
    head: Typed = (
        ("attributes-charset", Tag.CHARSET, "utf-8"),
        ("attributes-natural-language", Tag.LANGUAGE, "en"),
        *attributes,
        ("requesting-user-name", Tag.NAME, user),
    )
    body = _request(operation, head, job_attributes) + document
    where = server()
    answer = _post(where, resource, body, {})
    if answer[0] == http.client.UNAUTHORIZED and where.path:
        # On its own socket CUPS asks the kernel who is calling; this header invites it to.
        answer = _post(where, resource, body, {"Authorization": f"PeerCred {user}"})
    if answer[0] != http.client.OK:
        raise IppError(-answer[0])
    return _answer(answer[1])


def _post(where: Server, resource: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
    connection = (
        _SocketConnection(where.path)
        if where.path
        else http.client.HTTPConnection(where.host, where.port, timeout=_TIMEOUT_SECONDS)
    )
    try:
        connection.request("POST", resource, body, {"Content-Type": "application/ipp", **headers})
        response = connection.getresponse()
        return response.status, response.read()
    except http.client.HTTPException as error:
        raise ConnectionError(str(error)) from error
    finally:
        connection.close()


def _request(operation: Operation, attributes: Typed, job_attributes: Typed) -> bytes:
    parts = [struct.pack(">BBHIB", 2, 0, operation, 1, Tag.OPERATION_GROUP)]
    parts += [_attribute(*entry) for entry in attributes]
    if job_attributes:
        parts.append(bytes([Tag.JOB_GROUP]))
        parts += [_attribute(*entry) for entry in job_attributes]
    parts.append(bytes([Tag.END]))
    return b"".join(parts)


def _attribute(name: str, tag: Tag, value: Value | Sequence[str]) -> bytes:
    if isinstance(value, (list, tuple)):
        first, *others = value
        return _attribute(name, tag, first) + b"".join(_attribute("", tag, other) for other in others)
    if isinstance(value, bool):
        raw = bytes([value])
    elif isinstance(value, int):
        raw = struct.pack(">i", value)
    else:
        raw = value if isinstance(value, bytes) else str(value).encode("utf-8")
    label = name.encode("ascii")
    return struct.pack(">BH", tag, len(label)) + label + struct.pack(">H", len(raw)) + raw


def _answer(body: bytes) -> list[Attributes]:
    """Read an answer; OSError where it is not one, as from a proxy that answers in the server's place."""
    try:
        status = struct.unpack_from(">H", body, 2)[0]
        groups = _groups(body)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise ConnectionError("not an IPP answer") from error
    if status >= 0x0100:
        raise IppError(status)
    return groups


def _groups(body: bytes) -> list[Attributes]:
    groups: list[tuple[int, Attributes]] = []
    at, name = 8, ""
    while body[at] != Tag.END:
        tag = body[at]
        at += 1
        if tag < 0x10:
            groups.append((tag, {}))
            continue
        (size,) = struct.unpack_from(">H", body, at)
        if size:
            name = body[at + 2 : at + 2 + size].decode("utf-8")
        at += 2 + size
        (size,) = struct.unpack_from(">H", body, at)
        groups[-1][1].setdefault(name, []).append(_value(tag, body[at + 2 : at + 2 + size]))
        at += 2 + size
    return [attributes for kind, attributes in groups if kind != Tag.OPERATION_GROUP]


def _value(tag: int, raw: bytes) -> Value:
    if tag in (Tag.INTEGER, Tag.ENUM) and len(raw) == 4:
        number: int = struct.unpack(">i", raw)[0]
        return number
    if tag == Tag.BOOLEAN:
        return raw == b"\1"
    return raw.decode("utf-8", errors="replace") if 0x41 <= tag <= 0x49 else raw
