"""A network of one's own: what is read, what is refused with its place, what fits a link."""

from __future__ import annotations

import base64
import json
import random
import struct
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.generated_lessons import Exercise
from content.numbers import Numbers
from content.own_network import code_of, from_code, read_own, write_own
from content.own_network_errors import OwnError, Wrong
from engine.network import NetworkError
from tests.content.own_networks import FRIENDLY, refused, told
from tests.engine.networks import SHEETS, Data, sheet_trace
from tests.engine.test_conventions import COMBINATIONS, Drawn
from tests.lesson import BOOK


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


ONE = "x1=0.6\nO sigmoid 0.5\n"
WRONG = [
    ("x1=0.6 x2=oops\nO sigmoid 1 1", "Line 1: I cannot read oops as a number."),
    (ONE + "rate fast", "Line 3: I cannot read fast as a number."),
    ("x1=nan\nO sigmoid 1", "Line 1: I cannot read nan as a number."),
    ("x1=\nO sigmoid 1", "Line 1: something is missing after the last word."),
    ("x1=1\nO sigmoid 1 bias", "Line 2: something is missing after the last word."),
    (ONE + "rate", "Line 3: something is missing after the last word."),
    ("x1=1\nO sigmoid 1; rate -1", "Line 3: the rate has to be above 0."),
    ("x1=1\nO 0.4", "Line 2: I cannot tell what this is."),
    (ONE + "train everything else", "Line 3: I cannot tell what this is."),
    ("x1=1\nO rely 0.4", "Line 2: I do not know rely."),
    ("x1=0.6 0.7\nO sigmoid 1", "Line 1: 0.7 needs a name and an equals sign, like x1=0.7."),
    ("O sigmoid 1", "I do not see the inputs yet."),
    ("x1=1", "I do not see a neuron yet."),
    ("1x=1\nO sigmoid 1", "Line 1: 1x cannot be a name."),
    ("x1=1\nloss sigmoid 1", "Line 2: I do not know the loss sigmoid 1."),
    ("x1=1\nnext sigmoid 1", "Line 2: next already means something here."),
    ("x1=1\nx1 sigmoid 1", "Line 2: the name x1 is taken already, on line 1."),
    ("x1=1 x1=2\nO sigmoid 1", "Line 1: the name x1 is taken already, on line 1."),
    (
        "x1=1 x2=1\nO sigmoid 1",
        "Line 2: O needs one weight for each of x1, x2. That makes 2; I count 1.",
    ),
    (
        "x1=1\nH1 relu 1\nH2 relu 1\nO sigmoid 1 2 3",
        "Line 4: O needs one weight for each of H1, H2. That makes 2; I count 3.",
    ),
    ("x1=1\nO1 sigmoid 1\nO2 sigmoid 1", "There are 2 outputs: O1, O2."),
    (
        ONE + "target 1 0",
        "Line 3: the target needs a number for each output (O). That makes 1; I count 2.",
    ),
    (ONE + "loss cross_entropy\ntarget 2", "Line 4: with cross_entropy, a target lies between"),
    (ONE + "loss squares", "Line 3: I do not know the loss squares."),
    ("x1=1\nO relu 1\nloss cross_entropy", "Line 2: with cross_entropy, O has to be a sigmoid"),
    ("x1=10001\nO sigmoid 1", "Line 1: 10001 is too large for work by hand."),
    ("a=1 b=1 c=1 d=1 e=1\nO sigmoid 1 1 1 1 1", "Line 1: up to 4 inputs fit here; I count 5."),
    ("x=1\nA relu 1\nB relu 1\nC relu 1\nD relu 1", "Line 5: this would be one layer too many."),
    ("x=1" + "".join(f"\nH{i} relu 1" for i in range(5)), "Line 6: this would be one neuron too"),
    ("1=3\nO relu 2", "Line 1: names begin with a letter, so 1 is none. How about n1?"),
    ("x=3\n5 relu 2", "Line 2: names begin with a letter, so 5 is none. How about n5?"),
    (ONE + "momentum 0.9", "Line 3: there is no momentum here: each step goes by its own gradient"),
    (
        "x=3\nO conv2d 2",
        "Line 2: there is no convolution here: every neuron has weights of",
    ),
    ("x=3\nO lstm 2", "Line 2: there is no recurrence here: values only go forward"),
    (ONE + "sparse 1", "Line 3: there are no sparse layers here: every neuron is fed by the whole"),
    (ONE + "delta errors", "Line 3: I do not know the delta errors. It is gradient / error."),
    (ONE + "decimals 1", "Line 3: decimals go from 2 to 9; 1 do not."),
    (ONE + "perceptron", "Line 2: the perceptron rule is for a network of one step neuron."),
    ("x=1\nO1 softmax 1\nO2 relu 1\ntarget 1 0", "Line 2: a whole layer is softmax, or none"),
    ("x=1\nO lrelu 1 slope 2", "Line 2: a slope lies between 0 and 1; 2 does not."),
    ("x=1\nH1 relu 1 b1=1\nH2 relu 1 b1=2\nO relu 1 1", "Line 3: the bias b1 has another number"),
    ("example x=1 target 1\nexample z=1 target 1\nO relu 1", "Line 2: an example needs a number"),
    ("example x=1 target 1\n" * 9 + "O relu 1", "Line 9: this would be one example too many."),
    ('{\n"inputs"', "That is not quite JSON: I lose the thread on line 2."),
]


