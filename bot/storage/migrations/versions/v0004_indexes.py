"""What is dropped with age, and what is erased by chat, is found by an index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_HANDLED = sa.text("handled")


def upgrade() -> None:
    """Adds them; the outbox's begins with the chat now, since erasing asks for no bot."""
    op.create_index(
        "inbox_handled",
        "inbox",
        ["bot", "received_ms"],
        sqlite_where=_HANDLED,
        postgresql_where=_HANDLED,
    )
    op.drop_index("outbox_by_chat", "outbox")
    op.create_index("outbox_by_chat", "outbox", ["chat", "bot"])
    op.create_index("reminders_by_chat", "reminders", ["chat"])
    op.create_index("pictures_by_age", "pictures", ["kept_ms"])


def downgrade() -> None:
    """Drops them."""
    op.drop_index("pictures_by_age", "pictures")
    op.drop_index("reminders_by_chat", "reminders")
    op.drop_index("outbox_by_chat", "outbox")
    op.create_index("outbox_by_chat", "outbox", ["bot", "chat"])
    op.drop_index("inbox_handled", "inbox")
