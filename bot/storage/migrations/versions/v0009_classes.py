"""Classes, their teachers and their pupils."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_number = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Adds them."""
    op.create_table(
        "classes",
        sa.Column("id", _number, primary_key=True),
        sa.Column("bot", sa.BigInteger, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("part", sa.Text, nullable=False),
        sa.Column("due", sa.String(10)),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("teacher_code", sa.String(64)),
        sa.Column("created_ms", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("classes_by_code", "classes", ["code"], unique=True)
    op.create_index("classes_by_teacher_code", "classes", ["teacher_code"], unique=True)
    op.create_table(
        "teachers",
        sa.Column("id", _number, primary_key=True),
        sa.Column("class_id", sa.BigInteger, nullable=False),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("since_ms", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "pupils",
        sa.Column("id", _number, primary_key=True),
        sa.Column("class_id", sa.BigInteger, nullable=False),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("nickname", sa.Text, nullable=False),
        sa.Column("joined_ms", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    for table in ("teachers", "pupils"):
        op.create_index(f"{table}_by_class", table, ["class_id", "chat"], unique=True)
        op.create_index(f"{table}_by_chat", table, ["chat"])


def downgrade() -> None:
    """Drops them."""
    for table in ("pupils", "teachers"):
        op.drop_index(f"{table}_by_chat", table)
        op.drop_index(f"{table}_by_class", table)
        op.drop_table(table)
    op.drop_index("classes_by_teacher_code", "classes")
    op.drop_index("classes_by_code", "classes")
    op.drop_table("classes")
