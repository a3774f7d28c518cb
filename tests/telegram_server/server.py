"""The local Telegram over HTTP: the Bot API for the bot, on this computer only."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import orjson
from aiohttp import BodyPartReader, web

from tests.telegram_server.params import Upload
from tests.telegram_server.refusal import NoAnswerError, RefusedError
from tests.telegram_server.telegram import LocalTelegram
from tests.telegram_server.webhook import push

MAX_BODY_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True)
class RunningServer:
    """A server that is listening.

    Args:
        url: the server's address, without a slash at the end. For python-telegram-bot,
            `base_url` is `url + "/bot"` and `base_file_url` is `url + "/file/bot"`.
    """

    url: str
    _runner: web.AppRunner
    _pushing: asyncio.Task[None]

    async def close(self) -> None:
        """Stops listening."""
        self._pushing.cancel()
        await self._runner.cleanup()


async def serve(telegram: LocalTelegram, port: int = 0) -> RunningServer:
    """Starts the server.

    Args:
        telegram: what it serves.
        port: the port; 0 takes a free one.

    Returns:
        The running server, with its address.

    Raises:
        OSError: when the port is taken.
    """
    app = web.Application(client_max_size=MAX_BODY_BYTES)
    app.add_routes(_BotApi(telegram).routes())
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
    except OSError:
        await runner.cleanup()
        raise
    pushing = asyncio.create_task(push(telegram))
    return RunningServer(f"http://127.0.0.1:{runner.addresses[0][1]}", runner, pushing)


class _BotApi:
    """The Bot API server's side: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

    def __init__(self, telegram: LocalTelegram) -> None:
        self._telegram = telegram

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/file/bot{token}/{path:.+}", self.download),
            web.route("*", "/bot{token}/{method}", self.call),
        ]

    async def call(self, request: web.Request) -> web.StreamResponse:
        try:
            params, uploads = await _parameters(request)
        except ValueError:
            answer = RefusedError(400, "Bad Request: can't parse request JSON object").as_answer()
            return json_answer(answer, 400)
        except ConnectionResetError:
            return web.Response(status=502)  # whoever called is gone in the middle of it
        token, method = request.match_info["token"], request.match_info["method"]
        try:
            status, answer = await self._telegram.answer(token, method, params, uploads)
        except NoAnswerError as lost:
            await asyncio.sleep(lost.seconds)
            if lost.page is not None:
                return web.Response(body=lost.page, content_type="text/html")
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=502)
        response = json_answer(answer, status)
        if "retry_after" in (again := answer.get("parameters") or {}):
            response.headers["Retry-After"] = str(again["retry_after"])
        return response

    async def download(self, request: web.Request) -> web.StreamResponse:
        stored = self._telegram.files.by_path(request.match_info["path"])
        if request.match_info["token"] != self._telegram.token or stored is None:
            return json_answer(RefusedError(404, "Not Found").as_answer(), 404)
        return web.Response(body=self._telegram.files.read(stored))


def json_answer(content: object, status: int = 200) -> web.Response:
    """A JSON response."""
    body = orjson.dumps(content)
    return web.Response(body=body, status=status, content_type="application/json")


async def _parameters(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    params: dict[str, Any] = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json" and request.can_read_body:
        body = orjson.loads(await request.read())
        if not isinstance(body, dict):
            raise ValueError("an object is expected")
        params |= body
    elif request.content_type == "multipart/form-data":
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name is None:
                continue
            if part.filename is None:
                params[part.name] = await part.text()
            else:
                content = bytes(await part.read(decode=True))
                uploads[part.name] = Upload(part.filename, content)
    elif request.can_read_body:
        params |= dict(await request.post())
    return params, uploads
