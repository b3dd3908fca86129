"""Pages that were kept in spite of the quality gate say so, with the reasons and the operator."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; pages of older windows were never kept in spite of anything."""
    op.execute("ALTER TABLE pages ADD COLUMN kept jsonb")
