"""Lessons that are made, not written: practice problems, and any network a learner brings.

The steps are the same data as an author's, so everything that works in the lesson (hints, pieces,
diagnosis, pictures) works in these; only the texts come from the patterns of `generated.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from content.book import Book
from content.kinds import kind_of
from content.lesson import Example, Lesson
from content.models import Card, ChoiceStep, DirectionStep, NumberStep, Option, Picture, Section
from content.word_files import GeneratedFile
from engine.functions import ACTIVATIONS, tabled
from engine.network import Network
from engine.trace import Trace, trace

NEVER = "never"


@dataclass(frozen=True, slots=True)
class Exercise:
    """A network at an example, and the quantities to ask of it, in order."""

    network: Network
    inputs: Mapping[str, float]
    target: float | tuple[float, ...]
    learning_rate: float
    quantities: tuple[str, ...]

    def to_data(self) -> dict[str, Any]:
        """Short plain data: a neuron is a list of name, activation, weights and bias."""
        network = self.network
        target = list(self.target) if isinstance(self.target, tuple) else self.target
        layers = [
            [[n.name, n.activation, dict(n.weights), *([n.bias] if n.bias else ())] for n in layer]
            for layer in network.layers
        ]
        data: dict[str, Any] = {"inputs": dict(self.inputs), "layers": layers, "loss": network.loss}
        data |= {"target": target, "rate": self.learning_rate, "asked": list(self.quantities)}
        return data | ({"train_biases": True} if network.train_biases else {})

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Exercise:
        """What `to_data` wrote.

        Raises:
            KeyError, TypeError, ValueError: it is no such data.
        """
        names = ("name", "activation", "weights", "bias")
        layers = [[dict(zip(names, one, strict=False)) for one in row] for row in data["layers"]]
        network = {"inputs": list(data["inputs"]), "layers": layers, "loss": data["loss"]}
        network["train_biases"] = data.get("train_biases", False)
        target = data["target"]
        return cls(
            Network.from_data(network),
            data["inputs"],
            tuple(target) if isinstance(target, list) else target,
            data["rate"],
            tuple(data["asked"]),
        )


def question(
    words: GeneratedFile, traced: Trace, name: str, step: str
) -> NumberStep | DirectionStep:
    """The step that asks one quantity, in the words for its kind."""
    quantity = traced[name]
    kind = kind_of(traced, quantity)
    owner = traced.symbol(quantity.owner) if quantity.owner in traced.given else quantity.owner

    def about(template: str) -> str:
        gradient = name.removesuffix(".direction") + ".gradient"
        return (
            template.replace("{quantity", "{" + name)
            .replace("{owner.", "{" + _prefix(name) + quantity.owner + ".")
            .replace("{owner}", owner)
            .replace("{gradient}", "{" + gradient + "}")
        )

    ask, right = about(words.ask[kind]), words.right.get(kind)
    if quantity.kind == "direction":
        return DirectionStep(
            kind="direction", id=step, quantity=name, ask=ask, right=about(right or ask)
        )
    return NumberStep(
        kind="number",
        id=step,
        quantity=name,
        ask=ask,
        right=about(right) if right else None,
        sigmoid_table=kind in tabled(),
    )


def _prefix(name: str) -> str:
    return "next." if name.startswith("next.") else ""


def practice(book: Book, id_: str, title: str, problems: Sequence[Exercise]) -> Lesson:
    """A set of problems as a lesson: one section each, without cards.

    Args:
        book: whose words are used.
        id_: names the set, and with the step's number its steps.
        title: of every section.
        problems: what to ask.
    """
    examples, sections, number = {}, [], 0
    for index, problem in enumerate(problems, 1):
        traced = _traced(book, problem)
        examples[f"p{index}"] = Example(problem.inputs, problem.target, traced)
        steps = []
        for name in problem.quantities:
            number += 1
            steps.append(question(book.generated, traced, name, f"{id_}_{number}"))
        sections.append(
            Section(id=f"p{index}", title=title, example=f"p{index}", free=True, step=tuple(steps))
        )
    first = problems[0]
    return Lesson(
        id_,
        title,
        first.network,
        first.learning_rate,
        examples,
        tuple(sections),
        book.generated.practice["done"],
    )


def _traced(book: Book, problem: Exercise) -> Trace:
    return trace(
        problem.network,
        dict(problem.inputs),
        problem.target,
        problem.learning_rate,
        book.chat.names,
    )


def own_lesson(book: Book, id_: str, problem: Exercise, network_text: str) -> Lesson:
    """A network of the learner's own as a lesson: forward, loss, nudges, an update, readings.

    Where biases are trained, they are asked for like weights, and one of them is updated too.

    Args:
        book: whose words are used.
        id_: the lesson's id, also the beginning of its steps' ids.
        problem: the network and example; its quantities are not looked at.
        network_text: the network as it is shown, in the friendly format.
    """
    words = book.generated.own
    traced = _traced(book, problem)
    network = problem.network
    steps: dict[str, list[NumberStep | DirectionStep | ChoiceStep | Card]] = {}
    example = ", ".join(f"{name} = {{{name}}}" for name in network.inputs)
    intro = words["intro"].replace("{network}", network_text).replace("{example}", example)
    count = 0

    def ask(section: str, name: str, picture: Picture | None = None) -> None:
        nonlocal count
        count += 1
        made = question(book.generated, traced, name, f"{id_}_{count}")
        if picture and isinstance(made, NumberStep):
            made = made.model_copy(update={"picture": picture})
        steps.setdefault(section, []).append(made)

    steps["forward"] = [Card(kind="card", id=f"{id_}_0", text=intro, picture="network")]
    for neuron in network.neurons():
        ask("forward", f"{neuron.name}.sum", "network")
        if not ACTIVATIONS[neuron.activation].identity:
            ask("forward", f"{neuron.name}.activation", "curve")
    ask("loss", "loss")
    layers = tuple(reversed(network.layers))
    weights = [w for layer in layers for n in layer for w, _ in n.weights]
    biases = [f"{n.name}.bias" for layer in layers for n in layer] if network.train_biases else []
    if len(network.outputs) == 1:
        steps["backward"] = [_low_or_high(words, traced, f"{id_}_lh")]
    for moved in (*weights, *biases):
        ask("backward", f"{moved}.direction")
    pushed = max(weights, key=lambda weight: abs(traced[f"{weight}.gradient"].value))
    ask("backward", f"{pushed}.updated", "slope")
    for bias in biases[:1]:
        ask("backward", f"{bias}.updated")
    forward = ("cancelling", "silent", "driver", "amplified", "lean", "sure")
    backward = ("first_layer_up", "first_layer_down", "first_layer_mixed", "asleep")
    steps["reading"] = [
        Card(kind="card", id=f"{id_}_rf", text=words["read_forward"], observations=forward),
        Card(
            kind="card",
            id=f"{id_}_rb",
            text=words["read_backward"],
            observations=(*backward, "pushed_most", "small_step"),
            picture="change",
        ),
    ]
    sections = tuple(
        Section(id=name, title=words[name], example="own", free=True, step=tuple(found))
        for name, found in steps.items()
    )
    examples = {"own": Example(problem.inputs, problem.target, traced)}
    return Lesson(
        id_, words["title"], network, problem.learning_rate, examples, sections, words["done"]
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
