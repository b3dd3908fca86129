"""Taking in a sealed package and answering it: the same facts and pages as the wire, once only."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import Connection

from server.errors import RefusedError
from server.keys import CentreKeys
from server.store import acknowledgements, audit, feed, packages
from server.store.devices import Caller, find_caller
from server.store.page_files import PageStore, Part
from server.store.submissions import apply_batch
from server.words import words_for
from sync.contract import Digest, Event, FeedItem, Outcome, b64, key_id, unb64
from sync.contract import package_format as form
from sync.contract import package_records as records
from sync.contract.package_format import Header, PackageError
from sync.contract.package_records import Answer, Opening

_BATCH = 200
_FEED_PAGES = 500  # a window that was away for years reads the rest by the next answer, or by the wire


@dataclass(frozen=True)
class Imported:
    """What an import did. `answer` is what the acknowledgement package says."""

    package: str
    device_code: str
    new: bool  # False: the same package was imported before
    events: dict[str, int]  # outcome -> how many
    pages: int
    refused_pages: int
    acknowledged: int
    header: Header
    answer: Answer


def take_in(
    connection: Connection,
    now: datetime,
    keys: CentreKeys,
    files: PageStore,
    paths: Sequence[Path],
    actor: str,
) -> Imported:
    """Verify, open and apply a package in the caller's transaction; nothing of it counts unless all does.

    `paths` are its parts in any order. Page bytes are on the disk, synced, before the transaction can end.
    Raises RefusedError: package_damaged, package_foreign, package_part_missing, package_mixed,
    package_unknown_maker, package_not_for_us, package_id_reused, disk_full.
    """
    try:
        parts = form.together(form.read_part(path) for path in paths)
        header = parts[0].header
        if header.kind != "facts":
            raise PackageError("package_foreign", parts[0].path.name)
        device = packages.maker(connection, now, header.device_id)
        if key_id(device.public_key) != header.maker_key:
            raise RefusedError(403, "package_unknown_maker")
        digests = "".join(form.verify_part(part, device.public_key) for part in parts)
        proved = hashlib.sha256(digests.encode()).hexdigest()
        new = packages.note(connection, now, header.package, device.id, proved, len(parts), actor)
        own = keys.recovery.public_key().public_bytes_raw()
        ephemeral = unb64(header.ephemeral)
        key = form.stream_key(keys.recovery, ephemeral, ephemeral, own)
        content = records.records(form.unseal(key, header, form.sealed_bytes(parts)))
        taking = _Taking(connection, now, keys, files, header)
        taking.take(content)
    except PackageError as error:
        zh, en = words_for(error.code)
        raise RefusedError(
            400, error.code, zh=zh.format(detail=error.detail), en=en.format(detail=error.detail)
        ) from None
    answer = taking.answer()
    counts: dict[str, int] = {}
    for outcome in taking.outcomes:
        counts[outcome.result] = counts.get(outcome.result, 0) + 1
    details = {"device": device.code, "new": new, "events": counts, "pages": taking.pages}
    audit.append(connection, now, actor, "package_imported", header.package, details)
    return Imported(
        header.package,
        device.code,
        new,
        counts,
        taking.pages,
        len(taking.refused),
        len(answer.acknowledgements),
        header,
        answer,
    )


class _Taking:
    """One package on its way in: events in batches, then pages, each counted only when proved."""

    def __init__(
        self, connection: Connection, now: datetime, keys: CentreKeys, files: PageStore, header: Header
    ) -> None:
        self._connection, self._now, self._keys, self._files = connection, now, keys, files
        self._header = header
        self._caller: Caller | None = None
        self._opening: Opening | None = None
        self._waiting: list[Event] = []
        self.outcomes: list[Outcome] = []
        self._applications: dict[str, None] = {}
        self.pages = 0
        self.refused: list[Digest] = []

    def take(self, content: Iterable[records.Record]) -> None:
        for record in content:
            if self._opening is None:
                self._open(record)
            elif record.kind == "event":
                self._waiting.append(record.value)
                if len(self._waiting) == _BATCH:
                    self._apply()
            elif record.kind == "page":
                self._apply()
                self._page(record.value, record.size, record.pieces)
            elif record.kind == "end":
                self._apply()
            else:
                raise PackageError("package_damaged")

    def answer(self) -> Answer:
        """Return everything that the window has to know: outcomes, what is held, what lacks, the news."""
        assert self._caller is not None and self._opening is not None
        device = self._caller.device
        own = acknowledgements.of_device(self._connection, device.id, list(self._applications))
        acknowledgements.acknowledge_whole(self._connection, self._now, self._keys.signing, own)
        sites = None if device.sites is None else list(device.sites)
        items: list[FeedItem] = []
        cursor, more = self._opening.cursor, not device.revoked
        for _ in range(_FEED_PAGES):
            if not more:
                break
            page, cursor, more = feed.page(self._connection, device.id, sites, cursor)
            items += page
        return Answer(
            outcomes=self.outcomes,
            acknowledgements=acknowledgements.current(self._connection, own),
            missing=acknowledgements.missing(self._connection, own),
            items=items,
            cursor=cursor,
            server_time=self._now.timestamp(),
            refused_pages=self.refused,
        )

    def _open(self, record: records.Record) -> None:
        if not isinstance(record.value, Opening):
            raise PackageError("package_damaged")
        self._opening = record.value
        self._caller = find_caller(
            self._connection, self._now, self._header.device_id, record.value.operator_id
        )
        if self._caller is None:
            raise RefusedError(404, "package_unknown_maker")

    def _apply(self) -> None:
        if not self._waiting or self._caller is None:
            return
        self.outcomes += apply_batch(self._connection, self._now, self._caller, self._waiting)
        self._applications |= dict.fromkeys(event.application_id for event in self._waiting)
        self._waiting = []

    def _page(self, digest: Digest, size: int, pieces: Iterable[bytes]) -> None:
        """Keep a page that one of this device's events named; any other is passed over and told."""
        assert self._caller is not None
        of_page = (self._caller.device.id, digest)
        named = acknowledgements.announced(self._connection, [of_page]).get(of_page)
        if named is None or named.size != size:
            self.refused.append(digest)
            return
        if not self._files.has(digest, size) or not self._files.verify(digest):
            self._files.begin(digest)
            try:
                with self._files.writing(digest) as part:
                    self._receive(part, digest, pieces)
                self._files.finish(digest)
            except OSError:
                raise RefusedError(507, "disk_full") from None
        acknowledgements.pages_held(self._connection, self._now, self._keys.signing, [named])
        self.pages += 1

    @staticmethod
    def _receive(part: Part, digest: Digest, pieces: Iterable[bytes]) -> None:
        part.cut(0)
        for piece in pieces:
            part.append(piece)
        part.sync()
        if part.digest() != digest:
            part.cut(0)
            raise PackageError("package_damaged")


