"""A whole book of answers pasted at once: what is asked is judged, of the rest it is said."""

from __future__ import annotations

import pytest

from bot.dialogue.effects import Say
from bot.dialogue.generated_lessons import book_for
from bot.dialogue.state import Outcome, Record
from engine.trace import Trace
from tests.bot.dialogue.learner import LESSON, MACHINE, Learner, at, own_network, whole_step
from tests.lesson import NEW, WORKED


def pasted(trace: Trace) -> str:
    """Every number of a trace as `name = value`, given and found: more than sixty lines."""
    given = [f"{trace.symbol(name)} = {value}" for name, value in trace.given.items()]
    return "\n".join([*given, *(f"{trace.symbol(one.id)} = {one.text}" for one in trace)])


def outcomes(learner: Learner, prefix: str) -> list[Outcome]:
    """How the steps went whose ids begin so."""
    records = learner.state.records
    return [records[step].outcome for step in records if step.startswith(prefix)]


def in_branch(step: str) -> Learner:
    """A learner at a step of the optional branch."""
    learner = at(step)
    taken = {"full_gradient": Record(Outcome.TAKEN)}
    learner.state = learner.state.but(records={**learner.state.records, **taken})
    return learner


def test_a_book_has_more_than_sixty_lines() -> None:
    """As many as who has a computer at hand would paste."""
    assert len(pasted(WORKED).splitlines()) > 60


@pytest.mark.parametrize("step", ["n_start", "n_h1_sum", "n_p"])
def test_at_the_new_example_all_that_is_asked_is_taken_in_order(step: str) -> None:
    """The choices that follow are asked next, and the rest is said to be left."""
    learner = at(step).says(pasted(NEW))
    assert learner.state.hand.step == "n_loss_means"
    assert Outcome.KEPT not in outcomes(learner, "n_")
    assert "so not judged" in learner.told
    assert "direction(w11) = " in learner.told


def test_at_the_branch_s_five_updates_each_is_taken() -> None:
    """The sixth was done by hand, and the gradients are not asked any more."""
    learner = in_branch("w11_updated").says(pasted(WORKED))
    assert learner.told.count("✓ new w") == 5
    assert LESSON[learner.state.hand.step].section is not LESSON["w11_updated"].section
    assert "so not judged" in learner.told


def test_in_the_table_every_gap_is_filled() -> None:
    """By the names that the tutor writes."""
    table = next(place for place in LESSON.places if place.section.table and place.branch is None)
    learner = at(table.id).says(pasted(WORKED))
    steps = [step.id for step in table.section.step]
    assert all(learner.outcome(step) is Outcome.SOLVED for step in steps)
    assert "so not judged" in learner.told


def test_in_practice_and_in_an_own_network_it_is_the_same() -> None:
    """What is asked of the problem in hand, up to its first step that is no number."""
    for learner in (whole_step(), own_network()):
        lesson = book_for(MACHINE.book, learner.state.lesson).lesson
        trace = lesson.trace(lesson[learner.state.hand.step])
        learner.says(pasted(trace))
        numbers = [place.id for place in lesson.places if place.step.kind == "number"]
        assert all(learner.outcome(step) is Outcome.SOLVED for step in numbers)


def test_a_wrong_book_is_judged_value_by_value() -> None:
    """The other example's: what is doubted is kept, and what follows from it is credited."""
    learner = at("n_h1_sum").says(pasted(WORKED))
    assert Outcome.KEPT in outcomes(learner, "n_")
    assert "I doubt this one" in learner.told


@pytest.mark.parametrize("step", ["h1_product", "h1_sum", "o_sigmoid", "loss", "update_wo2"])
def test_where_one_number_is_asked_that_one_is_taken(step: str) -> None:
    """And said to be, kindly; nothing else is judged."""
    learner = at(step).says(pasted(WORKED))
    assert learner.outcome(step) is Outcome.SOLVED
    assert learner.told.startswith("One number at a time here, please. Of these I take ")
    assert len(learner.turn.attempts) == 1


def test_where_the_one_asked_is_not_among_them_it_is_said_so() -> None:
    """It costs nothing."""
    lines = [line for line in pasted(WORKED).splitlines() if "sum" not in line and "H1" not in line]
    learner = at("h1_sum").says("\n".join(lines))
    assert learner.told.startswith("One number at a time here, please.")
    assert (learner.state.hand.step, learner.state.hand.tries) == ("h1_sum", 0)


def test_the_one_taken_may_be_wrong_and_the_same_one_counts_once() -> None:
    """As if it had been typed alone."""
    learner = at("h1_sum").says("sum(H1) = 0.9\nH2 = 0.26\np = 0.5")
    assert (learner.state.hand.step, learner.state.hand.tries) == ("h1_sum", 1)
    assert learner.says("sum(H1) = 0.9\nH2 = 0.3\np = 0.5").state.hand.tries == 1


def test_at_a_choice_a_book_picks_nothing() -> None:
    """Although the words of an option stand in it."""
    for place in LESSON.places:
        if place.branch is None and place.step.kind in ("choice", "direction", "guess"):
            learner = at(place.id).says(pasted(WORKED))
            assert learner.state.hand.step == place.id
            assert learner.state.hand.tries == 0


def test_the_answer_to_a_book_is_short_whatever_is_in_it() -> None:
    """Long lines are said back by their beginning."""
    learner = at("n_h1_sum").says("\n".join(f"H1 of {'x' * 600} {n} = {n}" for n in range(6)))
    learner.says("\n".join(["H1 = 0.05", *("y" * 600 for _ in range(5))]))
    says = [effect for effect in learner.turn.effects if isinstance(effect, Say)]
    assert max(len(one.html) for one in says) < 1_000
