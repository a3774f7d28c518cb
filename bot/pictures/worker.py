"""The process that draws: `python -m bot.pictures.worker`, spoken to over its pipes by `pool`.

A request comes in as its length (4 bytes) and a pickle; back go a byte, 0 for a picture, 1 for a
reason and 2 for a picture that another follows, a length and the bytes. It ends when its standard
input does, so it never outlives the bot.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import sys
from collections.abc import Callable, Sequence
from typing import BinaryIO

LENGTH = struct.Struct(">I")
ANSWER = struct.Struct(">BI")
DRAWN, FAILED, MORE = 0, 1, 2
READY = b"ready"
NICE = 15
"""How far drawing stands back, of 19: on a busy core replies come first, and still it goes on."""


def serve(requests: BinaryIO, answers: BinaryIO, draw: Callable[[object], Sequence[bytes]]) -> None:
    """Answers requests until there are no more, each with one picture or several."""
    answer(answers, DRAWN, READY)
    while len(head := requests.read(LENGTH.size)) == LENGTH.size:
        (length,) = LENGTH.unpack(head)
        try:
            # Only the bot writes to this pipe.
            *more, last = draw(pickle.loads(requests.read(length)))  # noqa: S301
        except Exception as error:
            answer(answers, FAILED, f"{type(error).__name__}: {error}".encode())
        else:
            for picture in more:
                answer(answers, MORE, picture)
            answer(answers, DRAWN, last)


def answer(answers: BinaryIO, kind: int, data: bytes) -> None:
    """Writes one answer."""
    answers.write(ANSWER.pack(kind, len(data)) + data)
    answers.flush()


def main() -> None:
    """Draws what standard input asks for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the bot's, which closes the pipe
    if hasattr(os, "nice"):
        os.nice(NICE)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not garble the answers
    import matplotlib  # noqa: PLC0415 - after the pipe is safe

    matplotlib.rcdefaults()  # whatever this computer's own settings are
    from bot.pictures.drawing import drawings  # noqa: PLC0415

    try:
        serve(sys.stdin.buffer, answers, drawings)  # type: ignore[arg-type] # only requests come in
    except BrokenPipeError:
        os._exit(0)  # the bot went while this one started or drew: nobody is left to tell


if __name__ == "__main__":
    main()
