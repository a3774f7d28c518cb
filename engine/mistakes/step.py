"""A step as a rule sees it: the quantity, its neuron, and the parts of its tree by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from engine.calculus import derivative, product, total
from engine.expression import (
    Difference,
    Expression,
    Number,
    Power,
    Product,
    Ref,
    Sum,
    Values,
    children,
    evaluate,
    rebuilt,
    refs,
    walk,
)
from engine.network import Neuron
from engine.trace import Quantity, Trace


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a sum, or the whole tree where there is only one."""

    index: int
    node: Expression
    where: str
    """The weight or bias in it; empty if there is none."""
    incoming: Expression | None = None
    weight: Expression | None = None
    """The two factors, where the term is still a plain product."""


@dataclass(frozen=True)
class Step:
    """One quantity of a trace, for the rules to look at."""

    trace: Trace
    id: str
    own: Values | None = None
    """The learner's own values, where they are to be gone by instead of the right ones."""

    @cached_property
    def values(self) -> Values:
        """The values that the step is worked with."""
        return self.trace.values if self.own is None else self.own

    @cached_property
    def quantity(self) -> Quantity:
        """The quantity itself."""
        return self.trace[self.id]

    @property
    def kind(self) -> str:
        """Its kind, as in `Quantity`."""
        return self.quantity.kind

    @cached_property
    def neuron(self) -> Neuron | None:
        """The neuron it belongs to; None for the loss."""
        owner = self.quantity.owner.removesuffix(".bias")
        for neuron in self.trace.network.neurons():
            if owner == neuron.name or any(owner == weight for weight, _ in neuron.weights):
                return neuron
        return None

    @cached_property
    def siblings(self) -> tuple[Neuron, ...]:
        """The other neurons of its layer."""
        layers = self.trace.network.layers
        layer = next((layer for layer in layers if self.neuron in layer), ())
        return tuple(neuron for neuron in layer if neuron is not self.neuron)

    @cached_property
    def order(self) -> dict[str, int]:
        """Where each quantity stands in the trace."""
        return {name: i for i, name in enumerate(self.trace.quantities)}

    @cached_property
    def place(self) -> str:
        """Where a mistake about the whole step happens: its weight or neuron."""
        if self.kind != "loss":
            return self.quantity.owner
        outputs = self.trace.network.outputs
        return outputs[0].name if len(outputs) == 1 else "loss"

    def output_of(self, node: Expression) -> str:
        """The output neuron that a term of the loss belongs to; else the step's own place."""
        names = {neuron.name for neuron in self.trace.network.outputs}
        parts = (part for ref in refs(node) for part in ref.split("."))
        return next((part for part in parts if part in names), self.place)

    def ref(self, name: str) -> Ref:
        """A reference as this step's formula has it: after the update, the new value."""
        if self.id.startswith("next."):
            for newer in (f"{name}.updated", f"next.{name}"):
                if newer in self.trace:
                    return Ref(newer)
        return Ref(name)

    def value(self, expression: Expression) -> float:
        """The value of a part."""
        return evaluate(expression, self.values)

    @cached_property
    def _parameters(self) -> dict[str, str]:
        result = {}
        for neuron in self.trace.network.neurons():
            for name in (*(weight for weight, _ in neuron.weights), f"{neuron.name}.bias"):
                result[name] = result[f"{name}.updated"] = name
        return result

    def parameter(self, ref: str) -> str:
        """The weight or bias that an id stands for, before or after the update; else empty."""
        return self._parameters.get(ref, "")

    def parameters(self, tree: Expression) -> tuple[str, ...]:
        """The weights and biases in a tree, each once."""
        return tuple(dict.fromkeys(name for ref in refs(tree) if (name := self.parameter(ref))))

    def incoming(self, neuron: Neuron) -> tuple[Ref, ...]:
        """What a neuron's weights multiply, as this step's formulas write it."""
        network = self.trace.network
        return tuple(
            Ref(source) if source in network.inputs else self.ref(f"{source}.activation")
            for source in network.feeding(neuron)
        )

    def terms(self, tree: Expression) -> list[Term]:
        """The terms of a weighted sum (or of one product), with their weights."""
        result = []
        for index, node in enumerate(tree.terms if isinstance(tree, Sum) else (tree,)):
            names = self.parameters(node)
            where = names[-1] if names else ""
            match node:
                case Product((first, second)) if where and self.parameters(second):
                    result.append(Term(index, node, where, first, second))
                case Product((first, second)) if where:
                    result.append(Term(index, node, where, second, first))
                case _:
                    result.append(Term(index, node, where))
        return result

    def gate(self, neuron: Neuron) -> tuple[Expression, ...]:
        """The factors of a delta that are the slope of its neuron's activation; often none."""
        output = Ref(f"{neuron.name}.activation")
        activation = self.trace[output.id].expression
        slope = replaced(derivative(activation, f"{neuron.name}.sum"), activation, output)
        factors = slope.factors if isinstance(slope, Product) else (slope,)
        return tuple(factor for factor in factors if factor != Number(1.0))


def replaced(tree: Expression, old: Expression, new: Expression) -> Expression:
    """The tree with every occurrence of one part replaced by another."""
    if tree == old:
        return new
    parts = children(tree)
    if not parts:
        return tree
    changed = tuple(replaced(part, old, new) for part in parts)
    same = all(a is b for a, b in zip(parts, changed, strict=True))
    return tree if same else rebuilt(tree, changed)


def with_term(tree: Expression, index: int, new: Expression) -> Expression:
    """A sum (or a single term) with one term replaced."""
    if not isinstance(tree, Sum):
        return new
    return Sum((*tree.terms[:index], new, *tree.terms[index + 1 :]))


def without_term(tree: Sum, index: int) -> Expression:
    """A sum with one term left out."""
    return total((*tree.terms[:index], *tree.terms[index + 1 :]))


def without_factor(tree: Expression, factor: Expression) -> Expression:
    """The tree with one factor of its products left out, wherever it stands."""
    parts = tuple(without_factor(part, factor) for part in children(tree))
    if isinstance(tree, Product) and factor in parts:
        return product(tuple(part for part in parts if part != factor))
    return rebuilt(tree, parts)


def squares(tree: Expression) -> list[Power]:
    """The squared errors of a loss, one for each output."""
    return [node for node in walk(tree) if isinstance(node, Power)]


def difference_with(tree: Expression, ref: str) -> Difference | None:
    """The first difference in a tree that has a reference as one of its sides."""
    return next(
        (
            node
            for node in walk(tree)
            if isinstance(node, Difference) and Ref(ref) in children(node)
        ),
        None,
    )


def each(
    tree: Expression,
    parts: Iterable[tuple[str, Expression]],
    change: Callable[[Expression], Expression],
    everywhere: str,
) -> list[tuple[Expression, str, Expression, Expression]]:
    """Some parts changed one at a time, and all together.

    Args:
        tree: the tree.
        parts: the parts with the place of each.
        change: what becomes of a part.
        everywhere: the place when all of several are changed.

    Returns:
        (tree, where, part, what it became) for each.
    """
    parts = list(parts)
    result = [
        (replaced(tree, part, change(part)), where, part, change(part)) for where, part in parts
    ]
    if len(parts) > 1:
        rewritten = tree
        for _, part in parts:
            rewritten = replaced(rewritten, part, change(part))
        result.append((rewritten, everywhere, tree, rewritten))
    return result
