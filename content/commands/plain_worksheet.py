"""A trace as a worksheet in plain text: grouped, in columns, at most 100 wide."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from content.book import Book
from content.messages import Worksheet
from content.paper.words import headings
from engine.decimals import short_text
from engine.functions import ACTIVATIONS
from engine.network import Network, Neuron
from engine.steps import example_prefixes, target_names
from engine.trace import Quantity, Trace

WIDTH = 100
INDENT = " "
GAP = "  "
NARROWEST = 16
"""Formula and numbers are wrapped to fit, but not below this."""


@dataclass(frozen=True, slots=True)
class Group:
    """Quantities under one heading."""

    title: str
    quantities: tuple[Quantity, ...]


def worksheet(step: Trace, book: Book) -> str:
    """The whole worksheet, without an end of line."""
    words = headings(book)
    lines = [words.given(), "", *_given(step, words)]
    for title, groups in _parts(step, words):
        lines += ["", "", title]
        for group in groups:
            lines += ["", *([group.title] if group.title else []), *_table(step, group.quantities)]
    return book.numbers.turned("\n".join(line.rstrip() for line in lines))


def _given(step: Trace, words: Worksheet) -> Iterator[str]:
    network = step.network
    for number, prefix in enumerate(example_prefixes(step.examples), 1):
        names = [f"{prefix}{name}" for name in (*network.inputs, *target_names(network))]
        if not step.examples:
            names.append("learning_rate")
        title = words.example_number(number=str(number)) if step.examples else words.example()
        yield from _wrapped(title, _assigned(step, names))
    if step.examples:
        yield from _wrapped(words.together(), _assigned(step, ["learning_rate"]))
    wide = max(len(neuron.name) for neuron in network.neurons())
    for neuron in network.neurons():
        names = [*(name for name, _ in neuron.weights), neuron.bias_id]
        if (slope := f"{neuron.name}.slope") in step.given:
            names.append(slope)
        yield from _wrapped(f"{neuron.name:<{wide}}  {neuron.activation}", _assigned(step, names))
    if not network.perceptron:
        kind = network.loss.replace("_", " ")
        yield from _wrapped("loss", [f"{kind}: {step.formula('loss')}"])
    moving = "weights and biases" if network.train_biases else "weights only, biases stay"
    yield from _wrapped("update", [moving])
    for used in dict.fromkeys(ACTIVATIONS[neuron.activation] for neuron in network.neurons()):
        if used.note:
            yield from _wrapped(used.printed, [used.note])


def _assigned(step: Trace, names: Iterable[str]) -> list[str]:
    return [f"{name} = {short_text(step.given[name], 12)[0]}" for name in names]


def _wrapped(title: str, parts: Sequence[str]) -> list[str]:
    """A title, then the parts beside it."""
    text = (GAP + " ").join(part.replace(" ", "\0") for part in parts)
    lines = textwrap.wrap(text, WIDTH - 20, break_on_hyphens=False) or [""]
    return [
        f"{title if i == 0 else '':<18}{GAP}{line}".replace("\0", " ")
        for i, line in enumerate(lines)
    ]


def _parts(step: Trace, words: Worksheet) -> Iterator[tuple[str, list[Group]]]:
    kinds = ("product", "sum", "activation")
    now = [quantity for quantity in step if not quantity.id.startswith("next.")]
    later = [quantity for quantity in step if quantity.id.startswith("next.")]
    yield words.forward(), _by_neuron(step.network, [q for q in now if q.kind in kinds])
    if losses := tuple(q for q in now if q.kind == "loss"):
        yield words.loss(), [Group("", losses)]
    back = [q for q in now if q.kind in ("delta", "error", "gradient")]
    yield words.backward(), _by_neuron(step.network, back, backward=True)
    ways = Group(words.which_way(), tuple(q for q in now if q.kind == "direction"))
    moves = Group(words.how_far(), tuple(q for q in now if q.kind in ("step", "updated")))
    yield words.update(), [group for group in (ways, moves) if group.quantities]
    again = _by_neuron(step.network, [q for q in later if q.kind != "loss"])
    loss = Group(words.loss_again(), tuple(q for q in later if q.kind == "loss"))
    yield words.again(), [*again, *([loss] if loss.quantities else ())]


def _by_neuron(
    network: Network, quantities: Sequence[Quantity], *, backward: bool = False
) -> list[Group]:
    layers = network.layers[::-1] if backward else network.layers
    groups, taken = [], set[str]()
    for prefix in dict.fromkeys(q.prefix for q in quantities):
        said = prefix.removeprefix("next.").replace(".", " · ")
        for neuron in (neuron for layer in layers for neuron in layer):
            owners = _owners(neuron)
            mine = tuple(
                q
                for q in quantities
                if q.prefix == prefix and q.owner in owners and q.id not in taken
            )
            taken.update(q.id for q in mine)
            if mine:
                groups.append(Group(f"{said}{neuron.name} ({neuron.activation})", mine))
    return groups


def _owners(neuron: Neuron) -> frozenset[str]:
    return frozenset((neuron.name, neuron.bias_id, *(name for name, _ in neuron.weights)))


def _table(step: Trace, quantities: Sequence[Quantity]) -> Iterator[str]:
    """Columns: id, formula, with numbers, value; the middle two wrapped where they must be."""
    rows = [
        (q.id, step.formula(q.id), step.substituted(q.id), step.working(q.id)[-1])
        for q in quantities
    ]
    first, last = (max(len(row[i]) for row in rows) for i in (0, 3))
    middle = _shared(
        max(len(row[1]) for row in rows),
        max(len(row[2]) for row in rows),
        WIDTH - len(INDENT) - first - last - 3 * len(GAP),
    )
    for row in rows:
        cells = [
            [row[0]],
            textwrap.wrap(row[1], middle[0], break_on_hyphens=False),
            textwrap.wrap(row[2], middle[1], break_on_hyphens=False),
        ]
        height = max(map(len, cells))
        cells.append([""] * (height - 1) + [row[3]])
        for line in zip_longest(*cells, fillvalue=""):
            widths = (first, *middle, last)
            text = GAP.join(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True))
            yield INDENT + text


def _shared(formula: int, numbers: int, room: int) -> tuple[int, int]:
    """The widths of two columns that together have so much room."""
    room = max(room, 2 * NARROWEST)
    if formula + numbers <= room:
        return formula, numbers
    half = room // 2
    if formula <= half:
        return formula, room - formula
    return (room - numbers, numbers) if numbers <= half else (half, room - half)
