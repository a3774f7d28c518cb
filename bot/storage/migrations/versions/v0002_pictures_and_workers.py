"""What the platform calls uploaded pictures; which worker has which update and reply."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Adds them."""
    op.create_table(
        "pictures",
        sa.Column("bot", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kept_ms", sa.BigInteger, nullable=False),
    )
    for table in ("inbox", "outbox"):
        op.add_column(table, sa.Column("worker", sa.BigInteger))
    waiting = sa.text("NOT handled")
    op.create_index(
        "inbox_waiting",
        "inbox",
        ["bot", "chat"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_index("outbox_by_chat", "outbox", ["bot", "chat"])


def downgrade() -> None:
    """Drops them."""
    op.drop_index("outbox_by_chat", "outbox")
    op.drop_index("inbox_waiting", "inbox")
    for table in ("outbox", "inbox"):
        op.drop_column(table, "worker")
    op.drop_table("pictures")
