"""The few statements that SQLite and PostgreSQL write differently."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Integer, Text, any_, bindparam, func, literal_column, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import ARRAY

from briefs.store.schema import storable

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Column, ColumnElement, Connection, Table

ONE_WRITER = 3_356_206  # PostgreSQL's advisory lock for those who change articles; any number of our own

Insert = sqlite.Insert | postgresql.Insert


def insert(connection: Connection, table: Table) -> Insert:
    """Return an insert that knows ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""
    return inserting(connection.dialect.name, table)


def inserting(dialect: str, table: Table) -> Insert:
    """Return the same for a dialect, for statements that are built once."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def one_writer(connection: Connection) -> None:
    """Let one transaction at a time change articles and stories, as SQLite always does: none can wait in a circle."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(ONE_WRITER)))


def among(
    connection: Connection, column: Column[Any], values: Collection[int] | Collection[str]
) -> ColumnElement[bool]:
    """Return "column is one of values" with one parameter, however many the values are."""
    return one_of(connection.dialect.name, column, None, listed(connection, values))


def one_of(dialect: str, column: Column[Any], name: str | None, values: Any = None) -> ColumnElement[bool]:
    """Return "column is one of the values" of a parameter, for statements that are built once: see ``listed``."""
    if dialect == "sqlite":
        given = bindparam(name, values, type_=Text, required=name is not None)
        return column.in_(select(literal_column("value")).select_from(func.json_each(given)))
    kind = ARRAY(BigInteger) if isinstance(column.type, Integer) else ARRAY(Text)
    return column == any_(bindparam(name, values, type_=kind, required=name is not None))


def listed(connection: Connection, values: Collection[int] | Collection[str]) -> Any:
    """Return values as the one parameter of ``one_of``."""
    plain = [value if isinstance(value, int) else storable(value) for value in values]
    return json.dumps(plain) if connection.dialect.name == "sqlite" else plain
