"""The step down the slope: its direction, its size, and what it is a step from."""

from __future__ import annotations

from collections.abc import Iterator

from engine.calculus import product
from engine.expression import Call, Difference, Expression, Negative, Number, Product, Ref, Sum
from engine.mistakes.rule import Rewriting, rule
from engine.mistakes.step import Step


@rule("update", ("step", "updated", "direction"), common=4)
def stepped_uphill(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """The step goes the way the gradient points, so the loss grows.

    e.g. 0.9 − 0.32 × (−0.056) -> 0.9 + 0.32 × (−0.056)
    """
    match tree:
        case Difference(weight, move):
            yield Rewriting(Sum((weight, move)), step.place, tree, Sum((weight, move)))
        case Sum((weight, move)) if step.kind == "updated":
            downhill = Difference(weight, move)
            yield Rewriting(downhill, step.place, tree, downhill)
        case Negative(move) if step.kind == "step":
            yield Rewriting(move, step.place, tree, move)
        case Product() if step.kind == "step":
            yield Rewriting(Negative(tree), step.place, tree, Negative(tree))
        case Call("direction", gradient):
            yield Rewriting(Negative(tree), step.place, gradient, Negative(tree))
        case _:
            pass


@rule("update", ("step", "updated"), common=3)
def forgot_learning_rate(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """The whole gradient is taken off.

    e.g. 0.9 − 0.32 × (−0.056) -> 0.9 − (−0.056)
    """
    match tree:
        case Difference(weight, Product((Ref("learning_rate"), *rest)) as move):
            pull = product(tuple(rest))
            yield Rewriting(Difference(weight, pull), step.place, move, pull)
        case Sum((weight, Product((Ref("learning_rate"), *rest)) as move)):
            pull = product(tuple(rest))
            yield Rewriting(Sum((weight, pull)), step.place, move, pull)
        case Negative(Product((Ref("learning_rate"), *rest)) as move):
            pull = product(tuple(rest))
            yield Rewriting(Negative(pull), step.place, move, pull)
        case Product((Ref("learning_rate"), *rest)):
            pull = product(tuple(rest))
            yield Rewriting(pull, step.place, tree, pull)
        case _:
            pass


@rule("update", ("updated",), common=3)
def gave_step_not_weight(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """The step itself is given, with either sign, not the weight after it.

    e.g. 0.9 − 0.32 × (−0.056) -> −0.32 × (−0.056), or 0.32 × (−0.056)
    """
    match tree:
        case Difference(weight, move):
            yield Rewriting(Negative(move), step.place, weight, Number(0.0))
            yield Rewriting(move, step.place, weight, Number(0.0))
        case Sum((Ref() as weight, move)):
            yield Rewriting(move, step.place, weight, Number(0.0))
        case _:
            pass
