"""What the engine writes about a quantity reads back, by other rules, as its value."""

from __future__ import annotations

import math
import random
import re
from dataclasses import dataclass

import pytest
from hypothesis import assume, given, settings

from engine.decimals import rounded, short_text
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
    evaluate,
)
from engine.functions import FUNCTIONS
from engine.rendering import formula, symbols, worked
from engine.trace import Quantity, Trace, trace
from tests.engine.expressions import TREES, VALUES, brackets_are_missing, read
from tests.engine.networks import Case, lesson, one_neuron, random_case

A, B, C = Ref("a"), Ref("b"), Ref("c")


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (Sum((A, B, C)), "a + b + c"),
        (Sum((A, Negative(B))), "a + (−b)"),
        (Sum((Negative(A), B)), "−a + b"),
        (Sum((A, Product((Number(-2.0), B)))), "a + (−2 × b)"),
        (Difference(A, Sum((B, C))), "a − (b + c)"),
        (Difference(A, Difference(B, C)), "a − (b − c)"),
        (Difference(A, Negative(B)), "a − (−b)"),
        (Difference(A, Product((B, C))), "a − b × c"),
        (Product((A, Sum((B, C)))), "a × (b + c)"),
        (Product((A, Number(-0.3))), "a × (−0.3)"),
        (Product((Number(-0.3), A)), "−0.3 × a"),
        (Product((A, Quotient(B, C))), "a × (b / c)"),
        (Product((Quotient(A, B), C)), "a / b × c"),
        (Quotient(A, Product((B, C))), "a / (b × c)"),
        (Quotient(A, Quotient(B, C)), "a / (b / c)"),
        (Quotient(A, Number(-2.0)), "a / (−2)"),
        (Quotient(Product((A, B)), C), "(a × b) / c"),
        (Sum((A, Difference(B, C))), "a + (b − c)"),
        (Negative(Sum((A, B))), "−(a + b)"),
        (Negative(Negative(A)), "−(−a)"),
        (Power(Number(-0.3), Number(2.0)), "(−0.3)²"),
        (Power(Negative(A), Number(3.0)), "(−a)³"),
        (Power(Product((A, B)), Number(2.0)), "(a × b)²"),
        (Power(A, Number(0.5)), "√(a)"),
        (Power(A, Number(-1.0)), "a⁻¹"),
        (Negative(Power(A, Number(2.0))), "−a²"),
        (Power(Power(A, Number(2.0)), Number(3.0)), "(a²)³"),
        (Call("exp", Negative(A)), "e^(−a)"),
        (Call("exp", A), "e^a"),
        (Power(Call("exp", A), Number(2.0)), "(e^a)²"),
        (Call("relu", Difference(A, B)), "ReLU(a − b)"),
        (Call("abs", Negative(A)), "|−a|"),
        (Call("direction", A), "−sign(a)"),
    ],
)
def test_brackets_stand_where_they_are_needed(tree: Expression, text: str) -> None:
    """As few brackets as it can be read with, and always around a minus after an operator."""
    assert symbols(tree) == text


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (Sum((A, Product((Number(-2.0), B)))), "a + (−2 × b)"),
        (Negative(Power(A, Number(2.0))), "−(a²)"),
        (Quotient(Negative(A), Number(2.0)), "−a/2"),
        (Product((A, Number(2.5e-7))), "a × (2.5 × 10⁻⁷)"),
        (Call("abs", Negative(A)), "|−a|"),
    ],
)
def test_what_was_typed_shows_how_it_was_read(tree: Expression, text: str) -> None:
    """By the same rules, with all digits, and with brackets after a minus."""
    assert formula(tree) == text


@settings(deadline=None)
@given(TREES, VALUES)
def test_symbols_read_back_as_the_same_value(tree: Expression, values: dict[str, float]) -> None:
    """A tree's text, read by Python's rules of precedence, has the tree's value."""
    try:
        value = evaluate(tree, values)
    except (ArithmeticError, ValueError):
        assume(False)
    text = symbols(tree)
    assert not brackets_are_missing(text)
    assert close(outcome(text, values), value)
    numbers = symbols(tree, lambda name: short_text(values[name], 12)[0])
    assert not brackets_are_missing(numbers)
    assert close(outcome(numbers), value)


