"""What the functions of a network are, as mathematics: the same in every language."""

from __future__ import annotations

from collections.abc import Iterator

from content.paper.mathematics import Node, formula, symbol
from content.paper.variants import is_passed_on
from engine.functions import ACTIVATIONS
from engine.trace import Trace

_Z: Node = ["name", "z", ""]
_ONE: Node = ["number", "1"]
_ZERO: Node = ["number", "0"]


def _exp(power: Node) -> Node:
    return ["power", ["name", "e", ""], power]


_MINUS_Z: Node = ["row", ["minus"], _Z]
_UP, _DOWN = _exp(_Z), _exp(_MINUS_Z)


def _when(sign: str) -> Node:
    return ["row", _Z, ["sign", sign], _ZERO]


_KEPT_ABOVE: Node = ["cases", [_Z, _when(">")], [_ZERO, _when("≤")]]
_SWITCH: Node = ["cases", [_ONE, _when(">")], [_ZERO, _when("≤")]]

_MEANING: dict[str, list[tuple[str, Node]]] = {
    "relu": [("", _KEPT_ABOVE), ("′", _SWITCH)],
    "sigmoid": [("", ["fraction", _ONE, ["row", _ONE, ["sign", "+"], _DOWN]])],
    "tanh": [
        (
            "",
            ["fraction", ["row", _UP, ["sign", "−"], _DOWN], ["row", _UP, ["sign", "+"], _DOWN]],
        )
    ],
    "softplus": [
        ("", ["row", ["function", "ln"], ["brackets", ["row", _ONE, ["sign", "+"], _UP]]])
    ],
    "step": [("", ["cases", [_ONE, _when("≥")], [_ZERO, _when("<")]]), ("′", _ZERO)],
}
"""What follows each function's name; those whose formulas say it themselves have none."""


def _leaky(slope: Node) -> list[tuple[str, Node]]:
    return [
        ("", ["cases", [_Z, _when(">")], [["row", slope, ["sign", "×"], _Z], _when("≤")]]),
        ("′", ["cases", [_ONE, _when(">")], [slope, _when("≤")]]),
    ]


def definitions(trace: Trace, *, backward: bool) -> Iterator[Node]:
    """What each activation of a network is: by name, a leaky one for each neuron's slope.

    Args:
        trace: whose activations.
        backward: whether their slopes are needed.
    """
    for one in trace:
        if is_passed_on(trace, one.id) and not one.id.startswith("next."):
            yield ["row", symbol(trace.symbol(one.id)), ["sign", "="], formula(trace, one.id)]
    said = set[tuple[str, float]]()
    for neuron in trace.network.neurons():
        leaky, name = neuron.function.with_slope is not None, neuron.activation
        known = (name, neuron.slope if leaky else 0.0)
        slope = symbol(trace.symbol(f"{neuron.name}.slope")) if leaky else _ONE
        for prime, meaning in _leaky(slope) if leaky else _MEANING.get(name, ()):
            if known not in said and (backward or not prime):
                head: Node = ["function", f"{ACTIVATIONS[name].printed}{prime}"]
                yield ["row", head, ["brackets", _Z], ["sign", "="], meaning]
        said.add(known)
