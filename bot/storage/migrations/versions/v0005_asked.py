"""Which message asked each learner's present step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Adds it; of steps asked before nobody knows."""
    op.add_column("learners", sa.Column("asked", sa.BigInteger))


def downgrade() -> None:
    """Drops it."""
    op.drop_column("learners", "asked")
