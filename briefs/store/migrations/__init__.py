"""The database's history: each file of ``versions`` is one step, and opening a database takes those it lacks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from briefs.errors import DatabaseTooNewError, DatabaseUnavailableError
from briefs.store.schema import metadata

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

HEAD = "0007"  # the newest step; a test holds it to the files
ONE_AT_A_TIME = 3_356_205  # PostgreSQL's advisory lock for migrations; any number of our own
_WRITE = "UPDATE alembic_version SET version_num = version_num"  # it leaves all as it is
_TOO_NEW = "This database was written by a newer version of Debrief. Update Debrief, or point DATABASE_URL to another database."


def migrate(connection: Connection) -> None:
    """Bring the database to this version's schema, inside the connection's transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = 0"))  # an upgrade may take minutes; who comes second waits
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
        connection.execute(text("RESET lock_timeout"))
    current = revision(connection)
    if current != HEAD:
        _upgrade(connection, current)
    else:  # a database that may not be written is found out now, not at the first post
        connection.execute(text(_WRITE))


def confirm(connection: Connection) -> None:
    """See that a migrated database is still of this version and can be written. Raises DatabaseTooNewError."""
    if revision(connection) != HEAD:
        raise DatabaseTooNewError(_TOO_NEW)
    connection.execute(text(_WRITE))


def revision(connection: Connection) -> str | None:
    """Return the step the database stands at; None: it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    current: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return current


def configuration(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration; ``env.py`` takes the connection from it."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection, current: str | None) -> None:
    from alembic import command
    from alembic.script import ScriptDirectory

    config = configuration(connection)
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise DatabaseTooNewError(_TOO_NEW)
    if current is None and metadata.tables.keys() & set(inspect(connection).get_table_names()):
        raise DatabaseUnavailableError(
            "The database holds another program's tables. Point DATABASE_URL to another one."
        )
    command.upgrade(config, "head")
