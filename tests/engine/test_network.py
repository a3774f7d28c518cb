"""A network is plain data, refused with its place where it can't be traced."""

from __future__ import annotations

import copy
import json
import math
import random
from typing import Any

import pytest

from engine.functions import ACTIVATIONS
from engine.network import Network, NetworkError, Neuron
from tests.engine.networks import LESSON, Data, random_case


def changed(path: str, value: object) -> Data:
    """The lesson's data with one entry set, at a path such as `layers 0 1 weights w21`."""
    data = copy.deepcopy(LESSON)
    *before, last = [int(part) if part.isdigit() else part for part in path.split()]
    node: Any = data
    for part in before:
        node = node[part]
    if value is DELETED:
        del node[last]
    else:
        node[last] = value
    return data


DELETED = object()
NAME = "needs a name (a letter, then at most 15 letters, digits or _), not"
FINITE = "needs a finite number up to 1,000,000, not"
LIST = "needs a list, not"
ALLOWED = f"allowed: {', '.join(ACTIVATIONS)}"
FULL = "(sparse layers are not done here: every neuron is fed by the whole layer before it)"
ALL_LOSSES = "squared_error, cross_entropy, half_squared_error, mean_squared_error"
TAKEN = "is already used at"

REFUSED: list[tuple[str, object, str]] = [
    ("inputs", DELETED, f"inputs: {LIST} None"),
    ("inputs", "x1", f"inputs: {LIST} 'x1'"),
    ("inputs", [], "inputs: is empty; needs at least one entry"),
    ("inputs 0", "1x", f"inputs[0]: {NAME} '1x'"),
    ("inputs 1", 7, f"inputs[1]: {NAME} 7; n7 would do"),
    ("inputs 1", "a" * 17, f"inputs[1]: {NAME} '{'a' * 17}'"),
    ("inputs 1", "x.2", f"inputs[1]: {NAME} 'x.2'"),
    ("inputs 1", "x2\n", f"inputs[1]: {NAME} 'x2\\n'"),
    ("inputs 1", "x1", "inputs[1]: the name 'x1' is already used at inputs[0]"),
    ("inputs 1", "target", "inputs[1]: the name 'target' is reserved"),
    ("layers", DELETED, f"layers: {LIST} None"),
    ("layers", [], "layers: is empty; needs at least one entry"),
    ("layers 0", [], "layers[0]: is empty; needs at least one entry"),
    ("layers 1", {}, "layers[1]: needs a list, not {}"),
    ("layers 0 0", "H1", "layers[0][0]: needs a table of keys and values, not 'H1'"),
    ("layers 0 0 name", DELETED, f"layers[0][0].name: {NAME} None"),
    ("layers 0 1 name", "H1",
     "layers[0][1] (H1): the name 'H1' is already used at layers[0][0] (H1)"),
    ("layers 1 0 name", "x2", "layers[1][0] (x2): the name 'x2' is already used at inputs[1]"),
    ("layers 0 1 name", "loss", "layers[0][1] (loss): the name 'loss' is reserved"),
    ("layers 0 1 name", "next", "layers[0][1] (next): the name 'next' is reserved"),
    ("layers 0 1 activation", "rely",
     f"layers[0][1] (H2).activation: unknown activation 'rely'; {ALLOWED}"),
    ("layers 0 1 activation", DELETED,
     f"layers[0][1] (H2).activation: unknown activation None; {ALLOWED}"),
    ("layers 0 0 bias", "0", "layers[0][0] (H1).bias: needs a number, not '0'"),
    ("layers 0 0 bias", None, "layers[0][0] (H1).bias: needs a number, not None"),
    ("layers 0 0 bias", math.inf, f"layers[0][0] (H1).bias: {FINITE} inf"),
    ("layers 0 0 bais", 0.5,
     "layers[0][0] (H1): unknown key 'bais'; did you mean bias?"),
    ("layers 0 1 weights", [0.1, 0.2],
     "layers[0][1] (H2).weights: needs a table of keys and values, not [0.1, 0.2]"),
    ("layers 0 1 weights w21", math.nan, f"layers[0][1] (H2).weights.w21: {FINITE} nan"),
    ("layers 0 1 weights w21", -2e6, f"layers[0][1] (H2).weights.w21: {FINITE} -2000000.0"),
    ("layers 0 1 weights w21", True, "layers[0][1] (H2).weights.w21: needs a number, not True"),
    ("layers 0 1 weights w23", 0.5,
     "layers[0][1] (H2).weights: needs 2, one for each value of the layer before, not 3"),
    ("layers 0 1 weights w22", DELETED,
     f"layers[0][1] (H2).weights: needs 2, one for each value of the layer before, not 1 {FULL}"),
    ("layers 1 0 weights", {"w11": 1, "w12": 2},
     f"layers[1][0] (O).weights.w11: the name 'w11' {TAKEN} layers[0][0] (H1).weights.w11"),
    ("layers 1 0 weights", {"w 1": 1, "w2": 2}, f"layers[1][0] (O).weights: {NAME} 'w 1'"),
    ("loss", "hinge", f"loss: unknown loss 'hinge'; allowed: {ALL_LOSSES}"),
    ("loss", ["squared_error"],
     f"loss: unknown loss ['squared_error']; allowed: {ALL_LOSSES}"),
    ("train_biases", "yes", "train_biases: needs true or false, not 'yes'"),
    ("trainbiases", True,
     "network: unknown key 'trainbiases'; did you mean train_biases?"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "text"), REFUSED)
