"""Run by Alembic: the steps run on the connection, and in the transaction, of whoever opens the database."""

from __future__ import annotations

from alembic import context

from briefs.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # SQLite's too: a failed step leaves nothing behind
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
