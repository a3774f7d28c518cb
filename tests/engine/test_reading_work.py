"""Shown work: expressions, chains and lines, with the tree as the learner wrote it."""

from __future__ import annotations

import math

import pytest

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
)
from engine.reading import Reading, Unreadable, describe
from tests.engine.reading_cases import NAMES, read, read_several

N = Number


def _read(typed: str) -> Reading:
    reading = read(typed, NAMES)
    assert isinstance(reading, Reading), reading
    return reading


VALUES: list[tuple[str, float]] = [
    # every sign for an operation
    ("0.6*0.4", 0.24),
    ("0.6 × 0.4", 0.24),
    ("0.6·0.4", 0.24),
    ("0.6 · 0.4", 0.24),
    ("0.6 • 0.4", 0.24),
    ("0.6∗0.4", 0.24),
    ("0.6 ⋅ 0.4", 0.24),
    ("0.6✕0.4", 0.24),
    ("0.6✖️0.4", 0.24),
    ("0.6x0.4", 0.24),
    ("0.6 x 0.4", 0.24),
    ("0.6 X 0.4", 0.24),
    ("0.6х0.4", 0.24),  # the Cyrillic letter that a Russian keyboard gives
    ("0,6 x 0,4", 0.24),
    ("0.6 x(0.4)", 0.24),
    ("0.6 x -0.3", -0.18),
    ("0.6×−0.3", -0.18),
    ("0.6＊0.4", 0.24),
    ("6 ÷ 2", 3.0),
    ("6∕2", 3.0),
    ("6⁄2", 3.0),
    ("6／2", 3.0),
    ("6 / -2", -3.0),
    ("0.24＋0.06", 0.3),
    ("0.24−0.21", 0.03),
    ("0.24–0.21", 0.03),
    ("3+-2", 1.0),
    ("3*+2", 6.0),
    ("0.24 + -0.21", 0.03),
    ("0.24 - -0.21", 0.45),
    ("0.24 + (-0.21)", 0.03),
    ("-(−3)", 3.0),
    ("+(0.3 - 0)", 0.3),
    ("0.5 - 0.6", -0.1),
    ("0.5-0.6+0.2", 0.1),
    ("target - p", 1 - 0.5627),
    ("p-1", 0.5627 - 1),
    ("3-1/2", 2.5),
    # powers and roots
    ("0.437^2", 0.190969),
    ("0.437²", 0.190969),
    ("0.437**2", 0.190969),
    ("2**3", 8.0),
    ("2^-1", 0.5),
    ("2**-1", 0.5),
    ("10⁻²", 0.01),
    ("(-0.5)^2", 0.25),
    ("(−0.437)²", 0.190969),
    ("2^(1/2)", math.sqrt(2)),
    ("√0.09", 0.3),
    ("√(0.09)", 0.3),
    ("sqrt(0.09)", 0.3),
    # functions
    ("ReLU(0.03)", 0.03),
    ("relu(-0.02)", 0.0),
    ("RELU (−0.02)", 0.0),
    ("max(0, -0.02)", 0.0),
    ("max(0, 0.03)", 0.03),
    ("max(0,0.03)", 0.03),
    ("max(0; 0,03)", 0.03),
    ("max(0, 0,03)", 0.03),
    ("max(0,-0,02)", 0.0),
    ("max(-0.02, 0)", 0.0),
    ("max(0.03,0)", 0.03),
    ("Max(0, x1*w11)", 0.24),
    ("max(0, 0.6*0.4 + max(0, -1))", 0.24),
    ("relu(0,03)", 0.03),
    ("sigmoid(0)", 0.5),
    ("σ(0)", 0.5),
    ("sigmoid(0.252)", 1 / (1 + math.exp(-0.252))),
    ("tanh(0.5)", math.tanh(0.5)),
    ("exp(-0.252)", math.exp(-0.252)),
    ("e^-0.252", math.exp(-0.252)),
    ("e^(-0.252)", math.exp(-0.252)),
    ("e²", math.exp(2)),
    ("1/(1+e^-0.252)", 1 / (1 + math.exp(-0.252))),
    ("1 / (1 + e^(−0.252))", 1 / (1 + math.exp(-0.252))),
    ("1/(1+exp(-0.252))", 1 / (1 + math.exp(-0.252))),
    ("ln(2)", math.log(2)),
    ("|-0.3|", 0.3),
    ("2*|-0.3| + |1|", 1.6),
    ("abs(-0.3)", 0.3),
    # names
    ("x1*w11 + x2*w12", 0.03),
    ("X1 × W11 + X2 × W12", 0.03),
    ("x_1 * w_11", 0.24),
    ("x₁·w₁₁", 0.24),
    ("x1 x w11", 0.24),
    ("(target - p)^2", (1 - 0.5627) ** 2),
    ("-2*(target - p)", -2 * (1 - 0.5627)),
    ("-x1", -0.6),
    ("H1", 0.03),
    ("0.6 * w11", 0.24),
    # order of operations, brackets
    ("0.6*0.4+0.7*(-0.3)", 0.03),
    ("(0.6 × 0.4) + (0.7 × −0.3)", 0.03),
    ("0.6*(0.4+0.7)*-0.3", -0.198),
    ("[0.6*(0.4+0.7)]*{2}", 1.32),
    ("1/2 + 1/3", 5 / 6),
    ("12/4*3", 9.0),
    # a chain, with any equals sign
    ("0.24 - 0.21 = 0.3", 0.3),
    ("0.6*0.4 + 0.7*-0.3 = 0.24 - 0.21 = 0.03", 0.03),
    ("0,6*0,4 + 0,7*-0,3 = 0,03", 0.03),
    ("ReLU(0.03) = 0.03", 0.03),
    ("0.24 - 0.21 ≈ 0.03", 0.03),
    ("0.24 - 0.21 = ~0.03", 0.03),
    ("= 0.24 - 0.21 = 0.03", 0.03),
    ("0.24-0.21==0.03", 0.03),
    ("0.6*10-3 = 3", 3.0),  # its own result says that it subtracts
    ("0.56267 = 0.563", 0.563),
    # lines
    ("0.6*0.4 = 0.24\n0.7*-0.3 = -0.21\n0.24-0.21=0.03", 0.03),
    ("0.6*0.4 + 0.7*-0.3\n0.24 - 0.21\n0.03", 0.03),
    ("0.6*0.4 + 0.7*-0.3\n= 0.24 - 0.21\n= 0.03", 0.03),
    ("0.24 - 0.21 =\n0.03", 0.03),
    ("0.24 - 0.21 =", 0.03),
    ("0.6*0.4 + 0.7*-0.3\n= 0.24 + (−0.21)\n=", 0.03),
    ("0.6*0.4 = 0.24, 0.7*-0.3 = -0.21, 0.24 - 0.21 = 0.03", 0.03),
    ("0,6*0,4 = 0,24; 0,7*-0,3 = -0,21; 0,24 - 0,21 = 0,03", 0.03),
    ("0.24 -\n0.21", 0.03),
    ("(0.24\n-0.21)", 0.03),
    ("0.24 - 0.21\r\n\r\n0.03.", 0.03),
]


