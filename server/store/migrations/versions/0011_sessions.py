"""An index by which the receipts of one session are found among all."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index."""
    op.execute("CREATE INDEX revisions_session_idx ON revisions ((session ->> 'id'))")
