"""A turn as rows of the tables."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson

from bot.dialogue.effects import Asks
from bot.ports import Done, Outgoing
from bot.storage import codec

_LEAST = -(2**63)


def milliseconds(moment: datetime) -> int:
    """Milliseconds since 1970.

    >>> from datetime import UTC
    >>> milliseconds(datetime(1970, 1, 1, 0, 1, tzinfo=UTC))
    60000
    """
    return round(moment.timestamp() * 1000)


def key_row(done: Done) -> dict[str, Any]:
    """Which state a turn replaces."""
    return {"b_chat": done.chat, "b_version": done.version}


def learner_row(done: Done) -> dict[str, Any]:
    """The state that replaces it."""
    return key_row(done) | {
        "b_state": done.state,
        "b_blocked": done.blocked,
        "b_finished": done.finished,
        "b_now": milliseconds(done.at),
    }


def fresh_row(done: Done) -> dict[str, Any]:
    """The first state of a chat."""
    now = milliseconds(done.at)
    return {
        "chat": done.chat,
        "state": done.state,
        "version": 1,
        "blocked": done.blocked,
        "finished": bool(done.finished),
        "created_ms": now,
        "updated_ms": now,
    }


def attempt_rows(done: Done) -> list[dict[str, Any]]:
    """The answers given in a turn."""
    return [
        {
            "chat": done.chat,
            "at_ms": milliseconds(done.at),
            "lesson": one.lesson,
            "step": one.step,
            "quantity": one.quantity,
            "typed": one.typed.replace("\0", "\N{REPLACEMENT CHARACTER}"),
            "verdict": one.verdict,
            "mistakes": orjson.dumps(one.mistakes).decode(),
            "hints": one.hints,
            "tries": one.tries,
        }
        for one in done.attempts
    ]


def asked_row(reply: Outgoing) -> dict[str, Any]:
    """Which message asked a chat's step; an earlier one of the same step's stays."""
    below = _LEAST if reply.asks is Asks.ANEW else reply.message
    return {"b_chat": reply.chat, "b_message": reply.message, "b_below": below}


def keyboard_row(reply: Outgoing) -> dict[str, Any]:
    """Which message of a chat has the buttons now."""
    return {"b_chat": reply.chat, "b_message": reply.message}


def reply_rows(done: Done) -> list[dict[str, Any]]:
    """The replies of a turn."""
    return [
        {
            "update_id": one.update,
            "position": one.position,
            "chat": one.chat,
            "effect": codec.dump(one.effect),
            "unknown": False,
            "created_ms": milliseconds(done.at),
        }
        for one in done.outgoing
    ]
