"""What an engineer reads off a trace: which sentences of `observations.toml` are true of it.

Each observation finds the neurons or weights it holds for and gives the slots of its sentence. A
different network, or another example, gives other observations; nothing is said that the trace does
not show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from engine.decimals import rounded, short_text
from engine.functions import ACTIVATIONS
from engine.network import Neuron
from engine.steps import example_prefixes, target_names
from engine.trace import Quantity, Trace

Slots: TypeAlias = Mapping[str, str | tuple[str, ...]]
"""The named texts of one sentence."""

CANCELLING = 0.25
"""Products nearly cancel when their sum is below this share of their sizes."""

LEAN = 0.15
"""Nearer than this to 0.5, an output is a lean."""


def _hidden(trace: Trace) -> Iterator[Neuron]:
    """The hidden neurons on their one example; none where there are several."""
    for layer in trace.network.layers[:-1] if not trace.examples else ():
        yield from layer


def _blamed(trace: Trace) -> bool:
    """Whether blame goes back in it to every weight, for one example."""
    return not trace.examples and not trace.network.perceptron


def _shut(trace: Trace, neuron: Neuron) -> bool:
    return ACTIVATIONS[neuron.activation].gate and trace[f"{neuron.name}.sum"].value <= 0


def _bias(trace: Trace, neuron: Neuron) -> float:
    """What a neuron adds to its products."""
    return trace.given[neuron.bias_id]


def _cancelling(trace: Trace) -> Iterator[Slots]:
    for neuron in _hidden(trace):
        parts = [trace[f"{weight}.product"] for weight, _ in neuron.weights]
        size = sum(abs(part.value) for part in parts)
        together = sum(part.value for part in parts)
        total = trace[f"{neuron.name}.sum"].value
        opposed = {part.value > 0 for part in parts if part.value} == {True, False}
        # The bias neither makes the sum small nor hides that the products do.
        small = abs(together) < CANCELLING * size and abs(total) < CANCELLING * size
        if opposed and small and not _shut(trace, neuron):
            yield {"neuron": neuron.name, "products": tuple(part.text for part in parts)}


def _silent(trace: Trace) -> Iterator[Slots]:
    for neuron in _hidden(trace):
        if _shut(trace, neuron):
            yield {"neuron": neuron.name, "sum": trace[f"{neuron.name}.sum"].text}


def _contributions(trace: Trace) -> list[tuple[float, str, str]]:
    """(contribution, weight, neuron) into a single output, largest first; none otherwise."""
    output = trace.network.outputs
    if trace.examples or len(output) != 1 or len(trace.network.layers) < 2:
        return []
    sources = trace.network.feeding(output[0])
    parts = [
        (trace[f"{weight}.product"].value, weight, source)
        for (weight, _), source in zip(output[0].weights, sources, strict=True)
    ]
    return sorted(parts, key=lambda part: -abs(part[0]))


def _driver(trace: Trace) -> Iterator[Slots]:
    parts = _contributions(trace)
    if len(parts) < 2:
        return
    output = trace.network.outputs[0]
    others = abs(_bias(trace, output)) + sum(abs(value) for value, *_ in parts[1:])
    if abs(parts[0][0]) > 2 * others:
        _, weight, neuron = parts[0]
        part, total = trace[f"{weight}.product"].text, trace[f"{output.name}.sum"].text
        yield {"neuron": neuron, "part": part, "total": total, "output": output.name}


def _amplified(trace: Trace) -> Iterator[Slots]:
    parts = _contributions(trace)
    if len(parts) < 2:
        return
    output = trace.network.outputs[0]
    (value, weight, neuron), (second, *_) = parts[:2]
    counts_most = abs(value) > max(abs(second), abs(_bias(trace, output)))
    size = {name: abs(number) for name, number in output.weights}
    if counts_most and all(size[weight] > other for name, other in size.items() if name != weight):
        number = short_text(trace.given[weight])[0]
        yield {"weight": weight, "size": number, "neuron": neuron}


def _margin(trace: Trace) -> Iterator[tuple[float, Slots]]:
    """How far each probability is from a half, as both are read; none that is just a half."""
    for neuron in trace.network.outputs if not trace.examples else ():
        prediction = trace[f"{neuron.name}.activation"]
        known = ACTIVATIONS[neuron.activation]
        if known.bounds == (0.0, 1.0) and known.value(0.0) == 0.5:
            shown = rounded(prediction.value, prediction.places)
            distance = rounded(abs(shown - 0.5), prediction.places)
            if distance:
                text = short_text(distance, max(prediction.places, 1))[0]
                yield distance, {"prediction": prediction.text, "distance": text}


def _lean(trace: Trace) -> Iterator[Slots]:
    yield from (slots for distance, slots in _margin(trace) if distance < LEAN)


def _sure(trace: Trace) -> Iterator[Slots]:
    yield from (slots for distance, slots in _margin(trace) if distance >= LEAN)


def _wishes(trace: Trace, neuron: Neuron) -> dict[str, str]:
    return {weight: trace[f"{weight}.direction"].text for weight, _ in neuron.weights}


def _whole_layer(direction: str) -> Callable[[Trace], Iterator[Slots]]:
    def observation(trace: Trace) -> Iterator[Slots]:
        if len(trace.network.layers) > 1 and _blamed(trace):
            for neuron in trace.network.layers[0]:
                if set(_wishes(trace, neuron).values()) == {direction}:
                    yield {"neuron": neuron.name}

    return observation


def _mixed(trace: Trace) -> Iterator[Slots]:
    if len(trace.network.layers) > 1 and _blamed(trace):
        for neuron in trace.network.layers[0]:
            wishes = _wishes(trace, neuron)
            if len(set(wishes.values())) > 1:
                directions = tuple(f"{weight}: {{{weight}.direction}}" for weight in wishes)
                yield {"neuron": neuron.name, "directions": directions}


def _asleep(trace: Trace) -> Iterator[Slots]:
    if _blamed(trace):
        yield from ({"neuron": neuron.name} for neuron in _hidden(trace) if _shut(trace, neuron))


def _pushed(trace: Trace) -> list[Quantity]:
    """The gradients of all that moves, as they are read, the largest first."""
    if trace.network.perceptron:
        return []
    weights = {weight for neuron in trace.network.neurons() for weight, _ in neuron.weights}
    moved = [
        trace[f"{name}.gradient"]
        for name in trace.network.parameters()
        if name in weights or trace.network.train_biases
    ]
    return sorted(moved, key=_push, reverse=True)


def _push(gradient: Quantity) -> float:
    return abs(rounded(gradient.value, gradient.places))


def _pushed_most(trace: Trace) -> Iterator[Slots]:
    ranked = _pushed(trace)
    if len(ranked) > 1 and _push(ranked[0]) > _push(ranked[1]):
        most, least = ranked[0], ranked[-1]
        if len(ranked) == 2 or _push(ranked[-2]) > _push(least):
            yield {
                "weight": trace.symbol(most.owner),
                "gradient": most.text,
                "least": trace.symbol(least.owner),
                "least_gradient": least.text,
            }


def _pushed_hardest(trace: Trace) -> Iterator[Slots]:
    ranked = _pushed(trace)
    alone = len(ranked) > 2 and _push(ranked[0]) > _push(ranked[1])
    if alone and _push(ranked[-2]) == _push(ranked[-1]):  # several are pushed least
        yield {"weight": trace.symbol(ranked[0].owner), "gradient": ranked[0].text}


def _small_step(trace: Trace) -> Iterator[Slots]:
    if (losses := _losses(trace)) and losses[1].value < losses[0].value:
        yield {"loss": losses[0].text, "next_loss": losses[1].text}


def _large_step(trace: Trace) -> Iterator[Slots]:
    if (losses := _losses(trace)) and losses[1].value >= losses[0].value:
        yield {"loss": losses[0].text, "next_loss": losses[1].text}


def _losses(trace: Trace) -> tuple[Quantity, Quantity] | None:
    """The loss before the step and after it; None where nothing is lost, nor moved to lose less."""
    if trace.network.perceptron or not any(q.value for q in _pushed(trace)):
        return None
    return trace["loss"], trace["next.loss"]


def _came_out(trace: Trace) -> Iterator[Slots]:
    for prefix in example_prefixes(trace.examples):
        for neuron, target in zip(trace.network.outputs, target_names(trace.network), strict=True):
            name = f"{prefix}{neuron.name}.activation"
            wanted = short_text(trace.given[f"{prefix}{target}"])[0]
            yield {"output": trace.symbol(name), "prediction": trace[name].text, "target": wanted}


def _errors(trace: Trace) -> list[float]:
    return [quantity.value for quantity in trace if quantity.kind == "error"]


def _unmoved(trace: Trace) -> Iterator[Slots]:
    if trace.network.perceptron and not any(_errors(trace)):
        yield {}


def _moved(trace: Trace) -> Iterator[Slots]:
    moved = [q.owner for q in trace if q.kind == "step" and q.value]
    if trace.network.perceptron and any(_errors(trace)) and moved:
        yield {"weights": tuple(map(trace.symbol, moved))}


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
    "pushed_hardest": Observation(("weight", "gradient"), _pushed_hardest),
    "small_step": Observation(("loss", "next_loss"), _small_step),
    "large_step": Observation(("loss", "next_loss"), _large_step),
    "came_out": Observation(("output", "prediction", "target"), _came_out),
    "unmoved": Observation((), _unmoved),
    "moved": Observation(("weights",), _moved),
}
"""Every observation by the id it has in `observations.toml`."""