@pytest.mark.parametrize(("typed", "value"), VALUES)
def test_work_is_read_as_it_stands(typed: str, value: float) -> None:
    """The answer is the last side; nothing needs an echo."""
    reading = _read(typed)
    assert reading.value == pytest.approx(value, abs=1e-12)
    assert reading.literal


ECHOED: list[tuple[str, float, str]] = [
    ("3(4)", 12.0, "3 × 4"),
    ("3 (4)", 12.0, "3 × 4"),
    ("(3)(4)", 12.0, "3 × 4"),
    ("(3)4", 12.0, "3 × 4"),
    ("-3(4)", -12.0, "−3 × 4"),
    ("0.7(-0.3)", -0.21, "0.7 × (−0.3)"),
    ("2(p - 1)", -0.8746, "2 × (p − 1)"),
    ("p(1 - p)", 0.24606871, "p × (1 − p)"),
    ("0.6w11", 0.24, "0.6 × w11"),
    ("x1w11", 0.24, "x1 × w11"),
    ("x1 w11 + x2 w12", 0.03, "x1 × w11 + x2 × w12"),
    ("x1w11+x2w12 = 0.03", 0.03, "x1 × w11 + x2 × w12 = 0.03"),
    ("-2(1-p)p(1-p)", -0.215211693766, "−2 × (1 − p) × p × (1 − p)"),
    ("2√9", 6.0, "2 × √(9)"),
    ("0.6 H1 + 0.9 w12", -0.252, "0.6 × H1 + 0.9 × w12"),
    ("0.6 w11 - 0.7 w12 = 0.45", 0.45, "0.6 × w11 − 0.7 × w12 = 0.45"),
    ("0.6 H1 + 0.1", 0.118, "0.6 × H1 + 0.1"),
    ("0.5-0.6", -0.1, "0.5 − 0.6"),
    ("H1 - 0.01", 0.02, "H1 − 0.01"),
    ("2·3", 6.0, "2 × 3"),
    ("2x3", 6.0, "2 × 3"),
    ("0.5^2^2", 0.0625, "0.5^(2²)"),
    ("2^3^2", 512.0, "2^(3²)"),
    ("-2^2", -4.0, "−(2²)"),
    ("-0.5²", -0.25, "−(0.5²)"),
    ("-x1^2", -0.36, "−(x1²)"),
    ("2^-3^2", 1 / 512, "2^(−(3²))"),
    ("12/3/2", 2.0, "(12/3)/2"),
    ("0.24--0.21", 0.45, "0.24 − (−0.21)"),
    ("6--(4)", 10.0, "6 − (−4)"),
    ("0.24—0.21", 0.03, "0.24 − 0.21"),
    ("0.24 plus 0.06", 0.3, "0.24 + 0.06"),
    ("0.24 minus 0.21", 0.03, "0.24 − 0.21"),
    ("0.6 times 0.4", 0.24, "0.6 × 0.4"),
    ("0.6 multiplied by minus 0.3", -0.18, "0.6 × (−0.3)"),
    ("6 divided by 2", 3.0, "3 (6/2)"),
    ("6 over 2", 3.0, "3 (6/2)"),
    ("0.5 squared", 0.25, "0.5²"),
    ("2 to the power of 3", 8.0, "2³"),
    ("0.24 minus 0.21 equals 0.03", 0.03, "0.24 − 0.21 = 0.03"),
    ("0.24 - 0.21 → 0.03", 0.03, "0.24 − 0.21 = 0.03"),
    ("0.24-0.21, that is 0.03", 0.03, "0.24 − 0.21 = 0.03"),
    ("x1 × w11, that is 0.6 × 0.4", 0.24, "x1 × w11 = 0.6 × 0.4"),
    ("0.24 - 0.21 = ?", 0.03, "0.24 − 0.21"),
    ("ok. H1 = 0.03", 0.03, "H1 = 0.03"),
    ("sigmoid 0", 0.5, "sigmoid(0)"),
    ("sigmoid of 0", 0.5, "sigmoid(0)"),
    ("-ln 0.5 = 0.693", 0.693, "−ln(0.5) = 0.693"),
    ("1 - sigmoid 0", 0.5, "1 − sigmoid(0)"),
    ("ReLU -0.02", 0.0, "ReLU(−0.02)"),
    ("max(0,5)", 5.0, "ReLU(5)"),
    ("1 1/2 + 1", 2.5, "1 + 1/2 + 1"),
    ("0.03 = H1", 0.03, "H1 = 0.03"),
    ("H1 → 0.03", 0.03, "H1 = 0.03"),
    # what comes out of what
    ("0.24 -> 0.03", 0.03, "0.24; 0.03"),
    ("-0.02 → 0", 0.0, "−0.02; 0"),
    ("-0.02 ⟶ 0", 0.0, "−0.02; 0"),
    ("0.24-0.21 -> 0.03", 0.03, "0.24 − 0.21 = 0.03"),
    ("0.24-0.21 => .03", 0.03, "0.24 − 0.21 = 0.03"),
    ("0.6*0.4 -> 0.24 -> 0.24-0.21 -> 0.03", 0.03, "0.6 × 0.4 = 0.24; 0.24 − 0.21 = 0.03"),
    ("-0.3 + 0.56 so .26", 0.26, "−0.3 + 0.56 = 0.26"),
    ("-0.3 + 0.56\nso .26", 0.26, "−0.3 + 0.56 = 0.26"),
    ("0.6*0.4\n0.7*-0.3\nso 0.03", 0.03, "0.6 × 0.4; 0.7 × (−0.3); 0.03"),
    ("w12 is -0.3 so 0.24-0.21", 0.03, "−0.3; 0.24 − 0.21"),
    ("0.03 is the sum so it passes 0.03", 0.03, "0.03; 0.03"),
    ("0.24 and -0.21, so 0.03", 0.03, "0.24; −0.21; 0.03"),
    ("0.24 - 0.21, which gives 0.03", 0.03, "0.24 − 0.21 = 0.03"),
    # the answer, and why
    ("I get 0.03 because 0.24 minus 0.21", 0.03, "0.24 − 0.21; 0.03"),
    ("0.03 because 0.6*0.4=0.24 and 0.24-0.21", 0.03, "0.6 × 0.4 = 0.24; 0.24 − 0.21; 0.03"),
    ("H1 = 0.03 because x1 = 0.6", 0.03, "0.6; H1 = 0.03"),
    ("it's 0.24 minus 0.21, that's 0.03", 0.03, "0.24 − 0.21 = 0.03"),
    ("-0.02 -> relu -> 0", 0.0, "−0.02; relu = 0"),
    (
        "0.6*0.4=0.24. 0.7*-0.3=-0.21. So 0.03.",
        0.03,
        "0.6 × 0.4 = 0.24; 0.7 × (−0.3) = −0.21; 0.03",
    ),
    # pasted
    (r"0.6 \times 0.4 - 0.21", 0.03, "0.6 × 0.4 − 0.21"),
    (r"0.6 \cdot 0.4", 0.24, "0.6 × 0.4"),
    (r"\[ 0.24 - 0.21 = 0.03 \]", 0.03, "0.24 − 0.21 = 0.03"),
    ("[ 0.24 - 0.21 = 0.03 ]", 0.03, "0.24 − 0.21 = 0.03"),
    ("( 0.24 - 0.21 = 0.03 )", 0.03, "0.24 − 0.21 = 0.03"),
    ("$$0.24-0.21=0.03$$", 0.03, "0.24 − 0.21 = 0.03"),
    (r"\left( 0.6 \right)\cdot 2", 1.2, "0.6 × 2"),
    (r"\sigma\left(0\right)", 0.5, "sigmoid(0)"),
    (r"0.5^{2} \approx 0.25", 0.25, "0.5² = 0.25"),
    (r"x_{1} \cdot w_{11} + x_2", 0.94, "x1 × w11 + x2"),
    (r"\sqrt{0.09}", 0.3, "√(0.09)"),
    (r"\text{ReLU}(0.03) = 0.03", 0.03, "ReLU(0.03) = 0.03"),
    (r"\frac{1}{1+e^{-0}} = 0.5", 0.5, "1/(1 + e^(−0)) = 0.5"),
    (r"\frac{\frac{6}{2}}{3}", 1.0, "(6/2)/3"),
    (r"\begin{align} 0.24 - 0.21 &= 0.03 \end{align}", 0.03, "0.24 − 0.21 = 0.03"),
    # a comma that another settles
    ("1,252 - 1,222 = 0,03", 0.03, "1.252 − 1.222 = 0.03"),
    ("1/(1+2,718^-0,0)", 0.5, "1/(1 + 2.718⁰)"),
    # the natural logarithm
    ("-log(1)", 0.0, "−ln(1)"),
    ("log(0.5)", math.log(0.5), "ln(0.5)"),
    # a list of equations whose last gives the answer
    (
        "0.6*0.4=0.24, 0.7*-0.3=-0.21, 0.03",
        0.03,
        "0.6 × 0.4 = 0.24; 0.7 × (−0.3) = −0.21; 0.03",
    ),
    (
        "0,6*0,4=0,24, 0,7*-0,3=-0,21, 0,03",
        0.03,
        "0.6 × 0.4 = 0.24; 0.7 × (−0.3) = −0.21; 0.03",
    ),
    ("2*3=6, 7*-1=-7, -1", -1.0, "2 × 3 = 6; 7 × (−1) = −7; −1"),
    # copied from a list
    ("w12  -0.271", -0.271, "w12 = −0.271"),
    ("w12   −0,271", -0.271, "w12 = −0.271"),
    ("w12  0.9", 0.9, "w12 = 0.9"),
    ("0.24 - 0.21 = 0.03 😊", 0.03, "0.24 − 0.21 = 0.03"),
    ("5 = 5", 5.0, "5 = 5"),
    # works side by side
    ("0.32*0.056=0.01792; 0.9+0.01792", 0.91792, "0.32 × 0.056 = 0.01792; 0.9 + 0.01792"),
    ("0.32*0.056=0.01792, 0.9+0.01792", 0.91792, "0.32 × 0.056 = 0.01792; 0.9 + 0.01792"),
    ("0.32*0.056=0.01792 then 0.9+0.01792", 0.91792, "0.32 × 0.056 = 0.01792; 0.9 + 0.01792"),
    (
        "-2*0.437 = -0.874; 0.563*0.437=0.246; -0.874*0.246",
        -0.215004,
        "−2 × 0.437 = −0.874; 0.563 × 0.437 = 0.246; −0.874 × 0.246",
    ),
    (
        "0.6*0.4=0.24 and 0.7*-0.3=-0.21 so 0.03",
        0.03,
        "0.6 × 0.4 = 0.24; 0.7 × (−0.3) = −0.21; 0.03",
    ),
    (
        "0.6*0.4=0.24; 0.7*-0.3=-0.21; 0.03",
        0.03,
        "0.6 × 0.4 = 0.24; 0.7 × (−0.3) = −0.21; 0.03",
    ),
]


