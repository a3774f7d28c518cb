"""`python -m content trace`: one training step, as a worksheet or as JSON lines."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import BinaryIO, TextIO

from content.commands import lines as json_lines
from content.commands.command import Command, Refused
from content.commands.example import (
    PROBLEM,
    Example,
    check_given,
    lessons_own,
    network_data,
    numbers,
)
from content.commands.plain_worksheet import worksheet
from content.commands.words import load_words_of, names_in
from engine.network import NetworkError
from engine.trace import Trace

DETAILS = """\
Without options: the lesson's worked example. Each option changes one part of it.

With --jsonl one object per line is read from standard input, {"network": ..., "inputs": ...,
"target": ..., "learning_rate": ..., "decimals": ...}. "inputs" is an object by input name, or a
list; "target" a number, or a list where there are several outputs. In their place "examples":
[{"inputs", "target"}, ...] with "reduction": "mean" or "sum" takes one step on up to 8 examples.
What is left out is the lesson's own (or that of the other options); other keys are an error. For
each line one is written: {"quantities": [{"id", "value", "formula", "substituted", "working":
[...]}, ...], "network_after": ...}. A line may also hold notes of your own under "id", "name",
"comment" and "source". The value is a number, for a direction the word increase,
decrease or no change. The network after the step may be the network of the next line.

The first line that can't be used ends the program, with one line on standard error that says where
and exit code 2; what came before it has been written."""


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--inputs", metavar="NUMBERS", help="as in 0.2,0.1 or x1=0.2,x2=0.1")
    parser.add_argument("--target", metavar="NUMBERS", help="as in 0, or 1,0 for two outputs")
    parser.add_argument("--learning-rate", metavar="NUMBER", help="as in 0.1")
    parser.add_argument("--network", metavar="FILE", type=Path, help="a network in JSON or TOML")
    parser.add_argument("--jsonl", action="store_true", help="JSON lines in, JSON lines out")
    parser.add_argument("--language", default="en", help="of words and numbers (%(default)s)")


def _run(options: argparse.Namespace, lines: BinaryIO, out: TextIO) -> None:
    book = load_words_of(options.language)
    example = _with_options(lessons_own(book.lesson), options)
    if not options.jsonl:
        try:
            step = example.traced(names_in(book))
        except NetworkError as error:
            raise Refused(str(error)) from None
        print(worksheet(step, book), file=out)
        return
    for number, given in json_lines.objects(lines):
        with json_lines.at_line(number):
            check_given(given, also=PROBLEM)
            step = example.changed(given).traced()
        quantities = [quantity_data(step, q.id) for q in step]
        json_lines.write(out, {"quantities": quantities, "network_after": step.after().to_data()})


def _with_options(example: Example, options: argparse.Namespace) -> Example:
    given: dict[str, object] = {}
    if options.network is not None:
        given["network"] = network_data(options.network)
    if options.inputs is not None:
        given["inputs"] = numbers(options.inputs, "--inputs")
    if options.target is not None:
        target = numbers(options.target, "--target")
        given["target"] = target[0] if isinstance(target, list) and len(target) == 1 else target
    if options.learning_rate is not None:
        try:
            given["learning_rate"] = float(options.learning_rate)
        except ValueError:
            text = f"--learning-rate: needs a number, not {options.learning_rate!r}"
            raise Refused(text) from None
    try:
        return example.changed(given)
    except NetworkError as error:
        raise Refused(f"{options.network}: {error}") from None


def quantity_data(step: Trace, name: str) -> dict[str, object]:
    """One quantity as a JSON line has it."""
    quantity = step[name]
    return {
        "id": quantity.id,
        "value": quantity.text if quantity.kind == "direction" else quantity.value,
        "formula": step.formula(name),
        "substituted": step.substituted(name),
        "working": step.working(name),
    }


COMMAND = Command(
    name="trace",
    help="every number of one training step, worked",
    options=_options,
    run=_run,
    details=DETAILS,
)
