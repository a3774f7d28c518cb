"""A network of the learner's own as a lesson: what is asked of it, in which order.

A network in no convention of its own is asked for its directions and one update; one that follows
a worksheet is asked for all that stands on it: blame, gradients, and every weight after the step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from content.book import Book
from content.generated_lessons import Exercise, question
from content.lesson import Example, Lesson
from content.models import Card, ChoiceStep, DirectionStep, NumberStep, Option, Picture, Section
from content.observations import OBSERVATIONS
from engine.losses import DEFAULT_LOSS
from engine.network import DELTAS, Network, Neuron
from engine.steps import example_prefixes
from engine.trace import Trace

_FORWARD = ("cancelling", "silent", "driver", "amplified", "lean", "sure")
_BACKWARD = ("first_layer_up", "first_layer_down", "first_layer_mixed", "asleep")
_STEP = ("pushed_most", "pushed_hardest", "small_step")


def own_lesson(book: Book, id_: str, problem: Exercise, network_text: str) -> Lesson:
    """A network of the learner's own as a lesson: forward, loss, nudges, updates, readings.

    Where biases are trained, they are asked for like weights.

    Args:
        book: whose words are used.
        id_: the lesson's id, also the beginning of its steps' ids.
        problem: the network and example; its quantities are not looked at.
        network_text: the network as it is shown, in the friendly format.
    """
    words, traced = book.generated.own, problem.traced(book.names)
    network = problem.network
    steps: dict[str, list[NumberStep | DirectionStep | ChoiceStep | Card]] = {}
    names = [
        f"{prefix}{name}" for prefix in example_prefixes(traced.examples) for name in network.inputs
    ]
    example = book.numbers.joined(f"{name} = {{{name}}}" for name in names)
    intro = words["intro"].replace("{network}", network_text).replace("{example}", example)
    if network.loss == DEFAULT_LOSS and not follows_a_sheet(problem):
        intro = f"{intro}\n\n{words['convention']}"
    steps["forward"] = [Card(kind="card", id=f"{id_}_0", text=intro, picture="network")]
    count = 0  # of what is asked by a quantity: learners' records hold it
    for section, name, picture in _asked(problem, traced):
        count += name != _LOW_OR_HIGH
        if name == _LOW_OR_HIGH:
            made: NumberStep | DirectionStep | ChoiceStep = _low_or_high(words, traced, f"{id_}_lh")
        else:
            made = question(book.generated, traced, name, f"{id_}_{count}")
        if picture and isinstance(made, NumberStep):
            made = made.model_copy(update={"picture": picture})
        steps.setdefault(section, []).append(made)
    steps["reading"] = list(_readings(words, problem, traced, id_))
    sections = tuple(
        Section(id=name, title=words[name], example="own", free=True, step=tuple(found))
        for name, found in steps.items()
    )
    examples = {"own": Example(problem.inputs, problem.target, traced)}
    return Lesson(
        id_, words["title"], network, problem.learning_rate, examples, sections, words["done"]
    )


def follows_a_sheet(problem: Exercise) -> bool:
    """Whether a network is in a convention of its own, so that all of a sheet is asked."""
    network = problem.network
    softmax = any(neuron.function.layer for neuron in network.outputs)
    named = any(neuron.bias_name for neuron in network.neurons())
    halved = network.loss in ("half_squared_error", "mean_squared_error")
    said = network.delta != DELTAS[0] or network.perceptron or network.decimals is not None
    return bool(problem.examples) or softmax or named or halved or said


_LOW_OR_HIGH = "low or high"

_Asked = Iterator[tuple[str, str, Picture | None]]
"""Section, quantity and picture of each step, in order."""


def _asked(problem: Exercise, traced: Trace) -> _Asked:
    network, prefixes = problem.network, example_prefixes(traced.examples)
    for prefix in prefixes:
        for layer in network.layers:
            yield from _forward(layer, prefix)
    for name in (f"{prefix}loss" for prefix in prefixes):
        if name in traced:
            yield "loss", name, None
    if traced.examples and not network.perceptron:
        yield "loss", "loss", None
    yield from _sheet(network, traced) if follows_a_sheet(problem) else _nudges(network, traced)


def _forward(layer: Sequence[Neuron], prefix: str) -> _Asked:
    """Sums and activations; of a softmax all sums come first."""
    whole = layer[0].function.layer is not None
    for neuron in layer:
        yield "forward", f"{prefix}{neuron.name}.sum", "network"
        if not whole and not neuron.function.identity:
            yield "forward", f"{prefix}{neuron.name}.activation", "curve"
    for neuron in layer if whole else ():
        yield "forward", f"{prefix}{neuron.name}.activation", "network"


def _nudges(network: Network, traced: Trace) -> _Asked:
    """Which way each weight moves, and where the one that is pushed most goes."""
    if len(network.outputs) == 1:
        yield "backward", _LOW_OR_HIGH, None
    layers = network.layers[::-1]
    weights = [w for layer in layers for n in layer for w, _ in n.weights]
    biases = [n.bias_id for layer in layers for n in layer] if network.train_biases else []
    for moved in (*weights, *biases):
        yield "backward", f"{moved}.direction", None
    pushed = max(weights, key=lambda weight: abs(traced[f"{weight}.gradient"].value))
    yield "backward", f"{pushed}.updated", "slope"
    for bias in biases[:1]:
        yield "backward", f"{bias}.updated", None


def _sheet(network: Network, traced: Trace) -> _Asked:
    """Blame, gradients and updates, in the order of a worksheet."""
    kinds = ("delta", "error") if network.delta == "error" else ("delta", "error", "gradient")
    moving = {q.owner for q in traced if q.kind == "updated"}
    for quantity in traced:
        moves = quantity.kind != "gradient" or quantity.owner in moving
        if quantity.kind in kinds and moves and not _repeats(traced, quantity.id):
            yield "backward", quantity.id, None
    for quantity in traced:
        if quantity.kind == "updated":
            yield "backward", quantity.id, None


def _repeats(traced: Trace, name: str) -> bool:
    """Whether a gradient is a blame over again, as that of an unshared bias is."""
    quantity = traced[name]
    return quantity.kind == "gradient" and traced.formula(name) in {
        traced.symbol(one.id) for one in traced if one.kind == "delta"
    }


def _readings(
    words: Mapping[str, str], problem: Exercise, traced: Trace, id_: str
) -> Iterator[Card]:
    """What the numbers say; where nothing else does, what came out and what should have."""
    alone = not traced.examples
    forward = _FORWARD if alone else ()
    found = any(any(OBSERVATIONS[name].find(traced)) for name in forward)
    yield Card(
        kind="card",
        id=f"{id_}_rf",
        text=words["read_forward"],
        observations=forward if found else ("came_out",),
    )
    if problem.network.perceptron:
        yield Card(
            kind="card",
            id=f"{id_}_rb",
            text=words["read_backward"],
            observations=("unmoved", "moved"),
        )
        return
    yield Card(
        kind="card",
        id=f"{id_}_rb",
        text=words["read_backward"],
        observations=(*(_BACKWARD if alone else ()), *_STEP, "large_step"),
        picture="change" if alone else None,
    )


def _low_or_high(words: Mapping[str, str], traced: Trace, step: str) -> ChoiceStep:
    output = traced.network.outputs[0].name
    prediction = f"{output}.activation"
    ask = (
        words["ask_low_or_high"]
        .replace("{output}", output)
        .replace("{prediction}", "{" + prediction + "}")
    )
    reply = words["compare"].replace("{prediction}", "{" + prediction + "}")
    options = tuple(
        Option(id=id_, label=words[id_], right_if=((prediction, sign, "target"),), reply=reply)
        for id_, sign in (("low", "<"), ("high", ">"), ("same", "="))
    )
    return ChoiceStep(
        kind="choice",
        id=step,
        label=words["low_or_high"],
        ask=ask,
        options=options,
        look=reply,
        rule=words["rule"],
    )