@pytest.mark.parametrize(("typed", "value", "echo"), ECHOED)
def test_work_that_takes_some_reading_is_echoed(typed: str, value: float, echo: str) -> None:
    """What calculators or people differ about is said back in the tutor's own notation."""
    reading = _read(typed)
    assert reading.value == pytest.approx(value, abs=1e-12)
    assert not reading.literal
    assert describe(reading) == echo


TREES: list[tuple[str, Expression]] = [
    ("0.24 - 0.21", Difference(N(0.24), N(0.21))),
    ("0.24 + -0.21", Sum((N(0.24), N(-0.21)))),
    ("0.24 + (-0.21)", Sum((N(0.24), N(-0.21)))),
    ("0.24 - -0.21", Difference(N(0.24), N(-0.21))),
    ("1 + 2 + 3", Sum((N(1), N(2), N(3)))),
    ("(1 + 2) + 3", Sum((Sum((N(1), N(2))), N(3)))),
    ("1 + (2 + 3)", Sum((N(1), Sum((N(2), N(3)))))),
    ("1 + 2 - 3 + 4", Sum((Difference(Sum((N(1), N(2))), N(3)), N(4)))),
    ("1 - 2 - 3", Difference(Difference(N(1), N(2)), N(3))),
    ("2 * 3 * 4", Product((N(2), N(3), N(4)))),
    ("2 * (3 * 4)", Product((N(2), Product((N(3), N(4)))))),
    ("2 / 3 * 4", Product((Quotient(N(2), N(3)), N(4)))),
    ("2 * 3 / 4", Quotient(Product((N(2), N(3))), N(4))),
    ("2(3)(4)", Product((N(2), N(3), N(4)))),
    ("-0.3 * 2", Product((N(-0.3), N(2)))),
    ("-(0.3)", Negative(N(0.3))),
    ("-x1 * w11", Product((Negative(Ref("x1")), Ref("w11")))),
    ("-0.5^2", Negative(Power(N(0.5), N(2)))),
    ("(-0.5)^2", Power(N(-0.5), N(2))),
    ("2^-1", Power(N(2), N(-1))),
    ("e^-0.252", Call("exp", N(-0.252))),
    ("√0.09", Power(N(0.09), N(0.5))),
    ("max(0, x1)", Call("relu", Ref("x1"))),
    ("ReLU′(x1)", Call("relu_slope", Ref("x1"))),
    ("relu'(x1)", Call("relu_slope", Ref("x1"))),
    ("relu(x1*w11)", Call("relu", Product((Ref("x1"), Ref("w11"))))),
    ("|x1|", Call("abs", Ref("x1"))),
    ("3 1/2", Sum((N(3), Quotient(N(1), N(2))))),
    ("-3 1/2", Negative(Sum((N(3), Quotient(N(1), N(2)))))),
    ("56%", N(0.56)),
    ("minus 0.3", N(-0.3)),
]


