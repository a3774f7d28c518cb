"""The Bot API of the local Telegram, called by the real python-telegram-bot in-process."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    ReplyParameters,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.error import TimedOut as TimedOutError

from tests.telegram_server import faults
from tests.telegram_server.conftest import StillClock
from tests.telegram_server.pictures import png
from tests.telegram_server.request import LocalRequest
from tests.telegram_server.telegram import LocalTelegram


def keyboard(*rows: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(row, callback_data=row)] for row in rows])


async def test_sent_text_is_kept(bot: Bot, telegram: LocalTelegram) -> None:
    """A sent message comes back with its entities and stands in the chat with its buttons."""
    sent = await bot.send_message(
        1, "<b>0.6</b> × 0.4", parse_mode="HTML", reply_markup=keyboard("hint")
    )
    post = telegram.posts()[-1]
    assert sent.text == post.text == "0.6 × 0.4"
    assert sent.text_html == "<b>0.6</b> × 0.4"
    assert post.buttons == [[{"text": "hint", "callback_data": "hint"}]]
    assert post.from_bot


async def test_placeholder(bot: Bot, telegram: LocalTelegram) -> None:
    """The input placeholder comes with force_reply, and is not shown above an inline keyboard."""
    await bot.send_message(
        1, "?", reply_markup=ForceReply(input_field_placeholder="Type the number")
    )
    assert telegram.posts()[-1].placeholder == "Type the number"
    both = {**keyboard("a").to_dict(), "force_reply": True, "input_field_placeholder": "0.00"}
    await telegram.call("sendMessage", {"chat_id": 1, "text": "?", "reply_markup": both})
    assert telegram.posts()[-1].placeholder == ""
    assert telegram.posts()[-1].buttons
    (found,) = telegram.violations
    assert found.endswith(": unknown")


async def test_edit_in_place(bot: Bot, telegram: LocalTelegram) -> None:
    """An edit replaces text and buttons; the same content again is refused, as on Telegram."""
    sent = await bot.send_message(1, "one", reply_markup=keyboard("a"))
    edited = await bot.edit_message_text("two", 1, sent.message_id, reply_markup=keyboard("b"))
    assert not isinstance(edited, bool)
    assert edited.text == "two"
    assert edited.edit_date is not None
    with pytest.raises(BadRequest, match="essage is not modified: specified new message content"):
        await bot.edit_message_text("two", 1, sent.message_id, reply_markup=keyboard("b"))
    await bot.edit_message_reply_markup(1, sent.message_id)
    assert telegram.posts()[-1].buttons == []
    with pytest.raises(BadRequest, match="essage to edit not found"):
        await bot.edit_message_text("x", 1, 999)
    with pytest.raises(BadRequest, match="essage can't be edited"):
        await bot.edit_message_text("x", 1, telegram.posts()[0].id)


async def test_pictures(bot: Bot) -> None:
    """Pictures are made smaller, sent again by file_id, captioned, exchanged and downloaded."""
    sent = await bot.send_photo(1, png(2600, 1300), caption="<i>net</i>", parse_mode="HTML")
    assert (sent.photo[-1].width, sent.photo[-1].height) == (1280, 640)
    again = await bot.send_photo(1, sent.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id
    await bot.edit_message_caption(1, sent.message_id, caption="other")
    other = png(shade=10)
    changed = await bot.edit_message_media(
        InputMediaPhoto(other, caption="new"), 1, sent.message_id
    )
    assert not isinstance(changed, bool)
    assert changed.caption == "new"
    file = await bot.get_file(changed.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()).startswith(b"\xff\xd8"), "a JPEG"
    with pytest.raises(BadRequest, match=r"(?i)IMAGE_PROCESS_FAILED"):
        await bot.send_photo(1, b"no picture")
    with pytest.raises(BadRequest, match="here is no text in the message to edit"):
        await bot.edit_message_text("x", 1, sent.message_id)


async def test_documents(bot: Bot) -> None:
    """A document keeps its name; its id does not serve as a photo."""
    sent = await bot.send_document(1, b"x = 1\n", filename="trace.txt")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("trace.txt", 6)
    with pytest.raises(BadRequest, match=r"(?i)can't use file of type Document as Photo"):
        await bot.send_photo(1, sent.document.file_id)


async def test_reactions_typing_deletion(bot: Bot, telegram: LocalTelegram) -> None:
    """Reactions are Telegram's own emoji; typing is announced; messages can be deleted."""
    first = telegram.posts()[0].id
    with telegram.listen() as events:
        await bot.set_message_reaction(1, first, "👍")
        await bot.send_chat_action(1, "typing")
        await bot.delete_message(1, first)
        assert [events.get_nowait().kind for _ in range(3)] == ["reaction", "typing", "delete"]
    with pytest.raises(BadRequest, match="essage to delete not found"):
        await bot.delete_message(1, first)
    sent = await bot.send_message(1, "x")
    with pytest.raises(BadRequest, match=r"(?i)REACTION_INVALID"):
        await bot.set_message_reaction(1, sent.message_id, "✅")


