"""Tells Telegram what the bot is and which commands it has, where that is not known there yet."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from telegram import Bot, BotCommand, MenuButtonCommands
from telegram.error import TelegramError

from bot.dialogue.profile import Profile

logger = logging.getLogger(__name__)


async def describe(bot: Bot, profile: Profile) -> None:
    """Sets commands, descriptions and the menu button; what fails is logged and left.

    Telegram limits how often these may change, so each is asked for first.
    """
    for what, tell in (
        ("commands", _commands),
        ("description", _description),
        ("short description", _short_description),
        ("menu button", _menu),
    ):
        await _try(what, tell, bot, profile)


async def _try(
    what: str, tell: Callable[[Bot, Profile], Awaitable[None]], bot: Bot, profile: Profile
) -> None:
    try:
        await tell(bot, profile)
    except Exception as error:
        said = error if isinstance(error, TelegramError) else type(error).__name__
        logger.warning("the bot's %s could not be set: %s", what, said)


async def _commands(bot: Bot, profile: Profile) -> None:
    wanted = tuple(BotCommand(name, text) for name, text in profile.commands)
    if await bot.get_my_commands() != wanted:
        await bot.set_my_commands(wanted)


async def _description(bot: Bot, profile: Profile) -> None:
    if (await bot.get_my_description()).description != profile.description:
        await bot.set_my_description(profile.description)


async def _short_description(bot: Bot, profile: Profile) -> None:
    if (await bot.get_my_short_description()).short_description != profile.short_description:
        await bot.set_my_short_description(profile.short_description)


async def _menu(bot: Bot, _profile: Profile) -> None:
    if not isinstance(await bot.get_chat_menu_button(), MenuButtonCommands):
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
