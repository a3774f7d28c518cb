"""Bots as processes, killed again and again while learners take the lesson; and the account."""

from __future__ import annotations

import asyncio
import os
import random
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from sqlalchemy import text

from bot.dialogue.machine import Machine
from bot.local.posts import Event
from bot.local.server import RunningServer, serve
from bot.local.telegram import LocalTelegram
from bot.storage.dialects import open_engine
from content.loader import load
from tests.bot.telegram.test_webhook import free_port
from tests.faults.learners import Learner, class_of, one_line

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:a-token-nobody-should-see-in-any-log"


@dataclass
class Account:
    """What came of it."""

    name: str
    kills: int = 0
    turns: int = 0
    lost: int = 0
    """Learners whose stored progress is not what their answers imply."""
    doubled: int = 0
    """Answers recorded twice, and replies sent twice by a bot that knew."""
    unanswered: int = 0
    disordered: int = 0
    resent: int = 0
    """Replies sent again because nobody knew whether they had arrived."""

    @property
    def clean(self) -> bool:
        """Whether every promise was kept."""
        return not (self.lost or self.doubled or self.unanswered or self.disordered)

    def __str__(self) -> str:
        return (
            f"{self.name}: {self.kills} kills, {self.turns} turns: {self.lost} lost, "
            f"{self.doubled} doubled, {self.unanswered} unanswered, {self.disordered} out of order "
            f"({self.resent} replies of unknown fate were sent again)"
        )


