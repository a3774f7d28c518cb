"""What is said of classes to teachers and pupils alike, and their buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.dialogue.class_data import About, Attended, Taught
from bot.dialogue.class_parts import due_title, part_title
from bot.dialogue.reply import Moment
from content.templates import Html

T = TypeVar("T", Taught, Attended)


def told_of(moment: Moment, message: Callable[..., Html], about: About, **slots: str) -> Html:
    """A message about a class: its name, what it works on, until when."""
    part, due = part_title(moment.main, about.part), due_title(moment.book, about.due)
    return message(name=about.name, part=part, due=due, **slots)


def chosen_class(classes: Sequence[T], number: str) -> T | None:
    """The class that a number names, or the only one where none is named; None where neither is."""
    if not number and len(classes) == 1:
        return classes[0]
    return next((one for one in classes if str(one.about.id) == number), None)
