"""The windows' audit logs: rows, heads, and what did not fit."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the three tables; rows and faults are frozen."""
    op.execute(
        """
        CREATE TABLE device_audit (
            device_id text NOT NULL, branch integer NOT NULL, seq bigint NOT NULL, hash text NOT NULL,
            row jsonb NOT NULL, received_at timestamptz NOT NULL,
            CONSTRAINT device_audit_pkey PRIMARY KEY (device_id, branch, seq),
            CONSTRAINT device_audit_device_id_fkey FOREIGN KEY (device_id) REFERENCES devices (id));
        CREATE TABLE device_audit_heads (
            device_id text NOT NULL, branch integer NOT NULL, seq bigint NOT NULL, hash text NOT NULL,
            heard_at timestamptz,
            CONSTRAINT device_audit_heads_pkey PRIMARY KEY (device_id),
            CONSTRAINT device_audit_heads_device_id_fkey FOREIGN KEY (device_id) REFERENCES devices (id));
        CREATE TABLE device_audit_faults (
            id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
            device_id text NOT NULL, branch integer NOT NULL, seq bigint NOT NULL, kind text NOT NULL,
            found_at timestamptz NOT NULL,
            CONSTRAINT device_audit_faults_pkey PRIMARY KEY (id),
            CONSTRAINT device_audit_faults_device_id_fkey FOREIGN KEY (device_id) REFERENCES devices (id),
            CONSTRAINT device_audit_faults_once UNIQUE (device_id, branch, seq, kind));
        CREATE TRIGGER frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON device_audit
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON device_audit_faults
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        """
    )
