"""The centre's tables as SQLAlchemy Core sees them; the migrations make them, a test compares the two."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
    }
)


def _when(name: str, *, nullable: bool = False) -> Column[datetime]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


def _text(name: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, Text, nullable=nullable)


PEOPLE = (  # what a search for a person looks in: names and document numbers of one revision
    "jsonb_path_query_array(facts, '$.parties[*].name') "
    "|| jsonb_path_query_array(facts, '$.parties[*].document_number')"
)

counters = Table(  # row locks make each of these gap-free and visible in order
    "counters",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", BigInteger, nullable=False),
)

operators = Table(
    "operators",
    metadata,
    Column("id", Text, primary_key=True),
    _text("account"),
    _text("name"),
    _text("role"),
    Column("active", Boolean, nullable=False),
    _when("created_at"),
    Column("valid_until", DateTime(timezone=True), nullable=True),  # rights end then; null: on no day
    UniqueConstraint("account"),
)

enrolment_codes = Table(
    "enrolment_codes",
    metadata,
    Column("code_hash", Text, primary_key=True),
    _when("created_at"),
    _when("expires_at"),
    Column("sites", JSONB, nullable=True),  # compound ids, or null for every compound
    Column("new_operators", Boolean, nullable=False),  # may the enrolling person be new to the centre?
    _text("used_by_key", nullable=True),
    _text("device_id", nullable=True),
    _text("answer", nullable=True),  # what was answered, word for word, for a repeat after a lost answer
)

devices = Table(
    "devices",
    metadata,
    Column("id", Text, primary_key=True),
    _text("code"),
    _text("name"),
    _text("public_key"),
    Column("sites", JSONB, nullable=True),
    _text("status"),
    _text("operator_id"),
    _when("enrolled_at"),
    _when("revoked_at", nullable=True),
    UniqueConstraint("code"),
    UniqueConstraint("public_key"),
)

number_blocks = Table(
    "number_blocks",
    metadata,
    Column("device_id", Text, ForeignKey("devices.id"), nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    _when("reserved_at"),
    PrimaryKeyConstraint("device_id", "first"),
)

nonces = Table(
    "nonces",
    metadata,
    _text("device_id"),
    _text("nonce"),
    _when("expires_at"),
    PrimaryKeyConstraint("device_id", "nonce"),
    Index(None, "expires_at"),
)

packs = Table(
    "packs",
    metadata,
    _text("name"),
    _text("version"),
    _text("source"),
    _text("effective_from"),
    Column("body", JSONB, nullable=False),
    _when("added_at"),
    PrimaryKeyConstraint("name", "version"),
)

compounds = Table(
    "compounds",
    metadata,
    Column("id", Text, primary_key=True),
    _text("name"),
    _text("division"),
    _text("address"),
    _text("developer"),
    _text("project_registration"),
    Column("categories", JSONB, nullable=False),
    _text("archetype"),
    Column("arrears_separation", Boolean, nullable=False),
    Column("file", JSONB, nullable=False, server_default=text("'{}'")),
)

households = Table(
    "households",
    metadata,
    Column("id", Text, primary_key=True),
    Column("compound_id", Text, ForeignKey("compounds.id"), nullable=False),
    _text("building"),
    _text("entrance"),
    Column("floor", Integer, nullable=False),
    _text("room"),
    _text("unit_code"),
    _text("area"),
    _text("address"),
    Index(None, "compound_id"),
)

applications = Table(  # the case as it stands; what was submitted is in `revisions`
    "applications",
    metadata,
    Column("id", Text, primary_key=True),
    Column("device_id", Text, ForeignKey("devices.id"), nullable=False),  # who last submitted it
    Column("compound_id", Text, ForeignKey("compounds.id"), nullable=False),
    _text("household_id"),
    _text("type_code"),
    _text("receipt_number"),
    Column("revision", Integer, nullable=False),
    _text("state"),
    _when("received_at"),
    _when("whole_at", nullable=True),  # when facts and pages of this revision were all here
    _text("acceptance_number", nullable=True),
    _when("accepted_at", nullable=True),
    _text("certificate_number", nullable=True),
    Column("after_revocation", Boolean, nullable=False),
    UniqueConstraint("acceptance_number"),
    Index(None, "state", "whole_at"),
    Index(None, "received_at"),
    Index(None, "device_id"),
    Index("applications_compound_id_received_at_idx", "compound_id", "received_at"),
    Index(None, "household_id"),
)

revisions = Table(  # frozen by triggers
    "revisions",
    metadata,
    Column("application_id", Text, ForeignKey("applications.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    _text("event_id"),
    _text("device_id"),
    _text("operator_id"),
    _text("sender_id"),
    _text("receipt_number"),
    Column("facts", JSONB, nullable=False),
    Column("receipt", JSONB, nullable=False),
    Column("session", JSONB, nullable=False),
    _text("submitted_at"),
    Column("clock_offset", Double, nullable=True),
    _when("received_at"),
    PrimaryKeyConstraint("application_id", "revision"),
    Index("revisions_people_idx", text(f"({PEOPLE})"), postgresql_using="gin"),
    Index("revisions_session_idx", text("(session ->> 'id')")),
)

receipt_numbers = Table(
    "receipt_numbers",
    metadata,
    Column("number", Text, primary_key=True),
    Column("application_id", Text, ForeignKey("applications.id"), nullable=False),
    _text("void_reason", nullable=True),
    _when("voided_at", nullable=True),
)

check_outcomes = Table(  # what the desk found; a check without a row waits
    "check_outcomes",
    metadata,
    Column("application_id", Text, ForeignKey("applications.id"), nullable=False),
    _text("code"),
    _text("result"),
    _text("note"),
    _text("actor"),
    _when("at"),
    PrimaryKeyConstraint("application_id", "code"),
)

track_statuses = Table(
    "track_statuses",
    metadata,
    Column("application_id", Text, ForeignKey("applications.id"), nullable=False),
    _text("track"),
    _text("state"),
    _text("owed_by"),
    _text("note"),
    _text("actor"),
    _when("at"),
    PrimaryKeyConstraint("application_id", "track"),
)

pages = Table(  # frozen by triggers
    "pages",
    metadata,
    _text("application_id"),
    Column("revision", Integer, nullable=False),
    _text("id"),
    _text("item_code"),
    Column("ordinal", Integer, nullable=False),
    _text("digest"),
    Column("size", BigInteger, nullable=False),
    _text("original_digest"),
    Column("original_size", BigInteger, nullable=False),
    _text("original_type"),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("kept", JSONB(none_as_null=True), nullable=True),  # an override of the quality gate
    PrimaryKeyConstraint("application_id", "revision", "id"),
)

page_needs = Table(  # every digest a revision refers to; frozen by triggers
    "page_needs",
    metadata,
    _text("application_id"),
    Column("revision", Integer, nullable=False),
    _text("digest"),
    Column("size", BigInteger, nullable=False),
    PrimaryKeyConstraint("application_id", "revision", "digest"),
    Index(None, "digest"),
)

senders = Table(  # devices that know an application's content, and may bring its pages
    "senders",
    metadata,
    Column("device_id", Text, ForeignKey("devices.id"), nullable=False),
    Column("application_id", Text, ForeignKey("applications.id"), nullable=False),
    PrimaryKeyConstraint("application_id", "device_id"),
)

page_files = Table(  # a row only after the file and its folder are on the disk
    "page_files",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    _when("held_at"),
)

events = Table(  # idempotency keys; they never expire. Frozen by triggers
    "events",
    metadata,
    Column("id", Text, primary_key=True),
    _text("device_id"),
    _text("body_digest"),
    _text("application_id"),
    Column("revision", Integer, nullable=False),
    _when("received_at"),
)

quarantine = Table(  # what was refused, kept for a person to look at
    "quarantine",
    metadata,
    _text("event_id"),
    _text("body_digest"),
    _text("code"),
    _text("device_id"),
    _text("application_id"),
    _text("body"),
    _when("first_at"),
    _when("last_at"),
    Column("times", Integer, nullable=False),
    PrimaryKeyConstraint("event_id", "body_digest", "code"),
)

acknowledgements = Table(  # frozen by triggers
    "acknowledgements",
    metadata,
    _text("application_id"),
    Column("revision", Integer, nullable=False),
    _text("statement"),  # canonical JSON, byte for byte what was signed
    _text("signature"),
    _when("made_at"),
    PrimaryKeyConstraint("application_id", "revision"),
)

feed = Table(  # frozen by triggers
    "feed",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    _text("kind"),
    _text("audience_kind"),  # all | device | site
    _text("audience"),
    Column("body", JSONB, nullable=False),
    _when("at"),
)

history = Table(  # frozen by triggers
    "history",
    metadata,
    Column("seq", BigInteger, Identity(always=True), primary_key=True),
    _text("application_id"),
    Column("revision", Integer, nullable=False),
    _text("state"),
    _text("actor"),
    Column("details", JSONB, nullable=False),
    _when("at"),
    Index(None, "application_id"),
)

audit = Table(  # frozen by triggers
    "audit",
    metadata,
    Column("seq", BigInteger, Identity(always=True), primary_key=True),
    _when("at"),
    _text("actor"),
    _text("action"),
    _text("subject"),
    Column("details", JSONB, nullable=False),
)

desk_sessions = Table(  # a ticket is used once; the session that it opens ends with expires_at
    "desk_sessions",
    metadata,
    Column("ticket_hash", Text, primary_key=True),
    Column("operator_id", Text, ForeignKey("operators.id"), nullable=False),
    _when("issued_at"),
    _when("expires_at"),
    _text("session_hash", nullable=True),
    _when("opened_at", nullable=True),
    _when("seen_at", nullable=True),
    Column("for_password", Boolean, nullable=False, server_default=text("false")),  # may set one, no more
    UniqueConstraint("session_hash"),
)
