"""Suite 1: AES-256-GCM, SHA-256, HMAC and HKDF over it, Argon2id."""

from __future__ import annotations

import hashlib
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.crypto.suite import KEY, Broken, Cost, argon2id


class International:
    """NIST SP 800-38D, FIPS 180-4, RFC 5869, RFC 9106."""

    name = "AES-256-GCM, SHA-256, Argon2id"

    def seal(self, key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
        return AESGCM(key).encrypt(nonce, plain, bound)

    def unseal(self, key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
        try:
            return AESGCM(key).decrypt(nonce, sealed, bound)
        except InvalidTag:
            raise Broken from None

    def digest(self, data: bytes) -> bytes:
        return hashlib.sha256(data).digest()

    def keyed_digest(self, key: bytes, data: bytes) -> bytes:
        return hmac.new(key, data, hashlib.sha256).digest()

    def derive(self, secret: bytes, salt: bytes, purpose: bytes) -> bytes:
        return HKDF(SHA256(), KEY, salt, purpose).derive(secret)

    def stretch(self, password: bytes, salt: bytes, cost: Cost) -> bytes:
        return argon2id(password, salt, cost)
