"""What a module of commands is, and an answer that waits for the commit."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection

Command = Callable[[Connection, argparse.Namespace], Any]
"""(connection in a transaction, the words given; `given.settings` is the centre's Settings) -> its answer."""


@dataclass(frozen=True)
class Later:
    """An answer that is made once the command's transaction has ended well."""

    make: Callable[[], Any]


class Topic(Protocol):
    """A module of this package that brings commands: `add` names them, COMMANDS carries them out."""

    COMMANDS: dict[str, Command]

    def add(self, kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None: ...
