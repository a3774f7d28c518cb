"""A network of one's own as JSON: what is read, what is refused with its place."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.own_network import read_own
from content.own_network_errors import OwnError
from tests.content.own_networks import FRIENDLY, refused, told

NEURON = {"name": "H1", "activation": "relu", "bias": 0.1, "weights": {"w11": 0.4, "w12": -0.3}}
OUTPUT = {"name": "O", "activation": "sigmoid", "weights": {"wO1": 0.6}}
WHOLE = {
    "network": {"inputs": ["x1", "x2"], "layers": [[NEURON], [OUTPUT]]},
    "inputs": {"x1": 0.6, "x2": 0.7},
}
GONE = object()
"""Taken out; in the sentences below @ is the place itself."""
JSON_WRONG = [
    ("network", 3, "@: this needs to be a table"),
    ("network", {}, "@: inputs is missing."),
    (
        "netwrk",
        {},
        "At the top level: I do not know the key netwrk. The keys here are network, inputs",
    ),
    (
        "network.layer",
        [],
        "network: I do not know the key layer. The keys here are inputs, layers,",
    ),
    ("network.inputs", "x1", "@: this needs to be a list"),
    ("network.inputs", [], "@: this list is empty."),
    (
        "network.inputs",
        ["x1", 2],
        "network.inputs[1]: names begin with a letter, so 2 is none.",
    ),
    ("network.inputs", ["x1", "x1"], "network.inputs[1]: the name x1 is taken already, at network"),
    ("network.inputs", ["x1", "loss"], "network.inputs[1]: loss already means something here."),
    ("network.inputs", list("abcde"), "@: up to 4 inputs fit here; I count 5."),
    ("network.layers", {}, "@: this needs to be a list"),
    ("network.layers", [[]], "network.layers[0]: this list is empty."),
    ("network.layers", [[OUTPUT]] * 4, "network.layers[3]: this would be one layer too many."),
    ("network.layers.0", [NEURON] * 5, "network.layers[0][4]: this would be one neuron too many."),
    (
        "network.layers.0",
        [NEURON, NEURON],
        "network.layers[0][1].name: the name H1 is taken already, at network.layers[0][0].name.",
    ),
    ("network.layers.0.0", "H1", "@: this needs to be a table"),
    ("network.layers.0.0.name", GONE, "network.layers[0][0]: name is missing."),
    ("network.layers.0.0.weights", GONE, "network.layers[0][0]: weights is missing."),
    ("network.layers.0.0.wieghts", {}, "network.layers[0][0]: I do not know the key wieghts."),
    (
        "network.layers.0.0.activation",
        "rely",
        "@: I do not know rely. An activation is one of relu,",
    ),
    ("network.layers.0.0.activation", None, "@: I do not know null."),
    ("network.layers.0.0.activation", ["relu"], "@: I do not know ["),
    ("network.layers.0.0.bias", True, "@: I cannot read true as a number."),
    ("network.layers.0.0.weights", [0.4, 1], "@: this needs to be a"),
    (
        "network.layers.0.0.weights",
        {"w11": 0.4},
        "@: H1 needs one weight for each of x1, x2. That makes 2",
    ),
    ("network.layers.0.0.weights.w12", "0.3", "@: I cannot read 0.3 as a number."),
    ("network.layers.0.0.weights.w12", 100000, "@: 100000 is too large"),
    ("network.layers.0.0.weights.w12", float("nan"), "@: I cannot"),
    ("network.layers.1.0.weights", {"w11": 1}, "@: the name w11 is taken"),
    ("network.layers.1.0.weights", {"<b>": 1}, "@: &lt;b&gt; cannot be a"),
    ("network.loss", "squares", "@: I do not know the loss squares."),
    ("network.loss", {}, "@: I do not know the loss {}."),
    ("network.train_biases", "yes", "@: this is either true or false."),
    ("inputs", GONE, "I see the network, but no numbers for its inputs."),
    ("inputs", [0.6], "@: this needs to be a table"),
    ("network.layers.0.0.bias", {}, "@: this list is empty."),
    ("network.layers.0.0.bias", {"w11": 1}, "network.layers[0][0].weights: the name w11 is taken"),
    ("network.layers.0.0.slope", 0.1, "network.layers[0][0]: I do not know the key slope."),
    ("network.delta", "errors", "@: I do not know the delta errors. It is gradient / error."),
    ("network.update", "perceptron", "network.layers[0][0]: the perceptron rule is for a network"),
    ("network.decimals", 2.5, "@: decimals go from 2 to 9; 2.5 do not."),
    ("network.momentum", 0.9, "network: there is no momentum here"),
    ("momentum", 0.9, "At the top level: there is no momentum here"),
    ("examples", [{"inputs": [1]}], "examples[0]: target is missing."),
    ("examples", [{"inputs": [1], "target": 1}], "examples[0].inputs: this needs to be a table"),
    ("examples", [1] * 9, "examples[8]: this would be one example too many."),
    ("reduction", "max", "@: I do not know the reduction max. It is mean / sum."),
    ("inputs", {"x1": 0.6}, "@: x2 is missing."),
    ("inputs.x3", 1, "inputs: I do not know the key x3. The keys here are x1, x2."),
    ("inputs.x2", "far", "@: I cannot read far as a number."),
    ("target", [1, 0], "@: the target needs a number for each output (O). That makes 1; I count"),
    ("target", "high", "@: I cannot read high as a number."),
    ("learning_rate", 0, "@: the rate has to be above 0."),
    ("learning_rate", 1e9, "@: 1000000000.0 is too large"),
]
CROSS = "network.loss", "cross_entropy"


def changed(data: object, path: str, value: object) -> object:
    """A copy of some data with one value put in, or taken out."""
    copy = json.loads(json.dumps(data))
    *way, last = path.split(".")
    at = copy
    for key in way:
        at = at[int(key) if isinstance(at, list) else key]
    place = int(last) if isinstance(at, list) else last
    if value is GONE:
        del at[place]
    else:
        at[place] = value
    return copy


@pytest.mark.parametrize(("path", "value", "opening"), JSON_WRONG)
def test_json_that_cannot_be_used_is_told_by_its_place(
    path: str, value: object, opening: str
) -> None:
    """In the tutor's words: the place, what is there, and what may be; short enough for a phone."""
    read_own(json.dumps(WHOLE))
    said = refused(json.dumps(changed(WHOLE, path, value)))
    assert said.startswith(opening.replace("@", re.sub(r"\.(\d+)", r"[\1]", path)))
    assert len(said) <= 160


