"""A lesson ready to teach: its sections and steps in order, with the traces they speak of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from content.models import AnyStep, ChoiceStep, Condition, Guess, Option, Section, Term
from content.templates import Slots, TemplateError, Words
from engine.network import Network
from engine.trace import Trace

FORKS = ("if_slipped", "if_smooth")
"""The fields that name a branch by how a step went."""


def forks_of(step: AnyStep) -> tuple[str, ...]:
    """The branches that may follow a step by how it went."""
    return tuple(branch for field in FORKS if (branch := getattr(step, field, None)) is not None)


@dataclass(frozen=True)
class Example:
    """One example of the lesson, traced."""

    inputs: Mapping[str, float]
    target: float | tuple[float, ...]
    trace: Trace


@dataclass(frozen=True, slots=True)
class LessonStep:
    """A step of the lesson, where it stands there: a `place`."""

    step: AnyStep
    section: Section
    part: int
    """The section's number, from 1."""
    number: int | None
    """The step's number among those that count on its path, from 1; None for others."""

    @property
    def id(self) -> str:
        """The step's permanent id."""
        return self.step.id

    @property
    def branch(self) -> str | None:
        """The optional branch it belongs to."""
        return self.step.branch


@dataclass(frozen=True, eq=False)
class Lesson:
    """A whole lesson, checked.

    Attributes:
        places: every step in order, those of optional branches included.
    """

    id: str
    title: str
    network: Network
    learning_rate: float
    examples: Mapping[str, Example]
    sections: tuple[Section, ...]
    done: str
    about: str = ""
    """What it is, in a sentence; made lessons have none."""
    needs: tuple[str, ...] = ()
    """The ids of the lessons that come first."""
    glossary: Mapping[str, Term] = field(default_factory=dict)
    """Words of its own, explained."""
    explored: Mapping[str, Trace] = field(default_factory=dict)
    """The traces of sections by id, where they have more than their example's: weights nudged."""

    @cached_property
    def places(self) -> tuple[LessonStep, ...]:
        """Every step in order, those of optional branches included."""
        counts: dict[str | None, int] = {}
        found = []
        part = 0
        for section in self.sections:
            part += not section.aside
            for step in section.step:
                number = None
                if step.counts:
                    branch = step.branch
                    counts[branch] = number = counts.get(branch, 0) + 1
                found.append(LessonStep(step, section, part, number))
        return tuple(found)

    @cached_property
    def parts(self) -> int:
        """How many parts the lesson has."""
        return sum(not section.aside for section in self.sections)

    @cached_property
    def forks(self) -> tuple[LessonStep, ...]:
        """The steps after which a branch follows by how they went."""
        return tuple(place for place in self.places if forks_of(place.step))

    @cached_property
    def _by_id(self) -> dict[str, int]:
        return {place.id: index for index, place in enumerate(self.places)}

    def __getitem__(self, step: str) -> LessonStep:
        return self.places[self._by_id[step]]

    def find(self, step: str) -> LessonStep | None:
        """The step with an id, or None if there is none."""
        index = self._by_id.get(step)
        return None if index is None else self.places[index]

    def __contains__(self, step: object) -> bool:
        return step in self._by_id

    def total(self, branch: str | None = None) -> int:
        """How many steps count, on the main path or in a branch."""
        return sum(1 for place in self.places if place.number and place.branch == branch)

    def trace(self, place: LessonStep) -> Trace:
        """The trace a step speaks of."""
        known = self.explored.get(place.section.id)
        return self.examples[place.section.example].trace if known is None else known

    @cached_property
    def shown(self) -> Mapping[str, Trace]:
        """The traces of its examples by name, for texts that speak of several."""
        return {name: example.trace for name, example in self.examples.items()}

    @cached_property
    def traces(self) -> frozenset[Trace]:
        """All that its steps speak of."""
        return frozenset((*(one.trace for one in self.examples.values()), *self.explored.values()))

    def right_options(self, place: LessonStep, words: Words) -> tuple[Option, ...]:
        """The right option of a choice, or the right ones, decided by the engine.

        Raises:
            TemplateError: none is right, or several are where one should be, or a condition names
                nothing.
        """
        assert isinstance(place.step, ChoiceStep)
        slots = Slots(self.trace(place), words, examples=self.shown)
        right = tuple(
            option
            for option in place.step.options
            if option.right_if != "never" and all(_holds(c, slots) for c in option.right_if)
        )
        if place.step.several and len(right) in (0, len(place.step.options)):
            count = "all" if right else "none"
            raise TemplateError(f"needs right options and wrong ones; right now: {count}")
        if not place.step.several and len(right) != 1:
            ids = ", ".join(option.id for option in right) or "none"
            raise TemplateError(f"needs exactly one right option; right now: {ids}")
        return right

    def came_true(self, place: LessonStep, guess: Guess, words: Words) -> bool:
        """Whether a guess of a place was right, decided by the engine.

        Raises:
            TemplateError: a condition names nothing.
        """
        slots = Slots(self.trace(place), words, examples=self.shown)
        return bool(guess.true_if) and all(_holds(one, slots) for one in guess.true_if)


def _holds(condition: Condition, slots: Slots) -> bool:
    left, relation, right = condition
    a, b = slots.value(left), slots.value(right)
    return {"<": a < b, ">": a > b, "=": a == b, "!=": a != b}[relation]
