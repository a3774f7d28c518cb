"""`python -m content trace`: the worksheet, and JSON lines in and out."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest

from engine.trace import trace
from tests.content.running import refusal, run
from tests.engine.networks import LESSON, random_case
from tests.lesson import NEW, WORKED, typed

TWO_OUTPUTS = {
    "inputs": ["a"],
    "layers": [
        [
            {"name": "A", "activation": "identity", "weights": {"wA": 2}},
            {"name": "B", "activation": "tanh", "bias": 0.5, "weights": {"wB": -1}},
        ]
    ],
}


def test_the_worksheet_shows_every_quantity_in_its_group() -> None:
    """Given, forward by neuron, loss, backward, update, forward: id, formula, numbers, value."""
    text = run("trace").out
    headings = [
        "GIVEN", "FORWARD PASS", "LOSS", "BACKWARD PASS", "UPDATE", "FORWARD PASS AFTER THE UPDATE",
    ]  # fmt: skip
    places = [text.splitlines().index(heading) for heading in headings]
    assert places == sorted(places)
    rows = [line.split() for line in text.splitlines()]
    for quantity in WORKED:
        texts = [" ".join(row) for row in rows if row[:1] == [quantity.id]]
        assert any(text.endswith(f" {quantity.text}") for text in texts), quantity.id
    flat = re.sub(" +", " ", text)
    assert f" H1.sum x1 × w11 + x2 × w12 {' '.join(WORKED.working('H1.sum')[::2])}\n" in flat
    example = "example x1 = {x1} x2 = {x2} target = {target} learning_rate = {learning_rate}\n"
    assert typed(example) in flat
    assert typed("H2 relu w21 = {w21} w22 = {w22} H2.bias = 0\n").replace("-", "−") in flat


def test_the_worksheet_fits_100_columns(tmp_path: Path) -> None:
    """No line is wider than 100, with the lesson's network or with ten random ones."""
    assert max(map(len, run("trace").out.splitlines())) <= 100
    path, rng = tmp_path / "network.json", random.Random(2)
    for _ in range(10):
        case = random_case(rng, decimals=3)
        path.write_text(json.dumps(case.data))
        inputs, target = (",".join(map(str, values)) for values in (case.inputs, case.target))
        ran = run("trace", "--network", str(path), "--inputs", inputs, "--target", target)
        assert max(map(len, ran.out.splitlines())) <= 100, ran


@pytest.mark.parametrize("inputs", ["0.2,0.1", "x1=0.2,x2=0.1", " x2 = 0.1 , x1 = 0.2 "])
def test_the_example_can_be_changed(inputs: str) -> None:
    """Inputs in order or by name, the target and the learning rate are options."""
    text = run("trace", "--inputs", inputs, "--target", "0", "--learning-rate", "0.1").out
    assert "x1 = 0.2   x2 = 0.1   target = 0   learning_rate = 0.1\n" in text
    assert " H2.activation  ReLU(H2.sum)         ReLU(−0.02)               = 0\n" in text
    assert "= no change" in text


def test_negative_numbers_need_no_special_care() -> None:
    """`--inputs -0.2,0.1` is read as numbers, not as another option."""
    text = run("trace", "--inputs", "-0.2,0.1", "--target", "-1").out
    assert "x1 = −0.2   x2 = 0.1   target = −1 " in text


def test_a_network_may_come_from_a_file(tmp_path: Path) -> None:
    """JSON and TOML files of the same network give the same worksheet."""
    (tmp_path / "net.json").write_text(json.dumps(TWO_OUTPUTS))
    (tmp_path / "net.toml").write_text(
        """
        inputs = ["a"]
        layers = [[
            {name = "A", activation = "identity", weights = {wA = 2}},
            {name = "B", activation = "tanh", bias = 0.5, weights = {wB = -1}},
        ]]
        """
    )
    options = ("--inputs", "0.3", "--target", "1,0")
    first, second = (
        run("trace", "--network", str(tmp_path / name), *options).out
        for name in ("net.json", "net.toml")
    )
    assert first == second
    assert "(target.A − A)² + (target.B − B)²" in first


def test_json_lines_give_every_quantity_with_its_texts() -> None:
    """An empty object is the lesson's own example; values are full floats, directions words."""
    (answer,) = run("trace", "--jsonl", lines=[{}]).objects
    step = trace(WORKED.network, WORKED.inputs, WORKED.target[0], WORKED.learning_rate)
    assert [entry["id"] for entry in answer["quantities"]] == [q.id for q in step]
    for entry in answer["quantities"]:
        quantity = step[entry["id"]]
        word = quantity.kind == "direction"
        assert entry == {
            "id": quantity.id,
            "value": quantity.text if word else quantity.value,
            "formula": step.formula(quantity.id),
            "substituted": step.substituted(quantity.id),
            "working": step.working(quantity.id),
        }


