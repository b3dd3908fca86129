"""A backup of the whole centre, and a centre put back to one: database, keys and pages, as of one moment."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

from sqlalchemy import URL, Connection, Engine, select, text

from server.config import Clock, Settings
from server.embedded import binaries
from server.errors import RefusedError
from server.running import database, locked, write_whole
from server.sealing import seal, unseal
from server.store import lives, schema
from server.store.database import migrate, open_engine, transaction
from server.store.page_files import PageFiles, digest_of, sync_folder
from sync.contract import Digest

# What was answered just before a backup may be committed just after it: no request runs longer than this.
_MARGIN = timedelta(minutes=5)
_FACTS, _KEYS, _PAGES, _TELLS = "facts.sealed", "keys.sealed", "pages.txt", "backup.json"
_SCHEMA = text("SELECT current_schema()")
_PARAMETERS = {
    "host": "PGHOST", "port": "PGPORT", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY", "options": "PGOPTIONS",
}  # fmt: skip


@dataclass(frozen=True)
class Backup:
    """One backup. `taken_at` is the moment that windows are asked to send again from; sizes in bytes."""

    name: str
    taken_at: str  # ISO 8601
    epoch: str
    server_key: str
    schema: str  # the PostgreSQL schema that the centre lives in
    facts_size: int
    facts_digest: Digest
    pages: int
    pages_copied: int  # not there yet from an earlier backup in the same folder
    pages_kept_elsewhere: bool  # in an object store, which has copies of its own


@dataclass(frozen=True)
class Restored:
    """What came back."""

    name: str
    restored_to: str
    epoch: str
    applications: int
    pages: int
    pages_missing: int  # windows will be asked for them


def take(connection: Connection, settings: Settings, server_key: str, out: Path, passphrase: str) -> Backup:
    """Write a backup below `out` beside a running centre; pages that an earlier one brought stay as they are.

    It counts once its backup.json is there, which is written last. Raises RefusedError backup_failed.
    """
    connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
    moment: datetime = connection.execute(text("SELECT now()")).scalar_one()
    snapshot: str = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
    life = lives.current(connection)
    name = f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"  # whatever zone the database speaks in
    folder = out / name
    folder.mkdir(parents=True, mode=0o700)
    of_schema: str = connection.execute(_SCHEMA).scalar_one()
    _dump(connection.engine.url, snapshot, of_schema, folder / _FACTS, passphrase)
    keys = json.dumps({file.name: file.read_bytes().hex() for file in settings.keys_dir.glob("*.key")})
    with _durable(folder / _KEYS) as target:
        seal(io.BytesIO(keys.encode("ascii")), target, passphrase)
    table = schema.page_files.c
    held = connection.execute(select(table.digest, table.size).order_by(table.digest)).all()
    with _durable(folder / _PAGES) as target:
        target.write("".join(f"{row.digest} {row.size}\n" for row in held).encode("ascii"))
    elsewhere = settings.pages_url is not None
    copied = 0 if elsewhere else _copy_pages(PageFiles(settings.pages_dir), out, [row.digest for row in held])
    made = Backup(
        name=name,
        taken_at=(moment - _MARGIN).isoformat(),
        epoch=life.epoch,
        server_key=server_key,
        schema=of_schema,
        facts_size=(folder / _FACTS).stat().st_size,
        facts_digest=digest_of(folder / _FACTS),
        pages=len(held),
        pages_copied=copied,
        pages_kept_elsewhere=elsewhere,
    )
    write_whole(folder / _TELLS, json.dumps(asdict(made), indent=1))
    sync_folder(folder)
    sync_folder(out)
    return made


def restore(settings: Settings, source: Path, name: str | None, passphrase: str, clock: Clock) -> Restored:
    """Put an empty data directory and an empty database back to a backup, and begin another life.

    Cut short at any point, it is begun again by the same call; until it has ended the centre does not start.
    Raises RefusedError: backup_missing, backup_unreadable, restore_not_empty, restore_foreign,
    restore_elsewhere, backup_failed.
    """
    backup = _find(source, name)
    folder = source / backup.name
    wanted = _listed(folder / _PAGES)
    with (folder / _KEYS).open("rb") as sealed:
        keys = {n: bytes.fromhex(v) for n, v in json.loads(b"".join(unseal(sealed, passphrase))).items()}
    if digest_of(folder / _FACTS) != backup.facts_digest:
        raise RefusedError(400, "backup_unreadable")
    with locked(settings, patience=2.0), database(settings) as cluster:
        _put_keys(settings, keys)
        cluster.wait_ready()
        engine = open_engine(cluster.url, connections=2)
        try:
            _make_room(engine, backup.schema, again=settings.restoring_file.exists())
            write_whole(settings.restoring_file, backup.name)
            sync_folder(settings.data_dir)
            missing = 0 if settings.pages_url else _bring_pages(PageFiles(settings.pages_dir), source, wanted)
            _load(engine.url, backup.schema, folder / _FACTS, passphrase)
            migrate(engine)
            with transaction(engine) as connection:
                life = lives.begin(connection, clock(), datetime.fromisoformat(backup.taken_at))
                count = connection.execute(text("SELECT count(*) FROM applications")).scalar_one()
            settings.restoring_file.unlink()
            sync_folder(settings.data_dir)
        finally:
            engine.dispose()
    assert life.resend_after is not None
    return Restored(backup.name, life.resend_after.isoformat(), life.epoch, int(count), len(wanted), missing)


def _find(source: Path, name: str | None) -> Backup:
    names = sorted(path.parent.name for path in source.glob(f"*/{_TELLS}"))
    if not names or (name is not None and name not in names):
        raise RefusedError(404, "backup_missing")
    chosen = name or names[-1]
    try:
        told = json.loads((source / chosen / _TELLS).read_text("utf-8"))
        backup = Backup(**{**told, "name": chosen})  # its folder may have been renamed
    except (OSError, ValueError, TypeError):
        raise RefusedError(400, "backup_unreadable") from None
    if not all((source / chosen / part).is_file() for part in (_FACTS, _KEYS, _PAGES)):
        raise RefusedError(400, "backup_unreadable")
    return backup


def _listed(path: Path) -> list[Digest]:
    """Return the digests of a page list, which is not sealed: what is none must not become a path."""
    wanted = [line.partition(" ")[0] for line in path.read_text("ascii", "replace").splitlines()]
    if not all(re.fullmatch("[0-9a-f]{64}", digest) for digest in wanted):
        raise RefusedError(400, "backup_unreadable")
    return wanted


def _put_keys(settings: Settings, keys: dict[str, bytes]) -> None:
    settings.keys_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, key in keys.items():
        path = settings.keys_dir / name
        if path.exists() and path.read_bytes() != key:
            raise RefusedError(409, "restore_foreign")
    for name, key in keys.items():
        with _durable(settings.keys_dir / name) as target:
            target.write(key)
    sync_folder(settings.keys_dir)


def _make_room(engine: Engine, wanted: str, *, again: bool) -> None:
    """Refuse a schema that holds anything, unless it is what a restore that was cut short left there."""
    with transaction(engine) as connection:
        schema_name = connection.execute(_SCHEMA).scalar_one()
        if schema_name != wanted:
            raise RefusedError(409, "restore_elsewhere")
        tables = connection.execute(
            text("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()")
        ).scalar_one()
        if tables and not again:
            raise RefusedError(409, "restore_not_empty")
        if tables:
            name = connection.engine.dialect.identifier_preparer.quote(schema_name)
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
            connection.execute(text(f"CREATE SCHEMA {name}"))


def _dump(url: URL, snapshot: str, schema_name: str, path: Path, passphrase: str) -> None:
    words = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    words.append(f"--schema={schema_name}")
    with _durable(path) as target, _program("pg_dump", words, url, stdout=subprocess.PIPE) as dump:
        assert dump.stdout is not None
        seal(dump.stdout, target, passphrase)
        if dump.wait():
            raise RefusedError(500, "backup_failed")


def _load(url: URL, schema_name: str, path: Path, passphrase: str) -> None:
    words = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    words += [f"--dbname={url.database}", f"--schema={schema_name}"]
    with path.open("rb") as sealed, _program("pg_restore", words, url, stdin=subprocess.PIPE) as load:
        assert load.stdin is not None
        try:
            for piece in unseal(sealed, passphrase):
                load.stdin.write(piece)
            load.stdin.close()
        except BrokenPipeError:
            raise RefusedError(500, "backup_failed") from None
        if load.wait():
            raise RefusedError(500, "backup_failed")


def _program(name: str, words: list[str], url: URL, **pipes: Any) -> subprocess.Popen[bytes]:
    """Start a program of PostgreSQL; who it connects as goes by its environment, which nobody else reads."""
    given = {"host": url.host, "port": url.port, **url.query}
    environment = {
        _PARAMETERS[key]: str(value) for key, value in given.items() if key in _PARAMETERS and value
    }
    for variable, value in (
        ("PGUSER", url.username),
        ("PGPASSWORD", url.password),
        ("PGDATABASE", url.database),
    ):
        if value:
            environment[variable] = str(value)
    return subprocess.Popen(
        [str(binaries() / name), "--no-password", *words], env=os.environ | environment, **pipes
    )


def _copy_pages(pages: PageFiles, out: Path, digests: list[Digest]) -> int:
    """Copy what the backup folder lacks, proving each; a damaged page at the centre is left out and shows."""
    copied = 0
    for digest in digests:
        target = out / "pages" / digest[:2] / digest
        if not target.exists() and _copy(pages.path(digest), target, digest):
            copied += 1
    return copied


def _bring_pages(pages: PageFiles, source: Path, digests: list[Digest]) -> int:
    """Bring back what this disk has not kept; return how many the backup lacks too."""
    missing = 0
    for digest in digests:
        target = pages.path(digest)
        if not target.exists() and not _copy(source / "pages" / digest[:2] / digest, target, digest):
            missing += 1
    return missing


def _copy(source: Path, target: Path, digest: Digest) -> bool:
    """Copy one page durably; False where it is not there or is not what its name promises."""
    draft = target.with_suffix(".new")
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    hashed = hashlib.sha256()
    try:
        with source.open("rb") as page, _durable(draft) as copy:
            while part := page.read(1 << 20):
                hashed.update(part)
                copy.write(part)
    except FileNotFoundError:
        return False
    if hashed.hexdigest() != digest:
        draft.unlink()
        return False
    draft.rename(target)
    sync_folder(target.parent)
    return True


@contextmanager
def _durable(path: Path) -> Iterator[IO[bytes]]:
    """Open a new file for its owner alone; it is on the disk when the block ends."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
