"""The judge itself: what it calls false is false, and what it lets pass is true.

Each sentence here is made up for a page, as if the tutor had said it.
"""

from __future__ import annotations

import math

import pytest

from tests.truth.claims import CLAIMS
from tests.truth.facts import Numbers
from tests.truth.judge import falsehoods
from tests.truth.learner import Worked
from tests.truth.network import Case, worksheets
from tests.truth.sentences import templates
from tests.truth.survey import cases
from tests.truth.tutor import Said, Tutor, lesson_cases

LESSON, NEW = lesson_cases()
MAZUR, _, RELU, _ = worksheets()


Example = tuple[Case, str, str, str, str, str, dict[str, str]]
"""Network, quantity, page, the sentence's key, the number it quotes, its place, and more slots."""


def reasons(example: Example) -> list[str]:
    """Why a sentence is false of a page; empty where it is true."""
    case, quantity, typed, key, quoted, where, more = example
    slots = {"typed": quoted, "place": where, **more}
    say, mistakes = templates()
    tutor = Tutor(case)
    text = mistakes[key]["text"] if key in mistakes else say[key]
    for name in (
        *slots,
        *("formula", "place", "piece", "asked", "counted", "bare", "other", "shown"),
    ):
        text = text.replace(f"{{{name}}}", slots.get(name, "…"))
    spoken = {name: id_ for id_, name in tutor.spoken.items()}
    worked = Worked(case, quantity, typed, spoken=spoken)
    made = ((key, where),) if key in mistakes else ()
    said = Said("mistake" if made else "unexplained", made, (), text)
    return [one.why for one in falsehoods(worked, said, Numbers(case, tutor.places))]


FALSE: list[Example] = [
    (LESSON, "H1.sum", "0.24 - 0.21 = 0.03", "dropped_sign", "0.03", "w12", {}),
    (LESSON, "H1.sum", "0.6*0.4+0.7*-0.3=0.03", "missing_term", "0.03", "w12", {}),
    (LESSON, "loss", "0.437^2 = 0.191", "forgot_to_square", "0.191", "O", {}),
    (LESSON, "loss", "0.437*0.437 = 0.191", "forgot_to_square", "0.191", "O", {}),
    (LESSON, "loss", "0.437^2 = 0.191", "doubled_instead_of_squared", "0.191", "O", {}),
    (
        LESSON,
        "wO2.gradient",
        "-0.215 * 0.26 = -0.0559",
        "forgot_input_factor",
        "−0.0559",
        "wO2",
        {},
    ),
    (LESSON, "H2.delta", "0.9 * -0.215 = -0.1935", "forgot_weight_factor", "−0.1935", "wO2", {}),
    (LESSON, "O.delta", "-2*0.437*0.246 = -0.215", "forgot_factor_two", "−0.215", "O", {}),
    (LESSON, "O.delta", "-0.874*0.246 = -0.215", "forgot_factor_two", "−0.215", "O", {}),
    (LESSON, "O.delta", "-0.874*0.246 = -0.215", "forgot_activation_slope", "−0.215", "O", {}),
    (LESSON, "wO2.updated", "0.9 - 0.32*-0.056 = 0.918", "stepped_uphill", "0.918", "wO2", {}),
    (LESSON, "wO2.updated", "0.9 - 0.32*0.056 = 0.882", "forgot_learning_rate", "0.882", "wO2", {}),
    (LESSON, "wO2.updated", "0.9 + 0.018 = 0.918", "gave_step_not_weight", "0.918", "wO2", {}),
    (LESSON, "H1.sum", "0.24 - 0.21 = 0.03", "left_to_right", "0.03", "H1", {}),
    (LESSON, "loss", "(1-0.563)^2 = 0.191", "wrong_target", "0.191", "O", {}),
    (LESSON, "loss", "0.563^2 = 0.317", "halved_loss", "0.317", "loss", {}),
    (LESSON, "O.sum", "0.018 + 0.234 = 0.252", "other_quantity", "0.252", "H1.sum", {}),
    (LESSON, "wO2.updated", "0.9", "imprecise", "0.9", "", {"places": "3"}),
    (LESSON, "O.activation", "0.5", "imprecise", "0.5", "", {"places": "3"}),
    (LESSON, "loss", "0.1", "imprecise", "0.1", "", {"places": "3"}),
    (LESSON, "O.activation", "0.57", "imprecise", "0.57", "", {"places": "3"}),
    (LESSON, "loss", "0.437^2 = 0.3", "unexplained", "0.3", "", {}),
    (LESSON, "H1.sum", "5", "unexplained_digits", "5", "", {}),
    (LESSON, "H1.sum", "0.24 - 0.21 = 0.5", "unexplained_number", "", "", {"stranger": "0.24"}),
    (LESSON, "H1.sum", "0.24 - 0.21 = 0.5", "unexplained_number", "", "", {"stranger": "0.32"}),
    (
        *(LESSON, "H1.sum", "0.24 - 0.21 = 0.03", "slip_last", "", ""),
        {"operation": "0.24 − 0.21", "written": "0.03"},
    ),
    (
        *(LESSON, "H1.sum", "0.24 - 0.21 = 0.3", "slip_last", "", ""),
        {"operation": "0.4 − 0.21", "written": "0.3"},
    ),
    (
        *(LESSON, "H1.sum", "0.24 + 0.21 = 0.5", "slip_last", "", ""),
        {"operation": "0.24 + 0.21", "written": "0.5"},
    ),
    (
        *(LESSON, "w12.product", "0.7*-0.3 = 0.21", "slip_last", "", ""),
        {"operation": "0.7 × (−0.3)", "written": "0.21"},
    ),
    (
        *(LESSON, "H1.sum", "0.24 - 0.21 = 0.04", "slip_sign", "", ""),
        {"operation": "0.24 − 0.21", "written": "0.04"},
    ),
    (LESSON, "H1.sum", "0.24 + 0.21", "unfinished", "0.24 + 0.21", "", {}),
    (LESSON, "H1.sum", "0.24 - 0.21", "unexplained_setup", "", "", {"shown": "0.24 − 0.21"}),
    (RELU, "u1.gradient", "2.1 * 2.5 = 5.25", "forgot_input_factor", "5.25", "u1", {}),
    (LESSON, "H1.sum", "0.24 - 0.21 = 0.03", "decimal_place", "0.03", "w12", {}),
]


