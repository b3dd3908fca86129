"""The signed token in a receipt's QR code: what a window can prove about a paper without a network."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from registration.errors import InputError
from registration.paper_token import PURPOSE, Kind, TokenFacts, pack, seal, unpack
from registration.receipt import Receipt

__all__ = ["Kind", "TokenFacts", "TrustedKey", "key_id", "sign_receipt", "verify"]


@dataclass(frozen=True)
class TrustedKey:
    """A device's public key as the feed brought it: 32 raw bytes; `status` "active" or "revoked"."""

    public_key: bytes
    device_code: str
    status: str


def key_id(public_key: bytes) -> str:
    """Return the short name of a public key (32 raw bytes): the first 8 bytes of its SHA-256, in hex."""
    return hashlib.sha256(public_key).hexdigest()[:16]


def sign_receipt(
    receipt: Receipt,
    key: Ed25519PrivateKey,
    *,
    print_count: int = 1,
    kind: Kind = Kind.INTAKE_RECEIPT,
) -> str:
    """Return the token of a receipt: about 180 characters A-Z and 2-7.

    `print_count` from 1; 255 stands for that many or more. ValueError if the number or digest cannot be
    packed.
    """
    body = pack(receipt, key_id(key.public_key().public_bytes_raw()), kind, print_count)
    return seal(body, key.sign(PURPOSE + body))


def verify(text: str, trust: Mapping[str, TrustedKey]) -> TokenFacts:
    """Check a scanned token, bare or as the fragment of an address, against the keys this window trusts.

    `trust` maps key ids to keys. Raises InputError code token_malformed, token_unknown_key,
    token_revoked or token_forged. Only the one canonical spelling of a token is accepted.
    """
    token = unpack(text)
    trusted = trust.get(token.facts.key_id)
    if trusted is None or key_id(trusted.public_key) != token.facts.key_id:
        raise InputError("token_unknown_key")
    try:
        Ed25519PublicKey.from_public_bytes(trusted.public_key).verify(token.signature, token.signed)
    except (InvalidSignature, ValueError):
        raise InputError("token_forged") from None
    if trusted.status != "active":
        raise InputError("token_revoked")
    return replace(token.facts, device_code=trusted.device_code)
