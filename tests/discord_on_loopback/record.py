"""What happened, in a file that outlives the server, the bot and the test: messages, requests, faults, broken rules.

SQLite in its safest mode: what was answered stands on the disk.
"""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY, channel_id INTEGER NOT NULL, nonce TEXT, at REAL NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS messages_by_channel ON messages (channel_id, id);
CREATE TABLE IF NOT EXISTS requests (
    number INTEGER PRIMARY KEY, at REAL NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL, body TEXT, status INTEGER
);
CREATE TABLE IF NOT EXISTS faults (number INTEGER PRIMARY KEY, at REAL NOT NULL, kind TEXT NOT NULL, place TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS broken (number INTEGER PRIMARY KEY, at REAL NOT NULL, place TEXT NOT NULL, rule TEXT NOT NULL);
"""
Message = dict[str, Any]


class Record:
    """One file. ``at`` is always seconds since 1970, by the server's clock."""

    def __init__(self, file: Path) -> None:
        self._db = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.executescript(SCHEMA)

    def close(self) -> None:
        self._db.close()

    def clear(self) -> None:
        """Forget everything."""
        for table in ("messages", "requests", "faults", "broken"):
            self._db.execute(f"DELETE FROM {table}")

    # ------------------------------------------------------------------------------------------------------ messages
    def add(self, message: Message, *, nonce: str | None, at: float) -> None:
        """Store a message; when this returns it stands."""
        row = int(message["id"]), int(message["channel_id"]), nonce, at, json.dumps(message)
        self._db.execute("INSERT INTO messages VALUES (?, ?, ?, ?, ?)", row)

    def change(self, message: Message) -> None:
        self._db.execute("UPDATE messages SET body = ? WHERE id = ?", (json.dumps(message), int(message["id"])))

    def with_nonce(self, nonce: str, since: float) -> Message | None:
        """The message that was stored with this nonce since then."""
        query = "SELECT body FROM messages WHERE nonce = ? AND at >= ?"
        found = self._db.execute(query, (nonce, since)).fetchone()
        return json.loads(found[0]) if found else None

    def forget_nonces(self) -> None:
        self._db.execute("UPDATE messages SET nonce = NULL")

    def message(self, message_id: int) -> Message | None:
        found = self._db.execute("SELECT body FROM messages WHERE id = ?", (message_id,)).fetchone()
        return json.loads(found[0]) if found else None

    def messages(self, channel_id: int | None = None, *, after: int = 0) -> list[Message]:
        """Messages of a channel, or of all, oldest first."""
        query = "SELECT body FROM messages WHERE channel_id = coalesce(?, channel_id) AND id > ? ORDER BY id"
        return [json.loads(row[0]) for row in self._db.execute(query, (channel_id, after))]

    def last_id(self) -> int:
        return self._db.execute("SELECT coalesce(max(id), 0) FROM messages").fetchone()[0]

    # ------------------------------------------------------------------------------------------------ what else happened
    def asked(self, method: str, path: str, body: object, at: float) -> int:
        """Note a request before it is worked on; return its number."""
        row = at, method, path, None if body is None else json.dumps(body)
        done = self._db.execute("INSERT INTO requests (at, method, path, body) VALUES (?, ?, ?, ?)", row)
        return done.lastrowid or 0

    def answered(self, number: int, status: int) -> None:
        self._db.execute("UPDATE requests SET status = ? WHERE number = ?", (status, number))

    def requests(self) -> list[dict[str, Any]]:
        """Every request: method, path, body and status, None for one that was never answered."""
        rows = self._db.execute("SELECT method, path, body, status FROM requests ORDER BY number")
        return [
            {"method": method, "path": path, "body": body and json.loads(body), "status": status}
            for method, path, body, status in rows
        ]

    def fault(self, kind: str, place: str, at: float) -> None:
        self._db.execute("INSERT INTO faults (at, kind, place) VALUES (?, ?, ?)", (at, kind, place))

    def faults(self) -> dict[str, int]:
        """How often each kind of fault was met."""
        return dict(self._db.execute("SELECT kind, count(*) FROM faults GROUP BY kind ORDER BY kind"))

    def broke(self, place: str, rule: str, at: float) -> None:
        self._db.execute("INSERT INTO broken (at, place, rule) VALUES (?, ?, ?)", (at, place, rule))

    def broken(self) -> list[str]:
        """Every rule of Discord's description that a request or an answer broke."""
        rows = self._db.execute("SELECT place, rule FROM broken ORDER BY number")
        return [f"{place}: {rule}" for place, rule in rows]
