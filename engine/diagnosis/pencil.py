"""The pencil rule: near zero a sigmoid is 0.5 + z/4, a set-up as good as its formula."""

from __future__ import annotations

from engine.expression import (
    Call,
    Difference,
    Expression,
    Negative,
    Number,
    Product,
    Quotient,
    Sum,
    Values,
    evaluate,
)
from engine.rounding import PENCIL_SIGMOID_LIMIT

HALF = Number(0.5)


def pencil_forms(tree: Expression, values: Values) -> tuple[Expression, ...]:
    """How the pencil rule writes a sigmoid; nothing for another tree, or away from zero.

    >>> from engine.expression import Ref
    >>> pencil_forms(Call("sigmoid", Ref("z")), {"z": 2.0})
    ()
    """
    match tree:
        case Call("sigmoid", inner) if abs(evaluate(inner, values)) <= PENCIL_SIGMOID_LIMIT:
            minus = isinstance(inner, Negative)
            z = inner.operand if isinstance(inner, Negative) else inner
            quarters = (Quotient(z, Number(4.0)), Product((Number(0.25), z)))
            return tuple(Difference(HALF, q) if minus else Sum((HALF, q)) for q in quarters)
        case _:
            return ()
