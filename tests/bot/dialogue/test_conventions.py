"""A worksheet in its own convention, typed into the chat and taken to the end."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.dialogue.effects import Show
from bot.dialogue.events import Pressed
from bot.dialogue.generated_lessons import OwnNetwork, book_for
from bot.dialogue.state import Outcome, State
from bot.pictures.painter import Press
from bot.pictures.requests import Diagram
from tests.bot.dialogue.learner import LESSON, MACHINE, Learner, buttons
from tests.engine.networks import SHEETS

KEYS = ("network", "inputs", "target", "examples", "reduction", "learning_rate")
BATCH = """example x1=1 x2=0.5 target 1
example x1=0.2 x2=0.8 target 0
H1 tanh 0.4 -0.3 b1=0.1
H2 softplus 0.5 0.2 b1=0.1
O1 sigmoid 0.3 0.6
loss cross-entropy
train biases
decimals 4"""
OTHERS = {
    "two examples": BATCH,
    "leaky": "x=1\nH1 leaky relu 0.5 slope 0.2\nH2 step -1\nO linear 2 1\nt=1\nloss half",
}
TEXTS = {
    name: json.dumps({key: sheet[key] for key in KEYS if key in sheet})
    for name, sheet in SHEETS.items()
} | OTHERS


def begun(text: str) -> Learner:
    """Someone who has sent a network of their own."""
    return Learner(State.of(LESSON.id, LESSON.places[0].id)).says(f"/network {text}")


def walked(learner: Learner) -> tuple[list[str], list[str]]:
    """The quantities asked, each answered as it stands on the sheet, and all that was said."""
    asked, said = [], [learner.told]
    for _ in range(150):
        lesson = book_for(MACHINE.book, learner.state.lesson).lesson
        place = next((one for one in lesson.places if one.id == learner.state.hand.step), None)
        if place is None or learner.state.lesson == LESSON.id:
            break
        quantity = getattr(place.step, "quantity", "")
        if quantity:
            asked.append(quantity)
            learner.says(lesson.trace(place)[quantity].text)
            assert learner.outcome(place.id) is Outcome.SOLVED, (quantity, learner.told)
        else:
            learner.says("next")
        said.append(learner.told)
    return asked, said


@pytest.mark.parametrize("name", TEXTS)
def test_a_sheet_goes_through_to_its_end(name: str) -> None:
    """Every number as it is printed is right, all that stands on the sheet is asked, once."""
    asked, said = walked(begun(TEXTS[name]))
    assert len(asked) == len(set(asked)) > 3
    assert "on the first try" in said[-1]
    sheet: dict[str, Any] = SHEETS.get(name, {})
    kinds = (".sum", ".activation", "loss", ".delta", ".error", ".updated")
    wanted = {one for one in sheet.get("values", ()) if one.endswith(kinds) and "next" not in one}
    lesson = {n["name"]: n["activation"] for layer in sheet.get("network", {}).get("layers", ())
              for n in layer}  # fmt: skip
    passed = {f"{name}.activation" for name, kind in lesson.items() if kind == "identity"}
    prefixed = {f"e{i}.{one}" for i in range(1, 5) for one in passed}
    assert wanted - passed - prefixed <= set(asked)
    readings = said[-3:]
    assert all("<b>" in one for one in readings)


def test_every_step_has_hints_and_pieces_in_its_convention() -> None:
    """Look, rule, numbers, line: each of them for each kind of step, and none is empty."""
    for text in TEXTS.values():
        learner = begun(text)
        for _ in range(150):
            lesson = book_for(MACHINE.book, learner.state.lesson).lesson
            place = next((p for p in lesson.places if p.id == learner.state.hand.step), None)
            if place is None or learner.state.lesson == LESSON.id:
                break
            if quantity := getattr(place.step, "quantity", ""):
                for _ in range(3):
                    assert learner.says("/hint").told.strip()
                learner.says("nonsense 77777").says(lesson.trace(place)[quantity].text)
            else:
                learner.says("next")


def test_the_pictures_show_the_example_that_is_asked_about() -> None:
    """With several examples each step's picture has its own inputs and numbers."""
    learner = begun(BATCH)
    shown: list[Diagram] = []
    for _ in range(20):
        pictures = (one.picture for one in learner.turn.effects if isinstance(one, Show))
        shown += [picture for picture in pictures if isinstance(picture, Diagram)]
        lesson = book_for(MACHINE.book, learner.state.lesson).lesson
        place = lesson[learner.state.hand.step]
        quantity = getattr(place.step, "quantity", "")
        learner.says(lesson.trace(place)[quantity].text if quantity else "next")
    inputs = {dict(picture.found).get("x1") for picture in shown}
    assert {"1", "0.2"} <= inputs
    assert not any(name.startswith(("e1.", "e2.")) for one in shown for name, _ in one.found)
    press = Press()
    for picture in shown[:1] + shown[-1:]:
        assert press.printed(picture).startswith(b"\x89PNG")


