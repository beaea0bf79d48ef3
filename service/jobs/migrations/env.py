"""Run by alembic: the versions on the connection that `Database.migrate` brings."""

from alembic import context

from service.jobs.tables import metadata

connection = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("the tables are brought up to date by the service itself, or by `sitewatt batch`")
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
