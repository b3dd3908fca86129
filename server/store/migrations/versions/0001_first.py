"""The first schema: devices, applications with their pages, acknowledgements, the feed."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = """
CREATE TABLE counters (name text PRIMARY KEY, value bigint NOT NULL);
INSERT INTO counters VALUES ('feed', 0), ('device', 0);

CREATE TABLE operators (
    id text PRIMARY KEY, account text NOT NULL UNIQUE, name text NOT NULL,
    role text NOT NULL CHECK (role IN ('operator', 'helper', 'reviewer', 'auditor', 'administrator')),
    active boolean NOT NULL, created_at timestamptz NOT NULL);

CREATE TABLE enrolment_codes (
    code_hash text PRIMARY KEY, created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL,
    sites jsonb, new_operators boolean NOT NULL, used_by_key text, device_id text, answer text,
    CHECK ((used_by_key IS NULL) = (answer IS NULL)));

CREATE TABLE devices (
    id text PRIMARY KEY, code text NOT NULL UNIQUE, name text NOT NULL, public_key text NOT NULL UNIQUE,
    sites jsonb, status text NOT NULL CHECK (status IN ('active', 'revoked')), operator_id text NOT NULL,
    enrolled_at timestamptz NOT NULL, revoked_at timestamptz,
    CHECK ((status = 'revoked') = (revoked_at IS NOT NULL)));

CREATE TABLE number_blocks (
    device_id text NOT NULL REFERENCES devices (id), first integer NOT NULL, last integer NOT NULL,
    reserved_at timestamptz NOT NULL, PRIMARY KEY (device_id, first), CHECK (0 < first AND first <= last));

CREATE TABLE nonces (
    device_id text NOT NULL, nonce text NOT NULL, expires_at timestamptz NOT NULL,
    PRIMARY KEY (device_id, nonce));
CREATE INDEX nonces_expires_at_idx ON nonces (expires_at);

CREATE TABLE packs (
    name text NOT NULL, version text NOT NULL, source text NOT NULL, effective_from text NOT NULL,
    body jsonb NOT NULL, added_at timestamptz NOT NULL, PRIMARY KEY (name, version));

CREATE TABLE compounds (
    id text PRIMARY KEY, name text NOT NULL, division text NOT NULL CHECK (division ~ '^[0-9]{6}$'),
    address text NOT NULL, developer text NOT NULL,
    project_registration text NOT NULL CHECK (project_registration IN ('registered', 'together', 'missing')),
    categories jsonb NOT NULL, archetype text NOT NULL, arrears_separation boolean NOT NULL);

CREATE TABLE households (
    id text PRIMARY KEY, compound_id text NOT NULL REFERENCES compounds (id), building text NOT NULL,
    entrance text NOT NULL, floor integer NOT NULL, room text NOT NULL, unit_code text NOT NULL,
    area text NOT NULL, address text NOT NULL);
CREATE INDEX households_compound_id_idx ON households (compound_id);

CREATE TABLE applications (
    id text PRIMARY KEY, device_id text NOT NULL REFERENCES devices (id),
    compound_id text NOT NULL REFERENCES compounds (id), household_id text NOT NULL, type_code text NOT NULL,
    receipt_number text NOT NULL, revision integer NOT NULL CHECK (revision > 0),
    state text NOT NULL CHECK (state IN ('received', 'accepted', 'returned', 'rejected', 'registered',
                                         'certificate_issued', 'withdrawn')),
    received_at timestamptz NOT NULL, whole_at timestamptz, acceptance_number text UNIQUE,
    accepted_at timestamptz, certificate_number text, after_revocation boolean NOT NULL,
    CHECK ((acceptance_number IS NULL) = (accepted_at IS NULL)),
    CHECK (state NOT IN ('accepted', 'registered', 'certificate_issued') OR acceptance_number IS NOT NULL),
    CHECK (state <> 'certificate_issued' OR certificate_number IS NOT NULL));
