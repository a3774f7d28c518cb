"""Which words a quantity is spoken of with (`relu`, `hidden_delta`, …), and its name in a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from engine.expression import Difference
from engine.functions import ACTIVATIONS
from engine.losses import LOSSES
from engine.network import Neuron
from engine.trace import Quantity, Trace


def kind_of(trace: Trace, quantity: Quantity) -> str:
    """The key in `hints.toml` for a quantity: its kind, by activation, loss and layer."""
    network = trace.network
    reduced = trace.examples and quantity.prefix in ("", "next.")
    match quantity.kind:
        case "activation":
            return next(n.activation for n in network.neurons() if n.name == quantity.owner)
        case "loss" | "gradient" if reduced:
            return f"reduced_{quantity.kind}"
        case "loss":
            return network.goes_by.name
        case "step" | "updated" as kind:
            adds = network.perceptron or network.delta == "error"
            return {"step": "change"}.get(kind, kind) + "_adding" * adds
        case "delta":
            outputs = {neuron.name for neuron in network.outputs}
            return "output_delta" if quantity.owner in outputs else "hidden_delta"
        case kind:
            return kind


def called(trace: Trace, name: str) -> str:
    """What a row of a table is called: a product goes by its formula."""
    product = name in trace and trace[name].kind == "product"
    return trace.formula(name) if product else trace.symbol(name)


def kinds() -> tuple[str, ...]:
    """Every key that `kind_of` can give, and so every kind that needs words."""
    losses = [one.name for loss in LOSSES.values() for one in (loss, loss.over_layer) if one]
    blame = ("output_delta", "hidden_delta", "error", "gradient")
    reduced, update = ("reduced_loss", "reduced_gradient"), ("change", "change_adding", "updated")
    others = (*blame, *reduced, *update, "updated_adding", "slope", "direction", "piece", "formula")
    return ("product", "sum", *ACTIVATIONS, *losses, *others)


Case: TypeAlias = Callable[[Trace, Quantity], bool]
"""Whether a quantity is one that other words are true of than of most of its kind."""


def _neuron(trace: Trace, quantity: Quantity) -> Neuron:
    return next(one for one in trace.network.neurons() if one.name == quantity.owner)


def _several(trace: Trace, _: Quantity) -> bool:
    return len(trace.network.outputs) > 1


def _single(trace: Trace, _: Quantity) -> bool:
    return len(trace.network.outputs) == 1


def _turned(trace: Trace, _: Quantity) -> bool:
    return trace.network.delta == "error"


def _cancelled(trace: Trace, quantity: Quantity) -> bool:
    """Only a difference is left of the slopes of loss and activation."""
    known = trace.network.goes_by.blame is not None
    return known and isinstance(quantity.expression, Difference)


def _layer(trace: Trace, quantity: Quantity) -> bool:
    return _neuron(trace, quantity).function.layer is not None


def _identity(trace: Trace, quantity: Quantity) -> bool:
    return _neuron(trace, quantity).function.identity


def _gate(trace: Trace, quantity: Quantity) -> bool:
    return _neuron(trace, quantity).function.gate


def _bias(trace: Trace, quantity: Quantity) -> bool:
    return quantity.owner in trace.network.biases()


def _gate_ahead(trace: Trace, quantity: Quantity) -> bool:
    """A gate comes between what moves and the output's sum."""
    layers, owner = trace.network.layers, quantity.owner
    at = next(
        depth
        for depth, layer in enumerate(layers)
        if any(owner == one.bias_id or owner in dict(one.weights) for one in layer)
    )
    return any(one.function.gate for layer in layers[at:-1] for one in layer)


CASES: Mapping[str, Mapping[str, Case]] = {
    "squared_error": {"several": _several},
    "half_squared_error": {"several": _several},
    "mean_squared_error": {"single": _single},
    "output_delta": {
        "cancelled": _cancelled,
        "layer": _layer,
        "turned": _turned,
        "identity": _identity,
    },
    "hidden_delta": {"layer": _layer, "identity": _identity, "gate": _gate},
    "gradient": {"bias": _bias, "turned": _turned},
    "direction": {"gate": _gate_ahead},
}
"""The cases of a kind that have words of their own in `hints.toml`; the first that holds counts."""


def case_of(trace: Trace, quantity: Quantity) -> str:
    """The case of its kind that a quantity is; empty where the words of its kind are true of it."""
    cases = CASES.get(kind_of(trace, quantity), {})
    return next((name for name, holds in cases.items() if holds(trace, quantity)), "")
