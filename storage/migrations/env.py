"""Runs migrations on the connection that `storage.revisions` hands in; it opens none itself."""

from alembic import context

from storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # Alembic assumes that SQLite's driver commits before DDL; ours begins by hand and does not.
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
