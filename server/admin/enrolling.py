"""Enrolment codes: issued once for one machine, and as a link that is scanned instead of typed."""

from __future__ import annotations

import argparse
import hashlib
import io
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import Connection

from registration.link import EnrolLink
from server.admin.topic import Command
from server.config import system_clock
from server.errors import RefusedError, UnusableError
from server.store import devices

_ACTOR = "administrator"


def add(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Name the commands."""
    code = kinds.add_parser("enrol-code", help="issue a one-time enrolment code")
    code.add_argument("--hours", type=float, default=72.0)
    code.add_argument("--site", action="append", metavar="COMPOUND", help="may serve only this compound")
    code.add_argument("--new-operators", action="store_true", help="the enrolling person may be new here")
    code.add_argument("--url", default="", help="the centre's address as windows reach it; makes a link")
    code.add_argument(
        "--certificate", type=Path, metavar="PEM", help="the centre's certificate, to pin its key in the link"
    )
    code.add_argument("--qr", action="store_true", help="draw the link as a QR code on the error output")
    code.add_argument("--qr-file", type=Path, metavar="SVG", help="write the QR code into a file, to print")


def _enrol_code(connection: Connection, given: argparse.Namespace) -> Any:
    if (given.qr or given.qr_file) and not given.url:
        raise UnusableError("no_url", "--qr and --qr-file need --url: the address as windows reach it")
    pin = pin_of(given.certificate) if given.certificate is not None else ""
    code = devices.issue_code(
        connection,
        system_clock(),
        actor=_ACTOR,
        valid=timedelta(hours=given.hours),
        sites=given.site,
        new_operators=given.new_operators,
    )
    if not given.url:
        return {"enrolment_code": code}
    link = EnrolLink(given.url, code, pin).text()
    if given.qr:
        print(_drawn(link), file=sys.stderr)
    if given.qr_file is not None:
        _write_svg(link, given.qr_file)
    return {"enrolment_code": code, "link": link}


def pin_of(path: Path) -> str:
    """Return the SHA-256 hex of a certificate's public key. Raises RefusedError file_unreadable."""
    try:
        key = x509.load_pem_x509_certificate(path.read_bytes()).public_key()
    except (OSError, ValueError):
        raise RefusedError(400, "file_unreadable") from None
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def _drawn(link: str) -> str:
    import qrcode

    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=2)
    code.add_data(link)
    drawn = io.StringIO()
    code.print_ascii(out=drawn, invert=True)
    return drawn.getvalue()


def _write_svg(link: str, path: Path) -> None:
    import qrcode
    from qrcode.image.svg import SvgPathImage

    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=4)
    code.add_data(link)
    try:
        with path.open("wb") as file:
            code.make_image(image_factory=SvgPathImage).save(file)
    except OSError:
        raise RefusedError(507, "file_not_written") from None


COMMANDS: dict[str, Command] = {"enrol-code": _enrol_code}
