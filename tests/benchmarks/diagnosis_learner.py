"""A simulated learner: plain arithmetic on floats, written without looking at the rules it tests.

It knows a network as lists of numbers and works every step from scratch, rightly or with a mistake.
Nothing here touches the engine's trees.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

SHARP = {
    "relu": lambda z: z if z > 0 else 0.0,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "tanh": math.tanh,
    "identity": lambda z: z,
}


def slope(name: str, z: float, a: float) -> float:
    return {
        "relu": 1.0 if z > 0 else 0.0,
        "sigmoid": a * (1 - a),
        "tanh": 1 - a * a,
        "identity": 1.0,
    }[name]


@dataclass
class Net:
    """A network as lists of numbers, with one example."""

    inputs: list[float]
    weights: list[list[list[float]]]
    biases: list[list[float]]
    activations: list[list[str]]
    targets: list[float]
    rate: float
    loss: str = "squared_error"
    train_biases: bool = False
    data: dict[str, object] = field(default_factory=dict)

    def neuron(self, layer: int, i: int) -> str:
        last = layer == len(self.weights) - 1
        return f"O{i + 1}" if last else f"{'HGFE'[layer]}{i + 1}"

    def weight(self, layer: int, i: int, j: int) -> str:
        return f"w{self.neuron(layer, i)}_{j + 1}"


def random_net(rng: random.Random, *, small: bool = False) -> Net:
    """A random network: 1 to 4 inputs, 1 to 3 layers, all activations, biases or none."""
    sizes = [rng.randint(2, 3 if small else 4)]
    depth = 2 if small else rng.choice([1, 2, 2, 2, 3])
    sizes += [rng.randint(2, 3) for _ in range(depth - 1)] + [rng.choice([1, 1, 1, 2])]
    biased = rng.random() < 0.6
    places = rng.choice([1, 2])

    def draw(low: float = -1.0, high: float = 1.0) -> float:
        value = 0.0
        while value == 0.0:
            value = round(rng.uniform(low, high), places)
        return value

    loss = rng.choice(["squared_error", "squared_error", "squared_error", "cross_entropy"])
    hidden = rng.choice([["relu"], ["relu"], ["sigmoid"], ["tanh"], ["relu", "tanh"]])
    net = Net([], [], [], [], [], rng.choice([0.1, 0.5, 0.32, 0.2]), loss)
    net.inputs = [draw(0.1, 1.0) for _ in range(sizes[0])]
    for layer, (before, size) in enumerate(zip(sizes, sizes[1:], strict=False)):
        last = layer == len(sizes) - 2
        out = "sigmoid" if loss == "cross_entropy" else rng.choice(["sigmoid"] * 3 + ["identity", "tanh"])
        net.weights.append([[draw() for _ in range(before)] for _ in range(size)])
        net.biases.append([draw(-0.5, 0.5) if biased else 0.0 for _ in range(size)])
        net.activations.append([out if last else rng.choice(hidden) for _ in range(size)])
    net.targets = [float(rng.randint(0, 1)) for _ in range(sizes[-1])]
    net.train_biases = biased and rng.random() < 0.5
    net.data = {
        "inputs": [f"x{i + 1}" for i in range(sizes[0])],
        "loss": loss,
        "train_biases": net.train_biases,
        "layers": [
            [
                {
                    "name": net.neuron(layer, i),
                    "activation": net.activations[layer][i],
                    "bias": net.biases[layer][i],
                    "weights": {net.weight(layer, i, j): w for j, w in enumerate(row)},
                }
                for i, row in enumerate(rows)
            ]
            for layer, rows in enumerate(net.weights)
        ],
    }
    return net


Round = Callable[[float, str, int], float]
"""How the learner rounds a number: value, step, and 0 for a step's own value or 1 for a part."""


def exactly(value: float, name: str, part: int) -> float:
    del name, part
    return value


