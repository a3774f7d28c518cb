"""What an author may say of a step: numbers meant, decimals, formulas, hints, several right."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dialogue.machine import Machine
from content.errors import ContentError
from content.library import Library
from content.loader import load
from content.models import NumberStep
from engine.decimals import number_text
from engine.diagnosis import Kind, Verdict, diagnose
from engine.lookup import PLACES, lines, printed
from engine.spoken import read_answer
from engine.trace import Trace
from tests.content.tea import SUM, lesson
from tests.transcripts.play import played


def problem(folder: Path, steps: str, frame: str = "", rest: str = "") -> str:
    """What an author is told, without the file."""
    with pytest.raises(ContentError) as caught:
        lesson(folder, steps, frame, rest)
    return "\n".join(str(one).partition(": ")[2] for one in caught.value.problems)


def trace_of(folder: Path, steps: str) -> Trace:
    """The trace of the first step."""
    book = lesson(folder, steps)
    return book.lesson.trace(book.lesson.places[0])


def judged(trace: Trace, name: str, typed: str) -> Verdict:
    """What an answer is."""
    return diagnose(trace, name, read_answer(trace, name, typed))


def chat(folder: Path, steps: str, *said: str, frame: str = "", rest: str = "") -> str:
    """What comes of a chat in the lesson."""
    lesson(folder, steps, frame, rest)
    tutor = Machine(Library(further=[folder / "tea"]))
    lines = ("/start lesson_tea", *said)
    return played("\n\n".join(f"you | {line}" for line in lines) + "\n", tutor)


def asked(text: str) -> str:
    """A step whose question is a text."""
    return SUM.replace("What is the sum?", text)


def test_a_typed_number_can_be_meant(tmp_path: Path) -> None:
    """What a slot says is meant is shown as it stands, with a true minus; else it is an error."""
    text = "Below {= 0.7} or {= -0.50}?"
    book = lesson(tmp_path, asked(text))
    place = book.lesson["tea_sum"]
    assert isinstance(place.step, NumberStep)
    assert book.fill(place.step.ask, book.lesson.trace(place)) == "Below 0.7 or −0.50?"
    assert problem(tmp_path, asked("Below 0.7?")) == (
        "step 'tea_sum'.ask: 0.7 is typed; the engine knows it: write {x1}, or {= 0.7} if not"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{= x1}", "'= x1' is no number: what is meant as it stands is {= 0.5}"),
        ("{= 0.5:fine}", "'= 0.5' is shown as it stands: it has no fine"),
    ],
)
def test_only_a_number_can_be_meant(text: str, told: str, tmp_path: Path) -> None:
    """A name, or a view, after the sign is an author's mistake."""
    assert problem(tmp_path, asked(text)) == f"step 'tea_sum'.ask: {told}"


def activation(extra: str = "") -> str:
    """A step that asks for the output."""
    return SUM.replace("O.sum", "O.activation") + extra


def test_a_step_says_how_many_decimals_it_wants(tmp_path: Path) -> None:
    """With fewer decimals, coarser answers are right; with more, they are too coarse."""
    usual = trace_of(tmp_path, activation())["O.activation"]
    coarse, fine = (
        trace_of(tmp_path, activation(f"decimals = {count}\n")) for count in (2, usual.places + 2)
    )
    assert coarse["O.activation"].places == 2
    assert fine["O.activation"].places == usual.places + 2
    typed = coarse["O.activation"].text
    assert judged(coarse, "O.activation", typed).kind is Kind.CORRECT
    assert judged(fine, "O.activation", typed).kind is Kind.IMPRECISE


def test_later_steps_go_on_from_the_decimals_that_were_asked(tmp_path: Path) -> None:
    """Who was asked for one decimal may square an error worked from that one decimal."""
    steps = activation("decimals = 1\n")
    coarse, usual = trace_of(tmp_path, steps), trace_of(tmp_path, activation())
    low, high = coarse.held["loss"]
    least, most = usual.held["loss"]
    assert low <= least <= most <= high
    from_one_decimal = (0.8 - float(coarse["O.activation"].text)) ** 2
    assert low <= from_one_decimal <= high
    assert not least <= from_one_decimal <= most


def test_a_step_says_how_far_an_answer_may_be_off(tmp_path: Path) -> None:
    """Within the tolerance a number is right, beyond it it is not."""
    trace = trace_of(tmp_path, SUM + "tolerance = 0.05\n")
    right = trace["O.sum"].value
    for off, is_right in ((0.04, True), (-0.05, True), (0.06, False), (-0.06, False)):
        assert judged(trace, "O.sum", f"{right + off:.4f}").is_right is is_right


