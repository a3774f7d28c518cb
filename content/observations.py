"""What an engineer reads off a trace: which sentences of `observations.toml` are true of it.

Each observation finds the neurons or weights it holds for and gives the slots of its sentence. A
different network, or another example, gives other observations; nothing is said that the trace does
not show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from engine.decimals import short_text
from engine.functions import ACTIVATIONS
from engine.network import Neuron
from engine.steps import example_prefixes, target_names
from engine.trace import Trace

Slots: TypeAlias = Mapping[str, str | tuple[str, ...]]
"""The named texts of one sentence."""

CANCELLING = 0.25
"""Products nearly cancel when their sum is below this share of their sizes."""

LEAN = 0.15
"""Nearer than this to 0.5, an output is a lean."""


def _hidden(trace: Trace) -> Iterator[Neuron]:
    for layer in trace.network.layers[:-1]:
        yield from layer


def _shut(trace: Trace, neuron: Neuron) -> bool:
    return ACTIVATIONS[neuron.activation].gate and trace[f"{neuron.name}.sum"].value <= 0


def _cancelling(trace: Trace) -> Iterator[Slots]:
    for neuron in _hidden(trace):
        parts = [trace[f"{weight}.product"] for weight, _ in neuron.weights]
        size = sum(abs(part.value) for part in parts)
        total = trace[f"{neuron.name}.sum"].value
        opposed = {part.value > 0 for part in parts if part.value} == {True, False}
        if opposed and not _shut(trace, neuron) and abs(total) < CANCELLING * size:
            yield {"neuron": neuron.name, "products": tuple(part.text for part in parts)}


def _silent(trace: Trace) -> Iterator[Slots]:
    for neuron in _hidden(trace):
        if _shut(trace, neuron):
            yield {"neuron": neuron.name, "sum": trace[f"{neuron.name}.sum"].text}


def _contributions(trace: Trace) -> list[tuple[float, str, str]]:
    """(contribution, weight, neuron) into a single output, largest first; none otherwise."""
    output = trace.network.outputs
    if len(output) != 1 or len(trace.network.layers) < 2:
        return []
    sources = trace.network.feeding(output[0])
    parts = [
        (trace[f"{weight}.product"].value, weight, source)
        for (weight, _), source in zip(output[0].weights, sources, strict=True)
    ]
    return sorted(parts, key=lambda part: -abs(part[0]))


def _driver(trace: Trace) -> Iterator[Slots]:
    parts = _contributions(trace)
    if len(parts) > 1 and abs(parts[0][0]) > 2 * sum(abs(value) for value, *_ in parts[1:]):
        _, weight, neuron = parts[0]
        output = trace.network.outputs[0].name
        part = trace[f"{weight}.product"].text
        total = trace[f"{output}.sum"].text
        yield {"neuron": neuron, "part": part, "total": total, "output": output}


def _amplified(trace: Trace) -> Iterator[Slots]:
    parts = _contributions(trace)
    if len(parts) > 1:
        _, weight, neuron = parts[0]
        size = {name: abs(value) for name, value in trace.network.outputs[0].weights}
        if all(size[weight] > other for name, other in size.items() if name != weight):
            number = short_text(trace.given[weight])[0]
            yield {"weight": weight, "size": number, "neuron": neuron}


def _margin(trace: Trace) -> Iterator[tuple[float, Slots]]:
    for neuron in trace.network.outputs:
        prediction = trace[f"{neuron.name}.activation"]
        known = ACTIVATIONS[neuron.activation]
        if known.bounds == (0.0, 1.0) and known.value(0.0) == 0.5:
            distance = abs(prediction.value - 0.5)
            text = short_text(round(distance, prediction.places))[0]
            yield distance, {"prediction": prediction.text, "distance": text}


def _lean(trace: Trace) -> Iterator[Slots]:
    yield from (slots for distance, slots in _margin(trace) if distance < LEAN)


def _sure(trace: Trace) -> Iterator[Slots]:
    yield from (slots for distance, slots in _margin(trace) if distance >= LEAN)


def _wishes(trace: Trace, neuron: Neuron) -> dict[str, str]:
    return {weight: trace[f"{weight}.direction"].text for weight, _ in neuron.weights}


def _whole_layer(direction: str) -> Callable[[Trace], Iterator[Slots]]:
    def observation(trace: Trace) -> Iterator[Slots]:
        if len(trace.network.layers) > 1:
            for neuron in trace.network.layers[0]:
                if set(_wishes(trace, neuron).values()) == {direction}:
                    yield {"neuron": neuron.name}

    return observation


def _mixed(trace: Trace) -> Iterator[Slots]:
    if len(trace.network.layers) > 1:
        for neuron in trace.network.layers[0]:
            wishes = _wishes(trace, neuron)
            if len(set(wishes.values())) > 1:
                directions = tuple(f"{weight}: {{{weight}.direction}}" for weight in wishes)
                yield {"neuron": neuron.name, "directions": directions}


def _asleep(trace: Trace) -> Iterator[Slots]:
    yield from ({"neuron": neuron.name} for neuron in _hidden(trace) if _shut(trace, neuron))


def _pushed_most(trace: Trace) -> Iterator[Slots]:
    gradients = [
        trace[f"{weight}.gradient"]
        for neuron in trace.network.neurons()
        for weight, _ in neuron.weights
    ]
    ranked = sorted(gradients, key=lambda quantity: abs(quantity.value))
    least, most = ranked[0], ranked[-1]
    if abs(most.value) > abs(least.value):
        yield {
            "weight": most.owner,
            "gradient": most.text,
            "least": least.owner,
            "least_gradient": least.text,
        }


def _small_step(trace: Trace) -> Iterator[Slots]:
    if trace["next.loss"].value < trace["loss"].value:
        yield {"loss": trace["loss"].text, "next_loss": trace["next.loss"].text}


def _large_step(trace: Trace) -> Iterator[Slots]:
    if trace["next.loss"].value >= trace["loss"].value:
        yield {"loss": trace["loss"].text, "next_loss": trace["next.loss"].text}


def _came_out(trace: Trace) -> Iterator[Slots]:
    for prefix in example_prefixes(trace.examples):
        for neuron, target in zip(trace.network.outputs, target_names(trace.network), strict=True):
            name = f"{prefix}{neuron.name}.activation"
            wanted = short_text(trace.given[f"{prefix}{target}"])[0]
            yield {"output": trace.symbol(name), "prediction": trace[name].text, "target": wanted}


def _errors(trace: Trace) -> list[float]:
    return [quantity.value for quantity in trace if quantity.kind == "error"]


def _unmoved(trace: Trace) -> Iterator[Slots]:
    if not any(_errors(trace)):
        yield {}


def _moved(trace: Trace) -> Iterator[Slots]:
    if any(_errors(trace)):
        moved = [q.owner for q in trace if q.kind == "step" and q.value]
        yield {"weights": tuple(map(trace.symbol, moved)) or ("—",)}


class Observation(NamedTuple):
    """One thing that may be said of a trace."""

    slots: tuple[str, ...]
    """The slots of its sentence."""
    find: Callable[[Trace], Iterator[Slots]]
    """What they hold, once for each neuron or weight that it is true of."""


OBSERVATIONS = {
    "cancelling": Observation(("neuron", "products"), _cancelling),
    "silent": Observation(("neuron", "sum"), _silent),
    "driver": Observation(("neuron", "part", "total", "output"), _driver),
    "amplified": Observation(("weight", "size", "neuron"), _amplified),
    "lean": Observation(("prediction", "distance"), _lean),
    "sure": Observation(("prediction", "distance"), _sure),
    "first_layer_up": Observation(("neuron",), _whole_layer("increase")),
    "first_layer_down": Observation(("neuron",), _whole_layer("decrease")),
    "first_layer_mixed": Observation(("neuron", "directions"), _mixed),
    "asleep": Observation(("neuron",), _asleep),
    "pushed_most": Observation(("weight", "gradient", "least", "least_gradient"), _pushed_most),
    "small_step": Observation(("loss", "next_loss"), _small_step),
    "large_step": Observation(("loss", "next_loss"), _large_step),
    "came_out": Observation(("output", "prediction", "target"), _came_out),
    "unmoved": Observation((), _unmoved),
    "moved": Observation(("weights",), _moved),
}
"""Every observation by the id it has in `observations.toml`."""
