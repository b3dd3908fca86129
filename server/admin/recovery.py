"""Commands for lost and sealed laptops: report one lost, and read the key that opens a sealed one."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import Connection

from registration import recovery_text
from registration.escrow import read_escrow
from server.admin.topic import Command
from server.config import Settings, system_clock
from server.errors import RefusedError
from server.escrow import open_escrow
from server.keys import load_keys
from server.store import audit, devices

_ACTOR = "administrator"
_NAMES = ("vault.json", "vault.json.copy")


def add(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Name the commands of this module."""
    lost = kinds.add_parser(
        "lost-device", help="a laptop is lost: revoke it; at its next contact it seals itself"
    )
    lost.add_argument("device_code")
    sealed = kinds.add_parser("open-sealed", help="read the recovery key of a laptop out of its vault")
    sealed.add_argument("vault", type=Path, help="the laptop's data folder, or a copy of its vault.json")


def _lost(connection: Connection, given: argparse.Namespace) -> Any:
    now = system_clock()
    devices.revoke_device(connection, now, given.device_code, actor=_ACTOR)
    audit.append(connection, now, _ACTOR, "device_lost", given.device_code)
    return {"device": given.device_code, "status": "revoked", "lost": True}


def _open_sealed(connection: Connection, given: argparse.Namespace) -> Any:
    settings: Settings = given.settings
    content = _vault(given.vault)
    try:
        vault_id, escrow = str(content["vault_id"]), read_escrow(content["escrow"])
    except (KeyError, TypeError, ValueError):
        raise RefusedError(400, "vault_without_escrow") from None
    try:
        secret = open_escrow(load_keys(settings.keys_dir).recovery, escrow, vault_id)
    except (InvalidTag, ValueError):
        raise RefusedError(403, "vault_not_ours") from None
    audit.append(connection, system_clock(), _ACTOR, "escrow_opened", vault_id)
    return {"vault": vault_id, "recovery_key": recovery_text.to_text(secret)}


def _vault(path: Path) -> dict[str, Any]:
    """Return the vault of a folder, or of a file of it. Raises RefusedError file_unreadable."""
    for candidate in [path / name for name in _NAMES] if path.is_dir() else [path]:
        try:
            content = json.loads(candidate.read_text("utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(content, dict):
            return content
    raise RefusedError(400, "file_unreadable")


COMMANDS: dict[str, Command] = {"lost-device": _lost, "open-sealed": _open_sealed}
"""By their words on the command line."""
