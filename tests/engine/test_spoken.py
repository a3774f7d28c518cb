"""What the tutor writes for a quantity can be typed back, and means that quantity."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from importlib import resources

import pytest

from engine.diagnosis import Kind, diagnose
from engine.expression import Difference, Ref, refs
from engine.network import Network
from engine.reading import Reading, Unreadable, describe
from engine.spoken import read_answer, read_answers, spoken
from engine.trace import NAMES, Trace, trace
from tests.engine.networks import traced
from tests.lesson import BOOK

WORDS = BOOK.heard
CHAT = tomllib.loads(resources.files("content").joinpath("en/chat.toml").read_text("utf-8"))
TUTOR: Mapping[str, str] = {**NAMES, **CHAT["names"]}
"""The tutor's own patterns for names."""

PLAIN = traced("worked")
LESSON = trace(PLAIN.network, PLAIN.inputs, PLAIN.target, PLAIN.learning_rate, TUTOR)
BIASED = trace(
    Network.from_data(
        {
            "inputs": ["x1", "x2"],
            "layers": [
                [
                    {
                        "name": "H1",
                        "activation": "tanh",
                        "bias": 0.1,
                        "weights": {"w11": 0.4, "w12": -0.3},
                    }
                ],
                [
                    {"name": "O1", "activation": "sigmoid", "bias": 0.2, "weights": {"wO11": 0.6}},
                    {"name": "O2", "activation": "sigmoid", "bias": -0.3, "weights": {"wO21": 0.9}},
                ],
            ],
            "loss": "squared_error",
            "train_biases": True,
        }
    ),
    (0.6, 0.7),
    (1.0, 0.0),
    0.1,
    TUTOR,
)


def _read(of: Trace, typed: str, asked: str = "H1.sum") -> Reading:
    found = read_answer(of, asked, typed, words=WORDS)
    assert isinstance(found, Reading), (typed, found)
    return found


@pytest.mark.parametrize("of", [PLAIN, LESSON, BIASED], ids=["plain", "lesson", "biased"])
@pytest.mark.parametrize(
    "spelled",
    [
        str,
        str.lower,
        str.upper,
        lambda name: name.replace("(", " ").replace(")", ""),
        lambda name: name.replace("(", "( ").replace(")", " )"),
        lambda name: name.replace("(", " of ").replace(")", ""),
        lambda name: " ".join(reversed(name.replace("(", " ").replace(")", "").split())),
    ],
)
def test_every_symbol_can_be_typed_back(of: Trace, spelled: Callable[[str], str]) -> None:
    """In any case, with and without brackets and spaces, either way round; in work and as label."""
    for quantity in of:
        for id_ in refs(quantity.expression):
            typed = spelled(of.symbol(id_))
            reading = _read(of, f"2 * {typed}", quantity.id)
            assert reading.value == pytest.approx(2 * of.values[id_])
            assert Ref(id_) in (reading.answer.expression, *reading.answer.expression.factors)  # type: ignore[union-attr]
        label = _read(of, f"{spelled(of.symbol(quantity.id))} = 0.25").label
        assert label is not None
        assert spoken(of)[label] == quantity.id


@pytest.mark.parametrize("of", [PLAIN, LESSON, BIASED], ids=["plain", "lesson", "biased"])
def test_every_formula_can_be_typed_back(of: Trace) -> None:
    """The tutor's formula for a quantity, typed in where it is asked, is work with its value."""
    for quantity in of:
        if quantity.kind == "direction":
            continue
        found = _read(of, of.formula(quantity.id), quantity.id)
        assert found.value == pytest.approx(quantity.value)
        assert not found.answer.is_number


@pytest.mark.parametrize("of", [PLAIN, LESSON, BIASED], ids=["plain", "lesson", "biased"])
def test_the_name_of_what_is_asked_is_work_that_is_not_begun(of: Trace) -> None:
    """It is right as far as it goes, and no number."""
    for quantity in of:
        found = _read(of, of.symbol(quantity.id), quantity.id)
        assert found.answer.expression == Ref(quantity.id)
        assert not found.answer.is_number