@pytest.mark.parametrize(("typed", "tree"), TREES)
def test_a_tree_keeps_order_association_and_brackets(typed: str, tree: Expression) -> None:
    """Diagnosis compares pieces, so nothing is folded; a signed literal is one Number."""
    assert _read(typed).answer.expression == tree


def test_a_chain_keeps_each_side_as_written() -> None:
    """Every side has its tree, text, value and decimals."""
    reading = _read("H1 = 0.6*0.4 + 0.7*−0.3 = 0.24 − 0,21 = 0.030")
    assert reading.label == "H1"
    assert [side.text for side in reading.chain] == ["0.6*0.4 + 0.7*-0.3", "0.24 - 0,21", "0.030"]
    assert [side.decimals for side in reading.chain] == [None, None, 3]
    assert [round(side.value, 9) for side in reading.chain] == [0.03, 0.03, 0.03]


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("H1 = 0.03", "H1"),
        ("h1 = 0.03", "H1"),
        ("H₁=0.03", "H1"),
        ("H1: 0.03", "H1"),
        ("H1 ≈ 0.03", "H1"),
        ("H1 ~ 0.03", "H1"),
        ("H1 is 0.03", "H1"),
        ("H1 is about 0.03", "H1"),
        ("so H1 = 0.03", "H1"),
        ("I got H1 = 0.03", "H1"),
        ("H1 =\n0.03", "H1"),
        ("0.6*0.4 = 0.24\nH1 = 0.24-0.21 = 0.03", "H1"),
        ("z1 = .03", "z1"),
        ("x = 0.03", "x"),
        ("a = 0.03", "a"),
        ("loss = 0.19", "loss"),
        ("the loss is 0.19", "loss"),
        ("ReLU = 0.03", "ReLU"),
        ("H1.sum = 0.03", "H1.sum"),
        ("H1 sum = 0.03", "H1 sum"),
        ("new w11 = 0.41", "new w11"),
        ("dL/dw11 = -0.0775", "dL/dw11"),
        ("∂L/∂w11 = -0.0775", "∂L/∂w11"),
        ("0.03 = H1", "H1"),
        ("x1*w11=0.24, x2*w12=-0.21, sum=0.03", "sum"),
        ("0.6*0.4=0.24, H1=0.03", "H1"),
        ("0.03", None),
        ("answer = 0.03", None),
        ("ReLU(0.03) = 0.03", None),
        ("x1*w11 = 0.24", None),
        ("x1/x2 = 0.24", None),
        ("2*H1 = 0.06", None),
    ],
)
def test_a_name_before_the_first_equals_sign_is_the_label(typed: str, label: str | None) -> None:
    """Any short name will do there; an expression is a side, not a label."""
    reading = _read(typed)
    assert reading.label == label


