"""`python -m content …`: the engine and the lesson, for authors and teachers."""

from __future__ import annotations

import os
import sys

from content.commands import main


def run() -> int:
    """Does what the command line asks for; the exit code."""
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except KeyboardInterrupt:
        code = 130
    return code


if __name__ == "__main__":
    sys.exit(run())
