"""A doubted number kept: what follows is credited, in the table, in practice, in own networks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.dialogue.generated_lessons import book_for, practice_set
from bot.dialogue.state import Outcome, Record, State
from engine.diagnosis import Kind
from tests.bot.dialogue.learner import LESSON, MACHINE, Learner, at, own_network, value, whole_step
from tests.lesson import NEW, WORKED, typed

TENTH = {"H1.activation": 10 * WORKED["H1.activation"].value}
"""A number with its decimal point moved; the rest of the table is right from it."""

FILLED = {
    "in any order": (
        "p = {O.activation}, sum(O) = {O.sum}, x2*w22 = {w22.product}, sum(H2) = {H2.sum}, "
        "x1*w11={w11.product}, H1 = {H1.activation}"
    ),
    "a label on each line": (
        "x1 × w11: {w11.product}\nH1: {H1.activation}\nx2×w22: {w22.product}\n"
        "z2: {H2.sum}\nzO = {O.sum}\np: {O.activation}"
    ),
    "a number on each line": "\n".join(
        (
            "{w11.product}",
            "{H1.activation}",
            "{w22.product}",
            "{H2.sum}",
            "{O.sum}",
            "{O.activation}",
        )
    ),
}


@pytest.mark.parametrize("text", FILLED.values(), ids=FILLED)
def test_the_table_is_filled_in_with_one_message(text: str) -> None:
    """What is right is done, also where it is right from the doubted H1, which is asked again."""
    learner = at("t_w11").says(typed(text, own=TENTH))
    assert [learner.outcome(s) for s in ("t_w11", "t_w22", "t_h2_sum")] == [Outcome.SOLVED] * 3
    assert (learner.outcome("t_h1"), learner.state.hand.step) == (Outcome.KEPT, "t_h1")
    verdicts = {one.step: one.verdict for one in learner.turn.attempts}
    assert verdicts["t_o_sum"] is verdicts["t_p"] is Kind.CARRIED_FORWARD
    learner.says(typed("{H1.sum}"))
    assert learner.outcome("t_h1") is Outcome.SOLVED
    assert typed("sum(O) = {O.sum}") in learner.told


def test_editing_that_message_mends_it() -> None:
    """The doubted number set right in the message itself is solved; the others stay as they are."""
    learner = at("t_w11").says(typed(FILLED["in any order"], own=TENTH))
    before = learner.state.records["t_p"]
    mended = FILLED["in any order"].replace("{H1.activation}", typed("{H1.activation}"))
    learner.says(typed(mended, own=TENTH), edited=True)
    assert learner.outcome("t_h1") is Outcome.SOLVED
    assert learner.state.records["t_p"] == before


def test_a_number_given_for_a_later_gap_waits_there() -> None:
    """A gap filled in out of turn is done, and the one asked is asked on."""
    learner = at("t_w11").says(typed("x2*w22 = {w22.product}"))
    assert (learner.outcome("t_w22"), learner.state.hand.step) == (Outcome.SOLVED, "t_w11")
    assert learner.says(typed("{w11.product}")).state.hand.step == "t_h1"
    assert learner.says(typed("{H1.sum}")).state.hand.step == "t_h2_sum"


def test_the_worked_example_is_checked_number_by_number() -> None:
    """Where the lesson holds the learner's hand, no doubted number is kept."""
    learner = at("h1_sum").says(typed("{H1.sum!dropped_sign}")).says("keep it")
    assert (learner.state.hand.step, learner.outcome("h1_sum")) == ("h1_sum", None)


@pytest.mark.parametrize("begin", [whole_step, own_network])
def test_what_follows_is_asked_in_the_kept_number(begin: Callable[[], Learner]) -> None:
    """The next question shows the learner's number, and the answer that is right from it counts."""
    learner = begin().says("0.91").says("keep it")
    assert "0.91" in learner.told
    lesson = book_for(MACHINE.book, learner.state.lesson).lesson
    first = learner.state.hand.step
    tanh = lesson.network.layers[0][0].activation == "tanh"
    learner.says("0.721" if tanh else "0.91")
    assert learner.turn.attempts[0].verdict is Kind.CARRIED_FORWARD
    assert learner.outcome(first) is Outcome.SOLVED


@pytest.mark.parametrize(
    "helps", [["skip"], ["hint"] * 4 + ["skip"], ["/picture", "/sheet", "skip"]]
)
@pytest.mark.parametrize("begin", [own_network])
def test_no_open_answer_is_given_away(begin: Callable[[], Learner], helps: list[str]) -> None:
    """Until a doubted number has been returned to, nothing says what it was to be."""
    learner = begin()
    first, right = learner.state.hand.step, value(learner, "H1.sum")
    following = value(learner, "O.sum")
    learner.says("0.91").says("keep it")
    steps = 0
    while learner.state.hand.step != first:
        for text in helps:
            learner.says(text)
            if learner.state.hand.step != first or text != helps[-1]:
                assert right not in learner.told
                assert following not in learner.told
        steps += 1
    assert steps > 3
    assert right in learner.says("skip").told


