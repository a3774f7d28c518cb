"""The page's server: what it gives, what it takes, and from whom."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import orjson
import pytest

from bot.webchat.chat import Chat
from bot.webchat.server import RunningServer


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1.evil.example:80"}, 403),
        ({"Host": "localhost:8081"}, 200),
        ({"Host": "[::1"}, 403),
        ({"Host": "evil.example#@127.0.0.1"}, 403),
        ({"Host": "127.0.0.1:80@evil.example"}, 403),
        ({"Host": "[::1]:8081"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
async def test_only_this_computer(
    server: RunningServer,
    http: aiohttp.ClientSession,
    headers: dict[str, str],
    status: int,
) -> None:
    """Other host names, other sites' pages and rebound names get a 403."""
    call = http.post(server.url + "/send", json={"text": "x"}, headers=headers)
    async with call as response:
        assert response.status == status


async def test_page_is_self_contained(server: RunningServer, http: aiohttp.ClientSession) -> None:
    """The page comes with a strict policy and names no other server."""
    for path in ("/", "/chat.css", "/chat.js", "/icon.svg"):
        async with http.get(server.url + path) as response:
            assert response.status == 200
            assert "default-src 'self'" in response.headers["Content-Security-Policy"]
            body = (await response.text()).replace("http://www.w3.org/", "")
            assert "http://" not in body
            assert "https://" not in body
    async with http.get(server.url + "/secret") as response:
        assert response.status == 404


async def test_page_calls(chat: Chat, server: RunningServer, http: aiohttp.ClientSession) -> None:
    """The page's calls take JSON objects only, and say kindly what can't be done."""
    for path, body, status in (
        ("/send", {"text": "  "}, 400),
        ("/send", {"text": "ok"}, 200),
        ("/press", {"id": 1, "data": "x"}, 409),
        ("/edit", {"id": 99, "text": "x"}, 409),
        ("/edit", {"id": "1", "text": "x"}, 409),
        ("/attach", {"name": "a.txt", "text": ""}, 400),
        ("/send", [], 400),
    ):
        async with http.post(server.url + path, json=body) as response:
            assert response.status == status
    async with http.post(server.url + "/send", data={"text": "form"}) as response:
        assert response.status == 415
    assert [post.text for post in chat.posts() if post.mine] == ["ok"]


async def test_news(chat: Chat, server: RunningServer, http: aiohttp.ClientSession) -> None:
    """The page hears everything once at first, then each change, and of the server's end."""
    chat.tell("before", [])
    async with http.get(server.url + "/events") as response:
        lines = response.content
        await lines.readuntil(b"event: all\n")
        everything = orjson.loads((await lines.readline()).removeprefix(b"data: "))
        assert [post["html"] for post in everything["posts"]] == ["before"]
        chat.tell("a &lt; b", [])
        await lines.readuntil(b"event: post\n")
        post = orjson.loads((await lines.readline()).removeprefix(b"data: "))
        assert (post["html"], post["mine"]) == ("a &lt; b", False)
        await server.close()
        assert await lines.read() == b"\n"


async def test_a_picture_is_shown_and_any_other_file_is_only_saved(
    chat: Chat, server: RunningServer, http: aiohttp.ClientSession
) -> None:
    """What a learner sent is never opened by the browser as a page of this server's."""
    file = chat.files.add("<x>.html", b"<script>alert(1)</script>")
    chat.tell("here", [], file=file)
    async with http.get(f"{server.url}/files/{file.digest}") as response:
        assert response.content_type == "application/octet-stream"
        assert response.headers["Content-Disposition"] == "attachment"
    async with http.get(f"{server.url}/files/nothing") as response:
        assert response.status == 404
