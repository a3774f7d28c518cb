"""Several examples, outputs or neurons that come to one number, counted or shared out wrongly."""

from __future__ import annotations

from collections.abc import Iterator

from engine.expression import Expression, Number, Quotient, Ref, Sum, walk
from engine.mistakes.rewritten import replaced, without_term
from engine.mistakes.rule import Kind, Rewriting, rule
from engine.mistakes.step import Step

TOGETHER: tuple[Kind, ...] = ("loss", "gradient", "step", "updated")


@rule("examples", (*TOGETHER, "delta"), common=3, book=True)
def summed_instead_of_averaged(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """A sum over the examples or outputs is not divided by how many there are.

    e.g. (9 + 25) / 2 -> 9 + 25, or −2 × (1 / 2) × (1 − 0.563) -> −2 × (1 − 0.563)
    """
    for node in walk(tree):
        match node:
            case Quotient(whole, Number(count)) if count >= 2:
                yield Rewriting(replaced(tree, node, whole), step.place, node, whole)
            case _:
                pass


@rule("examples", TOGETHER, common=3, book=True)
def averaged_instead_of_summed(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """A sum over the examples or outputs is divided by how many there are.

    e.g. 9 + 25 -> (9 + 25) / 2
    """
    for whole in _totals(step, tree):
        mean = Quotient(whole, Number(float(len(whole.terms))))
        yield Rewriting(replaced(tree, whole, mean), step.place, whole, mean)


@rule("examples", TOGETHER, common=3)
def forgot_example(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """One of the examples is left out, and perhaps not counted either.

    e.g. (9 + 25 + 49) / 3 -> (9 + 25) / 3, or (9 + 25) / 2
    """
    if not step.reduced:
        return
    for node in walk(tree):
        match node:
            case Quotient(Sum() as whole, Number(count)):
                for left in (without_term(whole, i) for i in range(len(whole.terms))):
                    for counted in (count, count - 1):
                        fewer = Quotient(left, Number(counted)) if counted > 1 else left
                        yield Rewriting(replaced(tree, node, fewer), step.place, node, fewer)
                return
            case _:
                pass
    for whole in _totals(step, tree):
        for left in (without_term(whole, i) for i in range(len(whole.terms))):
            yield Rewriting(replaced(tree, whole, left), step.place, whole, left)


@rule("examples", ("gradient", "step", "updated"), common=3)
def shared_bias_once(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """A bias that several neurons share gets the blame of just one of them.

    e.g. the blame of h1 + the blame of h2 -> the blame of h1
    """
    neurons = step.biases.get(step.quantity.owner, ())
    if len(neurons) < 2:
        return
    whole, gradient = tree, step.trace.quantities.get(f"{step.quantity.owner}.gradient")
    if gradient is not None and not step.reduced:
        whole = replaced(tree, Ref(gradient.id), gradient.expression)
    for node in walk(whole):
        match node:
            case Sum(terms) if all(_is_blame(term) for term in terms):
                for neuron, term in zip(neurons, terms, strict=False):
                    yield Rewriting(replaced(whole, node, term), neuron.name, node, term)
            case _:
                pass


def _is_blame(term: Expression) -> bool:
    return isinstance(term, Ref) and term.id.endswith((".delta", ".error"))


def _totals(step: Step, tree: Expression) -> list[Sum]:
    """The sums over examples, or of a loss over several outputs; none that is averaged."""
    if not step.reduced and not (step.kind == "loss" and len(step.trace.network.outputs) > 1):
        return []
    if any(isinstance(node, Quotient) for node in walk(tree)):
        return []
    sums = [node for node in walk(tree) if isinstance(node, Sum)]
    if step.kind == "updated" and isinstance(tree, Sum):
        sums.remove(tree)  # the weight and its step
    return sums[:1]
