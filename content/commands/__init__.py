"""The commands of `python -m content`, one module each, in one table.

A command is a `Command`: its name, one line of help, a function that adds its options, and one that
runs it. What it can't use it raises as `Refused`, which ends the program with one line on standard
error and exit code 2.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, TextIO

from content.commands import (
    check,
    practice,
    preview,
    read,
    trace,
    train,
    translate,
    validate,
    worksheet,
)
from content.commands.command import Command, Refused
from content.errors import ContentError

COMMANDS: tuple[Command, ...] = (
    trace.COMMAND,
    read.COMMAND,
    check.COMMAND,
    train.COMMAND,
    practice.COMMAND,
    worksheet.COMMAND,
    validate.COMMAND,
    preview.COMMAND,
    translate.COMMAND,
)
"""All commands, in the order of the help."""

UNUSABLE = 2
"""The exit code for options, lines, networks or content that can't be used."""

_SIGNED = re.compile(r"-[0-9.]")


def main(
    arguments: Sequence[str] | None = None,
    lines: BinaryIO | None = None,
    out: TextIO | None = None,
    errors: TextIO | None = None,
) -> int:
    """Runs one command.

    Args:
        arguments: the command line, without the program's name.
        lines: read by the commands that take JSON lines; standard input if left out.
        out: where results go; standard output, as UTF-8, if left out.
        errors: where the one line about what can't be used goes; standard error if left out.

    Returns:
        The exit code: 0, 2 for what can't be used, or what the command gives of its own.
    """
    errors = errors or _utf8(sys.stderr)
    asked = _parser().parse_args(_joined(sys.argv[1:] if arguments is None else arguments))
    command: Command = asked.command
    asked.errors = errors
    try:
        code = command.run(asked, lines or sys.stdin.buffer, out or _utf8(sys.stdout))
    except Refused as refused:
        print(f"content {command.name}: {refused}", file=errors)
        return UNUSABLE
    except ContentError as error:
        print(error, file=errors)
        return UNUSABLE
    return code or 0


def _parser() -> argparse.ArgumentParser:
    called = Path(sys.argv[0]).name
    prog = called if called.startswith("build-a-network") else "python -m content"
    parser = argparse.ArgumentParser(
        prog=prog,
        description="The engine and the lesson on the command line, for authors and teachers.",
        epilog=f"Each command has its own help: {prog} trace --help",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        described = f"{command.help}\n\n{command.details}".strip()
        options = commands.add_parser(
            command.name,
            help=command.help,
            description=described,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.options(options)
        options.set_defaults(command=command)
    return parser


def _joined(arguments: Sequence[str]) -> list[str]:
    """The arguments with `--inputs -0.2,0.1` joined by `=`, since argparse sees an option there."""
    result: list[str] = []
    for argument in arguments:
        before = result[-1] if result else ""
        if _SIGNED.match(argument) and before.startswith("--") and "=" not in before:
            result[-1] = f"{before}={argument}"
        else:
            result.append(argument)
    return result


def _utf8(stream: TextIO) -> TextIO:
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return stream
