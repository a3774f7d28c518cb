"""Workers that misbehave: `python -m tests.bot.pictures.workers KIND`."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from bot.pictures.requests import Diagram, Sheet
from bot.pictures.worker import serve


def draw(request: object) -> tuple[bytes, ...]:
    """The request's title as a picture, or the trouble that it asks for; a sheet in two formats."""
    assert isinstance(request, Diagram | Sheet)
    match request.title.split():
        case ["crash"]:
            os._exit(3)
        case ["crash", "once"] if not Path(sys.argv[1]).exists():
            Path(sys.argv[1]).touch()
            os._exit(3)
        case ["hang"]:
            time.sleep(60)
        case ["refuse"]:
            raise ValueError("cannot be drawn")
        case ["large", count]:
            return (b"x" * int(count),)
        case ["print"]:
            os.write(2, b"")
    with Path(sys.argv[1]).open("a", encoding="utf-8") as log:
        log.write(f"{os.getpid()} {request.title}\n")
    if isinstance(request, Sheet):
        formats = (b"png", b"pdf") if request.format == "png" else (b"pdf", b"png")
        return tuple(request.title.encode() + b" " + one for one in formats)
    return (request.title.encode(),)


if __name__ == "__main__":
    if sys.argv[2:] == ["never-starts"]:
        time.sleep(60)
    if sys.argv[2:] == ["ends"]:
        sys.exit(1)
    serve(sys.stdin.buffer, sys.stdout.buffer, draw)
