"""What Telegram tells the bot about itself, and what follows: the token, the webhook, conflicts."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

import aiohttp
import pytest

from bot.ports import NoMeter, RawUpdate, Saved
from bot.settings import Settings
from bot.telegram import token as module
from bot.telegram import webhook
from bot.telegram.api import Api
from bot.telegram.app import TokenRejectedError, WebhookRejectedError
from bot.telegram.token import REFUSALS, Token
from bot.telegram.webhook import HEADER, Webhook
from tests.bot.telegram.stage import Stage, stage
from tests.ports import free_port
from tests.telegram_server import faults
from tests.telegram_server.refusal import RefusedError

__all__ = ["stage"]

UNKNOWN = faults.Fault(RefusedError(401, "Unauthorized"))
NO_PAGE = faults.Fault(RefusedError(404, "Not Found"))
PRIVATE = {"message_id": 1, "text": "x", "chat": {"id": 1, "type": "private"}}


def told(caplog: pytest.LogCaptureFixture, beginning: str) -> list[str]:
    """The lines of the log that begin so."""
    return [line for line in caplog.messages if line.startswith(beginning)]


@pytest.fixture
def hook(stage: Stage) -> Webhook:
    """The stage's bot gets its updates pushed."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/bot/"
    stage.webhook = Webhook(url, "a-secret-of-the-webhook", "127.0.0.1", port)
    return stage.webhook


@pytest.mark.parametrize("refusal", [UNKNOWN, NO_PAGE], ids=["401", "404"])
@pytest.mark.parametrize("method", ["getMe", "getUpdates", "getWebhookInfo"])
async def test_one_refusal_gives_no_token_up(
    stage: Stage, method: str, refusal: faults.Fault
) -> None:
    """At the start and while it runs: the bot asks again, and goes on."""
    stage.telegram.faults.add(method, refusal)
    app = await stage.start()
    stage.telegram.user_sends("one")
    await stage.hears("1: one")
    assert not app.ended.is_set()
    assert app.trouble == ""


async def test_a_token_is_given_up_when_get_me_keeps_saying_so(stage: Stage) -> None:
    """Each of the times it is asked; what it says once between them counts."""
    stage.telegram.faults.add("getMe", *[UNKNOWN] * REFUSALS)
    await stage.start()
    await stage.stop()
    stage.telegram.faults.add("getMe", *[UNKNOWN] * (REFUSALS + 1))
    with pytest.raises(TokenRejectedError):
        await stage.start()


async def test_a_doubt_ends_when_telegram_cannot_be_asked(stage: Stage) -> None:
    """`/ready` does not go on saying what nobody knows."""
    app = await stage.start()
    token = Token(Api(app.bot, NoMeter()), app.ended.set, 0)
    stage.telegram.faults.add("getMe", UNKNOWN, faults.server_error())
    assert not await token.is_given_up()
    assert not token.doubted
    assert not app.ended.is_set()


@pytest.mark.usefixtures("hook")
async def test_a_token_revoked_under_a_webhook_is_noticed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing comes in any more, so it is asked now and then; `/ready` says so, the bot ends."""
    monkeypatch.setattr(module.Token.watch, "__defaults__", (0.01,))
    app = await stage.start()
    assert app.trouble == ""
    stage.telegram.token = "123456789:a-new-one"
    await stage.until(lambda: app.trouble == "Telegram does not know the bot's token")
    await asyncio.wait_for(app.ended.wait(), 5)


async def test_a_bot_that_is_logged_out_waits(
    stage: Stage, hook: Webhook, caplog: pytest.LogCaptureFixture
) -> None:
    """Logging in again takes minutes at Telegram's; it is no fault of the webhook's address."""
    logged_out = faults.Fault(RefusedError(400, "Logged out"))
    stage.telegram.faults.add("getMe", logged_out)
    stage.telegram.faults.add("setWebhook", logged_out)
    await stage.start()
    assert stage.telegram.settings["webhook"]["url"] == hook.url
    assert sum("Logged out" in line for line in caplog.messages) == 2


@pytest.mark.parametrize(
    "why",
    [
        "Failed to resolve host: Name or service not known",
        "Failed to resolve host: Temporary failure in name resolution",
        "getaddrinfo: Connection timed out",
    ],
)
async def test_a_webhook_that_is_refused_for_now_is_tried_again(
    stage: Stage, hook: Webhook, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A name that was just made is known everywhere only later; the log and `/ready` say so."""
    refusal = faults.Fault(RefusedError(400, f"Bad Request: bad webhook: {why}"))
    stage.telegram.faults.add("setWebhook", *[refusal] * 4)
    starting = asyncio.create_task(stage.start())
    said = f"Telegram does not take WEBHOOK_URL yet (Bad webhook: {why.lower()})"
    await stage.until(lambda: stage.app is not None and stage.app.trouble == said)
    app = await starting
    assert stage.telegram.settings["webhook"]["url"] == hook.url
    waits = [float(line.removeprefix(f"{said}; again in ")[:-2]) for line in told(caplog, said)]
    assert waits == [0.01, 0.02, 0.04, 0.08]
    assert app.trouble == ""


NO_RESULTS = [
    b"<html>Welcome</html>",
    b"",
    b"[]",
    b'{"ok":true}',
    b'{"ok":true,"result":[]}',
    b'{"ok":true,"result":{}}',
    b'{"ok":true,"result":{"id":"x","is_bot":true,"first_name":"B"}}',
]


