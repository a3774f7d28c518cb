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
from content.models import DirectionStep, NumberStep, Section
from content.word_files import GeneratedFile
from engine.functions import DEFAULT_SLOPE
from engine.lookup import table_for
from engine.network import Network, Neuron
from engine.trace import NAMES, Trace, batch_trace, trace

NEVER = "never"


@dataclass(frozen=True, slots=True)
class Exercise:
    """A network at an example, or at several, and the quantities to ask of it, in order."""

    network: Network
    inputs: Mapping[str, float]
    target: float | tuple[float, ...]
    learning_rate: float
    quantities: tuple[str, ...]
    examples: tuple[tuple[Mapping[str, float], float | tuple[float, ...]], ...] = ()
    """Inputs and target of each, where one step is taken on several; the first are those above."""
    reduction: str = "mean"

    def to_data(self) -> dict[str, Any]:
        """Short plain data: a neuron is a list of name, activation, weights, bias and slope."""
        network = self.network.to_data()
        layers = [[_short(neuron) for neuron in layer] for layer in self.network.layers]
        data: dict[str, Any] = {"inputs": dict(self.inputs), "layers": layers}
        data |= {"loss": self.network.loss, "target": _plain(self.target)}
        data |= {"rate": self.learning_rate, "asked": list(self.quantities)}
        data |= {key: network[key] for key in _CONVENTIONS if network.get(key)}
        if self.examples:
            examples = [[dict(inputs), _plain(target)] for inputs, target in self.examples]
            data |= {"examples": examples, "reduction": self.reduction}
        return data

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Exercise:
        """What `to_data` wrote.

        Raises:
            KeyError, TypeError, ValueError: it is no such data.
        """
        names = ("name", "activation", "weights", "bias", "slope")
        layers = [[dict(zip(names, one, strict=False)) for one in row] for row in data["layers"]]
        network = {"inputs": list(data["inputs"]), "layers": layers, "loss": data["loss"]}
        network |= {key: data[key] for key in _CONVENTIONS if key in data}
        return cls(
            Network.from_data(network),
            data["inputs"],
            _target(data["target"]),
            data["rate"],
            tuple(data["asked"]),
            tuple((inputs, _target(target)) for inputs, target in data.get("examples", ())),
            data.get("reduction", "mean"),
        )

    def traced(self, names: Mapping[str, str] = NAMES) -> Trace:
        """The training step on the example, or on all of them."""
        if self.examples:
            examples = [(dict(inputs), target) for inputs, target in self.examples]
            return batch_trace(self.network, examples, self.reduction, self.learning_rate, names)
        return trace(self.network, dict(self.inputs), self.target, self.learning_rate, names)


_CONVENTIONS = ("train_biases", "delta", "update", "decimals")
"""What of a network is stored only where it is not as usual."""


def _short(neuron: Neuron) -> list[Any]:
    bias: Any = {neuron.bias_name: neuron.bias} if neuron.bias_name else neuron.bias
    rest = [bias, neuron.slope] if neuron.slope != DEFAULT_SLOPE else [bias] if bias else []
    return [neuron.name, neuron.activation, dict(neuron.weights), *rest]


def _plain(target: float | tuple[float, ...]) -> float | list[float]:
    return list(target) if isinstance(target, tuple) else target


def _target(target: float | list[float]) -> float | tuple[float, ...]:
    return tuple(target) if isinstance(target, list) else target


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
            .replace("{owner.slope}", "{" + quantity.owner + ".slope}")
            .replace("{owner.", "{" + quantity.prefix + quantity.owner + ".")
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
        lookup_table=bool(table_for(quantity.expression)),
    )


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
        traced = problem.traced(book.names)
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
