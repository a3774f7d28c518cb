"""What a person does reaches the bot as the update Telegram would send."""

from __future__ import annotations

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Forbidden
from telegram.ext import filters

from tests.telegram_server.conftest import StillClock
from tests.telegram_server.learner import _MEDIA, MediaKind, NoSuchButtonError
from tests.telegram_server.telegram import LocalTelegram

GROUP = -77


async def fresh(bot: Bot) -> list[Update]:
    """The unconfirmed updates, confirmed now."""
    updates = list(await bot.get_updates())
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return updates


async def test_commands_reach_filters(bot: Bot, telegram: LocalTelegram) -> None:
    """A typed command carries its entity, so python-telegram-bot's filters see a command."""
    await fresh(bot)
    telegram.user_sends("/start again")
    telegram.user_sends("0.03")
    command, answer = await fresh(bot)
    assert filters.COMMAND.check_update(command)
    assert not filters.COMMAND.check_update(answer)
    assert command.effective_user is not None
    assert command.effective_user.first_name == "You"


async def test_long_texts_are_split(bot: Bot, telegram: LocalTelegram) -> None:
    """A text over 4096 characters arrives in pieces; an empty one is not sent."""
    await fresh(bot)
    telegram.user_sends("x" * 5000)
    lengths = [len(update.message.text or "") for update in await fresh(bot) if update.message]
    assert lengths == [4096, 904]
    with pytest.raises(ValueError, match="empty"):
        telegram.user_sends("  ")


async def test_edits(bot: Bot, telegram: LocalTelegram) -> None:
    """An edit of one's own text arrives as an edited message; the bot's can't be edited."""
    post = telegram.user_sends("0.45")
    await fresh(bot)
    telegram.user_edits(post.id, "0.03")
    (update,) = await fresh(bot)
    assert update.edited_message is not None
    assert update.edited_message.text == "0.03"
    sent = await bot.send_message(1, "mine")
    with pytest.raises(LookupError):
        telegram.user_edits(sent.message_id, "yours")


async def test_presses(bot: Bot, telegram: LocalTelegram, clock: StillClock) -> None:
    """A press arrives with its message, also on an old one, and can be answered for a while."""
    button = InlineKeyboardButton("Hint", callback_data="hint")
    sent = await bot.send_message(1, "?", reply_markup=InlineKeyboardMarkup([[button]]))
    await bot.send_message(1, "later")
    await fresh(bot)
    telegram.user_presses(sent.message_id, "hint")
    (update,) = await fresh(bot)
    query = update.callback_query
    assert query is not None
    assert query.message is not None
    assert (query.data, query.message.message_id) == ("hint", sent.message_id)
    with telegram.listen() as events:
        await query.answer("Look here", show_alert=True)
        event = events.get_nowait()
    assert (event.kind, event.text, event.alert) == ("answer", "Look here", True)
    clock.advance(3600)
    with pytest.raises(BadRequest, match="uery is too old"):
        await query.answer()


async def test_gone_buttons(bot: Bot, telegram: LocalTelegram) -> None:
    """A button that is no longer on the message can't be pressed."""
    button = InlineKeyboardButton("Hint", callback_data="hint")
    sent = await bot.send_message(1, "?", reply_markup=InlineKeyboardMarkup([[button]]))
    await bot.edit_message_text("!", 1, sent.message_id)
    with pytest.raises(NoSuchButtonError):
        telegram.user_presses(sent.message_id, "hint")


@pytest.mark.parametrize("kind", list(_MEDIA))
async def test_media(bot: Bot, telegram: LocalTelegram, kind: MediaKind) -> None:
    """Whatever a learner sends is something python-telegram-bot understands."""
    await fresh(bot)
    telegram.user_sends_media(kind)
    (update,) = await fresh(bot)
    assert update.message is not None
    assert getattr(update.message, kind)


async def test_blocking(bot: Bot, telegram: LocalTelegram) -> None:
    """After a block every send is forbidden, until the person writes again."""
    telegram.user_blocks_bot()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(1, "x")
    updates = await fresh(bot)
    assert updates[-1].my_chat_member is not None
    telegram.user_sends("/start")
    await bot.send_message(1, "welcome back")


async def test_groups(bot: Bot, telegram: LocalTelegram) -> None:
    """In a group the bot hears of joining, commands, mentions and replies, and can leave."""
    await fresh(bot)
    telegram.user_adds_bot(GROUP, user=5)
    joined, added = await fresh(bot)
    assert joined.my_chat_member is not None
    assert added.message is not None
    assert added.message.new_chat_members[0].id == bot.id
    sent = await bot.send_message(GROUP, "hello all")
    telegram.user_sends("not for the bot", chat=GROUP, user=5)
    telegram.user_sends("/start", chat=GROUP, user=5)
    telegram.user_sends("/start@other_bot", chat=GROUP, user=5)
    telegram.user_sends("@build_a_network_bot hi", chat=GROUP, user=6)
    telegram.user_sends("yes", chat=GROUP, user=6, reply_to=sent.message_id)
    heard = [update.message.text for update in await fresh(bot) if update.message]
    assert heard == ["/start", "@build_a_network_bot hi", "yes"]
    await bot.leave_chat(GROUP)
    with pytest.raises(Forbidden):
        await bot.send_message(GROUP, "still here?")
