"""The sheet prints no false equation: what it says is equal is so, to the digits written."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

import orjson
import pytest

from bot.dialogue.effects import Show
from bot.dialogue.generated_lessons import book_for, practice_set
from bot.dialogue.sheet import sheets, tidied
from bot.dialogue.state import Outcome, Record, State
from bot.pictures.requests import OWN_SIGN, SHOWN_SIGN, Diagram, Sheet, Working
from bot.storage.codec import dump, load
from content.lesson import Lesson
from content.models import NumberStep
from engine.decimals import number_text
from engine.practice import FULL_TRACE
from engine.spoken import spoken
from engine.trace import Trace
from tests.bot.dialogue.learner import LESSON, MACHINE, Learner, at, own_network
from tests.fakes.words import LABELS
from tests.lesson import NEW, WORKED, typed

BOOK = MACHINE.book
_SPELT = {
    "×": "*", "·": "*", "−": "-", "²": "**2", "³": "**3", "^": "**", "ReLU": "relu", "′": "_slope",
}  # fmt: skip
_PLAIN = re.compile(r"-?\d*\.?\d+")
FUNCTIONS = {
    "relu": lambda z: max(z, 0.0),
    "relu_slope": lambda z: float(z > 0),
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "tanh": math.tanh,
    "ln": math.log,
    "max": max,
    "e": math.e,
}


def side(text: str, names: Mapping[str, float]) -> tuple[float, int | None] | None:
    """What one side of an equation comes to, and its decimals where it is one number."""
    if text in names:
        return names[text], None
    for written, plain in _SPELT.items():
        text = text.replace(written, plain)
    text = re.sub(r"(?<=\d),(?=\d)", ".", text)
    known = {re.sub(r"\W", "_", name): value for name, value in names.items()}
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, re.sub(r"\W", "_", name)) if re.search(r"[( ]", name) else text
    try:
        value = float(eval(text, {"__builtins__": {}}, {**known, **FUNCTIONS}))
    except (SyntaxError, NameError, TypeError):
        return None
    number = _PLAIN.fullmatch(text)
    return value, len(text.partition(".")[2]) if number else None


def untrue(lines: tuple[str, ...], names: Mapping[str, float]) -> list[str]:
    """The equations in some lines that do not hold, or cannot be checked."""
    found, before = list[str](), ""
    for line in lines:
        said = line.replace(SHOWN_SIGN, "").replace(OWN_SIGN, "").strip()
        parts = [part.strip() for part in re.split("[=≈]", said)]
        if len(parts) > 1 and not parts[0]:
            parts[0] = before  # it goes on from the line above
        values = [side(part, names) for part in parts] if len(parts) > 1 else []
        for left, right in pairwise(values):
            places = [one[1] for one in (left, right) if one and one[1]]
            slack = 0.5 * 10.0 ** -min(places) if places else 1e-5 if "≈" in line else 0.0
            if left is None or right is None or abs(left[0] - right[0]) > slack + 1e-9:
                found.append(line)
        before = parts[-1]
    return found


def named(trace: Trace) -> dict[str, float]:
    """The right value of every name that may stand on the page."""
    names = {name: trace.values[id_] for name, id_ in spoken(trace).items()}
    return names | {trace.symbol(id_): value for id_, value in trace.values.items()}


def page(state: State) -> Sheet | None:
    """The sheet of a state."""
    shown = sheets(book_for(BOOK, state.lesson), state)
    assert all(isinstance(one.picture, Sheet) for one in shown)
    return shown[-1].picture if shown and isinstance(shown[-1].picture, Sheet) else None


def falsehoods(state: State) -> list[str]:
    """Every untrue line of a state's sheet, each in its own example's names."""
    lesson, found = book_for(BOOK, state.lesson).lesson, list[str]()
    sheet = page(state)
    if sheet is None:
        return []
    for working in sheet.workings:
        traces = lesson.traces
        every: list[list[str]] = [untrue(working.lines, named(one)) for one in traces]
        fewest: list[str] = min(every, key=len)
        found += fewest
        assert not re.search("try|hint", " ".join((working.heading, *working.lines)), re.IGNORECASE)
    return found


def test_the_judge_of_equations_is_none_too_mild() -> None:
    """It finds the line that was printed, and the like."""
    names = named(LESSON.trace(LESSON["n_o_sum"]))
    work = NEW.substituted("O.sum")
    for line in (
        f"{work} = 0.048 ‡ {{O.sum}}",
        f"{work} = 0.048",
        "sum(O) = {O.activation}",
        "0.6 × 0.4 = 0.24 − 0.21 = 0.03",
        "H1 = 0.3",
    ):
        assert untrue((typed(line, NEW),), names), line
    for lines in (
        (f"{work} = {{O.sum}}",),
        ("sum(O) = {O.sum} †",),
        ("sigmoid(0.03)", "≈ 0.5075"),
        ("0.507² = 0,257",),
        ("H1 = {x1}×{w11} + {x2}×{w12} = {H1.sum}",),
    ):
        assert untrue(tuple(typed(line, NEW) for line in lines), names) == [], lines


def test_a_kept_number_is_not_joined_to_the_right_working() -> None:
    """As it was: H1's sum kept wrong, what followed from it carried forward, then H1 set right."""
    learner = at("n_h1_sum")
    own = {"H1.sum": 0.08}
    numbers = (
        "{H1.activation}",
        "{H2.sum}",
        "{H2.activation}",
        "{O.sum}",
        "{O.activation}",
        "{loss}",
    )
    for text in ("{H1.sum}", "keep it", *numbers):
        learner.says(typed(text, NEW, own))
    assert learner.state.hand.step == "n_h1_sum"
    assert falsehoods(learner.state) == []
    learner.says(typed("{H1.sum}", NEW))
    assert falsehoods(learner.state) == []
    sheet = page(learner.state)
    assert sheet is not None
    lines = [line for one in sheet.workings for line in one.lines]
    assert f"{typed('{O.sum}', NEW, own)} {OWN_SIGN}" in lines
    assert f"{NEW.substituted('O.sum')} = {NEW['O.sum'].text}" in lines