@pytest.mark.parametrize("as_json", [False, True])
def test_a_certain_output_that_misses_has_no_cross_entropy(as_json: bool) -> None:
    """Exactly 1 against a target of 0: the reason is told in words, however it was sent."""
    lines = "x1=1\nO sigmoid 100\nloss cross_entropy\ntarget "
    asked = read_own(lines + "1")
    data = {"network": asked.network.to_data(), "inputs": {"x1": 1}, "target": 0}
    said = refused(json.dumps(data) if as_json else lines + "0")
    assert said.startswith("An output comes out at exactly 0 or 1 and misses its target")


@pytest.mark.parametrize(("text", "opening"), WRONG)
def test_what_cannot_be_used_is_refused_in_a_kind_sentence(text: str, opening: str) -> None:
    """It names the line and what is there, and is short enough for a phone."""
    with pytest.raises(NetworkError) as caught:
        read_own(text)
    assert told(caught.value).startswith(opening)
    assert len(told(caught.value)) <= 160


def test_each_thing_that_can_be_wrong_has_a_sentence() -> None:
    """And no sentence is left over."""
    written = {key for key in BOOK.generated.own if key.startswith("wrong_")}
    assert written == {f"wrong_{what}" for what in get_args(Wrong)}


def test_a_link_made_by_hand_is_refused_like_a_broken_one() -> None:
    """A network that cannot be traced, or that the engine refuses, does not reach the lesson."""
    head = bytes([1, 1, 1, 1])
    for activation, weight in ((1, 32_000), (0, 500)):  # a certain sigmoid; a ReLU
        rest = struct.pack(">hh", 100, 32_000) + bytes([1, activation])
        packed = head + rest + struct.pack(">hhh", 0, weight, 0)
        code = base64.urlsafe_b64encode(packed).decode().rstrip("=")
        with pytest.raises(OwnError) as caught:
            from_code(code)
        assert told(caught.value).startswith("This link is not complete.")


@pytest.mark.parametrize("code", ["", "AAAA", "net", "AQAB"])
def test_a_broken_link_says_so(code: str) -> None:
    """The learner is told that it is the link, not the network."""
    with pytest.raises(NetworkError) as caught:
        from_code(code)
    assert told(caught.value).startswith("This link is not complete.")


