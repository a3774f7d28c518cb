"""Which networks are drawn neuron by neuron, and how a weight is written. No matplotlib here."""

from __future__ import annotations

from engine.decimals import short_text
from engine.network import Network

LARGEST_INPUTS, LARGEST_LAYERS, LARGEST_LAYER = 6, 4, 6
"""What is drawn neuron by neuron; outputs are a layer."""


def fits(network: Network) -> bool:
    """Whether a network is small enough to be drawn neuron by neuron."""
    return (
        len(network.inputs) <= LARGEST_INPUTS
        and len(network.layers) <= LARGEST_LAYERS
        and all(len(layer) <= LARGEST_LAYER for layer in network.layers)
    )


def weight_text(value: float) -> str:
    """A weight's number on an edge."""
    return short_text(value)[0]
