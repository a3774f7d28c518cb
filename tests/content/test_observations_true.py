"""No reading says what the numbers do not: each is held against the numbers, on any network."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

import pytest

from content.observations import OBSERVATIONS
from engine.network import Network
from engine.trace import Trace, batch_trace, trace
from tests.engine.networks import SHEETS, random_case, sheet_trace

Said: TypeAlias = Mapping[str, str | tuple[str, ...]]
CASES = 400


def number(text: str | tuple[str, ...]) -> float:
    """A number as it is written."""
    assert isinstance(text, str)
    return float(text.replace("−", "-"))


class Numbers:
    """The numbers of a network on one example, worked out once more by plain arithmetic."""

    def __init__(self, traced: Trace) -> None:
        self.trace, self.network = traced, traced.network
        self.at = dict(traced.values)

    def parts(self, neuron: str) -> tuple[list[float], float]:
        """The products of a neuron, and its bias."""
        layers = self.network.layers
        before = [*self.network.inputs]
        for layer in layers:
            for one in layer:
                if one.name == neuron:
                    known = dict(self.trace.given) | {
                        n: self.at[f"{n}.activation"] for n in before if n not in self.trace.given
                    }
                    products = [known[n] * w for n, (_, w) in zip(before, one.weights, strict=True)]
                    return products, one.bias
            before = [one.name for one in layer]
        raise AssertionError(neuron)

    def weights(self, neuron: str) -> list[str]:
        """The weights into a neuron."""
        found = {one.name: one for layer in self.network.layers for one in layer}
        return [name for name, _ in found[neuron].weights]

    def moving(self) -> dict[str, float]:
        """The gradient of everything that moves, by how formulas write it."""
        biases = set(self.network.biases())
        return {
            self.trace.symbol(name): self.at[f"{name}.gradient"]
            for name in self.network.parameters()
            if name not in biases or self.network.train_biases
        }


def cancelling(known: Numbers, said: Said) -> None:
    """Its products are of both signs, and it is small with its bias and without it."""
    products, bias = known.parts(str(said["neuron"]))
    assert min(products) < 0 < max(products)
    size = sum(map(abs, products))
    assert abs(sum(products)) < size / 2
    assert abs(sum(products) + bias) < size / 2


def silent(known: Numbers, said: Said) -> None:
    """It passes on nothing, with a sum that is not above 0."""
    products, bias = known.parts(str(said["neuron"]))
    assert sum(products) + bias < 1e-9
    assert number(said["sum"]) <= 0
    assert known.at[f"{said['neuron']}.activation"] == 0


def driver(known: Numbers, said: Said) -> None:
    """What it contributes is more than all the rest together, its bias too, and of its sign."""
    products, bias = known.parts(str(said["output"]))
    part, total = number(said["part"]), number(said["total"])
    largest = max(products, key=abs)
    assert part == pytest.approx(largest, abs=1e-3)
    assert abs(largest) > sum(map(abs, products)) - abs(largest) + abs(bias)
    assert part * total > 0


def amplified(known: Numbers, said: Said) -> None:
    """No weight into the output is as strong, and nothing counts as much there."""
    (output,) = known.network.outputs
    products, bias = known.parts(output.name)
    index = [name for name, _ in output.weights].index(str(said["weight"]))
    sizes = [abs(weight) for _, weight in output.weights]
    assert sorted(sizes)[-2] < sizes[index]
    assert [one.name for one in known.network.layers[-2]][index] == said["neuron"]
    rest = [abs(one) for i, one in enumerate(products) if i != index]
    assert abs(products[index]) > max(*rest, abs(bias), 0.0)


def margin(known: Numbers, said: Said) -> float:
    """The distance said is what lies between the number said and a half."""
    prediction, distance = number(said["prediction"]), number(said["distance"])
    assert abs(prediction - 0.5) == pytest.approx(distance, abs=1e-12)
    outputs = [known.at[f"{one.name}.activation"] for one in known.network.outputs]
    assert any(one == pytest.approx(prediction, abs=6e-4) for one in outputs)
    return distance


def lean(known: Numbers, said: Said) -> None:
    """It is near a half, and not on it."""
    assert 0 < margin(known, said) < 0.2


def sure(known: Numbers, said: Said) -> None:
    """It is well away from a half."""
    assert margin(known, said) > 0.1


def ways(known: Numbers, neuron: str) -> set[int]:
    """The signs of the gradients of a neuron's weights."""
    gradients = [known.at[f"{name}.gradient"] for name in known.weights(neuron)]
    return {(one > 1e-12) - (one < -1e-12) for one in gradients}


def up(known: Numbers, said: Said) -> None:
    """Every gradient is below 0."""
    assert ways(known, str(said["neuron"])) == {-1}


def down(known: Numbers, said: Said) -> None:
    """Every gradient is above 0."""
    assert ways(known, str(said["neuron"])) == {1}


def mixed(known: Numbers, said: Said) -> None:
    """They are not all alike."""
    assert len(ways(known, str(said["neuron"]))) > 1


def asleep(known: Numbers, said: Said) -> None:
    """Every gradient is 0."""
    assert ways(known, str(said["neuron"])) == {0}


def hardest(known: Numbers, said: Said) -> None:
    """Nothing that moves has so large a gradient."""
    moving = known.moving()
    mine = abs(moving.pop(str(said["weight"])))
    assert abs(number(said["gradient"])) == pytest.approx(mine, rel=0.06)
    assert mine > max(map(abs, moving.values()))


