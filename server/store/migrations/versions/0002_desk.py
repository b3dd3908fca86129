"""Reviewers at the desk: one-time tickets that open a session in a browser."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of tickets and the sessions that they opened."""
    op.execute(
        """
        CREATE TABLE desk_sessions (
            ticket_hash text PRIMARY KEY, operator_id text NOT NULL REFERENCES operators (id),
            issued_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, session_hash text UNIQUE,
            opened_at timestamptz, CHECK ((session_hash IS NULL) = (opened_at IS NULL)));
        """
    )