def outcome(text: str, values: dict[str, float] | None = None) -> float:
    """What a text reads as; infinite where Python's own float arithmetic overflows on it."""
    try:
        return read(text, values)
    except ArithmeticError:
        return math.inf


def close(found: float, value: float) -> bool:
    return math.isinf(found) or math.isclose(found, value, rel_tol=1e-9, abs_tol=1e-9)


@dataclass(frozen=True)
class Range:
    """A number as displayed, with all it may have been rounded from; enough arithmetic to read."""

    low: float
    high: float

    @classmethod
    def of(cls, value: Range | float) -> Range:
        """A plain number as a range of just that."""
        return value if isinstance(value, Range) else cls(value, value)

    @classmethod
    def shown(cls, text: str) -> Range:
        """Six decimals or more have been rounded; fewer are all there are."""
        decimals = len(text.partition(".")[2])
        half = 0.5 * 10.0**-decimals if decimals >= 6 else 0.0
        return cls(float(text) - half, float(text) + half)

    def __neg__(self) -> Range:
        return Range(-self.high, -self.low)

    def __add__(self, other: Range | float) -> Range:
        other = Range.of(other)
        return Range(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Range | float) -> Range:
        return self + -Range.of(other)

    def __mul__(self, other: Range | float) -> Range:
        other = Range.of(other)
        ends = [
            a * b if a and b else 0.0
            for a in (self.low, self.high)
            for b in (other.low, other.high)
        ]
        return Range(min(ends), max(ends))

    def __pow__(self, exponent: int) -> Range:
        return self * self if exponent == 2 else NotImplemented


def monotonous(name: str) -> object:
    """A function that grows with its argument, on ranges."""

    def apply(argument: Range) -> Range:
        return Range(
            outcome(f"{name}(z)", {"z": argument.low}), outcome(f"{name}(z)", {"z": argument.high})
        )

    return apply


RANGES = {name: monotonous(name) for name in (*FUNCTIONS, "sign")}


def read_range(line: str) -> Range:
    """The range of values that a displayed line stands for."""
    spelled = line.replace("²", "**2").replace("−", "-").replace("×", "*")
    spelled = spelled.replace("LeakyReLU", "leaky_relu").replace("ReLU", "relu")
    spelled = spelled.replace("′", "_slope")
    spelled = re.sub(r"(?<![\w*])(\d+(?:\.\d+)?)", r"shown('\1')", spelled)
    found = eval(spelled, {"__builtins__": {}}, {**RANGES, "shown": Range.shown})
    assert isinstance(found, Range)
    return found


def check_texts(step: Trace, quantity: Quantity) -> None:
    """Formula, numbers and working of one quantity against its value."""
    first, *rest = step.working(quantity.id)
    assert first == step.substituted(quantity.id)
    assert rest[-1] in (f"= {quantity.text}", f"≈ {quantity.text}")
    lines = [first, *(line[2:] for line in rest[:-1])]
    assert all(line[0] in "=≈" for line in rest)
    assert not any(map(brackets_are_missing, [step.formula(quantity.id), *lines]))
    start = read(first)
    for sign, line in zip(rest, lines[1:], strict=False):
        found = read_range(line)
        slack = 1e-9 * max(1.0, abs(start))
        assert found.low - slack <= start <= found.high + slack, (quantity.id, first, line)
        assert sign[0] == "≈" or math.isclose(read(line), start, rel_tol=1e-9, abs_tol=1e-9)
    if quantity.kind == "direction":
        assert start == quantity.value
    else:
        shown = float(quantity.text.replace("−", "-"))
        assert rounded(start, quantity.places) == shown
        assert rounded(quantity.value, quantity.places) == shown
        assert rest[-1][0] == "≈" or math.isclose(quantity.value, shown, abs_tol=1e-12)