def test_how_near_is_near_enough_is_said(tmp_path: Path) -> None:
    """Instead of the decimals, the question tells how far an answer may be off."""
    for extra, said in (
        ("tolerance = 0.05\n", "Within 0.05 is near enough."),
        ("", "To 3 decimals."),
    ):
        assert f"What is the sum? {said}" in chat(tmp_path, activation(extra))


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (
            SUM + "decimals = 12\n",
            "step[0].decimals: Input should be less than or equal to 9, not 12",
        ),
        (SUM + "decimals = 0\n", "step 'tea_sum'.decimals: 0 decimals leave nothing of −0.13"),
        (
            SUM + "tolerance = -1\n",
            "step[0].tolerance: Input should be greater than or equal to 0, not -1",
        ),
        (
            SUM + "decimals = 1\n" + SUM.replace("tea_sum", "tea_again") + "decimals = 2\n",
            "step 'tea_again'.decimals: 'O.sum' is asked for otherwise at another step",
        ),
    ],
)
def test_decimals_that_cannot_be_are_refused(steps: str, told: str, tmp_path: Path) -> None:
    """Each mistake is named with its place."""
    assert problem(tmp_path, steps) == told


FORMULA = """
[[step]]
kind = "number"
id = "tea_error"
formula = "target - O.activation"
label = "error"
ask = '''
How far is it off?
{tea_error:formula}'''
"""


def test_a_number_that_is_no_quantity_can_be_asked(tmp_path: Path) -> None:
    """An author's formula has its value, working, rounding and mistakes worked out like any."""
    trace = trace_of(tmp_path, FORMULA)
    own = trace["tea_error"]
    assert own.value == trace.values["target"] - trace.values["O.activation"]
    assert trace.formula("tea_error") == "target − p"
    assert trace.symbol("tea_error") == "error"
    assert judged(trace, "tea_error", own.text).kind is Kind.CORRECT
    turned = judged(trace, "tea_error", f"-{own.text}")
    assert [made.id for made in turned.candidates[0].mistakes] == ["reversed_difference"]


def test_a_formula_of_an_author_is_answered_like_any_step(tmp_path: Path) -> None:
    """Its heading, its hints, what is said of a mistake, its working, and later slots."""
    later = asked("The error was {tea_error}.")
    trace = trace_of(tmp_path, FORMULA + later)
    error = trace["tea_error"].text
    text = chat(tmp_path, FORMULA + later, "hint", "hint", "hint", f"-{error}", error)
    assert "Step 1 of 2 · error" in text
    assert f"0.8 − {trace['O.activation'].text} = ▢" in text
    assert "the other way round" in text
    assert f"The error was {error}." in text


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("target - p", "cannot be read at 'p': it has ids, numbers, + − × / ^ and brackets"),
        ("x1 = x2", "cannot be read at 'x1 = x2': it has ids, numbers, + − × / ^ and brackets"),
        ("target", "has nothing to work out: ask for a quantity by its id"),
        ("1 / (x1 - x1)", "comes to no number"),
        ("10^300 * 10^300", "comes to no number"),
    ],
)
def test_a_formula_that_cannot_be_is_refused(formula: str, told: str, tmp_path: Path) -> None:
    """What cannot be read, worked out or asked is an author's mistake."""
    first = problem(tmp_path, FORMULA.replace("target - O.activation", formula)).splitlines()[0]
    assert first == f"step 'tea_error'.formula: {told}"


def test_a_formula_is_no_quantity_there_is(tmp_path: Path) -> None:
    """The id of its step may not be that of another number."""
    steps = FORMULA.replace('id = "tea_error"', 'id = "w1"').replace("{tea_error:formula}", "")
    told = "step 'w1'.formula: 'w1' is a quantity already: give the step another id"
    assert problem(tmp_path, steps).splitlines()[0] == told


def test_a_step_asks_for_one_thing(tmp_path: Path) -> None:
    """A quantity, or a formula with what it is called."""
    both = problem(tmp_path, FORMULA + 'quantity = "O.sum"\n')
    assert "asks for a quantity, or for a formula, not for both" in both
    without = problem(tmp_path, FORMULA.replace('label = "error"\n', ""))
    assert "a formula needs a label: what it is called" in without


HINTS = """
look = "Begin with {x1}."
rule = "Look at {formula}."
gap = "Nearly: {gap}"
worked = "There it is: {working}"
"""


def test_hints_may_be_the_authors_own_at_every_rung(tmp_path: Path) -> None:
    """Each rung that an author words is said instead of the usual one, with its slots filled."""
    text = chat(tmp_path, SUM + HINTS, *["hint"] * 4)
    for said in ("Begin with 0.7.", "Look at x1 × w1", "Nearly: 0.7 × (−0.5)", "There it is: 0.7"):
        assert said in text


def test_no_hint_but_the_last_shows_the_answer(tmp_path: Path) -> None:
    """A hint with the number in it gives away what is asked."""
    told = "step 'tea_sum'.{}: {{}} is the answer: the hint may not show it"
    for rung, shown in (("look", "{O.sum}"), ("rule", "{working}"), ("gap", "{O.sum:lines}")):
        steps = SUM + f'{rung} = "It is {shown}."\n'
        assert problem(tmp_path, steps) == told.format(rung).replace("{}", shown)


