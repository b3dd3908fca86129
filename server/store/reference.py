"""Reference data at the centre: packs by version, compounds and their building tables."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from importlib import resources
from typing import Any

from sqlalchemy import Connection, exists, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from registration.checklist import Checklist, checklist_from_pack
from registration.compound_file import CompoundFile, file_from_json, file_to_json
from registration.errors import InputError
from registration.pack_check import check_pack
from registration.property_unit import Compound, Household, ProjectRegistration
from server.errors import RefusedError
from server.store import feed, schema
from server.store.schema_people import pack_rollouts

log = logging.getLogger("jilai.centre.reference")
_FACTS_OF_A_PACK = {"name", "version", "source", "effective_from"}


def add_pack(connection: Connection, now: datetime, pack: Mapping[str, Any]) -> bool:
    """Publish a pack; False where this version is known already. A version's content never changes.

    Raises RefusedError pack_malformed where rules would stumble over it.
    """
    if not keep_pack(connection, now, pack):
        return False
    feed.append(connection, now, "pack", pack_item(pack))
    return True


def pack_item(pack: Mapping[str, Any]) -> dict[str, Any]:
    """Return the feed's item of a pack."""
    item = {key: pack[key] for key in ("name", "version", "source", "effective_from")}
    return {**item, "body": dict(pack)}


def keep_pack(connection: Connection, now: datetime, pack: Mapping[str, Any]) -> bool:
    """Keep a pack and tell nobody; False where this version is known. Raises RefusedError pack_malformed."""
    try:
        check_pack(pack)
    except InputError:
        raise RefusedError(400, "pack_malformed") from None
    done = connection.execute(
        upsert(schema.packs)
        .values(
            name=pack["name"],
            version=pack["version"],
            source=pack["source"],
            effective_from=pack["effective_from"],
            body=dict(pack),
            added_at=now,
        )
        .on_conflict_do_nothing()
        .returning(schema.packs.c.name)
    ).one_or_none()
    return done is not None


def pilots(name: Any, version: Any) -> Any:
    """Return SQL that holds for a version of a pack that is still tried by some windows alone."""
    table = pack_rollouts.c
    return exists(
        select(table.name).where(table.name == name, table.version == version, table.completed_at.is_(None))
    )


def add_compound(
    connection: Connection,
    now: datetime,
    compound: Compound,
    units: Sequence[Household],
    file: CompoundFile | None = None,
) -> bool:
    """Publish a compound with its building table and its file; False where it is known already."""
    if connection.execute(select(schema.compounds.c.id).where(schema.compounds.c.id == compound.id)).scalar():
        return False
    facts = _facts_of(compound, file_to_json(file) if file is not None else {})
    connection.execute(insert(schema.compounds).values(**facts))
    connection.execute(insert(schema.households), [asdict(unit) for unit in units])
    rows = [{key: value for key, value in asdict(unit).items() if key != "compound_id"} for unit in units]
    feed.append(connection, now, "compound", {**facts, "households": rows}, feed.site(compound.id))
    return True


def put_compound_file(
    connection: Connection, now: datetime, compound_id: str, facts: Mapping[str, Any]
) -> CompoundFile:
    """Keep what the task force has found out of a compound, and tell the windows that serve it.

    `facts` as `compound_file.file_to_json` has them; those that are left out stay as they are.
    Raises RefusedError unknown_site, file_malformed.
    """
    found = compounds(connection, [compound_id]).get(compound_id)
    if found is None:
        raise RefusedError(404, "unknown_site")
    table = schema.compounds
    before = connection.execute(select(table.c.file).where(table.c.id == compound_id)).scalar_one()
    try:
        file = file_from_json(found, {**before, **facts})
    except (TypeError, ValueError, AttributeError):
        raise RefusedError(400, "file_malformed") from None
    said = file_to_json(file)
    connection.execute(update(table).where(table.c.id == compound_id).values(file=said))
    feed.append(connection, now, "compound", _facts_of(found, said), feed.site(compound_id))
    return file


def compounds(connection: Connection, ids: Iterable[str]) -> dict[str, Compound]:
    """Return those of these compounds that the centre knows."""
    return {name: known[0] for name, known in _known(connection, ids).items()}


def compound_files(connection: Connection, ids: Iterable[str]) -> dict[str, CompoundFile]:
    """Return the files of those of these compounds that the centre knows."""
    return {name: file_from_json(*known) for name, known in _known(connection, ids).items()}


def _known(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[Compound, dict[str, Any]]]:
    found = {}
    for row in connection.execute(select(schema.compounds).where(schema.compounds.c.id.in_(list(ids)))):
        facts = {**row._mapping, "categories": tuple(row.categories)}
        facts["project_registration"] = ProjectRegistration(row.project_registration)
        file = facts.pop("file")
        found[row.id] = (Compound(**facts), file)
    return found


def _facts_of(compound: Compound, file: Mapping[str, Any]) -> dict[str, Any]:
    facts = {**asdict(compound), "categories": list(compound.categories), "file": dict(file)}
    facts["project_registration"] = compound.project_registration.value
    return facts


def compound_facts(connection: Connection, compound_id: str) -> dict[str, Any]:
    """Return a compound with its file as the feed's item has it. KeyError where there is none."""
    compound, file = _known(connection, [compound_id])[compound_id]
    return _facts_of(compound, file)


def households(connection: Connection, ids: Iterable[str]) -> dict[str, Household]:
    """Return those of these households that the centre knows."""
    rows = connection.execute(select(schema.households).where(schema.households.c.id.in_(list(ids))))
    return {row.id: Household(**row._mapping) for row in rows}


def checklist(connection: Connection, type_code: str, version: str | None) -> Checklist | None:
    """Return the checklist an application was taken in with, or the newest; None for an unknown type.

    A version the centre never published counts as the newest: rules are the centre's. A pack that this
    program cannot read, left by a newer one for instance, is passed over.
    """
    packs = schema.packs.c
    bodies = connection.execute(
        select(packs.version, packs.body)
        .where(packs.name == "registration_types")
        .where((packs.version == (version or "")) | ~pilots(packs.name, packs.version))
        .order_by(
            (packs.version == (version or "")).desc(), packs.effective_from.desc(), packs.added_at.desc()
        )
    )
    for found in bodies:
        try:
            if type_code in found.body["types"]:
                return checklist_from_pack(found.body, type_code)
        except (KeyError, TypeError, ValueError, AttributeError, AssertionError):
            log.error("pack unreadable", extra={"fields": {"version": found.version}})
            continue
        return None
    return None


def add_shipped_packs(connection: Connection, now: datetime) -> None:
    """Publish the packs that this program ships with, where they are new to the centre."""
    folder = resources.files("registration.reference")
    for entry in sorted(folder.iterdir(), key=lambda found: found.name):
        if entry.name.endswith(".json"):
            pack = json.loads(entry.read_text("utf-8"))
            if pack.keys() >= _FACTS_OF_A_PACK and not pack["name"].endswith("wording"):
                add_pack(connection, now, pack)  # words belong to the program, not to the feed
