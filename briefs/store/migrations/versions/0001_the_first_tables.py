"""The first tables, and the full-text index of each database."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Text = sa.Text()
Time = sa.DateTime(timezone=True)

STEM_ENGLISH = "porter unicode61 remove_diacritics 2"
LONGEST_INDEXED = 250_000  # characters; a tsvector holds at most 1 MB

SQLITE_SEARCH = (
    # The words only: the text itself is read from the articles.
    f"""CREATE VIRTUAL TABLE article_words USING fts5(
        title, text, content='articles', content_rowid='number', tokenize='{STEM_ENGLISH}'
    )""",
    # A word of the title counts three times.
    "INSERT INTO article_words(article_words, rank) VALUES ('rank', 'bm25(3.0, 1.0)')",
    """CREATE TRIGGER article_words_insert AFTER INSERT ON articles BEGIN
        INSERT INTO article_words(rowid, title, text) VALUES (new.number, new.title, new.text);
    END""",
    """CREATE TRIGGER article_words_delete AFTER DELETE ON articles BEGIN
        INSERT INTO article_words(article_words, rowid, title, text) VALUES ('delete', old.number, old.title, old.text);
    END""",
    """CREATE TRIGGER article_words_update AFTER UPDATE OF title, text ON articles BEGIN
        INSERT INTO article_words(article_words, rowid, title, text) VALUES ('delete', old.number, old.title, old.text);
        INSERT INTO article_words(rowid, title, text) VALUES (new.number, new.title, new.text);
    END""",
)
POSTGRESQL_SEARCH = (
    f"""ALTER TABLE articles ADD COLUMN words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('english', left(coalesce(title, ''), 1000)), 'A')
        || setweight(to_tsvector('english', left(text, {LONGEST_INDEXED})), 'C')
    ) STORED""",
    "CREATE INDEX ix_articles_words ON articles USING gin (words)",
)


def upgrade() -> None:
    _create_tables()
    search = SQLITE_SEARCH if op.get_context().dialect.name == "sqlite" else POSTGRESQL_SEARCH
    for statement in search:
        op.execute(statement)


def _create_tables() -> None:
    op.create_table(
        "answers",
        sa.Column("id", Number, autoincrement=True, nullable=False),
        sa.Column("guild_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("asked_by", sa.BigInteger, nullable=False),
        sa.Column("asked_at", Time, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_answers_asked_at"), "answers", ["asked_at"])
    op.create_index(op.f("ix_answers_guild_id_channel_id_asked_by"), "answers", ["guild_id", "channel_id", "asked_by"])
    op.create_table(
        "articles",
        sa.Column("number", Number, autoincrement=True, nullable=False),
        sa.Column("id", Text, nullable=False),
        sa.Column("published_at", Time),
        sa.Column("first_seen_at", Time, nullable=False),
        sa.Column("shown_at", Time, nullable=False),
        sa.Column("language", Text, nullable=False),
        sa.Column("outlet", Text),
        sa.Column("title", Text),
        sa.Column("url", Text),
        sa.Column("blocks", Text, nullable=False),
        sa.Column("text", Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_articles")),
        sa.UniqueConstraint("id", name=op.f("uq_articles_id")),
    )
    op.create_index(op.f("ix_articles_shown_at"), "articles", ["shown_at"])
    op.create_table(
        "briefings",
        sa.Column("id", Number, autoincrement=True, nullable=False),
        sa.Column("guild_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("made_at", Time, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefings")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_briefings_guild_id_channel_id_made_at"), "briefings", ["guild_id", "channel_id", "made_at"]
    )
    op.create_table(
        "feeds",
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feeds")),
        sa.UniqueConstraint("url", name=op.f("uq_feeds_url")),
    )
    op.create_index(op.f("ix_feeds_next_poll_at"), "feeds", ["next_poll_at"])
    op.create_table(
        "jobs",
        sa.Column("name", Text, nullable=False),
        sa.Column("last_run_at", Time, nullable=False),
        sa.Column("last_success_at", Time),
        sa.Column("last_error", Text),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_jobs")),
    )
    op.create_table(
        "schedules",
        sa.Column("id", Number, autoincrement=True, nullable=False),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("times", Text, nullable=False),
        sa.Column("days", Text, nullable=False),
        sa.Column("zone", Text, nullable=False),
        sa.Column("created_by", sa.BigInteger),
        sa.Column("created_at", Time, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedules")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_schedules_guild_id"), "schedules", ["guild_id"])
    op.create_table(
        "settings",
        sa.Column("guild_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("name", Text, nullable=False),
        sa.Column("value", Text, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "name", name=op.f("pk_settings")),
    )
    op.create_table(
        "stories", sa.Column("id", Text, nullable=False), sa.PrimaryKeyConstraint("id", name=op.f("pk_stories"))
    )
    op.create_table(
        "briefing_articles",
        sa.Column("briefing_id", Number, autoincrement=False, nullable=False),
        sa.Column("article_id", Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["briefing_id"], ["briefings.id"], name=op.f("fk_briefing_articles_briefing_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("briefing_id", "article_id", name=op.f("pk_briefing_articles")),
    )
    op.create_table(
        "entries",
        sa.Column("feed_id", Number, autoincrement=False, nullable=False),
        sa.Column("guid", Text, nullable=False),
        sa.Column("seen_at", Time, nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name=op.f("fk_entries_feed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("feed_id", "guid", name=op.f("pk_entries")),
    )
    op.create_table(
        "feed_articles",
        sa.Column("article", Number, autoincrement=False, nullable=False),
        sa.Column("feed_id", Number, autoincrement=False, nullable=False),
        sa.Column("shown_at", Time, nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.number"], name=op.f("fk_feed_articles_article"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name=op.f("fk_feed_articles_feed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "feed_id", name=op.f("pk_feed_articles")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_feed_articles_feed_id"), "feed_articles", ["feed_id"])
    op.create_table(
        "posts",
        sa.Column("id", Number, autoincrement=True, nullable=False),
        sa.Column("run_key", Text, nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("briefing_id", Number, nullable=False),
        sa.Column("nonce", Text, nullable=False),
        sa.Column("state", Text, nullable=False),
        sa.Column("claimed_at", Time, nullable=False),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("error", Text),
        sa.ForeignKeyConstraint(
            ["briefing_id"], ["briefings.id"], name=op.f("fk_posts_briefing_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sa.UniqueConstraint("run_key", "part", name=op.f("uq_posts_run_key_part")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_posts_briefing_id"), "posts", ["briefing_id"])
    op.create_index(op.f("ix_posts_channel_id"), "posts", ["channel_id"])
    op.create_index(op.f("ix_posts_guild_id"), "posts", ["guild_id"])
    op.create_index(op.f("ix_posts_state"), "posts", ["state"])
    op.create_table(
        "readings",
        sa.Column("article", Number, autoincrement=False, nullable=False),
        sa.Column("facts", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.number"], name=op.f("fk_readings_article"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_readings")),
    )
    op.create_index(op.f("ix_readings_facts"), "readings", ["facts"])
    op.create_table(
        "story_articles",
        sa.Column("article", Number, autoincrement=False, nullable=False),
        sa.Column("story_id", Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.number"], name=op.f("fk_story_articles_article"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name=op.f("fk_story_articles_story_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_story_articles")),
    )
    op.create_index(op.f("ix_story_articles_story_id"), "story_articles", ["story_id"])
    op.create_table(
        "subscriptions",
        sa.Column("guild_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("feed_id", Number, autoincrement=False, nullable=False),
        sa.Column("title", Text),
        sa.Column("added_at", Time, nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name=op.f("fk_subscriptions_feed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("guild_id", "feed_id", name=op.f("pk_subscriptions")),
    )
    op.create_index(op.f("ix_subscriptions_feed_id"), "subscriptions", ["feed_id"])
