"""A painter whose pictures are one pixel, and which fails on order."""

from __future__ import annotations

import asyncio
import struct
import zlib

from bot.pictures import PictureError
from bot.pictures.requests import Request, key


class FakePainter:
    """Implements `bot.pictures.Painter`."""

    def __init__(self) -> None:
        self.painted: list[str] = []
        """The titles of what was painted."""
        self.failures: list[PictureError] = []
        """What the next ones raise."""
        self.open = asyncio.Event()
        """Painting waits for it."""
        self.open.set()
        self.started = self.closed = False

    def key(self, request: Request) -> str:
        """See `bot.pictures.Painter`."""
        return key(request)

    def start(self) -> None:
        """See `bot.pictures.Painter`."""
        self.started = True

    async def paint(self, request: Request) -> bytes:
        """See `bot.pictures.Painter`."""
        self.painted.append(getattr(request, "title", ""))
        await self.open.wait()
        if self.failures:
            raise self.failures.pop(0)
        return png(self.painted[-1])

    async def close(self) -> None:
        """See `bot.pictures.Painter`."""
        self.closed = True


def png(text: str) -> bytes:
    """A picture of one grey pixel with a text in it that nobody sees."""
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"tEXt", b"Title\0" + text.encode("latin-1", "replace"))]
    chunks += [(b"IDAT", zlib.compress(b"\0\x80")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
