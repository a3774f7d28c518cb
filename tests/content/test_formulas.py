"""An author's own formula, on networks of every shape: what is right, and every mistake."""

from __future__ import annotations

import random
from functools import partial

import pytest

from content.asked_numbers import asked_in
from content.gathering import Gathering
from content.models import NumberStep
from engine.decimals import number_text
from engine.diagnosis import Kind, diagnose
from engine.practice import clashes, foreseen
from engine.rounding import within
from engine.scaffold import pieces
from engine.spoken import read_answer
from engine.trace import Trace
from tests.engine.networks import random_case

FORMULAS = (
    "{a} - {b}",
    "{a} + {b} - {c}",
    "({a} - {b}) * {c}",
    "{a} * {b} + {c}",
    "({a} - {b})^2",
    "({a} + {b}) / 2",
    "2 * ({a} - {b}) * {c}",
    "abs({a} - {b})",
)
NAME = "mine"


def asked(rng: random.Random) -> Trace:
    """A random network's trace with a formula over some of its quantities."""
    trace = random_case(rng, most=3).traced()
    names = [one.id for one in trace if one.kind in ("product", "sum", "activation", "loss")]
    a, b, c = rng.choices(names, k=3)
    formula = rng.choice(FORMULAS).format(a=a, b=b, c=c)
    step = NumberStep(kind="number", id=NAME, formula=formula, label="mine", ask="?")
    gathering = Gathering()
    found = asked_in(trace, [step], partial(gathering.problem, "part"))
    assert not gathering.problems, formula
    return found


def test_the_right_value_of_any_formula_is_right() -> None:
    """As it is written, from unrounded numbers, and from those as they are asked for."""
    rng = random.Random(5)
    for _ in range(150):
        trace = asked(rng)
        right = trace[NAME]
        said = diagnose(trace, NAME, read_answer(trace, NAME, right.text))
        assert said.kind is Kind.CORRECT, trace.formula(NAME)
        assert within(right.value, trace.held[NAME], right.places)
        worked = trace.working(NAME)
        assert worked[-1].lstrip("=≈ ") == right.text
        assert all(one.id not in (NAME, "") for one in pieces(trace, NAME))


def test_every_mistake_that_is_foreseen_is_named() -> None:
    """Where a wrong value is told apart from the right one and all rivals, its mistake is named."""
    rng = random.Random(6)
    named: dict[str, int] = {}
    for _ in range(150):
        trace = asked(rng)
        near = {one for clash in clashes(trace, [NAME]) for one in (clash.first, clash.second)}
        for wrong in foreseen(trace, NAME):
            made = {mistake for mistake, _ in wrong.made}
            if made & near or not wrong.value:
                continue
            typed = number_text(wrong.value, 6, exact=True)
            verdict = diagnose(trace, NAME, read_answer(trace, NAME, typed))
            assert verdict.kind is Kind.MISTAKE, (trace.formula(NAME), typed, made)
            (found,) = verdict.candidates[0].mistakes
            assert found.id in made, (trace.formula(NAME), typed, made)
            named[found.id] = named.get(found.id, 0) + 1
    wanted = {"flipped_sign", "reversed_difference", "decimal_place", "forgot_to_square"}
    assert wanted <= set(named), named


@pytest.mark.parametrize("decimals", [1, 2, 5])
def test_decimals_and_tolerance_hold_for_a_formula_too(decimals: int) -> None:
    """A formula is asked to as many decimals as its step says."""
    rng, seen = random.Random(7), 0
    for _ in range(40):
        trace = random_case(rng, most=3).traced()
        a, b = rng.choices([one.id for one in trace if one.kind == "activation"], k=2)
        step = NumberStep(
            kind="number", id=NAME, formula=f"{a} + {b}", label="m", ask="?", decimals=decimals
        )
        gathering = Gathering()
        found = asked_in(trace, [step], partial(gathering.problem, "part"))[NAME]
        if gathering.problems:
            assert 0 < abs(found.value) < 0.5 * 10.0**-decimals
            continue
        seen += 1
        assert found.places <= decimals
        assert found.exact or found.places == decimals
    assert seen > 20