def work(net: Net, rounding: Round = exactly, pencil: bool = False) -> dict[str, float]:
    """Every number of one training step, rounded on the way as the learner does."""
    values: dict[str, float] = {}

    def put(name: str, value: float) -> float:
        values[name] = rounding(value, name, 0)
        return values[name]

    def sums(weights: list[list[list[float]]], biases: list[list[float]], prefix: str) -> list[float]:
        incoming = net.inputs
        for layer, rows in enumerate(weights):
            outgoing = []
            for i, row in enumerate(rows):
                name = net.neuron(layer, i)
                z = biases[layer][i]
                for j, (w, x) in enumerate(zip(row, incoming, strict=True)):
                    put(f"{prefix}{net.weight(layer, i, j)}.product", w * x)
                    z += rounding(w * x, f"{prefix}{name}.sum", 1)
                z = put(f"{prefix}{name}.sum", z)
                kind = net.activations[layer][i]
                a = 0.5 + z / 4 if pencil and kind == "sigmoid" and abs(z) <= 0.5 else SHARP[kind](z)
                outgoing.append(put(f"{prefix}{name}.activation", a))
            incoming = outgoing
        put(f"{prefix}loss", loss_of(net, incoming))
        return incoming

    out = sums(net.weights, net.biases, "")
    last = len(net.weights) - 1
    for layer in range(last, -1, -1):
        for i in range(len(net.weights[layer])):
            name = net.neuron(layer, i)
            z, a = values[f"{name}.sum"], values[f"{name}.activation"]
            if layer == last:
                d = a - net.targets[i] if net.loss == "cross_entropy" else (
                    rounding(-2 * (net.targets[i] - out[i]), f"{name}.delta", 1)
                    * rounding(slope(net.activations[layer][i], z, a), f"{name}.delta", 1)
                )
            else:
                d = sum(
                    rounding(row[i] * values[f"{net.neuron(layer + 1, k)}.delta"], f"{name}.delta", 1)
                    for k, row in enumerate(net.weights[layer + 1])
                ) * rounding(slope(net.activations[layer][i], z, a), f"{name}.delta", 1)
            put(f"{name}.delta", d)
    new_w = [[list(row) for row in rows] for rows in net.weights]
    new_b = [list(row) for row in net.biases]
    for layer, rows in enumerate(net.weights):
        for i, row in enumerate(rows):
            d = values[f"{net.neuron(layer, i)}.delta"]
            put(f"{net.neuron(layer, i)}.bias.gradient", d)
            for j, w in enumerate(row):
                x = net.inputs[j] if layer == 0 else values[f"{net.neuron(layer - 1, j)}.activation"]
                name = net.weight(layer, i, j)
                g = put(f"{name}.gradient", d * x)
                new_w[layer][i][j] = put(
                    f"{name}.updated", w - rounding(net.rate * g, f"{name}.updated", 1)
                )
            if net.train_biases:
                g = values[f"{net.neuron(layer, i)}.bias.gradient"]
                name = f"{net.neuron(layer, i)}.bias.updated"
                new_b[layer][i] = put(name, net.biases[layer][i] - rounding(net.rate * g, name, 1))
    sums(new_w, new_b, "next.")
    return values


def loss_of(net: Net, out: list[float]) -> float:
    if net.loss == "squared_error":
        return sum((t - p) ** 2 for t, p in zip(net.targets, out, strict=True))
    return sum(
        -(math.log(p) if t == 1 else math.log(1 - p)) for t, p in zip(net.targets, out, strict=True)
    )


Mistaken = tuple[frozenset[tuple[str, str]], float]
"""The ids of the mistakes made, with their places, and what comes out."""


@dataclass
class Answer:
    """One step with what the learner has for the numbers it needs."""

    net: Net
    values: dict[str, float]
    """The learner's earlier values."""


def mistakes(net: Net, v: dict[str, float], step: str) -> Iterator[tuple[str, str, float]]:
    """(id, where, value) of single mistakes at one step, from the values `v` held for the others."""
    after = step.startswith("next.")
    prefix = "next." if after else ""
    owner, _, kind = step.removeprefix("next.").rpartition(".")
    for layer, rows in enumerate(net.weights):
        for i, row in enumerate(rows):
            name = net.neuron(layer, i)
            if name == owner and kind in ("sum", "activation", "delta"):
                yield from _neuron_mistakes(net, v, prefix, layer, i, kind)
            for j in range(len(row)):
                if net.weight(layer, i, j) == owner:
                    yield from _weight_mistakes(net, v, prefix, (layer, i, j), kind)
    if kind == "loss":
        yield from _loss_mistakes(net, v, prefix)