@pytest.mark.parametrize("page", NO_RESULTS)
async def test_a_get_me_that_is_no_result_is_asked_again(
    stage: Stage, page: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    """A page of a proxy's, a list, a bot without a number: it starts when Telegram answers."""
    stage.telegram.faults.add("getMe", *[faults.page(page)] * 2)
    app = await stage.start()
    assert len(told(caplog, "Telegram cannot be reached")) == 2
    assert app.bot.id == 123456789
    stage.telegram.user_sends("one")
    await stage.hears("1: one")


@pytest.mark.parametrize("page", NO_RESULTS)
async def test_a_get_me_that_is_no_result_gives_no_token_up(stage: Stage, page: bytes) -> None:
    """Nor does the bot stop when it comes while the token is doubted."""
    app = await stage.start()
    stage.telegram.faults.add("getMe", *[faults.page(page)] * 2)
    stage.telegram.faults.add("getUpdates", UNKNOWN, UNKNOWN)
    stage.telegram.user_sends("one")
    await stage.hears("1: one")
    assert not app.ended.is_set()
    assert app.trouble == ""


@pytest.mark.parametrize("url", ["http://bot.example.org/", "https://bot.example.org:444/"])
async def test_a_webhook_that_telegram_never_takes(stage: Stage, hook: Webhook, url: str) -> None:
    """Its own rules are told as they are."""
    stage.telegram.local = False
    stage.webhook = Webhook(url, hook.secret, hook.host, hook.port)
    with pytest.raises(WebhookRejectedError, match=r"(?i)https url|ports 80, 88, 443 or 8443"):
        await stage.start()


async def test_a_webhook_set_while_polling_is_removed_once(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    """It is named; when it comes back, another program wants it, and that is what is said."""
    await stage.start()
    foreign = {"url": "https://elsewhere.example.org/"}
    await stage.telegram.call("setWebhook", foreign)
    stage.telegram.user_sends("one")
    await stage.hears("1: one")
    assert "a webhook was set for the same token; it is removed once" in caplog.messages
    await stage.telegram.call("setWebhook", foreign)
    again = "another program sets a webhook for the same token; stop one of them"
    await stage.until(lambda: again in caplog.messages)
    assert stage.telegram.settings["webhook"]["url"] == foreign["url"]


async def test_two_that_poll_are_told_apart(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    """The other conflict keeps its own words, and no webhook is removed."""
    await stage.start()
    said = "another program polls Telegram with the same token; stop one of them"
    async with asyncio.timeout(5):
        while said not in caplog.messages:
            await stage.telegram.call("getUpdates", {"timeout": 0})
            await asyncio.sleep(0.01)
    assert not [call for call in stage.telegram.calls if call.method == "deleteWebhook"]


@pytest.mark.parametrize("path", ["", "/", "/bot", "/bot/", "/a%20b/{c}", "/x/bot?y=1"])
async def test_the_webhook_s_address_is_used_as_written(stage: Stage, path: str) -> None:
    """Telegram is told the very address, and what it sends there comes in."""
    port = free_port()
    url = f"http://127.0.0.1:{port}{path}"
    chosen = Settings(webhook_url=url, _env_file=None)
    assert chosen.webhook_url == url
    stage.webhook = Webhook(chosen.webhook_url, "a-secret-of-the-webhook", "127.0.0.1", port)
    await stage.start()
    assert stage.telegram.settings["webhook"]["url"] == url
    stage.telegram.user_sends("one")
    await stage.hears("1: one")


async def test_telegram_is_told_when_to_send_again(
    stage: Stage, hook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a 500 and a 503: it would wait a minute or two. So learners wait a second."""
    await stage.start()
    assert stage.store is not None
    receive, failures = stage.store.receive, [OSError("away"), OSError("away")]

    async def failing(updates: Sequence[RawUpdate], at: datetime) -> dict[int, Saved]:
        if failures:
            raise failures.pop()
        return await receive(updates, at)

    monkeypatch.setattr(stage.store, "receive", failing)
    headers, update = {HEADER: hook.secret}, {"update_id": 1, "message": PRIVATE}
    async with aiohttp.ClientSession(headers=headers) as http:
        async with http.post(hook.url, json=update) as response:
            assert (response.status, response.headers["Retry-After"]) == (500, "1")
        with monkeypatch.context() as busy:
            busy.setattr(webhook, "UNDER_WAY", 0)
            async with http.post(hook.url, json=update) as response:
                assert (response.status, response.headers["Retry-After"]) == (503, "1")
    stage.telegram.haste = 20.0  # a minute would be three seconds
    stage.telegram.user_sends("one")
    await stage.hears("1: one")
    assert failures == []


async def test_a_press_elsewhere_is_answered(stage: Stage) -> None:
    """Under a message that was sent by way of the bot: it has no message."""
    await stage.start()
    stage.telegram.user_sends("one")
    await stage.hears("1: one")
    callback = stage.telegram.user_presses_elsewhere("hint")
    await stage.until(lambda: stage.said()[-1] == "2: pressed hint")
    answered = [call for call in stage.telegram.calls if call.method == "answerCallbackQuery"]
    assert [call.params["callback_query_id"] for call in answered] == [callback]
