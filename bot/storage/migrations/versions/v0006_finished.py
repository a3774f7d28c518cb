"""Which learners have finished a lesson, so that they are counted without reading every state."""

from __future__ import annotations

import orjson
import sqlalchemy as sa
from alembic import op

from bot.dialogue.migration import has_finished

revision = "0006"
down_revision = "0005"

ROWS = 1_000


def upgrade() -> None:
    """Adds it, and looks once at every state there is, a few at a time."""
    column = sa.Column("finished", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("learners", column)
    learners = sa.table("learners", sa.column("chat"), sa.column("state"), column._copy())  # noqa: SLF001
    c, connection, last = learners.c, op.get_bind(), None
    while True:
        rows = sa.select(c.chat, c.state).order_by(c.chat).limit(ROWS)
        some = connection.execute(rows if last is None else rows.where(c.chat > last)).all()
        if not some:
            break
        last = some[-1].chat
        done = [chat for chat, state in some if state and has_finished(orjson.loads(state))]
        if done:
            connection.execute(learners.update().where(c.chat.in_(done)).values(finished=True))
    where = sa.text("finished")
    op.create_index(
        "learners_finished", "learners", ["chat"], sqlite_where=where, postgresql_where=where
    )


def downgrade() -> None:
    """Drops it."""
    op.drop_index("learners_finished", "learners")
    op.drop_column("learners", "finished")
