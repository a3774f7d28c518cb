"""The page's server: its files, its news, and what the learner does in it.

It listens on this computer only and answers only to a loopback name in the `Host` header, so that
no web page on the internet can reach it through a name of its own; a request another site's page
makes is refused by its `Origin`. News are server-sent events: everything once at first, then each
change, so a page that lost its connection is whole again after reconnecting.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import aclosing
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from pathlib import PurePath

import orjson
from aiohttp import web

from bot.webchat.chat import Chat
from bot.webchat.formatting import to_html
from bot.webchat.posts import Event, Json, Post
from bot.webchat.speaking import Speaking, asked_for

NAME = "Build-a-Network"
MAX_BODY_BYTES = 1024 * 1024
HEARTBEAT_S = 15.0
IDLE_S, BODY_S = 60.0, 10.0
"""How long a connection may say nothing, or begin a request and not go on with it."""
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'self'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
_NO_SCRIPT = re.compile(r"(?<=<noscript>).*(?=</noscript>)")
_COMMAND = re.compile(r"(?<![\w/<])/[A-Za-z0-9_]{1,64}(?![\w/])")
_HOST = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::[0-9]{1,5})?", re.IGNORECASE)
_FILES = {
    "/": ("index.html", "text/html"),
    "/chat.css": ("chat.css", "text/css"),
    "/chat.js": ("chat.js", "text/javascript"),
    "/icon.svg": ("icon.svg", "image/svg+xml"),
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class RunningServer:
    """A server that is listening.

    Args:
        url: the page's address, without a slash at the end.
    """

    url: str
    _runner: web.AppRunner
    _page: Page

    async def close(self) -> None:
        """Stops listening and ends every open page's connection."""
        self._page.closing.set()
        await self._runner.cleanup()


async def serve(
    chat: Chat, speaking: Speaking, port: int, further: Iterable[web.RouteDef] = ()
) -> RunningServer:
    """Starts the server on this computer.

    Args:
        chat: what it shows.
        speaking: its words, in every language.
        port: where to listen; 0 takes a free port.
        further: what else is served beside the chat.

    Raises:
        OSError: when the port is taken.
    """
    page = Page(chat, speaking)
    app = web.Application(middlewares=[_protect], client_max_size=MAX_BODY_BYTES)
    app.add_routes([*page.routes(), *further])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0, keepalive_timeout=IDLE_S)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
    except OSError:
        await runner.cleanup()
        raise
    return RunningServer(f"http://127.0.0.1:{runner.addresses[0][1]}", runner, page)


def view(post: Post) -> Json:
    """A message as the page draws it: its own parts, safe HTML, and where its file is fetched."""
    html = to_html(post.html)
    if post.mine:
        html = _COMMAND.sub(r'<span class="command">\g<0></span>', html)
    shown: Json = {
        "id": post.id,
        "mine": post.mine,
        "date": post.date,
        "edited": post.edited,
        "text": "" if post.mine and post.file else post.text,
        "html": html,
        "buttons": post.buttons,
        "reaction": post.reaction,
    }
    if (file := post.file) is None:
        return shown
    if post.mine:
        shown["html"] = f"<i>📎 {escape(file.name)}</i>" + (f"\n{html}" if html else "")
        return shown
    about = {"source": f"files/{file.digest}", "name": file.name}
    sides = {"width": file.width, "height": file.height}
    return {**shown, "picture" if file.is_picture else "document": about | sides}


