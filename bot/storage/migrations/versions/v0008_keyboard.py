"""Which message of each chat has the buttons."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Adds it; of messages sent before nobody knows."""
    op.add_column("learners", sa.Column("keyboard", sa.BigInteger))


def downgrade() -> None:
    """Drops it."""
    op.drop_column("learners", "keyboard")
