"""Outlines of articles, what a feed shows by time, and a full-text index that is always in order.

The outlines of articles that are stored already are made later: the upgrade waits for nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "outlines",
        sa.Column("article", Number, autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.number"], name=op.f("fk_outlines_article"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_outlines")),
    )
    op.create_index(op.f("ix_feed_articles_feed_id_shown_at"), "feed_articles", ["feed_id", "shown_at"])
    op.drop_index(op.f("ix_feed_articles_feed_id"), "feed_articles")
    if op.get_context().dialect.name == "postgresql":
        # What is added would first be put on a heap that each search looks through, and its planner shies at.
        op.execute("ALTER INDEX ix_articles_words SET (fastupdate = off)")
        op.execute("SELECT gin_clean_pending_list('ix_articles_words')")
