"""Commands for people at the desk: a link to choose a password, another role, a last day."""

from __future__ import annotations

import argparse
from typing import Any

from sqlalchemy import Connection

from server.admin.topic import Command
from server.config import system_clock
from server.store import people

_ACTOR = "administrator"


def add(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Name the commands."""
    link = kinds.add_parser("password-link", help="a one-time link to choose a password for the desk")
    link.add_argument("account")
    role = kinds.add_parser("set-role", help="give a person another role")
    role.add_argument("account")
    role.add_argument("role", choices=people.ROLES)
    until = kinds.add_parser("operator-until", help="let a person's rights end with a day, or on no day")
    until.add_argument("account")
    until.add_argument("day", help="the last day, as 2026-12-31, or never")


def _link(connection: Connection, given: argparse.Namespace) -> Any:
    operator_id = people.id_of(connection, given.account)
    return {"path": people.password_link(connection, system_clock(), operator_id, actor=_ACTOR)}


def _role(connection: Connection, given: argparse.Namespace) -> Any:
    operator_id = people.id_of(connection, given.account)
    people.set_role(connection, system_clock(), operator_id, given.role, actor=_ACTOR)
    return {"account": given.account, "role": given.role}


def _until(connection: Connection, given: argparse.Namespace) -> Any:
    day = "" if given.day == "never" else given.day
    operator_id = people.id_of(connection, given.account)
    people.set_until(connection, system_clock(), operator_id, day, actor=_ACTOR)
    return {"account": given.account, "until": day}


COMMANDS: dict[str, Command] = {"password-link": _link, "set-role": _role, "operator-until": _until}
