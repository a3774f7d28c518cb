"""The bot as a process of its own: starting, stopping, being killed, and what it writes."""

from __future__ import annotations

import asyncio
import signal

import pytest

from tests.processes import Bots, bots
from tests.telegram_server import faults

__all__ = ["bots"]

pytestmark = pytest.mark.process


async def test_killed_in_the_middle_and_started_again_loses_nothing(bots: Bots) -> None:
    """Every message has its answer, in order; only a reply of unknown fate may come twice."""
    chats = range(1, 11)
    process = await bots.start()
    for number in range(20):
        for chat in chats:
            bots.telegram.user_sends(str(number), chat=chat)
        if number % 7 == 6:
            asked = len(bots.telegram.calls)
            await bots.until(lambda asked=asked: len(bots.telegram.calls) > asked + 15)  # type: ignore[misc]
            process.kill()
            await process.communicate()
            process = await bots.start()
    last = f"20: {19}"
    await bots.until(lambda: all(last in bots.said(chat) for chat in chats))
    for chat in chats:
        assert list(dict.fromkeys(bots.said(chat))) == [f"{one + 1}: {one}" for one in range(20)]
    twice = sum(len(bots.said(chat)) - 20 for chat in chats)
    assert twice <= 2 * len(chats)


async def test_the_lesson_itself_answers(bots: Bots) -> None:
    """`python -m bot` with a token: /start is answered, and the commands are set."""
    await bots.start(module="bot")
    bots.telegram.user_sends("/start")
    await bots.until(lambda: len(bots.said()) > 0)
    await bots.until(
        lambda: {"start", "hint"} <= {one["command"] for one in bots.telegram.commands()}
    )


async def test_a_second_ctrl_c_ends_it_at_once(bots: Bots) -> None:
    """Whatever it is still waiting for; the reply goes out at the next start."""
    bots.telegram.faults.add("sendMessage", *[faults.too_many_requests(60)])
    process = await bots.start()
    bots.telegram.user_sends("hi")
    await bots.until(
        lambda: any(call.method == "setMessageReaction" for call in bots.telegram.calls)
    )
    await bots.until(lambda: not bots.telegram.updates.pending)
    async with asyncio.timeout(4):  # sooner than it would give up waiting
        while process.returncode is None:  # two that come too fast are one to a busy computer
            process.send_signal(signal.SIGINT)
            await asyncio.sleep(0.3)
    await process.communicate()
    assert process.returncode == -signal.SIGINT
    await bots.start()
    await bots.until(lambda: bots.said() == ["1: hi"])


async def test_ctrl_c_ends_it_politely_and_says_little(bots: Bots) -> None:
    """Who it is, that it runs, that it stopped; exit code 0; the token nowhere."""
    process = await bots.start()
    bots.telegram.user_sends("hi")
    await bots.until(lambda: bots.said() == ["1: hi"])
    process.send_signal(signal.SIGINT)
    out, err = await asyncio.wait_for(process.communicate(), 10)
    assert process.returncode == 0
    assert out == b""
    assert [line.partition(": ")[2] for line in err.decode().splitlines()] == [
        "this is @build_a_network_bot: https://t.me/build_a_network_bot",
        "running; Ctrl-C stops",
        "stopped",
    ]


async def test_ctrl_c_works_while_telegram_is_away(bots: Bots) -> None:
    """Whether it ever connected or not."""
    process = await bots.start(TELEGRAM_API_BASE_URL="http://127.0.0.1:9")
    assert process.stderr is not None
    line = await asyncio.wait_for(process.stderr.readline(), 20)
    assert "Telegram cannot be reached (no connection (ClientConnectorError)); again in 0.5 s" in (
        line.decode()
    )
    process.send_signal(signal.SIGTERM)
    await asyncio.wait_for(process.communicate(), 10)
    assert process.returncode == 0


async def test_a_token_nobody_knows_is_one_line(bots: Bots) -> None:
    """And exit code 2."""
    process = await bots.start(
        TELEGRAM_BOT_TOKEN="123456789:another-token-nobody-should-see-anywhere"
    )
    _, err = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 2
    assert err.decode() == (
        "TELEGRAM_BOT_TOKEN is not accepted by the Bot API at TELEGRAM_API_BASE_URL: "
        "copy the token from @BotFather again\n"
    )


async def test_bad_settings_are_one_line_each(bots: Bots) -> None:
    """Without a traceback, exit code 2."""
    process = await bots.start(LOG_LEVEL="LOUD", BOT_LANGUAGE="")
    _, err = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 2
    assert err.decode() == "LOG_LEVEL is 'LOUD': use one of DEBUG, INFO, WARNING, ERROR\n"


async def test_without_a_token_there_is_a_chat_on_this_computer(bots: Bots) -> None:
    """Its address is printed; where the port is taken, the next one is used, and that is said."""
    taken = bots.server.url.rpartition(":")[2]
    process = await bots.start(TELEGRAM_BOT_TOKEN="", LOCAL_CHAT_PORT=taken)
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 20)).decode()
    assert line.startswith("The chat is at http://127.0.0.1:")
    assert taken not in line
    process.send_signal(signal.SIGINT)
    _, err = await asyncio.wait_for(process.communicate(), 10)
    assert process.returncode == 0
    assert f"port {taken} is taken, so the chat is elsewhere" in err.decode()


async def test_a_second_chat_on_this_computer_is_refused(bots: Bots) -> None:
    """Two would overwrite each other's history; one line says so."""
    first = await bots.start(TELEGRAM_BOT_TOKEN="", LOCAL_CHAT_PORT="0")
    assert first.stdout is not None
    await asyncio.wait_for(first.stdout.readline(), 20)
    second = await bots.start("--terminal")
    _, err = await asyncio.wait_for(second.communicate(), 20)
    assert second.returncode == 2
    assert err.decode() == (
        f"DATA_FOLDER {bots.folder / 'data'} is in use: a chat on this computer runs already; "
        "close it first, or give this one another DATA_FOLDER\n"
    )


async def test_the_terminal_chat_works_through_a_pipe(bots: Bots) -> None:
    """One line in, the replies out; the next run goes on where this one stopped."""
    for lines, replies in (("0.5\n#1\n", ["1: 0.5", "2: pressed more:1"]), ("x\n", ["3: x"])):
        process = await bots.start("--terminal")
        out, err = await asyncio.wait_for(process.communicate(lines.encode()), 20)
        assert process.returncode == 0
        assert err == b""
        assert [line for line in out.decode().splitlines() if ": " in line] == replies