def test_a_long_piece_is_cut_short() -> None:
    """A learner who pastes a page is not sent it back."""
    with pytest.raises(NetworkError) as caught:
        read_own("x1=" + "9" * 300 + "z\nO sigmoid 1")
    assert len(told(caught.value)) < 100


@pytest.mark.parametrize("tag", ["de", "ru", "tr", "ar"])
@pytest.mark.parametrize(
    "text",
    [
        FRIENDLY,
        "x = (0.6, 0.7)\nH1 relu w = [0.4, -0.3]\nO sigmoid 0.6\ntarget 1",
        "x1 = 0.6, x2 = 0.7\nH1 relu (0.4, -0.3)\nO sigmoid 0.6\ntarget: 1\nrate 0.5",
    ],
)
def test_what_a_language_shows_can_be_sent(text: str, tag: str) -> None:
    """Decimal commas and semicolons between numbers are read as they are shown."""
    assert read_own(Numbers.of(tag).turned(text)) == read_own(text)


@pytest.mark.parametrize("line", ["train biases", "Train Biases", "train_biases"])
def test_biases_can_be_trained(line: str) -> None:
    """One line asks for it; it is written back, in text and in a link."""
    asked = read_own(f"{FRIENDLY}\n{line}")
    assert asked.network.train_biases
    assert not read_own(FRIENDLY).network.train_biases
    assert read_own(write_own(asked)) == asked
    code = code_of(asked)
    assert code is not None
    assert from_code(code) == asked


def test_a_small_network_fits_a_link() -> None:
    """The code is short enough for a deep link, and gives the same network and example."""
    asked = read_own(FRIENDLY)
    code = code_of(asked)
    assert code is not None
    assert len(code) <= 60
    assert from_code(code) == asked


def test_what_does_not_fit_gives_no_link() -> None:
    """More weights than a link holds: no code rather than a changed network."""
    wide = "a=1 b=1 c=1 d=1\n" + "\n".join(
        f"H{i} relu 0.123 0.456 0.789 0.987" for i in range(1, 5)
    )
    assert code_of(read_own(wide + "\nO sigmoid 1 1 1 1")) is None


@given(st.text(max_size=60))
def test_no_code_raises_anything_but_a_network_error(code: str) -> None:
    """Whatever stands in a link, it is a network or refused."""
    try:
        from_code(code)
    except NetworkError:
        return


_TINY = st.sampled_from(
    [0.0001, 0.0004, 0.0005, 0.001, -0.0004, 1e-9, 0.1, 1.0, 32.767, 33.0, 100.0]
)


@given(
    st.lists(_TINY, min_size=1, max_size=3),
    st.lists(
        st.tuples(st.sampled_from(["relu", "sigmoid", "tanh", "identity"]), _TINY), min_size=1
    ),
    _TINY.filter(lambda rate: rate > 0),
    st.booleans(),
)
def test_every_network_has_its_own_link_or_none(
    inputs: list[float], layers: list[tuple[str, float]], rate: float, biases: bool
) -> None:
    """However small its numbers are: a link gives back the same network, or there is none."""
    names = ["H", "G", "O"][-min(3, len(layers)) :]
    width, lines = len(inputs), [" ".join(f"x{i}={x:f}" for i, x in enumerate(inputs, 1))]
    for name, (activation, weight) in zip(names, layers, strict=False):
        lines.append(f"{name}1 {activation} {' '.join([f'{weight:f}'] * width)} bias {weight:f}")
        width = 1
    lines += ["train biases"] * biases + [f"rate {rate:.9f}"]
    asked = read_own("\n".join(lines))
    if (code := code_of(asked)) is not None:
        assert write_own(from_code(code)).replace("O ", "O1 ") == write_own(asked).replace(
            f"\n{names[-1]}1 ", "\nO1 "
        )


@pytest.mark.parametrize("text", ['{"\\ud800": 1}', '{"network": {"loss": "\\udfff"}}'])
def test_half_a_character_is_told_whole(text: str) -> None:
    """What JSON can write and no message can hold is replaced before anything is said of it."""
    with pytest.raises(OwnError) as caught:
        read_own(text)
    assert " ".join(caught.value.slots.values()).encode()


