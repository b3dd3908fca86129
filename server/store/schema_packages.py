"""The table of sealed packages that were imported."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, ForeignKey, Integer, Table, Text

from server.store.schema import metadata

sealed_packages = Table(
    "sealed_packages",
    metadata,
    Column("id", Text, primary_key=True),
    Column("device_id", Text, ForeignKey("devices.id"), nullable=False),
    Column("digest", Text, nullable=False),  # SHA-256 hex over the parts' digests, in order
    Column("parts", Integer, nullable=False),
    Column("imported_at", DateTime(timezone=True), nullable=False),
    Column("actor", Text, nullable=False),
)
