"""Expressions evaluate as written, and their parts can be taken out and put back."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings

from engine.expression import (
    Arithmetic,
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
    children,
    evaluate,
    fold,
    rebuilt,
    refs,
    substitute,
    walk,
)
from engine.functions import FUNCTIONS, sigmoid
from tests.engine.expressions import TREES, VALUES

A, B = Ref("a"), Ref("b")


@pytest.mark.parametrize(
    ("tree", "value"),
    [
        (Number(1.5), 1.5),
        (A, 2),
        (Sum((A, B, Number(1.0))), 8),
        (Difference(A, B), -3),
        (Product((A, B, A)), 20),
        (Quotient(A, B), 0.4),
        (Negative(A), -2),
        (Power(A, Number(3.0)), 8),
        (Call("relu", Negative(A)), 0),
        (Call("relu_slope", Number(0.0)), 0),
        (Call("relu_slope", A), 1),
        (Call("tanh", Number(0.0)), 0),
        (Call("ln", Call("exp", A)), 2),
        (Call("abs", Negative(A)), 2),
        (Call("direction", Number(-0.1)), 1),
        (Call("direction", Number(0.1)), -1),
        (Call("direction", Number(-1e-13)), 0),
    ],
)
def test_each_kind_of_node_has_its_value(tree: Expression, value: float) -> None:
    """Every node evaluates to what it says; a direction is minus the sign of a gradient."""
    assert evaluate(tree, {"a": 2.0, "b": 5.0}) == pytest.approx(value)


def test_any_kind_of_value_is_worked_by_the_same_fold() -> None:
    """An arithmetic of one's own, here of depths; its parts may be worked by another one."""
    depth = Arithmetic(
        number=lambda _: 0,
        add=lambda terms: 1 + max(terms),
        subtract=lambda left, right: 1 + max(left, right),
        multiply=lambda factors: 1 + max(factors),
        divide=lambda top, bottom: 1 + max(top, bottom),
        negate=lambda operand: 1 + operand,
        power=lambda base, exponent: 1 + max(base, exponent),
        apply=lambda _, argument: 1 + argument,
    )
    tree = Sum((A, Product((B, Negative(Quotient(A, Power(B, Call("exp", Difference(A, B)))))))))
    assert fold(tree, {"a": 0, "b": 0}, depth, depth) == 7
    flat = replace(depth, multiply=min)
    assert fold(tree, {"a": 0, "b": 0}, depth, flat) == 1


def test_nothing_times_anything_is_nothing() -> None:
    """Once a product is 0 it stays 0, even before a logarithm that does not exist."""
    assert evaluate(Product((Number(0.0), Call("ln", Number(0.0)))), {}) == 0


@pytest.mark.parametrize(
    ("tree", "error"),
    [
        (Ref("c"), KeyError),
        (Quotient(Number(1.0), Number(0.0)), ArithmeticError),
        (Power(Number(1e300), Number(2.0)), ArithmeticError),
        (Call("exp", Number(1000.0)), ArithmeticError),
        (Call("ln", Number(0.0)), ValueError),
        (Power(Number(-1.0), Number(0.5)), ValueError),
    ],
)
def test_what_has_no_value_raises(tree: Expression, error: type[Exception]) -> None:
    """A missing value, a division by zero, an overflow and a bad logarithm are errors."""
    with pytest.raises(error):
        evaluate(tree, {"a": 1.0})


@pytest.mark.parametrize("z", [0.0, 0.03, -0.252, 5.0, -36.0, 800.0, -800.0, 1e308, -1e308])
def test_sigmoid_is_finite_and_symmetric(z: float) -> None:
    """sigmoid(z) + sigmoid(−z) is 1 for any float, without overflow."""
    assert sigmoid(z) + sigmoid(-z) == pytest.approx(1)


@settings(deadline=None)
@given(TREES)
def test_parts_put_back_give_the_same_tree(tree: Expression) -> None:
    """`rebuilt` undoes `children` at every node."""
    for node in walk(tree):
        assert rebuilt(node, children(node)) == node


@settings(deadline=None)
@given(TREES, VALUES)
def test_substituting_numbers_is_evaluating(tree: Expression, values: dict[str, float]) -> None:
    """A tree with its references replaced by their numbers has none left, and the same value."""
    closed = substitute(tree, {name: Number(value) for name, value in values.items()})
    assert refs(closed) == ()
    assert outcome(closed, {}) == outcome(tree, values)


def outcome(tree: Expression, values: dict[str, float]) -> float | None:
    try:
        return evaluate(tree, values)
    except (ArithmeticError, ValueError):
        return None


def test_references_are_listed_once_in_reading_order() -> None:
    """`refs` follows the text from left to right."""
    assert refs(Sum((Product((B, A)), Call("relu", B), Ref("c")))) == ("b", "a", "c")


def test_every_function_is_defined_on_ordinary_numbers() -> None:
    """Each function a call may name gives a finite float at 0.5."""
    assert all(math.isfinite(function.value(0.5)) for function in FUNCTIONS.values())