def test_each_line_gets_its_line_in_order() -> None:
    """Any key may be left out, notes of one's own may stand there, blank lines are passed over."""
    new = dict(zip(NEW.network.inputs, NEW.inputs, strict=True))
    ran = run(
        "trace",
        "--jsonl",
        lines=[
            {"target": 0, "comment": {"anything": None}},
            "",
            {"inputs": dict(reversed(new.items()))},
            {"inputs": list(NEW.inputs), "learning_rate": 1},
            {"network": TWO_OUTPUTS, "inputs": {"a": 0.3}, "target": [1, 0]},
            {"network": LESSON | {"train_biases": True}},
        ],
    )
    first, *_ = values = [
        {entry["id"]: entry["value"] for entry in line["quantities"]} for line in ran.objects
    ]
    assert len(values) == 5
    assert first["loss"] == pytest.approx(WORKED["O.activation"].value ** 2)
    assert values[1]["H1.sum"] == values[2]["H1.sum"] == NEW["H1.sum"].value
    assert values[3]["A.delta"] == pytest.approx(-0.8)
    assert "H1.bias.updated" in values[4]


def test_options_stand_in_for_what_a_line_leaves_out(tmp_path: Path) -> None:
    """With --jsonl, a network file is the network of every line that has none of its own."""
    path = tmp_path / "net.json"
    path.write_text(json.dumps(TWO_OUTPUTS))
    options = ("trace", "--jsonl", "--network", str(path), "--target", "1,0")
    (line,) = run(*options, lines=[{"inputs": [1]}]).objects
    assert line["quantities"][0] == {
        "id": "wA.product",
        "value": 2.0,
        "formula": "a × wA",
        "substituted": "1 × 2",
        "working": ["1 × 2", "= 2"],
    }


def test_what_came_before_a_bad_line_is_written() -> None:
    """The first bad line ends the run: earlier lines are answered, later ones are not."""
    ran = run("trace", "--jsonl", lines=[{}, {"target": "up"}, {}])
    assert (ran.code, len(ran.objects)) == (2, 1)
    assert ran.errors == "content trace: line 2: target: needs a number, not 'up'\n"


def bad_weight(text: str) -> str:
    """The lesson as a line of JSON with the weight w21 written as given."""
    return json.dumps({"network": LESSON}).replace('"w21": -0.5', f'"w21": {text}')


