"""When chats want to be reminded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds them."""
    op.create_table(
        "reminders",
        sa.Column("bot", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("chat", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("due_ms", sa.BigInteger, nullable=False),
    )
    op.create_index("reminders_due", "reminders", ["bot", "due_ms"])


def downgrade() -> None:
    """Drops them."""
    op.drop_index("reminders_due", "reminders")
    op.drop_table("reminders")
