"""What a module of commands is, and an answer that waits for the commit."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection

from server.errors import RefusedError

Command = Callable[[Connection, argparse.Namespace], Any]
"""(connection in a transaction, the words given; `given.settings` is the centre's Settings) -> its answer."""


@dataclass(frozen=True)
class Later:
    """An answer that is made once the command's transaction has ended well."""

    make: Callable[[], Any]


def read_object(name: str) -> dict[str, Any]:
    """Read a JSON object from a file. Raises RefusedError file_unreadable."""
    try:
        value = json.loads(Path(name).read_text("utf-8"))
    except (OSError, ValueError):
        raise RefusedError(400, "file_unreadable") from None
    if not isinstance(value, dict):
        raise RefusedError(400, "file_unreadable")
    return value


class Topic(Protocol):
    """A module of this package that brings commands: `add` names them, COMMANDS carries them out."""

    COMMANDS: dict[str, Command]

    def add(self, kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None: ...
