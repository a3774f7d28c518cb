"""What a class may work on: a written lesson, a network with its example, or a skill."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from bot.dialogue.class_dates import written
from bot.dialogue.class_results import LESSON, NETWORK, SKILL
from bot.dialogue.state import State
from content.book import Book
from content.capitals import opened
from content.generated_lessons import Exercise
from content.own_network import code_of, from_code
from engine.network import NetworkError
from engine.practice import SKILLS

LONGEST_START = 64
"""So many letters may stand behind `/start` in a link."""


def part_title(book: Book, part: str) -> str:
    """A part in a few words, as plain text.

    Args:
        book: has the written lessons.
        part: as in `About.part`.
    """
    words = book.classes
    if part.startswith(LESSON):
        name = part.removeprefix(LESSON)
        title = book.lessons[name].title if name in book.lessons else name
        return words.part_lesson(title=title)
    if part.startswith(NETWORK):
        return words.part_network(network=_network(book, part.removeprefix(NETWORK)))
    skill = part.removeprefix(SKILL)
    return words.part_skill(skill=book.generated.skills.get(skill, skill))


def _network(book: Book, code: str) -> str:
    try:
        return described(from_code(code), book)
    except NetworkError:
        return code


def due_title(book: Book, due: date | None) -> str:
    """Until when, in a few words."""
    if due is None:
        return book.classes.no_due()
    return book.classes.due(date=written(due, book.language))


def choices(book: Book, state: State) -> Iterator[tuple[str, str]]:
    """What may be chosen, as it is kept and as it stands on a button."""
    for name, lesson in book.lessons.items():
        yield f"{LESSON}{name}", lesson.title
    for skill in SKILLS:
        name = book.generated.skills[skill]
        yield f"{SKILL}{skill}", opened(name, book.language)
    for kept in state.learner.networks:
        asked = from_code(kept) if isinstance(kept, str) else Exercise.from_data(kept)
        code = code_of(asked)
        if code and len(NETWORK + code) <= LONGEST_START:
            yield f"{NETWORK}{code}", described(asked, book)


def described(asked: Exercise, book: Book) -> str:
    """A network in a few words: "2 inputs · 2 tanh · 1 sigmoid"."""
    own, count = book.own, len(asked.network.inputs)
    layers = (Counter(neuron.activation for neuron in layer) for layer in asked.network.layers)
    told = (
        " + ".join(
            own.neurons(count=str(number), activation=book.labels.activation(kind))
            for kind, number in layer.items()
        )
        for layer in layers
    )
    inputs = own.inputs(count=str(count))
    return own.described(inputs=inputs, layers=" · ".join(told))
