"""What a learner may compute instead: each misconception as a tree, written by hand.

Those that DESIGN's table names carry its id; those it does not know are called `unknown`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from tests.truth.network import Case, Step, back_terms, slope
from tests.truth.tree import (
    Node,
    add,
    call,
    minus,
    name,
    negative,
    number,
    replaced,
    square,
    times,
)

Mistaken = tuple[str, str, Node]
"""The id, the place (a weight, bias, neuron or step), and what is computed."""

UNKNOWN = "unknown"


def mistaken(case: Case, step: Step, rng: random.Random) -> list[Mistaken]:
    """The ways in which a step goes wrong."""
    found = list(_BY_KIND[step.kind](case, step))
    found += _stray(case, step, rng)
    return found


def _after(step: Step) -> bool:
    return step.id.startswith("next.")


def _weight(own: str, *, after: bool) -> Node:
    return name(f"{own}.updated") if after else name(own)


def _row(case: Case, called: str, *, after: bool) -> tuple[list[Node], list[Node], list[str]]:
    """What goes into a neuron, its weights, and their names."""
    layer, neuron = case.neuron(called)
    own = list(neuron["weights"])
    sources = [name(source) for source in case.incoming(layer, after=after)]
    return sources, [_weight(w, after=after) for w in own], own


def _products(case: Case, step: Step) -> Iterator[Mistaken]:
    called = next(n["name"] for layer in case.layers for n in layer if step.owner in n["weights"])
    xs, ws, own = _row(case, called, after=_after(step))
    at = own.index(step.owner)
    x, w = xs[at], ws[at]
    yield "added_instead_of_multiplied", step.owner, add(x, w)
    for k, other in enumerate(ws):
        if k != at:
            yield "swapped_weights", step.owner, times(x, other)
    yield from _signs(case, step.owner, w, lambda turned: times(x, turned))
    layer, _ = case.neuron(called)
    for sibling in case.layers[layer]:
        if sibling["name"] != called:
            theirs = list(sibling["weights"])[at]
            yield "wrong_neuron", step.owner, times(x, _weight(theirs, after=_after(step)))


def _signs(case: Case, own: str, w: Node, of: Callable[[Node], Node]) -> Iterator[Mistaken]:
    if case.given[own] < 0:
        yield "dropped_sign", own, of(call("abs", w))
    else:
        yield "flipped_sign", own, of(negative(w))


def _sums(case: Case, step: Step) -> Iterator[Mistaken]:
    after = _after(step)
    xs, ws, own = _row(case, step.owner, after=after)
    terms = [times(x, w) for x, w in zip(xs, ws, strict=True)]
    bias = [part for part in _summands(step.tree) if part.op == "name"]
    for j, weight in enumerate(own):

        def put(turned: Node, j: int = j) -> Node:
            return add(*terms[:j], times(xs[j], turned), *terms[j + 1 :], *bias)

        yield from _signs(case, weight, ws[j], put)
        if len(terms) > 1:
            yield "missing_term", weight, add(*terms[:j], *terms[j + 1 :], *bias)
        plus = add(*terms[:j], add(xs[j], ws[j]), *terms[j + 1 :], *bias)
        yield "added_instead_of_multiplied", weight, plus
    yield "flipped_sign", step.owner, negative(step.tree)
    yield "added_instead_of_multiplied", step.owner, add(*xs, *ws, *bias)
    if bias:
        yield "forgot_bias", step.owner, add(*terms)
        yield UNKNOWN, step.owner, minus(add(*terms), bias[0])
    if len(terms) > 1:
        run = times(xs[0], ws[0])
        across = times(xs[0], add(ws[0], xs[1]), ws[1])
        for x, w in zip(xs[1:], ws[1:], strict=True):
            run = times(add(run, x), w)
        yield "left_to_right", step.owner, add(run, *bias)
        yield "added_before_multiplying", step.owner, add(across, *terms[2:], *bias)
        swapped = [ws[1], ws[0], *ws[2:]]
        pairs = [times(x, w) for x, w in zip(xs, swapped, strict=True)]
        yield "swapped_weights", step.owner, add(*pairs, *bias)
        yield UNKNOWN, step.owner, times(*terms)
    layer, _ = case.neuron(step.owner)
    for sibling in case.layers[layer]:
        if sibling["name"] != step.owner:
            theirs = [_weight(w, after=after) for w in sibling["weights"]]
            yield (
                "wrong_neuron",
                step.owner,
                add(*(times(x, w) for x, w in zip(xs, theirs, strict=True)), *bias),
            )
    if layer and len(case.inputs) >= len(ws):
        given = [name(x) for x in case.data["inputs"]]
        yield (
            "used_inputs_not_activations",
            step.owner,
            add(*(times(x, w) for x, w in zip(given, ws, strict=False)), *bias),
        )


def _summands(node: Node) -> list[Node]:
    return [*_summands(node.parts[0]), node.parts[1]] if node.op == "+" else [node]


def _activations(case: Case, step: Step) -> Iterator[Mistaken]:
    z = name(step.id.replace(".activation", ".sum"))
    kind = case.neuron(step.owner)[1]["activation"]
    for other in ("relu", "sigmoid", "tanh"):
        if other != kind:
            yield "wrong_activation", step.owner, call(other, z)
    if kind == "relu":
        yield "relu_kept_negative", step.owner, z
        yield "relu_absolute_value", step.owner, call("abs", z)
        yield "relu_zeroed_positive", step.owner, number(0.0, "0")
    else:
        yield "skipped_activation", step.owner, z
    if kind == "sigmoid":
        half, one, four = number(0.5, "0.5"), number(1.0, "1"), number(4.0, "4")
        yield "sigmoid_sign", step.owner, call("sigmoid", negative(z))
        yield "sigmoid_sign", step.owner, minus(half, Node("/", (z, four)))
        yield "left_to_right", step.owner, Node("/", (add(half, z), four))
        yield "left_to_right", step.owner, add(Node("/", (one, one)), call("exp", negative(z)))
        yield UNKNOWN, step.owner, Node("/", (one, call("exp", negative(z))))
        yield UNKNOWN, step.owner, Node("/", (one, minus(one, call("exp", negative(z)))))
        yield UNKNOWN, step.owner, add(half, Node("/", (z, number(2.0, "2"))))


def _losses(case: Case, step: Step) -> Iterator[Mistaken]:
    prefix = "next." if _after(step) else ""
    two = number(2.0, "2")
    if case.data.get("loss", "squared_error") != "squared_error":
        yield UNKNOWN, "loss", negative(step.tree)
        for neuron in case.layers[-1]:
            t, p = name(case.target(neuron["name"])), name(f"{prefix}{neuron['name']}.activation")
            yield UNKNOWN, neuron["name"], square(minus(t, p))
            if case.given[t.text] in (0.0, 1.0) and len(case.targets) == 1:
                other = minus(number(1.0, "1"), p) if case.given[t.text] else p
                yield "wrong_target", neuron["name"], negative(call("ln", other))
        return
    yield "halved_loss", "loss", times(number(0.5, "0.5"), step.tree)
    yield "halved_loss", "loss", Node("/", (step.tree, two))
    outputs = case.layers[-1]
    for k, neuron in enumerate(outputs):
        t, p = name(case.target(neuron["name"])), name(f"{prefix}{neuron['name']}.activation")
        error = minus(t, p)

        def among(part: Node, k: int = k) -> Node:
            parts = [
                square(minus(name(case.target(n["name"])), name(f"{prefix}{n['name']}.activation")))
                for n in outputs
            ]
            return add(*parts[:k], part, *parts[k + 1 :])

        own = neuron["name"]
        yield "forgot_to_square", own, among(error)
        yield "forgot_to_square", own, among(minus(p, t))
        yield "doubled_instead_of_squared", own, among(times(two, error))
        yield "kept_sign_when_squaring", own, among(negative(square(error)))
        other = number(1.0 - case.given[case.target(own)])
        yield "wrong_target", own, among(square(minus(other, p)))
        yield "left_to_right", own, among(minus(t, square(p)))
        yield UNKNOWN, own, among(minus(square(t), square(p)))
        if len(outputs) > 1:
            yield "missing_term", own, square(error)


def _deltas(case: Case, step: Step) -> Iterator[Mistaken]:
    layer, neuron = case.neuron(step.owner)
    own, steep = step.owner, slope(neuron)
    tail = [] if steep is None else [steep]
    yield "flipped_sign", own, negative(step.tree)
    if layer == len(case.layers) - 1:
        t, p = name(case.target(own)), name(f"{own}.activation")
        other = number(1.0 - case.given[case.target(own)])
        if case.data.get("loss") == "cross_entropy":
            yield "reversed_difference", own, minus(t, p)
            yield "wrong_target", own, minus(p, other)
            yield UNKNOWN, own, times(minus(p, t), p, minus(number(1.0, "1"), p))
            return
        minus_two, two = number(-2.0, "-2"), number(2.0, "2")
        yield "reversed_difference", own, times(minus_two, minus(p, t), *tail)
        yield "flipped_sign", own, times(two, minus(t, p), *tail)
        yield "forgot_factor_two", own, times(negative(minus(t, p)), *tail)
        yield "forgot_factor_two", own, times(minus(p, t), *tail)
        yield UNKNOWN, own, times(minus(t, p), *tail)
        yield UNKNOWN, own, times(number(-0.5, "-0.5"), minus(t, p), *tail)
        yield "wrong_target", own, times(minus_two, minus(other, p), *tail)
        if steep is not None and steep.op != "gate":
            yield "forgot_activation_slope", own, times(minus_two, minus(t, p))
            yield "forgot_activation_slope", own, times(two, minus(p, t))
            if neuron["activation"] == "sigmoid":
                yield "squared_the_slope", own, times(minus_two, minus(t, p), p, p)
            yield UNKNOWN, own, minus(p, t)
            yield UNKNOWN, own, times(minus_two, square(minus(t, p)), steep)
            yield UNKNOWN, own, times(minus_two, minus(t, p), p)
            yield UNKNOWN, own, times(minus_two, minus(t, p), minus(number(1.0, "1"), p))
            yield UNKNOWN, own, times(minus_two, minus(t, p), call(neuron["activation"], p))
        return
    back = back_terms(case, layer, own)
    yield "forgot_weight_factor", own, times(add(*(term.parts[1] for term in back)), *tail)
    if steep is not None:
        also = "ignored_relu_gate" if steep.op == "gate" else "forgot_activation_slope"
        yield also, own, add(*back)
    for j, term in enumerate(back):
        weight, blame = term.parts

        def put(turned: Node, j: int = j, blame: Node = blame) -> Node:
            return times(add(*back[:j], times(turned, blame), *back[j + 1 :]), *tail)

        yield from _signs(case, weight.text, weight, put)
        if f"{weight.text}.updated" in case.steps:
            yield UNKNOWN, weight.text, put(name(f"{weight.text}.updated"))
        if len(back) > 1:
            rest = add(*back[:j], *back[j + 1 :])
            yield "missing_term", weight.text, times(rest, *tail)
        after = next(n for n in case.layers[layer + 1] if weight.text in n["weights"])
        for other in after["weights"]:
            if other != weight.text:
                yield "swapped_weights", own, put(name(other))
        yield (
            "added_instead_of_multiplied",
            weight.text,
            times(add(*back[:j], add(weight, blame), *back[j + 1 :]), *tail),
        )


def _gradients(case: Case, step: Step) -> Iterator[Mistaken]:
    if step.tree.op != "*":
        yield "flipped_sign", step.owner, negative(step.tree)
        return
    blame, x = step.tree.parts
    yield "forgot_input_factor", step.owner, blame
    yield "flipped_sign", step.owner, negative(step.tree)
    yield "flipped_sign", step.owner, times(negative(blame), x)
    yield "added_instead_of_multiplied", step.owner, add(blame, x)
    yield UNKNOWN, step.owner, times(blame, name(step.owner))
    yield UNKNOWN, step.owner, times(name("learning_rate"), step.tree)
    yield UNKNOWN, step.owner, Node("/", (step.tree, number(2.0, "2")))
    yield UNKNOWN, step.owner, times(number(2.0, "2"), step.tree)
    for other in case.data["inputs"]:
        if other != x.text:
            same = "unknown" if x.text in case.given else "used_inputs_not_activations"
            yield same, step.owner, times(blame, name(other))
    for layer in case.layers:
        for neuron in layer:
            if f"{neuron['name']}.delta" != blame.text:
                yield UNKNOWN, step.owner, times(name(f"{neuron['name']}.delta"), x)


def _updated(case: Case, step: Step) -> Iterator[Mistaken]:
    w, moved = step.tree.parts
    rate, g = moved.parts
    own = step.owner
    yield "stepped_uphill", own, add(w, moved)
    yield "forgot_learning_rate", own, minus(w, g)
    yield "gave_step_not_weight", own, moved
    yield "gave_step_not_weight", own, negative(moved)
    yield "flipped_sign", own, negative(step.tree)
    yield "left_to_right", own, times(minus(w, rate), g)
    yield "added_instead_of_multiplied", own, minus(w, add(rate, g))
    if case.given[own] < 0:
        yield "dropped_sign", own, minus(call("abs", w), moved)
    yield "missing_term", own, w
    yield UNKNOWN, own, minus(w, Node("/", (moved, number(2.0, "2"))))
    yield UNKNOWN, own, minus(w, times(number(2.0, "2"), moved))
    yield UNKNOWN, own, times(w, moved)
    yield UNKNOWN, own, minus(w, Node("/", (g, rate)))
    yield UNKNOWN, own, minus(rate, times(w, g))


def _stray(case: Case, step: Step, rng: random.Random) -> Iterator[Mistaken]:
    """The right set-up with a number of another step in it."""
    inside = [part for part in _names(step.tree) if part in case.steps or part in case.given]
    for ref in inside:
        others = [id_ for id_ in (*case.given, *case.steps) if id_ not in (ref, step.id)]
        other = rng.choice(others)
        yield UNKNOWN, step.owner, replaced(step.tree, {ref: name(other)})
    for id_ in rng.sample(sorted(case.steps), min(2, len(case.steps))):
        if id_ != step.id and case.steps[id_].tree.op != "name":
            yield "other_quantity", id_, case.steps[id_].tree


def _names(node: Node) -> list[str]:
    if node.op == "name":
        return [node.text]
    return [found for part in node.parts for found in _names(part)]


_BY_KIND: dict[str, Callable[[Case, Step], Iterator[Mistaken]]] = {
    "product": _products,
    "sum": _sums,
    "activation": _activations,
    "loss": _losses,
    "delta": _deltas,
    "gradient": _gradients,
    "updated": _updated,
}
