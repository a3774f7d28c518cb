"""Which lesson is in hand: a written one, a practice set, or a network of the learner's own.

A written lesson is known by its name. One made for a learner is stored with them as it was drawn or
brought, so whoever is in the middle of it goes on with the same numbers.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any, TypeAlias

import orjson

from content.book import Book
from content.generated_lessons import Exercise, practice
from content.own_lesson import own_lesson
from content.own_network import write_own
from engine.keeping import kept
from engine.practice import FULL_TRACE, STANDARD, Standard, draw, draw_full, skill_of

LARGEST = 12_000
"""How many quantities the made lessons have that are kept: some 60 large networks of learners' own,
or a few hundred sets of practice; a quantity takes a few kilobytes with all that is said of it."""

AT_LEAST = 5
"""Questions in a practice set."""

MIXED = "mixed"
"""No skill, but several in turns."""


@dataclass(frozen=True, slots=True)
class PracticeSet:
    """A set of practice problems, drawn for one learner."""

    skill: str
    """One of `engine.practice.SKILLS`, `FULL_TRACE`, or `MIXED`."""
    difficulty: int
    number: int
    """Which set of the learner's it is: its steps are named by it."""
    mistake: str
    """The mistake it was drawn to give occasion for; empty for none."""
    problems: Sequence[Mapping[str, Any]]
    """As `Exercise.to_data` writes them."""

    def __hash__(self) -> int:
        inputs = (value for problem in self.problems for value in problem["inputs"].values())
        return hash((self.skill, self.number, *inputs))

    @property
    def short_name(self) -> str:
        """What it is called in the record of an attempt."""
        return f"practice:{self.skill}:{self.difficulty}"

    @property
    def asks(self) -> bool:
        """Whether every problem asks for something."""
        return all(problem["asked"] for problem in self.problems)

    def only(self, skills: Collection[str]) -> PracticeSet:
        """The same without questions for other skills; what they find is given where it is used."""
        kept = []
        for problem in self.problems:
            network = Exercise.from_data(problem).network
            asked = [name for name in problem["asked"] if skill_of(network, name) in skills]
            kept.append({**problem, "asked": asked})
        return replace(self, problems=kept)

    def to_data(self) -> dict[str, Any]:
        """Plain data for the learner's state."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class OwnNetwork:
    """A network of the learner's own."""

    id: str
    """Its steps are named by it."""
    problem: Mapping[str, Any] = field(hash=False)
    """As `Exercise.to_data` writes it."""

    @property
    def short_name(self) -> str:
        """What it is called in the record of an attempt: without the network's numbers."""
        return "own"

    @classmethod
    def of(cls, asked: Exercise) -> OwnNetwork:
        """The lesson about a network and its example."""
        data = asked.to_data()
        return cls(f"n{hashlib.sha256(orjson.dumps(data)).hexdigest()[:6]}", data)

    def to_data(self) -> dict[str, Any]:
        """Plain data for the learner's state."""
        return {"id": self.id, "problem": self.problem}


GeneratedLesson: TypeAlias = PracticeSet | OwnNetwork
"""A lesson made for one learner."""


def generated_from(data: Mapping[str, Any]) -> GeneratedLesson:
    """What a made lesson's `to_data` wrote, among other keys."""
    kind = PracticeSet if "problems" in data else OwnNetwork
    return kind(**{name: data[name] for name in kind.__slots__})


Wanted: TypeAlias = tuple[str, int, str]
"""What a problem practises: skill, difficulty, and the mistake to give occasion for, or none."""


def practice_set(
    skill: str, difficulty: int, seed: str, number: int, mistake: str = ""
) -> PracticeSet:
    """Draws a set; the same arguments give the same problems."""
    problems = drawn(seed, (skill, difficulty, mistake))
    return PracticeSet(skill, difficulty, number, mistake, problems)


def mixed_set(wanted: Sequence[Wanted], seed: str, number: int) -> PracticeSet:
    """Draws a set of several skills, taken in turns; the same arguments give the same problems.

    What takes most problems begins, so that it does not stand alone at the end.
    """
    least = AT_LEAST // len(wanted) + 1
    found = [drawn(f"{seed}/{one[0]}", one, least=least) for one in wanted]
    found.sort(key=len, reverse=True)
    problems = [one for turn in zip_longest(*found) for one in turn if one is not None]
    mistake = next((mistake for _, _, mistake in wanted if mistake), "")
    difficulty = max(difficulty for _, difficulty, _ in wanted)
    return PracticeSet(MIXED, difficulty, number, mistake, problems)


def drawn(
    seed: str, wanted: Wanted, standard: Standard = STANDARD, *, least: int = AT_LEAST
) -> list[dict[str, Any]]:
    """The problems of a set, each as `Exercise.to_data` writes it.

    Args:
        seed: any text.
        wanted: what they practise.
        standard: what they are held to.
        least: how many questions they have together, at least.
    """
    skill, difficulty, mistake = wanted
    found = []
    if skill == FULL_TRACE:
        found.append(draw_full(seed, difficulty, standard))
    while sum(len(problem.asked) for problem in found) < least:
        found.append(draw(f"{seed}/{len(found)}", skill, difficulty, mistake, standard))
    return [
        Exercise(
            problem.network,
            dict(zip(problem.network.inputs, problem.inputs, strict=True)),
            problem.target,
            problem.learning_rate,
            problem.asked,
        ).to_data()
        for problem in found
    ]


def short_name(lesson: str | GeneratedLesson) -> str:
    """A lesson's name for the record of an attempt."""
    return lesson if isinstance(lesson, str) else lesson.short_name


def book_for(book: Book, lesson: str | GeneratedLesson) -> Book:
    """The book with that lesson in hand.

    Args:
        book: has the written lessons, and the words for made ones.
        lesson: the name of a written one, or a made one.

    Raises:
        KeyError, TypeError, ValueError: there is no such lesson, or it can no longer be made.
    """
    if isinstance(lesson, str):
        return book if lesson == book.lesson.id else _with_written(book, lesson)
    key = book, lesson
    if key not in _lately:
        _lately[key] = _with_made(book, lesson)
    _lately.move_to_end(key)
    while len(_lately) > 1 and sum(map(_size, _lately.values())) > LARGEST:
        _lately.popitem(last=False)
    return _lately[key]


_lately: OrderedDict[tuple[Book, GeneratedLesson], Book] = OrderedDict()
"""The books of made lessons, those lately used at the end."""


def _size(book: Book) -> int:
    return sum(len(example.trace.quantities) for example in book.lesson.examples.values())


@kept
def _with_written(book: Book, name: str) -> Book:
    return book.with_lesson(name)


def _with_made(book: Book, lesson: GeneratedLesson) -> Book:
    match lesson:
        case PracticeSet(skill):
            problems = [Exercise.from_data(problem) for problem in lesson.problems]
            made = practice(book, f"p{lesson.number}", _title(book, skill), problems)
        case OwnNetwork(id_, problem):
            asked = Exercise.from_data(problem)
            made = own_lesson(book, id_, asked, write_own(asked))
    return replace(book, lesson=made)


def _title(book: Book, skill: str) -> str:
    words = book.generated
    if skill in (FULL_TRACE, MIXED):
        return words.practice["title_full" if skill == FULL_TRACE else "title_mixed"]
    return words.practice["title"].format(skill=words.skills[skill])
