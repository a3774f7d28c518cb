"""Mistakes a simulated learner makes, in plain arithmetic: independent of `engine.mistakes`.

One by one at each kind of step, and some plausible pairs.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.diagnosis_learner import SHARP, Net, loss_of, slope

Mistaken = tuple[frozenset[tuple[str, str]], float]
"""The ids of the mistakes made, with their places, and what comes out."""


def mistakes(net: Net, v: dict[str, float], step: str) -> Iterator[tuple[str, str, float]]:
    """(id, where, value) of single mistakes at one step, from the values held for the others."""
    after = step.startswith("next.")
    prefix = "next." if after else ""
    owner, _, kind = step.removeprefix("next.").rpartition(".")
    for layer, rows in enumerate(net.weights):
        for i, row in enumerate(rows):
            name = net.neuron(layer, i)
            if name == owner and kind == "sum":
                yield from _sum_mistakes(net, v, prefix, layer, i)
            if name == owner and kind == "activation":
                yield from _activation_mistakes(net, v, prefix, layer, i)
            if name == owner and kind == "delta":
                yield from _delta_mistakes(net, v, layer, i)
            for j in range(len(row)):
                if net.weight(layer, i, j) == owner:
                    yield from _weight_mistakes(net, v, prefix, (layer, i, j), kind)
    if kind == "loss":
        yield from _loss_mistakes(net, v, prefix)


def _incoming(
    net: Net, v: dict[str, float], prefix: str, layer: int, kind: str = "activation"
) -> list[float]:
    if layer == 0:
        return list(net.inputs)
    return [
        v[f"{prefix}{net.neuron(layer - 1, j)}.{kind}"] for j in range(len(net.weights[layer - 1]))
    ]


def _row(net: Net, v: dict[str, float], prefix: str, layer: int, i: int) -> list[float]:
    row = net.weights[layer][i]
    return (
        [v[f"{net.weight(layer, i, j)}.updated"] for j in range(len(row))] if prefix else list(row)
    )


def _bias(net: Net, v: dict[str, float], prefix: str, layer: int, i: int) -> float:
    name = f"{net.neuron(layer, i)}.bias.updated"
    return v[name] if prefix and name in v else net.biases[layer][i]


def _dot(xs: list[float], ws: list[float], bias: float) -> float:
    return sum(x * w for x, w in zip(xs, ws, strict=True)) + bias


def _sum_mistakes(
    net: Net, v: dict[str, float], prefix: str, layer: int, i: int
) -> Iterator[tuple[str, str, float]]:
    name = net.neuron(layer, i)
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
    for x, u in zip(xs, ws, strict=True):
        run = (run + x) * u
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
            theirs = _row(net, v, prefix, layer, k)
            yield "wrong_neuron", name, _dot(xs, theirs, b)
            yield "wrong_neuron", name, _dot(xs, theirs, _bias(net, v, prefix, layer, k))
    if b:
        yield "forgot_bias", name, right - b
    if layer and len(net.inputs) >= n:
        yield "used_inputs_not_activations", name, _dot(net.inputs[:n], ws, b)


def _activation_mistakes(
    net: Net, v: dict[str, float], prefix: str, layer: int, i: int
) -> Iterator[tuple[str, str, float]]:
    name = net.neuron(layer, i)
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


def _turned_round(right: float) -> str:
    """What a blame with the opposite sign is the result of: of one below zero, a minus was lost."""
    return "flipped_sign" if right < 0 else "reversed_difference"


def _delta_mistakes(
    net: Net, v: dict[str, float], layer: int, i: int
) -> Iterator[tuple[str, str, float]]:
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
            yield _turned_round(right), name, -right
            yield "forgot_factor_two", name, right / 2
            if net.activations[layer][i] not in ("identity", "relu"):
                yield "forgot_activation_slope", name, -2 * (t - a)
            if net.activations[layer][i] == "sigmoid":
                yield "squared_the_slope", name, -2 * (t - a) * a * a
            yield "wrong_target", name, -2 * (1 - t - a) * s
    else:
        deltas = [
            v[f"{net.neuron(layer + 1, k)}.delta"] for k in range(len(net.weights[layer + 1]))
        ]
        ws = [row[i] for row in net.weights[layer + 1]]
        back = sum(w * d for w, d in zip(ws, deltas, strict=True))
        right = back * s
        if len(ws) == 1:
            yield "forgot_weight_factor", net.weight(layer + 1, 0, i), deltas[0] * s
        else:
            yield "forgot_weight_factor", name, sum(deltas) * s
        if net.activations[layer][i] in ("sigmoid", "tanh"):
            yield "forgot_activation_slope", name, back
        if net.activations[layer][i] == "sigmoid":
            yield "squared_the_slope", name, back * v[f"{name}.activation"] ** 2
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
        yield "gave_step_not_weight", name, net.rate * g
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
                            yield (
                                frozenset({("dropped_sign", at), ("forgot_bias", name)}),
                                _dot(xs, turned, 0),
                            )
                        run = 0.0
                        for x, u in zip(xs, turned, strict=True):
                            run = (run + x) * u
                        yield frozenset({("dropped_sign", at), ("left_to_right", name)}), run + b
                        for k in range(len(ws)):
                            if k != j:
                                value = _dot(xs, turned, b) - xs[k] * turned[k]
                                yield (
                                    frozenset(
                                        {
                                            ("dropped_sign", at),
                                            ("missing_term", net.weight(layer, i, k)),
                                        }
                                    ),
                                    value,
                                )
            if name == owner and kind == "delta":
                z, a = v[f"{name}.sum"], v[f"{name}.activation"]
                s = slope(net.activations[layer][i], z, a)
                if layer == len(net.weights) - 1 and net.loss == "squared_error":
                    t = net.targets[i]
                    yield (
                        frozenset({("forgot_factor_two", name), (_turned_round(a - t), name)}),
                        (t - a) * s,
                    )
                    if net.activations[layer][i] in ("sigmoid", "tanh"):
                        yield (
                            frozenset(
                                {("forgot_factor_two", name), ("forgot_activation_slope", name)}
                            ),
                            a - t,
                        )
                        yield (
                            frozenset(
                                {(_turned_round(a - t), name), ("forgot_activation_slope", name)}
                            ),
                            2 * (t - a),
                        )
            for j in range(len(row)):
                if net.weight(layer, i, j) == owner and kind == "updated":
                    g, w = v[f"{owner}.gradient"], row[j]
                    yield (
                        frozenset({("stepped_uphill", owner), ("forgot_learning_rate", owner)}),
                        w + g,
                    )
                    yield (
                        frozenset(
                            {("gave_step_not_weight", owner), ("forgot_learning_rate", owner)}
                        ),
                        -g,
                    )
