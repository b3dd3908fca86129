"""Commands for backups: take one beside a running centre, and put an empty centre back to one."""

from __future__ import annotations

import argparse
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from server import backup
from server.admin.topic import Command
from server.config import Settings, system_clock
from server.errors import RefusedError
from server.keys import load_keys
from server.store import lives

RESTORE = "restore"  # works on a centre that has no database yet
_LEAST_LETTERS = 12


def add(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Name the commands of this module."""
    take = kinds.add_parser(
        "backup", help="database, keys and pages as of this moment, beside a running centre"
    )
    take.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="keeps every backup; pages only once"
    )
    back = kinds.add_parser(RESTORE, help="put an empty data directory back to a backup")
    back.add_argument("--from", type=Path, required=True, metavar="DIR", dest="source")
    back.add_argument("--backup", metavar="NAME", help="which one; the newest if not said")
    for command in (take, back):
        command.add_argument(
            "--passphrase-file", type=Path, help="else the environment's JILAI_BACKUP_PASSPHRASE is used"
        )
    again = kinds.add_parser(
        "send-again",
        help="after a database was put back by other means: have everything since then sent again",
    )
    again.add_argument("since", type=datetime.fromisoformat, help="ISO 8601 with offset")


def restore(settings: Settings, given: argparse.Namespace) -> Any:
    """Carry out `restore`. Raises RefusedError as `server.backup.restore` does, and passphrase_short."""
    passphrase = _passphrase(given)
    try:
        return backup.restore(settings, given.source, given.backup, passphrase, system_clock)
    except OSError:
        raise RefusedError(507, "backup_failed") from None


def _backup(connection: Connection, given: argparse.Namespace) -> Any:
    settings: Settings = given.settings
    server_key = load_keys(settings.keys_dir).signing_public
    passphrase = _passphrase(given)
    try:
        return backup.take(connection, settings, server_key, given.out, passphrase)
    except OSError:
        raise RefusedError(507, "backup_failed") from None


def _send_again(connection: Connection, given: argparse.Namespace) -> Any:
    if given.since.tzinfo is None:
        raise RefusedError(400, "bad_request")
    life = lives.begin(connection, system_clock(), given.since)
    return {"epoch": life.epoch, "resend_after": life.resend_after}


def _passphrase(given: argparse.Namespace) -> str:
    if given.passphrase_file is None:
        words = os.environ.get("JILAI_BACKUP_PASSPHRASE", "")
    else:
        try:
            words = given.passphrase_file.read_text("utf-8").strip()
        except (OSError, ValueError):
            raise RefusedError(400, "file_unreadable") from None
    if len(words) < _LEAST_LETTERS:
        raise RefusedError(400, "passphrase_short")
    return words


COMMANDS: dict[str, Command] = {"backup": _backup, "send-again": _send_again}
