"""How this machine may use the road to the centre, and by what it knows the centre again."""

from __future__ import annotations

import base64
import re
import ssl
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from registration.errors import InputError

SLOWEST_LIMIT, FASTEST_LIMIT = 16, 1_000_000  # kbit/s


class LinkMode(StrEnum):
    """What may travel."""

    RUNNING = "running"
    FACTS_ONLY = "facts_only"  # no pages: facts, acknowledgements and news are a few kilobytes
    PAUSED = "paused"  # nothing at all, in neither direction


class MeteredRule(StrEnum):
    """Whether a link counts as one that is paid by volume; pages wait on it until a person allows them."""

    DETECT = "detect"  # as the system says
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True)
class LinkSettings:
    """`limit_kbit` is kbit/s up, 0 for no limit. `authorities` is PEM, "" for the system's.

    `pin` is the SHA-256 hex of the centre's public key (SubjectPublicKeyInfo), "" for none. With a pin alone
    that key is the centre, whoever signed its certificate; with authorities too, both have to hold.
    """

    mode: LinkMode = LinkMode.RUNNING
    limit_kbit: int = 0
    metered: MeteredRule = MeteredRule.DETECT
    proxy: str = ""
    authorities: str = ""
    pin: str = ""


def read_limit(typed: str) -> int:
    """Read a limit in kbit/s; nothing typed is 0, none. Raises InputError link_limit."""
    text = typed.strip()
    if not text:
        return 0
    if not text.isascii() or not text.isdigit() or not SLOWEST_LIMIT <= int(text) <= FASTEST_LIMIT:
        raise InputError("link_limit", field="limit", least=str(SLOWEST_LIMIT), most=str(FASTEST_LIMIT))
    return int(text)


def read_pin(typed: str) -> str:
    """Read a public key's SHA-256: hex with or without colons and spaces, or "sha256/" and base64.

    Return 64 lower-case hex digits, "" for nothing typed. Raises InputError centre_pin.
    """
    text = re.sub(r"[\s:]", "", typed)
    if not text:
        return ""
    if text.startswith("sha256/"):
        try:
            text = base64.b64decode(text.removeprefix("sha256/"), validate=True).hex()
        except ValueError:
            text = ""
    if re.fullmatch(r"[0-9a-fA-F]{64}", text) is None:
        raise InputError("centre_pin", field="pin")
    return text.lower()


def check_proxy(typed: str) -> str:
    """Return a proxy's address without spaces, "" for none. Raises InputError proxy_address."""
    text = typed.strip()
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        good = parts.scheme == "http" and bool(parts.hostname) and (parts.port or 0) > 0
    except ValueError:
        good = False
    if not good or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise InputError("proxy_address", field="proxy")
    return text.rstrip("/")


def check_authorities(pem: str) -> str:
    """Return the text of a PEM file if it holds certificates, "" for none. Raises InputError authorities."""
    text = pem.strip()
    if not text:
        return ""
    try:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cadata=text)
    except (ssl.SSLError, ValueError, UnicodeEncodeError):
        raise InputError("authorities", field="authorities") from None
    if "PRIVATE KEY" in text or not context.get_ca_certs(binary_form=True):
        raise InputError("authorities", field="authorities")
    return text + "\n"


_SCHEME, _PLACE = "jilai-enrol", "v1"


@dataclass(frozen=True)
class EnrolLink:
    """What an administrator hands to one machine, typed, scanned or shown to the camera."""

    centre_url: str
    code: str
    pin: str = ""

    def text(self) -> str:
        """Return it as a QR code carries it."""
        facts = {"centre": self.centre_url, "code": self.code} | ({"pin": self.pin} if self.pin else {})
        return f"{_SCHEME}://{_PLACE}?{urlencode(facts, quote_via=quote)}"


def read_enrol_link(text: str) -> EnrolLink | None:
    """Read what `EnrolLink.text` made; None where the text is something else or lacks address or code."""
    try:
        parts = urlsplit(text.strip())
        if (parts.scheme, parts.netloc) != (_SCHEME, _PLACE):
            return None
        facts = {name: values[0] for name, values in parse_qs(parts.query).items()}
        return EnrolLink(facts["centre"], facts["code"], read_pin(facts.get("pin", "")))
    except (KeyError, ValueError, InputError):
        return None
