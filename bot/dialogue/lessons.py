"""Which lesson a state is in: a written one, a practice set, or a network of the learner's own.

A made lesson is a pure function of its name, which the state keeps: a practice set is stored as its
seed, a network as its own data.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from functools import lru_cache

from content.book import Book
from content.making import Asked, own_lesson, practice
from engine.network import Network
from engine.practice import DRAWN_BY, FULL_TRACE, draw, draw_full

PRACTICE, OWN = "practice", "own"
AT_LEAST = 5
"""Questions in a practice set of one skill."""


@dataclass(frozen=True, slots=True)
class PracticeSet:
    """A set of practice problems, by what it is drawn from."""

    skill: str
    difficulty: int
    seed: str
    number: int
    """Which set of the learner's it is: its steps are named by it."""
    mistake: str = ""
    version: int = DRAWN_BY
    """Of the drawing: the same seed gives other problems by another one."""

    @property
    def name(self) -> str:
        """The lesson's name; it says which version of the drawing the seed is for."""
        parts = (self.skill, self.difficulty, self.seed, self.number, self.mistake)
        return ":".join(map(str, (PRACTICE, self.version, *parts)))

    @classmethod
    def of(cls, name: str) -> PracticeSet | None:
        """The set that a lesson's name stands for, if it is one.

        Raises:
            ValueError: it was drawn in a way that is not known here.
        """
        kind, *parts = name.split(":")
        if kind != PRACTICE:
            return None
        version, skill, difficulty, seed, number, mistake = parts
        if not 1 <= int(version) <= DRAWN_BY:
            raise ValueError(f"{name!r} was drawn by an unknown version")
        return cls(skill, int(difficulty), seed, int(number), mistake, int(version))


def own_name(asked: Asked, text: str) -> str:
    """The name of the lesson about a network of the learner's own.

    Args:
        asked: the network and its example.
        text: the network as the learner sees it.
    """
    data = {
        "network": asked.network.to_data(),
        "inputs": dict(asked.inputs),
        "target": asked.target,
        "rate": asked.learning_rate,
        "text": text,
    }
    return f"{OWN}:{json.dumps(data, separators=(',', ':'), ensure_ascii=False)}"


def short_name(name: str) -> str:
    """A lesson's name for the record of an attempt: short, and without a network's data."""
    set_ = PracticeSet.of(name)
    if set_ is not None:
        return f"{PRACTICE}:{set_.skill}:{set_.difficulty}"
    return OWN if name.startswith(f"{OWN}:") else name


def is_made(name: str) -> bool:
    """Whether a lesson is made for one learner, not written."""
    return name.startswith((f"{PRACTICE}:", f"{OWN}:"))


def book_for(book: Book, name: str) -> Book:
    """The book with the lesson of that name in hand.

    Raises:
        KeyError, TypeError, ValueError: there is no such lesson, or it can no longer be made.
    """
    return book if name == book.lesson.id else _with_lesson(book, name)


@lru_cache(maxsize=512)
def _with_lesson(book: Book, name: str) -> Book:
    if not is_made(name):
        return book.with_lesson(name)
    set_ = PracticeSet.of(name)
    if set_ is not None:
        return replace(
            book, lesson=practice(book, f"p{set_.number}", _title(book, set_), _drawn(set_))
        )
    data = json.loads(name.removeprefix(f"{OWN}:"))
    target = data["target"]
    asked = Asked(
        Network.from_data(data["network"]),
        data["inputs"],
        tuple(target) if isinstance(target, list) else target,
        data["rate"],
        (),
    )
    id_ = "n" + hashlib.sha256(name.encode()).hexdigest()[:6]
    return replace(book, lesson=own_lesson(book, id_, asked, data["text"]))


def _title(book: Book, set_: PracticeSet) -> str:
    words = book.made
    if set_.skill == FULL_TRACE:
        return words.practice["title_full"]
    return words.practice["title"].format(skill=words.skills[set_.skill])


def _drawn(set_: PracticeSet) -> tuple[Asked, ...]:
    if set_.skill == FULL_TRACE:
        found = [draw_full(set_.seed, set_.difficulty, set_.version)]
    else:
        found = []
        while sum(len(problem.asked) for problem in found) < AT_LEAST:
            seed = f"{set_.seed}/{len(found)}"
            found.append(draw(seed, set_.skill, set_.difficulty, set_.mistake, set_.version))
    return tuple(
        Asked(
            problem.network,
            dict(zip(problem.network.inputs, problem.inputs, strict=True)),
            problem.target,
            problem.learning_rate,
            problem.asked,
        )
        for problem in found
    )
