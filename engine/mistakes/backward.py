"""A factor of the chain rule left out, or the error turned round."""

from __future__ import annotations

from collections.abc import Iterator

from engine.calculus import product
from engine.expression import (
    Call,
    Difference,
    Expression,
    Number,
    Product,
    Quotient,
    Ref,
    refs,
    walk,
)
from engine.functions import ACTIVATIONS
from engine.mistakes.rewritten import difference_with, replaced, without_factor
from engine.mistakes.rule import Rewriting, rule
from engine.mistakes.step import Step

BLAME = (".delta", ".error")
"""What the ids of blame end in."""


@rule("backward", ("delta", "error", "slope", "formula"), common=3)
def reversed_difference(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """A difference is taken the other way round, so the result has the wrong sign.

    e.g. −2 × (1 − 0.563) × 0.563 × 0.437 -> −2 × (0.563 − 1) × 0.563 × 0.437
    """
    if isinstance(tree, Quotient) and isinstance(change := tree.numerator, Difference):
        turned = Difference(change.right, change.left)
        yield Rewriting(replaced(tree, change, turned), step.place, change, turned)
    if step.kind == "formula":
        for one in [part for part in walk(tree) if isinstance(part, Difference)]:
            turned = Difference(one.right, one.left)
            yield Rewriting(replaced(tree, one, turned), step.place, one, turned)
        return
    for name in step.targets:
        node = difference_with(tree, name)
        if node is not None:
            turned = Difference(node.right, node.left)
            yield Rewriting(replaced(tree, node, turned), step.place, node, turned)


@rule("backward", ("delta", "gradient"), common=3, book=True)
def forgot_factor_two(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """The 2 that comes down from the square is left out.

    e.g. −2 × (1 − 0.563) × 0.563 × 0.437 -> −(1 − 0.563) × 0.563 × 0.437
    """
    match tree:
        case _ if step.kind == "gradient":
            if step.reduced and step.trace.network.loss in ("squared_error", "mean_squared_error"):
                wrong: Expression = Product((Number(0.5), tree))
                yield Rewriting(wrong, step.place, tree, wrong)
        case Product((Number(value), *rest)) if abs(value) == 2:
            wrong = product((Number(value / 2), *rest))
            yield Rewriting(wrong, step.place, Number(value), Number(value / 2))
        case _:
            pass


@rule("backward", ("delta", "gradient"), common=3, book=True)
def added_factor_two(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """A 2 comes down from the square though the loss has a half that takes it away.

    e.g. (0.563 − 1) × 0.563 × 0.437 -> 2 × (0.563 − 1) × 0.563 × 0.437
    """
    halved = step.trace.network.loss == "half_squared_error"
    output = step.kind == "delta" and any(name in step.refs(tree) for name in step.targets)
    if halved and (output or (step.kind == "gradient" and step.reduced)):
        wrong = product((Number(2.0), tree))
        yield Rewriting(wrong, step.place, tree, wrong)


@rule("backward", ("delta",), common=3)
def forgot_activation_slope(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """The slope of the activation is left out.

    e.g. −2 × (1 − 0.563) × 0.563 × (1 − 0.563) -> −2 × (1 − 0.563)
    """
    if step.neuron is None or not isinstance(tree, Product):
        return
    slope = () if ACTIVATIONS[step.neuron.activation].gate else step.gate(step.neuron)
    if slope and tree.factors[-len(slope) :] == slope:
        wrong = product(tree.factors[: -len(slope)])
        yield Rewriting(wrong, step.place, product(slope), Number(1.0))


@rule("backward", ("delta",), common=1)
def squared_the_slope(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """The slope of a sigmoid is taken for its output squared.

    e.g. −2 × (1 − 0.563) × 0.563 × (1 − 0.563) -> −2 × (1 − 0.563) × 0.563 × 0.563
    """
    if step.neuron is None or step.neuron.activation != "sigmoid" or not isinstance(tree, Product):
        return
    slope = step.gate(step.neuron)
    if tree.factors[-len(slope) :] == slope:
        squared = (slope[0], slope[0])
        wrong = product((*tree.factors[: -len(slope)], *squared))
        yield Rewriting(wrong, step.place, product(slope), product(squared))


@rule("backward", ("delta",), common=3)
def forgot_weight_factor(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """The blame is passed back without multiplying by the weight it came through.

    e.g. 0.6 × (−0.215) × 1 -> −0.215 × 1
    """
    weights = [Ref(ref) for ref in refs(tree) if step.parameter(ref)]
    for weight in weights:
        yield Rewriting(without_factor(tree, weight), weight.id, weight, Number(1.0))
    if len(weights) > 1:
        wrong = tree
        for weight in weights:
            wrong = without_factor(wrong, weight)
        yield Rewriting(wrong, step.place, tree, wrong)


@rule("backward", ("gradient", "step", "updated"), common=2)
def forgot_input_factor(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """The gradient stops at the blame, without the value that the weight multiplies.

    e.g. −0.215 × 0.03 -> −0.215
    """
    for node in walk(tree):
        match node:
            case Product((*before, Ref(name) as blame, Ref() as incoming)) if name.endswith(BLAME):
                wrong = replaced(tree, node, product((*before, blame)))
                yield Rewriting(wrong, step.place, incoming, Number(1.0))
            case _:
                pass


@rule("backward", ("slope",), common=4)
def forgot_to_divide(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """The change of the loss is given as it is, not for each 1 of the weight.

    e.g. (0.1857 − 0.1913) / 0.1 -> 0.1857 − 0.1913
    """
    match tree:
        case Quotient(change, _):
            yield Rewriting(change, step.place, tree, change)
        case _:
            pass


@rule("backward", ("delta", "gradient"), common=3, occasion=2)
def ignored_relu_gate(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """Blame passes through a neuron that ReLU has switched off.

    e.g. 0.9 × 0.254 × ReLU′(−0.02) -> 0.9 × 0.254
    """
    whole = tree
    if step.kind == "gradient" and step.neuron is not None:
        blame = step.ref(f"{step.neuron.name}.delta")
        if blame.id in step.trace:
            whole = replaced(tree, blame, step.trace[blame.id].expression)
    for node in walk(whole):
        match node:
            case Call("relu_slope", before) if step.value(before) <= 0 and step.neuron is not None:
                wrong = without_factor(whole, node)
                yield Rewriting(wrong, step.neuron.name, node, Number(1.0))
            case _:
                pass


@rule("backward", ("delta",), common=1)
def used_updated_weight(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """The blame comes back through a weight that has taken its step already.

    e.g. 0.9 × (−0.215) × 1 -> 0.918 × (−0.215) × 1
    """
    moved = [
        (Ref(ref), Ref(f"{ref}.updated"))
        for ref in step.refs(tree)
        if step.parameter(ref) and f"{ref}.updated" in step.trace
    ]
    wrong = tree
    for weight, newer in moved:
        one = replaced(tree, weight, newer)
        yield Rewriting(one, weight.id, weight, newer, other=newer.id)
        wrong = replaced(wrong, weight, newer)
    if len(moved) > 1:
        yield Rewriting(wrong, step.place, tree, wrong, other=moved[0][1].id)
