"""Every convention of a real worksheet, held to an automatic differentiation of its own."""

from __future__ import annotations

import itertools
import json
import random
from typing import Any

import pytest

from engine.descent import Example, trained
from engine.functions import ACTIVATIONS
from engine.losses import LOSSES
from engine.network import Network, NetworkError
from engine.trace import Trace, batch_trace, trace
from tests.engine.autodiff import Data, Step
from tests.engine.networks import LESSON, SHEETS, sheet_trace, traced

NETWORKS = 150


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_a_published_sheet_comes_out_right(sheet: dict[str, Any]) -> None:
    """Every right value of eight published sheets, in their own conventions, to 1e-9."""
    step = sheet_trace(sheet)
    found = {name: step[name].value for name in sheet["values"]}
    assert found == pytest.approx(sheet["values"], rel=0, abs=1e-9)
    assert all(step.working(quantity.id) for quantity in step)


class Drawn:
    """A random network in one combination of conventions, with its examples."""

    def __init__(self, rng: random.Random, combination: tuple[str, str, str, str]) -> None:
        self.loss, self.output, delta, how = combination
        self.rng = rng
        widths = [rng.randint(1, 3) for _ in range(rng.randint(0, 2))] + [rng.randint(1, 3)]
        inputs = [f"x{i}" for i in range(rng.randint(1, 3))]
        shared, before, layers = rng.choice(["", "", "layer", "all"]), len(inputs), []
        one_for_all = self._number()
        for depth, width in enumerate(widths):
            kind, bias = self._kind(depth == len(widths) - 1), self._number()
            named = {f"b{depth}": bias} if shared == "layer" else {"b": one_for_all}
            layers.append([
                {
                    "name": f"N{depth}{j}",
                    "activation": kind or rng.choice(HIDDEN),
                    "bias": named if shared else rng.choice([0.0, self._number()]),
                    "weights": {f"w{depth}{j}{i}": self._number() for i in range(before)},
                }
                for j in range(width)
            ])  # fmt: skip
            before = width
        for neuron in itertools.chain(*layers):
            if neuron["activation"] == "leaky_relu" and rng.random() < 0.7:
                neuron["slope"] = rng.choice([0.0, 0.1, 0.2, 0.25])
        self.data: Data = {
            "inputs": inputs, "layers": layers, "loss": self.loss,
            "delta": delta, "train_biases": rng.random() < 0.6,
        }  # fmt: skip
        self.reduction = None if how == "one" else how
        count = 1 if how == "one" else rng.randint(1, 4)
        self.examples = [
            ([self._number() for _ in inputs], self._target(before)) for _ in range(count)
        ]
        self.rate = round(rng.uniform(0.01, 0.5), 2)

    def _kind(self, last: bool) -> str:
        if last:
            return self.output
        return "softmax" if self.rng.random() < 0.15 else ""

    def _number(self) -> float:
        return round(self.rng.uniform(-1.5, 1.5), 2)

    def _target(self, outputs: int) -> list[float]:
        if self.output == "softmax" and self.rng.random() < 0.7:
            right = self.rng.randrange(outputs)
            return [float(i == right) for i in range(outputs)]
        return [self.rng.choice([0.0, 1.0, round(self.rng.random(), 2)]) for _ in range(outputs)]

    def traced(self) -> Trace:
        """The engine's trace of it."""
        network = Network.from_data(self.data)
        if self.reduction:
            return batch_trace(network, self.examples, self.reduction, self.rate)
        return trace(network, *self.examples[0], self.rate)


HIDDEN = [name for name, known in ACTIVATIONS.items() if known.layer is None]
COMBINATIONS = [
    (loss, output, delta, how)
    for loss, output, delta, how in itertools.product(
        LOSSES, ACTIVATIONS, ("gradient", "error"), ("one", "mean", "sum")
    )
    if LOSSES[loss].allows(ACTIVATIONS[output])
]
"""Every loss with every output, as gradient or error, on one example or several."""


@pytest.mark.parametrize("seed", range(2))
def test_every_combination_agrees_with_an_independent_autodiff(seed: int) -> None:
    """Forward, blame, gradients, steps, updates and the pass after them, to 1e-9."""
    rng = random.Random(seed)
    drawn = [Drawn(rng, combination) for combination in COMBINATIONS]
    assert len(drawn) >= NETWORKS
    for one in drawn:
        expected = Step(one.data, one.examples, one.reduction, one.rate).found
        step = one.traced()
        found = {q.id: q.value for q in step if q.kind != "direction"}
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-9), one.data


def test_training_takes_the_steps_of_the_trace() -> None:
    """A run's step on one example moves every weight and bias as the trace says."""
    rng = random.Random(5)
    for combination in COMBINATIONS:
        if combination[3] != "one":
            continue
        one = Drawn(rng, combination)
        step, (inputs, target) = one.traced(), one.examples[0]
        example = Example(tuple(inputs), tuple(target))
        network, losses = trained(step.network, [example], one.rate)
        for neuron, right in zip(network.neurons(), step.after().neurons(), strict=True):
            assert dict(neuron.weights) == pytest.approx(dict(right.weights), abs=1e-12)
            assert neuron.bias == pytest.approx(right.bias, abs=1e-12)
        assert losses == pytest.approx((step["loss"].value,), abs=1e-12)


