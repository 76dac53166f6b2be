"""What a bot on many servers keeps: paused schedules, threads, crossposts, admin actions, alarms, servers it left; plans.

The plans of articles that are stored already are looked for later: the upgrade waits for nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("schedules", sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("posts", sa.Column("crossposted_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "threads",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("briefing_id", Number, nullable=False),
        sa.ForeignKeyConstraint(
            ["briefing_id"], ["briefings.id"], name=op.f("fk_threads_briefing_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threads")),
    )
    op.create_index(op.f("ix_threads_briefing_id"), "threads", ["briefing_id"])
    op.create_index(op.f("ix_threads_guild_id"), "threads", ["guild_id"])
    op.create_table(
        "actions",
        sa.Column("id", Number, autoincrement=True, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actions")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_actions_guild_id_id"), "actions", ["guild_id", "id"])
    op.create_table(
        "alarms",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("guild_id", "subject", name=op.f("pk_alarms")),
    )
    op.create_table(
        "departures",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name=op.f("pk_departures")),
    )
    op.create_table(
        "plans",
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("article", Number, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.number"], name=op.f("fk_plans_article"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("until", "article", name=op.f("pk_plans")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_plans_article"), "plans", ["article"])
