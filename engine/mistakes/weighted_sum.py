"""The wrong numbers put into a weighted sum, or put together the wrong way."""

from __future__ import annotations

from collections.abc import Iterator

from engine.expression import Expression, Product, Sum
from engine.mistakes.rewritten import replaced, with_term, without_term
from engine.mistakes.rule import Rewriting, rule
from engine.mistakes.step import Step


@rule("weighted sum", ("product", "sum", "gradient"), common=1, rebuilds=True)
def added_instead_of_multiplied(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """A product is worked out as a sum.

    e.g. 0.6 × 0.4 + 0.7 × (−0.3) -> 0.6 + 0.4 + 0.7 + (−0.3)
    """
    if isinstance(tree, Product) and step.kind == "gradient":
        added: Expression = Sum(tree.factors)
        yield Rewriting(added, step.place, tree, added)
        return
    plain = [term for term in step.terms(tree) if isinstance(term.node, Product) and term.incoming]
    for term in plain:
        added = Sum(term.node.factors) if isinstance(term.node, Product) else term.node
        yield Rewriting(with_term(tree, term.index, added), term.where, term.node, added)
    if isinstance(tree, Sum) and len(plain) > 1:
        parts: list[Expression] = []
        for node in tree.terms:
            parts += node.factors if isinstance(node, Product) else (node,)
        yield Rewriting(Sum(tuple(parts)), step.place, tree, Sum(tuple(parts)))


@rule("weighted sum", ("product", "sum"), common=1)
def swapped_weights(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """Two weights of the neuron have changed places.

    e.g. 0.6 × 0.4 + 0.7 × (−0.3) -> 0.6 × (−0.3) + 0.7 × 0.4
    """
    if step.kind == "product":
        yield from _other_weights(step, tree)
        return
    terms = [term for term in step.terms(tree) if term.weight is not None]
    for i, first in enumerate(terms):
        for second in terms[i + 1 :]:
            if first.weight is None or second.weight is None:
                continue
            swapped = with_term(
                tree, first.index, replaced(first.node, first.weight, second.weight)
            )
            other = replaced(second.node, second.weight, first.weight)
            swapped = with_term(swapped, second.index, other)
            yield Rewriting(swapped, step.place, tree, swapped, other=second.where)


def _other_weights(step: Step, tree: Expression) -> Iterator[Rewriting]:
    for weight, _ in step.neuron.weights if step.neuron else ():
        if weight != step.quantity.owner:
            wrong = replaced(tree, step.ref(step.quantity.owner), step.ref(weight))
            yield Rewriting(wrong, step.place, tree, wrong, other=weight)


@rule("weighted sum", ("product", "sum"), common=1.5)
def wrong_neuron(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """The weights of another neuron of the layer are used, with its bias or with the right one.

    e.g. 0.6 × 0.4 + 0.7 × (−0.3) -> 0.6 × (−0.5) + 0.7 × 0.8
    """
    if step.neuron is None:
        return
    for sibling in step.siblings:
        wrong = step.with_weights_of(sibling, tree)
        yield Rewriting(wrong, step.place, tree, wrong, other=sibling.name)
        if step.kind == "sum":
            bias, new = (step.ref(neuron.bias_id) for neuron in (step.neuron, sibling))
            if bias.id in step.refs(tree):
                wrong = step.with_weights_of(sibling, tree, bias=True)
            elif step.value(new) and isinstance(wrong, Sum):
                wrong = Sum((*wrong.terms, new))
            yield Rewriting(wrong, step.place, tree, wrong, other=sibling.name)


@rule("weighted sum", ("sum", "loss", "delta"), common=2, unfinished=True)
def missing_term(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """One term of a sum is left out.

    e.g. 0.6 × 0.4 + 0.7 × (−0.3) -> 0.6 × 0.4
    """
    match tree:
        case Product((Sum() as inner, *rest)) if step.kind == "delta":
            for term in step.terms(inner):
                shorter: Expression = Product((without_term(inner, term.index), *rest))
                yield Rewriting(shorter, term.where or step.place, term.node, shorter)
        case Sum():
            for term in step.terms(tree):
                if term.where not in step.biases:
                    shorter = without_term(tree, term.index)
                    where = term.where or step.output_of(term.node)
                    yield Rewriting(shorter, where, term.node, shorter)
        case _:
            pass


@rule("weighted sum", ("sum",), common=3, occasion=3)
def forgot_bias(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """The bias is left out.

    e.g. 0.6 × 0.4 + 0.7 × (−0.3) + 0.1 -> 0.6 × 0.4 + 0.7 × (−0.3)
    """
    if isinstance(tree, Sum):
        for term in step.terms(tree):
            if term.where in step.biases:
                shorter = without_term(tree, term.index)
                yield Rewriting(shorter, step.place, term.node, shorter)


@rule("weighted sum", ("product", "sum", "gradient"), common=1)
def used_inputs_not_activations(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """A later neuron is fed the network's inputs instead of the activations before it.

    e.g. 0.03 × 0.6 + 0.26 × 0.9 -> 0.6 × 0.6 + 0.7 × 0.9
    """
    wrong = step.fed_inputs(tree)
    if wrong is not tree:
        yield Rewriting(wrong, step.place, tree, wrong)