class Page:
    """The page's handlers, around one chat; see `serve` for the arguments."""

    def __init__(self, chat: Chat, speaking: Speaking) -> None:
        self._chat, self._speaking = chat, speaking
        self.closing = asyncio.Event()

    def routes(self) -> list[web.RouteDef]:
        """Where each handler is reached."""
        return [
            *(web.get(path, self._file_of_page) for path in _FILES),
            web.get("/events", self._events),
            web.get("/files/{digest}", self._file),
            *(
                web.post(path, self._act(does))
                for path, does in (
                    ("/send", self._send),
                    ("/attach", self._attach),
                    ("/press", self._press),
                    ("/edit", self._edit),
                )
            ),
        ]

    async def _file_of_page(self, request: web.Request) -> web.StreamResponse:
        name, content_type = _FILES[request.path]
        body = files("bot.webchat").joinpath("page", name).read_bytes()
        if name == "index.html":
            body = self._spoken(body.decode(), self._language(request)).encode()
        return web.Response(body=body, content_type=content_type, charset="utf-8")

    def _language(self, request: web.Request) -> str:
        """The chat's language; before anybody knows, the browser's."""
        tags = asked_for(request.headers.get("Accept-Language", ""))
        return self._chat.language or self._speaking.nearest(tags)

    def _spoken(self, html: str, language: str) -> str:
        """The page in a language, with the words that its script goes on with."""
        shown = self._speaking.shown(language)
        data = orjson.dumps(shown).decode().replace("<", "\\u003c")
        opening = f'<html lang="{shown["lang"]}" dir="{shown["dir"]}">'
        html = html.replace('<html lang="en" dir="ltr">', opening)
        html = html.replace(">{}</script>", f">{data}</script>")
        return _NO_SCRIPT.sub(lambda _: escape(shown["words"]["script"]), html)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        file = self._chat.file(request.match_info["digest"])
        if file is None:
            raise web.HTTPNotFound
        response = web.Response(body=self._chat.files.read(file))
        response.content_type = "image/png" if file.is_picture else "application/octet-stream"
        shown = "inline" if file.is_picture else "attachment"
        response.headers["Content-Disposition"] = shown
        return response

    def _act(self, does: Callable[[Json], None]) -> Handler:
        """Something the learner does; why it was not done stands in the answer."""

        async def handler(request: web.Request) -> web.StreamResponse:
            body = await _call(request)
            try:
                does(body)
            except ValueError as problem:
                return _answer({"error": str(problem)}, 400)
            except LookupError as problem:
                return _answer({"error": str(problem)}, 409)
            return _answer({})

        return handler

    def _send(self, body: Json) -> None:
        self._chat.say(str(body.get("text", "")), self._tag(body))

    def _attach(self, body: Json) -> None:
        name = PurePath(str(body.get("name", ""))).name[:100] or "file.txt"
        content, caption = str(body.get("text", "")).encode(), str(body.get("caption", ""))
        self._chat.send_file(name, content, caption, self._tag(body))

    def _press(self, body: Json) -> None:
        try:
            self._chat.press(_whole(body, "id"), str(body.get("data", "")), self._tag(body))
        except LookupError:
            words = self._speaking.words(self._chat.language or self._tag(body))
            raise LookupError(words.page["gone"]) from None

    def _edit(self, body: Json) -> None:
        self._chat.edit(_whole(body, "id"), str(body.get("text", "")), self._tag(body))

    def _tag(self, body: Json) -> str:
        """The first of the browser's languages that there is."""
        tags = body.get("languages")
        return self._speaking.nearest(map(str, tags) if isinstance(tags, list) else ())

    async def _events(self, request: web.Request) -> web.StreamResponse:
        headers = {"Content-Type": "text/event-stream", **HEADERS}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        async with aclosing(self._news(lambda: self._language(request))) as news:
            try:
                async for lines in news:
                    await response.write(lines)
            except ConnectionError:
                pass  # the page was closed
        return response

    async def _news(self, language: Callable[[], str]) -> AsyncGenerator[bytes, None]:
        closing = asyncio.ensure_future(self.closing.wait())
        with self._chat.listen() as events:
            posts = [view(post) for post in self._chat.posts()]
            everything = {"name": NAME, "posts": posts, **self._speaking.shown(language())}
            yield b"retry: 700\n" + _event("all", everything)
            news = asyncio.ensure_future(events.get())
            try:
                while True:
                    waiting = {news, closing}
                    await asyncio.wait(waiting, timeout=HEARTBEAT_S, return_when="FIRST_COMPLETED")
                    if closing.done():
                        return
                    if not news.done():
                        yield b": still here\n\n"
                        continue
                    event, news = news.result(), asyncio.ensure_future(events.get())
                    if event.kind == "language":
                        yield _event("words", self._speaking.shown(language()))
                    else:
                        yield _told(event)
            finally:
                news.cancel()
                closing.cancel()


def _told(event: Event) -> bytes:
    if event.post is not None:
        return _event("post", view(event.post))
    return _event(event.kind, {"id": event.message, "text": event.text})


def _event(kind: str, content: object) -> bytes:
    return b"event: " + kind.encode() + b"\ndata: " + orjson.dumps(content) + b"\n\n"


def _answer(content: object, status: int = 200) -> web.Response:
    body = orjson.dumps(content)
    return web.Response(body=body, status=status, content_type="application/json")


async def _call(request: web.Request) -> Json:
    """The JSON object of a call from the page; JSON only, which other sites' forms can't send."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    try:
        async with asyncio.timeout(BODY_S):
            body = orjson.loads(await request.read())
    except orjson.JSONDecodeError:
        raise web.HTTPBadRequest from None
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest
    return body


def _whole(body: Json, name: str) -> int:
    value = body.get(name)
    return value if isinstance(value, int) else 0


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
    """Refuses what does not come from this computer's own page or user."""
    host = request.headers.get("Host", "")
    if not _HOST.fullmatch(host):
        raise web.HTTPForbidden(text="This chat answers on this computer only.\n")
    origin = request.headers.get("Origin")
    foreign = origin is not None and origin != f"http://{host}"
    opens_page = request.method == "GET" and request.path == "/"
    from_site = request.headers.get("Sec-Fetch-Site", "none")
    if foreign or (from_site not in {"none", "same-origin"} and not opens_page):
        raise web.HTTPForbidden(text="Other sites may not talk to this chat.\n")
