"""What a window leaves for its centre in its vault: a recovery key that only the centre can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

PURPOSE = b"jilai escrow v1"
"""What the key is derived for: HKDF-SHA-256 of the X25519 secret, salted with both public keys."""


@dataclass(frozen=True)
class Escrow:
    """A recovery key of SECRET_BYTES sealed with AES-256-GCM for a centre's X25519 key; all hex.

    The vault's id is authenticated beside it, so that one vault's escrow cannot stand in for another's.
    """

    centre_key: str  # 32 bytes: the public key that it was sealed to
    ephemeral: str  # 32 bytes: the public key made for it alone
    nonce: str  # 12 bytes
    sealed: str  # the secret and a tag of 16 bytes

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def read_escrow(value: Mapping[str, Any]) -> Escrow:
    """Return the escrow of a vault.json. ValueError where it has another form."""
    try:
        found = Escrow(**{name: str(value[name]) for name in ("centre_key", "ephemeral", "nonce", "sealed")})
        sizes = [len(bytes.fromhex(text)) for text in found.as_json().values()]
    except (KeyError, TypeError) as error:
        raise ValueError("not an escrow") from error
    if sizes[:3] != [32, 32, 12]:
        raise ValueError("not an escrow")
    return found
