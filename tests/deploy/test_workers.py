"""nginx from the guide, two workers with the unit's settings on PostgreSQL, a webhook with TLS."""

from __future__ import annotations

import asyncio
import io
import re
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

from tests.nginx import DEPLOY, certificate, needs, nginx, replaced
from tests.ports import free_ports
from tests.postgres import Cluster, postgres
from tests.processes import TOKEN, Bots
from tests.telegram_server.server import serve
from tests.telegram_server.telegram import LocalTelegram

__all__ = ["postgres"]

pytestmark = pytest.mark.process

CHATS = range(1, 9)


def unit() -> str:
    """The guide's systemd unit."""
    return (DEPLOY / "build-a-network@.service").read_text()


def worker_settings(number: int, ports: dict[str, str]) -> dict[str, str]:
    """What the unit sets for a worker, with the test's ports in the place of the guide's."""
    (line,) = re.findall(r"^Environment=(.*)$", unit(), re.MULTILINE)
    pairs = (part.split("=", 1) for part in line.replace("%i", str(number)).split())
    return {name: replaced(value, {value: ports[value]}) for name, value in pairs}


@dataclass
class Deployed:
    """What the guide leads to."""

    bots: Bots
    http: aiohttp.ClientSession
    hook: str
    """The public address."""
    metrics: dict[int, str]
    """Each worker's own."""
    settings: dict[int, dict[str, str]]
    workers: dict[int, asyncio.subprocess.Process] = field(default_factory=dict)

    async def start(self, number: int) -> None:
        """`systemctl start`, until it is ready."""
        settings = self.settings[number]
        self.workers[number] = await self.bots.start(**settings)
        async with asyncio.timeout(60):
            while not await self._ready(number):
                code = self.workers[number].returncode
                assert code is None, f"worker {number} ended with exit code {code}"
                await asyncio.sleep(0.05)

    async def _ready(self, number: int) -> bool:
        try:
            async with self.http.get(f"{self.metrics[number]}/ready") as response:
                return response.status == 200
        except aiohttp.ClientError:
            return False

    async def answered(self, count: int) -> None:
        """Waits until every chat has its last answer; asserts that they came in order, once.

        A reply of unknown fate may come a second time: that is what a kill may cost.
        """
        last = f"{count}: {count - 1}"
        await self.bots.until(lambda: all(last in self.bots.said(chat) for chat in CHATS), 60)
        for chat in CHATS:
            said = list(dict.fromkeys(self.bots.said(chat)))
            assert said == [f"{one + 1}: {one}" for one in range(count)]

    async def turns_of(self, number: int) -> float:
        """How many turns a worker took."""
        async with self.http.get(f"{self.metrics[number]}/metrics") as response:
            (turns,) = re.findall(
                r"^build_a_network_turns_total (\S+)$", await response.text(), re.MULTILINE
            )
        return float(turns)


@pytest.fixture
async def deployed(
    tmp_path: Path, postgres: Cluster, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Deployed]:
    """Nginx runs; no worker does yet."""
    needs("nginx", "openssl")
    cert, key = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))  # Telegram trusts it
    public, *ports = free_ports(5)
    hook = f"https://localhost:{public}/telegram"
    listen = {f"127.0.0.1:{guide}": f"127.0.0.1:{port}" for guide, port in
              zip((8081, 8082, 9091, 9092), ports, strict=True)}  # fmt: skip
    site = replaced(
        (DEPLOY / "nginx.conf").read_text(),
        {
            "listen 443 ssl": f"listen 127.0.0.1:{public} ssl",
            "/etc/letsencrypt/live/bot.example.org/fullchain.pem": str(cert),
            "/etc/letsencrypt/live/bot.example.org/privkey.pem": str(key),
            "server_name bot.example.org": "server_name localhost",
            "127.0.0.1:8081": listen["127.0.0.1:8081"],
            "127.0.0.1:8082": listen["127.0.0.1:8082"],
        },
    )
    shared = {"DATABASE_URL": postgres.database(), "WEBHOOK_URL": hook}
    settings = {number: shared | worker_settings(number, listen) for number in (1, 2)}
    telegram = LocalTelegram(clock=lambda: datetime.now(UTC), token=TOKEN)
    server = await serve(telegram, port=0)
    bots = Bots(telegram, server, tmp_path)
    metrics = {n: f"http://{settings[n]['METRICS_LISTEN']}" for n in settings}
    folder = tmp_path / "nginx"
    folder.mkdir()
    with nginx(folder, site):
        async with aiohttp.ClientSession() as http:
            yield Deployed(bots, http, hook, metrics, settings)
        for process in bots.running:
            if process.returncode is None:
                process.kill()
            await process.communicate()
    await server.close()


async def test_two_workers_behind_nginx_and_one_is_killed(deployed: Deployed) -> None:
    """Both take turns; one dies in the middle, the other answers all; it comes back and helps."""
    telegram = deployed.bots.telegram
    for number in (1, 2):
        await deployed.start(number)
    assert telegram.settings["webhook"]["url"] == deployed.hook
    sent = 0

    def send(count: int) -> None:
        nonlocal sent
        for one in range(sent, sent + count):
            for chat in CHATS:
                telegram.user_sends(str(one), chat=chat)
        sent += count

    send(5)
    await deployed.answered(sent)
    assert min([await deployed.turns_of(number) for number in (1, 2)]) > 0

    send(15)
    first = deployed.workers[1]
    await deployed.bots.until(lambda: len(deployed.bots.said()) >= 8)
    first.kill()
    await first.wait()
    await deployed.answered(sent)
    send(5)
    await deployed.answered(sent)

    await deployed.start(1)
    async with asyncio.timeout(60):  # nginx asks a server that failed again after a while
        while not await deployed.turns_of(1):
            send(1)
            await deployed.answered(sent)


async def test_a_new_version_costs_nothing(deployed: Deployed) -> None:
    """Both stopped with SIGTERM, which ends them politely; what is sent meanwhile is answered."""
    telegram = deployed.bots.telegram
    for number in (1, 2):
        await deployed.start(number)
    for chat in CHATS:
        telegram.user_sends("0", chat=chat)
    await deployed.answered(1)
    (allowed_s,) = re.findall(r"^TimeoutStopSec=(\d+)$", unit(), re.MULTILINE)
    for process in deployed.workers.values():
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), float(allowed_s))
        assert process.returncode == 0
    for chat in CHATS:
        telegram.user_sends("1", chat=chat)
    await deployed.bots.until(lambda: "502" in telegram.webhook_error)
    for number in (1, 2):
        await deployed.start(number)
    await deployed.answered(2)


async def test_nobody_but_telegram_gets_through(deployed: Deployed) -> None:
    """Another path is not there; without the secret an update is refused; a large body too."""
    await deployed.start(1)
    origin = deployed.hook.removesuffix("/telegram")
    for path, body, status in (
        ("/", b"", 404),
        ("/metrics", b"", 404),
        ("/telegram/x", b"", 404),
        ("/telegram", b'{"update_id": 1}', 403),
        ("/telegram", b"x" * 1_100_000, 413),
    ):
        async with deployed.http.post(origin + path, data=io.BytesIO(body), ssl=False) as response:
            assert response.status == status, path
