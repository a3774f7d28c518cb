"""What learners of each language type, and what each text must be taken for.

`heard/<language>.txt` has a line for each: `where | typed | meant`, with the id of a step of the
first lesson. What is meant is a number; `work` and the number that working ends in; `pick` and an
option; the name of a wish; `question`; or `remark` and `nothing`, which are no answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.dialogue.actions import Do
from bot.dialogue.asking import names_in
from bot.dialogue.bank import bank
from bot.dialogue.events import Said
from bot.dialogue.hearing import words_of
from bot.dialogue.intents import intent_of
from bot.dialogue.steps import view_of
from bot.dialogue.steps.number import Number
from content.book import Book
from engine.reading import Reading
from tests.bot.dialogue.asked import at
from tests.lesson import LIBRARY

FOLDER = Path(__file__).with_name("heard")
ASKED = (Do.QUESTION, Do.TERM, Do.WHY)
HOW = f"{Do.QUESTION} how_type"
"""How an answer is typed: a question that has its answer, as good as help."""
JUDGED = ("number", "work", "pick")


@dataclass(frozen=True)
class Heard:
    """One text, what it means, and what it was taken for."""

    where: str
    typed: str
    meant: str
    taken: str

    @property
    def is_right(self) -> bool:
        """Whether it was taken for what it means."""
        if self.meant in ("nothing", "remark"):
            return self.taken.partition(" ")[0] not in (*JUDGED, Do.SHOW)
        asked = self.meant == "question" and self.taken.partition(" ")[0] in ASKED
        asked = asked or (self.meant == Do.HELP and self.taken == HOW)
        return self.taken == self.meant or asked or self._is_value

    @property
    def is_misread(self) -> bool:
        """Whether an answer was judged that nobody gave."""
        return not self.is_right and self.taken.partition(" ")[0] in JUDGED and not self._is_value

    @property
    def _is_value(self) -> bool:
        """Whether at least the value is the one that is meant: as a number, or as working."""
        (kind, _, value), (meant, _, wanted) = (
            one.partition(" ") for one in (self.taken, self.meant)
        )
        return {kind, meant} <= {"number", "work"} and value == wanted


def languages() -> list[str]:
    """The languages with a file."""
    return sorted(path.stem for path in FOLDER.glob("*.txt"))


def heard_in(language: str) -> Iterator[Heard]:
    """Every line of a language's file."""
    for line in (FOLDER / f"{language}.txt").read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            where, rest = line.split("|", 1)
            typed, meant = rest.rsplit("|", 1)
            yield heard(language, where.strip(), typed.strip(), _meaning(meant.strip()))


def heard(language: str, where: str, typed: str, meant: str) -> Heard:
    """One text, as it is taken in the book of a language."""
    return Heard(where, typed, meant, taken(_book(language), where, typed))


def taken(book: Book, where: str, typed: str) -> str:
    """What a text is taken for at a step of the first lesson."""
    view = view_of(book, at(where))
    intent = intent_of(Said(typed, 1), view)
    if intent.do is Do.PICK:
        return f"pick {intent.text}"
    if intent.do is Do.QUESTION:
        found = bank(book).nearest(words_of(typed), names_in(view))
        return f"{Do.QUESTION} {found}" if found else Do.QUESTION
    if intent.do is not Do.ANSWER or not isinstance(view, Number):
        return str(intent.do)
    reading = view.context.read(intent.text)
    if not isinstance(reading, Reading):
        return f"unreadable: {reading.reason}"
    return f"{'number' if reading.is_bare_number else 'work'} {_value(reading.value)}"


def _meaning(meant: str) -> str:
    """What is meant, as `taken` names it."""
    kind, _, value = meant.partition(" ")
    if kind == "work":
        return f"work {_value(float(value))}"
    return meant if meant[-1].isalpha() else f"number {_value(float(meant))}"


def _value(number: float) -> str:
    return f"{number:.10g}"


@lru_cache
def _book(language: str) -> Book:
    return LIBRARY[language]
