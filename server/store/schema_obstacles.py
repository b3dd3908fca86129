"""The tables of obstacles as their facts leave them, and of facts that are not folded into them yet."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from server.store.schema import metadata

obstacles = Table(
    "obstacles",
    metadata,
    Column("id", Text, primary_key=True),
    Column("compound_id", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("listed", JSONB, nullable=True),  # the row of the list that it came with
    Index("obstacles_open", "department", "compound_id", postgresql_where=text("open")),
)
unfolded = Table(  # filled by a trigger on the facts
    "obstacle_facts_unfolded",
    metadata,
    Column("fact_id", Text, ForeignKey("facts.id"), primary_key=True),
    Column("subject", Text, nullable=False),
)
