"""From every released version a database with rows in each of its tables comes to this one whole, however often it is killed."""

from __future__ import annotations

import contextlib
import sqlite3

import pytest
import sqlalchemy
from alembic import command
from alembic.script import ScriptDirectory
from examples import NOON, apart

from briefs.errors import DatabaseTooNewError
from briefs.store import Store, backup, migrations, restore
from briefs.store.schema import metadata

STEPS = sorted(step.revision for step in ScriptDirectory.from_config(migrations.configuration()).walk_revisions())
KINDS = {int: 1, str: "x", bytes: b"x", bool: False, float: 1.0}


class Earlier:
    """A database as an earlier version left it, with a row in each table."""

    def __init__(self, url, step):
        driver = url.replace("postgresql:", "postgresql+psycopg:")
        self.engine = sqlalchemy.create_engine(driver, poolclass=sqlalchemy.NullPool)
        self.tables = sqlalchemy.MetaData()
        with self.engine.begin() as connection:
            command.upgrade(migrations.configuration(connection), step)
            self.tables.reflect(connection)
            for table in self.tables.sorted_tables:
                if not table.name.startswith("article_words") and table.name not in {
                    "alembic_version",
                    "sqlite_sequence",
                }:
                    connection.execute(
                        table.insert(), {column.name: self.value(column) for column in self.filled(table)}
                    )
        self.names = {*self.tables.tables} & {*metadata.tables}

    @staticmethod
    def filled(table):
        return [column for column in table.columns if column.name != "words"]

    def value(self, column):
        """Every number is 1 and every text "x", so that whatever refers to something meets it."""
        kind = column.type.python_type
        at = NOON.replace(tzinfo=None) if self.engine.dialect.name == "sqlite" else NOON
        return KINDS.get(kind, at)

    def rows(self):
        """What stands in the columns that there were then."""
        with self.engine.connect() as connection:
            return {
                name: [
                    tuple(row) for row in connection.execute(sqlalchemy.select(*self.filled(self.tables.tables[name])))
                ]
                for name in sorted(self.names)
            }


@pytest.mark.parametrize("step", STEPS)
def test_every_row_of_every_table_is_there_after_an_upgrade_from_each_version(database_url, step):
    earlier = Earlier(database_url, step)
    before = earlier.rows()
    assert len(before) >= 15
    assert all(len(rows) == 1 for rows in before.values())
    Store.open(database_url).close()
    after = earlier.rows()
    changed = {name for name in before if after[name] != before[name]}
    assert not changed
    with Store.open(database_url) as store:
        assert store.search(["x"], guild_id=None) == ("x",)


@pytest.mark.parametrize("step", [STEPS[0], STEPS[-2]])  # between them nothing but the steps above
def test_a_backup_of_an_earlier_version_can_be_restored(tmp_path, step):
    """It is brought to this version on a copy: the file stays as it is."""
    old = tmp_path / "old.db"
    earlier = Earlier(f"sqlite:///{old}", step)
    kept = old.read_bytes()
    url = f"sqlite:///{tmp_path}/new.db"
    done = restore.restore(url, old, now=NOON)
    assert old.read_bytes() == kept
    assert {name: done.rows[name] for name in earlier.names - {"settings"}} == dict.fromkeys(
        earlier.names - {"settings"}, 1
    )
    assert backup.make(url, tmp_path / "new copy.db").rows["articles"] == 1


def test_who_goes_back_a_version_is_told_how_and_the_backup_of_before_the_update_is_restored(tmp_path):
    file, saved = tmp_path / "debrief.db", tmp_path / "before.db"
    with Store.open(f"sqlite:///{file}") as store:
        store.set_setting(1, "stories", "3")
        backup.make(f"sqlite:///{file}", saved)
    with contextlib.closing(sqlite3.connect(file)) as updated:
        updated.execute("UPDATE alembic_version SET version_num = '9999'")
        updated.commit()
    with pytest.raises(DatabaseTooNewError, match="move that file away and restore again"):
        restore.restore(f"sqlite:///{file}", saved, now=NOON)
    file.rename(tmp_path / "newer.db")
    restore.restore(f"sqlite:///{file}", saved, now=NOON)
    with Store.open(f"sqlite:///{file}") as store:
        assert store.settings(1)["stories"] == "3"


MIGRATE_AND_DIE = """
import os, signal
import sqlalchemy, alembic.command, alembic.script
from briefs.store import Store

def migrate_and_die(statements):
    left = [statements]
    def count(*_):
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
    for event in ("before_cursor_execute", "commit"):
        sqlalchemy.event.listen(sqlalchemy.Engine, event, count)
    Store.open({url!r})
    os._exit(0)

killed, statements = 0, 1
while True:
    child = os.fork() or migrate_and_die(statements)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        break
    killed, statements = killed + 1, statements + {stride}
    with open({log!r}, "a") as log:
        log.write("killed\\n")
assert os.waitstatus_to_exitcode(status) == 0
"""


def test_an_upgrade_that_is_killed_again_and_again_begins_again_whole(database_url, tmp_path):
    earlier = Earlier(database_url, STEPS[0])
    before = earlier.rows()
    log = tmp_path / "log"
    code = MIGRATE_AND_DIE.format(url=database_url, stride=23, log=str(log))
    apart(code)
    assert log.read_text().count("killed") >= 3
    assert earlier.rows() == before
    Store.open(database_url).close()
