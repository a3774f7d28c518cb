"""The texts for the sentences about mistakes: complete, short, and never the answer."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.diagnosis import Diagnoser, Verdict, gives_away, slots
from engine.diagnosis.slots import LONGEST, SLOTS
from engine.network import NetworkError
from engine.reading import read
from engine.trace import Trace
from tests.engine.judging import verdict
from tests.engine.networks import random_case, traced

WORDS = tomllib.loads(
    (Path(__file__).parents[2] / "content" / "en" / "mistakes.toml").read_text(encoding="utf-8")
)


def sentence(found: Verdict, trace: Trace, part: str = "text") -> str:
    """The sentence about the first mistake of a verdict."""
    template: str = WORDS["mistakes"][found.candidates[0].mistakes[0].id][part]
    return template.format(**slots(found, trace))


def test_the_sentence_of_the_design() -> None:
    """Word for word what the design's sample chat says."""
    assert sentence(verdict("worked", "H1.sum", "0.45"), traced("worked")) == (
        "Not yet. 0.45 is what comes out when w12 counts as +0.3. "
        "Look at the sign of w12 once more: what is 0.7 × (−0.3)?"
    )


def test_the_part_that_went_wrong_is_named_even_if_it_is_one_number() -> None:
    """A bias with the wrong sign: the sentence speaks of the bias alone, not of the sum."""
    assert sentence(verdict("deep", "A1.sum", "0.0400"), traced("deep")) == (
        "Not yet. 0.0400 is what comes out when 0.1 gets the opposite sign. "
        "Is 0.1 above or below zero?"
    )


def test_a_slip_is_told_with_what_was_written() -> None:
    """The slots of a slip are the learner's own operation and result."""
    found = verdict("worked", "H1.sum", "0.24 - 0.21 = 0.3")
    texts = slots(found, traced("worked"))
    assert (texts["operation"], texts["written"], texts["place"]) == ("0.24 − 0.21", "0.3", "H1")


def test_a_carried_value_is_named_as_formulas_write_it() -> None:
    """The earlier step, the learner's value of it, and the right one."""
    found = verdict("worked", "O.sum", "0.504", {"H1.activation": 0.45})
    texts = slots(found, traced("worked"))
    said = texts["earlier"], texts["earlier_typed"], texts["earlier_right"]
    assert said == ("H1", "0.45", "0.03")


def test_an_ambiguous_answer_asks_in_symbols() -> None:
    """The separating question is a part of the formula."""
    found = verdict("new", "H1.sum", "-0.02")
    assert slots(found, traced("new"))["question"] == "x1 × w11"


def _all_said(trace: Trace) -> Iterator[tuple[Verdict, Trace]]:
    diagnoser = Diagnoser(trace)
    for quantity in trace:
        if quantity.kind == "direction":
            continue
        for prediction in diagnoser.predictions(quantity.id).singles:
            found = diagnoser.diagnose(quantity.id, read(f"{prediction.paths[0].value:.5f}"))
            if found.candidates:
                yield found, trace


def _networks() -> Iterator[Trace]:
    yield from (traced("worked"), traced("new"), traced("deep"))
    rng = random.Random(5)
    for _ in range(2):
        try:
            yield random_case(rng, most=3).traced()
        except NetworkError:
            continue


def test_every_sentence_is_short_and_keeps_the_answer_to_itself() -> None:
    """On any network: below 300 characters, and one that shows the answer has a plain stand-in."""
    for found, trace in (said for network in _networks() for said in _all_said(network)):
        text, plain = sentence(found, trace), sentence(found, trace, "plain")
        assert len(text) < 300, text
        assert len(plain) < 300, plain
        assert not gives_away(plain, found, trace), (found.quantity, plain)
        assert len(sentence(found, trace, "short")) < 90


def test_all_slots_are_always_there() -> None:
    """Whatever the verdict, every slot has a text, if an empty one."""
    for typed in ("0.03", "0.45", "0.777", "nonsense", "0.24-0.21=0.3", "-0.02"):
        assert set(slots(verdict("new", "H1.sum", typed), traced("new"))) == set(SLOTS)


@pytest.mark.parametrize("typed", ["1e300", "-1e-300", "0." + "3" * 60, "12345678901234567890"])
def test_a_long_number_is_cut_short(typed: str) -> None:
    """What was typed is repeated in a size that fits a sentence."""
    assert len(slots(verdict("worked", "H1.sum", typed), traced("worked"))["typed"]) < 20


def test_a_long_formula_is_written_with_its_name() -> None:
    """No slot is longer than a line of a phone."""
    case = random_case(random.Random(3), most=6)
    trace = case.traced()
    for quantity in trace:
        found = Diagnoser(trace).diagnose(quantity.id, read("0.777"))
        assert all(len(text) <= LONGEST for text in slots(found, trace).values())


def test_what_was_typed_is_said_back_as_it_was_typed() -> None:
    """A number with its zeros; work that ends in none as the work it is, never worked out."""
    trace = traced("worked")
    work = verdict("worked", "O.delta", "2*0.437*0.563*0.437")
    assert slots(work, trace)["typed"] == "2 × 0.437 × 0.563 × 0.437"
    assert slots(verdict("worked", "O.delta", "0.2150"), trace)["typed"] == "0.2150"
