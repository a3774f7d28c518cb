"""What one training step computes, as trees: forward, loss, backward, update, forward again.

The backward trees come from the forward ones by the chain rule, for any layers and losses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from engine.calculus import derivative, product, total
from engine.expression import (
    Call,
    Difference,
    Expression,
    Number,
    Product,
    Quotient,
    Ref,
    replaced,
    substitute,
)
from engine.functions import ACTIVATIONS
from engine.losses import LOSSES
from engine.network import Network, Neuron

Tree: TypeAlias = tuple[str, str, str, Expression]
"""Id, kind, owner and expression of a quantity."""


def target_names(network: Network) -> tuple[str, ...]:
    """The ids of the targets: `target`, or `target.O1`, … where there are several outputs."""
    outputs = network.outputs
    return ("target",) if len(outputs) == 1 else tuple(f"target.{n.name}" for n in outputs)


def trees(network: Network, given: Mapping[str, float]) -> Iterator[Tree]:
    """Every quantity of one training step as a tree over those before it.

    Args:
        network: the network.
        given: values by id; only which biases are 0 is looked at, since those are not written.
    """
    forward = list(_forward(network, given))
    backward = list(_backward(network, {name: tree for name, _, _, tree in forward}))
    yield from forward
    yield from backward
    moved: dict[str, Expression] = {}
    for parameter in _parameters(network):
        gradient = Ref(f"{parameter}.gradient")
        yield f"{parameter}.direction", "direction", parameter, Call("direction", gradient)
    for parameter in _parameters(network):
        if parameter.endswith(".bias") and not network.train_biases:
            continue
        step = Product((Ref("learning_rate"), Ref(f"{parameter}.gradient")))
        yield f"{parameter}.updated", "updated", parameter, Difference(Ref(parameter), step)
        moved[parameter] = Ref(f"{parameter}.updated")
    again: dict[str, Expression] = {name: Ref(f"next.{name}") for name, *_ in forward}
    for name, kind, owner, tree in forward:
        yield f"next.{name}", kind, owner, substitute(tree, {**moved, **again})


def _parameters(network: Network) -> Iterator[str]:
    for neuron in network.neurons():
        yield from (weight for weight, _ in neuron.weights)
        yield f"{neuron.name}.bias"


def _forward(network: Network, given: Mapping[str, float]) -> Iterator[Tree]:
    for neuron in network.neurons():
        yield from _products(network, neuron)
        terms = [tree for *_, tree in _products(network, neuron)]
        if given[f"{neuron.name}.bias"] != 0 or network.train_biases:
            terms.append(Ref(f"{neuron.name}.bias"))
        yield f"{neuron.name}.sum", "sum", neuron.name, total(terms)
        yield f"{neuron.name}.activation", "activation", neuron.name, _activation(neuron)
    yield "loss", "loss", "loss", _loss(network)


def _products(network: Network, neuron: Neuron) -> Iterator[Tree]:
    for source, (weight, _) in zip(network.feeding(neuron), neuron.weights, strict=True):
        incoming = source if source in network.inputs else f"{source}.activation"
        yield f"{weight}.product", "product", weight, Product((Ref(incoming), Ref(weight)))


def _activation(neuron: Neuron) -> Expression:
    return ACTIVATIONS[neuron.activation].of(Ref(f"{neuron.name}.sum"))


def _loss(network: Network) -> Expression:
    outputs, loss = zip(network.outputs, target_names(network), strict=True), LOSSES[network.loss]
    whole = total(loss.tree(Ref(name), Ref(f"{n.name}.activation")) for n, name in outputs)
    return _shared(network, whole)


def _shared(network: Network, tree: Expression) -> Expression:
    """The tree divided by the number of outputs, where the loss is their mean."""
    count = len(network.outputs)
    return Quotient(tree, Number(count)) if LOSSES[network.loss].mean and count > 1 else tree


def _backward(network: Network, forward: Mapping[str, Expression]) -> Iterator[Tree]:
    """Deltas and gradients, last layer first, by the chain rule over the forward trees."""
    for layer in reversed(network.layers):
        for neuron in layer:
            delta = _delta(network, neuron, forward)
            yield f"{neuron.name}.delta", "delta", neuron.name, delta
        for neuron in layer:
            blame = Ref(f"{neuron.name}.delta")
            for weight, _ in neuron.weights:
                slope = derivative(forward[f"{neuron.name}.sum"], weight)
                yield f"{weight}.gradient", "gradient", weight, product((blame, slope))
            yield f"{neuron.name}.bias.gradient", "gradient", f"{neuron.name}.bias", blame


def _delta(network: Network, neuron: Neuron, forward: Mapping[str, Expression]) -> Expression:
    """How the loss changes with a neuron's sum: what comes back to it, times its own slope."""
    output = f"{neuron.name}.activation"
    blame = LOSSES[network.loss].blame
    if not network.after(neuron) and blame is not None:
        target = target_names(network)[network.outputs.index(neuron)]
        return _shared(network, blame(Ref(target), Ref(output)))
    if network.after(neuron):
        back = total(
            product((derivative(forward[f"{after.name}.sum"], output), Ref(f"{after.name}.delta")))
            for after in network.after(neuron)
        )
    else:
        back = derivative(forward["loss"], output)
    slope = derivative(forward[output], f"{neuron.name}.sum")
    # The slopes of sigmoid and tanh are written with the activation already computed.
    return product((back, replaced(slope, forward[output], Ref(output))))
