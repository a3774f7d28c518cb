"""`python -m content validate`: whether the content can be used, and all that is wrong with it."""

from __future__ import annotations

import argparse
from typing import BinaryIO, TextIO

from content.commands.command import Command
from content.loader import languages, load


def _options(parser: argparse.ArgumentParser) -> None:
    del parser


def _run(options: argparse.Namespace, lines: BinaryIO, out: TextIO) -> None:
    del options, lines
    for language in languages():
        lesson = load(language).lesson
        print(f"{language}: {lesson.title}, {lesson.total()} steps: all right", file=out)


COMMAND = Command(
    name="validate",
    help="check every file of the content",
    options=_options,
    run=_run,
    details="Says nothing is wrong, or everything that is: file, place, rule, what is allowed.",
)
