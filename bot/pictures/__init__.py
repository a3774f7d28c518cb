"""Pictures: the network's diagram, curves, a step before and after, how it learns, the trace sheet.

`requests` says what can be drawn, as data; `captions` says the same in words. `data` leads from a
request to a template of `templates/` and what stands on it; most are a `Scene`, things at places. A
`Painter` turns a request into the bytes of a picture: `painter` has Typst do so in a thread.
"""

from __future__ import annotations

from typing import Protocol

from bot.pictures.requests import Request


class PictureError(Exception):
    """A picture could not be drawn: too slow, a crash, or a request that cannot be drawn."""


class Painter(Protocol):
    """Draws pictures."""

    def key(self, request: Request) -> str:
        """The picture's name: the same for equal requests, to remember an upload by."""
        ...

    def start(self) -> None:
        """Gets ready beside everything else, so that the first picture need not wait for it."""
        ...

    async def paint(self, request: Request) -> bytes:
        """The picture: a PNG, or the PDF that a sheet asks for.

        Raises:
            PictureError: it could not be drawn, and nothing else.
        """
        ...

    async def close(self) -> None:
        """Ends the drawing; pictures under way fail."""
        ...
