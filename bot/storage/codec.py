"""Effects as JSON and back, for the outbox."""

from __future__ import annotations

from functools import cache
from typing import Any, get_args

import orjson

from bot.dialogue.effects import AnswerPress, Button, Export, React, Report, Say, Show
from bot.pictures.requests import Request
from bot.ports import Sendable


def dump(effect: Sendable) -> str:
    """An effect as JSON.

    >>> dump(AnswerPress("7", "Done."))
    '{"kind":"answer","callback":"7","text":"Done."}'
    """
    value: dict[str, Any]
    match effect:
        case Say(html, buttons):
            value = {"kind": "say", "html": html, "buttons": _rows(buttons)}
        case Show(picture, caption, buttons, replaces):
            value = {"kind": "show", "what": type(picture).__name__, "picture": picture}
            value |= {"caption": caption, "buttons": _rows(buttons), "replaces": replaces}
        case React(message, emoji):
            value = {"kind": "react", "message": message, "emoji": emoji}
        case Export(caption):
            value = {"kind": "export", "caption": caption}
        case Report(lesson, buttons):
            value = {"kind": "report", "lesson": lesson, "buttons": _rows(buttons)}
        case AnswerPress(callback, text):
            value = {"kind": "answer", "callback": callback, "text": text}
    return orjson.dumps(value).decode()


def load(text: str) -> Sendable:
    """The effect that `dump` wrote.

    >>> load(dump(Say("<b>Hi</b>", ((Button("Go on", "go"),),)))).buttons
    ((Button(label='Go on', data='go'),),)
    """
    value = orjson.loads(text)
    match value["kind"]:
        case "say":
            return Say(value["html"], _buttons(value["buttons"]))
        case "show":
            return Show(
                _picture(value["what"], value["picture"]),
                value["caption"],
                _buttons(value["buttons"]),
                value["replaces"],
            )
        case "export":
            return Export(value["caption"])
        case "report":
            return Report(value["lesson"], _buttons(value["buttons"]))
        case "react":
            return React(value["message"], value["emoji"])
        case _:
            return AnswerPress(value["callback"], value["text"])


def _rows(buttons: tuple[tuple[Button, ...], ...]) -> list[list[list[str]]]:
    return [[[button.label, button.data] for button in row] for row in buttons]


def _buttons(rows: list[list[list[str]]]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(Button(*pair) for pair in row) for row in rows)


def _picture(kind: str, value: object) -> Request:
    """A picture's request; it is read only where a reply was left over, so its reader is lazy."""
    picture: Request = _readers()[kind].validate_python(value)
    return picture


@cache
def _readers() -> dict[str, Any]:
    from pydantic import TypeAdapter  # noqa: PLC0415 - it takes long to build readers with

    return {kind.__name__: TypeAdapter(kind) for kind in get_args(Request)}
