"""One record for each function that a tree may call, and for each activation among them.

What a function is worth, its slope, how it is printed, typed and looked up stand here and nowhere
else: evaluation, calculus, rounding, reading, printing, training, practice, links and pictures go
by the record. A new activation is one more record, and its words in `content/`; `python -m content
validate` names the words it lacks.

Source of the slopes: Goodfellow, Bengio, Courville, Deep Learning (2016), sections 6.2 and 6.3.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from engine.nodes import (
    Call,
    Difference,
    Expression,
    Number,
    Power,
    Product,
    Quotient,
)
from engine.registry import Registry
from engine.tolerances import NEGLIGIBLE

Interval: TypeAlias = tuple[float, float]
"""Lowest and highest value, both included."""

ANYTHING: Interval = (-math.inf, math.inf)


@dataclass(frozen=True, slots=True)
class Table:
    """A small printed table of a function, where no pencil works it out."""

    lines: tuple[float, ...]
    """The numbers from 0 up that have a line."""
    both: float | None
    """What the values of a number and of minus that number add up to; None if none has a minus."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function of one number that a `Call` may name."""

    name: str
    value: Callable[[float], float]
    printed: str = ""
    """How formulas write it; empty where it is never written as a name."""
    typed: tuple[str, ...] = ()
    """What a learner may type for it: each one word in lower case, perhaps with a prime."""
    slope: Callable[[Call], Expression] | None = None
    """The derivative at its argument, as a tree that may hold the call itself.

    None where it cannot be taken; an activation must have one.
    """
    exact: Callable[[Fraction], Fraction] | None = None
    """The value of an exact number, where that is exact too."""
    between: Callable[[float, float, int], Interval] | None = None
    """Lowest and highest value between two numbers, at so many decimals; None where it rises."""
    table: Table | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation(Function):
    """A function that a neuron may apply to its sum."""

    code: int
    """The number it has in the links that learners share: permanent."""
    slope_value: Callable[[float, float], float]
    """The slope as a number, from the sum and from what comes out: for training."""
    identity: bool = False
    """Whether it passes the sum on as it is; formulas leave it out."""
    gate: bool = False
    """Whether nothing passes, forwards or back, below 0: the neuron is off there."""
    bounds: Interval = ANYTHING
    """What comes out lies between these."""
    first_at: int | None = None
    """The first difficulty of practice where it comes up; None where there is nothing to practise.

    Its name is the id of the skill: learners' records hold it.
    """
    note: str = ""
    """What a worksheet says of its convention; empty for nothing."""
    layer: Callable[[Sequence[float]], list[float]] | None = None
    """What comes out of a whole layer, where a neuron's output depends on all of its sums."""
    with_slope: Callable[[float], Activation] | None = None
    """The same with another slope, where a neuron may choose one."""

    def of(self, before: Expression) -> Expression:
        """The tree of the activation of a sum."""
        return before if self.identity else Call(self.name, before)


def softmax(sums: Sequence[float]) -> list[float]:
    """The share of each e^z in their sum, without overflow for any floats.

    >>> softmax([0.0, 0.0])
    [0.5, 0.5]
    """
    largest = max(sums)
    powers = [math.exp(z - largest) for z in sums]
    total = math.fsum(powers)
    return [power / total for power in powers]


def sigmoid(z: float) -> float:
    """The logistic function, 1 / (1 + e^-z), without overflow for any float.

    >>> round(sigmoid(0.252), 4)
    0.5627
    """
    if z >= 0:
        return 1.0 / (1.0 + math.exp(-z))
    growth = math.exp(z)
    return growth / (1.0 + growth)


def _direction(gradient: float) -> float:
    """Which way to move a weight: 1 up, -1 down, 0 not at all, for the gradient of the loss."""
    if abs(gradient) <= NEGLIGIBLE:
        return 0.0
    return -math.copysign(1.0, gradient)


def _relu_slope(z: float) -> float:
    """The slope of ReLU; at 0 it is 0, by convention."""
    return 1.0 if z > 0 else 0.0


