"""What the functions of a network are, as mathematics: the same in every language."""

from __future__ import annotations

from collections.abc import Iterator

from content.paper.mathematics import Node
from engine.functions import ACTIVATIONS
from engine.network import Network

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


def definitions(network: Network, *, backward: bool) -> Iterator[Node]:
    """What each activation of a network is.

    Args:
        network: whose activations.
        backward: whether slopes are needed.
    """
    for name in dict.fromkeys(neuron.activation for neuron in network.neurons()):
        for prime, meaning in _MEANING.get(name, ()):
            if backward or not prime:
                head: Node = ["function", f"{ACTIVATIONS[name].printed}{prime}"]
                yield ["row", head, ["brackets", _Z], ["sign", "="], meaning]