def test_a_mistake_made_with_the_open_number_is_not_spelt_out() -> None:
    """The right H1 times the wrong weight at O's sum is not told as such: it is to be found."""
    learner, right = at_the_sum_with(0.11), NEW["H1.sum"].value
    for text in (f"{right * NEW.given['wO2']:.4f}", "hint", typed("{H1.sum}", NEW)):
        assert typed("{H1.sum} ×", NEW) not in learner.says(text).told
    assert typed("0.11 × {wO2}") in learner.says(f"{0.11 * NEW.given['wO2']:.3f}").told


def test_a_decimal_point_is_looked_for_in_the_number_that_is_asked() -> None:
    """From the kept sum the digits are right; those of the number to find are not told so."""
    learner = at_the_sum_with(0.11)
    assert "decimal point" not in learner.says(f"{100 * NEW['O.sum'].value:g}").told
    moved = f"{100 * 0.11 * NEW.given['wO1']:g}"
    assert f"the digits of {moved} are right" in learner.says(moved).told


def at_the_sum_with(own: float) -> Learner:
    """A learner at the sum of the new example's output, who has kept a number for H1."""
    learner = at("n_h1_sum")
    for text in (f"{own}", "keep it", f"{own}", "{H2.sum}", "{H2.activation}"):
        learner.says(typed(text, NEW))
    return learner


def test_a_kept_number_counts_within_its_own_example_only() -> None:
    """In a set of several problems the next one is asked in its own numbers."""
    set_ = practice_set("weighted_sum", 1, "two", 8)
    lesson = book_for(MACHINE.book, set_).lesson
    learner = Learner(State(LESSON.id).into(set_, lesson.places[0].id))
    second = next(p for p in lesson.places if p.section is lesson.sections[1])
    for _ in range(20):
        if learner.state.hand.step == second.id:
            break
        learner.says("0.917").says("keep it")
    assert learner.state.hand.step == second.id
    trace = lesson.trace(second)
    learner.says(trace[getattr(second.step, "quantity", "")].text)
    assert learner.turn.attempts[0].verdict is Kind.CORRECT


def test_a_kept_number_is_not_mastered() -> None:
    """Kept and left, or kept and then set right, it counts as wrong for the skill."""
    set_ = practice_set("weighted_sum", 1, "two", 8)
    lesson = book_for(MACHINE.book, set_).lesson
    start = State(LESSON.id).into(set_, lesson.places[0].id)
    shown = Learner(start).says("skip").says("/stop").state.learner.knowledge
    kept = Learner(start).says("0.917").says("keep it").says("/stop").state.learner.knowledge
    wrong = Learner(start).says("0.917").says("skip").says("/stop").state.learner.knowledge
    assert kept == wrong != shown


FORWARD = (
    "H1 = {H1.activation}, H2 = {H2.activation}, O = {O.sum}, p = {O.activation}, loss = {loss}"
)


def test_a_sum_that_was_not_asked_counts_for_nothing() -> None:
    """Who gives a doubted H1 has not missed H1's sum: right at the first try, it is solved so."""
    learner = at("n_h1_sum").says(typed(FORWARD, NEW, {"H1.sum": 0.5}))
    assert learner.state.hand.step == "n_h1_sum"
    learner.says(typed("{H1.sum}", NEW))
    asked = learner.state.records["n_h1_sum"]
    assert (asked.tries, asked.outcome) == (1, Outcome.SOLVED)
    assert learner.state.hand.step == "n_h1"
    assert learner.says(typed("{H1.sum}", NEW)).state.records["n_h1"].tries == 2


def test_the_sum_and_the_prediction_are_two_numbers() -> None:
    """Where O and p are both given, O is the output's sum."""
    learner = at("n_h1_sum").says(typed(FORWARD.rpartition(",")[0], NEW, {"O.sum": 0.08}))
    assert learner.state.records["n_o_sum"].typed == "0.08"
    assert (learner.outcome("n_o_sum"), learner.outcome("n_p")) == (Outcome.KEPT, Outcome.SOLVED)


def test_beginning_again_forgets_kept_numbers() -> None:
    """After a restart no number of the last time through counts."""
    learner = at("t_w11").says(typed(FILLED["in any order"])).says("/restart").says("yes")
    assert learner.state.records == {}


def test_a_direction_follows_from_a_gradient_kept_twice() -> None:
    """Right from the kept gradient, a direction is credited, and the other one is named."""
    learner = whole_step()
    lesson = book_for(MACHINE.book, learner.state.lesson).lesson
    places = {getattr(p.step, "quantity", ""): p for p in lesson.places}
    way = next(p for p in lesson.places if p.step.kind == "direction")
    name = getattr(way.step, "quantity", "").removesuffix("direction") + "gradient"
    trace = lesson.trace(way)
    own = 0.5 if trace[name].value < 0 else -0.5
    done = {
        p.id: Record(Outcome.SOLVED, "x", None) for p in lesson.places[: lesson.places.index(way)]
    }
    done[places[name].id] = Record(Outcome.KEPT, str(own), own, returned=True)
    learner.state = learner.state.but(step=way.id, records=done)
    learner.says("up" if own < 0 else "down")
    assert learner.outcome(way.id) is Outcome.SOLVED
    assert MACHINE.book.chat.directions[trace[f"{name[:-8]}direction"].text] in learner.told