def _incoming(net: Net, v: dict[str, float], prefix: str, layer: int, kind: str = "activation") -> list[float]:
    if layer == 0:
        return list(net.inputs)
    return [v[f"{prefix}{net.neuron(layer - 1, j)}.{kind}"] for j in range(len(net.weights[layer - 1]))]


def _row(net: Net, v: dict[str, float], prefix: str, layer: int, i: int) -> list[float]:
    row = net.weights[layer][i]
    return [v[f"{net.weight(layer, i, j)}.updated"] for j in range(len(row))] if prefix else list(row)


def _bias(net: Net, v: dict[str, float], prefix: str, layer: int, i: int) -> float:
    name = f"{net.neuron(layer, i)}.bias.updated"
    return v[name] if prefix and name in v else net.biases[layer][i]


def _dot(xs: list[float], ws: list[float], bias: float) -> float:
    return sum(x * w for x, w in zip(xs, ws, strict=True)) + bias


def _neuron_mistakes(
    net: Net, v: dict[str, float], prefix: str, layer: int, i: int, kind: str
) -> Iterator[tuple[str, str, float]]:
    name = net.neuron(layer, i)
    if kind == "sum":
        xs, ws = _incoming(net, v, prefix, layer), _row(net, v, prefix, layer, i)
        b = _bias(net, v, prefix, layer, i)
        right = _dot(xs, ws, b)
        n = len(xs)
        terms = [x * w for x, w in zip(xs, ws, strict=True)]
        for j in range(n):
            w = net.weight(layer, i, j)
            if ws[j] < 0:
                yield "dropped_sign", w, right - terms[j] + xs[j] * -ws[j]
            else:
                yield "flipped_sign", w, right - 2 * terms[j]
            yield "missing_term", w, right - terms[j]
            yield "decimal_place", w, right + 9 * terms[j]
            yield "decimal_place", w, right - 0.9 * terms[j]
        yield "flipped_sign", name, -right
        yield "decimal_place", name, 10 * right
        yield "decimal_place", name, right / 10
        run = 0.0
        for x, w in zip(xs, ws, strict=True):
            run = (run + x) * w
        yield "left_to_right", name, run + b
        product = xs[0] * ws[-1]
        for j in range(n - 1):
            product *= ws[j] + xs[j + 1]
        yield "added_before_multiplying", name, product + b
        yield "added_instead_of_multiplied", name, sum(xs) + sum(ws) + b
        for j in range(n):
            for k in range(j + 1, n):
                swapped = list(ws)
                swapped[j], swapped[k] = swapped[k], swapped[j]
                yield "swapped_weights", name, _dot(xs, swapped, b)
        for k in range(len(net.weights[layer])):
            if k != i:
                other = _row(net, v, prefix, layer, k)
                yield "wrong_neuron", name, _dot(xs, other, b)
                yield "wrong_neuron", name, _dot(xs, other, _bias(net, v, prefix, layer, k))
        if b:
            yield "forgot_bias", name, right - b
        if layer and len(net.inputs) >= n:
            yield "used_inputs_not_activations", name, _dot(net.inputs[:n], ws, b)
    elif kind == "activation":
        z = v[f"{prefix}{name}.sum"]
        kinds = net.activations[layer][i]
        for other in sorted({a for row in net.activations for a in row} - {kinds, "identity"}):
            yield "wrong_activation", name, SHARP[other](z)
        if kinds == "relu":
            if z < 0:
                yield "relu_kept_negative", name, z
                yield "relu_absolute_value", name, -z
            else:
                yield "relu_zeroed_positive", name, 0.0
        elif kinds != "identity":
            yield "skipped_activation", name, z
        if kinds == "sigmoid":
            yield "sigmoid_sign", name, SHARP["sigmoid"](-z)
        yield "decimal_place", name, SHARP[kinds](z) * 10
        yield "decimal_place", name, SHARP[kinds](z) / 10
        yield "flipped_sign", name, -SHARP[kinds](z)
    else:
        yield from _delta_mistakes(net, v, layer, i)


