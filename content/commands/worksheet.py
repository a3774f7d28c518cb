"""`python -m content worksheet`: sheets to print, each with its own numbers, and their key."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import BinaryIO, TextIO, get_args

from content.commands import topics
from content.commands.command import Command, Refused
from content.paper.key import keys
from content.paper.press import TEMPLATE, Press
from content.paper.sheet import Paper, sheets

DETAILS = """\
Writes one PDF with all sheets, each from a new page on, and with --key one with their answers: the
working of every step, and of the commonest wrong answers what each comes from. The numbers of a
sheet are drawn so that mistakes can be told apart; they follow from the lesson (or skill, or
network), the name of the set and the number of the sheet, so the same command prints the same
sheets, and `check --variant` knows their numbers from the number printed on them.

Without --skill and --network the sheets are about a lesson. The network of --network may be a line
of `practice --jsonl`, or hold "examples"; of its numbers only the shape is kept."""


def _options(parser: argparse.ArgumentParser) -> None:
    topics.options(parser)
    parser.add_argument(
        "--variants", metavar="NUMBER", type=topics.whole, default=1, help="how many sheets"
    )
    parser.add_argument(
        "--first", metavar="NUMBER", type=topics.whole, default=1, help="number of the first sheet"
    )
    parser.add_argument("--key", action="store_true", help="the answer key as well")
    parser.add_argument("--pdf", metavar="FOLDER", type=Path, required=True, help="where to")
    parser.add_argument(
        "--paper", choices=get_args(Paper), default="a4", help="a4 or letter (%(default)s)"
    )
    parser.add_argument("--language", default="en", help="of words and numbers (%(default)s)")


def _run(options: argparse.Namespace, lines: BinaryIO, out: TextIO) -> None:
    del lines
    if options.variants > topics.MOST_VARIANTS:
        raise Refused(f"--variants: needs {topics.MOST_VARIANTS} at most, not {options.variants}")
    book = topics.book_of(options)
    topic = topics.topic_of(options, book)
    numbers = range(options.first, options.first + options.variants)
    variants = [topic.variant(number, options.set) for number in numbers]
    wanted = {"worksheets": sheets(book, variants, options.paper)}
    if options.key:
        wanted["key"] = keys(book, variants, options.paper)
    press = Press()
    try:
        options.pdf.mkdir(parents=True, exist_ok=True)
        for name, data in wanted.items():
            at = options.pdf / f"{topic.file}-{name}.pdf"
            at.write_bytes(press.printed(TEMPLATE, data))
            print(at, file=out)
    except OSError as error:
        raise Refused(f"--pdf: {error.filename}: {error.strerror}") from None
    except ValueError as error:
        raise Refused(str(error)) from None


COMMAND = Command(
    name="worksheet",
    help="sheets to print, each with its own numbers, and their key",
    options=_options,
    run=_run,
    details=DETAILS,
)
