"""The tables.

- `inbox`: every update, stored before it is acknowledged. Once handled only its id stays (so that a
  duplicate is recognised); its content and chat go.
- `learners`: one row per chat: the dialogue's state, as JSON; `asked` is the message that asked
  the present step, `keyboard` the newest with buttons, `finished` whether a lesson is.
- `attempts`: every answer given.
- `outbox`: replies not known to have arrived. A row goes when its reply has arrived. `unknown` is
  one that was sent without an answer, `last_try` one that is not to be sent again.
- `reminders`: when a chat wants to be reminded. A row goes when its time has come.
- `pictures`: what the platform calls pictures that were uploaded, so that each is uploaded once.
- `classes`: what teachers made; `code` is what the link for pupils carries, kept as it is so that a
  teacher can be shown it again: it lets nobody see anything. `teacher_code` is that of the link
  for another teacher, kept until it is used.
- `teachers`: who sees a class, in the order in which they came: the first may end it. A class
  without any goes.
- `pupils`: who is in a class, by what nickname. How far they are is told by their own rows.

`worker` is the process that has an update or a reply in hand (see `claims`). Times are milliseconds
since 1970 (UTC). `bot` is the bot's own id: one database can serve several.
A change here needs a new file in `migrations/versions/`.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    false,
    text,
)

REVISION: Final = "0009"
"""The newest migration; a database that is there needs no migrating."""

metadata = MetaData()

inbox = Table(
    "inbox",
    metadata,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat", BigInteger),
    Column("raw", Text),
    Column("received_ms", BigInteger, nullable=False),
    Column("handled", Boolean, nullable=False),
    Column("worker", BigInteger),
    Index(
        "inbox_waiting",
        "bot",
        "chat",
        sqlite_where=text("NOT handled"),  # PostgreSQL's is its migration's: see `migrate`
    ),
    Index("inbox_handled", "bot", "received_ms", sqlite_where=text("handled")),
)

UNHANDLED: Final = text("NOT inbox.handled")
"""Updates still to be handled, in the words of their index: SQLite knows it by no others."""

HANDLED: Final = text("inbox.handled")
"""The others, so too."""

learners = Table(
    "learners",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("state", Text),
    Column("version", Integer, nullable=False),
    Column("blocked", Boolean, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Column("updated_ms", BigInteger, nullable=False),
    Column("asked", BigInteger),
    Column("finished", Boolean, nullable=False, server_default=false()),
    Column("keyboard", BigInteger),
    Index("learners_finished", "chat", sqlite_where=text("finished")),
)

FINISHED: Final = text("learners.finished")
"""Learners who finished a lesson, in the words of their index."""

attempts = Table(
    "attempts",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("chat", BigInteger, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("lesson", String(64), nullable=False),
    Column("step", String(128), nullable=False),
    Column("quantity", String(128), nullable=False),
    Column("typed", Text, nullable=False),
    Column("verdict", String(32), nullable=False),
    Column("mistakes", Text, nullable=False),
    Column("hints", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Index("attempts_by_chat", "chat", "at_ms"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("chat", BigInteger, nullable=False),
    Column("effect", Text, nullable=False),
    Column("unknown", Boolean, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Column("worker", BigInteger),
    Column("last_try", Boolean, nullable=False, server_default=false()),
    Index("outbox_by_chat", "chat", "bot"),
)

reminders = Table(
    "reminders",
    metadata,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("due_ms", BigInteger, nullable=False),
    Index("reminders_due", "bot", "due_ms"),
    Index("reminders_by_chat", "chat"),
)

pictures = Table(
    "pictures",
    metadata,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("key", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("kept_ms", BigInteger, nullable=False),
    Index("pictures_by_age", "kept_ms"),
)

_number = BigInteger().with_variant(Integer, "sqlite")
"""Counted up, and never used again: an old button must not mean another class or pupil."""

classes = Table(
    "classes",
    metadata,
    Column("id", _number, primary_key=True),
    Column("bot", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("part", Text, nullable=False),
    Column("due", String(10)),
    Column("code", String(64), nullable=False),
    Column("teacher_code", String(64)),
    Column("created_ms", BigInteger, nullable=False),
    Index("classes_by_code", "code", unique=True),
    Index("classes_by_teacher_code", "teacher_code", unique=True),
    sqlite_autoincrement=True,
)

teachers = Table(
    "teachers",
    metadata,
    Column("id", _number, primary_key=True),
    Column("class_id", BigInteger, nullable=False),
    Column("chat", BigInteger, nullable=False),
    Column("since_ms", BigInteger, nullable=False),
    Index("teachers_by_class", "class_id", "chat", unique=True),
    Index("teachers_by_chat", "chat"),
    sqlite_autoincrement=True,
)

pupils = Table(
    "pupils",
    metadata,
    Column("id", _number, primary_key=True),
    Column("class_id", BigInteger, nullable=False),
    Column("chat", BigInteger, nullable=False),
    Column("nickname", Text, nullable=False),
    Column("joined_ms", BigInteger, nullable=False),
    Index("pupils_by_class", "class_id", "chat", unique=True),
    Index("pupils_by_chat", "chat"),
    sqlite_autoincrement=True,
)
