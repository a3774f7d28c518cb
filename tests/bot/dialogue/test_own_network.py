"""A network of one's own, by text and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.dialogue.events import Event, Pressed, Said, SentFile
from bot.dialogue.generated_lessons import GeneratedLesson, OwnNetwork, book_for
from bot.dialogue.state import State
from engine import functions
from tests.bot.dialogue.learner import LESSON, MACHINE, ODD, Learner, buttons, heard
from tests.bot.dialogue.test_every_event import NOW

NET = """x1=0.5 x2=0.2
H1 relu 0.4 -0.3
O sigmoid 0.6
target 1
rate 0.1"""


def talk(*events: Event) -> tuple[str, str | GeneratedLesson]:
    """What the last event is answered, and the lesson it leads to."""
    state, said = None, ""
    for event in events:
        turn = MACHINE.step(state, event, NOW)
        state = turn.state
        said = heard(turn)
    return said, State.from_json(state).lesson if state else ""


def test_a_file_is_a_network_like_a_text() -> None:
    """The same lesson, asked for or not."""
    typed = talk(Said(f"/network {NET}", 1))
    assert isinstance(typed[1], OwnNetwork)
    assert talk(SentFile("f", 1, NET)) == typed
    assert talk(Said("/network", 1), SentFile("f", 2, NET)) == typed
    assert talk(Said("/network", 1), Said(NET, 2)) == typed


def test_a_file_with_a_mistake_is_told_so() -> None:
    """As a text would be, and the learner stays where they are."""
    broken = NET.replace("0.4 -0.3", "0.4")
    said, lesson = talk(Said("/network", 1), SentFile("f", 2, broken))
    assert said == talk(Said("/network", 1), Said(broken, 2))[0]
    assert "H1" in said
    assert lesson == MACHINE.book.lesson.id


@pytest.mark.parametrize("text", [None, "", "Dear diary, no network today."])
def test_any_other_file_is_thanked_for(text: str | None) -> None:
    """It says what cannot be read, like a photo."""
    said, lesson = talk(Said("/start", 1), SentFile("f", 2, text))
    assert "a file" in said
    assert lesson == MACHINE.book.lesson.id


def test_trained_biases_move_in_the_lesson() -> None:
    """`train biases` is taken from a message like any other line, and shown again."""
    said, lesson = talk(Said(f"/network {NET}\ntrain biases", 1))
    assert "train biases" in said
    assert isinstance(lesson, OwnNetwork)


def test_a_wrong_line_is_named() -> None:
    """In the tutor's words, not the engine's."""
    said, _ = talk(Said(f"/network {NET}\ntrain the whole thing", 1))
    assert said.startswith("Line 6: ")


def test_biases_that_are_trained_are_asked_like_weights() -> None:
    """Which way each should move, and the update of one; without training, none of it."""

    def asked(text: str) -> list[str]:
        lesson = talk(Said(f"/network {text}", 1))[1]
        places = book_for(MACHINE.book, lesson).lesson.places
        return [getattr(place.step, "quantity", "") for place in places]

    assert not any("bias" in quantity for quantity in asked(NET))
    trained = [quantity for quantity in asked(f"{NET}\ntrain biases") if "bias" in quantity]
    assert trained == ["O.bias.direction", "H1.bias.direction", "O.bias.updated"]


@pytest.fixture
def _square() -> Iterator[None]:
    """An activation whose name is an everyday word."""
    square = replace(functions.ACTIVATIONS["tanh"], name="square", code=202, typed=("square",))
    functions.add(square)
    yield
    functions.remove(square)


@pytest.mark.usefixtures("_square")
@pytest.mark.parametrize(
    "text",
    ["do I have to square it", "square it", "square 0.3", "0.3, then square", "why not square it"],
)
def test_an_activation_named_by_a_plain_word_is_one_only_in_a_neuron(text: str) -> None:
    """What speaks of it is answered as ever, also while a network may come."""
    asked = [Said("/start", 1), Said("next", 2), Said("next", 3)]
    assert talk(*asked, Said("/network", 4), Said(text, 5)) == talk(*asked, Said(text, 5))
    assert talk(*asked, SentFile("f", 5, text)) == talk(*asked, SentFile("f", 5, None))


@pytest.mark.usefixtures("_square")
@pytest.mark.parametrize(
    "text",
    [
        "x=2 y=1; O square 0.5; target 1",
        "x=2\nO square\ntarget 1",
        "x=2, O, Square, 0.5",
        "neuron H1 square 0.4",
        '{"loss": 3}',
    ],
)
def test_what_looks_like_a_network_is_taken_for_one(text: str) -> None:
    """While one may come: right or wrong, it is answered as one."""
    sent = talk(Said("/start", 1), Said("/network", 2), Said(text, 3))
    assert sent == talk(Said("/start", 1), Said(f"/network {text}", 3))


JSON = (
    '{"network": {"inputs": ["x1"], "layers": [[{"name": "O", "activation": "sigmoid", '
    '"weights": {"w": 0.5}}]]}, "inputs": {"x1": 0.3}}'
)


@pytest.mark.parametrize("text", [NET, JSON, NET.replace("\n", "; ")])
@pytest.mark.parametrize("before", [(), ("hello",), ("/start",), ("/start", "next"), ("/help",)])
def test_a_network_is_taken_however_it_comes(text: str, before: tuple[str, ...]) -> None:
    """Before the lesson and in it: behind the command, after it, as a file, and by itself."""
    begun = [Said(one, number) for number, one in enumerate(before, 1)]
    asked = Said("/network", 11)
    wanted = talk(*begun, Said(f"/network {text}", 12))
    assert isinstance(wanted[1], OwnNetwork)
    for events in (
        [Said(f"/network\n{text}", 12)],
        [asked, Said(text, 12)],
        [asked, SentFile("f", 12, text)],
        [SentFile("f", 12, text, "/network")],
        [SentFile("f", 12, text)],
        [Said(text, 12)],
    ):
        assert talk(*begun, *events)[1] == wanted[1]


def test_what_is_wrong_is_told_before_the_lesson_too() -> None:
    """Where nothing is computed, a line with a number is a try at the network asked for."""
    said, _ = talk(Said("/network", 1), Said("x1=0.5 x2=oops", 2))
    assert said.startswith("Line 1: ")


def test_who_leaves_a_network_before_the_lesson_is_not_sent_back_to_one() -> None:
    """There is nothing to go back to yet."""
    assert "not begun" in talk(Said(f"/network {NET}", 1), Said("/stop", 2))[0]


def sent(*texts: str) -> Learner:
    """Who has sent networks one after another, and asks for the next."""
    learner = Learner(State(LESSON.id))
    for text in texts:
        learner = learner.says(f"/network {text}")
    return learner.says("/network")


def of_own(learner: Learner) -> list[str]:
    """The labels of the buttons that take up a network again."""
    return [button.label for button in buttons(learner.turn) if ".network." in button.data]


def test_own_networks_are_listed_newest_first_and_taken_up_again() -> None:
    """In a few words each; what is alike is told apart by its example."""
    tanh = NET.replace("relu", "tanh")
    learner = sent(NET, tanh, ODD)
    assert of_own(learner) == [
        "2 inputs · 1 tanh + 1 ReLU · 1 sigmoid",
        "2 inputs · 1 tanh · 1 sigmoid",
        "2 inputs · 1 ReLU · 1 sigmoid",
    ]
    button = next(one for one in buttons(learner.turn) if "· 1 tanh ·" in one.label)
    again = learner.does(Pressed(button.data, "c", 9))
    assert again.state.lesson == talk(Said(f"/network {tanh}", 1))[1]
    assert of_own(again.says("/network"))[0] == button.label
    other = sent(NET, NET.replace("0.5", "0.9"))
    assert of_own(other) == [
        "2 inputs · 1 ReLU · 1 sigmoid (0.9, 0.2)",
        "2 inputs · 1 ReLU · 1 sigmoid (0.5, 0.2)",
    ]


def test_five_networks_are_kept_each_once_and_small() -> None:
    """Also with names of their own, in a state that stays under a few kilobytes."""
    wide = "x1=1 x2=2 x3=3 x4=4\n" + "\n".join(
        [*(f"Neuron{i} tanh 0.1234 0.2 0.3 {{0}} bias 0.123456" for i in range(4)), ""]
    )
    wide += "Last sigmoid 0.1 0.2 0.3 0.4\ntarget 1"
    texts = [wide.replace("{0}", f"0.{number}") for number in range(1, 9)]
    learner = sent(*texts, texts[-1])
    assert len(learner.state.learner.networks) == len(of_own(learner)) == 5
    assert learner.turn.state is not None
    assert len(learner.turn.state) < 6_000


def test_own_networks_are_exported_and_forgotten() -> None:
    """They stand in the state, which is what is exported; nothing is left of it when it goes."""
    learner = sent(NET)
    assert '"networks":["AQAC' in learner.state.to_json()
    turn = MACHINE.step(learner.says("/forget").state.to_json(), Said("yes", 99), NOW)
    assert turn.state is None
    assert not of_own(Learner(State(LESSON.id)).says("/network"))


def test_a_network_in_hand_of_an_earlier_version_is_listed_too() -> None:
    """It was stored before there was a list."""
    asked = talk(Said(f"/network {NET}", 1))[1]
    assert isinstance(asked, OwnNetwork)
    inside = State(LESSON.id).into(asked, f"{asked.id}_0")
    assert of_own(Learner(inside).says("/network")) == ["2 inputs · 1 ReLU · 1 sigmoid"]