def _size_between(low: float, high: float, _: int) -> Interval:
    return (0.0 if low < 0 < high else min(abs(low), abs(high))), max(abs(low), abs(high))


def _logarithm_between(low: float, high: float, places: int) -> Interval:
    if high <= 0:
        return -math.inf, -math.inf
    if low <= 0:
        # Rounded to 0 its logarithm can't be taken, so whoever went on kept more decimals.
        low = min(high, 10.0 ** -(places + 3))
    return math.log(low), math.log(high)


DEFAULT_SLOPE = 0.01
"""The slope of a leaky ReLU below 0 where a network names none."""


@lru_cache(maxsize=64)
def _leaky(slope: float) -> Activation:
    """The leaky ReLU with a slope; any but the usual one stands in its name."""
    name = LEAKY if slope == DEFAULT_SLOPE else f"{LEAKY}:{slope!r}"
    steep = f"{LEAKY}_slope" if slope == DEFAULT_SLOPE else f"{LEAKY}_slope:{slope!r}"
    exact = Fraction(repr(slope))
    return Activation(
        name=name,
        code=4,
        value=lambda z: z if z > 0 else slope * z,
        printed="LeakyReLU",
        typed=("leakyrelu", "lrelu", "leaky_relu"),
        slope=lambda call: Call(steep, call.argument),
        slope_value=lambda z, _: 1.0 if z > 0 else slope,
        exact=lambda z: z if z > 0 else exact * z,
        note=f"below 0 the sum times its slope, {slope:g} unless said otherwise (also at 0)",
        with_slope=_leaky,
    )


def _leaky_slope(slope: float) -> Function:
    """The slope of a leaky ReLU, as a function of the sum."""
    return Function(
        name=f"{LEAKY}_slope" if slope == DEFAULT_SLOPE else f"{LEAKY}_slope:{slope!r}",
        value=lambda z: 1.0 if z > 0 else slope,
        printed="LeakyReLU′",
        typed=("leakyrelu'", "leakyrelu′"),
        exact=lambda z: Fraction(1) if z > 0 else Fraction(repr(slope)),
    )


LEAKY = "leaky_relu"

ONE, TWO = Number(1.0), Number(2.0)
_TENTHS = tuple(n / 10 for n in range(21))

ACTIVATIONS: Registry[Activation] = Registry("activation")
"""Every activation by its name."""


class _Functions(Registry[Function]):
    """The functions by name, and those whose name holds a slope: `leaky_relu:0.2`."""

    def __missing__(self, name: str) -> Function:
        kind, _, slope = name.partition(":")
        if slope and kind in (LEAKY, f"{LEAKY}_slope"):
            return _leaky(float(slope)) if kind == LEAKY else _leaky_slope(float(slope))
        return super().__missing__(name)


FUNCTIONS: Registry[Function] = _Functions("function")
"""Everything that a `Call` may name, activations too."""


TYPED: dict[str, str] = {}
"""The name of a function by what a learner may type for it."""


def add(function: Function) -> None:
    """Makes a function known, an activation to networks too.

    Raises:
        ValueError: its name, its code or what is typed for it is taken, or what is typed is not one
            word in lower case, or it is an activation without a slope.
    """
    for word in function.typed:
        if word != word.lower() or not word.removesuffix("'").removesuffix("′").isidentifier():
            raise ValueError(
                f"{word!r}, typed for {function.name!r}, is not one word in lower case"
            )
    if isinstance(function, Activation) and function.slope is None:
        raise ValueError(f"the activation {function.name!r} has no slope: nothing could go back")
    if not TYPED.keys().isdisjoint(function.typed):
        raise ValueError(f"something typed for the function {function.name!r} is taken")
    FUNCTIONS.add(function.name, function)
    if isinstance(function, Activation):
        ACTIVATIONS.add(function.name, function, function.code)
    TYPED.update(dict.fromkeys(function.typed, function.name))


def remove(function: Function) -> None:
    """Makes a function unknown again."""
    FUNCTIONS.remove(function.name)
    if isinstance(function, Activation):
        ACTIVATIONS.remove(function.name)
    for word in function.typed:
        del TYPED[word]