@pytest.mark.parametrize(
    "work", ["{}", "{} + 0", "1/{}", "ln({})", "0.1 = 1 * {}", "{} = 0.1 = 2 * {}"]
)
def test_nothing_that_lies_ahead_can_be_read_out(work: str) -> None:
    """Names that the step does not build on have no value, not even in a refusal."""
    asked = "H1.sum"
    for id_ in LESSON.values.keys() - set(refs(LESSON[asked].expression)) - {asked}:
        typed = work.format(*[LESSON.symbol(id_)] * 2)
        found = read_answer(LESSON, asked, typed, words=WORDS)
        if isinstance(found, Reading):  # its neuron's name goes for the sum that is asked
            assert (id_, found.answer.expression) == ("H1.activation", Ref(asked))
        else:
            assert found.reason in ("only_a_name", "name_elsewhere")


def test_each_of_several_values_has_only_what_it_builds_on() -> None:
    """A label lends its own names to its work, and nothing of what comes later."""
    right = read_answers(LESSON, "z1 = x1*w11 = 0.24; H1 = max(0, z1) = 0.03", words=WORDS)
    assert isinstance(right, tuple)
    assert [[side.value for side in one.chain] for one in right] == [[0.24, 0.24], [0.03, 0.03]]
    named = read_answers(LESSON, "H1 = H1, H2=H2", words=WORDS)
    assert isinstance(named, tuple)
    assert [(one.label, one.answer.is_number) for one in named] == [("H1", False), ("H2", False)]
    for ahead in ("H1 = p + 0", "z1 = 1/H2", "H1 = 0.03; z1 = loss", "x1 = p"):
        found = read_answers(LESSON, ahead, words=WORDS)
        assert isinstance(found, Unreadable)
        assert found.reason in ("only_a_name", "name_elsewhere")


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ("H1", "H1.activation"),
        ("z1", "H1.sum"),
        ("zH1", "H1.sum"),
        ("sum(H1)", "H1.sum"),
        ("sum H1", "H1.sum"),
        ("H1 sum", "H1.sum"),
        ("H1's sum", "H1.sum"),
        ("H1’s sum", "H1.sum"),
        ("h_1 sum", "H1.sum"),
        ("H₁ sum", "H1.sum"),
        ("the sum of H1", "H1.sum"),
        ("the sum for the H1", "H1.sum"),
        ("H1.sum", "H1.sum"),
        ("sumH1", "H1.sum"),
        ("H1 (sum)", "H1.sum"),
        ("product(w12)", "w12.product"),
        ("blame(O)", "O.delta"),
        ("O's blame", "O.delta"),
        ("O delta", "O.delta"),
        ("gradient(w11)", "w11.gradient"),
        ("w11 gradient", "w11.gradient"),
        ("new w11", "w11.updated"),
        ("w11 new", "w11.updated"),
        ("new sum(H1)", "next.H1.sum"),
        ("new H1 sum", "next.H1.sum"),
        ("new z1", "next.H1.sum"),
        ("new p", "next.O.activation"),
        ("new prediction", "next.O.activation"),
        ("new loss", "next.loss"),
        ("learning rate", "learning_rate"),
        ("bias(H1)", "H1.bias"),
    ],
)
def test_a_name_means_its_quantity_however_it_is_spelled(typed: str, id_: str) -> None:
    """As a label before an equals sign."""
    label = _read(LESSON, f"{typed} = 0.03").label
    assert label is not None
    assert spoken(LESSON)[label] == id_


def test_a_name_that_could_be_two_quantities_is_none() -> None:
    """A neuron called like the tutor's word for another quantity takes nothing over silently."""
    names = {**TUTOR, "sum": "blame({of})"}
    of = trace(PLAIN.network, PLAIN.inputs, PLAIN.target, PLAIN.learning_rate, names)
    assert "blame(H1)" not in spoken(of)
    assert isinstance(read_answer(of, "w11.gradient", "2 * blame(H1)"), Unreadable)


