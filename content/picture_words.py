"""The words on and under pictures, declared once; the texts are each language's `pictures.toml`."""

# ruff: noqa: A002, D102 - slots are named as authors know them; the texts say the rest
# mypy: disable-error-code="empty-body"
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from content.counting import Counting
from content.message import Figure, Formula, Messages, Name, Words, filled, pieces, segments
from content.numbers import Numbers


class Captions(Messages):
    """`caption` in `pictures.toml`: what the pictures show, in words."""

    def given(self, *, list: Formula) -> str: ...
    def moved(self, *, name: Name, before: Figure, after: Figure) -> str: ...
    def followed(self, *, list: Formula, last: Formula) -> str: ...
    def working(self, *, heading: Name, list: Formula) -> str: ...
    def trained(self, *, steps: Figure) -> str: ...
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
    def part_of(self, *, part: Words, done: Figure, steps: Figure) -> str: ...
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
    owned: str = "{owner} {word}"
    valued: str = "{word} {text}"
    layer: str = "{neurons}, {list}"
    headed: str = "{title}: {list}"
    language: str = "en"
    """Whose words they are, and how the numbers beside them are written."""
    nouns: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    """What the labels count, each in its plural forms."""

    @classmethod
    def of(cls, texts: Mapping[str, str | Mapping[str, str]], counted: Counting) -> Labels:
        """The labels of a language, checked.

        Args:
            texts: as they stand in the file.
            counted: the nouns of the language.
        """
        words = {name: text for name, text in texts.items() if isinstance(text, str)}
        activations = texts["activations"]
        assert not isinstance(activations, str)
        used = {noun for text in words.values() for _, _, noun in segments(text) if noun}
        nouns = tuple((noun, tuple(counted.nouns[noun].items())) for noun in sorted(used))
        language = counted.numbers.tag
        return cls(**words, activations=tuple(activations.items()), language=language, nouns=nouns)

    def said(self, label: str, **slots: str) -> str:
        """A label with slots, filled.

        Args:
            label: its name.
            slots: what it takes; numbers as authors write them.
        """
        nouns = {noun: dict(forms) for noun, forms in self.nouns}
        text: str = getattr(self, label)
        return filled(pieces(text, Counting(nouns, Numbers.of(self.language))), slots)

    def activation(self, name: str) -> str:
        """What an activation is called."""
        return dict(self.activations).get(name, name)


LABELS = tuple(one.name for one in fields(Labels) if one.name not in {"language", "nouns"})
"""The labels that a language has."""

LABEL_SLOTS = {
    **dict.fromkeys(("neurons", "inputs", "weights"), ("count",)),
    "owned": ("owner", "word"),
    "valued": ("word", "text"),
    "layer": ("neurons", "list"),
    "headed": ("title", "list"),
}
"""The labels that have slots."""
