"""Requests for pictures: the lesson's, and those of random networks."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

from bot.dialogue.pictures import change, pictured
from bot.dialogue.state import State
from bot.pictures.requests import (
    Curve,
    Diagram,
    Learning,
    Nudge,
    Sheet,
    Texts,
    TracedPoint,
    Working,
)
from content.models import NumberStep
from engine.decimals import number_text, short_text
from engine.descent import predicted
from engine.network import Network
from engine.trace import Trace
from engine.training import Run, above_half, smoothed
from tests.engine.networks import LESSON, lesson
from tests.fakes.words import LABELS
from tests.lesson import BOOK

NETWORK = Network.from_data(LESSON)
EVERYTHING = ("product", "sum", "activation", "loss", "delta", "gradient")


def found(trace: Trace, *kinds: str) -> Texts:
    """Inputs, targets and every quantity of some kinds, as texts."""
    given = [
        (name, short_text(value)[0])
        for name, value in trace.given.items()
        if name in trace.network.inputs or name.startswith("target")
    ]
    quantities = [(q.id, q.text) for q in trace if q.kind in kinds and not q.id.startswith("next.")]
    return (*given, *quantities)


def nudges(trace: Trace) -> tuple[Nudge, ...]:
    """An arrow for every weight."""
    names = [name for neuron in trace.network.neurons() for name, _ in neuron.weights]
    size = {name: abs(trace[f"{name}.gradient"].value) for name in names}
    most = max(size.values()) or 1.0
    return tuple(
        Nudge(name, int(trace[f"{name}.direction"].value), size[name] / most) for name in names
    )


def full_diagram(asked: str = "H2.delta") -> Diagram:
    """The lesson's network with everything on it that there can be."""
    trace = lesson()
    return Diagram(
        NETWORK, found(trace, *EVERYTHING), asked, nudges(trace), "Backwards", labels=LABELS
    )


def random_network(rng: random.Random, counts: list[int]) -> Network:
    """A network with so many inputs, and so many neurons in each layer."""

    def number() -> float:
        return round(rng.uniform(-1.99, 1.99), rng.choice([1, 2, 2, 3]))

    layers = []
    for depth, (before, count) in enumerate(pairwise(counts)):
        kinds = ["relu", "sigmoid", "tanh", "identity"]
        layers.append(
            [
                {
                    "name": f"{'ABCDEFG'[depth]}{j + 1}",
                    "activation": rng.choice(kinds),
                    "bias": rng.choice([0.0, number()]),
                    "weights": {f"w{depth}_{j}_{i}": number() for i in range(before)},
                }
                for j in range(count)
            ]
        )
    return Network.from_data({"inputs": [f"x{i + 1}" for i in range(counts[0])], "layers": layers})


def learning(steps: int = 50, *, biases: bool = True) -> Learning:
    """What the lesson's network has learnt after some steps."""
    run = Run(replace(NETWORK, train_biases=biases), above_half(2), "s").continued(steps)
    points = []
    for at, target in (((0.6, 0.7), 1.0), ((0.2, 0.1), 0.0)):
        ((p,),) = predicted(run.network, [at])
        points.append(TracedPoint(f"({at[0]}, {at[1]})", at, target, p, number_text(p, 3)))
    weights = tuple(
        (name, number_text(value, 2))
        for neuron in run.network.neurons()
        for name, value in (*neuron.weights, (f"{neuron.name}.bias", neuron.bias))
    )
    return Learning(
        run.network, run.judged(), smoothed(run.losses), tuple(points), weights,
        f"{steps:,} steps, biases trained", f"{100 * run.accuracy():.0f} % of 200 right",
        labels=LABELS,
    )  # fmt: skip


def sheet(count: int = 26) -> Sheet:
    """A trace sheet with some steps' working."""
    trace = lesson()
    steps = [q.id for q in trace][:count]
    workings = tuple(
        Working(f"Step {number} · {name}", tuple(trace.working(name)))
        for number, name in enumerate(steps, 1)
    )
    return Sheet(full_diagram(""), workings, "Build a network: my trace", "By hand.")


CHANGE = change(BOOK, lesson())


def curve(name: str) -> Curve:
    """What is shown where a quantity of the lesson is asked: the picture of its step."""
    (place,) = [
        place
        for place in BOOK.lesson.places
        if isinstance(place.step, NumberStep)
        and place.section.example == "worked"
        and place.step.quantity == name
        and place.step.picture
    ]
    assert isinstance(place.step, NumberStep)
    shown = pictured(place.step.picture, BOOK, State(BOOK.lesson.id), place, lesson())
    assert isinstance(shown, Curve)
    return shown
