"""`python -m content validate`: whether the content can be used, and all that is wrong with it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import BinaryIO, TextIO

from content.book import Book
from content.commands.command import Command
from content.commands.folder import load_lesson
from content.errors import ContentError, Problem
from content.loader import each_loaded
from content.written import languages


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", metavar="FOLDER", nargs="?", type=Path, help="only the lesson in this folder"
    )
    parser.add_argument("--language", default="en", help="whose words the lesson is in (en)")


def _run(options: argparse.Namespace, lines: BinaryIO, out: TextIO) -> None:
    del lines
    if options.folder is not None:
        _say(load_lesson(options.folder, options.language), options.folder.name, out)
        return
    problems: list[Problem] = []
    for language, found in each_loaded(languages()):
        if isinstance(found, ContentError):
            problems += found.problems
            continue
        for lesson in found.lessons:
            _say(found.with_lesson(lesson), language, out)
    if problems:
        raise ContentError(problems)


def _say(book: Book, where: str, out: TextIO) -> None:
    total = book.lesson.total()
    steps = f"{total} step{'' if total == 1 else 's'}"
    print(f"{where}: {book.lesson.title}, {steps}: all right", file=out)


COMMAND = Command(
    name="validate",
    help="check every file of the content, or of a lesson of your own",
    options=_options,
    run=_run,
    details="Says nothing is wrong, or everything that is: file, place, rule, what is allowed.",
)