@pytest.mark.parametrize("example", FALSE, ids=lambda e: f"{e[3]} of {e[2]}")
def test_what_a_page_disproves_is_false(example: Example) -> None:
    """A sentence that the page contradicts is found, whichever it is."""
    assert reasons(example)


TRUE: list[Example] = [
    (LESSON, "H1.sum", "0.24 + 0.21 = 0.45", "dropped_sign", "0.45", "w12", {}),
    (LESSON, "H1.sum", "0.6*0.4 + 0.7*-0.3 = 0.45", "dropped_sign", "0.45", "w12", {}),
    (LESSON, "H1.sum", "0.6*0.4 = 0.24", "missing_term", "0.24", "w12", {}),
    (LESSON, "loss", "1 - 0.563 = 0.437", "forgot_to_square", "0.437", "O", {}),
    (LESSON, "loss", "2*(1 - 0.563) = 0.874", "doubled_instead_of_squared", "0.874", "O", {}),
    (LESSON, "wO2.gradient", "-0.215", "forgot_input_factor", "−0.215", "wO2", {}),
    (LESSON, "H2.delta", "-0.215*1 = -0.215", "forgot_weight_factor", "−0.215", "wO2", {}),
    (LESSON, "O.delta", "-0.437*0.246 = -0.1075", "forgot_factor_two", "−0.1075", "O", {}),
    (LESSON, "O.delta", "-2*(1-0.563) = -0.874", "forgot_activation_slope", "−0.874", "O", {}),
    (LESSON, "wO2.updated", "0.9 + 0.32*-0.056 = 0.882", "stepped_uphill", "0.882", "wO2", {}),
    (LESSON, "wO2.updated", "0.9 + 0.056 = 0.956", "forgot_learning_rate", "0.956", "wO2", {}),
    (LESSON, "wO2.updated", "0.32*0.056 = 0.018", "gave_step_not_weight", "0.018", "wO2", {}),
    (LESSON, "H1.sum", "-0.282", "left_to_right", "−0.282", "H1", {}),
    (LESSON, "loss", "(0-0.563)^2 = 0.317", "wrong_target", "0.317", "O", {}),
    (LESSON, "loss", "0.191/2 = 0.0955", "halved_loss", "0.0955", "loss", {}),
    (LESSON, "O.sum", "0.26", "other_quantity", "0.26", "H2.sum", {}),
    (LESSON, "wO2.updated", "0.92", "imprecise", "0.92", "", {"places": "3"}),
    (LESSON, "O.activation", "0.562", "imprecise_cut", "0.562", "", {}),
    (LESSON, "H1.sum", "0.3", "unexplained_digits", "0.3", "", {}),
    (LESSON, "H1.sum", "0.32 - 0.21 = 0.11", "unexplained_number", "", "", {"stranger": "0.32"}),
    (
        *(LESSON, "H1.sum", "0.24 - 0.21 = 0.3", "slip_last", "", ""),
        {"operation": "0.24 − 0.21", "written": "0.3"},
    ),
    (
        *(LESSON, "H2.sum", "-0.3 + 0.56 = -0.86", "slip_sign", "", ""),
        {"operation": "−0.3 + 0.56", "written": "−0.86"},
    ),
    (
        *(LESSON, "H1.sum", "0.6*0.4 = 0.24\n0.7*-0.3 = -0.2\n0.24-0.2 = 0.04", "slip_inside"),
        *("", "", {"operation": "0.7 × (−0.3)", "written": "−0.2"}),
    ),
    (LESSON, "H1.sum", "0.6*0.4 + 0.7*-0.3 = 0.24 - 0.21", "unfinished", "0.24 − 0.21", "", {}),
    (LESSON, "H1.sum", "0.24 + 0.21", "unexplained_setup", "", "", {"shown": "0.24 + 0.21"}),
    (NEW, "O.activation", "0.03", "skipped_activation", "0.03", "O", {}),
    (MAZUR, "o1.delta", "0.741*0.187 = 0.138", "forgot_factor_two", "0.138", "o1", {}),
]


