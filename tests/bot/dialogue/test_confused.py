"""What a learner meets who is lost, stubborn or in a hurry: a way on, and no answer given away."""

from __future__ import annotations

import pytest

from bot.dialogue.generated_lessons import book_for
from bot.dialogue.state import Outcome, Record, State
from bot.dialogue.steps.number import MISSES_BEFORE_PIECES
from content.models import DirectionStep, NumberStep
from content.own_network import read_own
from engine.scaffold import GAP
from engine.trace import DIRECTIONS
from tests.bot.dialogue.learner import LESSON, MACHINE, ODD, Learner, at

BOOK = MACHINE.book
GREENHOUSE = book_for(BOOK, "greenhouse").lesson
MET = [
    p.id for p in GREENHOUSE.places if getattr(p.step, "quantity", "") in ("H1.delta", "H2.delta")
]


def in_greenhouse(step: str) -> Learner:
    """A learner of the second lesson who solved all before a step."""
    before = GREENHOUSE.places[: GREENHOUSE.places.index(GREENHOUSE[step])]
    passed = {p.id: Record(Outcome.PASSED if p.number is None else Outcome.SOLVED) for p in before}
    return Learner(State.of("greenhouse", step, records=passed))


def in_hand(learner: Learner) -> str:
    """The right value of the quantity at the learner's step, as the tutor writes it."""
    lesson = book_for(BOOK, learner.state.lesson).lesson
    place = lesson[learner.state.hand.step]
    assert isinstance(place.step, NumberStep)
    return lesson.trace(place)[place.step.quantity].text


@pytest.mark.parametrize("step", MET)
def test_the_gap_of_a_blame_from_two_paths_is_a_gap(step: str) -> None:
    """Through an open gate the result would stand there already: the sum before it is left open."""
    learner = in_greenhouse(step)
    for _ in range(3):
        learner.says("hint")
    assert GAP in learner.told
    assert in_hand(learner) not in learner.told


@pytest.mark.parametrize("text", ["im so confused", "I still don't get it", "this is too hard!"])
def test_who_is_lost_gets_a_hint(text: str) -> None:
    """Not a remark that there is no number in it."""
    hinted, lost = at("h1_sum").says("hint"), at("h1_sum").says(text.rstrip("!"))
    assert lost.told == hinted.told


def test_who_misses_where_there_are_no_pieces_is_offered_a_hint() -> None:
    """At the third miss, and not to someone who has taken one."""
    offer = BOOK.say.offer_hint()
    for hints in (0, 1):
        learner = in_greenhouse("g_wa1_gradient")
        for _ in range(hints):
            learner.says("hint")
        told = [learner.says(f"7{miss}.31").told for miss in range(MISSES_BEFORE_PIECES + 1)]
        here = [miss for miss, said in enumerate(told, 1) if offer in said]
        assert here == ([] if hints else [MISSES_BEFORE_PIECES])


def test_a_right_way_rounded_too_early_is_told_so() -> None:
    """Squares that were rounded before they were added are not asked about as if unfinished."""
    told = in_greenhouse("g_loss").says("0.03 + 0.245").told
    assert "rounded too early" in told
    assert in_hand(in_greenhouse("g_loss")) not in told


def test_a_number_of_another_step_is_not_called_right() -> None:
    """It may be one that the learner kept, and that is wrong."""
    learner = at("t_w22").says("0.11").says("keep it").says("0.11")
    assert "product(w22)" in learner.told
    assert "right" not in learner.told


def test_a_wrong_way_is_answered_by_the_gradient_where_it_is_given() -> None:
    """A network of one's own asks from the gradient, the lesson from what the weight does."""
    learner = Learner(State.of(LESSON.id, LESSON.places[0].id)).says("/network").says(ODD)
    lesson = book_for(BOOK, learner.state.lesson).lesson
    place = next(
        p
        for p in lesson.places
        if isinstance(p.step, DirectionStep) and lesson.trace(p)[p.step.quantity].value
    )
    assert isinstance(place.step, DirectionStep)
    right = lesson.trace(place)[place.step.quantity].text
    wrong = next(way for sign, way in DIRECTIONS.items() if sign and way != right)
    own = Learner(learner.state.at(place.id).but(records={}))
    assert "gradient" in own.says(wrong).told
    assert "gradient" in own.says("hint").told
    assert "gradient" not in at("nudge_w21").says("decrease").told


def test_a_number_sent_again_is_written_as_the_tutor_writes_it() -> None:
    """With a minus, not a hyphen."""
    assert at("h1_sum").says("-0.77").says("-0.77").told.startswith("You have tried −0.77")


def test_no_line_of_a_question_opens_with_a_space() -> None:
    """The decimals asked for stand under a formula on a line of their own."""
    learner = Learner(State.of(LESSON.id, LESSON.places[0].id)).says("/network").says(ODD)
    for _ in range(12):
        learner.says("next").says("show")
        assert "</pre> " not in learner.told


def test_a_bias_is_named_as_formulas_name_it() -> None:
    """No heading holds an id, and a picture in words tells the old bias from the new one."""
    assert all(".bias" not in book_for(BOOK, "greenhouse").about(p) for p in GREENHOUSE.places)
    learner = in_greenhouse("g_b_bias_updated").says(in_hand(in_greenhouse("g_b_bias_updated")))
    network = GREENHOUSE.trace(GREENHOUSE["g_b_bias_updated"])
    old = next(n.bias for n in network.network.neurons() if n.name == "B")
    assert f"bias {old:g} → {network['B.bias.updated'].text}" in learner.says("/picture").told


def test_a_network_without_numbers_for_its_inputs_is_told_in_words() -> None:
    """The JSON of a network alone is understood, and what it lacks is said without code."""
    whole = read_own(ODD).network.to_data()
    learner = Learner(State.of(LESSON.id, LESSON.places[0].id))
    told = learner.says("/network " + str(whole).replace("'", '"').replace("False", "false")).told
    assert BOOK.generated.own["wrong_no_example"] in told