async def test_old_messages_stay(bot: Bot, telegram: LocalTelegram, clock: StillClock) -> None:
    """After 48 hours a message can't be deleted for everyone."""
    clock.advance(49 * 3600)
    with pytest.raises(BadRequest, match="essage can't be deleted for everyone"):
        await bot.delete_message(1, telegram.posts()[0].id)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "💡" * 2049}, "message is too long"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "<u>", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag"),
        ({"text": "x", "chat_id": 404}, "chat not found"),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a"}]]}},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {
                "text": "x",
                "reply_markup": {
                    "inline_keyboard": [[{"text": "a", "callback_data": "d", "url": "https://e"}]]
                },
            },
            "can't parse inline keyboard button: exactly one action",
        ),
        (
            {
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "é" * 33}]]},
            },
            "BUTTON_DATA_INVALID",
        ),
        (
            {
                "text": "x",
                "reply_markup": {"force_reply": True, "input_field_placeholder": "x" * 65},
            },
            "input field placeholder",
        ),
    ],
)
async def test_limits(telegram: LocalTelegram, arguments: dict[str, Any], problem: str) -> None:
    """What Telegram refuses is refused here, in its words."""
    telegram.user_sends("hello")
    answer = await telegram.call("sendMessage", {"chat_id": 1, **arguments})
    assert answer["ok"] is False
    assert answer["error_code"] == 400
    assert answer["description"].startswith(f"Bad Request: {problem}")


