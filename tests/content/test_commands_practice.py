"""`python -m content practice`: problems as text and as JSON lines."""

from __future__ import annotations

import pytest

from tests.content.running import refusal, run


def test_a_whole_training_step_as_text() -> None:
    """What is given, then every asked step with its formula, numbers and value."""
    text = run("practice").out
    assert text.startswith("whole training step · difficulty 1 (signs) · seed 1\n")
    for part in ("x1 = ", "learning_rate = ", "H1  relu", "O.delta", "wO2.updated"):
        assert part in text
    assert "dropped_sign" not in text


def test_a_short_set_with_its_mistakes() -> None:
    """One skill, told what it is worked from, each foreseen wrong answer under its step."""
    text = run("practice", "--skill", "output_delta", "--mistakes").out
    assert "worked from" in text
    for mistake in ("reversed_difference (O)", "forgot_factor_two (O)", "decimal_place (O)"):
        assert mistake in text


def test_the_same_seed_gives_the_same_problem() -> None:
    """Twice the same lines; the second of several is the problem of its own seed."""
    options = ("practice", "--skill", "relu", "--difficulty", "3", "--jsonl", "--mistakes")
    first, second = run(*options, "--seed", "class", "--count", "2").objects
    assert first == run(*options, "--seed", "class").objects[0]
    assert second == run(*options, "--seed", second["seed"]).objects[0]
    assert first["network"] != second["network"]


def test_a_line_can_be_traced() -> None:
    """A problem's line goes into `trace --jsonl` as it is, and its values come out."""
    ran = run("practice", "--skill", "update", "--difficulty", "7", "--jsonl", "--mistakes")
    (problem,) = ran.objects
    (traced,) = run("trace", "--jsonl", raw=ran.out.encode()).objects
    values = {quantity["id"]: quantity["value"] for quantity in traced["quantities"]}
    assert problem["distinguishable"] is True
    for asked in problem["asked"]:
        assert values[asked["id"]] == asked["value"]
        made = {made["id"] for wrong in asked["mistakes"] for made in wrong["made"]}
        assert {"stepped_uphill", "gave_step_not_weight"} <= made
    assert all(values[name] == value for name, value in problem["told"].items())


def test_occasion_for_a_mistake() -> None:
    """`--mistake` draws a problem on which it can be made."""
    ran = run(
        "practice", "--skill", "relu", "--mistake", "relu_kept_negative", "--jsonl", "--mistakes"
    )
    (problem,) = ran.objects
    assert problem["mistake"] == "relu_kept_negative"
    assert "relu_kept_negative" in str(problem["asked"])


def test_directions_are_words() -> None:
    """A direction's value is its word, in text and in lines."""
    options = ("practice", "--skill", "direction", "--mistakes")
    (problem,) = run(*options, "--jsonl").objects
    words = {asked["value"] for asked in problem["asked"]}
    assert words <= {"increase", "decrease", "no change"}
    assert all(word in run(*options).out for word in words)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--difficulty", "8"), "--difficulty: needs 1 to 7, not 8"),
        (("--count", "0"), "--count: needs 1 or more, not 0"),
        (("--skill", "relu", "--mistake", "juggling"), "--mistake: 'juggling' is none"),
        (("--mistake", "slip"), "--mistake: needs --skill"),
    ],
)
def test_what_can_not_be_used_is_one_line(options: tuple[str, ...], said: str) -> None:
    """Exit code 2 and one line that says where and what is allowed."""
    assert said in refusal("practice", *options)
