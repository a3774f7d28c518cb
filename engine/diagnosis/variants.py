"""The variants foreseen at a step, numbers put in, with the parts that shown work may be of.

Parts that several variants share are one form, so that shown work is compared with it once.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from engine.diagnosis.rounding_paths import pencil_forms
from engine.diagnosis.structure import Form, is_worked, numbered
from engine.expression import (
    Expression,
    Number,
    Product,
    Sum,
    Values,
    mapped,
    walk,
)


@dataclass(frozen=True, slots=True)
class Parts:
    """A computation, and everything that may be worked out on the way to it."""

    whole: Form
    forms: frozenset[Form]
    """All its parts, and the whole."""


class Variants:
    """The variants of one step, as far as they were asked for.

    Args:
        worlds: the sets of earlier values that someone may work the step from.
    """

    def __init__(self, worlds: Sequence[Values]) -> None:
        self.worlds = worlds
        self._parts: dict[Expression, tuple[Parts, ...]] = {}
        self._forms: dict[Expression, Form] = {}
        self._by_value: list[Form] = []
        self._sorted = 0

    def of(self, tree: Expression) -> tuple[Parts, ...]:
        """A tree's parts with their numbers, from each set of earlier values.

        A sigmoid near zero may be written by the pencil rule too.
        """
        known = self._parts.get(tree)
        if known is None:
            known = self._parts[tree] = tuple(
                self._with_numbers(mapped(numbered(form, world), _without_ones))
                for world in self.worlds
                for form in (tree, *pencil_forms(tree, world))
            )
        return known

    def near(self, value: float) -> list[Form]:
        """The forms whose value is anywhere near a number."""
        if self._sorted != len(self._forms):
            known = (form for form in self._forms.values() if not math.isnan(form.value))
            self._by_value = sorted(known, key=_value)
            self._sorted = len(self._forms)
        width = 0.04 + 0.04 * abs(value)
        start = bisect_left(self._by_value, value - width, key=_value)
        return self._by_value[start : bisect_right(self._by_value, value + width, key=_value)]

    def _with_numbers(self, whole: Expression) -> Parts:
        parts = {part for part in parts_of(whole) if part == whole or not is_worked(part)}
        forms = (form for form in map(self._form, parts) if not math.isnan(form.value))
        return Parts(self._form(whole), frozenset(forms))

    def _form(self, tree: Expression) -> Form:
        known = self._forms.get(tree)
        if known is None:
            known = self._forms[tree] = Form(tree)
        return known


def _without_ones(node: Expression) -> Expression:
    """A node without the factor 1 of an open ReLU, which nobody has to write."""
    match node:
        case Product(factors) if len(kept := [f for f in factors if f != Number(1.0)]) >= 1:
            return kept[0] if len(kept) == 1 else Product(tuple(kept))
        case _:
            return node


_value = attrgetter("value")


def parts_of(tree: Expression) -> Iterator[Expression]:
    """A tree and what it is made of; neighbouring terms of a longer sum count as a part too."""
    yield from walk(tree)
    for node in walk(tree):
        if isinstance(node, Sum | Product):
            parts = node.terms if isinstance(node, Sum) else node.factors
            for size in range(2, len(parts)):
                for start in range(len(parts) - size + 1):
                    chunk = parts[start : start + size]
                    yield Sum(chunk) if isinstance(node, Sum) else Product(chunk)
