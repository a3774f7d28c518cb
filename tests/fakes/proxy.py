"""A proxy on this computer that speaks HTTP's CONNECT and SOCKS5, and counts who comes through."""

from __future__ import annotations

import asyncio
import base64
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

USER, PASSWORD = "ann", "p@ss:word"


class FakeProxy:
    """Connects whoever asks.

    Args:
        login: whether it wants `USER` and `PASSWORD`.
    """

    def __init__(self, *, login: bool = False) -> None:
        self.login, self.port = login, 0
        self.reached: list[str] = []
        """How each connection came, and where to."""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        try:
            first = await reader.readexactly(1)
            where = await (self._socks if first == b"\x05" else self._connect)(reader, writer)
            if where is not None:
                await self._join(reader, writer, *where)
        except (OSError, EOFError):
            pass
        finally:
            writer.close()

    async def _connect(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> tuple[str, int] | None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        wanted = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if self.login and f"Basic {wanted}" not in head:
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
            return None
        host, _, port = head.split()[1].rpartition(":")
        self.reached.append(f"CONNECT {host}")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        return host, int(port)

    async def _socks(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> tuple[str, int] | None:
        (ways,) = await reader.readexactly(1)
        await reader.readexactly(ways)
        writer.write(b"\x05\x02" if self.login else b"\x05\x00")
        if self.login:
            _, length = await reader.readexactly(2)
            user = await reader.readexactly(length)
            (length,) = await reader.readexactly(1)
            right = (
                user + b":" + await reader.readexactly(length)
            ).decode() == f"{USER}:{PASSWORD}"
            writer.write(b"\x01\x00" if right else b"\x01\x01")
            if not right:
                return None
        _, _, _, kind = await reader.readexactly(4)
        if kind == 3:
            (length,) = await reader.readexactly(1)
            host = (await reader.readexactly(length)).decode()
        else:
            host = ".".join(map(str, await reader.readexactly(4)))
        (port,) = struct.unpack("!H", await reader.readexactly(2))
        self.reached.append(f"SOCKS {host}")
        writer.write(b"\x05\x00\x00\x01" + bytes(6))
        return host, int(port)

    async def _join(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, port: int
    ) -> None:
        there, back = await asyncio.open_connection(host, port)
        both = [_copied(reader, back), _copied(there, writer)]
        try:
            await asyncio.gather(*both)
        finally:
            back.close()


async def _copied(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.write_eof()


@asynccontextmanager
async def proxying(*, login: bool = False) -> AsyncIterator[FakeProxy]:
    """A proxy that listens on a port of its own."""
    proxy = FakeProxy(login=login)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    async with server:
        yield proxy
