"""The nodes that expression trees are built of; `engine.expression` is where they are used from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Number:
    """A literal: the 2 in a derivative, the 0.24 that a learner wrote."""

    value: float


@dataclass(frozen=True, slots=True)
class Ref:
    """A named value: an input (`x1`), a weight (`w11`), or another quantity (`H1.sum`)."""

    id: str


@dataclass(frozen=True, slots=True)
class Sum:
    """Two or more terms added."""

    terms: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """`left - right`."""

    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Product:
    """Two or more factors multiplied."""

    factors: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Quotient:
    """`numerator / denominator`."""

    numerator: Expression
    denominator: Expression


@dataclass(frozen=True, slots=True)
class Negative:
    """`-operand`."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Power:
    """`base ** exponent`."""

    base: Expression
    exponent: Expression


@dataclass(frozen=True, slots=True)
class Call:
    """A named function of one argument; its name is one of `engine.functions`."""

    function: str
    argument: Expression


Expression: TypeAlias = (
    Number | Ref | Sum | Difference | Product | Quotient | Negative | Power | Call
)
