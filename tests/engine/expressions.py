"""Random expression trees for hypothesis, and a reader of their texts by Python's own `eval`."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from hypothesis import strategies as st

from engine.expression import (
    Call,
    Difference,
    Expression,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Ref,
    Sum,
)

NUMBERS = st.integers(-300, 300).map(lambda n: n / 100)
"""Decimals as a lesson has them, from −3 to 3."""

VALUES = st.fixed_dictionaries(dict.fromkeys("abc", NUMBERS))


def _larger(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    small = st.sampled_from([Number(2.0), Number(3.0)])
    return st.one_of(
        st.builds(Sum, several),
        st.builds(Product, several),
        st.builds(Difference, parts, parts),
        st.builds(Quotient, parts, parts),
        st.builds(Negative, parts),
        st.builds(Power, parts, small),
        st.builds(Call, st.sampled_from(["relu", "relu_slope", "sigmoid", "tanh", "exp"]), parts),
    )


TREES: st.SearchStrategy[Expression] = st.recursive(
    st.one_of(st.builds(Number, NUMBERS), st.sampled_from([Ref(name) for name in "abc"])),
    _larger,
    max_leaves=8,
)


def _logistic(z: float) -> float:
    return 1 / (1 + math.exp(-z))


_NAMES: Mapping[str, object] = {
    "relu": lambda z: max(z, 0.0),
    "relu_slope": lambda z: float(z > 0),
    "leaky_relu": lambda z: z if z > 0 else 0.01 * z,
    "leaky_relu_slope": lambda z: 1.0 if z > 0 else 0.01,
    "softplus": lambda z: math.log(1 + math.exp(z)),
    "sigmoid": _logistic,
    "tanh": math.tanh,
    "ln": lambda z: math.log(z) if z > 0 else -math.inf,
    "sign": lambda z: float((z > 0) - (z < 0)),
    "e": math.e,
}
_SPELLINGS = {
    "−": "-",
    "×": "*",
    "²": "**2",
    "³": "**3",
    "^": "**",
    "LeakyReLU′": "leaky_relu_slope",
    "LeakyReLU": "leaky_relu",
    "ReLU′": "relu_slope",
    "ReLU": "relu",
}


def read(text: str, values: Mapping[str, object] | None = None) -> float:
    """The value of a text that the engine wrote, by Python's rules of precedence."""
    for written, meant in _SPELLINGS.items():
        text = text.replace(written, meant)
    result = eval(text, {"__builtins__": {}}, {**_NAMES, **(values or {})})
    return float(result)


def brackets_are_missing(text: str) -> bool:
    """Whether a minus follows an operator without a bracket between, as in `0.7 × −0.3`."""
    return re.search(r"[×/+−^]\s*−", text) is not None