UNKNOWN = {
    "inputs": ["x"],
    "layers": [[{"name": "O", "activation": "rely", "weights": {"w": 1}}]],
}


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (bad_weight("NaN"), "network: layers[0][1] (H2).weights.w21: needs a finite number up to"),
        (bad_weight("-Infinity"), "network: layers[0][1] (H2).weights.w21: needs a finite number"),
        (bad_weight("1e999"), "network: layers[0][1] (H2).weights.w21: needs a finite number up"),
        (bad_weight('0, "w21": 1'), "network.layers[0][1].weights: the key 'w21' stands there"),
        (bad_weight("true"), "network: layers[0][1] (H2).weights.w21: needs a number, not True"),
        (bad_weight('"a"'), "network: layers[0][1] (H2).weights.w21: needs a number, not 'a'"),
        ({"network": UNKNOWN}, "network: layers[0][0] (O).activation: unknown activation 'rely'"),
        ({"network": None}, "network: needs a table of keys and values, not None"),
        ({"network": {"inputs": ["x"], "layers": [[]]}}, "network: layers[0]: is empty; needs"),
        (
            {"network": TWO_OUTPUTS, "target": [1, 0]},
            "inputs: left out, and the lesson's own do not fit this network, which needs a",
        ),
        (
            {"network": TWO_OUTPUTS, "inputs": [1]},
            "target: left out, and this network needs 2, one for each output",
        ),
        ({"inputs": {"x1": 1, "x3": 2}}, "inputs: needs x1, x2, not x1, x3"),
        ({"inputs": [1]}, "inputs: needs 2 numbers (x1, x2), not 1"),
        ({"inputs": None}, "inputs: needs 2 numbers (x1, x2), not None"),
        ('{"inputs": [NaN, 1]}', "inputs.x1: needs a finite number up to 1,000,000, not nan"),
        ({"target": [1, 0]}, "target: needs one number, not 2"),
        ({"target": {"o": 1}}, "target: needs O, not o"),
        ({"lr": 0.5}, "unknown key 'lr'; did you mean learning_rate?"),
        ({"targets": [1]}, "unknown key 'targets'; did you mean target?"),
        ({"train_biases": True}, "unknown key 'train_biases'; it belongs inside network"),
        ({"momentum": 0.9}, "momentum is not done here: a step goes by its own gradient"),
        ({"kernel": 3}, "convolution is not done here: every neuron has weights of its"),
        ({"colour": "red"}, "unknown key 'colour'; the keys are decimals, examples, inputs,"),
        ({"examples": [], "target": 1}, "target: stands beside examples; each example has its own"),
        ({"examples": {}}, 'examples: needs a list of {"inputs", "target"}'),
        ({"examples": [{"inputs": [1, 1]}]}, "examples[0].target: is left out"),
        (
            {"examples": [{"input": [1, 1]}]},
            "examples[0]: unknown key 'input'; did you mean inputs?",
        ),
        (
            {"examples": [{"inputs": [1], "target": 1}]},
            "e1.inputs: needs 2 numbers (x1, x2), not 1",
        ),
        ({"decimals": 12}, "decimals: needs a whole number from 2 to 9, not 12"),
        ({"learning_rate": 0}, "learning_rate: needs a number above 0, not 0"),
        ({"learning_rate": None}, "learning_rate: needs a number, not None"),
    ],
)
def test_a_bad_network_or_example_gets_one_line_saying_where(line: object, text: str) -> None:
    """The line's number, the place in the object, the rule and what stands there; exit code 2."""
    assert refusal("trace", "--jsonl", lines=[{}, line]).startswith(
        f"content trace: line 2: {text}"
    )


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("a.json", "{", "is not JSON: Expecting property name enclosed in double quotes at"),
        ("a.json", '{"inputs": [], "inputs": []}', "the object: the key 'inputs' stands there"),
        ("a.toml", "inputs = [", "is not TOML: "),
        ("a.toml", 'inputs = ["x"]\nlayers = []', "layers: is empty; needs at least one entry"),
        ("a.json", b"\xff", "is not UTF-8 text"),
        ("a.json", None, "can't be read: No such file or directory"),
    ],
)
def test_a_bad_network_file_is_named(
    name: str, content: str | bytes | None, text: str, tmp_path: Path
) -> None:
    """A file that can't be read or is no network is refused with its name."""
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    said = refusal("trace", "--network", str(path))
    assert said.startswith(f"content trace: {path}: ")
    assert text in said


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (("--inputs", "0.2;0.1"), "--inputs: needs numbers as in 0.2,0.1 or x1=0.2,x2=0.1, not"),
        (("--inputs", "x1=0.2,0.1"), "--inputs: needs numbers as in 0.2,0.1 or x1=0.2,x2=0.1, not"),
        (("--inputs", "x1=1,x1=2"), "--inputs: a name stands there twice: 'x1=1,x1=2'"),
        (("--inputs", "0.2"), "inputs: needs 2 numbers (x1, x2), not 1"),
        (("--inputs", "nan,0"), "inputs.x1: needs a finite number up to 1,000,000, not nan"),
        (("--target", "one"), "--target: needs numbers as in"),
        (("--target", "1,0"), "target: needs one number, not 2"),
        (("--learning-rate", "fast"), "--learning-rate: needs a number, not 'fast'"),
        (("--learning-rate", "-1"), "learning_rate: needs a number above 0, not -1.0"),
    ],
)
def test_a_bad_option_gets_one_line(options: tuple[str, ...], text: str) -> None:
    """Options that can't be used are refused in one line, with exit code 2."""
    assert refusal("trace", *options).startswith(f"content trace: {text}")


def test_one_network_however_its_inputs_are_given() -> None:
    """A list, an object in any order, or names and numbers in one inside the network."""
    names = LESSON["inputs"]
    values = dict(zip(names, NEW.inputs, strict=True))
    lines = [
        {"inputs": list(NEW.inputs)},
        {"inputs": dict(reversed(values.items()))},
        {"network": LESSON, "inputs": values},
        {"network": LESSON | {"inputs": values}},
    ]
    first, *others = [ran["quantities"] for ran in run("trace", "--jsonl", lines=lines).objects]
    assert all(other == first for other in others)


def test_several_examples_and_decimals_in_a_line() -> None:
    """Each example has its ids, what is reduced stands without, and decimals are those wanted."""
    rows = [{"inputs": [0.6, 0.7], "target": 1}, {"inputs": {"x1": 0.2, "x2": 0.1}, "target": 0}]
    line = {"examples": rows, "reduction": "sum", "decimals": 5}
    (ran,) = run("trace", "--jsonl", lines=[line]).objects
    found = {one["id"]: one for one in ran["quantities"]}
    assert found["loss"]["value"] == pytest.approx(
        found["e1.loss"]["value"] + found["e2.loss"]["value"]
    )
    assert found["loss"]["formula"] == "e1.loss + e2.loss"
    assert found["e2.loss"]["working"][-1] == "≈ 0.25756"
    assert ran["network_after"]["layers"][0][0]["weights"]["w11"] == found["w11.updated"]["value"]
