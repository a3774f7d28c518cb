"""Texts with slots: what a slot may be, and what is no slot."""

from __future__ import annotations

import pytest

from content.templates import Html, Slots, TemplateError, Words, fill
from engine.network import Network
from engine.trace import trace

NEURON = {"name": "O", "activation": "relu", "bias": 0, "weights": {"w": 0.5}}
NETWORK = Network.from_data({"inputs": ["x"], "layers": [[NEURON]], "loss": "squared_error"})
SLOTS = Slots(
    trace(NETWORK, [0.5], 1.0),
    Words({}, {"positive": "above 0"}),
    {"typed": "<b>", "ready": Html("<i>so</i>")},
)


def test_slots_are_filled_and_escaped() -> None:
    """Numbers and views are the engine's; plain text is escaped, HTML and braces are kept."""
    assert fill("{{x}} = {x}, {x:sign}: {typed} {ready}.", SLOTS) == (
        "{x} = 0.5, above 0: &lt;b&gt; <i>so</i>."
    )


@pytest.mark.parametrize("template", ["{", "}", "{}", "{nothing}", "{x:odd}", "{x!r}", "{x:{x}}"])
def test_what_is_no_slot_is_refused(template: str) -> None:
    """A lone brace, an unknown name or view, and the rest of Python's formats are an error."""
    with pytest.raises(TemplateError):
        fill(template, SLOTS)
