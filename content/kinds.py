"""Which words a quantity is spoken of with (`relu`, `hidden_delta`, …), and its name in a table."""

from __future__ import annotations

from engine.functions import ACTIVATIONS
from engine.losses import LOSSES
from engine.trace import Quantity, Trace


def kind_of(trace: Trace, quantity: Quantity) -> str:
    """The key in `hints.toml` for a quantity: its kind, by activation, loss and layer."""
    network = trace.network
    match quantity.kind:
        case "activation":
            return next(n.activation for n in network.neurons() if n.name == quantity.owner)
        case "loss":
            return network.loss
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
    others = ("output_delta", "hidden_delta", "gradient", "updated", "slope", "direction", "piece")
    return ("product", "sum", *ACTIVATIONS, *LOSSES, *others)
