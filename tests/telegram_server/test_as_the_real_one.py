"""Where the real Telegram was found to differ from an obliging one, this one does too."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, Conflict

from tests.telegram_server.conftest import StillClock
from tests.telegram_server.entities import cleaned
from tests.telegram_server.flood import Flood
from tests.telegram_server.pictures import png
from tests.telegram_server.server import RunningServer, serve
from tests.telegram_server.telegram import LocalTelegram


@pytest.fixture
async def server(telegram: LocalTelegram) -> AsyncIterator[RunningServer]:
    running = await serve(telegram)
    yield running
    await running.close()


class Hook:
    """A webhook that answers as it is told."""

    def __init__(self) -> None:
        self.came: list[tuple[int, str]] = []
        """Chat and text of each update, as often as it came."""
        self.answer: Callable[[int], web.Response] = lambda _chat: web.Response()
        self.open = asyncio.Event()
        self.open.set()

    async def take(self, request: web.Request) -> web.Response:
        """Takes an update, once it may."""
        message = (await request.json())["message"]
        self.came.append((message["chat"]["id"], message["text"]))
        if message["chat"]["id"] == 1:
            await self.open.wait()
        return self.answer(message["chat"]["id"])


@pytest.fixture
async def hook(telegram: LocalTelegram, server: RunningServer) -> AsyncIterator[Hook]:
    """A webhook, set."""
    del server
    made, app = Hook(), web.Application()
    app.router.add_post("/", made.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    assert (await telegram.call("setWebhook", {"url": url}))["ok"]
    yield made
    made.open.set()
    await runner.cleanup()


async def until(holds: Callable[[], bool]) -> None:
    """Waits for something to become true."""
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110 - it may hold for many reasons
            await asyncio.sleep(0.005)


async def test_chats_are_delivered_beside_each_other_and_each_in_order(
    telegram: LocalTelegram, hook: Hook
) -> None:
    """One that is not answered holds up its own chat only."""
    hook.open.clear()
    for text in ("a", "b"):
        for chat in (1, 2, 3):
            telegram.user_sends(text, chat=chat)
    await until(lambda: len(hook.came) == 5)
    assert [one for one in hook.came if one[0] == 1] == [(1, "a")]
    assert [one for one in hook.came if one[0] == 2] == [(2, "a"), (2, "b")]
    hook.open.set()
    await telegram.updates.drained()
    assert [one for one in hook.came if one[0] == 1] == [(1, "a"), (1, "b")]


async def test_what_was_not_taken_comes_again_when_it_is_told_to(
    telegram: LocalTelegram, hook: Hook
) -> None:
    """After as long as `Retry-After` says; without it, only after a minute or two."""
    telegram.haste = 50.0
    again = {1: {"Retry-After": "1"}, 2: {}}
    hook.answer = lambda chat: web.Response(status=500, headers=again[chat])
    telegram.user_sends("a", chat=1)
    telegram.user_sends("a", chat=2)
    await until(lambda: hook.came.count((1, "a")) == 4)
    assert hook.came.count((2, "a")) == 1
    assert telegram.webhook_error == "Wrong response from the webhook: 500"


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://bot.example.org/", "An HTTPS URL must be provided for webhook"),
        ("ftp://bot.example.org/", "An HTTPS URL must be provided for webhook"),
        ("https://bot.example.org:8080/", "Webhook can be set up only on ports 80, 88, 443 or"),
        ("https://127.0.0.1/", "IP address 127.0.0.1 is reserved"),
        ("https://10.1.2.3:8443/", "IP address 10.1.2.3 is reserved"),
        ("https://bot/", "Failed to resolve host: Name or service not known"),
        ("https://bot.example.org:8443/bot/", ""),
        ("https://bot.example.org", ""),
    ],
)
async def test_webhooks_may_not_be_anywhere(
    telegram: LocalTelegram, url: str, problem: str
) -> None:
    """Encrypted, on four ports, at a public address; a Bot API server of one's own takes any."""
    telegram.local = False
    answer = await telegram.call("setWebhook", {"url": url})
    assert answer.get("description", "").startswith(
        problem and f"Bad Request: bad webhook: {problem}"
    )
    assert answer["ok"] is not bool(problem)
    refused = await telegram.call("setWebhook", {"url": url, "secret_token": "no blanks"})
    assert not refused["ok"]