def most(known: Numbers, said: Said) -> None:
    """Nothing that moves has so large a gradient, and nothing so small a one as the other."""
    hardest(known, said)
    moving = known.moving()
    least = abs(moving.pop(str(said["least"])))
    assert abs(number(said["least_gradient"])) == pytest.approx(least, rel=0.06)
    assert least < min(map(abs, moving.values()))


def smaller(known: Numbers, said: Said) -> None:
    """The loss fell, as it is read too, or did not change there."""
    assert known.at["next.loss"] < known.at["loss"]
    assert number(said["next_loss"]) <= number(said["loss"])


def larger(known: Numbers, said: Said) -> None:
    """A step was taken, and the loss did not fall."""
    assert any(known.moving().values())
    assert known.at["next.loss"] >= known.at["loss"]
    assert number(said["next_loss"]) >= number(said["loss"])


def came_out(known: Numbers, said: Said) -> None:
    """The output and its target are those of the trace."""
    targets = [value for name, value in known.trace.given.items() if "target" in name]
    assert number(said["target"]) in [pytest.approx(one, abs=1e-4) for one in targets]


def unmoved(known: Numbers, said: Said) -> None:
    """The rule is the perceptron's, and every answer was right."""
    assert known.network.perceptron
    assert not said
    assert not any(quantity.value for quantity in known.trace if quantity.kind == "error")


def moved(known: Numbers, said: Said) -> None:
    """The rule is the perceptron's, and just these are others after the step."""
    assert known.network.perceptron
    changed = {
        known.trace.symbol(name)
        for name in known.network.parameters()
        if f"{name}.updated" in known.at and known.at[f"{name}.updated"] != known.at[name]
    }
    assert changed == set(said["weights"])


CLAIMS: dict[str, Callable[[Numbers, Said], None]] = {
    "cancelling": cancelling,
    "silent": silent,
    "driver": driver,
    "amplified": amplified,
    "lean": lean,
    "sure": sure,
    "first_layer_up": up,
    "first_layer_down": down,
    "first_layer_mixed": mixed,
    "asleep": asleep,
    "pushed_most": most,
    "pushed_hardest": hardest,
    "small_step": smaller,
    "large_step": larger,
    "came_out": came_out,
    "unmoved": unmoved,
    "moved": moved,
}
"""What must hold where each is said."""


def traces() -> Iterator[Trace]:
    """Networks of every shape: with biases and without, on one example or several."""
    rng = random.Random(20)
    for _ in range(CASES):
        yield random_case(rng).traced()
    for _ in range(CASES):  # few neurons and few decimals: equal numbers, zeros, one output
        yield random_case(rng, decimals=1, most=2).traced()
    yield from map(sheet_trace, SHEETS.values())
    for _ in range(CASES // 4):
        yield perceptron(rng)


def perceptron(rng: random.Random) -> Trace:
    """A perceptron on one example, or on two together."""
    neuron = {"name": "O", "activation": "step", "bias": rng.choice([0.0, -0.5])}
    neuron["weights"] = {"w1": rng.choice([0.4, -0.4]), "w2": rng.choice([0.3, 0.6])}
    data = {"inputs": ["x1", "x2"], "layers": [[neuron]], "update": "perceptron"}
    network = Network.from_data(data | {"train_biases": rng.random() < 0.5})
    examples = [([rng.choice([0, 1]), rng.choice([0, 1])], rng.choice([0, 1])) for _ in range(2)]
    if rng.random() < 0.5:
        return trace(network, *examples[0], 0.1)
    return batch_trace(network, examples, "sum", 0.1)


def test_every_reading_is_held_against_the_numbers() -> None:
    """There is a claim for each, and each comes up somewhere, with biases where they matter."""
    assert set(CLAIMS) == set(OBSERVATIONS)
    said: dict[str, int] = dict.fromkeys(CLAIMS, 0)
    biased = 0
    for traced in traces():
        known = Numbers(traced)
        for name, one in OBSERVATIONS.items():
            for slots in one.find(traced):
                assert set(slots) == set(one.slots)
                CLAIMS[name](known, slots)
                said[name] += 1
                biased += name == "cancelling" and bool(known.parts(str(slots["neuron"]))[1])
    assert min(said.values()) > 5, said
    assert biased


@pytest.mark.parametrize(("bias", "told"), [(0.0, True), (0.02, True), (0.9, False), (-0.2, False)])
def test_a_bias_is_part_of_what_stays_small(bias: float, told: bool) -> None:
    """Products that cancel leave a neuron small only where its bias does not make it large."""
    hidden = {"name": "H", "activation": "identity", "bias": bias, "weights": {"a": 0.5, "b": -0.5}}
    out = {"name": "O", "activation": "sigmoid", "weights": {"c": 1.0}}
    network = Network.from_data({"inputs": ["x", "y"], "layers": [[hidden], [out]]})
    found = [*OBSERVATIONS["cancelling"].find(trace(network, [0.6, 0.7], 1))]
    assert bool(found) is told


def test_a_bias_that_makes_a_sum_small_is_no_cancelling_of_products() -> None:
    """Where the products are far from cancelling, it is the bias that pulls against them."""
    hidden = {"name": "H", "activation": "identity", "bias": -0.6, "weights": {"a": 1.5, "b": -0.5}}
    out = {"name": "O", "activation": "sigmoid", "weights": {"c": 1.0}}
    network = Network.from_data({"inputs": ["x", "y"], "layers": [[hidden], [out]]})
    assert not [*OBSERVATIONS["cancelling"].find(trace(network, [0.6, 0.7], 1))]
