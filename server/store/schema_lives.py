"""The table of the centre's lives: one begins with the database, each other one with a restored backup."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, Identity, Table, Text, UniqueConstraint

from server.store.schema import metadata

lives = Table(
    "lives",
    metadata,
    Column("seq", BigInteger, Identity(always=True), primary_key=True),
    Column("epoch", Text, nullable=False),
    Column("begun_at", DateTime(timezone=True), nullable=False),
    Column("restored_to", DateTime(timezone=True), nullable=True),  # the moment of the backup
    UniqueConstraint("epoch"),
)
