"""Updates by webhook: stored before the 200, from nobody but Telegram."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import datetime

import aiohttp
import pytest

from bot.ports import RawUpdate, Saved
from bot.runtime.flood import BURST
from bot.telegram import webhook as module
from bot.telegram.app import WebhookRejectedError
from bot.telegram.webhook import HEADER, Webhook
from tests.bot.telegram.stage import BEN, Stage, stage
from tests.ports import free_port
from tests.telegram_server import faults
from tests.telegram_server.posts import Chat
from tests.telegram_server.refusal import RefusedError

__all__ = ["stage"]

SECRET = "a-secret-of-the-webhook"


@pytest.fixture
def hook(stage: Stage) -> Webhook:
    """The stage's bot gets its updates pushed."""
    port = free_port()
    stage.webhook = Webhook(f"http://127.0.0.1:{port}/updates", SECRET, "127.0.0.1", port)
    return stage.webhook


async def post(hook: Webhook, body: bytes, secret: str = SECRET) -> int:
    """What a request is answered with."""
    headers = {HEADER: secret} if secret else {}
    async with (
        aiohttp.ClientSession() as http,
        http.post(hook.url, data=io.BytesIO(body), headers=headers) as response,
    ):
        return response.status


@pytest.mark.usefixtures("hook")
async def test_a_conversation(stage: Stage) -> None:
    """Pushed updates are answered, what was sent before the start too, and nothing is left."""
    stage.telegram.user_sends("one")
    await stage.start()
    await stage.hears("1: one")
    stage.telegram.user_sends("hi", chat=BEN)
    await stage.hears("1: hi", chat=BEN)
    await stage.until(lambda: stage.telegram.updates.pending == [])
    assert not [call for call in stage.telegram.calls if call.method == "getUpdates"]


async def test_going_back_to_polling(stage: Stage, hook: Webhook) -> None:
    """Without a webhook in the settings, Telegram's is taken away, and nothing is lost."""
    await stage.start()
    assert stage.telegram.settings["webhook"]["url"] == hook.url
    await stage.stop()
    stage.webhook = None
    stage.telegram.user_sends("one")
    await stage.start()
    await stage.hears("1: one")
    assert stage.telegram.settings["webhook"] == {}


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x"])
async def test_only_telegram_is_heard(stage: Stage, hook: Webhook, secret: str) -> None:
    """Anybody else gets a 403, whatever they send."""
    await stage.start()
    update = b'{"update_id": 1, "message": {"chat": {"id": 1, "type": "private"}}}'
    assert await post(hook, update, secret) == 403
    assert stage.store is not None
    assert await stage.store.unhandled() == []


@pytest.mark.parametrize("body", [b"", b"nonsense", b"[]", b'{"update_id": "x"}', b"\xff"])
async def test_what_is_no_update_is_stepped_over(stage: Stage, hook: Webhook, body: bytes) -> None:
    """Telegram would send it again and again."""
    await stage.start()
    assert await post(hook, body) == 200


async def test_bodies_have_a_limit(stage: Stage, hook: Webhook) -> None:
    """Nothing larger than any update is read."""
    await stage.start()
    assert await post(hook, b"x" * (module.MAX_BODY_BYTES + 1)) == 413


async def test_too_many_at_once_are_told_to_come_again(
    stage: Stage, hook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram does."""
    monkeypatch.setattr(module, "UNDER_WAY", 0)
    await stage.start()
    assert await post(hook, b"{}") == 503


async def test_a_repeated_update_is_answered_once(stage: Stage, hook: Webhook) -> None:
    """Telegram repeats what it got no 200 for in time."""
    await stage.start()
    stage.telegram.user_sends("one")
    await stage.hears("1: one")
    first = stage.telegram.updates.next_id - 1
    chat = {"id": 1, "type": "private"}
    again = {"update_id": first, "message": {"message_id": 1, "text": "one", "chat": chat}}
    assert await post(hook, json.dumps(again).encode()) == 200
    assert stage.app is not None
    await stage.app.settled()
    await stage.hears("1: one")


@pytest.mark.usefixtures("hook")
async def test_what_could_not_be_stored_is_sent_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No 200 before the commit."""
    await stage.start()
    assert stage.store is not None
    receive, failures = stage.store.receive, [OSError("disk full")]

    async def failing(updates: Sequence[RawUpdate], at: datetime) -> dict[int, Saved]:
        if failures:
            raise failures.pop()
        return await receive(updates, at)

    monkeypatch.setattr(stage.store, "receive", failing)
    stage.telegram.user_sends("one")
    await stage.hears("1: one")
    assert failures == []
    assert stage.telegram.webhook_error == "Wrong response from the webhook: 500"


async def test_what_could_not_be_stored_is_no_flood(
    stage: Stage, hook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often Telegram repeats an update while the store is away, it is stored in the end."""
    await stage.start()
    assert stage.store is not None
    receive, failures = stage.store.receive, [OSError("away")] * (BURST + 5)

    async def failing(updates: Sequence[RawUpdate], at: datetime) -> dict[int, Saved]:
        if failures:
            raise failures.pop()
        return await receive(updates, at)

    monkeypatch.setattr(stage.store, "receive", failing)
    chat = stage.telegram.keep_chat(Chat(1, "Ann")).as_json()
    update = {"update_id": 5, "message": {"message_id": 1, "text": "one", "chat": chat}}
    while failures:
        assert await post(hook, json.dumps(update).encode()) == 500
    assert await post(hook, json.dumps(update).encode()) == 200
    await stage.hears("1: one")


@pytest.mark.parametrize("number", [2**63, 2**64 - 1, -(2**64)])
async def test_numbers_that_cannot_be_stored_are_stepped_over(
    stage: Stage, hook: Webhook, number: int
) -> None:
    """Of an update, or of a chat; whatever comes after them is heard."""
    await stage.start()
    for update, chat in ((number, 1), (5, number)):
        message = {"message_id": 1, "text": "one", "chat": {"id": chat, "type": "private"}}
        assert (
            await post(hook, json.dumps({"update_id": update, "message": message}).encode()) == 200
        )
    stage.telegram.user_sends("two")
    await stage.hears("1: two")


@pytest.mark.usefixtures("hook")
async def test_an_address_telegram_does_not_take(stage: Stage) -> None:
    """The bot says so instead of trying for ever."""
    refusal = RefusedError(400, "Bad Request: bad webhook: HTTPS url must be provided")
    stage.telegram.faults.add("setWebhook", faults.Fault(refusal))
    with pytest.raises(WebhookRejectedError, match="https url"):
        await stage.start()
