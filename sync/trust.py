"""By what the centre is known again: configured authorities, or its own public key, pinned."""

from __future__ import annotations

import hashlib
import ssl
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def key_digest(certificate: bytes) -> str:
    """Return the SHA-256 hex of a DER certificate's public key (SubjectPublicKeyInfo): what a pin is."""
    key = x509.load_der_x509_certificate(certificate).public_key()
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def trust_context(authorities: str, pin: str) -> ssl.SSLContext | None:
    """Return what decides whether a certificate is the centre's; None for the system's authorities.

    `authorities` is PEM text, `pin` 64 hex digits, "" where not configured. A pin alone takes that key,
    whoever signed it and under whatever name: that is what it is for. A wrong one ends the handshake, before
    a byte of a request is written.
    """
    if not authorities and not pin:
        return None
    context = ssl.create_default_context(cadata=authorities or None)
    if pin:
        if not authorities:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        context.sslobject_class = _pinned(pin)
    return context


def _pinned(pin: str) -> type[ssl.SSLObject]:
    """Return the kind of connection that ends with the handshake unless the other side has this key.

    Checked here, not by the HTTP library: it shows a connection's certificate only with the first answer, and
    the facts would be gone by then.
    """

    class PinnedObject(ssl.SSLObject):
        def do_handshake(self) -> None:
            super().do_handshake()
            certificate: Any = self.getpeercert(binary_form=True)
            if not certificate or key_digest(certificate) != pin:
                raise ssl.SSLCertVerificationError("another key than the one that is pinned")

    return PinnedObject
