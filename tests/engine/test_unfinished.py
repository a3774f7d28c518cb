"""An answer is a number that was worked out: set-ups, names, half-worked lines are unfinished."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.diagnosis import Kind, Verdict, diagnose
from engine.network import Network, NetworkError
from engine.reading import Unreadable
from engine.trace import NAMES, Quantity, Trace, trace
from tests.engine.networks import random_case, traced
from tests.lesson import BOOK, WORKED, typed


def judged(step: Trace, name: str, answer: str) -> Verdict:
    """The verdict on what was typed."""
    return diagnose(step, name, BOOK.read(step, name, answer))


def drawn(seed: int) -> Trace | None:
    """A random network, its quantities called as in the chat."""
    try:
        case = random_case(random.Random(seed), most=3).traced()
    except NetworkError:
        return None
    names = {**NAMES, **BOOK.chat.names}
    target = case.target if len(case.target) > 1 else case.target[0]
    return trace(case.network, case.inputs, target, case.learning_rate, names)


def half_way(step: Trace, quantity: Quantity) -> Iterator[str]:
    """All that the tutor writes for a quantity on the way to its number."""
    yield step.symbol(quantity.id)
    yield step.formula(quantity.id)
    yield step.substituted(quantity.id)
    yield f"{step.formula(quantity.id)} = {step.substituted(quantity.id)}"
    yield f"{step.formula(quantity.id)}\n{step.substituted(quantity.id)}"
    yield from step.working(quantity.id)[:-1]


def is_number(text: str) -> bool:
    """Whether a working line is only a number already, as an identity's is."""
    try:
        float(text.strip("=≈ ").replace("−", "-"))
    except ValueError:
        return False
    return True


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_what_is_not_worked_out_is_no_answer(seed: int) -> None:
    """A quantity's name, formula, numbers and working are unfinished; with "= value", correct."""
    step = drawn(seed)
    for quantity in step or ():
        if quantity.kind == "direction" or step is None:
            continue
        for work in half_way(step, quantity):
            last = work.splitlines()[-1].rpartition(" = ")[2]
            if not is_number(last):
                assert judged(step, quantity.id, work).kind is Kind.UNFINISHED, (quantity, work)
            with_result = f"{work} = {quantity.text}"
            found = judged(step, quantity.id, with_result)
            assert found.kind is Kind.CORRECT, (quantity, with_result)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("w12.product", "{x2}*{w12}"),
        ("H1.sum", "sum(H1)"),
        ("H1.sum", "H1"),
        ("H1.activation", "H1"),
        ("H1.activation", "max(0,{H1.sum})"),
        ("H1.activation", "ReLU(sum(H1))"),
        ("O.activation", "sigmoid({O.sum})"),
        ("O.activation", "p"),
        ("loss", "(1-p)^2"),
        ("loss", "{loss!forgot_to_square}²"),
        ("H1.sum", "{w11.product} + {w12.product}"),
        ("H1.sum", "{H1.sum!decimal_place}/10"),
        ("H1.sum", "{x1}*{w11}"),
        ("H1.sum", "|−{H1.sum}|"),
        ("O.delta", "-2*(1-{O.activation})*{O.activation}*(1-{O.activation})"),
        ("wO2.updated", "{wO2} - {learning_rate}*{wO2.gradient}"),
    ],
)
def test_the_lesson_cannot_be_passed_without_a_pencil(name: str, text: str) -> None:
    """Whatever has an operation, a function or a name left in it."""
    assert judged(WORKED, name, typed(text)).kind is Kind.UNFINISHED


@pytest.mark.parametrize("literal", ["0.03", "3/100", "3e-2", "3×10⁻²", "3%", "+.03", "(0.03)"])
def test_a_literal_is_a_number(literal: str) -> None:
    """Digits, a sign, percent, a power of ten, a whole number over a whole number."""
    assert judged(traced("worked"), "H1.sum", literal).kind is Kind.CORRECT
    work = f"0.6*0.4 + 0.7*-0.3 = {literal}"
    assert judged(traced("worked"), "H1.sum", work).kind is Kind.CORRECT


@pytest.mark.parametrize(
    ("work", "mistake"),
    [("0.6*0.4 + 0.7*0.3", "dropped_sign"), ("0.6*(0.4+0.7)*-0.3", "added_before_multiplying")],
)
def test_a_wrong_set_up_is_the_mistake_that_it_is(work: str, mistake: str) -> None:
    """Also without a result."""
    found = judged(traced("worked"), "H1.sum", work)
    assert found.kind is Kind.MISTAKE
    assert [made.id for made in found.candidates[0].mistakes] == [mistake]


@pytest.mark.parametrize("ahead", ["p", "p + 0", "blame(O) + 0", "2 * loss", "1/H2", "H1 = p"])
def test_what_lies_ahead_has_no_value(ahead: str) -> None:
    """A name that the step does not build on is a label, and nothing can be worked from it."""
    assert isinstance(BOOK.read(WORKED, "w12.product", ahead), Unreadable)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("w1.updated", "0.15"), ("w1.updated", "0.1500"), ("w1.updated", "0.1502")],
)
def test_a_step_too_small_to_see_is_asked_for_finely_enough(name: str, wrong: str) -> None:
    """The weight as it was, or moved uphill, does not round to the new one."""
    sheets = (Path(__file__).parents[1] / "worksheets.jsonl").read_text(encoding="utf-8")
    sheet = next(row for row in map(json.loads, sheets.splitlines()) if row["id"] == "mazur")
    network = Network.from_data({**sheet["network"], "loss": "squared_error"})
    step = trace(network, sheet["inputs"], sheet["target"], sheet["learning_rate"])
    assert not judged(step, name, wrong).is_right
    assert judged(step, name, step[name].text.replace("−", "-")).kind is Kind.CORRECT
