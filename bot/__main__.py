"""Starts the bot: on Telegram with a token, else in a chat on this computer.

This is the only place that wires the parts together, with what is in `bot.startup`. What only one
way of running needs is imported there, so that each starts quickly; `--help` needs nothing.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.ports import Tutor

SELDOM = (200_000, 10, 10)
"""When Python's collector looks for cycles during the start, which makes many objects and drops
next to none: at the usual thresholds an eighth of the time went into looking."""


def main(
    arguments: Sequence[str] | None = None, make_tutor: Callable[[str], Tutor] | None = None
) -> int:
    """Runs the bot until it is stopped.

    Args:
        arguments: the command line, without the program's name.
        make_tutor: makes the conversation for a language; the lessons, unless a test has another.

    Returns:
        The exit code: 0 stopped, 1 failed, 2 settings or content that cannot be used.
    """
    asked = _parser().parse_args(arguments)
    gc.set_threshold(*SELDOM)

    from bot.startup.chosen import run  # noqa: PLC0415 - after --help

    return run(asked, make_tutor)


def _parser() -> argparse.ArgumentParser:
    called = Path(sys.argv[0]).name
    prog = called if called.startswith("build-a-network") else "python -m bot"
    parser = argparse.ArgumentParser(prog=prog, description=__doc__)
    text = "read the settings from FILE instead of .env"
    parser.add_argument("--env-file", type=Path, metavar="FILE", help=text)
    parser.add_argument("--terminal", action="store_true", help="chat here, in the terminal")
    commands = parser.add_subparsers(dest="command", metavar="command")
    preview = commands.add_parser("preview", help="an author's lesson, read anew when saved")
    preview.add_argument("folder", type=Path, metavar="FOLDER")
    preview.add_argument("--language", default="en")
    preview.add_argument("--step")
    preview.add_argument("--port", type=int, default=0)
    commands.add_parser("check", help="verify settings, lesson, database, token and webhook")
    commands.add_parser("stats", help="how the course goes, in words")
    for name, text in (("backup", "copy the database into"), ("restore", "put back the copy in")):
        one = commands.add_parser(name, help=f"{text} FILE")
        one.add_argument("file", type=Path, metavar="FILE")
    move = commands.add_parser("move", help="copy everything into another, empty database")
    move.add_argument("--to", required=True, metavar="URL", help="its address, as DATABASE_URL")
    return parser


if __name__ == "__main__":
    from content.streams import with_streams

    sys.exit(with_streams(main))
