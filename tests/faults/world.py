"""A Telegram, a database, and bots as processes, killed again and again while learners learn."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from tests.faults.learners import Learner, class_of, one_line
from tests.faults.stored import Stored
from tests.faults.weather import Weather
from tests.ports import free_port
from tests.processes import TOKEN, start_bot
from tests.telegram_server.posts import Event
from tests.telegram_server.server import RunningServer, serve
from tests.telegram_server.telegram import LocalTelegram
from tests.tutor import MACHINE

LOOKS = 300
"""How often in a row, a second apart, nothing may have become of what is to be done."""


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
        self.telegram.faults = self.weather = Weather()
        self.telegram.announce = self._noting(self.telegram.announce)  # type: ignore[assignment, method-assign]
        self.server: RunningServer = await serve(self.telegram, port=0)
        self.machine = MACHINE
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

    async def start(self, number: int = 0, more: Mapping[str, str] | None = None) -> None:
        """Starts a bot, with more environment variables if given."""
        self.processes[number] = await start_bot(
            self.folder,
            self.server.url,
            DATABASE_URL=self.url,
            WEBHOOK_URL=f"http://127.0.0.1:{self.port}/updates" if self.webhook else "",
            WEBHOOK_LISTEN=f"127.0.0.1:{self.ports[number]}",
            **(more or {}),
        )

    async def kill(self, number: int = 0) -> None:
        """Kill -9."""
        process = self.processes.pop(number)
        if process.returncode is None:
            process.kill()
        await process.wait()
        self.epoch += 1

    async def live(self, seconds: float) -> None:
        """Lets learners go on for a while; who has finished or rests is followed by another."""
        until = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < until:
            now = self.telegram.clock()
            active = [one for one in self.people if not one.finished and not one.rests(now)]
            self.people += class_of(self.learners - len(active), self.machine, len(self.people) + 1)
            for learner in active:
                learner.goes_on(self.telegram, self.rng)
                await asyncio.sleep(0)
            await asyncio.sleep(0.02)

    async def settle(self) -> None:
        """Waits for the last answers, as long as anything becomes of what is to be done."""
        stored, looks, before = Stored(self.url), 0, (0, 0, 0)
        while looks < LOOKS:
            if not any(one.missing for one in self.people):
                await asyncio.sleep(0.5)
                return
            await asyncio.sleep(1)
            self.check()
            pending = len(self.telegram.updates.pending)
            waiting = pending, await asyncio.to_thread(stored.waiting)
            if not any(waiting):
                return
            now = *waiting, sum(len(one.heard) for one in self.people)
            looks = looks + 1 if now == before else 0
            before = now

    def check(self) -> None:
        """Whether every bot runs.

        Raises:
            RuntimeError: one has ended; the text is the end of what the bots wrote.
        """
        if any(one.returncode is not None for one in self.processes.values()):
            raise RuntimeError(f"a bot has ended by itself: {self.log[-1000:]}")

    async def close_telegram(self) -> None:
        """From now on connections are refused."""
        await self.server.close()

    async def open_telegram(self) -> None:
        """Telegram is there again, at the same address."""
        port = urlsplit(self.server.url).port
        assert port is not None
        self.server = await serve(self.telegram, port=port)

    @property
    def log(self) -> str:
        """What the bots have written."""
        return (self.folder / "bot.log").read_text("utf-8")

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
        """Waits until the bot has said hello to Telegram, however long it takes to start."""
        self.telegram.calls.clear()
        while not self.telegram.calls:
            self.check()
            await self.live(0.05)
