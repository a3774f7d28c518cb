"""Everything stored about one chat, as JSON: what `/forget` erases, and nothing of others."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import Connection, select

from bot.dialogue.state import State
from bot.storage import classes
from bot.storage.schema import attempts, inbox, learners, outbox, reminders


def export(connection: Connection, bot: int, chat: int) -> str:
    """The document, indented for people; times are ISO 8601, in UTC."""
    return orjson.dumps(_collected(connection, bot, chat), option=orjson.OPT_INDENT_2).decode()


def _collected(connection: Connection, bot: int, chat: int) -> dict[str, Any]:
    found: dict[str, Any] = {"chat": chat}
    row = connection.execute(select(learners).where(learners.c.chat == chat)).first()
    if row is not None:
        found["first_heard"], found["last_heard"] = _time(row.created_ms), _time(row.updated_ms)
        found["blocked_the_bot"], found["state"] = row.blocked, _state(row.state)
        found["message_that_asked_the_step"] = row.asked
        found["message_with_the_buttons"] = row.keyboard
    c = attempts.c
    mine = select(attempts).where(c.chat == chat).order_by(c.at_ms, c.id)
    found["answers"] = [
        {
            "at": _time(one.at_ms),
            "lesson": one.lesson,
            "step": one.step,
            "quantity": one.quantity,
            "typed": one.typed,
            "verdict": one.verdict,
            "mistakes": orjson.loads(one.mistakes),
            "hints": one.hints,
            "tries": one.tries,
        }
        for one in connection.execute(mine)
    ]
    due = select(reminders.c.due_ms).where(reminders.c.bot == bot, reminders.c.chat == chat)
    found["reminders"] = [_time(due_ms) for due_ms in connection.execute(due).scalars()]
    waiting = select(inbox.c.raw, inbox.c.received_ms).where(
        inbox.c.bot == bot, inbox.c.chat == chat, inbox.c.handled.is_(False)
    )
    found["received_and_not_answered"] = [
        {"at": _time(received_ms), "update": _laid_open(raw)}
        for raw, received_ms in connection.execute(waiting.order_by(inbox.c.update_id))
    ]
    unsent = select(outbox.c.effect, outbox.c.created_ms).where(
        outbox.c.bot == bot, outbox.c.chat == chat
    )
    found["not_known_to_have_arrived"] = [
        {"at": _time(created_ms), "reply": _laid_open(effect)}
        for effect, created_ms in connection.execute(
            unsent.order_by(outbox.c.update_id, outbox.c.position)
        )
    ]
    return found | _in_classes(connection, bot, chat)


def _in_classes(connection: Connection, bot: int, chat: int) -> dict[str, Any]:
    found = classes.exported(connection, bot, chat)
    for one in (*found["classes_taught"], *found["classes_attended"]):
        for name in ("since_ms", "joined_ms"):
            if name in one:
                one[name.removesuffix("_ms")] = _time(one.pop(name))
    return found


def _state(stored: str | None) -> object:
    """A state of whatever version, laid open; as it is where it cannot be read."""
    try:
        return State.from_json(stored).to_data() if stored else None
    except (KeyError, TypeError, ValueError, AttributeError):
        return _laid_open(stored)


def _laid_open(stored: str | None) -> object:
    try:
        return orjson.loads(stored or "null")
    except orjson.JSONDecodeError:
        return stored


def _time(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="milliseconds")
