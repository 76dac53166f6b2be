"""What grouping knows of each article, how to find the articles that tell alike, and where a merged story went.

The contents of articles that are stored already are made later: the upgrade waits for nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "contents",
        sa.Column("article", Number, autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.number"], name=op.f("fk_contents_article"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_contents")),
    )
    op.create_table(
        "telling_stems",
        sa.Column("stem", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article", Number, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.number"], name=op.f("fk_telling_stems_article"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("stem", "at", "article", name=op.f("pk_telling_stems")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_telling_stems_article"), "telling_stems", ["article"])
    op.create_table(
        "stem_counts",
        sa.Column("stem", Number, autoincrement=False, nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("stem", name=op.f("pk_stem_counts")),
    )
    op.create_table(
        "story_aliases",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name=op.f("fk_story_aliases_story_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_aliases")),
    )
    op.create_index(op.f("ix_story_aliases_story_id"), "story_aliases", ["story_id"])
    op.add_column("stories", sa.Column("continues", sa.Text(), nullable=True))
    op.create_index(op.f("ix_stories_continues"), "stories", ["continues"])
