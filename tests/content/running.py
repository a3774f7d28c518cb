"""Runs a command of `python -m content` inside the test's process."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from content.commands import main


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    errors: str

    @property
    def objects(self) -> list[Any]:
        """The JSON lines written."""
        return [json.loads(line) for line in self.out.splitlines()]


def run(*arguments: str, lines: Sequence[object] = (), raw: bytes | None = None) -> Ran:
    """Runs a command.

    Args:
        arguments: the command line.
        lines: objects for standard input, one a line; a text stands as it is.
        raw: standard input instead, byte for byte.
    """
    if raw is None:
        texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        raw = "".join(f"{text}\n" for text in texts).encode()
    out, errors = io.StringIO(), io.StringIO()
    code = main(arguments, io.BytesIO(raw), out, errors)
    return Ran(code, out.getvalue(), errors.getvalue())


def refusal(*arguments: str, lines: Sequence[object] = (), raw: bytes | None = None) -> str:
    """The one line on standard error of a command that ends with exit code 2."""
    ran = run(*arguments, lines=lines, raw=raw)
    assert ran.code == 2
    assert ran.errors.count("\n") == 1
    return ran.errors.strip()
