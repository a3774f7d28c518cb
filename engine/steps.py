"""What one training step computes, as trees: forward, loss, backward, update, forward again.

The backward trees come from the forward ones by the chain rule, for any layers and losses. With
several examples each has its own passes, whose ids open with `e1.`, `e2.`, …; what is reduced over
them stands without.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from engine.calculus import derivative, negated, product, total
from engine.expression import (
    Call,
    Difference,
    Expression,
    Negative,
    Number,
    Product,
    Quotient,
    Ref,
    Sum,
    replaced,
)
from engine.functions import ACTIVATIONS, ONE
from engine.network import Network, Neuron
from engine.tolerances import NEGLIGIBLE

Tree: TypeAlias = tuple[str, str, str, Expression]
"""Id, kind, owner and expression of a quantity."""

REDUCTIONS = ("mean", "sum")
"""What becomes of several examples' losses and gradients."""


def target_names(network: Network) -> tuple[str, ...]:
    """The ids of the targets: `target`, or `target.O1`, … where there are several outputs."""
    outputs = network.outputs
    return ("target",) if len(outputs) == 1 else tuple(f"target.{n.name}" for n in outputs)


def example_prefixes(examples: int) -> tuple[str, ...]:
    """What the ids of each example open with; nothing where there is just one on its own."""
    return tuple(f"e{i}." for i in range(1, examples + 1)) or ("",)


def trees(
    network: Network, given: Mapping[str, float], examples: int = 0, reduction: str = "mean"
) -> Iterator[Tree]:
    """Every quantity of one training step as a tree over those before it.

    Args:
        network: the network.
        given: values by id; looked at only for which biases are 0, since those are not written, and
            for whether targets add up to 1.
        examples: how many are taken together in the step; 0 for one without a prefix.
        reduction: what becomes of several, one of `REDUCTIONS`.
    """
    prefixes = example_prefixes(examples)
    reduce = partial(_reduced, reduction)
    passes = [_Pass(network, given, prefix) for prefix in prefixes]
    for one in passes:
        yield from one.forward()
    losses: list[Expression] = [one.at("loss") for one in passes]
    if examples and not network.perceptron:
        yield "loss", "loss", "loss", reduce(losses)
    for one in passes:
        yield from one.backward()
    if examples and not network.perceptron:
        for parameter in network.parameters():
            parts: list[Expression] = [one.at(f"{parameter}.gradient") for one in passes]
            yield f"{parameter}.gradient", "gradient", parameter, reduce(parts)
    moved = [
        parameter
        for parameter, neurons in _moving(network).items()
        if network.train_biases or parameter != neurons[0].bias_id
    ]
    if not network.perceptron:
        for parameter in network.parameters():
            gradient = Ref(f"{parameter}.gradient")
            yield f"{parameter}.direction", "direction", parameter, Call("direction", gradient)
    added = network.perceptron or network.delta == "error"
    for parameter in moved:
        rate: Expression = Ref("learning_rate")
        if added:
            owners = _moving(network)[parameter]
            parts = [one.pull(parameter, owners) for one in passes]
            step = product((rate, reduce(parts)))
            updated: Expression = Sum((Ref(parameter), step))
        else:
            move = Product((rate, Ref(f"{parameter}.gradient")))
            step, updated = Negative(move), Difference(Ref(parameter), move)
        yield f"{parameter}.step", "step", parameter, step
        yield f"{parameter}.updated", "updated", parameter, updated
    newer = {parameter: Ref(f"{parameter}.updated") for parameter in moved}
    for prefix in prefixes:
        yield from _Pass(network, given, prefix, newer).forward()
    if examples and not network.perceptron:
        again: list[Expression] = [Ref(f"next.{prefix}loss") for prefix in prefixes]
        yield "next.loss", "loss", "loss", reduce(again)


def _moving(network: Network) -> dict[str, tuple[Neuron, ...]]:
    """The neurons that each weight and bias belongs to, in the order of `parameters`."""
    biases = network.biases()
    weights = {weight: (neuron,) for neuron in network.neurons() for weight, _ in neuron.weights}
    return {name: biases.get(name) or weights[name] for name in network.parameters()}