def test_a_value_that_nothing_asks_is_said_to_be_unasked() -> None:
    """Only a value that has a step on the learner's way is said to have one."""
    learner = at("h1_sum").says(typed("p = {O.activation}"))
    assert "a step of its own" in learner.told
    assert "a step of its own" not in learner.says(typed("w21.updated = {wO2}")).told


def test_a_card_takes_values_and_is_not_skipped_by_anything_else() -> None:
    """At the card before the new example values are judged; words leave the card where it is."""
    learner = at("n_start").says("gibberish 1 2 3")
    assert learner.state.hand.step == "n_start"
    assert (
        learner.says(typed("H1 = {H1.sum}, H2 = {H2.activation}", NEW)).state.hand.step == "n_o_sum"
    )


ENTROPY = "x = 0.4\nO sigmoid 0.5\ntarget 1\nloss cross_entropy"


def at_prediction() -> Learner:
    """A learner at the prediction of a network of their own, whose loss has logarithms."""
    learner = Learner(State.of(LESSON.id, LESSON.places[0].id)).says("/network").says(ENTROPY)
    return learner.says("next").says("0.2")


EVERY_HELP = ("77", "78", "79", *["/hint"] * 6, "/picture", "/sheet", "in pieces", "/hint", "skip")


@pytest.mark.parametrize("typed", ["0", "-1", "2"])
def test_a_number_that_nothing_can_be_worked_from_is_not_kept(typed: str) -> None:
    """There is no logarithm of such a prediction: it is said so, and the number stays asked."""
    learner = at_prediction().says(typed)
    step = learner.state.hand.step
    learner.says("keep it")
    assert (learner.state.hand.step, learner.outcome(step)) == (step, None)
    assert typed.replace("-", "−") in learner.told
    assert learner.says("0.55").outcome(step) is Outcome.SOLVED


def test_nor_is_it_among_several_values() -> None:
    """A message that names it among others leaves it open, as a try; the others count."""
    learner = Learner(State.of(LESSON.id, LESSON.places[0].id)).says("/network").says(ENTROPY)
    learner.says("next")
    total = learner.state.hand.step
    learner.says("O = 0.2\np = 0")
    prediction = learner.state.hand.step
    assert learner.outcome(total) is Outcome.SOLVED
    assert (prediction, learner.outcome(prediction)) == (total.replace("_1", "_2"), None)
    assert learner.turn.attempts[0].verdict is Kind.CORRECT
    assert learner.says("0.55").outcome(prediction) is Outcome.SOLVED


@pytest.mark.parametrize("kept", [("0", 0.0), ("2", 2.0), ("1", 1.0)], ids=lambda it: it[0])
def test_one_kept_before_holds_nobody_up(kept: tuple[str, float]) -> None:
    """A stored state with such a number goes on in the tutor's; every help is there."""
    learner = at_prediction()
    step = learner.state.hand.step
    records = dict(learner.state.records) | {step: Record(Outcome.KEPT, *kept, returned=True)}
    learner.state = learner.state.but(step=step.replace("_2", "_3"), records=records)
    for text in EVERY_HELP:
        learner.says(text)
        assert learner.told
    assert learner.says("/back").told


def test_a_number_rounded_to_where_nothing_follows_holds_nobody_up() -> None:
    """From a kept sum of 9 the prediction is 1.000, which is right but has no ln(1 − p)."""
    learner = at_prediction()
    total = learner.state.hand.step.replace("_2", "_1")
    records = {**learner.state.records, total: Record(Outcome.KEPT, "9", 9.0, returned=True)}
    learner.state = learner.state.but(records=records)
    step = learner.state.hand.step
    assert learner.says("1.000").outcome(step) is Outcome.SOLVED
    for text in EVERY_HELP:
        assert learner.says(text).told


def test_looking_back_shows_no_number_nobody_typed() -> None:
    """A sum that is in doubt only because what it leads to is: nothing is said to be kept."""
    learner = at("n_h1_sum").says(typed("H1 = 0.5, H2 = {H2.activation}", NEW))
    assert learner.outcome("n_h1_sum") is Outcome.KEPT
    kept = MACHINE.book.chat.say["recap_kept"].partition("{")[0]
    for _ in range(3):
        learner.says("/back")
    assert f"{kept}0.5" in learner.told
    learner.says("/back")
    assert str(getattr(LESSON["n_h1_sum"].step, "ask", None)) in learner.told
    assert kept not in learner.told
