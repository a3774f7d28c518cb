"""What a diagram says of each part of a network: texts by place, and what is asked."""

from __future__ import annotations

from dataclasses import dataclass

from bot.pictures.layout_rules import weight_text
from bot.pictures.palette import INK, MUTED
from bot.pictures.requests import Diagram
from bot.pictures.scene import NUMBER, SMALL, Run, about
from engine.network import Neuron


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

    def lines(self, neuron: Neuron) -> list[Entry]:
        """What is known of a neuron besides."""
        lines, labels = [], self.labels
        bias = neuron.bias_id
        if neuron.bias or self.network.train_biases or self.asked.startswith(bias):
            text = weight_text(neuron.bias)
            if self.asked.startswith(bias):
                text = f"{text} {self.detail(bias)[0]}"
            elif new := self.text(f"{bias}.updated"):
                text = f"{text} → {new}"
            lines.append(self.entry(bias, labels.bias, text))
        known = [(f"{neuron.name}.delta", labels.blame)]
        if neuron.name in self.outputs:
            one = len(self.outputs) == 1
            known.append(("target" if one else f"target.{neuron.name}", labels.target))
        for identity, word in known:
            if text := self.text(identity):
                lines.append(self.entry(identity, word, text))
        return lines

    def focused(self, neuron: Neuron, source: str, weight: str) -> bool:
        """Whether an edge belongs to what is asked, or nothing in particular is."""
        owner = self.asked.split(".")[0]
        if not owner or owner == "loss":
            return True
        if self.asked.endswith(".delta") and neuron.name not in self.outputs:
            return source == owner
        return owner in (neuron.name, weight)
