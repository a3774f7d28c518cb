"""What Telegram, or whoever stands in its place, may send: waited out, mended or stepped over."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.ports import PlatformTroubleError, RawUpdate
from bot.storage import SqlStore
from bot.telegram import webhook as module
from bot.telegram.incoming import LONGEST_WAIT_S, parsed, written
from bot.telegram.intake import Intake
from bot.telegram.polling import Poller
from bot.telegram.request import AiohttpRequest
from bot.telegram.sender import translate
from bot.telegram.updates import event_of, is_update
from bot.telegram.webhook import HEADER, Webhook
from tests.bot.telegram.stage import ANN, Stage, stage
from tests.bot.telegram.test_webhook import SECRET, hook, post

__all__ = ["hook", "stage"]

CHAT = '"chat": {"id": 1, "type": "private"}'


def body(text: str, more: str = "") -> bytes:
    """An update with a text, given as it stands in JSON."""
    return (
        f'{{"update_id": 5, "message": {{"message_id": 1, {CHAT}, "text": {text}{more}}}}}'.encode()
    )


@pytest.mark.parametrize(
    "update",
    [
        body(r'"half \ud800"'),
        body('"no UTF-8"').replace(b"no", b"\xff\xfe"),
        *(body('"deep"', f', "x": {"[" * deep}{"]" * deep}') for deep in (250, 253, 900, 5000)),
        body('"odd"', ', "x": NaN, "y": -Infinity'),
        body('"odd"', f', "x": {"9" * 5000}'),
    ],
)
def test_whatever_comes_in_can_be_stored(update: bytes) -> None:
    """Once it is read, its text is whole and it can be written, read again, and answered."""
    raw: Any = parsed(update)
    assert is_update(raw)
    again = json.loads(written(raw).encode())
    found = event_of(again)
    assert found is not None
    assert found[0] == ANN
    assert str(found[1]).encode()


async def test_half_a_character_by_webhook_is_answered(stage: Stage, hook: Webhook) -> None:
    """It is no reason to drop an update, nor to have Telegram send it again."""
    await stage.start()
    assert await post(hook, body(r'"half \ud800"')) == 200
    await stage.until(lambda: stage.store is not None)
    assert stage.app is not None
    await stage.app.settled()
    assert any("half ?" in str(call.params) for call in stage.telegram.calls)


async def test_a_secret_of_odd_bytes_is_a_wrong_one(stage: Stage, hook: Webhook) -> None:
    """Whatever bytes it has."""
    await stage.start()
    assert await post(hook, b"{}", "\u00e9\udcff") == 403


@pytest.mark.parametrize("asked", ["5", -7, 0.001, 10**7, 10**18, "soon", {"a": 1}, [5], 1e400])
async def test_no_wait_is_endless_or_none(asked: object) -> None:
    """Whatever number comes with a refusal, it is one to wait for."""
    answer = {"ok": False, "description": ["odd"], "parameters": {"retry_after": asked}}
    told = AiohttpRequest.parse_json_payload(json.dumps(answer).encode())
    wait = told["parameters"]["retry_after"]
    assert 1 <= wait <= LONGEST_WAIT_S
    assert translate(RetryAfter(wait)).args


@pytest.mark.parametrize("error", [InvalidToken("Not Found"), InvalidToken("Unauthorized")])
def test_a_reply_refused_by_an_error_page_is_tried_again(error: TelegramError) -> None:
    """A single 401 or 404 says nothing about the reply."""
    assert isinstance(translate(error), PlatformTroubleError)


class Answers:
    """A Bot API that gives these answers in turn, then ends the polling."""

    def __init__(self, *answers: object) -> None:
        self.answers = list(answers)
        self.offsets: list[object] = []

    async def call(self, _method: str, **params: object) -> object:
        """The next answer."""
        self.offsets.append(params["offset"])
        answer = self.answers.pop(0) if self.answers else InvalidToken("the end")
        if isinstance(answer, Exception):
            raise answer
        return answer


async def test_polling_goes_on_whatever_it_gets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Odd answers are waited out, each time longer; updates without a number hold up no others."""
    slept, taken, ended = list[float](), list[object](), list[bool]()

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    class Taking(Intake):
        def __init__(self) -> None: ...

        async def take(self, raws: Any) -> None:  # noqa: ANN401
            taken.extend(raws)

    class Revoked:
        async def is_given_up(self) -> bool:
            ended.append(True)
            return True

    unreadable = [{"update_id": None}, {"update_id": -5}, {"update_id": True}, 7]
    last = [*unreadable, {"update_id": 9}]
    api = Answers(
        RetryAfter(7),
        5,
        None,
        {"a": 1},
        unreadable,
        unreadable,
        last,
        [],
    )
    monkeypatch.setattr("bot.telegram.polling.asyncio.sleep", sleep)
    fake: Any = api
    token: Any = Revoked()
    await Poller(fake, Taking(), token, 0.5).run()
    assert taken == [{"update_id": 9}]
    assert slept == [7, 14, 28, 30, 30, 30]
    assert api.offsets[-1] == 10
    assert ended == [True]


@pytest.mark.parametrize("sent", [b"", b"POST /upd", b"POST /updates HTTP/1.1\r\nHost: x\r\nA"])
async def test_a_request_that_does_not_go_on_is_closed(
    stage: Stage, hook: Webhook, sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that half-open connections do not pile up."""
    monkeypatch.setattr(module, "IDLE_S", 0.1)
    await stage.start()
    reader, writer = await asyncio.open_connection(hook.host, hook.port)
    writer.write(sent)
    assert await asyncio.wait_for(reader.read(), 5) in {b"", None}
    writer.close()


async def test_a_body_that_does_not_come_is_not_waited_for(
    stage: Stage, hook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its place is free for others soon."""
    monkeypatch.setattr(module, "BODY_S", 0.1)
    await stage.start()
    reader, writer = await asyncio.open_connection(hook.host, hook.port)
    head = f"POST /updates HTTP/1.1\r\nHost: x\r\n{HEADER}: {SECRET}\r\nContent-Length: 9\r\n\r\n{{"
    writer.write(head.encode())
    assert (await asyncio.wait_for(reader.readline(), 5)).startswith(b"HTTP/1.1 408")
    writer.close()


async def test_a_part_that_fails_is_known_and_comes_back(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks whether the bot is ready hears which; the rest of it goes on meanwhile."""
    failing = [True]

    async def take_due(_store: SqlStore, *_asked: object) -> list[RawUpdate]:
        if failing:
            raise ValueError("a bug")
        return []

    monkeypatch.setattr(SqlStore, "take_due", take_due)
    app = await stage.start()
    await stage.until(lambda: app.trouble == "reminding fails")
    stage.telegram.user_sends("one")
    await stage.hears("1: one")
    failing.clear()
    await stage.until(lambda: not app.trouble)
