"""Practice problems: told apart, friendly to a pencil, interesting, and never failing."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.decimals import decimals_of, fraction, number_text
from engine.diagnosis import Kind, diagnose
from engine.mistakes import RULES
from engine.practice import (
    EASIEST,
    HARDEST,
    LADDER,
    SKILLS,
    Problem,
    asked_for,
    clashes,
    difficulty_of,
    draw,
    draw_full,
    drawing,
    foreseen,
    needed,
    possible,
    skill_of,
    skills_at,
)
from engine.practice.random_draws import RandomDraws
from engine.reading import read
from tests.benchmarks.practice import told_apart
from tests.engine.mistakes.test_rules import CONVENTIONS

DIFFICULTIES = range(EASIEST, HARDEST + 1)

any_problem = st.builds(
    draw,
    st.text("abcdef0123456789", min_size=1, max_size=8),
    st.sampled_from(SKILLS),
    st.sampled_from(DIFFICULTIES),
)


def problems(difficulty: int, count: int = 3) -> list[Problem]:
    """Some problems of every skill at a difficulty."""
    return [
        draw(str(number), skill, difficulty)
        for skill in SKILLS
        if difficulty_of(skill, difficulty) == difficulty
        for number in range(count)
    ]


@settings(max_examples=40)
@given(any_problem)
def test_every_mistake_can_be_told_apart(problem: Problem) -> None:
    """The search says so, its judge agrees, and so does plain arithmetic that shares no code."""
    assert problem.distinguishable
    assert not list(clashes(problem.traced(), problem.asked))
    assert told_apart(problem) == []


@settings(max_examples=25)
@given(any_problem)
def test_diagnosis_names_each_mistake_and_only_it(problem: Problem) -> None:
    """Typed to the decimals asked for, each foreseen wrong answer gets one of its own names.

    Only a moved point of which one digit is left may as well be another step's value.
    """
    step = problem.traced()
    for name in problem.asked:
        for wrong in foreseen(step, name) if step[name].kind != "direction" else ():
            typed = number_text(wrong.value, max(step[name].places, 3))
            verdict = diagnose(step, name, read(typed))
            assert verdict.kind is Kind.MISTAKE, (name, typed, wrong.made)
            (made,) = verdict.candidates[0].mistakes
            names = {mistake for mistake, _ in wrong.made}
            if "decimal_place" in names and len(typed.strip("−0.")) < 2:
                names.add("other_quantity")
            assert made.id in names


@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_a_full_trace_is_told_apart(difficulty: int) -> None:
    """Every asked step of a whole training step at once, on every rung."""
    problem = draw_full("a seed", difficulty)
    assert problem.distinguishable
    assert told_apart(problem) == []
    assert {skill_of(problem.network, name) for name in problem.asked} > {"weighted_sum", "update"}


@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_the_arithmetic_suits_a_pencil(difficulty: int) -> None:
    """Given numbers have one decimal, and no product of the forward pass more than four."""
    for problem in problems(difficulty, 2):
        step = problem.traced()
        assert all(decimals_of(fraction(value), 1) is not None for value in step.given.values())
        for quantity in step:
            if quantity.kind == "product" and not quantity.id.startswith("next."):
                rounded = "tanh" in {neuron.activation for neuron in problem.network.neurons()}
                assert quantity.exact or rounded


def test_each_rung_brings_what_it_says() -> None:
    """ReLU off, biases, three inputs, two hidden layers, tanh, cross-entropy, in that order."""
    assert [rung.brings for rung in LADDER] == [
        "signs", "relu_off", "biases", "three_inputs", "two_hidden_layers", "tanh", "cross_entropy",
    ]  # fmt: skip
    for difficulty in DIFFICULTIES:
        for problem in problems(difficulty, 2):
            network = problem.network
            kinds = {n.activation for layer in network.layers[:-1] for n in layer}
            assert any(w < 0 for n in network.neurons() for _, w in n.weights) or difficulty > 1
            assert all(n.bias for n in network.neurons()) or difficulty != 3
            assert not any(n.bias for n in network.neurons()) or difficulty >= 3
            assert len(network.inputs) in {4: (3,), 7: (2, 3)}.get(difficulty, (2,))
            assert (len(network.layers) == 3) is (difficulty == 5) or difficulty == 6
            assert ("tanh" in kinds) is (difficulty == 6) or difficulty == 7
            assert (network.loss == "cross_entropy") is (difficulty == 7)


def test_interesting_things_happen_at_known_rates() -> None:
    """Over many draws: both targets, predictions on the wrong side, neurons off, negative sums."""
    seen: Counter[str] = Counter()
    drawn = [draw(str(number), "loss", 2) for number in range(80)]
    for problem in drawn:
        step = problem.traced()
        seen["target 1"] += problem.target == 1
        seen["wrong side"] += (step["O.activation"].value > 0.5) != (problem.target == 1)
        seen["off"] += any(step[f"{name}.sum"].value < 0 for name in ("H1", "H2"))
        seen["negative sum"] += step["O.sum"].value < 0
    assert 25 < seen["target 1"] < 55
    assert 25 < seen["wrong side"] < 55
    assert 42 < seen["off"] < 70
    assert 25 < seen["negative sum"] < 55


@settings(max_examples=20)
@given(any_problem)
def test_what_is_asked_practises_the_skill(problem: Problem) -> None:
    """Every asked quantity is of the skill, and what it is worked from is asked or told."""
    step = problem.traced()
    assert {skill_of(problem.network, name) for name in problem.asked} == {problem.skill}
    assert problem.skill in skills_at(problem.network)
    assert not set(needed(step, problem.asked)) & set(problem.asked)


def test_a_difficulty_without_the_skill_is_the_nearest_with_it() -> None:
    """The skill tanh waits for its rung; squares are not drawn where the loss is cross-entropy."""
    assert draw("a", "tanh", 1).difficulty == 6
    assert draw("a", "cross_entropy", 1).difficulty == 7
    assert draw("a", "loss", 7).difficulty == 6


@pytest.mark.parametrize(
    ("mistake", "skill"),
    [
        ("relu_kept_negative", "relu"),
        ("ignored_relu_gate", "hidden_delta"),
        ("forgot_bias", "weighted_sum"),
    ],
)
def test_a_problem_can_give_occasion_for_a_mistake(mistake: str, skill: str) -> None:
    """Asked for one, the search finds networks on which it can be made."""
    for number in range(6):
        problem = draw(str(number), skill, 1, mistake)
        step = problem.traced()
        assert problem.distinguishable
        assert any(mistake in possible(step, name) for name in problem.asked)


def test_a_mistake_out_of_reach_still_gives_a_problem() -> None:
    """A bias is never forgotten in a product: the problem is told apart, and claims nothing."""
    problem = draw("a", "signed_product", 1, "forgot_bias")
    step = problem.traced()
    assert not any("forgot_bias" in possible(step, name) for name in problem.asked)
    assert problem.distinguishable
    assert problem.mistake == ""


def test_a_search_cut_short_gives_its_best_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """With hardly any tries there is still a problem, marked as not fully told apart."""
    monkeypatch.setattr(drawing, "PLANS", 2)
    monkeypatch.setattr(drawing, "FULL_BUDGET", 0)
    problem = draw_full("a seed", 5)
    assert not problem.distinguishable
    assert list(clashes(problem.traced(), problem.asked))


def test_what_can_not_be_drawn_is_refused() -> None:
    """An unknown skill, a rung that is not there, and a skill a network has no place for."""
    with pytest.raises(ValueError, match="not a skill"):
        draw("a", "juggling", 1)
    with pytest.raises(ValueError, match="difficulty goes from 1 to 7"):
        draw_full("a", 8)
    network = draw("a", "relu", 1).network
    with pytest.raises(ValueError, match="nothing in this network practises tanh"):
        asked_for(network, "tanh", RandomDraws("a"))
    with pytest.raises(ValueError, match="not a skill"):
        asked_for(network, "juggling", RandomDraws("a"))


def test_every_rule_has_occasion_somewhere() -> None:
    """No modelled mistake is left unpractised by the ladder, but for other books' conventions."""
    met: set[str] = set()
    for difficulty in DIFFICULTIES:
        step_of = draw_full("occasion", difficulty)
        step = step_of.traced()
        met |= {m for q in step if not q.id.startswith("next.") for m in possible(step, q.id)}
    tried = {rule.id for rule in RULES if rule.kinds == ("slope",)}  # found by trying, never drawn
    elsewhere = {rule for _, _, rule, *_ in CONVENTIONS}
    unmet = {rule.id for rule in RULES} - met - tried - elsewhere
    assert unmet <= {"relu_kept_negative", "relu_absolute_value"}
