"""Versions and copies of articles; what a feed wishes, where it moved and how it fares; paragraphs a site repeats."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Text = sa.Text()
Time = sa.DateTime(timezone=True)

REFER_TO_FEEDS = ("subscriptions", "entries", "feed_articles")
FORGET_WORDS = (
    "INSERT INTO article_words(article_words, rowid, title, text) VALUES ('delete', old.number, old.title, old.text);"
)
# An index entry may be deleted once only, so what is superseded, and has none, is left alone ever after.
SQLITE_SEARCH = (
    "DROP TRIGGER article_words_delete",
    "DROP TRIGGER article_words_update",
    f"""CREATE TRIGGER article_words_delete AFTER DELETE ON articles WHEN NOT old.superseded BEGIN
        {FORGET_WORDS}
    END""",
    f"""CREATE TRIGGER article_words_update AFTER UPDATE OF title, text ON articles WHEN NOT old.superseded BEGIN
        {FORGET_WORDS}
        INSERT INTO article_words(rowid, title, text) VALUES (new.number, new.title, new.text);
    END""",  # noqa: S608
    f"""CREATE TRIGGER article_words_supersede AFTER UPDATE OF superseded ON articles
        WHEN new.superseded AND NOT old.superseded BEGIN
        {FORGET_WORDS}
    END""",
)


def upgrade() -> None:
    _articles()
    _feeds()
    _paragraphs()
    _addresses()
    if op.get_context().dialect.name == "sqlite":
        _number_feeds_once()
        for statement in SQLITE_SEARCH:
            op.execute(statement)


def _articles() -> None:
    op.add_column("articles", sa.Column("author", Text))
    op.add_column("articles", sa.Column("image", Text))
    op.add_column("articles", sa.Column("extent", Text, nullable=False, server_default="full"))
    op.add_column("articles", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("articles", sa.Column("root", Text, nullable=False, server_default=""))
    op.add_column("articles", sa.Column("superseded", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("articles", sa.Column("copy_of", Text))
    op.execute("UPDATE articles SET root = id")
    op.create_index(op.f("ix_articles_root_version"), "articles", ["root", "version"], unique=True)
    op.drop_index(op.f("ix_articles_shown_at"), "articles")
    op.create_index(op.f("ix_articles_shown_at_superseded"), "articles", ["shown_at", "superseded"])


def _feeds() -> None:
    for column in _news_of_feeds():
        op.add_column("feeds", column)
    op.execute("UPDATE feeds SET kind = 'folder' WHERE url LIKE 'file:%'")
    op.add_column("subscriptions", sa.Column("added_by", sa.BigInteger))
    op.add_column("subscriptions", sa.Column("told_failing_at", Time))
    op.add_column("entries", sa.Column("fingerprint", Text, nullable=False, server_default=""))
    op.add_column("entries", sa.Column("article_id", Text))
    op.create_index(op.f("ix_entries_feed_id_fingerprint"), "entries", ["feed_id", "fingerprint"])


def _news_of_feeds() -> list[sa.Column[object]]:
    return [
        sa.Column("kind", Text, nullable=False, server_default="feed"),
        sa.Column("moved_to", Text),
        sa.Column("wishes", Text),
        sa.Column("interval", sa.Integer()),
        sa.Column("last_new_at", Time),
        sa.Column("failing_since", Time),
        sa.Column("ended_at", Time),
        sa.Column("remark", Text),
        sa.Column("remarked_at", Time),
    ]


def _paragraphs() -> None:
    op.create_table(
        "paragraphs",
        sa.Column("site", Text, nullable=False),
        sa.Column("hash", Text, nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("seen_at", Time, nullable=False),
        sa.PrimaryKeyConstraint("site", "hash", name=op.f("pk_paragraphs")),
    )
    op.create_index(op.f("ix_paragraphs_seen_at"), "paragraphs", ["seen_at"])


def _addresses() -> None:
    op.create_table(
        "addresses",
        sa.Column("id", Text, nullable=False),
        sa.Column("root", Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addresses")),
    )


def _number_feeds_once() -> None:
    """Give SQLite's table of feeds ids that are never used again, which only a new table can have.

    Dropping the old one would take with it every row that refers to it, and foreign keys cannot be switched off inside a
    transaction: those rows step aside until the new table stands.
    """
    for table in REFER_TO_FEEDS:
        op.execute(f"CREATE TEMPORARY TABLE aside_{table} AS SELECT * FROM {table}")  # noqa: S608 - names of our own
        op.execute(f"DELETE FROM {table}")  # noqa: S608
    op.create_table(
        "new_feeds",
        sa.Column("id", Number, autoincrement=True, nullable=False),
        sa.Column("url", Text, nullable=False),
        sa.Column("title", Text),
        sa.Column("etag", Text),
        sa.Column("last_modified", Text),
        sa.Column("added_at", Time),
        sa.Column("last_success_at", Time),
        sa.Column("last_error", Text),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_poll_at", Time),
        *_news_of_feeds(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feeds")),
        sa.UniqueConstraint("url", name=op.f("uq_feeds_url")),
        sqlite_autoincrement=True,
    )
    op.execute("INSERT INTO new_feeds SELECT * FROM feeds")
    op.execute("DROP TABLE feeds")
    op.execute("ALTER TABLE new_feeds RENAME TO feeds")
    op.create_index(op.f("ix_feeds_next_poll_at"), "feeds", ["next_poll_at"])
    for table in REFER_TO_FEEDS:
        op.execute(f"INSERT INTO {table} SELECT * FROM aside_{table}")  # noqa: S608
        op.execute(f"DROP TABLE aside_{table}")
