"""Facts around the cases, as the windows noted them."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; its rows are frozen."""
    op.execute(
        """
        CREATE TABLE facts (
            id text NOT NULL, device_id text, topic text NOT NULL, subject text NOT NULL, verb text NOT NULL,
            compound_id text NOT NULL, at timestamptz NOT NULL, operator_id text NOT NULL,
            fact jsonb NOT NULL, received_at timestamptz NOT NULL,
            CONSTRAINT facts_pkey PRIMARY KEY (id),
            CONSTRAINT facts_device_id_fkey FOREIGN KEY (device_id) REFERENCES devices (id));
        CREATE INDEX facts_subject ON facts (topic, subject);
        CREATE INDEX facts_compound ON facts (topic, compound_id, at);
        CREATE TRIGGER frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON facts
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        """
    )
