"""Drawing texts, and what the reader made of each."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from content.loader import load
from engine.reading import Reading, read
from tests.benchmarks.reading_heldout import refused, working, written
from tests.benchmarks.reading_heldout.noise import dressed
from tests.benchmarks.reading_heldout.typed import Typed

Outcome: TypeAlias = Literal["right", "refused", "misread", "refused rightly", "read wrongly"]

WORDS = load("en").heard
NAMES = {"x1": 0.6, "x2": 0.7, "w11": 0.4, "w12": -0.3, "w21": -0.5, "w22": 0.8, "wO1": 0.6}
NAMES |= {"wO2": 0.9, "H1": 0.03, "H2": 0.26, "p": 0.5627}
"""What a learner may name, as in the lesson."""


def drawn(rng: random.Random, count: int) -> Iterator[Typed]:
    """So many texts: about two in ten are to be refused, one in twenty may be."""
    wrong = [refused.maker(kind) for kind in refused.MAKERS]
    for _ in range(count):
        part = rng.random()
        if part < 0.2:
            yield rng.choice(wrong)(rng)
        elif part < 0.25:
            yield refused.either_way(rng)
        else:
            makers = written.MAKERS if part < 0.8 else working.MAKERS
            yield dressed(rng, rng.choice(makers)(rng))


def outcome(typed: Typed) -> tuple[Outcome, bool]:
    """What became of a text, and whether the reader says that its reading is to be echoed."""
    found = read(typed.text, NAMES, WORDS)
    if not isinstance(found, Reading):
        return ("refused" if typed.value is not None else "refused rightly"), False
    if typed.value is None:
        return "read wrongly", not found.literal
    same = math.isclose(found.value, typed.value, rel_tol=1e-9, abs_tol=1e-12)
    return ("right" if same else "misread"), not found.literal


@dataclass
class Tally:
    """The counts of one or more runs, and the texts behind those that are not as they should be."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    silent: list[Typed] = field(default_factory=list)
    """Read as what they do not say, without a word to the learner."""
    unechoed: list[Typed] = field(default_factory=list)
    """Read right, from something else than plain figures and signs, without an echo."""
    others: dict[str, list[Typed]] = field(default_factory=dict)

    def add(self, typed: Typed) -> None:
        """Reads one text."""
        how, echoed = outcome(typed)
        group = "may be refused" if typed.either else typed.kind
        self.counts[group, how] += 1
        if how in ("misread", "read wrongly") and not echoed:
            self.silent.append(typed)
        if how == "right" and not typed.plain and not echoed:
            self.unechoed.append(typed)
        if how in ("misread", "read wrongly") or (how == "refused" and not typed.either):
            self.others.setdefault(how, []).append(typed)

    def total(self, how: Outcome, *, either: bool = False) -> int:
        """How many texts came out so, of those that must be read or must be refused."""
        return sum(
            n
            for (group, found), n in self.counts.items()
            if found == how and (group == "may be refused") == either
        )

    @property
    def read_share(self) -> float:
        """Of the texts with one meaning, the share read as it."""
        right = self.total("right")
        return right / (right + self.total("refused") + self.total("misread"))


def tally(seed: int, count: int) -> Tally:
    """Draws and reads so many texts."""
    result, rng = Tally(), random.Random(seed)
    for typed in drawn(rng, count):
        result.add(typed)
    return result
