"""A ledger's compounds and homes taken in: all of it or nothing, and the windows that serve them are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, Connection, Text, any_, insert, literal, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from registration.property_unit import Compound, Household
from server.ledger_rows import HOMES, Fault, Ledger, read_rows
from server.ledger_sheet import Cells
from server.store import audit, feed, reference, schema
from server.store.schema_people import compound_counts


@dataclass(frozen=True)
class Imported:
    """What an import did, or would do; with faults nothing."""

    compounds: int
    homes: int
    new: int
    changed: int
    faults: tuple[Fault, ...] = ()


def take_in(connection: Connection, now: datetime, cells: Cells, *, actor: str, dry: bool) -> Imported:
    """Import a ledger, or with `dry` say what that would do.

    Homes are known again by building, entrance and room; they keep their ids. Homes that a ledger does not
    name stay: a ledger may hold one building alone.
    """
    ids = {row.id for row in connection.execute(select(schema.compounds.c.id))}
    ledger = read_rows(cells, ids.__contains__)
    if ledger.faults:
        return Imported(0, 0, 0, 0, tuple(ledger.faults))
    touched = sorted({compound.id for compound in ledger.compounds} | {h.compound_id for h in ledger.homes})
    homes, new, changed = _against(connection, ledger, touched)
    taken = _taken(connection, homes)
    faults = tuple(Fault(HOMES, ledger.lines[home_id], "房屋编号", "id_taken") for home_id in taken)
    if faults:
        return Imported(0, 0, 0, 0, faults)
    result = Imported(len(touched), len(ledger.homes), new, changed)
    if dry:
        return result
    for compound in ledger.compounds:
        _put_compound(connection, compound)
    if homes:
        table = schema.households
        statement = upsert(table)
        values = {name: statement.excluded[name] for name in ("floor", "unit_code", "area", "address")}
        connection.execute(
            statement.on_conflict_do_update(index_elements=["id"], set_=values), [vars(h) for h in homes]
        )
    for compound_id, sold in ledger.sold.items():
        given = {"sold": sold, "at": now}
        connection.execute(
            upsert(compound_counts)
            .values(compound_id=compound_id, **given)
            .on_conflict_do_update(index_elements=["compound_id"], set_=given)
        )
    counts = {"homes": result.homes, "new": new, "changed": changed}
    for compound_id in touched:
        audit.append(connection, now, actor, "ledger_imported", compound_id, counts)
    for compound_id in touched:  # last, as each takes the feed's lock
        _tell(connection, now, compound_id)
    return result


def _against(
    connection: Connection, ledger: Ledger, touched: Sequence[str]
) -> tuple[list[Household], int, int]:
    """Return the homes that are new or differ, under the ids by which the centre knows them, and how many."""
    table = schema.households
    known = {
        _place(home): home
        for home in (
            Household(**row._mapping)
            for row in connection.execute(select(table).where(table.c.compound_id.in_(touched)))
        )
    }
    put, new, changed = [], 0, 0
    for home in ledger.homes:
        before = known.get(_place(home))
        if before is None:
            new += 1
            put.append(home)
            continue
        after = replace(
            home,
            id=before.id,
            unit_code=home.unit_code or before.unit_code,
            area=home.area or before.area,
        )
        if after != before:
            changed += 1
            put.append(after)
    return put, new, changed


def _taken(connection: Connection, homes: Sequence[Household]) -> list[str]:
    """Return the ids under which the centre knows another home: writing them would change that one."""
    table = schema.households
    ids = literal([home.id for home in homes], ARRAY(Text))  # one parameter, however many homes
    rows = connection.execute(select(table).where(table.c.id == any_(ids)))
    places = {row.id: _place(Household(**row._mapping)) for row in rows}
    return [home.id for home in homes if places.get(home.id, _place(home)) != _place(home)]


def _place(home: Household) -> tuple[str, str, str, str]:
    """Return what a home is known again by."""
    return home.compound_id, home.building, home.entrance, home.room


def _put_compound(connection: Connection, compound: Compound) -> None:
    table = schema.compounds
    facts: dict[str, Any] = {
        **vars(compound),
        "categories": list(compound.categories),
        "project_registration": compound.project_registration.value,
    }
    kept = {name: value for name, value in facts.items() if name not in {"id", "archetype"}}
    if not connection.execute(update(table).where(table.c.id == compound.id).values(**kept)).rowcount:
        connection.execute(insert(table).values(**facts, file={}))


def _tell(connection: Connection, now: datetime, compound_id: str) -> None:
    """Send a compound with all its homes: windows drop those that an item leaves out."""
    facts = reference.compound_facts(connection, compound_id)
    table = schema.households
    rows = connection.execute(select(table).where(table.c.compound_id == compound_id).order_by(table.c.id))
    units = [{k: v for k, v in row._mapping.items() if k != "compound_id"} for row in rows]
    counts = select(compound_counts.c.sold).where(compound_counts.c.compound_id == compound_id)
    sold = connection.execute(counts).scalar_one_or_none()
    if sold is not None:
        facts["sold"] = sold
    feed.append(connection, now, "compound", {**facts, "households": units}, feed.site(compound_id))
