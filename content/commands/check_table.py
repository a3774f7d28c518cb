"""`check --csv`: a class's answers as a table, each with what is said of it, and a summary."""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TextIO

from content.book import Book
from content.commands.command import Refused
from content.commands.judging import judged
from content.commands.summary import Summary
from content.commands.table_file import Table, table_of, write_table
from content.paper.variants import Question, Topic, Variant, own_numbers
from engine.diagnosis import Kind
from engine.network import shortened

DETAILS = """\
With --csv a table takes the place of the lines, as a spreadsheet saves it: a row of headings, then
one row for each pupil, or one for each answer. Separated by commas, semicolons or tabs; decimal
points or commas.

  one row for each pupil     name;variant;1;2;3     a column for each step, headed with its number
                             Ada;7;0,03;0,26;0,25   on the sheet, or with its id, as in H1.sum
  one row for each answer    name;variant;step;answer
                             Ada;7;1;0,03

"variant" is the number printed on the sheet, "set" the name of its set; where there is no such
column, --variant and --set say it for all. Without any the numbers are the lesson's own, and steps
are named by their ids. All other columns are passed through to --out, which has one row for each
answer: then step, id, answer, verdict, mistakes, where, value (the right one) and feedback.

With --marks a second table is written, with one row for each pupil: the other columns, then how
many answers were correct, right from a wrong number before (carried forward), not right and blank,
of all. Columns that were passed through are named on standard error, as is a missing "variant".

A row that can't be used is told on standard error with its line, and the run goes on; the exit code
is then 1. What is written to standard output is a summary by step and mistake."""

SOME_UNUSED = 1
"""The exit code where some rows could not be used."""

BLANK = "blank"
"""The verdict on a gap in which nothing stands."""

ADDED = ("step", "id", "answer", "verdict", "mistakes", "where", "value", "feedback")
MARKED = ("correct", "carried forward", "not right", "blank", "of")
_NUMBER = re.compile(r"[-−+]?\d+,\d+")
_COMMA = re.compile(r"[-−+]?(?:0,\d+|\d+,(?:\d\d?|\d{4,}))")
"""A number whose comma can only stand for decimals: then `1,494` has decimals too."""
_VARIANT = re.compile(r"0*[1-9][0-9]{0,8}")
RIGHT = (Kind.CORRECT, Kind.CARRIED_FORWARD)


def run(options: argparse.Namespace, topic: Topic, book: Book, out: TextIO) -> int:
    """Reads one table and writes the other; the exit code."""
    written = [file for file in (options.out, options.marks) if file is not None]
    if len({file.resolve() for file in (options.csv, *written)}) <= len(written):
        raise Refused("--csv, --out and --marks: need files of their own")
    table = table_of(options.csv)
    check = _Check(table, options, topic, book)
    answers = [[*check.passed_on, *ADDED], *check.answers()]
    write_table(options.out, table.separator, answers)
    if options.marks is not None:
        write_table(options.marks, table.separator, check.marks())
    for line in check.summary.lines():
        print(book.numbers.turned(line), file=out)
    for note in check.notes():
        print(f"content check: {options.csv}: {note}", file=options.errors)
    for problem in check.problems:
        print(f"content check: {options.csv}, {problem}", file=options.errors)
    return SOME_UNUSED if check.problems else 0