CHOICE = """
[[step]]
kind = "choice"
id = "tea_signs"
label = "what pulls it down"
several = true
ask = "What pulls the sum below 0?"
look = "Which of them are below 0?"
rule = "What is below 0 pulls down."
gap = "Not the bias."

[[step.options]]
id = "first"
label = "The first product"
right_if = [["w1.product", "<", "0"]]
reply = "It is {w1.product}."

[[step.options]]
id = "weight"
label = "The first weight"
right_if = [["w1", "<", "0"]]
reply = "It is {w1}."

[[step.options]]
id = "bias"
label = "The bias"
right_if = [["O.bias", "<", "0"]]
reply = "It is {O.bias}."
"""


def test_any_of_several_right_options_is_right(tmp_path: Path) -> None:
    """The one that is picked is confirmed, and the others that are right are named too."""
    for picked, other in (("first product", "first weight"), ("first weight", "first product")):
        text = chat(tmp_path, CHOICE, f"The {picked}")
        assert f"✓ The {picked}." in text
        assert f"Right too: The {other}." in text
    assert "Not quite" in chat(tmp_path, CHOICE, "The bias")


def test_the_hints_of_a_choice_may_be_its_own(tmp_path: Path) -> None:
    """The third hint is the author's instead of an option struck out."""
    assert "Not the bias." in chat(tmp_path, CHOICE, *["hint"] * 3)


def test_several_right_options_must_be_meant(tmp_path: Path) -> None:
    """Without `several` one is right, and with it some are wrong."""
    assert problem(tmp_path, CHOICE.replace("several = true\n", "")) == (
        "step 'tea_signs'.options: needs exactly one right option; right now: first, weight"
    )
    assert problem(tmp_path, CHOICE.replace('["O.bias", "<"', '["O.bias", ">"')) == (
        "step 'tea_signs'.options: needs right options and wrong ones; right now: all"
    )


GLOSSARY = """
[glossary.tannin]
words = ["tannin", "tannins"]
title = "Tannin"
text = "What makes tea bitter: {x1} of this cup."

[glossary.relu]
words = ["relu"]
title = "ReLU, here"
text = "No neuron of this lesson has one."
"""


def test_a_lesson_explains_words_of_its_own(tmp_path: Path) -> None:
    """They are found by any of their forms, go before the shared ones, and are listed."""
    text = chat(tmp_path, SUM, "what are tannins?", "what is relu?", "words", rest=GLOSSARY)
    assert "What makes tea bitter: 0.7 of this cup." in text
    assert "No neuron of this lesson has one." in text
    assert "max(0, z)" not in text
    assert "Tannin, ReLU, here, " in text


def test_the_words_of_a_lesson_are_known_in_it_alone(tmp_path: Path) -> None:
    """Another lesson's learner is told of the shared ones."""
    book = lesson(tmp_path, SUM, rest=GLOSSARY)
    assert book.term("tannin") is not None
    other = book.with_lesson("bn")
    assert other.term("tannin") is None
    assert (found := other.term("relu")) is not None
    assert found.title == "ReLU"


@pytest.mark.parametrize("word", ["tanh", "softmax", "cross-entropy", "cross entropy", "ln"])
def test_what_the_functions_of_a_lesson_are_called_is_explained(word: str) -> None:
    """Each function that a lesson asks for is in the glossary."""
    assert load().term(word) is not None


LOGARITHM = """
[[step]]
kind = "number"
id = "tea_ln"
formula = "-ln(O.activation)"
label = "surprise"
lookup_table = true
ask = "How surprised is it?"
"""


def test_where_a_logarithm_is_asked_its_table_is_at_hand(tmp_path: Path) -> None:
    """The button shows the table of the function in the formula."""
    text = chat(tmp_path, LOGARITHM, "[📋 Table]")
    assert "ln, to four decimals" in text
    for line in lines("ln"):
        assert number_text(printed("ln", line), PLACES) in text


def test_a_table_has_the_name_it_had(tmp_path: Path) -> None:
    """Lessons that were written before say `sigmoid_table`."""
    book = lesson(tmp_path, activation("sigmoid_table = true\n"))
    step = book.lesson["tea_sum"].step
    assert isinstance(step, NumberStep)
    assert step.lookup_table


SLOPE = """
[[step]]
kind = "explore"
id = "tea_explore"
weight = "w2"
ask = "Move w2."

[[step]]
kind = "number"
id = "tea_slope"
quantity = "w2.slope"
tolerance = 0.1
ask = "How steep is it?"
"""


def test_a_slope_found_by_trying_may_be_near_enough(tmp_path: Path) -> None:
    """What a nudge brings is asked for as finely as its step says, too."""
    book = lesson(tmp_path, SLOPE)
    trace = book.lesson.trace(book.lesson["tea_slope"])
    right = trace["w2.slope"].value
    assert judged(trace, "w2.slope", f"{right + 0.09:.4f}").is_right
    assert not judged(trace, "w2.slope", f"{right + 0.11:.4f}").is_right
