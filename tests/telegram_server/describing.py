"""Writes `bot_api.json`: what the Bot API takes, from python-telegram-bot's classes and signatures.

`python -m tests.telegram_server.describing` writes it anew, after python-telegram-bot was updated.
What is newer than python-telegram-bot stands here in `NEWER`, with the version it came with.
"""

from __future__ import annotations

import datetime
import inspect
import io
import json
import pathlib
import re
import types
import typing
from collections.abc import Callable, Iterator, Sequence
from typing import Any, get_args, get_origin, get_type_hints

import telegram
from telegram import Bot, TelegramObject, constants
from telegram._utils import types as aliases
from telegram._utils.defaultvalue import DefaultValue

from tests.telegram_server.description import FILE, Json

NEWER: Json = {
    "InlineKeyboardMarkup": {"force_reply": {"type": ["Boolean"], "version": "10.3"}},
}
LENGTHS = {
    "sendMessage.text": (1, constants.MessageLimit.MAX_TEXT_LENGTH),
    "sendPhoto.caption": (0, constants.MessageLimit.CAPTION_LENGTH),
    "sendDocument.caption": (0, constants.MessageLimit.CAPTION_LENGTH),
    "answerCallbackQuery.text": (0, constants.CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH),
    "setMyName.name": (0, constants.BotNameLimit.MAX_NAME_LENGTH),
    "setMyDescription.description": (0, constants.BotDescriptionLimit.MAX_DESCRIPTION_LENGTH),
    "setMyShortDescription.short_description": (
        0,
        constants.BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH,
    ),
    "setMyCommands.commands": (0, constants.BotCommandLimit.MAX_COMMAND_NUMBER),
    "setWebhook.secret_token": (
        constants.WebhookLimit.MIN_SECRET_TOKEN_LENGTH,
        constants.WebhookLimit.MAX_SECRET_TOKEN_LENGTH,
    ),
    "BotCommand.command": (
        constants.BotCommandLimit.MIN_COMMAND,
        constants.BotCommandLimit.MAX_COMMAND,
    ),
    "BotCommand.description": (
        constants.BotCommandLimit.MIN_DESCRIPTION,
        constants.BotCommandLimit.MAX_DESCRIPTION,
    ),
    "ForceReply.input_field_placeholder": (1, 64),
    "InlineKeyboardButton.callback_data": (
        constants.InlineKeyboardButtonLimit.MIN_CALLBACK_DATA,
        constants.InlineKeyboardButtonLimit.MAX_CALLBACK_DATA,
    ),
    "CopyTextButton.text": (
        constants.InlineKeyboardButtonLimit.MIN_COPY_TEXT,
        constants.InlineKeyboardButtonLimit.MAX_COPY_TEXT,
    ),
}
"""How long, after what is marked up was parsed; `callback_data` in bytes."""
RANGES = {
    "getUpdates.limit": (constants.PollingLimit.MIN_LIMIT, constants.PollingLimit.MAX_LIMIT),
    "getUpdates.timeout": (0, 50),
    "setWebhook.max_connections": (
        constants.WebhookLimit.MIN_CONNECTIONS_LIMIT,
        constants.WebhookLimit.MAX_CONNECTIONS_LIMIT,
    ),
}
TYPES = {
    "setMessageReaction.reaction": [
        "Array of ReactionTypeCustomEmoji or ReactionTypeEmoji or ReactionTypePaid"
    ],
}
"""Where python-telegram-bot takes more than Telegram does."""
VALUES = {
    "InlineKeyboardButton.style": ["danger", "success", "primary"],
    "ReactionTypeEmoji.emoji": [one.value for one in constants.ReactionEmoji],
}
_MARKUPS = (
    telegram.InlineKeyboardMarkup
    | telegram.ReplyKeyboardMarkup
    | telegram.ReplyKeyboardRemove
    | telegram.ForceReply
)
_SIMPLE: dict[Any, str] = {
    int: "Integer",
    float: "Float",
    str: "String",
    bool: "Boolean",
    datetime.datetime: "Integer",
    datetime.timedelta: "Integer",
    bytes: "InputFile",
    pathlib.Path: "InputFile",
    telegram.InputFile: "InputFile",
    io.BytesIO: "InputFile",
    object: "String",
}