def _delta_mistakes(net: Net, v: dict[str, float], layer: int, i: int) -> Iterator[tuple[str, str, float]]:
    name = net.neuron(layer, i)
    z, a = v[f"{name}.sum"], v[f"{name}.activation"]
    s = slope(net.activations[layer][i], z, a)
    if layer == len(net.weights) - 1:
        t = net.targets[i]
        if net.loss == "cross_entropy":
            yield "reversed_difference", name, t - a
            yield "wrong_target", name, a - (1 - t)
            right = a - t
        else:
            right = -2 * (t - a) * s
            yield "reversed_difference", name, -right
            yield "forgot_factor_two", name, right / 2
            if net.activations[layer][i] not in ("identity", "relu"):
                yield "forgot_activation_slope", name, -2 * (t - a)
            yield "wrong_target", name, -2 * (1 - t - a) * s
    else:
        deltas = [v[f"{net.neuron(layer + 1, k)}.delta"] for k in range(len(net.weights[layer + 1]))]
        ws = [row[i] for row in net.weights[layer + 1]]
        back = sum(w * d for w, d in zip(ws, deltas, strict=True))
        right = back * s
        if len(ws) == 1:
            yield "forgot_weight_factor", net.weight(layer + 1, 0, i), deltas[0] * s
        else:
            yield "forgot_weight_factor", name, sum(deltas) * s
        if net.activations[layer][i] in ("sigmoid", "tanh"):
            yield "forgot_activation_slope", name, back
        if net.activations[layer][i] == "relu" and z <= 0:
            yield "ignored_relu_gate", name, back
        for k, w in enumerate(ws):
            if w < 0:
                yield "dropped_sign", net.weight(layer + 1, k, i), (back - 2 * w * deltas[k]) * s
        if all(w > 0 for w in ws):
            yield "flipped_sign", name, -right
    yield "decimal_place", name, right * 10
    yield "decimal_place", name, right / 10


def _weight_mistakes(
    net: Net, v: dict[str, float], prefix: str, at: tuple[int, int, int], kind: str
) -> Iterator[tuple[str, str, float]]:
    layer, i, j = at
    name, w = net.weight(*at), net.weights[layer][i][j]
    d = v.get(f"{net.neuron(layer, i)}.delta", 0.0)
    xs = _incoming(net, v, prefix, layer)
    if kind == "product":
        ws = _row(net, v, prefix, layer, i)
        right = xs[j] * ws[j]
        yield ("dropped_sign" if ws[j] < 0 else "flipped_sign"), name, -right
        yield "added_instead_of_multiplied", name, xs[j] + ws[j]
        yield "decimal_place", name, right * 10
        yield "decimal_place", name, right / 10
        for k in range(len(net.weights[layer])):
            if k != i:
                yield "wrong_neuron", name, xs[j] * _row(net, v, prefix, layer, k)[j]
        for k in range(len(ws)):
            if k != j:
                yield "swapped_weights", name, xs[j] * ws[k]
    elif kind == "gradient":
        yield "forgot_input_factor", name, d
        yield "flipped_sign", name, -d * xs[j]
        yield "decimal_place", name, d * xs[j] * 10
        yield "decimal_place", name, d * xs[j] / 10
        if layer and len(net.inputs) > j:
            yield "used_inputs_not_activations", name, d * net.inputs[j]
    elif kind == "updated":
        g = v[f"{name}.gradient"]
        yield "stepped_uphill", name, w + net.rate * g
        yield "forgot_learning_rate", name, w - g
        yield "gave_step_not_weight", name, -net.rate * g
        yield "flipped_sign", name, -(w - net.rate * g)
        yield "decimal_place", name, w - 10 * net.rate * g
        yield "left_to_right", name, (w - net.rate) * g
        if w < 0:
            yield "dropped_sign", name, -w - net.rate * g


