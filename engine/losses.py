"""One record for each loss: its tree, its target's range, and what training needs of it.

The blame of an output follows from the tree by the chain rule, unless the record has it with the
factors already cancelled. A new loss is one more record, and its words in `content/`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from engine.calculus import derivative, negated, product, total
from engine.expression import (
    Call,
    Difference,
    Expression,
    Number,
    Power,
    Product,
    Quotient,
    Ref,
    Sum,
)
from engine.functions import ANYTHING, ONE, Activation, Interval
from engine.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """How far off one output is; with several outputs the losses add up."""

    name: str
    code: int
    """The number it has in the links that learners share: permanent."""
    tree: Callable[[Expression, Expression], Expression]
    """The loss of one output, from its target and its prediction; what has no derivative by the
    prediction is refused, unless the record has the blame."""
    value: Callable[[float, float], float]
    """The same as a number: for training."""
    blame_value: Callable[[float, float, float], float]
    """dloss/dsum of one output as a number, from target, prediction and the activation's slope."""
    slope: Callable[[Expression, Expression], Expression] | None = None
    """dloss/dprediction as books write it; None to go by the rules of calculus."""
    blame: Callable[[Expression, Expression], Expression] | None = None
    """dloss/dsum as a tree, where the chain rule's factors cancel; None to go by the chain rule."""
    only: tuple[str, ...] = ()
    """The activations that outputs must have, as those factors cancel with them; none for any."""
    together: Callable[[Iterable[Expression]], Expression] = total
    """How the losses of several outputs are put together."""
    over_layer: Loss | None = None
    """The loss that goes by the same name where the outputs are one softmax layer."""
    mean: bool = False
    """Whether several outputs' losses are averaged instead of added."""
    range: Interval = ANYTHING
    """Targets lie between these, and what outputs may come to must."""
    logarithm: bool = False
    """Whether it takes a logarithm of the output: infinite where that is certain and wrong."""
    skill: str = "loss"
    """What is practised by working it out: learners' records hold it."""
    first_at: int = 1
    """The first difficulty of practice where it comes up."""

    def allows(self, activation: Activation) -> bool:
        """Whether outputs may have an activation: what comes out is in the loss's range."""
        low, high = activation.bounds
        if self.only and activation.name not in self.only:
            return False
        return self.range[0] <= low and high <= self.range[1]

    def permits(self, target: float) -> bool:
        """Whether a target is in the loss's range."""
        return self.range[0] <= target <= self.range[1]

    def sloped(self, target: Ref, prediction: Ref, outputs: int) -> Expression:
        """dloss/dprediction of one of so many outputs."""
        if self.slope is not None:
            slope = self.slope(target, prediction)
        else:
            slope = derivative(self.tree(target, prediction), prediction.id)
        share = Quotient(ONE, Number(outputs)) if self.mean and outputs > 1 else ONE
        return product((share, slope))

    def share(self, outputs: int) -> float:
        """What each output's loss is multiplied by, where there are so many outputs."""
        return 1.0 / outputs if self.mean else 1.0


def _weighed(share: float, probability: float) -> float:
    """A share of ln(probability); 0 × ln(0) is 0, as in a trace."""
    if share == 0.0:
        return 0.0
    return share * math.log(probability) if probability > 0.0 else -math.inf


def _cross_entropy(target: Expression, prediction: Expression) -> Expression:
    yes = Product((target, Call("ln", prediction)))
    no = Product((Difference(ONE, target), Call("ln", Difference(ONE, prediction))))
    return product((Number(-1.0), Sum((yes, no))))


LOSSES: Registry[Loss] = Registry("loss")
"""Every loss by its name."""

DEFAULT_LOSS = "squared_error"


def add(loss: Loss) -> None:
    """Makes a loss known.

    Raises:
        ValueError: its name or its code is taken, or its tree has no derivative.
    """
    if loss.blame is None:
        derivative(loss.tree(Ref("target"), Ref("prediction")), "prediction")
    LOSSES.add(loss.name, loss, loss.code)


def remove(loss: Loss) -> None:
    """Makes a loss unknown again."""
    LOSSES.remove(loss.name)


def _squared(target: Expression, p: Expression) -> Expression:
    return Power(Difference(target, p), Number(2.0))


add(
    Loss(
        name="squared_error",
        code=0,
        tree=_squared,
        value=lambda t, p: (t - p) * (t - p),
        blame_value=lambda t, p, slope: -2.0 * (t - p) * slope,
    )
)
add(
    Loss(
        name="cross_entropy",
        code=1,
        tree=_cross_entropy,
        value=lambda t, p: -(_weighed(t, p) + _weighed(1.0 - t, 1.0 - p)),
        # dloss/dp × p (1 − p) cancels to p − target; Goodfellow et al. (2016), section 6.2.2.2.
        blame=lambda target, p: Difference(p, target),
        blame_value=lambda t, p, _: p - t,
        only=("sigmoid", "softmax"),
        range=(0.0, 1.0),
        logarithm=True,
        skill="cross_entropy",
        first_at=7,
        over_layer=Loss(
            name="softmax_cross_entropy",
            code=1,
            tree=lambda target, p: Product((target, Call("ln", p))),
            value=lambda t, p: -_weighed(t, p),
            slope=lambda target, p: negated(Quotient(target, p)),
            blame=lambda target, p: Difference(p, target),
            blame_value=lambda t, p, _: p - t,
            together=lambda terms: negated(total(terms)),
            range=(0.0, 1.0),
            logarithm=True,
            skill="cross_entropy",
            first_at=7,
        ),
    )
)
add(
    Loss(
        name="half_squared_error",
        code=2,
        tree=lambda target, p: Product((Number(0.5), _squared(target, p))),
        value=lambda t, p: 0.5 * (t - p) * (t - p),
        slope=lambda target, p: Difference(p, target),
        blame_value=lambda t, p, slope: (p - t) * slope,
    )
)
add(
    Loss(
        name="mean_squared_error",
        code=3,
        tree=_squared,
        value=lambda t, p: (t - p) * (t - p),
        blame_value=lambda t, p, slope: -2.0 * (t - p) * slope,
        mean=True,
    )
)