async def test_limits_just_kept(bot: Bot) -> None:
    """4096 characters of text, 1024 of caption and 64 bytes of data are fine."""
    await bot.send_message(1, "<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
    await bot.send_photo(1, png(), caption="x" * 1024)
    await bot.send_message(1, "x", reply_markup=keyboard("é" * 32))
    with pytest.raises(BadRequest, match="aption is too long"):
        await bot.send_photo(1, png(), caption="x" * 1025)


async def test_reply(bot: Bot, telegram: LocalTelegram) -> None:
    """A reply carries the message it answers, or goes without when that is allowed."""
    first = telegram.posts()[0].id
    sent = await bot.send_message(1, "x", reply_parameters=ReplyParameters(first))
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "hello"
    lenient = ReplyParameters(999, allow_sending_without_reply=True)
    assert (await bot.send_message(1, "x", reply_parameters=lenient)).reply_to_message is None


async def test_about_the_bot(bot: Bot, telegram: LocalTelegram) -> None:
    """Commands, descriptions and menu are stored per scope and checked."""
    await bot.set_my_commands([BotCommand("help", "How this works")])
    await bot.set_my_commands(
        [BotCommand("hint", "A hint")], scope=BotCommandScopeAllPrivateChats()
    )
    assert telegram.commands() == [{"command": "hint", "description": "A hint"}]
    assert (await bot.get_my_commands())[0].command == "help"
    await bot.set_my_description("A tutor")
    assert (await bot.get_my_description()).description == "A tutor"
    await bot.set_my_short_description("A tutor")
    await bot.set_my_name("Tutor")
    await bot.set_chat_menu_button()
    assert (await bot.get_chat(1)).first_name == "You"
    assert (await bot.get_webhook_info()).url == ""
    refused = await telegram.call(
        "setMyCommands", {"commands": [{"command": "a-b", "description": "x"}]}
    )
    assert refused["description"] == "Bad Request: BOT_COMMAND_INVALID"
    refused = await telegram.call("setMyShortDescription", {"short_description": "x" * 121})
    assert refused["description"] == "Bad Request: bot short description is too long"


async def test_unknown_method_and_token(telegram: LocalTelegram) -> None:
    """A method that is not there is a 404, a wrong token a 401."""
    assert await telegram.answer(telegram.token, "sendStars", {}) == (
        404,
        {"ok": False, "error_code": 404, "description": "Not Found"},
    )
    request = LocalRequest(telegram)
    with pytest.raises(InvalidToken):
        await Bot("1:wrong", request=request, get_updates_request=request).initialize()


async def test_updates_stay_until_confirmed(bot: Bot, telegram: LocalTelegram) -> None:
    """An update comes again until a higher offset confirms it; ids never repeat."""
    telegram.user_sends("second")
    first = await bot.get_updates()
    assert [update.update_id for update in await bot.get_updates()] == [
        update.update_id for update in first
    ]
    assert len(first) == 2
    assert await bot.get_updates(offset=first[-1].update_id + 1) == ()
    telegram.user_sends("third")
    assert (await bot.get_updates())[0].update_id == first[-1].update_id + 1


async def test_long_poll_wakes(bot: Bot, telegram: LocalTelegram) -> None:
    """A waiting getUpdates returns as soon as something happens; a second one ends it with 409."""
    await bot.get_updates(offset=-1)
    last = (await bot.get_updates())[0].update_id
    waiting = asyncio.create_task(bot.get_updates(offset=last + 1, timeout=20))
    await asyncio.sleep(0)
    telegram.user_sends("now")
    assert [update.message.text for update in await waiting if update.message] == ["now"]
    first = asyncio.create_task(bot.get_updates(offset=last + 2, timeout=20))
    await asyncio.sleep(0)
    assert await bot.get_updates(offset=last + 2, timeout=0) == ()
    with pytest.raises(Conflict):
        await first


async def test_drained(bot: Bot, telegram: LocalTelegram) -> None:
    """One can wait until the bot has confirmed everything it was sent."""
    waiting = asyncio.create_task(telegram.updates.drained())
    (update,) = await bot.get_updates()
    assert not waiting.done()
    await bot.get_updates(offset=update.update_id + 1)
    async with asyncio.timeout(1):
        await waiting


async def test_allowed_updates(bot: Bot, telegram: LocalTelegram) -> None:
    """A kind the bot did not ask for is not delivered."""
    seen = await bot.get_updates(allowed_updates=["callback_query"])
    telegram.user_sends("unheard")
    assert len(await bot.get_updates()) == len(seen)


@pytest.mark.filterwarnings("ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning")
async def test_scripted_trouble(bot: Bot, telegram: LocalTelegram) -> None:
    """Faults come in the order they were scripted; a lost answer has had its effect."""
    telegram.faults.add(
        "sendMessage",
        faults.too_many_requests(7),
        faults.server_error(),
        faults.forbidden(),
        faults.dropped(),
        faults.lost_answer(seconds=5),
        None,
    )
    with pytest.raises(RetryAfter, match=r"Retry in (7|0:00:07)"):
        await bot.send_message(1, "a")
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(1, "b")
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(1, "c")
    with pytest.raises(NetworkError, match="dropped"):
        await bot.send_message(1, "d")
    assert len(telegram.posts()) == 1
    with pytest.raises(TimedOutError):
        await bot.send_message(1, "e")
    await bot.send_message(1, "f")
    assert [post.text for post in telegram.posts()] == ["hello", "e", "f"]
