"""Other names of compounds and households, sent to the windows that serve them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from server.errors import RefusedError
from server.store import feed, reference, schema


def tell_aliases(
    connection: Connection,
    now: datetime,
    compound_id: str,
    own: Sequence[str],
    homes: Mapping[str, Sequence[str]],
) -> int:
    """Send a compound's other names, and those of its households by their ids; return how many were sent.

    What is sent takes the place of what the windows had for the compound and for these households; the others
    keep theirs. Raises RefusedError unknown_site, body_malformed (no list of texts, or a home elsewhere).
    """
    compound = reference.compounds(connection, [compound_id]).get(compound_id)
    if compound is None:
        raise RefusedError(404, "unknown_site")
    names = [own, *homes.values()]
    if not all(isinstance(each, list | tuple) and all(isinstance(n, str) for n in each) for each in names):
        raise RefusedError(400, "body_malformed")
    columns = schema.households.c
    units: list[dict[str, Any]] = []
    for row in connection.execute(select(schema.households).where(columns.compound_id == compound_id)):
        unit = {key: value for key, value in row._mapping.items() if key != "compound_id"}
        if row.id in homes:
            unit["aliases"] = list(homes[row.id])
        units.append(unit)
    if set(homes) - {unit["id"] for unit in units}:
        raise RefusedError(400, "body_malformed")
    facts = {**asdict(compound), "categories": list(compound.categories), "aliases": list(own)}
    feed.append(connection, now, "compound", {**facts, "households": units}, feed.site(compound_id))
    return sum(len(each) for each in names)