def test_each_rule_refuses_with_the_place_and_what_is_allowed(
    path: str, value: object, text: str
) -> None:
    """A bad network is refused in one line: where, which rule, what stands there."""
    with pytest.raises(NetworkError) as refused:
        Network.from_data(changed(path, value))
    assert str(refused.value) == text


@pytest.mark.parametrize("data", [None, [], "network", 3])
def test_what_is_no_table_is_no_network(data: object) -> None:
    """Data that is not a table of keys is refused as such."""
    with pytest.raises(NetworkError, match=r"^network: needs a table of keys and values, not "):
        Network.from_data(data)


def test_cross_entropy_needs_sigmoid_outputs() -> None:
    """Only an output between 0 and 1 has a cross-entropy."""
    data = changed("layers 1 0 activation", "tanh") | {"loss": "cross_entropy"}
    with pytest.raises(NetworkError) as refused:
        Network.from_data(data)
    assert str(refused.value) == (
        "O.activation: cross_entropy needs outputs between 0 and 1, so sigmoid or softmax, not tanh"
    )


def test_a_refused_value_is_shown_on_one_short_line() -> None:
    """However long or broken up a wrong value is, the error stays one readable line."""
    with pytest.raises(NetworkError) as refused:
        Network.from_data(changed("layers 0 0", ["a\nb"] * 5000))
    assert len(str(refused.value)) < 130
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("neuron", "text"),
    [
        (Neuron("O", "rely", 0.0, (("w", 1.0),)), "unknown activation 'rely'"),
        (Neuron("O", "relu", math.nan, (("w", 1.0),)), "bias: needs a finite number"),
        (Neuron("O", "relu", 0.0, (("w", math.inf),)), "weights.w: needs a finite number"),
        (Neuron("O", "relu", 0.0, (("x", 1.0),)), "the name 'x' is already used at inputs"),
        (Neuron("O 1", "relu", 0.0, (("w", 1.0),)), "needs a name"),
        (Neuron("O", "relu", 0.0, ()), "weights: needs 1, one for each"),
    ],
)
def test_a_network_built_in_code_is_checked_as_well(neuron: Neuron, text: str) -> None:
    """The rules hold for a network however it is built, not only for one read from data."""
    with pytest.raises(NetworkError, match=text):
        Network(("x",), ((neuron,),))


@pytest.mark.parametrize(
    ("inputs", "layers", "text"),
    [
        ((), (), "inputs: is empty; needs at least one name"),
        (("x",), (), "layers: is empty; needs at least one layer"),
        (("x",), ((),), "layers[0]: is empty; needs at least one neuron"),
    ],
)
def test_nothing_built_in_code_is_empty(
    inputs: tuple[str, ...], layers: tuple[tuple[Neuron, ...], ...], text: str
) -> None:
    """Inputs, layers and neurons are all needed."""
    with pytest.raises(NetworkError) as refused:
        Network(inputs, layers)
    assert str(refused.value) == text


def test_defaults_are_those_of_the_lesson() -> None:
    """A bias left out is 0, the loss squared_error, and biases do not train."""
    network = Network.from_data(LESSON)
    assert {neuron.bias for neuron in network.neurons()} == {0.0}
    assert (network.loss, network.train_biases) == ("squared_error", False)


def test_data_and_back_is_the_same_network() -> None:
    """`from_data` undoes `to_data`, through JSON as well, on the lesson and 100 others."""
    rng = random.Random(7)
    for data in [LESSON, *(random_case(rng).data for _ in range(100))]:
        network = Network.from_data(data)
        assert Network.from_data(network.to_data()) == network
        assert Network.from_data(json.loads(json.dumps(network.to_data()))) == network


def test_neighbours_of_a_neuron() -> None:
    """What feeds a neuron are the inputs or the layer before; what follows is the layer after."""
    network = Network.from_data(LESSON)
    first, second, output = network.neurons()
    assert network.feeding(second) == ("x1", "x2")
    assert network.feeding(output) == ("H1", "H2")
    assert network.after(first) == (output,)
    assert network.after(output) == ()
    stranger = Neuron("S", "relu", 0.0, ())
    with pytest.raises(ValueError, match="S is not of this network"):
        network.feeding(stranger)
    with pytest.raises(ValueError, match="S is not of this network"):
        network.after(stranger)
