"""Effects as JSON and back, for the outbox."""

from __future__ import annotations

from functools import cache
from typing import Any, get_args

import orjson

from bot.dialogue.effects import (
    AnswerPress,
    Button,
    ClassView,
    Export,
    Purpose,
    React,
    Report,
    Say,
    Show,
)
from bot.dialogue.events import InThread
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
        case Report(lesson, buttons, language):
            value = {"kind": "report", "lesson": lesson, "buttons": _rows(buttons)}
            value |= {"language": language}
        case ClassView(id_, what, language):
            value = {"kind": "class", "id": id_, "what": what, "language": language}
        case AnswerPress(callback, text):
            value = {"kind": "answer", "callback": callback, "text": text}
    if isinstance(effect, InThread) and effect.thread is not None:
        value["thread"] = effect.thread
    return orjson.dumps(value).decode()


def load(text: str) -> Sendable:
    """The effect that `dump` wrote.

    >>> load(dump(Say("<b>Hi</b>", ((Button("Go on", "go"),),)))).buttons
    ((Button(label='Go on', data='go', purpose=<Purpose.TOOL: 'tool'>),),)
    """
    value = orjson.loads(text)
    thread = value.get("thread")
    match value["kind"]:
        case "say":
            return Say(value["html"], _buttons(value["buttons"]), thread=thread)
        case "show":
            return Show(
                _picture(value["what"], value["picture"]),
                value["caption"],
                _buttons(value["buttons"]),
                value["replaces"],
                thread=thread,
            )
        case "export":
            return Export(value["caption"], thread=thread)
        case "report":
            buttons = _buttons(value["buttons"])
            return Report(value["lesson"], buttons, value.get("language", ""), thread=thread)
        case "class":
            return ClassView(value["id"], value["what"], value["language"], thread=thread)
        case "react":
            return React(value["message"], value["emoji"])
        case _:
            return AnswerPress(value["callback"], value["text"])


def _rows(buttons: tuple[tuple[Button, ...], ...]) -> list[list[list[str]]]:
    return [[_button(button) for button in row] for row in buttons]


def _button(button: Button) -> list[str]:
    plain = [button.label, button.data]
    return plain if button.purpose is Purpose.TOOL else [*plain, button.purpose]


def _buttons(rows: list[list[list[str]]]) -> tuple[tuple[Button, ...], ...]:
    return tuple(
        tuple(
            Button(label, data, Purpose(purpose[0]) if purpose else Purpose.TOOL)
            for label, data, *purpose in row
        )
        for row in rows
    )


def _picture(kind: str, value: object) -> Request:
    """A picture's request; it is read only where a reply was left over, so its reader is lazy."""
    picture: Request = _readers()[kind].validate_python(value)
    return picture


@cache
def _readers() -> dict[str, Any]:
    from pydantic import TypeAdapter  # noqa: PLC0415 - it takes long to build readers with

    return {kind.__name__: TypeAdapter(kind) for kind in get_args(Request)}