@pytest.mark.parametrize("method", ["getUpdates", "setWebhook"])
async def test_whoever_waits_for_updates_is_sent_away(
    telegram: LocalTelegram, bot: Bot, method: str
) -> None:
    """By another who asks for them, and by a webhook that is set."""
    telegram.updates.clear()
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0.05)
    await telegram.call(method, {"url": "https://x.org"} if method == "setWebhook" else {})
    with pytest.raises(Conflict, match=f"(?i)terminated by .*{method}"):
        await first


async def test_too_much_at_once_is_told_to_wait(
    telegram: LocalTelegram, clock: StillClock, server: RunningServer
) -> None:
    """In one chat and over all of them; the wait stands in the answer and in a header."""
    telegram.user_sends("hi", chat=1)
    telegram.user_sends("hi", chat=2)
    telegram.flood = Flood(lambda: clock().timestamp(), everywhere=4, one_chat=1, burst=2)

    async def send(chat: int) -> tuple[int, str | None, object]:
        url = f"{server.url}/bot{telegram.token}/sendMessage"
        call = {"chat_id": chat, "text": "x"}
        async with aiohttp.ClientSession() as http, http.post(url, json=call) as response:
            answer = await response.json()
            again = answer.get("parameters", {}).get("retry_after")
            return response.status, response.headers.get("Retry-After"), again

    assert [await send(1) for _ in range(3)] == [(200, None, None)] * 2 + [(429, "1", 1)]
    assert [await send(2) for _ in range(2)] == [(200, None, None)] * 2
    clock.advance(0.1)
    assert await send(2) == (429, "1", 1)
    clock.advance(1)
    assert await send(1) == (200, None, None)


async def test_a_press_has_to_be_answered_soon(
    telegram: LocalTelegram, clock: StillClock, bot: Bot
) -> None:
    """Some seconds later nobody waits for it any more."""
    telegram.user_sends("hi")
    for seconds in (14, 16):
        query = telegram.user_presses_elsewhere("x")
        clock.advance(seconds)
        if seconds < 15:
            assert await bot.answer_callback_query(query)
        else:
            with pytest.raises(BadRequest, match="uery is too old"):
                await bot.answer_callback_query(query)


async def test_photos_are_kept_smaller_and_documents_as_they_are(
    telegram: LocalTelegram, bot: Bot
) -> None:
    """A photo becomes a JPEG of at most 1,280 pixels a side."""
    large = png(3000, 1500)
    photo = (await bot.send_photo(1, large)).photo[-1]
    assert (photo.width, photo.height) == (1280, 640)
    document = (await bot.send_document(1, large)).document
    assert document is not None
    assert document.file_size == len(large)
    del telegram


async def test_a_topic_has_to_be_there(telegram: LocalTelegram, bot: Bot) -> None:
    """Until somebody deletes it."""
    telegram.user_sends("hi", thread=7)
    sent = await bot.send_message(1, "x", message_thread_id=7)
    assert (sent.message_thread_id, sent.is_topic_message) == (7, True)
    telegram.user_deletes_thread(7)
    with pytest.raises(BadRequest, match="essage thread not found"):
        await bot.send_message(1, "x", message_thread_id=7)


async def test_texts_are_cleaned(telegram: LocalTelegram, bot: Bot) -> None:
    """Tabs are blanks, what turns the direction of writing is gone; for learners and bots alike."""
    odd = "\N{RIGHT-TO-LEFT OVERRIDE}a\tb\r\n\x07c\N{LINE SEPARATOR}"
    assert cleaned(odd) == "a b\n c"
    assert telegram.user_sends(odd).text == "a b\n c"
    assert (await bot.send_message(1, odd)).text == "a b\n c"
