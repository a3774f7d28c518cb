"""How fast messages go, and whose goes first; in a time that passes at once."""

from __future__ import annotations

import asyncio
import itertools
from datetime import UTC, datetime

import pytest
from telegram import Bot

from bot.ports import NoMeter
from bot.telegram.api import Api
from bot.telegram.pacing import BREATH_S, BURST, GIVE_WAY_S, JITTER, LONGEST_S, TICK_S, Pacer
from tests.fakes.loop import run
from tests.telegram_server.request import LocalRequest
from tests.telegram_server.telegram import LocalTelegram

PER_S, TOKEN = 28.0, "123456789:a-token-of-a-test"


class Chats:
    """Chats that send through one pacer, and when each message went."""

    def __init__(self, per_s: float = PER_S) -> None:
        self.pacer = Pacer(per_s, 1.0)
        self.went: list[tuple[float, int]] = []

    async def send(self, chat: int, times: int = 1, *, gives_way: bool = False) -> None:
        """Sends messages, each when the one before has gone."""
        for _ in range(times):
            await self.pacer.turn(chat, gives_way=gives_way)
            self.went.append((asyncio.get_running_loop().time(), chat))

    def of(self, chat: int) -> list[float]:
        """When a chat's messages went."""
        return [at for at, who in self.went if who == chat]


def test_many_chats_go_evenly() -> None:
    """In no second more than allowed, and all in the time that takes."""
    chats = Chats()

    async def crowd() -> None:
        await asyncio.gather(*(chats.send(chat) for chat in range(600)))

    run(crowd())
    at = [at for at, _ in chats.went]
    assert max(sum(one <= other < one + 1 for other in at) for one in at) <= PER_S + 1
    assert at[-1] == pytest.approx(600 / PER_S, abs=0.1)
    assert [chat for _, chat in chats.went] == list(range(600)), "first come, first served"


def test_what_is_due_within_a_tick_of_the_clock_goes_at_once() -> None:
    """Where the loop's clock stands still in between, nobody asks it again and again."""
    chats = Chats(per_s=10_000)

    async def crowd() -> None:
        await asyncio.gather(*(chats.send(chat) for chat in range(30)))

    run(crowd())
    assert [at for at, _ in chats.went[:10]] == [0] * 10
    assert chats.went[-1][0] == pytest.approx(29 / 10_000, abs=TICK_S)


def test_one_chat_has_a_burst_and_then_its_own_pace() -> None:
    """As soon as it was quiet for a while, it has some of its burst again."""
    chats = Chats(per_s=1000)

    async def chat() -> None:
        await chats.send(1, BURST + 5)
        await asyncio.sleep(3)
        await chats.send(1, 4)

    run(chat())
    went = chats.of(1)
    gaps = [b - a for a, b in itertools.pairwise(went)]
    expected = [0] * (BURST - 1) + [1] * 5 + [3, 0, 0, 1]
    assert gaps == pytest.approx(expected, abs=0.02)


def test_who_sends_little_goes_before_who_sends_much() -> None:
    """50 chats that have 55 messages each hold up nobody else, but all their first ones do."""
    chats, waits = Chats(), list[float]()

    async def crowd() -> None:
        much = [asyncio.create_task(chats.send(chat, 55)) for chat in range(50)]
        for chat in range(1000, 1020):
            await asyncio.sleep(1)
            asked = asyncio.get_running_loop().time()
            await chats.send(chat)
            waits.append(asyncio.get_running_loop().time() - asked)
        await asyncio.gather(*much)

    run(crowd())
    assert waits[0] < 50 / PER_S - 1 + 0.1
    assert max(waits[1:]) < 0.1


def test_what_gives_way_goes_behind_what_comes_soon_after() -> None:
    """But not for ever: a reminder goes out however many answers keep coming."""
    chats = Chats()

    async def crowd() -> None:
        answers = [asyncio.create_task(chats.send(chat)) for chat in range(100)]
        reminder = asyncio.create_task(chats.send(-1, gives_way=True))
        for chat in range(100, 1000):
            await asyncio.sleep(1 / PER_S)
            answers.append(asyncio.create_task(chats.send(chat)))
        await asyncio.gather(reminder, *answers)

    run(crowd())
    (went,) = chats.of(-1)
    assert went == pytest.approx(100 / PER_S + GIVE_WAY_S, abs=0.1)


def test_when_telegram_asks_one_to_wait_all_take_a_breath() -> None:
    """Only that, as long as it is one chat's own limit: it may be long."""
    chats = Chats()

    async def crowd() -> None:
        for _ in range(2):
            chats.pacer.refused(1, 600)
        await chats.send(2)
        chats.pacer.accepted()

    run(crowd())
    assert BREATH_S <= chats.of(2)[0] <= BREATH_S * (1 + JITTER)


def test_when_telegram_asks_two_to_wait_all_wait_as_long() -> None:
    """Then it is everybody's limit; and never longer than `LONGEST_S`."""
    for asked, waited in ((7.0, 7.0), (1e18, LONGEST_S)):
        chats = Chats()

        async def crowd(chats: Chats = chats, asked: float = asked) -> None:
            chats.pacer.refused(1, asked)
            chats.pacer.refused(2, asked)
            await asyncio.gather(*(chats.send(chat) for chat in range(3, 10)))

        run(crowd())
        assert waited <= chats.went[0][0] <= waited * (1 + JITTER)
        assert chats.went[-1][0] - chats.went[0][0] == pytest.approx(6 / PER_S, abs=0.05)


def test_what_may_have_gone_before_is_noted_when_its_turn_has_come() -> None:
    """Not while it waits: should the bot end then, it has not gone."""
    noted = list[float]()

    async def note() -> None:
        noted.append(asyncio.get_running_loop().time())

    async def crowd() -> None:
        request = LocalRequest(LocalTelegram(clock=lambda: datetime.now(UTC), token=TOKEN))
        bot = Bot(TOKEN, request=request, get_updates_request=request)
        api = Api(bot, NoMeter(), Pacer(0.1, 1.0))
        await asyncio.gather(*(api.send(1, "getMe", mark=note) for _ in range(3)))

    run(crowd())
    assert noted == pytest.approx([0, 10, 20], abs=0.1)


def test_what_is_called_off_takes_no_turn() -> None:
    """A bot that stops lets go of what waits."""
    chats = Chats(per_s=1)

    async def crowd() -> None:
        sends = [asyncio.create_task(chats.send(chat)) for chat in range(100)]
        await asyncio.sleep(0.5)
        for one in sends[2:-1]:
            one.cancel()
        await asyncio.gather(*sends, return_exceptions=True)

    run(crowd())
    assert [chat for _, chat in chats.went] == [0, 1, 99]
    assert chats.went[-1][0] < 4
