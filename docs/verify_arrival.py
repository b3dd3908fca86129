"""Verify a certificate of arrival without Jilai: python verify_arrival.py CENTRE-KEY TOKEN

Needs Python 3.11 and the `cryptography` package, nothing else. CENTRE-KEY is the public key, base64url
of 32 bytes, as GET /v1/health gives it (server_key); TOKEN is what the code on the paper says. Prints what
the centre swore and ends with 0 where it is genuine, with 1 where it is not.
"""

import base64
import binascii
import json
import sys
from datetime import datetime, timezone

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

# A token is base32 without padding of canonical JSON (sorted keys, no spaces, UTF-8) and 64 bytes of an
# Ed25519 signature over PURPOSE and that JSON.
PURPOSE = b"arrival\0"


class NotGenuineError(Exception):
    """The token proves nothing; the text says why."""


def verify(key: str, token: str) -> dict[str, object]:
    """Return what the centre swore. NotGenuineError where it did not."""
    text = token.strip()
    try:
        raw = base64.b32decode(text + "=" * (-len(text) % 8))
        public = Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)))
    except (binascii.Error, ValueError):
        raise NotGenuineError("this is not a token, or not a key") from None
    said, signature = raw[:-64], raw[-64:]
    try:
        public.verify(signature, PURPOSE + said)
        statement = json.loads(said)
    except (InvalidSignature, ValueError):
        raise NotGenuineError("the signature is wrong: altered, forged, or of another centre") from None
    if not isinstance(statement, dict):
        raise NotGenuineError("this is not a certificate of arrival")
    return statement


if __name__ == "__main__":
    try:
        for name, value in verify(sys.argv[1], sys.argv[2]).items():
            moment = name == "server_time"
            said = datetime.fromtimestamp(float(str(value)), timezone.utc) if moment else value  # noqa: UP017
            print(f"{name}: {said}")  # noqa: T201
    except (NotGenuineError, IndexError) as problem:
        sys.exit(f"not genuine: {problem}")
