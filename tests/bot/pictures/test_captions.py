"""Captions: a picture in words."""

from __future__ import annotations

from dataclasses import replace

from bot.pictures.captions import LONGEST_CAPTION, caption
from bot.pictures.requests import OWN_SIGN, SHOWN_SIGN, Diagram, Nudge, Sheet, Working
from tests.bot.pictures.figures import said_on
from tests.bot.pictures.requests import (
    CHANGE,
    NETWORK,
    curve,
    full_diagram,
    learning,
    random_network,
    sheet,
)
from tests.fakes.words import CAPTIONS, LABELS


def test_a_diagram_s_caption_says_all_that_it_shows() -> None:
    """Every number and name on the picture is in the caption."""
    request = full_diagram()
    text = caption(request, CAPTIONS)
    legend = {
        "positive weight",
        "negative weight",
        "should increase",
        "should decrease",
        "?",
        "0.0",
    }
    for shown in said_on(request):
        if shown not in legend:
            assert shown.removeprefix("= ") in text, shown
    assert "Asked now: H2 blame." in text
    assert "Arrows up: w11, w12, w21, w22, wO1 and wO2 should increase." in text
    assert "The largest arrow is at w22." in text


def test_the_way_of_a_bias_is_on_the_picture() -> None:
    """It has no line for an arrow, so it stands beside its name; the largest arrow is one drawn."""
    full = full_diagram()
    nudges = (Nudge("w11", 1, 0.2), Nudge("w12", 1, 0.4), Nudge("H1.bias", -1, 1.0))
    request = replace(full, network=replace(full.network, train_biases=True), nudges=nudges)
    assert any("↓" in shown for shown in said_on(request))
    text = caption(request, CAPTIONS)
    assert "Arrows down: H1 bias should decrease." in text
    assert "The largest arrow is at w12." in text


def test_a_caption_of_learning_says_what_was_learnt() -> None:
    """Accuracy, the share of the square, both points and every weight."""
    request = learning(50)
    text = caption(request, CAPTIONS)
    assert request.title in text
    assert request.result in text
    assert "At (0.6, 0.7) it says" in text
    assert all(f"{name} {number}" in text for name, number in request.weights)


def test_no_caption_is_too_long() -> None:
    """For a large network the weights are only counted; what is still too long is cut."""
    import random  # noqa: PLC0415

    network = random_network(random.Random(1), [6, 4, 3])
    assert "4 weights" not in caption(Diagram(network, labels=LABELS), CAPTIONS, 4096)
    text = caption(Diagram(network, labels=LABELS), CAPTIONS, 500)
    assert len(text) <= 500
    assert "4 weights" in text
    assert caption(Diagram(NETWORK, labels=LABELS), CAPTIONS, 40).endswith("…")
    assert len(caption(sheet(), CAPTIONS)) <= LONGEST_CAPTION


def test_a_summary_s_caption_counts() -> None:
    """Of a network too large to draw the caption tells the layers and the number of weights."""
    import random  # noqa: PLC0415

    network = random_network(random.Random(1), [9, 7, 2])
    text = caption(Diagram(network, labels=LABELS), CAPTIONS)
    assert "Inputs: 9 → Neurons: 7 → Neurons: 2" in text
    assert "77 weights" in text


def test_a_sheet_s_caption_explains_only_the_signs_on_it() -> None:
    """A sign that stands nowhere on the page is not mentioned, and none is counted as 0."""

    def said(*lines: str) -> str:
        return caption(
            Sheet(Diagram(NETWORK, labels=LABELS), (Working("H1 · sum", lines),)), CAPTIONS
        )

    both = said(f"1 {SHOWN_SIGN}", f"2 {OWN_SIGN}", f"3 {OWN_SIGN}")
    assert f"Marked {SHOWN_SIGN} as shown: 1. Marked {OWN_SIGN} as a number of your own: 2." in both
    for sign, other in ((SHOWN_SIGN, OWN_SIGN), (OWN_SIGN, SHOWN_SIGN)):
        assert f"Marked {sign}" in said(f"1 {sign}")
        assert other not in said(f"1 {sign}")
    assert "Marked" not in said("1")


def test_a_curve_s_caption_gives_away_nothing_that_is_asked() -> None:
    """The point in words; what is asked is left out, and the slope is told where it is drawn."""
    asked = curve("H1.activation")
    assert caption(asked, CAPTIONS) == (
        "H1: a curve of ReLU over sum, with the point sum = 0.03 marked on it."
    )
    known = replace(asked, texts=("0.03", "0.03"), steep=1.0, slope="1")
    assert caption(known, CAPTIONS).endswith(
        "There ReLU is 0.03. The slope there is 1: the dashed line."
    )


def test_a_step_s_caption_says_what_became_of_every_number() -> None:
    """Each weight, the prediction and the loss, before and after."""
    text = caption(CHANGE, CAPTIONS)
    for said in ("w22 0.8 → 0.843", "wO2 0.9 → 0.918", "0.563 → 0.581", "loss 0.191 → 0.176"):
        assert said in text
