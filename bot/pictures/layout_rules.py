"""Which networks are drawn neuron by neuron, and how a weight is written."""

from __future__ import annotations

from engine.decimals import short_text
from engine.network import Network

LARGEST_INPUTS, LARGEST_LAYERS, LARGEST_LAYER, MOST_WEIGHTS = 6, 4, 4, 40
"""What is drawn neuron by neuron, so that it can be read on a phone; outputs are a layer."""


def fits(network: Network) -> bool:
    """Whether a network is small enough to be drawn neuron by neuron."""
    return (
        len(network.inputs) <= LARGEST_INPUTS
        and len(network.layers) <= LARGEST_LAYERS
        and all(len(layer) <= LARGEST_LAYER for layer in network.layers)
        and sum(len(neuron.weights) for neuron in network.neurons()) <= MOST_WEIGHTS
    )


def weight_text(value: float) -> str:
    """A weight's number on an edge."""
    return short_text(value)[0]