CASES = {
    "a slip on the way": "{x1}*{w11} = 0.25\n{x2}*{w12} = {w12.product}\nz1 = {H1.sum}",
    "equals signs run on": "{x1}*{w11} = {w11.product} + {x2}*{w12} = {H1.sum}",
    "another label": "H1 = {x1}*{w11} + {x2}*{w12} = {H1.sum}",
    "sound": "{x1}*{w11} + {x2}*{w12} = {w11.product} + {w12.product} = {H1.sum}",
    "in names": "x1*w11 + x2*w12 = {H1.sum}",
}


@pytest.mark.parametrize("case", CASES)
def test_own_working_stands_only_where_it_holds(case: str) -> None:
    """Else the formula with its numbers stands before the learner's result."""
    answer, right = typed(CASES[case]), WORKED["H1.sum"]
    record = Record(Outcome.SOLVED, answer, right.value)
    state = State.of(LESSON.id, "h1_relu", records={"h1_sum": record})
    assert falsehoods(state) == []
    sheet = page(state)
    assert sheet is not None
    assert sheet.workings[-1].lines[-1].endswith(f"= {right.text}")
    if case not in ("a slip on the way", "equals signs run on"):
        assert sheet.workings[-1].lines == tidied(answer)


@pytest.mark.parametrize("places", [2, 3, 4, 5, 6])
def test_a_number_from_unrounded_ones_is_not_joined_to_rounded_ones(places: int) -> None:
    """(1 − 0.563)² is 0.190969, whatever the loss is with more digits."""
    value = round(WORKED["loss"].value, places)
    records = {"loss": Record(Outcome.SOLVED, f"{value}".replace(".", ","), value)}
    assert falsehoods(State.of(LESSON.id, "low_or_high", records=records)) == []


def tries(trace: Trace, name: str, dice: random.Random) -> Iterator[str]:
    """What somebody may type at a step: right or wrong, bare or worked, in many ways."""
    quantity = trace[name]
    value = quantity.value
    wrong = number_text(value + dice.choice([0.02, -0.3, 1.5]), 2)
    right = dice.choice([quantity.text, number_text(value, quantity.places + 2), f"{value:.9f}"])
    formula = dice.choice([trace.substituted(name), trace.formula(name)])
    yield dice.choice([right, wrong, wrong, f"{formula} = {wrong}", f"{formula} = {right}"])
    yield dice.choice(["keep it", "skip", wrong, f"{trace.symbol(name)} = {wrong}"])
    yield dice.choice(["keep it", f"{formula} = 0.1 + {wrong} = {right}", right])
    yield "skip"


def practised_set(skill: str) -> Learner:
    """A learner at the beginning of a practice set."""
    set_ = practice_set(skill, 2, "sheet", 4)
    first = book_for(BOOK, set_).lesson.places[0].id
    return Learner(State(LESSON.id).into(set_, first))


BEGINNINGS: dict[str, Callable[[], Learner]] = {
    "worked example": lambda: at("h1_sum"),
    "table": lambda: at("t_w11"),
    "new example": lambda: at("n_h1_sum"),
    "own network": own_network,
    "whole step": lambda: practised_set(FULL_TRACE),
    "practice": lambda: practised_set("loss"),
}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("begin", BEGINNINGS)
def test_every_equation_on_a_sheet_holds(begin: str, seed: int) -> None:
    """Whatever was typed, kept, carried forward, shown: at every step of the way."""
    dice, learner = random.Random(f"{begin}{seed}"), BEGINNINGS[begin]()
    checked = 0
    for _ in range(25):
        lesson: Lesson = book_for(BOOK, learner.state.lesson).lesson
        if learner.state.hand.step not in lesson:
            break
        place = lesson[learner.state.hand.step]
        if not isinstance(place.step, NumberStep):
            learner.says(dice.choice(["skip", "next", "no"]))
            learner.says("skip")
            continue
        for text in tries(lesson.trace(place), place.step.quantity, dice):
            if learner.state.hand.step == place.id:
                learner.says(text)
        assert falsehoods(learner.state) == []
        checked += 1
    assert checked > 2


def test_what_is_left_out_of_a_long_line_leaves_no_half_equation() -> None:
    """A line too long for its place ends behind an equals sign."""
    long = " + ".join(["0.6 × 0.4"] * 25) + " = " + " + ".join(["0.24"] * 60) + " = 14.4"
    (cut,) = tidied(long)
    assert cut.endswith("=…")


def test_a_sheet_that_waits_to_be_sent_since_before_is_still_sent() -> None:
    """Counts of tries that an older version stored in the outbox are passed over."""
    show = Show(Sheet(Diagram(LESSON.network, labels=LABELS), (Working("H1", ("0.03",)),)), "Yours")
    stored = orjson.loads(dump(show))
    stored["picture"]["workings"][0]["how"] = "try 5, hints 3"
    stored["picture"]["diagram"]["labels"] |= {"tried": "try {count}", "hinted": "hints {count}"}
    assert load(orjson.dumps(stored).decode()) == show