class _Describer:
    def __init__(self) -> None:
        self.types: dict[str, Json] = {}

    def method(self, function: Callable[..., Any]) -> Json:
        """The parameters of a method of the Bot API."""
        return self._fields(inspect.unwrap(function))

    def _fields(self, function: Callable[..., Any]) -> Json:
        """What a function takes; behind the star is what python-telegram-bot adds."""
        names = {**vars(aliases), **vars(telegram), **function.__globals__, "ReplyMarkup": _MARKUPS}
        hints = get_type_hints(function, names)
        found: Json = {}
        for name, one in inspect.signature(function).parameters.items():
            ours = one.kind is not one.POSITIONAL_OR_KEYWORD or name.endswith("_depr")
            if name != "self" and not ours:
                fact: Json = {"type": sorted(set(self._types(hints[name])))}
                found[name] = fact | ({"required": True} if one.default is one.empty else {})
        return found

    def _types(self, hint: Any) -> Iterator[str]:  # noqa: ANN401 - an annotation may be anything
        origin, inner = get_origin(hint), get_args(hint)
        if hint in _SIMPLE:
            yield _SIMPLE[hint]
        elif origin in {typing.Union, types.UnionType}:
            for one in inner:
                yield from self._types(one)
        elif origin is tuple or (inspect.isclass(hint) and _is_file(hint)):
            return  # it stands for an object, or for its name
        elif origin in {list, Sequence}:
            yield f"Array of {' or '.join(sorted(set(self._types(inner[0]))))}"
        elif origin is typing.IO or hint is DefaultValue or origin is DefaultValue:
            yield from ("InputFile",) if origin is typing.IO else ()
        elif inspect.isclass(hint) and issubclass(hint, TelegramObject):
            yield from self._class(hint)
        elif hint is not type(None):
            yield "Any"

    def _class(self, made: type[TelegramObject]) -> Iterator[str]:
        """A type's name, or those of the types that it stands for; each is described once."""
        kinds = [one for one in made.__subclasses__() if one.__module__.startswith("telegram.")]
        for one in kinds:
            yield from self._class(one)
        if kinds:
            return
        yield made.__name__
        if made.__name__ not in self.types:
            self.types[made.__name__] = {}
            fields = self._fields(made.__init__)
            self.types[made.__name__] = (
                fields | _constants(made, fields) | NEWER.get(made.__name__, {})
            )


def _is_file(made: type) -> bool:
    """Whether objects of a type come from Telegram, which takes their `file_id` in their place."""
    return issubclass(made, TelegramObject) and "file_id" in inspect.signature(made).parameters


def _constants(made: type[TelegramObject], fields: Json) -> Json:
    """The fields that every object of a type has alike, such as its `type`."""
    needed = [name for name, fact in fields.items() if fact.get("required")]
    given: Json = {name: [[]] if "keyboard" in name else "1" for name in needed}
    try:
        sent = made(**given).to_dict()
    except (TypeError, ValueError, AttributeError):
        return {}
    return {
        name: {"type": ["Boolean" if value is True else "String"], "values": [value]}
        | {"required": True}
        for name, value in sent.items()
        if name not in fields and isinstance(value, str | bool)
    }


def described() -> Json:
    """Every method and every type that one takes."""
    describer = _Describer()
    names = sorted(name for name in vars(Bot) if re.fullmatch(r"[a-z]+[A-Z]\w*|close", name))
    methods = {name: describer.method(getattr(Bot, name)) for name in names}
    whole = {"version": constants.BOT_API_VERSION, "methods": methods, "types": describer.types}
    facts: dict[str, Any] = {"type": TYPES, "length": LENGTHS, "range": RANGES, "values": VALUES}
    for key, places in facts.items():
        for place, fact in places.items():
            owner, _, field = place.partition(".")
            (methods.get(owner) or describer.types[owner])[field][key] = list(fact)
    return whole


def written(described: Json) -> str:
    """The description as JSON, a line for each method and each type."""
    parts = [f'"version": {json.dumps(described["version"])}']
    for kind in ("methods", "types"):
        lines = [
            f"  {json.dumps(name)}: {json.dumps(fields, sort_keys=True, ensure_ascii=False)}"
            for name, fields in sorted(described[kind].items())
        ]
        parts.append(f'"{kind}": {{\n' + ",\n".join(lines) + "\n}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    FILE.write_text(written(described()), encoding="utf-8")
    print(f"wrote {FILE.name}")
