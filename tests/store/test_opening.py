"""A database opens, or one sentence says why it does not."""

from __future__ import annotations

import multiprocessing
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from examples import NOON, pair

from briefs.errors import DatabaseTooNewError, DatabaseUnavailableError, StoreError
from briefs.store import Store, migrations
from briefs.store.schema import metadata


def engine(url):
    return sqlalchemy.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))


def test_an_empty_database_gets_the_tables_of_the_schema(database_url):
    Store.open(database_url).close()

    def ours(_object, name, kind, _reflected, _other):
        return not name.startswith("article_words") and name not in {"words", "ix_articles_words"}

    database = engine(database_url)
    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        assert compare_metadata(context, metadata) == []
    database.dispose()


def test_the_newest_step_is_the_one_the_code_names():
    assert ScriptDirectory.from_config(migrations.configuration()).get_heads() == [migrations.HEAD]


def test_a_database_of_a_newer_version_is_refused(store_url):
    Store.open(store_url).close()
    database = engine(store_url)
    with database.begin() as connection:
        connection.execute(sqlalchemy.text("UPDATE alembic_version SET version_num = 'from the future'"))
    database.dispose()
    with pytest.raises(DatabaseTooNewError) as error:
        Store.open(store_url)
    assert str(error.value) == (
        "This database was written by a newer version of Debrief. "
        "Update Debrief, or point DATABASE_URL to another database."
    )


def test_tables_of_another_program_are_left_alone(database_url):
    database = engine(database_url)
    with database.begin() as connection:
        connection.execute(sqlalchemy.text("CREATE TABLE articles (headline TEXT)"))
    with pytest.raises(DatabaseUnavailableError, match="another program"):
        Store.open(database_url)
    with database.connect() as connection:
        assert sqlalchemy.inspect(connection).get_table_names() == ["articles"]
    database.dispose()


def _open(url):
    with Store.open(url) as store:
        return store.statistics().articles


def test_several_processes_may_open_an_empty_database_at_once(database_url):
    with multiprocessing.get_context("spawn").Pool(3) as processes:
        assert processes.map(_open, [database_url] * 6) == [0] * 6


def test_a_password_is_never_shown():
    with pytest.raises(DatabaseUnavailableError) as error:
        Store.open("postgresql://editor:s3cret@127.0.0.1:1/news")
    assert "editor:***@127.0.0.1:1/news" in str(error.value)
    assert "s3cret" not in str(error.value)


def test_the_address_for_people_masks_the_password(memory_store):
    assert memory_store.url_for_people == "sqlite://"
    assert memory_store.dialect == "sqlite"


@pytest.mark.parametrize(
    "address", ["", "news.db", "mysql://host/news", "oracle+unknown://x", "postgresql://host:port/x"]
)
def test_what_is_no_address_says_how_one_looks(address):
    with pytest.raises(DatabaseUnavailableError, match="Write sqlite:///"):
        Store.open(address)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_postgresql_is_known_by_each_of_its_names(postgresql, migrated, scheme):
    with Store.open(postgresql.format(migrated).replace("postgresql", scheme, 1)) as store:
        assert store.dialect == "postgresql"


def test_a_file_that_is_no_database_is_not_touched(tmp_path):
    file = tmp_path / "letter.txt"
    file.write_text("Dear reader, " * 100)
    with pytest.raises(DatabaseUnavailableError, match="the file holds something else"):
        Store.open(f"sqlite:///{file}")
    assert file.read_text() == "Dear reader, " * 100


def test_a_folder_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(DatabaseUnavailableError, match=r"cannot be opened\. Does its folder exist"):
        Store.open(f"sqlite:///{tmp_path}/nowhere/debrief.db")


def test_a_database_that_may_not_be_written_says_so(tmp_path):
    Store.open(f"sqlite:///{tmp_path}/debrief.db").close()
    with pytest.raises(DatabaseUnavailableError, match="cannot be written"):
        Store.open(f"sqlite:///file:{tmp_path}/debrief.db?mode=ro&uri=true")


def test_a_locked_database_says_so_and_works_again_after(tmp_path):
    url = f"sqlite:///{tmp_path}/debrief.db?timeout=0.1"
    with Store.open(url) as store:
        other = sqlite3.connect(tmp_path / "debrief.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseUnavailableError, match="locked by another program"):
            store.add_articles([pair()])
        assert store.visible(None) == ()  # readers do not wait
        other.execute("ROLLBACK")
        other.close()
        assert store.add_articles([pair()]) == ("a1",)


def test_a_damaged_database_says_so(tmp_path):
    file = tmp_path / "debrief.db"
    with Store.open(f"sqlite:///{file}") as store:
        store.add_articles([pair(f"a{number}") for number in range(200)])
    data = bytearray(file.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    file.write_bytes(data)
    with pytest.raises(DatabaseUnavailableError, match="damaged"), Store.open(f"sqlite:///{file}") as store:
        store.visible(None)


def test_a_statement_the_database_refuses_is_our_error(store):
    with pytest.raises(StoreError) as error:
        store.claim("run", 0, guild_id=1, channel_id=1, briefing_id=404, nonce="n", now=NOON)
    assert not isinstance(error.value, DatabaseUnavailableError)
    assert "\n" not in str(error.value)


def test_threads_share_a_store_in_memory(memory_store):
    with ThreadPoolExecutor(8) as threads:
        added = threads.map(lambda number: memory_store.add_articles([pair(f"a{number}")]), range(40))
        assert sorted(added) == sorted((f"a{number}",) for number in range(40))
    assert memory_store.count_visible(None) == 40


def test_threads_share_a_store_with_readers_and_writers(store):
    def work(number):
        store.add_articles([pair(f"a{number}"), pair("common")])
        return store.count_visible(None)

    with ThreadPoolExecutor(8) as threads:
        assert max(threads.map(work, range(24))) == 25


def test_what_is_read_together_is_one_transaction_of_that_thread_alone(store):
    begun = []
    store.add_articles([pair("a1")])
    sqlalchemy.event.listen(store._database._engine, "begin", begun.append)
    with store.reading_together():
        assert [*store.articles(["a1"])] == [*store.readings(["a1"])] == ["a1"]
        with store.reading_together():
            assert store.count_visible(None) == 1
        assert store.seen_of(["a1"], None) == ("a1",)
        assert len(begun) == 1
        with ThreadPoolExecutor(1) as thread:
            assert thread.submit(store.count_visible, None).result() == 1
        assert len(begun) == 2
    assert store.count_visible(None) == 1
    assert len(begun) == 3


def test_after_a_fault_in_what_is_read_together_the_next_is_read_anew(store):
    store.add_articles([pair("a1")])
    with pytest.raises(StoreError), store.reading_together(), store._database.reading() as connection:
        connection.exec_driver_sql("SELECT nothing FROM nowhere")
    assert store.count_visible(None) == 1


def test_threads_share_a_store_in_memory_that_is_read_together(memory_store):
    def work(number):
        memory_store.add_articles([pair(f"a{number}")])
        with memory_store.reading_together():
            assert [*memory_store.articles([f"a{number}"])] == [*memory_store.readings([f"a{number}"])]

    with ThreadPoolExecutor(8) as threads:
        assert len([*threads.map(work, range(24))]) == 24
    assert memory_store.count_visible(None) == 24


@pytest.mark.parametrize("address", ["sqlite://data.db", "sqlite://user@host/data.db", "mysql://host/name", "data.db"])
def test_an_address_of_no_database_is_told_with_one_that_is(address):
    with pytest.raises(DatabaseUnavailableError, match=r"Write sqlite:///debrief\.db"):
        Store.open(address)
