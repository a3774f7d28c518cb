"""The HTTP client under python-telegram-bot, over real sockets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from telegram import Bot, InputFile
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TimedOut

from bot.telegram.request import AiohttpRequest, AnswerLostError, NotConnectedError
from tests.telegram_server import faults
from tests.telegram_server.server import RunningServer, serve
from tests.telegram_server.telegram import LocalTelegram

TOKEN = "123456789:a-token-nobody-should-see-in-any-error"


@pytest.fixture
def telegram() -> LocalTelegram:
    """A Telegram with one private chat."""
    made = LocalTelegram(clock=lambda: datetime.now(UTC), token=TOKEN)
    made.user_sends("hi")
    return made


@pytest.fixture
async def server(telegram: LocalTelegram) -> AsyncIterator[RunningServer]:
    """It, over HTTP."""
    running = await serve(telegram, port=0)
    yield running
    await running.close()


@pytest.fixture
async def bot(server: RunningServer) -> AsyncIterator[Bot]:
    """python-telegram-bot's bot on it."""
    async with _bot(server.url) as made:
        yield made


def _bot(url: str, token: str = TOKEN) -> Bot:
    request = AiohttpRequest(read_timeout_s=0.3)
    return Bot(token, f"{url}/bot", f"{url}/file/bot", request, AiohttpRequest())


async def test_text_and_files_arrive(bot: Bot, telegram: LocalTelegram) -> None:
    """JSON for text, multipart for files."""
    await bot.send_message(1, "2 < 3 ∧ π")
    pixel = b"GIF89a" + bytes(20)
    await bot.send_document(1, InputFile(pixel, "pixel.gif"), caption="one pixel")
    assert [post.text for post in telegram.posts()][1:] == ["2 < 3 ∧ π", "one pixel"]


async def test_it_opens_again_after_a_shutdown(server: RunningServer) -> None:
    """As often as one likes."""
    bot = _bot(server.url)
    for _ in range(2):
        await bot.initialize()
        await bot.shutdown()


async def test_what_telegram_refuses_is_told_apart(bot: Bot, telegram: LocalTelegram) -> None:
    """429 with its wait, 400, 5xx."""
    telegram.faults.add("sendMessage", faults.too_many_requests(3), faults.server_error())
    with pytest.raises(RetryAfter):
        await bot.send_message(1, "x")
    with pytest.raises(NetworkError, match="Bad Gateway") as caught:
        await bot.send_message(1, "x")
    assert type(caught.value) is NetworkError
    with pytest.raises(BadRequest):
        await bot.send_message(1, "")


async def test_an_answer_that_does_not_come_is_timed_out(bot: Bot, telegram: LocalTelegram) -> None:
    """The message may be there, and here it is."""
    telegram.faults.add("sendMessage", faults.lost_answer(5))
    with pytest.raises(TimedOut):
        await bot.send_message(1, "x")
    assert telegram.posts()[-1].text == "x"


async def test_a_connection_that_breaks_is_an_answer_lost(
    bot: Bot, telegram: LocalTelegram
) -> None:
    """Not a timeout, which python-telegram-bot would retry without a pause when polling."""
    telegram.faults.add("sendMessage", faults.lost_answer())
    with pytest.raises(AnswerLostError):
        await bot.send_message(1, "x")


async def test_a_refused_connection_says_that_nothing_was_sent(server: RunningServer) -> None:
    """So that it is safe to try again; and no text quotes the token, which is in the address."""
    await server.close()
    request = AiohttpRequest()
    await request.initialize()
    for url in (server.url, "http://no-such-host.invalid", "http://[nonsense"):
        with pytest.raises(NotConnectedError) as caught:
            await request.do_request(f"{url}/bot{TOKEN}/getMe", "POST")
        assert TOKEN not in repr(caught.value)
        assert caught.value.__suppress_context__
    await request.shutdown()


async def test_a_wrong_token_is_named_as_such(server: RunningServer) -> None:
    """401 becomes InvalidToken."""
    bot = _bot(server.url, "123456789:wrong")
    with pytest.raises(InvalidToken):
        await bot.initialize()
    await bot.shutdown()


async def test_a_closed_pool_sends_nothing() -> None:
    """Before `initialize` there is no connection."""
    with pytest.raises(NotConnectedError):
        await AiohttpRequest().do_request("http://127.0.0.1/", "POST")


def test_a_broken_character_does_not_spoil_an_answer() -> None:
    """Half a surrogate pair or half a UTF-8 sequence is replaced, the rest is read."""
    for payload in (rb'{"result": ["a\ud800b"]}', b'{"result": ["a\xffb"]}'):
        (text,) = AiohttpRequest.parse_json_payload(payload)["result"]
        assert text[0] + text[-1] == "ab"
        assert text.encode()


def test_an_answer_that_is_no_json_is_a_telegram_error() -> None:
    """And the log does not show it."""
    for payload in (b"<html>", b"[1]", b""):
        with pytest.raises(Exception, match="Invalid server response"):
            AiohttpRequest.parse_json_payload(payload)
