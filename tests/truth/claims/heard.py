"""One sentence, with the page and the numbers that it is judged by."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tests.truth.facts import Facts, Paths
from tests.truth.page import Page, bounds
from tests.truth.sentences import Sentence
from tests.truth.tree import (
    Node,
    NotArithmeticError,
    names,
    number,
    read,
    value,
)

Why = Iterator[str]
"""Why a sentence is false; nothing where it is not."""


@dataclass(frozen=True)
class Heard:
    """One sentence, with all that it is judged by."""

    sentence: Sentence
    where: str
    """The place of the mistake it names, if it names one."""
    working: tuple[str, ...]
    page: Page
    facts: Facts
    known: dict[str, str]
    joint: bool = False
    """Whether this is one of two mistakes, whose result is not the typed number alone."""

    def slot(self, key: str) -> str:
        """What was filled in for a slot; empty if the sentence has none such."""
        return self.sentence.slots.get(key, "")

    def tree(self, key: str) -> Node | None:
        """A slot as arithmetic, 0.4 as 0.400 if the page says so; None where it is cut short."""
        text = self.slot(key)
        if not text or "…" in text:
            return None
        try:
            return self._as_written(read(text, self.known))
        except NotArithmeticError:
            return None

    def _as_written(self, tree: Node) -> Node:
        if tree.op != "number":
            return replace(tree, parts=tuple(map(self._as_written, tree.parts)))
        same = (n for n in self.page.numbers() if n.value == abs(tree.value))
        longest = max(same, key=lambda n: n.decimals, default=tree)
        return replace(tree, text=longest.text if tree.value >= 0 else f"-{longest.text}")

    @property
    def typed(self) -> tuple[float, int] | None:
        """The result on the page, with its decimals; None where there is none."""
        result = self.page.result
        return None if result is None else (result.value, result.decimals)

    def writers(self, tree: Node) -> Paths:
        """The numbers that whoever wrote a tree had: their own, where it names one of these."""
        own = self.facts.own and any(
            abs(self.facts.own[0][id_] - self.facts.exact[id_]) > 1e-9 for id_ in names(tree)
        )
        return self.facts.own if own else self.facts.paths

    def close_to(self, worth: float, decimals: int, paths: Paths) -> bool:
        """Whether a number is within one unit of a decimal of the step's value on some path."""
        near = [abs(worth - path[self.facts.step.id]) for path in paths]
        return min(near) <= 10.0**-decimals

    def comes_to(self, trees: list[Node]) -> bool:
        """Whether one of some trees of ids comes to the typed number, rounded or cut off."""
        if self.typed is None:
            low, high = bounds(
                self.page.lines[-1].sides[-1], self.facts.span, loose=0.5, fixed=given(self)
            )
            mine = [w for tree in trees for w in self.facts.worth(tree)]
            give = 0.01 * max(abs(low), abs(high), 0.01)
            return any(low - give < one < high + give for one in mine)
        worth, decimals = self.typed
        for account in self.page.accounts:
            low, high = bounds(account, self.facts.span, loose=0.5, fixed=given(self))
            give = 0.5 * 10.0**-decimals
            if any(low - give <= one <= high + give for t in trees for one in self.facts.worth(t)):
                return True
        for tree in trees:
            for own in (False, True):
                paths = self.facts.own if own else self.facts.right
                if paths and reached(tree, paths, worth, decimals, self.facts):
                    return True
        return False


def reached(tree: Node, paths: Paths, worth: float, decimals: int, facts: Facts) -> bool:
    """Whether a tree comes to a number from values rounded in one way or another."""
    found = []
    for path in paths:
        found.append(value(tree, path))
        found += [in_parts(tree, path, facts.places[facts.step.id] + extra) for extra in range(3)]
        found += [in_parts(tree, path, places, every=True) for places in range(3, 7)]
    found = [one for one in found if not math.isnan(one)]
    if not found:
        return False
    give = 0.5 * 10.0**-decimals * (1 + 1e-6) + 1e-12
    if min(found) - give <= worth <= max(found) + give:
        return True
    return any(cut(one, decimals) == round(worth, decimals) for one in found)


def in_parts(tree: Node, path: Mapping[str, float], places: int, *, every: bool = False) -> float:
    """The value with every part rounded on the way, or all that have more than four decimals."""

    def of(node: Node) -> float:
        if not node.parts:
            return value(node, path)
        inner = Node(node.op, tuple(number(of(part)) for part in node.parts))
        worth = value(inner, {})
        exact = not every and abs(worth - round(worth, 4)) < 1e-12
        return worth if node is tree or exact else round(worth, places)

    return of(tree)


def cut(worth: float, decimals: int) -> float:
    """A number cut off after so many decimals."""
    return round(math.trunc(round(worth * 10.0**decimals, 6)) / 10.0**decimals, decimals)


def given(heard: Heard) -> set[str]:
    """Numbers on the page that are what they say, and not rounded."""
    return {part.text for part in heard.page.numbers() if heard.page.is_exact(part)}


def number_in(text: str) -> float | None:
    """A slot's text as a number; None where it is none."""
    found = text.replace("−", "-").replace("(", "").replace(")", "")
    try:
        return float(found)
    except ValueError:
        return None
