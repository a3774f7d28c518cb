"""The loss: squaring and the target."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine.calculus import product
from engine.expression import (
    Difference,
    Expression,
    Negative,
    Number,
    Power,
    Product,
    Ref,
    Sum,
    refs,
    walk,
)
from engine.mistakes.rewritten import each, replaced, squares
from engine.mistakes.rule import Rewriting, rule
from engine.mistakes.step import Step


def _halves(tree: Expression) -> list[Product]:
    """The halved squares of a loss that has the half."""
    halves = [node for node in walk(tree) if isinstance(node, Product)]
    return [node for node in halves if node.factors[0] == Number(0.5)]


def _squares(step: Step, tree: Expression) -> list[tuple[str, Expression]]:
    """The squared errors of a loss with the output each belongs to."""
    outputs = {step.ref(f"{n.name}.activation").id: n.name for n in step.trace.network.outputs}
    found: list[tuple[str, Expression]] = []
    for node in squares(tree):
        refs_in = refs(node)
        found.append((next((outputs[r] for r in refs_in if r in outputs), step.place), node))
    return found


def _changed(
    step: Step, tree: Expression, change: Callable[[Power], Expression]
) -> Iterator[Rewriting]:
    def changed(node: Expression) -> Expression:
        return change(node) if isinstance(node, Power) else node

    for wrong, where, look, became in each(tree, _squares(step, tree), changed, step.place):
        yield Rewriting(wrong, where, look, became)


@rule("loss", ("loss", "formula"), common=4)
def forgot_to_square(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """The error is given, with either sign, instead of its square.

    e.g. (1 − 0.563)² -> 1 − 0.563, or 0.563 − 1
    """
    yield from _changed(step, tree, lambda square: square.base)
    yield from _changed(step, tree, lambda square: _reversed(square.base))


def _reversed(base: Expression) -> Expression:
    return Difference(base.right, base.left) if isinstance(base, Difference) else Negative(base)


@rule("loss", ("loss", "formula"), common=2)
def doubled_instead_of_squared(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """The little 2 is read as "times two".

    e.g. (1 − 0.563)² -> 2 × (1 − 0.563)
    """
    yield from _changed(step, tree, lambda square: Product((Number(2.0), square.base)))
    yield from _changed(step, tree, lambda square: Product((Number(2.0), _reversed(square.base))))


@rule("loss", ("loss", "formula"), common=1)
def kept_sign_when_squaring(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """A square comes out negative.

    e.g. (0 − 0.508)² -> −(0.508²)
    """
    yield from _changed(step, tree, Negative)


@rule("loss", ("loss", "delta", "error"), common=1.5)
def wrong_target(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """The target is taken for the other one.

    e.g. (1 − 0.563)² -> (0 − 0.563)²
    """
    names = step.targets
    for name, neuron in zip(names, step.trace.network.outputs, strict=True):
        target = Ref(name)
        if name not in refs(tree):
            continue
        where = neuron.name
        if 0 <= step.value(target) <= 1:
            other = Number(1.0 - step.value(target))
            yield Rewriting(replaced(tree, target, other), where, target, other)
        for neighbour in names:
            if neighbour != name:
                wrong = replaced(tree, target, Ref(neighbour))
                yield Rewriting(wrong, where, target, Ref(neighbour))


@rule("loss", ("loss",), common=1, book=True)
def halved_loss(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """Half the loss, as other books define it.

    e.g. (1 − 0.563)² -> ½ × (1 − 0.563)², or with several outputs ½ of each
    """
    if step.trace.network.loss == "half_squared_error":
        return
    ways: list[Expression] = [Product((Number(0.5), tree))]
    if isinstance(tree, Sum):
        ways.append(Sum(tuple(Product((Number(0.5), term)) for term in tree.terms)))
    for wrong in ways:
        yield Rewriting(wrong, step.place, tree, wrong)


@rule("loss", ("loss",), common=3, book=True)
def forgot_half(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """The ½ in front of the squares is left out.

    e.g. 0.5 × (1 − 0.563)² -> (1 − 0.563)²
    """
    wrong: Expression = tree
    if step.reduced and step.trace.network.loss == "half_squared_error":
        wrong = Product((Number(2.0), tree))
    for half in _halves(tree):
        wrong = replaced(wrong, half, product(half.factors[1:]))
    if wrong != tree:
        yield Rewriting(wrong, step.place, tree, wrong)
