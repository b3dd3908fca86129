"""The centre's lives: a window sees by the epoch that the centre was restored, and sends again."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table with the first life."""
    op.execute(
        """
        CREATE TABLE lives (
            seq bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
            epoch text NOT NULL,
            begun_at timestamptz NOT NULL,
            restored_to timestamptz,
            CONSTRAINT lives_pkey PRIMARY KEY (seq),
            CONSTRAINT lives_epoch_key UNIQUE (epoch)
        )
        """
    )
    op.execute("INSERT INTO lives (epoch, begun_at) VALUES (gen_random_uuid()::text, now())")