def test_every_text_of_the_lesson_says_its_value() -> None:
    """Both examples: numbers put in, and every line of working, come to the quantity's value."""
    for step in (lesson(), lesson((0.2, 0.1), 0), lesson(train_biases=True)):
        for quantity in step:
            check_texts(step, quantity)


def test_every_text_of_random_networks_says_its_value() -> None:
    """The same on 60 random networks of any shape, activations and losses, with 3 decimals too."""
    rng = random.Random(11)
    for decimals in [2] * 40 + [3] * 20:
        case: Case = random_case(rng, decimals=decimals, most=4)
        step = case.traced()
        for quantity in step:
            check_texts(step, quantity)


@pytest.mark.parametrize(
    ("name", "formula", "working"),
    [
        ("w12.product", "x2 × w12", ["0.7 × (−0.3)", "= −0.21"]),
        (
            "H1.sum",
            "x1 × w11 + x2 × w12",
            ["0.6 × 0.4 + 0.7 × (−0.3)", "= 0.24 + (−0.21)", "= 0.03"],
        ),
        ("H1.activation", "ReLU(H1.sum)", ["ReLU(0.03)", "= 0.03"]),
        ("O.activation", "sigmoid(O.sum)", ["sigmoid(0.252)", "≈ 0.563"]),
        ("loss", "(target − p)²", ["(1 − 0.563)²", "= 0.437²", "≈ 0.191"]),
        (
            "O.delta",
            "−2 × (target − p) × p × (1 − p)",
            ["−2 × (1 − 0.563) × 0.563 × (1 − 0.563)", "= −2 × 0.437 × 0.563 × 0.437", "≈ −0.215"],
        ),
        ("wO2.gradient", "O.delta × H2", ["−0.215 × 0.26", "≈ −0.056"]),
        ("O.bias.gradient", "O.delta", ["−0.215", "≈ −0.215"]),
        (
            "H2.delta",
            "wO2 × O.delta × ReLU′(H2.sum)",
            ["0.9 × (−0.215) × ReLU′(0.26)", "= 0.9 × (−0.215) × 1", "≈ −0.194"],
        ),
        ("wO2.direction", "−sign(wO2.gradient)", ["−sign(−0.056)", "= increase"]),
        (
            "wO2.updated",
            "wO2 − rate × wO2.gradient",
            ["0.9 − 0.32 × (−0.056)", "= 0.9 − (−0.01792)", "≈ 0.918"],
        ),
        (
            "next.H1.sum",
            "x1 × new w11 + x2 × new w12",
            ["0.6 × 0.425 + 0.7 × (−0.271)", "= 0.255 + (−0.1897)", "≈ 0.065"],
        ),
        ("next.loss", "(target − new p)²", ["(1 − 0.581)²", "= 0.419²", "≈ 0.176"]),
    ],
)
def test_the_lesson_is_written_as_on_paper(name: str, formula: str, working: list[str]) -> None:
    """The texts that a learner of the lesson meets, word for word."""
    step = lesson()
    assert step.formula(name) == formula
    assert step.substituted(name) == working[0]
    assert step.working(name) == working


def test_a_cross_entropy_is_worked_without_its_missing_half() -> None:
    """With target 1 the other term is worked to 0, though its logarithm is there to see."""
    network = one_neuron("sigmoid", 5, loss="cross_entropy")
    assert trace(network, [1], 1).working("loss") == [
        "−(1 × ln(0.9933) + (1 − 1) × ln(1 − 0.9933))",
        "≈ −(1 × (−0.006723) + 0 × ln(0.0067))",
        "≈ −(−0.006723 + 0)",
        "≈ 0.0067",
    ]


def test_working_stops_at_a_number() -> None:
    """What is one number already needs no further line."""
    assert worked(A, {"a": 0.5}, lambda _: "0.5") == ["0.5"]
    assert worked(Negative(A), {"a": 0.5}, lambda _: "0.5") == ["−0.5"]