CREATE INDEX applications_state_whole_at_idx ON applications (state, whole_at);
CREATE INDEX applications_received_at_idx ON applications (received_at);
CREATE INDEX applications_device_id_idx ON applications (device_id);

CREATE TABLE revisions (
    application_id text NOT NULL REFERENCES applications (id), revision integer NOT NULL,
    event_id text NOT NULL, device_id text NOT NULL,
    operator_id text NOT NULL, sender_id text NOT NULL, receipt_number text NOT NULL,
    facts jsonb NOT NULL, receipt jsonb NOT NULL, session jsonb NOT NULL, submitted_at text NOT NULL,
    clock_offset double precision, received_at timestamptz NOT NULL, PRIMARY KEY (application_id, revision));

CREATE TABLE receipt_numbers (
    number text PRIMARY KEY, application_id text NOT NULL REFERENCES applications (id));

CREATE TABLE pages (
    application_id text NOT NULL, revision integer NOT NULL, id text NOT NULL, item_code text NOT NULL,
    ordinal integer NOT NULL, digest text NOT NULL, size bigint NOT NULL, original_digest text NOT NULL,
    original_size bigint NOT NULL, original_type text NOT NULL,
    width integer NOT NULL, height integer NOT NULL, PRIMARY KEY (application_id, revision, id));

CREATE TABLE page_needs (
    application_id text NOT NULL, revision integer NOT NULL, digest text NOT NULL, size bigint NOT NULL,
    PRIMARY KEY (application_id, revision, digest));
CREATE INDEX page_needs_digest_idx ON page_needs (digest);

CREATE TABLE senders (
    device_id text NOT NULL REFERENCES devices (id),
    application_id text NOT NULL REFERENCES applications (id), PRIMARY KEY (application_id, device_id));

CREATE TABLE page_files (
    digest text PRIMARY KEY CHECK (digest ~ '^[0-9a-f]{64}$'), size bigint NOT NULL CHECK (size > 0),
    held_at timestamptz NOT NULL);

CREATE TABLE events (
    id text PRIMARY KEY, device_id text NOT NULL, body_digest text NOT NULL, application_id text NOT NULL,
    revision integer NOT NULL, received_at timestamptz NOT NULL);

CREATE TABLE quarantine (
    event_id text NOT NULL, body_digest text NOT NULL, code text NOT NULL, device_id text NOT NULL,
    application_id text NOT NULL, body text NOT NULL, first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL, times integer NOT NULL, PRIMARY KEY (event_id, body_digest, code));

CREATE TABLE acknowledgements (
    application_id text NOT NULL, revision integer NOT NULL, statement text NOT NULL, signature text NOT NULL,
    made_at timestamptz NOT NULL, PRIMARY KEY (application_id, revision));

CREATE TABLE feed (
    seq bigint PRIMARY KEY, kind text NOT NULL,
    audience_kind text NOT NULL CHECK (audience_kind IN ('all', 'device', 'site')), audience text NOT NULL,
    body jsonb NOT NULL, at timestamptz NOT NULL);

CREATE TABLE history (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, application_id text NOT NULL,
    revision integer NOT NULL, state text NOT NULL,
    actor text NOT NULL, details jsonb NOT NULL, at timestamptz NOT NULL);
CREATE INDEX history_application_id_idx ON history (application_id);

CREATE TABLE audit (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL, actor text NOT NULL,
    action text NOT NULL, subject text NOT NULL, details jsonb NOT NULL);
"""

_FROZEN = ("revisions", "pages", "page_needs", "events", "acknowledgements", "feed", "history", "audit")

_FREEZE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are frozen', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""


def upgrade() -> None:
    """Make every table, and the triggers that keep facts from being changed afterwards."""
    op.execute(_TABLES)
    op.execute(_FREEZE)
    for table in _FROZEN:
        op.execute(
            f"CREATE TRIGGER frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
