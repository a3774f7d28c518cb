"""Captions: a picture in words, and the keys that the content must have."""

from __future__ import annotations

import re
import string
import tomllib
from importlib.resources import files

from bot.pictures.captions import LONGEST, caption
from bot.pictures.requests import OWN_SIGN, SHOWN_SIGN, Diagram, Labels, Sheet, Working
from content.slots import CAPTIONS
from tests.bot.pictures.figures import texts
from tests.bot.pictures.requests import NETWORK, full_diagram, learning, random_network, sheet

CONTENT = tomllib.loads(files("content").joinpath("en/pictures.toml").read_text("utf-8"))
WORDS: dict[str, str] = CONTENT["caption"]


def test_the_content_has_every_sentence_with_its_slots() -> None:
    """`pictures.toml` has the keys that loading looks for, and uses their slots and no others."""
    assert WORDS.keys() == CAPTIONS.keys()
    for key, template in WORDS.items():
        slots = {name for _, name, _, _ in string.Formatter().parse(template) if name}
        assert slots == set(CAPTIONS[key]), key


def test_the_code_says_every_sentence() -> None:
    """Loading looks for no sentence of a caption that nothing says, and for each that is said."""
    source = files("bot").joinpath("pictures/captions.py").read_text("utf-8")
    assert set(re.findall(r"""words\["([a-z_]+)"\]""", source)) <= set(CAPTIONS)
    assert [key for key in CAPTIONS if f'"{key}"' not in source] == []


def test_the_content_has_every_label() -> None:
    """`pictures.toml` has a text for every label, as the English of the code."""
    labels = dict(CONTENT["labels"])
    del labels["activations"]  # of which the code has no English
    assert Labels(**labels) == Labels()


def test_a_diagram_s_caption_says_all_that_it_shows() -> None:
    """Every number and name on the picture is in the caption."""
    from bot.pictures.drawing import figure_of  # noqa: PLC0415

    request = full_diagram()
    text = caption(request, WORDS)
    legend = {"positive weight", "negative weight", "should increase", "should decrease", "?"}
    for shown in texts(figure_of(request)):
        if shown not in legend:
            assert shown.removeprefix("= ") in text, shown
    assert "Asked now: H2 blame." in text
    assert "Arrows up: w11, w12, w21, w22, wO1, wO2 should increase." in text
    assert "The largest arrow is at w22." in text


def test_a_caption_of_learning_says_what_was_learnt() -> None:
    """Accuracy, the share of the square, both points and every weight."""
    request = learning(50)
    text = caption(request, WORDS)
    assert request.title in text
    assert request.result in text
    assert "At (0.6, 0.7) it says" in text
    assert all(f"{name} {number}" in text for name, number in request.weights)


def test_no_caption_is_too_long() -> None:
    """For a large network the weights are only counted; what is still too long is cut."""
    import random  # noqa: PLC0415

    network = random_network(random.Random(1), [6, 6, 6, 6, 1])
    text = caption(Diagram(network), WORDS)
    assert len(text) <= LONGEST
    assert "6 weights" in text
    assert caption(Diagram(NETWORK), WORDS, 40).endswith("…")
    assert len(caption(sheet(), WORDS)) <= LONGEST


def test_a_summary_s_caption_counts() -> None:
    """Of a network too large to draw the caption tells the layers and the number of weights."""
    import random  # noqa: PLC0415

    network = random_network(random.Random(1), [9, 7, 2])
    text = caption(Diagram(network), WORDS)
    assert "9 inputs → 7 neurons → 2 neurons" in text
    assert "77 weights" in text


def test_a_sheet_s_caption_explains_only_the_signs_on_it() -> None:
    """A sign that stands nowhere on the page is not mentioned, and none is counted as 0."""

    def said(*lines: str) -> str:
        return caption(Sheet(Diagram(NETWORK), (Working("H1 · sum", lines),)), WORDS)

    both = said(f"1 {SHOWN_SIGN}", f"2 {OWN_SIGN}", f"3 {OWN_SIGN}")
    assert f"Marked {SHOWN_SIGN} as shown: 1. Marked {OWN_SIGN} as a number of your own: 2." in both
    for sign, other in ((SHOWN_SIGN, OWN_SIGN), (OWN_SIGN, SHOWN_SIGN)):
        assert f"Marked {sign}" in said(f"1 {sign}")
        assert other not in said(f"1 {sign}")
    assert "Marked" not in said("1")