@pytest.mark.parametrize(
    ("typed", "starts"),
    [
        ("0.03", (0,)),
        ("0.6*0.4 + 0.7*-0.3 = 0.24 - 0.21 = 0.03", (0,)),
        ("0.6 * 0.4 = 0.24\n0.7*-0.3 = -0.21\n0.03", (0, 2, 4)),
        ("0,6 * 0,4 = 0,24\n0,7*-0,3 = -0,21\n0,03", (0, 2, 4)),
        ("0.6*0.4 = 0.24; 0.7*-0.3 = -0.21; 0.24 - 0.21 = 0.03", (0, 2, 4)),
        ("0.6*0.4 = 0.24, 0.7*-0.3 = -0.21, 0.24 - 0.21 = 0.03", (0, 2, 4)),
        ("0.6*0.4=0.24 and 0.7*-0.3=-0.21 so 0.24-0.21 so 0.03", (0, 2, 4)),
        ("0.6*0.4 + 0.7*-0.3\n= 0.24 - 0.21\n= 0.03", (0,)),
        ("0.6*0.4 + 0.7*-0.3\n0.24 - 0.21\n0.03", (0, 1, 2)),
        ("0.24 - 0.21 =\n0.03", (0,)),
    ],
)
def test_a_reading_keeps_where_its_lines_begin(typed: str, starts: tuple[int, ...]) -> None:
    """Only the sides of one line are said to be equal."""
    reading = _read(typed)
    assert reading.starts == starts
    assert [side for line in reading.lines for side in line] == list(reading.chain)
    assert [line[0] for line in reading.lines] == [reading.chain[start] for start in starts]


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("w12 is -0.3 so 0.24-0.21", None),
        ("H1 is 0.03 so 0.6*0.03", None),
        ("0 because H1 = -0.02", None),
        ("H1 = 0.24-0.21 so 0.03", "H1"),
        ("H1 = 0.03 because x1 = 0.6", "H1"),
    ],
)
def test_what_is_only_given_lends_the_answer_no_label(typed: str, label: str | None) -> None:
    """A value that an answer comes from is not what the answer is called."""
    assert _read(typed).label == label


