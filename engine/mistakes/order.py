"""Multiplying and adding in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from engine.calculus import product
from engine.expression import (
    Call,
    Difference,
    Expression,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    walk,
)
from engine.functions import ONE, TWO
from engine.mistakes.rewritten import replaced
from engine.mistakes.rule import Kind, Rewriting, rule
from engine.mistakes.step import Step
from engine.rounding import PENCIL_SIGMOID_LIMIT

WHERE_BRACKETS: tuple[Kind, ...] = ("activation", "loss", "delta", "formula")


@rule("order of operations", ("sum", "activation", "updated", "formula"), common=1, rebuilds=True)
def left_to_right(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """Everything is worked out from left to right, as on a simple calculator.

    e.g. 0.6 × 0.4 + 0.7 × (−0.3) -> (0.6 × 0.4 + 0.7) × (−0.3)
    e.g. 0.9 − 0.32 × (−0.056) -> (0.9 − 0.32) × (−0.056)
    e.g. 0.5 + 0.252 / 4 -> (0.5 + 0.252) / 4
    """
    wrong: Expression
    match tree:
        case Call("sigmoid", z) if abs(step.value(z)) <= PENCIL_SIGMOID_LIMIT:
            wrong = Quotient(Sum((Number(0.5), z)), Number(4.0))
            yield Rewriting(wrong, step.place, Sum((Number(0.5), Quotient(z, Number(4.0)))), wrong)
        case Difference(left, Product((first, second))):
            wrong = Product((Difference(left, first), second))
            yield Rewriting(wrong, step.place, tree, wrong)
        case Sum():
            terms = step.terms(tree)
            if any(term.incoming is None for term in terms[:-1]):
                return
            wrong = terms[0].node
            for term in terms[1:]:
                if term.incoming is None or term.weight is None:
                    wrong = Sum((wrong, term.node))
                else:
                    wrong = Product((Sum((wrong, term.incoming)), term.weight))
            yield Rewriting(wrong, step.place, tree, wrong)
        case _:
            pass


@rule("order of operations", ("sum", "formula"), common=1, rebuilds=True)
def added_before_multiplying(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """The plus signs are worked out before the times signs.

    e.g. 0.6 × 0.4 + 0.7 × (−0.3) -> 0.6 × (0.4 + 0.7) × (−0.3)
    """
    terms = step.terms(tree)
    pairs = [
        (term.incoming, term.weight)
        for term in terms
        if term.incoming is not None and term.weight is not None
    ]
    if len(terms) < 2 or len(pairs) < len(terms) - 1:
        return
    bias = terms[-1].node if len(pairs) < len(terms) else None
    factors: list[Expression] = [pairs[0][0]]
    for (_, weight), (incoming, _) in pairwise(pairs):
        factors.append(Sum((weight, incoming)))
    last = pairs[-1][1]
    if bias is not None:
        wrong: Expression = Product((*factors, Sum((last, bias))))
        yield Rewriting(wrong, step.place, tree, wrong)
    if len(pairs) > 1:
        wrong = Product((*factors, last))
        if bias is not None:
            wrong = Sum((wrong, bias))
        yield Rewriting(wrong, step.place, tree, wrong)


@rule("order of operations", WHERE_BRACKETS, common=1)
def left_out_brackets(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """Brackets are left out, so that what stands beside them takes only one of the terms.

    e.g. (1 − 0.563)² -> 1 − 0.563²
    e.g. 1 / (1 + e^−z) -> 1 / 1 + e^−z
    e.g. −2 × (1 − p) × p -> −2 × 1 − p × p
    """
    written = tree
    match tree:
        case Call("sigmoid", z):
            written = Quotient(ONE, Sum((ONE, Call("exp", Negative(z)))))
    for node in walk(written):
        for wrong in _without_brackets(node):
            whole = wrong if node == written else replaced(written, node, wrong)
            place = step.output_of(node) if step.kind == "loss" else step.place
            yield Rewriting(whole, place, node, wrong)


def _without_brackets(node: Expression) -> Iterator[Expression]:
    """A node as it is worked out when one pair of brackets in it is left out, or all of them."""
    match node:
        case Power(Difference(left, right), exponent) if exponent == TWO:
            yield Difference(left, Power(right, exponent))
        case Quotient(top, Sum((first, *rest))):
            yield Sum((Quotient(top, first), *rest))
        case Product(factors):
            bracketed = [i for i, f in enumerate(factors) if isinstance(f, Sum | Difference)]
            for opened in [{i} for i in bracketed] + [set(bracketed)] * (len(bracketed) > 1):
                yield _opened(factors, opened)
        case _:
            pass


def _opened(factors: tuple[Expression, ...], opened: set[int]) -> Expression:
    """A product with the brackets of some factors left out: a × (b − c) × d is a × b − c × d."""
    runs: list[tuple[bool, list[Expression]]] = [(False, [])]
    for index, factor in enumerate(factors):
        first, *rest = _terms(factor) if index in opened else [(False, factor)]
        runs[-1][1].append(first[1])
        runs += [(minus, [term]) for minus, term in rest]
    result, *others = [(minus, product(tuple(run))) for minus, run in runs]
    whole = result[1]
    for minus, run in others:
        whole = Difference(whole, run) if minus else Sum((whole, run))
    return whole


def _terms(factor: Expression) -> list[tuple[bool, Expression]]:
    """The terms of what stands in brackets, each with whether it is taken away."""
    match factor:
        case Sum(terms):
            return [(False, term) for term in terms]
        case Difference(left, right):
            return [(False, left), (True, right)]
        case _:
            return [(False, factor)]
