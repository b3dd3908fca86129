"""The moment at which a person's rights end, where the centre has set one."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; who is there keeps rights without an end."""
    op.execute("ALTER TABLE operators ADD COLUMN valid_until timestamptz")
