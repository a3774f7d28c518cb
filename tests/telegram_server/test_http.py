"""The local Telegram over HTTP: with the real python-telegram-bot."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import Conflict, NetworkError, RetryAfter, TimedOut

from tests.telegram_server import faults
from tests.telegram_server.echo import echo_bot
from tests.telegram_server.pictures import png
from tests.telegram_server.server import RunningServer, serve
from tests.telegram_server.telegram import LocalTelegram


@pytest.fixture
async def server(telegram: LocalTelegram) -> AsyncIterator[RunningServer]:
    server = await serve(telegram, port=0)
    yield server
    await server.close()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def said(telegram: LocalTelegram, text: str) -> None:
    """Waits until the bot has said something that contains `text`."""
    with telegram.listen() as events:
        async with asyncio.timeout(5):
            while not any(post.from_bot and text in post.text for post in telegram.posts()):
                await events.get()


async def test_polling_bot(telegram: LocalTelegram, server: RunningServer) -> None:
    """A polling bot hears, answers, uploads, edits and reacts over HTTP."""
    async with echo_bot(server.url, telegram.token):
        telegram.user_sends("/start")
        await said(telegram, "Step 2 of 26")
        assert "photo" in telegram.posts()[1].message
        answer = telegram.user_sends("0.03")
        await said(telegram, "Right.")
        reacted = telegram.post(1, answer.id)
        assert reacted is not None
        assert reacted.reaction == "👍"
        telegram.user_edits(answer.id, "0.3")
        await said(telegram, "You changed it to 0.3")
        telegram.user_presses(telegram.posts()[2].id, "show")
        await said(telegram, "Shown: 0.03")


async def test_files_come_back(telegram: LocalTelegram, server: RunningServer) -> None:
    """What was uploaded over HTTP is downloaded byte for byte."""
    telegram.user_sends("hi")
    url = server.url
    bot = Bot(telegram.token, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot")
    async with bot:
        sent = await bot.send_document(1, png(), caption="net")
        assert sent.document is not None
        file = await bot.get_file(sent.document.file_id)
        assert bytes(await file.download_as_bytearray()) == png()


@pytest.mark.filterwarnings("ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning")
async def test_trouble(telegram: LocalTelegram, server: RunningServer) -> None:
    """Flood control, a dropped connection and a late answer look to the bot like the real ones."""
    telegram.user_sends("hi")
    async with Bot(telegram.token, base_url=f"{server.url}/bot") as bot:
        slow = faults.lost_answer(seconds=0.3)
        telegram.faults.add("sendMessage", faults.too_many_requests(3), faults.dropped(), slow)
        with pytest.raises(RetryAfter):
            await bot.send_message(1, "a")
        with pytest.raises(NetworkError):
            await bot.send_message(1, "b")
        with pytest.raises(TimedOut):
            await bot.send_message(1, "c", read_timeout=0.1)
        assert [post.text for post in telegram.posts()] == ["hi", "c"]


async def test_every_encoding(
    telegram: LocalTelegram, server: RunningServer, http: aiohttp.ClientSession
) -> None:
    """A call may come as a query, a form, multipart or JSON; bad JSON is a 400."""
    telegram.user_sends("hi")
    url = f"{server.url}/bot{telegram.token}/sendMessage"
    call = {"chat_id": "1", "text": "x"}
    multipart = aiohttp.FormData(call, default_to_multipart=True)
    for arguments in ({"params": call}, {"data": call}, {"json": call}, {"data": multipart}):
        async with http.post(url, **arguments) as response:
            assert (await response.json())["ok"]
    async with http.get(url, params=call) as response:
        assert (await response.json())["ok"]
    broken = {"Content-Type": "application/json"}
    async with http.post(url, data=b"{", headers=broken) as response:
        assert response.status == 400
    async with http.post(f"{server.url}/bot1:x/getMe") as response:
        assert (response.status, (await response.json())["description"]) == (401, "Unauthorized")


async def test_webhook(telegram: LocalTelegram, server: RunningServer) -> None:
    """A webhook gets each update in order and again after a failure; polling is a 409."""
    got: list[tuple[str, str, str]] = []

    async def hook(request: web.Request) -> web.Response:
        update = await request.json()
        secret = request.headers["X-Telegram-Bot-Api-Secret-Token"]
        status = 500 if not got else 200
        got.append((update["message"]["text"], secret, str(status)))
        return web.Response(status=status)

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with Bot(telegram.token, base_url=f"{server.url}/bot") as bot:
        telegram.user_sends("one")
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
        await bot.set_webhook(url, secret_token="s3")
        telegram.user_sends("two")
        with pytest.raises(Conflict):
            await bot.get_updates()
        async with asyncio.timeout(5):
            while (await bot.get_webhook_info()).pending_update_count:
                pass
        info = await bot.get_webhook_info()
        assert info.last_error_message == "Wrong response from the webhook: 500"
        await bot.delete_webhook()
        telegram.user_sends("three")
        assert len(await bot.get_updates()) == 1
    await runner.cleanup()
    assert got == [("one", "s3", "500"), ("one", "s3", "200"), ("two", "s3", "200")]
