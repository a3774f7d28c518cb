"""A Bot API server that costs next to nothing, with a crowd of learners behind it.

It answers what the bots of the benchmark call, and nothing more; what it is told is not checked.
Updates go out by `getUpdates` or to a webhook.
"""

from __future__ import annotations

import asyncio
from typing import Any

import orjson

from tests.benchmarks.throughput_crowd import BOT, Crowd, Step

__all__ = ["TOKEN", "Crowd", "Step", "Telegram"]

TOKEN = "123456789:a-token-nobody-should-see-in-any-log"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
OK = orjson.dumps({"ok": True, "result": True})
MESSAGES = {"sendMessage", "sendPhoto", "sendDocument", "editMessageMedia"}


class Connection(asyncio.Protocol):
    """One connection of a bot's."""

    def __init__(self, server: Telegram) -> None:
        self._server = server
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See `asyncio.Protocol`."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """See `asyncio.Protocol`."""
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end].lower()
            size = 0
            if (at := head.find(b"content-length:")) >= 0:
                size = int(head[at + 15 :].split(b"\r\n", 1)[0])
            whole = end + 4 + size
            if len(self._buffer) < whole:
                return
            target = self._buffer.split(b" ", 2)[1].decode()
            body, kind = self._buffer[end + 4 : whole], head
            self._buffer = self._buffer[whole:]
            self._server.asked(self, target.partition("?")[0].rpartition("/")[2], kind, body)

    def answer(self, body: bytes) -> None:
        """Sends an answer."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(HEAD % len(body) + body)


class Telegram:
    """The server.

    Args:
        crowd: the learners.
    """

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        self.port = 0
        self.calls: dict[str, int] = {}
        self.webhooks: list[str] = []
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Listens on a free port."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: Connection(self), "127.0.0.1", 0)
        self.port = int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Stops."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        assert self._server is not None
        self._server.close()

    def asked(self, connection: Connection, method: str, head: bytes, body: bytes) -> None:
        """Answers one call."""
        self.calls[method] = self.calls.get(method, 0) + 1
        if method == "getUpdates":
            self._begin(self._hand_out(connection))
        elif method in MESSAGES:
            chat = _chat(head, body)
            connection.answer(orjson.dumps({"ok": True, "result": self._message(chat)}))
            self.crowd.answered(chat)
        elif method == "getMe":
            connection.answer(orjson.dumps({"ok": True, "result": BOT}))
        elif method == "getWebhookInfo":
            info = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
            connection.answer(orjson.dumps({"ok": True, "result": info}))
        else:
            connection.answer(OK)

    def _message(self, chat: int) -> dict[str, Any]:
        number = next(self.crowd.messages)
        photo = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}
        place = {"id": chat, "type": "private", "first_name": "Ann"}
        return {
            "message_id": number,
            "from": BOT,
            "chat": place,
            "date": 1_700_000_000,
            "text": "x" * 300,
            "photo": [photo],
        }

    def _begin(self, work: Any) -> None:  # noqa: ANN401 - a coroutine
        task: asyncio.Task[None] = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _hand_out(self, connection: Connection) -> None:
        if not self.crowd.updates:
            try:
                async with asyncio.timeout(10):
                    await self.crowd.arrived.wait()
            except TimeoutError:
                pass
            else:
                await asyncio.sleep(0)
        connection.answer(orjson.dumps({"ok": True, "result": self.crowd.take()}))

    def push(self, ports: list[int], secret: str, connections: int = 40) -> None:
        """Sends updates to webhooks from now on, over so many connections to each."""
        for port in ports:
            for _ in range(connections):
                self._begin(self._pusher(port, secret))

    async def _pusher(self, port: int, secret: str) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head = (
            f"POST /updates HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\nContent-Type: application/json\r\n"
        )
        try:
            while True:
                while not (taken := self.crowd.take(1)):
                    await self.crowd.arrived.wait()
                body = orjson.dumps(taken[0])
                writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
                answer = await reader.readuntil(b"\r\n\r\n")
                assert answer.startswith(b"HTTP/1.1 200"), answer
                if b"content-length: 0" not in answer.lower():
                    size = answer.lower().partition(b"content-length:")[2].split(b"\r\n")[0]
                    await reader.readexactly(int(size))
        finally:
            writer.close()


def _chat(head: bytes, body: bytes) -> int:
    if b"application/json" in head:
        return int(orjson.loads(body)["chat_id"])
    if b"multipart/" in head:
        return int(body.partition(b'name="chat_id"')[2].partition(b"\r\n\r\n")[2].split(b"\r\n")[0])
    return int(body.partition(b"chat_id=")[2].split(b"&")[0])
