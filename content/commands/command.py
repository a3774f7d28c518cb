"""What a command is, and how it says that it can't use what it was given."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, TextIO


class Refused(Exception):  # noqa: N818 - said to people, not a program's error
    """Something given can't be used; the text is one line that says where and why."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command of `python -m content`."""

    name: str
    help: str
    """One line for the list of commands."""
    options: Callable[[argparse.ArgumentParser], None]
    """Adds the command's options."""
    run: Callable[[argparse.Namespace, BinaryIO, TextIO], int | None]
    """Runs it: options, standard input, standard output; an exit code where it is not 0."""
    details: str = ""
    """More for the command's own help."""