def _reduced(reduction: str, parts: Sequence[Expression]) -> Expression:
    """Several examples' share in what is theirs together; of one alone its own."""
    whole, count = total(parts), Number(float(len(parts)))
    return Quotient(whole, count) if reduction == "mean" and len(parts) > 1 else whole


@dataclass
class _Pass:
    """One example on its way through the network and back."""

    network: Network
    given: Mapping[str, float]
    prefix: str
    """Of the example; empty where it is alone."""
    newer: Mapping[str, Expression] | None = None
    """The weights and biases that have moved, in the pass after the update."""

    def at(self, name: str) -> Ref:
        """A quantity of this pass."""
        return Ref(f"{'next.' if self.newer is not None else ''}{self.prefix}{name}")

    def known(self, name: str) -> Ref:
        """What this example is given: an input or a target."""
        return Ref(f"{self.prefix}{name}")

    def parameter(self, name: str) -> Expression:
        """A weight or bias as it stands in this pass."""
        return self.newer.get(name) or Ref(name) if self.newer else Ref(name)

    def incoming(self, neuron: Neuron) -> list[Ref]:
        """What a neuron's weights multiply."""
        inputs = self.network.inputs
        return [
            self.known(source) if source in inputs else self.at(f"{source}.activation")
            for source in self.network.feeding(neuron)
        ]

    def forward(self) -> Iterator[Tree]:
        """Products, sums and activations, neuron by neuron, and the loss."""
        for layer in self.network.layers:
            whole = ACTIVATIONS[layer[0].activation].layer is not None
            late: list[Tree] = []
            for neuron in layer:
                terms: list[Expression] = []
                for source, (weight, _) in zip(self.incoming(neuron), neuron.weights, strict=True):
                    term = Product((source, self.parameter(weight)))
                    terms.append(term)
                    yield self.at(f"{weight}.product").id, "product", weight, term
                if self.given[neuron.bias_id] != 0 or self.network.train_biases:
                    terms.append(self.parameter(neuron.bias_id))
                yield self.at(f"{neuron.name}.sum").id, "sum", neuron.name, total(terms)
                name, tree = (
                    self.at(f"{neuron.name}.activation").id,
                    self._activation(neuron, layer),
                )
                activation: Tree = name, "activation", neuron.name, tree
                if whole:
                    late.append(activation)
                else:
                    yield activation
            yield from late
        if not self.network.perceptron:
            yield self.at("loss").id, "loss", "loss", self._loss()

    def _activation(self, neuron: Neuron, layer: Sequence[Neuron]) -> Expression:
        before = self.at(f"{neuron.name}.sum")
        if neuron.function.layer is None:
            return neuron.function.of(before)
        powers = tuple(Call("exp", self.at(f"{one.name}.sum")) for one in layer)
        return Quotient(Call("exp", before), total(powers))

    def _loss(self) -> Expression:
        loss, outputs = self.network.goes_by, self.network.outputs
        targets = [self.known(name) for name in target_names(self.network)]
        predictions = [self.at(f"{neuron.name}.activation") for neuron in outputs]
        whole = loss.together(map(loss.tree, targets, predictions))
        return Quotient(whole, Number(len(outputs))) if loss.mean and len(outputs) > 1 else whole

    def backward(self) -> Iterator[Tree]:
        """Deltas and gradients, last layer first; of the perceptron rule just the error."""
        if self.network.perceptron:
            output = self.network.outputs[0].name
            error = Difference(self.known("target"), self.at(f"{output}.activation"))
            yield self.at(f"{output}.error").id, "error", output, error
            return
        biases, adds = self.network.biases(), self.network.delta == "error"
        last = {neurons[0].name: bias for bias, neurons in biases.items()}
        for layer in reversed(self.network.layers):
            for neuron, delta in zip(layer, self._deltas(layer), strict=True):
                yield self.at(f"{neuron.name}.delta").id, "delta", neuron.name, delta
            for neuron in layer:
                blame = self.at(f"{neuron.name}.delta")
                for source, (weight, _) in zip(self.incoming(neuron), neuron.weights, strict=True):
                    slope: Expression = Product((blame, source))
                    slope = Negative(slope) if adds else slope
                    yield self.at(f"{weight}.gradient").id, "gradient", weight, slope
                if (bias := last.get(neuron.name)) is not None:
                    parts = [self.at(f"{one.name}.delta") for one in biases[bias]]
                    slope = Negative(total(parts)) if adds else total(parts)
                    yield self.at(f"{bias}.gradient").id, "gradient", bias, slope

    def pull(self, parameter: str, neurons: Iterable[Neuron]) -> Expression:
        """What an update adds for this example, but for the rate, where updates add."""
        kind = "error" if self.network.perceptron else "delta"
        parts: list[Expression] = []
        for neuron in neurons:
            pull: Expression = self.at(f"{neuron.name}.{kind}")
            for source, (weight, _) in zip(self.incoming(neuron), neuron.weights, strict=True):
                if weight == parameter:
                    pull = Product((pull, source))
            parts.append(pull)
        return total(parts)

    def _deltas(self, layer: Sequence[Neuron]) -> list[Expression]:
        """How the loss changes with each sum of a layer: what comes back, times its own slope."""
        if (cancelled := self._cancelled(layer)) is not None:
            return cancelled
        back = [self._back(neuron) for neuron in layer]
        if layer[0].function.layer is None:
            return [product((one, self._slope(n))) for one, n in zip(back, layer, strict=True)]
        # dp_i/dz_j of a softmax is p_i (1 − p_i) for i = j and −p_i p_j otherwise.
        outputs = [self.at(f"{neuron.name}.activation") for neuron in layer]
        mixed = total(product((one, p)) for one, p in zip(back, outputs, strict=True))
        return [product((p, Difference(one, mixed))) for one, p in zip(back, outputs, strict=True)]

    def _cancelled(self, layer: Sequence[Neuron]) -> list[Expression] | None:
        """The deltas of the outputs where the chain rule's factors cancel."""
        loss = self.network.goes_by
        if layer is not self.network.layers[-1] or loss.blame is None:
            return None
        targets = [self.known(name) for name in target_names(self.network)]
        whole = layer[0].function.layer is not None
        # p − target holds for a softmax only where the targets add up to 1.
        if whole and abs(sum(self.given[one.id] for one in targets) - 1.0) > NEGLIGIBLE:
            return None
        outputs = [self.at(f"{neuron.name}.activation") for neuron in layer]
        return [self._signed(loss.blame(t, p)) for t, p in zip(targets, outputs, strict=True)]

    def _back(self, neuron: Neuron) -> Expression:
        """How the loss changes with what a neuron passes on."""
        after = self.network.after(neuron)
        if after:
            place = [n.name for n in self._layer_of(neuron)].index(neuron.name)
            return total(
                Product((Ref(one.weights[place][0]), self.at(f"{one.name}.delta"))) for one in after
            )
        outputs = self.network.outputs
        target = self.known(target_names(self.network)[outputs.index(neuron)])
        prediction = self.at(f"{neuron.name}.activation")
        return self._signed(self.network.goes_by.sloped(target, prediction, len(outputs)))

    def _layer_of(self, neuron: Neuron) -> Sequence[Neuron]:
        return next(layer for layer in self.network.layers if neuron in layer)

    def _signed(self, tree: Expression) -> Expression:
        """A blame of the outputs, turned round where it is minus the gradient."""
        return turned(tree) if self.network.delta == "error" else tree

    def _slope(self, neuron: Neuron) -> Expression:
        """The slope of an activation, written with what came out of it already."""
        before, output = self.at(f"{neuron.name}.sum"), self.at(f"{neuron.name}.activation")
        if neuron.function.identity:
            return ONE
        activation = neuron.function.of(before)
        return replaced(derivative(activation, before.id), activation, output)


def turned(tree: Expression) -> Expression:
    """Minus a tree, as books write it: target − p for p − target, 2 for −2.

    >>> turned(Difference(Ref("p"), Ref("t")))
    Difference(left=Ref(id='t'), right=Ref(id='p'))
    """
    match tree:
        case Difference(left, right):
            return Difference(right, left)
        case Product((Difference() as first, *rest)):
            return Product((turned(first), *rest))
        case Negative(operand):
            return operand
        case _:
            return negated(tree)