def _loss_mistakes(net: Net, v: dict[str, float], prefix: str) -> Iterator[tuple[str, str, float]]:
    last = len(net.weights) - 1
    names = [net.neuron(last, i) for i in range(len(net.targets))]
    out = [v[f"{prefix}{name}.activation"] for name in names]
    right = loss_of(net, out)
    where = names[0] if len(names) == 1 else "loss"
    yield "halved_loss", where, right / 2
    yield "decimal_place", where, right * 10
    yield "decimal_place", where, right / 10
    if len(names) == 1:
        t, p = net.targets[0], out[0]
        flipped = Net(**{**net.__dict__, "targets": [1 - t]})
        yield "wrong_target", where, loss_of(flipped, out)
        if net.loss == "squared_error":
            yield "forgot_to_square", where, t - p
            yield "forgot_to_square", where, p - t
            yield "doubled_instead_of_squared", where, 2 * (t - p)
            yield "kept_sign_when_squaring", where, -((t - p) ** 2)


def two_mistakes(net: Net, v: dict[str, float], step: str) -> Iterator[Mistaken]:
    """Some plausible pairs at one step, by hand."""
    owner, _, kind = step.removeprefix("next.").rpartition(".")
    if kind == "loss":
        owner = net.neuron(len(net.weights) - 1, 0) if len(net.targets) == 1 else "loss"
    prefix = "next." if step.startswith("next.") else ""
    singles = list(mistakes(net, v, step))
    for first, where, value in singles:
        if first != "decimal_place":
            for factor in (10, 0.1):
                yield frozenset({(first, where), ("decimal_place", owner)}), value * factor
            if kind in ("sum", "activation") and first != "flipped_sign":
                yield frozenset({(first, where), ("flipped_sign", owner)}), -value
    for layer, rows in enumerate(net.weights):
        for i, row in enumerate(rows):
            name = net.neuron(layer, i)
            if name == owner and kind == "sum":
                xs, ws = _incoming(net, v, prefix, layer), _row(net, v, prefix, layer, i)
                b = _bias(net, v, prefix, layer, i)
                for j, w in enumerate(ws):
                    if w < 0:
                        turned = [abs(u) if k == j else u for k, u in enumerate(ws)]
                        at = net.weight(layer, i, j)
                        if b:
                            yield frozenset({("dropped_sign", at), ("forgot_bias", name)}), _dot(xs, turned, 0)
                        run = 0.0
                        for x, u in zip(xs, turned, strict=True):
                            run = (run + x) * u
                        yield frozenset({("dropped_sign", at), ("left_to_right", name)}), run + b
                        for k in range(len(ws)):
                            if k != j:
                                value = _dot(xs, turned, b) - xs[k] * turned[k]
                                yield frozenset({("dropped_sign", at), ("missing_term", net.weight(layer, i, k))}), value
            if name == owner and kind == "delta":
                z, a = v[f"{name}.sum"], v[f"{name}.activation"]
                s = slope(net.activations[layer][i], z, a)
                if layer == len(net.weights) - 1 and net.loss == "squared_error":
                    t = net.targets[i]
                    yield frozenset({("forgot_factor_two", name), ("reversed_difference", name)}), (t - a) * s
                    if net.activations[layer][i] in ("sigmoid", "tanh"):
                        yield frozenset({("forgot_factor_two", name), ("forgot_activation_slope", name)}), a - t
                        yield frozenset({("reversed_difference", name), ("forgot_activation_slope", name)}), 2 * (t - a)
            for j in range(len(row)):
                if net.weight(layer, i, j) == owner and kind == "updated":
                    g, w = v[f"{owner}.gradient"], row[j]
                    yield frozenset({("stepped_uphill", owner), ("forgot_learning_rate", owner)}), w + g
                    yield frozenset({("gave_step_not_weight", owner), ("forgot_learning_rate", owner)}), -g


ROUNDINGS = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN)


def round_to(value: float, places: int, how: str = ROUND_HALF_UP) -> float:
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), rounding=how))


def written(value: float, places: int) -> str:
    """As typed on a phone: rounded half up, no exponent, end zeros dropped if it is exact."""
    text = f"{Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):f}"
    return text
