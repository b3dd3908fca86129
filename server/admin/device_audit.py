"""The command that shows how a window's audit log stands at the centre."""

from __future__ import annotations

import argparse
from typing import Any

from sqlalchemy import Connection

from server.admin.topic import Command
from server.errors import RefusedError
from server.store.device_audit import report


def add(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Name the command of this module."""
    shown = kinds.add_parser("audit", help="how far a window's audit log is held, its gaps and forks")
    shown.add_argument("device_code")


def _audit(connection: Connection, given: argparse.Namespace) -> Any:
    found = report(connection, given.device_code)
    if found is None:
        raise RefusedError(404, "unknown_device")
    return found


COMMANDS: dict[str, Command] = {"audit": _audit}
