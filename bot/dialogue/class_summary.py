"""What a pupil's steps come to, told alike in the list, in the picture and in the files."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.dialogue.class_data import Result
from bot.dialogue.class_results import LESSON, NETWORK
from bot.dialogue.generated_lessons import OwnNetwork, book_for
from content.book import Book
from content.lesson import Lesson
from content.own_network import from_code
from engine.keeping import kept
from engine.network import NetworkError


@dataclass(frozen=True, slots=True)
class Counts:
    """How many steps that count there are, and how a pupil ended how many of them."""

    total: int
    done: int
    first: int
    shown: int

    @property
    def later(self) -> int:
        """Right, but not at the first try."""
        return self.done - self.first - self.shown


def inside(book: Book, part: str) -> Book:
    """The book with what a class works on in hand; as it is for a skill, or where that is gone."""
    if part.startswith(LESSON):
        name = part.removeprefix(LESSON)
        return book_for(book, name) if name in book.lessons else book
    if part.startswith(NETWORK):
        try:
            return book_for(book, OwnNetwork.of(from_code(part.removeprefix(NETWORK))))
        except NetworkError:
            return book
    return book


@kept
def sections(lesson: Lesson) -> Mapping[str, frozenset[str]]:
    """The steps that count of each section that has any, by its id; extra steps are left out."""
    found: dict[str, set[str]] = {}
    for place in lesson.places:
        if place.number is not None and not place.branch:
            found.setdefault(place.section.id, set()).add(place.id)
    return {section: frozenset(steps) for section, steps in found.items()}


def counts(result: Result, steps: Collection[str]) -> Counts:
    """What a pupil's results come to in some steps."""
    ended = [one for one in result.steps if one.step in steps]
    first, shown = sum(one.first for one in ended), sum(one.shown for one in ended)
    return Counts(len(steps), len(ended), first, shown)


def in_all(lesson: Lesson, result: Result) -> Counts:
    """What they come to in a whole lesson."""
    return counts(result, _every(lesson))


@kept
def _every(lesson: Lesson) -> frozenset[str]:
    return frozenset().union(*sections(lesson).values())


def step_name(book: Book, step: str) -> str:
    """A step in a few words, as plain text: its number and what it is about."""
    if step not in book.lesson:
        return step
    place = book.lesson[step]
    about = book.about(place)
    if place.number is None:
        return about
    return book.classes.step(number=str(place.number), about=about)
