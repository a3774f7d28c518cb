"""A made-up activation and loss are their two records and their words: everything else follows."""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.dialogue.effects import Say, Show
from bot.dialogue.events import Said
from bot.dialogue.generated_lessons import book_for
from bot.dialogue.machine import Machine
from bot.dialogue.state import State
from bot.learning.choose import builds_on
from bot.learning.mastery import before
from bot.pictures.captions import caption
from bot.pictures.painter import Press
from bot.pictures.requests import Diagram
from content.book import Book
from content.errors import ContentError
from content.library import Library
from content.loader import load
from content.own_network import code_of, from_code, read_own, write_own
from content.written import FOLDER
from engine import functions, losses
from engine.descent import Example, trained
from engine.diagnosis import Kind, diagnose
from engine.expression import Call, Difference, Number, Power
from engine.functions import Activation, Table
from engine.losses import Loss
from engine.practice import SKILLS, draw
from engine.reading import Reading
from engine.spoken import read_answer
from engine.trace import Trace, trace

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

SOFTSIGN = Activation(
    name="softsign",
    code=200,
    value=lambda z: z / (1.0 + abs(z)),
    printed="softsign",
    typed=("softsign", "elliot"),
    slope=lambda call: Power(Difference(Number(1.0), Call("abs", call)), Number(2.0)),
    slope_value=lambda _, a: (1.0 - abs(a)) * (1.0 - abs(a)),
    exact=lambda z: z / (1 + abs(z)),
    bounds=(-1.0, 1.0),
    table=Table((0.0, 0.5, 1.0, 2.0), both=0.0),
    first_at=6,
)
QUARTIC = Loss(
    name="quartic_error",
    code=100,
    tree=lambda target, p: Power(Difference(target, p), Number(4.0)),
    value=lambda t, p: (t - p) ** 4,
    blame_value=lambda t, p, slope: -4.0 * (t - p) ** 3 * slope,
    mean=True,
    skill="quartic_error",
    first_at=7,
)

BETWEEN = '"{below} {above} {low} {high}"'

WORDS = {
    "hints.toml": {
        "[tables]": 'softsign = "<pre>{table}</pre>"',
        "[between]": f"softsign = {BETWEEN}\nsoftsign_minus = {BETWEEN}",
        "[kinds.softsign]": 'name = "softsign"\nlook = "Look."\nrule = "<code>{formula}</code>"',
        "[kinds.quartic_error]": 'name = "loss"\nlook = "Look."\nrule = "<code>{formula}</code>"',
    },
    "generated.toml": {
        "[ask]": 'softsign = "{quantity:formula}"\nquartic_error = "{quantity:formula}"',
        "[skills]": 'softsign = "softsign"\nquartic_error = "quartic error"',
    },
    "pictures.toml": {"[labels.activations]": 'softsign = "soft"'},
}
"""What is written into each file of the content, by the table it belongs to."""

TEXT = """x1=0.6 x2=0.5
H1 softsign 0.5 -0.4
H2 relu 0.9 0.2
O1 softsign 0.7 0.3
O2 sigmoid -0.5 0.4
loss quartic_error
target 1 0
rate 0.2"""


@pytest.fixture(autouse=True)
def _known() -> Iterator[None]:
    """Both are known while a test runs."""
    functions.add(SOFTSIGN)
    losses.add(QUARTIC)
    yield
    functions.remove(SOFTSIGN)
    losses.remove(QUARTIC)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """The content with the words for both."""
    folder = tmp_path / "content"
    shutil.copytree(FOLDER / "en", folder / "en")
    for name, tables in WORDS.items():
        file = folder / "en" / name
        text = file.read_text(encoding="utf-8")
        for table, words in tables.items():
            old = text if f"\n{table}\n" in text else f"{text}\n{table}\n"
            text = old.replace(f"\n{table}\n", f"\n{table}\n{words}\n", 1)
        file.write_text(text, encoding="utf-8")
    return load(folder=folder)