@dataclass
class World:
    """A Telegram, a database, and bots on them.

    Args:
        url: the database.
        folder: where the bots run.
        webhook: whether updates are pushed.
        learners: how many there are.
        workers: how many bots there are.
    """

    url: str
    folder: Path
    webhook: bool = False
    learners: int = 12
    workers: int = 1
    """More than one: behind nginx, which deals updates out in turn."""
    seed: int = 1
    epoch: int = 0
    """Grows with every kill."""
    epochs: defaultdict[tuple[int, str], list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """In which epochs each reply came."""

    async def __aenter__(self) -> Self:
        self.rng = random.Random(self.seed)
        self.telegram = LocalTelegram(clock=lambda: datetime.now(UTC), token=TOKEN)
        self.telegram.announce = self._noting(self.telegram.announce)  # type: ignore[assignment, method-assign]
        self.server: RunningServer = await serve(self.telegram, port=0)
        self.machine = Machine(load())
        self.people: list[Learner] = class_of(self.learners, self.machine)
        self.port = free_port()
        self.processes: dict[int, asyncio.subprocess.Process] = {}
        self.ports = [free_port() for _ in range(self.workers)]
        self.nginx: asyncio.subprocess.Process | None = None
        if self.workers > 1:
            await self._start_nginx()
        else:
            self.port = self.ports[0]
        return self

    async def __aexit__(self, *_error: object) -> None:
        for number in list(self.processes):
            await self.kill(number)
        if self.nginx is not None:
            self.nginx.terminate()
            await self.nginx.wait()
        await self.server.close()

    async def _start_nginx(self) -> None:
        servers = "".join(
            f"server 127.0.0.1:{port} max_fails=1 fail_timeout=1s;" for port in self.ports
        )
        conf = self.folder / "nginx.conf"
        conf.write_text(
            f"pid {self.folder}/nginx.pid; error_log {self.folder}/nginx.log; daemon off;"
            " worker_processes 1; events {} http { access_log off;"
            f" upstream bots {{ {servers} keepalive 8; }}"
            f" server {{ listen 127.0.0.1:{self.port}; location / {{ proxy_pass http://bots;"
            ' proxy_http_version 1.1; proxy_set_header Connection "";'
            " proxy_next_upstream error timeout http_502 http_503 non_idempotent; } } }"
        )
        self.nginx = await asyncio.create_subprocess_exec(
            "nginx", "-p", str(self.folder), "-c", str(conf), stderr=asyncio.subprocess.DEVNULL
        )

    def _noting(self, announce: Callable[[Event], None]) -> Callable[[Event], None]:
        def noting(event: Event) -> None:
            if event.kind == "message" and event.post is not None and event.post.from_bot:
                said = one_line(event.post.text)
                self.people[event.chat - 1].heard.append(said)
                self.epochs[event.chat, said].append(self.epoch)
            announce(event)

        return noting

    async def start(self, number: int = 0, **more: str) -> None:
        """Starts a bot."""
        variables = {
            "DATA_FOLDER": str(self.folder / "data"),
            "DATABASE_URL": self.url,
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_BASE_URL": self.server.url,
            "LOG_LEVEL": "WARNING",
            "PYTHONPATH": str(ROOT),
            "WEBHOOK_URL": f"http://127.0.0.1:{self.port}/updates" if self.webhook else "",
            "WEBHOOK_LISTEN": f"127.0.0.1:{self.ports[number]}",
        }
        with (self.folder / "bot.log").open("ab") as log:
            self.processes[number] = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot",
                env=os.environ | variables | more, cwd=self.folder, stderr=log, stdout=log,
            )  # fmt: skip

    async def kill(self, number: int = 0) -> None:
        """Kill -9."""
        process = self.processes.pop(number)
        if process.returncode is None:
            process.kill()
        await process.wait()
        self.epoch += 1

    async def live(self, seconds: float) -> None:
        """Lets learners go on for a while; who has finished is followed by somebody new."""
        until = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < until:
            active = [one for one in self.people if not one.finished]
            self.people += class_of(self.learners - len(active), self.machine, len(self.people) + 1)
            for learner in active:
                learner.goes_on(self.telegram, self.rng)
                await asyncio.sleep(0)
            await asyncio.sleep(0.02)

    async def settle(self, seconds: float = 60) -> None:
        """Waits for the last answers."""
        until = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < until:
            if not any(one.missing for one in self.people):
                await asyncio.sleep(0.5)
                return
            await asyncio.sleep(0.1)

    async def killed_often(self, kills: int, longest_s: float = 2.0, first_s: float = 0.0) -> int:
        """Kills the bot at random moments of its life while learners go on.

        Args:
            kills: how often.
            longest_s: how long it lives at most.
            first_s: how long its first life is: time to draw the pictures that all learners see.
        """
        for number in range(1, self.workers):
            await self.start(number)
        for _ in range(kills):
            await self.start(min({*range(self.workers)} - {*self.processes}))
            if self.rng.random() < 0.1:
                await self.live(self.rng.random())  # while it starts
            else:
                await self.alive()
                await self.live(first_s + self.rng.uniform(0, longest_s))
                first_s = 0
            await self.kill(self.rng.choice(list(self.processes)))
        await self.start(min({*range(self.workers)} - {*self.processes}))
        await self.settle()
        return kills

    async def alive(self) -> None:
        """Waits until the bot has said hello to Telegram."""
        self.telegram.calls.clear()
        async with asyncio.timeout(60):
            while not self.telegram.calls:
                await self.live(0.05)

    def account(self, name: str, kills: int) -> Account:
        """Compares what happened with what had to."""
        states, attempts = self._stored()
        found = Account(name, kills)
        for learner in self.people:
            found.turns += learner.done
            found.lost += learner.wrong_state(states.get(learner.chat))
            found.doubled += attempts[learner.chat] > expected_attempts(learner, self.machine)
            found.unanswered += learner.missing
            found.disordered += learner.out_of_order
            for said, times in self._extra(learner).items():
                epochs = self.epochs[learner.chat, said]
                again = len(epochs) - len(set(epochs))
                found.doubled += min(times, again)
                found.resent += max(0, times - again)
        return found

    def _extra(self, learner: Learner) -> dict[str, int]:
        said = learner.heard
        return {
            one: said.count(one) - learner.told.count(one)
            for one in set(said)
            if said.count(one) > learner.told.count(one)
        }

    def _stored(self) -> tuple[dict[int, str], defaultdict[int, int]]:
        engine = open_engine(self.url)
        with engine.connect() as connection:
            rows = connection.execute(text("SELECT chat, state FROM learners"))
            states: dict[int, str] = {row.chat: row.state for row in rows}
            rows = connection.execute(text("SELECT chat, count(*) FROM attempts GROUP BY chat"))
            attempts = defaultdict(int, {row[0]: row[1] for row in rows})
        engine.dispose()
        return states, attempts


def expected_attempts(learner: Learner, machine: Machine) -> int:
    """How many answers the learner gave, as the dialogue counts them."""
    from tests.transcripts.play import Chat  # noqa: PLC0415

    count = 0

    class Counting(Machine):
        def step(self, state, event, now):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
            nonlocal count
            turn = super().step(state, event, now)
            count += len(turn.attempts)
            return turn

    chat = Chat(Counting(machine.book))
    for line in learner.script[: learner.done]:
        chat.does(line)
    return count
