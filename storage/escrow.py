"""Sealing a recovery key to the centre: whoever holds the centre's private key can open this vault."""

from __future__ import annotations

import secrets

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from registration.escrow import PURPOSE, Escrow


def entrust(secret: bytes, centre_key: bytes, vault_id: str) -> Escrow:
    """Seal a recovery key for the centre. ValueError where `centre_key` is no X25519 key of 32 bytes.

    The same for every suite: the centre's key is X25519 (docs/decisions, "Suites of ciphers").
    """
    ephemeral = X25519PrivateKey.generate()
    public = ephemeral.public_key().public_bytes_raw()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(centre_key))
    key = HKDF(SHA256(), 32, public + centre_key, PURPOSE).derive(shared)
    nonce = secrets.token_bytes(12)
    sealed = AESGCM(key).encrypt(nonce, secret, vault_id.encode())
    return Escrow(centre_key.hex(), public.hex(), nonce.hex(), sealed.hex())