def step() -> Trace:
    """One training step of a network that has both."""
    asked = read_own(TEXT)
    return trace(asked.network, dict(asked.inputs), asked.target, asked.learning_rate)


def read(name: str, typed: str) -> Reading:
    """What was typed at a step."""
    found = read_answer(step(), name, typed)
    assert isinstance(found, Reading)
    return found


def test_content_without_words_for_them_is_refused() -> None:
    """Loading names the file and the place of each word that is missing."""
    with pytest.raises(ContentError) as refused:
        load()
    assert {f"{problem.file} {problem.place}" for problem in refused.value.problems} == {
        *("en/hints.toml kinds.softsign", "en/hints.toml kinds.quartic_error"),
        *("en/hints.toml between.softsign", "en/hints.toml between.softsign_minus"),
        *("en/generated.toml ask.softsign", "en/generated.toml ask.quartic_error"),
        *("en/generated.toml skills.softsign", "en/generated.toml skills.quartic_error"),
        *("en/hints.toml tables.softsign", "en/pictures.toml labels.activations.softsign"),
    }


def test_it_is_traced_and_printed() -> None:
    """Forwards by its value, backwards by its slope, in the words of its record."""
    traced = step()
    assert traced["H1.activation"].value == pytest.approx(0.1 / 1.1)
    assert traced.formula("H1.activation") == "softsign(H1.sum)"
    assert traced.formula("loss") == "((target.O1 − O1)⁴ + (target.O2 − O2)⁴) / 2"
    blame = -4 * (1 - traced.values["O1.activation"]) ** 3 / 2
    slope = (1 - abs(traced.values["O1.activation"])) ** 2
    assert traced["O1.delta"].value == pytest.approx(blame * slope)


def test_training_takes_the_same_step() -> None:
    """Plain floats and trees come to the same weights and loss."""
    traced = step()
    example = Example(traced.inputs, traced.target)
    network, (loss,) = trained(traced.network, [example], traced.learning_rate)
    assert loss == pytest.approx(traced["loss"].value)
    for neuron in network.neurons():
        for weight, value in neuron.weights:
            assert value == pytest.approx(traced[f"{weight}.updated"].value)


def test_it_is_read_as_typed_and_judged() -> None:
    """Its names are functions of an answer; a table's value is right, the sum is a mistake."""
    for typed in ("softsign(0.1) = 0.091", "Elliot(0.1) = 0.091"):
        assert diagnose(step(), "H1.activation", read("H1.activation", typed)).is_right
    by_table = diagnose(step(), "H1.activation", read("H1.activation", "0.067"))
    assert by_table.kind is Kind.CORRECT
    wrong = diagnose(step(), "H1.activation", read("H1.activation", "0.1"))
    made = [mistake.id for one in wrong.candidates for mistake in one.mistakes]
    assert (wrong.kind, made) == (Kind.MISTAKE, ["skipped_activation"])
    mixed = diagnose(step(), "H2.activation", read("H2.activation", "0.39"))
    assert [mistake.id for one in mixed.candidates for mistake in one.mistakes] == [
        "wrong_activation"
    ]


@pytest.mark.parametrize("skill", ["softsign", "quartic_error"])
def test_it_is_practised(skill: str, book: Book) -> None:
    """A problem on it is drawn where it first comes up, and it builds on what comes before."""
    assert skill in SKILLS
    problem = draw("a seed", skill, 1)
    assert problem.difficulty == {"softsign": 6, "quartic_error": 7}[skill]
    assert {problem.network.loss, *(n.activation for n in problem.network.neurons())} & {skill}
    assert before(skill) == 0.25
    assert set(builds_on(skill)) < set(SKILLS)
    assert book.generated.skills[skill]


def test_it_is_drawn_and_captioned(book: Book) -> None:
    """By its label, with its curve."""
    diagram = Diagram(read_own(TEXT).network, labels=book.labels)
    assert "H1, soft" in caption(diagram, book.captions)
    assert Press().printed(diagram).startswith(b"\x89PNG")


