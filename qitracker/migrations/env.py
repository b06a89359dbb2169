"""How migrations run: on the application's own engine, online or as SQL to read."""

from alembic import context
from flask import current_app

from qitracker.foundation.db import Base


def configure(**how: object) -> None:
    """Run the migrations under one configuration, changing tables in batches where SQLite needs it."""
    context.configure(
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        compare_server_default=False,
        version_table_pk=True,
        **how,
    )
    with context.begin_transaction():
        context.run_migrations()


engine = current_app.extensions["migrate"].db.engine

if context.is_offline_mode():
    configure(url=engine.url.render_as_string(hide_password=False), literal_binds=True)
else:
    with engine.connect() as connection:
        configure(connection=connection)
        connection.commit()