def write_answer(
    keys: CentreKeys, now: datetime, imported: Imported, folder: Path, *, part_bytes: int
) -> list[Path]:
    """Write the acknowledgement package, sealed to the window's own key and signed by the centre.

    Returns its files. Each is written beside, synchronised and renamed; OSError as it comes.
    """
    body = records.text_record(b"A", imported.answer) + records.END
    ephemeral = X25519PrivateKey.generate()
    public, receiver = ephemeral.public_key().public_bytes_raw(), unb64(imported.header.reply_key)
    size = form.sealed_size(len(body))
    cuts = form.layout(size, part_bytes)
    whole = Header(
        kind="acknowledgement",
        package=secrets.token_hex(16),
        answers=imported.package,
        device_id=imported.header.device_id,
        device_code=imported.device_code,
        maker_key=key_id(keys.signing.public_key().public_bytes_raw()),
        made_at=now.isoformat(timespec="seconds"),
        ephemeral=b64(public),
        reply_key=imported.header.reply_key,
        nonce=b64(secrets.token_bytes(7)),
        size=size,
        parts=len(cuts),
        part=1,
        offset=0,
        length=cuts[0][1],
    )
    stream = form.seal(form.stream_key(ephemeral, receiver, public, receiver), whole, [body])
    waiting, written = b"", []
    for number, (offset, length) in enumerate(cuts, start=1):
        header = whole.model_copy(update={"part": number, "offset": offset, "length": length})
        while len(waiting) < length:
            waiting += next(stream)
        piece, waiting = waiting[:length], waiting[length:]
        written.append(folder / header.file_name)
        _write(written[-1], _signed(keys, form.prologue(header) + piece))
    return written


def _signed(keys: CentreKeys, part: bytes) -> Iterator[bytes]:
    yield part
    yield form.sign_part(keys.signing, hashlib.sha256(part).digest())


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    beside = path.with_name(f".{path.name}.tmp")
    with beside.open("wb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
