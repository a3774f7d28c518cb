"""The chat page's side of the server: its files, its news, and what the learner does in it.

The page gets its news as server-sent events: everything once at first, then each change, so a page
that lost its connection is whole again after reconnecting.
"""

from __future__ import annotations

import asyncio
import html
from collections.abc import AsyncGenerator
from contextlib import aclosing
from importlib.resources import files
from pathlib import PurePath

import orjson
from aiohttp import web

from bot.local.posts import LEARNER, Event, Json, Post
from bot.local.refusal import RefusedError
from bot.local.spans import to_html
from bot.local.telegram import LocalTelegram

HEARTBEAT_S = 15.0
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
_FILES = {
    "/": ("index.html", "text/html"),
    "/chat.css": ("chat.css", "text/css"),
    "/chat.js": ("chat.js", "text/javascript"),
    "/icon.svg": ("icon.svg", "image/svg+xml"),
}
_SHOWN_INLINE = {".png", ".jpg", ".gif", ".webp"}
_NOT_TEXT = {
    "sticker": "a sticker",
    "photo": "a photo",
    "voice": "a voice message",
    "document": "a file",
    "new_chat_members": "a new member",
}


def view(post: Post) -> Json:
    """A message as the page draws it.

    Args:
        post: the message.

    Returns:
        Its id, whose it is, safe HTML, plain text, picture, file, buttons, reaction, placeholder.
    """
    message = post.message
    shown: Json = {
        "id": post.id,
        "mine": not post.from_bot,
        "date": message["date"],
        "edited": not post.from_bot and "edit_date" in message,
        "text": post.text,
        "html": to_html(post.text, post.entities),
        "buttons": post.buttons,
        "reaction": post.reaction,
        "placeholder": post.placeholder,
    }
    if not post.from_bot and "file_name" in message.get("document", {}):
        name = html.escape(message["document"]["file_name"])
        shown["html"] = f"<i>📎 {name}</i>"
    elif post.from_bot and "photo" in message:
        shown["photo"] = message["photo"][-1]
    elif post.from_bot and "document" in message:
        shown["document"] = message["document"]
    elif not post.text:
        kinds = (words for kind, words in _NOT_TEXT.items() if kind in message)
        shown["html"] = f"<i>{next(kinds, 'something that is not text')}</i>"
    return shown


def json_answer(content: object, status: int = 200) -> web.Response:
    """A JSON response."""
    body = orjson.dumps(content)
    return web.Response(body=body, status=status, content_type="application/json")


class Page:
    """The page's handlers, around one `LocalTelegram`.

    Args:
        telegram: whose chat with the learner is shown.
    """

    def __init__(self, telegram: LocalTelegram) -> None:
        self._telegram = telegram
        self.closing = asyncio.Event()

    def routes(self) -> list[web.RouteDef]:
        """Where each handler is reached."""
        return [
            *(web.get(path, self._file_of_page) for path in _FILES),
            web.get("/events", self._events),
            web.get("/files/{file_id}", self._file),
            web.post("/send", self._send),
            web.post("/attach", self._attach),
            web.post("/press", self._press),
            web.post("/edit", self._edit),
        ]

    async def _file_of_page(self, request: web.Request) -> web.StreamResponse:
        name, content_type = _FILES[request.path]
        body = files("bot.local").joinpath("page", name).read_bytes()
        return web.Response(body=body, content_type=content_type, charset="utf-8")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        try:
            stored = self._telegram.files.find(request.match_info["file_id"])
        except RefusedError:
            raise web.HTTPNotFound from None
        inline = stored.kind == "photo" and stored.suffix in _SHOWN_INLINE
        response = web.Response(body=self._telegram.files.read(stored))
        response.content_type = stored.mime_type if inline else "application/octet-stream"
        response.headers["Content-Disposition"] = "inline" if inline else "attachment"
        return response

    async def _send(self, request: web.Request) -> web.StreamResponse:
        body = await _call(request)
        try:
            post = self._telegram.user_sends(str(body.get("text", "")))
        except ValueError as problem:
            return json_answer({"error": str(problem)}, 400)
        return json_answer({"id": post.id})

    async def _attach(self, request: web.Request) -> web.StreamResponse:
        body = await _call(request)
        name = PurePath(str(body.get("name", ""))).name[:100] or "file.txt"
        try:
            post = self._telegram.user_sends_file(name, str(body.get("text", "")).encode())
        except ValueError as problem:
            return json_answer({"error": str(problem)}, 400)
        return json_answer({"id": post.id})

    async def _press(self, request: web.Request) -> web.StreamResponse:
        body = await _call(request)
        try:
            self._telegram.user_presses(_whole(body, "id"), str(body.get("data", "")))
        except LookupError:
            return json_answer({"error": "This button is no longer there."}, 409)
        return json_answer({})

    async def _edit(self, request: web.Request) -> web.StreamResponse:
        body = await _call(request)
        try:
            self._telegram.user_edits(_whole(body, "id"), str(body.get("text", "")))
        except (LookupError, ValueError) as problem:
            return json_answer({"error": str(problem)}, 409)
        return json_answer({})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        headers = {"Content-Type": "text/event-stream", **HEADERS}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        async with aclosing(self._news()) as news:
            try:
                async for lines in news:
                    await response.write(lines)
            except ConnectionError:
                pass  # the page was closed
        return response

    async def _news(self) -> AsyncGenerator[bytes, None]:
        closing = asyncio.ensure_future(self.closing.wait())
        with self._telegram.listen() as events:
            yield b"retry: 700\n" + _event("all", self._all())
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
                    if event.chat == LEARNER:
                        yield self._told(event)
            finally:
                news.cancel()
                closing.cancel()

    def _all(self) -> Json:
        posts = [view(post) for post in self._telegram.posts()]
        return {"bot": self._telegram.bot, "posts": posts, "commands": self._telegram.commands()}

    def _told(self, event: Event) -> bytes:
        match event.kind:
            case "settings":
                return _event("commands", self._telegram.commands())
            case "delete" | "typing":
                return _event(event.kind, {"id": event.message_id})
            case "answer":
                told = {"id": event.message_id, "text": event.text, "alert": event.alert}
                return _event("answer", told)
        return _event("post", view(event.post)) if event.post else b""


def _event(kind: str, content: object) -> bytes:
    return b"event: " + kind.encode() + b"\ndata: " + orjson.dumps(content) + b"\n\n"


async def _call(request: web.Request) -> Json:
    """The JSON object of a call from the page; JSON only, which other sites' forms can't send."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    try:
        body = orjson.loads(await request.read())
    except orjson.JSONDecodeError:
        raise web.HTTPBadRequest from None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest
    return body


def _whole(body: Json, name: str) -> int:
    value = body.get(name)
    return value if isinstance(value, int) else 0
