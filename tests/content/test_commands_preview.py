"""`python -m content preview`: what an author sees before a learner does."""

from __future__ import annotations

from content.loader import load
from engine.practice import clashes, foreseen
from tests.content.running import refusal, run
from tests.lesson import typed


def test_every_step_is_shown_with_its_numbers() -> None:
    """Each step's id stands in the preview, and no slot is left unfilled."""
    text = run("preview").out
    for place in load().lesson.places:
        assert f"-- {place.id} · " in text
    assert "{" not in text
    assert typed("right: {H1.sum}   x1 × w11 + x2 × w12") in text


def test_the_right_option_is_marked() -> None:
    """At a choice, the option that the engine finds right has a star."""
    lines = run("preview", "--step", "lean").out.splitlines()
    assert next(line for line in lines if line.startswith(" *")).startswith(" * To 1")


def test_another_lesson_is_shown_by_the_name_of_its_folder() -> None:
    """Each step of the lesson asked for stands in its preview, and none of another."""
    text = run("preview", "greenhouse").out
    for place in load(lesson="greenhouse").lesson.places:
        assert f"-- {place.id} · " in text
    assert f"-- {load().lesson.places[0].id} · " not in text


def test_the_foreseen_mistakes_are_listed_on_demand() -> None:
    """Every wrong answer that is foreseen at a step stands under it, with its mistake."""
    book = load(lesson="greenhouse")
    trace = book.lesson.examples["noon"].trace
    text = run("preview", "greenhouse", "--step", "g_h1_sum", "--mistakes").out
    wrong = foreseen(trace, "H1.sum")
    assert len(wrong) > 1
    for one in wrong:
        assert any(f"{one.made[0][0]} ({one.made[0][1]})" in line for line in text.splitlines())
    assert "cannot be told apart" not in text


def test_mistakes_that_look_alike_are_pointed_out() -> None:
    """Where two wrong answers are one number, the preview says which."""
    alike = list(clashes(load().lesson.examples["new"].trace, ["H1.sum"]))
    assert alike
    text = run("preview", "--step", "n_h1_sum", "--mistakes").out
    for clash in alike:
        assert f"cannot be told apart: {clash.first} and {clash.second}" in text


def test_a_step_of_another_lesson_is_refused() -> None:
    """The line names the step and the lesson that lacks it."""
    said = refusal("preview", "greenhouse", "--step", "h1_sum")
    assert said.startswith("content preview: --step: 'h1_sum' is no step of ")
    assert load(lesson="greenhouse").lesson.title in said
