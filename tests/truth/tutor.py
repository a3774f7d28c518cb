"""The tutor, asked as `content check` asks it: the one place that calls the product."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from content.book import Book
from content.loader import load
from content.markup import plain
from engine.diagnosis import Kind, diagnose
from engine.network import Network
from engine.trace import NAMES, Trace, trace
from tests.truth.network import Case, made


@dataclass(frozen=True)
class Said:
    """What the tutor made of an answer, as plain data."""

    verdict: str
    mistakes: tuple[tuple[str, str], ...]
    """The ids and places of the mistakes of the first explanation."""
    working: tuple[str, ...]
    """How that explanation is worked, line by line."""
    sentence: str
    """What the learner reads; empty where a right answer is only confirmed."""


@cache
def book() -> Book:
    return load("en")


class Tutor:
    """The tutor at one network and example."""

    def __init__(self, case: Case) -> None:
        network, chat = Network.from_data(case.data), book().chat
        target = case.targets[0] if len(case.targets) == 1 else list(case.targets)
        self.trace: Trace = trace(
            network, list(case.inputs), target, case.rate, {**NAMES, **chat.names}
        )
        self.places = {quantity.id: quantity.places for quantity in self.trace}
        self.values = dict(self.trace.values)
        self.spoken = {id_: self.trace.symbol(id_) for id_ in self.trace.values}

    def judge(self, quantity: str, typed: str, own: Mapping[str, float]) -> Said:
        """What is said to an answer."""
        reading = book().read(self.trace, quantity, typed, own)
        verdict = diagnose(self.trace, quantity, reading, own)
        if verdict.kind is Kind.UNREADABLE:
            return Said("unreadable", (), (), "")
        first = verdict.candidates[:1]
        return Said(
            str(verdict.kind),
            tuple((m.id, m.where) for candidate in first for m in candidate.mistakes),
            first[0].working if first else (),
            plain(book().feedback(verdict, self.trace)),
        )


def lesson_cases() -> list[Case]:
    """The lesson's own examples as plain data."""
    found = []
    for label, example in book().lesson.examples.items():
        step = example.trace
        data = step.network.to_data()
        found.append(made(f"lesson {label}", data, step.inputs, step.target, step.learning_rate))
    return found
