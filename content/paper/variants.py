"""What a set of worksheets asks, and the numbers of each variant, which follow from its number.

The same topic, set and variant have the same numbers on every computer and in every language, so
that an answer is checked from nothing but what stands on the pupil's sheet.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from content.book import Book
from content.lesson import Lesson
from content.models import DirectionStep, NumberStep
from engine.expression import refs
from engine.functions import ACTIVATIONS
from engine.practice import draw, needed, redrawn
from engine.practice.ladder import difficulty_of
from engine.trace import Trace

PROBLEMS = 4
"""Problems on a sheet about one skill."""

FORWARD = ("product", "sum", "activation")
BACKWARD = ("delta", "error", "gradient")
ASKED = (*FORWARD, "loss", *BACKWARD, "direction", "step", "updated")
"""The kinds of quantities that can stand on a sheet; a slope is found by trying, in the chat."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One network with its example, what is asked of it and what is told besides."""

    trace: Trace
    asked: tuple[str, ...]
    distinguishable: bool
    """Whether each modelled mistake can be told from all else at every asked step."""

    @property
    def told(self) -> tuple[str, ...]:
        """What the asked ones are worked from and is not asked itself.

        What a neuron passes on as it is is its sum over again, and no more told than that.
        """
        passed_on = {name for name in self.asked if name.endswith(".sum")}
        return tuple(
            name
            for name in needed(self.trace, self.asked)
            if not (is_passed_on(self.trace, name) and refs_of(self.trace, name) <= passed_on)
        )


@dataclass(frozen=True, slots=True)
class Question:
    """One gap of a sheet."""

    number: int
    """As it is printed, from 1."""
    id: str
    """The quantity's id; behind the problem's number where there are several: `2.H1.sum`."""
    problem: Problem
    name: str
    """The quantity's id in the problem's trace."""


@dataclass(frozen=True)
class Variant:
    """A sheet's numbers."""

    title: str
    number: int
    set: str
    """The name of the set it belongs to; empty for the one without a name."""
    problems: tuple[Problem, ...]

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every gap, in order."""
        gaps = [
            (f"{at}.{name}" if len(self.problems) > 1 else name, problem, name)
            for at, problem in enumerate(self.problems, 1)
            for name in problem.asked
        ]
        return tuple(Question(number, *gap) for number, gap in enumerate(gaps, 1))

    def question(self, column: str) -> Question | None:
        """The gap that a column is headed with: by its number, or by its id."""
        return self._named.get(column.strip().casefold())

    @cached_property
    def _named(self) -> dict[str, Question]:
        """The gaps by number and id; on a sheet of one problem also what it does not ask."""
        found = {str(one.number): one for one in self.questions}
        found |= {one.id.casefold(): one for one in self.questions}
        if len(self.problems) == 1:
            for one in self.problems[0].trace:
                unasked = Question(0, one.id, self.problems[0], one.id)
                found.setdefault(one.id.casefold(), unasked)
        return found


@dataclass(frozen=True)
class Topic:
    """What a set of worksheets is about.

    Attributes:
        title: what stands over a sheet.
        file: what its files are called.
        asked: about how many steps a sheet has.
    """

    title: str
    file: str
    asked: int
    _key: str
    _drawn: Callable[[str], tuple[Problem, ...]]
    _known: dict[tuple[int, str], Variant] = field(default_factory=dict)

    def variant(self, number: int, set_: str = "") -> Variant:
        """The numbers of a sheet.

        Args:
            number: the variant's, from 1.
            set_: the name of the set.
        """
        if (number, set_) not in self._known:
            text = json.dumps([self._key, set_, number])
            seed = hashlib.sha256(text.encode()).hexdigest()
            self._known[number, set_] = Variant(self.title, number, set_, self._drawn(seed))
        return self._known[number, set_]


def of_lesson(lesson: Lesson) -> Topic:
    """What a written lesson asks of its network at the example it asks most of."""
    (problem,) = own_numbers(lesson).problems
    return _topic(lesson.title, lesson.id, problem.trace, problem.asked)


def own_numbers(lesson: Lesson) -> Variant:
    """A written lesson's own numbers, at the example it asks most of, as a sheet without number."""
    most = max(lesson.examples, key=lambda name: len(_asked_in(lesson, name)))
    asked, trace = _asked_in(lesson, most), lesson.examples[most].trace
    return Variant(lesson.title, 0, "", (Problem(trace, asked, distinguishable=True),))


