"""Commands for ledgers: take one in from xlsx, or write an empty one."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from server.admin.topic import Command
from server.config import system_clock
from server.errors import RefusedError
from server.ledger_sheet import read_ledger
from server.store import ledgers


def add(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Name the commands."""
    taken = kinds.add_parser("import-ledger", help="compounds and homes from an xlsx file, all or nothing")
    taken.add_argument("file", help="with the sheets 小区 and 房屋, as ledger-form writes them")
    taken.add_argument("--dry-run", action="store_true", help="say what it would do, and what is wrong")
    form = kinds.add_parser("ledger-form", help="write an empty ledger to be filled")
    form.add_argument("file", metavar="FILE.xlsx")


def _import(connection: Connection, given: argparse.Namespace) -> Any:
    try:
        data = Path(given.file).read_bytes()
    except OSError:
        raise RefusedError(400, "file_unreadable") from None
    done = ledgers.take_in(
        connection, system_clock(), read_ledger(data), actor="administrator", dry=given.dry_run
    )
    return {**asdict(done), "imported": not (done.faults or given.dry_run)}


def _form(_: Connection, given: argparse.Namespace) -> Any:
    from server.ledger_form import empty_ledger  # slow to import

    try:
        Path(given.file).write_bytes(empty_ledger())
    except OSError:
        raise RefusedError(507, "file_not_written") from None
    return {"file": given.file}


COMMANDS: dict[str, Command] = {"import-ledger": _import, "ledger-form": _form}
