"""Effects as JSON and back, for the outbox."""

from __future__ import annotations

from typing import Any

import orjson

from bot.dialogue.effects import AnswerPress, Button, React, Say
from bot.ports import Sendable


def dump(effect: Sendable) -> str:
    """An effect as JSON.

    >>> dump(AnswerPress("7", "Done."))
    '{"kind":"answer","callback":"7","text":"Done."}'
    """
    value: dict[str, Any]
    match effect:
        case Say(html, buttons, placeholder):
            rows = [[[button.label, button.data] for button in row] for row in buttons]
            value = {"kind": "say", "html": html, "buttons": rows, "placeholder": placeholder}
        case React(message, emoji):
            value = {"kind": "react", "message": message, "emoji": emoji}
        case AnswerPress(callback, text):
            value = {"kind": "answer", "callback": callback, "text": text}
    return orjson.dumps(value).decode()


def load(text: str) -> Sendable:
    """The effect that `dump` wrote.

    >>> load(dump(Say("<b>Hi</b>", ((Button("Go on", "go"),),))))
    Say(html='<b>Hi</b>', buttons=((Button(label='Go on', data='go'),),), placeholder=None)
    """
    value = orjson.loads(text)
    match value["kind"]:
        case "say":
            rows = tuple(tuple(Button(*pair) for pair in row) for row in value["buttons"])
            return Say(value["html"], rows, value["placeholder"])
        case "react":
            return React(value["message"], value["emoji"])
        case _:
            return AnswerPress(value["callback"], value["text"])