@pytest.mark.parametrize("example", TRUE, ids=lambda e: f"{e[3]} of {e[2]}")
def test_what_no_page_disproves_is_let_pass(example: Example) -> None:
    """The judge does not cry wolf: a true sentence about the same kind of page passes."""
    assert reasons(example) == []


def test_the_working_of_a_mistake_must_end_at_the_typed_number() -> None:
    """A published 0.19956143 is no misplaced decimal point whose working ends at 0.1956."""
    text = templates()[1]["decimal_place"]["text"]
    say = text.replace("{typed}", "0.19956143").replace("{piece}", "…")
    worked = Worked(MAZUR, "w2.updated", "0.19956143")
    numbers = Numbers(MAZUR, Tutor(MAZUR).places)
    for working, true in (("0.2 − 5 × 0.000877", False), ("0.2 − 0.5 × 0.000877", True)):
        said = Said("mistake", (("decimal_place", "w2"),), (working,), say)
        assert (falsehoods(worked, said, numbers) == []) is true


def test_a_working_that_comes_to_the_number_as_written_ends_there() -> None:
    """−2 × (0 − 0.508) is 1.016 to the last digit, though 0.508 was 0.5075 on the page."""
    text = templates()[1]["forgot_activation_slope"]["text"]
    say = text.replace("{typed}", "1.016").replace("{piece}", "…")
    worked = Worked(NEW, "O.delta", "-2×(0-0.5075) = 1.016")
    numbers = Numbers(NEW, Tutor(NEW).places)
    for working, true in (("−2 × (0 − 0.508)", True), ("−2 × (0 − 0.518)", False)):
        said = Said("mistake", (("forgot_activation_slope", "O"),), (working,), say)
        assert (falsehoods(worked, said, numbers) == []) is true


def test_a_strict_judge_also_hears_what_was_lost_in_working_it_out() -> None:
    """“Not yet squared” of a line that squares: true of the number, but the line has the square."""
    text = templates()[1]["forgot_to_square"]["text"]
    say = text.replace("{typed}", "0.437").replace("{piece}", "…")
    tutor = Tutor(LESSON)
    worked = Worked(LESSON, "loss", "(1-0.563)^2 = 0.437")
    said = Said("mistake", (("forgot_to_square", "O"),), (), say)
    numbers = Numbers(LESSON, tutor.places)
    assert falsehoods(worked, said, numbers) == []
    assert falsehoods(worked, said, numbers, strict=True)


def test_every_sentence_has_a_claim() -> None:
    """A new sentence says what it claims before it is said; a mistake may have more than others."""
    say, mistakes = templates()
    assert set(say) <= set(CLAIMS) <= set(say) | set(mistakes)


def test_the_learner_s_arithmetic_is_the_tutor_s() -> None:
    """The numbers that pages are judged by are those of the trace, on every network."""
    for case in cases(1, 40):
        tutor, values = Tutor(case), case.values()
        told = {id_ for id_ in tutor.values if not id_.endswith(".direction")}
        steps = {id_ for id_ in told if id_.endswith(".step")}  # what an update adds: no page's own
        numeric = told - steps
        assert set(values) == numeric
        assert all(math.isclose(values[id_], tutor.values[id_], abs_tol=1e-9) for id_ in numeric)
        for id_ in steps:
            own = id_.removesuffix(".step")
            added = values[f"{own}.updated"] - case.given[own]
            assert math.isclose(tutor.values[id_], added, abs_tol=1e-9)
