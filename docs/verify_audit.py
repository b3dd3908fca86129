"""Proves an exported audit log without Jilai: python verify_audit.py FILE [DEVICE KEY IN HEX].

Needs Python and the package `cryptography`. Each line of FILE is a row; its hash is SHA-256 over the JSON of
the row without `hash` (sorted keys, no spaces, UTF-8; of session_id, compound_id and machine_at only those
that are set), and `previous` is the hash of the row before it, 64 zeros for the first. The last line is the
device's signature of the head: Ed25519 over b"audit-head\\0" and the JSON of `head`. Give the key as the
centre knows it, to be sure whose log it is.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

LATER = ("session_id", "compound_id", "machine_at")


def compact(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def judge(lines: list[str], key: str = "") -> str:
    """Return "" where the file holds, else what is wrong."""
    previous, seq = "0" * 64, 0
    for line in lines[:-1]:
        row = json.loads(line)
        said = {k: v for k, v in row.items() if k != "hash" and not (k in LATER and v is None)}
        if row["seq"] != seq + 1 or row["previous"] != previous:
            return f"row {seq + 1} does not follow"
        if hashlib.sha256(compact(said)).hexdigest() != row["hash"]:
            return f"row {row['seq']} was changed"
        previous, seq = row["hash"], row["seq"]
    last = json.loads(lines[-1])
    head, signature = last["head"], last["signature"]
    if (head["seq"], head["hash"]) != (seq, previous):
        return "the end is missing"
    if key and key.lower() != head["public_key"]:
        return "signed by another device"
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(head["public_key"])).verify(
            base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4)), b"audit-head\0" + compact(head)
        )
    except (InvalidSignature, ValueError):
        return "the signature does not hold"
    return ""


if __name__ == "__main__":
    found = judge(Path(sys.argv[1]).read_text("utf-8").splitlines(), *sys.argv[2:3])
    sys.stdout.write((found or "the log holds") + "\n")
    sys.exit(1 if found else 0)
