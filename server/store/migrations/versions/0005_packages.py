"""Sealed packages that were imported: each once, whatever is handed in again."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of imported packages."""
    op.execute(
        """
        CREATE TABLE sealed_packages (
            id text NOT NULL,
            device_id text NOT NULL,
            digest text NOT NULL,
            parts integer NOT NULL,
            imported_at timestamptz NOT NULL,
            actor text NOT NULL,
            CONSTRAINT sealed_packages_pkey PRIMARY KEY (id),
            CONSTRAINT sealed_packages_device_id_fkey FOREIGN KEY (device_id) REFERENCES devices (id)
        )
        """
    )
