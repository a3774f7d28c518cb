"""The local Telegram over HTTP: the real python-telegram-bot on one side, the page on the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import orjson
import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import Conflict, NetworkError, RetryAfter, TimedOut

from bot.local import faults
from bot.local.server import RunningServer, serve
from bot.local.telegram import LocalTelegram
from tests.bot.local.echo import echo_bot
from tests.bot.local.pictures import png


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
        sent = await bot.send_photo(1, png(), caption="net")
        file = await bot.get_file(sent.photo[-1].file_id)
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


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1.evil.example:80"}, 403),
        ({"Host": "localhost:8081"}, 200),
        ({"Host": "[::1]:8081"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
async def test_only_this_computer(
    telegram: LocalTelegram,
    server: RunningServer,
    http: aiohttp.ClientSession,
    headers: dict[str, str],
    status: int,
) -> None:
    """Other host names, other sites' pages and rebound names get a 403, Bot API included."""
    for path in ("/send", f"/bot{telegram.token}/getMe"):
        call = http.post(server.url + path, json={"text": "x"}, headers=headers)
        async with call as response:
            assert response.status == status


async def test_page_is_self_contained(server: RunningServer, http: aiohttp.ClientSession) -> None:
    """The page comes with a strict policy and names no other server."""
    for path in ("/", "/chat.css", "/chat.js", "/icon.svg"):
        async with http.get(server.url + path) as response:
            assert response.status == 200
            assert "default-src 'self'" in response.headers["Content-Security-Policy"]
            body = (await response.text()).replace("http://www.w3.org/", "")
            assert "http://" not in body
            assert "https://" not in body
    async with http.get(server.url + "/secret") as response:
        assert response.status == 404


async def test_page_calls(
    telegram: LocalTelegram, server: RunningServer, http: aiohttp.ClientSession
) -> None:
    """The page's calls take JSON objects only, and say kindly what can't be done."""
    for path, body, status in (
        ("/send", {"text": "  "}, 400),
        ("/send", {"text": "ok"}, 200),
        ("/press", {"id": 1, "data": "x"}, 409),
        ("/edit", {"id": 99, "text": "x"}, 409),
        ("/edit", {"id": "1", "text": "x"}, 409),
        ("/send", [], 400),
    ):
        async with http.post(server.url + path, json=body) as response:
            assert response.status == status
    async with http.post(server.url + "/send", data={"text": "form"}) as response:
        assert response.status == 415
    assert [post.text for post in telegram.posts()] == ["ok"]


async def test_news(
    telegram: LocalTelegram, server: RunningServer, http: aiohttp.ClientSession
) -> None:
    """The page hears everything once at first, then each change, and of the server's end."""
    telegram.user_sends("before")
    async with http.get(server.url + "/events") as response:
        lines = response.content
        await lines.readuntil(b"event: all\n")
        everything = orjson.loads((await lines.readline()).removeprefix(b"data: "))
        assert [post["html"] for post in everything["posts"]] == ["before"]
        await telegram.call("sendMessage", {"chat_id": 1, "text": "a < b"})
        await lines.readuntil(b"event: post\n")
        post = orjson.loads((await lines.readline()).removeprefix(b"data: "))
        assert (post["html"], post["mine"]) == ("a &lt; b", False)
        await server.close()
        assert await lines.read() == b"\n"


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
