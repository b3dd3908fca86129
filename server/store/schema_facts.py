"""The table of facts around the cases, as the windows noted them: sessions, slips, visits, surveys …."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, ForeignKey, Index, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from server.store.schema import metadata

facts = Table(  # frozen by a trigger
    "facts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("device_id", Text, ForeignKey("devices.id"), nullable=True),  # none: the centre's own
    Column("topic", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("compound_id", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),  # by the window's clock
    Column("operator_id", Text, nullable=False),
    Column("fact", JSONB, nullable=False),  # whole, as it travelled
    Column("received_at", DateTime(timezone=True), nullable=False),
    Index("facts_subject", "topic", "subject"),
    Index("facts_compound", "topic", "compound_id", "at"),
    Index("facts_at", "topic", "at"),
)
