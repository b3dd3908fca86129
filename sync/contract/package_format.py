"""A sealed package: the same facts and pages as the wire, for places where no network is allowed.

A package is one stream of records, sealed to the receiver, cut into parts that fit a disc. Each part can be
verified alone by whoever knows the maker's public key; nobody but the receiver can read any. docs/packages.md
has the form in full.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Literal

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import Field, ValidationError, field_validator

from sync.contract import Wire, b64, canonical, unb64

MAGIC = b"JILAIPKG\x01"
SUFFIX = ".jilai"
CHUNK = 1 << 20  # bytes of content per sealed chunk
OVERHEAD = 16  # a chunk's tag
SIGNATURE = 64
LEAST_PART = 64 << 10
_MAX_HEADER = 64 << 10
_MAX_PARTS = 9999
_READ = 1 << 20
_LENGTH = struct.Struct(">I")
_NONCE_PREFIX = 7  # and 4 bytes of counter, and 1 that says "last": the STREAM construction


class PackageError(Exception):
    """A package, or a part of one, that cannot be taken; `code` has words on both sides.

    package_damaged (bytes changed or cut), package_foreign (not a package, or of a newer form),
    package_unknown_maker (no key that verifies it), package_part_missing (`detail`: which),
    package_mixed (parts of different packages), package_not_for_us (sealed to another key).
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


class Header(Wire):
    """What each part says in clear: no person, no number of a case, no count of cases."""

    format: Literal[1] = 1
    kind: Literal["facts", "acknowledgement"]
    package: str = Field(pattern=r"^[0-9a-f]{32}$")
    answers: str = Field(default="", pattern=r"^([0-9a-f]{32})?$")  # the package that it acknowledges
    device_id: str = Field(max_length=100)  # of the window that made it, or that it is for
    device_code: str = Field(pattern=r"^[A-Z]{1,4}[0-9]{2}$")
    maker_key: str = Field(pattern=r"^[0-9a-f]{16}$")  # key id of the signature
    made_at: str = Field(max_length=40)  # ISO 8601 with offset, the maker's clock
    ephemeral: str  # b64 X25519 public key of this package alone
    reply_key: str = ""  # b64 X25519 public key that an acknowledgement is sealed to
    nonce: str  # b64 of 7 bytes
    size: int = Field(ge=OVERHEAD, lt=1 << 45)  # bytes of the sealed stream, of all parts
    parts: int = Field(ge=1, le=_MAX_PARTS)
    part: int = Field(ge=1, le=_MAX_PARTS)
    offset: int = Field(ge=0, lt=1 << 45)  # where this part's bytes belong in the stream
    length: int = Field(ge=1, lt=1 << 45)  # how many they are

    @field_validator("ephemeral", "reply_key")
    @classmethod
    def _key(cls, value: str) -> str:
        if value and len(unb64(value)) != 32:
            raise ValueError("not a key of 32 bytes")
        return value

    @field_validator("nonce")
    @classmethod
    def _prefix(cls, value: str) -> str:
        if len(unb64(value)) != _NONCE_PREFIX:
            raise ValueError("not a nonce prefix")
        return value

    @property
    def whole(self) -> dict[str, Any]:
        """Return what all parts of a package have in common."""
        return self.model_dump(exclude={"part", "offset", "length"})

    @property
    def file_name(self) -> str:
        """Return the name of this part's file: device, package and part, nothing of a person."""
        ack = "-ack" if self.kind == "acknowledgement" else ""
        return f"{self.device_code}-{self.package[:12]}{ack}.{self.part:03d}of{self.parts:03d}{SUFFIX}"


@dataclass(frozen=True)
class Part:
    """A part on a disk whose form is right; `body` is where its bytes begin. Not verified yet."""

    path: Path
    header: Header
    body: int


# -- sealing ----------------------------------------------------------------------------------------------