def test_names_without_values_are_only_labels() -> None:
    """Without names given, a known-looking name on the right is refused."""
    assert isinstance(read("H1 = 0.03"), Reading)
    refused = read("H1 = z1")
    assert isinstance(refused, Unreadable)
    assert refused.reason == "unknown_name"


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("H1 = 0.05, H2 = 0", {"H1": 0.05, "H2": 0.0}),
        ("H1=0.05,H2=0", {"H1": 0.05, "H2": 0.0}),
        ("H1=0,05, H2=0,2", {"H1": 0.05, "H2": 0.2}),
        ("H1=0,05,H2=0,2", {"H1": 0.05, "H2": 0.2}),
        ("H1 = 0.05; H2 = 0", {"H1": 0.05, "H2": 0.0}),
        ("H1=0.05\nH2=0", {"H1": 0.05, "H2": 0.0}),
        ("H1: 0.05\nH2: 0\n", {"H1": 0.05, "H2": 0.0}),
        ("H1 = 0.05 and H2 = 0", {"H1": 0.05, "H2": 0.0}),
        ("H1 is 0.05, and H2 is 0", {"H1": 0.05, "H2": 0.0}),
        ("H1=0.05 H2=0", {"H1": 0.05, "H2": 0.0}),
        ("H1 = 0.2*0.4 - 0.03 = 0.05, H2 = max(0; -0,02) = 0", {"H1": 0.05, "H2": 0.0}),
        ("H1 = 0.2*0.4 - 0.03\n= 0.05\nH2 = 0", {"H1": 0.05, "H2": 0.0}),
        ("H1 = 0.05", {"H1": 0.05}),
        ("H1 = 50%, O = 0.03, p = 0.508, loss = 0.258", {
            "H1": 0.5, "O": 0.03, "p": 0.508, "loss": 0.258,
        }),
    ],
)  # fmt: skip
def test_several_labelled_values_are_read_at_once(typed: str, values: dict[str, float]) -> None:
    """A comma separates only where a label follows it, so decimal commas stay whole."""
    readings = read_several(typed)
    assert isinstance(readings, tuple), readings
    assert {reading.label: reading.value for reading in readings} == values


