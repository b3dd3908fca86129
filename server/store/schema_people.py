"""The tables of passwords, evidence, staged roll-outs and counts of homes sold."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB

from server.store.schema import metadata

passwords = Table(
    "passwords",
    metadata,
    Column("operator_id", Text, ForeignKey("operators.id"), primary_key=True),
    Column("hash", Text, nullable=False),  # Argon2id, with its parameters and salt
    Column("set_at", DateTime(timezone=True), nullable=False),
)

sign_in_failures = Table(  # shared by all processes; gone with the next success
    "sign_in_failures",
    metadata,
    Column("account_hash", Text, primary_key=True),
    Column("times", Integer, nullable=False),
    Column("last_at", DateTime(timezone=True), nullable=False),
)

evidence = (
    Table(  # what shows that a certificate was issued; the bytes lie with the pages. Frozen by triggers
        "evidence",
        metadata,
        Column("application_id", Text, ForeignKey("applications.id"), nullable=False),
        Column("digest", Text, nullable=False),
        Column("media_type", Text, nullable=False),
        Column("size", BigInteger, nullable=False),
        Column("actor", Text, nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        PrimaryKeyConstraint("application_id", "digest"),
    )
)

pack_rollouts = Table(  # a pack without a row went to every window at once
    "pack_rollouts",
    metadata,
    Column("name", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("sites", JSONB, nullable=False),  # compound ids
    Column("share", Integer, nullable=False),  # per cent of the devices
    Column("begun_at", DateTime(timezone=True), nullable=False),
    Column("completed_at", DateTime(timezone=True), nullable=True),
    PrimaryKeyConstraint("name", "version"),
    ForeignKeyConstraint(["name", "version"], ["packs.name", "packs.version"]),
)

compound_counts = Table(  # what the building table cannot say
    "compound_counts",
    metadata,
    Column("compound_id", Text, ForeignKey("compounds.id"), primary_key=True),
    Column("sold", Integer, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)