PERCEPTRON: Data = {
    "inputs": ["x1", "x2"],
    "layers": [[{"name": "O", "activation": "step", "bias": -0.2,
                 "weights": {"w1": 0.1, "w2": 0.3}}]],
    "update": "perceptron",
    "train_biases": True,
}  # fmt: skip


def test_the_perceptron_rule() -> None:
    """The error is target − output; a step is rate × error × input, and there is no loss."""
    step = trace(Network.from_data(PERCEPTRON), [1, 0], 1, 0.5)
    values = {q.id: q.value for q in step if q.kind not in ("product", "direction")}
    assert values == pytest.approx({
        "O.sum": -0.1, "O.activation": 0, "O.error": 1,
        "w1.step": 0.5, "w1.updated": 0.6, "w2.step": 0, "w2.updated": 0.3,
        "O.bias.step": 0.5, "O.bias.updated": 0.3, "next.O.sum": 0.9, "next.O.activation": 1,
    })  # fmt: skip
    assert step.formula("O.error") == "target − p"
    assert step.formula("w1.updated") == "w1 + rate × O.error × x1"
    network, _ = trained(step.network, [Example((1.0, 0.0), (1.0,))], 0.5)
    assert network == step.after()


def test_several_examples_by_the_perceptron_rule_add_their_steps() -> None:
    """Two examples wrong the same way make a step of their mean."""
    network = Network.from_data(PERCEPTRON)
    step = batch_trace(network, [([1, 0], 1), ([0, 0], 1)], "mean", 0.5)
    assert step["w1.step"].value == 0.25
    assert step["O.bias.step"].value == 0.5


def test_the_conventions_in_formulas() -> None:
    """Formulas are written as the books of a convention write them."""
    sheets = {name: traced(name) for name in SHEETS}
    half, error = sheets["mazur"], sheets["soft_computing"]
    assert half.formula("o1.delta") == "(o1 − target.o1) × o1 × (1 − o1)"
    assert half.formula("w5.step") == "−rate × w5.gradient"
    assert error.formula("Y.delta") == "(target − p) × p × (1 − p)"
    assert error.formula("w1.updated") == "w1 + rate × Y.delta × Z1"
    softmax = sheets["postnetwork_softmax"]
    assert softmax.formula("y1.activation") == "e^y1.sum / (e^y1.sum + e^y2.sum)"
    assert softmax.formula("y1.delta") == "y1 − target.y1"
    batch = sheets["minibatch_linear"]
    assert batch.formula("e2.y.delta") == "−2 × (e2.target − e2.p)"
    assert batch.formula("loss") == "(e1.loss + e2.loss + e3.loss + e4.loss) / 4"
    assert sheets["not_so_random_walk"].formula("b1.gradient") == "h1.delta + h2.delta"


def test_all_cross_terms_of_a_softmax_come_to_p_minus_t() -> None:
    """Where targets add up to 1 the long way by every output and the short p − t agree."""
    sheet = SHEETS["postnetwork_softmax"]
    network = Network.from_data(sheet["network"])
    short = trace(network, sheet["inputs"], [1, 0], 0.1)
    long = trace(network, sheet["inputs"], [1, 1e-9], 0.1)
    assert long.formula("y1.delta") != short.formula("y1.delta")
    for name in ("y1.delta", "y2.delta", "w1.gradient"):
        assert long[name].value == pytest.approx(short[name].value, abs=1e-8)


def test_the_network_after_goes_on() -> None:
    """The network after a step, fed back as data, starts from the moved weights and biases."""
    for sheet in SHEETS.values():
        step = sheet_trace(sheet)
        after = Network.from_data(json.loads(json.dumps(step.after().to_data())))
        again = sheet_trace({**sheet, "network": after.to_data()})
        for quantity in step:
            if quantity.kind == "sum" and quantity.id.startswith("next."):
                assert again[quantity.id.removeprefix("next.")].value == pytest.approx(
                    quantity.value, abs=1e-12
                )


@pytest.mark.parametrize(
    ("decimals", "name", "text"),
    [(2, "loss", "0.19"), (6, "loss", "0.191259"), (9, "O.sum", "0.252"), (2, "w11.step", "0.02"),
     (4, "wO1.updated", "0.6021"), (None, "loss", "0.191")],
)  # fmt: skip
def test_a_sheet_asks_for_its_decimals(decimals: int | None, name: str, text: str) -> None:
    """Every number that has more is asked for to as many as the sheet wants."""
    data = LESSON if decimals is None else LESSON | {"decimals": decimals}
    assert trace(Network.from_data(data), (0.6, 0.7), 1, 0.32)[name].text == text


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"momentum": 0.9}, "network: momentum is not done here: a step goes by its own gradient"),
    ({"recurrent": True}, "network: recurrence is not done here: values only go forward"),
    ({"kernel_size": 3}, "network: convolution is not done here: every neuron has weights of its"),
    ({"mask": []}, "network: sparse layers are not done here: every neuron is fed by the whole"),
    ({"lr": 0.1, "layerz": []}, "network: unknown key 'lr'; the keys are"),
    ({"train_bias": True}, "network: unknown key 'train_bias'; did you mean train_biases?"),
    ({"delta": "errors"}, "delta: unknown delta 'errors'; allowed: gradient, error"),
    ({"update": "perceptron"}, "update: the perceptron rule is for a network of one step neuron"),
    ({"decimals": 1}, "decimals: needs a whole number from 2 to 9, not 1"),
    ({"decimals": True}, "decimals: needs a whole number from 2 to 9, not True"),
]


