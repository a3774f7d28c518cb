"""`python -m content read`: what is read in a typed answer, as JSON lines."""

from __future__ import annotations

import argparse
from typing import BinaryIO, TextIO

from content.commands import lines as json_lines
from content.commands.command import Command
from content.commands.words import load_words_of
from content.markup import plain
from engine.reading import Reading, read

DETAILS = """\
One object per line is read from standard input, {"typed": ...}; keys it does not know are ignored.
For each line one is written: {"typed", "value", "problem", "echo"}. The value is a number, or null
where there is no one reading; then "problem" says why. "echo" says what was read, where that is not
simply what stands there.

The first line that can't be used ends the program, with one line on standard error that says where
and exit code 2; what came before it has been written."""


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--language", default="en", help="of the sentences (%(default)s)")


def _run(options: argparse.Namespace, lines: BinaryIO, out: TextIO) -> None:
    book = load_words_of(options.language)
    for number, given in json_lines.objects(lines):
        with json_lines.at_line(number):
            typed = json_lines.text_of(given, "typed")
        found = read(typed, words=book.heard)
        value = problem = echo = None
        if isinstance(found, Reading):
            value = found.value
            echo = None if found.literal else plain(book.numbers.turned(book.echo(found)))
        else:
            problem = plain(book.numbers.turned(book.problem(found, paper=True)))
        answer = {"typed": typed, "value": value, "problem": problem, "echo": echo}
        json_lines.write(out, answer)


COMMAND = Command(
    name="read",
    help="what is read in a typed answer",
    options=_options,
    run=_run,
    details=DETAILS,
)