def tabled() -> tuple[str, ...]:
    """The functions that have a printed table."""
    return tuple(name for name, function in FUNCTIONS.items() if function.table)


for _function in (
    Activation(
        name="relu",
        code=0,
        value=lambda z: max(0.0, z),
        printed="ReLU",
        typed=("relu",),
        slope=lambda call: Call("relu_slope", call.argument),
        slope_value=lambda z, _: _relu_slope(z),
        exact=lambda z: max(Fraction(), z),
        gate=True,
        first_at=1,
        note="its slope ReLU′ is 1 above 0, else 0 (also at 0)",
    ),
    Activation(
        name="sigmoid",
        code=1,
        value=sigmoid,
        printed="sigmoid",
        typed=("sigmoid", "σ", "sigma", "logistic"),
        slope=lambda call: Product((call, Difference(ONE, call))),
        slope_value=lambda _, a: a * (1.0 - a),
        bounds=(0.0, 1.0),
        table=Table((*_TENTHS, 2.25, 2.5, 2.75, 3.0, 3.5, 4.0, 4.5, 5.0), both=1.0),
        first_at=1,
    ),
    Activation(
        name="tanh",
        code=2,
        value=math.tanh,
        printed="tanh",
        typed=("tanh",),
        slope=lambda call: Difference(ONE, Power(call, TWO)),
        slope_value=lambda _, a: 1.0 - a * a,
        bounds=(-1.0, 1.0),
        table=Table((*_TENTHS, 2.25, 2.5, 3.0, 4.0), both=0.0),
        first_at=6,
    ),
    Activation(
        name="identity",
        code=3,
        value=lambda z: z,
        slope=lambda _: ONE,
        slope_value=lambda _, __: 1.0,
        exact=lambda z: z,
        identity=True,
    ),
    _leaky(DEFAULT_SLOPE),
    Activation(
        name="softplus",
        code=5,
        value=lambda z: max(z, 0.0) + math.log1p(math.exp(-abs(z))),
        printed="softplus",
        typed=("softplus",),
        slope=lambda call: Call("sigmoid", call.argument),
        slope_value=lambda z, _: sigmoid(z),
        bounds=(0.0, math.inf),
        note="ln(1 + e^z); its slope is the sigmoid of the sum",
    ),
    Activation(
        name="step",
        code=6,
        value=lambda z: float(z >= 0),
        printed="step",
        typed=("step", "heaviside"),
        slope=lambda call: Call("step_slope", call.argument),
        slope_value=lambda _, __: 0.0,
        exact=lambda z: Fraction(z >= 0),
        bounds=(0.0, 1.0),
        note="1 from 0 on, else 0; its slope step′ is 0",
    ),
    Activation(
        name="softmax",
        code=7,
        value=lambda _: 1.0,  # of one number alone
        printed="softmax",
        slope=lambda _: Number(0.0),
        slope_value=lambda _, __: 0.0,
        bounds=(0.0, 1.0),
        note="e to each sum, divided by the total of the layer",
        layer=softmax,
    ),
    _leaky_slope(DEFAULT_SLOPE),
    Function(
        name="step_slope",
        value=lambda _: 0.0,
        printed="step′",
        typed=("step'", "step′"),
        exact=lambda _: Fraction(),
    ),
    Function(
        name="relu_slope",
        value=_relu_slope,
        printed="ReLU′",
        typed=("relu'", "relu′"),
        exact=lambda z: Fraction(z > 0),
    ),
    Function(name="exp", value=math.exp, typed=("exp",), slope=lambda call: call),
    Function(
        name="ln",
        value=math.log,
        printed="ln",
        typed=("ln", "log"),
        slope=lambda call: Quotient(ONE, call.argument),
        between=_logarithm_between,
        table=Table(tuple(n / 50 for n in range(25, 51)), both=None),
    ),
    Function(name="abs", value=abs, typed=("abs",), exact=abs, between=_size_between),
    Function(
        name="direction",
        value=_direction,
        printed="−sign",
        exact=lambda gradient: Fraction(_direction(float(gradient))),
        between=lambda low, high, _: (_direction(high), _direction(low)),
    ),
):
    add(_function)
