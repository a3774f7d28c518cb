"""One way in for everything typed: what a phone makes of plain characters means the same."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from bot.dialogue.events import Said, SentFile
from bot.dialogue.state import Outcome
from content.own_network import read_own
from tests.bot.dialogue.learner import LESSON, MACHINE, Learner, at

SPACES = "\N{NO-BREAK SPACE}\N{THIN SPACE}\N{IDEOGRAPHIC SPACE}"
ZERO_WIDTH = "\u200b\u200e\ufeff"


def alike(learner: Learner, other: Learner) -> bool:
    """Whether two learners were told the same and stand at the same place."""
    return learner.told == other.told and learner.turn.effects == other.turn.effects


@pytest.mark.parametrize(
    "typed",
    [
        "／hint",
        "/ hint",
        "/Hint@SomeBot",
        "/hint\u200b",
        "\ufeff/hint",
        "/ｈｉｎｔ",
        "/hint.",
        "\u2215hint",
    ],
)
@pytest.mark.parametrize("step", ["h1_sum", "lean", "t_h1"])
def test_a_command_in_any_writing_is_that_command(typed: str, step: str) -> None:
    """A full-width slash, a space behind it, the bot's name, characters nobody sees."""
    assert alike(at(step).says(typed), at(step).says("/hint"))


def test_what_comes_with_a_command_is_written_in_any_way_too() -> None:
    """And one that nobody knows is said to be unknown, never judged."""
    assert at("h1_sum").says("／network x＝0.5").state.lesson == at("h1_sum").state.lesson
    assert "H1 sigmoid" in at("h1_sum").says("/ network\nx＝０.５\nH1 sigmoid –0.3").told
    assert at("h1_sum").says("／nonsense").told == at("h1_sum").says("/nonsense").told
    assert at("h1_sum").says("/ nonsense").turn.attempts == ()


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("ｈｉｎｔ", "hint"),
        (f"give{SPACES}me a\N{NO-BREAK SPACE}hint", "give me a hint"),
        (f"hi{ZERO_WIDTH}nt", "hint"),
        ("I’m stuck", "i'm stuck"),
        ("Iʼm stuck", "i'm stuck"),
        ("ｓｋｉｐ．", "skip"),
        ("what is a weight？", "what is a weight?"),
        ("what’s ReLU?", "what's relu?"),
    ],
)
def test_plain_words_in_any_writing_are_those_words(typed: str, plain: str) -> None:
    """Odd spaces, full-width letters, curly apostrophes, zero-width characters."""
    learner = at("h1_sum").says(typed)
    assert alike(learner, at("h1_sum").says(plain))
    assert learner.turn.attempts == ()


@pytest.mark.parametrize(
    "typed",
    ["ｉｎｃｒｅａｓｅ", f"in{ZERO_WIDTH}crease", "⬆️ increase", "＋", "\N{NO-BREAK SPACE}Up！"],
)
def test_option_words_in_any_writing_pick_the_option(typed: str) -> None:
    """A direction typed as a phone writes it."""
    assert at("nudge_wo2").says(typed).outcome("nudge_wo2") is Outcome.SOLVED


JSON = json.dumps(
    {
        "inputs": ["x1"],
        "layers": [[{"name": "O", "activation": "sigmoid", "weights": {"w": -0.3}, "bias": 0.5}]],
        "example": {"x1": 0.6},
        "target": 1,
    }
)
LINES = "x1=0.6\nO sigmoid -0.3 bias 0.5\ntarget 1"
WRITINGS: dict[str, Callable[[str], str]] = {
    "en dash": lambda text: text.replace("-0.3", "–0.3"),
    "minus sign": lambda text: text.replace("-0.3", "−0.3"),
    "curly quotes": lambda text: text.replace(' "', " “").replace('"', "”"),
    "low quotes": lambda text: text.replace(' "', " „").replace('"', "“"),
    "byte order mark": lambda text: "\ufeff" + text,
    "full width": lambda text: text.translate({c: c + 0xFEE0 for c in range(0x30, 0x3A)}),
    "arabic digits": lambda text: text.replace("0.6", "٠٫٦"),
    "no-break spaces": lambda text: text.replace(" ", "\N{NO-BREAK SPACE}"),
    "directions": lambda text: "\u200f" + text.replace("=", "\u200e=") + "\u2069",
    "windows lines": lambda text: text.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("text", [JSON, LINES], ids=["json", "lines"])
@pytest.mark.parametrize("writing", WRITINGS)
def test_a_network_in_any_writing_is_that_network(text: str, writing: str) -> None:
    """As text, as JSON and as a file, behind the command or after its question."""
    written = WRITINGS[writing](text)
    assert read_own(written) == read_own(text)
    said = at("h1_sum").says(f"/network {text}")
    assert said.state.lesson != LESSON.id
    assert alike(at("h1_sum").says(f"/network {written}"), said)
    assert alike(
        at("h1_sum").says("/network").says(written), at("h1_sum").says("/network").says(text)
    )
    file = Learner(at("h1_sum").state).does(SentFile("id", 1, written))
    assert file.state.lesson == said.state.lesson


def test_brackets_of_a_typesetter_are_no_network() -> None:
    """Who asked for /network and answers the step after all is answered there."""
    for typed in (r"\frac{3}{100}", "0{,}03"):
        told = at("h1_sum").says("/network").says(typed).told
        assert told == at("h1_sum").says(typed).told


def test_two_neurons_on_windows_lines_are_one_layer() -> None:
    """A carriage return is no empty line, which would begin a new layer."""
    text = "x=1\nH1 relu 1\nH2 relu 2\nO sigmoid 1 1\ntarget 1"
    assert len(read_own(text.replace("\n", "\r\n")).network.layers) == 2


def test_an_answer_is_kept_as_it_was_typed() -> None:
    """What is stored of it, and the record for the sheet, are the learner's own characters."""
    turn = MACHINE.step(at("h1_sum").state.to_json(), Said("０．０３", 1), at("h1_sum").now)
    assert turn.attempts[0].typed == "０．０３"
