"""Health, readiness and metrics over HTTP, on a port of their own.

- `/health`: the process answers, so its event loop is not stuck.
- `/ready`: every part of the bot runs and the database stores; 503 with a word while not.
- `/metrics`: for Prometheus.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

PATIENCE_S = 2.0
TEXT = "text/plain; version=0.0.4; charset=utf-8"


class Endpoints:
    """Serves them.

    Args:
        host: where to listen: this computer, unless a firewall keeps others out.
        port: the port; 0 takes a free one.
        trouble: why updates are not received; empty where they are.
        store: asks the database something; an exception means it is away.
        metrics: makes the metrics' text.
    """

    def __init__(
        self,
        host: str,
        port: int,
        trouble: Callable[[], str],
        store: Callable[[], Awaitable[object]],
        metrics: Callable[[], bytes],
    ) -> None:
        self._host, self.port = host, port
        self._trouble, self._store, self._metrics = trouble, store, metrics
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listens.

        Raises:
            OSError: when the port is taken.
        """
        app = web.Application()
        app.router.add_get("/health", self._on_health)
        app.router.add_get("/ready", self._on_ready)
        app.router.add_get("/metrics", self._on_metrics)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self.port).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Listens no more."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _on_health(self, _request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _on_ready(self, _request: web.Request) -> web.Response:
        if trouble := self._trouble():
            return web.Response(status=503, text=f"{trouble}\n")
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self._store()
        except Exception:
            return web.Response(status=503, text="the database does not answer\n")
        return web.Response(text="ready\n")

    async def _on_metrics(self, _request: web.Request) -> web.Response:
        return web.Response(body=self._metrics(), headers={"Content-Type": TEXT})
