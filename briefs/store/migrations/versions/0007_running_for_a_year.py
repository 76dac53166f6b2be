"""What a bot that runs for a year keeps: how long each job has been failing, and what is set aside since it kills workers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("jobs", sa.Column("failures", sa.Integer(), server_default="0", nullable=False))
    op.add_column("jobs", sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "set_aside",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("feed_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("crashes", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name=op.f("fk_set_aside_feed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("kind", "subject", name=op.f("pk_set_aside")),
    )
    op.create_index(op.f("ix_set_aside_feed_id"), "set_aside", ["feed_id"])