def of_network(title: str, file: str, first: Trace) -> Topic:
    """Everything that a training step has, on a network there is.

    Args:
        title: what stands over a sheet.
        file: what its files are called.
        first: the network at its example, or at several.
    """
    asked = [one.id for one in first if _stands_on_sheet(first, one.id) and one.kind != "product"]
    return _topic(title, file, first, tuple(asked))


def of_skill(book: Book, skill: str, difficulty: int) -> Topic:
    """Short problems on one skill.

    Args:
        book: whose words are used.
        skill: one of `engine.practice.SKILLS`.
        difficulty: from `EASIEST` to `HARDEST`.
    """
    level = difficulty_of(skill, difficulty)

    def drawn(seed: str) -> tuple[Problem, ...]:
        found = (draw(f"{seed}/{at}", skill, level) for at in range(1, PROBLEMS + 1))
        return tuple(Problem(p.traced(book.names), p.asked, p.distinguishable) for p in found)

    title = book.practice.title(skill=book.generated.skills[skill])
    return Topic(title, f"{skill}-{level}", 2 * PROBLEMS, f"skill/{skill}/{level}", drawn)


def _topic(title: str, file: str, first: Trace, asked: tuple[str, ...]) -> Topic:
    asked = tuple(name for _, names in kinds_of(first, asked) for name in names)

    def drawn(seed: str) -> tuple[Problem, ...]:
        found = redrawn(seed, first, asked)
        return (Problem(found.trace, asked, found.distinguishable),)

    shape = json.dumps([first.network.to_data(), first.examples, asked], sort_keys=True)
    return Topic(title, file, len(asked), shape, drawn)


def _asked_in(lesson: Lesson, example: str) -> tuple[str, ...]:
    """What a lesson asks of an example, and all that this is worked from."""
    trace = lesson.examples[example].trace
    wanted = {
        place.step.quantity
        for place in lesson.places
        if isinstance(place.step, NumberStep | DirectionStep) and place.section.example == example
    }
    wanted = {name for name in wanted if name in trace and _stands_on_sheet(trace, name)}
    wanted = {name for name in wanted if trace[name].kind != "product"}  # a part of its sum
    for one in reversed(list(trace)):
        if one.id in wanted:
            wanted |= {name for name in refs(one.expression) if name in trace}
    return tuple(one.id for one in trace if one.id in wanted and _stands_on_sheet(trace, one.id))


def _stands_on_sheet(trace: Trace, name: str) -> bool:
    one = trace[name]
    if one.id.startswith("next.") or one.kind not in ASKED:
        return False
    if one.kind == "activation":
        return not is_passed_on(trace, name)
    if one.kind in ("gradient", "direction"):
        return f"{one.owner}.updated" in trace
    return one.kind != "step"


def is_passed_on(trace: Trace, name: str) -> bool:
    """Whether a quantity is what a neuron passes on without any function."""
    one = trace[name]
    if one.kind != "activation":
        return False
    used = next(n.activation for n in trace.network.neurons() if n.name == one.owner)
    return ACTIVATIONS[used].identity


def refs_of(trace: Trace, name: str) -> frozenset[str]:
    """What a quantity is worked from."""
    return frozenset(refs(trace[name].expression))


def kinds_of(trace: Trace, asked: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The parts of a training step with what is asked in each, in order."""
    parts = {"forward": FORWARD, "loss": ("loss",), "backward": BACKWARD}
    parts["update"] = ("direction", "step", "updated")
    for part, kinds in parts.items():
        found = tuple(name for name in asked if trace[name].kind in kinds)
        if found:
            yield part, found
