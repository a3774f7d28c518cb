"""What can be wrong with a learner's own network, and what is said of it.

Each error is a key of the sentences in `generated.toml`, and what to fill in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from engine.functions import ACTIVATIONS
from engine.losses import Loss
from engine.network import NetworkError, Neuron

_LONGEST_PIECE = 20
_WHOLE = ("allowed", "where", "other")
"""Slots that are not cut short."""
_WRONG = "wrong_"

Wrong: TypeAlias = Literal[
    # a line
    "number",
    "no_number",
    "line",
    "input",
    "name",
    "number_name",
    "reserved",
    "twice",
    "activation",
    "large",
    "weights",
    "rate",
    "loss",
    "choice",
    "decimals",
    "momentum",
    "recurrence",
    "convolution",
    "sparse",
    "target",
    "target_range",
    "outputs",
    # all of it
    "no_inputs",
    "no_neurons",
    "no_target",
    "inputs",
    "layers",
    "neurons",
    "whole_layer",
    "perceptron",
    "slope",
    "shared",
    "example",
    "examples",
    "certain",
    # other ways to send one
    "json",
    "json_table",
    "json_list",
    "json_empty",
    "json_key",
    "json_missing",
    "json_repeated",
    "json_switch",
    "json_twice",
    "json_activation",
    "no_example",
    "link",
]
"""What can be wrong; the sentence for each is `wrong_…` in `generated.toml`."""

BEYOND: dict[str, Wrong] = {
    "momentum": "momentum",
    "recurrence": "recurrence",
    "convolution": "convolution",
    "sparse layers": "sparse",
}
"""What is said of what the engine calls beyond it."""

WRONG_SLOTS = (
    *("at", "piece", "allowed", "needed", "found", "most", "other", "line"),
    *("loss", "low", "high"),
)
"""What a sentence may say of it; the same names all over."""


class OwnError(NetworkError):
    """What is wrong with a learner's own network.

    Args:
        what: the key of its sentence, without `wrong_`.
        slots: what the sentence says of it: the `line`, counted from 1, or `where` in JSON.
    """

    def __init__(self, what: Wrong, **slots: object) -> None:
        self.key = _WRONG + what
        texts = {name: _whole_characters(str(value)) for name, value in slots.items()}
        self.slots = {
            name: text if name in _WHOLE else text[:_LONGEST_PIECE] for name, text in texts.items()
        }
        super().__init__(f"{what}: {self.slots}")


def _whole_characters(text: str) -> str:
    r"""A text without half characters, which JSON can write and no message can hold.

    >>> _whole_characters("a\ud800b")
    'a?b'
    """
    return text.encode("utf-8", "replace").decode()


def needs(loss: Loss) -> dict[str, object]:
    """What a loss needs of outputs and targets, as slots of a sentence."""
    allowed = [name for name, activation in ACTIVATIONS.items() if loss.allows(activation)]
    low, high = (f"{end:g}" for end in loss.range)
    return {"loss": loss.name, "allowed": ", ".join(allowed), "low": low, "high": high}


def check_layers(
    layers: Sequence[Sequence[Neuron]],
    places: Mapping[str, Mapping[str, object]],
    *,
    perceptron: bool,
) -> None:
    """Refuses neurons that do not fit one another.

    Args:
        layers: every layer.
        places: the `line`, or the `where` in JSON, of each neuron by its name.
        perceptron: whether it learns by the perceptron rule.

    Raises:
        OwnError: what is wrong, with the place.
    """
    shared = dict[str, Neuron]()
    for layer in layers:
        whole = [neuron.function.layer is not None for neuron in layer]
        for neuron in layer:
            place = places[neuron.name]
            if any(whole) and not all(whole):
                raise OwnError("whole_layer", piece=neuron.name, **place)
            if not 0 <= neuron.slope <= 1:
                raise OwnError("slope", piece=f"{neuron.slope:g}", **place)
            before = shared.setdefault(neuron.bias_id, neuron)
            if before.bias != neuron.bias:
                raise OwnError("shared", piece=neuron.bias_name, other=before.name, **place)
            if perceptron and (neuron.activation != "step" or len(layer) * len(layers) > 1):
                raise OwnError("perceptron", **place)
