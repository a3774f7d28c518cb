"""Telegram's limits on what a bot sends, each refused with Telegram's own words.

Source: https://core.telegram.org/bots/api for the numbers; the wordings are those the real server
answers, as reported in public issue trackers. Where Telegram would quietly repair a bot's mistake
(two actions on one button, a placeholder that is too long), this refuses, so that it is found here.
"""

from __future__ import annotations

import re
from typing import Any

from telegram.constants import ReactionEmoji

from tests.telegram_server.description import API
from tests.telegram_server.entities import Entity, cleaned, tidy, trim, units
from tests.telegram_server.markup import parse_html
from tests.telegram_server.params import Params
from tests.telegram_server.refusal import bad_request

MAX_TEXT: int = API["methods"]["sendMessage"]["text"]["length"][1]
MAX_CAPTION: int = API["methods"]["sendPhoto"]["caption"]["length"][1]
MAX_BUTTONS = 100
_ACTIONS = {
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}
_REACTIONS = {str(emoji.value) for emoji in ReactionEmoji}


def formatted(params: Params, name: str = "text", *, part: str = "") -> tuple[str, list[Entity]]:
    """The text and entities of a call, its parse mode applied and blank ends cut.

    Args:
        params: the call.
        name: "text" or "caption".
        part: what the call calls its entities when not "entities".

    Raises:
        RefusedError: when the markup cannot be parsed or the mode is not one the local chat knows.
    """
    source, mode = cleaned(params.text(name)), params.text("parse_mode").lower()
    if mode == "html":
        text, entities = parse_html(source)
    elif mode:
        raise bad_request("unsupported parse_mode")
    else:
        text, entities = source, tidy(params.json(part or "entities") or [])
    return trim(text, entities)


def text_of(params: Params, *, too_long: str) -> tuple[str, list[Entity]]:
    """A message's text, 1 to 4096 code units after parsing."""
    text, entities = formatted(params)
    if not text:
        raise bad_request("message text is empty")
    if units(text) > MAX_TEXT:
        raise bad_request(too_long)
    return text, entities


def caption_of(params: Params, *, too_long: str) -> tuple[str, list[Entity]]:
    """A caption, 0 to 1024 code units after parsing."""
    text, entities = formatted(params, "caption", part="caption_entities")
    if units(text) > MAX_CAPTION:
        raise bad_request(too_long)
    return text, entities


def reply_markup(params: Params) -> tuple[list[list[dict[str, Any]]], str]:
    """The inline keyboard of a call and its input placeholder; both empty when there is none.

    Under an inline keyboard there is no placeholder; since Bot API 10.3 it may have `force_reply`.

    Raises:
        RefusedError: for a button Telegram would not take.
    """
    markup = params.json("reply_markup")
    if markup is None or markup == "":
        return [], ""
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    keyboard = markup.get("inline_keyboard") or []
    if not isinstance(keyboard, list) or not all(isinstance(row, list) for row in keyboard):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array')
    rows = [[_button(button) for button in row] for row in keyboard if row]
    if sum(map(len, rows)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    placeholder = "" if rows else str(markup.get("input_field_placeholder") or "")
    if units(placeholder) > 64:
        raise bad_request("input field placeholder must be at most 64 characters long")
    return rows, placeholder


def _button(button: object) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: expected an Object")
    if not str(button.get("text") or "").strip():
        raise bad_request("inline keyboard button text must be non-empty")
    actions = [key for key in _ACTIONS if button.get(key) is not None and button[key] != ""]
    problem = "can't parse inline keyboard button"
    if not actions:
        raise bad_request(f"{problem}: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request(f"{problem}: exactly one action must be specified, not {len(actions)}")
    if len(str(button.get("callback_data", "")).encode()) > 64:
        raise bad_request("BUTTON_DATA_INVALID")
    url = str(button.get("url", ""))
    if url and not re.match(r"(?:https?|tg)://", url):
        raise bad_request(
            f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol"
        )
    return dict(button)


def commands(params: Params) -> list[dict[str, str]]:
    """The commands of `setMyCommands`: at most 100, names and descriptions within bounds."""
    given = params.json("commands")
    if not isinstance(given, list):
        raise bad_request("can't parse commands: expected an Array of BotCommand")
    if len(given) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    result = []
    for item in given:
        name, description = str(item.get("command", "")), str(item.get("description", ""))
        if not re.fullmatch(r"[a-z0-9_]{1,32}", name.removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not description:
            raise bad_request("command description must be non-empty")
        if units(description) > 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        result.append({"command": name.removeprefix("/"), "description": description})
    return result


def reaction(params: Params) -> str:
    """The emoji of `setMessageReaction`, empty to take the reaction back."""
    given = params.json("reaction") or []
    if len(given) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if not given:
        return ""
    if given[0].get("type") != "emoji" or given[0].get("emoji") not in _REACTIONS:
        raise bad_request("REACTION_INVALID")
    return str(given[0]["emoji"])
