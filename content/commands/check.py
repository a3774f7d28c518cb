"""`python -m content check`: what is right or wrong with answers, as JSON lines."""

from __future__ import annotations

import argparse
import difflib
import json
import math
from collections.abc import Mapping
from typing import BinaryIO, TextIO

from content.book import Book
from content.commands import lines as json_lines
from content.commands.command import Command, Refused
from content.commands.example import KEYS, Example, check_given, lessons_own
from content.commands.words import direction, load_words_of
from content.markup import plain
from engine.diagnosis import Kind, Verdict, diagnose, diagnose_direction
from engine.network import shortened
from engine.reading import Unreadable
from engine.trace import NAMES, Trace

DETAILS = """\
One object per line is read from standard input, {"network": ..., "inputs": ..., "target": ...,
"learning_rate": ..., "quantity": ..., "typed": ..., "earlier": {id: value}}, or with "examples",
"reduction" and "decimals" as for content trace. "quantity" is an id of the trace, as in H1.sum;
"earlier" holds the learner's own values of earlier ones. What is left out is the lesson's own;
notes of your own may stand under "id", "name", "comment" and "source"; other keys are an error.
For each line one is written: {"verdict",
"mistakes": [{"candidate", "id", "where", "working": [...]}, ...], "value", "feedback"}. Mistakes
stand best first; those with the same candidate number were made together. The first is what the
feedback speaks of; more may follow that fit too, or are too weak to be said. "value" is the right
one.

The first line that can't be used ends the program, with one line on standard error that says where
and exit code 2; what came before it has been written."""

KEPT = 64
"""How many traces are remembered: a class's worksheet is about few."""


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--language", default="en", help="of the feedback (%(default)s)")


def _run(options: argparse.Namespace, lines: BinaryIO, out: TextIO) -> None:
    book = load_words_of(options.language)
    traces = _Traces(book)
    for number, given in json_lines.objects(lines):
        with json_lines.at_line(number):
            check_given(given, (*KEYS, "quantity", "typed", "earlier"))
            step = traces.of(given)
            verdict = _verdict(step, given, book)
        answer = {
            "verdict": str(verdict.kind),
            "mistakes": _mistakes(verdict),
            "value": _value(step, verdict.quantity),
            "feedback": plain(book.numbers.turned(_feedback(book, verdict, step))),
        }
        json_lines.write(out, answer)


class _Traces:
    """The traces of the last few networks and examples asked about."""

    def __init__(self, book: Book) -> None:
        self._own: Example = lessons_own(book.lesson)
        self._names = {**NAMES, **book.names}
        self._kept: dict[str, Trace] = {}

    def of(self, given: Mapping[str, object]) -> Trace:
        parts = given.keys() & set(KEYS)
        key = json.dumps([(part, given[part]) for part in sorted(parts)])
        found = self._kept.get(key)
        if found is None:
            found = self._own.changed(given).traced(self._names)
            while len(self._kept) >= KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = found
        return found


def _verdict(step: Trace, given: Mapping[str, object], book: Book) -> Verdict:
    name, typed = json_lines.text_of(given, "quantity"), json_lines.text_of(given, "typed")
    _check_id(step, name, "quantity")
    earlier = _earlier(step, given.get("earlier", {}))
    if step[name].kind != "direction":
        return diagnose(step, name, book.read(step, name, typed, earlier), earlier)
    word = direction(typed, book.chat.directions)
    if word is not None:
        return diagnose_direction(step, name, word)
    unreadable = Unreadable("words" if typed.strip() else "blank", 0, len(typed), typed[:24])
    quantity = step[name]
    return Verdict(Kind.UNREADABLE, name, quantity.value, quantity.places, unreadable=unreadable)


def _check_id(step: Trace, name: str, where: str) -> None:
    if name in step:
        return
    alike = difflib.get_close_matches(name, list(step.quantities), n=1)
    hint = f"did you mean {alike[0]}?" if alike else "the ids are those of content trace"
    raise Refused(f"{where}: this network has no quantity {shortened(name)}; {hint}")


def _earlier(step: Trace, given: object) -> dict[str, float]:
    """The learner's own values; words for directions say nothing about later numbers."""
    if not isinstance(given, Mapping):
        raise Refused(f"earlier: needs an object of values by id, not {shortened(given)}")
    found = {}
    for name, value in given.items():
        where = f"earlier.{name}"
        _check_id(step, name, where)
        if step[name].kind == "direction" and isinstance(value, str):
            continue
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not math.isfinite(value) or abs(value) > 1e300:
            raise Refused(f"{where}: needs a finite number, not {shortened(value)}")
        found[name] = float(value)
    return found


def _feedback(book: Book, verdict: Verdict, step: Trace) -> str:
    if verdict.unreadable is not None:
        return book.problem(verdict.unreadable)
    if verdict.kind is Kind.CORRECT and verdict.slip is None:
        quantity = step[verdict.quantity]
        word = book.chat.directions.get(quantity.text, quantity.text)
        return book.say.right(value=word)
    return book.feedback(verdict, step)


def _mistakes(verdict: Verdict) -> list[dict[str, object]]:
    """The explanations, best first; weak ones only behind one that is said."""
    said = verdict.kind in (Kind.MISTAKE, Kind.AMBIGUOUS)
    explanations = verdict.candidates + (verdict.tentative if said else ())
    return [
        {
            "candidate": number,
            "id": made.id,
            "where": made.where,
            "working": list(candidate.working),
        }
        for number, candidate in enumerate(explanations, 1)
        for made in candidate.mistakes
    ]


def _value(step: Trace, name: str) -> float | str:
    quantity = step[name]
    return quantity.text if quantity.kind == "direction" else quantity.value


COMMAND = Command(
    name="check",
    help="what is right or wrong with answers, and why",
    options=_options,
    run=_run,
    details=DETAILS,
)
