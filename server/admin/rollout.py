"""Commands that give a data pack to some windows first, and then to all."""

from __future__ import annotations

import argparse
from typing import Any

from sqlalchemy import Connection

from server.admin.topic import Command, read_object
from server.config import system_clock
from server.store import rollouts

_ACTOR = "administrator"


def add(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Name the commands."""
    pilot = kinds.add_parser("pilot-pack", help="publish a pack to some windows first")
    pilot.add_argument("file", help="JSON of the whole pack")
    pilot.add_argument("--site", action="append", default=[], metavar="COMPOUND")
    pilot.add_argument("--share", type=int, default=0, metavar="PERCENT", help="of all devices")
    everyone = kinds.add_parser("roll-out", help="give a pilot to every window")
    everyone.add_argument("name")
    everyone.add_argument("version")


def _pilot(connection: Connection, given: argparse.Namespace) -> Any:
    pack = read_object(given.file)
    new = rollouts.publish(
        connection, system_clock(), pack, sites=given.site, share=given.share, actor=_ACTOR
    )
    return {"name": pack["name"], "version": pack["version"], "new": new}


def _roll_out(connection: Connection, given: argparse.Namespace) -> Any:
    done = rollouts.complete(connection, system_clock(), given.name, given.version, actor=_ACTOR)
    return {"name": given.name, "version": given.version, "new": done}


COMMANDS: dict[str, Command] = {"pilot-pack": _pilot, "roll-out": _roll_out}
