"""What the whole bot asks of Telegram while every transcript is played."""

from __future__ import annotations

from tests.transcripts.calls import TOPIC, played


async def test_every_call_of_all_transcripts_is_one_that_the_bot_api_describes() -> None:
    """No field that is unknown, none that is missing, nothing of another type or too long."""
    telegram = await played()
    assert telegram.violations == []
    methods = {call.method for call in telegram.calls}
    assert methods >= {"sendMessage", "sendPhoto", "editMessageMedia", "sendDocument", "getMe"}
    assert methods >= {"answerCallbackQuery", "setMessageReaction", "setMyCommands"}
    topics = {post.message.get("message_thread_id") for post in telegram.posts(1)}
    assert topics == {TOPIC}