def test_a_network_with_it_is_sent_and_linked() -> None:
    """As text, as JSON's names, and packed by the codes of the records."""
    asked = read_own(TEXT)
    assert read_own(write_own(asked)) == asked
    small = read_own("x=2; O softsign 0.5; loss quartic_error; target 1")
    code = code_of(small)
    assert code is not None
    assert from_code(code).network.outputs[0].activation == "softsign"
    assert from_code(code).network.loss == "quartic_error"


def test_a_conversation_about_a_network_with_it_goes_through(book: Book) -> None:
    """Every number typed as the tutor would write it is right, with a hint and the table first."""
    machine = Machine(Library.of(book))
    state, number, said = None, 0, ""

    def sends(text: str) -> str:
        nonlocal state, number
        number += 1
        turn = machine.step(state, Said(text, number), NOW)
        state = turn.state
        words = (one.html if isinstance(one, Say) else one.caption for one in turn.effects
                 if isinstance(one, Say | Show))  # fmt: skip
        return "\n".join(words)

    sends(f"/network {TEXT}")
    asked: list[str] = []
    for _ in range(60):
        here = State.from_json(state or "")
        lesson = book_for(book, here.lesson).lesson
        place = next((one for one in lesson.places if one.id == here.hand.step), None)
        if place is None:
            break
        quantity = getattr(place.step, "quantity", "")
        if not quantity:
            said = sends("next")
            continue
        if quantity == "H1.activation":
            assert "Look." in sends("/hint")
            assert "softsign(sum(H1))" in sends("/hint")
            assert "<pre>" in sends("table")
        asked.append(quantity)
        said = sends(lesson.trace(place)[quantity].text)
        assert State.from_json(state or "").hand.step != here.hand.step, (quantity, said)
    assert {"H1.activation", "O1.activation", "loss", "wO11.direction"} <= set(asked)


def test_what_is_not_known_is_an_error_everywhere() -> None:
    """A network of an unknown loss or activation is none; a name or code may not be taken twice."""
    for known in (functions.ACTIVATIONS, functions.FUNCTIONS, losses.LOSSES):
        with pytest.raises(ValueError, match=r"unknown .* 'nonsense'; known: "):
            known["nonsense"]
    with pytest.raises(ValueError, match="taken"):
        functions.add(SOFTSIGN)
    with pytest.raises(ValueError, match="taken"):
        losses.add(QUARTIC)
    with pytest.raises(ValueError, match="has the code 77"):
        losses.LOSSES.coded(77)
    assert math.isclose(functions.FUNCTIONS["softsign"].value(1.0), 0.5)


@pytest.mark.parametrize("typed", ["soft sign", "", "soft-sign", "Softsign", "2softsign", "'"])
def test_what_is_typed_for_a_function_is_one_word(typed: str) -> None:
    """What reading could never find is refused where the record is added."""
    other = replace(SOFTSIGN, name="other", code=201, typed=("other", typed))
    with pytest.raises(ValueError, match="is not one word in lower case"):
        functions.add(other)
    assert not {"other", typed} & {*functions.FUNCTIONS, *functions.TYPED}


def test_an_activation_without_a_slope_is_refused() -> None:
    """Nothing could go back through it, which a learner would be the first to meet."""
    with pytest.raises(ValueError, match="'flat' has no slope"):
        functions.add(replace(SOFTSIGN, name="flat", code=201, typed=(), slope=None))
    assert "flat" not in functions.ACTIVATIONS


def test_a_loss_without_a_derivative_is_refused() -> None:
    """At once, and not at the blame of an output; one whose record has the blame needs none."""
    absolute = replace(
        QUARTIC,
        name="absolute_error",
        code=101,
        tree=lambda target, p: Call("abs", Difference(target, p)),
    )
    with pytest.raises(ValueError, match="no derivative here of abs"):
        losses.add(absolute)
    assert "absolute_error" not in losses.LOSSES
    given = replace(absolute, blame=lambda target, p: Difference(p, target))
    losses.add(given)
    losses.remove(given)
