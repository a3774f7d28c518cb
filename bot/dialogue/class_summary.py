"""What a pupil's steps come to, told alike in the list, in the picture and in the files."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue.class_data import Result
from bot.dialogue.class_results import LESSON, NETWORK
from bot.dialogue.generated_lessons import OwnNetwork, book_for
from content.book import Book
from content.lesson import Lesson, LessonStep
from content.models import Section
from content.own_network import from_code
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


def counts(lesson: Lesson, result: Result, section: Section | None = None) -> Counts:
    """What a pupil's steps come to, in a lesson or one section of it; extra steps are left out."""
    ids = {place.id for place in lesson.places if _counts(place, section)}
    ended = [one for one in result.steps if one.step in ids]
    first, shown = sum(one.first for one in ended), sum(one.shown for one in ended)
    return Counts(len(ids), len(ended), first, shown)


def _counts(place: LessonStep, section: Section | None) -> bool:
    return place.number is not None and not place.branch and section in (None, place.section)


def step_name(book: Book, step: str) -> str:
    """A step in a few words, as plain text: its number and what it is about."""
    if step not in book.lesson:
        return step
    place = book.lesson[step]
    about = book.about(place)
    if place.number is None:
        return about
    return book.classes.step(number=str(place.number), about=about)
