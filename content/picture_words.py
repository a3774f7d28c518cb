"""The words on and under pictures, declared once; the texts are each language's `pictures.toml`."""

# ruff: noqa: A002, D102 - slots are named as authors know them; the texts say the rest
# mypy: disable-error-code="empty-body"
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from content.message import Figure, Formula, Messages, Name, Words


class Captions(Messages):
    """`caption` in `pictures.toml`: what the pictures show, in words."""

    def given(self, *, list: Formula) -> str: ...
    def named(self, *, name: Name, text: Figure) -> str: ...
    def neuron(self, *, neuron: Name, activation: Name, list: Formula) -> str: ...
    def weight(self, *, weight: Name, text: Figure, source: Name) -> str: ...
    def weights(self, *, count: Figure) -> str: ...
    def lost(self, *, text: Figure) -> str: ...
    def asked(self, *, what: Name) -> str: ...
    def increase(self, *, list: Formula) -> str: ...
    def decrease(self, *, list: Formula) -> str: ...
    def stay(self, *, list: Formula) -> str: ...
    def strongest(self, *, weight: Name) -> str: ...
    def layers(self, *, list: Formula) -> str: ...
    def square(self, *, across: Name, up: Name, share: Figure) -> str: ...
    def examples(self, *, count: Figure, wrong: Figure) -> str: ...
    def point(self, *, at: Figure, text: Figure, target: Words) -> str: ...
    def loss(self, *, steps: Figure, first: Figure, last: Figure) -> str: ...
    def now(self, *, list: Formula) -> str: ...
    def sheet(self, *, count: Figure) -> str: ...
    def sheet_shown(self, *, sign: Words, count: Figure) -> str: ...
    def sheet_own(self, *, sign: Words, count: Figure) -> str: ...
    def bars(self, *, heading: Name, list: Formula) -> str: ...
    def curve(self, *, name: Name, across: Name, up: Name, text: Figure) -> str: ...
    def value(self, *, up: Name, text: Figure) -> str: ...
    def slope(self, *, text: Figure) -> str: ...
    def change(self, *, list: Formula) -> str: ...


@dataclass(frozen=True, slots=True)
class Labels:
    """`labels` in `pictures.toml`: the words on pictures."""

    sum: str
    activations: tuple[tuple[str, str], ...]
    bias: str
    blame: str
    product: str
    gradient: str
    direction: str
    updated: str
    target: str
    loss: str
    neurons: str
    inputs: str
    weights: str
    positive: str
    negative: str
    increase: str
    decrease: str
    steps: str
    prediction: str
    half: str
    one: str
    zero: str
    wrong: str
    shown: str
    own: str
    directions: str
    slope: str = ""  # pictures asked for before these words were there have none
    before: str = ""
    after: str = ""

    @classmethod
    def of(cls, texts: Mapping[str, str | Mapping[str, str]]) -> Labels:
        """The labels of a language, checked."""
        words = {name: text for name, text in texts.items() if isinstance(text, str)}
        activations = texts["activations"]
        assert not isinstance(activations, str)
        return cls(**words, activations=tuple(activations.items()))

    def activation(self, name: str) -> str:
        """What an activation is called."""
        return dict(self.activations).get(name, name)


LABEL_SLOTS = dict.fromkeys(("neurons", "inputs", "weights"), ("count",))
"""The labels that have slots."""
