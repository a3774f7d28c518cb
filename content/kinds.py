"""Which words a quantity is spoken of with (`relu`, `hidden_delta`, …), and its name in a table."""

from __future__ import annotations

from engine.functions import ACTIVATIONS
from engine.losses import LOSSES
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
