"""A step as a rule sees it: the quantity, its neuron, and the parts of its tree by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from engine.calculus import derivative
from engine.expression import (
    Call,
    Expression,
    Number,
    Product,
    Ref,
    Sum,
    Values,
    children,
    evaluate,
    rebuilt,
    refs,
)
from engine.functions import ACTIVATIONS
from engine.mistakes.rewritten import replaced
from engine.network import Neuron
from engine.steps import target_names
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
        owner = self.quantity.owner
        for neuron in self.trace.network.neurons():
            if owner in (neuron.name, neuron.bias_id) or owner in dict(neuron.weights):
                return neuron
        return None

    @cached_property
    def prefix(self) -> str:
        """What the ids of its pass open with: `next.`, the example's `e1.`, or both."""
        return self.quantity.prefix

    def known(self, name: str) -> Ref:
        """An input or a target of its example."""
        return Ref(f"{self.prefix.removeprefix('next.')}{name}")

    @cached_property
    def targets(self) -> tuple[str, ...]:
        """The ids of the targets of its example."""
        return tuple(self.known(name).id for name in target_names(self.trace.network))

    @property
    def reduced(self) -> bool:
        """Whether it is of several examples together."""
        return bool(self.trace.examples) and self.prefix in ("", "next.")

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
        if not self.prefix:
            return Ref(name)
        after = self.prefix.startswith("next.")
        for newer in (*((f"{name}.updated",) if after else ()), f"{self.prefix}{name}"):
            if newer in self.trace:
                return Ref(newer)
        return Ref(name)

    @cached_property
    def activated(self) -> dict[str, Neuron]:
        """The neurons that do something to their sum, by the id of what comes out."""
        neurons = self.trace.network.neurons()
        return {
            self.ref(f"{neuron.name}.activation").id: neuron
            for neuron in neurons
            if not ACTIVATIONS[neuron.activation].identity
        }

    def value(self, expression: Expression) -> float:
        """The value of a part."""
        return evaluate(expression, self.values)

    @cached_property
    def _parameters(self) -> dict[str, str]:
        result = {}
        for neuron in self.trace.network.neurons():
            for name in (*(weight for weight, _ in neuron.weights), neuron.bias_id):
                result[name] = result[f"{name}.updated"] = name
        return result

    @cached_property
    def biases(self) -> Mapping[str, tuple[Neuron, ...]]:
        """The neurons of each bias by its id."""
        return self.trace.network.biases()

    def parameter(self, ref: str) -> str:
        """The weight or bias that an id stands for, before or after the update; else empty."""
        return self._parameters.get(ref, "")

    @cached_property
    def _looked_through(self) -> dict[int, tuple[Expression, tuple[str, ...]]]:
        return {}

    def refs(self, tree: Expression) -> tuple[str, ...]:
        """The ids in a tree, each part looked through once: rewritten trees share most parts."""
        known = self._looked_through.get(id(tree))
        if known is None:
            parts = (self.refs(part) for part in children(tree))
            ids = (tree.id,) if isinstance(tree, Ref) else tuple(dict.fromkeys(chain(*parts)))
            known = self._looked_through[id(tree)] = (tree, ids)  # kept: so is its identity
        return known[1]

    def parameters(self, tree: Expression) -> tuple[str, ...]:
        """The weights and biases in a tree, each once."""
        names = (self.parameter(ref) for ref in self.refs(tree))
        return tuple(dict.fromkeys(name for name in names if name))

    @cached_property
    def _exchanged(self) -> dict[tuple[str, int], tuple[Expression, Expression]]:
        return {}

    @cached_property
    def _others_weights(self) -> dict[str, dict[str, Expression]]:
        mine = self.neuron.weights if self.neuron else ()
        return {
            sibling.name: {
                self.ref(a).id: self.ref(b)
                for (a, _), (b, _) in zip(mine, sibling.weights, strict=True)
            }
            for sibling in self.siblings
        }

    @cached_property
    def _unsigned(self) -> dict[str, Expression]:
        """The weights and biases below zero, each with what is left without its minus."""
        below = (ref for ref in self._parameters if self.values.get(ref, 0.0) < 0)
        return {ref: Call("abs", Ref(ref)) for ref in below}

    @cached_property
    def _inputs(self) -> dict[str, Expression]:
        sources = self.incoming(self.neuron) if self.neuron else ()
        both = zip(sources, self.trace.network.inputs, strict=False)
        fed = {source.id: self.known(name) for source, name in both}
        return {id_: known for id_, known in fed.items() if id_ != known.id}

    def with_weights_of(
        self, sibling: Neuron, tree: Expression, *, bias: bool = False
    ) -> Expression:
        """The tree with the weights of another neuron of the layer, or with its bias too."""
        new, key = self._others_weights[sibling.name], sibling.name
        if bias and self.neuron is not None:
            theirs = self.ref(sibling.bias_id)
            new, key = {**new, self.ref(self.neuron.bias_id).id: theirs}, theirs.id
        return self._with(key, new, tree)

    def fed_inputs(self, tree: Expression) -> Expression:
        """The tree with the network's inputs in the place of the activations before its neuron."""
        return self._with("", self._inputs, tree) if self._inputs else tree

    def negatives(self, tree: Expression) -> list[str]:
        """The weights and biases below zero in a tree."""
        return [ref for ref in self.refs(tree) if ref in self._unsigned]

    def without_minus(self, ref: str, tree: Expression) -> Expression:
        """The tree with a negative weight or bias used without its minus, once."""
        bare = self._unsigned[ref]
        return self._with(f"|{ref}|", {ref: bare}, tree)

    def _with(self, key: str, new: Mapping[str, Expression], tree: Expression) -> Expression:
        if isinstance(tree, Ref):
            return new.get(tree.id, tree)
        known = self._exchanged.get((key, id(tree)))
        if known is None:
            parts = children(tree)
            changed = tuple(self._with(key, new, part) for part in parts)
            same = all(a is b for a, b in zip(parts, changed, strict=True))
            known = (tree, tree if same else rebuilt(tree, changed))
            self._exchanged[key, id(tree)] = known
        return known[1]

    def incoming(self, neuron: Neuron) -> tuple[Ref, ...]:
        """What a neuron's weights multiply, as this step's formulas write it."""
        network = self.trace.network
        return tuple(
            self.known(source) if source in network.inputs else self.ref(f"{source}.activation")
            for source in network.feeding(neuron)
        )

    @cached_property
    def _terms(self) -> dict[tuple[int, int], Term]:
        return {}

    def terms(self, tree: Expression) -> list[Term]:
        """The terms of a weighted sum (or of one product), with their weights."""
        result = []
        for index, node in enumerate(tree.terms if isinstance(tree, Sum) else (tree,)):
            term = self._terms.get((index, id(node)))
            if term is None:
                term = self._terms[index, id(node)] = self._term(index, node)
            result.append(term)
        return result

    def _term(self, index: int, node: Expression) -> Term:
        names = self.parameters(node)
        where = names[-1] if names else ""
        match node:
            case Product((first, second)) if where and self.parameters(second):
                return Term(index, node, where, first, second)
            case Product((first, second)) if where:
                return Term(index, node, where, second, first)
            case _:
                return Term(index, node, where)

    def gate(self, neuron: Neuron) -> tuple[Expression, ...]:
        """The factors of a delta that are the slope of its neuron's activation; often none."""
        if neuron.function.layer is not None:
            return ()
        output = self.ref(f"{neuron.name}.activation")
        activation = self.trace[output.id].expression
        slope = replaced(
            derivative(activation, self.ref(f"{neuron.name}.sum").id), activation, output
        )
        factors = slope.factors if isinstance(slope, Product) else (slope,)
        return tuple(factor for factor in factors if factor != Number(1.0))