@dataclass
class _Check:
    """One table on its way through."""

    table: Table
    options: argparse.Namespace
    topic: Topic
    book: Book
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.summary = Summary(self.book)
        self._heads = [heading.casefold() for heading in self.table.headings]
        self._long = {"step", "answer"} <= {*self._heads}
        own = own_numbers(self.book.lesson)
        self._own = None if self.options.skill or self.options.network else own
        self._usable = list(self._read())
        self._answer_columns = self._columns()
        self._commas = any(
            _COMMA.fullmatch(cell.strip()) for _, cells, _ in self._usable for cell in cells
        )
        self._earlier: dict[tuple[str, ...], dict[str, float]] = {}
        self._marks: dict[tuple[str, ...], tuple[list[str], Counter[str]]] = {}

    @property
    def passed_on(self) -> list[str]:
        """The headings of the columns that are passed through."""
        return [self.table.headings[at] for at in self._passed()]

    def notes(self) -> Iterator[str]:
        """What may not have been meant so."""
        used = ("", "variant", "set")
        if passed := ", ".join(one for one in self.passed_on if one.casefold() not in used):
            yield f"passed through, not judged: {passed}"
        if "variant" not in self._heads and self.options.variant is None:
            yield "no column is headed variant: judged by the lesson's own numbers"

    def marks(self) -> Iterator[list[str]]:
        """A row for each pupil: their columns, and how many answers were right."""
        yield [*self.passed_on, *MARKED]
        for passed, kinds in self._marks.values():
            counts = (kinds[Kind.CORRECT], kinds[Kind.CARRIED_FORWARD], kinds[BLANK])
            rest = kinds.total() - sum(counts)
            yield [*passed, *map(str, (*counts[:2], rest, counts[2], kinds.total()))]

    def answers(self) -> Iterator[list[str]]:
        """A row for each answer; what can't be used goes to `problems`."""
        for line, cells, variant in self._usable:
            passed = [cells[at] for at in self._passed()]
            pupil = tuple(passed) if self._long else (str(line),)
            try:
                for question, typed in self._gaps(cells, variant):
                    row = self._judged(pupil, question, typed)
                    _, kinds = self._marks.setdefault(pupil, (passed, Counter()))
                    kinds[row[ADDED.index("verdict")]] += 1
                    yield [*passed, *row]
            except Refused as refused:
                self.problems.append(f"line {line}: {refused}")

    def _read(self) -> Iterator[tuple[int, tuple[str, ...], Variant]]:
        """Each row with its line and its sheet's numbers."""
        width = len(self._heads)
        for line, cells in self.table.rows:
            try:
                if any(cell.strip() for cell in cells[width:]):
                    raise Refused(f"has more cells than the {width} columns")
                padded = (*cells, *[""] * (width - len(cells)))[:width]
                yield line, padded, self._variant(padded)
            except Refused as refused:
                self.problems.append(f"line {line}: {refused}")

    def _variant(self, cells: Sequence[str]) -> Variant:
        """The numbers of the sheet that a row is about."""
        said = self._cell(cells, "variant")
        if said and not _VARIANT.fullmatch(said):
            raise Refused(f"variant: needs the number printed on the sheet, not {shortened(said)}")
        number = int(said) if said else self.options.variant
        if number is None and self._own is not None and "variant" not in self._heads:
            return self._own
        if number is None:
            raise Refused("variant: is left out; it is the number printed on the sheet")
        return self.topic.variant(number, self._cell(cells, "set") or self.options.set)

    def _cell(self, cells: Sequence[str], head: str) -> str:
        return cells[self._heads.index(head)].strip() if head in self._heads else ""

    def _columns(self) -> list[int]:
        """The columns in which answers stand."""
        if self._long:
            return []
        variants = {id(variant): variant for _, _, variant in self._usable}.values()
        found = [
            at
            for at, heading in enumerate(self._heads)
            if heading.isdigit() or any(one.question(heading) for one in variants)
        ]
        if self._usable and not found:
            raise Refused(
                f"{self.options.csv}: no column is headed with a step's number or id, "
                "nor are there two headed step and answer"
            )
        return found

    def _passed(self) -> list[int]:
        taken = {self._heads.index(one) for one in ("step", "answer")} if self._long else set()
        return [at for at in range(len(self._heads)) if at not in {*taken, *self._answer_columns}]

    def _gaps(self, cells: Sequence[str], variant: Variant) -> Iterator[tuple[Question, str]]:
        """The gaps of a row with what stands in them, in the order of the sheet."""
        if self._long:
            yield _question(variant, self._cell(cells, "step")), self._cell(cells, "answer")
            return
        found = [
            (_question(variant, self._heads[at]), cells[at].strip())
            for at in self._answer_columns
            if cells[at].strip() or variant.question(self._heads[at])
        ]
        order = {one.id: at for at, one in enumerate(variant.questions)}
        yield from sorted(found, key=lambda gap: order.get(gap[0].id, len(order)))

    def _judged(self, pupil: tuple[str, ...], question: Question, typed: str) -> list[str]:
        """What is added to a row."""
        number = str(question.number or "")
        step, name = question.problem.trace, question.name
        right = step[name].text
        value = self.book.chat.directions.get(right, right).replace("−", "-")
        opened = [number, question.id, typed]
        value = value.replace(".", ",") if self._commas else value
        if not typed:
            self.summary.count(question, BLANK)
            return [*opened, BLANK, "", "", value, ""]
        where = question.id.removesuffix(name)  # a problem's values are its own
        known = self._earlier.setdefault((*pupil, where), {})
        read = typed.replace(",", ".") if self._commas and _NUMBER.fullmatch(typed) else typed
        verdict, said = judged(step, name, read, known, self.book)
        if verdict.typed is not None and verdict.kind is not Kind.CORRECT:
            known[name] = verdict.typed
        fits = verdict.candidates if verdict.kind is Kind.AMBIGUOUS else verdict.candidates[:1]
        best = fits[0].mistakes if fits else ()
        kind = "right" if verdict.kind in RIGHT else str(verdict.kind)
        self.summary.count(question, kind, [one.id for one in best])
        mistakes = " or ".join("; ".join(made.id for made in one.mistakes) for one in fits)
        places = " or ".join("; ".join(made.where for made in one.mistakes) for one in fits)
        return [*opened, str(verdict.kind), mistakes, places, value, str(said["feedback"])]


def _question(variant: Variant, column: str) -> Question:
    found = variant.question(column)
    if found is None:
        count = len(variant.questions)
        told = f"this sheet has no step {shortened(column)}; they are 1 to {count}, or ids"
        raise Refused(told)
    return found
