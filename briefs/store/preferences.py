"""What servers want of their briefings: for all their channels, kept under EVERY_CHANNEL, and for each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import delete, select

from briefs.errors import SettingError
from briefs.preferences import Chosen, Topic, TopicKind, topic
from briefs.store.schema import channel_settings, topics
from briefs.store.statements import insert

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Row, Table

log = structlog.get_logger(__name__)


def chosen(connection: Connection, guild_id: int, channel_id: int) -> Chosen:
    """Return what a server chose for one of its channels or for all of them; topics in the order of their names."""
    table = channel_settings
    settings = connection.execute(
        select(table.c.name, table.c.value).where(_own(table, guild_id, channel_id)).order_by(table.c.name)
    )
    found = connection.execute(select(topics).where(_own(topics, guild_id, channel_id)))
    ordered = sorted(_topics(found), key=lambda each: each.key)
    return Chosen({row.name: row.value for row in settings}, tuple(ordered))


def set_setting(connection: Connection, guild_id: int, channel_id: int, name: str, value: str | None) -> None:
    """Set one setting; None takes it back."""
    table = channel_settings
    if value is None:
        connection.execute(delete(table).where(_own(table, guild_id, channel_id), table.c.name == name))
        return
    keys = {"guild_id": guild_id, "channel_id": channel_id, "name": name}
    statement = insert(connection, table).values(**keys, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=[*keys], set_={"value": value}))


def set_topic(
    connection: Connection, guild_id: int, channel_id: int, wanted: Topic, added_by: int | None, now: datetime
) -> None:
    """Set a topic, in the place of the same one however it was capitalised."""
    remove_topic(connection, guild_id, channel_id, wanted)
    keys = {"guild_id": guild_id, "channel_id": channel_id, "kind": wanted.kind.value, "text": wanted.text}
    more = {"weight": wanted.weight, "added_by": added_by, "added_at": now}
    statement = insert(connection, topics).values(**keys, **more)
    connection.execute(statement.on_conflict_do_update(index_elements=[*keys], set_=more))


def remove_topic(connection: Connection, guild_id: int, channel_id: int, unwanted: Topic) -> bool:
    """Remove a topic, however it is capitalised and weighted; False: there was none."""
    own = _own(topics, guild_id, channel_id)
    same = [each.text for each in chosen(connection, guild_id, channel_id).topics if each.key == unwanted.key]
    which = own, topics.c.kind == unwanted.kind.value, topics.c.text.in_(same)
    return connection.execute(delete(topics).where(*which)).rowcount > 0


def _own(table: Table, guild_id: int, channel_id: int) -> ColumnElement[bool]:
    return (table.c.guild_id == guild_id) & (table.c.channel_id == channel_id)


def _topics(rows: Iterable[Row[Any]]) -> Iterator[Topic]:
    """The topics of rows; what is no topic, since it was damaged or a newer version wrote it, is passed over."""
    for row in rows:
        try:
            yield topic(TopicKind(row.kind), row.text, row.weight)
        except (ValueError, SettingError) as error:
            log.warning(
                "topic passed over", guild=row.guild_id, channel=row.channel_id, text=row.text, cause=str(error)
            )
