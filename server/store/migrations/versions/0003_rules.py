"""Files of compounds, void receipts, and what the review desk says of checks and tracks."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and tables; a compound without a file says what it says itself."""
    op.execute(
        """
        ALTER TABLE compounds ADD COLUMN file jsonb NOT NULL DEFAULT '{}';
        ALTER TABLE receipt_numbers ADD COLUMN void_reason text;
        ALTER TABLE receipt_numbers ADD COLUMN voided_at timestamptz;
        ALTER TABLE receipt_numbers ADD CHECK ((void_reason IS NULL) = (voided_at IS NULL));

        CREATE TABLE check_outcomes (
            application_id text NOT NULL REFERENCES applications (id), code text NOT NULL,
            result text NOT NULL CHECK (result IN ('waiting', 'passed', 'stops')), note text NOT NULL,
            actor text NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (application_id, code));

        CREATE TABLE track_statuses (
            application_id text NOT NULL REFERENCES applications (id), track text NOT NULL,
            state text NOT NULL CHECK (state IN ('not_asked', 'waiting', 'under_way', 'held_up', 'done')),
            owed_by text NOT NULL CHECK (owed_by IN ('', 'developer', 'buyer')), note text NOT NULL,
            actor text NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (application_id, track));
        """
    )