@pytest.mark.parametrize(("changes", "text"), REFUSED)
def test_what_is_not_done_is_refused_in_a_sentence(changes: Data, text: str) -> None:
    """What the tutor does not do says so, and a key that is none names the nearest."""
    with pytest.raises(NetworkError) as refused:
        Network.from_data(LESSON | changes)
    assert str(refused.value).startswith(text)


NEURONS: list[tuple[dict[str, Any], str]] = [
    ({"activation": "softmax"}, "layers[0]: a whole layer is softmax, or none of its neurons"),
    ({"activation": "conv2d"}, "layers[0][0] (H1).activation: convolution is not done here"),
    ({"slope": 0.1}, "layers[0][0] (H1).slope: only leaky_relu has one"),
    ({"activation": "leaky_relu", "slope": 2}, "layers[0][0] (H1).slope: needs a number from 0"),
    ({"bias": {"w21": 0.5}}, "layers[0][1] (H2).weights.w21: the name 'w21' is already used"),
    ({"bias": {"b": 1, "c": 2}}, "layers[0][0] (H1).bias: needs one name and its number"),
    ({"weights": {"w11": 0.4, "w12": None}}, "layers[0][0] (H1).weights: sparse layers are not"),
    ({"weights": {"w11": 0.4}}, "layers[0][0] (H1).weights: needs 2, one for each value of the"),
    ({"name": "5"}, "layers[0][0].name: needs a name (a letter, then at most 15 letters, digits"),
]


@pytest.mark.parametrize(("changes", "text"), NEURONS)
def test_a_neuron_that_cannot_be_is_refused_with_its_place(changes: Data, text: str) -> None:
    """Softmax beside others, a slope of no leaky ReLU, a bias's name taken: each says where."""
    first, *others = LESSON["layers"][0]
    data = LESSON | {"layers": [[first | changes, *others], *LESSON["layers"][1:]]}
    with pytest.raises(NetworkError) as refused:
        Network.from_data(data)
    assert str(refused.value).startswith(text)


def test_one_bias_has_one_value() -> None:
    """A bias that two neurons share cannot be two numbers."""
    first, second = LESSON["layers"][0]
    layer = [first | {"bias": {"b1": 0.35}}, second | {"bias": {"b1": 0.4}}]
    with pytest.raises(NetworkError, match="one bias has one value"):
        Network.from_data(LESSON | {"layers": [layer, LESSON["layers"][1]]})


EXAMPLES: list[tuple[list[tuple[Any, Any]], str, str]] = [
    ([], "mean", "examples: from 1 to 8, not 0"),
    ([([1, 1], 1)] * 9, "mean", "examples: from 1 to 8, not 9"),
    ([([1, 1], 1)], "max", "reduction: unknown 'max'; allowed: mean, sum"),
    ([([1, 1], 1), ([1], 1)], "sum", "e2.inputs: needs 2 numbers (x1, x2), not 1"),
    ([([1, 1], 1), ([1, 1], [1, 0])], "sum", "e2.target: needs one number, not 2"),
]


@pytest.mark.parametrize(("examples", "reduction", "text"), EXAMPLES)
def test_examples_that_do_not_fit_are_refused_by_their_number(
    examples: list[tuple[Any, Any]], reduction: str, text: str
) -> None:
    """Which example is wrong stands before what is wrong with it."""
    with pytest.raises(NetworkError) as refused:
        batch_trace(Network.from_data(LESSON), examples, reduction)
    assert str(refused.value) == text


def test_an_example_s_name_is_no_name_in_the_network() -> None:
    """With several examples `e1` is the first of them, and no weight."""
    data = json.loads(json.dumps(LESSON).replace("w11", "e1"))
    with pytest.raises(NetworkError, match="e1 is a name in the network"):
        batch_trace(Network.from_data(data), [([1, 1], 1)])
    assert "e1.gradient" in trace(Network.from_data(data), [1, 1], 1)


def test_p_may_be_an_input() -> None:
    """Where an input is called p, formulas call the prediction by its neuron."""
    data = json.loads(json.dumps(LESSON).replace("x1", "p"))
    step = trace(Network.from_data(data), [0.6, 0.7], 1)
    assert step.formula("loss") == "(target − O)²"
    assert step.formula("w11.product") == "p × w11"