def test_a_whole_number_too_long_to_read_is_too_large() -> None:
    """Python refuses to read thousands of digits; the learner hears it in words."""
    said = refused(json.dumps(WHOLE).replace("-0.3", "9" * 5000))
    assert said.startswith("network.layers[0][0].weights.w12: Infinity is too large")


def test_cross_entropy_in_json_needs_a_sigmoid_and_a_target_within_reach() -> None:
    """As in lines of text."""
    with_loss = changed(WHOLE, *CROSS)
    read_own(json.dumps(with_loss))
    tanh = refused(json.dumps(changed(with_loss, "network.layers.1.0.activation", "tanh")))
    assert tanh.startswith("network.layers[1][0]: with cross_entropy, O has to be a sigmoid")
    far = refused(json.dumps(changed(with_loss, "target", 2)))
    assert far == "target: with cross_entropy, a target lies between 0 and 1; 2 does not."


def test_json_reads_too() -> None:
    """The JSON of the README, with the example beside it."""
    asked = read_own(FRIENDLY)
    data = {"network": asked.network.to_data(), "inputs": dict(asked.inputs), "target": 1}
    assert read_own(json.dumps(data)).network == asked.network


def test_json_may_hold_the_example_itself() -> None:
    """The network's own keys at the top level, and the numbers under `example`."""
    asked = read_own(FRIENDLY)
    data = asked.network.to_data() | {"example": dict(asked.inputs), "target": 0}
    assert (read_own(json.dumps(data)).network, read_own(json.dumps(data)).target) == (
        asked.network,
        0,
    )


def test_two_outputs_in_json_need_two_targets() -> None:
    """They are named."""
    outputs = [OUTPUT, OUTPUT | {"name": "P", "weights": {"wP1": 1}}]
    said = refused(json.dumps(changed(WHOLE, "network.layers.1", outputs)))
    assert said == "There are 2 outputs: O, P. Please add a target with a number for each."


def test_a_key_that_stands_twice_is_told() -> None:
    """Python would keep the last one in silence."""
    twice = json.dumps(WHOLE).replace('"w12": -0.3', '"w11": -0.3')
    assert refused(twice).startswith("The key w11 appears twice in one table.")


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
PLACES = sorted({path for path, *_ in JSON_WRONG if path != "netwrk"} | {"network.layers.1"})


@given(st.sampled_from(PLACES), values)
def test_nothing_in_json_is_left_to_the_engine_to_refuse(path: str, value: object) -> None:
    """Whatever stands in any place, it is a network or refused with a sentence of its own."""
    try:
        read_own(json.dumps(changed(WHOLE, path, value)))
    except OwnError as error:
        told(error)
