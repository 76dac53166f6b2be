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
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def one_writer(connection: Connection) -> None:
    """Let one transaction at a time change articles and stories, as SQLite always does: none can wait in a circle."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(ONE_WRITER)))


def among(
    connection: Connection, column: Column[Any], values: Collection[int] | Collection[str]
) -> ColumnElement[bool]:
    """Return "column is one of values" with one parameter, however many the values are."""
    plain = [storable(value) if isinstance(value, str) else value for value in values]
    if connection.dialect.name == "sqlite":
        return column.in_(select(literal_column("value")).select_from(func.json_each(json.dumps(plain))))
    kind = ARRAY(BigInteger) if isinstance(column.type, Integer) else ARRAY(Text)
    return column == any_(bindparam(None, plain, type_=kind))
