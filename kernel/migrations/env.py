"""Runs migrations of one service's database; started by `kernel.schema.migrate`."""

from alembic import context
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

engine = create_engine(context.config.attributes["database_url"], poolclass=NullPool)
with engine.connect() as connection:
    context.configure(connection=connection, transaction_per_migration=False)
    with context.begin_transaction():
        # Two copies of a service may be started at once; one migrates, the other finds it done.
        context.get_bind().exec_driver_sql("SELECT pg_advisory_xact_lock(7227)")
        context.run_migrations()
