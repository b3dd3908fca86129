"""The tables of the windows' audit logs: their rows, how far each is held, and what was wrong with it."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB

from server.store.schema import metadata

device_audit = Table(  # frozen by a trigger
    "device_audit",
    metadata,
    Column("device_id", Text, ForeignKey("devices.id"), nullable=False),
    Column("branch", Integer, nullable=False),  # one more each time the device told another story
    Column("seq", BigInteger, nullable=False),
    Column("hash", Text, nullable=False),
    Column("row", JSONB, nullable=False),  # as it travelled
    Column("received_at", DateTime(timezone=True), nullable=False),
    PrimaryKeyConstraint("device_id", "branch", "seq"),
)

device_audit_heads = Table(
    "device_audit_heads",
    metadata,
    Column("device_id", Text, ForeignKey("devices.id"), primary_key=True),
    Column("branch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", Text, nullable=False),
    Column("heard_at", DateTime(timezone=True), nullable=True),
)

device_audit_faults = Table(  # frozen by a trigger
    "device_audit_faults",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("device_id", Text, ForeignKey("devices.id"), nullable=False),
    Column("branch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("found_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("device_id", "branch", "seq", "kind", name="device_audit_faults_once"),
)
