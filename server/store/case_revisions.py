"""What has changed between two revisions of a case: facts by their place, pages by their digest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from server.errors import RefusedError
from server.store import schema

_NOT_SHOWN = frozenset({"revision", "updated_at", "pack_versions", "pages", "receipt", "signatures"})


@dataclass(frozen=True)
class Change:
    """One fact that differs; `path` as parties.0.phone. "" where a revision has none."""

    path: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """From one revision to the next: facts, and pages (rows of `pages`) that came, went or were replaced."""

    before: int
    after: int
    facts: tuple[Change, ...]
    came: tuple[dict[str, Any], ...]
    went: tuple[dict[str, Any], ...]


def revisions_of(connection: Connection, application_id: str) -> list[int]:
    """Return the numbers of a case's revisions that the centre has, oldest first."""
    table = schema.revisions.c
    return list(
        connection.execute(
            select(table.revision).where(table.application_id == application_id).order_by(table.revision)
        ).scalars()
    )


def difference(connection: Connection, application_id: str, before: int, after: int) -> Difference:
    """Return what differs. Raises RefusedError unknown_application where a revision is not known."""
    table = schema.revisions.c
    facts = {
        row.revision: row.facts
        for row in connection.execute(
            select(table.revision, table.facts).where(
                table.application_id == application_id, table.revision.in_([before, after])
            )
        )
    }
    if {before, after} - set(facts):
        raise RefusedError(404, "unknown_application")
    one, two = dict(_flat(facts[before])), dict(_flat(facts[after]))
    changed = tuple(
        Change(path, one.get(path, ""), two.get(path, ""))
        for path in sorted(one.keys() | two.keys())
        if one.get(path, "") != two.get(path, "")
    )
    old, new = _pages(connection, application_id, before), _pages(connection, application_id, after)
    return Difference(
        before,
        after,
        changed,
        came=tuple(page for key, page in new.items() if key not in old),
        went=tuple(page for key, page in old.items() if key not in new),
    )


def has_page(connection: Connection, application_id: str, digest: str) -> bool:
    """Say whether any revision of the case has this page, and the centre holds it."""
    pages = schema.pages.c
    return (
        connection.execute(
            select(pages.digest)
            .select_from(schema.pages.join(schema.page_files, schema.page_files.c.digest == pages.digest))
            .where(pages.application_id == application_id, pages.digest == digest)
            .limit(1)
        ).scalar()
        is not None
    )


def _pages(
    connection: Connection, application_id: str, revision: int
) -> dict[tuple[str, str], dict[str, Any]]:
    pages = schema.pages
    found = connection.execute(
        select(pages, schema.page_files.c.digest.is_not(None).label("held"))
        .select_from(pages.outerjoin(schema.page_files, schema.page_files.c.digest == pages.c.digest))
        .where(pages.c.application_id == application_id, pages.c.revision == revision)
        .order_by(pages.c.item_code, pages.c.ordinal)
    )
    return {(row.item_code, row.digest): dict(row._mapping) for row in found}


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if path or key not in _NOT_SHOWN:
                yield from _flat(inner, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _flat(inner, f"{path}.{at}")
    elif value not in (None, "", False):
        yield path, str(value)
