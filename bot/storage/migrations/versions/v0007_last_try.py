"""Which replies are not to be sent again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Adds it: reminders that were tried are not sent again, replies of unknown fate once more."""
    op.add_column(
        "outbox", sa.Column("last_try", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.execute("UPDATE outbox SET last_try = unknown WHERE update_id < 0")


def downgrade() -> None:
    """Drops it."""
    op.drop_column("outbox", "last_try")
