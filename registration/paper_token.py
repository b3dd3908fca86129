"""The layout of the token in a receipt's QR code, for those who sign it and those who check it."""

from __future__ import annotations

import base64
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import IntEnum

from registration.errors import InputError
from registration.receipt import Receipt

# Layout, version 1, big-endian, then RFC 4648 base32 without padding (upper case: alphanumeric in a QR code):
#   version u8 | kind u8 | print count u8 | seconds since 1970 u40 | offset from UTC in quarter hours i8
#   | key id 8 bytes | first 16 bytes of the materials digest | length u8 and number as a base-37 integer
#   | Ed25519 signature, 64 bytes, over PURPOSE and everything before it
VERSION = 1
PURPOSE = b"jilai paper\0"
_HEAD = struct.Struct(">BBB5sb8s16sB")
SIGNATURE = 64
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-"
_LONGEST_NUMBER = 40


class Kind(IntEnum):
    """Which paper the token is printed on."""

    INTAKE_RECEIPT = 1
    ACCEPTANCE_CERTIFICATE = 2


@dataclass(frozen=True)
class TokenFacts:
    """What a verified token says. Nothing in it is personal data."""

    kind: Kind
    number: str
    received_at: datetime  # aware, whole seconds
    digest_start: str  # first 32 hex characters of the materials digest
    print_count: int
    key_id: str
    device_code: str

    def speaks_of(self, receipt: Receipt) -> bool:
        """Say whether these are that receipt's number and materials."""
        return self.number == receipt.number and receipt.materials_digest.startswith(self.digest_start)


@dataclass(frozen=True)
class PackedToken:
    """A token taken apart, nothing proved: what it says, the bytes that were signed, the signature."""

    facts: TokenFacts
    signed: bytes  # PURPOSE and the token's body
    signature: bytes


def pack(receipt: Receipt, key_id: str, kind: Kind, print_count: int) -> bytes:
    """Return the body of a token, to be signed behind PURPOSE. ValueError where it cannot be packed.

    `key_id` as 16 hex characters; `print_count` from 1, 255 stands for that many or more.
    """
    offset = receipt.received_at.utcoffset()
    if offset is None:
        raise ValueError("received_at has no offset")
    number = _pack_number(receipt.number)
    return (
        _HEAD.pack(
            VERSION,
            kind,
            min(print_count, 255),
            int(receipt.received_at.timestamp()).to_bytes(5, "big"),
            round(offset / timedelta(minutes=15)),
            bytes.fromhex(key_id),
            bytes.fromhex(receipt.materials_digest)[:16],
            len(receipt.number),
        )
        + number
    )


def seal(body: bytes, signature: bytes) -> str:
    """Return the token's one spelling."""
    return base64.b32encode(body + signature).rstrip(b"=").decode("ascii")


def unpack(text: str) -> PackedToken:
    """Take a scanned token apart, bare or as the fragment of an address. Raises InputError token_malformed.

    Only the one canonical spelling of a token is accepted. `facts.device_code` is "": a key's owner is known
    by whoever trusts it.
    """
    raw = _decode(text.strip().rpartition("#")[2])
    body, signature = raw[:-SIGNATURE], raw[-SIGNATURE:]
    try:
        version, kind, count, seconds, quarters, name, digest, length = _HEAD.unpack_from(body)
        number = _unpack_number(body[_HEAD.size :], length)
        zone = timezone(timedelta(minutes=15) * quarters)
        facts = TokenFacts(
            kind=Kind(kind),
            number=number,
            received_at=datetime.fromtimestamp(int.from_bytes(seconds, "big"), UTC).astimezone(zone),
            digest_start=digest.hex(),
            print_count=count,
            key_id=name.hex(),
            device_code="",
        )
    except (struct.error, ValueError, OverflowError, OSError):
        raise InputError("token_malformed") from None
    if version != VERSION:
        raise InputError("token_malformed")
    return PackedToken(facts, PURPOSE + body, signature)


def _decode(token: str) -> bytes:
    try:
        raw = base64.b32decode(token + "=" * (-len(token) % 8))
    except ValueError:
        raise InputError("token_malformed") from None
    # Unused bits of the last character would otherwise give one token several spellings.
    if base64.b32encode(raw).rstrip(b"=").decode("ascii") != token or len(raw) <= _HEAD.size + SIGNATURE:
        raise InputError("token_malformed")
    return raw


def _size(length: int) -> int:
    """Return the bytes that hold any number text of `length` characters."""
    largest: int = 37**length - 1
    return (largest.bit_length() + 7) // 8


def _pack_number(number: str) -> bytes:
    if not 0 < len(number) <= _LONGEST_NUMBER:
        raise ValueError("a receipt number has 1 to 40 characters")
    value = 0
    for char in number:
        value = value * 37 + _DIGITS.index(char)
    return value.to_bytes(_size(len(number)), "big")


def _unpack_number(packed: bytes, length: int) -> str:
    if not 0 < length <= _LONGEST_NUMBER or len(packed) != _size(length):
        raise ValueError("number does not fit its length")
    value = int.from_bytes(packed, "big")
    chars = []
    for _ in range(length):
        value, digit = divmod(value, 37)
        chars.append(_DIGITS[digit])
    if value:
        raise ValueError("number does not fit its length")
    return "".join(reversed(chars))
