"""The activation left out, mixed up, or applied the wrong way round."""

from __future__ import annotations

from collections.abc import Iterator

from engine.calculus import total
from engine.expression import Call, Difference, Expression, Negative, Number, Quotient, Ref, Sum
from engine.functions import ACTIVATIONS
from engine.mistakes.rewritten import replaced
from engine.mistakes.rule import Rewriting, rule
from engine.mistakes.step import Step


@rule("activation", ("product", "sum", "activation", "loss", "gradient"), common=3)
def skipped_activation(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """The weighted sum is passed on as it is; a ReLU step's own kept negative is named as that.

    e.g. sigmoid(0.252) -> 0.252, or (target − p)² -> (target − O.sum)²
    """
    if step.kind == "activation" and step.neuron is not None and step.neuron.function.layer:
        before = step.ref(f"{step.neuron.name}.sum")
        yield Rewriting(before, step.place, tree, before)
        return
    if step.kind == "activation":
        gates = [name for name, known in ACTIVATIONS.items() if known.gate]
        if isinstance(tree, Call) and tree.function not in gates:
            yield Rewriting(tree.argument, step.place, tree, tree.argument)
        return
    for ref in step.refs(tree):
        neuron = step.activated.get(ref)
        if neuron is not None:
            output, before = Ref(ref), step.ref(f"{neuron.name}.sum")
            yield Rewriting(replaced(tree, output, before), neuron.name, output, before)


@rule("activation", ("activation",), common=1)
def wrong_activation(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """Another activation of the network is applied.

    e.g. sigmoid(0.252) -> ReLU(0.252)
    """
    if not isinstance(tree, Call | Ref) or step.neuron is None:
        return
    before = tree.argument if isinstance(tree, Call) else tree
    used = {neuron.activation: neuron.function for neuron in step.trace.network.neurons()}
    for name, function in used.items():
        if not function.identity and not function.layer and name != step.neuron.activation:
            wrong = Call(function.name, before)
            yield Rewriting(wrong, step.place, tree, wrong, other=name)


@rule("activation", ("activation",), common=3)
def step_other_side(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """The step is taken for on where it is off, or the other way round.

    e.g. step(−0.5) -> 1
    """
    match tree:
        case Call("step", before):
            wrong = Difference(Number(1.0), tree)
            yield Rewriting(wrong, step.place, before, wrong)
        case _:
            pass


@rule("activation", ("activation",), common=3)
def softmax_not_divided(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """The power of a softmax is not divided by those of the whole layer, or not by its own too.

    e.g. e^0.43 / (e^0.43 + e^0.16) -> e^0.43, or e^0.43 / e^0.16
    """
    if step.neuron is None or step.neuron.function.layer is None:
        return
    match tree:
        case Quotient(power, Sum(powers) as whole):
            yield Rewriting(power, step.place, whole, Number(1.0))
            others = total(part for part in powers if part != power)
            yield Rewriting(Quotient(power, others), step.place, whole, others)
        case _:
            pass


@rule("activation", ("activation",), common=4)
def relu_kept_negative(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """ReLU lets a negative sum through.

    e.g. ReLU(−0.02) -> −0.02
    """
    match tree:
        case Call("relu", before) if step.value(before) < 0:
            yield Rewriting(before, step.place, tree, before)
        case _:
            pass


@rule("activation", ("activation",), common=2)
def relu_absolute_value(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """ReLU only takes the minus away.

    e.g. ReLU(−0.02) -> 0.02
    """
    match tree:
        case Call("relu", before) if step.value(before) < 0:
            wrong = Call("abs", before)
            yield Rewriting(wrong, step.place, tree, wrong)
        case _:
            pass


@rule("activation", ("activation",), common=1)
def relu_zeroed_positive(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """ReLU turns a positive sum into 0.

    e.g. ReLU(0.03) -> 0
    """
    match tree:
        case Call("relu", before) if step.value(before) > 0:
            yield Rewriting(Number(0.0), step.place, tree, Number(0.0))
        case _:
            pass


@rule("activation", ("activation",), common=1.5)
def sigmoid_sign(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """The sigmoid of minus the sum: the minus of e^−z lost.

    e.g. sigmoid(0.252) -> sigmoid(−0.252)
    """
    match tree:
        case Call("sigmoid", before):
            wrong = Call("sigmoid", Negative(before))
            yield Rewriting(wrong, step.place, tree, wrong)
        case _:
            pass


@rule("activation", ("sum",), common=4, first=True)
def activated_early(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """A negative sum is given as what ReLU makes of it, one step too soon.

    e.g. 0.2 × (−0.5) + 0.1 × 0.8 = −0.02 -> ReLU(−0.02) = 0
    """
    if step.neuron is not None and step.neuron.activation == "relu" and step.value(tree) < 0:
        wrong = Call("relu", tree)
        yield Rewriting(wrong, step.place, tree, wrong)
