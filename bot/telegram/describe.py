"""Tells Telegram what the bot is and which commands it has, where that is not known there yet.

Each text stands there once for all whose language has none of its own, and once for the code of
each further language: Telegram knows a language by two letters.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeAlias

from telegram import Bot, BotCommand, MenuButtonCommands
from telegram.error import RetryAfter, TelegramError

from content.shell_words import About

logger = logging.getLogger(__name__)

Describing: TypeAlias = Callable[[str], About]


async def describe(bot: Bot, about: Describing, languages: Iterable[str], pause_s: float) -> None:
    """Sets commands, descriptions and the menu button; what fails is logged and left.

    Telegram limits how often these may change, so each is asked for first; when Telegram asks to
    wait, what is left waits for the next start.

    Args:
        bot: what is described.
        about: what it says about itself to those of a language; to all others, of an empty one.
        languages: their tags.
        pause_s: how long it waits between two languages.
    """
    everyone = about("")
    try:
        await _in_language(bot, everyone, "")
        await _try("menu button", _menu, bot)
        for code in codes(languages):
            await asyncio.sleep(pause_s)
            if (words := about(code)) != everyone:
                await _in_language(bot, words, code)
    except RetryAfter as error:
        logger.warning("not all of what the bot says about itself is set: %s", error)


def codes(languages: Iterable[str]) -> list[str]:
    """The languages as Telegram knows them.

    >>> codes(["pt-BR", "zh-Hans", "pt-PT", "de", "fil"])
    ['de', 'pt', 'zh']
    """
    found = {tag.replace("_", "-").partition("-")[0] for tag in languages}
    return sorted(code for code in found if len(code) == 2)


async def _in_language(bot: Bot, about: About, code: str) -> None:
    for what, tell in (
        ("commands", _commands),
        ("description", _description),
        ("short description", _short_description),
    ):
        await _try(f"{what} {code}".strip(), tell, bot, about, code or None)


async def _try(what: str, tell: Callable[..., Awaitable[None]], *given: object) -> None:
    try:
        await tell(*given)
    except RetryAfter:
        raise
    except Exception as error:
        said = error if isinstance(error, TelegramError) else type(error).__name__
        logger.warning("the bot's %s could not be set: %s", what, said)


async def _commands(bot: Bot, about: About, code: str | None) -> None:
    wanted = tuple(BotCommand(name, text) for name, text in about.commands)
    if await bot.get_my_commands(language_code=code) != wanted:
        await bot.set_my_commands(wanted, language_code=code)


async def _description(bot: Bot, about: About, code: str | None) -> None:
    if (await bot.get_my_description(code)).description != about.description:
        await bot.set_my_description(about.description, code)


async def _short_description(bot: Bot, about: About, code: str | None) -> None:
    wanted = about.short_description
    if (await bot.get_my_short_description(code)).short_description != wanted:
        await bot.set_my_short_description(wanted, code)


async def _menu(bot: Bot) -> None:
    if not isinstance(await bot.get_chat_menu_button(), MenuButtonCommands):
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
