"""Run by Alembic: migrates over the connection, and in the transaction, that it is given."""

from alembic import context

from medoffice.adapters.sql.schema import VERSION_TABLE
from medoffice.adapters.sql.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=metadata, version_table=VERSION_TABLE, transactional_ddl=True
)
with context.begin_transaction():
    context.run_migrations()
