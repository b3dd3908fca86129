"""Public keys of enrolled devices, in the store and in trust.json: receipts verify without unlocking."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict

from sqlite_utils import Database

from storage.durable import make_folder, write_file
from storage.failures import of_system
from storage.rows import rows

_NAME = "trust.json"


class TrustEntry(TypedDict):
    """One device's key: URL-safe base64 of 32 bytes, as on the wire; status "active" or "revoked"."""

    public_key: str
    device_code: str
    status: str


def trusted_keys(db: Database) -> dict[str, TrustEntry]:
    """Return key id -> entry of all keys that this device knows, its own among them."""
    return {
        row["key_id"]: TrustEntry(
            public_key=row["public_key"], device_code=row["device_code"], status=row["status"]
        )
        for row in rows(db, "SELECT * FROM trusted_keys ORDER BY key_id")
    }


def write_trust(folder: Path, keys: Mapping[str, TrustEntry]) -> None:
    """Write trust.json atomically. Raises MachineError disk_full or disk_read_only."""
    try:
        make_folder(folder)
        write_file(folder / _NAME, json.dumps({"keys": keys}, indent=1, sort_keys=True).encode())
    except OSError as error:
        raise of_system(error) from error


def read_trust(folder: Path) -> dict[str, TrustEntry]:
    """Read trust.json; {} where there is none or it cannot be read (then no receipt verifies)."""
    try:
        entries = json.loads((folder / _NAME).read_bytes())["keys"]
        return {
            str(key_id): TrustEntry(
                public_key=str(entry["public_key"]),
                device_code=str(entry["device_code"]),
                status=str(entry["status"]),
            )
            for key_id, entry in entries.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
