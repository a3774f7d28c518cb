"""The page of an author: the chat, and beside it the steps with their hints and wrong answers."""

from __future__ import annotations

from importlib.resources import files

import orjson
from aiohttp import web

from bot.preview.beside import hints, wrong_answers
from bot.preview.lesson import LessonOnDisk
from bot.webchat.chat import Chat
from bot.webchat.formatting import to_html
from content.markup import plain

_FILES = {
    "/author": ("author.html", "text/html"),
    "/author.css": ("author.css", "text/css"),
    "/author.js": ("author.js", "text/javascript"),
}


class AuthorsPage:
    """What an author's page asks for, beside the chat's own.

    Args:
        chat: where the lesson is taken.
        lesson: what is taught there.
    """

    def __init__(self, chat: Chat, lesson: LessonOnDisk) -> None:
        self._chat, self._lesson = chat, lesson
        self._shown = lesson.version

    def routes(self) -> list[web.RouteDef]:
        """Where each handler is reached."""
        return [
            *(web.get(path, self._file) for path in _FILES),
            web.get("/author/lesson", self._steps),
            web.get("/author/step/{step}", self._beside),
            web.post("/author/go/{step}", self._go),
        ]

    async def _file(self, request: web.Request) -> web.StreamResponse:
        name, content_type = _FILES[request.path]
        body = files("bot.preview").joinpath("page", name).read_bytes()
        return web.Response(body=body, content_type=content_type, charset="utf-8")

    async def _steps(self, _: web.Request) -> web.StreamResponse:
        """The lesson as it is saved now; where that is new, the chat asks its step again."""
        lesson = self._lesson
        lesson.look()
        if lesson.version != self._shown:
            self._shown = lesson.version
            if not lesson.problems and lesson.here in lesson.book.lesson:
                self._chat.say(f"/step {lesson.here}")
        book = lesson.book
        steps = [
            {
                "id": place.id,
                "kind": place.step.kind,
                "about": plain(book.heading(place)) or plain(place.section.title),
            }
            for place in book.lesson.places
        ]
        shown = {"title": book.lesson.title, "version": lesson.version, "here": lesson.here}
        return _json({**shown, "problems": lesson.problems, "steps": steps})

    async def _beside(self, request: web.Request) -> web.StreamResponse:
        lesson, step = self._lesson, self._known(request)
        said = [
            {"typed": one.typed, "made": one.made, "said": to_html(one.said)}
            for one in wrong_answers(lesson.book, lesson.machine, step)
        ]
        return _json({"hints": [to_html(one) for one in hints(lesson.book, step)], "wrong": said})

    async def _go(self, request: web.Request) -> web.StreamResponse:
        self._chat.say(f"/step {self._known(request)}")
        return _json({})

    def _known(self, request: web.Request) -> str:
        step = request.match_info["step"]
        if step not in self._lesson.book.lesson:
            raise web.HTTPNotFound
        return step


def _json(content: object) -> web.Response:
    return web.Response(body=orjson.dumps(content), content_type="application/json")
