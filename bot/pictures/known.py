"""What a diagram says of each part of a network: which are drawn, texts by place, what is asked."""

from __future__ import annotations

from dataclasses import dataclass

from bot.pictures.palette import INK, MUTED
from bot.pictures.requests import Diagram
from bot.pictures.scene import NUMBER, SMALL, Run
from bot.pictures.scripts import about
from engine.decimals import short_text
from engine.network import Network, Neuron

LARGEST_INPUTS, LARGEST_LAYERS, LARGEST_LAYER, MOST_WEIGHTS = 6, 4, 4, 40
"""What is drawn neuron by neuron, so that it can be read on a phone; outputs are a layer."""


WAYS = {1: "↑", -1: "↓", 0: "="}
"""Which way a bias should move: it has no line for an arrow."""


def fits(network: Network) -> bool:
    """Whether a network is small enough to be drawn neuron by neuron."""
    return (
        len(network.inputs) <= LARGEST_INPUTS
        and len(network.layers) <= LARGEST_LAYERS
        and all(len(layer) <= LARGEST_LAYER for layer in network.layers)
        and sum(len(neuron.weights) for neuron in network.neurons()) <= MOST_WEIGHTS
    )


def weight_text(value: float) -> str:
    """A weight's number on an edge."""
    return short_text(value)[0]


@dataclass(frozen=True, slots=True)
class Entry:
    """A quiet word and a strong number."""

    word: str
    text: str
    asked: bool

    @property
    def colour(self) -> str:
        """The word's."""
        return INK if self.asked else MUTED

    @property
    def wide(self) -> float:
        """About how wide both are, side by side."""
        return about(self.word, SMALL) + 5 + about(self.text, NUMBER, bold=True)

    @property
    def runs(self) -> list[Run]:
        """Both side by side."""
        return [(self.word, SMALL, self.colour, False), (self.text, NUMBER, INK, True)]


class Known:
    """What is known of one diagram's network."""

    def __init__(self, diagram: Diagram) -> None:
        self.labels, self.network = diagram.labels, diagram.network
        self.found = dict(diagram.found)
        self.nudges = {one.weight: one for one in diagram.nudges}
        self.asked = diagram.asked.removeprefix("next.")
        self.outputs = [output.name for output in self.network.outputs]

    def text(self, name: str) -> str:
        """What is known of a quantity; a question mark where it is asked."""
        if name == self.asked:
            return "?"
        return self.found.get(f"next.{name}") or self.found.get(name, "")

    def entry(self, identity: str, word: str, text: str) -> Entry:
        """A word and a text, marked where what they tell is asked."""
        asked = self.asked == identity or self.asked.startswith(f"{identity}.")
        return Entry(word, text, asked)

    def detail(self, weight: str) -> tuple[str, bool]:
        """What is asked about a weight, or the last thing known; whether that is its gradient."""
        patterns = {"updated": "→ {}", "gradient": "{}", "product": "= {}"}
        owner, _, kind = self.asked.rpartition(".")
        if owner == weight:
            return patterns.get(kind, "{}").format("?"), False
        for kind, pattern in patterns.items():
            if text := self.text(f"{weight}.{kind}"):
                return pattern.format(text), kind == "gradient"
        return "", False

    def halves(self, neuron: Neuron) -> list[Entry]:
        """A neuron's sum and its activation, known or not."""
        words = {"sum": self.labels.sum, "activation": self.labels.activation(neuron.activation)}
        named = [(f"{neuron.name}.{kind}", word) for kind, word in words.items()]
        return [self.entry(name, word, self.text(name)) for name, word in named]

    def bias(self, neuron: Neuron) -> list[Entry]:
        """A neuron's bias, where there is one, with what comes of it."""
        name = neuron.bias_id
        asked, text = self.asked.startswith(name), weight_text(neuron.bias)
        if not (neuron.bias or self.network.train_biases or asked):
            return []
        if asked:
            text = f"{text} {self.detail(name)[0]}"
        elif new := self.text(f"{name}.updated"):
            text = f"{text} → {new}"
        nudge = self.nudges.get(name)
        way = f" {WAYS[nudge.direction]}" if nudge else ""
        return [self.entry(name, f"{self.labels.bias}{way}", text)]

    def goal(self, neuron: Neuron) -> list[Entry]:
        """A neuron's blame, and an output's target, where they are known."""
        known = [(f"{neuron.name}.delta", self.labels.blame)]
        if neuron.name in self.outputs:
            one = len(self.outputs) == 1
            known.append(("target" if one else f"target.{neuron.name}", self.labels.target))
        entries = [self.entry(name, word, self.text(name)) for name, word in known]
        return [entry for entry in entries if entry.text]

    def focused(self, neuron: Neuron, source: str, weight: str) -> bool:
        """Whether an edge belongs to what is asked, or nothing in particular is."""
        owner = self.asked.split(".")[0]
        if not owner or owner == "loss":
            return True
        if self.asked.endswith(".delta") and neuron.name not in self.outputs:
            return source == owner
        return owner in (neuron.name, weight)