def test_the_learners_own_values_count() -> None:
    """A name is worth what the learner got for it."""
    found = read_answer(LESSON, "H1.activation", "2 * sum(H1)", {"H1.sum": 0.45})
    assert isinstance(found, Reading)
    assert found.value == pytest.approx(0.9)


def test_an_echo_keeps_the_names_as_they_are_spoken() -> None:
    """Trees have ids, for diagnosis; what is said back has names."""
    reading = _read(LESSON, "target minus p", "loss")
    assert reading.answer.expression == Difference(Ref("target"), Ref("O.activation"))
    assert describe(reading) == "target − p"


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("h1 sum 0,05 h2 sum -0,02", {"H1.sum": 0.05, "H2.sum": -0.02}),
        ("H1 0.05 H2 0 O .03", {"H1.activation": 0.05, "H2.activation": 0.0, "O.activation": 0.03}),
        ("sum(H1)=0.05, sum(H2)=-0.02", {"H1.sum": 0.05, "H2.sum": -0.02}),
        ("z1 = 0.05; p = 0.508", {"H1.sum": 0.05, "O.activation": 0.508}),
    ],
)
def test_several_values_go_by_their_names(typed: str, values: dict[str, float]) -> None:
    """Signs between name and number may be left out where there are several."""
    found = read_answers(LESSON, typed, words=WORDS)
    assert isinstance(found, tuple), found
    assert {spoken(LESSON)[one.label or ""]: one.value for one in found} == values


@pytest.mark.parametrize(
    "typed",
    ["where is x2", "what is w12", "what is the sum of H1", "is p the output?", "why new w11"],
)
def test_a_question_about_a_name_is_no_answer(typed: str) -> None:
    """It must never cost a try, although the name has a value."""
    found = read_answer(LESSON, "O.sum", typed, words=WORDS)
    assert isinstance(found, Unreadable)
    assert found.reason == "words"


@pytest.mark.parametrize(
    "typed",
    [
        "0,6 * 0,4 = 0,24\n0,7*-0,3 = -0,21\n0,03",
        "0.6*0.4 = 0.24; 0.7*-0.3 = -0.21; 0.03",
        "0.6*0.4=0.24 and 0.7*-0.3=-0.21 so 0.03",
        "0.6*0.4 = 0.24, 0.7*-0.3 = -0.21, 0.24-0.21 = 0.03",
        "w12 is -0.3 so 0.24-0.21 = 0.03",
    ],
)
def test_the_end_of_one_line_is_not_said_to_equal_the_next(typed: str) -> None:
    """Right work over several lines is right, with no equality to complain of."""
    found = diagnose(LESSON, "H1.sum", _read(LESSON, typed), {})
    assert found.kind is Kind.CORRECT
    assert found.slip is None


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0.24 - 0.21 = 0.03; p = 0.3", 0.03),
        ("0.24 - 0.21 = 0.03, p = 0.3", 0.03),
        ("p = 0.6*0.8 = 0.48; 0.24 - 0.21 = 0.03", 0.03),
        ("0.6*0.4 = 0.24; H1 = 0.03", 0.03),
        ("x1*w11=0.24, x2*w12=-0.21, sum=0.03", 0.03),
    ],
)
def test_a_statement_of_another_quantity_is_not_the_answer(typed: str, value: float) -> None:
    """The worked statement beside it is."""
    assert _read(LESSON, typed).value == value


@pytest.mark.parametrize(
    "typed", ["0.24 - 0.21\n0.3", "0.24-0.21 so 0.3", "0.24-0.21 -> 0.3", "0.3 because 0.24-0.21"]
)
def test_work_and_its_one_result_are_said_to_be_equal(typed: str) -> None:
    """A line end, "so" or an arrow between the work and the answer still shows a slip."""
    found = diagnose(LESSON, "H1.sum", _read(LESSON, typed), {})
    assert found.slip is not None
