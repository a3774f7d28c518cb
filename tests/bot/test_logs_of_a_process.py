"""The log of a running bot, as a collector reads it."""

from __future__ import annotations

import asyncio
import json
import signal

import pytest

from tests.processes import TOKEN, Bots, bots
from tests.telegram_server import faults

__all__ = ["bots"]

pytestmark = pytest.mark.process


async def test_every_line_is_an_object_and_none_holds_what_was_typed(bots: Bots) -> None:
    """Turns, a bug in the dialogue, a refusal: all at INFO, and no word of a learner's."""
    bots.telegram.faults.add("sendMessage", faults.too_many_requests(1))
    process = await bots.start(LOG_FORMAT="json", LOG_LEVEL="INFO", METRICS_LISTEN="127.0.0.1:0")
    for text in ("typed-by-a-learner", "/export", "boom", "/stats typed-by-a-learner"):
        bots.telegram.user_sends(text)
    await bots.until(lambda: bots.said()[-1:] == ["3: /stats typed-by-a-learner"])
    process.send_signal(signal.SIGTERM)
    out, err = await asyncio.wait_for(process.communicate(), 20)
    assert (process.returncode, out) == (0, b"")
    lines = [json.loads(line) for line in err.decode().splitlines()]
    assert lines[-1]["event"] == "stopped"
    assert any(line["event"].startswith("the dialogue failed") for line in lines)
    for line in lines:
        assert {"time", "level", "logger", "event"} <= set(line)
    assert b"typed-by-a-learner" not in err
    assert TOKEN.encode() not in err


async def test_what_ends_the_bot_is_an_object_too(bots: Bots) -> None:
    """A token nobody knows: exit code 2, one line."""
    unknown = "123456789:another-token-nobody-should-see-anywhere"
    process = await bots.start(TELEGRAM_BOT_TOKEN=unknown, LOG_FORMAT="json")
    _, err = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 2
    (line,) = map(json.loads, err.decode().splitlines())
    assert line["level"] == "CRITICAL"
    assert line["event"].startswith("TELEGRAM_BOT_TOKEN is not accepted")
