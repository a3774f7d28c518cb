"""The standard streams as they come: closed, of another encoding, or read by `head` only."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

INTERRUPTED = 130


def with_streams(run: Callable[[], int]) -> int:
    """Runs a program; its exit code, whatever becomes of its standard streams or of Ctrl-C."""
    try:
        _make_usable()
        code = run()
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _make_usable() -> None:
    """Opens streams that are closed, so that no file gets their place; writes what can be."""
    while (spare := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(spare)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        stream = getattr(sys, name)
        if stream is None:
            mode = "w" if number else "r"
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115 - for good
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace" if number else "replace")
