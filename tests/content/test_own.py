"""A network of one's own: what is read, what is refused with its place, what fits a link."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.own import code_of, from_code, read_own, write_own
from engine.network import NetworkError

FRIENDLY = """x1=0.6 x2=0.7
H1 relu 0.4 -0.3
H2 relu -0.5 0.8 bias 0.1
O sigmoid 0.6 0.9
target 1
rate 0.32"""


def test_the_friendly_format_reads_as_written() -> None:
    """Inputs, neurons by layers, biases, target and rate; written back it is the same."""
    asked = read_own(FRIENDLY)
    assert [[n.name for n in layer] for layer in asked.network.layers] == [["H1", "H2"], ["O"]]
    assert asked.network.layers[0][0].weights == (("w11", 0.4), ("w12", -0.3))
    assert asked.network.layers[0][1].bias == 0.1
    assert (dict(asked.inputs), asked.target, asked.learning_rate) == (
        {"x1": 0.6, "x2": 0.7},
        1.0,
        0.32,
    )
    assert read_own(write_own(asked)) == asked


def test_json_reads_too() -> None:
    """The JSON of the README, with the example beside it."""
    asked = read_own(FRIENDLY)
    data = {"network": asked.network.to_data(), "inputs": dict(asked.inputs), "target": 1}
    assert read_own(json.dumps(data)).network == asked.network


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x1=0.6 x2=oops", "line 1: 'oops' is no number"),
        (
            "x1=0.6\nhello",
            "line 2: is no input, neuron (relu, sigmoid, tanh, identity), target or rate",
        ),
        ("x1=0.6", "layers: is empty; needs at least one layer"),
        (
            "x1=0.6\nO sigmoid 1 2",
            "layers[0][0] (O).weights: needs 1, one for each value of the layer before, not 2",
        ),
        ("x1=1000\nO sigmoid 1", "1000: numbers go up to 100 here, either way"),
        ("a=1 b=1 c=1 d=1 e=1\nO sigmoid 1 1 1 1 1", "inputs: at most 4 here, not 5"),
        ("{", "JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(text: str, problem: str) -> None:
    """One line says where, and what is allowed."""
    with pytest.raises(NetworkError) as caught:
        read_own(text)
    assert str(caught.value) == problem


def test_a_small_network_fits_a_link() -> None:
    """The code is short enough for a deep link, and gives the same network and example."""
    asked = read_own(FRIENDLY)
    code = code_of(asked)
    assert code is not None
    assert len(code) <= 60
    assert from_code(code) == asked


def test_what_does_not_fit_gives_no_link() -> None:
    """More decimals, or more weights, than a link holds: no code rather than a changed network."""
    assert code_of(read_own("x1=0.12345\nO sigmoid 1")) is None
    wide = "a=1 b=1 c=1 d=1\n" + "\n".join(f"H{i} relu 1 1 1 1" for i in range(1, 5))
    assert code_of(read_own(wide + "\nO sigmoid 1 1 1 1")) is None


@given(st.text(max_size=60))
def test_no_code_raises_anything_but_a_network_error(code: str) -> None:
    """Whatever stands in a link, it is a network or refused."""
    try:
        from_code(code)
    except NetworkError:
        return
