"""The local Telegram over HTTP: the Bot API for the bot, and the chat page for the learner.

It listens on this computer only and answers only to a loopback name in the `Host` header, so that
no web page on the internet can reach it through a name of its own; a request another site's page
makes is refused by its `Origin`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import orjson
from aiohttp import BodyPartReader, web

from bot.local.chat_page import HEADERS, Page, json_answer
from bot.local.params import Upload
from bot.local.refusal import NoAnswerError, RefusedError
from bot.local.telegram import LocalTelegram
from bot.local.webhook import push

MAX_BODY_BYTES = 50 * 1024 * 1024
DEFAULT_PORT = 8081
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class RunningServer:
    """A server that is listening.

    Args:
        url: the page's address, without a slash at the end. For python-telegram-bot, `base_url` is
            `url + "/bot"` and `base_file_url` is `url + "/file/bot"`.
    """

    url: str
    _runner: web.AppRunner
    _page: Page
    _pushing: asyncio.Task[None]

    async def close(self) -> None:
        """Stops listening and ends every open page's connection."""
        self._page.closing.set()
        self._pushing.cancel()
        await self._runner.cleanup()


async def serve(
    telegram: LocalTelegram, host: str = "127.0.0.1", port: int = DEFAULT_PORT
) -> RunningServer:
    """Starts the server.

    Args:
        telegram: what it serves.
        host: the address to listen on.
        port: the port; 0 takes a free one.

    Returns:
        The running server, with its address.

    Raises:
        OSError: when the port is taken.
    """
    page = Page(telegram)
    app = web.Application(middlewares=[_protect], client_max_size=MAX_BODY_BYTES)
    app.add_routes([*page.routes(), *_BotApi(telegram).routes()])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError:
        await runner.cleanup()
        raise
    where = f"[{host}]" if ":" in host else host
    pushing = asyncio.create_task(push(telegram))
    return RunningServer(f"http://{where}:{runner.addresses[0][1]}", runner, page, pushing)


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
        token, method = request.match_info["token"], request.match_info["method"]
        try:
            status, answer = await self._telegram.answer(token, method, params, uploads)
        except NoAnswerError as lost:
            await asyncio.sleep(lost.seconds)
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=502)
        return json_answer(answer, status)

    async def download(self, request: web.Request) -> web.StreamResponse:
        stored = self._telegram.files.by_path(request.match_info["path"])
        if request.match_info["token"] != self._telegram.token or stored is None:
            return json_answer(RefusedError(404, "Not Found").as_answer(), 404)
        return web.Response(body=self._telegram.files.read(stored))


@web.middleware
async def _protect(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        _guard(request)
        response = await handler(request)
    except web.HTTPException as error:
        error.headers.update(HEADERS)
        raise
    if not response.prepared:
        response.headers.update(HEADERS)
    return response


def _guard(request: web.Request) -> None:
    """Refuses what does not come from this computer's own bot, page or user."""
    host = request.headers.get("Host", "")
    if urlsplit(f"//{host}").hostname not in _LOOPBACK:
        raise web.HTTPForbidden(text="This chat answers on this computer only.\n")
    origin = request.headers.get("Origin")
    foreign = origin is not None and origin != f"http://{host}"
    opens_page = request.method == "GET" and request.path == "/"
    from_site = request.headers.get("Sec-Fetch-Site", "none")
    if foreign or (from_site not in {"none", "same-origin"} and not opens_page):
        raise web.HTTPForbidden(text="Other sites may not talk to this chat.\n")


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
