"""What a misconception is: a rewriting of the right tree, and the place where it happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias, TypedDict, Unpack

from engine.expression import Expression
from engine.mistakes.step import Step

Family: TypeAlias = Literal[
    "signs",
    "order of operations",
    "examples",
    "weighted sum",
    "activation",
    "loss",
    "backward",
    "update",
    "arithmetic",
    "elsewhere",
]
Kind: TypeAlias = Literal[
    "product",
    "sum",
    "activation",
    "loss",
    "delta",
    "error",
    "gradient",
    "step",
    "updated",
    "slope",
    "direction",
    "piece",
    "formula",
]

FORWARD: tuple[Kind, ...] = ("product", "sum", "activation", "loss")
BACKWARD: tuple[Kind, ...] = ("delta", "error", "gradient")
NUMBERS: tuple[Kind, ...] = (*FORWARD, *BACKWARD, "step", "updated", "slope")
"""The kinds of quantity that are answered with a number."""

ANY: tuple[Kind, ...] = (*NUMBERS, "piece", "formula")
"""The same, the pieces of a step that was broken up, and what an author's own formula comes to."""


@dataclass(frozen=True, slots=True)
class Rewriting:
    """One way to go wrong at one place."""

    tree: Expression
    """What the learner computes instead."""
    where: str
    """The weight, bias, input or neuron where it happens."""
    look: Expression
    """The part of the right tree to look at once more."""
    became: Expression
    """What that part turned into."""
    other: str = ""
    """The id of something confused with it: a sibling neuron, another weight, another step."""


Rewrite: TypeAlias = Callable[[Step, Expression], Iterable[Rewriting]]
"""From a step and the tree so far, right or already rewritten, to what else could go wrong."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A named misconception."""

    id: str
    family: Family
    kinds: tuple[Kind, ...]
    """The kinds of quantity where it can happen."""
    common: float
    """How often it is met, relative to the others; only the order of magnitude counts."""
    rewrite: Rewrite
    first: bool = False
    """Whether it is told before every other mistake that its number fits."""
    rebuilds: bool = False
    """Whether it works the whole step in another way: no two such are made together."""
    moves_point: bool = False
    """Whether only the decimal point is wrong: not made twice, nor told by one digit alone."""
    unfinished: bool = False
    """Whether who makes it in their work may just not have come to the end of the step."""
    book: bool = False
    """Whether it is right in another book, whose loss is written otherwise."""
    occasion: int = 1
    """The first difficulty of practice whose problems give occasion for it."""

    def __call__(self, step: Step, tree: Expression) -> Iterable[Rewriting]:
        """Every place where it can happen in a tree; none at other kinds of quantity."""
        return self.rewrite(step, tree) if step.kind in self.kinds else ()

    def goes_with(self, other: Rule) -> bool:
        """Whether both may be made in one answer, this one first."""
        both_rebuild = self.rebuilds and other.rebuilds
        return not both_rebuild and not (self.moves_point and other.moves_point)


class Flags(TypedDict, total=False):
    """What may be said of a rule besides; each is explained at `Rule`."""

    first: bool
    rebuilds: bool
    moves_point: bool
    unfinished: bool
    book: bool
    occasion: int


def rule(
    family: Family, kinds: Iterable[Kind], common: float, **flags: Unpack[Flags]
) -> Callable[[Rewrite], Rule]:
    """Makes a rule of a function: its name is the permanent id."""

    def named(rewrite: Rewrite) -> Rule:
        return Rule(rewrite.__name__, family, tuple(kinds), common, rewrite, **flags)

    return named
