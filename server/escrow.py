"""Reading what a window left with its centre: a recovery key, sealed to the centre's own recovery key."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from registration.escrow import PURPOSE, Escrow


def open_escrow(private: X25519PrivateKey, escrow: Escrow, vault_id: str) -> bytes:
    """Return the recovery key's bytes. InvalidTag where it was sealed to another key or for another vault."""
    ephemeral = bytes.fromhex(escrow.ephemeral)
    shared = private.exchange(X25519PublicKey.from_public_bytes(ephemeral))
    salt = ephemeral + private.public_key().public_bytes_raw()
    key = HKDF(SHA256(), 32, salt, PURPOSE).derive(shared)
    return AESGCM(key).decrypt(bytes.fromhex(escrow.nonce), bytes.fromhex(escrow.sealed), vault_id.encode())