WRITTEN = {
    "capitals and other words": "x1=0.6 x2=0.7\nH1 ReLU .4 –.3\nH2 LINEAR -.5 .8 bias=0.1\n"
    "O Logistic .6 .9\ntarget: 1\nlearning rate 0.5\nloss MSE",
    "names in any order": "x1=0.6 x2=0.7\nH1 relu w12=-0.3 w11=0.4\n"
    "H2 identity w22=0.8 bias 0.1 w21=-0.5\nO sigmoid wO2=0.9 wO1=0.6\nt=1\nη=0.5\nloss: mse",
    "by what they multiply": "x1 = 0.6, x2 = 0.7\nH1 relu x2=-0.3 x1=0.4\n"
    "H2 linear x2=0.8 x1=-0.5 bias: 0.1\nO logistic H1=0.6 H2=0.9\ny=1\nlr=0.5\nLoss = MSE",
    "all in one line": "x1=0.6 x2=0.7 target=1 eta=0.5\nH1: relu 0.4 -0.3\n"
    "H2: linear -0.5 0.8 bias 0.1\nO: sigmoid 0.6 0.9\nloss mean squared error",
    "no equals sign": "x1=0.6 x2=0.7 target 1 lr 0.5\nH1 relu 0.4 -0.3\n"
    "H2 linear -0.5 0.8 bias 0.1\nO sigmoid 0.6 0.9\nloss mse",
    "in brackets": "x = [0.6, 0.7]\nH1: ReLU, w = [0.4, -0.3]\n"
    "H2: linear, weights = (-0.5, 0.8), bias = 0.1\nO: sigmoid(0.6, 0.9)\nt = [1]\n"
    "loss (mse)\neta = (0.5)",
    "with headings": "Inputs: x1 = 0.6, x2 = 0.7\nWeights: w11=0.4, w12=-0.3, w21=-0.5, w22=0.8\n"
    "H1 relu w11 w12\nH2 linear w21 w22 bias 0.1\nO sigmoid 0.6 0.9\n"
    "Target: O = 1\nLearning rate: 0.5\nLoss: MSE",
    "numbers apart": "x1=0.6 x2=0.7 w11=0.4 w12=-0.3 w21=-0.5 w22=0.8 wO1=0.6 wO2=0.9\n"
    "H1 relu w11 w12\nH2 linear w21 w22 bias 0.1\nO sigmoid wO1 wO2\ny=1\nα=0.5\nloss mse",
    "decimal commas": "x1=0,6 x2=0,7\nH1 relu 0,4 -0,3\nH2 linear -0,5, 0,8, bias 0,1\n"
    "O sigmoid 0,6, 0,9\ntarget 1\nrate 0,5\nloss mse",
}


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_one_network_as_people_write_it(text: str) -> None:
    """Other words, capitals, dashes, names in any order: it is the same network and example."""
    asked = read_own(text)
    assert asked == read_own(
        "x1=0.6 x2=0.7\nH1 relu 0.4 -0.3\nH2 identity -0.5 0.8 bias 0.1\nO sigmoid 0.6 0.9\n"
        "loss mean_squared_error\ntarget 1\nrate 0.5"
    )


def test_y_is_an_input_where_the_weights_need_it() -> None:
    """Two weights and x=… y=…: both are inputs; with one weight y is the target."""
    both = read_own("x=1 y=2\nO relu 0.5 0.25\ntarget 3")
    assert (dict(both.inputs), both.target) == ({"x": 1, "y": 2}, 3)
    assert dict(read_own("x=1 y=2\nO relu 0.5 0.25").inputs) == {"x": 1, "y": 2}
    one = read_own("x=1 y=2\nO relu 0.5")
    assert (dict(one.inputs), one.target) == ({"x": 1}, 2)
    biased = read_own("x=1 y=2\nO relu w=0.5 b=0.25")
    assert (dict(biased.inputs), biased.target) == ({"x": 1}, 2)


