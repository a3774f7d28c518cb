"""The forward pass in plain numpy, written without the engine: what its trees are checked against.

A network is a list of (weights, biases) by layer, weights of shape (neurons, inputs). `autograd`
differentiates `loss` itself; the same code takes complex parameters for the complex-step method.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any, TypeAlias

import autograd
import autograd.numpy as np

from tests.engine.networks import Case, Data

Array: TypeAlias = Any
Move: TypeAlias = Callable[[complex], list[tuple[Any, Any]]]
"""The parameters with one of them moved by a step."""
Parameters: TypeAlias = list[tuple[Array, Array]]


def parameters(data: Data) -> Parameters:
    """The weights (neurons, inputs) and biases (neurons,) of each layer."""
    return [
        (
            np.array([list(neuron["weights"].values()) for neuron in layer], dtype=float),
            np.array([neuron["bias"] for neuron in layer], dtype=float),
        )
        for layer in data["layers"]
    ]


def activate(kind: str, z: Array) -> Array:
    """One activation of all sums (neurons,); the kink of ReLU is decided by the real part."""
    match kind:
        case "relu":
            return np.where(np.real(z) > 0, z, 0.0 * z)
        case "sigmoid":
            return 0.5 + 0.5 * np.tanh(z / 2)
        case "tanh":
            return np.tanh(z)
        case "identity":
            return z
        case "leaky_relu":
            return np.where(np.real(z) > 0, z, 0.01 * z)
        case "softplus":
            return np.log(1 + np.exp(z))
        case _:
            raise ValueError(f"the oracle knows no {kind}")


def forward(case: Case, values: Parameters) -> tuple[list[Array], list[Array]]:
    """The sums and the activations of each layer, as arrays of shape (neurons,)."""
    below: Array = np.array(case.inputs)
    sums, outputs = [], []
    for layer, (weights, biases) in zip(case.data["layers"], values, strict=True):
        z = np.dot(weights, below) + biases
        kinds = [neuron["activation"] for neuron in layer]
        below = sum(
            np.array([float(k == kind) for k in kinds]) * activate(kind, z) for kind in set(kinds)
        )
        sums.append(z)
        outputs.append(below)
    return sums, outputs


def loss(values: Parameters, case: Case) -> Array:
    """The loss of the case's example, whatever the parameters."""
    prediction, target = forward(case, values)[1][-1], np.array(case.target)
    if case.data["loss"] == "squared_error":
        return np.sum((target - prediction) ** 2)
    return -np.sum(target * np.log(prediction) + (1 - target) * np.log(1 - prediction))


def gradients(case: Case) -> Parameters:
    """The derivative of the loss by every weight and bias, by autograd."""
    result: Parameters = autograd.grad(loss)(parameters(case.data), case)
    return result


def complex_step_gradients(case: Case, step: float = 1e-30) -> Parameters:
    """The same as finite differences along the imaginary axis, exact to rounding.

    Source: Squire, Trapp, Using complex variables to estimate derivatives of real functions (1998).
    """
    return _each_entry(
        case, lambda moved: float(np.imag(loss(moved(1j * step), case))) / step, dtype=complex
    )


def central_gradients(case: Case, step: float) -> Parameters:
    """The same by central differences, extrapolated three times to a step of 0.

    Source: Richardson, The deferred approach to the limit (1927).
    """

    def slope(moved: Move) -> float:
        steps = [step / 2**level for level in range(4)]
        row: list[float] = [
            float(loss(moved(h), case) - loss(moved(-h), case)) / (2 * h) for h in steps
        ]
        for power in (4, 16, 64):
            row = [(power * b - a) / (power - 1) for a, b in itertools.pairwise(row)]
        return row[0]

    return _each_entry(case, slope, dtype=float)


def _each_entry(case: Case, slope: Callable[[Move], float], dtype: type) -> Parameters:
    """A slope for every entry of the parameters, from a function that moves just that one."""
    result = [(np.zeros(w.shape), np.zeros(b.shape)) for w, b in parameters(case.data)]
    for depth, layer in enumerate(result):
        for kind, array in enumerate(layer):
            for place in np.ndindex(array.shape):

                def moved(
                    by: complex, at: tuple[int, int, Any] = (depth, kind, place)
                ) -> Parameters:
                    values = [(w.astype(dtype), b.astype(dtype)) for w, b in parameters(case.data)]
                    values[at[0]][at[1]][at[2]] += by
                    return values

                array[place] = slope(moved)
    return result


def by_id(case: Case, values: Parameters, suffix: str) -> dict[str, float]:
    """Parameters (or their gradients) by the engine's id of each, with a suffix."""
    return {
        f"{name}{suffix}": float(number)
        for layer, (weights, biases) in zip(case.data["layers"], values, strict=True)
        for neuron, row, bias in zip(layer, weights, biases, strict=True)
        for name, number in [
            *zip(neuron["weights"], row, strict=True),
            (f"{neuron['name']}.bias", bias),
        ]
    }


def forward_by_id(case: Case, values: Parameters, prefix: str = "") -> dict[str, float]:
    """Products, sums, activations and the loss, by the engine's ids."""
    sums, outputs = forward(case, values)
    result = {f"{prefix}loss": float(loss(values, case))}
    below = np.array(case.inputs)
    layers = zip(case.data["layers"], values, sums, outputs, strict=True)
    for layer, (weights, _), z, a in layers:
        for neuron, row, before, after in zip(layer, weights, z, a, strict=True):
            result[f"{prefix}{neuron['name']}.sum"] = float(before)
            result[f"{prefix}{neuron['name']}.activation"] = float(after)
            products = zip(neuron["weights"], row * below, strict=True)
            result |= {f"{prefix}{name}.product": float(number) for name, number in products}
        below = a
    return result