KNOWN = {"H1": 0.05, "H2": 0.0, "O": 0.03, "sum(H1)": 0.05, "sum(H2)": -0.02}


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("h1 sum 0,05 h2 sum -0,02", {"sum(H1)": 0.05, "sum(H2)": -0.02}),
        ("sum(H1)=0.05, sum(H2)=-0.02", {"sum(H1)": 0.05, "sum(H2)": -0.02}),
        ("sum H1 = 0.05 H2's sum = -0.02", {"sum(H1)": 0.05, "sum(H2)": -0.02}),
        ("H1 0.05 H2 0 O .03", {"H1": 0.05, "H2": 0.0, "O": 0.03}),
        ("H1 0.05\nH2 0", {"H1": 0.05, "H2": 0.0}),
        ("H1 0,05, H2 0 and O 3%", {"H1": 0.05, "H2": 0.0, "O": 0.03}),
        ("H1 = 0.05 H2 −0.02", {"H1": 0.05, "H2": -0.02}),
        ("H1: 0.05 H2 0", {"H1": 0.05, "H2": 0.0}),
    ],
)
def test_known_names_need_no_equals_signs_where_there_are_several(
    typed: str, values: dict[str, float]
) -> None:
    """A name and one number, twice or more, can only be labelled values."""
    readings = read_several(typed, KNOWN)
    assert isinstance(readings, tuple), readings
    assert {reading.label: reading.value for reading in readings} == values


