"""How alembic reaches the database: by the connection that the centre hands over."""

from __future__ import annotations

from alembic import context

from server.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
