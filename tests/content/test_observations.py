"""The observations are produced from the trace: another network gives others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from content.generated_lessons import Exercise
from content.observations import OBSERVATIONS
from content.own_lesson import own_lesson
from engine.network import Network
from engine.trace import Trace, trace
from tests.lesson import BOOK, NEW, WORKED, typed


def observed(traced: Trace) -> dict[str, list[dict[str, str | tuple[str, ...]]]]:
    """Every observation that applies to a trace, with its slots."""
    found = {
        name: [dict(slots) for slots in one.find(traced)] for name, one in OBSERVATIONS.items()
    }
    return {name: slots for name, slots in found.items() if slots}


def network(first: Sequence[float], second: Sequence[float], out: Sequence[float]) -> Network:
    """The lesson's shape with other weights."""
    relu = [("H1", first, ("w11", "w12")), ("H2", second, ("w21", "w22"))]
    return Network.from_data(
        {
            "inputs": ["x1", "x2"],
            "layers": [
                [
                    {
                        "name": name,
                        "activation": "relu",
                        "weights": dict(zip(names, ws, strict=True)),
                    }
                    for name, ws, names in relu
                ],
                [
                    {
                        "name": "O",
                        "activation": "sigmoid",
                        "weights": dict(zip(("wO1", "wO2"), out, strict=True)),
                    }
                ],
            ],
        }
    )


def test_the_worked_example_reads_as_the_lesson_says() -> None:
    """H1's products nearly cancel, H2 does the work, wO2 amplifies it, and 0.563 is a lean."""
    observations = observed(WORKED)
    text = {quantity.id: quantity.text for quantity in WORKED}
    products = (text["w11.product"], text["w12.product"])
    assert observations["cancelling"] == [{"neuron": "H1", "products": products}]
    assert observations["driver"] == [
        {"neuron": "H2", "part": text["wO2.product"], "total": text["O.sum"], "output": "O"}
    ]
    assert observations["amplified"] == [{"weight": "wO2", "size": typed("{wO2}"), "neuron": "H2"}]
    assert [one["prediction"] for one in observations["lean"]] == [text["O.activation"]]
    assert observations["first_layer_up"] == [{"neuron": "H1"}, {"neuron": "H2"}]
    assert observations["small_step"] == [{"loss": text["loss"], "next_loss": text["next.loss"]}]


def test_the_new_example_reads_differently() -> None:
    """With (0.2, 0.1) H2 is off, and learns nothing."""
    observations = observed(NEW)
    assert observations["silent"] == [{"neuron": "H2", "sum": NEW["H2.sum"].text}]
    assert observations["asleep"] == [{"neuron": "H2"}]
    assert observations["first_layer_down"] == [{"neuron": "H1"}]
    assert "first_layer_up" not in observations


def test_another_network_gives_other_readings() -> None:
    """A sure network whose H1 does the work is not told the lesson's story."""
    observations = observed(trace(network((2, 3), (0.1, 0.1), (1.5, 0.5)), (0.6, 0.7), 1, 0.1))
    assert "cancelling" not in observations
    assert "lean" not in observations
    assert observations["driver"][0]["neuron"] == "H1"
    assert observations["sure"]


def test_every_reading_fills_its_sentence() -> None:
    """No observation leaves a slot of its sentence empty."""
    for example in BOOK.lesson.examples.values():
        for name, found in observed(example.trace).items():
            for slots in found:
                said = {
                    at: one if isinstance(one, str) else " ".join(one) for at, one in slots.items()
                }
                text = BOOK.fill(BOOK.observations.observation[name], example.trace, said)
                assert "{" not in text


def test_which_way_is_said_in_the_words_of_the_content() -> None:
    """Weights that pull in different directions are told with the language's own words."""
    ways = {"increase": "hinauf", "decrease": "hinab", "no change": "so lassen"}
    book = replace(BOOK, chat=BOOK.chat.model_copy(update={"directions": ways}))
    problem = Exercise(
        network((0.9, 0.4), (-0.5, 0.8), (0.6, 0.9)), {"x1": 0.6, "x2": -0.7}, 1, 0.1, ()
    )
    lesson = own_lesson(book, "n1", problem, "…")
    card = replace(book, lesson=lesson).card(lesson["n1_rb"])
    assert "w11: hinauf and w12: hinab" in card
    assert not any(word in card for word in ("w11: increase", "w12: decrease"))
