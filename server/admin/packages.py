"""Commands for sealed packages: import one from disc, and write the answer for the window."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from server.admin.topic import Command, Later
from server.config import Settings, system_clock
from server.errors import RefusedError
from server.keys import load_keys
from server.packages import take_in, write_answer
from server.store.page_objects import open_pages

_CD = 650 * 1024 * 1024


def add(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Name the commands of this module."""
    package = kinds.add_parser("import-package", help="take in a sealed package and answer it")
    package.add_argument("part", nargs="+", help="all parts of one package, in any order")
    package.add_argument(
        "--answer", metavar="DIR", help="where the answer goes; beside the first part if not said"
    )
    package.add_argument("--part-bytes", type=int, default=_CD, help="largest file of the answer")


def _import(connection: Connection, given: argparse.Namespace) -> Any:
    settings: Settings = given.settings
    now, keys = system_clock(), load_keys(settings.keys_dir)
    paths = [Path(name) for name in given.part]
    imported = take_in(connection, now, keys, open_pages(settings), paths, "administrator")
    folder = Path(given.answer) if given.answer else paths[0].parent

    def answer() -> Any:
        try:
            written = write_answer(keys, now, imported, folder, part_bytes=given.part_bytes)
        except OSError:
            raise RefusedError(507, "answer_not_written") from None
        return {
            "package": imported.package,
            "device": imported.device_code,
            "already_imported": not imported.new,
            "events": imported.events,
            "pages": imported.pages,
            "refused_pages": imported.refused_pages,
            "acknowledged": imported.acknowledged,
            "answer": [str(path) for path in written],
        }

    return Later(answer)  # no acknowledgement leaves before what it swears is committed


COMMANDS: dict[str, Command] = {"import-package": _import}