@pytest.mark.parametrize(
    "typed",
    [
        "H1 0.05",
        "H1 - 0.05 H2 - 0.02",
        "H1 0.05 H1 0.06",
        "H1 0.05 H2",
        "H1 0.05 0.06 H2 0",
        "H1 0.05 foo 3",
        "0.05 H1 0 H2",
        "H1 0.05 + H2 0",
        "H1 = 0.05 H2 - 0.02 O - 0.3",
        "0.24 - 0.21 H1",
        "H1-0.05 H2-0.02",
    ],
)
def test_a_name_beside_a_number_is_not_always_its_label(typed: str) -> None:
    """One pair alone, a dash, a name without a number or a sum may mean something else."""
    for found in (read(typed, KNOWN), read_several(typed, KNOWN)):
        assert isinstance(found, Unreadable), found


@pytest.mark.parametrize(
    ("typed", "reason", "place"),
    [
        ("", "blank", ""),
        ("0.05, H2 = 0", "label_missing", "0.05"),
        ("0.05", "label_missing", "0.05"),
        ("H1 = 0.05; 0.3", "label_missing", "0.3"),
        ("H1 = 0.05, 0.3", "several_answers", ","),
        ("H1 = 0.05, h1 = 0.3", "same_label_twice", "h1 = 0.3"),
        ("H1 = 0.05, H2 = 1,234", "thousands_or_decimal", "1,234"),
        ("H1 = 0.05, H2 = 🙂", "emoji", "🙂"),
        ("H1 = 1,5,2,5", "several_commas", "1,5,2,5"),
    ],
)
def test_several_values_are_refused_with_a_place_in_the_whole(
    typed: str, reason: str, place: str
) -> None:
    """Places count in the whole message, not in the part."""
    refused = read_several(typed)
    assert isinstance(refused, Unreadable), refused
    assert (refused.reason, typed[refused.start : refused.end]) == (reason, place)