def sealed_size(content: int) -> int:
    """Return how many bytes `content` bytes are when sealed: a tag for each chunk, at least one chunk."""
    return content + OVERHEAD * max(-(-content // CHUNK), 1)


def stream_key(secret: X25519PrivateKey, other: bytes, ephemeral: bytes, receiver: bytes) -> bytes:
    """Return the 32-byte key that ephemeral and receiver's X25519 keys make. ValueError for a weak key."""
    shared = secret.exchange(X25519PublicKey.from_public_bytes(other))
    return HKDF(SHA256(), 32, ephemeral + receiver, b"jilai package v1").derive(shared)


def seal(key: bytes, header: Header, content: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the sealed chunks of a stream. Chunks of one key never repeat a nonce (counter and last mark)."""
    cipher, prefix, bound = AESGCM(key), unb64(header.nonce), _bound(header)
    counter, waiting = 0, bytearray()
    for piece in content:
        waiting += piece
        while len(waiting) > CHUNK:
            yield cipher.encrypt(_nonce(prefix, counter, False), bytes(waiting[:CHUNK]), bound)
            del waiting[:CHUNK]
            counter += 1
    yield cipher.encrypt(_nonce(prefix, counter, True), bytes(waiting), bound)


def unseal(key: bytes, header: Header, sealed: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the content, each chunk proved. PackageError package_not_for_us or package_damaged."""
    cipher, prefix, bound = AESGCM(key), unb64(header.nonce), _bound(header)
    counter, waiting = 0, bytearray()
    whole = CHUNK + OVERHEAD

    def opened(piece: bytes, last: bool) -> bytes:
        try:
            return cipher.decrypt(_nonce(prefix, counter, last), piece, bound)
        except InvalidTag:
            raise PackageError("package_damaged" if counter else "package_not_for_us") from None

    for piece in sealed:
        waiting += piece
        while len(waiting) > whole:
            yield opened(bytes(waiting[:whole]), False)
            del waiting[:whole]
            counter += 1
    yield opened(bytes(waiting), True)


def _nonce(prefix: bytes, counter: int, last: bool) -> bytes:
    return prefix + counter.to_bytes(4, "big") + bytes([last])


def _bound(header: Header) -> bytes:
    """Return what every chunk is bound to, so that no header stands before another's stream."""
    return hashlib.sha256(canonical(header.whole)).digest()


# -- parts --------------------------------------------------------------------------------------------------


def layout(size: int, part_bytes: int) -> list[tuple[int, int]]:
    """Return (offset, length) of each part so that no file exceeds `part_bytes`. ValueError: too small."""
    room = part_bytes - len(MAGIC) - _LENGTH.size - SIGNATURE - 4096  # a header is far smaller than 4 KiB
    if part_bytes < LEAST_PART:
        raise ValueError("a part has at least 64 KiB")
    cuts = [(offset, min(room, size - offset)) for offset in range(0, size, room)]
    if len(cuts) > _MAX_PARTS:
        raise ValueError("too many parts")
    return cuts


def prologue(header: Header) -> bytes:
    """Return what stands before a part's bytes."""
    body = canonical(header.model_dump())
    return MAGIC + _LENGTH.pack(len(body)) + body


def sign_part(key: Ed25519PrivateKey, digest: bytes) -> bytes:
    """Sign the SHA-256 of everything in a part before the signature."""
    return key.sign(b"jilai package part\0" + digest)


def read_part(path: Path) -> Part:
    """Read a part's header. PackageError package_foreign, or package_damaged where its length is wrong."""
    try:
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                raise PackageError("package_foreign", path.name)
            (length,) = _LENGTH.unpack(file.read(_LENGTH.size))
            if length > _MAX_HEADER:
                raise PackageError("package_damaged", path.name)
            header = Header.model_validate(json.loads(file.read(length)))
            body = file.tell()
            file.seek(0, 2)
            if file.tell() != body + header.length + SIGNATURE or header.part > header.parts:
                raise PackageError("package_damaged", path.name)
    except (OSError, struct.error, ValueError, ValidationError, RecursionError):
        raise PackageError("package_damaged", path.name) from None
    return Part(path, header, body)


def verify_part(part: Part, public_key: bytes) -> str:
    """Read a part whole and prove its signature; return its SHA-256 hex. PackageError package_damaged."""
    hashed = hashlib.sha256()
    try:
        with part.path.open("rb") as file:
            for piece in _pieces(file, part.body + part.header.length):
                hashed.update(piece)
            signature = file.read(SIGNATURE + 1)
        Ed25519PublicKey.from_public_bytes(public_key).verify(
            signature, b"jilai package part\0" + hashed.digest()
        )
    except (OSError, InvalidSignature, ValueError):
        raise PackageError("package_damaged", part.path.name) from None
    return hashed.hexdigest()


def together(parts: Iterable[Part]) -> list[Part]:
    """Return the parts of one package in order, each once.

    PackageError package_part_missing with the numbers that lack, package_mixed, package_damaged.
    """
    by_number = {part.header.part: part for part in parts}
    if not by_number:
        raise PackageError("package_part_missing", "1")
    first = next(iter(by_number.values())).header
    if any(part.header.whole != first.whole for part in by_number.values()):
        raise PackageError("package_mixed")
    lacking = [str(number) for number in range(1, first.parts + 1) if number not in by_number]
    if lacking:
        raise PackageError("package_part_missing", ", ".join(lacking[:20]))
    ordered = [by_number[number] for number in sorted(by_number)]
    at = 0
    for part in ordered:
        if part.header.offset != at:
            raise PackageError("package_damaged", part.path.name)
        at += part.header.length
    if at != first.size:
        raise PackageError("package_damaged")
    return ordered


def sealed_bytes(parts: Iterable[Part]) -> Iterator[bytes]:
    """Yield the sealed stream of parts in order. PackageError package_damaged where a file is cut."""
    for part in parts:
        try:
            with part.path.open("rb") as file:
                file.seek(part.body)
                yield from _pieces(file, part.header.length)
        except OSError:
            raise PackageError("package_damaged", part.path.name) from None


def _pieces(file: BinaryIO, length: int) -> Iterator[bytes]:
    left = length
    while left:
        piece = file.read(min(_READ, left))
        if not piece:
            raise PackageError("package_damaged")
        left -= len(piece)
        yield piece


# -- keys ---------------------------------------------------------------------------------------------------


def reply_secret(signing_key: Ed25519PrivateKey) -> X25519PrivateKey:
    """Return the device's key for answers: derived from its signing key, so that it outlives the package."""
    seed = HKDF(SHA256(), 32, None, b"jilai package reply v1").derive(signing_key.private_bytes_raw())
    return X25519PrivateKey.from_private_bytes(seed)


def public_of(secret: X25519PrivateKey) -> str:
    """Return a secret's public key as the header has it."""
    return b64(secret.public_key().public_bytes_raw())