def test_a_network_in_no_convention_is_told_of_the_others_once() -> None:
    """What the loss is here, and how to say that a book has it otherwise."""
    plain = begun("x=1\nO sigmoid 0.5\ntarget 1")
    assert "Many books" in plain.told
    assert "Many books" not in plain.says("next").told
    assert "Many books" not in begun("x=1\nO sigmoid 0.5\ntarget 1\nloss half").told


def test_a_network_of_before_is_still_asked_as_it_was() -> None:
    """What a learner has stored from an earlier version reads, and asks for the same steps."""
    stored = {
        "inputs": {"x1": 0.5, "x2": 0.2},
        "layers": [
            [["H1", "relu", {"w11": 0.4, "w12": -0.3}, 0.1]],
            [["O", "sigmoid", {"wO1": 0.6}]],
        ],
        "loss": "squared_error", "target": 1.0, "rate": 0.1, "asked": [], "train_biases": True,
    }  # fmt: skip
    lesson = book_for(MACHINE.book, OwnNetwork("n1", stored)).lesson
    asked = {place.id: getattr(place.step, "quantity", "") for place in lesson.places}
    assert asked == {
        "n1_0": "", "n1_1": "H1.sum", "n1_2": "H1.activation", "n1_3": "O.sum",
        "n1_4": "O.activation", "n1_5": "loss", "n1_lh": "", "n1_6": "wO1.direction",
        "n1_7": "w11.direction", "n1_8": "w12.direction", "n1_9": "O.bias.direction",
        "n1_10": "H1.bias.direction", "n1_11": "w11.updated", "n1_12": "O.bias.updated",
        "n1_rf": "", "n1_rb": "",
    }  # fmt: skip


def pressed(learner: Learner, label: str) -> Learner:
    """A press of the button with a label."""
    (button,) = [one for one in buttons(learner.turn) if label in one.label]
    return learner.does(Pressed(button.data, "q", 1))


def test_another_step_goes_on_with_the_new_weights() -> None:
    """At the end of a step the next begins, with the weights that stand on the learner's page."""
    learner = begun(TEXTS["mazur"])
    walked(learner)
    told = pressed(learner, "Another step").told
    assert "h1 sigmoid w1=0.1498 w2=0.1996 bias 0.35" in told
    assert "o1 sigmoid w5=0.359 w6=0.409 bias 0.6" in told
    assert "i1=0.05 i2=0.1" in told
    asked, _ = walked(learner)
    assert "loss" in asked


def test_the_perceptron_goes_on_with_the_next_example_given() -> None:
    """Typed behind it, another example takes the place of the one before."""
    learner = begun("x1=0 x2=0\nO step 0.3 -0.1 b=-0.1\nperceptron\ntrain biases\nt=0\nrate 0.2")
    walked(learner)
    walked(learner.says("/network another step x1=0 x2=1 target 1"))
    told = learner.says("/network another step x1=0 x2=0 target 0").told
    assert "x1=0 x2=0" in told
    assert "O step 0.3 0.1 bias b=0.1" in told


def test_another_step_that_is_none_is_told_so() -> None:
    """An example of other inputs is refused in a sentence; elsewhere it is no network."""
    learner = begun("x=1\nO sigmoid 0.5\ntarget 1")
    assert "O needs one weight" in learner.says("/network another step a=1 b=2 target 1").told
    home = Learner(State.of(LESSON.id, LESSON.places[0].id))
    assert "I do not see the inputs" in home.says("/network another step").told
