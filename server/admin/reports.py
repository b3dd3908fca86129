"""Commands for progress: add evidence of a certificate, and write the report as an xlsx file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from server.admin.topic import Command, Later
from server.config import CHINA, system_clock
from server.errors import RefusedError
from server.store import audit, evidence, review
from server.store.page_objects import open_pages
from server.store.progress import evidence_lines, report


def add(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Name the commands."""
    proof = kinds.add_parser("add-evidence", help="a scan or document that shows a certificate was issued")
    proof.add_argument("case", help="application id, receipt number or acceptance number")
    proof.add_argument("file", help="PDF, JPEG or PNG")
    made = kinds.add_parser("report", help="progress per compound, county and province, as xlsx")
    made.add_argument("--out", required=True, metavar="FILE.xlsx")
    made.add_argument("--language", default="zh", choices=["zh", "en"])


def _add_evidence(connection: Connection, given: argparse.Namespace) -> Any:
    case = review.find(connection, given.case)
    try:
        data = Path(given.file).read_bytes()
    except OSError:
        raise RefusedError(400, "file_unreadable") from None
    kept = evidence.keep(open_pages(given.settings), data)
    evidence.attach(connection, system_clock(), case, kept, "administrator")
    return {"case": case, "digest": kept.digest, "size": kept.size}


def _report(connection: Connection, given: argparse.Namespace) -> Any:
    from server.reports_sheet import report_file  # slow to import

    now = system_clock()
    found = report(connection, now.astimezone(CHINA).date())
    data = report_file(found, evidence_lines(connection, found.targets), now, given.language)
    audit.append(connection, now, "administrator", "report_exported", found.targets.version)

    def write() -> Any:
        try:
            Path(given.out).write_bytes(data)
        except OSError:
            raise RefusedError(507, "file_not_written") from None
        return {"file": given.out, "compounds": len(found.compounds)}

    return Later(write)


COMMANDS: dict[str, Command] = {"add-evidence": _add_evidence, "report": _report}
