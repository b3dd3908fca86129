"""Suite 2: SM4-GCM and SM3 (GB/T 32907, GB/T 32905), HMAC and HKDF over SM3, Argon2id."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.hashes import SM3, Hash
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.crypto.suite import KEY, TAG, Broken, Cost, argon2id

_SM4_KEY = 16  # SM4 has 128-bit keys only


class ShangMi:
    """RFC 8998 has the mode and its vectors. A key of 32 bytes is cut to SM4's 16."""

    name = "SM4-GCM, SM3, Argon2id"

    def seal(self, key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
        cipher = Cipher(SM4(key[:_SM4_KEY]), modes.GCM(nonce)).encryptor()
        cipher.authenticate_additional_data(bound)
        return cipher.update(plain) + cipher.finalize() + cipher.tag

    def unseal(self, key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
        if len(sealed) < TAG:
            raise Broken
        cipher = Cipher(SM4(key[:_SM4_KEY]), modes.GCM(nonce, sealed[-TAG:])).decryptor()
        cipher.authenticate_additional_data(bound)
        try:
            return cipher.update(sealed[:-TAG]) + cipher.finalize()
        except InvalidTag:
            raise Broken from None

    def digest(self, data: bytes) -> bytes:
        state = Hash(SM3())
        state.update(data)
        return state.finalize()

    def keyed_digest(self, key: bytes, data: bytes) -> bytes:
        state = HMAC(key, SM3())
        state.update(data)
        return state.finalize()

    def derive(self, secret: bytes, salt: bytes, purpose: bytes) -> bytes:
        return HKDF(SM3(), KEY, salt, purpose).derive(secret)

    def stretch(self, password: bytes, salt: bytes, cost: Cost) -> bytes:
        return argon2id(password, salt, cost)
