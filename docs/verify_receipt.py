"""Verify a Jilai receipt without Jilai: python verify_receipt.py trust.json TOKEN-OR-SCANNED-ADDRESS

Needs Python 3.11 and the `cryptography` package, nothing else. trust.json lists the public keys of devices:
{key id: {"public_key": base64url of 32 bytes, "device_code": "A03", "status": "active" or "revoked"}}.
Prints what the token says and ends with 0 where it is genuine, with 1 where it is not.
"""

import base64
import binascii
import hashlib
import json
import sys
from datetime import datetime, timedelta, timezone

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

# A token is base32 without padding (RFC 4648) of these bytes, numbers big-endian:
#   0      version, 1
#   1      kind: 1 intake receipt, 2 acceptance certificate
#   2      print count; 255 stands for that many or more
#   3-7    seconds since 1970-01-01 UTC
#   8      offset from UTC in quarter hours, signed
#   9-16   key id: the first 8 bytes of SHA-256 of the public key
#   17-32  the first 16 bytes of the materials digest (SHA-256)
#   33     length of the receipt number
#   34-    the number, read as an integer to the base 37 with the digits below
#   last 64 bytes: Ed25519 signature over PURPOSE and everything before it
PURPOSE = b"jilai paper\0"
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-"
KINDS = {1: "intake receipt", 2: "acceptance certificate"}


class NotGenuineError(Exception):
    """The token proves nothing; the text says why."""


def decode(scanned: str) -> bytes:
    """Return the bytes of a token, bare or behind the # of an address; only its one spelling counts."""
    token = scanned.strip().rpartition("#")[2]
    try:
        raw = base64.b32decode(token + "=" * (-len(token) % 8))
    except (binascii.Error, ValueError):
        raise NotGenuineError("this is not a token") from None
    if base64.b32encode(raw).decode().rstrip("=") != token or len(raw) < 34 + 64 + 1:
        raise NotGenuineError("this is not a token")
    return raw


def receipt_number(packed: bytes, length: int) -> str:
    """Return the receipt number out of its integer."""
    if not 0 < length <= 40 or len(packed) != ((37**length - 1).bit_length() + 7) // 8:
        raise NotGenuineError("this is not a token")
    value, digits = int.from_bytes(packed, "big"), ""
    for _ in range(length):
        value, digit = divmod(value, 37)
        digits = DIGITS[digit] + digits
    if value:
        raise NotGenuineError("this is not a token")
    return digits


def verify(scanned: str, trust: dict[str, dict[str, str]]) -> dict[str, str]:
    """Return what a genuine token says. NotGenuineError where it is not, or its key is not trusted."""
    raw = decode(scanned)
    body, signature = raw[:-64], raw[-64:]
    version, kind, count = body[0], body[1], body[2]
    if version != 1 or kind not in KINDS:
        raise NotGenuineError("this is a token of another version")
    key_id = body[9:17].hex()
    entry = trust.get(key_id)
    if entry is None:
        raise NotGenuineError(f"the key {key_id} is not known")
    public = base64.urlsafe_b64decode(entry["public_key"] + "=" * (-len(entry["public_key"]) % 4))
    if hashlib.sha256(public).hexdigest()[:16] != key_id:
        raise NotGenuineError("the list of keys is damaged")
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, PURPOSE + body)
    except (InvalidSignature, ValueError):
        raise NotGenuineError("the signature is wrong: the token was altered or forged") from None
    if entry["status"] != "active":
        raise NotGenuineError(f"the key {key_id} has been revoked")
    offset = timezone(timedelta(minutes=15) * int.from_bytes(body[8:9], "big", signed=True))
    return {
        "kind": KINDS[kind],
        "number": receipt_number(body[34:], body[33]),
        "received": datetime.fromtimestamp(int.from_bytes(body[3:8], "big"), offset).isoformat(),
        "materials": body[17:33].hex(),
        "print": str(count),
        "device": entry["device_code"],
    }


if __name__ == "__main__":
    try:
        with open(sys.argv[1], encoding="utf-8") as file:  # noqa: PTH123
            for name, value in verify(sys.argv[2], json.load(file)).items():
                print(f"{name}: {value}")  # noqa: T201
    except (NotGenuineError, OSError, ValueError, IndexError) as problem:
        sys.exit(f"not genuine: {problem}")
