"""`python -m content …`: the engine and the lesson, for authors and teachers."""

from __future__ import annotations

import sys

from content.streams import with_streams


def main() -> int:
    """Runs one command; it is imported here, so that Ctrl-C may come even then."""
    from content.commands import main as run  # noqa: PLC0415

    return run()


def run() -> int:
    """Does what the command line asks for; the exit code."""
    return with_streams(main)


if __name__ == "__main__":
    sys.exit(run())
