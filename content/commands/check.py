"""`python -m content check`: what is right or wrong with answers, as JSON lines or as a table."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, TextIO

from content.book import Book
from content.commands import check_table, topics
from content.commands import lines as json_lines
from content.commands.command import Command, Refused
from content.commands.example import KEYS, NOTES, Example, check_given, lessons_own
from content.commands.judging import check_id, earlier_values, judged
from content.paper.variants import Topic
from engine.network import shortened
from engine.trace import NAMES, Trace

DETAILS = f"""\
One object per line is read from standard input, {{"network": ..., "inputs": ..., "target": ...,
"learning_rate": ..., "quantity": ..., "typed": ..., "earlier": {{id: value}}}}, or with "examples",
"reduction" and "decimals" as for content trace. "quantity" is an id of the trace, as in H1.sum;
"earlier" holds the learner's own values of earlier ones. What is left out is the lesson's own. A
line may hold "variant", and "set", instead of a network: the numbers are then those of the sheet
that `worksheet` prints, and "quantity" may be the step's number on it. Notes of your own may stand
under "id", "name", "comment" and "source"; other keys are an error.
For each line one is written: {{"verdict",
"mistakes": [{{"candidate", "id", "where", "working": [...]}}, ...], "value", "feedback"}}, then the
notes. Mistakes stand best first; those with the same candidate number were made together. The first
is what the feedback speaks of; more may follow that fit too, or are too weak to be said. "value" is
the right one.

The first line that can't be used ends the program, with one line on standard error that says where
and exit code 2; what came before it has been written.

{check_table.DETAILS}"""

KEPT = 64
"""How many traces are remembered: a class's worksheet is about few."""


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--csv", metavar="FILE", type=Path, help="a table instead of JSON lines")
    parser.add_argument("--out", metavar="FILE", type=Path, help="the table that --csv writes")
    parser.add_argument("--marks", metavar="FILE", type=Path, help="a row for each pupil")
    parser.add_argument(
        "--variant", metavar="NUMBER", type=topics.whole, help="the number printed on the sheet"
    )
    topics.options(parser)
    parser.add_argument("--language", default="en", help="of the feedback (%(default)s)")


def _run(options: argparse.Namespace, lines: BinaryIO, out: TextIO) -> int | None:
    book = topics.book_of(options)
    topic = topics.topic_of(options, book)
    if (options.csv is None) != (options.out is None):
        raise Refused("--csv and --out: need each other")
    if options.marks is not None and options.csv is None:
        raise Refused("--marks: needs --csv")
    if options.csv is not None:
        return check_table.run(options, topic, book, out)
    traces = _Traces(book, topic, options)
    for number, given in json_lines.objects(lines):
        with json_lines.at_line(number):
            check_given(given, (*KEYS, "quantity", "typed", "earlier", "variant", "set"))
            step, name = traces.asked(given)
            typed = json_lines.text_of(given, "typed")
            check_id(step, name, "quantity")
            earlier = earlier_values(step, given.get("earlier", {}))
            _, answer = judged(step, name, typed, earlier, book)
        notes = {key: given[key] for key in given if key in (*NOTES, "variant", "set")}
        json_lines.write(out, answer | notes)
    return None


class _Traces:
    """The traces of the last few networks and examples asked about, and of the sheets."""

    def __init__(self, book: Book, topic: Topic, options: argparse.Namespace) -> None:
        self._own: Example = lessons_own(book.lesson)
        self._names = {**NAMES, **book.names}
        self._topic, self._options = topic, options
        self._kept: dict[str, Trace] = {}

    def asked(self, given: Mapping[str, object]) -> tuple[Trace, str]:
        """The training step and the quantity that a line is about."""
        number = given.get("variant", self._options.variant)
        if number is None and (self._options.skill or self._options.network):
            raise Refused("variant: is left out; it is the number printed on the sheet")
        if number is None or ("variant" not in given and given.keys() & set(KEYS)):
            return self._of(given), json_lines.text_of(given, "quantity")
        if both := sorted(given.keys() & set(KEYS)):
            raise Refused(f"{both[0]}: stands beside variant; a sheet has its own")
        if isinstance(number, bool) or not isinstance(number, int) or number < 1:
            raise Refused(f"variant: needs a number from 1 up, not {shortened(number)}")
        set_ = json_lines.text_of({"set": self._options.set, **given}, "set")
        variant = self._topic.variant(number, set_)
        wanted = json_lines.text_of(given, "quantity")
        question = variant.question(wanted)
        if question is not None:
            return question.problem.trace, question.name
        if wanted.isdigit():
            raise Refused(f"quantity: steps go from 1 to {len(variant.questions)}, not {wanted}")
        return variant.problems[0].trace, wanted

    def _of(self, given: Mapping[str, object]) -> Trace:
        parts = given.keys() & set(KEYS)
        key = json.dumps([(part, given[part]) for part in sorted(parts)])
        found = self._kept.get(key)
        if found is None:
            found = self._own.changed(given).traced(self._names)
            while len(self._kept) >= KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = found
        return found


COMMAND = Command(
    name="check",
    help="what is right or wrong with answers, and why",
    options=_options,
    run=_run,
    details=DETAILS,
)