def test_an_input_may_be_called_p_and_may_be_large() -> None:
    """Pressure in hectopascals, say."""
    asked = read_own("p=1013.25\nO linear 0.001\ntarget 1")
    assert dict(asked.inputs) == {"p": 1013.25}
    assert "(target − O)²" in asked.traced().formula("loss")


def exercise(sheet: Data) -> str:
    """A sheet as JSON for the chat."""
    keys = ("network", "inputs", "target", "examples", "reduction", "learning_rate")
    return json.dumps({key: sheet[key] for key in keys if key in sheet})


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_a_published_sheet_is_read_and_written_back_exactly(sheet: Data) -> None:
    """By JSON, by text and, where it fits one, by a link: the same network, every digit of it."""
    asked = read_own(exercise(sheet))
    assert asked.network == sheet_trace(sheet).network
    assert read_own(write_own(asked)) == asked
    assert Exercise.from_data(json.loads(json.dumps(asked.to_data()))) == asked
    if (code := code_of(asked)) is not None:
        assert from_code(code) == asked


def test_texts_and_links_give_back_what_was_typed() -> None:
    """Random networks in every convention, of any decimals: text, data and link are equal."""
    rng, linked = random.Random(9), 0
    for number, combination in enumerate(COMBINATIONS):
        drawn = Drawn(rng, combination)
        data: Data = {
            "network": drawn.data | {"decimals": 4} if number % 3 else drawn.data,
            "learning_rate": rng.choice([drawn.rate, 0.123456789]),
        }
        rows = [{"inputs": inputs, "target": target} for inputs, target in drawn.examples]
        data |= {"examples": rows, "reduction": drawn.reduction} if drawn.reduction else rows[0]
        asked = read_own(json.dumps(data))
        assert read_own(write_own(asked)) == asked, write_own(asked)
        assert Exercise.from_data(json.loads(json.dumps(asked.to_data()))) == asked
        if (code := code_of(asked)) is not None:
            assert from_code(code) == asked
            linked += 1
    assert linked


CONVENTIONS = [
    "loss half_squared_error\ndelta error\ntrain biases\nrate 0.5\ntarget 1",
    "decimals 4\nrate 0.123456\ntarget 0.25",
    "loss mse\nexample x1=1 x2=2 target 1\nexample x1=0 x2=1 target 0\nreduction sum",
]


@pytest.mark.parametrize("lines", CONVENTIONS)
def test_a_link_holds_the_conventions(lines: str) -> None:
    """One neuron in each of them, its bias named: the link gives back all of it."""
    inputs = "" if "example" in lines else "x1=0.5 x2=10000\n"
    asked = read_own(f"{inputs}O leaky_relu 0.25 -0.125 bias b=0.1 slope 0.2\n{lines}")
    code = code_of(asked)
    assert code is not None
    assert from_code(code) == asked


def test_links_that_were_shared_before_still_open() -> None:
    """A code of the first version, as a friend may have kept it."""
    asked = from_code("AQACAgFAAlgCvAIAAAABkP7UAABk_gwDIAEBAAACWAOEA-g")
    assert write_own(asked) == FRIENDLY.replace("-", "−")


@pytest.mark.parametrize(
    "long",
    [
        *("x" * 60_000, "x1=0.6 " + "x" * 60_000, "1" * 60_000, " " * 60_000 + "=", "[" * 60_000),
        *("x=[" * 20_000, "x=(1 " * 12_000, "0.03 = " * 9_000, ":" * 60_000, "inputs:" * 9_000),
    ],
    ids=lambda long: long[:8],
)
def test_a_long_text_is_refused_at_once(long: str) -> None:
    """No pattern goes back and forth over it: that would take minutes for each of these."""
    with pytest.raises(NetworkError):
        read_own(long)
